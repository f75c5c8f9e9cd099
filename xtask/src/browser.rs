//! Finds the browsers for the tests and the driver of Chromium.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::shell::{Error, command, find, log, output_of, root, run};

/// Chromium and chromedriver.
pub(crate) struct Browser {
    pub(crate) program: PathBuf,
    pub(crate) driver: PathBuf,
}

const NEXT_STEP: &str = "install Chrome or Chromium with its chromedriver (Debian: apt-get install chromium chromium-driver), or set CHROME and CHROMEDRIVER to their paths";

/// The browser of this machine. If none is found, installs one as root on Debian.
pub(crate) fn find_or_install() -> Result<Browser, Error> {
    if let Some(browser) = find_installed() {
        return Ok(browser);
    }
    if can_install() {
        log("Chromium is missing. Installing it with apt-get");
        install(&[
            "chromium",
            "chromium-driver",
            "firefox-esr",
            "fonts-liberation",
        ])?;
    }
    find_installed()
        .ok_or_else(|| Error::new("Chromium with chromedriver was not found", NEXT_STEP))
}

fn can_install() -> bool {
    fs::exists("/etc/debian_version").unwrap_or(false)
        && find("apt-get").is_some()
        && output_of(command("id").arg("-u")).as_deref() == Some("0")
}

fn install(packages: &[&str]) -> Result<(), Error> {
    run(command("apt-get").args(["update", "--quiet"]), NEXT_STEP)?;
    run(
        command("apt-get")
            .args(["install", "--yes", "--quiet", "--no-install-recommends"])
            .args(packages)
            .env("DEBIAN_FRONTEND", "noninteractive"),
        NEXT_STEP,
    )
}

/// WebKit, for the tests in Safari's engine, as environment variables for `tests/e2e/webkit.js`. If none is found, installs it as root on
/// Debian. Where it is not available, as on Windows and macOS, a message says that the tests are skipped.
pub(crate) fn webkit() -> Result<Vec<(&'static str, PathBuf)>, Error> {
    if let Some(found) = find_webkit() {
        return Ok(found);
    }
    if can_install() {
        log("WebKit is missing. Installing it with apt-get");
        install(&["webkit2gtk-driver", "xvfb"])?;
    }
    Ok(find_webkit().unwrap_or_else(|| {
        log(
            "WebKitGTK with its driver was not found, so its tests are skipped. On Debian: apt-get install webkit2gtk-driver xvfb",
        );
        Vec::new()
    }))
}

fn find_webkit() -> Option<Vec<(&'static str, PathBuf)>> {
    find("Xvfb")?;
    let driver = env_path("WEBKIT_DRIVER").or_else(|| find("WebKitWebDriver"))?;
    let program = env_path("WEBKIT").or_else(mini_browser)?;
    Some(vec![("WEBKIT_DRIVER", driver), ("WEBKIT", program)])
}

/// The small browser that is installed with the driver: `/usr/lib/ARCHITECTURE/webkit2gtk-VERSION/MiniBrowser`.
fn mini_browser() -> Option<PathBuf> {
    let folders = |folder: PathBuf| fs::read_dir(folder).into_iter().flatten().flatten();
    folders(PathBuf::from("/usr/lib"))
        .flat_map(|entry| folders(entry.path()))
        .filter(|entry| {
            let name = entry.file_name();
            name.to_string_lossy().starts_with("webkit2gtk-")
        })
        .map(|entry| entry.path().join("MiniBrowser"))
        .find(|program| program.is_file())
}

/// Firefox, for the tests in its engine. If none is found, a message says that the tests are skipped.
pub(crate) fn firefox() -> Option<PathBuf> {
    const LOCATIONS: [&str; 2] = [
        "/Applications/Firefox.app/Contents/MacOS/firefox",
        r"C:\Program Files\Mozilla Firefox\firefox.exe",
    ];
    let found = env_path("FIREFOX")
        .or_else(|| ["firefox-esr", "firefox"].into_iter().find_map(find))
        .or_else(|| first_file(&LOCATIONS));
    if found.is_none() {
        log(
            "Firefox was not found, so its tests are skipped. Install it, or set FIREFOX to its path",
        );
    }
    found
}

fn first_file(locations: &[&str]) -> Option<PathBuf> {
    locations
        .iter()
        .map(PathBuf::from)
        .find(|location| location.is_file())
}

fn find_installed() -> Option<Browser> {
    Some(Browser {
        program: program()?,
        driver: driver()?,
    })
}

fn program() -> Option<PathBuf> {
    const LOCATIONS: [&str; 5] = [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
        r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
        "/snap/bin/chromium",
    ];
    env_path("CHROME")
        .or_else(|| {
            [
                "chromium",
                "google-chrome",
                "google-chrome-stable",
                "chromium-browser",
                "chrome",
            ]
            .into_iter()
            .find_map(find)
        })
        .or_else(|| first_file(&LOCATIONS))
}

fn driver() -> Option<PathBuf> {
    env_path("CHROMEDRIVER")
        // The folder variable on GitHub's runners.
        .or_else(|| {
            env_path("CHROMEWEBDRIVER")
                .map(|folder| folder.join(format!("chromedriver{}", env::consts::EXE_SUFFIX)))
        })
        .or_else(|| find("chromedriver"))
}

fn env_path(variable: &str) -> Option<PathBuf> {
    env::var_os(variable)
        .map(PathBuf::from)
        .filter(|path| path.exists())
}

/// Writes the settings with which wasm-bindgen's test runner starts the browser.
pub(crate) fn write_capabilities(browser: &Browser) -> Result<PathBuf, Error> {
    let file = root().join(".tools").join("webdriver.json");
    let text = format!(
        r#"{{"goog:chromeOptions":{{"binary":{},"args":["--headless=new","--no-sandbox","--disable-gpu","--disable-dev-shm-usage"]}}}}"#,
        json_string(&browser.program)
    );
    let written = fs::create_dir_all(root().join(".tools")).and_then(|()| fs::write(&file, text));
    written.map(|()| file.clone()).map_err(|error| {
        Error::new(
            format!("{} cannot be written: {error}", file.display()),
            "check the folder's permissions",
        )
    })
}

fn json_string(path: &Path) -> String {
    format!(
        "\"{}\"",
        path.to_string_lossy()
            .replace('\\', "\\\\")
            .replace('"', "\\\"")
    )
}
