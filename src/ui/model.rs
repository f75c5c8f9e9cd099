//! The model: everything the page shows, and how each message changes it.
//!
//! `update` does no I/O and reads no clock; it returns effects. Only input changes what was typed: navigation, signing in, an error and a
//! failed run leave it as it is.

use crate::ui::app_id_uri::state::AppIdUriModel;
use crate::ui::embedding::state::Embedding;
use crate::ui::evidence::state::EvidenceModel;
use crate::ui::links;
use crate::ui::links::state::LinksModel;
use crate::ui::review::state::ReviewModel;
use crate::ui::route;
use crate::ui::runs::state::RunsModel;
use crate::ui::setup::state::RefusedDraft;
use crate::ui::setup::state::SetupModel;
use crate::ui::sign_in::state::SignInModel;
use std::cell::RefCell;
use std::rc::Rc;

use jiff::Timestamp;
use uuid::Uuid;
use yew::prelude::Callback;
use yew::prelude::Html;

use crate::ui::embedding::events::ParentEvent;
use crate::ui::field_id::FieldId;
use crate::ui::field_id::step_of;
use crate::ui::msg::Effect;
use crate::ui::msg::Msg;
use crate::ui::msg::PlanMsg;
use crate::ui::msg::ProvidersMsg;
use crate::ui::pair::state::PairModel;
use crate::ui::part::Part;
use crate::ui::plan::state::PlanModel;
use crate::ui::providers::state::ProvidersModel;
use crate::ui::registration::state::RegistrationForm;
use crate::ui::route::Route;
use crate::ui::route::WizardStep;
use crate::ui::shell::notice::Notice;
use crate::ui::shell::site::BRIDGE;
use crate::ui::shell::site::SiteConfig;
use crate::ui::shell::site::beside;
use crate::ui::shell::theme::Theme;
use crate::ui::storage;
use crate::ui::storage::DraftError;
use domain::app_id_uri::rules::AppFacts;
use domain::app_id_uri::rules::OwnId;
use domain::app_id_uri::rules::TenantRules;
use domain::cloud::Cloud;
use domain::config::Config;
use domain::ids::TenantId;
use domain::locale::Locale;
use domain::secret::Secret;
use domain::tenant::TenantHint;
use engine::desired::Desired;
use engine::desired::DraftField;
use engine::desired::FieldError;

/// The demo's replacement for `config.json` and Microsoft's account picker.
pub type Demo = (Config, Vec<DemoTenant>);

/// What the page knows before its first render. The default value has nothing that was stored.
#[derive(Clone, Debug, Default)]
pub struct Start {
    pub locale: Locale,
    /// The tenants of the simulated cloud, in the demo.
    pub demo: Option<Vec<DemoTenant>>,
    /// URL of this page, without query and fragment.
    pub home: String,
    /// How another page shows this one, if one does.
    pub embedding: Embedding,
    /// The site settings, if they are known without reading config.json.
    pub config: Option<Config>,
    /// The admin came here from the start page, which was shown before.
    pub is_moved: bool,
    pub now: Timestamp,
    /// A new GUID for a new draft.
    pub guid: Uuid,
    /// The sign-in response in the URL fragment.
    pub answer: Rc<RefCell<Option<Secret>>>,
    /// The part of the URL after `#`, if it is not a sign-in response.
    pub address: String,
    /// The draft in session storage.
    pub draft: Option<String>,
    /// The rejected draft in session storage.
    pub refused: Option<String>,
    /// The page to return to, in session storage.
    pub place: Option<String>,
    /// The input of the App ID URI page, in session storage.
    pub check: Option<String>,
    /// The wizard's draft in session storage, while a repair's replaces it.
    pub saved_draft: Option<String>,
    /// The client ID pasted for the pair check, in session storage.
    pub pair: Option<String>,
    /// The fields that a link filled in, in session storage.
    pub link: Option<String>,
    /// The hash of the plan whose answers are in use, in session storage.
    pub plan: Option<String>,
    /// The answers of the client ID page, in session storage.
    pub form: Option<String>,
    /// The answers and selections of the resource provider page, in session storage.
    pub providers: Option<String>,
    /// The chosen theme, in session storage.
    pub theme: Option<String>,
    /// The chosen language, in session storage.
    pub language: Option<String>,
    /// The journal in session storage, if the browser cannot store it elsewhere.
    pub journal: Option<String>,
    /// The parts that are there from the beginning.
    pub parts: PartsThere,
}

/// What a part does with the model.
#[derive(Debug)]
pub struct PartLogic {
    /// Runs once, when the part is there.
    pub arrived: fn(&mut Model) -> Vec<Effect>,
    /// Makes the sentences of the part in the model again, in the language of the model.
    pub translate: fn(&mut Model),
    /// Handles a message of the part.
    pub update: fn(&mut Model, Msg) -> Vec<Effect>,
    /// The current page, which is one of this part, and its actions.
    pub page: fn(&Model, &Callback<Msg>) -> (Html, Html),
}

/// The parts that are there.
#[derive(Clone, Debug, Default)]
pub struct PartsThere(pub Vec<(Part, &'static PartLogic)>);

impl PartsThere {
    #[must_use]
    pub fn get(&self, part: Part) -> Option<&'static PartLogic> {
        let found = self.0.iter().find(|(it, _)| *it == part);
        found.map(|(_, logic)| *logic)
    }
}

/// A tenant of the simulated cloud.
#[derive(Clone, Debug)]
pub struct DemoTenant {
    pub cloud: Cloud,
    /// Domain to type for this tenant.
    pub domain: &'static str,
    /// Description of the scenario.
    pub detail: fn(Locale) -> &'static str,
}

/// Everything the page shows.
#[derive(Clone, Debug)]
pub struct Model {
    pub locale: Locale,
    /// The tenants of the simulated cloud, in the demo.
    pub demo: Option<Vec<DemoTenant>>,
    /// URL of this page.
    pub home: String,
    /// How another page shows this one, if one does.
    pub embedding: Embedding,
    /// The site settings.
    pub site: SiteConfig,
    /// The requested page, if the site owner has turned it off.
    pub turned_away: Option<Route>,
    /// The current page.
    pub route: Route,
    /// The theme that the admin chose.
    pub theme: Theme,
    /// The language that is shown once its sentences are there.
    pub(in crate::ui) loading_language: Option<Locale>,
    /// The admin chose the language in this tab, so that the embedding page no longer does.
    pub(in crate::ui) is_language_own: bool,
    pub sign_in: SignInModel,
    pub setup: SetupModel,
    pub review: ReviewModel,
    pub runs: RunsModel,
    /// The check of an existing pair.
    pub pair: PairModel,
    pub app_id_uri: AppIdUriModel,
    /// The resource provider pages.
    pub providers: ProvidersModel,
    /// Answers of the client ID page.
    pub registration: RegistrationForm,
    /// The check of evidence.
    pub evidence: EvidenceModel,
    pub links: LinksModel,
    /// Plans for another person, or from one.
    pub plan: PlanModel,
    pub notice: Notice,
    /// Time of the latest message.
    pub now: Timestamp,
    /// Number of the latest read; results of earlier reads are ignored.
    pub(in crate::ui) reads: u32,
    pub(in crate::ui) parts: PartsThere,
    /// A part that did not arrive: its file, and what the web server said.
    pub(in crate::ui) part_failed: Option<(Part, String)>,
    /// What the admin did last, if its part is not there yet.
    pub(in crate::ui) waiting: Option<Msg>,
}

/// Element ID of the field that shows the secret.
pub const SECRET_FIELD: &str = "secret";

fn path_of(address: &str) -> &str {
    address.split_once('?').map_or(address, |(path, _)| path)
}

impl Model {
    /// The model at page start, with the first effects.
    #[must_use]
    pub fn new(start: Start) -> (Self, Vec<Effect>) {
        let mut effects = vec![Effect::EmitToParent(ParentEvent::Ready)];
        let (draft, refused) = match start.draft.map(|text| (storage::read_draft(&text), text)) {
            Some((Ok(draft), _)) => (Some(draft), None),
            Some((Err(why), text)) => {
                effects.push(Effect::Remember(storage::REFUSED, text.clone()));
                (None, Some(RefusedDraft { text, why }))
            }
            None => (None, None),
        };
        let refused = refused.or_else(|| {
            let text = start.refused?;
            let why = storage::read_draft(&text)
                .err()
                .unwrap_or(DraftError::Version);
            Some(RefusedDraft { text, why })
        });
        let check = start.check.as_deref().and_then(storage::read_check);
        let returned = start.place.as_deref().and_then(Route::find);
        // Taken, not copied: the component keeps its start data, and the response holds an authorization code.
        let answer = start.answer.take();
        let link = links::state::parse(&start.address).zip(Route::find(path_of(&start.address)));
        let link = link.map(|(link, place)| (place, link));
        let place = match &answer {
            Some(_) => returned.unwrap_or(Route::Step(WizardStep::AzureService)),
            None => link.as_ref().map_or_else(
                || Route::find(path_of(&start.address)).unwrap_or_default(),
                |(place, _)| *place,
            ),
        };
        let saved_draft = start
            .saved_draft
            .and_then(|text| storage::read_draft(&text).ok());
        let pair = PairModel::new(start.pair, saved_draft, draft.as_ref());
        let mut model = Self {
            locale: start.locale,
            demo: start.demo,
            registration: RegistrationForm::new(&start.home, start.form.as_deref()),
            home: start.home,
            embedding: start.embedding,
            site: SiteConfig::Reading,
            turned_away: None,
            route: Route::Start,
            theme: start.theme.as_deref().map(Theme::find).unwrap_or_default(),
            loading_language: None,
            is_language_own: start.language.is_some(),
            sign_in: SignInModel::new(answer),
            setup: SetupModel::new(draft, start.guid, refused),
            review: ReviewModel::default(),
            runs: RunsModel::new(start.journal),
            pair,
            app_id_uri: AppIdUriModel::new(check),
            providers: ProvidersModel::new(start.providers),
            evidence: EvidenceModel::default(),
            links: LinksModel {
                followed: start.link.as_deref().and_then(links::state::read_kept),
                waiting: None,
            },
            plan: PlanModel::new(start.plan),
            notice: Notice::default(),
            now: start.now,
            reads: 0,
            parts: start.parts,
            part_failed: None,
            waiting: None,
        };
        model.offer_text_language();
        effects.extend(model.take_parts());
        if model.sign_in.answer.is_none() {
            // No sign-in response in the URL: the user navigated back, so the attempt is abandoned.
            effects.push(Effect::AbandonSignIn);
        }
        if returned.is_some() {
            effects.push(Effect::Forget(storage::PLACE));
        }
        if model.theme != Theme::System && !model.embedding.is_embedded() {
            effects.push(Effect::ShowTheme(model.theme));
        }
        effects.push(Effect::ReadJournals);
        if model.demo.is_some() {
            // The demo works without a network, once it is open.
            effects.extend(Part::ALL.map(Effect::Prefetch));
        }
        model.takes_plan_link(&start.address);
        let entered = model.enter(place, false);
        // The heading takes the focus when the page changes, not at the first load.
        effects.extend(
            entered
                .into_iter()
                .filter(|effect| start.is_moved || !matches!(effect, Effect::FocusHeading)),
        );
        if link.is_none() && model.sign_in.answer.is_none() {
            model.say_unknown(&start.address);
        }
        if let Some((_, link)) = link.filter(|_| model.sign_in.answer.is_none()) {
            effects.extend(model.follow(link));
        }
        match start.config {
            Some(config) => effects.extend(model.update(Msg::SiteRead(SiteConfig::Ready(config)))),
            None => effects.push(Effect::ReadSite),
        }
        model.recheck();
        (model, effects)
    }

    /// Error of a control, once the admin has left it or asked for the review.
    #[must_use]
    pub fn fault(&self, entry: FieldId) -> Option<String> {
        let field = entry.field()?;
        let is_due = self.setup.left.contains_key(&entry) || self.review.is_asked();
        let fault = self.setup.faults.iter().find(|fault| fault.field == field);
        fault.filter(|_| is_due).map(|fault| fault.sentence.clone())
    }

    /// Whether a step has an error, once the admin has left it or asked for the review.
    #[must_use]
    pub fn has_fault(&self, step: WizardStep) -> bool {
        let is_due = self.review.is_asked()
            || self.setup.visited.contains_key(&step) && self.route != Route::Step(step);
        is_due
            && self
                .setup
                .faults
                .iter()
                .any(|fault| step_of(fault.field) == step)
    }

    /// The tenant's rules, as far as they are known.
    #[must_use]
    pub fn rules(&self) -> TenantRules {
        let user = self
            .sign_in
            .access
            .user()
            .filter(|user| user.cloud == self.setup.draft.cloud());
        let known = user.and_then(|user| user.facts.done());
        known.map_or_else(
            || TenantRules {
                cloud: self.setup.draft.cloud(),
                tenant: user.map(|user| user.tenant),
                ..TenantRules::default()
            },
            |tenant| tenant.rules.clone(),
        )
    }

    /// What is known of the App ID URI's app before it was looked up.
    #[must_use]
    pub fn app_facts(&self) -> AppFacts {
        // The app may exist from an earlier run; then a custom URI may contain its ID.
        AppFacts {
            own_id: OwnId::Unknown,
            ..AppFacts::not_yet_created(self.now)
        }
    }

    /// Where a sign-in returns to: the page itself, or `bridge.html` in the sign-in window of an embedded page.
    #[must_use]
    pub fn redirect_uri(&self) -> String {
        if self.embedding.is_embedded() {
            beside(&self.home, BRIDGE)
        } else {
            self.home.clone()
        }
    }

    #[must_use]
    pub fn is_running(&self) -> bool {
        self.runs
            .run
            .as_ref()
            .is_some_and(|run| run.state.is_underway())
    }

    /// Updates the errors. Before the sign-in, checks that need the tenant report nothing.
    pub(in crate::ui) fn recheck(&mut self) {
        self.setup.faults = self.desired().err().unwrap_or_default();
        if !self.setup.draft.tenant.is_empty()
            && let Err(error) = TenantHint::parse(&self.setup.draft.tenant)
        {
            let sentence = error.sentence(self.locale);
            self.setup.faults.insert(
                0,
                FieldError {
                    field: DraftField::Tenant,
                    sentence,
                },
            );
        }
    }

    pub(in crate::ui) fn desired(&self) -> Result<Desired, Vec<FieldError>> {
        let rules = self.rules();
        let tenant = rules.tenant.unwrap_or(TenantId::new(Uuid::nil()));
        self.setup
            .draft
            .check(tenant, &rules, &self.app_facts(), self.locale)
    }

    pub(in crate::ui) fn enter(&mut self, place: Route, is_new: bool) -> Vec<Effect> {
        let place = match place {
            Route::Report | Route::Retire if self.pair.pair.is_none() => Route::CheckPair,
            Route::Run if self.runs.run.is_none() => Route::Review,
            Route::HandOver if self.runs.run.is_none() && self.runs.received.is_none() => {
                Route::Start
            }
            Route::ProvidersRun if self.providers.run.is_none() => Route::Providers,
            Route::ProvidersReview if self.providers.plan.is_none() => Route::Providers,
            Route::Start
            | Route::CheckUri
            | Route::Register
            | Route::Plan
            | Route::Step(_)
            | Route::Review
            | Route::Run
            | Route::CheckPair
            | Route::Report
            | Route::Retire
            | Route::Providers
            | Route::ProvidersReview
            | Route::ProvidersRun
            | Route::Unfinished
            | Route::Undo
            | Route::HandOver
            | Route::Evidence => place,
        };
        let is_off = self.is_off(place);
        self.turned_away = is_off.then_some(place);
        let place = if is_off { Route::Start } else { place };
        let is_of_wizard = matches!(place, Route::Step(_) | Route::Start);
        let unparked = if is_of_wizard {
            self.restore_draft()
        } else {
            Vec::new()
        };
        if let Route::Step(step) = place {
            self.setup.visited.insert(step, ());
        }
        let is_same = self.route == place;
        self.route = place;
        self.notice.text.clear();
        // It was meant for the page before.
        self.waiting = None;
        let mut effects = vec![self.show_place(is_new && !is_same), Effect::FocusHeading];
        effects.extend(self.need_parts());
        effects.extend(unparked);
        if place == Route::CheckPair && self.pair.search.is_none() {
            effects.extend(self.find_pairs());
        }
        if place == Route::Register {
            let is_framed = self.site.config().is_some_and(|it| !it.parents.is_empty());
            self.registration
                .propose(self.setup.draft.cloud(), is_framed);
        }
        if place == Route::Report {
            effects.extend(self.read_providers());
            effects.extend(self.examine());
        }
        if place == Route::Retire {
            effects.extend(self.read_uses());
        }
        if place == Route::Review {
            effects.extend(self.read_for_review());
        }
        if place == Route::Undo {
            effects.extend(self.find_out());
        }
        if place == Route::Step(WizardStep::Subscription) {
            effects.extend(self.read_providers());
        }
        effects.extend(self.enter_providers());
        if place == Route::Plan
            && let Some(logic) = self.parts.get(Part::Plan)
        {
            effects.extend((logic.update)(self, Msg::Plan(PlanMsg::Entered)));
        }
        if place != Route::HandOver && self.runs.is_secret_shown {
            self.runs.is_secret_shown = false;
        }
        if place == Route::HandOver {
            effects.push(self.fill_secret());
        }
        effects
    }

    /// Lets the resource provider pages read what they need. Their part does it again when it arrives.
    pub(in crate::ui) fn enter_providers(&mut self) -> Vec<Effect> {
        match self.parts.get(Part::Providers) {
            Some(logic) if self.route.is_of_providers() => {
                (logic.update)(self, Msg::Providers(ProvidersMsg::Entered))
            }
            Some(_) | None => Vec::new(),
        }
    }

    /// Shows the current page and its title in the address bar and the window.
    pub(in crate::ui) fn show_place(&self, is_new: bool) -> Effect {
        Effect::ShowPlace {
            place: self.route,
            title: self.window_title(),
            is_new,
        }
    }

    /// Title of the current page. During a run it begins with the count, which a tab in the background shows.
    pub(in crate::ui) fn window_title(&self) -> String {
        let title = match (&self.runs.run, self.route) {
            (Some(run), Route::Run) => run.title(self.locale),
            (_, place) => route::title(place, self.locale),
        };
        match &self.runs.run {
            // A hand-over without changes has nothing to count.
            Some(run) if run.state.is_underway() && run.count().1 > 0 => {
                let (done, all) = run.count();
                self.locale.run_window(all, done, title)
            }
            Some(_) | None => title.to_owned(),
        }
    }

    pub(in crate::ui) fn fill_secret(&self) -> Effect {
        Effect::FillSecret(
            self.runs
                .secret
                .clone()
                .filter(|_| self.runs.is_secret_shown),
        )
    }

    /// Tells screen readers what the page shows by itself.
    pub(in crate::ui) fn announce(&mut self, text: &str) {
        self.notice.announce(text);
    }

    /// Says that the address names no page of this site. Other applications use fragments that begin without a slash.
    pub(in crate::ui) fn say_unknown(&mut self, address: &str) {
        if address.starts_with('/') && Route::find(path_of(address)).is_none() {
            self.notify(self.locale.frame_no_page());
        }
    }

    /// Tells everyone what nothing else on the page shows.
    pub(in crate::ui) fn notify(&mut self, text: &str) {
        self.announce(text);
        self.notice.is_visible = true;
    }
}
