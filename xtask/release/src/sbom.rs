//! The software bill of materials in CycloneDX 1.5: exactly the components that are compiled into the page's program.
//!
//! It omits the optional time and serial number, so that the same sources give the same bytes.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

pub(crate) const NAME: &str = "sbom.cdx.json";
pub(crate) const PAGE: &str = "cmg-entra-setup";
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Unchanged output of cargo and rustc.
pub(crate) struct Project {
    /// Output of `cargo tree` with depths.
    pub(crate) tree: String,
    /// Output of `cargo metadata`.
    pub(crate) metadata: String,
    /// Content of `Cargo.lock`.
    pub(crate) lock: String,
    /// Output of `rustc -vV`.
    pub(crate) compiler: String,
}

/// A package's name and version. Cargo.lock has each pair once unless two registries are mixed, which deny.toml forbids.
type Package = (String, String);

pub(crate) fn of(project: &Project) -> Result<Value, String> {
    let edges = edges(&project.tree)?;
    let metadata: Value =
        serde_json::from_str(&project.metadata).map_err(|error| error.to_string())?;
    let details = details(&metadata);
    let checksums = checksums(&project.lock);
    let page = edges
        .keys()
        .find(|(name, _)| name == PAGE)
        .ok_or_else(|| format!("the output of `cargo tree` does not contain {PAGE}"))?;
    let library = standard_library(&project.compiler)?;
    let library_reference = library["bom-ref"].clone();

    let mut components = edges
        .keys()
        .filter(|package| *package != page)
        .map(|package| component(package, &details, checksums.get(package)))
        .collect::<Result<Vec<Value>, String>>()?;
    components.push(library);
    let mut dependencies: Vec<Value> = edges
        .iter()
        .map(|(package, on)| {
            let mut on: Vec<Value> = on.iter().map(|on| purl(on).into()).collect();
            if package == page {
                on.push(library_reference.clone());
            }
            json!({ "ref": purl(package), "dependsOn": on })
        })
        .collect();
    dependencies.push(json!({ "ref": library_reference }));
    Ok(json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": { "component": application(page, &details)? },
        "components": components,
        "dependencies": dependencies,
    }))
}

/// Every package of the tree with its dependencies. The project's own crates are part of the application: no registry has them, and
/// `Cargo.lock` has no checksum for them.
fn edges(tree: &str) -> Result<BTreeMap<Package, BTreeSet<Package>>, String> {
    let mut edges: BTreeMap<Package, BTreeSet<Package>> = BTreeMap::new();
    let mut above: Vec<Package> = Vec::new();
    for line in tree.lines().filter(|line| !line.is_empty()) {
        let node = node(line).ok_or_else(|| format!("unexpected `cargo tree` line: `{line}`"))?;
        above.truncate(node.depth);
        let package = match above.first() {
            Some(application) if node.is_local => application.clone(),
            _ => node.package,
        };
        if let Some(parent) = above.last().filter(|parent| **parent != package) {
            edges
                .entry(parent.clone())
                .or_default()
                .insert(package.clone());
        }
        edges.entry(package.clone()).or_default();
        above.push(package);
    }
    Ok(edges)
}

struct Node {
    depth: usize,
    package: Package,
    is_local: bool,
}

/// Parses a line such as `2 yew v0.23.0 (*)` or `1 domain v0.1.0 (/project/crates/domain)`.
fn node(line: &str) -> Option<Node> {
    let mut words = line.split_whitespace();
    let depth = words.next()?.parse().ok()?;
    let name = words.next()?.to_owned();
    let version = words.next()?.strip_prefix('v')?.to_owned();
    Some(Node {
        depth,
        package: (name, version),
        is_local: words.next().is_some_and(|word| word != "(*)"),
    })
}

/// The metadata of each package.
fn details(metadata: &Value) -> BTreeMap<Package, &Value> {
    metadata["packages"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|package| {
            let name = package["name"].as_str()?.to_owned();
            let version = package["version"].as_str()?.to_owned();
            Some(((name, version), package))
        })
        .collect()
}

fn checksums(lock: &str) -> BTreeMap<Package, String> {
    let value = |entry: &str, key: &str| {
        entry.lines().find_map(|line| {
            let text = line.strip_prefix(key)?.strip_prefix(" = \"")?;
            Some(text.strip_suffix('"')?.to_owned())
        })
    };
    lock.split("[[package]]")
        .filter_map(|entry| {
            let package = (value(entry, "name")?, value(entry, "version")?);
            Some((package, value(entry, "checksum")?))
        })
        .collect()
}

fn purl((name, version): &Package) -> String {
    // Some URL parsers read `+` as a space.
    format!("pkg:cargo/{name}@{}", version.replace('+', "%2B"))
}

fn component(
    package: &Package,
    details: &BTreeMap<Package, &Value>,
    checksum: Option<&String>,
) -> Result<Value, String> {
    let (name, version) = package;
    let checksum = checksum.ok_or_else(|| format!("Cargo.lock has no checksum for {name}"))?;
    Ok(json!({
        "type": "library",
        "bom-ref": purl(package),
        "name": name,
        "version": version,
        "scope": "required",
        "hashes": [{ "alg": "SHA-256", "content": checksum }],
        "licenses": [{ "expression": license(package, details)? }],
        "purl": purl(package),
    }))
}

fn application(page: &Package, details: &BTreeMap<Package, &Value>) -> Result<Value, String> {
    let (name, version) = page;
    Ok(json!({
        "type": "application",
        "bom-ref": purl(page),
        "name": name,
        "version": version,
        "licenses": [{ "expression": license(page, details)? }],
        "purl": purl(page),
    }))
}

fn license(package: &Package, details: &BTreeMap<Package, &Value>) -> Result<String, String> {
    details
        .get(package)
        .and_then(|details| details["license"].as_str())
        // Crates from before 2018 write `MIT/Apache-2.0`.
        .map(|text| text.replace('/', " OR "))
        .ok_or_else(|| format!("{} {} has no license", package.0, package.1))
}

/// The standard library as one component: rustup installs it as a whole, and no lock file lists its parts.
fn standard_library(compiler: &str) -> Result<Value, String> {
    let value = |key: &str| {
        compiler
            .lines()
            .find_map(|line| line.strip_prefix(key)?.strip_prefix(": "))
            .ok_or_else(|| format!("the output of rustc does not contain its {key}"))
    };
    let version = value("release")?;
    let commit = value("commit-hash")?;
    let purl = format!("pkg:github/rust-lang/rust@{version}#library/std");
    Ok(json!({
        "type": "library",
        "bom-ref": purl,
        "name": "std",
        "version": version,
        "description": format!("The standard library of Rust for {TARGET}"),
        "scope": "required",
        "licenses": [{ "expression": "MIT OR Apache-2.0" }],
        "purl": purl,
        "externalReferences": [
            { "type": "vcs", "url": format!("https://github.com/rust-lang/rust/tree/{commit}/library") },
        ],
    }))
}

#[cfg(test)]
mod tests;
