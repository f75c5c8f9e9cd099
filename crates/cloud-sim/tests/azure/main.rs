//! Azure Resource Manager as a client sees it, with thousands of subscriptions.

// With `cfg(test)`, clippy allows `unwrap` in helper functions of these files, as it does in tests.
#[cfg(test)]
mod changes;
#[cfg(test)]
mod client;
#[cfg(test)]
mod estate;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod lists;
#[cfg(test)]
mod registrations;
#[cfg(test)]
mod resource_graph;
