### Nicht abgeschlossene Ausführungen und das Rückgängigmachen dessen, was eine Ausführung vorgenommen hat.

unfinished-lead = Das Protokoll einer Ausführung bleibt bis 30 Tage nach dem Ende der Ausführung in diesem Browser. Nichts geschieht automatisch: Wählen Sie aus, was geschehen soll.
unfinished-none = In diesem Browser gibt es keine nicht abgeschlossene Ausführung.
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
unfinished-file-title = Aus einer Protokolldatei fortsetzen
unfinished-file-label = Text der Protokolldatei
unfinished-file-hint = Öffnen Sie die gespeicherte Datei, kopieren Sie den gesamten Inhalt, und fügen Sie ihn hier ein. Die Datei enthält kein Geheimnis.
unfinished-file-broken = Dies ist kein vollständiges Protokoll. Fügen Sie jede Zeile der Datei ein, von der ersten bis zur letzten.
unfinished-file-newer = Eine neuere Version dieser Seite hat dieses Protokoll geschrieben. Öffnen Sie diese Version, um fortzufahren.

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
undo-back = Zurück
