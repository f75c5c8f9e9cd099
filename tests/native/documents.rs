//! The documents: every link leads to an existing file, and the index leads to every document.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

use domain::locale::Locale;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn documents() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in ["", "docs", "docs/decisions", "docs/hosting", "docs/portals"] {
        for entry in fs::read_dir(root().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|kind| kind == "md") {
                found.push(path);
            }
        }
    }
    found
}

/// Files of this project that a document links to.
fn links(document: &Path) -> Vec<PathBuf> {
    let text = fs::read_to_string(document).unwrap();
    let folder = document.parent().unwrap();
    text.split("](")
        .skip(1)
        .filter_map(|rest| rest.split([')', '#']).next())
        .filter(|link| !link.is_empty() && !link.contains("://"))
        .map(|link| folder.join(link))
        .collect()
}

#[test]
fn every_link_in_a_document_leads_to_an_existing_file() {
    let mut count = 0;
    for document in documents() {
        for link in links(&document) {
            assert!(link.exists(), "{}: {}", document.display(), link.display());
            count += 1;
        }
    }
    assert!(count > 50, "{count}");
}

/// `cargo xtask screenshots --docs` makes the pictures. A picture that no document shows is no longer needed.
#[test]
fn every_picture_is_shown_and_described() {
    let mut shown = BTreeSet::new();
    for document in documents() {
        let text = fs::read_to_string(&document).unwrap();
        let is_picture = |path: &PathBuf| path.extension().is_some_and(|kind| kind == "png");
        for picture in links(&document).into_iter().filter(is_picture) {
            shown.insert(picture.canonicalize().unwrap());
        }
        assert!(!text.contains("![]("), "{}", document.display());
    }
    let held: BTreeSet<PathBuf> = fs::read_dir(root().join("docs/images"))
        .unwrap()
        .map(|entry| entry.unwrap().path().canonicalize().unwrap())
        .collect();
    assert_eq!(shown, held);
}

#[test]
fn the_index_leads_to_every_document() {
    let mut reached = BTreeSet::new();
    let mut next = vec![root().join("docs/README.md")];
    while let Some(document) = next.pop() {
        let document = document.canonicalize().unwrap();
        if reached.insert(document.clone()) {
            let links = links(&document);
            next.extend(
                links
                    .into_iter()
                    .filter(|it| it.extension().is_some_and(|kind| kind == "md")),
            );
        }
    }
    for document in documents() {
        let document = document.canonicalize().unwrap();
        let is_start = document == root().join("README.md").canonicalize().unwrap();
        assert!(
            is_start || reached.contains(&document),
            "{}",
            document.display()
        );
    }
}

/// The text files of the user interface, and all documents.
fn told() -> Vec<(PathBuf, String)> {
    let words = fs::read_dir(root().join("locales/en")).unwrap();
    let words = words.map(|entry| entry.unwrap().path());
    words
        .chain(documents())
        .map(|path| (path.clone(), fs::read_to_string(&path).unwrap()))
        .collect()
}

/// "Configure Azure services" (2021-08-24): select the tenant, then *Renew Secret Key* in the ribbon. Only *Update Application Settings* is
/// under Applications.
#[test]
fn every_path_to_renew_secret_key_goes_through_the_tenant() {
    let mut count = 0;
    for (path, text) in told() {
        for line in text
            .lines()
            .filter(|line| line.contains("Microsoft Entra tenants >"))
        {
            if line.contains("Renew Secret Key") {
                assert!(
                    line.contains("> the tenant > ribbon: Renew Secret Key"),
                    "{}: {line}",
                    path.display()
                );
                count += 1;
            }
        }
    }
    assert!(count > 0);
}

/// Sources: "Plan for CMG" (2022-04-08) and "Install the client with Microsoft Entra ID" (2022-02-16).
#[test]
fn user_discovery_texts_name_hybrid_users_and_ad_discovery() {
    let words = Locale::En;
    let lead = words.discovery_lead();
    assert!(
        lead.starts_with("Not needed to create the gateway."),
        "{lead}"
    );
    assert!(
        lead.contains("hybrid users, federated or synchronized"),
        "{lead}"
    );
    let detail = words.discovery_users_detail();
    assert!(detail.contains("hybrid users"), "{detail}");
    assert!(
        detail.contains("Active Directory User Discovery"),
        "{detail}"
    );
    for (path, text) in told() {
        for wrong in ["only in the cloud", "cloud-only"] {
            assert!(!text.contains(wrong), "{}: {wrong}", path.display());
        }
    }
}

/// The console of version 2409 and later offers four lifetimes, documented only in a picture ("What's new in version 2409"). This page
/// uses the two lifetimes of the manual method ("Manually register Microsoft Entra apps", 2026-08-06).
#[test]
fn secret_texts_do_not_mention_lifetimes_of_the_console() {
    let words = Locale::En;
    for text in [
        words.web_app_secret_hint(),
        words.web_app_secret_1(),
        words.web_app_secret_1_detail(),
        words.web_app_secret_2(),
        words.web_app_secret_2_detail(),
    ] {
        assert!(!text.contains("onsole"), "{text}");
    }
}

/// Facts of 2026 about the steps after the hand-over, each with its page and date.
#[test]
fn the_admins_document_lists_remaining_steps_with_sources() {
    let text = fs::read_to_string(root().join("docs/admins.md")).unwrap();
    for part in [
        "Set-UpdateServerApplication -TenantId",
        "*What's new in version 2309*, 2023-11-15",
        "KB37942646, 2026-06-02",
        "*What's new in version 2603*, 2026-08-05",
        "Owner of the subscription **and** Global Administrator",
        "*CMG FAQ*, 2024-12-04",
        "AADTENANTID, AADCLIENTAPPID and AADRESOURCEURI",
        "*Manually register Microsoft Entra apps* (2026-08-06)",
        "*Set up checklist for CMG* (2022-04-08)",
        "*Grant tenant-wide admin consent* (2025-03-25)",
        "AI Administrator",
        "custom role",
        "Administration Service Management",
    ] {
        assert!(text.contains(part), "{part}");
    }
}
