//! Looks into what was built: is anything in it that must not be published?

use std::fs;
use std::path::Path;

use crate::shell::{Trouble, root};

/// A sentence of `src/sim/mod.rs`: whatever contains it contains the simulated cloud.
const MARKER: &[u8] = b"simulated cloud of CMG Entra Setup";

/// The one loopback address the page may name: the redirect URI of the server app, fixed by Configuration Manager.
const REDIRECT: &str = "http://localhost";

/// Checks `dist` and `dist/demo`. Returns how many things were checked.
pub(crate) fn check() -> Result<usize, Trouble> {
    let dist = root().join("dist");
    let mut checks = 0;
    let mut faults = Vec::new();
    for (folder, is_demo) in [(dist.clone(), false), (dist.join("demo"), true)] {
        let files = files_of(&folder);
        if files.is_empty() {
            return Err(Trouble::new(
                format!("{} is empty", folder.display()),
                "run `cargo xtask build`",
            ));
        }
        for (name, bytes) in &files {
            checks += 1;
            let found = faults_of(name, bytes, is_demo);
            faults.extend(
                found
                    .into_iter()
                    .map(|fault| format!("{}: {fault}", folder.join(name).display())),
            );
        }
    }
    if faults.is_empty() {
        Ok(checks)
    } else {
        Err(Trouble::new(
            format!(
                "the build holds what it must not:\n  {}",
                faults.join("\n  ")
            ),
            "find where it comes from; src/embed.rs is the only file that may name the simulated cloud",
        ))
    }
}

fn files_of(folder: &Path) -> Vec<(String, Vec<u8>)> {
    fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let bytes = fs::read(entry.path()).ok()?;
            Some((entry.file_name().to_string_lossy().into_owned(), bytes))
        })
        .collect()
}

fn faults_of(name: &str, bytes: &[u8], is_demo: bool) -> Vec<String> {
    let mut faults = Vec::new();
    let mut fault = |is_wrong: bool, text: &str| {
        if is_wrong {
            faults.push(text.to_owned());
        }
    };
    fault(
        contains(bytes, b"sourceMappingURL"),
        "refers to a source map",
    );
    match name.rsplit('.').next() {
        Some("wasm") => {
            let has_marker = contains(bytes, MARKER);
            fault(has_marker && !is_demo, "contains the simulated cloud");
            fault(
                !has_marker && is_demo,
                "lacks the marker of the simulated cloud, so its absence elsewhere would prove nothing",
            );
            fault(
                !is_demo && !loopback_is_redirect_only(bytes),
                "names this machine in another way than as the redirect URI",
            );
            fault(
                contains(bytes, b"/.cargo/") || contains(bytes, b"\\.cargo\\"),
                "names a folder of the machine that built it",
            );
        }
        Some("html") => {
            let text = String::from_utf8_lossy(bytes);
            faults.extend(html_faults(&text));
        }
        Some("js" | "css") => {
            fault(
                contains(bytes, b"localhost") || contains(bytes, b"127.0.0.1"),
                "names this machine",
            );
        }
        Some("json" | "svg") => {}
        _ => fault(true, "is a kind of file the page does not have"),
    }
    faults
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

/// True if the text names this machine as the redirect URI and, once, as the bare word: the `url` crate compares with it in `file:`
/// addresses, which the page has none of.
fn loopback_is_redirect_only(bytes: &[u8]) -> bool {
    const HOST: &[u8] = b"localhost";
    let scheme = REDIRECT.len() - HOST.len();
    let mut bare = 0;
    for (at, _) in bytes
        .windows(HOST.len())
        .enumerate()
        .filter(|(_, window)| *window == HOST)
    {
        let (before, after) = (&bytes[..at], &bytes[at + HOST.len()..]);
        // A port would make it a test server.
        if after.starts_with(b":") {
            return false;
        }
        if !before.ends_with(&REDIRECT.as_bytes()[..scheme]) {
            if before.ends_with(b"/") || before.ends_with(b"@") {
                return false;
            }
            bare += 1;
        }
    }
    bare <= 1 && !contains(bytes, b"127.0.0.1")
}

fn html_faults(text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let lower = text.to_ascii_lowercase();
    let needs_hash = |tag: &str| {
        tag.starts_with("script")
            || (tag.starts_with("link")
                && ["stylesheet", "modulepreload", "\"preload"]
                    .iter()
                    .any(|rel| tag.contains(rel)))
    };
    for piece in lower.split('<').skip(1) {
        let (tag, content) = piece.split_once('>').unwrap_or((piece, ""));
        if tag.starts_with("script") && !content.trim().is_empty() {
            faults.push("has an inline script".to_owned());
        }
        if tag.starts_with("style") || tag.contains(" style=") {
            faults.push("has an inline style".to_owned());
        }
        if tag
            .split_whitespace()
            .skip(1)
            .any(|word| word.starts_with("on") && word.contains('='))
        {
            faults.push(format!("has an inline handler in <{tag}>"));
        }
        if needs_hash(tag) && !tag.contains("integrity=\"sha384-") {
            faults.push(format!("has no hash for <{tag}>"));
        }
    }
    if !lower.contains("http-equiv=\"content-security-policy\"") {
        faults.push("has no content security policy".to_owned());
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::{faults_of, html_faults};

    #[track_caller]
    fn wasm(bytes: &str, is_demo: bool, faults: usize) {
        assert_eq!(
            faults_of("a.wasm", bytes.as_bytes(), is_demo).len(),
            faults,
            "{bytes}"
        );
    }

    #[test]
    fn the_simulated_cloud_is_in_the_demo_and_nowhere_else() {
        wasm("the simulated cloud of CMG Entra Setup says", false, 1);
        wasm("the simulated cloud of CMG Entra Setup says", true, 0);
        wasm("nothing", false, 0);
        wasm("nothing", true, 1);
    }

    #[test]
    fn the_redirect_of_the_server_app_is_the_only_loopback_address() {
        wasm("api://http://localhostnext string", false, 0);
        wasm("http://localhost:8080", false, 1);
        wasm("https://localhost", false, 1);
        wasm("localhost", false, 0);
        wasm("localhost localhost", false, 1);
        wasm("//localhost", false, 1);
        wasm("http://127.0.0.1", false, 1);
    }

    #[test]
    fn inline_code_and_files_without_a_hash_are_found() {
        let policy = "<meta http-equiv=\"Content-Security-Policy\">";
        for (html, faults) in [
            (
                "<script src=\"a.js\" integrity=\"sha384-x\" type=\"module\"></script>",
                0,
            ),
            ("<script src=\"a.js\"></script>", 1),
            ("<script integrity=\"sha384-x\">alert()</script>", 1),
            ("<link rel=\"stylesheet\" href=\"a.css\">", 1),
            ("<link rel=\"preload\" href=\"a.wasm\">", 1),
            ("<p style=\"color: red\">", 1),
            ("<p onclick=\"go()\">", 1),
        ] {
            assert_eq!(
                html_faults(&format!("{policy}{html}")).len(),
                faults,
                "{html}"
            );
        }
        assert_eq!(html_faults("<p>").len(), 1);
    }
}
