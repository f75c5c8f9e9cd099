//! The parts of the program that are loaded when they are needed.
//!
//! A part is a table of functions. One function for each part returns the table, and everything that only this function reaches is in the
//! files of the part. Without the feature `split`, the program is one file and every part is there.

use domain::config::Config;
use domain::locale::Locale;
#[cfg(feature = "split")]
use domain::locale::SentencePart;

use crate::embed::core::Core;
use crate::ui::effects::PartLoader;
#[cfg(not(feature = "split"))]
use crate::ui::everything;
use crate::ui::model::PartsThere;

/// A part did not arrive.
#[derive(Clone, Debug)]
pub(super) struct PartError {
    /// The file, and the web server's response if there was one.
    pub(super) file: String,
}

/// Everything but the start page, with its sentences.
///
/// # Errors
/// The file that did not arrive.
pub(super) async fn core(t: Locale) -> Result<&'static Core, PartError> {
    #[cfg(feature = "split")]
    return split::core(t).await;
    #[cfg(not(feature = "split"))]
    {
        let _ = t;
        Ok(&crate::embed::core::CORE)
    }
}

/// Reads settings that are not empty. `None` if they are invalid: the rest of the program says why.
pub(super) type ReadSettings = fn(&str) -> Option<Config>;

/// What reads the settings of the site. A part, because most of what it needs is of no use to a page without settings.
///
/// # Errors
/// The file that did not arrive.
pub(super) async fn settings() -> Result<ReadSettings, PartError> {
    #[cfg(feature = "split")]
    return split::settings().await;
    #[cfg(not(feature = "split"))]
    Ok(read_settings)
}

fn read_settings(text: &str) -> Option<Config> {
    Config::parse(text.as_bytes()).ok()
}

/// The sentences of the start page.
///
/// # Errors
/// The file that did not arrive.
pub(super) async fn start_sentences(t: Locale) -> Result<(), PartError> {
    #[cfg(feature = "split")]
    return split::Sentences::request(t, SentencePart::Start)
        .install()
        .await;
    #[cfg(not(feature = "split"))]
    {
        let _ = t;
        Ok(())
    }
}

/// The sentences of a language, of all parts that the program has in another one.
///
/// # Errors
/// The file that did not arrive.
pub(super) async fn language(t: Locale) -> Result<(), PartError> {
    #[cfg(feature = "split")]
    return split::language(t).await;
    #[cfg(not(feature = "split"))]
    {
        let _ = t;
        Ok(())
    }
}

/// The parts of the user interface that are there from the beginning.
pub(super) fn there() -> PartsThere {
    #[cfg(feature = "split")]
    return PartsThere::default();
    #[cfg(not(feature = "split"))]
    everything::parts()
}

/// Loads the parts of the user interface.
#[cfg(feature = "split")]
pub(super) const LOADER: PartLoader = PartLoader {
    load: |part, t| Box::pin(async move { split::part(part, t).await.map_err(|it| it.file) }),
    prefetch: split::prefetch,
    language: |t| Box::pin(async move { split::language(t).await.map_err(|it| it.file) }),
};
#[cfg(not(feature = "split"))]
pub(super) const LOADER: PartLoader = everything::LOADER;

/// Requests the files of the other parts with low priority, unless the browser saves data.
pub(super) fn prefetch_core(t: Locale) {
    #[cfg(feature = "split")]
    split::prefetch_rest("core", t.tag(), SentencePart::Core.name());
    #[cfg(not(feature = "split"))]
    let _ = t;
}

#[cfg(feature = "split")]
mod split {
    use std::hint::black_box;

    use domain::locale::Locale;
    use domain::locale::SentencePart;
    use js_sys::Promise;
    use wasm_bindgen::JsValue;
    use wasm_bindgen::prelude::wasm_bindgen;
    use wasm_bindgen_futures::JsFuture;
    use wasm_split_helpers::SplitLoaderError;
    use wasm_split_helpers::wasm_split;

    use super::PartError;
    use super::ReadSettings;
    use crate::embed::core::CORE;
    use crate::embed::core::Core;
    use crate::ui::effects::LoadedPart;
    use crate::ui::evidence::part::EVIDENCE;
    use crate::ui::pair::part::PAIR;
    use crate::ui::part::Part;
    use crate::ui::providers::part::PROVIDERS;
    use crate::ui::registration::part::REGISTRATION;
    use crate::ui::review::part::REVIEW;
    use crate::ui::runs::part::RUN;

    // Functions of the loader (src/loader.js), which is in the same script as the bindings.
    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_name = takePartFailure)]
        fn take_part_failure() -> String;

        #[wasm_bindgen(js_name = fetchSentences)]
        fn fetch_sentences(language: &str, part: &str) -> Promise;

        #[wasm_bindgen(js_name = prefetchRest)]
        pub(in crate::embed) fn prefetch_rest(part: &str, language: &str, sentence_parts: &str);
    }

    impl From<SplitLoaderError> for PartError {
        fn from(_: SplitLoaderError) -> Self {
            Self::latest()
        }
    }

    impl PartError {
        fn latest() -> Self {
            Self {
                file: take_part_failure(),
            }
        }
    }

    pub(super) async fn core(t: Locale) -> Result<&'static Core, PartError> {
        // Requested together.
        let sentences = Sentences::request(t, SentencePart::Core);
        let core = load_core().await?;
        sentences.install().await?;
        Ok(core)
    }

    pub(super) async fn language(t: Locale) -> Result<(), PartError> {
        let is_used = |part: &SentencePart| Locale::ALL.into_iter().any(|other| other.has(*part));
        let parts = SentencePart::ALL.into_iter().filter(is_used);
        // Requested together.
        let requested: Vec<Sentences> = parts.map(|part| Sentences::request(t, part)).collect();
        for sentences in requested {
            sentences.install().await?;
        }
        Ok(())
    }

    #[wasm_split(settings, fallible)]
    pub(in crate::embed) fn settings() -> Result<ReadSettings, PartError> {
        Ok(super::read_settings)
    }

    /// The sentences of a part of the user interface. Those of the review are with the core.
    fn sentences_of(part: Part) -> &'static [SentencePart] {
        match part {
            Part::Review => &[],
            Part::Run => &[SentencePart::Run, SentencePart::Steps],
            Part::Pair => &[SentencePart::Pair, SentencePart::Steps],
            Part::Registration => &[SentencePart::Registration],
            Part::Providers => &[SentencePart::Providers],
            Part::Evidence => &[SentencePart::Evidence],
        }
    }

    pub(super) fn prefetch(part: Part, t: Locale) {
        let sentences = sentences_of(part).iter().map(|it| it.name());
        let sentences: Vec<&str> = sentences.collect();
        prefetch_rest(part.name(), t.tag(), &sentences.join(" "));
    }

    pub(super) async fn part(part: Part, t: Locale) -> Result<&'static LoadedPart, PartError> {
        // Requested together.
        let sentences: Vec<Sentences> = sentences_of(part)
            .iter()
            .map(|it| Sentences::request(t, *it))
            .collect();
        let loaded = match part {
            Part::Review => load_review().await,
            Part::Run => load_run().await,
            Part::Pair => load_pair().await,
            Part::Registration => load_registration().await,
            Part::Providers => load_providers().await,
            Part::Evidence => load_evidence().await,
        }?;
        for it in sentences {
            it.install().await?;
        }
        Ok(loaded)
    }

    /// A part with the core, which is there before it. Without this reference, the tool does not know that, and puts what both need into
    /// files of its own.
    fn with_core(part: &'static LoadedPart) -> &'static LoadedPart {
        black_box(&CORE);
        part
    }

    #[wasm_split(review, fallible)]
    fn load_review() -> Result<&'static LoadedPart, PartError> {
        Ok(with_core(&REVIEW))
    }

    #[wasm_split(run, fallible)]
    fn load_run() -> Result<&'static LoadedPart, PartError> {
        // A run follows a review, and its code uses most of the review's.
        black_box(&REVIEW);
        Ok(with_core(&RUN))
    }

    #[wasm_split(pair, fallible)]
    fn load_pair() -> Result<&'static LoadedPart, PartError> {
        Ok(with_core(&PAIR))
    }

    #[wasm_split(registration, fallible)]
    fn load_registration() -> Result<&'static LoadedPart, PartError> {
        Ok(with_core(&REGISTRATION))
    }

    #[wasm_split(providers, fallible)]
    fn load_providers() -> Result<&'static LoadedPart, PartError> {
        Ok(with_core(&PROVIDERS))
    }

    #[wasm_split(evidence, fallible)]
    fn load_evidence() -> Result<&'static LoadedPart, PartError> {
        // Evidence follows a run. Without this reference, the files of a run would be split by what evidence shares with them, so that every
        // run needs more requests. Only the few who open the page to verify a file pay for it.
        black_box((&REVIEW, &RUN));
        Ok(with_core(&EVIDENCE))
    }

    #[wasm_split(core, fallible)]
    fn load_core() -> Result<&'static Core, PartError> {
        Ok(&CORE)
    }

    /// Sentences on their way.
    pub(super) struct Sentences {
        locale: Locale,
        part: SentencePart,
        /// `None` if the program has them.
        text: Option<JsFuture<JsValue>>,
    }

    impl Sentences {
        pub(super) fn request(locale: Locale, part: SentencePart) -> Self {
            let text = (!locale.has(part)).then(|| fetch_sentences(locale.tag(), part.name()));
            Self {
                locale,
                part,
                text: text.map(JsFuture::from),
            }
        }

        pub(super) async fn install(self) -> Result<(), PartError> {
            let Some(text) = self.text else { return Ok(()) };
            let text = text.await.map_err(|_| PartError::latest())?;
            let (tag, part) = (self.locale.tag(), self.part.name());
            self.locale
                .install(self.part, text.as_string().unwrap_or_default())
                .map_err(|_| PartError {
                    file: format!("sentences-{tag}-{part}"),
                })
        }
    }
}
