//! What the tab remembers across the sign-in redirect and a reload: the answers, and the place they were given at.
//!
//! What is read back is untrusted text, because every page of the same address can write it. What is refused is kept and shown.

use serde_json::Value;

use crate::ui::entry::Entry;
use crate::ui::uri_check::UriCheck;
use domain::json;
use domain::words::Words;
use engine::desired::DRAFT_VERSION;
use engine::desired::Draft;

/// Where the draft is kept.
pub const DRAFT: &str = "draft";
/// Where a refused draft is kept, out of the way of the one that is typed instead.
pub const REFUSED: &str = "draft-refused";
/// Where the place is kept while the sign-in page is shown.
pub const PLACE: &str = "place";

/// Where the wizard's draft is kept while a repair's is in its place.
pub const PARKED: &str = "draft-parked";
/// Where the client ID is kept that was pasted to be checked.
pub const PAIR: &str = "pair";

/// Where the texts of the App ID URI page are kept.
pub const CHECK: &str = "app-id-uri";
/// Where is kept what a link has filled in, and what was there before.
pub const LINK: &str = "link";
/// Where the answers of the client ID page are kept.
pub const FORM: &str = "client-id";
/// Where a journal is kept that the browser has no other place for. It holds nothing secret.
pub const JOURNAL: &str = "journal";

/// Longest text read back. The longest that can be typed in earnest is far below.
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
    if text.len() > LONGEST {
        return Err(WhyNot::TooLong);
    }
    let value = json::parse(text.as_bytes()).map_err(|error| {
        if error.is_data() {
            WhyNot::Shape
        } else {
            WhyNot::NotJson
        }
    })?;
    let version = value.get("version").and_then(Value::as_u64);
    if version.is_some_and(|version| version != u64::from(DRAFT_VERSION)) {
        return Err(WhyNot::Version);
    }
    serde_json::from_value(value).map_err(|_| WhyNot::Shape)
}

/// The draft as it is kept.
#[must_use]
pub fn write_draft(draft: &Draft) -> String {
    // A record of texts and flags always has a JSON form; an empty text would be refused when read, never misread.
    serde_json::to_string(draft).unwrap_or_default()
}

/// Reads the texts of the App ID URI page: all of them or nothing.
#[must_use]
pub fn read_check(text: &str) -> Option<UriCheck> {
    if text.len() > LONGEST {
        return None;
    }
    let mut check = UriCheck::default();
    for (name, value) in form_urlencoded::parse(text.as_bytes()) {
        if let Some(entry) = Entry::find(&name) {
            check.set(entry, value.into_owned());
        }
    }
    // What this page wrote, it would write again, letter by letter. Anything else is somebody else's.
    (write_check(&check) == text).then_some(check)
}

/// The texts of the App ID URI page as they are kept.
#[must_use]
pub fn write_check(check: &UriCheck) -> String {
    let mut text = form_urlencoded::Serializer::new("version=1".to_owned());
    for (entry, typed) in check.typed() {
        text.append_pair(entry.key(), typed);
    }
    text.finish()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use domain::cloud::Cloud;

    #[test]
    fn a_draft_comes_back_as_it_was_typed() {
        let mut draft = Draft::new(Cloud::UsGov, Uuid::from_u128(7));
        draft.group_names = "Zürich \u{202e}\n\"quoted\"\n".to_owned();
        draft.user_discovery = true;
        assert_eq!(read_draft(&write_draft(&draft)), Ok(draft));
    }

    #[test]
    fn the_texts_of_the_uri_page_come_back_as_typed_and_nobody_elses_do() {
        let mut check = UriCheck::default();
        for (entry, text) in [
            (Entry::CheckCloud, "usgov"),
            (Entry::CheckDomains, "zürich.ch\n\n&=+%20"),
            (Entry::CheckUri, "api://\u{202e}\u{fffd}"),
            (Entry::CheckName, ""),
        ] {
            check.set(entry, text.to_owned());
        }
        let good = write_check(&check);
        assert_eq!(read_check(&good), Some(check));
        for bad in [
            String::new(),
            good[..good.len() - 1].to_owned() + "x=1",
            good.replace("version=1", "version=2"),
            good.replace("check-cloud=usgov&", ""),
            good.replace("check-cloud=usgov", "check-cloud=usgov&check-cloud=usgov"),
            format!("{good}&tenant=x"),
            format!("{good}&version=1"),
            good.replace("%2520", "%25%32%30"),
            format!("{good}{}", "x".repeat(LONGEST)),
        ] {
            assert_eq!(read_check(&bad), None, "{bad:.200}");
        }
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
