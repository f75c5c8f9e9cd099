//! Tests the recipes of `docs/hosting` in real web servers: they serve the page correctly, and `check-host` detects each broken deployment.
//!
//! Each deployment has its own loopback address and the standard ports, so no test waits for another to end. `cargo xtask test --ring
//! hosts` installs the servers and runs this as root.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test fails at the first unexpected result and prints what it has checked"
)]

mod ground;

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::ground::{Deployment, Ground, NAME, Server, dist};

const CLIENT: &str = "7c3f9a52-18d4-4e6b-9b0d-5a2e64f1c801";

/// Output and exit code of `check-host`.
struct Said {
    code: i32,
    text: String,
}

fn check(ground: &Ground, deployment: &Deployment, more: &[&str]) -> Said {
    check_at("/", ground, deployment, more)
}

fn check_at(path: &str, ground: &Ground, deployment: &Deployment, more: &[&str]) -> Said {
    let output = Command::new(env!("CARGO_BIN_EXE_host"))
        .args(["check", &format!("https://{NAME}{path}"), "--address"])
        .arg(&deployment.address)
        .arg("--authority")
        .arg(&ground.authority)
        .args(more)
        .output()
        .unwrap();
    Said {
        code: output.status.code().unwrap(),
        text: format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        ),
    }
}

/// The output of `headers` in the syntax of a web server.
fn printed(server: Server, options: &[&str]) -> String {
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
fn change(text: &mut String, from: &str, to: &str) {
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

fn spoil(path: &Path) {
    let mut bytes = fs::read(path).unwrap();
    bytes.push(b'\n');
    fs::write(path, bytes).unwrap();
}

#[test]
#[ignore = "needs root, nginx and Apache httpd: cargo xtask test --ring hosts"]
fn the_recipes_serve_the_page_without_errors() {
    let ground = Ground::new();
    for server in Server::ALL {
        // The only file of the site owner besides config.json.
        let settings = settings(&["public"]).replacen('{', "{ \"logo\": \"contoso.png\",", 1);
        let lay = |folder: &Path| {
            fs::copy(dist().join("icon-192.png"), folder.join("contoso.png")).unwrap();
        };
        let good = ground.deploy(server, &settings, |_| {}, lay);
        let said = check(&ground, &good, &["--against", dist().to_str().unwrap()]);
        println!("{}", said.text);
        assert_eq!(said.code, 0);
        let unknown: Vec<&str> = said
            .text
            .lines()
            .filter(|line| line.starts_with("cannot tell"))
            .collect();
        assert_eq!(unknown.len(), 1, "{unknown:?}");
        assert!(unknown[0].contains("redirect URI: https://setup.contoso.com/:"));

        let json = check(&ground, &good, &["--json"]);
        let json: serde_json::Value = serde_json::from_str(&json.text).unwrap();
        assert_eq!(json["wrong"], 0);
        assert_eq!(json["findings"][0]["verdict"], "ok");

        // Without `--authority`, the certificate is not trusted, and nothing else is checked.
        let stranger = Command::new(env!("CARGO_BIN_EXE_host"))
            .args([
                "check",
                &format!("https://{NAME}/"),
                "--address",
                &good.address,
            ])
            .output()
            .unwrap();
        assert_eq!(stranger.status.code(), Some(1));
        assert!(String::from_utf8_lossy(&stranger.stdout).contains("1 wrong"));

        // Without a server, no check is wrong and none is right.
        let nobody = ground.nobody();
        let said = check(&ground, &nobody, &[]);
        assert!(
            said.code == 2 && said.text.contains("0 ok, 1 cannot tell, 0 wrong"),
            "{}",
            said.text
        );
    }
}

#[test]
#[ignore = "needs root, nginx and Apache httpd: cargo xtask test --ring hosts"]
fn a_site_behind_a_sign_in_is_checked_with_a_session() {
    let ground = Ground::new();
    let shut = |recipe: &mut String| {
        change(
            recipe,
            "    charset utf-8;",
            "    charset utf-8;\n    if ($http_cookie != \"door=open\") { return 401; }",
        );
    };
    let deployed = ground.deploy(Server::Nginx, &settings(&["public"]), shut, |_| {});
    let outside = check(&ground, &deployed, &[]);
    assert_ne!(outside.code, 0, "{}", outside.text);
    assert!(outside.text.contains("--door FILE"), "{}", outside.text);

    let file = ground.authority.with_file_name("door.txt");
    let door = file.to_str().unwrap();
    fs::write(&file, "Cookie: door=open\n").unwrap();
    let inside = check(&ground, &deployed, &["--door", door]);
    assert_eq!(inside.code, 0, "{}", inside.text);
    assert!(!inside.text.contains("door=open"), "{}", inside.text);

    // An expired session and an invalid header line: the output contains neither.
    fs::write(&file, "Cookie: door=ended\n").unwrap();
    let ended = check(&ground, &deployed, &["--door", door]);
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
    let odd = check(&ground, &deployed, &["--door", door]);
    assert!(
        odd.text.contains("line 1: is not a header") && !odd.text.contains("door-without"),
        "{}",
        odd.text
    );
}

#[test]
#[ignore = "needs root, nginx and Apache httpd: cargo xtask test --ring hosts"]
fn narrowed_headers_are_accepted_only_with_matching_settings() {
    let ground = Ground::new();
    let portal = "https://portal.contoso.com";
    let framed =
        format!("{{ \"clients\": {{ \"usgov\": \"{CLIENT}\" }}, \"parents\": [\"{portal}\"] }}");
    for server in Server::ALL {
        let all = printed(server, &[]);
        let narrowed = printed(server, &["--cloud", "usgov", "--parent", portal]);
        let narrow = |recipe: &mut String| {
            // The recipe indents these lines.
            for line in all.lines() {
                change(recipe, line, "");
            }
            let last = if server == Server::Nginx {
                "}"
            } else {
                "</VirtualHost>"
            };
            let at = recipe.rfind(last).unwrap();
            recipe.insert_str(at, &narrowed);
        };
        let good = ground.deploy(server, &framed, narrow, |_| {});
        let said = check(&ground, &good, &[]);
        assert_eq!(said.code, 0, "{}", said.text);
        assert!(
            said.text.contains("allows the clouds usgov"),
            "{}",
            said.text
        );
        assert!(
            said.text
                .contains("redirect URI: https://setup.contoso.com/bridge.html"),
            "{}",
            said.text
        );

        // The headers without the matching settings, and the settings without the matching headers.
        let shut = ground.deploy(server, &settings(&["public"]), narrow, |_| {});
        told(
            &ground,
            &shut,
            "policy: the header: blocks public, which has",
        );
        told(&ground, &shut, "header: X-Frame-Options: is not sent");
        let unheld = ground.deploy(server, &framed, |_| {}, |_| {});
        told(
            &ground,
            &unheld,
            "header: X-Frame-Options: is sent, and blocks every portal",
        );
        told(
            &ground,
            &unheld,
            "has frame-ancestors 'none', not https://portal.contoso.com",
        );
    }
}

#[track_caller]
fn told(ground: &Ground, deployment: &Deployment, complaint: &str) {
    let said = check(ground, deployment, &[]);
    assert_eq!(said.code, 1, "{complaint}\n{}", said.text);
    let wrong = said
        .text
        .lines()
        .any(|line| line.starts_with("wrong") && line.contains(complaint));
    assert!(wrong, "not told: {complaint}\n{}", said.text);
}

type Recipe = fn(Server, &mut String);
type Files = fn(&Path);

fn as_it_is(_: Server, _: &mut String) {}
fn whole(_: &Path) {}

/// The expected message, and the change to the recipe or the files that causes it.
fn broken() -> Vec<(&'static str, Recipe, Files)> {
    let mut cases: Vec<(&'static str, Recipe, Files)> = vec![
        (
            "header: X-Content-Type-Options: is not sent",
            |_, recipe| {
                change(recipe, "X-Content-Type-Options", "X-Other");
            },
            whole,
        ),
        (
            "header: Strict-Transport-Security: is `max-age=60`",
            |_, recipe| {
                change(
                    recipe,
                    "max-age=31536000; includeSubDomains\"",
                    "max-age=60\"",
                );
            },
            whole,
        ),
        (
            "header: Content-Security-Policy: has script-src",
            |_, recipe| {
                change(
                    recipe,
                    "script-src 'self'",
                    "script-src 'self' 'unsafe-inline'",
                );
            },
            whole,
        ),
        (
            "allows connections to https://collector.example",
            |_, recipe| {
                change(
                    recipe,
                    "connect-src 'self'",
                    "connect-src 'self' https://collector.example",
                );
            },
            whole,
        ),
        (
            "header: Permissions-Policy: has camera=(*)",
            |_, recipe| {
                change(recipe, "camera=()", "camera=*");
            },
            whole,
        ),
        (
            "caching: index.html: is sent with `Cache-Control: no-cache`",
            |_, recipe| {
                change(recipe, "no-store", "no-cache");
            },
            whole,
        ),
        (
            "_bg.wasm: is sent with `Cache-Control: public, max-age=31536000`",
            |_, recipe| {
                change(recipe, ", immutable", "");
            },
            whole,
        ),
        (
            "_bg.wasm: is sent as `application/octet-stream`",
            |server, recipe| match server {
                Server::Nginx => change(
                    recipe,
                    "    charset utf-8;",
                    "    location ~ [.]wasm$ { types {} default_type application/octet-stream; }",
                ),
                Server::Apache => change(
                    recipe,
                    "AddType application/wasm",
                    "AddType application/octet-stream",
                ),
            },
            whole,
        ),
        (
            "_bg.wasm: is sent uncompressed",
            |server, recipe| match server {
                Server::Nginx => {
                    for line in ["brotli_static on;", "gzip_static on;", "gzip on;"] {
                        change(recipe, line, &line.replace("on;", "off;"));
                    }
                }
                Server::Apache => change(recipe, " image/svg+xml application/wasm", ""),
            },
            whole,
        ),
        (
            "missing: there-is-no-such-file: returns HTTP 200",
            |server, recipe| match server {
                Server::Nginx => change(
                    recipe,
                    "error_page 404 /404.html;",
                    "try_files $uri $uri/ /index.html;",
                ),
                Server::Apache => change(
                    recipe,
                    "ErrorDocument 404 /404.html",
                    "FallbackResource /index.html",
                ),
            },
            whole,
        ),
        (
            "http: http://setup.contoso.com/: is served without HTTPS",
            |server, recipe| match server {
                Server::Nginx => change(
                    recipe,
                    "return 301 https://setup.contoso.com$request_uri;",
                    "return 200 text;",
                ),
                Server::Apache => change(
                    recipe,
                    "Redirect permanent / https://setup.contoso.com/",
                    "DocumentRoot /var/www/cmg-entra-setup\n<Location />\nRequire all granted\n</Location>",
                ),
            },
            whole,
        ),
        (
            "redirects to https://elsewhere.example/",
            |server, recipe| match server {
                Server::Nginx => change(
                    recipe,
                    "301 https://setup.contoso.com",
                    "301 https://elsewhere.example",
                ),
                Server::Apache => change(
                    recipe,
                    "permanent / https://setup.contoso.com/",
                    "permanent / https://elsewhere.example/",
                ),
            },
            whole,
        ),
        ("does not match its checksum", as_it_is, |folder| {
            spoil(&file(folder, "components-", ".css"));
        }),
        (
            "files: the page: does not match its checksum",
            as_it_is,
            |folder| spoil(&folder.join("index.html")),
        ),
        (".wasm: is missing (HTTP 404)", as_it_is, |folder| {
            let program = file(folder, "cmg-entra-setup-", ".wasm");
            for copy in ["", ".br", ".gz"] {
                // Apache compresses on the fly, so there are no copies.
                let _ = fs::remove_file(format!("{}{copy}", program.display()));
            }
        }),
        ("settings: config.json: is missing", as_it_is, |folder| {
            fs::remove_file(folder.join("config.json")).unwrap();
        }),
        (
            "settings: config.json: is refused by the page",
            as_it_is,
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
            as_it_is,
            |folder| {
                fs::write(folder.join("config.json"), "{ \"logo\": \"contoso.svg\" }").unwrap();
            },
        ),
        (
            "policy: the header: blocks usgov",
            |_, recipe| {
                change(recipe, " https://graph.microsoft.us", "");
            },
            |folder| {
                fs::write(folder.join("config.json"), settings(&["public", "usgov"])).unwrap();
            },
        ),
        ("service worker: /sw.js: exists", as_it_is, |folder| {
            fs::write(folder.join("sw.js"), "self.skipWaiting()").unwrap();
        }),
    ];
    cases.dedup_by_key(|(complaint, _, _)| *complaint);
    cases
}

#[test]
#[ignore = "needs root, nginx and Apache httpd: cargo xtask test --ring hosts"]
fn every_broken_deployment_is_detected() {
    let ground = Ground::new();
    let mut count = 0;
    for server in Server::ALL {
        for (complaint, recipe, files) in broken() {
            let bad = ground.deploy(
                server,
                &settings(&["public"]),
                |text| recipe(server, text),
                |folder| {
                    // These tests concern only the page.
                    fs::remove_dir_all(folder.join("demo")).unwrap();
                    files(folder);
                },
            );
            told(&ground, &bad, complaint);
            count += 1;
        }
    }
    // Precompressed copies can be older than the file, and some browsers receive them.
    for (ending, complaint) in [
        (".br", "does not match its checksum"),
        (".gz", "is a different file when requested as gzip"),
    ] {
        let bad = ground.deploy(Server::Nginx, &settings(&["public"]), |_| {}, |_| {});
        let style = file(&bad.folder, "components-", ".css");
        let other = fs::read(file(&bad.folder, "base-", &format!(".css{ending}"))).unwrap();
        fs::write(format!("{}{ending}", style.display()), other).unwrap();
        told(&ground, &bad, complaint);
        count += 1;
    }
    // A release that differs from the published files.
    let good = ground.deploy(Server::Nginx, &settings(&["public"]), |_| {}, |_| {});
    let release = tempfile::tempdir().unwrap();
    let sums = fs::read_to_string(dist().join("SHA256SUMS")).unwrap();
    fs::write(
        release.path().join("SHA256SUMS"),
        sums.replace("  index.html", "0  index.html"),
    )
    .unwrap();
    let said = check(
        &ground,
        &good,
        &["--against", release.path().to_str().unwrap()],
    );
    assert!(
        said.code == 1
            && said
                .text
                .contains("release: index.html: has a different checksum"),
        "{}",
        said.text
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
    let ground = Ground::new();
    for server in Server::ALL {
        let below = |text: &mut String| change(text, "404 /404.html", "404 /cmg/404.html");
        let deploy = |files: fn(&Path)| ground.deploy(server, &settings(&["public"]), below, files);

        let good = deploy(|folder| move_below(folder, true));
        // Without the trailing slash, as users type it.
        let said = check_at(
            "/cmg",
            &ground,
            &good,
            &["--against", dist().to_str().unwrap()],
        );
        assert_eq!(said.code, 0, "{}", said.text);
        assert!(
            said.text
                .contains("https: https://setup.contoso.com/cmg: redirects to the folder"),
            "{}",
            said.text
        );
        assert!(
            said.text
                .contains("cannot tell origin: https://setup.contoso.com: nothing is at its root"),
            "{}",
            said.text
        );

        let astray = deploy(|folder| move_below(folder, false));
        let said = check_at("/cmg/", &ground, &astray, &[]);
        assert!(
            said.code == 1 && said.text.contains("404.html: does not link to /cmg/"),
            "{}",
            said.text
        );

        let shared = deploy(|folder| {
            move_below(folder, true);
            fs::write(folder.join("index.html"), "somebody else").unwrap();
        });
        let said = check_at("/cmg/", &ground, &shared, &[]);
        assert!(
            said.code == 1
                && said
                    .text
                    .contains("origin: https://setup.contoso.com: something else is at its root"),
            "{}",
            said.text
        );
    }
}

#[test]
#[ignore = "needs root, nginx and Apache httpd: cargo xtask test --ring hosts"]
fn the_page_works_on_both_servers_in_chromium_and_firefox() {
    let ground = Ground::new();
    let running: BTreeMap<&str, Deployment> = Server::ALL
        .into_iter()
        .map(|server| {
            (
                server.name(),
                ground.deploy(server, &settings(&["public"]), |_| {}, |_| {}),
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
        .env("HOSTS_PIN", &ground.pin)
        .status()
        .unwrap();
    assert!(status.success());
}
