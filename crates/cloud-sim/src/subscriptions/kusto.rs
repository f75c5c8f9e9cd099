//! The part of the Kusto query language that the simulated Azure Resource Graph understands.
//!
//! A table, then any of `where type == '…'` (or `=~`), `project`, `order by`, and `limit`. Anything else is an error, as an operator that
//! Azure Resource Graph lacks is there. Source: "Understanding the Azure Resource Graph query language" (2026-11).

/// A query, parsed but not compared with the columns.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::subscriptions) struct Query {
    pub(in crate::subscriptions) table: String,
    pub(in crate::subscriptions) steps: Vec<Step>,
}

#[derive(Debug, PartialEq, Eq)]
pub(in crate::subscriptions) enum Step {
    /// A comparison of a column with a text.
    Where {
        column: String,
        text: String,
        ignores_case: bool,
    },
    Project(Vec<Projected>),
    /// Columns by which the rows are ordered, the most significant first, each with whether the order is ascending.
    Order(Vec<(String, bool)>),
    Limit(usize),
}

/// One column of a projection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::subscriptions) struct Projected {
    /// Without an alias, the path with underscores.
    pub(in crate::subscriptions) name: String,
    /// A column and the properties inside it.
    pub(in crate::subscriptions) path: Vec<String>,
    pub(in crate::subscriptions) is_text: bool,
}

/// Where a query cannot be understood.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::subscriptions) enum Fault {
    /// This token, in this line and at this character, both from one and zero as the service counts them.
    Syntax {
        line: usize,
        character: usize,
        token: String,
    },
    /// An operator that exists in the Kusto query language, and not here.
    Operator(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Word,
    Number,
    /// The content of a text between quotation marks.
    Text(String),
    Sign,
    End,
}

#[derive(Clone, Debug)]
struct Token {
    kind: Kind,
    /// As written.
    text: String,
    line: usize,
    character: usize,
}

impl Token {
    fn fault(&self) -> Fault {
        Fault::Syntax {
            line: self.line,
            character: self.character,
            token: self.text.clone(),
        }
    }

    fn is(&self, text: &str) -> bool {
        matches!(self.kind, Kind::Word | Kind::Sign) && self.text == text
    }
}

/// Splits the text into tokens. The last one is the end.
fn tokens(text: &str) -> Result<Vec<Token>, Fault> {
    let mut found = Vec::new();
    let mut rest = text;
    let (mut line, mut character) = (1, 0);
    loop {
        let skipped = blank(rest);
        (line, character) = after(&rest[..skipped], line, character);
        rest = &rest[skipped..];
        let mut token = Token {
            kind: Kind::End,
            text: "<EOF>".to_owned(),
            line,
            character,
        };
        let Some(first) = rest.chars().next() else {
            found.push(token);
            return Ok(found);
        };
        let length = match first {
            'a'..='z' | 'A'..='Z' | '_' => {
                token.kind = Kind::Word;
                length_of(rest, |letter| {
                    letter.is_ascii_alphanumeric() || letter == '_'
                })
            }
            '0'..='9' => {
                token.kind = Kind::Number;
                length_of(rest, |letter| letter.is_ascii_digit())
            }
            '\'' | '"' => match quoted(rest, first) {
                Some((content, length)) => {
                    token.kind = Kind::Text(content);
                    length
                }
                None => {
                    rest.clone_into(&mut token.text);
                    return Err(token.fault());
                }
            },
            _ => {
                token.kind = Kind::Sign;
                let is_pair = rest.starts_with("=~") || rest.starts_with("==");
                if is_pair { 2 } else { first.len_utf8() }
            }
        };
        rest[..length].clone_into(&mut token.text);
        (line, character) = after(&rest[..length], line, character);
        rest = &rest[length..];
        found.push(token);
    }
}

/// The length of the white space and the comments at the start.
fn blank(text: &str) -> usize {
    let mut rest = text.trim_start();
    while rest.starts_with("//") {
        rest = rest.find('\n').map_or("", |end| &rest[end..]).trim_start();
    }
    text.len() - rest.len()
}

fn length_of(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|letter| !belongs(letter)).unwrap_or(text.len())
}

/// The position after this text.
fn after(text: &str, line: usize, character: usize) -> (usize, usize) {
    match text.rsplit_once('\n') {
        Some((lines, last)) => (line + lines.matches('\n').count() + 1, last.chars().count()),
        None => (line, character + text.chars().count()),
    }
}

/// The content of the quoted text at the start, and its length with the quotation marks.
fn quoted(text: &str, mark: char) -> Option<(String, usize)> {
    let mut content = String::new();
    let mut letters = text.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => content.push(match letters.next()?.1 {
                'n' => '\n',
                't' => '\t',
                other => other,
            }),
            '\n' => return None,
            _ if letter == mark => return Some((content, at + 1)),
            _ => content.push(letter),
        }
    }
    None
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
}

impl Parser {
    fn peek(&self) -> &Token {
        // The last token is the end, and nothing reads beyond it.
        &self.tokens[self.at.min(self.tokens.len() - 1)]
    }

    fn next(&mut self) -> Token {
        let token = self.peek().clone();
        self.at += 1;
        token
    }

    fn takes(&mut self, text: &str) -> bool {
        let is_next = self.peek().is(text);
        self.at += usize::from(is_next);
        is_next
    }

    fn expect(&mut self, text: &str) -> Result<(), Fault> {
        if self.takes(text) {
            return Ok(());
        }
        Err(self.peek().fault())
    }

    fn word(&mut self) -> Result<String, Fault> {
        let token = self.next();
        match token.kind {
            Kind::Word => Ok(token.text),
            Kind::Number | Kind::Text(_) | Kind::Sign | Kind::End => Err(token.fault()),
        }
    }

    fn step(&mut self) -> Result<Step, Fault> {
        let operator = self.next();
        match operator.text.as_str() {
            "where" => self.comparison(),
            "project" => {
                let mut columns = vec![self.projected()?];
                while self.takes(",") {
                    columns.push(self.projected()?);
                }
                Ok(Step::Project(columns))
            }
            "order" | "sort" => {
                self.expect("by")?;
                let mut columns = vec![self.ordered()?];
                while self.takes(",") {
                    columns.push(self.ordered()?);
                }
                Ok(Step::Order(columns))
            }
            "limit" | "take" => {
                let token = self.next();
                match (&token.kind, token.text.parse()) {
                    (Kind::Number, Ok(number)) => Ok(Step::Limit(number)),
                    _ => Err(token.fault()),
                }
            }
            _ if operator.kind == Kind::Word => Err(Fault::Operator(operator.text)),
            _ => Err(operator.fault()),
        }
    }

    fn comparison(&mut self) -> Result<Step, Fault> {
        let column = self.word()?;
        let ignores_case = self.takes("=~");
        if !ignores_case {
            self.expect("==")?;
        }
        let token = self.next();
        match token.kind {
            Kind::Text(text) => Ok(Step::Where {
                column,
                text,
                ignores_case,
            }),
            Kind::Word | Kind::Number | Kind::Sign | Kind::End => Err(token.fault()),
        }
    }

    /// `path`, `tostring(path)`, or either with a name in front.
    fn projected(&mut self) -> Result<Projected, Fault> {
        let mut first = self.word()?;
        let mut name = None;
        if self.takes("=") {
            name = Some(first);
            first = self.word()?;
        }
        let is_text = first == "tostring" && self.takes("(");
        let mut path = vec![if is_text { self.word()? } else { first }];
        while self.takes(".") {
            path.push(self.word()?);
        }
        if is_text {
            self.expect(")")?;
        }
        Ok(Projected {
            name: name.unwrap_or_else(|| path.join("_")),
            path,
            is_text,
        })
    }

    /// Without a direction, the order is descending.
    fn ordered(&mut self) -> Result<(String, bool), Fault> {
        let column = self.word()?;
        let is_ascending = self.takes("asc") || {
            self.takes("desc");
            false
        };
        Ok((column, is_ascending))
    }
}

pub(in crate::subscriptions) fn parse(text: &str) -> Result<Query, Fault> {
    let mut parser = Parser {
        tokens: tokens(text)?,
        at: 0,
    };
    let table = parser.word()?;
    let mut steps = Vec::new();
    while parser.takes("|") {
        steps.push(parser.step()?);
    }
    let end = parser.next();
    if end.kind != Kind::End {
        return Err(end.fault());
    }
    Ok(Query { table, steps })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_read_step_by_step() {
        let text = "resourcecontainers // all of them\n| where type =~ 'Microsoft.Resources/subscriptions'\
                    | project id, state = tostring(properties.state), properties.a.b\n| order by id asc, state | limit 3";
        let projected = |name: &str, path: &[&str], is_text| Projected {
            name: name.to_owned(),
            path: path.iter().map(|part| (*part).to_owned()).collect(),
            is_text,
        };
        let steps = vec![
            Step::Where {
                column: "type".to_owned(),
                text: "Microsoft.Resources/subscriptions".to_owned(),
                ignores_case: true,
            },
            Step::Project(vec![
                projected("id", &["id"], false),
                projected("state", &["properties", "state"], true),
                projected("properties_a_b", &["properties", "a", "b"], false),
            ]),
            Step::Order(vec![("id".to_owned(), true), ("state".to_owned(), false)]),
            Step::Limit(3),
        ];
        let table = "resourcecontainers".to_owned();
        assert_eq!(parse(text), Ok(Query { table, steps }));
    }

    #[test]
    fn a_fault_names_its_place() {
        let syntax = |line, character, token: &str| {
            Err(Fault::Syntax {
                line,
                character,
                token: token.to_owned(),
            })
        };
        for (text, fault) in [
            ("", syntax(1, 0, "<EOF>")),
            ("a |", syntax(1, 3, "<EOF>")),
            ("a\n| where type = 'x'", syntax(2, 13, "=")),
            ("a | where type == x", syntax(1, 18, "x")),
            ("a | where type == 'x", syntax(1, 18, "'x")),
            ("a | project tostring(b", syntax(1, 22, "<EOF>")),
            ("a | limit many", syntax(1, 10, "many")),
            ("a ; b", syntax(1, 2, ";")),
            ("a | 7", syntax(1, 4, "7")),
            (
                "a | summarize count()",
                Err(Fault::Operator("summarize".to_owned())),
            ),
        ] {
            assert_eq!(parse(text), fault, "{text}");
        }
    }

    #[test]
    fn quotation_marks_inside_a_text_are_escaped() {
        let step = |text: &str| parse(text).unwrap().steps.remove(0);
        let wanted = |text: &str| Step::Where {
            column: "type".to_owned(),
            text: text.to_owned(),
            ignores_case: false,
        };
        assert_eq!(step(r"a | where type == 'it\'s'"), wanted("it's"));
        assert_eq!(step(r#"a | where type == "\\\"""#), wanted("\\\""));
    }
}
