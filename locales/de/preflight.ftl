### Die Prüfungen vor einer Ausführung: die Fragen und der Grund für jede Antwort.

check-change-apps = Darf dieses Konto die beiden Apps ändern?
check-create-apps = Darf dieses Konto Apps registrieren und ein Geheimnis erstellen?
check-consent-server = Darf dieses Konto für die Client-App zustimmen?
check-consent-directory = Darf dieses Konto Directory.Read.All zustimmen?
check-register = Darf dieses Konto Ressourcenanbieter registrieren?
check-uri = Akzeptiert der Mandant den App-ID-URI?
check-secret = Lässt der Mandant das Geheimnis zu?
check-names = Sind beide Anwendungsnamen frei?
check-deleted = Ist der Plan frei von Konflikten mit gelöschten Apps?
check-secret-unknown = Die App-Verwaltungsrichtlinie konnte nicht gelesen werden. Der Mandant lehnt das Geheimnis beim Erstellen möglicherweise ab.
check-secret-free = Keine Richtlinie begrenzt, wie lange ein Geheimnis gültig ist.
check-secret-within = { $days ->
    [one] Die Richtlinie lässt einen Tag zu.
   *[other] Die Richtlinie lässt { $days } Tage zu. Das reicht aus.
}
check-secret-over = { $days ->
    [one] Die Richtlinie lässt einen Tag zu. Wählen Sie eine kürzere Gültigkeitsdauer des geheimen Schlüssels aus, oder beantragen Sie eine Ausnahme.
   *[other] Die Richtlinie lässt { $days } Tage zu. Wählen Sie eine kürzere Gültigkeitsdauer des geheimen Schlüssels aus, oder beantragen Sie eine Ausnahme.
}
check-names-yes = Keine andere App hat einen der beiden Namen.
check-deleted-yes = Keine in den letzten 30 Tagen gelöschte App belegt den App-ID-URI oder den Schlüssel dieses Tools.
check-not-readable = Dies konnte nicht gelesen werden. Die Ausführung wird es zeigen.
check-secret-not-needed = Die App hat ein Geheimnis, das noch funktioniert. Daher wird keines erstellt.
check-secret-spared = Eine Richtlinie dieses Mandanten beschränkt Geheimnisse. Für diese App gilt sie nicht.
check-secret-perhaps = Eine Richtlinie dieses Mandanten blockiert Geheimnisse. Möglicherweise nimmt sie diese App oder Ihr Konto aus, was hier nicht gelesen werden kann. Die Ausführung wird es zeigen.
check-secret-perhaps-over = { $days ->
    [one] Eine Richtlinie dieses Mandanten lässt einen Tag zu. Möglicherweise nimmt sie diese App oder Ihr Konto aus, was hier nicht gelesen werden kann. Die Ausführung wird es zeigen.
   *[other] Eine Richtlinie dieses Mandanten lässt { $days } Tage zu. Möglicherweise nimmt sie diese App oder Ihr Konto aus, was hier nicht gelesen werden kann. Die Ausführung wird es zeigen.
}
check-secret-unreadable = Eine Richtlinie dieses Mandanten begrenzt die Gültigkeit von Geheimnissen in einer Form, die diese Seite nicht kennt. Die Ausführung wird es zeigen.
check-tenant-kind = Ist dies ein Mitarbeitermandant?
check-tenant-kind-other = Microsoft meldet den Mandantentyp { $kind }, den diese Seite nicht kennt.
check-subscription = Kann das Abonnement verwendet werden?
check-subscription-ok = Das Abonnement gehört zu diesem Mandanten, und sein Status lässt Änderungen zu.
check-subscription-read-only = Der Status des Abonnements ist { $state }, daher kann darin nichts registriert oder erstellt werden. Aktivieren Sie das Abonnement im Azure-Portal, oder wählen Sie ein anderes aus.
check-subscription-state = Der Status ({ $state }) oder der Mandant des Abonnements konnte nicht gelesen werden. Die Ausführung wird es zeigen.
