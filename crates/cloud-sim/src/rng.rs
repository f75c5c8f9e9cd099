//! All random-looking values of a simulated cloud, drawn from one seed so that runs are reproducible.
//!
//! Not for keys: the values are predictable and protect nothing.

use std::time::Duration;

use uuid::Builder;
use uuid::Uuid;

#[derive(Clone)]
pub(crate) struct Rng(fastrand::Rng);

impl Rng {
    pub(crate) fn new(seed: u64) -> Self {
        Self(fastrand::Rng::with_seed(seed))
    }

    /// The state, from which `restore` continues.
    pub(crate) fn state(&self) -> u64 {
        self.0.get_seed()
    }

    pub(crate) fn restore(&mut self, state: u64) {
        self.0.seed(state);
    }

    pub(crate) fn guid(&mut self) -> Uuid {
        let mut bytes = [0; 16];
        self.0.fill(&mut bytes);
        Builder::from_random_bytes(bytes).into_uuid()
    }

    pub(crate) fn fill(&mut self, buffer: &mut [u8]) {
        self.0.fill(buffer);
    }

    /// Random letters and digits.
    pub(crate) fn text(&mut self, length: usize) -> String {
        (0..length).map(|_| self.0.alphanumeric()).collect()
    }

    /// A number less than `end`, which is not zero.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0.usize(..end)
    }

    pub(crate) fn between(&mut self, least: Duration, most: Duration) -> Duration {
        let span = most.saturating_sub(least).as_millis();
        let drawn = self.0.u64(0..=u64::try_from(span).unwrap_or(u64::MAX));
        least + Duration::from_millis(drawn)
    }
}
