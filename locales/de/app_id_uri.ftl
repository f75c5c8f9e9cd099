### Ergebnisse der Validierung eines App-ID-URI. Jeweils die Regel und dann, was zu tun ist.

# Namen der Formate und der Ergebnisse.
validation-form-tenant-and-app = Mandanten-ID + App-ID
validation-form-tenant-and-name = Mandanten-ID + Name
validation-form-domain-and-name = Überprüfte Domäne + Name
validation-form-own = Eigener Text
validation-outcome-accepted = Akzeptiert
validation-outcome-not-recommended = Akzeptiert, nicht empfohlen
validation-outcome-cannot-tell = Nicht feststellbar
validation-outcome-refused-by-policy = Durch die Richtlinie dieses Mandanten abgelehnt
validation-outcome-refused-by-entra = Von Entra abgelehnt

# Kein URI, den Entra akzeptieren kann.
validation-empty = Geben Sie einen App-ID-URI ein, der mit api:// oder https:// beginnt.
validation-too-long = Der URI hat { $length } Zeichen, und Entra akzeptiert höchstens { $most }. Kürzen Sie ihn.
validation-space = Zeichen { $position } ist ein Leerzeichen, das ein URI nicht enthalten kann. Entfernen Sie es.
validation-unseen = Zeichen { $position } ({ $character }) ist unsichtbar. Löschen Sie es, oder geben Sie den URI erneut ein.
validation-not-ascii = Zeichen { $position } ({ $character }) ist kein einfacher Buchstabe, keine Ziffer und kein einfaches Sonderzeichen, auch wenn es so aussieht. Geben Sie es erneut ein.
validation-placeholder = Das Zeichen { $character } kennzeichnet einen Platzhalter. Geben Sie dort die ID oder den Namen selbst ein.
validation-character = Zeichen { $position } ({ $character }) ist in einem URI nicht zulässig. Entfernen Sie es.
validation-wildcard = Entra akzeptiert kein Platzhalterzeichen in einem App-ID-URI. Geben Sie statt * einen Namen ein.
validation-percent = Auf % an Position { $position } müssen zwei Hexadezimalziffern folgen. Vervollständigen oder entfernen Sie es.
validation-no-scheme = Ein URI beginnt mit einem Schema. Stellen Sie api:// oder https:// voran.
validation-no-slashes = Auf { $scheme }: müssen zwei Schrägstriche folgen. Schreiben Sie { $scheme }://.
validation-urn-shape = Auf urn: müssen ein Namespace und ein Name folgen. Schreiben Sie den URI in der Form urn:contoso:cmg.
validation-no-host = Zwischen // und dem nächsten Schrägstrich steht nichts. Geben Sie dort die Mandanten-ID oder eine überprüfte Domäne ein.
validation-user-info = Ein App-ID-URI kann keinen Benutzernamen enthalten. Entfernen Sie ihn zusammen mit dem @.
validation-port-number = Auf den Doppelpunkt muss eine Portnummer von 1 bis 65535 folgen. Korrigieren Sie sie, oder entfernen Sie sie mit dem Doppelpunkt.
validation-host = { $host } ist kein gültiger Hostname. Schreiben Sie Teile aus Buchstaben, Ziffern und Bindestrichen im Inneren, mit je einem Punkt dazwischen.
validation-dot-segment = Ein Teil des Pfads besteht nur aus Punkten, und Programme, die ihn auflösen, ändern den URI. Entfernen Sie diesen Teil.
validation-trailing-slash = Entra akzeptiert keinen App-ID-URI, der mit einem Schrägstrich endet. Entfernen Sie den letzten Schrägstrich.

# Akzeptiert.
validation-accepted-safest = Dieser URI entspricht jeder Regel von Entra und beiden Richtlinien des Mandanten. Geben Sie in Configuration Manager genau diesen Text ein.
validation-accepted-recommended = Entra und dieser Mandant akzeptieren diesen URI, und Configuration Manager empfiehlt sein Format. Geben Sie dort genau diesen Text ein.
validation-accepted-already-there = Die App hat diesen URI bereits, und Entra behält ihn bei. Geben Sie in Configuration Manager genau diesen Text ein.

# Akzeptiert, nicht empfohlen.
validation-warning-kept-from-before = Die App hat diesen URI bereits, aber Entra würde ihn nicht erneut akzeptieren. Entfernen Sie ihn daher nicht.
validation-warning-not-tenant-bound = Nichts in diesem URI ist für den Mandanten eindeutig, was Microsoft als unsicher bezeichnet. Wählen Sie besser Mandanten-ID + App-ID.
validation-warning-http = Microsofts sichere Formate beginnen mit api oder https. Schreiben Sie https statt http.
validation-warning-urn = Entra akzeptiert einen urn, aber weder Microsofts sichere Formate noch die Formate von Configuration Manager umfassen ihn. Wählen Sie besser Mandanten-ID + App-ID.
validation-warning-tail = Entra akzeptiert einen Teil mit ? oder #, aber kein empfohlenes Format hat einen. Entfernen Sie diesen Teil.
validation-warning-port = Kein empfohlenes Format hat eine Portnummer. Entfernen Sie sie mit dem Doppelpunkt.
validation-warning-not-listed = Dieses Format nennt den Mandanten, steht aber nicht in Microsofts Liste der sicheren Formate. Wählen Sie besser Mandanten-ID + App-ID.
validation-warning-not-configmgrs = Entra akzeptiert diesen URI, aber Configuration Manager empfiehlt Mandanten-ID + Name oder Überprüfte Domäne + Name. Wählen Sie besser eines dieser Formate.
validation-warning-upper-case = Der URI wird Buchstabe für Buchstabe verglichen. Schreiben Sie Schema, Host und IDs in Kleinbuchstaben, damit überall dieselbe Schreibweise steht.

# Nicht feststellbar.
validation-missing-tenant = Die GUID nach api:// muss die Mandanten-ID sein, die hier nicht bekannt ist. Melden Sie sich an, oder geben Sie sie ein.
validation-missing-own-id = Die GUID in diesem URI ist möglicherweise die eigene ID der App, die hier nicht bekannt ist. Geben Sie sie ein.
validation-missing-domains = Hier ist nicht bekannt, ob { $host } eine überprüfte Domäne ist. Melden Sie sich an, oder geben Sie die Domänen des Mandanten ein.
validation-missing-spelling = Die App { $app } hat diesen URI mit anderer Groß-/Kleinschreibung, und Microsoft gibt nicht an, ob Entra sie unterscheidet. Wählen Sie einen anderen Namen oder Mandanten-ID + App-ID.
validation-missing-scheme = Microsoft gibt nicht an, ob Entra das Schema { $scheme } akzeptiert. Beginnen Sie mit api:// oder https://.
validation-missing-unique-identifier = Viele Mandanten lehnen einen URI ohne Mandanten-ID, App-ID oder überprüfte Domäne ab, und die Richtlinie dieses Mandanten ist nicht bekannt. Wählen Sie besser Mandanten-ID + App-ID.
validation-missing-place = Microsoft gibt nicht an, ob die Richtlinie des Mandanten eine ID an dieser Stelle eines URI erkennt. Wählen Sie besser Mandanten-ID + App-ID.
validation-missing-default-only = Einige Mandanten lehnen jeden URI außer api:// mit der App-ID ab, und die Richtlinie dieses Mandanten ist nicht bekannt. Wählen Sie besser Mandanten-ID + App-ID.
validation-missing-exemption = Eine Richtlinie dieses Mandanten lehnt diesen URI ab, sofern die App oder Sie nicht ausgenommen sind, was hier nicht bekannt ist. Wählen Sie besser Mandanten-ID + App-ID.

# Durch die Richtlinie dieses Mandanten abgelehnt.
validation-policy-default-only = Eine Richtlinie dieses Mandanten akzeptiert nur api:// mit der App-ID, allein oder nach der Mandanten-ID. Wählen Sie Mandanten-ID + App-ID.
validation-policy-unique-identifier = Eine Richtlinie dieses Mandanten akzeptiert nur einen URI mit Mandanten-ID, App-ID oder überprüfter Domäne. Wählen Sie Mandanten-ID + App-ID.

# Von Entra abgelehnt.
validation-entra-console-default = Entra akzeptiert den Standardwert von Configuration Manager nicht mehr, weil ConfigMgrService keine überprüfte Domäne ist. Wählen Sie Mandanten-ID + App-ID, und ersetzen Sie den Standardwert auch in der Konsole.
validation-entra-never-a-domain = Entra akzeptiert dieses Schema nur mit einer überprüften Domäne, und { $host } kann keine sein. Wählen Sie eine überprüfte Domäne oder Mandanten-ID + App-ID.
validation-entra-other-cloud = Entra akzeptiert dieses Schema nur mit einer überprüften Domäne, und { $host } ist eine Domäne einer anderen Cloud. Wählen Sie eine Domäne dieses Mandanten oder Mandanten-ID + App-ID.
validation-entra-international = { $host } steht für andere Buchstaben als a bis z, die wie andere Buchstaben aussehen können, und ist keine überprüfte Domäne dieses Mandanten. Wählen Sie eine überprüfte Domäne oder Mandanten-ID + App-ID.
validation-entra-not-verified = { $host } ist weder eine überprüfte Domäne dieses Mandanten noch eine Unterdomäne davon. Wählen Sie eine überprüfte Domäne oder Mandanten-ID + App-ID.
validation-entra-foreign-guid = Die GUID nach api:// ist weder die Mandanten-ID noch die eigene ID der App. Verwenden Sie dort eine der beiden.
validation-entra-taken = Die App { $app } hat diesen URI bereits, und Entra akzeptiert ihn in einem Mandanten nur einmal. Wählen Sie einen anderen Namen oder Mandanten-ID + App-ID.
validation-entra-taken-by-deleted = Die gelöschte App { $app } belegt diesen URI noch. Stellen Sie diese App wieder her, löschen Sie sie endgültig, oder wählen Sie einen anderen URI.

# Ein Domänenname.
domain-empty = Geben Sie eine Domäne ein, zum Beispiel contoso.onmicrosoft.com.
domain-character = Zeichen { $position } ({ $character }) ist kein Buchstabe a bis z, keine Ziffer, kein Bindestrich und kein Punkt. Geben Sie die Domäne erneut ein.
domain-part = Jeder Teil zwischen Punkten muss mit einem Buchstaben oder einer Ziffer beginnen und enden und darf höchstens 63 Zeichen haben. Korrigieren Sie die Domäne.
domain-not-a-domain = Eine Domäne hat mindestens einen Punkt und endet nicht mit einer Zahl. Geben Sie sie vollständig ein, zum Beispiel contoso.onmicrosoft.com.
