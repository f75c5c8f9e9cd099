//! Why config.json was refused: always by the name of the key, and with the mend.

use crate::domain::cmg::NameError;
use crate::domain::config::PARENTS_MAX;
use crate::domain::config::SIZE_MAX;
use crate::domain::ids::GuidError;
use crate::domain::lookalike::Spot;
use crate::domain::lookalike::escaped;
use crate::domain::tenant::TenantHintError;
use crate::domain::words::Words;

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
    /// A name that no app can have.
    Name {
        /// The key.
        key: String,
        /// What is wrong with it.
        error: NameError,
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
            Self::Name { key, error } => words.config_name(shown(key), error.sentence(words)),
        }
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
