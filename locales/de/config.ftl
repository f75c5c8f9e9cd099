### Fehler in config.json und in einem eingegebenen Mandanten. Jeweils die Regel und dann, was zu tun ist.

config-too-large = config.json hat { $bytes } Bytes, zulässig sind höchstens { $most }. Kürzen Sie die Datei.
config-not-utf8 = config.json ist kein UTF-8-Text. Speichern Sie die Datei als UTF-8.
config-not-json = config.json ist in Zeile { $line }, Spalte { $column } kein gültiges JSON. Korrigieren Sie diese Stelle.
config-not-an-object = config.json muss ein einziges Objekt sein. Beginnen Sie die Datei mit {"{"}, und beenden Sie sie mit {"}"}.
config-unknown-key = Der Schlüssel { $key } in config.json ist nicht bekannt. Entfernen Sie ihn, oder korrigieren Sie seinen Namen.
config-repeated-key = Der Schlüssel { $key } steht zweimal in config.json. Behalten Sie einen der beiden.
config-unseen = Zeichen { $position } ({ $character }) im Wert oder Namen von { $key } in config.json ist unsichtbar. Löschen Sie es.
config-not-text = Der Wert von { $key } in config.json muss Text sein. Setzen Sie ihn in doppelte Anführungszeichen.
config-not-members = Der Wert von { $key } in config.json muss ein Objekt sein. Setzen Sie ihn in geschweifte Klammern.
config-not-list = Der Wert von { $key } in config.json muss eine Liste sein. Setzen Sie ihn in eckige Klammern.
config-too-many-parents = config.json enthält { $count } Einträge in parents, zulässig sind höchstens { $most }. Behalten Sie die verwendeten.
config-parent = Der Eintrag { $parent } in parents in config.json ist kein Ursprung. Schreiben Sie https://, den Hostnamen in Kleinbuchstaben (xn--, wenn er international ist), einen Port, wenn er nicht 443 ist, und nichts danach.
config-repeated-parent = Der Eintrag { $parent } in parents steht zweimal in config.json. Behalten Sie einen der beiden.
config-client-id = Der Wert von { $key } in config.json ist keine Anwendungs-ID (Client-ID). Kopieren Sie die GUID aus der App-Registrierung.
config-cloud = Die Cloud { $cloud } in config.json ist nicht bekannt. Schreiben Sie public, usgov oder usgov-dod.
config-tenant = Der Mandant in config.json ist ungültig: { $reason }
config-line-empty = Der Wert von { $key } in config.json ist leer. Geben Sie einen Wert ein, oder entfernen Sie den Schlüssel.
config-line-too-long = Der Wert von { $key } in config.json hat { $length } Zeichen, zulässig sind höchstens { $most }. Kürzen Sie ihn.
config-line-edge-blank = Der Wert von { $key } in config.json beginnt oder endet mit einem Leerzeichen. Entfernen Sie dieses Leerzeichen.
config-same-name = config.json gibt beiden Apps denselben Namen. Ändern Sie names.serverApp oder names.clientApp.
config-newer = config.json hat Version { $version }, und diese Seite liest Version { $reads }. Veröffentlichen Sie die neuere Seite, oder schreiben Sie die Datei für Version { $reads }.
config-version = Der Wert von version in config.json muss die Zahl { $reads } sein. Korrigieren Sie ihn, oder entfernen Sie den Schlüssel.
config-not-boolean = Der Wert von { $key } in config.json muss true oder false sein, ohne Anführungszeichen.
config-uri-form = Das Format { $form } des App-ID-URI in config.json ist nicht bekannt. Schreiben Sie tenant-app, tenant-name oder domain-name.
config-uri-name = Der Wert { $name } von appIdUri.name in config.json ist ungültig. Schreiben Sie höchstens { $most } Buchstaben a bis z, Ziffern, Bindestriche, Punkte und Unterstriche, am Anfang einen Buchstaben oder eine Ziffer.
config-uri-domain = Der Wert von appIdUri.domain in config.json ist ungültig: { $reason }
config-sign-in-age = Der Wert von signInAge in config.json muss eine ganze Anzahl von Minuten von 5 bis 720 sein, ohne Anführungszeichen.
config-secret-life = Der Wert von secretLife in config.json muss eine Anzahl von Tagen sein, die die Seite anbietet. Schreiben Sie 365 oder 730, ohne Anführungszeichen.
config-contact = Der Wert { $link } von organization.contact in config.json ist kein gültiger Link. Schreiben Sie https:// mit einem Hostnamen in Kleinbuchstaben oder mailto: und eine Adresse.
config-help-url = Der Wert { $link } von organization.helpUrl in config.json ist kein gültiger Link. Schreiben Sie https://, einen Hostnamen in Kleinbuchstaben und den Pfad.
config-logo = Das Logo { $file } in config.json ist nicht der Name einer Datei neben der Seite. Legen Sie logo.svg oder logo.png neben index.html ab, und schreiben Sie nur den Namen, in Kleinbuchstaben.

config-tenant-empty = Geben Sie die ID des Mandanten oder eine seiner Domänen ein.
config-tenant-not-one = Geben Sie die ID oder Domäne eines einzelnen Mandanten ein statt eines Worts für mehrere Mandanten.
config-tenant-account = Dies ist der Name eines Kontos. Geben Sie nur die Domäne nach dem @ ein.
config-tenant-guid = Eine Mandanten-ID besteht aus 32 Hexadezimalziffern mit Bindestrichen. Kopieren Sie sie erneut von der Übersichtsseite von Entra.
