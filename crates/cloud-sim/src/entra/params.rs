//! The parameters of a request, from the query or a form body.

use http::header::HOST;

use crate::entra::refusal::Refusal;
use domain::platform::HttpRequest;

/// Names and values in the order received.
#[derive(Clone, Debug, Default)]
pub(super) struct Params(Vec<(String, String)>);

impl Params {
    pub(super) fn parse(text: &[u8]) -> Self {
        Self(form_urlencoded::parse(text).into_owned().collect())
    }

    pub(super) fn query(request: &HttpRequest) -> Self {
        Self::parse(request.uri().query().unwrap_or_default().as_bytes())
    }

    pub(super) fn body(request: &HttpRequest) -> Self {
        Self::parse(request.body())
    }

    /// A value. Empty values count as missing.
    pub(super) fn find(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(key, value)| key == name && !value.is_empty())
            .map(|(_, value)| value.as_str())
    }

    /// A required value.
    pub(super) fn get(&self, name: &str) -> Result<&str, Refusal> {
        self.find(name).ok_or_else(|| Refusal::missing(name))
    }

    pub(super) fn with(mut self, name: &str, value: &str) -> Self {
        self.0.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Whether a name appears more than once.
    pub(super) fn has_duplicates(&self) -> bool {
        self.0
            .iter()
            .enumerate()
            .any(|(place, (name, _))| self.0[..place].iter().any(|(other, _)| other == name))
    }
}

/// The header's value. `None` if it is not text.
pub(super) fn header<'a>(request: &'a HttpRequest, name: &str) -> Option<&'a str> {
    request
        .headers()
        .get(name)
        .and_then(|value| value.to_str().ok())
}

/// The host that a request is sent to, from its URL or its `Host` header.
pub(super) fn host(request: &HttpRequest) -> &str {
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
pub(super) fn cookie<'a>(request: &'a HttpRequest, name: &str) -> Option<&'a str> {
    header(request, "cookie")?
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

pub(super) fn encode(pairs: &[(String, String)]) -> String {
    let mut writer = form_urlencoded::Serializer::new(String::new());
    for (name, value) in pairs {
        writer.append_pair(name, value);
    }
    writer.finish()
}
