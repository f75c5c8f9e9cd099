### The run and the hand-over.

run-lead-left-out = The rest is left to an account with other rights. Select Continue after you signed in with such an account, or after your role was activated.
run-repair-lead-complete = Check the pair again to confirm that it is right now.
run-retire-lead-complete = Nothing is left to do here.
run-retire-deleted = Deleted
run-retire-until = Until { $day } (UTC) they can be restored: check the pair by a client ID, and select Restore the deleted app. After that day, Microsoft Entra ID deletes them permanently.
run-check-again = Check the pair again
run-lead-underway = Keep this page open until the run is done. Stop waits for requests already sent, then ends the run.
run-lead-complete = Everything is set up. One step is left: enter the values in Configuration Manager.
run-lead-paused = Completed steps are kept. See below why the run paused, then select Continue: it reads the current state and continues with the same step.
run-lead-stopped = You stopped the run. Completed steps are kept and not repeated. Select Continue to do the rest, or Undo or keep.
run-lead-failed = Fix the problem shown below, then select Continue. Completed steps are kept and not repeated.
run-started = Started
run-passed = Elapsed time
run-seconds = { $count ->
    [one] one second
   *[other] { $count } seconds
}
run-minutes = { $minutes } min { $seconds } s
run-account = Account
run-now = Now
run-now-reads = Reads the tenant before the next change.
run-now-answers = { $count ->
    [one] Waits for the answer to one request.
   *[other] Waits for the answers to { $count } requests.
}
run-left = Time left
run-left-about = About { $time }, an estimate from the steps so far
run-left-at-most = At most { $time }. After that, Azure completes the registration without this page.
run-progress = Progress
run-steps = Steps
run-attempts = { $count ->
    [one] 1 request
   *[other] { $count } requests
}
run-request = request ID
run-stop = Stop
run-undo-or-keep = Undo or keep
run-hand-over = Go to the hand-over
run-evidence = Evidence
run-sign-in = Sign in again
run-problems = What went wrong

run-requests = Requests over time
run-requests-text = Each line is a step. Select a step to see its requests, their answers, and what it waited for.
run-lane-reads = Reads before the first change
run-lane-queue = Queue: needs other steps first
run-lane-request = Request
run-lane-refused = Request that was refused or has no answer
run-lane-wait = Wait before the next request
run-lane-seconds = { $seconds } s
run-lane-after = After { $time }
run-lane-answer = Status { $status } after { $time }
run-lane-unanswered = No answer after { $time }
run-lane-not-sent = Not sent
run-lane-throttled = Waited { $time }: the service limited requests.
run-lane-server-busy = Waited { $time }: the service was busy.
run-lane-no-answer = Waited { $time } after a request without an answer.
run-lane-copying = Waited { $time }: the directory was copying the new object to all its servers.
run-lane-offline = Waited { $time }: the browser was offline.
run-lane-registering = Waited { $time }: Azure was registering it.

run-state-waiting = Waiting
run-state-kept = Kept
run-state-left-out = Left out
run-state-under-way = Azure continues it
run-skipped-because = It depends on a step that is not complete: { $step }

run-note-throttled = The service is limiting requests. Continues in { $seconds } s.
run-note-server-busy = The service is busy. Tries again in { $seconds } s.
run-note-no-answer = No response arrived. Tries again in { $seconds } s.
run-note-copying = The directory is copying the new object to all its servers. Checks again in { $seconds } s.
run-note-offline = The browser is offline. The run continues when the browser is online again.
run-note-looking = No response arrived, and the request must not be sent twice. Checking whether it was carried out.
run-note-registering = Azure is registering it. Checks again in { $seconds } s.

hand-over-lead = Open the Azure Services wizard of the console and copy these values into it, or run the script.
hand-over-secret = The secret
hand-over-secret-text = Its value is shown on this page only, until you confirm that you have saved it. Microsoft Entra ID never shows it again.
hand-over-secret-label = Secret Key
hand-over-secret-show = Show
hand-over-secret-hide = Hide
hand-over-secret-saved = I have saved it
hand-over-secret-hint = Paste it into the console now, or keep it in a password vault. Windows can keep copied text in its clipboard history.
hand-over-secret-ends = Expires on { $day } (UTC)
hand-over-secret-none = The value of the secret is not on this page. If you do not have it, go back to the review and create another secret.
hand-over-secret-unseen-text = If you remove it now, nobody has it. Configuration Manager cannot use the apps without a secret, and you would have to create another one.
hand-over-secret-remove = Remove it without saving
hand-over-values = What to enter
hand-over-ready = Both apps are set up
hand-over-copy-all = Copy all values without the secret
hand-over-choose = Choose it in the console.
hand-over-script = Or run the script
hand-over-script-text = It imports both apps, creates the connection and updates the server app with the cmdlets of Configuration Manager. Run with -CreateGateway, it creates the gateway too. It asks for the secret and does not contain it.
hand-over-script-save = Save the script (.ps1)
hand-over-script-copy = Copy the script
hand-over-script-show = Read the script
hand-over-record = Save the record (.json)
hand-over-record-text = Everything that was set up, without the value of the secret.
hand-over-steps = Next steps
hand-over-other-tenant = The subscription of the gateway is in another tenant
hand-over-disable = Disable Microsoft Entra authentication for a tenant without users and devices
hand-over-done = When you are done
hand-over-done-text = Signing out removes the sign-in from this page. What was set up in the tenant stays.
hand-over-run = Back to the run
hand-over-renewed-title = Enter the new secret in Configuration Manager
hand-over-renewed-lead = The site knows both apps already. Only the secret is new.
hand-over-files = Keep for later
hand-over-left-out = Not everything is set up yet
hand-over-left-out-text = Configuration Manager can use the apps only after the changes below. Sign in with an account that may make them, or give it the link to these answers.
hand-over-incomplete = The run is not complete
hand-over-incomplete-text = The values below are correct, but a step is missing. The run shows which one and what to do.
hand-over-retired = Nothing to enter
hand-over-retired-text = The run deleted apps of this pair, so Configuration Manager can no longer use it.
hand-over-missing = The hand-over is not complete
hand-over-missing-text = Something that Configuration Manager needs is missing. The run shows what, and what to do next.

## The result of another person's run, and sending one back.
received-lead = Another person has set up the apps. Enter these values in Configuration Manager.
received-of-plan = This is the result of the plan with your answers.
received-of-other-plan = This is not the result of the plan with your current answers. If you have changed them since, compare the plan hash with the one that you sent.
received-what = What was set up
received-compare = A file can be changed on its way. Compare the tenant ID and the client IDs with the person who ran the plan, by another way than this file.
received-no-hash = The record names none
received-secret = The secret is not in this file
received-secret-text = Get it from the person who ran the plan, in a password vault that only the two of you can read. Do not let them send it by mail, chat or ticket. The import script asks for it, and so does the console.
received-secret-value = The secret value, from the person who ran the plan.
received-secret-ended = It expired on { $day } (UTC), so ask for a new secret and a new record.
received-close = Close the result
hand-over-back = Send the result back
hand-over-back-text = The person who made the plan opens this record on the plan page and gets the import script and the next steps.
hand-over-back-secret = Give the secret another way: in a password vault that only the two of you can read, not in a mail, a chat or a ticket.
