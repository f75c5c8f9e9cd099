//! Architecture rules that the source text can show: layers, and which file can name what. `ARCHITECTURE.md` gives the reasons.
//!
//! Reads the tokens of every file in `src`: comments are skipped, and the contents of macros are included. Test modules are exempt.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr as _;
use std::sync::LazyLock;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::spanned::Spanned as _;

/// Each module and its layer. Its files can name their own module and modules of lower layers.
const FLOORS: [(&str, u8); 11] = [
    ("domain", 0),
    ("world", 1),
    ("net", 2),
    ("auth", 3),
    ("graph", 3),
    ("arm", 3),
    ("engine", 4),
    ("export", 4),
    ("browser", 5),
    ("sim", 5),
    ("ui", 6),
];

/// Modules of the same layer that a module can name, in one direction only.
const NEIGHBOURS: [(&str, &str); 3] = [
    // Both get the authorization header from the session.
    ("graph", "auth"),
    ("arm", "auth"),
    // Exports contain the engine's plan and outcome.
    ("export", "engine"),
];

/// Maximum lines of a file without its tests. The target is 80 to 300 lines.
const LONGEST: usize = 650;
/// Higher limit for `sim`, which reproduces whole services, one resource type per file.
const LONGEST_OF_SIM: usize = 800;

struct File {
    /// Path below `src`, such as `engine/plan.rs`.
    name: String,
    /// Top-level module, such as `engine`.
    module: String,
    tokens: Vec<Token>,
    /// Number of lines without test modules.
    lines: usize,
    text: String,
}

struct Token {
    text: String,
    line: usize,
    is_text: bool,
}

impl File {
    fn floor(&self) -> Option<u8> {
        floor_of(&self.module)
    }

    /// Lines where these tokens appear in sequence.
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

    /// String literals with their lines.
    fn texts(&self) -> impl Iterator<Item = (&str, usize)> {
        self.tokens
            .iter()
            .filter(|token| token.is_text)
            .map(|token| (token.text.as_str(), token.line))
    }

    /// The first and second name after `crate ::`, with the line.
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

fn floor_of(module: &str) -> Option<u8> {
    FLOORS
        .iter()
        .find(|(name, _)| *name == module)
        .map(|(_, floor)| *floor)
}

fn root() -> &'static Path {
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

/// All files of `src`, read once.
fn house() -> &'static [File] {
    static HOUSE: LazyLock<Vec<File>> = LazyLock::new(|| {
        let mut paths = Vec::new();
        rust_files(&root().join("src"), &mut paths);
        paths.sort();
        paths.iter().map(|path| read(path)).collect()
    });
    &HOUSE
}

fn read(path: &Path) -> File {
    let text = fs::read_to_string(path).unwrap();
    let name = path
        .strip_prefix(root().join("src"))
        .unwrap()
        .to_string_lossy()
        .replace('\\', "/");
    let module = name
        .split('/')
        .next()
        .unwrap()
        .trim_end_matches(".rs")
        .to_owned();
    let mut file = File {
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
fn nobody(rule: &str, breaks: impl Fn(&File) -> Vec<usize>) {
    let broken: Vec<String> = house()
        .iter()
        .flat_map(|file| {
            breaks(file)
                .into_iter()
                .map(|line| format!("\n  src/{}:{line}", file.name))
                .collect::<Vec<_>>()
        })
        .collect();
    assert!(broken.is_empty(), "{rule}:{}", broken.concat());
}

/// Fails if a file other than these contains the token sequence.
#[track_caller]
fn only(may: &[&str], words: &[&str]) {
    nobody(
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
    nobody(
        "a file may name its own module and those of lower floors",
        |file| {
            let Some(floor) = file.floor() else {
                return Vec::new();
            };
            file.paths()
                .into_iter()
                .filter(|(module, _, _)| {
                    let is_lower = floor_of(module).is_some_and(|other| other < floor);
                    let is_neighbour =
                        NEIGHBOURS.contains(&(file.module.as_str(), module.as_str()));
                    !(is_lower || is_neighbour || *module == file.module)
                })
                .map(|(_, _, line)| line)
                .collect()
        },
    );
}

#[test]
fn every_module_has_a_layer() {
    nobody("a new module needs a line in FLOORS", |file| {
        let is_top = matches!(file.name.as_str(), "lib.rs" | "main.rs" | "embed.rs");
        if is_top || file.floor().is_some() {
            Vec::new()
        } else {
            vec![1]
        }
    });
}

#[test]
fn only_embed_names_both_sim_and_browser() {
    only(&["embed.rs", "sim/"], &["crate", ":", ":", "sim"]);
    only(&["embed.rs", "browser/"], &["crate", ":", ":", "browser"]);
}

#[test]
fn imports_use_one_line_per_module_and_there_are_no_reexports() {
    nobody("no `use crate::{…}`", |file| {
        file.find(&["crate", ":", ":", "{"]).collect()
    });
    nobody("no glob of our own", |file| {
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
    nobody("no re-exports", |file| {
        if file.name == "lib.rs" {
            return Vec::new();
        }
        file.find(&["pub", "use"]).collect()
    });
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
        only(&["browser/", "ui/", "embed.rs"], &[name]);
    }
    only(&["browser/fetch.rs"], &["gloo_net"]);
    only(&["ui/", "embed.rs"], &["yew"]);
}

#[test]
fn asynchronous_work_starts_in_one_place() {
    only(&["ui/effects.rs"], &["spawn_local"]);
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
        // Markup and code through the name of a property or attribute, which the names above do not cover.
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
        // Output that others can read, and storage that stays behind.
        "gloo_console",
        "local_storage",
        "HtmlDocument",
        "send_beacon",
    ] {
        nobody(&format!("nobody may name `{name}`"), |file| {
            file.tokens
                .iter()
                .filter(|token| !token.is_text && token.text.contains(name))
                .map(|token| token.line)
                .collect()
        });
    }
    // Also in string literals, because a custom binding contains the browser's name as text.
    for name in [
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "setHTMLUnsafe",
        "srcdoc",
        "createContextualFragment",
        "parseFromString",
    ] {
        nobody(&format!("nobody may name `{name}`"), |file| {
            file.tokens
                .iter()
                .filter(|token| token.text.contains(name))
                .map(|token| token.line)
                .collect()
        });
    }
    nobody("no handler is an attribute", |file| {
        file.tokens
            .iter()
            .filter(|token| token.is_text && is_handler(&token.text))
            .map(|token| token.line)
            .collect()
    });
    only(&[], &["eval"]);
    only(&[], &["console", ":", ":"]);
    // Only browser/ can open another window or import browser functions. `embed.rs` exports functions to the browser.
    for (name, is_exported) in [("open_with_url", false), ("wasm_bindgen", true)] {
        nobody(&format!("only browser/ may name `{name}`"), |file| {
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
    only(&["auth/pkce.rs"], &["oauth2"]);
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
fn the_plan_does_no_io() {
    nobody("planning is a pure function", |file| {
        if !file.name.starts_with("engine/plan") {
            return Vec::new();
        }
        [
            "async", "await", "World", "Pending", "Session", "net", "Cell", "RefCell",
        ]
        .iter()
        .flat_map(|word| file.find(std::slice::from_ref(word)).collect::<Vec<_>>())
        .collect()
    });
}

#[test]
fn the_simulated_cloud_does_not_use_the_wire_types() {
    nobody(
        "sim speaks JSON, so that it can contradict the client",
        |file| {
            if file.module != "sim" {
                return Vec::new();
            }
            file.paths()
                .into_iter()
                .filter(|(module, _, _)| {
                    matches!(
                        module.as_str(),
                        "graph" | "arm" | "auth" | "net" | "engine" | "export"
                    )
                })
                .map(|(_, _, line)| line)
                .collect()
        },
    );
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
    nobody("a host comes from domain/cloud.rs", |file| {
        // The simulated cloud has its own host names, so that it can contradict the table.
        if file.name == "domain/cloud.rs" || file.module == "sim" {
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
    nobody(
        "`Bearer` is written in auth/ alone, and read in sim/",
        |file| {
            if matches!(file.module.as_str(), "auth" | "sim") {
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
    // net/ attaches the header that it receives after it has validated the host.
    only(&["auth/", "net/send.rs", "sim/"], &["AUTHORIZATION"]);
}

#[test]
fn no_type_that_holds_a_secret_implements_display() {
    let mut holders = BTreeSet::from(["Secret".to_owned()]);
    let mut displayed = Vec::new();
    for file in house() {
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
                displayed.push((last.ident.to_string(), format!("{}:{line}", file.name)));
            }
        }
    }
    for (name, place) in displayed {
        assert!(
            !holders.contains(&name),
            "src/{place}: `{name}` holds a secret and must not implement Display"
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

#[test]
fn every_file_starts_with_its_purpose() {
    nobody("the first line is `//! …`", |file| {
        if file.text.starts_with("//! ") {
            Vec::new()
        } else {
            vec![1]
        }
    });
}

#[test]
fn no_file_exceeds_the_maximum_length() {
    let mut files: Vec<&File> = house().iter().collect();
    files.sort_by_key(|file| Reverse(file.lines));
    let longest: String = files
        .iter()
        .take(20)
        .map(|file| format!("\n{:>5} src/{}", file.lines, file.name))
        .collect();
    let most_of = |file: &File| match file.module.as_str() {
        "sim" => LONGEST_OF_SIM,
        _ => LONGEST,
    };
    assert!(
        files.iter().all(|file| file.lines <= most_of(file)),
        "split what is longer than {LONGEST} lines ({LONGEST_OF_SIM} in sim) by noun:{longest}"
    );
}

#[test]
fn no_test_sleeps_is_ignored_or_expects_a_panic() {
    let mut paths = Vec::new();
    rust_files(&root().join("src"), &mut paths);
    rust_files(&root().join("tests"), &mut paths);
    for path in paths {
        let mut tokens = Vec::new();
        // Includes test modules.
        let text = fs::read_to_string(&path)
            .unwrap()
            .replace("cfg(test)", "cfg(all(test))");
        flatten(TokenStream::from_str(&text).unwrap(), &mut tokens);
        let file = File {
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
