//! The pair check: changes of the model.

use std::rc::Rc;

use crate::ui::field_id::FieldId;
use crate::ui::model::Model;
use crate::ui::msg::Effect;
use crate::ui::msg::Msg;
use crate::ui::msg::PairEffect;
use crate::ui::msg::PairMsg;
use crate::ui::pair::state::CheckResult;
use crate::ui::pair::state::PairModel;
use crate::ui::pair::state::latest;
use crate::ui::route::Route;
use crate::ui::shell::site::propose;
use crate::ui::sign_in::state::ReadState;
use crate::ui::storage;
use domain::cmg::AppName;
use domain::config::features::Feature;
use domain::confusables::isolated;
use domain::ids::AppId;
use domain::ids::TenantId;
use domain::ownership_tags;
use domain::problem::Problem;
use engine::audit::Check;
use engine::audit::Report;
use engine::audit::audit;
use engine::desired::Desired;
use engine::desired::Draft;
use engine::desired::repair;
use engine::desired::repair::AppRole;
use engine::desired::repair::Repair;
use engine::desired::repair::RepairKind;
use engine::export::report::Stored;
use engine::journal::origin::recorded;
use engine::read::consumers::Consumers;
use engine::read::discover::Found;
use engine::read::discover::Pair;
use engine::read::observed::Observed;
use engine::read::sign_ins::SignIns;
use jiff::Timestamp;

impl Model {
    /// Handles a message of the pair check.
    pub(in crate::ui) fn handle_pair(&mut self, msg: Msg) -> Vec<Effect> {
        if let Msg::Typed(entry, text) = msg {
            return self.pair_typed(entry, text);
        }
        let Msg::Pair(msg) = msg else {
            return Vec::new();
        };
        match msg {
            PairMsg::FindAsked => self.find_pairs().into_iter().collect(),
            PairMsg::PickedChosen => self.choose_picked(),
            PairMsg::Examined { round, now, read } => {
                self.examined(round, now, Rc::unwrap_or_clone(read))
            }
            PairMsg::AllChosen => self.choose_all(),
            PairMsg::UpdateChosen => self.choose_update(),
            PairMsg::RepairsAsked => {
                // Apps are deleted from the Retire page only.
                let is_delete = |repair: &Repair| matches!(repair, Repair::Delete(_));
                let mut chosen = self.pair.chosen.clone();
                chosen.retain(|repair| !is_delete(repair));
                self.review_repairs(&chosen)
            }
            PairMsg::HandOverAsked => self.review_draft(&[]),
            PairMsg::RepairAsked(repair) => self.review_repairs(&[repair]),
            PairMsg::RetireAsked => {
                let is_delete = |repair: &&Repair| matches!(repair, Repair::Delete(_));
                let chosen: Vec<Repair> =
                    self.pair.chosen.iter().filter(is_delete).copied().collect();
                self.review_repairs(&chosen)
            }
            PairMsg::UsesRead(round, read) => {
                self.uses_read(round, Rc::unwrap_or_clone(read));
                Vec::new()
            }
            PairMsg::SignInsAsked => self.read_sign_ins().into_iter().collect(),
            PairMsg::SignInsRead {
                server,
                client,
                read,
            } => {
                self.sign_ins_read((server, client), Rc::unwrap_or_clone(read));
                Vec::new()
            }
        }
    }

    /// Starts the read that the current pair page needs, once an account is signed in.
    pub(in crate::ui) fn read_pair(&mut self) -> Option<Effect> {
        if !self.route.only_reads() {
            None
        } else if self.route == Route::CheckPair || self.pair.pair.is_none() {
            self.find_pairs()
        } else {
            self.examine()
        }
    }

    /// Client IDs that this browser's journals recorded in this tenant.
    pub(in crate::ui) fn recorded(&self) -> Vec<AppId> {
        let tenant = self.sign_in.access.user().map(|user| user.tenant);
        tenant.map_or_else(Vec::new, |tenant| {
            recorded(&self.runs.journals.stored, tenant)
        })
    }

    /// True if the sign-in is in the typed tenant: pairs of another tenant are not shown.
    fn is_here(&self) -> bool {
        let user = self.sign_in.access.user();
        user.is_some_and(|user| !user.is_for_azure_only())
            && self
                .sign_in
                .access
                .tenant_mismatch(&self.setup.draft)
                .is_none()
    }

    /// Starts a search for pairs, once an account is signed in.
    pub(in crate::ui) fn find_pairs(&mut self) -> Option<Effect> {
        self.pair.searches += 1;
        self.is_here().then_some(())?;
        self.pair.search = Some(ReadState::Waiting);
        let name = |text: &str, otherwise: AppName| AppName::parse(text).unwrap_or(otherwise);
        let base = self
            .pair
            .saved_draft
            .as_deref()
            .unwrap_or(&self.setup.draft);
        Some(Effect::FindPairs {
            round: self.pair.searches,
            keys: [
                ownership_tags::server_key(&name(&base.server_name, AppName::server())),
                ownership_tags::client_key(&name(&base.client_name, AppName::client())),
            ],
            recorded: latest(self.recorded()),
            typed: self.pair.typed_id(),
        })
    }

    /// Starts the search before a setup, so that the admin learns of a pair in the tenant before anything is typed.
    pub(in crate::ui) fn look_for_pairs(&mut self) -> Option<Effect> {
        let is_set_up = matches!(self.route, Route::Start | Route::Step(_))
            && !self.setup.draft.has_existing()
            && self.recorded_run().is_none();
        (is_set_up && self.has(Feature::Check)).then_some(())?;
        self.find_pairs()
    }

    /// True if the admin has to choose between a pair in the tenant and another one.
    #[must_use]
    pub fn offers_pair(&self) -> bool {
        !self.pair.wants_another && self.has(Feature::Check) && self.pair.there().next().is_some()
    }

    pub(in crate::ui) fn pairs_found(
        &mut self,
        round: u32,
        read: Result<Found, Problem>,
    ) -> Vec<Effect> {
        if round != self.pair.searches || self.sign_in.access.user().is_none() {
            return Vec::new();
        }
        let t = self.locale;
        let found = read.as_ref().ok().cloned().unwrap_or_default();
        self.pair.search = Some(ReadState::from(read));
        if !self.route.only_reads() {
            // One announcement: a second one would cut off the first.
            if let Some(user) = self.sign_in.access.user().filter(|_| self.offers_pair()) {
                let signed_in = t.azure_service_signed_in(isolated(&user.account.name));
                self.announce(&format!("{signed_in} {}", t.pair_there()));
            }
            return Vec::new();
        }
        let count = u64::try_from(found.pairs.len()).unwrap_or_default();
        self.announce(&t.pair_found(count));
        // A pasted ID identifies the pair. Without one, only an unambiguous pair is selected.
        let typed = self.pair.typed_id();
        let is_typed =
            |pair: &&Pair| typed.is_some() && (pair.server == typed || pair.client == typed);
        let mut typed_pairs = found.pairs.iter().filter(is_typed);
        let pair = match (typed_pairs.next(), typed_pairs.next()) {
            (Some(pair), None) => Some(pair.clone()),
            (Some(_), Some(_)) => None,
            (None, _) => found.only().cloned(),
        };
        match pair {
            Some(pair) => self.choose_pair(pair),
            None => Vec::new(),
        }
    }

    /// Selects a pair and opens its report.
    pub(in crate::ui) fn choose_pair(&mut self, pair: Pair) -> Vec<Effect> {
        if self.pair.pair.as_ref() != Some(&pair) {
            self.pair.chosen.clear();
            self.pair.has_new_secret = false;
            self.pair.uses = None;
            self.pair.sign_ins = None;
            self.pair.checkup = None;
        }
        self.pair.pair = Some(pair);
        self.enter(Route::Report, true)
    }

    /// Selects the two apps that the admin picked.
    pub(in crate::ui) fn choose_picked(&mut self) -> Vec<Effect> {
        let id = |text: &str| text.parse::<AppId>().ok();
        let pair = Pair {
            server: id(&self.pair.picked_server),
            client: id(&self.pair.picked_client),
            is_linked: false,
        };
        if pair.server.is_none() && pair.client.is_none() {
            self.notify(self.locale.pair_pick_one());
            return Vec::new();
        }
        self.choose_pair(pair)
    }

    /// The answers of a repair, built from the pair and not from the wizard.
    fn repair_draft(&self, repairs: &[Repair]) -> Option<Draft> {
        let pair = self.pair.pair.as_ref()?;
        let base = self
            .pair
            .saved_draft
            .as_deref()
            .unwrap_or(&self.setup.draft);
        let mut draft = Draft::new(self.setup.draft.cloud(), base.scope_id);
        draft.tenant.clone_from(&self.setup.draft.tenant);
        draft
            .subscription
            .clone_from(&self.setup.draft.subscription);
        draft.secret_life.clone_from(&self.setup.draft.secret_life);
        draft.choose_text_language(base.text_language());
        let text = |id: Option<AppId>| id.map(|id| id.to_string()).unwrap_or_default();
        draft.server_app = text(pair.server);
        draft.client_app = text(pair.client);
        draft.repairs = repair::written(repairs);
        let report = self.pair.report();
        // The wizard does not accept every existing name. The report shows such a name; the plan then uses the default.
        let server = report.and_then(|report| report.server.as_ref());
        let client = report.and_then(|report| report.client.as_ref());
        for (fact, name) in [
            (server, &mut draft.server_name),
            (client, &mut draft.client_name),
        ] {
            if let Some(fact) = fact.filter(|fact| AppName::parse(&fact.name).is_ok()) {
                name.clone_from(&fact.name);
            }
        }
        if let Some(uri) = report.and_then(|report| report.uris.first()) {
            "own".clone_into(&mut draft.uri_form);
            draft.uri_text.clone_from(uri);
        }
        Some(draft)
    }

    fn repair_desired(&self) -> Option<Desired> {
        let draft = self.repair_draft(&[])?;
        let tenant = self
            .sign_in
            .access
            .user()
            .map_or(TenantId::new(uuid::Uuid::nil()), |it| it.tenant);
        let rules = self.rules();
        draft
            .check(tenant, &rules, &self.app_facts(), self.locale)
            .ok()
    }

    /// Starts reading the pair.
    pub(in crate::ui) fn examine(&mut self) -> Option<Effect> {
        self.reads += 1;
        self.is_here().then_some(())?;
        let desired = self.repair_desired()?;
        if !matches!(self.pair.checkup, Some(ReadState::Done(_))) {
            self.pair.checkup = Some(ReadState::Waiting);
        }
        Some(Effect::Pair(PairEffect::Examine {
            round: self.reads,
            desired: Box::new(desired),
        }))
    }

    /// Makes the sentences of the report again.
    pub(in crate::ui) fn translate_report(&mut self) {
        let Some(desired) = self.repair_desired() else {
            return;
        };
        if let Some(ReadState::Done(check)) = &mut self.pair.checkup {
            check.report = audit(&desired, &check.observed, check.report.at, self.locale);
        }
    }

    pub(in crate::ui) fn examined(
        &mut self,
        round: u32,
        now: Timestamp,
        read: Result<Observed, Problem>,
    ) -> Vec<Effect> {
        self.now = now;
        if round != self.reads {
            return Vec::new();
        }
        let desired = self.repair_desired();
        self.pair.checkup = match (read, desired) {
            (Ok(observed), Some(desired)) => {
                let report = audit(&desired, &observed, now, self.locale);
                let announcement = self.locale.pair_checked(
                    u64::try_from(report.count(engine::audit::State::Broken)).unwrap_or_default(),
                );
                self.announce(&announcement);
                Some(ReadState::Done(Box::new(CheckResult { observed, report })))
            }
            (Err(problem), _) => Some(ReadState::Failed(problem)),
            (Ok(_), None) => None,
        };
        // Unselects repairs that are no longer needed. Other selections stay.
        if let Some(report) = self.pair.report() {
            let offered = report.repairs();
            let own = |repair: &Repair| {
                matches!(
                    repair,
                    Repair::Secret
                        | Repair::OldSecret(_)
                        | Repair::DirectoryOn
                        | Repair::DirectoryOff
                        | Repair::Delete(_)
                )
            };
            self.pair
                .chosen
                .retain(|repair| offered.contains(repair) || own(repair));
        }
        Vec::new()
    }

    pub(in crate::ui) fn tick_repair(&mut self, repair: Repair, is_on: bool) {
        self.pair.chosen.retain(|it| *it != repair);
        if is_on && self.pair.may_choose(repair, self.now) {
            // The two exclude each other.
            let both = [Repair::DirectoryOn, Repair::DirectoryOff];
            if both.contains(&repair) {
                self.pair.chosen.retain(|it| !both.contains(it));
            }
            self.pair.chosen.push(repair);
        }
    }

    /// Selects every repair that only adds, without those that need a decision of their own: a new secret, and Directory.Read.All.
    pub(in crate::ui) fn choose_all(&mut self) -> Vec<Effect> {
        let offered = self.pair.report().map(Report::repairs).unwrap_or_default();
        for repair in offered
            .into_iter()
            .filter(|it| it.kind() == RepairKind::Adds)
        {
            self.tick_repair(repair, true);
        }
        let count = u64::try_from(self.pair.chosen.len()).unwrap_or_default();
        self.announce(&self.locale.pair_chosen(count));
        Vec::new()
    }

    /// Selects what the console's *Update Application Settings* does.
    pub(in crate::ui) fn choose_update(&mut self) -> Vec<Effect> {
        for repair in Repair::UPDATE_APPLICATION_SETTINGS {
            self.tick_repair(repair, true);
        }
        self.announce(self.locale.pair_update_chosen());
        Vec::new()
    }

    /// Opens the review with these repairs.
    pub(in crate::ui) fn review_repairs(&mut self, repairs: &[Repair]) -> Vec<Effect> {
        if repairs.is_empty() {
            self.notify(self.locale.pair_choose_first());
            return Vec::new();
        }
        self.review_draft(repairs)
    }

    fn review_draft(&mut self, repairs: &[Repair]) -> Vec<Effect> {
        let Some(draft) = self.repair_draft(repairs) else {
            return Vec::new();
        };
        self.save_draft(draft)
            .into_iter()
            .chain(self.enter(Route::Review, true))
            .collect()
    }

    /// Saves the wizard's answers and replaces them with a repair's.
    pub(in crate::ui) fn save_draft(&mut self, draft: Draft) -> Vec<Effect> {
        let before = std::mem::replace(&mut self.setup.draft, draft);
        if self.pair.pair.is_none() {
            self.pair.pair = PairModel::new(None, None, Some(&self.setup.draft)).pair;
        }
        let mut effects = Vec::new();
        if !before.has_existing() {
            effects.push(Effect::Remember(
                storage::SAVED_DRAFT,
                storage::write_draft(&before),
            ));
            self.pair.saved_draft = Some(Box::new(before));
        }
        self.recheck();
        effects.push(self.keep_draft());
        effects
    }

    /// Restores the wizard's answers.
    pub(in crate::ui) fn restore_draft(&mut self) -> Vec<Effect> {
        if !self.setup.draft.has_existing() {
            return Vec::new();
        }
        let (cloud, tenant) = (
            self.setup.draft.cloud.clone(),
            self.setup.draft.tenant.clone(),
        );
        self.setup.draft = match self.pair.saved_draft.take() {
            Some(saved_draft) => *saved_draft,
            None => {
                let mut fresh = Draft::new(Default::default(), self.setup.draft.scope_id);
                if let Some(config) = self.site.config() {
                    propose(config, &mut fresh);
                }
                fresh.cloud = cloud;
                fresh.tenant = tenant;
                fresh
            }
        };
        self.recheck();
        vec![self.keep_draft(), Effect::Forget(storage::SAVED_DRAFT)]
    }

    /// Starts reading the consumers of the pair, before it is retired.
    pub(in crate::ui) fn read_uses(&mut self) -> Option<Effect> {
        self.reads += 1;
        self.is_here().then_some(())?;
        let checkup = self.pair.checkup.as_ref()?.done()?;
        let server = checkup.observed.server.as_ref().known()?.as_ref()?;
        let principal = server.principal.as_ref().known()?.as_ref()?;
        let effect = Effect::Pair(PairEffect::ReadUses {
            round: self.reads,
            app: server.app_id,
            principal: principal.object_id,
        });
        self.pair.uses = Some(ReadState::Waiting);
        Some(effect)
    }

    pub(in crate::ui) fn uses_read(&mut self, round: u32, read: Result<Consumers, Problem>) {
        if round == self.reads {
            self.pair.uses = Some(ReadState::from(read));
        }
    }

    /// Client IDs of the checked apps.
    fn checked_apps(&self) -> Option<(AppId, Option<AppId>)> {
        let report = self.pair.report()?;
        let client = report.client.as_ref().map(|it| it.app);
        Some((report.server.as_ref()?.app, client))
    }

    /// Starts reading the last sign-ins of the pair.
    fn read_sign_ins(&mut self) -> Option<Effect> {
        if !self.is_here() || self.pair.sign_ins == Some(ReadState::Waiting) {
            return None;
        }
        let (server, client) = self.checked_apps()?;
        self.pair.sign_ins = Some(ReadState::Waiting);
        self.unchoose();
        Some(Effect::Pair(PairEffect::ReadSignIns { server, client }))
    }

    fn sign_ins_read(&mut self, apps: (AppId, Option<AppId>), read: Result<SignIns, Problem>) {
        // The account may have signed out, or chosen another pair.
        if self.checked_apps() == Some(apps) && self.pair.sign_ins == Some(ReadState::Waiting) {
            self.announce(match &read {
                Ok(_) => self.locale.sign_ins_done(),
                Err(_) => self.locale.sign_ins_failed(),
            });
            self.pair.sign_ins = Some(ReadState::from(read));
        }
    }

    /// Unselects the secrets that may no longer be removed.
    fn unchoose(&mut self) {
        let now = self.now;
        let chosen = std::mem::take(&mut self.pair.chosen);
        self.pair.chosen = chosen
            .into_iter()
            .filter(|repair| self.pair.may_choose(*repair, now))
            .collect();
    }

    /// Handles input on the pair check pages.
    pub(in crate::ui) fn pair_typed(&mut self, entry: FieldId, text: String) -> Vec<Effect> {
        let is_on = !text.is_empty();
        if entry == FieldId::PairId {
            self.pair.typed = text;
            return vec![Effect::Remember(storage::PAIR, self.pair.typed.clone())];
        } else if entry == FieldId::PickServer {
            self.pair.picked_server = text;
        } else if entry == FieldId::PickClient {
            self.pair.picked_client = text;
        } else if entry == FieldId::EarlierReport {
            let read = || Stored::parse(&text).map(Box::new);
            self.pair.earlier_read = (!text.trim().is_empty()).then(read);
            self.pair.earlier = text;
        } else if entry == FieldId::ReportFilter {
            self.pair.filter = text.parse().unwrap_or_default();
            self.announce_shown();
        } else if entry == FieldId::ReportGrouping {
            self.pair.grouping = text.parse().unwrap_or_default();
            self.announce_shown();
        } else if entry == FieldId::HasNewSecret {
            self.pair.has_new_secret = is_on;
            self.unchoose();
        } else if let FieldId::Repair(repair) = entry {
            self.tick_repair(repair, is_on);
        }
        Vec::new()
    }

    fn announce_shown(&mut self) {
        let Some(report) = self.pair.report() else {
            return;
        };
        let is_shown = |check: &&Check| self.pair.filter.has(check.state);
        let shown = report.checks.iter().filter(is_shown).count();
        let all = report.checks.len();
        self.announce(&self.locale.report_shown(all, shown));
    }

    /// Discards tenant data when the sign-in ends.
    pub(in crate::ui) fn forget_pair(&mut self) {
        let before = std::mem::take(&mut self.pair);
        let saved_draft = before.saved_draft.map(|draft| *draft);
        self.pair = PairModel {
            filter: before.filter,
            grouping: before.grouping,
            earlier: before.earlier,
            earlier_read: before.earlier_read,
            ..PairModel::new(Some(before.typed), saved_draft, Some(&self.setup.draft))
        };
    }

    /// True if this app is selected for deletion.
    #[must_use]
    pub fn is_retiring(&self, part: AppRole) -> bool {
        self.pair.chosen.contains(&Repair::Delete(part))
    }
}
