//! The choice of the language, and what changes with it.

use crate::ui::model::Model;
use crate::ui::msg::Effect;
use crate::ui::shell::site::SiteConfig;
use crate::ui::storage;
use domain::locale::Locale;
use engine::desired::text_language::TextLanguage;

impl Model {
    /// The admin chose a language, which this tab keeps. Only languages that the page offers are options of the control.
    pub(in crate::ui) fn choose_language(&mut self, tag: &str) -> Vec<Effect> {
        let Some(language) = Locale::find(tag) else {
            return Vec::new();
        };
        self.is_language_own = true;
        let mut effects = vec![Effect::Remember(
            storage::LANGUAGE,
            language.tag().to_owned(),
        )];
        effects.extend(self.load_language(language));
        effects
    }

    /// Loads the sentences of a language. Until they are there, the page stays as it is.
    pub(in crate::ui) fn load_language(&mut self, language: Locale) -> Vec<Effect> {
        if language == self.locale {
            self.loading_language = None;
            return Vec::new();
        }
        self.loading_language = Some(language);
        vec![Effect::LoadLanguage(language)]
    }

    /// Shows the page in the language. Everything typed, read and done stays.
    pub(in crate::ui) fn language_loaded(
        &mut self,
        language: Locale,
        loaded: Result<(), String>,
    ) -> Vec<Effect> {
        // The admin may have chosen another one meanwhile.
        if self.loading_language != Some(language) {
            return Vec::new();
        }
        self.loading_language = None;
        if let Err(file) = loaded {
            self.notify(&self.locale.frame_language_failed(&file));
            return Vec::new();
        }
        self.locale = language;
        self.translate();
        let t = self.locale;
        self.announce(t.frame_language_shown());
        let mut effects = vec![
            Effect::ShowLanguage(language),
            Effect::ShowTitle(self.window_title()),
        ];
        // The reason is a sentence of the other language.
        if matches!(self.site, SiteConfig::Refused(_)) {
            effects.push(Effect::ReadSite);
        }
        effects
    }

    /// The texts in the tenant have the language of the page, until the admin answers something.
    pub(in crate::ui) fn offer_text_language(&mut self) {
        if !self.setup.is_draft_own {
            let language = TextLanguage::of(self.locale);
            self.setup.draft.choose_text_language(language);
        }
    }

    /// Makes the sentences again that the model holds. The data behind them stays.
    fn translate(&mut self) {
        self.offer_text_language();
        self.recheck();
        let parts = self.parts.clone();
        for (_, logic) in parts.0 {
            (logic.translate)(self);
        }
    }
}
