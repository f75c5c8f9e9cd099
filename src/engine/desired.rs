//! What the admin wants: a Draft as typed, and the Desired it becomes once checked.
