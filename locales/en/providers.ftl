### The resource providers of many subscriptions: the table, the review and the registration.

providers-lead = Register the resource providers that a cloud management gateway needs, in one Azure subscription or in thousands. This needs no role in Microsoft Entra ID, and nothing of the set-up.
providers-wanted = Resource providers
providers-wanted-legend = Register these
providers-none-wanted = Select at least one resource provider. Nothing can be registered without one.
providers-account = Account
providers-sign-in = The sign-in is for Azure alone. This page then reads with the rights of your account, and writes nothing before you have seen the list of requests.
providers-without-azure = You are signed in without access to Azure. Sign in again to add it.
providers-tenant = Tenant
providers-another-tenant = Another tenant or account
providers-another-tenant-text = What you selected stays, so you can select subscriptions in several tenants, one tenant after the other.
providers-own-tenants = Other tenants of this account
providers-tenants-unread = The names of your tenants could not be read
providers-tenants-more = { $count ->
    [one] And { $count } more. Type its domain or ID:
   *[other] And { $count } more. Type a domain or an ID:
}
providers-other-selections = Selected in other tenants
providers-sign-in-there = Sign in to this tenant
providers-drop-selection = Drop this selection
providers-selected = { $count ->
    [one] { $count } subscription selected
   *[other] { $count } subscriptions selected
}

providers-unfinished = A registration has not reached its end
providers-unfinished-text = { $account } began it on { $began } for { $all ->
    [one] { $all } subscription
   *[other] { $all } subscriptions
}. According to the records of this browser, { $left ->
    [one] { $left } of them has something left
   *[other] { $left } of them have something left
}. Azure goes on with what it has taken, and registering again does no harm.
providers-resume = Review and continue
providers-discard = Remove the record
providers-unreadable = The record of a registration cannot be read
providers-unreadable-text = A newer version of this page has written it, or it is damaged. Open the newer version to continue from it. Without the record, read the list: it shows what is registered.

providers-subscriptions = Subscriptions
providers-reading = Reading the list of subscriptions: { $count } so far.
providers-listed = { $count ->
    [one] { $count } subscription listed.
   *[other] { $count } subscriptions listed.
}
providers-list-part = The list could not be read to its end. What was read is below.
providers-none-title = No subscription
providers-none = This account cannot read any subscription in this tenant. Check whether you signed in to the right tenant. A subscription appears here once the account has a role in it, such as Reader.
providers-from-graph = Azure Resource Graph gave the list.
providers-from-manager = Azure Resource Manager gave the list, because Azure Resource Graph did not answer
providers-groups-unread = The management groups could not be read
providers-cut-title = The list is not complete
providers-cut = Azure Resource Graph leaves out subscriptions of an account that can read more than 10,000. Sign in with an account for a part of them, or select by ID with one of the scripts.
providers-count-missing = { $count } not registered
providers-count-under-way = { $count } registering
providers-count-cannot-tell = { $count } cannot tell
providers-count-complete = { $count } ready
providers-states-reading = Reading what is registered
providers-states-left = Reading what is registered: { $left } of { $all } subscriptions left.
providers-states-read = It is known what is registered in each subscription.
providers-rights-ask = { $count ->
    [one] Check the rights in { $count } shown subscription
   *[other] Check the rights in { $count } shown subscriptions
}
providers-rights-left = Checking your rights: { $left } subscriptions left.
providers-rights-hint = Azure answers about 120 such reads a minute, so it is quicker to filter first. The check is a hint: it does not include deny assignments and locks.

providers-search = Search
providers-search-hint = Name, ID, management group or tag
providers-filters = Filter and sort
providers-filter-progress = Registration
providers-filter-rights = Your rights
providers-filter-group = Management group, at any level above
providers-filter-tag = Tag
providers-any = Any
providers-progress-missing = Something is not registered
providers-progress-under-way = Registering
providers-progress-complete = Everything is registered
providers-order = Sort by
providers-reverse = In reverse order
providers-show-all = Show all subscriptions
providers-shown = { $count ->
    [one] { $count } subscription shown.
   *[other] { $count } subscriptions shown.
}
providers-shown-of = { $shown } of { $all } shown, { $selected } selected
providers-select-shown = Select all shown
providers-clear-shown = Clear all shown
providers-no-match = No subscription fits the search and the filter.

providers-table = Subscriptions: { $rows }, { $selected } selected
providers-table-print = A print has the rows in sight. The CSV file has all rows that are shown.
providers-table-keys = In the table: arrow keys, Page Up and Page Down, Home and End, Space to select, Ctrl+A to select all shown.
providers-column-select = Select
providers-column-name = Subscription
providers-column-group = Management group
providers-column-state = State
providers-column-number = No.
providers-column-register = To register
providers-select = Select { $name }
providers-selected-one = { $name } selected. { $count } selected in all.
providers-cleared-one = { $name } is no longer selected. { $count } selected in all.
providers-not-selectable = { $name } cannot be selected: its state is { $state }, and Azure takes no changes then.
providers-not-read-yet = Not read yet
providers-may-yes = Your roles allow it
providers-may-yes-detail = Your roles allow it. Cannot tell whether a deny assignment or a lock forbids it
providers-may-not = No right to register
providers-no-right = No right
providers-may-unread = Your rights were not checked
providers-may-unknown = Rights unknown
providers-may-condition = Rights unknown: they depend on a condition

providers-details = Details of
providers-detail-id = Subscription ID
providers-detail-home = Tenant of the subscription
providers-detail-groups = Management groups
providers-detail-tags = Tags
providers-home-here = the tenant that you are signed in to
providers-home-other = another tenant, delegated through Azure Lighthouse
providers-no-tags = None
providers-state-read-only = Azure takes no changes in this state. Enable the subscription first.
providers-state-unknown = It is unknown whether Azure takes changes in this state.

providers-ids = Select by ID
providers-ids-label = Subscription IDs
providers-ids-hint = One on each line, or separated by commas or spaces.
providers-ids-wrong = This is not a subscription ID: { $text }. An ID has 32 digits in five groups, such as 5e97358c-d99c-4558-af0c-de7774091dda.
providers-ids-missing = { $count ->
    [one] { $count } ID was not selected. It is not in the list of this account, or Azure takes no changes in its state: { $ids }
   *[other] { $count } IDs were not selected. They are not in the list of this account, or Azure takes no changes in their state: { $ids }
}
providers-ids-pick = Select these

providers-link-most = The link names no subscription: with more than { $count } it would be too long. Select fewer, or send the IDs or one of the scripts instead.
providers-notes = Good to know
providers-note-groups = Registering at a management group does not register in its subscriptions. So this page registers in each subscription; filter by a management group to select them all.
providers-note-policy = Azure Policy and ordinary ARM or Bicep templates cannot register resource providers. For the subscriptions of tomorrow, run one of the pipelines on a schedule.
providers-note-rights = Registering needs the permission register/action of each provider, which Contributor and Owner include.
providers-note-unregister = Nothing here unregisters a provider: other people in the subscription may already use it. Registering costs nothing.
providers-save-table = Save the shown table as CSV
providers-review = { $count ->
    [one] Review { $count } subscription
   *[other] Review { $count } subscriptions
}
providers-review-none = Review the selection
providers-forbidden = Your account has no right to register in { $count } of these subscriptions
providers-forbidden-text = Azure will refuse these requests, as far as the roles of your account say. Leave them out, or ask the owner of the subscriptions for a role:
providers-forbidden-drop = Leave these out
providers-nothing-to-do = Nothing to register: select subscriptions in which a resource provider is missing.

providers-review-lead = Nothing has been sent yet. Select Register to send these requests.
providers-requests = Requests
providers-requests-most = { $count ->
    [one] { $count } request to register
   *[other] At most { $count } requests to register
}
providers-review-reads = Each subscription is read again first, and only what is still missing is requested. Azure then registers by itself; that takes some minutes.
providers-review-left-out = { $count ->
    [one] { $count } selected subscription is left out, because nothing is missing in it.
   *[other] { $count } selected subscriptions are left out, because nothing is missing in them.
}
providers-review-elsewhere = This selection is of another tenant or cloud than your sign-in. Sign in to its tenant to continue.
providers-signed-out = You are signed out, so nothing was sent.
providers-plan-table = { $count ->
    [one] { $count } subscription
   *[other] { $count } subscriptions
}
providers-requests-of = Requests for
providers-register = Register

providers-export = For other people and tools
providers-export-lead = The same selection as a file, in English, without any secret. Each file says in its first lines what it does.
providers-export-which = File
providers-export-azure-cli = A script for bash, to run once
providers-export-powershell = A script, to run once
providers-export-terraform = With the AzAPI provider. Destroying it unregisters nothing
providers-export-pipeline = On a schedule, also for new subscriptions
providers-export-role = Custom role, for Azure CLI and Azure PowerShell
providers-export-role-text = It allows to register these providers, and to read their state
providers-export-role-portal = Custom role, for the Azure portal
providers-export-role-portal-text = The same role in the form that the portal reads
providers-export-save = Save { $name }

providers-run-stopping = Stopping
providers-run-not-begun = The registration has not begun
providers-run-stopped = The registration was stopped
providers-run-failed = Some registrations failed
providers-run-left = Azure is still registering
providers-run-complete = Everything is registered
providers-run-interrupted = The registration was interrupted
providers-run-progress = Registered resource providers
providers-done-of = { $done } of { $all } done
providers-pace = { $begun } requests a minute, about { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
} until the last one is sent.
providers-pace-unknown = The time left is not known yet.
providers-all-sent = Everything is sent. Azure is registering; this page looks for four minutes at most.
providers-may-leave = You can use the other pages meanwhile. Keep this tab open: if it closes, this browser knows what is left.
providers-count-registered = { $count } registered
providers-count-registering = { $count } registering
providers-count-left = { $count } left to Azure
providers-count-waiting = { $count } waiting
providers-count-failed = { $count } failed
providers-count-stopped = { $count } not sent
providers-throttled = Azure asks for fewer requests
providers-throttled-until = The page waits until { $time } with requests of this kind, and then goes on by itself.
providers-complete-text = The subscriptions are ready for a cloud management gateway. If another person asked you for this, tell them.
providers-left = { $count ->
    [one] { $count } registration takes long
   *[other] { $count } registrations take long
}
providers-left-text = Azure took the requests and goes on by itself; a region can take a quarter of an hour or longer. Read the list again later. Nothing is blocked meanwhile, but create the gateway only when everything is registered.
providers-stopped-text = Requests that were sent stay sent. Nothing else was sent, and you can continue at any time.
providers-other-tab = Another tab of this page is registering in this tenant. Wait until it has ended, or stop it there.
providers-not-recorded = This browser cannot store a record
providers-store-blocked = A private window, a policy or an embedding page prevents this page from storing data. Use a normal window.
providers-store-full = There is no room. Free some of the storage that this browser gives this page.
providers-store-busy = The storage of this browser has not answered for ten seconds. Another tab of this page may be blocking it: close the others, or restart the browser.
providers-use-scripts = Without a record, this page sends nothing. Or go back, and use one of the scripts on the review.
providers-sign-in-and-resume = After the sign-in, this page shows what is left. Nothing continues by itself.
providers-next-tenant = There is a selection in another tenant
providers-next-tenant-text = { $count ->
    [one] { $count } subscription of the tenant { $tenant } is selected.
   *[other] { $count } subscriptions of the tenant { $tenant } are selected.
}
providers-problems = What failed
providers-problem-in = { $count ->
    [one] In { $count } subscription:
   *[other] In { $count } subscriptions:
}
providers-problems-more = { $count ->
    [one] And { $count } more reason, in the table below.
   *[other] And { $count } more reasons, in the table below.
}
providers-run-table = { $count ->
    [one] { $count } subscription
   *[other] { $count } subscriptions
}
providers-run-show = Show
providers-result-failed = Failed
providers-result-waiting = Waiting
providers-result-stopped = Not sent
providers-result-present = Was registered
providers-result-left = Left to Azure
providers-to-table = Back to the table
providers-stop = Stop
providers-retry = { $count ->
    [one] Review { $count } subscription again
   *[other] Review { $count } subscriptions again
}
