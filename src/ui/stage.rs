//! The pure state machine: everything the page shows, and what each message makes of it.
//!
//! `update` does no I/O and reads no clock: what it wants done, it returns as effects. What was typed is changed by typing only:
//! going back or forth, signing in, a refusal and a failed run all leave it as it is.

use std::cell::RefCell;
use std::rc::Rc;

use jiff::Timestamp;
use litemap::LiteMap;
use uuid::Uuid;

use crate::ui::access::Access;
use crate::ui::doctor::Doctor;
use crate::ui::entry::Entry;
use crate::ui::entry::step_of;
use crate::ui::host::HostEvent;
use crate::ui::journals::Journals;
use crate::ui::link;
use crate::ui::link::Followed;
use crate::ui::link::Link;
use crate::ui::link::LinkFault;
use crate::ui::memory;
use crate::ui::memory::WhyNot;
use crate::ui::msg::Effect;
use crate::ui::msg::Msg;
use crate::ui::pages;
use crate::ui::place::Place;
use crate::ui::place::Step;
use crate::ui::registration::RegistrationForm;
use crate::ui::review::Review;
use crate::ui::run::Run;
use crate::ui::site::BRIDGE;
use crate::ui::site::Site;
use crate::ui::site::beside;
use crate::ui::uri_check::UriCheck;
use domain::app_id_uri::rules::AppFacts;
use domain::app_id_uri::rules::OwnId;
use domain::app_id_uri::rules::TenantRules;
use domain::cloud::Cloud;
use domain::config::Config;
use domain::ids::TenantId;
use domain::secret::Secret;
use domain::tenant::TenantHint;
use domain::words::Words;
use engine::desired::Desired;
use engine::desired::Draft;
use engine::desired::Fault;
use engine::desired::Field;
use engine::journal::Past;
use engine::run::NewSecret;
use engine::run::prepare::Stop;

/// What the page needs to know before it can show anything.
#[derive(Clone, Debug)]
pub struct Start {
    /// The language.
    pub words: Words,
    /// The clouds are simulated.
    pub demo: Option<Vec<DemoTenant>>,
    /// This page's own address, without query and fragment.
    pub home: String,
    /// The page is in a frame, or a part of another page.
    pub is_framed: bool,
    /// It is a part of that page's own document.
    pub is_part: bool,
    /// That page signs its people in itself, and gives its tokens.
    pub portal_signs_in: bool,
    /// What the host set, where it is known without reading.
    pub config: Option<Config>,
    /// The moment.
    pub now: Timestamp,
    /// A fresh GUID, for a fresh draft.
    pub guid: Uuid,
    /// What came back from a sign-in page, in the address.
    pub answer: Rc<RefCell<Option<Secret>>>,
    /// What followed `#` in the address otherwise.
    pub address: String,
    /// The draft in the tab's memory.
    pub draft: Option<String>,
    /// The refused draft in the tab's memory.
    pub refused: Option<String>,
    /// The place in the tab's memory.
    pub place: Option<String>,
    /// What was typed on the App ID URI page, in the tab's memory.
    pub check: Option<String>,
    /// The wizard's draft in the tab's memory, while a repair's is in its place.
    pub parked: Option<String>,
    /// The client ID in the tab's memory that was pasted to be checked.
    pub pair: Option<String>,
    /// What a link has filled in, in the tab's memory.
    pub link: Option<String>,
    /// The answers of the client ID page, in the tab's memory.
    pub form: Option<String>,
    /// The journal in the tab's memory, where the browser has no other place for one.
    pub journal: Option<String>,
}

/// A tenant of the simulated cloud.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoTenant {
    /// Its cloud.
    pub cloud: Cloud,
    /// What is typed to get there.
    pub domain: &'static str,
    /// What it is like.
    pub detail: &'static str,
}

/// A stored draft that was refused. Kept until the person drops it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedDraft {
    /// What was stored.
    pub text: String,
    /// Why it was refused.
    pub why: WhyNot,
}

/// Everything the page shows.
#[derive(Clone, Debug)]
pub struct Stage {
    /// The language.
    pub words: Words,
    /// The tenants of the simulated cloud, in the demo.
    pub demo: Option<Vec<DemoTenant>>,
    /// This page's own address.
    pub home: String,
    /// Inside another page: where a sign-in window comes back to.
    pub bridge: Option<String>,
    /// A part of that page's own document.
    pub is_part: bool,
    /// That page signs its people in itself.
    pub portal_signs_in: bool,
    /// What the host set.
    pub site: Site,
    /// A place somebody came for, and the host has switched it off.
    pub turned_away: Option<Place>,
    /// Where the person is.
    pub place: Place,
    /// What was typed.
    pub draft: Draft,
    /// The draft is from before.
    pub is_resumed: bool,
    /// A stored draft that was refused.
    pub refused: Option<RefusedDraft>,
    /// What was typed on the App ID URI page.
    pub check: UriCheck,
    /// What there is to tell of the last link.
    pub link: Option<Followed>,
    /// A link that waits for the site's settings.
    pub(super) waiting_link: Option<Result<Link, LinkFault>>,
    /// The answers of the client ID page.
    pub form: RegistrationForm,
    /// Answers of the person's own are in the draft: what the host proposes comes too late.
    pub(super) is_draft_own: bool,
    /// The same for the App ID URI page.
    pub(super) is_check_own: bool,
    /// What is wrong with the draft.
    pub faults: Vec<Fault>,
    /// Controls the person has left once: from then on their faults are told.
    pub left: LiteMap<Entry, ()>,
    /// Steps the person has been at.
    pub visited: LiteMap<Step, ()>,
    /// Who is signed in.
    pub access: Access,
    /// The review.
    pub review: Review,
    /// The run, under way or over.
    pub run: Option<Box<Run>>,
    /// Why the run that was approved did not begin.
    pub stop: Option<Stop>,
    /// Runs that are not finished.
    pub journals: Journals,
    /// The check of a pair that is there already.
    pub doctor: Doctor,
    /// The secret this page made and the person has not yet taken.
    pub secret: Option<NewSecret>,
    /// The secret is shown.
    pub is_secret_shown: bool,
    /// How many times it was: an old timer does not end a new showing.
    pub(super) showing: u32,
    /// Every request is unfolded.
    pub is_unfolded: bool,
    /// Told once to those who do not see what has changed.
    pub notice: String,
    /// How many notices there were: the same words twice are two notices.
    pub notices: u32,
    /// The moment last heard of.
    pub now: Timestamp,
    /// What follows a sign-in, once the site's settings are there.
    pub(super) answer: Option<Secret>,
    /// Tells the answers of an earlier reading from those of this one.
    pub(super) round: u32,
    /// Tells the looks of an earlier sign-in from those of this one.
    pub(super) visit: u32,
    /// A person has done something since the last look.
    pub(super) used: bool,
    /// When the page was seen to be used, and when somebody looked, for the last time.
    pub(super) used_at: Option<(Timestamp, Timestamp)>,
}

/// The place of the field that shows the secret.
pub const SECRET_FIELD: &str = "secret";

fn path_of(address: &str) -> &str {
    address.split_once('?').map_or(address, |(path, _)| path)
}

impl Stage {
    /// The page as it starts, with what has to be done first.
    #[must_use]
    pub fn new(start: Start) -> (Self, Vec<Effect>) {
        let mut effects = vec![Effect::TellHost(HostEvent::Ready)];
        let (draft, refused) = match start.draft.map(|text| (memory::read_draft(&text), text)) {
            Some((Ok(draft), _)) => (Some(draft), None),
            Some((Err(why), text)) => {
                effects.push(Effect::Remember(memory::REFUSED, text.clone()));
                (None, Some(RefusedDraft { text, why }))
            }
            None => (None, None),
        };
        let refused = refused.or_else(|| {
            let text = start.refused?;
            let why = memory::read_draft(&text).err().unwrap_or(WhyNot::Version);
            Some(RefusedDraft { text, why })
        });
        let check = start.check.as_deref().and_then(memory::read_check);
        let returned = start.place.as_deref().and_then(Place::find);
        // Taken, not copied: the component keeps what it was started with, and the answer has a code in it.
        let answer = start.answer.take();
        let link = link::parse(&start.address).zip(Place::find(path_of(&start.address)));
        let link = link.map(|(link, place)| (place, link));
        let place = match &answer {
            Some(_) => returned.unwrap_or(Place::Step(Step::AzureService)),
            None => link.as_ref().map_or_else(
                || Place::find(&start.address).unwrap_or_default(),
                |(place, _)| *place,
            ),
        };
        let draft_is_own = draft.is_some();
        let draft = draft.unwrap_or_else(|| Draft::new(Default::default(), start.guid));
        let parked = start.parked.and_then(|text| memory::read_draft(&text).ok());
        let doctor = Doctor::new(start.pair, parked, &draft);
        let mut stage = Self {
            words: start.words,
            demo: start.demo,
            link: start.link.as_deref().and_then(link::read_kept),
            waiting_link: None,
            form: RegistrationForm::new(&start.home, start.form.as_deref()),
            bridge: start.is_framed.then(|| beside(&start.home, BRIDGE)),
            home: start.home,
            is_part: start.is_part,
            portal_signs_in: start.portal_signs_in,
            site: Site::Reading,
            turned_away: None,
            place: Place::Start,
            is_resumed: draft_is_own,
            refused,
            is_draft_own: draft_is_own,
            is_check_own: check.is_some(),
            check: check.unwrap_or_default(),
            draft,
            faults: Vec::new(),
            left: LiteMap::new(),
            visited: LiteMap::new(),
            access: if answer.is_some() {
                Access::Returning
            } else {
                Access::Out
            },
            review: Review::Absent,
            run: None,
            stop: None,
            journals: Journals {
                // What is no journal any more is dropped: it was written by this page, and a person has the file.
                file: start.journal.and_then(|text| Past::parse(&text).ok()),
                ..Journals::default()
            },
            doctor,
            secret: None,
            is_secret_shown: false,
            showing: 0,
            is_unfolded: false,
            notice: String::new(),
            notices: 0,
            now: start.now,
            answer,
            round: 0,
            visit: 0,
            used: false,
            used_at: None,
        };
        if stage.answer.is_none() {
            // Whoever comes back without an answer, by Back or by typing the address, has cancelled.
            effects.push(Effect::AbandonSignIn);
        }
        if returned.is_some() {
            effects.push(Effect::Forget(memory::PLACE));
        }
        effects.push(Effect::ReadJournals);
        let entered = stage.enter(place, false);
        // The heading takes the focus when the page changes, not when it is opened.
        effects.extend(
            entered
                .into_iter()
                .filter(|effect| !matches!(effect, Effect::FocusHeading)),
        );
        if let Some((_, link)) = link.filter(|_| stage.answer.is_none()) {
            effects.extend(stage.follow(link));
        }
        match start.config {
            Some(config) => effects.extend(stage.update(Msg::SiteRead(Site::Ready(config)))),
            None => effects.push(Effect::ReadSite),
        }
        stage.recheck();
        (stage, effects)
    }

    /// What is wrong with a control, once it is fair to say so.
    #[must_use]
    pub fn fault(&self, entry: Entry) -> Option<String> {
        let field = entry.field()?;
        let is_due = self.left.contains_key(&entry) || self.review != Review::Absent;
        let fault = self.faults.iter().find(|fault| fault.field == field);
        fault.filter(|_| is_due).map(|fault| fault.sentence.clone())
    }

    /// Whether a step has something to mend, once it is fair to say so.
    #[must_use]
    pub fn has_fault(&self, step: Step) -> bool {
        let is_due = self.review != Review::Absent
            || self.visited.contains_key(&step) && self.place != Place::Step(step);
        is_due && self.faults.iter().any(|fault| step_of(fault.field) == step)
    }

    /// The rules of the tenant, as far as they are known.
    #[must_use]
    pub fn rules(&self) -> TenantRules {
        let visitor = self
            .access
            .visitor()
            .filter(|visitor| visitor.cloud == self.draft.cloud());
        let known = visitor.and_then(|visitor| visitor.facts.done());
        known.map_or_else(
            || TenantRules {
                cloud: self.draft.cloud(),
                tenant: visitor.map(|visitor| visitor.tenant),
                ..TenantRules::default()
            },
            |tenant| tenant.rules.clone(),
        )
    }

    /// The app the App ID URI is for, before it was looked for.
    #[must_use]
    pub fn app_facts(&self) -> AppFacts {
        // It may be there from an earlier run, and then an own text may hold its ID.
        AppFacts {
            own_id: OwnId::Unknown,
            ..AppFacts::not_yet_created(self.now)
        }
    }

    /// True while a run is under way.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.run.as_ref().is_some_and(|run| run.state.is_underway())
    }

    /// Looks for faults again. Before a sign-in no tenant can be asked about, and nothing is wrong that only a tenant could tell.
    pub(super) fn recheck(&mut self) {
        self.faults = self.desired().err().unwrap_or_default();
        if !self.draft.tenant.is_empty()
            && let Err(error) = TenantHint::parse(&self.draft.tenant)
        {
            let sentence = error.sentence(self.words);
            self.faults.insert(
                0,
                Fault {
                    field: Field::Tenant,
                    sentence,
                },
            );
        }
    }

    pub(super) fn desired(&self) -> Result<Desired, Vec<Fault>> {
        let rules = self.rules();
        let tenant = rules.tenant.unwrap_or(TenantId::new(Uuid::nil()));
        self.draft
            .check(tenant, &rules, &self.app_facts(), self.words)
    }

    pub(super) fn enter(&mut self, place: Place, is_new: bool) -> Vec<Effect> {
        let place = match place {
            Place::Report | Place::Retire if self.doctor.pair.is_none() => Place::CheckPair,
            Place::Run if self.run.is_none() => Place::Review,
            Place::HandOver if self.run.is_none() => Place::Start,
            Place::Start
            | Place::CheckUri
            | Place::Register
            | Place::Step(_)
            | Place::Review
            | Place::Run
            | Place::CheckPair
            | Place::Report
            | Place::Retire
            | Place::Unfinished
            | Place::Undo
            | Place::HandOver => place,
        };
        let is_off = self.is_off(place);
        self.turned_away = is_off.then_some(place);
        let place = if is_off { Place::Start } else { place };
        let is_of_wizard = matches!(place, Place::Step(_) | Place::Start);
        let unparked = if is_of_wizard {
            self.unpark()
        } else {
            Vec::new()
        };
        if let Place::Step(step) = place {
            self.visited.insert(step, ());
        }
        let is_same = self.place == place;
        self.place = place;
        self.notice.clear();
        let mut effects = vec![self.show_place(is_new && !is_same), Effect::FocusHeading];
        effects.extend(unparked);
        if place == Place::CheckPair && self.doctor.search.is_none() {
            effects.extend(self.find_pairs());
        }
        if place == Place::Register {
            let is_framed = self.site.config().is_some_and(|it| !it.parents.is_empty());
            self.form.propose(self.draft.cloud(), is_framed);
        }
        if place == Place::Report {
            effects.extend(self.read_providers());
            effects.extend(self.examine());
        }
        if place == Place::Retire {
            effects.extend(self.read_uses());
        }
        if place == Place::Review {
            effects.extend(self.observe());
        }
        if place == Place::Undo {
            effects.extend(self.find_out());
        }
        if place == Place::Step(Step::Subscription) {
            effects.extend(self.read_providers());
        }
        if place != Place::HandOver && self.is_secret_shown {
            self.is_secret_shown = false;
        }
        if place == Place::HandOver {
            effects.push(self.fill_secret());
        }
        effects
    }

    /// The place and what stands over it.
    pub(super) fn show_place(&self, is_new: bool) -> Effect {
        let title = match (&self.run, self.place) {
            (Some(run), Place::Run) => run.title(self.words),
            (_, place) => pages::title(place, self.words),
        };
        Effect::ShowPlace {
            place: self.place,
            title,
            is_new,
        }
    }

    pub(super) fn fill_secret(&self) -> Effect {
        Effect::FillSecret(self.secret.clone().filter(|_| self.is_secret_shown))
    }

    pub(super) fn tell(&mut self, text: &str) {
        self.notice = text.to_owned();
        self.notices = self.notices.wrapping_add(1);
    }
}
