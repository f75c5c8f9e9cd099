//! Parses a Microsoft Graph URL: path segments with their keys, and query options.
//!
//! The rules of the options for lists are in `list.rs`.

use percent_encoding::percent_decode_str;

use crate::answer::Refusal;
use crate::odata;
use crate::odata::Filter;

/// One path segment, decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Segment {
    /// Such as `applications`, or an object ID.
    Name(String),
    /// `('value')` or `(property='value')` after a name. The property is empty in the first form.
    Key { property: String, value: String },
}

/// The path below `/v1.0`.
pub(crate) fn segments(path: &str) -> Result<Vec<Segment>, Refusal> {
    let mut segments = Vec::new();
    for raw in path.split('/').filter(|raw| !raw.is_empty()) {
        let text = percent_decode_str(raw)
            .decode_utf8()
            .map_err(|_| bad_syntax())?;
        let Some((name, rest)) = text.split_once('(') else {
            segments.push(Segment::Name(text.into_owned()));
            continue;
        };
        let inner = rest.strip_suffix(')').ok_or_else(bad_syntax)?;
        segments.push(Segment::Name(name.to_owned()));
        let (property, value) = match inner.split_once('=') {
            Some((property, value)) if !property.contains('\'') => (property.trim(), value.trim()),
            Some(_) | None => ("", inner.trim()),
        };
        segments.push(Segment::Key {
            property: property.to_owned(),
            value: unquote(value)?,
        });
    }
    Ok(segments)
}

/// The text between the quotes, with doubled quotes reduced to one. A key without quotes stays as it is.
fn unquote(value: &str) -> Result<String, Refusal> {
    let Some(inner) = value.strip_prefix('\'') else {
        return if value.contains('\'') {
            Err(bad_syntax())
        } else {
            Ok(value.to_owned())
        };
    };
    let inner = inner.strip_suffix('\'').ok_or_else(bad_syntax)?;
    if inner.replace("''", "").contains('\'') {
        return Err(bad_syntax());
    }
    Ok(inner.replace("''", "'"))
}

fn bad_syntax() -> Refusal {
    Refusal::new(400, "BadRequest", "Bad Request - Error in query syntax.")
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Query {
    pub(crate) select: Option<Vec<String>>,
    pub(crate) filter: Option<Filter>,
    pub(crate) expand: Vec<Expand>,
    pub(crate) order: Option<Order>,
    pub(crate) search: Option<String>,
    pub(crate) top: Option<usize>,
    pub(crate) count: bool,
    pub(crate) skip_token: Option<String>,
    /// All options except the skip token, for the link to the next page.
    pub(crate) repeated: String,
}

/// A related collection to include. `select`: only these properties.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Expand {
    pub(crate) name: String,
    pub(crate) select: Option<Vec<String>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Order {
    pub(crate) property: String,
    pub(crate) is_descending: bool,
}

/// Limit of `$top` for Microsoft Entra objects.
const LARGEST_PAGE: usize = 999;

impl Query {
    pub(crate) fn parse(text: &str) -> Result<Self, Refusal> {
        let mut query = Self::default();
        let mut repeated = form_urlencoded::Serializer::new(String::new());
        let mut seen: Vec<String> = Vec::new();
        for (name, value) in form_urlencoded::parse(text.as_bytes()) {
            // Options without `$` are custom query options, which the service ignores.
            if !name.starts_with('$') {
                continue;
            }
            let name = name.to_ascii_lowercase();
            if seen.contains(&name) {
                return Err(bad(format!(
                    "Query option '{name}' was specified more than once, but it must be specified at most once."
                )));
            }
            if name != "$skiptoken" {
                repeated.append_pair(&name, &value);
            }
            query.set(&name, &value)?;
            seen.push(name);
        }
        query.repeated = repeated.finish();
        Ok(query)
    }

    fn set(&mut self, name: &str, value: &str) -> Result<(), Refusal> {
        match name {
            "$select" => {
                self.select = read_select(value);
            }
            "$filter" => {
                let filter = odata::parse(value).map_err(|error| {
                    bad(format!(
                        "Invalid filter clause: Syntax error at position {} in '{value}'.",
                        error.position
                    ))
                })?;
                self.filter = Some(filter);
            }
            "$expand" => {
                self.expand = read_expand(value)?;
            }
            "$orderby" => {
                let (property, direction) = value.trim().split_once(' ').unwrap_or((value, "asc"));
                let is_descending = match direction.trim() {
                    "asc" => false,
                    "desc" => true,
                    _ => {
                        return Err(bad(format!(
                            "Syntax error in the $orderby clause '{value}'."
                        )));
                    }
                };
                self.order = Some(Order {
                    property: property.trim().to_owned(),
                    is_descending,
                });
            }
            "$search" => self.search = Some(value.to_owned()),
            "$top" => {
                let top = value.parse().map_err(|_| {
                    bad(format!(
                        "Invalid value '{value}' for $top query option found. The $top query option requires a non-negative integer value."
                    ))
                })?;
                if !(1..=LARGEST_PAGE).contains(&top) {
                    return Err(Refusal::new(
                        400,
                        "Request_UnsupportedQuery",
                        format!(
                            "Invalid page size specified: '{top}'. Must be between 1 and {LARGEST_PAGE} inclusive."
                        ),
                    ));
                }
                self.top = Some(top);
            }
            "$count" => {
                self.count = match value {
                    "true" => true,
                    "false" => false,
                    _ => {
                        return Err(bad(format!(
                            "Invalid value '{value}' for $count query option found. Valid values are 'true' and 'false'."
                        )));
                    }
                };
            }
            "$skiptoken" => self.skip_token = Some(value.to_owned()),
            // `$format=json` is the only supported value.
            "$format" => {}
            other => {
                return Err(bad(format!(
                    "The query parameter '{other}' is not supported."
                )));
            }
        }
        Ok(())
    }
}

/// The listed property names. `None` for `*`, which means all.
fn read_select(value: &str) -> Option<Vec<String>> {
    let names: Vec<String> = value
        .split(',')
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect();
    (!names.iter().any(|name| name == "*")).then_some(names)
}

/// Such as `owners` or `owners($select=id,displayName)`, separated by commas.
fn read_expand(value: &str) -> Result<Vec<Expand>, Refusal> {
    let broken = || {
        bad(format!(
            "Parsing OData Select and Expand failed: Syntax error in '{value}'."
        ))
    };
    let mut all = Vec::new();
    let mut rest = value.trim();
    while !rest.is_empty() {
        let end = rest.find([',', '(']).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let name = name.trim().to_owned();
        let mut select = None;
        rest = match after.strip_prefix('(') {
            None => after,
            Some(inner) => {
                let (options, after) = inner.split_once(')').ok_or_else(broken)?;
                for option in options.split(';') {
                    match option.trim().split_once('=') {
                        Some(("$select", names)) => select = read_select(names),
                        Some(("$top" | "$levels", _)) => {}
                        _ => return Err(broken()),
                    }
                }
                after.trim_start()
            }
        };
        all.push(Expand { name, select });
        rest = match rest.strip_prefix(',') {
            Some(next) if !next.trim().is_empty() => next.trim_start(),
            Some(_) => return Err(broken()),
            None if rest.is_empty() => rest,
            None => return Err(broken()),
        };
    }
    Ok(all)
}

fn bad(message: String) -> Refusal {
    Refusal::new(400, "BadRequest", message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(property: &str, value: &str) -> Segment {
        Segment::Key {
            property: property.to_owned(),
            value: value.to_owned(),
        }
    }

    #[test]
    fn doubled_quotes_in_a_key_are_unescaped() {
        for (path, expected) in [
            ("/applications/abc", Segment::Name("abc".to_owned())),
            ("/applications(appId='a-b')", key("appId", "a-b")),
            (
                "/applications(uniqueName='it''s')",
                key("uniqueName", "it's"),
            ),
            (
                "/applications(uniqueName=%27a%2Fb%27)",
                key("uniqueName", "a/b"),
            ),
            ("/applications('abc')", key("", "abc")),
            ("/applications(uniqueName='a=b')", key("uniqueName", "a=b")),
        ] {
            let segments = segments(path).unwrap();
            assert_eq!(segments.last(), Some(&expected), "{path}");
        }
    }

    #[test]
    fn malformed_keys_are_refused() {
        for path in [
            "/applications(uniqueName='it's')",
            "/applications(uniqueName='x",
            "/applications(uniqueName=x')",
            "/applications(uniqueName='x'",
            "/applications/%ff",
        ] {
            assert_eq!(segments(path).unwrap_err().status, 400, "{path}");
        }
    }

    #[test]
    fn invalid_query_options_are_refused() {
        for query in [
            "$top=0",
            "$top=1000",
            "$top=x",
            "$skip=1",
            "$select=id&$select=appId",
            "$filter=displayName%20eq%20'a'b'",
            "$count=yes",
            "$orderby=displayName down",
            "$expand=owners(",
            "$expand=owners($select=id)x",
            "$expand=owners,",
            "$expand=owners($filter=id)",
        ] {
            assert_eq!(Query::parse(query).unwrap_err().status, 400, "{query}");
        }
    }

    #[test]
    fn select_accepts_a_star_and_expand_has_its_own_select() {
        assert_eq!(Query::parse("$select=*").unwrap().select, None);
        let expand = |text: &str| Query::parse(&format!("$expand={text}")).unwrap().expand;
        let one = |name: &str, select: Option<&[&str]>| Expand {
            name: name.to_owned(),
            select: select.map(|names| names.iter().map(|name| (*name).to_owned()).collect()),
        };
        assert_eq!(expand("owners"), [one("owners", None)]);
        assert_eq!(
            expand("owners($select=id,displayName),other($select=*)"),
            [
                one("owners", Some(&["id", "displayName"])),
                one("other", None)
            ]
        );
    }

    #[test]
    fn the_next_link_repeats_query_options_except_the_skip_token() {
        let query = Query::parse("$filter=a+eq+'b'&$skiptoken=zzz&$top=5&mine=1").unwrap();
        assert_eq!(query.repeated, "%24filter=a+eq+%27b%27&%24top=5");
        assert_eq!(query.skip_token.as_deref(), Some("zzz"));
    }
}
