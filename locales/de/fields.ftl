### Fehler neben Feldern, die von mehr als einem Wert abhängen.

field-same-app-name = Beide Apps haben denselben Namen. Geben Sie der nativen App (Client) einen anderen Namen, um sie in den Listen der Konsole zu unterscheiden.
field-choose-domain = Wählen Sie eine überprüfte Domäne des Mandanten aus, oder geben Sie eine ein.
field-subscription-not-guid = Dies ist keine Abonnement-ID. Wählen Sie ein Abonnement aus der Liste aus.
field-existing = Eine gespeicherte Angabe zu einem vorhandenen Paar ist ungültig ({ $part }). Wählen Sie das Paar auf der Seite „Vorhandenes Paar prüfen“ erneut aus.
