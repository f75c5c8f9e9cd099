//! Sends one request to the checked web server. It follows no redirect and does not decompress responses automatically.

use std::fs;
use std::io::Read as _;
use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, Request};
use ureq::config::Config;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig};
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Error};
use url::Url;

/// Maximum file size in bytes. The program has about two megabytes.
const MAX_SIZE: u64 = 64 * 1024 * 1024;

/// How to connect to the web server.
#[derive(Default)]
pub(crate) struct ConnectOptions<'a> {
    /// IP address that replaces the DNS result.
    pub(crate) address: Option<IpAddr>,
    /// Certificates that replace those of this machine.
    pub(crate) authority: Option<&'a Path>,
    /// File with the headers of a sign-in session, one per line.
    pub(crate) session_headers: Option<&'a Path>,
}

pub(crate) struct Client {
    agent: Agent,
    /// Headers of the sign-in session. They are sent only with HTTPS and never printed.
    session_headers: HeaderMap,
}

/// The reason why there is no response.
pub(crate) enum RequestError {
    /// The web server responds but has no trusted certificate.
    Untrusted(String),
    /// The web server cannot be reached from this machine, which can have other causes.
    Unreachable(String),
}

impl From<RequestError> for String {
    fn from(why: RequestError) -> Self {
        let (RequestError::Untrusted(text) | RequestError::Unreachable(text)) = why;
        text
    }
}

impl From<Error> for RequestError {
    fn from(error: Error) -> Self {
        let text = error.to_string();
        let is_of_tls = if let Error::Io(inner) = &error {
            inner
                .get_ref()
                .is_some_and(|inner| inner.is::<rustls::Error>())
        } else {
            matches!(error, Error::Rustls(_))
        };
        if is_of_tls {
            Self::Untrusted(text)
        } else {
            Self::Unreachable(text)
        }
    }
}

/// The response of the web server.
pub(crate) struct Response {
    pub(crate) status: u16,
    headers: HeaderMap,
    /// The body as transferred, possibly compressed.
    pub(crate) body: Vec<u8>,
}

impl Response {
    /// All values of a header. Values that are not text are skipped.
    pub(crate) fn all(&self, name: &str) -> Vec<&str> {
        let values = self.headers.get_all(name).iter();
        values.filter_map(|value| value.to_str().ok()).collect()
    }

    pub(crate) fn first(&self, name: &str) -> &str {
        self.all(name).first().copied().unwrap_or_default()
    }

    /// The content encoding, or empty if there is none.
    pub(crate) fn encoding(&self) -> &str {
        self.first("content-encoding").trim()
    }

    /// The decompressed body.
    pub(crate) fn decoded(&self) -> Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        let compressed = self.body.as_slice();
        let read = match self.encoding() {
            "" | "identity" => return Ok(self.body.clone()),
            "gzip" | "x-gzip" => flate2::read::MultiGzDecoder::new(compressed)
                .take(MAX_SIZE)
                .read_to_end(&mut bytes),
            "br" => brotli_decompressor::Decompressor::new(compressed, 64 * 1024)
                .take(MAX_SIZE)
                .read_to_end(&mut bytes),
            other => {
                return Err(format!(
                    "has the encoding `{other}`, which was not requested"
                ));
            }
        };
        read.map(|_| bytes)
            .map_err(|error| format!("cannot be decompressed: {error}"))
    }
}

#[derive(Debug)]
struct FixedAddress(IpAddr);

impl Resolver for FixedAddress {
    fn resolve(
        &self,
        uri: &http::Uri,
        _config: &Config,
        _timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let standard = if uri.scheme_str() == Some("http") {
            80
        } else {
            443
        };
        let mut found = self.empty();
        found.push(SocketAddr::new(self.0, uri.port_u16().unwrap_or(standard)));
        Ok(found)
    }
}

impl Client {
    pub(crate) fn new(options: &ConnectOptions<'_>) -> Result<Self, String> {
        let roots = match options.authority {
            None => RootCerts::PlatformVerifier,
            Some(file) => RootCerts::Specific(Arc::new(certificates(file)?)),
        };
        let tls = TlsConfig::builder()
            .unversioned_rustls_crypto_provider(Arc::new(
                rustls::crypto::aws_lc_rs::default_provider(),
            ))
            .root_certs(roots)
            .build();
        let config = Agent::config_builder()
            .tls_config(tls)
            .http_status_as_error(false)
            .max_redirects(0)
            .user_agent("cmg-entra-setup check-host")
            .timeout_global(Some(Duration::from_secs(30)));
        let agent = match options.address {
            None => Agent::new_with_config(config.build()),
            Some(address) => Agent::with_parts(
                config.proxy(None).build(),
                DefaultConnector::default(),
                FixedAddress(address),
            ),
        };
        let session_headers = options
            .session_headers
            .map(session_headers)
            .transpose()?
            .unwrap_or_default();
        Ok(Self {
            agent,
            session_headers,
        })
    }

    /// True if there are headers of a sign-in session.
    pub(crate) fn has_session(&self) -> bool {
        !self.session_headers.is_empty()
    }

    /// Requests a file as a browser does that supports these encodings.
    pub(crate) fn get(&self, url: &Url, encodings: &str) -> Result<Response, RequestError> {
        let mut request = Request::get(url.as_str())
            .header("accept-encoding", encodings)
            .body(())
            .map_err(|error| RequestError::Unreachable(error.to_string()))?;
        if url.scheme() == "https" {
            request.headers_mut().extend(self.session_headers.clone());
        }
        let mut response = self.agent.run(request)?;
        let body = response
            .body_mut()
            .with_config()
            .limit(MAX_SIZE)
            .read_to_vec()?;
        Ok(Response {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body,
        })
    }
}

/// Parses the headers in a file, in the format of a browser's developer tools: `Cookie: …`.
fn session_headers(file: &Path) -> Result<HeaderMap, String> {
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let mut headers = HeaderMap::new();
    for (number, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let read = line.split_once(':').and_then(|(name, value)| {
            let mut value: http::HeaderValue = value.trim().parse().ok()?;
            value.set_sensitive(true);
            Some((name.trim().parse::<http::HeaderName>().ok()?, value))
        });
        // The error does not contain the line, because it can contain a session.
        let (name, value) = read.ok_or_else(|| {
            format!(
                "{}, line {}: is not a header. Use the format Name: value",
                file.display(),
                number + 1
            )
        })?;
        headers.append(name, value);
    }
    Ok(headers)
}

fn certificates(file: &Path) -> Result<Vec<Certificate<'static>>, String> {
    let bytes = fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let found: Vec<Certificate<'static>> = ureq::tls::parse_pem(&bytes)
        .filter_map(|item| match item {
            Ok(PemItem::Certificate(certificate)) => Some(certificate),
            Ok(PemItem::PrivateKey(_)) | Err(_) | Ok(_) => None,
        })
        .collect();
    if found.is_empty() {
        return Err(format!(
            "{} contains no certificate in PEM format",
            file.display()
        ));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn compressed(encoding: &str, body: Vec<u8>) -> Response {
        let mut headers = HeaderMap::new();
        headers.insert("content-encoding", encoding.parse().unwrap());
        Response {
            status: 200,
            headers,
            body,
        }
    }

    #[test]
    fn a_file_is_decompressed_or_gives_an_error() {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        packer.write_all(b"text").unwrap();
        let body = packer.finish().unwrap();
        assert_eq!(compressed("gzip", body.clone()).decoded().unwrap(), b"text");
        // The shortest empty Brotli stream.
        assert_eq!(compressed("br", vec![0x06]).decoded().unwrap(), b"");
        assert!(compressed("gzip", body[..9].to_vec()).decoded().is_err());
        assert!(compressed("br", b"text".to_vec()).decoded().is_err());
        assert!(
            compressed("zstd", body)
                .decoded()
                .unwrap_err()
                .contains("zstd")
        );
    }

    #[test]
    fn headers_are_parsed_in_the_format_of_browser_tools() {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(
            file.path(),
            "Cookie: a=b; c=d\n\ncf-access-client-id: x:y\n",
        )
        .unwrap();
        let headers = session_headers(file.path()).unwrap();
        assert_eq!(headers.len(), 2);
        assert_eq!(headers["cookie"], "a=b; c=d");
        assert_eq!(headers["cf-access-client-id"], "x:y");
        assert!(headers.values().all(http::HeaderValue::is_sensitive));
        for odd in ["session", "a b: c", "Cookie: \u{1}session"] {
            fs::write(file.path(), format!("Accept: x\n{odd}\n")).unwrap();
            let message = session_headers(file.path()).unwrap_err();
            assert!(message.contains("line 2: is not a header"), "{message}");
            assert!(
                !message.contains("session") && !message.contains("a b"),
                "{message}"
            );
        }
    }

    #[test]
    fn session_headers_are_sent_only_with_https() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let server = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut received = Vec::new();
            let mut buffer = [0; 1024];
            while !received.ends_with(b"\r\n\r\n") {
                let count = stream.read(&mut buffer).unwrap();
                received.extend_from_slice(&buffer[..count]);
            }
            stream
                .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
                .unwrap();
            String::from_utf8(received).unwrap()
        });
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), "Cookie: session\n").unwrap();
        let client = Client::new(&ConnectOptions {
            address: Some(address.ip()),
            session_headers: Some(file.path()),
            ..ConnectOptions::default()
        })
        .unwrap();
        let url = Url::parse(&format!("http://setup.contoso.test:{}/", address.port())).unwrap();
        assert!(client.has_session() && client.get(&url, "gzip").is_ok());
        let received = server.join().unwrap().to_ascii_lowercase();
        assert!(received.contains("accept-encoding: gzip"), "{received}");
        assert!(!received.contains("cookie"), "{received}");
    }
}
