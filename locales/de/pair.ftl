### Die Prüfung eines vorhandenen Paars: was geprüft wird, was gefunden wurde und was es für Clients bedeutet (`-why`).

state-ok = OK
state-attention = Achtung
state-broken = Fehlerhaft
state-cannot-tell = Nicht feststellbar

doc-unread = Dies konnte nicht gelesen werden, daher ist diese Prüfung nicht bestanden. Melden Sie sich mit einem Konto an, das es lesen darf, oder sehen Sie im Azure-Portal nach.

# Die Apps selbst.
doc-app-there = { $name } ist vorhanden.
doc-app-missing = Die App-Registrierung ist nicht vorhanden.
doc-app-deleted = Die App wurde vor weniger als 30 Tagen gelöscht und kann wiederhergestellt werden.
doc-app-both = Dieselbe App wird als Web-App (Server) und als native App (Client) verwendet. Entra lehnt einen Client ab, der ein Token für sich selbst anfordert (AADSTS90009). Wählen Sie das Paar erneut ohne native App (Client) aus, und erstellen Sie eine.
doc-app-deactivated = Ein Administrator hat die App deaktiviert, daher stellt Entra keine neuen Token für sie aus. Ein Administrator kann sie wieder aktivieren.
doc-app-disabled = Microsoft hat die App deaktiviert ({ $status }). Nur Microsoft kann sie wieder aktivieren.
doc-server-app-why = Ohne diese App kann sich der Standort nicht bei Azure anmelden, und Clients haben keine App, für die sie Token anfordern können.
doc-client-app-why = Ohne diese App können Benutzer und Geräte keine Token anfordern, und der Assistent der Konsole lässt sich nicht fortsetzen.

doc-audience = Unterstützte Kontotypen
doc-audience-ok = Nur Konten in dieser Organisation.
doc-audience-wide = Auch Konten anderer Organisationen können die App verwenden ({ $audience }).
doc-audience-why = Configuration Manager braucht nur Konten dieses Mandanten. Sind weitere Kontotypen erlaubt, gelten strengere Regeln für App-ID-URIs, und andere Konten können versuchen, sich anzumelden.

doc-redirect = Umleitungs-URI
doc-server-redirect-ok = http://localhost ist auf der Plattform Web registriert.
doc-server-redirect-desktop = http://localhost ist auf der Plattform Mobilgerät- und Desktopanwendungen registriert, wie es Microsofts Artikel 2023 und 2024 vorgab. Auch das funktioniert.
doc-server-redirect-both = http://localhost ist auf zwei Plattformen registriert, und Entra kann jede der beiden verwenden.
doc-server-redirect-missing = http://localhost fehlt.
doc-server-redirect-why = Seit Version 2309 meldet sich die Konsole mit dieser App an. Ohne den Umleitungs-URI schlägt das Erstellen oder Ändern eines Gateways mit „Your server Application needs to be updated“ fehl.
doc-client-redirect-ok = Der Umleitungs-URI des Tokenbrokers von Windows ist mit der eigenen ID dieser App registriert.
doc-client-redirect-missing = Der Umleitungs-URI des Tokenbrokers von Windows fehlt.
doc-client-redirect-wrong = Ein Umleitungs-URI des Tokenbrokers von Windows ist registriert, aber mit einer anderen ID oder Groß-/Kleinschreibung, als Windows sendet.
doc-client-redirect-foreign = Der richtige Umleitungs-URI ist registriert und außerdem einer des Tokenbrokers mit einer anderen ID oder Groß-/Kleinschreibung.
doc-client-redirect-platform = Der Umleitungs-URI ist auf der Plattform Web registriert, wo Windows ihn nicht sucht.
doc-client-redirect-why = Windows fordert Token über seinen Tokenbroker an, der nur diese Adresse verwendet. Ohne sie erhalten Clients kein Entra-Token, obwohl Überprüfen (Verify) in der Konsole erfolgreich ist.

# Die Web-App (Server).
doc-scope = Bereich (Scope) user_impersonation
doc-scope-ok = Der Bereich ist vorhanden und für Administratoren und Benutzer aktiviert.
doc-scope-missing = Die App macht den Bereich user_impersonation nicht verfügbar.
doc-scope-disabled = Der Bereich ist vorhanden, aber deaktiviert.
doc-scope-admins = Nur Administratoren können dem Bereich zustimmen. Das reicht aus, solange die Zustimmung für die gesamte Organisation vorhanden ist.
doc-scope-why = Clients fordern Token mit diesem Bereich an. Ohne ihn erhalten Benutzer keine Token.

doc-device-tokens = Token für Geräte
doc-device-tokens-ok = Geräte können Token ohne Benutzer erhalten.
doc-device-tokens-off = Geräte können keine Token ohne Benutzer erhalten (isDeviceOnlyAuthSupported). Das Azure-Portal zeigt diese Einstellung nicht an.
doc-device-tokens-why = Ohne sie brauchen Clients das Token eines angemeldeten Benutzers. Wenn kein Benutzer angemeldet ist, können sie sich nicht mit Entra beim Gateway authentifizieren.

doc-token-version = Version des Zugriffstokens
doc-token-version-ok = Version 1, wie von Configuration Manager erwartet.
doc-token-version-other = Version { $version } wird angefordert.
doc-token-version-why = Das Gateway erkennt Token an ihrem App-ID-URI, den nur Version 1 enthält, und am Aussteller von Version 1. Entra lehnt die Änderung zurück auf Version 1 ab, wenn eine Richtlinie den App-ID-URI ablehnt.

doc-implicit = Implizite Genehmigung
doc-implicit-ok = Deaktiviert.
doc-implicit-on = Aktiviert, wie es Microsofts Artikel bis 2026 vorgab. Configuration Manager braucht sie nicht mehr.
doc-implicit-approval = Aktiviert, und ein Umleitungs-URI zum Genehmigen von Anwendungen per E-Mail verwendet sie.
doc-implicit-approval-off = Ein Umleitungs-URI zum Genehmigen von Anwendungen per E-Mail ist registriert, aber die dafür erforderlichen Token sind deaktiviert.
doc-implicit-approval-platform = Der Umleitungs-URI zum Genehmigen von Anwendungen per E-Mail ist nicht auf der Plattform Single-Page-Anwendung registriert. Entfernen Sie ihn im Azure-Portal, und fügen Sie ihn dieser Plattform hinzu.
doc-implicit-why = Ohne Autorisierungscode ausgestellte Token können abgefangen werden. Nur das Genehmigen von Anwendungen per E-Mail über das Internet verwendet sie noch.

doc-app-id-uri = App-ID-URI
doc-app-id-uri-ok = { $uri }. Configuration Manager muss genau denselben Text haben.
doc-app-id-uri-several = { $uris }. Configuration Manager muss genau den Text eines dieser URIs haben.
doc-app-id-uri-missing = Die App hat keinen App-ID-URI.
doc-app-id-uri-console = { $uri }, der alte Standardwert der Konsole. Entra behält ihn bei, würde ihn aber nicht erneut akzeptieren. Entfernen Sie ihn daher nicht.
doc-app-id-uri-old = { $uri } wurde früher hinzugefügt. Die aktuellen Regeln von Entra oder dieses Mandanten würden ihn nicht erneut akzeptieren. Entfernen Sie ihn daher nicht.
doc-app-id-uri-unknown = { $uri }. Es ist nicht bekannt, ob die aktuellen Regeln ihn erneut akzeptieren würden.
doc-app-id-uri-why = Clients fordern Token mit diesem Text an, und das Gateway erkennt die Token daran. Wenn Configuration Manager einen anderen Text hat, schlagen Clients mit AADSTS500011 fehl, obwohl Überprüfen (Verify) erfolgreich ist.

doc-broker = Umleitungs-URI der Client-App
doc-broker-ok = Nicht in dieser App vorhanden, in der er nicht erforderlich ist.
doc-broker-there = Der Umleitungs-URI des Tokenbrokers ist in dieser App vorhanden. Er gehört in die native App (Client).
doc-broker-why = Ein älterer Artikel hat ihn irrtümlich hier eingetragen. Hier schadet er nicht, aber dann fehlt er meist in der Client-App.

doc-permissions = API-Berechtigungen
doc-server-permissions-none = Keine Verzeichnisberechtigung. Ohne Ermittlung ist keine erforderlich.
doc-server-permissions-discovery = Directory.Read.All von Microsoft Graph als Anwendungsberechtigung, für die Ermittlung.
doc-server-permissions-delegated = Directory.Read.All wird als delegierte Berechtigung angefordert, die ein Dienst nicht verwenden kann.
doc-permissions-azure-ad-graph = Die App fordert Berechtigungen von Azure AD Graph an, das eingestellt wurde.
doc-permissions-own-api = Die App fordert Berechtigungen ihrer eigenen API an.
doc-server-permissions-why = Die Microsoft Entra-Ermittlung liest Benutzer und Gruppen mit einer Anwendungsberechtigung von Microsoft Graph. Wird die Berechtigung anders angefordert, findet die Ermittlung nichts oder schlägt mit 403 fehl.
doc-client-permissions-ok = User.Read und der Bereich der Web-App (Server).
doc-client-permissions-missing = Der Bereich user_impersonation der Web-App (Server) wird nicht angefordert.
doc-client-permissions-gone = Die App fordert einen Bereich an, den die Web-App (Server) nicht mehr hat.
doc-client-permissions-user-read = User.Read von Microsoft Graph wird nicht angefordert.
doc-client-permissions-no-server = Ohne die Web-App (Server) ist diese Prüfung nicht möglich.
doc-client-permissions-why = Ein Administrator stimmt nur den Berechtigungen zu, die die App anfordert. Das nächste „Administratorzustimmung erteilen“ im Azure-Portal würde die anderen auslassen.

doc-principal = Dienstprinzipal
doc-principal-ok = Der Dienstprinzipal ist vorhanden und aktiviert.
doc-principal-missing = Der Dienstprinzipal fehlt. Die App-Registrierung ist vorhanden, kann aber nicht zur Anmeldung bei diesem Mandanten verwendet werden.
doc-principal-disabled = Der Dienstprinzipal ist für die Anmeldung deaktiviert.
doc-principal-why = Entra stellt für eine App ohne aktivierten Dienstprinzipal keine Token aus.

doc-assignment = Zuweisung
doc-assignment-ok = Eine Zuweisung ist nicht erforderlich.
doc-assignment-required = Benutzer müssen zugewiesen sein, bevor sie Token erhalten.
doc-assignment-none = Es gibt keinen Dienstprinzipal, dem Benutzer zugewiesen werden können.
doc-assignment-why = Bei nicht zugewiesenen Benutzern tritt der Fehler AADSTS50105 auf, und Geräte können gar nicht zugewiesen werden.

doc-directory = Zustimmung zu Directory.Read.All
doc-directory-on = Erteilt: Die Microsoft Entra-Ermittlung kann das Verzeichnis lesen.
doc-directory-off = Weder angefordert noch erteilt. Die Ermittlung von Benutzern und Gruppen ist deaktiviert.
doc-directory-not-granted = Die Berechtigung ist angefordert, aber nicht erteilt.
doc-directory-not-asked = Die Berechtigung ist erteilt, aber nicht angefordert. Das nächste „Administratorzustimmung erteilen“ im Azure-Portal kann sie entfernen.
doc-directory-why = Eine Anforderung erteilt noch keine Berechtigung. Die Ermittlung funktioniert erst, wenn die Berechtigung erteilt ist. Dafür ist ein Administrator für privilegierte Rollen erforderlich.

doc-secrets = Geheime Clientschlüssel
doc-secrets-ok = Das am längsten gültige Geheimnis läuft am { $day } ab.
doc-secrets-soon = Das letzte Geheimnis läuft am { $day } ab.
doc-secrets-expired = Das letzte Geheimnis ist am { $day } abgelaufen.
doc-secrets-none = Es gibt keinen geheimen Clientschlüssel.
doc-secrets-dead = { $count ->
    [one] Ein Geheimnis ist abgelaufen und kann entfernt werden.
   *[other] { $count } Geheimnisse sind abgelaufen und können entfernt werden.
}
doc-secrets-many = { $count } Geheimnisse sind gleichzeitig gültig. Diese Seite kann nicht sehen, welches davon Configuration Manager hat.
doc-secrets-never = Ein Geheimnis wurde so erstellt, dass es nie abläuft ({ $day }). Microsoft bietet das nicht mehr an.
doc-secrets-longer = Ein Geheimnis ist länger gültig als die { $days } Tage, die die Richtlinie dieses Mandanten für neue zulässt.
doc-secrets-why = Wenn das Geheimnis abläuft, fällt jeder Azure-Dienst des Standorts aus. Die Konsole warnt nur bei Apps, die sie selbst erstellt hat.

doc-age = Alter
doc-age-ok = Am { $day } erstellt. Die Konsole erneuert das Geheimnis bis { $until }.
doc-age-soon = Am { $day } erstellt. Ab { $until } lehnt die Konsole es ab, das Geheimnis zu erneuern.
doc-age-over = Am { $day } erstellt. Seit { $until } lehnt die Konsole es ab, das Geheimnis zu erneuern.
doc-age-why = Seit Version 2409 lehnt die Funktion Geheimen Schlüssel erneuern (Renew Secret Key) der Konsole Apps ab, die älter als 800 Tage sind. Ein hier oder im Azure-Portal erstelltes Geheimnis lässt sich weiterhin eingeben. Wenn die Konsole auch das ablehnt, erstellen Sie ein neues Paar, und importieren Sie es.

doc-owners-some = Besitzer: { $names }.
doc-owners-why = Ein Besitzer kann der App Geheimnisse und Umleitungs-URIs hinzufügen. Stellen Sie daher sicher, dass Sie jeden Besitzer kennen. Ohne Besitzer können nur Administratoren die App ändern, und niemand erhält Microsofts E-Mails dazu.

# Die native App (Client).
doc-public-client = Öffentliche Clientflows
doc-public-client-ok = Zugelassen.
doc-public-client-off = Nicht zugelassen.
doc-public-client-why = Clients haben kein Geheimnis. Wenn öffentliche Clientflows deaktiviert sind, verlangt Entra eines (AADSTS7000218).

doc-server-consent = Zustimmung zum Aufrufen der Web-App (Server)
doc-server-consent-ok = Für die gesamte Organisation erteilt.
doc-server-consent-some = Nur für einzelne Benutzer erteilt.
doc-server-consent-missing = Nicht erteilt.
doc-server-consent-why = Clients können einen Benutzer im Hintergrund nicht um Zustimmung bitten. Ohne Zustimmung für die Organisation erhalten sie kein Token (AADSTS65001).

doc-graph-consent = Zustimmung zum Lesen des angemeldeten Benutzers
doc-graph-consent-ok = Für die gesamte Organisation erteilt.
doc-graph-consent-missing = Nicht für die gesamte Organisation erteilt.
doc-graph-consent-why = Wenn Benutzer nicht zustimmen dürfen, bleibt die Anmeldung eines Clients bei dieser Berechtigung stehen.

# Rund um das Paar.
doc-secret-policy = Richtlinie für geheime Clientschlüssel
doc-secret-policy-free = Geheimnisse sind mit beliebiger Gültigkeitsdauer zulässig.
doc-secret-policy-days = Geheimnisse sind für höchstens { $days } Tage zulässig.
doc-secret-policy-blocked = Neue Geheimnisse sind nicht zulässig.
doc-secret-policy-spared = Die Richtlinie beschränkt Geheimnisse anderer Apps. Für diese App gilt sie nicht.
doc-secret-policy-perhaps = Die Richtlinie blockiert neue Geheimnisse. Möglicherweise nimmt sie diese App oder Ihr Konto aus, aber diese Seite kann das nicht lesen.
doc-secret-policy-perhaps-days = Die Richtlinie lässt höchstens { $days } Tage zu. Möglicherweise nimmt sie diese App oder Ihr Konto aus, aber diese Seite kann das nicht lesen.
doc-secret-policy-why = Das vorhandene Geheimnis funktioniert weiterhin. Wenn eine Richtlinie neue Geheimnisse blockiert, wird die nächste Erneuerung abgelehnt. Beantragen Sie daher rechtzeitig eine Ausnahme für diese App.

doc-conditional-access = Bedingter Zugriff
doc-conditional-access-ok = Keine aktivierte Richtlinie gilt für die Web-App (Server).
doc-conditional-access-tried = Keine aktivierte Richtlinie gilt für die Web-App (Server). Nur Bericht: { $policies }.
doc-conditional-access-reaches = Aktivierte Richtlinien, die für die Web-App (Server) gelten: { $policies }.
doc-conditional-access-filter = Eine aktivierte Richtlinie wählt Apps anhand benutzerdefinierter Sicherheitsattribute aus, die diese Seite nicht lesen kann.
doc-conditional-access-unread = Die Richtlinien konnten nicht gelesen werden, daher ist diese Prüfung nicht bestanden. Zum Lesen ist eine Rolle wie Sicherheitsleseberechtigter erforderlich.
doc-conditional-access-why = Ein Client im Hintergrund kann nicht erfüllen, was eine Richtlinie verlangt. Microsoft empfiehlt, die Web-App (Server) aus Richtlinien für alle Cloud-Apps auszuschließen.

doc-providers = Ressourcenanbieter
doc-providers-ok = Alle vom Gateway benötigten Ressourcenanbieter sind registriert.
doc-providers-under-way = Alle vom Gateway benötigten Ressourcenanbieter sind registriert oder werden gerade registriert.
doc-providers-missing = Nicht registriert: { $names }.
doc-providers-unread = Dies konnte in Azure nicht gelesen werden: { $why }.
doc-providers-choose = Wählen Sie ein Abonnement aus, um die Ressourcenanbieter zu prüfen.
doc-providers-why = Das Erstellen eines Gateways schlägt fehl, solange ein Anbieter im Abonnement nicht registriert ist.

# Ein Paar finden.
check-pair-lead = Melden Sie sich an, um die Apps zu finden, die Configuration Manager im Mandanten möglicherweise verwendet. Nichts wird geändert.
check-pair-read-only = Um ein Paar zu prüfen, fordert diese Seite Leseberechtigungen an. Weitere fordert sie erst an, wenn Sie etwas korrigieren möchten.
check-pair-by-id = Bestimmte App suchen
check-pair-id = Client-ID
check-pair-id-hint = Anwendungs-ID (Client-ID) einer der beiden Apps, wie sie die Konsole unter Microsoft Entra-Mandanten (Microsoft Entra tenants) anzeigt.
check-pair-id-wrong = Eine Client-ID besteht aus 32 hexadezimalen Ziffern in fünf Gruppen mit Bindestrichen. Kopieren Sie sie erneut.
check-pair-look = Erneut suchen
check-pair-looking = Die Apps werden gesucht.
check-pair-partial-title = Möglicherweise gibt es weitere Paare
check-pair-partial = Einige Suchergebnisse konnten nicht gelesen werden. Wenn Ihr Paar nicht aufgeführt ist, geben Sie die Client-ID ein.
check-pair-none-title = Kein Paar gefunden
check-pair-none = Keine App in diesem Mandanten sieht wie eine App von Configuration Manager aus. Geben Sie die Client-ID aus der Konsole ein, oder richten Sie ein neues Paar ein.
check-pair-guess = Ein Name, ein Schlüssel oder eine Markierung beweist nicht, wem diese Apps gehören. Vergleichen Sie die Client-IDs mit der Konsole, und prüfen Sie die Besitzer, bevor Sie etwas ändern.
check-pair-shared = Eine dieser Apps gehört auch zu einem anderen Paar.
check-pair-half = Keine passende App gefunden.
check-pair-deleted = Gelöscht
check-pair-by-hand = Die beiden Apps selbst auswählen
check-pair-no-app = Keine
clue-typed = die eingegebene ID
clue-recorded = aus einer Ausführung in diesem Browser
clue-key = Schlüssel dieses Tools
clue-label = Markierung dieses Tools
clue-uri = App-ID-URI
clue-scope = Bereich user_impersonation
clue-redirect = Umleitungs-URI von Windows
clue-name = Name

# Der Bericht.
report-lead = Was gefunden wurde, was es für Clients bedeutet und was diese Seite korrigieren kann. Nichts wurde geändert.
report-sign-in = Melden Sie sich an, um das Paar zu prüfen.
report-reading = Das Paar wird gelesen.
report-again = Erneut prüfen
report-hand-over = Ohne Änderungen übergeben
report-save = Bericht speichern
report-print = Drucken
report-compare = Mit einem früheren Bericht vergleichen
report-earlier = Früherer Bericht
report-earlier-hint = Öffnen Sie die gespeicherte Datei, und fügen Sie den gesamten Text ein.
report-same = Seitdem hat sich nichts geändert.
report-what = Was geprüft wurde
report-read-at = Gelesen am
report-deleted = Beide Apps sind gelöscht
report-deleted-text = Das Paar ist außer Betrieb. Microsoft Entra ID bewahrt gelöschte Apps 30 Tage lang auf. Um das Paar wieder zu verwenden, stellen Sie unten beide Apps wieder her.
report-broken = Etwas funktioniert nicht
report-attention = Es funktioniert, aber einige Punkte erfordern Aufmerksamkeit
report-cannot-tell = Keine Probleme gefunden, aber nicht alles konnte gelesen werden
report-ok = Das Paar ist richtig eingerichtet
report-counts = Fehlerhaft: { $broken }. Achtung: { $attention }. Nicht feststellbar: { $unknown }. OK: { $ok }.
report-findings = Ergebnisse
report-filter = Anzeigen
report-filter-all = Alle
report-filter-open = Fehlerhaft und Achtung
report-group = Gruppieren nach
report-group-result = Bewertung
report-group-app = App
report-group-around = Mandant und Abonnement
report-none-shown = Kein Ergebnis hat diese Bewertung.
report-choose-all = Alle auswählen, außer Entfernungen, einem neuen Geheimnis und Directory.Read.All
report-update-settings = Anwendungseinstellungen aktualisieren
report-update-settings-text = Die Schaltfläche Anwendungseinstellungen aktualisieren (Update Application Settings) wählt die Änderungen aus, die die gleichnamige Schaltfläche der Konsole in Entra vornimmt: Token für Geräte, http://localhost und Directory.Read.All. Den Teil des Standorts erledigen Sie selbst.
report-update-site = Anwendungseinstellungen aktualisieren: der Teil des Standorts
report-update-command = PowerShell
report-not-here = Diese Seite kann das nicht korrigieren.
report-fixed-above = Eine oben angebotene Änderung korrigiert auch dies.
report-passed = { $count ->
    [one] Eine Prüfung bestanden
   *[other] { $count } Prüfungen bestanden
}
report-discovery-on = Aktiviert: Die Web-App (Server) kann das Verzeichnis lesen. Deaktivieren Sie die Ermittlung zuerst in der Konsole.
report-discovery-off = Deaktiviert: Die Web-App (Server) kann das Verzeichnis nicht lesen. Nachdem Sie die Ermittlung hier aktiviert haben, aktivieren Sie sie in der Konsole: Azure-Dienste, Eigenschaften, Ermittlung (Azure Services, Properties, Discovery).
report-discovery-unknown = Diese Seite konnte nicht lesen, ob die Web-App (Server) das Verzeichnis lesen kann.
report-no-azure = Eine Anmeldung für eine Prüfung umfasst Azure nicht. Ressourcenanbieter werden geprüft, nachdem Sie sich angemeldet haben, um etwas zu korrigieren.
report-no-subscription = Nicht geprüft
report-subscription-hint = Das Abonnement, in dem sich das Gateway befindet oder befinden wird.
report-review = { $count ->
    [0] Änderungen überprüfen
    [one] Eine Änderung überprüfen
   *[other] { $count } Änderungen überprüfen
}
report-retire = Paar außer Betrieb nehmen
report-retire-text = Löschen Sie die beiden Apps, wenn sie von nichts mehr verwendet werden.
report-retire-action = Paar außer Betrieb nehmen

# Die Geheimnisse.
secrets-title = Geheimnisse
secrets-from-to = { $start } bis { $end }
secrets-from = Ab { $start }, ohne Ablaufdatum
secrets-to = Bis { $end }
secrets-no-dates = Ohne Datumsangaben
secrets-today = Heute, { $day }
secrets-key-today = Heute
secrets-cut = Die Linie endet drei Jahre vor und nach heute.
secrets-ended = Abgelaufen
secrets-ends-soon = Läuft bald ab
secrets-lives = Gültig
secrets-renew = Ohne Unterbrechung erneuern
secrets-renew-make = Erstellen Sie ein neues Geheimnis. Das alte bleibt bestehen und funktioniert weiterhin.
secrets-renew-enter = Geben Sie das Geheimnis am Standort ein, und prüfen Sie, ob der Standort es verwendet.
secrets-renew-remove = Entfernen Sie das alte Geheimnis.
secrets-has-new = Configuration Manager hat das neue Geheimnis
secrets-has-new-hint = Bestätigen Sie dies erst nach Schritt 2. Wenn Sie das Geheimnis entfernen, das der Standort noch verwendet, fällt jeder Azure-Dienst des Standorts aus.

secrets-new-used = Das neue Geheimnis wurde am { $at } verwendet. Das alte kann entfernt werden.

# Die letzten Anmeldungen.
sign-ins-title = Letzte Anmeldungen
sign-ins-lead = Microsoft kann die letzte Verwendung jedes Geheimnisses und die letzten Anmeldungen jeder App melden. Dafür sind Microsoft Entra ID P1 oder P2 und eine Rolle wie Berichtleseberechtigter erforderlich. Eine weitere Berechtigung ist nicht erforderlich.
sign-ins-ask = Letzte Anmeldungen abrufen
sign-ins-again = Erneut abrufen
sign-ins-reading = Die letzten Anmeldungen werden abgerufen.
sign-ins-read-at = Abgerufen am { $at }. Bis eine Anmeldung angezeigt wird, kann ein Tag vergehen. Nicht gemeldet bedeutet nicht, dass etwas nicht verwendet wird.
sign-ins-secret = Zuletzt verwendet: { $when }
sign-ins-client = Letzte Anmeldung durch diese App: { $when }
sign-ins-resource = Letzte Anmeldung bei dieser App: { $when }
sign-ins-not-reported = nicht gemeldet
sign-ins-cannot-tell = nicht feststellbar
sign-ins-other-cloud = In dieser Cloud hat Microsoft keine Berichte über letzte Anmeldungen.
sign-ins-no-license = Der Mandant hat weder Microsoft Entra ID P1 noch P2, daher stellt Microsoft keine Berichte über letzte Anmeldungen bereit.
sign-ins-no-role = Das Konto hat keine Rolle, die die Berichte lesen kann, zum Beispiel Berichtleseberechtigter, Sicherheitsleseberechtigter oder Globaler Leser.
sign-ins-no-permission = Microsoft Graph hat die Berechtigungen dieser Anmeldung für die Berichte nicht akzeptiert.
sign-ins-portal = Unternehmensanwendung öffnen, dann Anmeldeprotokolle

# Außer Betrieb nehmen.
retire-lead = Sehen Sie, wer die beiden Apps noch verwendet, und wählen Sie dann aus, welche Sie löschen möchten. Nichts wurde geändert.
retire-check-first = Prüfen Sie zuerst das Paar.
retire-uses = Wer das Paar noch verwendet
retire-callers = { $count ->
    [0] Außer der nativen App (Client) fordert keine App Berechtigungen der Web-App (Server) an.
    [one] Eine weitere App fordert Berechtigungen der Web-App (Server) an.
   *[other] { $count } weitere Apps fordern Berechtigungen der Web-App (Server) an.
}
retire-callers-unread = Die Apps, die Berechtigungen der Web-App (Server) anfordern, konnten nicht gelesen werden.
retire-reading = Berechtigungserteilungen und Zuweisungen werden gelesen.
retire-grants = { $count ->
    [0] Keine App hat die Zustimmung, die Web-App (Server) aufzurufen.
    [one] Eine App hat die Zustimmung, die Web-App (Server) aufzurufen.
   *[other] { $count } Apps haben die Zustimmung, die Web-App (Server) aufzurufen.
}
retire-grants-unread = Die Apps mit der Zustimmung, die Web-App (Server) aufzurufen, konnten nicht gelesen werden.
retire-assigned = { $count ->
    [0] Der Web-App (Server) sind keine Benutzer, Gruppen oder Apps zugewiesen.
    [one] Der Web-App (Server) ist ein Benutzer, eine Gruppe oder eine App zugewiesen.
   *[other] Der Web-App (Server) sind { $count } Benutzer, Gruppen oder Apps zugewiesen.
}
retire-assigned-unread = Die Zuweisungen der Web-App (Server) konnten nicht gelesen werden.
retire-roles-some = Die Web-App (Server) hat Anwendungsberechtigungen anderer APIs, die mit ihr entfernt werden.
retire-roles-none = Die Web-App (Server) hat keine Anwendungsberechtigungen anderer APIs.
retire-roles-unread = Die Anwendungsberechtigungen der Web-App (Server) konnten nicht gelesen werden.
retire-choose = Was gelöscht werden soll
retire-soft = Eine gelöschte App kann 30 Tage lang wiederhergestellt werden, auch mit dieser Seite: Prüfen Sie das Paar erneut anhand der Client-ID. Mit der App werden ihr Dienstprinzipal, ihre Zustimmungen und ihre Berechtigungen gelöscht. Microsoft gibt nicht an, welche davon wiederhergestellt werden.
retire-review = Löschung überprüfen

# The file of a report, and its comparison with an earlier one.
report-too-large = Der Text hat mehr als eine Million Bytes, das Maximum für einen Bericht. Verwenden Sie eine andere Datei.
report-not-json = Der Bericht ist nicht vollständig oder enthält eine Eigenschaft zweimal. Fügen Sie die gespeicherte Datei erneut ein, von der ersten bis zur letzten Zeile.
report-other-kind = Dies ist kein Bericht dieser Seite. Verwenden Sie eine Datei, die hier gespeichert wurde.
report-newer = Eine neuere Version dieser Seite hat diesen Bericht geschrieben. Vergleichen Sie ihn in jener Version.
report-shape = Die Eigenschaft { $property } hat einen Wert, den kein Bericht hat. Fügen Sie die gespeicherte Datei erneut ein.
report-extra = Das Objekt { $object } hat eine Eigenschaft, die kein Bericht hat. Fügen Sie die gespeicherte Datei erneut ein.
report-other-cloud = Der frühere Bericht gehört zu einer anderen Azure-Umgebung. Verwenden Sie einen Bericht dieser Umgebung.
report-other-tenant = Der frühere Bericht gehört zu einem anderen Mandanten. Verwenden Sie einen Bericht dieses Mandanten.
report-check-of = { $app }, { $title }
report-better = { $check }: besser
report-worse = { $check }: schlechter
report-changed = { $check }: geändert
report-check = { $head }. Vorher ({ $was }): { $before } Jetzt ({ $is }): { $seen }
report-app-came = { $app }: { $id } ist neu.
report-app-gone = { $app }: { $id } ist nicht mehr vorhanden.
report-app-replaced = { $app }: { $to } ersetzt { $from }.
report-uri-came = Der App-ID-URI { $uri } ist neu.
report-uri-gone = Der App-ID-URI { $uri } ist nicht mehr vorhanden.
report-secret-came = Der geheime Clientschlüssel { $key } ({ $name }) ist neu.
report-secret-gone = Der geheime Clientschlüssel { $key } ({ $name }) ist nicht mehr vorhanden.
