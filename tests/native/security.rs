//! SECURITY.md is correct: it has every number, and every file and test it names exists.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The rows of the checklists: number, requirement, implementing files, and tests.
fn rows() -> Vec<[String; 4]> {
    let text = fs::read_to_string(root().join("SECURITY.md")).unwrap();
    let (_, lists) = text.split_once("## Checklists").unwrap();
    let cells = |line: &str| -> [String; 4] {
        let cells: Vec<String> = line.split(" | ").map(str::to_owned).collect();
        cells
            .try_into()
            .unwrap_or_else(|cells| panic!("not four cells: {cells:?}"))
    };
    lists
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"))
        .map(cells)
        .filter(|[number, ..]| number != "#")
        .collect()
}

/// The texts between backticks.
fn quoted(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

fn files_of(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if path.file_name().is_some_and(|name| name != "node_modules") {
                files_of(&path, found);
            }
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            found.push(path);
        }
    }
}

fn names_of_functions(text: &str) -> Vec<String> {
    let name = |(at, _)| {
        let rest = text[at + "fn ".len()..].chars();
        rest.take_while(|it| it.is_alphanumeric() || *it == '_')
            .collect()
    };
    text.match_indices("fn ").map(name).collect()
}

#[test]
fn every_checklist_number_appears_once() {
    let numbers: Vec<String> = rows().into_iter().map(|[number, ..]| number).collect();
    let mut expected = Vec::new();
    for (list, last) in [('A', 22), ('B', 15), ('W', 17), ('C', 10)] {
        expected.extend((1..=last).map(|number| format!("{list}{number}")));
    }
    assert_eq!(numbers, expected);
}

#[test]
fn every_named_file_and_test_exists() {
    let mut files = Vec::new();
    for folder in ["src", "crates", "tests", "xtask"] {
        files_of(&root().join(folder), &mut files);
    }
    let functions: BTreeSet<String> = files
        .iter()
        .map(|path| fs::read_to_string(path).unwrap())
        .flat_map(|text| names_of_functions(&text))
        .collect();
    let is_file = |name: &str| root().join(name).exists();
    for [number, what, kept, shown] in rows() {
        assert!(
            !what.is_empty() && !kept.is_empty() && !shown.is_empty(),
            "{number}"
        );
        for name in quoted(&kept) {
            assert!(is_file(name), "{number} is kept by {name}");
        }
        for name in quoted(&shown) {
            let is_there = if name.contains(['/', '.']) {
                is_file(name)
            } else {
                functions.contains(name) || name.starts_with("cargo ")
            };
            assert!(is_there, "{number} is shown by {name}");
        }
    }
}
