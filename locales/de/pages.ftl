### Das Fenster, die Demo, die Seite zum App-ID-URI und die Seite zur Client-ID.

frame-steps = Schritte
frame-file-unread = Der Browser konnte die Datei nicht lesen. Öffnen Sie sie in einem Editor, und fügen Sie ihren Text ein.
frame-no-page = Unter dieser Adresse gibt es hier keine Seite.
frame-portal = Im Azure-Portal öffnen
frame-new-tab = , wird auf einer neuen Registerkarte geöffnet
frame-badges = Cloud, Mandant und Konto
frame-cloud = Cloud:
frame-tenant = Mandant:
frame-account = Konto:
frame-signed-out = Nicht angemeldet

frame-previous = < Zurück
frame-next = Weiter: { $step } >
frame-review = Überprüfen + erstellen
frame-back = Zurück zur Startseite
frame-copied = Kopiert.
frame-saved = Gespeichert: { $name }
frame-copy-refused = Der Browser hat das Kopieren abgelehnt. Der Text ist markiert. Drücken Sie STRG+C oder Cmd+C.
frame-yes = Ja
frame-no = Nein
frame-cannot-tell = Nicht feststellbar
frame-said = Antwort von Microsoft
frame-said-line = HTTP { $status } { $code }
frame-said-request = Anforderungs-ID { $id }

cloud-public = Globale Azure-Cloud
cloud-public-choice = AzurePublicCloud
cloud-public-detail = Der Mandant befindet sich in der globalen Azure-Cloud. Auch für GCC.
cloud-usgov = Azure US Government, GCC High
cloud-usgov-choice = AzureUSGovernmentCloud, GCC High
cloud-usgov-detail = Der Mandant befindet sich in der Azure US Government-Cloud. Microsoft Graph hat die Adresse graph.microsoft.us.
cloud-usgov-dod = Azure US Government, DoD
cloud-usgov-dod-choice = AzureUSGovernmentCloud, DoD
cloud-usgov-dod-detail = Der Mandant befindet sich in der Azure US Government-Cloud. Microsoft Graph hat die Adresse dod-graph.microsoft.us.

start-draft-refused = Ihre Angaben von einem früheren Besuch konnten nicht gelesen werden. Die Seite startet ohne sie.
start-draft-too-long = Der gespeicherte Text ist länger als jeder Text, den diese Seite schreibt.
start-draft-not-json = Der gespeicherte Text ist beschädigt.
start-draft-version = Der gespeicherte Text wurde von einer anderen Version dieser Seite geschrieben.
start-draft-shape = Der gespeicherte Text hat einen Inhalt, den diese Version nicht kennt.
start-draft-keep = Der gespeicherte Text wurde nicht gelöscht. Speichern Sie ihn als Datei, wenn Sie noch etwas daraus brauchen.
start-draft-save = Gespeicherten Text als Datei speichern
start-draft-drop = Verwerfen

config-reading = Die Einstellungen dieser Seite werden gelesen.

register-title = Die eigene Client-ID der Seite
shared-plan-title = Plan für eine andere Person
received-title = Ergebnis einer anderen Person
register-cloud = Azure-Umgebung

uri-title = App-ID-URI prüfen
uri-lead = Geben Sie ein, was Sie über den Mandanten wissen. Was Sie weglassen, gilt als nicht bekannt, nie als bestanden. Ihre Eingaben verlassen diese Seite nicht.
uri-tenant-section = Der Mandant
uri-cloud = Azure-Umgebung
uri-tenant = ID des Microsoft Entra-Mandanten
uri-tenant-hint = Eine GUID, zum Beispiel 5e97358c-d99c-4558-af0c-de7774091dda.
uri-tenant-fault = Eine Mandanten-ID hat 32 Hexadezimalziffern in fünf Gruppen mit Bindestrichen. Kopieren Sie sie von der Übersichtsseite des Mandanten.
uri-app = Anwendungs-ID (Client-ID) der Server-App
uri-app-hint = Lassen Sie das Feld leer, wenn die App noch nicht erstellt ist.
uri-app-fault = Eine Client-ID hat 32 Hexadezimalziffern in fünf Gruppen mit Bindestrichen. Kopieren Sie sie von der Übersichtsseite der App.
uri-domains = Überprüfte Domänen
uri-domains-hint = Eine pro Zeile, wie auf der Seite Benutzerdefinierte Domänennamen. Lassen Sie das Feld leer, wenn Sie sie nicht kennen.
uri-unique = Richtlinie: Bezeichner-URIs ohne eindeutigen Mandantenbezeichner blockieren
uri-unique-hint = Microsoft hat sie 2025 in vielen Mandanten aktiviert.
uri-default = Richtlinie: benutzerdefinierte Bezeichner-URIs blockieren
uri-default-hint = Nur die Administratoren des Mandanten aktivieren sie.
uri-policy-on = Aktiviert
uri-policy-off = Deaktiviert
uri-policy-unknown = Nicht bekannt
uri-text-section = Ein eigener URI
uri-text = App-ID-URI
uri-text-hint = Genau so, wie er in der App-Registrierung und in Configuration Manager stehen wird.
uri-choices-section = Verfügbare Formate
uri-choices-caption = Ergebnis jedes Formats in diesem Mandanten
uri-choice-format = Format
uri-choice-uri = URI
uri-choice-verdict = Ergebnis
uri-name = Name im URI
uri-name-hint = Der Teil nach der Mandanten-ID oder der Domäne.

demo-fabrikam = Fabrikam. Der normale Fall: Alles funktioniert.
demo-woodgrove = Woodgrove Bank. Strenge Richtlinien für App-ID-URIs und Geheimnisse.
demo-litware = Litware. Das Konto hat zu wenige Rollen.
demo-adventure-works = Adventure Works. Hat ein manuell erstelltes Paar.
demo-northwind = Northwind Traders. Das Paar wurde vor fünf Tagen gelöscht.
demo-proseware = Proseware. Hat ein vollständiges Paar.
demo-tailwind = Tailwind Traders. Hat ein nach dem Artikel von 2023 erstelltes Paar.
demo-wide-world = Wide World Importers. Hat ein mit einer Konsole von 2018 erstelltes Paar.
demo-vanarsdel = VanArsdel. Hat ein Paar, dessen Geheimnis abgelaufen ist.
demo-coho = Coho Winery. Hat ein nach dem Artikel erstelltes Paar ohne Gerätetoken.
demo-alpine = Alpine Ski House. Hat zwei vollständige Paare.
demo-contoso-gov = Contoso Government. Ein Mandant von GCC High.
demo-tailspin = Tailspin Defense. Ein Mandant der DoD-Cloud.
demo-panel = Fehler herbeiführen
demo-panel-lead = Jede Schaltfläche wirkt auf die simulierte Cloud auf dieser Registerkarte. Die Registerkarte behält die Cloud und das Protokoll, wenn Sie die Seite neu laden.
demo-throttling = Nächste Anforderungen drosseln
demo-throttling-set = Microsoft Graph lehnt die nächsten 3 Anforderungen mit Status 429 (Too Many Requests) ab und verlangt eine Wartezeit von 5 Sekunden.
demo-lost-answer = Nächste Antwort verlieren
demo-lost-answer-set = Microsoft führt die nächste Änderung aus, und die Antwort trifft nicht ein.
demo-refusal = Nächste Änderung ablehnen
demo-refusal-set = Die nächste Änderung wird mit Status 403 (Forbidden) abgelehnt, wie nach dem Ablauf einer Rolle.
demo-expired = Anmeldung ablaufen lassen
demo-expired-set = Microsoft akzeptiert die Anmeldung nicht mehr: Die nächste Anforderung wird mit Status 401 (Unauthorized) abgelehnt.
demo-crash = Bei der nächsten Änderung abstürzen
demo-crash-set = Microsoft führt die nächste Änderung aus. Dann stürzt die Seite ab und startet neu.
demo-slow = Langsames Verzeichnis
demo-slow-set = Änderungen erreichen die Listen des Verzeichnisses nach 40 Sekunden.
demo-normal = Normales Verzeichnis
demo-normal-set = Änderungen erreichen die Listen des Verzeichnisses nach 4 Sekunden.
demo-start-over = Von vorn beginnen

link-filled = Ein Link hat { $count ->
    [one] ein Feld
   *[other] { $count } Felder
} ausgefüllt. Prüfen Sie jedes, bevor Sie fortfahren.
link-unknown = Diese Seite unterstützt diese Teile des Links nicht: { $keys }.
link-take-back = Meine Angaben wiederherstellen
link-keep = Schließen
link-taken-back = Ihre Angaben von vor dem Link sind wiederhergestellt.
link-refused = Der Link wurde nicht verwendet
link-too-long = Der Link ist länger als jeder Link dieser Seite. Nichts wurde ausgefüllt.
link-repeated = Der Link enthält { $key } zweimal. Nichts wurde ausgefüllt.
link-characters = { $key } enthält unsichtbare Zeichen. Nichts wurde ausgefüllt.
link-choice = Der Wert von { $key } gehört nicht zur Auswahl. Nichts wurde ausgefüllt.
link-answer = Der Link sieht wie eine Antwort auf eine Anmeldung aus. Nichts wurde ausgefüllt.
link-busy = Eine Ausführung läuft. Nichts wurde ausgefüllt.
link-title = Link zu diesen Angaben
link-note = Der Link öffnet diese Seite mit diesen ausgefüllten Angaben. Er enthält Namen und IDs, aber kein Geheimnis, und er startet nichts.
link-label = Link kopieren

register-faults = Was die AADSTS-Codes auf der Anmeldeseite von Microsoft hier bedeuten
register-fault-more = Die eigene Registrierung der Seite
register-fault-command = Mit der Azure CLI korrigieren
register-found-redirect = Umleitungs-URI, den diese Seite sendet
register-found-client = Client-ID in config.json
register-found-none = Keine für diese Cloud
register-fault-redirect = Die Adresse dieser Seite gehört nicht zu den Umleitungs-URIs ihrer App. Fügen Sie im Microsoft Entra Admin Center unter App-Registrierungen > diese App > Verwalten > Authentifizierung genau die Adresse unten als Single-Page-Anwendung hinzu.
register-fault-platform = Die Adresse dieser Seite steht unter einer anderen Plattform. Entfernen Sie sie dort unter App-Registrierungen > diese App > Verwalten > Authentifizierung, und fügen Sie sie als Single-Page-Anwendung hinzu.
register-fault-unknown = Der Mandant enthält keine App mit dieser Client-ID. Prüfen Sie unter App-Registrierungen, ob es die ID in config.json ist und ob sich die App in diesem Mandanten und dieser Cloud befindet.
register-fault-service = Die App dieser Seite enthält einen Dienst nicht, den sie anfordert. Fügen Sie unter App-Registrierungen > diese App > Verwalten > API-Berechtigungen die fehlenden delegierten Berechtigungen hinzu.
register-fault-consent = Die Zustimmung fehlt oder wurde abgelehnt. Wählen Sie unter App-Registrierungen > diese App > Verwalten > API-Berechtigungen die Option Administratorzustimmung erteilen aus, oder melden Sie sich mit einem Konto an, das zustimmen darf.
register-fault-tenant = Die App dieser Seite gilt nur für einen Mandanten, was richtig ist, aber die Anmeldung hat keinen Mandanten genannt. Geben Sie den Mandanten ein, oder legen Sie tenant in config.json fest.
register-fault-account = Das Konto gehört nicht zum Mandanten der App dieser Seite. Melden Sie sich mit einem Konto dieses Mandanten an, oder laden Sie dieses Konto unter Benutzer > Externen Benutzer einladen ein.
register-fault-closed = Die App dieser Seite ist deaktiviert oder lässt nur Benutzer zu, die ihr zugewiesen sind. Prüfen Sie Unternehmensanwendungen > diese App > Eigenschaften.
register-fault-implicit = Hier ist nichts zu korrigieren: Diese Seite fordert nie ein Token über die implizite Genehmigung an. Lassen Sie sie deaktiviert, und prüfen Sie, ob eine andere Seite mit dieser Client-ID die Anmeldung gestartet hat.

providers-title = Ressourcenanbieter registrieren
evidence-title = Nachweis einer Ausführung
providers-review-title = Registrierung überprüfen
providers-run-title = Ressourcenanbieter werden registriert
providers-stop-first = Eine Registrierung von Ressourcenanbietern verwendet diese Anmeldung. Warten Sie, bis sie zu Ende ist, oder beenden Sie sie zuerst.
providers-banner = Ressourcenanbieter werden registriert
providers-banner-text = Die Registrierung geht weiter, während Sie diese Seite verwenden. Lassen Sie die Registerkarte geöffnet.
providers-to-run = Registrierung anzeigen
