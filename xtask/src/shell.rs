//! Runs other programs, prints the command lines, and explains what to do after a failure.

use std::ffi::OsString;
use std::fmt;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, io};

/// An error and the next step for the user.
#[derive(Debug)]
pub(crate) struct Error {
    what: String,
    next: String,
}

impl Error {
    pub(crate) fn new(what: impl Into<String>, next: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            next: next.into(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "Error: {}.\nNext step: {}.",
            self.what, self.next
        )
    }
}

pub(crate) fn root() -> PathBuf {
    // Cargo sets this variable for `cargo run`. The compile-time value is for a program that is started directly.
    let manifest = env::var_os("CARGO_MANIFEST_DIR")
        .unwrap_or_else(|| OsString::from(env!("CARGO_MANIFEST_DIR")));
    let mut path = PathBuf::from(manifest);
    path.pop();
    path
}

/// Cargo's target folder for this project.
pub(crate) fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// Cargo's folder for downloaded files.
pub(crate) fn cargo_home() -> Option<PathBuf> {
    env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cargo")))
}

/// Prints a progress message on standard error.
pub(crate) fn log(text: &str) {
    eprintln!("xtask: {text}");
}

/// Prints a result on standard output.
pub(crate) fn print(text: &str) {
    // An error cannot be reported when standard output is closed.
    let _ = writeln!(io::stdout(), "{text}");
}

/// A command that runs in the project folder and finds the tools of `setup` first.
pub(crate) fn command(program: &str) -> Command {
    let found = find(program).unwrap_or_else(|| PathBuf::from(program));
    let mut command = Command::new(found);
    command.current_dir(root()).env("PATH", path());
    // Trunk 0.21 accepts only `true` or `false` here and fails with the common value `1`.
    command.env_remove("NO_COLOR");
    command
}

/// The search path. The tools of this project come first.
pub(crate) fn path() -> OsString {
    let own = [
        root().join(".tools").join("bin"),
        root().join("xtask/npm/node_modules/.bin"),
    ];
    let others = env::var_os("PATH").unwrap_or_default();
    env::join_paths(own.into_iter().chain(env::split_paths(&others))).unwrap_or(others)
}

/// The path of a program, found as a shell does.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let extensions: &[&str] = if cfg!(windows) {
        &[".exe", ".cmd", ".bat"]
    } else {
        &[""]
    };
    env::split_paths(&path())
        .flat_map(|folder| {
            extensions
                .iter()
                .map(move |extension| folder.join(format!("{program}{extension}")))
        })
        .find(|candidate| candidate.is_file())
}

/// Runs a command and waits for its end.
pub(crate) fn run(command: &mut Command, next: &str) -> Result<(), Error> {
    log(&format!("running {}", command_line(command)));
    let status = command
        .status()
        .map_err(|error| cannot_start(command, &error))?;
    if status.success() {
        Ok(())
    } else {
        Err(Error::new(
            format!("{} failed ({status})", command_line(command)),
            next,
        ))
    }
}

/// Runs a command, prints its output, and returns it.
pub(crate) fn run_and_read(command: &mut Command, next: &str) -> Result<String, Error> {
    log(&format!("running {}", command_line(command)));
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| cannot_start(command, &error))?;
    let mut text = String::new();
    if let Some(output) = child.stdout.take() {
        let mut reader = BufReader::new(output);
        let mut line = Vec::new();
        while reader
            .read_until(b'\n', &mut line)
            .is_ok_and(|count| count > 0)
        {
            let piece = String::from_utf8_lossy(&line);
            print(piece.trim_end());
            text.push_str(&piece);
            line.clear();
        }
    }
    let status = child
        .wait()
        .map_err(|error| cannot_start(command, &error))?;
    if status.success() {
        Ok(text)
    } else {
        Err(Error::new(
            format!("{} failed ({status})", command_line(command)),
            next,
        ))
    }
}

/// The output of a command, or `None` if it fails or cannot be started.
pub(crate) fn output_of(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn cannot_start(command: &Command, error: &io::Error) -> Error {
    Error::new(
        format!("{} cannot be started: {error}", command_line(command)),
        "run `cargo xtask setup` and try again",
    )
}

fn command_line(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let mut line = program
        .file_name()
        .unwrap_or(command.get_program())
        .to_string_lossy()
        .into_owned();
    for argument in command.get_args() {
        line.push(' ');
        line.push_str(&argument.to_string_lossy());
    }
    line
}
