//! Quotes text for PowerShell, bash, Bicep, HCL (Terraform), YAML, CSV, and Markdown, so that no text can end its own literal, comment, or cell.
//!
//! `QuotedText` is one validated line of text. `powershell`, `bash`, and `bicep` write it as pure ASCII, because the encoding of such a file
//! depends on the computer. `hcl` and `yaml_comment` keep letters, because both formats are UTF-8 by specification. This file builds no
//! commands. It has intentionally no function for double-quoted strings and here-strings of a shell, because user data must not appear in
//! those, and none for YAML values: see `yaml_comment`.

use std::fmt;
use std::fmt::Write as _;

use domain::app_id_uri::AppIdUri;
use domain::cmg::AppName;
use domain::cmg::ConnectionName;
use domain::confusables::CharPosition;
use domain::confusables::CodePoint;
use domain::confusables::escaped;
use domain::confusables::find_spot;
use domain::confusables::is_unseen;
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

    /// One line for people out of any text, such as the name of a subscription: misleading characters become code points.
    ///
    /// The second `#` of two becomes a code point too: Azure Pipelines obeys `##vso[…]` anywhere in a line that a script prints ("Logging
    /// commands", 2026).
    #[must_use]
    pub fn shown(text: &str) -> Self {
        if text.trim().is_empty() {
            return Self("(no name)".to_owned());
        }
        Self(escaped(text).replace("##", "#[U+0023]"))
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
        self.in_quotes('\'', |c| match c {
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
        self.in_quotes('\'', |c| match c {
            '\'' | '\\' | '$' => Some(format!("\\{c}")),
            _ if c.is_ascii() => None,
            _ => Some(format!("\\u{{{:X}}}", u32::from(c))),
        })
    }

    /// An HCL string for this text ("Strings and Templates", Terraform language, 2026).
    ///
    /// `$` and `%` are written as code points: before `{` they start a template, and whether doubling escapes them depends on what is before
    /// them. Invisible characters are written as code points for the reader.
    #[must_use]
    pub fn hcl(&self) -> String {
        self.in_quotes('"', |c| match c {
            '"' | '\\' => Some(format!("\\{c}")),
            _ if c == '$' || c == '%' || is_unseen(c) => Some(match u32::from(c) {
                code @ ..=0xFFFF => format!("\\u{code:04X}"),
                code => format!("\\U{code:08X}"),
            }),
            _ => None,
        })
    }

    /// A YAML comment with this text. Characters that YAML does not allow, and misleading ones, become code points.
    ///
    /// There is no function for a YAML value: GitHub Actions expands `${{ … }}` in every value, and Azure Pipelines also `$( … )` and
    /// `$[ … ]`. They do so after the quotes and escapes of YAML are gone, so nothing protects a value. They do not look into comments.
    #[must_use]
    pub fn yaml_comment(&self) -> String {
        let mut comment = String::from("# ");
        for c in escaped(&self.0).chars() {
            // "Character Set" (YAML 1.2.2): these two are the only ones left that are not printable.
            if matches!(c, '\u{fffe}' | '\u{ffff}') {
                let _ = write!(comment, "[{}]", CodePoint(c));
            } else {
                comment.push(c);
            }
        }
        comment
    }

    /// Puts quotation marks around the text and replaces the characters that cannot be inside them.
    fn in_quotes(&self, mark: char, replace: fn(char) -> Option<String>) -> String {
        let mut literal = String::with_capacity(self.0.len() + 2);
        literal.push(mark);
        for c in self.0.chars() {
            match replace(c) {
                Some(text) => literal.push_str(&text),
                None => literal.push(c),
            }
        }
        literal.push(mark);
        literal
    }
}

/// A cell of a CSV file (RFC 4180). Any text, also with line breaks.
///
/// A spreadsheet runs a cell that starts with one of these characters as a formula, so it gets a leading apostrophe ("CSV Injection", OWASP,
/// 2026).
#[must_use]
pub fn csv_cell(text: &str) -> String {
    let is_formula = text.starts_with([
        '=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
    ]);
    let cell = if is_formula {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    if cell.contains(['"', ',', '\r', '\n']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}

/// A code span of Markdown with this text in one line (CommonMark 0.31.2, 6.1). Misleading characters become code points.
///
/// Inside a code span nothing is markup, a link, or HTML, and there are no escapes. Only a row of exactly as many backticks as the span
/// begins with ends it, so the row is longer than any in the text. The spaces beside it are not shown.
#[must_use]
pub fn markdown_code(text: &str) -> String {
    let shown = escaped(text);
    if shown.trim().is_empty() {
        return "(empty)".to_owned();
    }
    let rows = shown.split(|c| c != '`').map(str::len);
    let fence = "`".repeat(rows.max().unwrap_or_default() + 1);
    format!("{fence} {shown} {fence}")
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
    use proptest::prelude::*;

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

    #[test]
    fn any_name_becomes_one_line_for_people() {
        for (text, shown) in [
            ("Contoso \u{2013} Süd", "Contoso \u{2013} Süd"),
            ("a\r\nrm -rf ~", "a[U+000D][U+000A]rm -rf ~"),
            (
                "a\u{2028}b\u{202e}c\u{1b}[31m",
                "a[U+2028]b[U+202E]c[U+001B][31m",
            ),
            ("##vso[task.complete]", "#[U+0023]vso[task.complete]"),
            ("###", "#[U+0023]#"),
            ("", "(no name)"),
            (" ", "(no name)"),
        ] {
            assert_eq!(QuotedText::shown(text).as_str(), shown, "{text:?}");
        }
    }

    #[test]
    fn an_hcl_string_starts_no_template() {
        for (text, literal) in [
            ("plain", r#""plain""#),
            (r#"a"b\"#, r#""a\"b\\""#),
            (
                "${path.root} %{ if true }",
                r#""\u0024{path.root} \u0025{ if true }""#,
            ),
            ("$${x}", r#""\u0024\u0024{x}""#),
            ("Süd 😀", r#""Süd 😀""#),
            ("a\u{202e}b\u{e0041}", r#""a\u202Eb\U000E0041""#),
        ] {
            assert_eq!(QuotedText::parse(text).unwrap().hcl(), literal);
        }
    }

    #[test]
    fn a_yaml_comment_keeps_letters_and_nothing_that_yaml_refuses() {
        for (text, comment) in [
            ("Süd ${{ x }} # y: 'z", "# Süd ${{ x }} # y: 'z"),
            ("a\u{202e}b", "# a[U+202E]b"),
            ("a\u{fffe}b\u{ffff}", "# a[U+FFFE]b[U+FFFF]"),
        ] {
            assert_eq!(QuotedText::parse(text).unwrap().yaml_comment(), comment);
        }
    }

    #[test]
    fn a_csv_cell_is_never_a_formula() {
        for (text, cell) in [
            ("Contoso", "Contoso"),
            ("", ""),
            ("a, \"b\"", "\"a, \"\"b\"\"\""),
            ("a\r\nb", "\"a\r\nb\""),
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "\"'\r=1\""),
            ("\n=1", "\"'\n=1\""),
            ("\u{ff1d}1", "'\u{ff1d}1"),
            (
                "=cmd|'/c calc'!A1,\"x\"",
                "\"'=cmd|'/c calc'!A1,\"\"x\"\"\"",
            ),
            ("1=1", "1=1"),
        ] {
            assert_eq!(csv_cell(text), cell);
        }
    }

    /// A second reading of "Escape Sequences" (Terraform language), independent of the writer. `None` if the text is no string without
    /// templates.
    fn read_hcl(literal: &str) -> Option<String> {
        let mut rest = literal.strip_prefix('"')?.strip_suffix('"')?.chars();
        let mut text = String::new();
        let mut before = ' ';
        while let Some(c) = rest.next() {
            let read = match c {
                '"' | '\n' | '\r' => return None,
                '{' if matches!(before, '$' | '%') => return None,
                '\\' => match rest.next()? {
                    mark @ ('"' | '\\') => mark,
                    kind @ ('u' | 'U') => {
                        let digits: String = rest
                            .by_ref()
                            .take(if kind == 'u' { 4 } else { 8 })
                            .collect();
                        char::from_u32(u32::from_str_radix(&digits, 16).ok()?)?
                    }
                    _ => return None,
                },
                _ => c,
            };
            text.push(read);
            before = c;
        }
        Some(text)
    }

    /// A second reading of RFC 4180: the cells of one record.
    fn read_csv(record: &str) -> Vec<String> {
        let mut cells = vec![String::new()];
        let mut is_quoted = false;
        let mut characters = record.chars().peekable();
        while let Some(c) = characters.next() {
            let cell = cells.last_mut().unwrap();
            match c {
                '"' if is_quoted && characters.peek() == Some(&'"') => {
                    characters.next();
                    cell.push('"');
                }
                '"' => is_quoted = !is_quoted,
                ',' if !is_quoted => cells.push(String::new()),
                '\r' | '\n' if !is_quoted => panic!("{record:?} is more than one record"),
                _ => cell.push(c),
            }
        }
        assert!(!is_quoted, "{record:?}");
        cells
    }

    /// Any text. Characters with a meaning in one of the languages occur more often than by chance.
    fn any_text() -> impl Strategy<Value = String> {
        let telling: Vec<char> =
            "'\"`\\$%{}()[]<>#=+-@,;:&|!\t\r\n \u{1b}\u{7f}\u{85}\u{2028}\u{202e}\u{fffe}\u{ffff}ü😀"
                .chars()
                .collect();
        let letter = prop_oneof![proptest::sample::select(telling), any::<char>()];
        proptest::collection::vec(letter, 0..200).prop_map(|letters| letters.into_iter().collect())
    }

    proptest! {
        #[test]
        fn any_text_is_shown_on_one_line(text in any_text()) {
            let shown = QuotedText::shown(&text);
            prop_assert_eq!(QuotedText::parse(shown.as_str()), Ok(shown.clone()));
            prop_assert!(!shown.as_str().contains("##"));
            prop_assert_eq!(find_spot(shown.as_str(), is_unseen), None);
        }

        #[test]
        fn hcl_returns_any_line_unchanged(text in any_text()) {
            let line = QuotedText::shown(&text);
            prop_assert_eq!(read_hcl(&line.hcl()), Some(line.as_str().to_owned()));
            if let Ok(line) = QuotedText::parse(&text) {
                prop_assert_eq!(read_hcl(&line.hcl()), Some(text));
            }
        }

        #[test]
        fn a_yaml_comment_is_one_printable_line(text in any_text()) {
            let comment = QuotedText::shown(&text).yaml_comment();
            prop_assert!(comment.starts_with("# "));
            let is_printable = |c: char| matches!(c, ' '..='~' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
            let odd = comment.chars().find(|c| !is_printable(*c) || matches!(c, '\u{2028}' | '\u{2029}'));
            prop_assert_eq!(odd, None);
        }

        #[test]
        fn csv_returns_any_cells_unchanged(texts in proptest::collection::vec(any_text(), 1..5)) {
            let record: Vec<String> = texts.iter().map(|text| csv_cell(text)).collect();
            let read = read_csv(&record.join(","));
            prop_assert_eq!(read.len(), texts.len());
            for (cell, text) in read.iter().zip(&texts) {
                let marked = cell.strip_prefix('\'').filter(|rest| *rest == text);
                prop_assert!(cell == text || marked.is_some());
                prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']));
            }
        }
    }
}
