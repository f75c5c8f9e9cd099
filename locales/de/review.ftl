### Überprüfen + erstellen.

review-title = Überprüfen + erstellen
review-lead = Noch wurde nichts geändert. Überprüfen Sie die Änderungen, und wählen Sie dann Erstellen aus.
review-reading = Validierung: Der Mandant und das Abonnement werden gelesen.
review-failed = Die Validierung wurde nicht abgeschlossen
review-faulty = Erforderliche Angaben fehlen oder sind nicht gültig
review-azure = Die Ressourcenanbieter konnten nicht gelesen werden
review-again = Erneut validieren
review-lead-continued = Teile dieser Einrichtung sind bereits vorhanden. Überprüfen Sie die verbleibenden Änderungen, und wählen Sie dann Fortsetzen aus.
review-passed = Validierung erfolgreich
review-passed-text = Die Seite hat soeben alles geprüft, was sie prüfen kann.
review-look = Validierung mit Warnungen erfolgreich
review-blocked = Validierung fehlgeschlagen
review-essentials = Zusammenfassung
review-picture = Was vorhanden sein wird
review-picture-left-out = ausgelassen
review-picture-keep = bereits vorhanden
review-picture-create = wird erstellt
review-picture-update = wird geändert
review-picture-tenant = Microsoft Entra-Mandant
review-picture-server = Web-App (Server)
review-picture-client = Native App (Client)
review-picture-graph = Microsoft Graph
review-picture-graph-note = Von Microsoft, in jedem Mandanten
review-picture-subscription = Azure-Abonnement
review-picture-no-subscription = Einer anderen Person überlassen
review-providers-left = Die Ressourcenanbieter bleiben einer anderen Person überlassen
review-providers-left-text = Diese Seite führt in Azure nichts aus. Das Gateway kann erst erstellt werden, wenn diese Anbieter im Abonnement des Gateways registriert sind: { $namespaces }. Die Übergabe enthält einen Text für den Besitzer des Abonnements.
review-providers-choose = Abonnement auswählen
review-picture-secret = Geheimnis, gültig für { $life }
review-picture-calls = ruft die App für den angemeldeten Benutzer auf
review-picture-user = Die native App (Client) liest den angemeldeten Benutzer
review-picture-directory = Die Web-App (Server) liest das Verzeichnis
review-checks = Prüfungen
review-requests = Alle Anforderungen
review-requests-hint = Anforderungen einer Welle werden gleichzeitig gesendet. IDs in geschweiften Klammern sind vor der Ausführung nicht bekannt.
review-open-all = Alle öffnen
review-close-all = Alle schließen
review-wave = Welle { $number }
review-writes = { $count ->
    [0] Nichts muss geändert werden
    [one] Eine Anforderung ändert etwas
   *[other] { $count } Anforderungen ändern etwas
}
review-nothing = Alles ist bereits wie geplant vorhanden, daher ändert keine Anforderung etwas. Der nächste Schritt ist die Übergabe.
review-none-yet = Noch ist keine Anforderung geplant
review-none-yet-why = Oben auf dieser Seite steht, was die Änderungen verhindert. Sobald es behoben ist, werden die Anforderungen hier aufgeführt.
review-kept = Bleibt unverändert
request-format = Anforderungen anzeigen als
request-text = Anforderung
request-commands = Jeder Befehl sendet eine Anforderung mit Ihrer eigenen Anmeldung. Anders als diese Seite wartet er nicht, bis das Verzeichnis neue Objekte kopiert hat, und führt kein Journal. IDs in geschweiften Klammern stehen in den Antworten auf frühere Anforderungen.
request-token = Die Variable TOKEN braucht ein eigenes Zugriffstoken für den Dienst. Diese Seite zeigt keines an.
request-connect = Melden Sie sich zuerst an:
request-secret = Die Antwort auf diese Anforderung enthält das Geheimnis. Ein Befehl zeigt es in seinem Fenster an.
review-least = Mindestrolle
review-purpose = Zweck
review-why = Grund
review-run-id = (ID der Ausführung)
review-create = Erstellen
review-create-disabled = Erstellen ist deaktiviert, bis die Validierung erfolgreich ist.
review-hand-over = Übergeben
review-as = Als
review-in = in
review-secret-lives = Ein Geheimnis dieser App ist noch gültig
review-secret-lives-text = Sein Wert kann nicht noch einmal angezeigt werden. Wenn Sie ihn nicht haben, erstellen Sie ein weiteres Geheimnis. Das alte funktioniert, bis es abläuft.
review-another-secret = Weiteres Geheimnis erstellen
review-namesakes = { $count ->
    [one] Eine andere App hat einen dieser Namen. Diese Seite hat sie nicht erstellt und ändert sie nicht.
   *[other] { $count } andere Apps haben einen dieser Namen. Diese Seite hat sie nicht erstellt und ändert sie nicht.
}

review-repair-title = Änderungen überprüfen
review-repair-lead = Noch wurde nichts geändert. Überprüfen Sie die Änderungen, und wählen Sie dann Änderungen vornehmen aus.
review-hand-over-title = Das Paar unverändert übergeben
review-hand-over-lead = Nichts wird geändert. Wählen Sie Übergeben aus, um die Werte zu erhalten, die Configuration Manager braucht.
review-renewal-title = Neues Geheimnis überprüfen
review-retire-title = Löschung überprüfen
review-retire-lead = Noch wurde nichts gelöscht. Jede Anforderung unten löscht eine App mit ihrem Dienstprinzipal, ihren Zustimmungen und ihren Berechtigungen.
review-retire-confirm = Der Standort verwendet diese Apps nicht mehr: Das Gateway und der Azure-Dienst sind in der Konsole gelöscht
review-retire-start = { $count ->
    [one] Eine App löschen
   *[other] { $count } Apps löschen
}
review-refused = { $count ->
    [one] Eine Änderung wird abgelehnt
   *[other] { $count } Änderungen werden abgelehnt
}
review-refused-left-out = { $count ->
    [one] Eine Änderung wird ausgelassen
   *[other] { $count } Änderungen werden ausgelassen
}
review-refused-text = Die Rollen dieses Kontos lassen diese Änderungen nicht zu. Ein Konto mit einer der genannten Rollen kann sie vornehmen.
review-refused-choice = Was soll diese Seite tun?
review-refused-leave-out = { $count ->
    [one] Nur die Änderung vornehmen, die dieses Konto vornehmen darf
   *[other] Nur die { $count } Änderungen vornehmen, die dieses Konto vornehmen darf
}
review-refused-leave-out-detail = Die Übergabe führt die übrigen auf und nennt, wer sie vornehmen kann.
review-refused-try = Alle Änderungen versuchen
review-refused-try-detail = Für eine Rolle, die in der Zwischenzeit aktiviert wird. Die Ausführung pausiert bei der ersten Ablehnung.
review-refused-disabled = Wählen Sie aus, was mit den Änderungen geschehen soll, die abgelehnt werden.
refused-needs = Erforderlich: { $role }
refused-dependents = Ohne diese Änderungen nicht möglich:
review-retire-disabled = Bestätigen Sie oben, dass der Standort die Apps nicht mehr verwendet.
review-repair-before = Bevor etwas geändert wird
review-repair-signed-out = Melden Sie sich mit einem Konto an, das die beiden Apps ändern kann.
review-repair-chosen = Ausgewählt
review-repair-start = Änderungen vornehmen
review-other-work-title = Eine Ausführung für andere Apps ist nicht abgeschlossen
review-other-work = Schließen Sie diese Ausführung zuerst ab, machen Sie sie rückgängig, oder behalten Sie sie bei. Ein Protokoll zeichnet die Arbeit an einem App-Paar auf.

action-create = Erstellen
action-update = Ändern
action-keep = Beibehalten
action-remove = Entfernen
action-blocked = Blockiert

plan-server-app = Web-App (Server)
plan-client-app = Native App (Client)
plan-app-id-uri = App-ID-URI der Web-App (Server)
plan-server-principal = Dienstprinzipal der Web-App (Server)
plan-client-settings = Umleitungs-URI und Berechtigungen der nativen App (Client)
plan-client-principal = Dienstprinzipal der nativen App (Client)
plan-server-consent = Administratorzustimmung: Native App (Client) ruft Web-App (Server) auf
plan-graph-consent = Administratorzustimmung: Native App (Client) liest den angemeldeten Benutzer
plan-directory-consent = Administratorzustimmung: Web-App (Server) liest das Verzeichnis
plan-provider = Ressourcenanbieter { $namespace }
plan-secret = Geheimnis der Web-App (Server)
plan-restore-server = Gelöschte Web-App (Server) wiederherstellen
plan-restore-client = Gelöschte native App (Client) wiederherstellen
plan-scope-off = Bereich (Scope) deaktivieren, damit Entra Änderungen daran zulässt
plan-server-access = Wer Token für die Web-App (Server) erhält
plan-client-access = Wer Token über die native App (Client) erhält
plan-directory-revoke = Directory.Read.All der Web-App (Server) widerrufen
plan-old-secret = Geheimnis { $key } der Web-App (Server)
plan-delete-client = Native App (Client) löschen
plan-delete-server = Web-App (Server) löschen

reason-missing = Noch nicht vorhanden.
reason-differs = Vorhanden, aber abweichend in: { $properties }.
reason-as-wanted = Wie geplant vorhanden.
reason-under-way = Wird bereits registriert.
reason-secret-lives = Ein Geheimnis dieser App ist noch gültig.
reason-another-secret = Sie haben ein weiteres Geheimnis verlangt.
reason-not-readable = Dies konnte nicht gelesen werden, daher wird die Anforderung trotzdem gesendet.
reason-held = Ein anderes Objekt belegt, was erforderlich ist.
reason-rule = Eine Richtlinie oder der aktuelle Zustand lässt es nicht zu.
reason-principal-lost = Die App hat keinen Dienstprinzipal, und keiner kann wiederhergestellt werden. Zustimmungen, Besitzer und Azure-Rollenzuweisungen eines früheren Dienstprinzipals werden nicht wiederhergestellt: Weisen Sie die Rolle für die Ressourcengruppe des Gateways erneut zu.
reason-not-chosen = Bleibt unverändert: Sie haben die Korrektur nicht ausgewählt.
reason-unwanted = Sie haben das Entfernen ausgewählt.
reason-tag-only = Sie haben eine Änderung ausgewählt, die zu dieser App gehört. Mit der Markierung findet die Seite die App wieder und kann die Änderung rückgängig machen.
purpose-server-app = Der Standort meldet sich bei Microsoft Entra ID als diese App an, und Clients fordern ihre Zugriffstoken für sie an.
purpose-client-app = Clients im Internet melden sich mit dieser App bei Microsoft Entra ID an und fordern ein Token für die Web-App (Server) an.
purpose-app-id-uri = Das Zugriffstoken, das ein Client für den Dienst anfordert, enthält diesen URI. Configuration Manager muss denselben Text haben.
purpose-principal = Dieses Objekt steht im Mandanten für die App. Ihm wird die Zustimmung erteilt.
purpose-client-settings = Der Client empfängt sein Token unter diesem Umleitungs-URI, und die Berechtigungen nennen, was er anfordert.
purpose-server-consent = Clients rufen die Web-App (Server) für den angemeldeten Benutzer auf. Mit dieser Zustimmung wird kein Benutzer gefragt.
purpose-graph-consent = Bei der Anmeldung eines Clients wird das Profil des angemeldeten Benutzers gelesen. Mit dieser Zustimmung wird kein Benutzer gefragt.
purpose-directory-consent = Die Microsoft Entra-Ermittlung liest Benutzer und Gruppen mit dieser Berechtigung.
purpose-secret = Mit diesem Geheimnis weist der Standort nach, dass er die Web-App (Server) ist. Es wird einmal in Configuration Manager eingegeben.
purpose-restore = Eine wiederhergestellte App hat die Client-ID, die der Standort kennt. Eine neue App hätte eine andere.
purpose-scope-off = Microsoft Entra ID akzeptiert eine Änderung eines Bereichs nur, solange der Bereich deaktiviert ist.
purpose-access = Clients erhalten kein Token, solange der Dienstprinzipal deaktiviert ist oder eine Zuweisung verlangt.
purpose-directory-revoke = Ohne Ermittlung liest der Standort das Verzeichnis nicht.
purpose-old-secret = Der Standort hat ein neueres Geheimnis. Jedes noch gültige Geheimnis kann missbraucht werden.
purpose-delete = Der Standort verwendet die App nicht mehr. Eine nicht verwendete App mit Berechtigungen und Geheimnissen kann missbraucht werden.
reason-not-allowed = Dieses Konto darf die Änderung nicht vornehmen. Sie bleibt einem Konto überlassen, das sie vornehmen darf.
reason-needs-not-allowed = Dafür ist eine Änderung erforderlich, die dieses Konto nicht vornehmen darf.

property-audience = unterstützte Kontotypen
property-redirect = Umleitungs-URI
property-scope = Bereich user_impersonation
property-device-only = Token für Geräte
property-public-client = öffentliche Clientflows
property-permissions = API-Berechtigungen
property-app-id-uri = App-ID-URI
property-consent = Zustimmung
property-implicit = implizite Genehmigung
property-token-version = Version des Zugriffstokens
property-label = Markierung dieses Tools, mit der das Paar wiedergefunden wird
property-active = wieder aktivierte App-Registrierung
property-enabled = Aktivierung für die Anmeldung
property-assignment = erforderliche Zuweisung
review-not-begun = Die Ausführung wurde nicht gestartet. Nichts wurde geschrieben.

## A plan for another person, or from one.
shared-plan-hash = Hash des Plans (SHA-256)
shared-plan-same = Dies sind die Antworten des Plans, den Sie geöffnet haben.
shared-plan-differs = Dies sind nicht mehr die Antworten des Plans, den Sie geöffnet haben. Sagen Sie das der Person, die ihn erstellt hat.
shared-plan-agreed = Plan einer anderen Person
shared-plan-to-page = Zur Seite des Plans
shared-plan-other = Eine andere Person führt dies aus
shared-plan-other-text = Übergeben Sie Ihre Antworten als Plan, wenn eine andere Person die Apps registriert. Dafür ist keine Anmeldung nötig.
shared-plan-other-action = Plan übergeben
