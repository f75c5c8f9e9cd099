### Wörter, die auf jeder Seite verwendet werden. Ein Satz pro Nachricht. Argumente: { "{" } $name { "}" }; Pluralformen in der Auswahlsyntax von Fluent.

product-name = CMG Entra Setup
action-copy = Kopieren

# Ein Teil des Programms wird geladen, sobald er gebraucht wird.
part-loading = Die Seite wird geladen.
part-failed-title = Eine Datei dieser Seite kann nicht geladen werden
part-failed = Es wurde nichts geändert. Prüfen Sie die Netzwerkverbindung, und versuchen Sie es erneut. Wenn das nicht hilft, bitten Sie den Websitebesitzer, alle Dateien erneut zusammen zu veröffentlichen. Die Datei ist { $file }.
part-failed-retry = Erneut versuchen
