//! Serves the built page as a plain static web server does: files, content types, 404. Adds only the headers it is given.

use std::path::Component;
use std::path::Path;
use std::path::PathBuf;

use http::HeaderName;
use http::HeaderValue;
use http::Method;
use http::Response;
use http::StatusCode;
use http::header::CONTENT_TYPE;

/// A folder served under a host name.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// Host name, without a port.
    pub host: String,
    /// Folder on this machine with the built files.
    pub folder: PathBuf,
    /// Path prefix at which the folder is served: `/` or `/name/`.
    pub base: String,
    /// Headers for every response.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// Paths below `base` that are served from another file, such as `config.json`.
    pub files: Vec<(String, PathBuf)>,
}

impl Site {
    /// Responds to one request; a missing file gives 404.
    #[must_use]
    pub fn answer(&self, method: &Method, path: &str) -> Response<Vec<u8>> {
        let mut response = if *method == Method::GET || *method == Method::HEAD {
            self.find(path)
        } else {
            status(StatusCode::METHOD_NOT_ALLOWED)
        };
        for (name, value) in &self.headers {
            response.headers_mut().insert(name, value.clone());
        }
        response
    }

    fn find(&self, path: &str) -> Response<Vec<u8>> {
        let base = if self.base.is_empty() {
            "/"
        } else {
            &self.base
        };
        let Some(rest) = path.strip_prefix(base) else {
            return self.missing();
        };
        let Some(relative) = relative(rest) else {
            return self.missing();
        };
        let file = self
            .files
            .iter()
            .find(|(name, _)| Path::new(name) == relative)
            .map_or_else(|| self.folder.join(&relative), |(_, file)| file.clone());
        let file = if file.is_dir() {
            file.join("index.html")
        } else {
            file
        };
        match std::fs::read(&file) {
            Ok(bytes) => typed(StatusCode::OK, &file, bytes),
            Err(_) => self.missing(),
        }
    }

    fn missing(&self) -> Response<Vec<u8>> {
        let page = self.folder.join("404.html");
        match std::fs::read(&page) {
            Ok(bytes) => typed(StatusCode::NOT_FOUND, &page, bytes),
            Err(_) => status(StatusCode::NOT_FOUND),
        }
    }
}

/// The decoded path below the folder, or `None` if the path leads out of it.
fn relative(path: &str) -> Option<PathBuf> {
    let text = percent_encoding::percent_decode_str(path)
        .decode_utf8()
        .ok()?;
    let path = PathBuf::from(text.as_ref());
    path.components()
        .all(|part| matches!(part, Component::Normal(_)))
        .then_some(path)
}

fn typed(status: StatusCode, file: &Path, bytes: Vec<u8>) -> Response<Vec<u8>> {
    let kind = mime_guess::from_path(file).first_or_octet_stream();
    let mut response = Response::new(bytes);
    *response.status_mut() = status;
    let kind = if kind.type_() == mime_guess::mime::TEXT {
        format!("{kind}; charset=utf-8")
    } else {
        kind.to_string()
    };
    if let Ok(value) = HeaderValue::from_str(&kind) {
        response.headers_mut().insert(CONTENT_TYPE, value);
    }
    response
}

fn status(status: StatusCode) -> Response<Vec<u8>> {
    let mut response = Response::new(status.to_string().into_bytes());
    *response.status_mut() = status;
    response.headers_mut().insert(
        CONTENT_TYPE,
        HeaderValue::from_static("text/plain; charset=utf-8"),
    );
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_outside_the_folder_are_not_served() {
        for path in [
            "../Cargo.toml",
            "%2e%2e/Cargo.toml",
            "/etc/passwd",
            "a/../../b",
        ] {
            assert_eq!(relative(path), None, "{path}");
        }
        assert_eq!(relative("a/b.js"), Some(PathBuf::from("a/b.js")));
    }

    #[test]
    fn wasm_and_scripts_have_the_content_types_browsers_require() {
        for (name, kind) in [
            ("app_bg.wasm", "application/wasm"),
            ("boot.js", "text/javascript; charset=utf-8"),
            ("index.html", "text/html; charset=utf-8"),
            ("config.json", "application/json"),
            ("app.css", "text/css; charset=utf-8"),
        ] {
            let response = typed(StatusCode::OK, Path::new(name), Vec::new());
            assert_eq!(response.headers()[CONTENT_TYPE], kind, "{name}");
        }
    }
}
