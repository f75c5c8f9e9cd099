### Die Ressourcenanbieter vieler Abonnements: Tabelle, Überprüfung und Registrierung.

providers-lead = Registrieren Sie die Ressourcenanbieter, die ein Cloudverwaltungsgateway braucht, in einem Azure-Abonnement oder in Tausenden. Dazu brauchen Sie keine Rolle in Microsoft Entra ID und nichts von der Einrichtung.
providers-wanted = Ressourcenanbieter
providers-wanted-legend = Diese registrieren
providers-none-wanted = Wählen Sie mindestens einen Ressourcenanbieter aus. Sonst kann nichts registriert werden.
providers-account = Konto
providers-sign-in = Die Anmeldung gilt nur für Azure. Diese Seite liest danach mit den Rechten Ihres Kontos und schreibt nichts, bevor Sie die Liste der Anforderungen gesehen haben.
providers-without-azure = Sie sind ohne Zugriff auf Azure angemeldet. Melden Sie sich erneut an, um ihn hinzuzufügen.
providers-tenant = Mandant
providers-another-tenant = Anderer Mandant oder anderes Konto
providers-another-tenant-text = Ihre Auswahl bleibt erhalten. So können Sie nacheinander Abonnements in mehreren Mandanten auswählen.
providers-own-tenants = Andere Mandanten dieses Kontos
providers-tenants-unread = Die Namen Ihrer Mandanten konnten nicht gelesen werden
providers-tenants-more = { $count ->
    [one] Und { $count } weiterer. Geben Sie dessen Domäne oder ID ein:
   *[other] Und { $count } weitere. Geben Sie eine Domäne oder ID ein:
}
providers-other-selections = In anderen Mandanten ausgewählt
providers-sign-in-there = Bei diesem Mandanten anmelden
providers-drop-selection = Diese Auswahl verwerfen
providers-selected = { $count ->
    [one] { $count } Abonnement ausgewählt
   *[other] { $count } Abonnements ausgewählt
}

providers-unfinished = Eine Registrierung ist nicht zu Ende
providers-unfinished-text = { $account } hat sie am { $began } für { $all ->
    [one] { $all } Abonnement
   *[other] { $all } Abonnements
} begonnen. Nach den Aufzeichnungen dieses Browsers ist bei { $left ->
    [one] { $left } davon
   *[other] { $left } davon
} noch etwas offen. Azure macht mit dem Angenommenen weiter, und eine erneute Registrierung schadet nicht.
providers-resume = Überprüfen und fortsetzen
providers-discard = Aufzeichnung entfernen
providers-unreadable = Die Aufzeichnung einer Registrierung kann nicht gelesen werden
providers-unreadable-text = Eine neuere Version dieser Seite hat sie geschrieben, oder sie ist beschädigt. Öffnen Sie die neuere Version, um daran anzuknüpfen. Ohne die Aufzeichnung lesen Sie die Liste: Sie zeigt, was registriert ist.

providers-subscriptions = Abonnements
providers-reading = Die Liste der Abonnements wird gelesen: bisher { $count }.
providers-listed = { $count ->
    [one] { $count } Abonnement aufgelistet.
   *[other] { $count } Abonnements aufgelistet.
}
providers-list-part = Die Liste konnte nicht bis zum Ende gelesen werden. Was gelesen wurde, steht unten.
providers-none-title = Kein Abonnement
providers-none = Dieses Konto kann in diesem Mandanten kein Abonnement lesen. Prüfen Sie, ob Sie beim richtigen Mandanten angemeldet sind. Ein Abonnement erscheint hier, sobald das Konto eine Rolle darin hat, zum Beispiel Leser.
providers-from-graph = Die Liste stammt von Azure Resource Graph.
providers-from-manager = Die Liste stammt von Azure Resource Manager, weil Azure Resource Graph nicht geantwortet hat
providers-groups-unread = Die Verwaltungsgruppen konnten nicht gelesen werden
providers-cut-title = Die Liste ist nicht vollständig
providers-cut = Azure Resource Graph lässt Abonnements weg, wenn ein Konto mehr als 10.000 lesen kann. Melden Sie sich mit einem Konto für einen Teil davon an, oder wählen Sie mit einem der Skripte nach ID aus.
providers-count-missing = { $count } nicht registriert
providers-count-under-way = { $count } werden registriert
providers-count-cannot-tell = { $count } nicht feststellbar
providers-count-complete = { $count } bereit
providers-states-reading = Es wird gelesen, was registriert ist
providers-states-left = Es wird gelesen, was registriert ist: noch { $left } von { $all } Abonnements.
providers-states-read = Es ist bekannt, was in jedem Abonnement registriert ist.
providers-rights-ask = { $count ->
    [one] Rechte in { $count } angezeigten Abonnement prüfen
   *[other] Rechte in { $count } angezeigten Abonnements prüfen
}
providers-rights-left = Ihre Rechte werden geprüft: noch { $left } Abonnements.
providers-rights-hint = Azure beantwortet etwa 120 solche Lesevorgänge pro Minute, deshalb geht es schneller, wenn Sie zuerst filtern. Die Prüfung ist ein Hinweis: Ablehnungszuweisungen und Sperren sind nicht enthalten.

providers-search = Suchen
providers-search-hint = Name, ID, Verwaltungsgruppe oder Tag
providers-filters = Filtern und sortieren
providers-filter-progress = Registrierung
providers-filter-rights = Ihre Rechte
providers-filter-group = Verwaltungsgruppe, auf jeder Ebene darüber
providers-filter-tag = Tag
providers-any = Alle
providers-progress-missing = Etwas ist nicht registriert
providers-progress-under-way = Wird registriert
providers-progress-complete = Alles ist registriert
providers-order = Sortieren nach
providers-reverse = In umgekehrter Reihenfolge
providers-show-all = Alle Abonnements anzeigen
providers-shown = { $count ->
    [one] { $count } Abonnement angezeigt.
   *[other] { $count } Abonnements angezeigt.
}
providers-shown-of = { $shown } von { $all } angezeigt, { $selected } ausgewählt
providers-select-shown = Alle angezeigten auswählen
providers-clear-shown = Alle angezeigten abwählen
providers-no-match = Kein Abonnement passt zur Suche und zum Filter.

providers-table = Abonnements: { $rows }, { $selected } ausgewählt
providers-table-print = Ein Ausdruck hat die sichtbaren Zeilen. Die CSV-Datei hat alle angezeigten Zeilen.
providers-table-keys = In der Tabelle: Pfeiltasten, Bild auf und Bild ab, Pos1 und Ende, Leertaste zum Auswählen, Strg+A, um alle angezeigten auszuwählen.
providers-column-select = Auswählen
providers-column-name = Abonnement
providers-column-group = Verwaltungsgruppe
providers-column-state = Zustand
providers-column-number = Nr.
providers-column-register = Zu registrieren
providers-select = { $name } auswählen
providers-selected-one = { $name } ausgewählt. Insgesamt { $count } ausgewählt.
providers-cleared-one = { $name } ist nicht mehr ausgewählt. Insgesamt { $count } ausgewählt.
providers-not-selectable = { $name } kann nicht ausgewählt werden: Der Zustand ist { $state }, und Azure nimmt dann keine Änderungen an.
providers-not-read-yet = Noch nicht gelesen
providers-may-yes = Ihre Rollen erlauben es
providers-may-yes-detail = Ihre Rollen erlauben es. Nicht feststellbar, ob eine Ablehnungszuweisung oder eine Sperre es verbietet
providers-may-not = Kein Recht zum Registrieren
providers-no-right = Kein Recht
providers-may-unread = Ihre Rechte wurden nicht geprüft
providers-may-unknown = Rechte unbekannt
providers-may-condition = Rechte unbekannt: Sie hängen von einer Bedingung ab

providers-details = Details zu
providers-detail-id = Abonnement-ID
providers-detail-home = Mandant des Abonnements
providers-detail-groups = Verwaltungsgruppen
providers-detail-tags = Tags
providers-home-here = der Mandant, bei dem Sie angemeldet sind
providers-home-other = ein anderer Mandant, über Azure Lighthouse delegiert
providers-no-tags = Keine
providers-state-read-only = Azure nimmt in diesem Zustand keine Änderungen an. Aktivieren Sie zuerst das Abonnement.
providers-state-unknown = Es ist nicht bekannt, ob Azure in diesem Zustand Änderungen annimmt.

providers-ids = Nach ID auswählen
providers-ids-label = Abonnement-IDs
providers-ids-hint = Eine in jeder Zeile, oder durch Kommas oder Leerzeichen getrennt.
providers-ids-wrong = Dies ist keine Abonnement-ID: { $text }. Eine ID hat 32 Ziffern in fünf Gruppen, zum Beispiel 5e97358c-d99c-4558-af0c-de7774091dda.
providers-ids-missing = { $count ->
    [one] { $count } ID wurde nicht ausgewählt. Sie ist nicht in der Liste dieses Kontos, oder Azure nimmt in ihrem Zustand keine Änderungen an: { $ids }
   *[other] { $count } IDs wurden nicht ausgewählt. Sie sind nicht in der Liste dieses Kontos, oder Azure nimmt in ihrem Zustand keine Änderungen an: { $ids }
}
providers-ids-pick = Diese auswählen

providers-link-most = Der Link nennt kein Abonnement: Mit mehr als { $count } wäre er zu lang. Wählen Sie weniger aus, oder senden Sie stattdessen die IDs oder eines der Skripts.
providers-notes = Gut zu wissen
providers-note-groups = Eine Registrierung bei einer Verwaltungsgruppe registriert nichts in ihren Abonnements. Deshalb registriert diese Seite in jedem Abonnement. Filtern Sie nach einer Verwaltungsgruppe, um alle auszuwählen.
providers-note-policy = Azure Policy und gewöhnliche ARM- oder Bicep-Vorlagen können keine Ressourcenanbieter registrieren. Für künftige Abonnements führen Sie eine der Pipelines nach einem Zeitplan aus.
providers-note-rights = Zum Registrieren brauchen Sie die Berechtigung register/action jedes Anbieters, die in Mitwirkender und Besitzer enthalten ist.
providers-note-unregister = Hier wird kein Anbieter abgemeldet: Andere Personen im Abonnement verwenden ihn vielleicht schon. Die Registrierung kostet nichts.
providers-save-table = Angezeigte Tabelle als CSV speichern
providers-review = { $count ->
    [one] { $count } Abonnement überprüfen
   *[other] { $count } Abonnements überprüfen
}
providers-review-none = Auswahl überprüfen
providers-forbidden = Ihr Konto hat in { $count } dieser Abonnements kein Recht zum Registrieren
providers-forbidden-text = Azure wird diese Anforderungen ablehnen, soweit die Rollen Ihres Kontos das sagen. Lassen Sie sie weg, oder bitten Sie den Besitzer der Abonnements um eine Rolle:
providers-forbidden-drop = Diese weglassen
providers-nothing-to-do = Es gibt nichts zu registrieren: Wählen Sie Abonnements aus, in denen ein Ressourcenanbieter fehlt.

providers-review-lead = Es wurde noch nichts gesendet. Wählen Sie Registrieren aus, um diese Anforderungen zu senden.
providers-requests = Anforderungen
providers-requests-most = { $count ->
    [one] { $count } Anforderung zum Registrieren
   *[other] Höchstens { $count } Anforderungen zum Registrieren
}
providers-review-reads = Jedes Abonnement wird zuerst noch einmal gelesen, und nur was dann noch fehlt, wird angefordert. Azure registriert danach selbst; das dauert einige Minuten.
providers-review-left-out = { $count ->
    [one] { $count } ausgewähltes Abonnement wird weggelassen, weil darin nichts fehlt.
   *[other] { $count } ausgewählte Abonnements werden weggelassen, weil darin nichts fehlt.
}
providers-review-elsewhere = Diese Auswahl gehört zu einem anderen Mandanten oder einer anderen Cloud als Ihre Anmeldung. Melden Sie sich bei ihrem Mandanten an, um fortzufahren.
providers-signed-out = Sie sind abgemeldet, deshalb wurde nichts gesendet.
providers-plan-table = { $count ->
    [one] { $count } Abonnement
   *[other] { $count } Abonnements
}
providers-requests-of = Anforderungen für
providers-register = Registrieren

providers-export = Für andere Personen und Werkzeuge
providers-export-lead = Dieselbe Auswahl als Datei, auf Englisch und ohne Geheimnis. Jede Datei sagt in ihren ersten Zeilen, was sie macht.
providers-export-which = Datei
providers-export-azure-cli = Ein Skript für bash, zum einmaligen Ausführen
providers-export-powershell = Ein Skript, zum einmaligen Ausführen
providers-export-terraform = Mit dem AzAPI-Anbieter. Beim Entfernen wird nichts abgemeldet
providers-export-pipeline = Nach einem Zeitplan, auch für neue Abonnements
providers-export-role = Benutzerdefinierte Rolle für Azure CLI und Azure PowerShell
providers-export-role-text = Sie erlaubt, diese Anbieter zu registrieren und ihren Zustand zu lesen
providers-export-role-portal = Benutzerdefinierte Rolle für das Azure-Portal
providers-export-role-portal-text = Dieselbe Rolle in der Form, die das Portal liest
providers-export-save = { $name } speichern

providers-run-stopping = Wird beendet
providers-run-not-begun = Die Registrierung hat nicht begonnen
providers-run-stopped = Die Registrierung wurde beendet
providers-run-failed = Einige Registrierungen sind fehlgeschlagen
providers-run-left = Azure registriert noch
providers-run-complete = Alles ist registriert
providers-run-interrupted = Die Registrierung wurde unterbrochen
providers-run-progress = Registrierte Ressourcenanbieter
providers-done-of = { $done } von { $all } erledigt
providers-pace = { $begun } Anforderungen pro Minute, noch etwa { $minutes ->
    [one] { $minutes } Minute
   *[other] { $minutes } Minuten
}, bis die letzte gesendet ist.
providers-pace-unknown = Die restliche Zeit ist noch nicht bekannt.
providers-all-sent = Alles ist gesendet. Azure registriert; diese Seite sieht höchstens vier Minuten lang nach.
providers-may-leave = Sie können inzwischen die anderen Seiten verwenden. Lassen Sie diese Registerkarte geöffnet: Wenn sie geschlossen wird, weiß dieser Browser, was noch offen ist.
providers-count-registered = { $count } registriert
providers-count-registering = { $count } werden registriert
providers-count-left = { $count } Azure überlassen
providers-count-waiting = { $count } warten
providers-count-failed = { $count } fehlgeschlagen
providers-count-stopped = { $count } nicht gesendet
providers-throttled = Azure verlangt weniger Anforderungen
providers-throttled-until = Die Seite wartet mit Anforderungen dieser Art bis { $time } und macht dann selbst weiter.
providers-complete-text = Die Abonnements sind für ein Cloudverwaltungsgateway bereit. Wenn eine andere Person Sie darum gebeten hat, sagen Sie ihr Bescheid.
providers-left = { $count ->
    [one] { $count } Registrierung dauert lange
   *[other] { $count } Registrierungen dauern lange
}
providers-left-text = Azure hat die Anforderungen angenommen und macht selbst weiter; eine Region kann eine Viertelstunde oder länger brauchen. Lesen Sie die Liste später erneut. Inzwischen ist nichts blockiert, aber erstellen Sie das Gateway erst, wenn alles registriert ist.
providers-stopped-text = Gesendete Anforderungen bleiben gesendet. Sonst wurde nichts gesendet, und Sie können jederzeit fortfahren.
providers-other-tab = Eine andere Registerkarte dieser Seite registriert in diesem Mandanten. Warten Sie, bis sie fertig ist, oder beenden Sie es dort.
providers-not-recorded = Dieser Browser kann keine Aufzeichnung speichern
providers-store-blocked = Ein privates Fenster, eine Richtlinie oder eine einbettende Seite verhindert, dass diese Seite Daten speichert. Verwenden Sie ein normales Fenster.
providers-store-full = Es ist kein Platz. Geben Sie etwas von dem Speicher frei, den dieser Browser dieser Seite gibt.
providers-store-busy = Der Speicher dieses Browsers hat zehn Sekunden lang nicht geantwortet. Vielleicht blockiert ihn eine andere Registerkarte dieser Seite: Schließen Sie die anderen, oder starten Sie den Browser neu.
providers-use-scripts = Ohne Aufzeichnung sendet diese Seite nichts. Oder gehen Sie zurück, und verwenden Sie eines der Skripte auf der Überprüfung.
providers-sign-in-and-resume = Nach der Anmeldung zeigt diese Seite, was noch offen ist. Nichts geht von selbst weiter.
providers-next-tenant = In einem anderen Mandanten gibt es eine Auswahl
providers-next-tenant-text = { $count ->
    [one] { $count } Abonnement des Mandanten { $tenant } ist ausgewählt.
   *[other] { $count } Abonnements des Mandanten { $tenant } sind ausgewählt.
}
providers-problems = Was fehlgeschlagen ist
providers-problem-in = { $count ->
    [one] In { $count } Abonnement:
   *[other] In { $count } Abonnements:
}
providers-problems-more = { $count ->
    [one] Und { $count } weiterer Grund, in der Tabelle unten.
   *[other] Und { $count } weitere Gründe, in der Tabelle unten.
}
providers-run-table = { $count ->
    [one] { $count } Abonnement
   *[other] { $count } Abonnements
}
providers-run-show = Anzeigen
providers-result-failed = Fehlgeschlagen
providers-result-waiting = Wartet
providers-result-stopped = Nicht gesendet
providers-result-present = War registriert
providers-result-left = Azure überlassen
providers-to-table = Zurück zur Tabelle
providers-stop = Beenden
providers-retry = { $count ->
    [one] { $count } Abonnement erneut überprüfen
   *[other] { $count } Abonnements erneut überprüfen
}
