//! Reads all pages of a list. Follows the service's own links unchanged, but never to another path and never endlessly.

use percent_encoding::percent_decode_str;
use serde_json::Value;

use crate::net::Failure;
use crate::net::MalformedResponse;
use crate::net::host;

/// More pages than any real tenant needs for these lists (999 apps per page).
pub const MOST_PAGES: usize = 50;

/// A list that is being read page by page.
#[derive(Debug)]
pub struct Pages {
    first: String,
    host: &'static str,
    seen: Vec<String>,
    values: Vec<Value>,
    most: usize,
}

impl Pages {
    /// Starts with the URL of the first page.
    #[must_use]
    pub fn new(first: String, host: &'static str) -> Self {
        Self::with_limit(first, host, MOST_PAGES)
    }

    /// Same as `new`, with another limit for the number of pages.
    #[must_use]
    pub fn with_limit(first: String, host: &'static str, most: usize) -> Self {
        Self {
            seen: vec![first.clone()],
            first,
            host,
            values: Vec::new(),
            most,
        }
    }

    /// Adds one page. Returns the URL of the next page, if there is one.
    pub fn take(&mut self, status: u16, mut page: Value) -> Result<Option<String>, Failure> {
        let odd = |why| Failure::Unexpected { status, why };
        match page.get_mut("value").map(Value::take) {
            Some(Value::Array(values)) => self.values.extend(values),
            Some(_) | None => return Err(odd(MalformedResponse::Empty)),
        }
        let next = ["@odata.nextLink", "nextLink"]
            .into_iter()
            .find_map(|name| Some(page.get_mut(name)?.take()));
        let next = match next {
            None | Some(Value::Null) => return Ok(None),
            Some(Value::String(next)) if next.is_empty() => return Ok(None),
            Some(Value::String(next)) => next,
            Some(_) => return Err(odd(MalformedResponse::BadJson)),
        };
        if !host::is_on(&next, self.host) {
            return Err(Failure::ForeignHost {
                host: host::shown(&next),
            });
        }
        // On the same host, but not the requested list.
        if climbs(&next) || !is_same_list(&next, &self.first) {
            return Err(odd(MalformedResponse::StrayPage));
        }
        if self.seen.len() >= self.most || self.seen.contains(&next) {
            return Err(odd(MalformedResponse::EndlessPages));
        }
        self.seen.push(next.clone());
        Ok(Some(next))
    }

    /// Takes out the values read since the last time.
    pub fn drain(&mut self) -> Vec<Value> {
        std::mem::take(&mut self.values)
    }

    /// All values read so far.
    #[must_use]
    pub fn into_values(self) -> Vec<Value> {
        self.values
    }
}

/// True if all segments of both paths are equal. If the first request uses another key than the object's ID, the service may use the ID:
/// `me` and `(appId='…')`.
fn is_same_list(next: &str, first: &str) -> bool {
    let (next, first) = (steps(next), steps(first));
    let is_same = |(next, first): (&String, &String)| {
        let has_other_key = first == "me" || first.contains('=');
        next == first || has_other_key && next.parse::<uuid::Uuid>().is_ok()
    };
    next.len() == first.len() && next.iter().zip(&first).all(is_same)
}

/// The path segments of a URL, with keys as separate segments. In lowercase, because Azure Resource Manager varies the case of names and
/// IDs.
fn steps(url: &str) -> Vec<String> {
    let whole = url.split(['?', '#']).next().unwrap_or_default();
    // Skips "https:", "", and the host.
    let steps = whole.trim_end_matches('/').split('/').skip(3);
    let steps = steps.flat_map(|step| {
        let step = percent_decode_str(step).decode_utf8_lossy();
        let step = step.to_ascii_lowercase();
        match step.strip_suffix(')').and_then(|it| it.split_once('(')) {
            Some((name, key)) => vec![name.to_owned(), key.trim_matches('\'').to_owned()],
            None if step == "me" => vec!["users".to_owned(), step],
            None => vec![step],
        }
    });
    steps.collect()
}

/// True if a path segment starts with a dot. A browser resolves `..`, also as `%2e`, before sending, so the request would go to another
/// path.
pub(in crate::net) fn climbs(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    ["/.", "/%2e", "/%2E"].iter().any(|dot| path.contains(dot))
}

#[cfg(test)]
mod tests {
    use super::*;

    use serde_json::json;

    const FIRST: &str = "https://graph.microsoft.com/v1.0/applications?$top=999";

    fn pages() -> Pages {
        Pages::new(FIRST.to_owned(), "graph.microsoft.com")
    }

    fn page(next: &str) -> Value {
        json!({"@odata.context": "x", "value": [1], "@odata.nextLink": next})
    }

    #[test]
    fn a_list_is_read_to_its_end() {
        let mut pages = pages();
        let second = "https://graph.microsoft.com/v1.0/applications?$top=999&$skiptoken=a%2Fb";
        assert_eq!(pages.take(200, page(second)), Ok(Some(second.to_owned())));
        assert_eq!(
            pages.take(200, json!({"value": [2, 3], "nextLink": null})),
            Ok(None)
        );
        assert_eq!(pages.into_values(), [json!(1), json!(2), json!(3)]);
    }

    #[test]
    fn azure_next_links_are_followed() {
        let mut pages = Pages::new(
            "https://management.azure.com/subscriptions?api-version=2022-12-01".to_owned(),
            "management.azure.com",
        );
        let next =
            "https://management.azure.com:443/Subscriptions?api-version=2022-12-01&%24skiptoken=x";
        assert_eq!(
            pages.take(200, json!({"value": [], "nextLink": next})),
            Ok(Some(next.to_owned()))
        );
        assert_eq!(
            pages.take(200, json!({"value": [], "nextLink": ""})),
            Ok(None)
        );
    }

    #[test]
    fn a_link_to_another_host_is_not_followed() {
        for (next, host) in [
            ("https://evil.example/v1.0/applications", "evil.example"),
            (
                "https://graph.microsoft.com.evil/v1.0/applications",
                "graph.microsoft.com.evil",
            ),
            (
                "https://graph.microsoft.com@evil/v1.0/applications",
                "graph.microsoft.com@evil",
            ),
            (
                "http://graph.microsoft.com/v1.0/applications",
                "graph.microsoft.com",
            ),
            (
                "https://graph.microsoft.com:444/v1.0/applications",
                "graph.microsoft.com:444",
            ),
            (
                "https://graph.microsoft.us/v1.0/applications",
                "graph.microsoft.us",
            ),
            ("//evil", "evil"),
            ("/v1.0/applications?$skiptoken=x", "/v1.0/applications"),
            (
                "https:\\\\graph.microsoft.com\\v1.0",
                "https:\\\\graph.microsoft.com\\v1.0",
            ),
        ] {
            assert_eq!(
                pages().take(200, page(next)),
                Err(Failure::ForeignHost {
                    host: host.to_owned()
                }),
                "{next}"
            );
        }
    }

    #[test]
    fn a_link_to_another_list_is_not_followed() {
        for next in [
            "https://graph.microsoft.com/beta/applications?$skiptoken=x",
            "https://graph.microsoft.com/",
            "https://graph.microsoft.com/?/v1.0/",
            "https://graph.microsoft.com/v1.0/../beta/applications",
            "https://graph.microsoft.com/v1.0/%2e%2E/beta/applications",
            "https://graph.microsoft.com/v1.0/.%2e?x",
            "https://graph.microsoft.com/v1.0/./applications",
            "https://graph.microsoft.com/v1.0/users?$skiptoken=x",
            "https://graph.microsoft.com/v1.0/applications/x/owners?$skiptoken=x",
            "https://graph.microsoft.com/v1.0/applications('x')?$skiptoken=x",
            "https://graph.microsoft.com/v1.0/applications%2Fx?$skiptoken=x",
            "https://graph.microsoft.com/v1.0?$skiptoken=x",
        ] {
            assert_eq!(
                pages().take(200, page(next)),
                Err(Failure::Unexpected {
                    status: 200,
                    why: MalformedResponse::StrayPage
                })
            );
        }
    }

    #[test]
    fn a_next_link_stays_with_its_object_under_any_key() {
        const ID: &str = "11111111-1111-4111-8111-111111111111";
        let of = |path: &str, next: &str| {
            let url = |path: &str| format!("https://graph.microsoft.com/v1.0/{path}");
            let mut pages = Pages::new(url(path), "graph.microsoft.com");
            pages.take(200, page(&url(next))).is_ok()
        };
        let by_app = "servicePrincipals(appId='1')/owners";
        for (first, next, is_same) in [
            ("me/memberOf?$top=1", "me/memberOf?$skiptoken=x", true),
            ("me/memberOf", &format!("users/{ID}/memberOf?x"), true),
            ("me/memberOf", &format!("users('{ID}')/memberOf?x"), true),
            ("me/memberOf", "users/x/memberOf", false),
            ("me/memberOf", "users/x/owners", false),
            ("me/memberOf", "me/owners", false),
            (by_app, "servicePrincipals(appId='1')/owners?x", true),
            (
                by_app,
                "servicePrincipals%28appId%3D%271%27%29/owners?x",
                true,
            ),
            (by_app, &format!("servicePrincipals/{ID}/owners?x"), true),
            (by_app, "servicePrincipals(appId='2')/owners?x", false),
            (by_app, &format!("applications/{ID}/owners?x"), false),
            ("users/1/owners", "users/2/owners?x", false),
            ("users/1/owners", "Users/1/Owners/?x", true),
            ("users/1/owners", &format!("users/{ID}/owners?x"), false),
        ] {
            assert_eq!(of(first, next), is_same, "{first} {next}");
        }
    }

    #[test]
    fn dots_inside_a_segment_or_query_are_kept() {
        let next = "https://graph.microsoft.com/v1.0/a..b.?$skiptoken=/../#/./";
        let first = "https://graph.microsoft.com/v1.0/a..b.".to_owned();
        let taken = Pages::new(first, "graph.microsoft.com").take(200, page(next));
        assert_eq!(taken, Ok(Some(next.to_owned())));
    }

    #[test]
    fn an_endless_list_is_refused() {
        let endless = Err(Failure::Unexpected {
            status: 200,
            why: MalformedResponse::EndlessPages,
        });
        assert_eq!(
            pages().take(200, page(FIRST)),
            endless,
            "the next link points to the first page"
        );
        let mut pages = pages();
        for number in 1..MOST_PAGES {
            assert!(
                pages
                    .take(200, page(&format!("{FIRST}&$skiptoken={number}")))
                    .is_ok()
            );
        }
        assert_eq!(
            pages.take(200, page(&format!("{FIRST}&$skiptoken=x"))),
            endless
        );
    }

    #[test]
    fn a_page_without_a_list_is_refused() {
        for body in [
            Value::Null,
            json!({}),
            json!({"value": null}),
            json!({"value": {}}),
            json!([]),
        ] {
            assert_eq!(
                pages().take(200, body),
                Err(Failure::Unexpected {
                    status: 200,
                    why: MalformedResponse::Empty
                })
            );
        }
        assert_eq!(
            pages().take(200, json!({"value": [], "nextLink": 7})),
            Err(Failure::Unexpected {
                status: 200,
                why: MalformedResponse::BadJson
            })
        );
    }
}
