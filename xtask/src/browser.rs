//! Finds the Chromium the tests run in, and its driver.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::shell::{Trouble, answer, command, find, root, run, say};

/// A browser and the program that drives it.
pub(crate) struct Browser {
    pub(crate) program: PathBuf,
    pub(crate) driver: PathBuf,
}

const NEXT: &str = "install Chrome or Chromium with its chromedriver (Debian: apt-get install chromium chromium-driver), or set CHROME and CHROMEDRIVER to where they are";

/// The browser of this machine; on Debian, as root, it is installed if there is none.
pub(crate) fn find_or_install() -> Result<Browser, Trouble> {
    if let Some(browser) = find_both() {
        return Ok(browser);
    }
    let may_install = fs::exists("/etc/debian_version").unwrap_or(false)
        && find("apt-get").is_some()
        && answer(command("id").arg("-u")).as_deref() == Some("0");
    if may_install {
        say("Chromium is missing: installing it by apt-get");
        run(command("apt-get").args(["update", "--quiet"]), NEXT)?;
        run(
            command("apt-get")
                .args([
                    "install",
                    "--yes",
                    "--quiet",
                    "--no-install-recommends",
                    "chromium",
                    "chromium-driver",
                    "firefox-esr",
                    "fonts-liberation",
                ])
                .env("DEBIAN_FRONTEND", "noninteractive"),
            NEXT,
        )?;
    }
    find_both().ok_or_else(|| Trouble::new("no Chromium with a chromedriver was found", NEXT))
}

/// Firefox, for the tests in the other engine; where there is none, those tests are left out and that is said.
pub(crate) fn firefox() -> Option<PathBuf> {
    const PLACES: [&str; 2] = [
        "/Applications/Firefox.app/Contents/MacOS/firefox",
        r"C:\Program Files\Mozilla Firefox\firefox.exe",
    ];
    let found = named("FIREFOX")
        .or_else(|| ["firefox-esr", "firefox"].into_iter().find_map(find))
        .or_else(|| first_file(&PLACES));
    if found.is_none() {
        say(
            "no Firefox was found: its tests are left out. Install it, or set FIREFOX to where it is",
        );
    }
    found
}

fn first_file(places: &[&str]) -> Option<PathBuf> {
    places
        .iter()
        .map(PathBuf::from)
        .find(|place| place.is_file())
}

fn find_both() -> Option<Browser> {
    Some(Browser {
        program: program()?,
        driver: driver()?,
    })
}

fn program() -> Option<PathBuf> {
    const PLACES: [&str; 5] = [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
        r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
        "/snap/bin/chromium",
    ];
    named("CHROME")
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
        .or_else(|| first_file(&PLACES))
}

fn driver() -> Option<PathBuf> {
    named("CHROMEDRIVER")
        // The folder GitHub's machines name.
        .or_else(|| {
            named("CHROMEWEBDRIVER")
                .map(|folder| folder.join(format!("chromedriver{}", env::consts::EXE_SUFFIX)))
        })
        .or_else(|| find("chromedriver"))
}

fn named(variable: &str) -> Option<PathBuf> {
    env::var_os(variable)
        .map(PathBuf::from)
        .filter(|path| path.exists())
}

/// Writes the file that tells wasm-bindgen's test runner how to start the browser.
pub(crate) fn write_capabilities(browser: &Browser) -> Result<PathBuf, Trouble> {
    let file = root().join(".tools").join("webdriver.json");
    let text = format!(
        r#"{{"goog:chromeOptions":{{"binary":{},"args":["--headless=new","--no-sandbox","--disable-gpu","--disable-dev-shm-usage"]}}}}"#,
        json_string(&browser.program)
    );
    let written = fs::create_dir_all(root().join(".tools")).and_then(|()| fs::write(&file, text));
    written.map(|()| file.clone()).map_err(|error| {
        Trouble::new(
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
