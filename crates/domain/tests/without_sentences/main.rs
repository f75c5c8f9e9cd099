//! A program that gets its sentences as files. `cargo test -p domain --features sentence-files --test sentence_files`

#![expect(
    clippy::unwrap_used,
    reason = "a test fails at the first unexpected result"
)]

use std::fs;
use std::panic;
use std::path::Path;

use domain::locale::Locale;
use domain::locale::SentencePart;
use domain::locale::sentences::SentenceFileError;

fn file(locale: Locale, part: SentencePart) -> String {
    let folder = Path::new(env!("OUT_DIR")).join("sentences");
    let path = folder
        .join(locale.tag())
        .join(part.name())
        .with_extension("txt");
    fs::read_to_string(path).unwrap()
}

/// In one test: the files stay as long as the program runs.
#[test]
fn a_sentence_is_there_after_its_file() {
    let part = SentencePart::Run;
    assert!(!Locale::De.has(part));
    let without =
        panic::catch_unwind(|| (Locale::De.run_attempts(1), Locale::De.run_check_again()));
    if cfg!(debug_assertions) {
        let fault = without.unwrap_err();
        let fault = fault.downcast_ref::<String>().unwrap();
        assert!(fault.contains("run-attempts"), "{fault}");
    } else {
        let mark = "\u{FFFD}";
        assert_eq!(without.unwrap(), (mark.to_owned(), mark));
    }

    assert_eq!(
        Locale::De.install(part, file(Locale::En, part)),
        Err(SentenceFileError::Foreign)
    );
    assert!(!Locale::De.has(part));

    assert_eq!(Locale::De.install(part, file(Locale::De, part)), Ok(()));
    assert!(Locale::De.has(part));
    assert!(!Locale::En.has(part));
    assert!(!Locale::De.has(SentencePart::Start));
    assert_eq!(Locale::De.run_attempts(1), "1 Anforderung");
    let before = Locale::De.run_check_again();
    assert_eq!(Locale::De.install(part, file(Locale::De, part)), Ok(()));
    assert!(std::ptr::eq(before, Locale::De.run_check_again()));

    for locale in Locale::ALL {
        for part in SentencePart::ALL {
            assert_eq!(locale.install(part, file(locale, part)), Ok(()));
            assert!(locale.has(part));
        }
    }
    assert_eq!(Locale::En.run_attempts(12), "12 requests");
}
