### A request for an exemption from the app management policy, to send to the person who manages it.

exemption-title = Ask for an exemption
exemption-lead = The person who manages app management policies can exempt this one app. Send this request with one of the two scripts.
exemption-not-yet = The app does not exist yet, and a policy can name only an existing app. Choose "{ $choice }", create the apps, and then send the request from the hand-over. Or ask for an exemption for your account, which the policy calls an excluded actor.
exemption-text = Request
exemption-powershell = Graph PowerShell
exemption-azure-cli = Azure CLI
exemption-save = Save
exemption-copy = Copy
exemption-mail-why = Please exempt the app { $app } in the tenant { $tenant } from the restriction on client secrets (passwordAddition, passwordLifetime).
exemption-mail-need = Why: Configuration Manager connects to Microsoft Entra ID with a client secret of its web (server) app: the import of the app asks for its secret key. Without a valid secret, the cloud management gateway and its clients stop working.
exemption-mail-what = What: a policy for this app only (appManagementPolicy) that allows client secrets valid for at most { $days } days. The app then no longer inherits the other restrictions of the tenant's default policy. Add those that it should keep.
exemption-mail-who = Who: Application Administrator, Cloud Application Administrator or Global Administrator. The tenant needs a Microsoft Entra Workload ID Premium license to manage these policies.
exemption-mail-where = Where: Microsoft Entra admin center > Enterprise apps > Application policies > Block password addition > All applications with exclusions. Or one of the attached scripts.
exemption-mail-app = Application (client) ID: { $id }
review-secret-later = Create the apps now, and the secret later
review-secret-later-detail = Everything else is set up. After the app is exempt, create the secret with "Check an existing pair".
reason-secret-later = You chose to create the secret later.
hand-over-secret-later = The secret is still missing
hand-over-secret-later-text = Both apps are set up. Send the request below, then check the pair. There you create the secret and get the values that Configuration Manager needs.
hand-over-check-pair = Check the pair
review-check-pair = Check the existing pair
subscription-read-only = Cannot be chosen: in this state, nothing can be registered or created in it.
subscription-other-tenant = Cannot be chosen: it belongs to the tenant { $tenant }, where the apps of this tenant cannot work.
