### Die beiden Apps: Namen, Startseite, Geheimnis.

cmg-secret-one-year = 1 Jahr
cmg-secret-two-years = 2 Jahre

cmg-name-empty = Geben Sie einen Namen ein.
cmg-name-too-long = Der Name hat { $length } Zeichen, zulässig sind höchstens { $most }. Kürzen Sie ihn.
cmg-name-unseen = Zeichen { $position } ({ $character }) ist unsichtbar. Löschen Sie es, oder geben Sie den Namen erneut ein.
cmg-name-edge-blank = Der Name beginnt oder endet mit einem Leerzeichen. Entfernen Sie dieses Leerzeichen.

cmg-home-page-empty = Geben Sie eine URL für die Startseite ein, zum Beispiel { $example }.
cmg-home-page-too-long = Die URL für die Startseite hat { $length } Zeichen, zulässig sind höchstens { $most }. Kürzen Sie sie.
cmg-home-page-scheme = Eine URL für die Startseite muss mit https:// oder http:// beginnen. Geben Sie sie vollständig ein.
cmg-home-page-host = Auf // kann nur ein Hostname folgen, ohne Benutzernamen. Schreiben Sie die URL in der Form https://cmg.contoso.com.
cmg-home-page-character = Zeichen { $position } ({ $character }) ist in einer URL nicht zulässig. Löschen Sie es, oder geben Sie die URL erneut ein.
