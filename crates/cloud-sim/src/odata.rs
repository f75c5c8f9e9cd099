//! Strict OData filter parser, and evaluation of a filter against an object.
//!
//! It is strict on purpose: a client that forgets to double a quote must get an error. Syntax: "OData Version 4.01, Part 2: URL
//! Conventions". Definition of an advanced query: "Advanced query capabilities on Microsoft Entra ID objects". No maintained crate parses
//! lambda expressions, so the grammar is implemented here with `winnow`.

use serde_json::Value;
use winnow::ModalResult;
use winnow::Parser;
use winnow::ascii::multispace0;
use winnow::ascii::multispace1;
use winnow::combinator::alt;
use winnow::combinator::cut_err;
use winnow::combinator::delimited;
use winnow::combinator::not;
use winnow::combinator::opt;
use winnow::combinator::preceded;
use winnow::combinator::repeat;
use winnow::combinator::separated;
use winnow::combinator::terminated;
use winnow::token::one_of;
use winnow::token::take_while;

#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    And(Box<Self>, Box<Self>),
    Or(Box<Self>, Box<Self>),
    Not(Box<Self>),
    /// `path eq literal`, and the other operators.
    Compare(Path, Comparison, Literal),
    /// `path in ('a','b')`.
    In(Path, Vec<Literal>),
    /// `startswith(path,'text')`, and the other functions.
    Call(Function, Path, String),
    /// `path/any(x:filter)`, or `path/any()` for a collection that is not empty.
    Any(Path, Option<(String, Box<Self>)>),
}

/// Property names, outermost first. Inside a lambda, the first name can be its variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path(pub Vec<String>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    Eq,
    Ne,
    Ge,
    Le,
    Gt,
    Lt,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    StartsWith,
    EndsWith,
    Contains,
}

/// A constant. A bare word is a GUID, a date, or a number, depending on the property it is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Literal {
    /// `'text'`. `''` inside it is one quote.
    Text(String),
    Bool(bool),
    Null,
    /// Any other word without quotes.
    Bare(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// Where parsing stopped, in bytes from the start of the filter.
    pub position: usize,
}

/// Limit of nesting. No client writes deeper filters, and a deeper filter could exhaust the stack.
const DEEPEST: usize = 50;

/// Parses a filter that is already percent-decoded.
///
/// # Errors
/// When any part of the text is left over or out of place.
pub fn parse(text: &str) -> Result<Filter, SyntaxError> {
    // Every second piece is quoted text, which cannot nest.
    let depth: usize = text
        .split('\'')
        .step_by(2)
        .map(|piece| piece.matches('(').count() + piece.matches("not").count())
        .sum();
    if depth > DEEPEST {
        return Err(SyntaxError { position: 0 });
    }
    delimited(multispace0, either, multispace0)
        .parse(text)
        .map_err(|error| SyntaxError {
            position: error.offset(),
        })
}

fn either(input: &mut &str) -> ModalResult<Filter> {
    let first = both.parse_next(input)?;
    let rest: Vec<Filter> =
        repeat(0.., preceded(spaced_word("or"), cut_err(both))).parse_next(input)?;
    Ok(rest.into_iter().fold(first, |left, right| {
        Filter::Or(Box::new(left), Box::new(right))
    }))
}

fn both(input: &mut &str) -> ModalResult<Filter> {
    let first = single.parse_next(input)?;
    let rest: Vec<Filter> =
        repeat(0.., preceded(spaced_word("and"), cut_err(single))).parse_next(input)?;
    Ok(rest.into_iter().fold(first, |left, right| {
        Filter::And(Box::new(left), Box::new(right))
    }))
}

fn single(input: &mut &str) -> ModalResult<Filter> {
    alt((negated, grouped, call, lambda, compared)).parse_next(input)
}

fn negated(input: &mut &str) -> ModalResult<Filter> {
    let inner = preceded("not", alt((preceded(multispace1, single), grouped)));
    inner
        .map(|filter| Filter::Not(Box::new(filter)))
        .parse_next(input)
}

fn grouped(input: &mut &str) -> ModalResult<Filter> {
    delimited(('(', multispace0), either, (multispace0, ')')).parse_next(input)
}

fn call(input: &mut &str) -> ModalResult<Filter> {
    let function = alt((
        alt(("startswith", "startsWith")).value(Function::StartsWith),
        alt(("endswith", "endsWith")).value(Function::EndsWith),
        "contains".value(Function::Contains),
    ));
    let (function, _, path, _, text, _) = (
        function,
        ('(', multispace0),
        path,
        (multispace0, ',', multispace0),
        quoted,
        (multispace0, ')'),
    )
        .parse_next(input)?;
    // `startswith(a,'b') eq true` has the same meaning.
    let outcome = opt(preceded(
        spaced_word("eq"),
        alt(("true".value(true), "false".value(false))),
    ))
    .parse_next(input)?;
    let call = Filter::Call(function, path, text);
    Ok(match outcome {
        Some(false) => Filter::Not(Box::new(call)),
        Some(true) | None => call,
    })
}

fn lambda(input: &mut &str) -> ModalResult<Filter> {
    let inner = (
        terminated(name, (multispace0, ':', multispace0)),
        either.map(Box::new),
    );
    (
        terminated(lambda_path, "any("),
        delimited(multispace0, opt(inner), (multispace0, ')')),
    )
        .map(|(path, inner)| Filter::Any(path, inner))
        .parse_next(input)
}

/// A path up to the `/` before `any(`.
fn lambda_path(input: &mut &str) -> ModalResult<Path> {
    let part = terminated(preceded(not("any("), name), '/');
    repeat(1.., part).map(Path).parse_next(input)
}

fn compared(input: &mut &str) -> ModalResult<Filter> {
    let path = path.parse_next(input)?;
    if opt(spaced_word("in")).parse_next(input)?.is_some() {
        let list = delimited(
            ('(', multispace0),
            separated(1.., literal, (multispace0, ',', multispace0)),
            (multispace0, ')'),
        );
        return cut_err(list)
            .map(|list| Filter::In(path.clone(), list))
            .parse_next(input);
    }
    let comparison = alt((
        "eq".value(Comparison::Eq),
        "ne".value(Comparison::Ne),
        "ge".value(Comparison::Ge),
        "le".value(Comparison::Le),
        "gt".value(Comparison::Gt),
        "lt".value(Comparison::Lt),
    ));
    (delimited(multispace1, comparison, multispace1), literal)
        .map(|(comparison, literal)| Filter::Compare(path.clone(), comparison, literal))
        .parse_next(input)
}

fn path(input: &mut &str) -> ModalResult<Path> {
    let part = alt((name, "$count".map(str::to_owned)));
    separated(1.., part, '/').map(Path).parse_next(input)
}

fn name(input: &mut &str) -> ModalResult<String> {
    let first = one_of(|letter: char| letter.is_ascii_alphabetic() || letter == '_');
    let rest = take_while(0.., |letter: char| {
        letter.is_ascii_alphanumeric() || letter == '_' || letter == '.'
    });
    (first, rest)
        .take()
        .map(|text: &str| text.to_owned())
        .parse_next(input)
}

fn literal(input: &mut &str) -> ModalResult<Literal> {
    let bare = take_while(1.., |letter: char| {
        letter.is_ascii_alphanumeric() || "-+:.".contains(letter)
    });
    alt((
        quoted.map(Literal::Text),
        bare.map(|word: &str| match word {
            "true" => Literal::Bool(true),
            "false" => Literal::Bool(false),
            "null" => Literal::Null,
            other => Literal::Bare(other.to_owned()),
        }),
    ))
    .parse_next(input)
}

fn quoted(input: &mut &str) -> ModalResult<String> {
    let piece = alt((
        take_while(1.., |letter: char| letter != '\''),
        "''".value("'"),
    ));
    delimited('\'', repeat(0.., piece), '\'').parse_next(input)
}

fn spaced_word<'a>(
    word: &'static str,
) -> impl Parser<&'a str, &'a str, winnow::error::ErrMode<winnow::error::ContextError>> {
    delimited(
        multispace1,
        word,
        alt((multispace1, winnow::combinator::peek("("))),
    )
}

/// Error: the literal does not fit the type of the property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// Name of the property in the filter.
    pub property: String,
}

impl Filter {
    /// Whether the object matches the filter. Microsoft Entra ID compares text without regard to case.
    ///
    /// # Errors
    /// When a literal does not fit the type of the property it is compared with.
    pub fn holds(&self, object: &Value) -> Result<bool, Mismatch> {
        self.holds_for(object, None)
    }

    fn holds_for(&self, object: &Value, item: Option<(&str, &Value)>) -> Result<bool, Mismatch> {
        Ok(match self {
            Self::And(left, right) => {
                left.holds_for(object, item)? && right.holds_for(object, item)?
            }
            Self::Or(left, right) => {
                left.holds_for(object, item)? || right.holds_for(object, item)?
            }
            Self::Not(inner) => !inner.holds_for(object, item)?,
            Self::Compare(path, comparison, literal) => {
                compare(path, path.of(object, item), *comparison, literal)?
            }
            Self::In(path, literals) => {
                let found = path.of(object, item);
                for literal in literals {
                    if compare(path, found.clone(), Comparison::Eq, literal)? {
                        return Ok(true);
                    }
                }
                false
            }
            Self::Call(function, path, text) => {
                let found = path.of(object, item);
                let found = found.as_str().unwrap_or_default().to_lowercase();
                let text = text.to_lowercase();
                match function {
                    Function::StartsWith => found.starts_with(&text),
                    Function::EndsWith => found.ends_with(&text),
                    Function::Contains => found.contains(&text),
                }
            }
            Self::Any(path, inner) => {
                let found = path.of(object, item);
                let Some(items) = found.as_array() else {
                    return Ok(false);
                };
                let Some((variable, filter)) = inner else {
                    return Ok(!items.is_empty());
                };
                for item in items {
                    if filter.holds_for(object, Some((variable, item)))? {
                        return Ok(true);
                    }
                }
                false
            }
        })
    }

    /// Names of the object's properties that the filter uses, to check that they exist.
    #[must_use]
    pub fn properties(&self) -> Vec<&str> {
        let mut paths = Vec::new();
        self.collect(&mut paths, None);
        (paths.into_iter())
            .filter_map(|path| path.0.first().map(String::as_str))
            .collect()
    }

    /// As `properties`, with the path into complex properties, such as `web/redirectUris`.
    #[must_use]
    pub fn paths(&self) -> Vec<String> {
        let mut paths = Vec::new();
        self.collect(&mut paths, None);
        (paths.into_iter())
            .map(|Path(names)| {
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                let own = names.strip_suffix(&["$count"]).unwrap_or(&names);
                own.join("/")
            })
            .collect()
    }

    fn collect<'a>(&'a self, paths: &mut Vec<&'a Path>, variable: Option<&str>) {
        let mut add = |path: &'a Path| {
            if path.0.first().map(String::as_str) != variable {
                paths.push(path);
            }
        };
        match self {
            Self::And(left, right) | Self::Or(left, right) => {
                left.collect(paths, variable);
                right.collect(paths, variable);
            }
            Self::Not(inner) => inner.collect(paths, variable),
            Self::Compare(path, _, _) | Self::In(path, _) | Self::Call(_, path, _) => add(path),
            Self::Any(path, inner) => {
                add(path);
                if let Some((variable, filter)) = inner {
                    filter.collect(paths, Some(variable));
                }
            }
        }
    }

    /// Each property of the object with the literal it is compared with, to check that their types fit.
    #[must_use]
    pub fn comparisons(&self) -> Vec<(&str, &Literal)> {
        match self {
            Self::And(left, right) | Self::Or(left, right) => {
                let mut all = left.comparisons();
                all.extend(right.comparisons());
                all
            }
            Self::Not(inner) => inner.comparisons(),
            Self::Compare(Path(names), _, literal) => match names.as_slice() {
                [name] => vec![(name, literal)],
                _ => Vec::new(),
            },
            Self::In(Path(names), literals) => match names.as_slice() {
                [name] => literals.iter().map(|one| (name.as_str(), one)).collect(),
                _ => Vec::new(),
            },
            Self::Call(..) | Self::Any(..) => Vec::new(),
        }
    }

    /// Whether Microsoft Graph requires `ConsistencyLevel: eventual` and `$count=true` for this filter.
    #[must_use]
    pub fn is_advanced(&self) -> bool {
        match self {
            Self::And(left, right) | Self::Or(left, right) => {
                left.is_advanced() || right.is_advanced()
            }
            Self::Not(_)
            | Self::Compare(_, Comparison::Ne, _)
            | Self::Call(Function::EndsWith | Function::Contains, _, _) => true,
            Self::Compare(path, _, _) => path.0.iter().any(|part| part == "$count"),
            Self::In(_, _) | Self::Call(Function::StartsWith, _, _) => false,
            Self::Any(_, inner) => inner
                .as_ref()
                .is_some_and(|(_, filter)| filter.is_advanced()),
        }
    }
}

impl Path {
    /// The value at the path, or null.
    fn of(&self, object: &Value, item: Option<(&str, &Value)>) -> Value {
        let mut parts = self.0.iter().map(String::as_str).peekable();
        let mut found = object;
        if let Some((variable, value)) = item
            && parts.peek() == Some(&variable)
        {
            parts.next();
            found = value;
        }
        for part in parts {
            if part == "$count" {
                return found.as_array().map_or(0, Vec::len).into();
            }
            found = &found[part];
        }
        found.clone()
    }
}

fn compare(
    path: &Path,
    found: Value,
    comparison: Comparison,
    literal: &Literal,
) -> Result<bool, Mismatch> {
    let order = match (&found, literal) {
        (Value::Null, Literal::Null) => Some(std::cmp::Ordering::Equal),
        (Value::Null, _) | (_, Literal::Null) => None,
        (Value::Bool(found), Literal::Bool(wanted)) => Some(found.cmp(wanted)),
        (Value::Number(found), Literal::Bare(wanted)) => {
            let wanted: f64 = wanted.parse().map_err(|_| path.mismatch())?;
            found.as_f64().and_then(|found| found.partial_cmp(&wanted))
        }
        (Value::String(found), Literal::Text(wanted)) => {
            Some(found.to_lowercase().cmp(&wanted.to_lowercase()))
        }
        // GUIDs and dates are stored as text.
        (Value::String(found), Literal::Bare(wanted)) => {
            let is_typed =
                uuid::Uuid::try_parse(wanted).is_ok() || wanted.parse::<jiff::Timestamp>().is_ok();
            if !is_typed {
                return Err(path.mismatch());
            }
            Some(found.to_lowercase().cmp(&wanted.to_lowercase()))
        }
        (
            Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Array(_)
            | Value::Object(_),
            _,
        ) => {
            return Err(path.mismatch());
        }
    };
    Ok(match comparison {
        Comparison::Eq => order == Some(std::cmp::Ordering::Equal),
        Comparison::Ne => order != Some(std::cmp::Ordering::Equal),
        Comparison::Ge => order.is_some_and(std::cmp::Ordering::is_ge),
        Comparison::Le => order.is_some_and(std::cmp::Ordering::is_le),
        Comparison::Gt => order.is_some_and(std::cmp::Ordering::is_gt),
        Comparison::Lt => order.is_some_and(std::cmp::Ordering::is_lt),
    })
}

impl Path {
    fn mismatch(&self) -> Mismatch {
        Mismatch {
            property: self.0.join("/"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn app() -> Value {
        json!({
            "displayName": "CMG's server",
            "appId": "631a96bc-a705-4eda-9f99-fdaf9f54f6a2",
            "identifierUris": ["api://a/b", "https://x.contoso.com"],
            "web": { "redirectUris": ["http://localhost"] },
            "keys": [{ "keyId": "k1", "type": "a" }],
            "isEnabled": true,
            "size": 3,
            "createdDateTime": "2026-01-02T03:04:05Z",
            "uniqueName": null,
        })
    }

    #[track_caller]
    fn passes(filter: &str, expected: bool) {
        let filter = parse(filter).unwrap_or_else(|error| panic!("{filter}: {error:?}"));
        assert_eq!(filter.holds(&app()), Ok(expected), "{filter:?}");
    }

    #[test]
    fn documented_filters_are_evaluated_correctly() {
        for (filter, expected) in [
            ("displayName eq 'cmg''s SERVER'", true),
            ("displayName eq 'other'", false),
            ("startswith(displayName,'CMG''s')", true),
            ("startsWith(displayName, 'x')", false),
            ("startswith(displayName,'x') eq false", true),
            ("identifierUris/any(u:u eq 'api://a/b')", true),
            ("identifierUris/any(x: x eq 'api://a/c')", false),
            ("identifierUris/any()", true),
            ("keys/any(k:k/keyId eq 'k1' and k/type eq 'b')", false),
            ("web/redirectUris/any(u:startswith(u,'http://'))", true),
            (
                "appId in ('x', '631a96bc-a705-4eda-9f99-fdaf9f54f6a2')",
                true,
            ),
            ("appId eq 631a96bc-a705-4eda-9f99-fdaf9f54f6a2", true),
            ("uniqueName eq null", true),
            ("uniqueName ne null", false),
            ("isEnabled eq true and size ge 3", true),
            ("isEnabled eq false or size lt 3", false),
            ("not(isEnabled eq true)", false),
            (
                "not startswith(displayName,'a') and (size eq 3 or size eq 4)",
                true,
            ),
            ("createdDateTime ge 2026-01-01T00:00:00Z", true),
            ("identifierUris/$count eq 2", true),
            ("endswith(displayName,'server')", true),
        ] {
            passes(filter, expected);
        }
    }

    #[test]
    fn and_binds_tighter_than_or() {
        passes("size eq 3 or size eq 4 and size eq 5", true);
        passes("(size eq 3 or size eq 4) and size eq 5", false);
    }

    #[test]
    fn malformed_filters_are_refused() {
        for filter in [
            "",
            "displayName",
            "displayName eq",
            "displayName eq 'CMG's server'",
            "startswith(displayName,'peer app 'x'')",
            "displayName eq \"x\"",
            "displayName = 'x'",
            "displayName eq 'x' and",
            "displayName eq 'x' or or size eq 1",
            "displayName eq 'x",
            "displayName eq 'x')",
            "(displayName eq 'x'",
            "displayName  'x'",
            "displayNameeq'x'",
            "appId in ()",
            "appId in 'x'",
            "identifierUris/any(u eq 'x')",
            "startswith('x',displayName)",
            "'x' eq displayName",
        ] {
            assert!(parse(filter).is_err(), "{filter}");
        }
    }

    #[test]
    fn deep_nesting_is_refused_without_a_stack_overflow() {
        let filter = format!("{}size eq 1{}", "(".repeat(100_000), ")".repeat(100_000));
        assert!(parse(&filter).is_err());
    }

    #[test]
    fn a_literal_of_the_wrong_type_is_an_error() {
        for (filter, property) in [
            ("size eq 'x'", "size"),
            ("isEnabled eq 'true'", "isEnabled"),
            ("displayName eq true", "displayName"),
            ("displayName eq 5", "displayName"),
            ("identifierUris eq 'api://a/b'", "identifierUris"),
        ] {
            let outcome = parse(filter).unwrap().holds(&app());
            let property = property.to_owned();
            assert_eq!(outcome, Err(Mismatch { property }), "{filter}");
        }
    }

    #[test]
    fn advanced_queries_are_recognised() {
        for (filter, advanced) in [
            ("displayName eq 'x'", false),
            ("startswith(displayName,'x') or appId in ('y')", false),
            ("identifierUris/any(u:u eq 'x')", false),
            ("displayName ne 'x'", true),
            ("appId eq 'x' and not(displayName eq 'y')", true),
            ("endswith(displayName,'x')", true),
            ("owners/$count eq 0", true),
        ] {
            assert_eq!(parse(filter).unwrap().is_advanced(), advanced, "{filter}");
        }
    }

    #[test]
    fn a_lambda_variable_is_not_listed_as_a_property() {
        let filter = parse("keys/any(k:k/keyId eq 'x') and size eq 1").unwrap();
        assert_eq!(filter.properties(), ["keys", "size"]);
        assert_eq!(filter.paths(), ["keys", "size"]);
    }

    #[test]
    fn paths_include_nested_properties_and_omit_count() {
        let filter = "web/redirectUris/any(u:u eq 'x') or identifierUris/$count eq 0";
        let filter = parse(filter).unwrap();
        assert_eq!(filter.properties(), ["web", "identifierUris"]);
        assert_eq!(filter.paths(), ["web/redirectUris", "identifierUris"]);
    }

    proptest! {
        #[test]
        fn a_literal_with_doubled_quotes_is_read_unchanged(text in ".*") {
            let filter = format!("displayName eq '{}'", text.replace('\'', "''"));
            let expected = Filter::Compare(
                Path(vec!["displayName".to_owned()]),
                Comparison::Eq,
                Literal::Text(text),
            );
            prop_assert_eq!(parse(&filter), Ok(expected));
        }

        #[test]
        fn an_unescaped_quote_is_refused(before in "[^']*", after in "[^']*") {
            let filter = format!("displayName eq '{before}'{after}'");
            prop_assert!(parse(&filter).is_err() || after.is_empty());
        }

        #[test]
        fn parsing_any_text_never_panics(text in ".*") {
            let _ = parse(&text);
        }
    }
}
