//! One request well done: deadline, retries, ledger.

pub mod host;
pub mod ledger;
pub mod paging;
pub mod retry;
