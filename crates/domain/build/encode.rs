//! Writes a message as `src/locale/sentences.rs` describes it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::catalogue::Case;
use super::catalogue::Kind;
use super::catalogue::Message;
use super::catalogue::Piece;
use super::sentences::CHOICE;
use super::sentences::END;
use super::sentences::EXACTLY;
use super::sentences::LITERAL;
use super::sentences::MARK;
use super::sentences::NUMBER_END;
use super::sentences::OTHERWISE;
use super::sentences::Plural;
use super::sentences::hash;

/// Raise it when the format changes its meaning: a file of an older format is then refused.
const FORMAT: u32 = 1;

type Arguments = BTreeMap<String, Kind>;

/// A whole file.
pub fn file(language: &str, part: &str, contract: u64, lines: &[String]) -> String {
    let mut rest = String::new();
    for line in lines {
        rest.push_str(line);
        rest.push('\n');
    }
    let sum = hash(&rest);
    format!("{language} {part} {contract:016x} {sum:016x}\n{rest}")
}

/// One line of a file. `arguments` are those of the English message.
pub fn message(message: &Message, arguments: &Arguments) -> String {
    let mut line = String::new();
    pieces(&mut line, &message.pieces, arguments);
    line
}

fn pieces(line: &mut String, all: &[Piece], arguments: &Arguments) {
    let number = |name: &String| {
        arguments
            .keys()
            .position(|other| other == name)
            .unwrap_or(0)
    };
    for piece in all {
        let _ = match piece {
            // Such a sentence is shown as it is in the file.
            Piece::Text(text) if arguments.is_empty() => write!(line, "{text}"),
            Piece::Text(text) => {
                let text = text.replace(MARK, &format!("{MARK}{LITERAL}"));
                write!(line, "{text}")
            }
            Piece::Argument(name) => write!(line, "{MARK}{}", number(name)),
            Piece::Choice(name, cases) => {
                let _ = write!(line, "{MARK}{CHOICE}{}", number(name));
                for (case, inner) in cases {
                    let _ = match case {
                        Case::Exactly(count) => {
                            write!(line, "{MARK}{EXACTLY}{count}{NUMBER_END}")
                        }
                        Case::Category(name) => write!(line, "{MARK}{}", letter(name)),
                        Case::Other => write!(line, "{MARK}{OTHERWISE}"),
                    };
                    pieces(line, inner, arguments);
                }
                write!(line, "{MARK}{END}")
            }
        };
    }
}

fn letter(category: &str) -> char {
    match category {
        "one" => Plural::One.letter(),
        other => panic!("src/locale/sentences.rs: add the plural category {other}"),
    }
}

/// What a file and the program must agree about.
pub fn contract(messages: &[(&str, &Message)]) -> u64 {
    let mut text = format!("{FORMAT}\n");
    for (id, message) in messages {
        let _ = writeln!(text, "{id} {:?}", message.arguments);
    }
    hash(&text)
}
