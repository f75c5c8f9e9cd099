//! Lists: filter, search, order, pages, and the rules of advanced queries.
//!
//! Sources: "Advanced query capabilities on Microsoft Entra ID objects" and "Paging Microsoft Graph data in your app".

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use serde_json::json;

use crate::answer::Answer;
use crate::answer::Object;
use crate::answer::Refusal;
use crate::directory::call::Call;
use crate::directory::call::bad_query;
use crate::odata::Filter;
use crate::odata::Literal;
use crate::odata::Mismatch;

/// Default page size.
const PAGE: usize = 100;

/// What a list supports.
pub(in crate::directory) struct Kind {
    /// Name in the context URL, such as `applications`.
    pub(in crate::directory) set: String,
    /// Name in error messages, such as `application`.
    pub(in crate::directory) type_name: &'static str,
    /// Every property of the type.
    pub(in crate::directory) properties: Vec<(&'static str, Holds)>,
    /// Properties that a filter can use.
    pub(in crate::directory) filterable: &'static [&'static str],
    /// Filterable paths that always need an advanced query, such as `web/redirectUris`.
    pub(in crate::directory) advanced: &'static [&'static str],
    /// Whether the path ends with a type cast of memberships, which is an advanced query.
    pub(in crate::directory) is_cast: bool,
}

impl Kind {
    fn unsupported(&self, property: &str) -> Refusal {
        Refusal::new(
            400,
            "Request_UnsupportedQuery",
            format!(
                "Unsupported or invalid query filter clause specified for property '{property}' of resource '{}'.",
                self.type_name
            ),
        )
    }
}

/// The kind of literal that a property can be compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::directory) enum Holds {
    /// Quoted text.
    Text,
    Bool,
    /// A GUID, a time, or a number: without quotes, although a GUID may have them.
    Bare,
    /// Collections and complex values, which a filter reads through a lambda or a path.
    More,
}

impl Holds {
    fn fits(self, literal: &Literal) -> bool {
        match literal {
            Literal::Null => true,
            Literal::Text(_) => matches!(self, Self::Text | Self::Bare | Self::More),
            Literal::Bool(_) => matches!(self, Self::Bool | Self::More),
            Literal::Bare(_) => matches!(self, Self::Bare | Self::More),
        }
    }
}

pub(in crate::directory) fn texts(names: &[&'static str]) -> Vec<(&'static str, Holds)> {
    names.iter().map(|name| (*name, Holds::Text)).collect()
}

pub(in crate::directory) fn bools(names: &[&'static str]) -> Vec<(&'static str, Holds)> {
    names.iter().map(|name| (*name, Holds::Bool)).collect()
}

impl Call<'_> {
    /// Returns one object. Error if a requested property does not exist.
    pub(in crate::directory) fn one(&self, kind: &Kind, object: Object) -> Result<Answer, Refusal> {
        self.check_names(kind)?;
        self.entity(&kind.set, object)
    }

    /// Returns a page of these objects.
    pub(in crate::directory) fn page(
        &self,
        kind: &Kind,
        objects: Vec<Object>,
    ) -> Result<Answer, Refusal> {
        if self.is_count {
            return self.number(kind, objects);
        }
        let found = self.sift(kind, objects)?;
        let start = match &self.query.skip_token {
            None => 0,
            Some(token) => read_token(token)?,
        };
        let size = self.query.top.unwrap_or(PAGE);
        let total = found.len();
        let mut page: Vec<Object> = found.into_iter().skip(start).take(size).collect();
        let context = match &self.query.select {
            None => self.context(&kind.set),
            Some(names) => {
                for object in &mut page {
                    select(object, &self.shown(names));
                }
                self.context(&format!("{}({})", kind.set, names.join(",")))
            }
        };
        let mut body = Object::new();
        body.insert("@odata.context".to_owned(), json!(context));
        // Without the header, the count is omitted without an error.
        if self.query.count && self.is_eventual() {
            body.insert("@odata.count".to_owned(), json!(total));
        }
        let next = start + page.len();
        if next < total {
            let mut link = format!("https://{}{}?", self.cloud.graph_host(), self.path);
            if !self.query.repeated.is_empty() {
                link.push_str(&self.query.repeated);
                link.push('&');
            }
            link.push_str("%24skiptoken=");
            link.push_str(&write_token(next));
            body.insert("@odata.nextLink".to_owned(), json!(link));
        }
        body.insert("value".to_owned(), json!(page));
        Ok(Answer::ok(Value::Object(body)))
    }

    /// The number of objects, for `/$count`.
    fn number(&self, kind: &Kind, objects: Vec<Object>) -> Result<Answer, Refusal> {
        if !self.is_eventual() {
            return Err(Refusal::new(
                400,
                "Request_BadRequest",
                "$count is not currently supported.",
            ));
        }
        let number = self.sift(kind, objects)?.len();
        Ok(Answer::ok(json!(number)))
    }

    /// The selected properties and the expanded ones.
    pub(in crate::directory) fn shown(&self, selected: &[String]) -> Vec<String> {
        let expanded = self.query.expand.iter().map(|one| one.name.clone());
        selected.iter().cloned().chain(expanded).collect()
    }

    fn sift(&self, kind: &Kind, mut objects: Vec<Object>) -> Result<Vec<Object>, Refusal> {
        self.check_names(kind)?;
        self.check_consistency(kind)?;
        if let Some(filter) = &self.query.filter {
            let mut found = Vec::new();
            for object in objects {
                let value = Value::Object(object);
                let passes = filter
                    .holds(&value)
                    .map_err(|Mismatch { property }| kind.unsupported(&property))?;
                if let (true, Value::Object(object)) = (passes, value) {
                    found.push(object);
                }
            }
            objects = found;
        }
        if let Some(search) = &self.query.search {
            let (property, text) = read_search(search)?;
            objects.retain(|object| {
                object
                    .get(property)
                    .and_then(Value::as_str)
                    .is_some_and(|value| value.to_lowercase().contains(&text.to_lowercase()))
            });
        }
        if let Some(order) = &self.query.order {
            objects.sort_by_key(|object| object.get(&order.property).map(ToString::to_string));
            if order.is_descending {
                objects.reverse();
            }
        }
        Ok(objects)
    }

    /// Property paths that the filter uses, outermost name first.
    fn paths_of_filter(&self) -> Vec<String> {
        let filter = self.query.filter.as_ref();
        filter.map(Filter::paths).unwrap_or_default()
    }

    fn check_names(&self, kind: &Kind) -> Result<(), Refusal> {
        let unknown = |name: &str| !kind.properties.iter().any(|(known, _)| *known == name);
        let not_found = |what: &str, name: &str| {
            bad_query(format!(
                "{what}: Could not find a property named '{name}' on type 'microsoft.graph.{}'.",
                kind.type_name
            ))
        };
        for name in self.query.select.iter().flatten() {
            if unknown(name) {
                return Err(not_found("Parsing OData Select and Expand failed", name));
            }
        }
        let has_owners = ["application", "servicePrincipal"].contains(&kind.type_name);
        for expand in &self.query.expand {
            if !(has_owners && expand.name == "owners") {
                return Err(not_found(
                    "Parsing OData Select and Expand failed",
                    &expand.name,
                ));
            }
        }
        if let Some(order) = &self.query.order
            && unknown(&order.property)
        {
            return Err(not_found("Invalid orderby clause", &order.property));
        }
        for name in self
            .query
            .filter
            .iter()
            .flat_map(|filter| filter.properties())
        {
            if unknown(name) {
                return Err(not_found("Invalid filter clause", name));
            }
        }
        for path in self.paths_of_filter() {
            let first = path.split('/').next().unwrap_or_default();
            if !kind.filterable.contains(&path.as_str()) && !kind.filterable.contains(&first) {
                return Err(kind.unsupported(first));
            }
        }
        for (name, literal) in self
            .query
            .filter
            .iter()
            .flat_map(|filter| filter.comparisons())
        {
            let holds = kind.properties.iter().find(|(known, _)| *known == name);
            if holds.is_some_and(|(_, holds)| !holds.fits(literal)) {
                return Err(kind.unsupported(name));
            }
        }
        Ok(())
    }

    fn check_consistency(&self, kind: &Kind) -> Result<(), Refusal> {
        if self.query.search.is_some() && !self.is_eventual() {
            return Err(Refusal::new(
                400,
                "Request_UnsupportedQuery",
                "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
            ));
        }
        let filter = self.query.filter.as_ref();
        let is_advanced = filter.is_some_and(|filter| filter.is_advanced())
            || (self.paths_of_filter().iter()).any(|path| kind.advanced.contains(&path.as_str()))
            || (filter.is_some() && self.query.order.is_some())
            || kind.is_cast;
        // `/$count` counts without `$count=true`.
        let counts = self.query.count || self.is_count;
        if is_advanced && !(self.is_eventual() && counts) {
            return Err(Refusal::new(
                400,
                "Request_UnsupportedQuery",
                "Unsupported Query.",
            ));
        }
        Ok(())
    }
}

/// Keeps only the requested properties. Annotations stay.
pub(in crate::directory) fn select(object: &mut Object, names: &[String]) {
    object.retain(|name, _| name.starts_with('@') || names.contains(name));
}

/// Reads `"displayName:text"`, with the quotes.
fn read_search(search: &str) -> Result<(&str, &str), Refusal> {
    search
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .and_then(|inner| inner.split_once(':'))
        .filter(|(_, text)| !text.contains('"'))
        .ok_or_else(|| {
            bad_query(format!(
                "Syntax error: character ':' is not valid at position 0 in '{search}'."
            ))
        })
}

/// Opaque to the client. Contains the start of the next page.
fn write_token(start: usize) -> String {
    URL_SAFE_NO_PAD.encode(format!("RFNwdAoAAQ/{start}"))
}

fn read_token(token: &str) -> Result<usize, Refusal> {
    URL_SAFE_NO_PAD
        .decode(token)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .and_then(|text| text.strip_prefix("RFNwdAoAAQ/").and_then(|start| start.parse().ok()))
        .ok_or_else(|| {
            Refusal::new(
                400,
                "Directory_ExpiredPageToken",
                "The specified page token value has expired and can no longer be included in your request.",
            )
        })
}
