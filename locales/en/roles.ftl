### Roles: the least role for each task.

role-least-create-apps = Application Developer, who then owns the apps. Cloud Application Administrator and Application Administrator can too.
role-least-consent-to-server-app = Cloud Application Administrator, AI Administrator or Application Administrator, or a custom role that can grant these permissions.
role-least-consent-to-directory-read = Privileged Role Administrator, or a custom role that can grant this permission.
role-least-register-providers = Contributor on the subscription, or a custom role with the register action of each provider.

