//! Why config.json is refused. Every error names the key and the fix.

use crate::cmg::NameError;
use crate::config::PARENTS_MAX;
use crate::config::SIZE_MAX;
use crate::config::URI_NAME_MAX;
use crate::config::VERSION;
use crate::confusables::CharPosition;
use crate::confusables::escaped;
use crate::dns::DomainError;
use crate::ids::GuidError;
use crate::locale::Locale;
use crate::tenant::TenantHintError;

/// Why the file is refused. Keys are paths: `clients.public`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConfigError {
    /// The file is larger than [`SIZE_MAX`].
    TooLarge {
        /// Size of the file in bytes.
        bytes: usize,
    },
    /// The file is not UTF-8.
    NotUtf8,
    /// The file is not valid JSON from this position.
    NotJson {
        /// Line number, from 1.
        line: usize,
        /// Column number, from 1; 0 at the end of the previous line.
        column: usize,
    },
    /// Valid JSON, but not an object.
    NotAnObject,
    /// A key that this page does not know.
    UnknownKey {
        /// Path of the key.
        key: String,
    },
    /// A key that appears twice.
    RepeatedKey {
        /// Path of the key.
        key: String,
    },
    /// An invisible character in a key or its value.
    Unseen {
        /// Path of the key.
        key: String,
        /// The character and its position.
        spot: CharPosition,
    },
    /// The value must be a string.
    NotText {
        /// Path of the key.
        key: String,
    },
    /// The value must be an object.
    NotMembers {
        /// Path of the key.
        key: String,
    },
    /// The value must be a list.
    NotList {
        /// Path of the key.
        key: String,
    },
    /// The list has too many parents.
    TooManyParents {
        /// Number of entries in the list.
        count: usize,
    },
    /// A parent that is not in the form of an origin.
    Parent {
        /// The value in the file.
        text: String,
    },
    /// A parent that appears twice.
    RepeatedParent {
        /// The repeated parent.
        text: String,
    },
    /// A client ID that is not a GUID.
    ClientId {
        /// Path of the key.
        key: String,
        /// Why the GUID is refused.
        error: GuidError,
    },
    /// A cloud that this page does not know.
    Cloud {
        /// The value in the file.
        text: String,
    },
    /// A language that the page does not have.
    Language {
        /// The value in the file.
        text: String,
    },
    /// A tenant that is neither a GUID nor a domain.
    Tenant(TenantHintError),
    /// A name or another line of text that is refused.
    Line {
        /// Path of the key.
        key: String,
        /// Why the text is refused.
        error: NameError,
    },
    /// Both apps would have the same name.
    SameName,
    /// A file version that is newer than this page.
    Newer {
        /// The version in the file.
        version: u16,
    },
    /// The version is not a valid number.
    Version,
    /// The value must be true or false.
    NotBoolean {
        /// Path of the key.
        key: String,
    },
    /// A form of App ID URI that cannot be a default.
    UriForm {
        /// The value in the file.
        text: String,
    },
    /// A name that does not make an App ID URI in every tenant.
    UriName {
        /// The value in the file.
        text: String,
    },
    /// A value that is not a domain.
    UriDomain(DomainError),
    /// A secret lifetime that the wizard does not offer.
    SecretLife,
    /// A sign-in age that is not a number of minutes or is out of range.
    SignInAge,
    /// A contact that is neither a web page nor an email address.
    Contact {
        /// The value in the file.
        text: String,
    },
    /// A help link that is not a web page.
    HelpUrl {
        /// The value in the file.
        text: String,
    },
    /// A logo that is not a file in the page's folder.
    Logo {
        /// The value in the file.
        text: String,
    },
}

impl ConfigError {
    /// One sentence with the error and how to fix the file.
    #[must_use]
    pub fn sentence(&self, t: Locale) -> String {
        match self {
            Self::TooLarge { bytes } => t.config_too_large(bytes, SIZE_MAX),
            Self::NotUtf8 => t.config_not_utf8().to_owned(),
            Self::NotJson { line, column } => t.config_not_json(column, line),
            Self::NotAnObject => t.config_not_an_object().to_owned(),
            Self::UnknownKey { key } => t.config_unknown_key(shown(key)),
            Self::RepeatedKey { key } => t.config_repeated_key(shown(key)),
            Self::Unseen { key, spot } => {
                t.config_unseen(spot.character, shown(key), spot.position)
            }
            Self::NotText { key } => t.config_not_text(shown(key)),
            Self::NotMembers { key } => t.config_not_members(shown(key)),
            Self::NotList { key } => t.config_not_list(shown(key)),
            Self::TooManyParents { count } => t.config_too_many_parents(count, PARENTS_MAX),
            Self::Parent { text } => t.config_parent(shown(text)),
            Self::RepeatedParent { text } => t.config_repeated_parent(shown(text)),
            Self::ClientId { key, .. } => t.config_client_id(shown(key)),
            Self::Language { text } => t.config_language(shown(text)),
            Self::Cloud { text } => t.config_cloud(shown(text)),
            Self::Tenant(error) => t.config_tenant(error.sentence(t)),
            Self::Line { key, error } => of_line(t, &shown(key), error),
            Self::SameName => t.config_same_name().to_owned(),
            Self::Newer { version } => t.config_newer(VERSION, version),
            Self::Version => t.config_version(VERSION),
            Self::NotBoolean { key } => t.config_not_boolean(shown(key)),
            Self::UriForm { text } => t.config_uri_form(shown(text)),
            Self::UriName { text } => t.config_uri_name(URI_NAME_MAX, shown(text)),
            Self::UriDomain(error) => t.config_uri_domain(error.sentence(t)),
            Self::SecretLife => t.config_secret_life().to_owned(),
            Self::SignInAge => t.config_sign_in_age().to_owned(),
            Self::Contact { text } => t.config_contact(shown(text)),
            Self::HelpUrl { text } => t.config_help_url(shown(text)),
            Self::Logo { text } => t.config_logo(shown(text)),
        }
    }
}

fn of_line(t: Locale, key: &str, error: &NameError) -> String {
    match error {
        NameError::Empty => t.config_line_empty(key),
        NameError::TooLong { length, most } => t.config_line_too_long(key, length, most),
        NameError::Unseen(spot) => t.config_unseen(spot.character, key, spot.position),
        NameError::EdgeBlank => t.config_line_edge_blank(key),
    }
}

/// Text from the file, shortened and with invisible characters escaped.
fn shown(text: &str) -> String {
    const MOST: usize = 60;
    let mut start: String = text.chars().take(MOST).collect();
    if start.len() < text.len() {
        start.push('\u{2026}');
    }
    escaped(&start)
}
