//! The rules of the code base that no crate boundary can keep: the order of modules, and who may name what. `ARCHITECTURE.md` gives
//! the reasons.
//!
//! Reads the tokens of every source file, so comments do not count and the insides of macros do. Test modules are exempt.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr as _;
use std::sync::LazyLock;

use fluent_syntax::ast::Entry;
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::spanned::Spanned as _;

/// The crates that make up the page, with their sources.
const CRATES: [(&str, &str); 4] = [
    ("domain", "crates/domain/src"),
    ("engine", "crates/engine/src"),
    ("cloud-sim", "crates/cloud-sim/src"),
    ("page", "src"),
];

/// The modules of `engine` and of the page, lowest first. A file imports only from lower modules and from its own.
const LAYERS: [(&str, &str, u8); 19] = [
    ("engine", "net", 0),
    ("engine", "auth", 1),
    ("engine", "graph", 1),
    ("engine", "arm", 1),
    ("engine", "desired", 2),
    ("engine", "read", 3),
    ("engine", "plan", 4),
    ("engine", "journal", 5),
    ("engine", "run", 6),
    ("engine", "undo", 7),
    ("engine", "audit", 8),
    ("engine", "providers", 8),
    ("engine", "export", 9),
    ("page", "window", 0),
    ("page", "browser", 1),
    ("page", "ui", 1),
    ("page", "demo", 2),
    ("page", "embed", 3),
    ("page", "main", 4),
];

/// Longest a file may be, without its tests. The aim is 80 to 300 lines.
const LONGEST: usize = 650;
/// The simulated cloud copies whole services, one noun a file.
const LONGEST_OF_CLOUD_SIM: usize = 800;

pub(crate) struct File {
    /// `engine`
    pub(crate) krate: &'static str,
    /// `engine/plan/mod.rs`, for the page `ui/app.rs`.
    name: String,
    /// `crates/engine/src/plan/mod.rs`
    pub(crate) path: String,
    /// `plan`
    module: String,
    pub(crate) tokens: Vec<Token>,
    /// Lines before the tests.
    lines: usize,
    text: String,
}

pub(crate) struct Token {
    pub(crate) text: String,
    line: usize,
    is_text: bool,
}

impl File {
    fn layer(&self) -> Option<u8> {
        layer_of(self.krate, &self.module)
    }

    /// The lines where these tokens follow each other.
    fn find<'a>(&'a self, words: &'a [&str]) -> impl Iterator<Item = usize> + 'a {
        self.tokens
            .windows(words.len())
            .filter(move |window| {
                window
                    .iter()
                    .zip(words)
                    .all(|(token, word)| !token.is_text && token.text == *word)
            })
            .map(|window| window[0].line)
    }

    /// Texts between quotation marks, with their lines.
    fn texts(&self) -> impl Iterator<Item = (&str, usize)> {
        self.tokens
            .iter()
            .filter(|token| token.is_text)
            .map(|token| (token.text.as_str(), token.line))
    }

    /// The path below the sources of its crate: `plan/mod.rs`.
    fn inner(&self) -> &str {
        self.name
            .strip_prefix(self.krate)
            .and_then(|rest| rest.strip_prefix('/'))
            .unwrap_or(&self.name)
    }

    /// Every path that begins with `crate ::`, without that word.
    fn full_paths(&self) -> Vec<Vec<String>> {
        let mut found = Vec::new();
        for (index, token) in self.tokens.iter().enumerate() {
            if token.text != "crate" || token.is_text {
                continue;
            }
            let mut segments = Vec::new();
            let mut rest = &self.tokens[index + 1..];
            while let [first, second, name, after @ ..] = rest
                && first.text == ":"
                && second.text == ":"
            {
                segments.push(name.text.clone());
                rest = after;
            }
            found.push(segments);
        }
        found
    }

    /// What follows `crate ::`, first and second name, with the line.
    fn paths(&self) -> Vec<(String, String, usize)> {
        self.tokens
            .windows(7)
            .filter(|window| {
                window[0].text == "crate" && window[1].text == ":" && window[2].text == ":"
            })
            .map(|window| {
                let second = if window[4].text == ":" {
                    window[6].text.clone()
                } else {
                    String::new()
                };
                (window[3].text.clone(), second, window[0].line)
            })
            .collect()
    }
}

fn layer_of(krate: &str, module: &str) -> Option<u8> {
    LAYERS
        .iter()
        .find(|(of, name, _)| *of == krate && *name == module)
        .map(|(_, _, layer)| *layer)
}

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// Every source file of the page, read once.
pub(crate) fn sources() -> &'static [File] {
    static SOURCES: LazyLock<Vec<File>> = LazyLock::new(|| {
        let mut files = Vec::new();
        for (krate, folder) in CRATES {
            let mut paths = Vec::new();
            rust_files(&root().join(folder), &mut paths);
            paths.sort();
            files.extend(paths.iter().map(|path| read(krate, folder, path)));
        }
        files
    });
    &SOURCES
}

fn read(krate: &'static str, folder: &str, path: &Path) -> File {
    let text = fs::read_to_string(path).unwrap();
    let inner = path
        .strip_prefix(root().join(folder))
        .unwrap()
        .to_string_lossy()
        .replace('\\', "/");
    let module = inner
        .split('/')
        .next()
        .unwrap()
        .trim_end_matches(".rs")
        .to_owned();
    let name = if krate == "page" {
        inner.clone()
    } else {
        format!("{krate}/{inner}")
    };
    let mut file = File {
        krate,
        path: format!("{folder}/{inner}"),
        module,
        tokens: Vec::new(),
        lines: text.lines().count(),
        name,
        text,
    };
    let stream = TokenStream::from_str(&file.text).unwrap();
    file.lines -= flatten(stream, &mut file.tokens);
    file
}

/// Appends all tokens except those of test modules. Returns the number of lines in test modules.
fn flatten(stream: TokenStream, tokens: &mut Vec<Token>) -> usize {
    let mut trees = stream.into_iter().peekable();
    let mut test_from = None;
    let mut test_lines = 0;
    while let Some(tree) = trees.next() {
        let line = tree.span().start().line;
        match tree {
            TokenTree::Punct(mark) => {
                match mark.as_char() {
                    '#' if trees.peek().is_some_and(is_test_mark) => test_from = Some(line),
                    ';' => test_from = None,
                    _ => {}
                }
                push(tokens, &mark.to_string(), line);
            }
            TokenTree::Group(group)
                if group.delimiter() == Delimiter::Brace && test_from.is_some() =>
            {
                let from = test_from.take().unwrap_or(line);
                test_lines += group.span_close().start().line + 1 - from;
            }
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::None => ("", ""),
                };
                push(tokens, open, line);
                test_lines += flatten(group.stream(), tokens);
                push(tokens, close, group.span_close().start().line);
            }
            TokenTree::Literal(literal) => tokens.push(Token {
                text: literal.to_string(),
                line,
                is_text: true,
            }),
            TokenTree::Ident(word) => push(tokens, &word.to_string(), line),
        }
    }
    test_lines
}

fn is_test_mark(tree: &TokenTree) -> bool {
    matches!(tree, TokenTree::Group(group)
        if group.delimiter() == Delimiter::Bracket && group.stream().to_string().replace(' ', "") == "cfg(test)")
}

fn push(tokens: &mut Vec<Token>, text: &str, line: usize) {
    tokens.push(Token {
        text: text.to_owned(),
        line,
        is_text: false,
    });
}

/// Fails and lists every violation of the rule.
#[track_caller]
fn forbid(rule: &str, breaks: impl Fn(&File) -> Vec<usize>) {
    let broken: Vec<String> = sources()
        .iter()
        .flat_map(|file| {
            breaks(file)
                .into_iter()
                .map(|line| format!("\n  {}:{line}", file.path))
                .collect::<Vec<_>>()
        })
        .collect();
    assert!(broken.is_empty(), "{rule}:{}", broken.concat());
}

/// Fails if a file other than these contains the token sequence.
#[track_caller]
fn only(may: &[&str], words: &[&str]) {
    forbid(
        &format!("only {} may name `{}`", may.join(", "), words.concat()),
        |file| {
            if may.iter().any(|place| {
                file.name == *place || (place.ends_with('/') && file.name.starts_with(place))
            }) {
                Vec::new()
            } else {
                file.find(words).collect()
            }
        },
    );
}

#[test]
fn a_file_names_only_lower_layers() {
    forbid(
        "a file may import from its own module and from those of lower layers",
        |file| {
            let Some(layer) = file.layer() else {
                return Vec::new();
            };
            file.paths()
                .into_iter()
                .filter(|(module, _, _)| {
                    let is_lower = layer_of(file.krate, module).is_some_and(|other| other < layer);
                    !(is_lower || *module == file.module)
                })
                .map(|(_, _, line)| line)
                .collect()
        },
    );
}

#[test]
fn every_module_has_a_layer() {
    forbid("a new module needs a row in LAYERS", |file| {
        let is_layered = matches!(file.krate, "engine" | "page") && file.module != "lib";
        if !is_layered || file.layer().is_some() {
            Vec::new()
        } else {
            vec![1]
        }
    });
}

/// What each crate may depend on: the compiler keeps the rest.
#[test]
fn crates_below_the_page_depend_on_no_browser_and_cloud_sim_on_no_client() {
    for (krate, may) in [
        ("domain", &[][..]),
        ("engine", &["domain"]),
        ("cloud-sim", &["domain"]),
    ] {
        let manifest = root().join("crates").join(krate).join("Cargo.toml");
        let text = fs::read_to_string(manifest).unwrap();
        for name in ["yew", "web-sys", "js-sys", "wasm-bindgen", "gloo"] {
            assert!(!text.contains(name), "{krate} must not depend on {name}");
        }
        for (name, _) in CRATES {
            let depends = text.contains(&format!("\n{name} = "));
            assert_eq!(
                depends,
                may.contains(&name),
                "{krate} depends on {name}: {depends}"
            );
        }
    }
}

#[test]
fn only_the_demo_names_both_cloud_sim_and_browser() {
    for krate in ["domain", "engine", "page"] {
        forbid("only demo.rs may name the simulated cloud", |file| {
            if file.krate != krate || file.name == "demo.rs" {
                return Vec::new();
            }
            file.find(&["cloud_sim"]).collect()
        });
    }
    only(
        &["demo.rs", "embed.rs", "embed/", "browser/"],
        &["crate", ":", ":", "browser"],
    );
}

#[test]
fn imports_use_one_line_per_module_and_there_are_no_reexports() {
    forbid("no `use crate::{…}`", |file| {
        file.find(&["crate", ":", ":", "{"]).collect()
    });
    forbid("no glob of our own", |file| {
        let mut lines = Vec::new();
        let mut ours = false;
        for window in file.tokens.windows(2) {
            match (window[0].text.as_str(), window[1].text.as_str()) {
                ("use", next) => ours = matches!(next, "crate" | "super" | "self"),
                ("*", ";") if ours => lines.push(window[0].line),
                (";", _) => ours = false,
                _ => {}
            }
        }
        lines
    });
    forbid("no re-exports", |file| file.find(&["pub", "use"]).collect());
}

#[test]
fn only_browser_and_ui_use_browser_crates() {
    for name in [
        "web_sys",
        "js_sys",
        "wasm_bindgen",
        "wasm_bindgen_futures",
        "gloo_net",
        "gloo_timers",
        "gloo",
    ] {
        only(
            &["browser/", "ui/", "embed.rs", "embed/", "demo.rs"],
            &[name],
        );
    }
    only(&["browser/fetch.rs"], &["gloo_net"]);
    only(&["ui/", "embed.rs", "embed/", "demo.rs"], &["yew"]);
}

#[test]
fn asynchronous_work_starts_in_one_place() {
    only(&["ui/effects.rs", "embed/opening.rs"], &["spawn_local"]);
}

/// True for the name of an attribute whose value is code, such as `onclick`.
fn is_handler(text: &str) -> bool {
    let name = text.trim_matches('"');
    name.len() > 4
        && name.starts_with("on")
        && name.bytes().all(|byte| byte.is_ascii_lowercase())
        && !["online", "only", "once"].contains(&name)
}

/// clippy.toml lists these functions by name. This test also finds their variants and those of later versions.
#[test]
fn no_file_turns_text_into_code_or_writes_to_the_console() {
    for name in [
        // Markup.
        "from_html_unchecked",
        "VRaw",
        "inner_html",
        "outer_html",
        "insert_adjacent_html",
        "contextual_fragment",
        "DomParser",
        "srcdoc",
        "set_html_unsafe",
        // Markup and code by the name of a property or attribute, which no list of names above would see.
        "Reflect",
        "set_attribute",
        "create_attribute",
        // Code.
        "new_with_args",
        "new_no_args",
        "inline_js",
        "timeout_with_str",
        "interval_with_str",
        "import_scripts",
        // What others read or what stays behind.
        "gloo_console",
        "local_storage",
        "HtmlDocument",
        "send_beacon",
    ] {
        forbid(&format!("no file may name `{name}`"), |file| {
            file.tokens
                .iter()
                .filter(|token| !token.is_text && token.text.contains(name))
                .map(|token| token.line)
                .collect()
        });
    }
    // In a text too: a binding of our own gives the browser's name there.
    for name in [
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "setHTMLUnsafe",
        "srcdoc",
        "createContextualFragment",
        "parseFromString",
    ] {
        forbid(&format!("no file may name `{name}`"), |file| {
            file.tokens
                .iter()
                .filter(|token| token.text.contains(name))
                .map(|token| token.line)
                .collect()
        });
    }
    forbid("no handler is an attribute", |file| {
        file.tokens
            .iter()
            .filter(|token| token.is_text && is_handler(&token.text))
            .map(|token| token.line)
            .collect()
    });
    only(&[], &["eval"]);
    only(&[], &["console", ":", ":"]);
    // Another window can be opened, and the browser's own functions be named, only where the browser is.
    // `embed.rs` exports to it.
    for (name, is_exported) in [("open_with_url", false), ("wasm_bindgen", true)] {
        forbid(&format!("only browser/ may name `{name}`"), |file| {
            file.tokens
                .iter()
                .filter(|token| {
                    let may = file.module == "browser" || (is_exported && file.module == "embed");
                    !token.is_text && token.text.contains(name) && !may
                })
                .map(|token| token.line)
                .collect()
        });
    }
}

#[test]
fn only_one_file_uses_the_sign_in_library() {
    only(&["engine/auth/pkce.rs"], &["oauth2"]);
}

#[test]
fn time_and_randomness_come_from_the_platform() {
    for words in [
        &["SystemTime"][..],
        &["Instant"],
        &["Timestamp", ":", ":", "now"],
        &["Zoned", ":", ":", "now"],
        &["new_v4"],
        &["getrandom"],
    ] {
        only(&["browser/"], words);
    }
}

#[test]
fn planning_and_classifying_do_no_io() {
    const IO: [&str; 4] = ["Platform", "Pending", "Session", "Net"];
    forbid("planning and classifying are pure functions", |file| {
        if !file.name.starts_with("engine/plan/") && file.name != "engine/run/classify.rs" {
            return Vec::new();
        }
        ["async", "await", "Cell", "RefCell"]
            .iter()
            .chain(&IO)
            .flat_map(|word| file.find(std::slice::from_ref(word)).collect::<Vec<_>>())
            .collect()
    });
    // After a rename, a search for the old name would find nothing anywhere.
    for name in IO {
        let has = |file: &File| {
            let mut defined = ["struct", "trait", "type"].iter();
            defined.any(|kind| file.find(&[kind, name]).next().is_some())
        };
        assert!(sources().iter().any(has), "{name} does not exist any more");
    }
}

#[test]
fn only_one_file_contains_microsoft_host_names() {
    const HOSTS: [&str; 8] = [
        "login.microsoftonline.",
        "graph.microsoft.",
        "dod-graph.",
        "management.azure.",
        "management.usgovcloudapi.",
        "portal.azure.",
        "login.windows.",
        "graph.windows.",
    ];
    forbid("a host comes from crates/domain/src/cloud.rs", |file| {
        // The simulated cloud spells its own name, or it could not contradict the table.
        if file.name == "domain/cloud.rs" || file.krate == "cloud-sim" {
            return Vec::new();
        }
        file.texts()
            .filter(|(text, _)| HOSTS.iter().any(|host| text.contains(host)))
            .map(|(_, line)| line)
            .collect()
    });
}

#[test]
fn only_the_session_turns_a_token_into_a_header() {
    forbid(
        "`Bearer` is written in engine/auth alone, and read in cloud-sim",
        |file| {
            if file.module == "auth" || file.krate == "cloud-sim" {
                return Vec::new();
            }
            file.texts()
                .filter(|(text, _)| {
                    text.contains("Bearer ") || text.eq_ignore_ascii_case("\"authorization\"")
                })
                .map(|(_, line)| line)
                .collect()
        },
    );
    // net/ attaches the header it is handed, once it has checked the host.
    only(
        &["engine/auth/", "engine/net/send.rs", "cloud-sim/"],
        &["AUTHORIZATION"],
    );
}

#[test]
fn no_type_that_holds_a_secret_implements_display() {
    let mut holders = BTreeSet::from(["Secret".to_owned()]);
    let mut displayed = Vec::new();
    for file in sources() {
        for item in syn::parse_file(&file.text).unwrap().items {
            if let syn::Item::Struct(item) = &item
                && holds_secret(&item.fields)
            {
                holders.insert(item.ident.to_string());
            }
            if let syn::Item::Enum(item) = &item
                && item.variants.iter().any(|one| holds_secret(&one.fields))
            {
                holders.insert(item.ident.to_string());
            }
            if let syn::Item::Impl(item) = &item
                && let Some((_, of, _)) = &item.trait_
                && of.segments.last().is_some_and(|of| of.ident == "Display")
                && let syn::Type::Path(path) = item.self_ty.as_ref()
                && let Some(last) = path.path.segments.last()
            {
                let line = item.span().start().line;
                displayed.push((last.ident.to_string(), format!("{}:{line}", file.path)));
            }
        }
    }
    for (name, place) in displayed {
        assert!(
            !holders.contains(&name),
            "{place}: `{name}` holds a secret and must not implement Display"
        );
    }
}

fn holds_secret(fields: &syn::Fields) -> bool {
    fields.iter().any(|field| {
        let mut tokens = Vec::new();
        let kind = &field.ty;
        flatten(quote::quote!(#kind), &mut tokens);
        tokens.iter().any(|token| token.text == "Secret")
    })
}

/// The names of the functions that `crates/domain/build.rs` makes of the catalogue.
fn sentences() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(root().join("locales/en")).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        let catalogue = fluent_syntax::parser::parse(text.as_str()).unwrap();
        for entry in &catalogue.body {
            if let Entry::Message(message) = entry {
                names.insert(message.id.name.replace('-', "_"));
            }
        }
    }
    names
}

/// rustc does not report an unused function of another crate. A call in a test does not count.
#[test]
fn every_sentence_of_the_catalogue_is_used() {
    let all = sentences();
    let mut unused = all.clone();
    for file in sources() {
        for window in file.tokens.windows(3) {
            let is_catalogue = matches!(window[0].text.as_str(), "t" | "locale");
            if is_catalogue && window[1].text == "." {
                unused.remove(&window[2].text);
            }
        }
        // Named as a function: `Locale::provider_storage`.
        for window in file.tokens.windows(4) {
            if window[0].text == "Locale" && window[1].text == ":" && window[2].text == ":" {
                unused.remove(&window[3].text);
            }
        }
    }
    assert_eq!(
        unused,
        BTreeSet::new(),
        "of {} sentences, no code calls `t.…()` or `locale.…()` for these",
        all.len()
    );
    assert!(all.len() > 1_400, "{}", all.len());
}

#[test]
fn every_file_starts_with_its_purpose() {
    forbid("the first line is `//! …`", |file| {
        if file.text.starts_with("//! ") {
            Vec::new()
        } else {
            vec![1]
        }
    });
}

#[test]
fn no_file_exceeds_the_maximum_length() {
    let mut files: Vec<&File> = sources().iter().collect();
    files.sort_by_key(|file| Reverse(file.lines));
    let longest: String = files
        .iter()
        .take(20)
        .map(|file| format!("\n{:>5} {}", file.lines, file.path))
        .collect();
    let most_of = |file: &File| match file.krate {
        "cloud-sim" => LONGEST_OF_CLOUD_SIM,
        _ => LONGEST,
    };
    assert!(
        files.iter().all(|file| file.lines <= most_of(file)),
        "split what is longer than {LONGEST} lines ({LONGEST_OF_CLOUD_SIM} in cloud-sim) by noun:{longest}"
    );
}

#[test]
fn no_test_sleeps_is_ignored_or_expects_a_panic() {
    let mut paths = Vec::new();
    for folder in ["src", "crates"] {
        rust_files(&root().join(folder), &mut paths);
    }
    rust_files(&root().join("tests"), &mut paths);
    for path in paths {
        let mut tokens = Vec::new();
        // All of it, test modules too.
        let text = fs::read_to_string(&path)
            .unwrap()
            .replace("cfg(test)", "cfg(all(test))");
        flatten(TokenStream::from_str(&text).unwrap(), &mut tokens);
        let file = File {
            krate: "",
            path: String::new(),
            name: String::new(),
            module: String::new(),
            tokens,
            lines: 0,
            text,
        };
        for words in [
            &["#", "[", "ignore"][..],
            &["should_panic"],
            &["thread", ":", ":", "sleep"],
            &["allow", "(", "unsafe_code"],
        ] {
            if let Some(line) = file.find(words).next() {
                panic!(
                    "{}:{line}: `{}` has no place in a test",
                    path.display(),
                    words.concat()
                );
            }
        }
    }
}

/// The file that a path of these segments names, if it is one of this crate.
fn file_of<'a>(files: &BTreeMap<String, &'a File>, segments: &[String]) -> Option<&'a File> {
    (1..=segments.len())
        .rev()
        .find_map(|count| files.get(&segments[..count].join("::")).copied())
}

/// The files of `folder` by module path, such as `plan::compare`.
fn modules(krate: &str, folder: &str) -> BTreeMap<String, &'static File> {
    let inside = |file: &&File| file.krate == krate && file.inner().starts_with(folder);
    sources()
        .iter()
        .filter(inside)
        .map(|file| {
            let name = file.inner().trim_end_matches(".rs");
            let name = name.strip_suffix("/mod").unwrap_or(name);
            (name.replace('/', "::"), file)
        })
        .collect()
}

/// Every set of files that import each other in a circle.
fn cycles(krate: &str, folder: &str) -> Vec<BTreeSet<String>> {
    let files = modules(krate, folder);
    let reached = |from: &File| -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut open = vec![from.name.clone()];
        while let Some(name) = open.pop() {
            let file = files.values().find(|file| file.name == name).unwrap();
            for segments in file.full_paths() {
                let Some(target) = file_of(&files, &segments) else {
                    continue;
                };
                if target.name != name && found.insert(target.name.clone()) {
                    open.push(target.name.clone());
                }
            }
        }
        found
    };
    let all: BTreeMap<&String, BTreeSet<String>> = files
        .values()
        .map(|file| (&file.name, reached(file)))
        .collect();
    let mut found: Vec<BTreeSet<String>> = Vec::new();
    for (name, targets) in &all {
        if !targets.contains(*name) || found.iter().any(|cycle| cycle.contains(*name)) {
            continue;
        }
        let back = |other: &&String| all.get(other).is_some_and(|back| back.contains(*name));
        found.push(targets.iter().filter(back).cloned().collect());
    }
    found
}

#[test]
fn no_files_of_engine_or_ui_import_each_other_in_a_cycle() {
    assert_eq!(cycles("engine", ""), Vec::<BTreeSet<String>>::new());
    assert_eq!(cycles("page", "ui/"), Vec::<BTreeSet<String>>::new());
}

/// Public types by name, each with its files. `cloud-sim` speaks of the same things as `engine` on purpose and is left out.
fn public_types() -> BTreeMap<String, Vec<String>> {
    let mut types: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in sources().iter().filter(|file| file.krate != "cloud-sim") {
        for item in syn::parse_file(&file.text).unwrap().items {
            let (name, visibility) = if let syn::Item::Struct(item) = item {
                (item.ident, item.vis)
            } else if let syn::Item::Enum(item) = item {
                (item.ident, item.vis)
            } else if let syn::Item::Trait(item) = item {
                (item.ident, item.vis)
            } else if let syn::Item::Type(item) = item {
                (item.ident, item.vis)
            } else {
                continue;
            };
            if !matches!(visibility, syn::Visibility::Inherited) {
                let files = types.entry(name.to_string()).or_default();
                files.push(file.path.clone());
            }
        }
    }
    types
}

#[test]
fn every_public_type_name_has_one_meaning() {
    let mut several = public_types();
    several.retain(|_, files| files.len() > 1);
    assert_eq!(several, BTreeMap::new());
}
