### Die Ausführung und die Übergabe.

run-lead-left-out = Der Rest bleibt einem Konto mit anderen Rechten überlassen. Wählen Sie Fortsetzen aus, nachdem Sie sich mit einem solchen Konto angemeldet haben oder nachdem Ihre Rolle aktiviert wurde.
run-repair-lead-complete = Prüfen Sie das Paar erneut, um zu bestätigen, dass es jetzt richtig ist.
run-retire-lead-complete = Hier ist nichts mehr zu tun.
run-retire-deleted = Gelöscht
run-retire-until = Bis { $day } (UTC) können sie wiederhergestellt werden: Prüfen Sie das Paar anhand einer Client-ID, und wählen Sie Gelöschte App wiederherstellen aus. Nach diesem Tag löscht Microsoft Entra ID sie endgültig.
run-check-again = Paar erneut prüfen
run-lead-underway = Lassen Sie diese Seite geöffnet, bis die Ausführung abgeschlossen ist. Anhalten wartet auf bereits gesendete Anforderungen und beendet dann die Ausführung.
run-lead-complete = Alles ist eingerichtet. Ein Schritt bleibt: Geben Sie die Werte in Configuration Manager ein.
run-lead-paused = Abgeschlossene Schritte bleiben erhalten. Unten steht, warum die Ausführung pausiert ist. Wählen Sie dann Fortsetzen aus: Die Seite liest den aktuellen Zustand und setzt mit demselben Schritt fort.
run-lead-stopped = Sie haben die Ausführung angehalten. Abgeschlossene Schritte bleiben erhalten und werden nicht wiederholt. Wählen Sie Fortsetzen aus, um den Rest auszuführen, oder Rückgängig machen oder beibehalten.
run-lead-failed = Beheben Sie das unten angezeigte Problem, und wählen Sie dann Fortsetzen aus. Abgeschlossene Schritte bleiben erhalten und werden nicht wiederholt.
run-started = Gestartet
run-passed = Verstrichene Zeit
run-seconds = { $count ->
    [one] 1 Sekunde
   *[other] { $count } Sekunden
}
run-minutes = { $minutes } min { $seconds } s
run-account = Konto
run-now = Jetzt
run-now-reads = Liest den Mandanten vor der nächsten Änderung.
run-now-answers = { $count ->
    [one] Wartet auf die Antwort auf eine Anforderung.
   *[other] Wartet auf die Antworten auf { $count } Anforderungen.
}
run-left = Verbleibende Zeit
run-left-about = Etwa { $time }, geschätzt anhand der bisherigen Schritte
run-left-at-most = Höchstens { $time }. Danach schließt Azure die Registrierung ohne diese Seite ab.
run-progress = Fortschritt
run-steps = Schritte
run-attempts = { $count ->
    [one] 1 Anforderung
   *[other] { $count } Anforderungen
}
run-request = Anforderungs-ID
run-stop = Anhalten
run-undo-or-keep = Rückgängig machen oder beibehalten
run-hand-over = Zur Übergabe
run-evidence = Nachweis
run-sign-in = Erneut anmelden
run-problems = Was fehlgeschlagen ist

run-requests = Anforderungen im Zeitverlauf
run-requests-text = Jede Zeile ist ein Schritt. Wählen Sie einen Schritt aus, um seine Anforderungen, deren Antworten und die Wartezeiten zu sehen.
run-lane-reads = Lesevorgänge vor der ersten Änderung
run-lane-queue = Warteschlange: erfordert zuerst andere Schritte
run-lane-request = Anforderung
run-lane-refused = Anforderung, die abgelehnt wurde oder keine Antwort hat
run-lane-wait = Wartezeit vor der nächsten Anforderung
run-lane-seconds = { $seconds } s
run-lane-after = Nach { $time }
run-lane-answer = Status { $status } nach { $time }
run-lane-unanswered = Keine Antwort nach { $time }
run-lane-not-sent = Nicht gesendet
run-lane-throttled = { $time } gewartet: Der Dienst hat Anforderungen gedrosselt.
run-lane-server-busy = { $time } gewartet: Der Dienst war ausgelastet.
run-lane-no-answer = { $time } nach einer Anforderung ohne Antwort gewartet.
run-lane-copying = { $time } gewartet: Das Verzeichnis hat das neue Objekt auf alle Server kopiert.
run-lane-offline = { $time } gewartet: Der Browser war offline.
run-lane-registering = { $time } gewartet: Azure hat die Registrierung ausgeführt.

run-state-waiting = Wartet
run-state-kept = Beibehalten
run-state-left-out = Ausgelassen
run-state-under-way = Azure setzt es fort
run-skipped-because = Hängt von einem Schritt ab, der nicht abgeschlossen ist: { $step }

run-note-throttled = Der Dienst drosselt Anforderungen. Wird in { $seconds } s fortgesetzt.
run-note-server-busy = Der Dienst ist ausgelastet. Neuer Versuch in { $seconds } s.
run-note-no-answer = Keine Antwort ist eingetroffen. Neuer Versuch in { $seconds } s.
run-note-copying = Das Verzeichnis kopiert das neue Objekt auf alle Server. Neue Prüfung in { $seconds } s.
run-note-offline = Der Browser ist offline. Die Ausführung wird fortgesetzt, wenn der Browser wieder online ist.
run-note-looking = Keine Antwort ist eingetroffen, und die Anforderung darf nicht zweimal gesendet werden. Es wird geprüft, ob sie ausgeführt wurde.
run-note-registering = Azure führt die Registrierung aus. Neue Prüfung in { $seconds } s.

hand-over-lead = Öffnen Sie den Assistenten für Azure-Dienste (Azure Services Wizard) der Konsole, und kopieren Sie diese Werte hinein, oder führen Sie das Skript aus.
hand-over-secret = Das Geheimnis
hand-over-secret-text = Sein Wert wird nur auf dieser Seite angezeigt, bis Sie bestätigen, dass Sie ihn gespeichert haben. Microsoft Entra ID zeigt ihn nie wieder an.
hand-over-secret-label = Geheimer Schlüssel
hand-over-secret-show = Anzeigen
hand-over-secret-hide = Ausblenden
hand-over-secret-saved = Ich habe es gespeichert
hand-over-secret-hint = Fügen Sie es jetzt in die Konsole ein, oder bewahren Sie es in einem Kennworttresor auf. Windows kann kopierten Text im Verlauf der Zwischenablage behalten.
hand-over-secret-ends = Läuft am { $day } (UTC) ab
hand-over-secret-none = Der Wert des Geheimnisses ist nicht auf dieser Seite. Wenn Sie ihn nicht haben, gehen Sie zurück zur Überprüfung, und erstellen Sie ein weiteres Geheimnis.
hand-over-secret-unseen-text = Wenn Sie es jetzt entfernen, hat es niemand. Configuration Manager kann die Apps ohne Geheimnis nicht verwenden, und Sie müssten ein weiteres erstellen.
hand-over-secret-remove = Ohne Speichern entfernen
hand-over-values = Was einzugeben ist
hand-over-ready = Beide Apps sind eingerichtet
hand-over-copy-all = Alle Werte ohne das Geheimnis kopieren
hand-over-choose = Wählen Sie es in der Konsole aus.
hand-over-script = Oder das Skript ausführen
hand-over-script-text = Das Skript importiert beide Apps, erstellt die Verbindung und aktualisiert die Server-App mit den Cmdlets von Configuration Manager. Wenn Sie es mit -CreateGateway ausführen, erstellt es auch das Gateway. Es fragt nach dem Geheimnis und enthält es nicht.
hand-over-script-save = Skript speichern (.ps1)
hand-over-script-copy = Skript kopieren
hand-over-script-show = Skript ansehen
hand-over-record = Nachweis speichern (.json)
hand-over-record-text = Alles, was eingerichtet wurde, ohne den Wert des Geheimnisses.
hand-over-steps = Nächste Schritte
hand-over-other-tenant = Das Abonnement des Gateways befindet sich in einem anderen Mandanten
hand-over-disable = Microsoft Entra-Authentifizierung für einen Mandanten ohne Benutzer und Geräte deaktivieren
hand-over-done = Wenn Sie fertig sind
hand-over-done-text = Durch das Abmelden wird die Anmeldung von dieser Seite entfernt. Was im Mandanten eingerichtet wurde, bleibt bestehen.
hand-over-run = Zurück zur Ausführung
hand-over-renewed-title = Neues Geheimnis in Configuration Manager eingeben
hand-over-renewed-lead = Der Standort kennt beide Apps bereits. Nur das Geheimnis ist neu.
hand-over-files = Für später aufbewahren
hand-over-left-out = Noch ist nicht alles eingerichtet
hand-over-left-out-text = Configuration Manager kann die Apps erst nach den Änderungen unten verwenden. Melden Sie sich mit einem Konto an, das sie vornehmen darf, oder geben Sie ihm den Link zu diesen Angaben.
hand-over-incomplete = Die Ausführung ist nicht abgeschlossen
hand-over-incomplete-text = Die Werte unten sind richtig, aber ein Schritt fehlt. Die Ausführung zeigt, welcher es ist und was zu tun ist.
hand-over-retired = Nichts einzugeben
hand-over-retired-text = Die Ausführung hat Apps dieses Paars gelöscht, daher kann Configuration Manager es nicht mehr verwenden.
hand-over-missing = Die Übergabe ist nicht vollständig
hand-over-missing-text = Etwas, das Configuration Manager braucht, fehlt. Die Ausführung zeigt, was es ist und was als Nächstes zu tun ist.

## The result of another person's run, and sending one back.
received-lead = Eine andere Person hat die Apps eingerichtet. Geben Sie diese Werte in Configuration Manager ein.
received-of-plan = Dies ist das Ergebnis des Plans mit Ihren Antworten.
received-of-other-plan = Dies ist nicht das Ergebnis des Plans mit Ihren aktuellen Antworten. Wenn Sie sie seitdem geändert haben, vergleichen Sie den Hash des Plans mit dem, den Sie gesendet haben.
received-what = Was eingerichtet wurde
received-compare = Eine Datei kann unterwegs geändert werden. Vergleichen Sie die Mandanten-ID und die Client-IDs mit der Person, die den Plan ausgeführt hat, auf einem anderen Weg als mit dieser Datei.
received-no-hash = Der Nachweis nennt keinen
received-secret = Das Geheimnis ist nicht in dieser Datei
received-secret-text = Sie erhalten es von der Person, die den Plan ausgeführt hat, in einem Kennworttresor, den nur Sie beide lesen können. Lassen Sie es sich nicht per E-Mail, Chat oder Ticket senden. Das Importskript fragt danach, ebenso die Konsole.
received-secret-value = Der Wert des Geheimnisses, von der Person, die den Plan ausgeführt hat.
received-secret-ended = Es ist am { $day } (UTC) abgelaufen. Fordern Sie ein neues Geheimnis und einen neuen Nachweis an.
received-close = Ergebnis schließen
hand-over-back = Ergebnis zurücksenden
hand-over-back-text = Die Person, die den Plan erstellt hat, öffnet diesen Nachweis auf der Seite des Plans und erhält das Importskript und die nächsten Schritte.
hand-over-back-secret = Übergeben Sie das Geheimnis auf einem anderen Weg: in einem Kennworttresor, den nur Sie beide lesen können, nicht in einer E-Mail, einem Chat oder einem Ticket.
