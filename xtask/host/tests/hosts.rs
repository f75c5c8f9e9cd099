//! Tests the recipes of `docs/hosting` in real web servers: they serve the page correctly, and `check-host` detects each broken deployment.
//!
//! Each deployment has its own loopback address and the standard ports, so no test waits for another to end. `cargo xtask test --ring
//! hosts` installs the servers and runs this as root.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test fails at the first unexpected result and prints what it has checked"
)]

mod testbed;

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::testbed::{Deployment, NAME, Server, Testbed, dist};

const CLIENT: &str = "7c3f9a52-18d4-4e6b-9b0d-5a2e64f1c801";

/// Output and exit code of `check-host`.
struct CheckOutput {
    code: i32,
    text: String,
}

fn check(testbed: &Testbed, deployment: &Deployment, more: &[&str]) -> CheckOutput {
    check_at("/", testbed, deployment, more)
}

fn check_at(path: &str, testbed: &Testbed, deployment: &Deployment, more: &[&str]) -> CheckOutput {
    let output = Command::new(env!("CARGO_BIN_EXE_host"))
        .args(["check", &format!("https://{NAME}{path}"), "--address"])
        .arg(&deployment.address)
        .arg("--authority")
        .arg(&testbed.authority)
        .args(more)
        .output()
        .unwrap();
    CheckOutput {
        code: output.status.code().unwrap(),
        text: format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        ),
    }
}

/// The output of `headers` in the syntax of a web server.
fn print_headers(server: Server, options: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_host"))
        .args(["headers", "--for", server.name()])
        .args(options)
        .output()
        .unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

fn settings(clouds: &[&str]) -> String {
    let clients: Vec<String> = clouds
        .iter()
        .map(|cloud| format!("\"{cloud}\": \"{CLIENT}\""))
        .collect();
    format!("{{ \"clients\": {{ {} }} }}", clients.join(", "))
}

#[track_caller]
fn replace(text: &mut String, from: &str, to: &str) {
    assert!(text.contains(from), "the recipe has no `{from}`");
    *text = text.replace(from, to);
}

/// The only file in a folder whose name has this start and end.
fn file(folder: &Path, begin: &str, end: &str) -> std::path::PathBuf {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let fits = |path: &std::path::PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        name.starts_with(begin) && name.ends_with(end)
    };
    entries.into_iter().find(fits).unwrap()
}

fn corrupt(path: &Path) {
    let mut bytes = fs::read(path).unwrap();
    bytes.push(b'\n');
    fs::write(path, bytes).unwrap();
}

#[test]
#[ignore = "needs root, nginx and Apache httpd: cargo xtask test --ring hosts"]
fn the_recipes_serve_the_page_without_errors() {
    let testbed = Testbed::new();
    for server in Server::ALL {
        // The only file of the site owner besides config.json.
        let settings = settings(&["public"]).replacen('{', "{ \"logo\": \"contoso.png\",", 1);
        let add_logo = |folder: &Path| {
            fs::copy(dist().join("icon-192.png"), folder.join("contoso.png")).unwrap();
        };
        let good = testbed.deploy(server, &settings, |_| {}, add_logo);
        let output = check(&testbed, &good, &["--against", dist().to_str().unwrap()]);
        println!("{}", output.text);
        assert_eq!(output.code, 0);
        let unknown: Vec<&str> = output
            .text
            .lines()
            .filter(|line| line.starts_with("cannot tell"))
            .collect();
        assert_eq!(unknown.len(), 1, "{unknown:?}");
        assert!(unknown[0].contains("redirect URI: https://setup.contoso.com/:"));

        let json = check(&testbed, &good, &["--json"]);
        let json: serde_json::Value = serde_json::from_str(&json.text).unwrap();
        assert_eq!(json["wrong"], 0);
        assert_eq!(json["findings"][0]["verdict"], "ok");

        // Without `--authority`, the certificate is not trusted, and nothing else is checked.
        let untrusted = Command::new(env!("CARGO_BIN_EXE_host"))
            .args([
                "check",
                &format!("https://{NAME}/"),
                "--address",
                &good.address,
            ])
            .output()
            .unwrap();
        assert_eq!(untrusted.status.code(), Some(1));
        assert!(String::from_utf8_lossy(&untrusted.stdout).contains("1 wrong"));

        // Without a server, no check is wrong and none is right.
        let without_server = testbed.without_server();
        let output = check(&testbed, &without_server, &[]);
        assert!(
            output.code == 2 && output.text.contains("0 ok, 1 cannot tell, 0 wrong"),
            "{}",
            output.text
        );
    }
}

#[test]
#[ignore = "needs root, nginx and Apache httpd: cargo xtask test --ring hosts"]
fn a_site_behind_a_sign_in_is_checked_with_a_session() {
    let testbed = Testbed::new();
    let refuse = |recipe: &mut String| {
        replace(
            recipe,
            "    charset utf-8;",
            "    charset utf-8;\n    if ($http_cookie != \"door=open\") { return 401; }",
        );
    };
    let deployed = testbed.deploy(Server::Nginx, &settings(&["public"]), refuse, |_| {});
    let outside = check(&testbed, &deployed, &[]);
    assert_ne!(outside.code, 0, "{}", outside.text);
    assert!(outside.text.contains("--door FILE"), "{}", outside.text);

    let file = testbed.authority.with_file_name("door.txt");
    let door = file.to_str().unwrap();
    fs::write(&file, "Cookie: door=open\n").unwrap();
    let inside = check(&testbed, &deployed, &["--door", door]);
    assert_eq!(inside.code, 0, "{}", inside.text);
    assert!(!inside.text.contains("door=open"), "{}", inside.text);

    // An expired session and an invalid header line: the output contains neither.
    fs::write(&file, "Cookie: door=ended\n").unwrap();
    let ended = check(&testbed, &deployed, &["--door", door]);
    assert_ne!(ended.code, 0, "{}", ended.text);
    assert!(
        ended
            .text
            .contains("does not accept the headers in the file for --door")
            && !ended.text.contains("door=ended"),
        "{}",
        ended.text
    );
    fs::write(&file, "door-without-a-name\n").unwrap();
    let invalid = check(&testbed, &deployed, &["--door", door]);
    assert!(
        invalid.text.contains("line 1: is not a header") && !invalid.text.contains("door-without"),
        "{}",
        invalid.text
    );
}

#[test]
#[ignore = "needs root, nginx and Apache httpd: cargo xtask test --ring hosts"]
fn narrowed_headers_are_accepted_only_with_matching_settings() {
    let testbed = Testbed::new();
    let portal = "https://portal.contoso.com";
    let framed =
        format!("{{ \"clients\": {{ \"usgov\": \"{CLIENT}\" }}, \"parents\": [\"{portal}\"] }}");
    for server in Server::ALL {
        let all = print_headers(server, &[]);
        let narrowed = print_headers(server, &["--cloud", "usgov", "--parent", portal]);
        let narrow = |recipe: &mut String| {
            // The recipe indents these lines.
            for line in all.lines() {
                replace(recipe, line, "");
            }
            let last = if server == Server::Nginx {
                "}"
            } else {
                "</VirtualHost>"
            };
            let at = recipe.rfind(last).unwrap();
            recipe.insert_str(at, &narrowed);
        };
        let good = testbed.deploy(server, &framed, narrow, |_| {});
        let output = check(&testbed, &good, &[]);
        assert_eq!(output.code, 0, "{}", output.text);
        assert!(
            output.text.contains("allows the clouds usgov"),
            "{}",
            output.text
        );
        assert!(
            output
                .text
                .contains("redirect URI: https://setup.contoso.com/bridge.html"),
            "{}",
            output.text
        );

        // The headers without the matching settings, and the settings without the matching headers.
        let restricted = testbed.deploy(server, &settings(&["public"]), narrow, |_| {});
        assert_wrong(
            &testbed,
            &restricted,
            "policy: the header: blocks public, which has",
        );
        assert_wrong(
            &testbed,
            &restricted,
            "header: X-Frame-Options: is not sent",
        );
        let unmatched = testbed.deploy(server, &framed, |_| {}, |_| {});
        assert_wrong(
            &testbed,
            &unmatched,
            "header: X-Frame-Options: is sent, and blocks every portal",
        );
        assert_wrong(
            &testbed,
            &unmatched,
            "has frame-ancestors 'none', not https://portal.contoso.com",
        );
    }
}

#[track_caller]
fn assert_wrong(testbed: &Testbed, deployment: &Deployment, problem: &str) {
    let output = check(testbed, deployment, &[]);
    assert_eq!(output.code, 1, "{problem}\n{}", output.text);
    let wrong = output
        .text
        .lines()
        .any(|line| line.starts_with("wrong") && line.contains(problem));
    assert!(wrong, "not reported: {problem}\n{}", output.text);
}

type Recipe = fn(Server, &mut String);
type Files = fn(&Path);

fn unchanged_recipe(_: Server, _: &mut String) {}
fn unchanged_files(_: &Path) {}

/// The expected message, and the change to the recipe or the files that causes it.
fn broken_deployments() -> Vec<(&'static str, Recipe, Files)> {
    let mut cases: Vec<(&'static str, Recipe, Files)> = vec![
        (
            "header: X-Content-Type-Options: is not sent",
            |_, recipe| {
                replace(recipe, "X-Content-Type-Options", "X-Other");
            },
            unchanged_files,
        ),
        (
            "header: Strict-Transport-Security: is `max-age=60`",
            |_, recipe| {
                replace(
                    recipe,
                    "max-age=31536000; includeSubDomains\"",
                    "max-age=60\"",
                );
            },
            unchanged_files,
        ),
        (
            "header: Content-Security-Policy: has script-src",
            |_, recipe| {
                replace(
                    recipe,
                    "script-src 'self'",
                    "script-src 'self' 'unsafe-inline'",
                );
            },
            unchanged_files,
        ),
        (
            "allows connections to https://collector.example",
            |_, recipe| {
                replace(
                    recipe,
                    "connect-src 'self'",
                    "connect-src 'self' https://collector.example",
                );
            },
            unchanged_files,
        ),
        (
            "header: Permissions-Policy: has camera=(*)",
            |_, recipe| {
                replace(recipe, "camera=()", "camera=*");
            },
            unchanged_files,
        ),
        (
            "caching: index.html: is sent with `Cache-Control: no-cache`",
            |_, recipe| {
                replace(recipe, "no-store", "no-cache");
            },
            unchanged_files,
        ),
        (
            "_bg.wasm: is sent with `Cache-Control: public, max-age=31536000`",
            |_, recipe| {
                replace(recipe, ", immutable", "");
            },
            unchanged_files,
        ),
        (
            "_bg.wasm: is sent as `application/octet-stream`",
            |server, recipe| match server {
                Server::Nginx => replace(
                    recipe,
                    "    charset utf-8;",
                    "    location ~ [.]wasm$ { types {} default_type application/octet-stream; }",
                ),
                Server::Apache => replace(
                    recipe,
                    "AddType application/wasm",
                    "AddType application/octet-stream",
                ),
            },
            unchanged_files,
        ),
        (
            "_bg.wasm: is sent uncompressed",
            |server, recipe| match server {
                Server::Nginx => {
                    for line in ["brotli_static on;", "gzip_static on;", "gzip on;"] {
                        replace(recipe, line, &line.replace("on;", "off;"));
                    }
                }
                Server::Apache => replace(recipe, " image/svg+xml application/wasm", ""),
            },
            unchanged_files,
        ),
        (
            "missing: there-is-no-such-file: returns HTTP 200",
            |server, recipe| match server {
                Server::Nginx => replace(
                    recipe,
                    "error_page 404 /404.html;",
                    "try_files $uri $uri/ /index.html;",
                ),
                Server::Apache => replace(
                    recipe,
                    "ErrorDocument 404 /404.html",
                    "FallbackResource /index.html",
                ),
            },
            unchanged_files,
        ),
        (
            "http: http://setup.contoso.com/: is served without HTTPS",
            |server, recipe| match server {
                Server::Nginx => replace(
                    recipe,
                    "return 301 https://setup.contoso.com$request_uri;",
                    "return 200 text;",
                ),
                Server::Apache => replace(
                    recipe,
                    "Redirect permanent / https://setup.contoso.com/",
                    "DocumentRoot /var/www/cmg-entra-setup\n<Location />\nRequire all granted\n</Location>",
                ),
            },
            unchanged_files,
        ),
        (
            "redirects to https://elsewhere.example/",
            |server, recipe| match server {
                Server::Nginx => replace(
                    recipe,
                    "301 https://setup.contoso.com",
                    "301 https://elsewhere.example",
                ),
                Server::Apache => replace(
                    recipe,
                    "permanent / https://setup.contoso.com/",
                    "permanent / https://elsewhere.example/",
                ),
            },
            unchanged_files,
        ),
        ("does not match its checksum", unchanged_recipe, |folder| {
            corrupt(&file(folder, "components-", ".css"));
        }),
        (
            "files: the page: does not match its checksum",
            unchanged_recipe,
            |folder| corrupt(&folder.join("index.html")),
        ),
        (".wasm: is missing (HTTP 404)", unchanged_recipe, |folder| {
            let program = file(folder, "cmg-entra-setup-", ".wasm");
            for copy in ["", ".br", ".gz"] {
                // Apache compresses on the fly, so there are no copies.
                let _ = fs::remove_file(format!("{}{copy}", program.display()));
            }
        }),
        (
            "settings: config.json: is missing",
            unchanged_recipe,
            |folder| {
                fs::remove_file(folder.join("config.json")).unwrap();
            },
        ),
        (
            "settings: config.json: is refused by the page",
            unchanged_recipe,
            |folder| {
                fs::write(
                    folder.join("config.json"),
                    "{ \"endpoint\": \"https://elsewhere.example\" }",
                )
                .unwrap();
            },
        ),
        (
            "settings: contoso.svg: is missing (HTTP 404)",
            unchanged_recipe,
            |folder| {
                fs::write(folder.join("config.json"), "{ \"logo\": \"contoso.svg\" }").unwrap();
            },
        ),
        (
            "policy: the header: blocks usgov",
            |_, recipe| {
                replace(recipe, " https://graph.microsoft.us", "");
            },
            |folder| {
                fs::write(folder.join("config.json"), settings(&["public", "usgov"])).unwrap();
            },
        ),
        (
            "service worker: /sw.js: exists",
            unchanged_recipe,
            |folder| {
                fs::write(folder.join("sw.js"), "self.skipWaiting()").unwrap();
            },
        ),
    ];
    cases.dedup_by_key(|(problem, _, _)| *problem);
    cases
}

#[test]
#[ignore = "needs root, nginx and Apache httpd: cargo xtask test --ring hosts"]
fn every_broken_deployment_is_detected() {
    let testbed = Testbed::new();
    let mut count = 0;
    for server in Server::ALL {
        for (problem, recipe, files) in broken_deployments() {
            let bad = testbed.deploy(
                server,
                &settings(&["public"]),
                |text| recipe(server, text),
                |folder| {
                    // These tests concern only the page.
                    fs::remove_dir_all(folder.join("demo")).unwrap();
                    files(folder);
                },
            );
            assert_wrong(&testbed, &bad, problem);
            count += 1;
        }
    }
    // Precompressed copies can be older than the file, and some browsers receive them.
    for (extension, problem) in [
        (".br", "does not match its checksum"),
        (".gz", "is a different file when requested as gzip"),
    ] {
        let bad = testbed.deploy(Server::Nginx, &settings(&["public"]), |_| {}, |_| {});
        let style = file(&bad.folder, "components-", ".css");
        let other = fs::read(file(&bad.folder, "base-", &format!(".css{extension}"))).unwrap();
        fs::write(format!("{}{extension}", style.display()), other).unwrap();
        assert_wrong(&testbed, &bad, problem);
        count += 1;
    }
    // A release that differs from the published files.
    let good = testbed.deploy(Server::Nginx, &settings(&["public"]), |_| {}, |_| {});
    let release = tempfile::tempdir().unwrap();
    let checksums = fs::read_to_string(dist().join("SHA256SUMS")).unwrap();
    fs::write(
        release.path().join("SHA256SUMS"),
        checksums.replace("  index.html", "0  index.html"),
    )
    .unwrap();
    let output = check(
        &testbed,
        &good,
        &["--against", release.path().to_str().unwrap()],
    );
    assert!(
        output.code == 1
            && output
                .text
                .contains("release: index.html: has a different checksum"),
        "{}",
        output.text
    );
    println!(
        "{count} broken deployments are detected\n{} passed",
        count + 1
    );
}

/// Moves the page to a folder below the root of the site.
fn move_below(folder: &Path, leads_back: bool) {
    let inner = folder.join("cmg");
    fs::create_dir(&inner).unwrap();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            fs::rename(&path, inner.join(path.file_name().unwrap())).unwrap();
        }
    }
    if leads_back {
        let page = inner.join("404.html");
        let text = fs::read_to_string(&page).unwrap();
        fs::write(&page, text.replace("href=\"/\"", "href=\"/cmg/\"")).unwrap();
        for copy in ["404.html.br", "404.html.gz"] {
            let _ = fs::remove_file(inner.join(copy));
        }
    }
}

#[test]
#[ignore = "needs root, nginx and Apache httpd: cargo xtask test --ring hosts"]
fn a_page_under_a_path_is_checked_for_neighbours_and_404_link() {
    let testbed = Testbed::new();
    for server in Server::ALL {
        let below = |text: &mut String| replace(text, "404 /404.html", "404 /cmg/404.html");
        let deploy =
            |files: fn(&Path)| testbed.deploy(server, &settings(&["public"]), below, files);

        let good = deploy(|folder| move_below(folder, true));
        // Without the trailing slash, as users type it.
        let output = check_at(
            "/cmg",
            &testbed,
            &good,
            &["--against", dist().to_str().unwrap()],
        );
        assert_eq!(output.code, 0, "{}", output.text);
        assert!(
            output
                .text
                .contains("https: https://setup.contoso.com/cmg: redirects to the folder"),
            "{}",
            output.text
        );
        assert!(
            output
                .text
                .contains("cannot tell origin: https://setup.contoso.com: nothing is at its root"),
            "{}",
            output.text
        );

        let wrong_link = deploy(|folder| move_below(folder, false));
        let output = check_at("/cmg/", &testbed, &wrong_link, &[]);
        assert!(
            output.code == 1 && output.text.contains("404.html: does not link to /cmg/"),
            "{}",
            output.text
        );

        let shared = deploy(|folder| {
            move_below(folder, true);
            fs::write(folder.join("index.html"), "somebody else").unwrap();
        });
        let output = check_at("/cmg/", &testbed, &shared, &[]);
        assert!(
            output.code == 1
                && output
                    .text
                    .contains("origin: https://setup.contoso.com: something else is at its root"),
            "{}",
            output.text
        );
    }
}

#[test]
#[ignore = "needs root, nginx and Apache httpd: cargo xtask test --ring hosts"]
fn the_page_works_on_both_servers_in_chromium_and_firefox() {
    let testbed = Testbed::new();
    let running: BTreeMap<&str, Deployment> = Server::ALL
        .into_iter()
        .map(|server| {
            (
                server.name(),
                testbed.deploy(server, &settings(&["public"]), |_| {}, |_| {}),
            )
        })
        .collect();
    let addresses: BTreeMap<&str, &str> = running
        .iter()
        .map(|(name, deployment)| (*name, deployment.address.as_str()))
        .collect();
    let status = Command::new("npx")
        .args(["--no-install", "playwright", "test", "hosts.spec.js"])
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/e2e"))
        .env("HOSTS", serde_json::to_string(&addresses).unwrap())
        .env("HOSTS_PIN", &testbed.pin)
        .status()
        .unwrap();
    assert!(status.success());
}
