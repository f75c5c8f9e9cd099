//! Runs the fuzzer's oracles on its seeds and on earlier findings. `fuzz/Cargo.toml` explains how to run the fuzzer itself.

use std::fs;
use std::path::Path;

use proptest::prelude::*;

#[expect(unreachable_pub, reason = "the fuzz targets use them too")]
#[path = "../../fuzz/src/oracles.rs"]
mod oracles;

type Oracle = fn(&[u8]);

const ORACLES: [(&str, Oracle); 12] = [
    ("callback", oracles::callback),
    ("challenge", oracles::challenge),
    ("config", oracles::config),
    ("evidence", oracles::evidence),
    ("host", oracles::host),
    ("id_token", oracles::id_token),
    ("journal", oracles::journal),
    ("json_answer", oracles::json_answer),
    ("odata", oracles::odata),
    ("plan", oracles::plan),
    ("report", oracles::report),
    ("retry_after", oracles::retry_after),
];

fn seeds(folder: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/seeds")
        .join(folder);
    let mut seeds: Vec<(String, Vec<u8>)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|file| (file.display().to_string(), fs::read(file).unwrap()))
        .collect();
    seeds.sort();
    seeds
}

#[test]
fn every_seed_passes_its_oracle() {
    for (name, oracle) in ORACLES {
        let seeds = seeds(name);
        assert!(seeds.len() >= 2, "{name} has no seeds");
        for (file, bytes) in seeds {
            eprintln!("{file}");
            oracle(&bytes);
        }
    }
}

#[test]
fn every_fuzz_target_is_tested_here() {
    let manifest =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/Cargo.toml")).unwrap();
    assert_eq!(manifest.matches("[[bin]]").count(), ORACLES.len());
    for (name, _) in ORACLES {
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Runs each oracle on a seed with one changed part, which is enough to test the oracles themselves.
    #[test]
    fn a_changed_seed_also_passes(which in 0..ORACLES.len(), seed: usize, at: usize, piece in ".{0,6}") {
        let (name, oracle) = ORACLES[which];
        let seeds = seeds(name);
        let (_, mut bytes) = seeds[seed % seeds.len()].clone();
        let at = at % (bytes.len() + 1);
        let end = (at + piece.len() / 2).min(bytes.len());
        bytes.splice(at..end, piece.bytes());
        oracle(&bytes);
    }
}
