### The evidence page.

evidence-lead = Save what a run planned, sent and got as answers, for auditors and change tickets. Check whether such a file was changed.
evidence-run = Evidence of this run
evidence-no-run = This tab has no run that has ended. Save the evidence of a run before you sign out or close its tab: it is kept nowhere else.
evidence-run-text = { $count ->
    [one] One entry: what was planned, approved, sent and answered. It contains no token and no secret value. The names of apps and the tenant and your account name are in it.
   *[other] { $count } entries: what was planned, approved, sent and answered. They contain no token and no secret value. The names of apps and the tenant and your account name are in them.
}
evidence-end-hash = End hash (SHA-256)
evidence-end-hash-hint = Note the end hash in another place, such as the change ticket. It is the same in every format, and only a noted hash shows that someone replaced the whole file.
evidence-format = Format
evidence-format-hint = The file is in English in every language of this page.
evidence-json = JSON
evidence-json-detail = For programs. Only this format can be checked below.
evidence-html = HTML
evidence-html-detail = To read and print. The file loads and runs nothing.
evidence-markdown = Markdown
evidence-markdown-detail = For a ticket or a repository.
evidence-har = HAR
evidence-har-detail = The requests with their answers, for the developer tools of a browser. Without headers of the sign-in and without the bodies of answers.
evidence-save = Save the evidence
evidence-check = Check evidence
evidence-check-text = The check compares the hash of every entry with its content. It needs no sign-in, and nothing leaves this page.
evidence-pack = Evidence (JSON)
evidence-pack-hint = Paste the text of a file whose name begins with cmg-evidence and ends with .json.
evidence-noted = Noted end hash
evidence-noted-hint = The end hash that was noted when the evidence was saved. Without it, the check cannot find out whether someone changed entries and then made all hashes again.
evidence-noted-wrong = An end hash has 64 characters, 0 to 9 and a to f. Copy all of it.
evidence-intact = Intact
evidence-intact-text = Every hash fits. A person who changes the file can also make all hashes again, so compare the end hash with one that was noted elsewhere.
evidence-intact-noted = Every hash fits, and the end hash is the one you entered.
evidence-other-end = Changed, or the evidence of another run
evidence-other-end-text = Every hash fits, but the end hash is not the one you entered. Someone made all hashes again, or the file is not the one whose hash was noted.
evidence-changed = Changed
evidence-changed-head = The hash before the entries does not fit: something that describes the run was changed.
evidence-changed-entry = Entry { $number } is the first one whose hash does not fit: it was changed, added or moved, or the entry before it was removed.
evidence-changed-missing = Entry { $number } is missing: the file says that it has { $count } entries.
evidence-changed-end = The end hash in the file is not the hash of the last entry: it was changed.
evidence-cannot-tell = Cannot tell
evidence-cannot-tell-text = This text cannot be checked, so nothing is said about changes. The message beside the field says why.
evidence-too-large = Evidence has at most 5 MB, and the browser must be able to read the file. Choose the JSON file that this page saved.
evidence-truncated = The text ends before its JSON does, so a part of the file is missing. Choose the complete file.
evidence-not-json = This text is not JSON. Choose the JSON file that this page saved, unchanged.
evidence-repeated = A property is named twice, so programs read different values. Choose the file that this page saved, unchanged.
evidence-other-format = Only JSON can be checked. Choose the JSON file with the same end hash.
evidence-other-kind = This file is not evidence. Choose a file whose name begins with cmg-evidence and ends with .json.
evidence-newer = A newer version of this page wrote the file. Check it with that version.
evidence-shape = The property { $property } is not as this page writes it, although the hashes fit, so another program wrote the file. Choose the file that this page saved.
evidence-entries = Entries
evidence-run-id = Run
evidence-account = Account
evidence-approved = Approved
evidence-back = Back to the run
