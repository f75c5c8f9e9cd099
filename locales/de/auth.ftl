### Fehler bei der Anmeldung. Jeweils ein Titel, was geschehen ist und was zu tun ist (`-fix`). „Diese Seite“ ist die Seite, auf der sich der Administrator befindet.

entra-declined-title = Sie haben die Berechtigungen nicht akzeptiert
entra-declined = Sie haben die Seite von Microsoft verlassen, ohne die Berechtigungen zu akzeptieren.
entra-declined-fix = Melden Sie sich erneut an, und akzeptieren Sie die Berechtigungen, oder verwenden Sie ein Konto, das sie akzeptieren kann.

entra-consent-title = Ein Administrator muss zuerst zustimmen
entra-consent = Dieser Mandant hat nicht alle Berechtigungen erteilt, die diese Seite anfordert.
entra-consent-fix = Senden Sie den Zustimmungslink einem Administrator, der zustimmen kann: Cloudanwendungsadministrator, Anwendungsadministrator, KI-Administrator, Administrator für privilegierte Rollen oder Globaler Administrator. Melden Sie sich dann erneut an.

entra-stronger-title = Microsoft verlangt einen weiteren Schritt
entra-stronger = Das Konto muss einen weiteren Schritt zur Authentifizierung ausführen, zum Beispiel die Multi-Faktor-Authentifizierung.
entra-stronger-fix = Melden Sie sich erneut an, und führen Sie jeden Schritt auf der Seite von Microsoft aus.

entra-blocked-title = Eine Richtlinie hat die Anmeldung blockiert
entra-blocked = Bedingter Zugriff, Tokenschutz, Sicherheitsstandards, Mandanteneinschränkungen, mandantenübergreifende Zugriffseinstellungen oder ein erkanntes Risiko blockieren diese Anmeldung. Der Text von Microsoft nennt die Ursache.
entra-blocked-fix = Dieselbe Anmeldung würde erneut blockiert. Verwenden Sie ein Gerät, ein Netzwerk und ein Konto, die die Richtlinie zulässt, oder bitten Sie die Administratoren dieser Richtlinien, in den Anmeldeprotokollen nach der Korrelations-ID zu suchen.

entra-tenant-blocked-title = Microsoft hat den Mandanten blockiert
entra-tenant-blocked = Microsoft hat den Mandanten blockiert, weil er lange nicht verwendet wurde.
entra-tenant-blocked-fix = Ein Administrator des Mandanten kann ihn innerhalb von 20 Tagen von Microsoft reaktivieren lassen. Danach löscht Microsoft den Mandanten.

entra-quota-title = Der Grenzwert für Verzeichnisobjekte ist erreicht
entra-quota = Der Mandant oder das Konto hat seinen Grenzwert für Verzeichnisobjekte erreicht. Der Text von Microsoft nennt ihn.
entra-quota-fix = Löschen Sie Objekte, die nicht mehr gebraucht werden: Gelöschte Objekte zählen, bis sie endgültig gelöscht sind. Oder bitten Sie einen Administrator, sich einmal auf dieser Seite anzumelden oder den Grenzwert des Mandanten erhöhen zu lassen.

entra-session-over-title = Die Anmeldung ist beendet
entra-session-over = Eine Anmeldung bei einer Webseite gilt höchstens 24 Stunden. Sie endet früher, wenn das Kennwort geändert wird, eine Sitzung widerrufen wird oder eine Richtlinie eine neue Anmeldung verlangt. Der Text von Microsoft nennt den Grund.
entra-session-over-fix = Melden Sie sich erneut an.

entra-loop-title = Microsoft hat eine Anmeldeschleife beendet
entra-loop = Dieselbe Anmeldung wurde in kurzer Zeit zu oft angefordert.
entra-loop-fix = Warten Sie fünf Minuten, und melden Sie sich dann erneut an.

entra-redirect-title = Die Adresse dieser Seite ist nicht registriert
entra-redirect = Die App-Registrierung dieser Seite enthält diese Adresse nicht als Umleitungs-URI.
entra-redirect-fix = Bitten Sie den Betreiber der Seite, genau diese Adresse in seiner App-Registrierung unter der Plattform „Single-Page-Anwendung“ hinzuzufügen.

entra-app-unknown-title = Die App dieser Seite ist nicht im Mandanten vorhanden
entra-app-unknown = Im Mandanten ist keine App mit der Client-ID dieser Seite verfügbar.
entra-app-unknown-fix = Prüfen Sie die Client-ID in den Einstellungen der Seite und ob die App Konten aus Ihrem Mandanten zulässt.

entra-tenant-unknown-title = Der Mandant wurde nicht gefunden
entra-tenant-unknown = Die ausgewählte Cloud enthält keinen Mandanten mit diesem Namen oder dieser ID.
entra-tenant-unknown-fix = Prüfen Sie, ob die Angabe Tippfehler enthält und ob sich der Mandant in einer anderen Cloud befindet.

entra-other-cloud-title = Der Mandant befindet sich in einer anderen Cloud
entra-other-cloud = Dieser Mandant befindet sich in einer anderen nationalen Cloud als der ausgewählten.
entra-other-cloud-fix = Gehen Sie zurück, und wählen Sie die Cloud aus, in der sich der Mandant befindet.

entra-foreign-account-title = Das Konto gehört nicht zu diesem Mandanten
entra-foreign-account = Dieses Konto ist weder Mitglied noch Gast des Mandanten.
entra-foreign-account-fix = Melden Sie sich mit einem Konto des Mandanten an, oder lassen Sie dieses Konto zuerst als Gast einladen.

entra-disabled-title = Das Konto oder eine App ist deaktiviert
entra-disabled = Das Konto, die App dieser Seite oder ein Microsoft-Dienst, den die App anfordert, ist im Mandanten deaktiviert.
entra-disabled-fix = Bitten Sie einen Administrator, die Seite Benutzer und unter Unternehmensanwendungen die Einstellung „Aktiviert für die Benutzeranmeldung“ zu prüfen.

entra-not-assigned-title = Das Konto ist der App dieser Seite nicht zugewiesen
entra-not-assigned = Nur zugewiesene Benutzer können diese App im Mandanten verwenden.
entra-not-assigned-fix = Bitten Sie den Betreiber der Seite, das Konto unter Unternehmensanwendungen, Benutzer und Gruppen zuzuweisen.

entra-single-tenant-title = Geben Sie Ihren Mandanten ein
entra-single-tenant = Die App dieser Seite gilt nur für einen Mandanten, und die Anmeldung hat keinen Mandanten genannt.
entra-single-tenant-fix = Geben Sie die ID oder Domäne des Mandanten ein, und melden Sie sich dann erneut an.

entra-service-missing-title = Im Mandanten fehlt ein Microsoft-Dienst
entra-service-missing = Der Mandant enthält den von dieser Seite angeforderten Dienst nicht, oder die App dieser Seite darf ihn nicht anfordern. Der Text von Microsoft nennt den Dienst.
entra-service-missing-fix = Prüfen Sie die Azure-Umgebung und den Mandanten, ob der Mandant Azure überhaupt verwendet, und die API-Berechtigungen der App-Registrierung dieser Seite.

entra-platform-title = Die Adresse dieser Seite ist für die falsche Plattform registriert
entra-platform = Der Umleitungs-URI ist unter einer anderen Plattform als „Single-Page-Anwendung“ registriert.
entra-platform-fix = Bitten Sie den Betreiber der Seite, die Adresse in seiner App-Registrierung unter die Plattform „Single-Page-Anwendung“ zu verschieben.

entra-busy-title = Der Anmeldedienst von Microsoft ist ausgelastet
entra-busy = Der Anmeldedienst oder ein Dienst, von dem er abhängt, hatte einen vorübergehenden Fehler oder war überlastet.
entra-busy-fix = Warten Sie eine Minute, und melden Sie sich dann erneut an.

entra-code-spent-title = Die Antwort auf die Anmeldung ist nicht mehr gültig
entra-code-spent = Der Code oder das Token von Microsoft für diese Anmeldung ist zu alt oder wurde bereits verwendet.
entra-code-spent-fix = Melden Sie sich erneut an.

entra-our-fault-title = Diese Seite hat eine ungültige Anforderung gesendet
entra-our-fault = Der Anmeldedienst von Microsoft konnte die Anforderung dieser Seite nicht verwenden.
entra-our-fault-fix = Melden Sie sich erneut an. Wenn der Fehler wieder auftritt, melden Sie ihn mit der Korrelations-ID.

entra-other-title = Microsoft hat die Anmeldung abgelehnt
entra-other = Der Text von Microsoft unten nennt den Grund.
entra-other-fix = Suchen Sie nach dem AADSTS-Code, oder geben Sie dem Microsoft-Support die Korrelations-ID.

entra-number = AADSTS{ $code }
entra-correlation = Korrelations-ID { $id }

sign-in-no-random-title = Dieser Browser kann keine sicheren Schlüssel erstellen
sign-in-no-random = Der Browser hat keine Quelle für sichere Zufallszahlen, daher hat die Seite keine Anmeldung gestartet.
sign-in-no-random-fix = Verwenden Sie eine aktuelle Version von Edge, Chrome, Firefox oder Safari.

sign-in-no-memory-title = Dieser Browser lässt die Seite keine Daten speichern
sign-in-no-memory = Die Seite muss den Anmeldeversuch speichern, während Sie sich auf der Seite von Microsoft befinden, und der Browser hat dies abgelehnt.
sign-in-no-memory-fix = Lassen Sie Websitedaten für diese Adresse zu, oder verlassen Sie den privaten Modus, und melden Sie sich dann erneut an.

sign-in-no-window-title = Das Anmeldefenster konnte nicht verwendet werden
sign-in-no-window = Wenn eine andere Seite diese Seite einbettet, braucht die Seite von Microsoft ein eigenes Fenster. Der Browser hat dieses Fenster blockiert oder isoliert es von dieser Seite.
sign-in-no-window-fix = Schließen Sie das Fenster, falls es geöffnet wurde. Wenn es meldet, dass seine Adresse nicht gefunden wurde, muss der Betreiber der Seite bridge.html veröffentlichen. Lassen Sie Popups für diese Adresse zu, und melden Sie sich erneut an, oder melden Sie sich auf einer eigenen Registerkarte an.
sign-in-no-window-tab = Auf eigener Registerkarte öffnen

sign-in-window-title = Melden Sie sich in dem geöffneten Fenster an
sign-in-window = Danach wird das Fenster geschlossen, und diese Seite wird fortgesetzt. Wenn Sie das Fenster geschlossen haben, wählen Sie Erneut anmelden aus.
sign-in-window-cancel = Anmeldung abbrechen

sign-in-portal-waiting-title = Das Portal meldet Sie an
sign-in-portal-waiting = Möglicherweise fragt es auf seiner Seite oder in einem Fenster nach Ihrem Konto. Wenn nichts geschieht, brechen Sie ab, und wählen Sie Erneut anmelden aus.

sign-in-portal-refused-title = Das Portal hat Sie nicht angemeldet
sign-in-portal-refused = Diese Seite hat ein Token von dem Portal angefordert, das sie einbettet, und das Portal hat keines zurückgegeben.
sign-in-portal-code = Diese Seite hat ein Token von dem Portal angefordert, das sie einbettet, und das Portal hat einen Fehler zurückgegeben: { $code }.
sign-in-portal-timed-out = Diese Seite hat ein Token von dem Portal angefordert, das sie einbettet, und das Portal hat nicht geantwortet.
sign-in-portal-refused-fix = Melden Sie sich beim Portal mit dem Konto an, das Sie hier verwenden möchten, und wählen Sie dann Erneut anmelden aus. Wenn das Problem weiterhin besteht, wenden Sie sich an den Betreiber des Portals.

sign-in-portal-title = Das Token des Portals kann nicht verwendet werden
sign-in-portal-odd = Das Portal hat etwas zurückgegeben, das kein Zugriffstoken ist.
sign-in-portal-nobody = Das Portal hat nicht angegeben, wessen Token es ist, und diese Seite kann das Token nicht lesen.
sign-in-portal-disagrees = Das Token gilt für eine andere Person oder einen anderen Mandanten, als das Portal angibt.
sign-in-portal-not-graph = Das Token gilt nicht für Microsoft Graph.
sign-in-portal-not-arm = Das Token gilt nicht für Azure Resource Manager.
sign-in-portal-cloud = Das Token gilt für eine andere Cloud als die hier ausgewählte Azure-Umgebung.
sign-in-portal-ended = Das Token ist abgelaufen.
sign-in-portal-not-taken = Microsoft Graph hat das Token abgelehnt.
sign-in-portal-fix = Nichts wurde geändert. Wählen Sie die Azure-Umgebung und den Mandanten aus, bei dem Sie im Portal angemeldet sind. Wenn das Problem weiterhin besteht, wenden Sie sich an den Betreiber des Portals.

sign-in-no-attempt-title = Diese Anmeldung wurde nicht auf dieser Registerkarte gestartet
sign-in-no-attempt = Eine Antwort der Seite von Microsoft ist eingetroffen, aber diese Registerkarte hat keine angefordert.
sign-in-no-attempt-fix = Sofern Sie nicht dem Link einer anderen Person gefolgt sind, beginnen Sie von vorn, und bleiben Sie auf einer Registerkarte.

sign-in-stale-title = Die Anmeldung hat zu lange gedauert
sign-in-stale = Zwischen dem Start und der Antwort von Microsoft sind mehr als zehn Minuten vergangen, oder die Uhr dieses Computers wurde geändert.
sign-in-stale-fix = Melden Sie sich erneut an.

sign-in-bad-answer-title = Die Antwort sieht nicht wie eine von Microsoft aus
sign-in-bad-answer = Die zurückgegebene Adresse ist beschädigt oder wurde manipuliert, daher wurde sie nicht verwendet.
sign-in-bad-answer-fix = Beginnen Sie erneut auf dieser Seite, nicht über einen Link oder ein Lesezeichen.

sign-in-other-cloud-title = Ihre Angaben haben sich während der Anmeldung geändert
sign-in-other-cloud = Die Anmeldung wurde für eine andere Cloud gestartet als die, die jetzt auf dieser Registerkarte ausgewählt ist. Daher wurde sie nicht verwendet.
sign-in-other-cloud-fix = Prüfen Sie die Azure-Umgebung und den Mandanten, und melden Sie sich dann erneut an.

sign-in-other-settings-title = Die Einstellungen der Seite haben sich während der Anmeldung geändert
sign-in-other-settings = Die Anmeldung wurde mit anderen Einstellungen gestartet, als die Seite jetzt hat.
sign-in-other-settings-fix = Melden Sie sich erneut an.

sign-in-unreachable-title = Der Anmeldedienst von Microsoft hat nicht geantwortet
sign-in-unreachable = Im Netzwerk ist ein Fehler aufgetreten, oder die Adresse dieser Seite ist nicht als „Single-Page-Anwendung“ registriert. Ein Browser kann die beiden Fälle nicht unterscheiden.
sign-in-unreachable-fix = Prüfen Sie die Verbindung, und melden Sie sich erneut an. Wenn der Fehler weiterhin auftritt, bitten Sie den Betreiber der Seite, die App-Registrierung zu prüfen.

sign-in-odd-token-title = Der Anmeldedienst hat eine unerwartete Antwort gesendet
sign-in-odd-token = Der Anmeldedienst von Microsoft sendet keine solche Antwort, daher wurde sie nicht verwendet.
sign-in-odd-token-fix = Wenn sich ein Proxy oder eine Anmeldeseite des Netzwerks zwischen Ihnen und Microsoft befindet, verwenden Sie ein anderes Netzwerk, und melden Sie sich dann erneut an.

sign-in-identity-title = Die Identität konnte nicht bestätigt werden
sign-in-identity = Die Identität in der Antwort von Microsoft passt nicht zu dieser Anmeldung ({ $what }).
sign-in-identity-fix = Melden Sie sich erneut an. Wenn der Fehler wieder auftritt, melden Sie ihn.

sign-in-other-tenant-title = Sie haben sich bei einem anderen Mandanten angemeldet
sign-in-other-tenant = Sie haben sich beim Mandanten { $tenant } angemeldet, nicht bei dem angeforderten Mandanten.
sign-in-other-tenant-fix = Melden Sie sich mit einem Konto des Mandanten an, oder korrigieren Sie den Mandanten.

sign-in-scope-title = Microsoft hat weniger Berechtigungen erteilt als angefordert
sign-in-scope = Der Anmeldung fehlen Berechtigungen: { $scopes }. Daher wurde sie nicht verwendet.

sign-in-clock-behind-title = Die Uhr dieses Computers geht nach
sign-in-clock-behind = Sie geht gegenüber der Uhr von Microsoft um { $minutes ->
    [one] eine Minute
   *[other] { $minutes } Minuten
} nach.
sign-in-clock-ahead-title = Die Uhr dieses Computers geht vor
sign-in-clock-ahead = Sie geht gegenüber der Uhr von Microsoft um { $minutes ->
    [one] eine Minute
   *[other] { $minutes } Minuten
} vor.
sign-in-clock-fix = Stellen Sie die Uhr dieses Computers, und melden Sie sich dann erneut an.

sign-in-bad-request-title = Die Anmeldung konnte nicht vorbereitet werden
sign-in-bad-request = Die Adresse oder die Einstellungen dieser Seite können nicht in einer Anmeldeanforderung verwendet werden.
sign-in-bad-request-fix = Bitten Sie den Betreiber der Seite, die Einstellungen zu prüfen.
