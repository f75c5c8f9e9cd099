//! Three-valued answers: a value that was not read is different from a value that is absent.
//!
//! `Known` is about a value, `Answer` about a question. The code that reads a value reports why it could not be read.

/// A value that was read, or the fact that it was not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Known<T> {
    /// The value was read.
    Known(T),
    /// The value was not requested, could not be read, or could not be interpreted.
    #[default]
    Unknown,
}

impl<T> Known<T> {
    /// Borrows the value, if any.
    #[must_use]
    pub fn as_ref(&self) -> Known<&T> {
        match self {
            Self::Known(value) => Known::Known(value),
            Self::Unknown => Known::Unknown,
        }
    }

    /// Applies a function to the value, if any.
    #[must_use]
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Known<U> {
        match self {
            Self::Known(value) => Known::Known(change(value)),
            Self::Unknown => Known::Unknown,
        }
    }

    /// The value as an `Option`, for callers that treat "not read" and "absent" alike.
    #[must_use]
    pub fn known(self) -> Option<T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Unknown => None,
        }
    }

    /// Applies a predicate to the value; `CannotTell` if there is none.
    #[must_use]
    pub fn ask(&self, question: impl FnOnce(&T) -> bool) -> Answer {
        match self {
            Self::Known(value) => Answer::from(question(value)),
            Self::Unknown => Answer::CannotTell,
        }
    }
}

/// A reader returns `None` if the response lacks the property.
impl<T> From<Option<T>> for Known<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Unknown, Self::Known)
    }
}

/// Yes, no, or "cannot tell".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    /// The facts that were read say yes.
    Yes,
    /// The facts that were read say no.
    No,
    /// The facts that were read do not decide.
    CannotTell,
}

impl Answer {
    /// Yes if either is yes; no only if both are no.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Yes, _) | (_, Self::Yes) => Self::Yes,
            (Self::No, Self::No) => Self::No,
            (Self::CannotTell, _) | (_, Self::CannotTell) => Self::CannotTell,
        }
    }

    /// No if either is no; yes only if both are yes.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.opposite().or(other.opposite()).opposite()
    }

    /// Swaps yes and no. `CannotTell` stays unchanged.
    #[must_use]
    pub fn opposite(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            Self::CannotTell => Self::CannotTell,
        }
    }
}

impl From<bool> for Answer {
    fn from(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn and_and_or_follow_three_valued_logic() {
        use Answer::{CannotTell, No, Yes};
        for (a, b, or, and) in [
            (Yes, Yes, Yes, Yes),
            (Yes, No, Yes, No),
            (No, No, No, No),
            (Yes, CannotTell, Yes, CannotTell),
            (No, CannotTell, CannotTell, No),
            (CannotTell, CannotTell, CannotTell, CannotTell),
        ] {
            assert_eq!((a.or(b), b.or(a)), (or, or), "{a:?} or {b:?}");
            assert_eq!((a.and(b), b.and(a)), (and, and), "{a:?} and {b:?}");
        }
    }

    #[test]
    fn a_question_about_an_unknown_value_gives_cannot_tell() {
        assert_eq!(Known::Known(3).ask(|n| *n > 2), Answer::Yes);
        assert_eq!(Known::Known(1).ask(|n| *n > 2), Answer::No);
        assert_eq!(Known::<i32>::Unknown.ask(|n| *n > 2), Answer::CannotTell);
    }

    #[test]
    fn a_missing_property_is_unknown() {
        assert_eq!(Known::from(None::<u8>), Known::Unknown);
        assert_eq!(Known::from(Some(7)).map(|n| n + 1).known(), Some(8));
    }
}
