### Rollen: die Mindestrolle für jede Aufgabe.

role-least-create-apps = Anwendungsentwickler, der dann Besitzer der Apps ist. Cloudanwendungsadministrator und Anwendungsadministrator sind auch möglich.
role-least-consent-to-server-app = Cloudanwendungsadministrator, KI-Administrator oder Anwendungsadministrator oder eine benutzerdefinierte Rolle, die diese Berechtigungen erteilen kann.
role-least-consent-to-directory-read = Administrator für privilegierte Rollen oder eine benutzerdefinierte Rolle, die diese Berechtigung erteilen kann.
role-least-register-providers = Mitwirkender für das Abonnement oder eine benutzerdefinierte Rolle mit der Aktion zum Registrieren für jeden Anbieter.

