//! Characters that are not what they seem: ones nobody sees, and letters of another script among Latin ones.
//!
//! Knows nothing of where a text goes. It does not list every confusable letter: it flags the mix, a person judges.

use std::fmt;

/// A character told by its number, for sentences in which the character itself would be unseen or misread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodePoint(pub char);

impl fmt::Display for CodePoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "U+{:04X}", u32::from(self.0))
    }
}

/// A character and where it stands, counted from 1 as a person counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Which character.
    pub character: CodePoint,
    /// The how-many-th character of the text it is.
    pub position: usize,
}

/// Finds the first character of a kind.
#[must_use]
pub fn find_spot(text: &str, is_wanted: impl Fn(char) -> bool) -> Option<Spot> {
    text.chars()
        .zip(1..)
        .find(|(character, _)| is_wanted(*character))
        .map(|(character, position)| Spot {
            character: CodePoint(character),
            position,
        })
}

/// Whether a character shows nothing of its own or moves its neighbours: controls, line and paragraph separators, directional
/// marks, zero-width and filler characters, variation selectors, tags (Unicode 17, `Default_Ignorable_Code_Point` and `Cc`).
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

/// Whether Latin letters stand beside Cyrillic, Greek, Armenian or Cherokee ones: the scripts whose letters pass for Latin.
#[must_use]
pub fn is_mixed_script(text: &str) -> bool {
    text.chars().any(is_latin) && text.chars().any(passes_for_latin)
}

fn is_latin(character: char) -> bool {
    character.is_ascii_alphabetic()
        || matches!(u32::from(character), 0x00C0..=0x024F | 0x1E00..=0x1EFF)
            && character.is_alphabetic()
}

fn passes_for_latin(character: char) -> bool {
    // The blocks, not the letters: a lone Cyrillic or Greek word is nobody's business.
    matches!(
        u32::from(character),
        0x0370..=0x03FF | 0x0400..=0x052F | 0x0530..=0x058F | 0x13A0..=0x13FF | 0x1C80..=0x1C8F | 0x1F00..=0x1FFF
            | 0x2DE0..=0x2DFF | 0xA640..=0xA69F | 0xAB70..=0xABBF
    ) && character.is_alphabetic()
}

/// The text with every unseen character written as its number in brackets, for showing a name somebody else chose.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if is_unseen(character) {
            shown.push('[');
            shown.push_str(&CodePoint(character).to_string());
            shown.push(']');
        } else {
            shown.push(character);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_nobody_sees_are_found() {
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
    fn unseen_characters_are_shown_by_number() {
        assert_eq!(escaped("CMG\u{202e}ppA"), "CMG[U+202E]ppA");
        assert_eq!(escaped("a\0\u{e0041}"), "a[U+0000][U+E0041]");
    }

    #[test]
    fn a_foreign_letter_among_latin_ones_is_flagged() {
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
