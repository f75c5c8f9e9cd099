//! Tests config.json: the published schema and the parser agree, and no value can redirect a request.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use domain::app_id_uri::AppIdUri;
use domain::cloud::Cloud;
use domain::config::Config;
use domain::config::VERSION;
use domain::config::features::Feature;
use domain::locale::Locale;
use jsonschema::Validator;
use proptest::prelude::*;
use serde_json::Map;
use serde_json::Value;
use serde_json::json;

const ID: &str = "7c3f9a52-18d4-4e6b-9b0d-5a2e64f1c801";

fn file(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

fn schema() -> &'static Value {
    static SCHEMA: LazyLock<Value> =
        LazyLock::new(|| serde_json::from_str(&file("docs/config.schema.json")).unwrap());
    &SCHEMA
}

fn validator() -> &'static Validator {
    static VALIDATOR: LazyLock<Validator> =
        LazyLock::new(|| jsonschema::draft202012::new(schema()).unwrap());
    &VALIDATOR
}

fn is_read(value: &Value) -> bool {
    Config::parse(value.to_string().as_bytes()).is_ok()
}

/// The common verdict of the schema and the parser. Fails if they differ.
#[track_caller]
fn verdict(value: &Value) -> bool {
    let read = Config::parse(value.to_string().as_bytes());
    let is_valid = validator().is_valid(value);
    assert_eq!(is_valid, read.is_ok(), "{value}: the reader says {read:?}");
    is_valid
}

/// A configuration with a valid value for every key.
fn full() -> Value {
    json!({
        "$schema": "config.schema.json",
        "version": 1,
        "clients": { "public": ID, "usgov": ID, "usgov-dod": ID },
        "cloud": "usgov",
        "language": "de",
        "tenant": "contoso.onmicrosoft.us",
        "names": { "prefix": "Contoso ", "serverApp": "Contoso CMG", "clientApp": "Contoso CMG client" },
        "connection": { "name": "Contoso CMG", "description": "Made by the CMG team" },
        "appIdUri": { "form": "domain-name", "name": "cmg-2", "domain": "contoso.com" },
        "secretLife": 730,
        "signInAge": 15,
        "organization": {
            "name": "Contoso IT",
            "notice": "Open a change before you select Create.",
            "contact": "mailto:cmg@contoso.com",
            "helpUrl": "https://wiki.contoso.com:8443/cmg?page=1#start"
        },
        "logo": "logo.svg",
        "features": {
            "setUp": true, "discovery": false, "providers": false, "check": true,
            "repair": false, "retire": false, "appIdUriCheck": true
        },
        "parents": ["https://portal.contoso.com", "https://a.example:8443"]
    })
}

/// Collects the keys of a schema object. Nested keys are paths.
fn keys(schema: &Value, parent: &str, found: &mut Vec<String>) {
    for (name, inner) in schema["properties"].as_object().into_iter().flatten() {
        let path = if parent.is_empty() {
            name.clone()
        } else {
            format!("{parent}.{name}")
        };
        keys(inner, &path, found);
        found.push(path);
    }
}

/// Returns a copy with another value at a path.
fn with(mut value: Value, path: &str, other: Value) -> Value {
    let mut slot = &mut value;
    for name in path.split('.') {
        slot = &mut slot[name];
    }
    *slot = other;
    value
}

fn alone(path: &str, value: Value) -> Value {
    path.rsplit('.').fold(value, |inner, name| {
        let mut object = Map::new();
        object.insert(name.to_owned(), inner);
        Value::Object(object)
    })
}

#[test]
fn the_schema_is_valid_and_has_the_current_version() {
    assert!(jsonschema::draft202012::meta::is_valid(schema()));
    assert_eq!(schema()["properties"]["version"]["const"], json!(VERSION));
    let title = schema()["title"].as_str().unwrap();
    assert!(title.ends_with(&format!(", version {VERSION}")), "{title}");
}

#[test]
fn only_the_keys_of_the_schema_are_parsed_and_documented() {
    let mut found = Vec::new();
    keys(schema(), "", &mut found);
    assert_eq!(found.len(), 37, "{found:?}");
    assert!(verdict(&full()));
    let read = Config::parse(full().to_string().as_bytes()).unwrap();
    let explained = file("docs/config.md");
    for path in &found {
        let pointer = format!("/{}", path.replace('.', "/"));
        let value = full()
            .pointer(&pointer)
            .unwrap_or_else(|| panic!("{path}"))
            .clone();
        assert!(verdict(&alone(path, value)), "{path}");
        assert!(
            explained.contains(&format!("`{path}`")),
            "docs/config.md lacks {path}"
        );
        assert!(!verdict(&with(full(), path, Value::Null)), "{path}: null");
    }
    for parent in [
        "",
        "clients.",
        "names.",
        "connection.",
        "appIdUri.",
        "organization.",
        "features.",
    ] {
        for name in [
            "x",
            "authority",
            "endpoint",
            "graphUrl",
            "Cloud",
            "__proto__",
            "constructor",
            "toString",
        ] {
            let path = format!("{parent}{name}");
            assert!(!verdict(&with(full(), &path, json!("public"))), "{path}");
        }
    }
    for feature in Feature::ALL {
        assert!(found.contains(&format!("features.{}", feature.key())));
    }
    assert!(read.features.has(Feature::Check) && !read.features.has(Feature::Retire));
    for cloud in Cloud::ALL {
        assert!(read.client_id(cloud).is_some());
        assert!(found.contains(&format!("clients.{}", cloud.key())));
    }
}

#[test]
fn every_key_refuses_other_types() {
    let mut found = Vec::new();
    keys(schema(), "", &mut found);
    for path in found {
        for other in [
            json!(null),
            json!(0),
            json!(1.5),
            json!(-1),
            json!("\u{200b}"),
            json!([1]),
            json!({"x": 1}),
        ] {
            assert!(!verdict(&alone(&path, other.clone())), "{path}: {other}");
        }
        let of_another = if path.starts_with("features.") {
            json!("true")
        } else {
            json!(true)
        };
        assert!(!verdict(&alone(&path, of_another)), "{path}");
    }
}

/// Texts that could lead to another target: hosts, URLs, paths, markup.
const REACHING: [&str; 26] = [
    "https://evil.example",
    "https://evil.example/",
    "https://evil.example/logo.svg",
    "http://evil.example",
    "//evil.example",
    "//evil.example/logo.svg",
    "\\\\evil.example\\logo.svg",
    "evil.example/logo.svg",
    "../logo.svg",
    "/logo.svg",
    "./logo.svg",
    ".svg",
    "..svg",
    "logo.svg?x=1",
    "logo.svg#x",
    "logo%2esvg",
    "data:image/svg+xml,x.svg",
    "javascript:alert(1)",
    "javascript:alert(1)//.svg",
    "file:///etc/passwd",
    "blob:https://evil.example/1",
    "login.microsoftonline.com.evil.example",
    "graph.microsoft.com@evil.example",
    "https://graph.microsoft.com@evil.example",
    "<img src=x onerror=alert(1)>",
    "wss://evil.example",
];

#[test]
fn no_key_accepts_a_request_address() {
    let mut found = Vec::new();
    keys(schema(), "", &mut found);
    for path in found {
        for text in REACHING {
            let taken = verdict(&alone(&path, json!(text)));
            // Texts for users, links that users select, and a domain that is part of a path or of a name.
            let may = match path.as_str() {
                "$schema"
                | "names.prefix"
                | "names.serverApp"
                | "names.clientApp"
                | "connection.name"
                | "connection.description"
                | "organization.name"
                | "organization.notice" => true,
                "organization.contact" | "organization.helpUrl" => {
                    text.starts_with("https://evil.example")
                }
                "tenant" | "appIdUri.domain" => text == "login.microsoftonline.com.evil.example",
                "appIdUri.name" => text == "login.microsoftonline.com.evil.example",
                _ => false,
            };
            assert_eq!(taken, may, "{path}: {text}");
        }
    }
    // An origin that can embed the page receives the page's messages and has no other effect.
    let held = alone("parents", json!(["https://evil.example"]));
    assert!(verdict(&held));
}

#[test]
fn the_schema_and_the_parser_accept_the_same_values() {
    let taken = |path: &str, values: &[Value]| {
        for value in values {
            assert!(verdict(&alone(path, value.clone())), "{path}: {value}");
        }
    };
    let refused = |path: &str, values: &[Value]| {
        for value in values {
            assert!(!verdict(&alone(path, value.clone())), "{path}: {value}");
        }
    };
    let long = |count: usize| json!("a".repeat(count));
    taken("version", &[json!(1), json!(1.0)]);
    refused(
        "version",
        &[
            json!(0),
            json!(2),
            json!(999),
            json!(1000),
            json!(1e300),
            json!(1.5),
            json!("1"),
        ],
    );
    taken("clients.public", &[json!(ID), json!(ID.to_uppercase())]);
    refused(
        "clients.public",
        &[
            json!(""),
            json!("00000000-0000-0000-0000-000000000000"),
            json!(format!("{{{ID}}}")),
            json!(format!(" {ID}")),
        ],
    );
    taken(
        "cloud",
        &[json!("public"), json!("usgov"), json!("usgov-dod")],
    );
    refused(
        "cloud",
        &[json!("AzurePublicCloud"), json!("Public"), json!("")],
    );
    taken("language", &[json!("en"), json!("de")]);
    refused(
        "language",
        &[
            json!("DE"),
            json!("de-CH"),
            json!("fr"),
            json!("en-XA"),
            json!(""),
        ],
    );
    taken(
        "tenant",
        &[
            json!(ID),
            json!(format!(" {ID} ")),
            json!("Contoso.com"),
            json!("xn--80akhbyknj4f.example"),
            json!("a.b-c.d1"),
            json!(format!("{}.com", "a".repeat(63))),
        ],
    );
    refused(
        "tenant",
        &[
            json!(""),
            json!(" "),
            json!("common"),
            json!("organizations"),
            json!("Consumers"),
            json!("contoso"),
            json!("9188040D-6c67-4c5b-b112-36a304b66dad"),
            json!("127.0.0.1"),
            json!("contoso..com"),
            json!("-contoso.com"),
            json!("contoso-.com"),
            json!("contoso.com."),
            json!("contoso.c_m"),
            json!("s\u{43e}ntoso.com"),
            json!("\tcontoso.com"),
            json!(format!("{}.com", "a".repeat(64))),
            json!(format!("{}.com", vec!["a"; 130].join("."))),
        ],
    );
    for (path, most) in [
        ("names.serverApp", 120),
        ("names.clientApp", 120),
        ("connection.name", 100),
        ("connection.description", 512),
        ("organization.name", 100),
        ("organization.notice", 500),
    ] {
        taken(
            path,
            &[
                json!("x"),
                json!("Ünïcode \u{4f60}"),
                json!("a  b"),
                long(most),
            ],
        );
        refused(
            path,
            &[
                json!(""),
                json!(" "),
                json!(" x"),
                json!("x "),
                json!("x\u{a0}"),
                json!("a\nb"),
                json!("a\u{85}b"),
                json!("a\u{202e}b"),
                json!("a\u{3164}b"),
                long(most + 1),
            ],
        );
    }
    taken(
        "names.prefix",
        &[json!("X"), json!("Contoso "), json!("Contoso-"), long(107)],
    );
    refused(
        "names.prefix",
        &[
            json!(""),
            json!(" "),
            json!(" x"),
            json!("x\u{200b}"),
            long(108),
        ],
    );
    taken(
        "appIdUri.form",
        &[
            json!("tenant-app"),
            json!("tenant-name"),
            json!("domain-name"),
        ],
    );
    refused(
        "appIdUri.form",
        &[
            json!("own"),
            json!(""),
            json!("Tenant-App"),
            json!("api://{tenantId}/{appId}"),
        ],
    );
    taken("appIdUri.name", &[json!("c"), json!("9.a_b-"), long(100)]);
    refused(
        "appIdUri.name",
        &[
            json!(""),
            json!("-a"),
            json!(".a"),
            json!(".."),
            json!("a/b"),
            json!("a b"),
            json!("ä"),
            json!("{x}"),
            long(101),
        ],
    );
    taken("appIdUri.domain", &[json!("Contoso.com")]);
    refused(
        "appIdUri.domain",
        &[
            json!(""),
            json!("contoso"),
            json!(" contoso.com"),
            json!("contoso.com:443"),
            json!("10.0.0.1"),
        ],
    );
    taken("signInAge", &[json!(5), json!(15), json!(720), json!(30.0)]);
    refused(
        "signInAge",
        &[
            json!(0),
            json!(4),
            json!(721),
            json!(-15),
            json!(15.5),
            json!("15"),
            json!(true),
            json!(null),
        ],
    );
    taken("secretLife", &[json!(365), json!(730), json!(365.0)]);
    refused(
        "secretLife",
        &[
            json!(0),
            json!(1),
            json!(364),
            json!(366),
            json!(1095),
            json!("365"),
            json!("1-year"),
            json!(365.5),
        ],
    );
    let web = [
        json!("https://help"),
        json!("https://wiki.contoso.com"),
        json!("https://wiki.contoso.com/"),
        json!("https://wiki.contoso.com:8443?a=b&c=%20#d"),
        json!(format!("https://a.b/{}", "c".repeat(243))),
    ];
    taken("organization.helpUrl", &web);
    taken("organization.contact", &web);
    taken(
        "organization.contact",
        &[json!("mailto:cmg+team@contoso.com"), json!("mailto:a@b")],
    );
    refused("organization.helpUrl", &[json!("mailto:cmg@contoso.com")]);
    for path in ["organization.helpUrl", "organization.contact"] {
        refused(
            path,
            &[
                json!(""),
                json!("https://"),
                json!("https:///x"),
                json!("http://wiki.contoso.com"),
                json!("HTTPS://wiki.contoso.com"),
                json!("https://Wiki.contoso.com"),
                json!("https://user@wiki.contoso.com"),
                json!("https://user:pw@wiki.contoso.com"),
                json!("https://wiki.contoso.com:443/"),
                json!("https://wiki.contoso.com:/"),
                json!("https://[::1]/"),
                json!("https://10.0.0.1/"),
                json!("https://2130706433"),
                json!("https://wiki.0x7f"),
                json!("mailto:a@10.0.0.1"),
                json!("https://wiki.contoso.com\\x"),
                json!("https://wiki.contoso.com/a b"),
                json!("https://wiki.contoso.com/<b>"),
                json!("https://wiki.contoso.com/\u{43e}"),
                json!("javascript:alert(1)"),
                json!("mailto:"),
                json!("mailto:cmg"),
                json!("mailto:a@b@c"),
                json!("mailto:a@b?subject=x"),
                json!("mailto:a,b@c"),
                json!("tel:+1"),
                json!("/help"),
                json!("help.html"),
                json!(format!("https://a.b/{}", "c".repeat(244))),
            ],
        );
    }
    taken(
        "logo",
        &[
            json!("logo.svg"),
            json!("a.png"),
            json!("contoso_2026-11.min.svg"),
            json!(format!("{}.svg", "a".repeat(60))),
        ],
    );
    refused(
        "logo",
        &[
            json!(""),
            json!("svg"),
            json!("logo"),
            json!("logo.gif"),
            json!("logo.svg.html"),
            json!("Logo.svg"),
            json!("-a.svg"),
            json!("logo .svg"),
            json!("logo.SVG"),
            json!("a/b.svg"),
            json!(format!("{}.svg", "a".repeat(61))),
        ],
    );
    for feature in Feature::ALL {
        let path = format!("features.{}", feature.key());
        taken(&path, &[json!(true), json!(false)]);
        refused(&path, &[json!(0), json!(1), json!("false")]);
    }
    let many: Vec<String> = (0..21)
        .map(|number| format!("https://p{number}.example"))
        .collect();
    taken("parents", &[json!([]), json!(many[1..])]);
    refused(
        "parents",
        &[
            json!(many),
            json!(["https://a.example", "https://a.example"]),
            json!("https://a.example"),
        ],
    );
    for port in ["1", "80", "442", "444", "4430", "8443", "59999", "65535"] {
        taken("parents", &[json!([format!("https://a.example:{port}")])]);
    }
    for port in [
        "", "0", "443", "080", "65536", "70000", "655350", "+80", "8 ",
    ] {
        refused("parents", &[json!([format!("https://a.example:{port}")])]);
    }
}

/// Rules that a schema cannot express. The schema refuses everything else that the parser refuses.
#[test]
fn only_the_parser_enforces_rules_a_schema_cannot_express() {
    for (value, told) in [
        (
            json!({ "names": { "serverApp": "Same", "clientApp": "Same" } }),
            "config.json gives both apps the same name, so change names.serverApp or names.clientApp.",
        ),
        (
            json!({ "names": { "serverApp": "CMG-ClientApp" } }),
            "config.json gives both apps the same name, so change names.serverApp or names.clientApp.",
        ),
        // Length in UTF-16 code units, as in .NET: 61 characters of two units each.
        (
            json!({ "names": { "serverApp": "\u{1f600}".repeat(61) } }),
            "The value of names.serverApp in config.json has 122 characters and the limit is 120, so shorten it.",
        ),
        (
            json!({ "organization": { "name": "a\u{e0061}" } }),
            "Character 2 (U+E0061) in the value or name of organization.name in config.json is invisible, so delete it.",
        ),
    ] {
        assert!(validator().is_valid(&value), "{value}");
        let read = Config::parse(value.to_string().as_bytes());
        assert_eq!(
            read.map_err(|error| error.sentence(Locale::En)),
            Err(told.to_owned())
        );
    }
}

#[test]
fn the_examples_and_the_published_files_are_valid() {
    assert!(verdict(
        &serde_json::from_str(&file("src/config.json")).unwrap()
    ));
    let explained = file("docs/config.md");
    let mut count = 0;
    for block in explained.split("```json\n").skip(1) {
        let text = block.split("```").next().unwrap();
        let value: Value =
            serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
        assert!(verdict(&value), "{text}");
        count += 1;
    }
    assert!(count >= 5, "{count}");
    for key in full().as_object().unwrap().keys() {
        assert!(
            explained.contains(&format!("\"{key}\"")),
            "no example has {key}"
        );
    }
}

/// A text fragment for values, including hostile ones. Only characters of the basic plane, which the schema and the parser count alike.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-z0-9]{1,6}",
        2 => "[A-Z.:/@ _-]",
        1 => "[\\x00-\\x7f]",
        1 => "[\u{a0}-\u{ffff}]",
        1 => prop::sample::select(vec!["https://", "mailto:", ".svg", ".png", "contoso.com", ID, ":443", "xn--"])
            .prop_map(str::to_owned),
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..8).prop_map(|pieces| pieces.concat())
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        8 => text().prop_map(Value::from),
        1 => any::<bool>().prop_map(Value::from),
        1 => prop::sample::select(vec![json!(1), json!(2), json!(365), json!(730), json!(0.5), json!(null)]),
        1 => prop::collection::vec(text().prop_map(Value::from), 0..3).prop_map(Value::from),
    ]
}

fn path() -> impl Strategy<Value = String> {
    let mut found = Vec::new();
    keys(schema(), "", &mut found);
    prop::sample::select(found)
}

/// True if both names are equal, which a schema cannot express.
fn names_alike(value: &Value) -> bool {
    Config::parse(value.to_string().as_bytes()).is_err_and(|error| {
        error
            .sentence(Locale::En)
            .contains("both apps the same name")
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn the_schema_and_the_parser_agree_on_any_value(path in path(), value in value()) {
        let whole = with(full(), &path, value);
        prop_assume!(!names_alike(&whole));
        prop_assert_eq!(validator().is_valid(&whole), is_read(&whole), "{}", whole);
    }

    #[test]
    fn an_accepted_app_id_uri_name_makes_a_valid_uri(name in "[A-Za-z0-9._-]{1,12}") {
        let whole = alone("appIdUri.name", json!(name));
        if is_read(&whole) {
            for before in [format!("api://{ID}"), "https://contoso.com".to_owned()] {
                let uri = AppIdUri::parse(&format!("{before}/{name}"));
                prop_assert!(uri.is_ok());
            }
        }
    }

    #[test]
    fn an_accepted_link_leads_to_the_host_it_shows(text in text()) {
        let whole = alone("organization.contact", json!(text));
        if is_read(&whole) {
            let Ok(url) = url::Url::parse(&text) else {
                // Invalid internationalized domain name: a browser refuses it.
                prop_assert!(text.contains("xn--"), "{}", text);
                return Ok(());
            };
            prop_assert!(matches!(url.scheme(), "https" | "mailto"));
            prop_assert_eq!(url.username(), "");
            if let Some(host) = url.host_str() {
                prop_assert!(text.contains(host), "{} {}", text, host);
            }
        }
    }
}
