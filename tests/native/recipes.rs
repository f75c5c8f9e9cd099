//! The change recipes of ARCHITECTURE.md: every file that a row names exists, and the row's example is found in exactly these files.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::architecture::root;
use crate::architecture::sources;

struct Recipe {
    what: String,
    files: BTreeSet<String>,
    example: Option<String>,
}

fn recipes() -> Vec<Recipe> {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let (_, rest) = text.split_once("## Change recipes").unwrap();
    let (table, _) = rest.split_once("\n## ").unwrap();
    let rows = table.lines().filter(|line| line.starts_with("| a"));
    rows.map(|row| {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let [_, what, change, example, _] = cells[..] else {
            panic!("a recipe has three cells: {row}");
        };
        Recipe {
            what: what.to_owned(),
            files: quoted(change).filter(|name| name.contains('/')).collect(),
            example: quoted(example).next(),
        }
    })
    .collect()
}

fn quoted(cell: &str) -> impl Iterator<Item = String> + '_ {
    cell.split('`').skip(1).step_by(2).map(str::to_owned)
}

/// `KeyVault`, `key_vault` and `key-vault`.
fn spellings(name: &str) -> [String; 3] {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    let kebab = snake.replace('_', "-");
    [name.to_owned(), snake, kebab]
}

/// Product files with the example, outside comments and tests. `cloud-sim` is not counted.
fn files_with(example: &str) -> BTreeSet<String> {
    let spellings = spellings(example);
    let has = |text: &str| spellings.iter().any(|name| text.contains(name.as_str()));
    let mut found: BTreeSet<String> = sources()
        .iter()
        .filter(|file| file.krate != "cloud-sim")
        .filter(|file| file.tokens.iter().any(|token| has(&token.text)))
        .map(|file| file.path.clone())
        .collect();
    let folder = Path::new("locales/en");
    for entry in fs::read_dir(root().join(folder)).unwrap() {
        let name = folder.join(entry.unwrap().file_name());
        let text = fs::read_to_string(root().join(&name)).unwrap();
        if text.lines().any(|line| !line.starts_with('#') && has(line)) {
            found.insert(name.to_string_lossy().replace('\\', "/"));
        }
    }
    found
}

#[test]
fn every_file_of_a_recipe_exists() {
    let recipes = recipes();
    assert!(recipes.len() > 10);
    for recipe in recipes {
        for file in recipe.files {
            assert!(root().join(&file).exists(), "{}: {file}", recipe.what);
        }
    }
}

/// A recipe may name more files than its example needs: the tests of a place where it may be needed, such as `export/registration`.
#[test]
fn the_example_of_a_recipe_is_in_no_other_file() {
    for recipe in recipes() {
        let Some(example) = &recipe.example else {
            continue;
        };
        let found = files_with(example);
        let is_named = |file: &String| {
            recipe
                .files
                .iter()
                .any(|name| name == file || name.ends_with('/') && file.starts_with(name.as_str()))
        };
        let missing: Vec<&String> = found.iter().filter(|file| !is_named(file)).collect();
        assert!(
            missing.is_empty(),
            "{}: `{example}` is also in {missing:?}",
            recipe.what
        );
        assert!(found.len() > 1, "{}: `{example}` is nowhere", recipe.what);
    }
}
