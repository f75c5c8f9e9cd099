//! The simulated sign-in service.

use jiff::Timestamp;

use crate::sim::Sim;
use crate::world::Request;
use crate::world::Response;

/// What the sign-in service remembers: codes, refresh tokens, sessions.
#[derive(Default)]
pub struct Entra {}

/// Answers a request to a sign-in host.
pub(in crate::sim) fn handle(_sim: &mut Sim, _now: Timestamp, _request: &Request) -> Response {
    Response::default()
}

/// A person goes to the authorize URL, signs in and consents: the fragment the page is returned with, without `#`.
pub(in crate::sim) fn authorize(_sim: &mut Sim, _now: Timestamp, _url: &str) -> String {
    String::new()
}
