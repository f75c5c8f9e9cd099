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
const LARGEST: u64 = 64 * 1024 * 1024;

/// How to connect to the web server.
#[derive(Default)]
pub(crate) struct Way<'a> {
    /// IP address that replaces the DNS result.
    pub(crate) address: Option<IpAddr>,
    /// Certificates that replace those of this machine.
    pub(crate) authority: Option<&'a Path>,
    /// File with the headers of a sign-in session, one per line.
    pub(crate) door: Option<&'a Path>,
}

pub(crate) struct Client {
    agent: Agent,
    /// Headers of the sign-in session. They are sent only with HTTPS and never printed.
    door: HeaderMap,
}

/// The reason why there is no response.
pub(crate) enum NoAnswer {
    /// The web server responds but has no trusted certificate.
    Untrusted(String),
    /// The web server cannot be reached from this machine, which can have other causes.
    Unreached(String),
}

impl From<NoAnswer> for String {
    fn from(why: NoAnswer) -> Self {
        let (NoAnswer::Untrusted(text) | NoAnswer::Unreached(text)) = why;
        text
    }
}

impl From<Error> for NoAnswer {
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
            Self::Unreached(text)
        }
    }
}

/// The response of the web server.
pub(crate) struct Answer {
    pub(crate) status: u16,
    headers: HeaderMap,
    /// The body as transferred, possibly compressed.
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// All values of a header. Values that are not text are skipped.
    pub(crate) fn all(&self, name: &str) -> Vec<&str> {
        let values = self.headers.get_all(name).iter();
        values.filter_map(|value| value.to_str().ok()).collect()
    }

    pub(crate) fn first(&self, name: &str) -> &str {
        self.all(name).first().copied().unwrap_or_default()
    }

    /// The content encoding, or empty if there is none.
    pub(crate) fn packing(&self) -> &str {
        self.first("content-encoding").trim()
    }

    /// The decompressed body.
    pub(crate) fn unpacked(&self) -> Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        let packed = self.body.as_slice();
        let read = match self.packing() {
            "" | "identity" => return Ok(self.body.clone()),
            "gzip" | "x-gzip" => flate2::read::MultiGzDecoder::new(packed)
                .take(LARGEST)
                .read_to_end(&mut bytes),
            "br" => brotli_decompressor::Decompressor::new(packed, 64 * 1024)
                .take(LARGEST)
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
struct Pinned(IpAddr);

impl Resolver for Pinned {
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
    pub(crate) fn new(way: &Way<'_>) -> Result<Self, String> {
        let roots = match way.authority {
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
        let agent = match way.address {
            None => Agent::new_with_config(config.build()),
            Some(address) => Agent::with_parts(
                config.proxy(None).build(),
                DefaultConnector::default(),
                Pinned(address),
            ),
        };
        let door = way.door.map(door).transpose()?.unwrap_or_default();
        Ok(Self { agent, door })
    }

    /// True if there are headers of a sign-in session.
    pub(crate) fn has_key(&self) -> bool {
        !self.door.is_empty()
    }

    /// Requests a file as a browser does that supports the encodings `packings`.
    pub(crate) fn get(&self, url: &Url, packings: &str) -> Result<Answer, NoAnswer> {
        let mut request = Request::get(url.as_str())
            .header("accept-encoding", packings)
            .body(())
            .map_err(|error| NoAnswer::Unreached(error.to_string()))?;
        if url.scheme() == "https" {
            request.headers_mut().extend(self.door.clone());
        }
        let mut response = self.agent.run(request)?;
        let body = response
            .body_mut()
            .with_config()
            .limit(LARGEST)
            .read_to_vec()?;
        Ok(Answer {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body,
        })
    }
}

/// Parses the headers in a file, in the format of a browser's developer tools: `Cookie: …`.
fn door(file: &Path) -> Result<HeaderMap, String> {
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

    fn packed(packing: &str, body: Vec<u8>) -> Answer {
        let mut headers = HeaderMap::new();
        headers.insert("content-encoding", packing.parse().unwrap());
        Answer {
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
        assert_eq!(packed("gzip", body.clone()).unpacked().unwrap(), b"text");
        // The shortest empty Brotli stream.
        assert_eq!(packed("br", vec![0x06]).unpacked().unwrap(), b"");
        assert!(packed("gzip", body[..9].to_vec()).unpacked().is_err());
        assert!(packed("br", b"text".to_vec()).unpacked().is_err());
        assert!(
            packed("zstd", body)
                .unpacked()
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
        let headers = door(file.path()).unwrap();
        assert_eq!(headers.len(), 2);
        assert_eq!(headers["cookie"], "a=b; c=d");
        assert_eq!(headers["cf-access-client-id"], "x:y");
        assert!(headers.values().all(http::HeaderValue::is_sensitive));
        for odd in ["session", "a b: c", "Cookie: \u{1}session"] {
            fs::write(file.path(), format!("Accept: x\n{odd}\n")).unwrap();
            let said = door(file.path()).unwrap_err();
            assert!(said.contains("line 2: is not a header"), "{said}");
            assert!(!said.contains("session") && !said.contains("a b"), "{said}");
        }
    }

    #[test]
    fn session_headers_are_sent_only_with_https() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let server = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut heard = Vec::new();
            let mut buffer = [0; 1024];
            while !heard.ends_with(b"\r\n\r\n") {
                let count = stream.read(&mut buffer).unwrap();
                heard.extend_from_slice(&buffer[..count]);
            }
            stream
                .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
                .unwrap();
            String::from_utf8(heard).unwrap()
        });
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), "Cookie: session\n").unwrap();
        let client = Client::new(&Way {
            address: Some(address.ip()),
            door: Some(file.path()),
            ..Way::default()
        })
        .unwrap();
        let url = Url::parse(&format!("http://setup.contoso.test:{}/", address.port())).unwrap();
        assert!(client.has_key() && client.get(&url, "gzip").is_ok());
        let heard = server.join().unwrap().to_ascii_lowercase();
        assert!(heard.contains("accept-encoding: gzip"), "{heard}");
        assert!(!heard.contains("cookie"), "{heard}");
    }
}
