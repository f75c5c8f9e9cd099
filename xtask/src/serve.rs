//! Serves the page to the browser on this machine, with the headers that a web server should send.
//!
//! Only for `demo` and `dev`: loopback, GET and HEAD, and plain file names. Not suitable as a public web server.

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

/// What the server sends.
pub(crate) trait Site: Send + Sync + 'static {
    fn respond(&self, target: &str) -> Response;

    /// False for a header of `HEADERS` that the site cannot have.
    fn has_header(&self, _name: &str) -> bool {
        true
    }
}

/// A reserved port of this machine.
pub(crate) struct Server {
    listener: TcpListener,
    pub(crate) address: String,
}

impl Server {
    pub(crate) fn bind(port: u16) -> Result<Self, Error> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| {
            Error::new(
                format!("port {port} is not available: {error}"),
                "select another port, for example `--port 8081`",
            )
        })?;
        let port = listener.local_addr().map_or(port, |address| address.port());
        Ok(Self {
            listener,
            address: format!("http://127.0.0.1:{port}/"),
        })
    }

    /// Serves until the process ends.
    pub(crate) fn run(self, site: &Arc<impl Site>) {
        for stream in self.listener.incoming().flatten() {
            let site = Arc::clone(site);
            // A browser can close the connection early, so the error is ignored.
            thread::spawn(move || respond(&*site, stream));
        }
    }
}

/// Serves the files of a folder until the process ends.
pub(crate) fn forever(folder: &Path, port: u16, opens_browser: bool) -> Result<(), Error> {
    let server = Server::bind(port)?;
    print(&format!("The demo is at {}", server.address));
    log("press Ctrl+C to stop it");
    if opens_browser {
        open_browser(&server.address);
    }
    server.run(&Arc::new(Folder(folder.to_owned())));
    Ok(())
}

pub(crate) fn open_browser(address: &str) {
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

pub(crate) struct Response {
    pub(crate) status: &'static str,
    pub(crate) content_type: &'static str,
    pub(crate) body: Vec<u8>,
}

impl Response {
    /// A file of the page, or 404.
    pub(crate) fn file(name: &str, body: Option<Vec<u8>>) -> Self {
        match body {
            Some(body) => Self {
                status: "200 OK",
                content_type: content_type(name),
                body,
            },
            None => text_response("404 Not Found", "File not found."),
        }
    }

    /// A block of server-sent events.
    pub(crate) fn events(body: String) -> Self {
        Self {
            status: "200 OK",
            content_type: "text/event-stream",
            body: body.into_bytes(),
        }
    }
}

struct Folder(PathBuf);

impl Site for Folder {
    fn respond(&self, target: &str) -> Response {
        let name = file_name(target).unwrap_or_default();
        Response::file(name, fs::read(self.0.join(name)).ok())
    }
}

fn respond(site: &impl Site, mut stream: TcpStream) -> io::Result<()> {
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
        "GET" | "HEAD" => site.respond(target),
        _ => text_response("405 Method Not Allowed", "Use GET or HEAD."),
    };
    write!(
        stream,
        "HTTP/1.1 {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nCache-Control: no-store\r\nConnection: close\r\n",
        response.status,
        response.content_type,
        response.body.len(),
    )?;
    let has_header = |line: &&str| {
        line.split(':')
            .next()
            .is_some_and(|name| site.has_header(name))
    };
    for header in HEADERS.lines().filter(has_header) {
        write!(stream, "{header}\r\n")?;
    }
    stream.write_all(b"\r\n")?;
    if method == "GET" {
        stream.write_all(&response.body)?;
    }
    stream.flush()
}

fn text_response(status: &'static str, text: &str) -> Response {
    Response {
        status,
        content_type: "text/plain; charset=utf-8",
        body: text.as_bytes().to_vec(),
    }
}

/// The file for a request target. The page has no folders, so a path with a second slash, or with a character that no build output has, is
/// invalid.
pub(crate) fn file_name(target: &str) -> Option<&str> {
    let path = target.split(['?', '#']).next()?;
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
            ("/boot-0a1b.js?x=/#y", Some("boot-0a1b.js")),
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
