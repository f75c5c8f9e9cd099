//! The size of each file of the page: uncompressed, with gzip -9, and with brotli -11. The files of each part together, and what each
//! journey loads.

use std::fs;

use crate::page::{CHECKSUMS, MODULE, SBOM, SCHEMA};
use crate::setup;
use crate::shell::{Error, command, output_of, print, root};

/// The parts of the page, in the order in which an admin needs them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// What the start page needs.
    Start,
    /// What the start page of a site with settings needs in addition.
    Settings,
    /// Set-up, sign-in and the App ID URI page.
    Core,
    /// The review, runs, the check of a pair, and the client ID page. A file is named after those that need it.
    Features,
    /// The window that signs in for a page in a frame.
    Window,
    /// The sentences in German, instead of those in English.
    German,
    /// Requested only when a user installs the page or opens a wrong URL.
    Aside,
}

impl Part {
    const ALL: [Self; 7] = [
        Self::Start,
        Self::Settings,
        Self::Core,
        Self::Features,
        Self::Window,
        Self::German,
        Self::Aside,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Start => "start page",
            Self::Settings => "settings of the site",
            Self::Core => "core",
            Self::Features => "features",
            Self::Window => "sign-in window",
            Self::German => "German sentences",
            Self::Aside => "not for a journey",
        }
    }
}

/// A kind of file: its part, how its name begins and ends, and its budget in bytes with brotli. A budget decreases, and increases only for
/// a new feature, with its reason in the commit.
struct Kind(Part, &'static str, &'static str, u64);

const KINDS: [Kind; 57] = [
    Kind(Part::Start, "index", ".html", 4_100),
    Kind(Part::Start, "first-", ".js", 1_600),
    Kind(Part::Start, "boot-", ".js", 17_900),
    Kind(Part::Start, "cmg-entra-setup-", "_bg.wasm", 84_200),
    Kind(Part::Start, "sentences-en-start-", ".txt", 1_300),
    Kind(Part::Start, "tokens-", ".css", 1_100),
    Kind(Part::Start, "base-", ".css", 650),
    Kind(Part::Start, "layout-", ".css", 900),
    Kind(Part::Start, "components-", ".css", 4_350),
    Kind(Part::Start, "icon-", ".svg", 250),
    Kind(Part::Start, "config", ".json", 50),
    Kind(Part::Settings, "cmg-entra-setup-settings-", ".wasm", 300),
    Kind(
        Part::Settings,
        "cmg-entra-setup-core-settings-",
        ".wasm",
        16_200,
    ),
    Kind(Part::Core, "cmg-entra-setup-core-", ".wasm", 236_700),
    Kind(Part::Core, "sentences-en-core-", ".txt", 15_500),
    Kind(Part::Features, "cmg-entra-setup-offline-", ".wasm", 65_500),
    Kind(
        Part::Features,
        "cmg-entra-setup-offline-pair-",
        ".wasm",
        1_600,
    ),
    Kind(
        Part::Features,
        "cmg-entra-setup-offline-pair-providers-",
        ".wasm",
        200,
    ),
    Kind(
        Part::Features,
        "cmg-entra-setup-offline-pair-providers-review-run-",
        ".wasm",
        3_400,
    ),
    Kind(
        Part::Features,
        "cmg-entra-setup-offline-pair-providers-run-",
        ".wasm",
        300,
    ),
    Kind(
        Part::Features,
        "cmg-entra-setup-offline-pair-review-run-",
        ".wasm",
        30_900,
    ),
    Kind(
        Part::Features,
        "cmg-entra-setup-offline-pair-run-",
        ".wasm",
        800,
    ),
    Kind(
        Part::Features,
        "cmg-entra-setup-offline-providers-",
        ".wasm",
        1_500,
    ),
    Kind(
        Part::Features,
        "cmg-entra-setup-offline-providers-review-run-",
        ".wasm",
        4_600,
    ),
    Kind(
        Part::Features,
        "cmg-entra-setup-offline-providers-run-",
        ".wasm",
        300,
    ),
    Kind(
        Part::Features,
        "cmg-entra-setup-offline-review-run-",
        ".wasm",
        46_600,
    ),
    Kind(
        Part::Features,
        "cmg-entra-setup-offline-run-",
        ".wasm",
        2_600,
    ),
    Kind(Part::Features, "cmg-entra-setup-pair-", ".wasm", 47_100),
    Kind(
        Part::Features,
        "cmg-entra-setup-pair-providers-",
        ".wasm",
        300,
    ),
    Kind(
        Part::Features,
        "cmg-entra-setup-pair-providers-run-",
        ".wasm",
        800,
    ),
    Kind(Part::Features, "cmg-entra-setup-pair-run-", ".wasm", 5_300),
    Kind(
        Part::Features,
        "cmg-entra-setup-providers-",
        ".wasm",
        79_900,
    ),
    Kind(
        Part::Features,
        "cmg-entra-setup-providers-run-",
        ".wasm",
        3_000,
    ),
    Kind(Part::Features, "cmg-entra-setup-review-", ".wasm", 300),
    Kind(Part::Features, "cmg-entra-setup-run-", ".wasm", 112_400),
    Kind(Part::Features, "sentences-en-evidence-", ".txt", 1_200),
    Kind(Part::Features, "sentences-en-pair-", ".txt", 4_800),
    Kind(Part::Features, "sentences-en-plan-", ".txt", 1_600),
    Kind(Part::Features, "sentences-en-providers-", ".txt", 3_000),
    Kind(Part::Features, "sentences-en-registration-", ".txt", 1_300),
    Kind(Part::Features, "sentences-en-run-", ".txt", 3_000),
    Kind(Part::Features, "sentences-en-steps-", ".txt", 3_700),
    Kind(Part::German, "sentences-de-core-", ".txt", 19_400),
    Kind(Part::German, "sentences-de-evidence-", ".txt", 1_700),
    Kind(Part::German, "sentences-de-pair-", ".txt", 6_300),
    Kind(Part::German, "sentences-de-plan-", ".txt", 2_200),
    Kind(Part::German, "sentences-de-providers-", ".txt", 3_800),
    Kind(Part::German, "sentences-de-registration-", ".txt", 1_800),
    Kind(Part::German, "sentences-de-run-", ".txt", 4_000),
    Kind(Part::German, "sentences-de-start-", ".txt", 2_000),
    Kind(Part::German, "sentences-de-steps-", ".txt", 5_100),
    Kind(Part::Window, "bridge", ".html", 900),
    Kind(Part::Window, "bridge-", ".js", 1_800),
    Kind(Part::Aside, "manifest", ".webmanifest", 300),
    Kind(Part::Aside, "404", ".html", 650),
    Kind(Part::Aside, "icon-", ".png", 5_200),
    Kind(Part::Aside, "icon-maskable-", ".png", 3_200),
];

/// Limits of what the browser needs before it shows the first view, with brotli and with gzip for web servers that have no brotli: the page,
/// its style sheets and `first.js`.
const FIRST_BROTLI: u64 = 12_500;
const FIRST_GZIP: u64 = 14_500;
/// Limits of the start page with its program.
const START_BROTLI: u64 = 115_800;
const START_GZIP: u64 = 136_200;
/// Limit of what is loaded from the start page to Create, in English, with brotli.
const CREATE: u64 = 466_000;
/// Limit of all parts in English, with brotli.
const WHOLE: u64 = 800_500;

struct Row {
    file: String,
    kind: Option<&'static Kind>,
    raw: u64,
    gzip: u64,
    brotli: u64,
}

/// Prints the table.
pub(crate) fn print_table() -> Result<(), Error> {
    let rows = measure()?;
    print(&table(&rows));
    Ok(())
}

/// Prints the table and fails if a file exceeds its budget. Returns the number of files.
pub(crate) fn check() -> Result<usize, Error> {
    let rows = measure()?;
    print(&table(&rows));
    let mut faults = Vec::new();
    for row in &rows {
        match row.kind {
            None => faults.push(format!("{} belongs to no part (KINDS)", row.file)),
            Some(Kind(part, _, _, budget)) if row.brotli > *budget => faults.push(format!(
                "{} ({}) has {} bytes with brotli, and its budget is {budget}",
                row.file,
                part.name(),
                row.brotli
            )),
            Some(_) => {}
        }
    }
    let first = first_view(&rows);
    let start = sum(&rows, &[Part::Start]);
    let whole = sum(
        &rows,
        &[
            Part::Start,
            Part::Settings,
            Part::Core,
            Part::Features,
            Part::Window,
        ],
    );
    let create = journey(&rows, &["review"]);
    for (name, bytes, limit) in [
        ("the first view with brotli", first.2, FIRST_BROTLI),
        ("the first view with gzip", first.1, FIRST_GZIP),
        ("the start page with brotli", start.2, START_BROTLI),
        ("the start page with gzip", start.1, START_GZIP),
        ("set-up to Create with brotli", create.2, CREATE),
        ("all parts with brotli", whole.2, WHOLE),
    ] {
        if bytes > limit {
            faults.push(format!("{name}: {bytes} bytes, and the limit is {limit}"));
        }
    }
    if faults.is_empty() {
        return Ok(rows.len());
    }
    Err(Error::new(
        format!("the page is too large:\n  {}", faults.join("\n  ")),
        "find the cause with `cargo tree` and `twiggy`, or change the budget in xtask/src/size.rs with a reason",
    ))
}

fn kind_of(file: &str) -> Option<&'static Kind> {
    let fits = |Kind(_, start, end, _): &&Kind| {
        file.strip_prefix(start)
            .and_then(|rest| rest.strip_suffix(end))
            .is_some_and(|middle| middle.bytes().all(|byte| byte.is_ascii_hexdigit()))
    };
    KINDS.iter().find(fits)
}

fn measure() -> Result<Vec<Row>, Error> {
    let folder = root().join("dist");
    if !folder.join("index.html").is_file() {
        return Err(Error::new(
            "dist contains no page",
            "run `cargo xtask build`",
        ));
    }
    setup::node()?;
    let mut names: Vec<String> = fs::read_dir(&folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| entry.path().is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        // These files are next to the page, and no browser requests them.
        .filter(|name| {
            ![CHECKSUMS, SBOM, SCHEMA].contains(&name.as_str()) && !MODULE.contains(&name.as_str())
        })
        .collect();
    let place = |name: &String| {
        let part = kind_of(name).map(|Kind(part, ..)| *part);
        Part::ALL.iter().position(|other| Some(*other) == part)
    };
    names.sort_by_key(|name| (place(name).unwrap_or(usize::MAX), name.clone()));
    // Node.js includes both compressors with the settings of a web server. No other tool does on all three systems.
    let script = "const z=require('node:zlib'),f=require('node:fs');\
        for(const n of process.argv.slice(1)){const b=f.readFileSync(n);\
        console.log(b.length,z.gzipSync(b,{level:9}).length,z.brotliCompressSync(b,{params:{[z.constants.BROTLI_PARAM_QUALITY]:11}}).length)}";
    let text = output_of(
        command("node")
            .arg("-e")
            .arg(script)
            .args(&names)
            .current_dir(&folder),
    )
    .ok_or_else(|| {
        Error::new(
            "Node.js could not compress the files",
            "check `node --version`",
        )
    })?;
    Ok(names
        .into_iter()
        .zip(text.lines())
        .map(|(file, line)| {
            let mut numbers = line.split(' ').map(|number| number.parse().unwrap_or(0));
            let mut next = || numbers.next().unwrap_or(0);
            Row {
                kind: kind_of(&file),
                file,
                raw: next(),
                gzip: next(),
                brotli: next(),
            }
        })
        .collect())
}

/// Bytes of these parts: uncompressed, with gzip, with brotli.
fn sum(rows: &[Row], parts: &[Part]) -> (u64, u64, u64) {
    sum_of(rows, |Kind(part, ..)| parts.contains(part))
}

/// Bytes of what the browser needs before it shows the first view.
fn first_view(rows: &[Row]) -> (u64, u64, u64) {
    sum_of(rows, |Kind(part, start, end, _)| {
        *part == Part::Start && (*end == ".css" || ["index", "first-"].contains(start))
    })
}

fn sum_of(rows: &[Row], is_needed: impl Fn(&Kind) -> bool) -> (u64, u64, u64) {
    rows.iter()
        .filter(|row| row.kind.is_some_and(&is_needed))
        .fold((0, 0, 0), |(raw, gzip, brotli), row| {
            (raw + row.raw, gzip + row.gzip, brotli + row.brotli)
        })
}

/// Bytes of the start page, the core, and these features.
fn journey(rows: &[Row], features: &[&str]) -> (u64, u64, u64) {
    let (mut raw, mut gzip, mut brotli) = sum(rows, &[Part::Start, Part::Settings, Part::Core]);
    for row in rows {
        let is_needed = row.kind.is_some_and(|Kind(part, start, _, _)| {
            *part == Part::Features && start.split('-').any(|name| features.contains(&name))
        });
        if is_needed {
            raw += row.raw;
            gzip += row.gzip;
            brotli += row.brotli;
        }
    }
    (raw, gzip, brotli)
}

fn table(rows: &[Row]) -> String {
    let line = |name: &str, (raw, gzip, brotli): (u64, u64, u64)| {
        format!("\n{name:<52} {raw:>10} {gzip:>10} {brotli:>10}")
    };
    let mut text = format!(
        "{:<52} {:>10} {:>10} {:>10}",
        "file, in bytes", "raw", "gzip", "brotli"
    );
    for row in rows {
        text.push_str(&line(&row.file, (row.raw, row.gzip, row.brotli)));
    }
    text.push_str("\n\npart");
    for part in Part::ALL {
        text.push_str(&line(part.name(), sum(rows, &[part])));
    }
    text.push_str("\n\njourney");
    text.push_str(&line("first view", first_view(rows)));
    for (name, parts) in [
        ("start page", &[Part::Start][..]),
        (
            "start page of a site with settings",
            &[Part::Start, Part::Settings],
        ),
    ] {
        text.push_str(&line(name, sum(rows, parts)));
    }
    for (name, features) in [
        ("App ID URI", &[][..]),
        ("set-up to Create", &["review"]),
        ("set-up to the hand-over", &["review", "run", "steps"]),
        ("check of a pair", &["pair", "steps"]),
        ("client ID", &["offline", "registration"]),
        ("plan for another person", &["offline", "plan"]),
        ("resource providers", &["providers"]),
        ("check of evidence", &["offline", "evidence"]),
        (
            "all of them",
            &[
                "review",
                "run",
                "pair",
                "offline",
                "registration",
                "plan",
                "providers",
                "evidence",
                "steps",
            ],
        ),
    ] {
        text.push_str(&line(name, journey(rows, features)));
    }
    text
}
