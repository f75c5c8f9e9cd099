### Nicht abgeschlossene Ausführungen und das Rückgängigmachen dessen, was eine Ausführung vorgenommen hat.

unfinished-title = Nicht abgeschlossene Ausführungen
unfinished-lead = Das Protokoll einer Ausführung bleibt bis 30 Tage nach dem Ende der Ausführung in diesem Browser. Nichts geschieht automatisch: Wählen Sie aus, was geschehen soll.
unfinished-none = In diesem Browser gibt es keine nicht abgeschlossene Ausführung.
unfinished-banner-title = Eine Ausführung ist nicht abgeschlossen
unfinished-banner = Das Protokoll in diesem Browser enthält eine Ausführung, die unterbrochen wurde oder deren Geheimnis nicht als gespeichert bestätigt wurde.
unfinished-banner-action = Nicht abgeschlossene Ausführungen anzeigen
unfinished-run = Ausführung vom { $began }
unfinished-account = Konto
unfinished-tenant = Mandanten-ID
unfinished-cloud = Azure-Umgebung
unfinished-run-id = Ausführungs-ID
unfinished-steps = Schritte im Protokoll
unfinished-state-done = Erledigt
unfinished-state-unknown = Unbekannt
unfinished-state-remains = Ausstehend
unfinished-unknown-text = Gesendet, aber ohne erkennbare Antwort. Die Seite prüft dies, bevor erneut etwas gesendet wird.
unfinished-continue = Prüfen und fortsetzen
unfinished-continue-text = Liest den aktuellen Zustand des Mandanten, zeigt die verbleibenden Schritte an und führt nur diese aus.
unfinished-undo = Änderungen dieser Ausführung rückgängig machen
unfinished-undo-text = Zeigt zuerst jede Anforderung an. Entfernt anhand der ID nur, was laut Protokoll diese Ausführung vorgenommen hat.
unfinished-keep = Beibehalten und exportieren
unfinished-keep-text = Speichert das Protokoll als Datei und schließt die Ausführung. Im Mandanten ändert sich nichts.
unfinished-export = Protokoll speichern
unfinished-secret-title = Haben Sie das Geheimnis gespeichert?
unfinished-secret-text = Die Ausführung ist abgeschlossen, aber die Seite wurde verlassen, bevor Sie bestätigt haben, dass das Geheimnis gespeichert ist. Das Geheimnis kann nicht noch einmal angezeigt werden. Wenn Sie es haben, wählen Sie „Ich habe es gespeichert“ aus. Wenn nicht, fahren Sie fort: Die Seite entfernt dieses Geheimnis und erstellt ein neues.
unfinished-secret-saved = Ich habe es gespeichert
unfinished-state-closed = Die Ausführung ist geschlossen.
unfinished-broken-title = Nicht lesbare Datensätze
unfinished-broken = Die Datensätze sind kein Protokoll dieser Seite oder sind unvollständig. Speichern Sie sie für einen Supportfall, oder löschen Sie sie.
unfinished-newer = Eine neuere Version dieser Seite hat diese Datensätze geschrieben. Öffnen Sie diese Version, um fortzufahren, oder speichern Sie die Datensätze als Datei.
unfinished-discard = Löschen
unfinished-finished-title = Abgeschlossene Ausführungen
unfinished-finished = { $count ->
    [one] Das Protokoll einer abgeschlossenen Ausführung ist noch in diesem Browser. Es enthält den Anmeldenamen, die Mandanten-ID und die eingegebenen Angaben, aber kein Geheimnis. Es wird 30 Tage nach dem Ende der Ausführung entfernt. Danach weiß dieser Browser nicht mehr, dass er die Apps erstellt hat: Eine Einrichtung mit denselben Namen bittet Sie dann, sie auszuwählen.
   *[other] Die Protokolle von { $count } abgeschlossenen Ausführungen sind noch in diesem Browser. Sie enthalten Anmeldenamen, Mandanten-IDs und die eingegebenen Angaben, aber kein Geheimnis. Jedes wird 30 Tage nach dem Ende seiner Ausführung entfernt. Danach weiß dieser Browser nicht mehr, dass er die Apps erstellt hat: Eine Einrichtung mit denselben Namen bittet Sie dann, sie auszuwählen.
}
unfinished-finished-remove = Jetzt entfernen
unfinished-other-title = Ein anderes Konto hat diese Ausführung gestartet
unfinished-other = { $account } hat sie gestartet, und nur dieses Konto kann sie fortsetzen oder rückgängig machen. Melden Sie sich mit diesem Konto an. Oder wählen Sie Beibehalten und exportieren aus, und starten Sie dann Ihre eigene Ausführung.
unfinished-file-title = Aus einer Protokolldatei fortsetzen
unfinished-file-label = Text der Protokolldatei
unfinished-file-hint = Öffnen Sie die gespeicherte Datei, kopieren Sie den gesamten Inhalt, und fügen Sie ihn hier ein. Die Datei enthält kein Geheimnis.
unfinished-file-broken = Dies ist kein vollständiges Protokoll. Fügen Sie jede Zeile der Datei ein, von der ersten bis zur letzten.
unfinished-file-newer = Eine neuere Version dieser Seite hat dieses Protokoll geschrieben. Öffnen Sie diese Version, um fortzufahren.
unfinished-to = Nicht abgeschlossene Ausführungen

undo-title = Änderungen der Ausführung rückgängig machen
undo-lead = Diese Anforderungen werden in dieser Reihenfolge gesendet. Nur was diese Ausführung vorgenommen hat, wird entfernt, anhand der ID.
undo-lead-found = Nur was diese Ausführung vorgenommen hat, wird entfernt, anhand der ID. Der Rest des Mandanten bleibt, wie er ist.
undo-purge = Endgültig: kann nicht wiederhergestellt werden.
undo-to-start = Zurück zum Anfang
undo-finding = Der aktuelle Zustand wird gelesen. Wenn eine Antwort verloren ging, prüft die Seite mehrmals. Das kann zehn Minuten dauern.
undo-nothing = Nichts, was diese Ausführung vorgenommen hat, ist noch vorhanden.
undo-requests = { $count ->
    [one] 1 Anforderung
   *[other] { $count } Anforderungen
}
undo-soft-title = Was Löschen bedeutet
undo-soft = Eine gelöschte App kann 30 Tage lang unter App-Registrierungen, Gelöschte Anwendungen wiederhergestellt werden. Bis dahin behält sie ihren App-ID-URI und ihren Schlüssel, daher kann diese Seite sie nicht erneut unter demselben Anwendungsnamen erstellen.
undo-for-good = Apps endgültig löschen, damit dieselben Namen sofort frei sind
undo-providers = Ressourcenanbieter bleiben registriert: Andere im Abonnement verwenden sie möglicherweise bereits, und das Registrieren kostet nichts.
undo-change = Entfernt, was die Ausführung hinzugefügt hat. Spätere Änderungen durch andere bleiben bestehen.
undo-stays = Nichts wird gesendet: Diese Seite hat es nicht erstellt, oder es wurde seitdem geändert.
undo-start = Rückgängig machen
undo-again = Erneut prüfen
undo-sign-in-title = Zum Rückgängigmachen anmelden
undo-sign-in = Nur das Konto, das die Ausführung gestartet hat, kann sie rückgängig machen.
undo-state-waiting = Wartet
undo-state-running = Läuft
undo-state-done = Entfernt
undo-state-left = Bleibt unverändert
undo-state-changed = Seit der Anzeige geändert: erneut prüfen
undo-state-failed = Fehlgeschlagen
undo-done-title = Die Ausführung ist rückgängig gemacht
undo-done = Was sie vorgenommen hat, ist entfernt.
undo-not-done-title = Nicht alles ist rückgängig gemacht
undo-not-done = Was entfernt ist, bleibt entfernt. Beheben Sie das unten angezeigte Problem, und wählen Sie dann Erneut prüfen aus: Nur der Rest wird entfernt.
undo-notice-done = Rückgängig gemacht.
undo-notice-not-done = Nicht alles ist rückgängig gemacht.
undo-back = Zurück

stop-other-page-title = In einem anderen Fenster läuft eine Ausführung
stop-other-page = { $account } hat in einem anderen Fenster dieses Browsers eine Ausführung in diesem Mandanten gestartet. Fahren Sie dort fort, oder schließen Sie zuerst jenes Fenster.
stop-other-page-unknown = In einem anderen Fenster dieses Browsers läuft eine Ausführung in diesem Mandanten. Fahren Sie dort fort, oder schließen Sie zuerst jenes Fenster.
stop-other-tenant-title = Nichts wurde geschrieben
stop-other-tenant = Der Plan, die Anmeldung und der eingegebene Mandant betreffen nicht denselben Mandanten. Melden Sie sich bei dem eingegebenen Mandanten an, oder korrigieren Sie die Eingabe, und überprüfen Sie den Plan erneut.
stop-tenant-unknown = Die überprüften Domänen des Mandanten konnten nicht gelesen werden. Daher ist nicht bekannt, ob er der eingegebene Mandant ist. Melden Sie sich bei dem eingegebenen Mandanten an, oder geben Sie die ID des Mandanten ein, bei dem Sie angemeldet sind.
stop-old-title = Melden Sie sich erneut an
stop-old = Nichts wurde geschrieben. Der Betreiber dieser Seite verlangt eine aktuelle Anmeldung, bevor etwas geschrieben wird, und Ihre ist zu alt.
stop-changed-title = Der Mandant hat sich seit Ihrer Überprüfung geändert
stop-changed = Nichts wurde geschrieben. Die Seite hat den Mandanten erneut gelesen, und dieser Plan entspricht ihm. Überprüfen Sie den Plan erneut.
stop-blocked-title = Dieser Browser kann das Protokoll nicht speichern
stop-blocked = Ohne Protokoll wird nichts geschrieben. Ein privates Fenster, eine Richtlinie oder eine einbettende Seite hindert diese Seite am Speichern von Daten. Verwenden Sie ein normales Fenster, oder bewahren Sie das Protokoll als Datei auf.
stop-busy-title = Der Speicher dieses Browsers antwortet nicht
stop-busy = Ohne Protokoll wird nichts geschrieben, und dieser Browser hat zehn Sekunden lang keinen Datensatz gespeichert. Möglicherweise blockiert ihn eine andere Registerkarte oder ein anderes Fenster dieser Seite: Schließen Sie die anderen, oder starten Sie den Browser neu. Oder bewahren Sie das Protokoll als Datei auf.
stop-full-title = Für das Protokoll ist kein Platz vorhanden
stop-full = Ohne Protokoll wird nichts geschrieben. Geben Sie Speicherplatz frei, den dieser Browser dieser Seite zuteilt, oder bewahren Sie das Protokoll als Datei auf.
stop-file = Das Protokoll nur auf dieser Seite aufbewahren. Speichern Sie es als Datei, wenn die Ausführung nicht abgeschlossen wird: Ohne sie kann die Ausführung nicht in einem anderen Fenster fortgesetzt werden.
stop-before-title = Angehalten, bevor etwas geändert wurde
stop-before = Sie haben die Ausführung angehalten, während die Seite den aktuellen Zustand erneut gelesen hat.
stop-unread-title = Der Mandant konnte nicht erneut gelesen werden

resume-title = Dies setzt eine nicht abgeschlossene Ausführung fort
resume = Der Plan unten enthält nur die verbleibenden Schritte der Ausführung, die am { $began } begonnen hat. Anforderungen ohne Antwort werden geprüft, bevor sie erneut gesendet werden.
resume-secret = Das frühere Geheimnis dieser Ausführung wird anhand seiner Schlüssel-ID entfernt, bevor ein neues erstellt wird, da sein Wert nicht noch einmal angezeigt werden kann.
