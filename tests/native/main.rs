//! The native tests: one binary without a browser.

// With `cfg(test)`, clippy allows `unwrap` in helper functions of these files, as it does in tests.
#[cfg(test)]
mod app_id_uri;
#[cfg(test)]
mod architecture;
#[cfg(test)]
mod config;
#[cfg(test)]
mod contract;
#[cfg(test)]
mod documents;
#[cfg(test)]
mod entra;
#[cfg(test)]
mod evidence;
#[cfg(test)]
mod exports;
#[cfg(test)]
mod frame;
#[cfg(test)]
mod fuzzed;
#[cfg(test)]
mod hosting;
#[cfg(test)]
mod input;
#[cfg(test)]
mod installs;
#[cfg(test)]
mod journal;
mod language;
mod links;
#[cfg(test)]
mod no_azure;
#[cfg(test)]
mod opening;
#[cfg(test)]
mod other_tenant;
#[cfg(test)]
mod page;
#[cfg(test)]
mod pair_check;
#[cfg(test)]
mod parent_events;
#[cfg(test)]
mod parts;
#[cfg(test)]
mod plan;
#[cfg(test)]
mod providers;
#[cfg(test)]
mod providers_faults;
#[cfg(test)]
mod providers_page;
#[cfg(test)]
mod recipes;
#[cfg(test)]
mod refused;
#[cfg(test)]
mod reminder;
#[cfg(test)]
mod repairs;
#[cfg(test)]
mod report;
#[cfg(test)]
mod run_page;
#[cfg(test)]
mod scenarios;
#[cfg(test)]
mod security;
#[cfg(test)]
mod session;
mod session_end;
#[cfg(test)]
mod shared_plan;
#[cfg(test)]
mod shell;
#[cfg(test)]
mod sign_in;
#[cfg(test)]
mod site;
#[cfg(test)]
mod step_up;
#[cfg(test)]
mod stored;
#[cfg(test)]
mod stories;
#[cfg(test)]
mod supply;
#[cfg(test)]
mod theme;
#[cfg(test)]
mod unfinished;
#[cfg(test)]
mod views;
#[cfg(test)]
mod wizard;
