### Runs that are not finished, and taking back what a run made.

unfinished-title = Unfinished runs
unfinished-lead = The journal of a run stays in this browser until 30 days after the run has ended. Nothing happens by itself: choose what to do.
unfinished-none = There is no unfinished run in this browser.
unfinished-banner-title = A run is not finished
unfinished-banner = The journal in this browser holds a run that was cut short, or whose secret nobody has confirmed to have saved.
unfinished-banner-action = Look at it
unfinished-run = Run of { $began }
unfinished-account = Account
unfinished-tenant = Tenant ID
unfinished-cloud = Azure environment
unfinished-began = Started
unfinished-run-id = Run ID
unfinished-steps = What the journal tells
unfinished-state-done = Done
unfinished-state-unknown = Unknown
unfinished-state-remains = Remains
unfinished-unknown-text = Sent, and no answer seen. It is looked up before anything is sent again.
unfinished-continue = Verify and continue
unfinished-continue-text = Reads the tenant as it is now, shows what is left, and does that only.
unfinished-undo = Undo what this run made
unfinished-undo-text = Shows every request first. Removes by ID only what the journal says this run has made.
unfinished-keep = Keep and export
unfinished-keep-text = Saves the journal as a file and closes the run. Nothing in the tenant changes.
unfinished-export = Save the journal
unfinished-secret-title = Have you saved the secret?
unfinished-secret-text = The run is complete, but the page was left before you said that the secret is saved. Nobody can show it again. If you have it, say so. If not, continue: its unusable secret is removed and a new one is made.
unfinished-secret-saved = I have saved it
unfinished-told-closed = The run is closed.
unfinished-broken-title = Records that cannot be read
unfinished-broken = They are not a journal of this page, or not a whole one. Save them for a support case, or throw them away.
unfinished-newer = A newer version of this page wrote them. Open that version to continue, or save them as a file.
unfinished-discard = Throw away
unfinished-finished-title = Finished runs
unfinished-finished = { $count ->
    [one] The journal of 1 finished run is still in this browser. It holds the sign-in name, the tenant ID and what was typed, and no secret. It is removed 30 days after the run has ended. Afterwards this browser does not know that the apps are its own: a set-up with the same names then asks you to choose them.
   *[other] The journals of { $count } finished runs are still in this browser. They hold sign-in names, tenant IDs and what was typed, and no secret. Each is removed 30 days after its run has ended. Afterwards this browser does not know that the apps are its own: a set-up with the same names then asks you to choose them.
}
unfinished-finished-remove = Remove now
unfinished-other-title = Another account began this run
unfinished-other = { $account } began it, and only that account can continue or undo it. Sign in with that account. Or keep what is there and export the journal, and then begin a run of your own.
unfinished-file-title = Continue from a journal file
unfinished-file-label = Text of the journal file
unfinished-file-hint = Open the file you saved, copy all of it and paste it here. It holds no secret.
unfinished-file-broken = This is not a whole journal. Paste every line of the file, from the first to the last.
unfinished-file-newer = A newer version of this page wrote this journal. Open that version to continue.
unfinished-to = Unfinished runs

undo-title = Undo what the run made
undo-lead = These requests will be sent, in this order. Only what this run made is removed, by its ID.
undo-lead-found = Only what this run made is removed, by its ID. The rest of the tenant stays as it is.
undo-purge = Permanently: it cannot be restored.
undo-to-start = Back to the start
undo-finding = Reading what is there. Where an answer was lost, this looks several times and may take ten minutes.
undo-nothing = This run has made nothing that is still there.
undo-requests = { $count ->
    [one] 1 request
   *[other] { $count } requests
}
undo-soft-title = What deleting means
undo-soft = A deleted app can be restored for 30 days, with its service principal, under App registrations, Deleted applications. Until then it keeps its App ID URI and its key, so this page cannot make it again under the same Application name.
undo-for-good = Delete the apps permanently, so that the same names are free at once
undo-providers = Resource providers stay registered: others in the subscription may use them by now, and registering costs nothing.
undo-change = Takes away what the run has added. What others have changed since stays.
undo-stays = Nothing is sent: it is not this page's, or somebody has changed it since.
undo-start = Undo
undo-again = Look again
undo-sign-in-title = Sign in to undo
undo-sign-in = Only the account that began the run can undo it.
undo-state-waiting = Waiting
undo-state-running = Under way
undo-state-done = Removed
undo-state-left = Left as it is
undo-state-changed = Changed since it was shown: look again
undo-state-failed = Failed
undo-done-title = The run is undone
undo-done = What it made is gone.
undo-not-done-title = Not everything is undone
undo-not-done = What is removed stays removed. Mend what is told below and look again: only what is left will be removed.
undo-told-done = Undone.
undo-told-not-done = Not everything is undone.
undo-back = Back

stop-other-page-title = Another window is at it
stop-other-page = { $account } has begun a run in this tenant in another window of this browser. Go on there, or close that window first.
stop-other-page-unknown = A run in this tenant is under way in another window of this browser. Go on there, or close that window first.
stop-other-tenant-title = Nothing was written
stop-other-tenant = The plan, the sign-in and the tenant typed are not of one tenant. Sign in to the tenant typed, or correct it, and review again.
stop-tenant-unknown = The verified domains of the tenant could not be read, so nobody can tell whether it is the tenant typed. Sign in to the tenant typed, or type the ID of the tenant you are signed in to.
stop-old-title = Sign in once more
stop-old = Nothing was written. The people who host this page ask for a new sign-in before anything is, and yours has become too old.
stop-changed-title = The tenant has changed since you reviewed
stop-changed = Nothing was written. The tenant was read again, and this is the plan that fits it now. Review it once more.
stop-blocked-title = This browser keeps no journal
stop-blocked = Nothing is written without one. A private window, a policy or an embedding page keeps this page from storing anything. Use an ordinary window, or keep the journal as a file.
stop-busy-title = This browser does not answer
stop-busy = Nothing is written without a journal, and this browser has not stored a record for ten seconds. Another tab or window of this page may hold the records: close the others, or restart the browser. Or keep the journal as a file.
stop-full-title = There is no room for the journal
stop-full = Nothing is written without one. Free some of the storage this browser gives this page, or keep the journal as a file.
stop-file = Keep the journal in this page only. Save it as a file if the run does not finish: without it, the run cannot be continued in another window.
stop-unread-title = The tenant could not be read again

resume-title = This continues an unfinished run
resume = The plan below holds only what is left of the run that began { $began }. What was sent without an answer is looked up before it is sent again.
resume-secret = The earlier secret of this run is removed by its key ID before a new one is made: nobody has its text.
