//! What the tab remembers across the sign-in redirect and a reload: the answers, and the place they were given at.
//!
//! What is read back is untrusted text, because every page of the same address can write it. What is refused is kept and shown.

use serde::Deserialize;

use crate::domain::words::Words;
use crate::engine::desired::DRAFT_VERSION;
use crate::engine::desired::Draft;

/// Where the draft is kept.
pub const DRAFT: &str = "draft";
/// Where a refused draft is kept, out of the way of the one that is typed instead.
pub const REFUSED: &str = "draft-refused";
/// Where the place is kept while the sign-in page is shown.
pub const PLACE: &str = "place";

/// Longest draft read back. The longest that can be typed in earnest is far below.
const LONGEST: usize = 64 * 1024;

/// Why a stored draft was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyNot {
    /// Longer than any draft.
    TooLong,
    /// Not JSON.
    NotJson,
    /// Another version's record.
    Version,
    /// This version's number, and not its keys or types.
    Shape,
}

impl WhyNot {
    /// In words.
    #[must_use]
    pub fn sentence(self, words: Words) -> &'static str {
        match self {
            Self::TooLong => words.start_draft_too_long(),
            Self::NotJson => words.start_draft_not_json(),
            Self::Version => words.start_draft_version(),
            Self::Shape => words.start_draft_shape(),
        }
    }
}

/// Reads a stored draft: all of it or nothing.
///
/// # Errors
/// Why it is not one of ours.
pub fn read_draft(text: &str) -> Result<Draft, WhyNot> {
    #[derive(Deserialize)]
    struct Stamp {
        version: u32,
    }
    if text.len() > LONGEST {
        return Err(WhyNot::TooLong);
    }
    let refused = match serde_json::from_str::<Draft>(text) {
        Ok(draft) if draft.version == DRAFT_VERSION => return Ok(draft),
        Ok(_) => return Err(WhyNot::Version),
        Err(error) => error,
    };
    if !refused.is_data() {
        return Err(WhyNot::NotJson);
    }
    match serde_json::from_str::<Stamp>(text) {
        Ok(stamp) if stamp.version != DRAFT_VERSION => Err(WhyNot::Version),
        Ok(_) | Err(_) => Err(WhyNot::Shape),
    }
}

/// The draft as it is kept.
#[must_use]
pub fn write_draft(draft: &Draft) -> String {
    // A record of texts and flags always has a JSON form; an empty text would be refused when read, never misread.
    serde_json::to_string(draft).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::cloud::Cloud;

    #[test]
    fn a_draft_comes_back_as_it_was_typed() {
        let mut draft = Draft::new(Cloud::UsGov, Uuid::from_u128(7));
        draft.group_names = "Zürich \u{202e}\n\"quoted\"\n".to_owned();
        draft.user_discovery = true;
        assert_eq!(read_draft(&write_draft(&draft)), Ok(draft));
    }

    #[test]
    fn a_draft_of_another_making_is_refused_and_not_half_read() {
        let good = write_draft(&Draft::new(Cloud::Public, Uuid::from_u128(7)));
        let refused = |text: String, why| assert_eq!(read_draft(&text), Err(why), "{text:.80}");
        refused(String::new(), WhyNot::NotJson);
        refused(good[..40].to_owned(), WhyNot::NotJson);
        refused(
            good.replace("\"version\":1", "\"version\":2"),
            WhyNot::Version,
        );
        refused(
            "{\"version\":3,\"anything\":{}}".to_owned(),
            WhyNot::Version,
        );
        refused("{\"version\":1}".to_owned(), WhyNot::Shape);
        refused(good.replacen('{', "{\"extra\":1,", 1), WhyNot::Shape);
        refused("[]".to_owned(), WhyNot::Shape);
        refused(format!("{good}{}", " ".repeat(LONGEST)), WhyNot::TooLong);
    }
}
