//! Misleading characters: invisible ones, stacked combining marks, and letters of another script among Latin ones.
//!
//! Independent of where a text is used. It does not list every confusable letter: it flags mixed scripts, and the user decides.

use std::fmt;

/// A character shown as its code point, for sentences in which the character itself would be invisible or misleading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodePoint(pub char);

impl fmt::Display for CodePoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "U+{:04X}", u32::from(self.0))
    }
}

/// A character and its position, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CharPosition {
    /// The character that was found.
    pub character: CodePoint,
    /// Position in the text, in characters.
    pub position: usize,
}

/// Finds the first character that matches `is_wanted`.
#[must_use]
pub fn find_spot(text: &str, is_wanted: impl Fn(char) -> bool) -> Option<CharPosition> {
    text.chars()
        .zip(1..)
        .find(|(character, _)| is_wanted(*character))
        .map(|(character, position)| CharPosition {
            character: CodePoint(character),
            position,
        })
}

/// Whether a character is invisible or reorders its neighbors: controls, line and paragraph separators, directional marks, zero-width and
/// filler characters, variation selectors, and tags (Unicode 17, `Default_Ignorable_Code_Point` and `Cc`).
#[must_use]
pub fn is_unseen(character: char) -> bool {
    character.is_control()
        || matches!(
            u32::from(character),
            0x00AD
                | 0x034F
                | 0x061C
                | 0x115F..=0x1160
                | 0x17B4..=0x17B5
                | 0x180B..=0x180F
                | 0x200B..=0x200F
                | 0x2028..=0x202E
                | 0x2060..=0x206F
                | 0x3164
                | 0xFE00..=0xFE0F
                | 0xFEFF
                | 0xFFA0
                | 0xFFF0..=0xFFFB
                | 0x1BCA0..=0x1BCA3
                | 0x1D173..=0x1D17A
                | 0xE0000..=0xE0FFF
        )
}

/// Whether Latin letters appear with Cyrillic, Greek, Armenian, or Cherokee ones: the scripts with letters that look like Latin ones.
#[must_use]
pub fn is_mixed_script(text: &str) -> bool {
    text.chars().any(is_latin) && text.chars().any(passes_for_latin)
}

fn is_latin(character: char) -> bool {
    // By Unicode blocks, here and below: tables of all letters would add more to the page than the rest of this file.
    character.is_ascii_alphabetic()
        || matches!(u32::from(character), 0x00C0..=0x00D6 | 0x00D8..=0x00F6 | 0x00F8..=0x024F | 0x1E00..=0x1EFF)
}

fn passes_for_latin(character: char) -> bool {
    // Whole blocks, not single letters: a word that is only Cyrillic or Greek is not suspicious.
    matches!(
        u32::from(character),
        0x0370..=0x03FF | 0x0400..=0x052F | 0x0530..=0x058F | 0x13A0..=0x13FF | 0x1C80..=0x1C8F | 0x1F00..=0x1FFF
            | 0x2DE0..=0x2DFF | 0xA640..=0xA69F | 0xAB70..=0xABBF
    )
}

/// More combining marks on one letter than any script uses: they would cover the adjacent lines.
const PILE: usize = 3;

/// Whether a character is drawn above or below the previous one (the blocks of combining marks, and those of scripts that stack).
fn is_mark(character: char) -> bool {
    matches!(
        u32::from(character),
        0x0300..=0x036F | 0x0483..=0x0489 | 0x0591..=0x05BD | 0x0610..=0x061A | 0x064B..=0x065F | 0x0E34..=0x0E3A | 0x0E47..=0x0E4E
            | 0x0EB4..=0x0EBC | 0x0EC8..=0x0ECE | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF | 0xFE20..=0xFE2F
    )
}

/// Spaces and punctuation that occur in names. Any other character counts as part of the word.
fn is_between_words(character: char) -> bool {
    let code = u32::from(character);
    let is_ascii = character.is_ascii() && !character.is_ascii_alphanumeric();
    let is_other = matches!(code, 0x00A0..=0x00BF | 0x2000..=0x206F | 0x3000..=0x303F);
    (is_ascii || is_other) && !is_unseen(character)
}

/// Returns a foreign name that is safe to show. Invisible characters, stacked marks, and look-alike letters in a Latin word become code
/// points in brackets.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut run: Option<(char, usize)> = None;
    for word in text.split_inclusive(is_between_words) {
        let is_mixed = is_mixed_script(word);
        let mut marks = 0;
        for character in word.chars() {
            marks = if is_mark(character) { marks + 1 } else { 0 };
            if is_unseen(character) || marks > PILE || (is_mixed && passes_for_latin(character)) {
                run = match run {
                    Some((same, times)) if same == character => Some((same, times + 1)),
                    before => {
                        write_run(&mut shown, before);
                        Some((character, 1))
                    }
                };
            } else {
                write_run(&mut shown, run.take());
                shown.push(character);
            }
        }
    }
    write_run(&mut shown, run);
    shown
}

/// Same as `escaped`, for use inside a sentence: plain text has no markup to isolate the writing direction.
#[must_use]
pub fn isolated(text: &str) -> String {
    let shown = escaped(text);
    if shown.is_ascii() {
        shown
    } else {
        // First strong isolate, pop directional isolate (Unicode Bidirectional Algorithm).
        format!("\u{2068}{shown}\u{2069}")
    }
}

/// Same as `escaped`, for a multiline text that will be sent.
#[must_use]
pub fn escaped_lines(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(escaped).collect();
    lines.join("\n")
}

/// Maximum number of line breaks kept in a foreign text. Microsoft Entra ID's errors have three.
const LINES: usize = 20;

/// Same as `escaped`, for a service's message: line breaks, CRLF or LF, stay line breaks. Beyond `LINES` they become code points.
#[must_use]
pub fn escaped_prose(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let lines: Vec<String> = text.splitn(LINES, '\n').map(escaped).collect();
    lines.join("\n")
}

fn write_run(shown: &mut String, run: Option<(char, usize)>) {
    let Some((character, times)) = run else {
        return;
    };
    let number = CodePoint(character);
    let text = if times > 1 {
        format!("[{number}\u{d7}{times}]")
    } else {
        format!("[{number}]")
    };
    shown.push_str(&text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_characters_are_found() {
        for text in [
            "a\0b",
            "a\tb",
            "a\nb",
            "a\u{7f}b",
            "a\u{85}b",
            "a\u{ad}b",
            "a\u{200b}b",
            "a\u{200d}b",
            "a\u{200f}b",
            "a\u{2028}b",
            "a\u{202e}b",
            "a\u{2066}b",
            "a\u{feff}b",
            "a\u{fe0f}b",
            "a\u{e0041}b",
            "a\u{3164}b",
        ] {
            assert_eq!(
                find_spot(text, is_unseen).map(|spot| spot.position),
                Some(2),
                "{text:?}"
            );
        }
        for text in [
            "CMG-ServerApp",
            "Größe",
            "東京",
            "Сервер",
            "a b",
            "e\u{301}",
            "😀",
        ] {
            assert_eq!(find_spot(text, is_unseen), None, "{text:?}");
        }
    }

    #[test]
    fn invisible_characters_are_shown_by_code_point() {
        assert_eq!(escaped("CMG\u{202e}ppA"), "CMG[U+202E]ppA");
        assert_eq!(escaped("a\0\u{e0041}"), "a[U+0000][U+E0041]");
        assert_eq!(
            escaped("\u{200b}\u{200b}a\u{200b}"),
            "[U+200B\u{d7}2]a[U+200B]"
        );
    }

    #[test]
    fn a_right_to_left_name_is_isolated_in_a_sentence() {
        assert_eq!(isolated("ada@contoso.com"), "ada@contoso.com");
        assert_eq!(isolated("a\u{202e}b"), "a[U+202E]b");
        assert_eq!(isolated("שלום"), "\u{2068}שלום\u{2069}");
        assert_eq!(
            escaped_lines("{\n \"a\u{2066}\"\n}"),
            "{\n \"a[U+2066]\"\n}"
        );
    }

    #[test]
    fn only_lf_and_crlf_are_kept_as_line_breaks() {
        assert_eq!(
            escaped_prose("AADSTS65004: Declined.\r\nTrace ID: x\nTimestamp: y"),
            "AADSTS65004: Declined.\nTrace ID: x\nTimestamp: y"
        );
        assert_eq!(
            escaped_prose("a\rb\tc\u{b}d\u{85}e\u{2028}f\u{202e}g\r\r\nh"),
            "a[U+000D]b[U+0009]c[U+000B]d[U+0085]e[U+2028]f[U+202E]g[U+000D]\nh"
        );
        let tall = format!("a{}b", "\n".repeat(500));
        let shown = escaped_prose(&tall);
        assert_eq!(shown.matches('\n').count(), LINES - 1);
        assert!(shown.ends_with("[U+000A\u{d7}481]b"), "{shown}");
    }

    #[test]
    fn stacked_combining_marks_are_limited_and_counted() {
        let piled = format!("a{}b", "\u{301}".repeat(300));
        assert_eq!(escaped(&piled), "a\u{301}\u{301}\u{301}[U+0301\u{d7}297]b");
        let mixed = format!("a{}", "\u{301}\u{302}".repeat(3));
        assert_eq!(
            escaped(&mixed),
            "a\u{301}\u{302}\u{301}[U+0302][U+0301][U+0302]"
        );
        for text in ["Vie\u{302}\u{323}t Nam", "ที่นี้", "שָׁלוֹם", "Zu\u{308}rich"]
        {
            assert_eq!(escaped(text), text);
        }
    }

    #[test]
    fn a_latin_lookalike_in_a_latin_word_is_shown_by_code_point() {
        assert_eq!(escaped("F\u{430}brikam"), "F[U+0430]brikam");
        assert_eq!(escaped("Fab\u{200b}\u{440}ikam"), "Fab[U+200B][U+0440]ikam");
        assert_eq!(escaped("Fab\u{301}\u{440}"), "Fab\u{301}[U+0440]");
        for text in ["Contoso Россия", "Сервер 2", "IT-отдел", "Ωμέγα Ltd"] {
            assert_eq!(escaped(text), text);
        }
    }

    #[test]
    fn a_foreign_letter_in_a_latin_word_is_detected() {
        for text in [
            "CMG-S\u{435}rverApp",
            "\u{410}pp",
            "s\u{43e}nt\u{43e}s\u{43e}",
            "\u{391}pp",
        ] {
            assert!(is_mixed_script(text), "{text}");
        }
        for text in ["CMG-ServerApp", "Сервер 2", "Größe", "東京 App", "Ωμέγα"] {
            assert!(!is_mixed_script(text), "{text}");
        }
    }
}
