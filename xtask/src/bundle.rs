//! Checks the build for content that must not be published.

use std::fs;
use std::path::Path;

use crate::page::{CHECKSUMS, INTEGRITY, SBOM};
use crate::reproduce::checksums;
use crate::shell::{Error, root};

/// A sentence of `crates/cloud-sim/src/lib.rs`. A file that contains it contains the simulated cloud.
const MARKER: &[u8] = b"simulated cloud of CMG Entra Setup";

/// The only loopback address that the page can contain: the redirect URI of the server app, which Configuration Manager requires.
const REDIRECT: &str = "http://localhost";

/// Allowed text after `https://` or `http://` in the program. `crates/domain/src/cloud.rs` composes Microsoft's host names, so none is here.
const HOSTS: [&str; 10] = [
    // The redirect URI. A separate check below is stricter.
    "localhost",
    // Links to Microsoft's documentation.
    "learn.microsoft.com/",
    // In a comment of the workflow for GitHub Actions that the page exports: the issuer of its tokens.
    "token.actions.githubusercontent.com,",
    // XML namespaces, never requested.
    "www.w3.org/",
    // Examples of an App ID URI and of a parent page in config.json.
    "ConfigMgrService",
    "cmg.contoso.com",
    "portal.contoso.com",
    "{",
    // String constants are adjacent in the program, and one constant ends with the scheme.
    "https://",
    // The next constant in one part: the prefix of a UUID.
    "urn:uuid:",
];

/// Custom sections of a wasm file that contain build information and are not part of the program.
const BUILD_INFO_SECTIONS: [&[u8]; 6] = [
    b"name",
    b"producers",
    b"sourceMappingURL",
    b"external_debug_info",
    b"build_id",
    b".debug_",
];

/// Checks `dist` and `dist/demo`. Returns the number of checked files.
pub(crate) fn check() -> Result<usize, Error> {
    let dist = root().join("dist");
    let mut checks = 0;
    let mut faults = Vec::new();
    for (folder, is_demo) in [(dist.clone(), false), (dist.join("demo"), true)] {
        let files = files_of(&folder);
        if files.is_empty() {
            return Err(Error::new(
                format!("{} is empty", folder.display()),
                "run `cargo xtask build`",
            ));
        }
        faults.extend(unlisted(&files, is_demo));
        if is_demo && !has_marker(&files) {
            faults.push(format!(
                "{}: no file contains the marker of the simulated cloud, so its absence elsewhere proves nothing",
                folder.display()
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
        Err(Error::new(
            format!(
                "the build contains forbidden content:\n  {}",
                faults.join("\n  ")
            ),
            "find its source. Only src/embed.rs can name the simulated cloud",
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

/// Whether a file contains the simulated cloud. In the demo, one part of the program does.
fn has_marker(files: &[(String, Vec<u8>)]) -> bool {
    files.iter().any(|(_, bytes)| contains(bytes, MARKER))
}

/// Checks that the files next to the page exist and list every file of it.
fn unlisted(files: &[(String, Vec<u8>)], is_demo: bool) -> Vec<String> {
    let text_of = |wanted: &str| {
        files
            .iter()
            .find(|(name, _)| name == wanted)
            .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
    };
    let mut faults = Vec::new();
    if !is_demo && text_of(SBOM).is_none() {
        faults.push(format!("{SBOM} is missing"));
    }
    let Some(listed) = text_of(CHECKSUMS) else {
        faults.push(format!("{CHECKSUMS} is missing"));
        return faults;
    };
    let listed = checksums(&listed);
    for (name, bytes) in files {
        if name != CHECKSUMS && !listed.contains_key(name) {
            faults.push(format!("{CHECKSUMS} does not list {name}"));
        }
        let mentions_file = [&b"sbom"[..], b"SHA256SUMS"]
            .iter()
            .any(|word| contains(bytes, word));
        if mentions_file && name != CHECKSUMS && name != SBOM {
            faults.push(format!("{name} requests a file that the page does not use"));
        }
    }
    for name in listed.keys() {
        if files.iter().all(|(file, _)| file != name) {
            faults.push(format!("{CHECKSUMS} lists {name}, which does not exist"));
        }
    }
    faults
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
                !is_demo && !loopback_is_redirect_only(bytes),
                "contains a loopback address other than the redirect URI",
            );
            fault(
                [
                    &b"/.cargo/"[..],
                    b"\\.cargo\\",
                    b"/.rustup/",
                    b"\\.rustup\\",
                    b"/home/",
                    b"/Users/",
                    b":\\Users\\",
                ]
                .iter()
                .any(|folder| contains(bytes, folder)),
                "contains a path of the build machine",
            );
            fault(contains(bytes, b"PRIVATE KEY"), "contains a private key");
            // Yew's crates contain bincode, but the page uses none of it (deny.toml). These texts are from its error messages.
            fault(
                contains(bytes, b"Bincode does not support")
                    || contains(bytes, b"the size limit has been reached"),
                "contains bincode, which is no longer maintained",
            );
            // The simulated cloud contains many URLs and requests none of them.
            if !is_demo {
                faults.extend(foreign_hosts(bytes));
            }
            faults.extend(build_info_sections(bytes));
        }
        Some("html") => {
            let text = String::from_utf8_lossy(bytes);
            faults.extend(html_faults(&text));
        }
        Some("js" | "css" | "ts") => {
            fault(
                contains(bytes, b"localhost") || contains(bytes, b"127.0.0.1"),
                "contains a loopback address",
            );
            fault(
                name.starts_with("cmg-entra-setup-") || contains(bytes, b"const bindings = null;"),
                "imports a module, whose hash WebKit does not check. `release join` did not run",
            );
        }
        Some("webmanifest") => fault(
            contains(bytes, b"://"),
            "contains an absolute URL. Only relative URLs are allowed",
        ),
        Some("json" | "svg" | "png") => {}
        Some("txt") if name.starts_with("sentences-") => {
            fault(
                !loopback_is_redirect_only(bytes),
                "contains a loopback address other than the redirect URI",
            );
            faults.extend(foreign_hosts(bytes));
        }
        _ if name == CHECKSUMS => {}
        _ if name == INTEGRITY => fault(
            !is_integrity(bytes),
            "is not one line with a SHA-384 hash for the attribute `integrity`",
        ),
        _ => fault(true, "is a file type that the page does not have"),
    }
    faults
}

/// True for `sha384-`, 48 bytes in Base64 (64 characters without padding), and a line break.
fn is_integrity(bytes: &[u8]) -> bool {
    bytes
        .strip_prefix(b"sha384-")
        .and_then(|hash| hash.strip_suffix(b"\n"))
        .is_some_and(|hash| {
            hash.len() == 64
                && hash
                    .iter()
                    .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
        })
}

/// Every URL in the program with an unknown host.
fn foreign_hosts(bytes: &[u8]) -> Vec<String> {
    let mut faults = Vec::new();
    for scheme in [&b"http://"[..], b"https://", b"ws://", b"wss://"] {
        for (at, _) in bytes
            .windows(scheme.len())
            .enumerate()
            .filter(|(_, window)| *window == scheme)
        {
            let after = &bytes[at + scheme.len()..];
            let is_host = after.first().is_some_and(u8::is_ascii_alphanumeric);
            if is_host && !HOSTS.iter().any(|host| after.starts_with(host.as_bytes())) {
                let end = after.len().min(40);
                let shown = String::from_utf8_lossy(&after[..end]).into_owned();
                faults.push(format!("contains an unknown host: {shown:?}"));
            }
        }
    }
    faults
}

/// Custom sections with function names, source paths, or tool versions.
fn build_info_sections(bytes: &[u8]) -> Vec<String> {
    custom_sections(bytes)
        .into_iter()
        .filter(|name| {
            BUILD_INFO_SECTIONS
                .iter()
                .any(|known| name.starts_with(known))
        })
        .map(|name| {
            format!(
                "has the section `{}`, which contains build information",
                String::from_utf8_lossy(name)
            )
        })
        .collect()
}

/// The names of a wasm file's custom sections. After a header of eight bytes, each section has a number, its length, and its content. A
/// custom section has number 0 and starts with its name.
fn custom_sections(bytes: &[u8]) -> Vec<&[u8]> {
    let mut names = Vec::new();
    let mut rest = bytes.strip_prefix(b"\0asm\x01\0\0\0").unwrap_or_default();
    while let Some((kind, after)) = rest.split_first() {
        let Some((content, next)) = sized(after) else {
            break;
        };
        if let (0, Some((name, _))) = (kind, sized(content)) {
            names.push(name);
        }
        rest = next;
    }
    names
}

/// Splits the bytes into a block with a LEB128 length and the bytes after it.
fn sized(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let digits = bytes.iter().take(5).position(|byte| byte & 0x80 == 0)? + 1;
    let length = bytes[..digits].iter().rev().fold(0_usize, |length, byte| {
        (length << 7) | usize::from(byte & 0x7f)
    });
    bytes[digits..].split_at_checked(length)
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

/// True if the only loopback address is the redirect URI, apart from one occurrence of the plain word `localhost`: the `url` crate compares
/// `file:` URLs with it, which the page does not use.
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
        // With a port, it would be the address of a test server. The texts of a program follow each other, so a colon alone says nothing.
        if let [b':', digit, ..] = after
            && digit.is_ascii_digit()
        {
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
    if lower.contains("modulepreload") {
        faults.push("preloads a module, whose hash WebKit does not check".to_owned());
    }
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
    use super::{custom_sections, faults_of, has_marker, html_faults, unlisted};

    #[track_caller]
    fn wasm(bytes: &str, is_demo: bool, faults: usize) {
        assert_eq!(
            faults_of("a.wasm", bytes.as_bytes(), is_demo).len(),
            faults,
            "{bytes}"
        );
    }

    #[test]
    fn only_the_demo_contains_the_simulated_cloud() {
        wasm("the simulated cloud of CMG Entra Setup says", false, 1);
        wasm("the simulated cloud of CMG Entra Setup says", true, 0);
        wasm("nothing", false, 0);
        wasm("nothing", true, 0);
        let file = |text: &str| ("a.wasm".to_owned(), text.as_bytes().to_vec());
        assert!(!has_marker(&[file("nothing")]));
        assert!(has_marker(&[
            file("nothing"),
            file("the simulated cloud of CMG Entra Setup says")
        ]));
    }

    #[test]
    fn files_of_sentences_have_only_known_hosts() {
        let faults = |name: &str, text: &str| faults_of(name, text.as_bytes(), false).len();
        let name = "sentences-en-start-0a.txt";
        assert_eq!(
            faults(name, "https://learn.microsoft.com/ http://localhost"),
            0
        );
        assert_eq!(faults(name, "https://evil.example/"), 1);
        assert_eq!(faults(name, "localhost:8080"), 1);
        assert_eq!(faults("notes.txt", "nothing"), 1);
    }

    #[test]
    fn the_redirect_of_the_server_app_is_the_only_loopback_address() {
        wasm("api://http://localhostnext string", false, 0);
        wasm("http://localhost:8080", false, 1);
        wasm("https://localhost", false, 1);
        wasm("localhost", false, 0);
        wasm("localhost localhost", false, 1);
        wasm("//localhost", false, 1);
        // Reported twice: as a loopback address and as an unknown host.
        wasm("http://127.0.0.1", false, 2);
    }

    #[test]
    fn the_program_has_only_known_hosts_and_no_local_data() {
        wasm("https://evil.example/", false, 1);
        wasm("http://intranet", false, 1);
        wasm("wss://push", false, 1);
        wasm("https:// http://https://ConfigMgrService", false, 0);
        wasm("http://www.w3.org/2000/svg", false, 0);
        wasm("-----BEGIN PRIVATE KEY-----", false, 1);
        wasm("Bincode does not support the method", false, 1);
        wasm("/home/someone/src/lib.rs", false, 1);
        wasm("/root/.rustup/toolchains", false, 1);
    }

    #[test]
    fn sections_with_build_information_are_found() {
        let program = |name: &str| {
            let mut bytes = b"\0asm\x01\0\0\0\x01\x03abc\0".to_vec();
            bytes.extend([2 + name.len() as u8, name.len() as u8]);
            bytes.extend(name.as_bytes());
            bytes.push(b'x');
            bytes.extend(b"\x0a\x00");
            bytes
        };
        assert_eq!(custom_sections(&program("a")), [b"a"]);
        for (name, faults) in [("name", 1), (".debug_line", 1), ("producers", 1), ("a", 0)] {
            assert_eq!(faults_of("a.wasm", &program(name), false).len(), faults);
        }
        // A length beyond the end of the file stops the search.
        assert!(custom_sections(b"\0asm\x01\0\0\0\0\xff\xff\x01").is_empty());
    }

    #[test]
    fn the_checksums_list_exactly_the_existing_files() {
        let file = |name: &str, text: &str| (name.to_owned(), text.as_bytes().to_vec());
        let checksums = file("SHA256SUMS", "00  a.js\n01  sbom.cdx.json\n");
        let sbom = file("sbom.cdx.json", "{}");
        let page = file("a.js", "");
        assert!(unlisted(&[checksums.clone(), sbom.clone(), page.clone()], false).is_empty());
        for files in [
            vec![checksums.clone(), sbom.clone()],
            vec![sbom.clone(), page.clone()],
            vec![checksums.clone(), sbom.clone(), page, file("b.js", "")],
            vec![checksums, sbom, file("a.js", "fetch('sbom.cdx.json')")],
        ] {
            assert_eq!(unlisted(&files, false).len(), 1, "{files:?}");
        }
    }

    #[test]
    fn no_separate_module_is_imported() {
        for (name, text, faults) in [
            ("boot-0a.js", "const bindings = () => {};", 0),
            ("boot-0a.js", "const bindings = null;", 1),
            ("cmg-entra-setup-0a.js", "", 1),
        ] {
            assert_eq!(
                faults_of(name, text.as_bytes(), false).len(),
                faults,
                "{name}: {text}"
            );
        }
    }

    #[test]
    fn the_hash_of_the_module_is_the_only_text_file() {
        let hash = "a+/9".repeat(16);
        for (name, text, faults) in [
            ("embed.integrity.txt", format!("sha384-{hash}\n"), 0),
            ("embed.integrity.txt", format!("sha384-{hash}"), 1),
            ("embed.integrity.txt", format!("sha256-{hash}\n"), 1),
            ("embed.integrity.txt", format!("sha384-{hash}\nx\n"), 1),
            ("embed.integrity.txt", String::new(), 1),
            ("notes.txt", format!("sha384-{hash}\n"), 1),
        ] {
            assert_eq!(
                faults_of(name, text.as_bytes(), false).len(),
                faults,
                "{name}: {text:?}"
            );
        }
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
            (
                "<link rel=\"modulepreload\" href=\"a.js\" integrity=\"sha384-x\">",
                1,
            ),
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
