### Der Bericht einer Prüfung als Datei, was sich seit einem früheren geändert hat, die Erinnerung und die verbleibenden Schritte in der Konsole.

# Die Erinnerung für einen Kalender.
reminder-title = Geheimer Clientschlüssel von { $app } läuft ab
reminder-end = Der geheime Clientschlüssel läuft am { $day } um { $time } UTC ab.
reminder-stops = Wenn er abläuft, fällt jeder Azure-Dienst des Configuration Manager-Standorts aus, der diese App verwendet, auch das Cloudverwaltungsgateway. Configuration Manager warnt bei importierten Apps nicht.
reminder-app = App: { $app }, Anwendungs-ID (Client-ID) { $id }
reminder-tenant = Mandanten-ID: { $id }
reminder-key = ID des Geheimnisses (Schlüssel-ID): { $id }
reminder-do = Was zu tun ist: Erstellen Sie mit CMG Entra Setup oder im Azure-Portal einen neuen geheimen Clientschlüssel für diese App. Geben Sie dann seinen Wert und seinen Ablauf in der Configuration Manager-Konsole ein, { $path }. Entfernen Sie das alte Geheimnis, sobald der Standort das neue verwendet.

# Ein neues Geheimnis: die verbleibenden Schritte in der Konsole.
renewal-enter = Neues Geheimnis in der Konsole eingeben
renewal-enter-value = Geben Sie im Feld Geheimer Schlüssel (Secret Key) den Wert des Geheimnisses ein, nicht seine ID, und im Feld Ablauf des geheimen Schlüssels (Secret Key Expiry) { $day }. Wählen Sie dann OK aus.
renewal-enter-sign-in = Bei einer App, die die Konsole erstellt hat, verlangt das Dialogfeld eine Anmeldung bei Microsoft Entra ID und erstellt ein eigenes Geheimnis. Seit Version 2409 verlangt es auch die Zustimmung zu Directory.Read.All. Microsofts Artikel nennt die Rolle Globaler Administrator oder eine Rolle, die diese Zustimmung erteilen kann, zum Beispiel Administrator für privilegierte Rollen. Administratoren berichten, dass nur die Rolle Globaler Administrator funktioniert hat.
renewal-enter-either = Wenn das Dialogfeld ein Geheimnis verlangt, wurde die App importiert. { $value } Wenn es stattdessen eine Anmeldung verlangt, hat die Konsole die App erstellt. { $sign-in }
renewal-look = Prüfen, ob der Standort es verwendet
renewal-look-who = Jeder, der die Protokolle des Standortservers lesen kann.
renewal-look-path = Standortserver > Protokolle von Configuration Manager > CloudMgr.log, SMS_AZUREAD_DISCOVERY_AGENT.log
renewal-look-detail = Wählen Sie Überprüfen (Verify) aus, wenn das Dialogfeld es anbietet. Suchen Sie dann in CloudMgr.log und bei aktivierter Ermittlung in SMS_AZUREAD_DISCOVERY_AGENT.log nach abgelehnten Anmeldungen: AADSTS7000215 bedeutet einen falschen Wert, oft die ID des Geheimnisses, und AADSTS7000222 ein abgelaufenes Geheimnis. Fehler des Dialogfelds selbst stehen in SmsAdminUI.log auf dem Computer mit der Konsole.
renewal-old = Altes Geheimnis bis dahin behalten
renewal-secrets-path = Azure-Portal > Microsoft Entra ID > App-Registrierungen > die Server-App > Zertifikate & Geheimnisse
renewal-old-who = Ein Besitzer der App, Cloudanwendungsadministrator oder Anwendungsadministrator.
renewal-old-detail = Beide Geheimnisse funktionieren. Entfernen Sie das alte erst, wenn sich der Standort mit dem neuen anmeldet: Die Details seiner Dienstprinzipalanmeldungen zeigen die Schlüssel-ID des verwendeten Geheimnisses.
renewal-spare = Das Geheimnis entfernen, das der Standort nicht verwendet
renewal-spare-detail = Wenn das Dialogfeld ein eigenes Geheimnis erstellt hat, ist das hier erstellte nicht erforderlich: Entfernen Sie es anhand seiner Schlüssel-ID. Wenn das Dialogfeld einen Wert akzeptiert, geben Sie den hier erstellten ein, und behalten Sie das Geheimnis.
renewal-calendar-path = Erinnerung, auf dieser Seite
renewal-calendar = Die Konsole warnt nur bei Apps, die sie selbst erstellt hat.

# Der Teil der Aktualisierung der Anwendungseinstellungen, der am Standort erfolgt.
renewal-update-why = Der Standort führt einen eigenen Datensatz der Web-App (Server). Solange dieser Datensatz nicht auch den Umleitungs-URI http://localhost enthält, kann das Erstellen eines Gateways weiterhin mit „Your server Application needs to be updated“ fehlschlagen.
renewal-update-command = In einer von der Konsole aus verbundenen PowerShell-Sitzung, Version 2309 und höher.
renewal-update-console = Erfordert eine Anmeldung bei Microsoft Entra ID, die die App ändern kann. Dies aktualisiert Microsoft Entra ID und den Standort: Geräte können Token anfordern, die Berechtigung zum Lesen des Verzeichnisses wird hinzugefügt, und seit Version 2309 wird http://localhost in beiden hinzugefügt.

# Wer eine App noch verwendet.
renewal-usage-path = Microsoft Entra Admin Center > Unternehmensanwendungen > die App > Anmeldeprotokolle
renewal-usage-find = Suchen Sie in der Liste nach der Anwendungs-ID (Client-ID) { $id }. Zum Lesen von Anmeldungen ist eine Rolle wie Berichtleseberechtigter erforderlich.
renewal-usage-users = Benutzeranmeldungen (nicht interaktiv)
renewal-usage-users-who = Clients, die im Hintergrund Token erhalten haben.
renewal-usage-services = Dienstprinzipalanmeldungen
renewal-usage-services-who = Der Standort selbst, mit seinem Geheimnis.
renewal-usage-limits = Eine leere Liste beweist nicht, dass die App nicht verwendet wird: Die Protokolle umfassen 7 Tage, mit Microsoft Entra ID P1 30 Tage, und zeigen keine ausgeschalteten Clients.
renewal-usage-console-path = Verwaltung > Clouddienste > Azure-Dienste und Microsoft Entra-Mandanten (Administration > Cloud Services > Azure Services, Microsoft Entra tenants)
renewal-usage-console = Eine App kann mehrere Azure-Dienste mehrerer Standorte bedienen: Prüfen Sie die Konsole jedes Standorts. Wenn Sie dort einen Dienst entfernen, werden die Apps in Microsoft Entra ID nicht gelöscht.
