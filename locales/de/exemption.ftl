### Ein Antrag auf eine Ausnahme von der App-Verwaltungsrichtlinie, für die Person, die sie verwaltet.

exemption-title = Ausnahme beantragen
exemption-lead = Die Person, die App-Verwaltungsrichtlinien verwaltet, kann diese eine App ausnehmen. Senden Sie diesen Antrag mit einem der beiden Skripts.
exemption-not-yet = Die App ist noch nicht vorhanden, und eine Richtlinie kann nur eine vorhandene App nennen. Wählen Sie „{ $choice }“ aus, erstellen Sie die Apps, und senden Sie dann den Antrag aus der Übergabe. Oder beantragen Sie eine Ausnahme für Ihr Konto, was in der Richtlinie als ausgeschlossener Akteur (excluded actor) bezeichnet wird.
exemption-text = Antrag
exemption-powershell = Graph PowerShell
exemption-azure-cli = Azure CLI
exemption-save = Speichern
exemption-copy = Kopieren
exemption-mail-why = Ich beantrage, die App { $app } im Mandanten { $tenant } von der Einschränkung für geheime Clientschlüssel (passwordAddition, passwordLifetime) auszunehmen.
exemption-mail-need = Warum: Configuration Manager verbindet sich mit Microsoft Entra ID über einen geheimen Clientschlüssel seiner Web-App (Server): Der Import der App verlangt ihren geheimen Schlüssel. Ohne gültiges Geheimnis fallen das Cloudverwaltungsgateway und seine Clients aus.
exemption-mail-what = Was: eine Richtlinie nur für diese App (appManagementPolicy), die geheime Clientschlüssel mit einer Gültigkeit von höchstens { $days } Tagen zulässt. Die App erbt dann die anderen Einschränkungen der Standardrichtlinie des Mandanten nicht mehr. Fügen Sie die hinzu, die für sie weiterhin gelten sollen.
exemption-mail-who = Wer: Anwendungsadministrator, Cloudanwendungsadministrator oder Globaler Administrator. Der Mandant braucht eine Lizenz für Microsoft Entra Workload ID Premium, um diese Richtlinien zu verwalten.
exemption-mail-where = Wo: Microsoft Entra Admin Center > Unternehmensanwendungen > Anwendungsrichtlinien (Application policies) > Block password addition > All applications with exclusions. Oder eines der angefügten Skripts.
exemption-mail-app = Anwendungs-ID (Client-ID): { $id }
review-secret-later = Apps jetzt erstellen, Geheimnis später
review-secret-later-detail = Alles andere wird eingerichtet. Wenn die App ausgenommen ist, erstellen Sie das Geheimnis mit „Vorhandenes Paar prüfen“.
reason-secret-later = Sie haben ausgewählt, das Geheimnis später zu erstellen.
hand-over-secret-later = Das Geheimnis fehlt noch
hand-over-secret-later-text = Beide Apps sind eingerichtet. Senden Sie den Antrag unten, und prüfen Sie dann das Paar. Dort erstellen Sie das Geheimnis und erhalten die Werte, die Configuration Manager braucht.
hand-over-check-pair = Paar prüfen
review-check-pair = Vorhandenes Paar prüfen
subscription-read-only = Kann nicht ausgewählt werden: In diesem Status kann darin nichts registriert oder erstellt werden.
subscription-other-tenant = Kann nicht ausgewählt werden: Es gehört zum Mandanten { $tenant }, in dem die Apps dieses Mandanten nicht funktionieren.
