//! The two languages that no one speaks, made of the English sentences. They show what is wrong with a page before anyone has translated
//! it, as Android's pseudolocales do (Android Developers, "Test your app with pseudolocales", read 2026-11-30).

use super::catalogue::Message;
use super::catalogue::Piece;
use super::catalogue::push_text;

/// `a` to `z` and `A` to `Z` with accents.
const ACCENTED: [&str; 2] = ["áƀçðéƒĝĥíĵķļɱñóþǫŕšţúṽŵẋýž", "ÁɃÇÐÉƑĜĤÍĴĶĻṀÑÓÞǪŔŠŢÚṼŴẊÝŽ"];

/// How much longer a text gets, as a fraction.
const LONGER: (usize, usize) = (2, 5);

/// `en-XA`: accents show a text that is not in the catalogue, the length shows a place that is too narrow, and the brackets show a sentence
/// that is cut off or made of several.
pub fn accented(message: &Message) -> Message {
    let mut pieces = changed(&message.pieces, &lengthen);
    let mut first = vec![Piece::Text("[".to_owned())];
    if let Some(Piece::Text(text)) = pieces.first() {
        push_text(&mut first, text);
        pieces.remove(0);
    }
    first.append(&mut pieces);
    push_text(&mut first, "]");
    Message {
        pieces: first,
        ..message.clone()
    }
}

/// `ar-XB`: each word is written from right to left, as in Arabic.
pub fn right_to_left(message: &Message) -> Message {
    Message {
        pieces: changed(&message.pieces, &turn),
        ..message.clone()
    }
}

fn changed(pieces: &[Piece], change: &impl Fn(&str) -> String) -> Vec<Piece> {
    let change = |piece: &Piece| match piece {
        Piece::Text(text) => Piece::Text(change(text)),
        Piece::Argument(_) => piece.clone(),
        Piece::Choice(argument, cases) => Piece::Choice(
            argument.clone(),
            cases
                .iter()
                .map(|(case, pieces)| (case.clone(), changed(pieces, change)))
                .collect(),
        ),
    };
    pieces.iter().map(change).collect()
}

/// Puts an accent on each letter, and repeats vowels evenly until the text is long enough.
fn lengthen(text: &str) -> String {
    let is_vowel = |letter: char| "aeiouyAEIOUY".contains(letter);
    let vowels = text.chars().filter(|letter| is_vowel(*letter)).count();
    let (part, whole) = LONGER;
    let more = (text.chars().count() * part).div_ceil(whole);
    let mut longer = String::new();
    let mut seen = 0;
    for letter in text.chars() {
        let accented = accent(letter);
        longer.push(accented);
        if is_vowel(letter) {
            let repeats = (seen + 1) * more / vowels - seen * more / vowels;
            longer.extend(std::iter::repeat_n(accented, repeats));
            seen += 1;
        }
    }
    longer
}

fn accent(letter: char) -> char {
    let letters = [('a'..='z', ACCENTED[0]), ('A'..='Z', ACCENTED[1])];
    letters
        .into_iter()
        .find_map(|(plain, accented)| {
            plain
                .zip(accented.chars())
                .find(|(plain, _)| *plain == letter)
        })
        .map_or(letter, |(_, accented)| accented)
}

/// Puts each word between U+202E (right-to-left override) and U+202C (pop directional formatting).
fn turn(text: &str) -> String {
    let mut turned = String::new();
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        if !word.is_empty() {
            turned.push('\u{202E}');
            turned.push_str(word);
            turned.push('\u{202C}');
        }
        turned.push_str(&piece[word.len()..]);
    }
    turned
}
