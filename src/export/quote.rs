//! PowerShell literals that cannot break out.
//!
//! `Quotable` is one line of text, checked once; `powershell` writes it as pure ASCII. Nothing here knows a cmdlet, and there is
//! deliberately no function for double-quoted strings, here-strings or comments: user data has no business in those.

use std::fmt;
use std::fmt::Write as _;

/// One line of text: not empty, no control characters, no line breaks of any kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quotable(String);

/// A text was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuoteError {
    /// There is nothing in it, and every parameter it could be written for is a name.
    Empty,
    /// It holds a control character or a line break, which no name in Entra or Configuration Manager needs.
    Control {
        /// Which character it is, counted from 1.
        position: usize,
        /// Its code point.
        code: u32,
    },
}

impl Quotable {
    /// Takes one line of text.
    ///
    /// # Errors
    /// See `QuoteError`.
    pub fn parse(text: &str) -> Result<Self, QuoteError> {
        if text.is_empty() {
            return Err(QuoteError::Empty);
        }
        // U+2028 and U+2029 break lines too, and `is_control` does not count them.
        let refused = |c: &char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
        match text.chars().enumerate().find(|(_, c)| refused(c)) {
            Some((index, c)) => Err(QuoteError::Control {
                position: index + 1,
                code: u32::from(c),
            }),
            None => Ok(Self(text.to_owned())),
        }
    }

    /// The text as it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A PowerShell expression that is this text: one argument, pure ASCII, nothing in it is expanded.
    ///
    /// Two facts make this harder than doubling `'`:
    /// * PowerShell closes a single-quoted string at any of *five* characters: `'` and U+2018 to U+201B (`CharTraits.cs`).
    /// * Windows PowerShell 5.1 reads a file without a byte order mark in the computer's code page. UTF-8 `Б` is D0 91, and 91 is a
    ///   single quote in code page 1252, so even a correctly quoted name could end its own string.
    ///
    /// So only ASCII stands between quotes, with `'` doubled, and everything else, the four other quotes included, is added as
    /// `[char]0x…` in UTF-16 units. The sum starts with a string: PowerShell adds two `[char]` as numbers. It stands in brackets
    /// because a comma binds closer than `+`.
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

impl fmt::Display for Quotable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn written(text: &str, literal: &str) {
        assert_eq!(Quotable::parse(text).unwrap().powershell(), literal);
    }

    #[test]
    fn plain_names_are_single_quoted() {
        written("CMG-ServerApp", "'CMG-ServerApp'");
        written("a $(whoami) `n \"b\" #", "'a $(whoami) `n \"b\" #'");
        written("O'Brien's", "'O''Brien''s'");
        written("'", "''''");
    }

    #[test]
    fn the_other_four_single_quotes_never_stand_in_a_literal() {
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
    fn other_scripts_are_written_as_codes() {
        written("Б", "('' + [char]0x0411)");
        written("ёa", "('' + [char]0x0451 + 'a')");
        written("a–b", "('a' + [char]0x2013 + 'b')");
        written("ü'ß", "('' + [char]0x00FC + '''' + [char]0x00DF)");
        written("a😀", "('a' + [char]0xD83D + [char]0xDE00)");
    }

    #[test]
    fn what_breaks_a_line_is_refused_with_its_place() {
        for (text, position, code) in [
            ("a\0", 2, 0),
            ("\n", 1, 0x0a),
            ("ab\rc", 3, 0x0d),
            ("é\t", 2, 0x09),
            ("a\u{7f}", 2, 0x7f),
            ("a\u{85}b", 2, 0x85),
            ("a\u{2028}b", 2, 0x2028),
            ("\u{2029}", 1, 0x2029),
        ] {
            assert_eq!(
                Quotable::parse(text),
                Err(QuoteError::Control { position, code }),
                "{text:?}"
            );
        }
        assert_eq!(Quotable::parse(""), Err(QuoteError::Empty));
    }
}
