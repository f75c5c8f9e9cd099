//! An ID in a request, or a name in its place in a request that is only shown.

use std::fmt;

use serde::Serialize;
use serde::Serializer;

/// An ID in a request. A request that is shown before the run can have a name in place of an ID that does not exist yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdOrName<T> {
    /// The ID itself.
    Id(T),
    /// The name of an ID that does not exist yet. A request with a name is never sent.
    Name(&'static str),
}

impl<T> From<T> for IdOrName<T> {
    fn from(id: T) -> Self {
        Self::Id(id)
    }
}

impl<T: fmt::Display> fmt::Display for IdOrName<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => id.fmt(f),
            Self::Name(name) => f.write_str(name),
        }
    }
}

impl<T: fmt::Display> Serialize for IdOrName<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
