//! Reads files that this page has written: property by property, and strictly, because other programs and people can change a file.

use serde::de::DeserializeOwned;

use domain::json;
use domain::json::Object;

/// Why a file is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileError {
    /// The file is larger than any file of its kind.
    TooLarge,
    /// The file is not JSON, or a property name is repeated.
    NotJson,
    /// JSON, but a file of another kind.
    OtherKind,
    /// A newer version of the tool wrote the file.
    Newer,
    /// A property has the wrong type or value.
    Shape {
        /// Path of the property.
        property: &'static str,
    },
    /// An object has an unexpected property.
    Extra {
        /// Path of the object.
        object: &'static str,
    },
}

/// Parses the text as a JSON object.
///
/// # Errors
/// The text has more than `most` bytes, or is not a JSON object.
pub fn object(text: &str, most: usize) -> Result<Object, FileError> {
    if text.len() > most {
        return Err(FileError::TooLarge);
    }
    // Editors on Windows write a byte order mark.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let value = json::parse(text.as_bytes()).map_err(|_| FileError::NotJson)?;
    serde_json::from_value(value).map_err(|_| FileError::OtherKind)
}

/// Takes the properties that name the kind and the version of a file.
///
/// # Errors
/// The file is of another kind or a newer version.
pub fn take_kind(file: &mut Object, kind: &str, version: u64) -> Result<(), FileError> {
    let found: Option<String> = take(file, "kind").unwrap_or_default();
    if found.as_deref() != Some(kind) {
        return Err(FileError::OtherKind);
    }
    match take::<u64>(file, "version")? {
        found if found == version => Ok(()),
        newer if newer > version => Err(FileError::Newer),
        _ => Err(shape("version")),
    }
}

/// A property with a wrong type or value.
#[must_use]
pub fn shape(property: &'static str) -> FileError {
    FileError::Shape { property }
}

/// Takes the value at the end of a path.
///
/// # Errors
/// The value has another type.
pub fn take<T: DeserializeOwned>(object: &mut Object, path: &'static str) -> Result<T, FileError> {
    let taken: serde_json::Result<T> = object.take(name(path));
    taken.map_err(|_| shape(path))
}

/// The last part of a path.
#[must_use]
pub fn name(path: &'static str) -> &'static str {
    path.rsplit('.').next().unwrap_or(path)
}

/// Checks that no property is left in the object.
///
/// # Errors
/// A property is left.
pub fn end(object: &Object, path: &'static str) -> Result<(), FileError> {
    let ended: serde_json::Result<()> = object.end();
    ended.map_err(|_| FileError::Extra { object: path })
}
