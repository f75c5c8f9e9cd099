### The run and the hand-over.

run-title-underway = Setting up is under way
run-title-complete = Setting up is complete
run-title-failed = Setting up has failed
run-title-paused = Setting up is paused
run-title-stopped = Setting up was stopped
run-repair-underway = The changes are under way
run-repair-complete = The changes are made
run-repair-failed = Making the changes has failed
run-repair-paused = Making the changes is paused
run-repair-stopped = Making the changes was stopped
run-repair-lead-complete = Check the pair again to see that it is right now.
run-check-again = Check the pair again
run-lead-underway = Keep this page open until it is done. Stop ends it after the requests that are on their way.
run-lead-complete = Everything is there. One thing is left here: enter it in Configuration Manager.
run-lead-paused = What is done stays done. See below why it paused, then continue: it goes on at the same step, after reading what is there.
run-lead-failed = What is done stays done and is found again. Mend what is told below, then continue: only what is left will be done.
run-stopping = Stopping. Requests on their way are waited for.
run-started = Started
run-passed = Time passed
run-seconds = { $count ->
    [one] one second
   *[other] { $count } seconds
}
run-minutes = { $minutes } min { $seconds } s
run-account = Account
run-count = { $done } of { $all } done
run-progress = Progress
run-steps = Steps
run-attempts = { $count ->
    [one] 1 request
   *[other] { $count } requests
}
run-request = request ID
run-stop = Stop
run-continue = Continue
run-back-to-steps = Change the answers
run-undo-or-keep = Undo or keep
run-hand-over = Go to the hand-over
run-sign-in = Sign in again
run-told = What went wrong

run-state-waiting = Waiting
run-state-running = Under way
run-state-done = Done
run-state-kept = Kept
run-state-under-way = Azure goes on with it
run-state-failed = Failed
run-state-skipped = Not tried
run-skipped-because = It needs what failed: { $step }

run-note-throttled = The service asks to slow down. Goes on in { $seconds } s.
run-note-server-busy = The service is busy. Tries again in { $seconds } s.
run-note-no-answer = No answer came. Tries again in { $seconds } s.
run-note-copying = The directory is copying the new object to all its servers. Looks again in { $seconds } s.
run-note-offline = The browser is offline. Goes on by itself when it is back.
run-note-looking = No answer came, and the request must not be sent twice. Looking whether it was carried out.
run-note-registering = Azure is registering it. Looks again in { $seconds } s.

hand-over-title = Enter it in Configuration Manager
hand-over-lead = Open the Azure Services wizard of the console and copy these values into it, or run the script.
hand-over-secret = The secret
hand-over-secret-text = Its value is shown on this page only, until you say that you have saved it. Microsoft Entra ID never shows it again.
hand-over-secret-label = Secret Key
hand-over-secret-show = Show
hand-over-secret-hide = Hide
hand-over-secret-saved = I have saved it
hand-over-secret-hint = Paste it into the console at once, or keep it in a password vault. Windows can keep copied text in its clipboard history.
hand-over-secret-ends = Ends on { $day } (UTC)
hand-over-secret-gone = The secret is gone from this page.
hand-over-secret-none = The value of the secret is not on this page. If you do not have it, go back to the review and make one more.
hand-over-save-first = Save the secret first. Leaving the page would take its only copy away.
hand-over-values = What to enter
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
hand-over-done-text = Signing out makes this page forget the sign-in. What was set up stays.
hand-over-run = Back to the run
hand-over-missing = The hand-over is not complete
hand-over-missing-text = Something that Configuration Manager needs is not there yet. Go back to the run to see what.
