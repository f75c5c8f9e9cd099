//! Serves a folder to the browser on this machine, with the headers that a web server should send.
//!
//! Only for the demo: loopback, GET and HEAD, and plain file names. Not suitable as a public web server.

use std::fs;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use crate::shell::{Error, log, print};

/// The headers that every web server should send. `tests/native/shell.rs` compares them with the page's own policy.
const HEADERS: &str = include_str!("../../docs/hosting/headers.txt");

/// Serves until the process ends.
pub(crate) fn forever(folder: &Path, port: u16, opens_browser: bool) -> Result<(), Error> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| {
        Error::new(
            format!("port {port} is not available: {error}"),
            "select another port, for example `cargo xtask demo --port 8081`",
        )
    })?;
    let port = listener.local_addr().map_or(port, |address| address.port());
    let address = format!("http://127.0.0.1:{port}/");
    print(&format!("The demo is at {address}"));
    log("press Ctrl+C to stop it");
    if opens_browser {
        open_browser(&address);
    }
    let site = Arc::new(Site::new(folder));
    for stream in listener.incoming().flatten() {
        let site = Arc::clone(&site);
        // A browser can close the connection early, so the error is ignored.
        thread::spawn(move || site.respond(stream));
    }
    Ok(())
}

fn open_browser(address: &str) {
    let mut command = if cfg!(windows) {
        let mut command = Command::new("cmd");
        command.args(["/C", "start", ""]);
        command
    } else if cfg!(target_os = "macos") {
        Command::new("open")
    } else {
        Command::new("xdg-open")
    };
    if command.arg(address).spawn().is_err() {
        log("no browser could be opened. Open this URL in a browser");
    }
}

struct Site {
    folder: PathBuf,
}

struct Response {
    status: &'static str,
    content_type: &'static str,
    body: Vec<u8>,
}

impl Site {
    fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
        }
    }

    fn respond(&self, mut stream: TcpStream) -> io::Result<()> {
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        let mut head = BufReader::new(stream.try_clone()?.take(16 * 1024));
        let mut request = String::new();
        head.read_line(&mut request)?;
        let mut line = String::new();
        while head.read_line(&mut line)? > 2 {
            line.clear();
        }
        let mut words = request.split(' ');
        let (method, target) = (
            words.next().unwrap_or_default(),
            words.next().unwrap_or_default(),
        );
        let response = match method {
            "GET" | "HEAD" => self.file(target),
            _ => text_response("405 Method Not Allowed", "Use GET or HEAD."),
        };
        write!(
            stream,
            "HTTP/1.1 {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nCache-Control: no-store\r\nConnection: close\r\n",
            response.status,
            response.content_type,
            response.body.len(),
        )?;
        for header in HEADERS.lines() {
            write!(stream, "{header}\r\n")?;
        }
        stream.write_all(b"\r\n")?;
        if method == "GET" {
            stream.write_all(&response.body)?;
        }
        stream.flush()
    }

    fn file(&self, target: &str) -> Response {
        let path = target.split(['?', '#']).next().unwrap_or_default();
        let Some(name) = file_name(path) else {
            return text_response("404 Not Found", "File not found.");
        };
        match fs::read(self.folder.join(name)) {
            Ok(body) => Response {
                status: "200 OK",
                content_type: content_type(name),
                body,
            },
            Err(_) => text_response("404 Not Found", "File not found."),
        }
    }
}

fn text_response(status: &'static str, text: &str) -> Response {
    Response {
        status,
        content_type: "text/plain; charset=utf-8",
        body: text.as_bytes().to_vec(),
    }
}

/// The file for a path. The page has no folders, so a path with a second slash, or with a character that no build output has, is invalid.
fn file_name(path: &str) -> Option<&str> {
    let name = path.strip_prefix('/')?;
    let is_plain = !name.starts_with('.')
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'));
    match name {
        "" => Some("index.html"),
        name => is_plain.then_some(name),
    }
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("png") => "image/png",
        Some("svg") => "image/svg+xml",
        Some("webmanifest") => "application/manifest+json",
        Some("wasm") => "application/wasm",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn only_plain_names_in_the_folder_are_served() {
        for (path, file) in [
            ("/", Some("index.html")),
            ("/boot-0a1b.js", Some("boot-0a1b.js")),
            ("/../Cargo.toml", None),
            ("/..", None),
            ("/.git", None),
            ("/%2e%2e/Cargo.toml", None),
            ("/a\\..\\b", None),
            ("//etc/passwd", None),
            ("/C:/x", None),
            ("index.html", None),
        ] {
            assert_eq!(file_name(path), file, "{path}");
        }
    }
}
