### Die Übergabeseite: die Felder der Dialogfelder von Configuration Manager, die verbleibenden Schritte und wie die Entra-Authentifizierung deaktiviert wird.
### Bezeichnungen, Optionen und Pfade sind die der deutschen Konsole. Bei Pfaden stehen die der englischen Konsole in Klammern, damit ein Administrator sie dort findet.

# Das Dialogfeld, zu dem eine Gruppe von Feldern gehört.
handover-dialog-azure-services = Seite Azure-Dienste (Azure Services)
handover-dialog-app = Seite App
handover-dialog-import-server = Seite App, Web-App: Durchsuchen, dann Importieren (Web app: Browse, then Import)
handover-dialog-import-client = Seite App, Native Client-App: Durchsuchen, dann Importieren (Native Client app: Browse, then Import)
handover-dialog-discovery = Seite Ermittlung (Discovery)
handover-dialog-client-setup = Installation von Clients: Eigenschaften von ccmsetup.exe
handover-dialog-client-setup-note = Für Clients, die sich mit Microsoft Entra ID authentifizieren und diese Werte während der Installation nicht vom Gateway erhalten können, zum Beispiel Clients im Intranet. Ein in Microsoft Entra eingebundener Client, der über das Gateway installiert wird, braucht nur CCMHOSTNAME und SMSSITECODE.

# Bezeichnungen von Feldern.
handover-label-name = Name
handover-label-description = Beschreibung
handover-label-service = Dienst
handover-label-azure-environment = Azure-Umgebung
handover-label-tenant-name = Name des Microsoft Entra-Mandanten
handover-label-tenant-id = ID des Microsoft Entra-Mandanten
handover-label-application-name = Anwendungsname
handover-label-client-id = Client-ID
handover-label-secret-key = Geheimer Schlüssel
handover-label-secret-key-expiry = Ablauf des geheimen Schlüssels
handover-label-app-id-uri = App-ID-URI
handover-label-user-discovery = Microsoft Entra-Benutzerermittlung aktivieren
handover-label-group-discovery = Microsoft Entra-Gruppenermittlung aktivieren
handover-label-discovery-scope = Einstellungen, Ermittlungsbereiche, Hinzufügen (Settings, Discovery Scopes, Add)

# Eigenschaften von ccmsetup.exe, genau so geschrieben.

# Feste Werte oder ein Hinweis anstelle des Werts.
handover-value-cloud-management = Cloudverwaltung (Cloud Management)
handover-value-on = Ausgewählt
handover-value-secret = Der Wert des Geheimnisses. Er wird einmal und nur auf dieser Seite angezeigt.

# Die verbleibenden Schritte und wer sie ausführen kann.
handover-need-required = Erforderlich
handover-need-recommended = Empfohlen
handover-need-optional = Optional
handover-who-site = Hauptadministrator (Full Administrator) oder Infrastrukturadministrator (Infrastructure Administrator) in Configuration Manager.
handover-who-import = Hauptadministrator (Full Administrator) oder Infrastrukturadministrator (Infrastructure Administrator) in Configuration Manager. Keine Rolle in Microsoft Entra ID.
handover-who-update = Hauptadministrator (Full Administrator) oder Infrastrukturadministrator (Infrastructure Administrator) in Configuration Manager, mit einer Anmeldung bei Microsoft Entra ID. Microsoft dokumentiert dafür keine Rolle. Das Erteilen der Berechtigung zum Lesen von Verzeichnisdaten erfordert die Rolle Administrator für privilegierte Rollen oder Globaler Administrator.
handover-who-site-update = Ein Administrator, der Standortupdates installieren kann, zum Beispiel Hauptadministrator (Full Administrator).
handover-who-management-point = Die Administratoren des Verwaltungspunktservers, seines Proxys und der Firewall.
handover-who-create = Ein Konto, das Besitzer des Azure-Abonnements und Globaler Administrator in Microsoft Entra ID ist. In Configuration Manager Hauptadministrator (Full Administrator) oder Infrastrukturadministrator (Infrastructure Administrator).
handover-who-renew = Die Person, die es erneuert: ein Besitzer der App, Cloudanwendungsadministrator oder Anwendungsadministrator.

handover-step-consent = Administratorzustimmung abschließen
handover-step-consent-path = Azure-Portal > Microsoft Entra ID > App-Registrierungen > die App > API-Berechtigungen > Administratorzustimmung erteilen
handover-consent-missing = Nicht erteilt: { $permissions }.
handover-consent-unread = Konnte nicht geprüft werden: { $permissions }.
handover-permission-of-server = { $permission } (Server-App)
handover-permission-of-client = { $permission } (Client-App)

handover-step-providers = Ressourcenanbieter vorbereiten
handover-step-providers-path = Azure-Portal > Abonnements > das Abonnement > Ressourcenanbieter > Registrieren
handover-providers-missing = Nicht registriert: { $namespaces }.
handover-providers-waiting = Registrierung läuft noch, dies kann eine Weile dauern: { $namespaces }.
handover-providers-unread = Konnte nicht geprüft werden: { $namespaces }.
handover-providers-left = Hier wurde kein Abonnement ausgewählt, daher hat die Seite in Azure nichts gelesen und nichts geändert. Das Abonnement des Gateways braucht: { $namespaces }.

# Ein Text für den Besitzer des Abonnements. Die Befehle folgen auf die Sätze, die mit einem Doppelpunkt enden.
provider-request-why = Im Azure-Abonnement unseres Cloudverwaltungsgateways von Configuration Manager müssen die folgenden Ressourcenanbieter registriert werden. Ohne sie kann das Gateway nicht erstellt werden.
provider-request-subscription = Abonnement-ID: { $id }
provider-request-who = Wer dies ausführen kann: { $role }
provider-request-portal = Wo: { $path }
provider-request-page = Oder auf dieser Seite, die sich nur für Azure anmeldet und jede Anforderung zeigt, bevor sie etwas sendet: { $link }
provider-request-commands = Oder mit den Befehlen der Azure CLI oder von Azure PowerShell:
provider-request-azure-cli = Azure CLI:
provider-request-powershell = Azure PowerShell:
provider-request-placeholder = Ersetzen Sie in den Befehlen { $placeholder } durch die ID des Abonnements.
provider-request-time = Jeder Anbieter braucht einige Minuten. Einen Anbieter erneut zu registrieren, schadet nicht.

handover-step-import = Beide Apps importieren
handover-step-import-path = Verwaltung > Clouddienste > Azure-Dienste > Azure-Dienste konfigurieren (Administration > Cloud Services > Azure Services > Configure Azure Services)
handover-step-import-detail = Geben Sie die Werte von dieser Seite ein, oder führen Sie das Skript aus. Wählen Sie in beiden Importdialogfeldern Überprüfen (Verify) aus. Es ist nicht bekannt, ob Überprüfen den App-ID-URI prüft. Fügen Sie den URI daher ein, und vergleichen Sie ihn.

handover-step-update = Anwendungseinstellungen aktualisieren, bevor Sie das Gateway erstellen
handover-step-update-path = Verwaltung > Clouddienste > Microsoft Entra-Mandanten > der Mandant > Anwendungen > die Server-App > Menüband: Anwendungseinstellungen aktualisieren (Administration > Cloud Services > Microsoft Entra tenants > the tenant > Applications > the server app > ribbon: Update Application Settings)
handover-step-update-detail = Seit Version 2309 erstellt der Standort ein Gateway über die Server-App. Ohne diese Aktualisierung schlägt das Erstellen mit „Your server Application needs to be updated“ fehl. Das Skript führt die Aktualisierung standardmäßig aus. Um sie selbst auszuführen, verwenden Sie die Konsole, oder führen Sie diese Zeile in einer von der Konsole aus verbundenen PowerShell-Sitzung aus: { $command }. Die Aktualisierung verlangt eine Anmeldung bei Microsoft Entra ID. Sie trägt den Umleitungs-URI http://localhost in die Standortdatenbank ein, lässt Geräte Token anfordern und fügt laut Microsofts Artikel auch die Berechtigung zum Lesen von Verzeichnisdaten hinzu.

handover-step-discovery = Für Hybridbenutzer auch die Active Directory-Benutzerermittlung aktivieren
handover-step-discovery-path = Verwaltung > Hierarchiekonfiguration > Ermittlungsmethoden > Active Directory-Benutzerermittlung > Eigenschaften (Administration > Hierarchy Configuration > Discovery Methods > Active Directory User Discovery > Properties)
handover-step-discovery-detail = Sie haben die Microsoft Entra-Benutzerermittlung ausgewählt. Verbundbenutzer oder synchronisierte Benutzer brauchen beide Ermittlungsmethoden, bevor sie sich mit Microsoft Entra ID beim Standort anmelden können.

handover-step-site-update = KB37942646 installieren, bevor Sie das Gateway erstellen
handover-step-site-update-path = Verwaltung > Updates und Wartung > Menüband: Updatepaket installieren (Administration > Updates and Servicing > ribbon: Install Update Pack)
handover-step-site-update-detail = Die Versionen 2603, 2503 und 2409 brauchen KB37942646. Installieren Sie unter 2503 und 2409 zuerst die Updaterollups KB32851084 und KB30385346. Version 2509 braucht ihr zweites Updaterollup, KB37864969, das KB37942646 enthält. Ohne dieses Update wird das Gateway aus einem Image erstellt, das Microsoft zurückzieht: Ab Anfang 2027 schlägt das Bereitstellen neuer Gateways fehl und ebenso das Reimaging.

handover-step-management-point = Dem Verwaltungspunkt Zugriff auf Microsoft Entra ID ermöglichen
handover-step-management-point-path = Firewall und Proxy > jeder Verwaltungspunkt, der das Gateway bedient
handover-step-management-point-detail = Ab Version 2603 validiert der Verwaltungspunkt die Token selbst, wenn Clients Microsoft Entra ID verwenden. Als lokales System (Local System) muss er { $login } und { $issuer } über HTTPS erreichen. Wenn er einen Proxy braucht, legen Sie ihn für das lokale System in den WinINET-Einstellungen fest: Version 2603 ignoriert den Proxy in den Eigenschaften des Standortsystems und einen mit netsh winhttp festgelegten Proxy. Wenn der Verwaltungspunkt die beiden nicht erreicht, zeigt CCM_STS_ManagedBase.log auf dem Verwaltungspunkt MISE12034 mit einer SocketException oder HttpRequestException. MISE12034 hat auch andere Ursachen.

handover-step-create = Cloudverwaltungsgateway erstellen
handover-step-create-path = Verwaltung > Clouddienste > Cloudverwaltungsgateway > Cloudverwaltungsgateway erstellen (Administration > Cloud Services > Cloud Management Gateway > Create Cloud Management Gateway)
handover-step-create-detail = Wählen Sie den Namen des Microsoft Entra-Mandanten und dann Anmelden (Sign in) aus. Microsofts Planungsartikel verlangt ein Konto mit beiden Rollen, Microsofts Artikel über die Einrichtung den Besitzer. Halten Sie das Serverauthentifizierungszertifikat (.pfx) bereit. Mit -CreateGateway erstellt das Skript auch das Gateway.

handover-step-connect = Standort mit dem Gateway verbinden
handover-step-connect-path = Verwaltung > Standortkonfiguration > Server und Standortsystemrollen (Administration > Site Configuration > Servers and Site System Roles)
handover-step-connect-detail = Fügen Sie einem Standortsystemserver die Rolle Verbindungspunkt für Cloudverwaltungsgateway (Cloud management gateway connection point) hinzu. Lassen Sie dann in den Eigenschaften jedes Verwaltungspunkts und Softwareupdatepunkts für Clients im Internet den Datenverkehr des Cloudverwaltungsgateways von Configuration Manager zu (Allow Configuration Manager cloud management gateway traffic).

handover-step-authentication = Clientauthentifizierung konfigurieren
handover-step-authentication-path = Verwaltung > Standortkonfiguration > Standorte > Hierarchieeinstellungen und die Eigenschaften des Standorts > Kommunikationssicherheit (Administration > Site Configuration > Sites > Hierarchy Settings, and the properties of the site > Communication Security)
handover-step-authentication-detail = Wählen Sie aus, wie Clients im Internet ihre Identität nachweisen: mit Microsoft Entra ID, mit einem Standorttoken oder mit einem Zertifikat. Clients mit einem PKI-Zertifikat verwenden die beiden Apps nur für Bereitstellungen für Benutzer, nicht für Bereitstellungen für Geräte.

handover-step-renew = Ablauf des Geheimnisses in den Kalender eintragen
handover-step-renew-path = Verwaltung > Clouddienste > Microsoft Entra-Mandanten > der Mandant > Menüband: Geheimen Schlüssel erneuern (Administration > Cloud Services > Microsoft Entra tenants > the tenant > ribbon: Renew Secret Key)
handover-step-renew-detail = Das Geheimnis läuft am { $day } (UTC) ab. Configuration Manager warnt bei importierten Apps nicht, und wenn das Geheimnis abläuft, fällt jeder Azure-Dienst des Standorts aus. Erstellen Sie vor diesem Tag ein neues Geheimnis, und geben Sie es dort ein.

handover-step-admin-service = Zugriff auf den Verwaltungsdienst einschränken
handover-step-admin-service-path = Verwaltung > Clouddienste > Azure-Dienste > Azure-Dienste konfigurieren > Verwaltungsdienst (Administration > Cloud Services > Azure Services > Configure Azure Services > Administration Service Management)
handover-step-admin-service-detail = Seit Version 2207 bietet der Assistent diesen Dienst neben der Cloudverwaltung an. Er trennt die Berechtigungen für das Gateway von denen für den Verwaltungsdienst. Er verwendet dieselben beiden Apps: Wählen Sie sie aus den Listen in den Dialogfeldern aus, und importieren Sie sie nicht erneut.

handover-note-app-id-uri = Skripts in Tasksequenzen, die über das Gateway herunterladen, erwarten oft https://ConfigMgrService. Legen Sie deren Variable MDMApplicationIDURI auf { $uri } fest.

# Ein Abonnement in einem anderen Mandanten.
handover-other-tenant-both = Binden Sie beide Mandanten ein, jeweils mit einer eigenen Verbindung für die Cloudverwaltung: diesen ({ $tenant }), weil seine Benutzer und Geräte hier ihre Token erhalten, und den des Abonnements, weil der Standort das Gateway dort erstellt. Ein Administrator jedes Mandanten registriert die Apps.
handover-other-tenant-app = Der Mandant des Abonnements braucht die Web-App (Server). Laut Microsofts FAQ braucht er technisch keine native App (Client), die nur Benutzern und Geräten dient. Wenn der Assistent oder das Cmdlet trotzdem eine verlangt, erstellen Sie dort eine.
handover-other-tenant-disable = Deaktivieren Sie dann die Microsoft Entra-Authentifizierung für den Mandanten des Abonnements, wie unten beschrieben. Lassen Sie sie für diesen Mandanten aktiviert.
handover-other-tenant-create = Aktualisieren Sie dort die Anwendungseinstellungen der Web-App (Server), registrieren Sie die Ressourcenanbieter in diesem Abonnement, und wählen Sie diesen Mandanten aus, wenn Sie das Gateway erstellen.

# Deaktivieren der Entra-Authentifizierung für einen Mandanten.
handover-disable-when = Führen Sie dies für einen Mandanten aus, zu dem das Azure-Abonnement des Gateways gehört und der keine Benutzer und Geräte des Gateways enthält. Führen Sie es für keinen anderen Mandanten aus.
handover-disable-path = Verwaltung > Clouddienste > Azure-Dienste > die Verbindung für die Cloudverwaltung > Eigenschaften > Anwendungen (Administration > Cloud Services > Azure Services > the Cloud Management connection > Properties > Applications)
handover-disable-option = Microsoft Entra-Authentifizierung für diesen Mandanten deaktivieren (Disable Microsoft Entra authentication for this tenant)
handover-disable-hours = Clients wenden die Änderung innerhalb von 25 Stunden an.
handover-disable-console-only = Dies ist nur in der Konsole möglich. Dafür gibt es kein Cmdlet.
handover-disable-before-2503 = Vor Version 2503 konnten Clients durch diese Option das Gateway verlieren. Aktualisieren Sie zuerst den Standort.
handover-hurry-site = Um die Änderung in einem Test früher zu sehen, starten Sie den Dienst sms_executive auf dem Standortserver neu.
handover-hurry-client = Starten Sie dann den Dienst ccmexec auf dem Client neu.
handover-hurry-schedule = Führen Sie dann SendSchedule { $schedule } auf dem Client aus.
