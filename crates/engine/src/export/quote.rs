//! Quotes text as PowerShell, bash, and Bicep literals that cannot be escaped from.
//!
//! `QuotedText` is one validated line of text; `powershell`, `bash`, and `bicep` write it as pure ASCII. This file builds no commands. It has
//! intentionally no function for double-quoted strings, here-strings, or comments, because user data must not appear in those.

use std::fmt;
use std::fmt::Write as _;

use domain::app_id_uri::AppIdUri;
use domain::cmg::AppName;
use domain::cmg::ConnectionName;
use domain::confusables::CharPosition;
use domain::confusables::find_spot;
use domain::ids::TenantId;

/// One line of text: not empty, no control characters, no line breaks of any kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QuotedText(String);

/// Why a text is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuoteError {
    /// The text is empty, but every parameter it is used for is a name.
    Empty,
    /// The text has a control character or a line break, which no name in Microsoft Entra ID or Configuration Manager needs.
    Break(CharPosition),
}

impl QuotedText {
    /// Validates one line of text.
    ///
    /// # Errors
    /// See `QuoteError`.
    pub fn parse(text: &str) -> Result<Self, QuoteError> {
        if text.is_empty() {
            return Err(QuoteError::Empty);
        }
        match find_spot(text, is_break) {
            Some(spot) => Err(QuoteError::Break(spot)),
            None => Ok(Self(text.to_owned())),
        }
    }

    /// The original text, not quoted.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A PowerShell expression for this text: one argument, pure ASCII, without any expansion.
    ///
    /// Two facts make this harder than doubling `'`:
    /// * PowerShell closes a single-quoted string at any of *five* characters: `'` and U+2018 to U+201B (`CharTraits.cs`).
    /// * Windows PowerShell 5.1 reads a file without a byte order mark in the computer's code page. UTF-8 `Б` is D0 91, and 91 is a single
    ///   quote in code page 1252, so even a correctly quoted name could end its own string.
    ///
    /// So only ASCII is inside quotes, with `'` doubled. All other characters, including the four other quotes, are appended as `[char]0x…`
    /// in UTF-16 units. The sum starts with a string, because PowerShell adds two `[char]` as numbers. It is in parentheses, because a
    /// comma binds tighter than `+`.
    #[must_use]
    pub fn powershell(&self) -> String {
        let mut literal = String::with_capacity(self.0.len() + 2);
        let mut is_open = true;
        literal.push('\'');
        for c in self.0.chars() {
            if c.is_ascii() {
                if !is_open {
                    literal.push_str(" + '");
                    is_open = true;
                }
                if c == '\'' {
                    literal.push('\'');
                }
                literal.push(c);
            } else {
                if is_open {
                    literal.push('\'');
                    is_open = false;
                }
                for unit in c.encode_utf16(&mut [0; 2]) {
                    let _ = write!(literal, " + [char]0x{unit:04X}");
                }
            }
        }
        if is_open {
            literal.push('\'');
        }
        if self.0.is_ascii() {
            literal
        } else {
            format!("({literal})")
        }
    }
}

impl QuotedText {
    /// A bash word for this text: one argument, pure ASCII, without any expansion.
    ///
    /// Bash has no escapes inside single quotes, so `'` is written outside them. Non-ASCII characters are written byte by byte in `$'…'`,
    /// because they would change in a file with another encoding.
    #[must_use]
    pub fn bash(&self) -> String {
        self.in_quotes(|c| match c {
            '\'' => Some("'\\''".to_owned()),
            _ if c.is_ascii() => None,
            _ => {
                let mut bytes = String::new();
                for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                    let _ = write!(bytes, "\\x{byte:02X}");
                }
                Some(format!("'$'{bytes}''"))
            }
        })
    }

    /// A Bicep string for this text. Escapes `\`, `'`, and also `$`, which starts an expression before `{` ("Data types in Bicep", 2025).
    #[must_use]
    pub fn bicep(&self) -> String {
        self.in_quotes(|c| match c {
            '\'' | '\\' | '$' => Some(format!("\\{c}")),
            _ if c.is_ascii() => None,
            _ => Some(format!("\\u{{{:X}}}", u32::from(c))),
        })
    }

    /// Puts single quotes around the text and replaces the characters that cannot be inside them.
    fn in_quotes(&self, replace: fn(char) -> Option<String>) -> String {
        let mut literal = String::with_capacity(self.0.len() + 2);
        literal.push('\'');
        for c in self.0.chars() {
            match replace(c) {
                Some(text) => literal.push_str(&text),
                None => literal.push(c),
            }
        }
        literal.push('\'');
        literal
    }
}

/// U+2028 and U+2029 are also line breaks, but `is_control` does not include them.
fn is_break(character: char) -> bool {
    character.is_control() || matches!(character, '\u{2028}' | '\u{2029}')
}

// These types never contain a text that `parse` would refuse: they are not empty and have no invisible characters.

impl From<&AppName> for QuotedText {
    fn from(name: &AppName) -> Self {
        Self(name.as_str().to_owned())
    }
}

impl From<&ConnectionName> for QuotedText {
    fn from(name: &ConnectionName) -> Self {
        Self(name.as_str().to_owned())
    }
}

impl From<&AppIdUri> for QuotedText {
    fn from(uri: &AppIdUri) -> Self {
        Self(uri.as_str().to_owned())
    }
}

impl From<TenantId> for QuotedText {
    fn from(tenant: TenantId) -> Self {
        Self(tenant.to_string())
    }
}

impl fmt::Display for QuotedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::confusables::CodePoint;
    use domain::confusables::is_unseen;

    #[track_caller]
    fn written(text: &str, literal: &str) {
        assert_eq!(QuotedText::parse(text).unwrap().powershell(), literal);
    }

    #[test]
    fn plain_names_are_single_quoted() {
        written("CMG-ServerApp", "'CMG-ServerApp'");
        written("a $(whoami) `n \"b\" #", "'a $(whoami) `n \"b\" #'");
        written("O'Brien's", "'O''Brien''s'");
        written("'", "''''");
    }

    #[test]
    fn other_single_quote_characters_are_written_as_codes() {
        for (quote, code) in [
            ('\u{2018}', "2018"),
            ('\u{2019}', "2019"),
            ('\u{201a}', "201A"),
            ('\u{201b}', "201B"),
        ] {
            written(
                &format!("x{quote}; Remove-Item y"),
                &format!("('x' + [char]0x{code} + '; Remove-Item y')"),
            );
        }
    }

    #[test]
    fn non_ascii_characters_are_written_as_codes() {
        written("Б", "('' + [char]0x0411)");
        written("ёa", "('' + [char]0x0451 + 'a')");
        written("a–b", "('a' + [char]0x2013 + 'b')");
        written("ü'ß", "('' + [char]0x00FC + '''' + [char]0x00DF)");
        written("a😀", "('a' + [char]0xD83D + [char]0xDE00)");
    }

    #[test]
    fn line_breaks_and_control_characters_are_refused_by_position() {
        assert_eq!(QuotedText::parse(""), Err(QuoteError::Empty));
        for (text, character, position) in [
            ("a\0", '\0', 2),
            ("\n", '\n', 1),
            ("ab\r\nc", '\r', 3),
            ("é\t", '\t', 2),
            ("a\u{85}b", '\u{85}', 2),
            ("a\u{2028}b", '\u{2028}', 2),
            ("a\u{2029}", '\u{2029}', 2),
        ] {
            let spot = CharPosition {
                character: CodePoint(character),
                position,
            };
            assert_eq!(
                QuotedText::parse(text),
                Err(QuoteError::Break(spot)),
                "{text:?}"
            );
        }
    }

    #[test]
    fn validated_names_can_always_be_quoted() {
        for character in (0..=0x0010_ffff).filter_map(char::from_u32) {
            assert!(
                !is_break(character) || is_unseen(character),
                "{character:?}"
            );
        }
        let name = AppName::parse("Gerät 'n' Co").unwrap();
        assert_eq!(
            QuotedText::parse(name.as_str()),
            Ok(QuotedText::from(&name))
        );
    }

    #[test]
    fn a_validated_name_is_used_unchanged() {
        let name = AppName::parse("O'Brien").unwrap();
        assert_eq!(QuotedText::from(&name).as_str(), "O'Brien");
        let connection = ConnectionName::parse("Contoso").unwrap();
        assert_eq!(QuotedText::from(&connection).to_string(), "Contoso");
        let id = "5e97358c-d99c-4558-af0c-de7774091dda";
        let tenant: TenantId = id.parse().unwrap();
        assert_eq!(QuotedText::from(tenant).as_str(), id);
    }
}
