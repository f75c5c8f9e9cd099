//! `cargo xtask dev`: builds the demo without optimisation, serves it, and reloads the page in the browser after each change of a source.
//!
//! `trunk serve` cannot do this: its reload script is inline, and the page's policy forbids inline scripts. The files of a build are kept in
//! memory, so that the page never gets the files of two builds.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant, SystemTime};
use std::{fs, io};

use crate::page;
use crate::serve::{self, Response, Server, Site};
use crate::setup;
use crate::shell::{Error, log, print, root};

/// The files and folders that the build reads.
const SOURCES: [&str; 9] = [
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "crates",
    "docs/config.schema.json",
    "index.html",
    "locales",
    "src",
    "style",
];

/// Reading the times of all sources takes a few milliseconds, and needs no library.
const POLL_INTERVAL: Duration = Duration::from_millis(200);

/// How long the server keeps a request for the next build open. Then the browser asks again.
const EVENT_TIMEOUT: Duration = Duration::from_secs(20);

/// Only this server sends these two. No build contains them.
const RELOAD_SCRIPT: &str = "dev-reload.js";
const RELOAD_EVENTS: &str = "dev-builds";

/// Its address ends with the number of the build that the page has. The server sends a message when it has another one.
const RELOAD: &str = "\
const build = new URL(import.meta.url).search;
new EventSource(`dev-builds${build}`).addEventListener('message', ({ target }) => {
  target.close();
  location.reload();
});
";

/// Shown until the first build is complete.
const FIRST_BUILD: &str = "<!doctype html>\n<html lang=\"en\">\n<head><title>CMG Entra Setup</title></head>\n\
    <p>The first build is not complete. The terminal shows its progress or its errors.</p>\n";

/// Builds and serves until the process ends.
pub(crate) fn run(port: u16, opens_browser: bool) -> Result<(), Error> {
    setup::for_development()?;
    let server = Server::bind(port)?;
    let address = server.address.clone();
    let site = Arc::new(DevSite::new());
    let served = Arc::clone(&site);
    thread::spawn(move || server.run(&served));
    print(&format!("The development build is at {address}"));
    log("press Ctrl+C to stop it");
    if opens_browser {
        serve::open_browser(&address);
    }
    let mut sources = source_times(&root());
    loop {
        let start = Instant::now();
        match page::build_development().and_then(|folder| read_files(&folder)) {
            Ok(files) => {
                site.publish(files);
                log(&format!("built in {:.1} s", start.elapsed().as_secs_f32()));
            }
            Err(error) => eprintln!("\n{error}"),
        }
        sources = wait_for_change(&root(), &sources);
    }
}

/// The files of one build.
struct Build {
    /// Also differs from the builds of an earlier process, so that an open page reloads after a restart.
    number: u128,
    files: BTreeMap<String, Vec<u8>>,
}

struct DevSite {
    build: Mutex<Build>,
    published: Condvar,
}

impl DevSite {
    fn new() -> Self {
        let page = FIRST_BUILD.as_bytes().to_vec();
        Self {
            build: Mutex::new(Build {
                number: milliseconds(),
                files: BTreeMap::from([("index.html".to_owned(), page)]),
            }),
            published: Condvar::new(),
        }
    }

    fn build(&self) -> MutexGuard<'_, Build> {
        self.build.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn publish(&self, files: BTreeMap<String, Vec<u8>>) {
        *self.build() = Build {
            number: milliseconds(),
            files,
        };
        self.published.notify_all();
    }

    /// Waits for another build than the one of the page.
    fn next_build(&self, of_page: &str, timeout: Duration) -> Response {
        let is_same = |build: &mut Build| build.number.to_string() == of_page;
        let waited = self
            .published
            .wait_timeout_while(self.build(), timeout, is_same);
        let (build, timed_out) = waited.unwrap_or_else(PoisonError::into_inner);
        let message = if timed_out.timed_out() {
            String::new()
        } else {
            format!("data: {}\n", build.number)
        };
        // The browser connects again after these milliseconds.
        Response::events(format!("retry: 200\n{message}\n"))
    }
}

impl Site for DevSite {
    fn respond(&self, target: &str) -> Response {
        let (_, query) = target.split_once('?').unwrap_or_default();
        match serve::file_name(target).unwrap_or_default() {
            RELOAD_EVENTS => self.next_build(query, EVENT_TIMEOUT),
            RELOAD_SCRIPT => Response::file(RELOAD_SCRIPT, Some(RELOAD.into())),
            name => {
                let build = self.build();
                let body = build.files.get(name).map(|bytes| match name {
                    "index.html" => with_reload(bytes, build.number),
                    _ => bytes.clone(),
                });
                Response::file(name, body)
            }
        }
    }

    /// With this header, a browser runs no script without a hash. The development build has no hashes, because they take two seconds.
    fn has_header(&self, name: &str) -> bool {
        name != "Integrity-Policy"
    }
}

/// The page with the script that reloads it.
fn with_reload(page: &[u8], number: u128) -> Vec<u8> {
    let script = format!("<script type=\"module\" src=\"{RELOAD_SCRIPT}?{number}\"></script>");
    String::from_utf8_lossy(page)
        .replacen("</head>", &format!("{script}</head>"), 1)
        .into_bytes()
}

fn milliseconds() -> u128 {
    SystemTime::UNIX_EPOCH
        .elapsed()
        .map_or(0, |time| time.as_millis())
}

fn read_files(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>, Error> {
    let read = || -> io::Result<_> {
        let mut files = BTreeMap::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if entry.file_type()?.is_file() {
                let name = entry.file_name().to_string_lossy().into_owned();
                files.insert(name, fs::read(entry.path())?);
            }
        }
        Ok(files)
    };
    read().map_err(|error| {
        Error::new(
            format!("{} cannot be read: {error}", folder.display()),
            "check the permissions of the folder, then save a source file",
        )
    })
}

type Times = BTreeMap<PathBuf, SystemTime>;

/// When each source was saved.
fn source_times(root: &Path) -> Times {
    let mut times = Times::new();
    for source in SOURCES {
        add_times(root.join(source), &mut times);
    }
    times
}

/// A file can disappear at any time, so errors are ignored.
fn add_times(path: PathBuf, times: &mut Times) {
    // Editors keep unsaved text in hidden files and in files that end with `~`.
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if name.starts_with('.') || name.ends_with('~') {
        return;
    }
    let Ok(metadata) = fs::metadata(&path) else {
        return;
    };
    if metadata.is_dir() {
        for entry in fs::read_dir(&path).into_iter().flatten().flatten() {
            add_times(entry.path(), times);
        }
    } else if let Ok(time) = metadata.modified() {
        times.insert(path, time);
    }
}

/// Waits until the sources differ from those of the last build and no file changes any more: an editor can save several files.
#[expect(
    clippy::disallowed_methods,
    reason = "a person saves the files, and no test calls this"
)]
fn wait_for_change(root: &Path, built: &Times) -> Times {
    let mut last = source_times(root);
    loop {
        thread::sleep(POLL_INTERVAL);
        let now = source_times(root);
        if now != *built && now == last {
            return now;
        }
        last = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOON: Duration = Duration::from_secs(60);

    fn site() -> DevSite {
        let site = DevSite::new();
        let files = [("index.html", "<head></head>"), ("a.js", "a")];
        site.publish(
            files
                .map(|(name, text)| (name.to_owned(), text.into()))
                .into(),
        );
        site
    }

    #[test]
    fn only_the_served_page_has_the_reload_script() {
        let site = site();
        let number = site.build().number;
        let page = format!(
            "<head><script type=\"module\" src=\"dev-reload.js?{number}\"></script></head>"
        );
        for (target, body) in [
            ("/", page.as_str()),
            ("/a.js", "a"),
            ("/dev-reload.js?1", RELOAD),
            ("/b.js", "File not found."),
            ("/../Cargo.toml", "File not found."),
        ] {
            assert_eq!(site.respond(target).body, body.as_bytes(), "{target}");
        }
        assert_eq!(site.build().files["index.html"], b"<head></head>");
    }

    #[test]
    fn a_page_of_another_build_is_told_to_reload_at_once() {
        let site = site();
        let number = site.build().number;
        let events = site.respond("/dev-builds?0");
        assert_eq!(
            events.body,
            format!("retry: 200\ndata: {number}\n\n").into_bytes()
        );
        // The current page gets no message.
        let events = site.next_build(&number.to_string(), Duration::ZERO);
        assert_eq!(events.body, b"retry: 200\n\n");
    }

    #[test]
    fn a_new_build_ends_the_wait() {
        let site = Arc::new(site());
        let number = site.build().number;
        let waiting = Arc::clone(&site);
        let waiter = thread::spawn(move || waiting.next_build(&number.to_string(), SOON));
        site.build().number = 7;
        site.published.notify_all();
        assert_eq!(waiter.join().unwrap().body, b"retry: 200\ndata: 7\n\n");
    }

    #[test]
    fn saved_sources_are_noticed_and_files_of_editors_are_not() {
        let folder = std::env::temp_dir().join(format!("xtask-dev-{}", std::process::id()));
        let write = |name: &str| fs::write(folder.join(name), "").unwrap();
        fs::create_dir_all(folder.join("src/ui")).unwrap();
        write("src/ui/app.rs");
        let before = source_times(&folder);
        assert_eq!(before.len(), 1);
        write("src/ui/.app.rs.swp");
        write("src/ui/app.rs~");
        write("README.md");
        assert_eq!(source_times(&folder), before);
        write("index.html");
        assert_ne!(source_times(&folder), before);
        fs::remove_dir_all(folder).unwrap();
    }
}
