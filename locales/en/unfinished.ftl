### Unfinished runs, and undoing what a run made.

unfinished-title = Unfinished runs
unfinished-lead = The journal of a run stays in this browser until 30 days after the run has ended. Nothing happens automatically: choose what to do.
unfinished-none = There is no unfinished run in this browser.
unfinished-banner-title = A run is not finished
unfinished-banner = The journal in this browser contains a run that was interrupted, or whose secret was not confirmed as saved.
unfinished-banner-action = View unfinished runs
unfinished-run = Run of { $began }
unfinished-account = Account
unfinished-tenant = Tenant ID
unfinished-cloud = Azure environment
unfinished-run-id = Run ID
unfinished-steps = Steps in the journal
unfinished-state-done = Done
unfinished-state-unknown = Unknown
unfinished-state-remains = Remains
unfinished-unknown-text = Sent, but no response was seen. The page checks it before anything is sent again.
unfinished-continue = Verify and continue
unfinished-continue-text = Reads the current state of the tenant, shows the remaining steps, and does only those.
unfinished-undo = Undo what this run made
unfinished-undo-text = Shows every request first. Removes, by ID, only what the journal records as made by this run.
unfinished-keep = Keep and export
unfinished-keep-text = Saves the journal as a file and closes the run. Nothing in the tenant changes.
unfinished-export = Save the journal
unfinished-secret-title = Have you saved the secret?
unfinished-secret-text = The run is complete, but the page was left before you confirmed that the secret is saved. The secret cannot be shown again. If you have it, select “I have saved it”. If not, continue: the page removes this secret and creates a new one.
unfinished-secret-saved = I have saved it
unfinished-state-closed = The run is closed.
unfinished-broken-title = Records that cannot be read
unfinished-broken = They are not a journal of this page, or are incomplete. Save them for a support case, or delete them.
unfinished-newer = A newer version of this page wrote them. Open that version to continue, or save them as a file.
unfinished-discard = Delete
unfinished-finished-title = Finished runs
unfinished-finished = { $count ->
    [one] The journal of 1 finished run is still in this browser. It contains the sign-in name, the tenant ID and what was typed, but no secret. It is removed 30 days after the run has ended. After that, this browser no longer knows that it created the apps: a setup with the same names then asks you to choose them.
   *[other] The journals of { $count } finished runs are still in this browser. They contain sign-in names, tenant IDs and what was typed, but no secret. Each is removed 30 days after its run has ended. After that, this browser no longer knows that it created the apps: a setup with the same names then asks you to choose them.
}
unfinished-finished-remove = Remove now
unfinished-other-title = Another account started this run
unfinished-other = { $account } started it, and only that account can continue or undo it. Sign in with that account. Or choose Keep and export, and then start your own run.
unfinished-file-title = Continue from a journal file
unfinished-file-label = Text of the journal file
unfinished-file-hint = Open the file you saved, copy all of it and paste it here. It holds no secret.
unfinished-file-broken = This is not a complete journal. Paste every line of the file, from the first to the last.
unfinished-file-newer = A newer version of this page wrote this journal. Open that version to continue.
unfinished-to = Unfinished runs

undo-title = Undo what the run made
undo-lead = These requests will be sent, in this order. Only what this run made is removed, by its ID.
undo-lead-found = Only what this run made is removed, by its ID. The rest of the tenant stays as it is.
undo-purge = Permanently: it cannot be restored.
undo-to-start = Back to the start
undo-finding = Reading the current state. If a response was lost, the page checks several times, which can take ten minutes.
undo-nothing = Nothing that this run made still exists.
undo-requests = { $count ->
    [one] 1 request
   *[other] { $count } requests
}
undo-soft-title = What deleting means
undo-soft = A deleted app can be restored for 30 days under App registrations, Deleted applications. Until then it keeps its App ID URI and its key, so this page cannot create it again under the same Application name.
undo-for-good = Delete the apps permanently, so that the same names are free at once
undo-providers = Resource providers stay registered: others in the subscription may already use them, and registering costs nothing.
undo-change = Removes what the run added. Later changes by others stay.
undo-stays = Nothing is sent: this page did not make it, or it was changed since.
undo-start = Undo
undo-again = Check again
undo-sign-in-title = Sign in to undo
undo-sign-in = Only the account that started the run can undo it.
undo-state-waiting = Waiting
undo-state-running = In progress
undo-state-done = Removed
undo-state-left = Left as it is
undo-state-changed = Changed since it was shown: check again
undo-state-failed = Failed
undo-done-title = The run is undone
undo-done = What it made is removed.
undo-not-done-title = Not everything is undone
undo-not-done = What is removed stays removed. Fix the problem shown below, then select Check again: only the rest is removed.
undo-notice-done = Undone.
undo-notice-not-done = Not everything is undone.
undo-back = Back

stop-other-page-title = A run is in progress in another window
stop-other-page = { $account } started a run in this tenant in another window of this browser. Continue there, or close that window first.
stop-other-page-unknown = A run in this tenant is in progress in another window of this browser. Continue there, or close that window first.
stop-other-tenant-title = Nothing was written
stop-other-tenant = The plan, the sign-in and the tenant you typed are not the same tenant. Sign in to the tenant you typed, or correct it, and review again.
stop-tenant-unknown = The verified domains of the tenant could not be read, so it is unknown whether it is the tenant you typed. Sign in to the tenant you typed, or type the ID of the tenant you are signed in to.
stop-old-title = Sign in again
stop-old = Nothing was written. The owner of this site requires a recent sign-in before anything is written, and yours is too old.
stop-changed-title = The tenant has changed since you reviewed
stop-changed = Nothing was written. The page read the tenant again, and this plan matches it. Review it again.
stop-blocked-title = This browser cannot store the journal
stop-blocked = Nothing is written without a journal. A private window, a policy or an embedding page prevents this page from storing data. Use a normal window, or keep the journal as a file.
stop-busy-title = This browser's storage does not respond
stop-busy = Nothing is written without a journal, and this browser has not stored a record for ten seconds. Another tab or window of this page may be blocking it: close the others, or restart the browser. Or keep the journal as a file.
stop-full-title = There is no room for the journal
stop-full = Nothing is written without a journal. Free some of the storage that this browser gives this page, or keep the journal as a file.
stop-file = Keep the journal in this page only. Save it as a file if the run does not finish: without it, the run cannot be continued in another window.
stop-before-title = Stopped before anything was changed
stop-before = You stopped while the page read the current state again.
stop-unread-title = The tenant could not be read again

resume-title = This continues an unfinished run
resume = The plan below contains only the remaining steps of the run that started { $began }. Requests without a response are checked before they are sent again.
resume-secret = The earlier secret of this run is removed by its key ID before a new one is created, because its value cannot be shown again.
