//! What session storage keeps across the sign-in redirect and a reload: the answers, and the page they were given on.
//!
//! Stored text is untrusted, because every page of the same origin can write it. Rejected text is kept and shown.

use serde_json::Value;

use crate::ui::app_id_uri::state::UriCheck;
use crate::ui::field_id::FieldId;
use domain::json;
use domain::locale::Locale;
use engine::desired::DRAFT_VERSION;
use engine::desired::Draft;

/// Key of the draft.
pub const DRAFT: &str = "draft";
/// Key of a rejected draft, separate from the draft that replaces it.
pub const REFUSED: &str = "draft-refused";
/// Key of the page to return to after the sign-in.
pub const PLACE: &str = "place";

/// Key of the wizard's draft while a repair's draft replaces it.
pub const SAVED_DRAFT: &str = "draft-parked";
/// Key of the client ID pasted for the pair check.
pub const PAIR: &str = "pair";

/// Key of the input on the App ID URI page.
pub const CHECK: &str = "app-id-uri";
/// Key of the fields that a link filled in, with the values before it.
pub const LINK: &str = "link";
/// Key of the hash of the plan whose answers are in use.
pub const PLAN: &str = "plan";
/// Key of the answers and selections on the resource provider page.
pub const PROVIDERS: &str = "providers";
/// Key of the answers on the client ID page.
pub const FORM: &str = "client-id";
/// Key of the chosen theme; `first.js` has the same key.
pub const THEME: &str = "theme";
/// Key of the chosen language; `boot.js` has the same key.
pub const LANGUAGE: &str = "language";
/// Key of a journal that the browser cannot store elsewhere. It holds no secret.
pub const JOURNAL: &str = "journal";

/// Longest text read back, in bytes. Realistic input is far shorter.
const LONGEST: usize = 64 * 1024;

/// Why a stored draft was rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftError {
    TooLong,
    NotJson,
    /// The record has another version.
    Version,
    /// The version matches, but its keys or types do not.
    Shape,
}

impl DraftError {
    #[must_use]
    pub fn sentence(self, t: Locale) -> &'static str {
        match self {
            Self::TooLong => t.start_draft_too_long(),
            Self::NotJson => t.start_draft_not_json(),
            Self::Version => t.start_draft_version(),
            Self::Shape => t.start_draft_shape(),
        }
    }
}

/// Parses a stored draft, all of it or nothing.
///
/// # Errors
/// Why the text is not a valid draft.
pub fn read_draft(text: &str) -> Result<Draft, DraftError> {
    if text.len() > LONGEST {
        return Err(DraftError::TooLong);
    }
    let value = json::parse(text.as_bytes()).map_err(|error| {
        if error.is_data() {
            DraftError::Shape
        } else {
            DraftError::NotJson
        }
    })?;
    let version = value.get("version").and_then(Value::as_u64);
    if version.is_some_and(|version| version != u64::from(DRAFT_VERSION)) {
        return Err(DraftError::Version);
    }
    serde_json::from_value(value).map_err(|_| DraftError::Shape)
}

#[must_use]
pub fn write_draft(draft: &Draft) -> String {
    // A record of texts and flags always serializes. If it did not, the empty text would be rejected when read.
    serde_json::to_string(draft).unwrap_or_default()
}

/// Parses the input of the App ID URI page, all of it or nothing.
#[must_use]
pub fn read_check(text: &str) -> Option<UriCheck> {
    if text.len() > LONGEST {
        return None;
    }
    let mut check = UriCheck::default();
    for (name, value) in form_urlencoded::parse(text.as_bytes()) {
        if let Some(entry) = FieldId::find(&name) {
            check.set(entry, value.into_owned());
        }
    }
    // Only text that this page would write again byte by byte is accepted; other text came from somewhere else.
    (write_check(&check) == text).then_some(check)
}

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
    fn a_draft_is_restored_exactly_as_typed() {
        let mut draft = Draft::new(Cloud::UsGov, Uuid::from_u128(7));
        draft.group_names = "Zürich \u{202e}\n\"quoted\"\n".to_owned();
        draft.user_discovery = true;
        assert_eq!(read_draft(&write_draft(&draft)), Ok(draft));
    }

    #[test]
    fn the_uri_check_is_restored_and_invalid_data_is_refused() {
        let mut check = UriCheck::default();
        for (entry, text) in [
            (FieldId::CheckCloud, "usgov"),
            (FieldId::CheckDomains, "zürich.ch\n\n&=+%20"),
            (FieldId::CheckUri, "api://\u{202e}\u{fffd}"),
            (FieldId::CheckName, ""),
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
    fn an_invalid_draft_is_refused_with_a_reason() {
        let good = write_draft(&Draft::new(Cloud::Public, Uuid::from_u128(7)));
        let refused = |text: String, why| assert_eq!(read_draft(&text), Err(why), "{text:.80}");
        refused(String::new(), DraftError::NotJson);
        refused(good[..40].to_owned(), DraftError::NotJson);
        refused(
            good.replace("\"version\":1", "\"version\":2"),
            DraftError::Version,
        );
        refused(
            "{\"version\":3,\"anything\":{}}".to_owned(),
            DraftError::Version,
        );
        refused("{\"version\":1}".to_owned(), DraftError::Shape);
        refused(good.replacen('{', "{\"extra\":1,", 1), DraftError::Shape);
        refused("[]".to_owned(), DraftError::Shape);
        refused(
            format!("{good}{}", " ".repeat(LONGEST)),
            DraftError::TooLong,
        );
    }
}
