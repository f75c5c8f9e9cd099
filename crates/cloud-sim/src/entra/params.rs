//! The parameters of a request, from the query or a form body, each at most once.

use http::header::HOST;

use crate::entra::refusal::Refusal;
use domain::platform::Request;

/// Names and values as they came.
#[derive(Clone, Debug, Default)]
pub(super) struct Params(Vec<(String, String)>);

impl Params {
    /// Reads `name=value&…`.
    pub(super) fn parse(text: &[u8]) -> Self {
        Self(form_urlencoded::parse(text).into_owned().collect())
    }

    /// The query of a request.
    pub(super) fn query(request: &Request) -> Self {
        Self::parse(request.uri().query().unwrap_or_default().as_bytes())
    }

    /// The form body of a request.
    pub(super) fn body(request: &Request) -> Self {
        Self::parse(request.body())
    }

    /// A value; an empty one counts as absent.
    pub(super) fn find(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(key, value)| key == name && !value.is_empty())
            .map(|(_, value)| value.as_str())
    }

    /// A value that must be there.
    pub(super) fn get(&self, name: &str) -> Result<&str, Refusal> {
        self.find(name).ok_or_else(|| Refusal::missing(name))
    }

    /// The same with one more value.
    pub(super) fn with(mut self, name: &str, value: &str) -> Self {
        self.0.push((name.to_owned(), value.to_owned()));
        self
    }

    /// A name that came twice.
    pub(super) fn has_duplicates(&self) -> bool {
        self.0
            .iter()
            .enumerate()
            .any(|(place, (name, _))| self.0[..place].iter().any(|(other, _)| other == name))
    }
}

/// A header as text.
pub(super) fn header<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    request
        .headers()
        .get(name)
        .and_then(|value| value.to_str().ok())
}

/// The host a request goes to, from its URL or its `Host` header.
pub(super) fn host(request: &Request) -> &str {
    request
        .uri()
        .host()
        .or_else(|| {
            let host = request.headers().get(HOST)?.to_str().ok()?;
            host.split(':').next()
        })
        .unwrap_or_default()
}

/// A value of the `Cookie` header.
pub(super) fn cookie<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    header(request, "cookie")?
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// Writes `name=value&…`.
pub(super) fn encode(pairs: &[(String, String)]) -> String {
    let mut writer = form_urlencoded::Serializer::new(String::new());
    for (name, value) in pairs {
        writer.append_pair(name, value);
    }
    writer.finish()
}
