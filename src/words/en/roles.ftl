### Roles: Microsoft's names, and the least role for each task.

role-global-administrator = Global Administrator
role-privileged-role-administrator = Privileged Role Administrator
role-application-administrator = Application Administrator
role-cloud-application-administrator = Cloud Application Administrator
role-application-developer = Application Developer
role-other = Another role

role-least-create-apps = Application Developer, or any user where the tenant lets users register apps.
role-least-consent-to-server-app = Cloud Application Administrator or Application Administrator.
role-least-consent-to-directory-read = Privileged Role Administrator.
role-least-register-providers = Contributor on the subscription, or a custom role with the register action of each provider.
