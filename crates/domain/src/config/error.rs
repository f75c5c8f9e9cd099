//! Why config.json was refused: always by the name of the key, and with the mend.

use crate::cmg::NameError;
use crate::config::PARENTS_MAX;
use crate::config::SIZE_MAX;
use crate::config::URI_NAME_MAX;
use crate::config::VERSION;
use crate::dns::DomainError;
use crate::ids::GuidError;
use crate::lookalike::Spot;
use crate::lookalike::escaped;
use crate::tenant::TenantHintError;
use crate::words::Words;

/// Why the file was refused. Keys are written as a path: `clients.public`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConfigError {
    /// More than [`SIZE_MAX`].
    TooLarge {
        /// How large it is.
        bytes: usize,
    },
    /// Not UTF-8.
    NotUtf8,
    /// Not JSON, from this place on.
    NotJson {
        /// Line, from 1.
        line: usize,
        /// Column, from 1; 0 at the end of the line before.
        column: usize,
    },
    /// JSON, but no object.
    NotAnObject,
    /// A key that means nothing here.
    UnknownKey {
        /// The key.
        key: String,
    },
    /// A key that comes twice.
    RepeatedKey {
        /// The key.
        key: String,
    },
    /// A character nobody sees, in a key or its text.
    Unseen {
        /// The key.
        key: String,
        /// Which character.
        spot: Spot,
    },
    /// Something else where a text belongs.
    NotText {
        /// The key.
        key: String,
    },
    /// Something else where an object belongs.
    NotMembers {
        /// The key.
        key: String,
    },
    /// Something else where a list belongs.
    NotList {
        /// The key.
        key: String,
    },
    /// More parents than anybody has.
    TooManyParents {
        /// How many.
        count: usize,
    },
    /// A parent that is not written as an origin is.
    Parent {
        /// The text found.
        text: String,
    },
    /// A parent that comes twice.
    RepeatedParent {
        /// The parent.
        text: String,
    },
    /// A client ID that is no GUID.
    ClientId {
        /// The key.
        key: String,
        /// What is wrong with it.
        error: GuidError,
    },
    /// A cloud that is not one of ours.
    Cloud {
        /// The text found.
        text: String,
    },
    /// A tenant that is neither GUID nor domain.
    Tenant(TenantHintError),
    /// A name or another line of text that cannot be used.
    Line {
        /// The key.
        key: String,
        /// What is wrong with it.
        error: NameError,
    },
    /// Both apps would have the same name.
    SameName,
    /// A version this page does not know yet.
    Newer {
        /// Which.
        version: u16,
    },
    /// Something else where the version belongs.
    Version,
    /// Something else where true or false belongs.
    NotBoolean {
        /// The key.
        key: String,
    },
    /// A form of App ID URI that is not one of those offered.
    UriForm {
        /// The text found.
        text: String,
    },
    /// A name that makes no App ID URI in every tenant.
    UriName {
        /// The text found.
        text: String,
    },
    /// A domain that is none.
    UriDomain(DomainError),
    /// A life of the secret that the wizard does not offer.
    SecretLife,
    /// An age of a sign-in that is no number of minutes, or out of bounds.
    SignInAge,
    /// A contact that is neither a page nor a mail address.
    Contact {
        /// The text found.
        text: String,
    },
    /// Help that is no page.
    HelpUrl {
        /// The text found.
        text: String,
    },
    /// A logo that is no file beside the page.
    Logo {
        /// The text found.
        text: String,
    },
}

impl ConfigError {
    /// What is wrong in the file, and the mend.
    #[must_use]
    pub fn sentence(&self, words: Words) -> String {
        match self {
            Self::TooLarge { bytes } => words.config_too_large(bytes, SIZE_MAX),
            Self::NotUtf8 => words.config_not_utf8().to_owned(),
            Self::NotJson { line, column } => words.config_not_json(column, line),
            Self::NotAnObject => words.config_not_an_object().to_owned(),
            Self::UnknownKey { key } => words.config_unknown_key(shown(key)),
            Self::RepeatedKey { key } => words.config_repeated_key(shown(key)),
            Self::Unseen { key, spot } => {
                words.config_unseen(spot.character, shown(key), spot.position)
            }
            Self::NotText { key } => words.config_not_text(shown(key)),
            Self::NotMembers { key } => words.config_not_members(shown(key)),
            Self::NotList { key } => words.config_not_list(shown(key)),
            Self::TooManyParents { count } => words.config_too_many_parents(count, PARENTS_MAX),
            Self::Parent { text } => words.config_parent(shown(text)),
            Self::RepeatedParent { text } => words.config_repeated_parent(shown(text)),
            Self::ClientId { key, .. } => words.config_client_id(shown(key)),
            Self::Cloud { text } => words.config_cloud(shown(text)),
            Self::Tenant(error) => words.config_tenant(error.sentence(words)),
            Self::Line { key, error } => of_line(words, &shown(key), error),
            Self::SameName => words.config_same_name().to_owned(),
            Self::Newer { version } => words.config_newer(VERSION, version),
            Self::Version => words.config_version(VERSION),
            Self::NotBoolean { key } => words.config_not_boolean(shown(key)),
            Self::UriForm { text } => words.config_uri_form(shown(text)),
            Self::UriName { text } => words.config_uri_name(URI_NAME_MAX, shown(text)),
            Self::UriDomain(error) => words.config_uri_domain(error.sentence(words)),
            Self::SecretLife => words.config_secret_life().to_owned(),
            Self::SignInAge => words.config_sign_in_age().to_owned(),
            Self::Contact { text } => words.config_contact(shown(text)),
            Self::HelpUrl { text } => words.config_help_url(shown(text)),
            Self::Logo { text } => words.config_logo(shown(text)),
        }
    }
}

fn of_line(words: Words, key: &str, error: &NameError) -> String {
    match error {
        NameError::Empty => words.config_line_empty(key),
        NameError::TooLong { length, most } => words.config_line_too_long(key, length, most),
        NameError::Unseen(spot) => words.config_unseen(spot.character, key, spot.position),
        NameError::EdgeBlank => words.config_line_edge_blank(key),
    }
}

/// What somebody wrote, short and with nothing unseen in it.
fn shown(text: &str) -> String {
    const MOST: usize = 60;
    let mut start: String = text.chars().take(MOST).collect();
    if start.len() < text.len() {
        start.push('\u{2026}');
    }
    escaped(&start)
}
