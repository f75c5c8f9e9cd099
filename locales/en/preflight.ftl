### The checks before a run: the questions, and the reason for each answer.

check-change-apps = May this account change the two apps?
check-create-apps = May this account register apps and create a secret?
check-consent-server = May this account consent for the client app?
check-consent-directory = May this account consent to Directory.Read.All?
check-register = May this account register resource providers?
check-uri = Will the tenant accept the App ID URI?
check-secret = Does the tenant allow the secret?
check-names = Are both Application names free?
check-deleted = Is the plan free of conflicts with deleted apps?
check-secret-unknown = The app management policy could not be read. The tenant may refuse the secret when it is created.
check-secret-free = No policy limits how long a secret is valid.
check-secret-within = { $days ->
    [one] The policy allows one day.
   *[other] The policy allows { $days } days, which is enough.
}
check-secret-over = { $days ->
    [one] The policy allows one day. Choose a shorter secret key validity period or ask for an exemption.
   *[other] The policy allows { $days } days. Choose a shorter secret key validity period or ask for an exemption.
}
check-names-yes = No other app has either name.
check-deleted-yes = No app deleted in the last 30 days holds the App ID URI or this tool's key.
check-not-readable = This could not be read. The run will show it.
check-secret-not-needed = The app has a secret that still works, so none is created.
check-secret-spared = A policy of this tenant restricts secrets. It does not apply to this app.
check-secret-perhaps = A policy of this tenant blocks secrets. It may exempt this app or your account, which cannot be read here. The run will show it.
check-secret-perhaps-over = { $days ->
    [one] A policy of this tenant allows one day. It may exempt this app or your account, which cannot be read here. The run will show it.
   *[other] A policy of this tenant allows { $days } days. It may exempt this app or your account, which cannot be read here. The run will show it.
}
check-secret-unreadable = A policy of this tenant limits how long secrets are valid, in a form that this page does not know. The run will show it.
check-tenant-kind = Is this a workforce tenant?
check-tenant-kind-other = Microsoft reports the tenant type { $kind }, which this page does not know.
check-subscription = Can the subscription be used?
check-subscription-ok = It belongs to this tenant, and its state allows changes.
check-subscription-read-only = Its state is { $state }, so nothing can be registered or created in it. Enable it in the Azure portal or choose another subscription.
check-subscription-state = Its state ({ $state }) or its tenant could not be read. The run will show it.
