### The evidence page.

evidence-lead = Speichern Sie für Prüfer und Änderungstickets, was eine Ausführung geplant, gesendet und als Antwort erhalten hat. Prüfen Sie, ob eine solche Datei geändert wurde.
evidence-run = Nachweis dieser Ausführung
evidence-no-run = Diese Registerkarte hat keine Ausführung, die beendet ist. Speichern Sie den Nachweis einer Ausführung, bevor Sie sich abmelden oder ihre Registerkarte schließen: Er wird nirgends sonst aufbewahrt.
evidence-run-text = { $count ->
    [one] Ein Eintrag: was geplant, genehmigt, gesendet und beantwortet wurde. Er enthält kein Token und keinen Wert eines Geheimnisses. Die Namen der Apps und des Mandanten und Ihr Kontoname stehen darin.
   *[other] { $count } Einträge: was geplant, genehmigt, gesendet und beantwortet wurde. Sie enthalten kein Token und keinen Wert eines Geheimnisses. Die Namen der Apps und des Mandanten und Ihr Kontoname stehen darin.
}
evidence-end-hash = Endhash (SHA-256)
evidence-end-hash-hint = Notieren Sie den Endhash an einem anderen Ort, zum Beispiel im Änderungsticket. Er ist in jedem Format derselbe, und nur ein notierter Hash zeigt, dass jemand die ganze Datei ersetzt hat.
evidence-format = Format
evidence-format-hint = Die Datei ist in jeder Sprache dieser Seite auf Englisch.
evidence-json = JSON
evidence-json-detail = Für Programme. Nur dieses Format kann unten geprüft werden.
evidence-html = HTML
evidence-html-detail = Zum Lesen und Drucken. Die Datei lädt nichts und führt nichts aus.
evidence-markdown = Markdown
evidence-markdown-detail = Für ein Ticket oder ein Repository.
evidence-har = HAR
evidence-har-detail = Die Anforderungen mit ihren Antworten, für die Entwicklertools eines Browsers. Ohne Header der Anmeldung und ohne den Text der Antworten.
evidence-save = Nachweis speichern
evidence-check = Nachweis prüfen
evidence-check-text = Die Prüfung vergleicht den Hash jedes Eintrags mit seinem Inhalt. Sie braucht keine Anmeldung, und nichts verlässt diese Seite.
evidence-pack = Nachweis (JSON)
evidence-pack-hint = Fügen Sie den Text einer Datei ein, deren Name mit cmg-evidence beginnt und mit .json endet.
evidence-noted = Notierter Endhash
evidence-noted-hint = Der Endhash, der beim Speichern des Nachweises notiert wurde. Ohne ihn kann die Prüfung nicht feststellen, ob jemand Einträge geändert und dann alle Hashes neu berechnet hat.
evidence-noted-wrong = Ein Endhash hat 64 Zeichen, 0 bis 9 und a bis f. Kopieren Sie ihn vollständig.
evidence-intact = Unverändert
evidence-intact-text = Jeder Hash passt. Wer die Datei ändert, kann auch alle Hashes neu berechnen. Vergleichen Sie deshalb den Endhash mit einem, der an einem anderen Ort notiert wurde.
evidence-intact-noted = Jeder Hash passt, und der Endhash ist der, den Sie eingegeben haben.
evidence-other-end = Geändert, oder der Nachweis einer anderen Ausführung
evidence-other-end-text = Jeder Hash passt, aber der Endhash ist nicht der, den Sie eingegeben haben. Jemand hat alle Hashes neu berechnet, oder es ist nicht die Datei, deren Hash notiert wurde.
evidence-changed = Geändert
evidence-changed-head = Der Hash vor den Einträgen passt nicht: Etwas, das die Ausführung beschreibt, wurde geändert.
evidence-changed-entry = Eintrag { $number } ist der erste, dessen Hash nicht passt: Er wurde geändert, hinzugefügt oder verschoben, oder der Eintrag davor wurde entfernt.
evidence-changed-missing = Eintrag { $number } fehlt: Die Datei gibt an, dass sie { $count } Einträge hat.
evidence-changed-end = Der Endhash in der Datei ist nicht der Hash des letzten Eintrags: Er wurde geändert.
evidence-cannot-tell = Nicht feststellbar
evidence-cannot-tell-text = Dieser Text kann nicht geprüft werden, deshalb gibt es keine Aussage über Änderungen. Die Meldung beim Feld nennt den Grund.
evidence-too-large = Ein Nachweis hat höchstens 5 MB, und der Browser muss die Datei lesen können. Wählen Sie die JSON-Datei, die diese Seite gespeichert hat.
evidence-truncated = Der Text endet vor dem Ende seines JSON, also fehlt ein Teil der Datei. Wählen Sie die vollständige Datei.
evidence-not-json = Dieser Text ist kein JSON. Wählen Sie die JSON-Datei, die diese Seite gespeichert hat, unverändert.
evidence-repeated = Eine Eigenschaft ist zweimal genannt, sodass Programme verschiedene Werte lesen. Wählen Sie die Datei, die diese Seite gespeichert hat, unverändert.
evidence-other-format = Nur JSON kann geprüft werden. Wählen Sie die JSON-Datei mit demselben Endhash.
evidence-other-kind = Diese Datei ist kein Nachweis. Wählen Sie eine Datei, deren Name mit cmg-evidence beginnt und mit .json endet.
evidence-newer = Eine neuere Version dieser Seite hat die Datei geschrieben. Prüfen Sie sie mit dieser Version.
evidence-shape = Die Eigenschaft { $property } ist nicht so, wie diese Seite sie schreibt, obwohl die Hashes passen. Also hat ein anderes Programm die Datei geschrieben. Wählen Sie die Datei, die diese Seite gespeichert hat.
evidence-entries = Einträge
evidence-run-id = Ausführung
evidence-account = Konto
evidence-approved = Genehmigt
evidence-back = Zurück zur Ausführung
