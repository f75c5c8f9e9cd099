//! What the page weighs: raw, by gzip -9 and by brotli -11, file by file.

use std::fs;

use crate::page::{BILL, MODULE, SCHEMA, SUMS};
use crate::setup;
use crate::shell::{Trouble, answer, command, print, root, say};

/// What the whole page is to weigh, by brotli: what an empty page of React with MSAL weighs. Not reached yet.
const GOAL: u64 = 124_000;

/// The most it may weigh today. It goes down towards the goal, and up only for something new: the journal with continuing and undoing
/// weighs 51 kB, the page in a portal's frame and its sign-in window 6 kB, checking and mending a pair 65 kB,
/// what a portal is told and its own sign-in 13 kB, what a host proposes, says of itself and switches off 8 kB,
/// its own registration and links with answers 15 kB, what policies, subscriptions and each refusal of Entra, Graph and Azure mean 23 kB,
/// where an app comes from, undoing by what is there, another tenant and waits with an end 18 kB, nodes that others take away 4 kB.
const BUDGET: u64 = 497_000;

/// Asked for by who installs the page or mistypes its address, 9 kB, and not by who opens it.
const ELSEWHERE: [&str; 3] = ["404.html", "icon-512.png", "icon-maskable-512.png"];

struct Row {
    file: String,
    raw: u64,
    gzip: u64,
    brotli: u64,
}

/// Prints the table.
pub(crate) fn show() -> Result<(), Trouble> {
    let rows = weigh()?;
    print(&table(&rows));
    Ok(())
}

/// Prints the table and fails if the page is heavier than it may be. Returns the number of files.
pub(crate) fn check() -> Result<usize, Trouble> {
    let rows = weigh()?;
    print(&table(&rows));
    let whole: u64 = rows.iter().map(|row| row.brotli).sum();
    if whole > GOAL {
        say(&format!(
            "the page weighs {whole} bytes by brotli; the goal is {GOAL}, the budget {BUDGET}"
        ));
    }
    if whole > BUDGET {
        return Err(Trouble::new(
            format!("the page weighs {whole} bytes by brotli, more than the {BUDGET} it may"),
            "find what grew with `cargo tree` and `twiggy`, or argue for another budget in xtask/src/size.rs",
        ));
    }
    Ok(rows.len())
}

fn weigh() -> Result<Vec<Row>, Trouble> {
    let folder = root().join("dist");
    if !folder.join("index.html").is_file() {
        return Err(Trouble::new(
            "there is no page in dist",
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
        // Beside the page: no browser asks for them.
        .filter(|name| {
            ![SUMS, BILL, SCHEMA].contains(&name.as_str())
                && !MODULE.contains(&name.as_str())
                && !ELSEWHERE.contains(&name.as_str())
        })
        .collect();
    names.sort();
    // Node.js brings both compressors at the settings a host would use. Nothing else on all three systems does.
    let script = "const z=require('node:zlib'),f=require('node:fs');\
        for(const n of process.argv.slice(1)){const b=f.readFileSync(n);\
        console.log(b.length,z.gzipSync(b,{level:9}).length,z.brotliCompressSync(b,{params:{[z.constants.BROTLI_PARAM_QUALITY]:11}}).length)}";
    let text = answer(
        command("node")
            .arg("-e")
            .arg(script)
            .args(&names)
            .current_dir(&folder),
    )
    .ok_or_else(|| {
        Trouble::new(
            "Node.js could not weigh the files",
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
                file,
                raw: next(),
                gzip: next(),
                brotli: next(),
            }
        })
        .collect())
}

fn table(rows: &[Row]) -> String {
    let whole = Row {
        file: "whole page".to_owned(),
        raw: rows.iter().map(|row| row.raw).sum(),
        gzip: rows.iter().map(|row| row.gzip).sum(),
        brotli: rows.iter().map(|row| row.brotli).sum(),
    };
    let mut text = format!(
        "{:<44} {:>10} {:>10} {:>10}",
        "file, in bytes", "raw", "gzip", "brotli"
    );
    for row in rows.iter().chain([&whole]) {
        text.push_str(&format!(
            "\n{:<44} {:>10} {:>10} {:>10}",
            row.file, row.raw, row.gzip, row.brotli
        ));
    }
    text
}
