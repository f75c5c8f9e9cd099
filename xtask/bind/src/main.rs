//! The bindings step of the page's build. `xtask` copies this program to `.tools/bin/wasm-bindgen`, where trunk finds it by name and calls
//! it with exactly the options below. (rustc refuses to build a program with that name in a version before 0.2.88.)
//!
//! The program `wasm-bindgen` of the package wasm-bindgen-cli is not installed, because its dependencies would be resolved outside the
//! workspace's lock file. A test compares the output of both.

mod snip;
mod split;

use std::ffi::OsString;
use std::fmt;
use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use lexopt::{Arg, Parser, ValueExt as _};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    match Task::read(Parser::from_env()).and_then(Task::run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The task that trunk requests.
#[derive(Debug, PartialEq, Eq)]
enum Task {
    /// Prints the version, which trunk checks.
    Version,
    /// Generates the bindings of one program.
    Bind {
        input: PathBuf,
        folder: PathBuf,
        name: String,
        typescript: bool,
    },
}

/// The reason why nothing was written.
#[derive(Debug)]
struct Error(String);

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<lexopt::Error> for Error {
    fn from(error: lexopt::Error) -> Self {
        Self(error.to_string())
    }
}

impl Task {
    /// Parses the arguments. Refuses unknown options, because ignoring one would produce a different page.
    fn read(mut arguments: Parser) -> Result<Self, Error> {
        let mut input: Option<OsString> = None;
        let mut folder = None;
        let mut name = None;
        let mut typescript = true;
        while let Some(argument) = arguments.next()? {
            match argument {
                Arg::Long("version") => return Ok(Self::Version),
                Arg::Long("target") => {
                    let target = arguments.value()?.string()?;
                    if target != "web" {
                        return Err(Error(format!("--target={target}: only `web` is valid")));
                    }
                }
                Arg::Long("out-dir") => folder = Some(PathBuf::from(arguments.value()?)),
                Arg::Long("out-name") => name = Some(arguments.value()?.string()?),
                Arg::Long("no-typescript") => typescript = false,
                Arg::Value(value) if input.is_none() => input = Some(value),
                other @ (Arg::Long(_) | Arg::Short(_) | Arg::Value(_)) => {
                    return Err(other.unexpected().into());
                }
            }
        }
        let missing = |what: &str| Error(format!("{what} is missing"));
        Ok(Self::Bind {
            input: input.ok_or_else(|| missing("the program to bind"))?.into(),
            folder: folder.ok_or_else(|| missing("--out-dir"))?,
            name: name.ok_or_else(|| missing("--out-name"))?,
            typescript,
        })
    }

    fn run(self) -> Result<(), Error> {
        let (input, folder, name, typescript) = match self {
            Self::Version => {
                let version = wasm_bindgen_shared::version();
                return writeln!(io::stdout(), "wasm-bindgen {version}")
                    .map_err(|error| Error(error.to_string()));
            }
            Self::Bind {
                input,
                folder,
                name,
                typescript,
            } => (input, folder, name, typescript),
        };
        let program =
            fs::read(&input).map_err(|error| Error(format!("{}: {error}", input.display())))?;
        let split = split::has_parts(&program)
            .then(|| split::split(&snip::snip(&program)?, &folder.join(split::FOLDER), &name))
            .transpose()?;
        let mut bindgen = Bindgen::new();
        bindgen
            .web(true)
            .and_then(|bindgen| {
                bindgen
                    .input_path(split.as_ref().map_or(input, |split| split.main.clone()))
                    .out_name(&name)
                    .typescript(typescript)
                    // The parts import what the linker exports.
                    .keep_lld_exports(split.is_some())
                    // The same as in wasm-bindgen-cli. The library's default is different.
                    .omit_default_module_path(false)
                    .generate(&folder)
            })
            // `Debug` prints the whole chain of causes.
            .map_err(|error| Error(format!("{error:?}")))?;
        let Some(split) = split else { return Ok(()) };
        let script = folder.join(format!("{name}.js"));
        let io = |error: io::Error| Error(format!("{}: {error}", script.display()));
        let bindings = fs::read_to_string(&script).map_err(io)?;
        let bindings = split::insert_loader(&bindings, &split)?;
        fs::write(&script, bindings).map_err(io)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;
    use std::path::Path;

    use super::*;

    /// A program with a memory and a function `add(i32, i32) -> i32`.
    const PROGRAM: &[u8] = b"\0asm\x01\0\0\0\
        \x01\x07\x01\x60\x02\x7f\x7f\x01\x7f\
        \x03\x02\x01\0\
        \x05\x03\x01\0\x11\
        \x07\x10\x02\x06memory\x02\0\x03add\0\0\
        \x0a\x09\x01\x07\0\x20\0\x20\x01\x6a\x0b";

    fn files(folder: &Path) -> BTreeMap<OsString, Vec<u8>> {
        fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap())
            .map(|entry| (entry.file_name(), fs::read(entry.path()).unwrap()))
            .collect()
    }

    /// Trunk relies on the default values of the original program.
    #[test]
    fn wasm_bindgen_cli_writes_the_same_bytes() {
        let scratch = tempfile::tempdir().unwrap();
        let program = scratch.path().join("program.wasm");
        fs::write(&program, PROGRAM).unwrap();
        for options in [&["--no-typescript"][..], &[]] {
            let [ours, theirs] = ["ours", "theirs"].map(|name| scratch.path().join(name));
            let call = |folder: &Path| {
                let mut call = vec![OsString::from("--target=web")];
                call.push(format!("--out-dir={}", folder.display()).into());
                call.push("--out-name=page".into());
                call.push(program.clone().into());
                call.extend(options.iter().map(OsString::from));
                call
            };
            let task = Task::read(Parser::from_args(call(&ours))).unwrap();
            task.run().unwrap();
            let mut whole = vec![OsString::from("wasm-bindgen")];
            whole.extend(call(&theirs));
            wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(whole).unwrap();
            let (ours, theirs) = (files(&ours), files(&theirs));
            assert!(ours.len() >= 2, "{:?}", ours.keys());
            assert!(ours == theirs, "{:?}", ours.keys());
        }
    }

    fn read(arguments: &[&str]) -> Result<Task, Error> {
        Task::read(Parser::from_args(arguments))
    }

    #[test]
    fn the_arguments_of_trunk_are_parsed() {
        let call = [
            "--target=web",
            "--out-dir=/page/target/wasm-bindgen/release",
            "--out-name=cmg-entra-setup",
            "/page/target/cmg-entra-setup.wasm",
            "--no-typescript",
        ];
        let wanted = Task::Bind {
            input: "/page/target/cmg-entra-setup.wasm".into(),
            folder: "/page/target/wasm-bindgen/release".into(),
            name: "cmg-entra-setup".to_owned(),
            typescript: false,
        };
        assert_eq!(read(&call).unwrap(), wanted);
        assert_eq!(read(&["--version"]).unwrap(), Task::Version);
    }

    #[test]
    fn unknown_and_missing_arguments_are_named_in_the_error() {
        let call = ["--target=web", "--out-dir=a", "--out-name=b", "c.wasm"];
        for (extra, message) in [
            ("--keep-debug", "--keep-debug"),
            ("--target=bundler", "bundler"),
            ("d.wasm", "d.wasm"),
        ] {
            let error = read(&[&call[..], &[extra]].concat()).unwrap_err();
            assert!(error.to_string().contains(message), "{error}");
        }
        for omitted in 1..call.len() {
            let mut rest = call.to_vec();
            rest.remove(omitted);
            assert!(read(&rest).unwrap_err().to_string().ends_with("is missing"));
        }
    }
}
