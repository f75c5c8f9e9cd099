### Roles: Microsoft's names, and the least role for each task.

role-global-administrator = Global Administrator
role-privileged-role-administrator = Privileged Role Administrator
role-application-administrator = Application Administrator
role-cloud-application-administrator = Cloud Application Administrator
role-ai-administrator = AI Administrator
role-application-developer = Application Developer
role-other = Another role

role-least-create-apps = Application Developer, who then owns the apps. Cloud Application Administrator and Application Administrator may too.
role-least-consent-to-server-app = Cloud Application Administrator, AI Administrator or Application Administrator, or a custom role that may grant these permissions.
role-least-consent-to-directory-read = Privileged Role Administrator, or a custom role that may grant this permission.
role-least-register-providers = Contributor on the subscription, or a custom role with the register action of each provider.

role-less-is-enough = Microsoft's page about registering these apps (2026-08-06) asks for Global Administrator. Less is enough: Microsoft's set-up checklist (2022-04-08) names lesser roles for registering, and its page about admin consent (2025-03-25) those for consenting. Creating the gateway afterwards takes a Global Administrator in the console.
