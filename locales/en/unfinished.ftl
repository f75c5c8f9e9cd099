### Unfinished runs, and undoing what a run made.

unfinished-lead = The journal of a run stays in this browser until 30 days after the run has ended. Nothing happens automatically: choose what to do.
unfinished-none = There is no unfinished run in this browser.
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
unfinished-file-title = Continue from a journal file
unfinished-file-label = Text of the journal file
unfinished-file-hint = Open the file you saved, copy all of it and paste it here. It holds no secret.
unfinished-file-broken = This is not a complete journal. Paste every line of the file, from the first to the last.
unfinished-file-newer = A newer version of this page wrote this journal. Open that version to continue.

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
undo-back = Back
