### Eine App mit dem Schlüssel dieses Tools, die dieser Browser nicht erstellt hat.

origin-title = { $app }: nicht von diesem Browser erstellt
origin-name = Anwendungsname
origin-client-id = Anwendungs-ID (Client-ID)
origin-created = Erstellt
origin-secrets = Geheime Clientschlüssel
origin-certificates = Zertifikate
origin-federated = Verbundanmeldeinformationen
origin-redirects = Umleitungs-URIs
origin-none = Keine
origin-secret = { $name } bis { $day }
origin-of-principal = { $credential } (Dienstprinzipal)
origin-use = Ich weiß, wer diese App erstellt hat. App verwenden
origin-use-detail = Ihre Besitzer und alle, die Anmeldeinformationen der App haben, können als diese App handeln. Sie erhält die Zustimmung unten. Die Überwachungsprotokolle von Microsoft Entra ID zeigen, wer sie erstellt hat (Aktivität: Add application).
