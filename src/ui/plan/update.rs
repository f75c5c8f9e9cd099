//! Opens plans and results: changes of the model.
//!
//! Opening shows a plan; only the admin takes its answers into use. Neither signs in, approves or runs anything.

use crate::ui::field_id::FieldId;
use crate::ui::model::Model;
use crate::ui::msg::Effect;
use crate::ui::msg::Msg;
use crate::ui::msg::PlanMsg;
use crate::ui::plan::state::OpenRefused;
use crate::ui::route::Route;
use crate::ui::runs::state::Received;
use crate::ui::storage;
use domain::app_id_uri::rules::TenantRules;
use domain::config::features::Feature;
use domain::ids::TenantId;
use engine::desired::Desired;
use engine::desired::Draft;
use engine::export::plan_file::PlanFile;
use engine::export::received::ReceivedError;
use engine::export::received::ReceivedResult;
use engine::export::saved_file::FileError;
use engine::export::setup::SetupExport;
use uuid::Uuid;

impl Model {
    /// The answers as a plan. The tenant of the sign-in completes answers that name none. `None` for an existing pair.
    #[must_use]
    pub fn plan_file(&self) -> Option<PlanFile> {
        let mut draft = self.setup.draft.clone();
        if draft.tenant.is_empty()
            && let Some(tenant) = self.plan_tenant()
        {
            draft.tenant = tenant.to_string();
        }
        PlanFile::new(&draft)
    }

    /// What the answers want, for scripts. The tenant ID is typed or that of the sign-in; nil if neither is known.
    pub(in crate::ui) fn wanted_by_plan(&self) -> Option<Desired> {
        let rules = TenantRules {
            tenant: self.plan_tenant(),
            ..self.rules()
        };
        let tenant = rules.tenant.unwrap_or(TenantId::new(Uuid::nil()));
        let draft = &self.setup.draft;
        draft
            .check(tenant, &rules, &self.app_facts(), self.locale)
            .ok()
    }

    /// The tenant of the answers, if its ID is known: typed, or that of the sign-in.
    #[must_use]
    pub fn plan_tenant(&self) -> Option<TenantId> {
        let typed = self.setup.draft.tenant.parse().ok();
        typed.or_else(|| self.rules().tenant)
    }

    pub(in crate::ui) fn plan_arrived(&mut self) -> Vec<Effect> {
        if self.route == Route::Plan {
            self.read_plan_link();
        }
        Vec::new()
    }

    pub(in crate::ui) fn handle_plan(&mut self, msg: Msg) -> Vec<Effect> {
        if let Msg::Typed(entry, text) = msg {
            return self.typed_on_plan(entry, text);
        }
        let Msg::Plan(msg) = msg else {
            return Vec::new();
        };
        match msg {
            PlanMsg::Entered => {
                self.read_plan_link();
                Vec::new()
            }
            PlanMsg::Used => self.use_plan(),
            PlanMsg::TakenBack => self.take_plan_back(),
            PlanMsg::Closed => {
                self.plan.opened = None;
                self.plan.text.clear();
                vec![Effect::FocusIfLost]
            }
        }
    }

    fn typed_on_plan(&mut self, entry: FieldId, text: String) -> Vec<Effect> {
        if entry == FieldId::SetupExport {
            self.plan.export = SetupExport::find(&text).unwrap_or_default();
            return Vec::new();
        }
        self.plan.text = text;
        self.open_text()
    }

    fn read_plan_link(&mut self) {
        let Some(query) = self.plan.link.take() else {
            return;
        };
        match PlanFile::parse_link(&query) {
            Ok(plan) => self.open_plan(plan),
            Err(error) => self.refuse(OpenRefused::Plan(error)),
        }
    }

    fn open_text(&mut self) -> Vec<Effect> {
        self.plan.refused = None;
        self.plan.opened = None;
        let text = self.plan.text.trim();
        if text.is_empty() {
            return Vec::new();
        }
        if let Some((_, query)) = text.split_once("#/plan?") {
            self.plan.link = Some(query.to_owned());
            self.read_plan_link();
            return Vec::new();
        }
        match ReceivedResult::parse(text) {
            Ok(result) => return self.open_result(result),
            Err(ReceivedError::Unreadable(FileError::OtherKind)) => {}
            Err(error) => {
                self.refuse(OpenRefused::Result(error));
                return Vec::new();
            }
        }
        match PlanFile::parse(text) {
            Ok(plan) => self.open_plan(plan),
            Err(error) => self.refuse(OpenRefused::Plan(error)),
        }
        Vec::new()
    }

    fn refuse(&mut self, why: OpenRefused) {
        self.plan.refused = Some(why);
    }

    fn open_plan(&mut self, plan: PlanFile) {
        self.plan.refused = None;
        self.plan.opened = Some(Box::new(plan));
        self.announce(self.locale.shared_plan_opened());
    }

    fn open_result(&mut self, result: ReceivedResult) -> Vec<Effect> {
        if self.runs.run.is_some() || self.is_busy() {
            self.refuse(OpenRefused::Busy);
            return Vec::new();
        }
        let tenant = &result.handoff.tenant;
        let is_other_cloud = self.setup.is_draft_own && self.setup.draft.cloud() != tenant.cloud;
        if is_other_cloud || self.plan_tenant().is_some_and(|own| own != tenant.id) {
            self.refuse(OpenRefused::OtherTenant);
            return Vec::new();
        }
        let own = self.plan_file().filter(|_| self.setup.is_draft_own);
        let is_of_plan = own.zip(result.plan_hash.as_ref());
        let is_of_plan = is_of_plan.map(|(own, hash)| own.hash() == *hash);
        self.plan.text.clear();
        self.runs.received = Some(Box::new(Received { result, is_of_plan }));
        self.go(Route::HandOver, true)
    }

    fn use_plan(&mut self) -> Vec<Effect> {
        let Some(plan) = self.plan.opened.take() else {
            return Vec::new();
        };
        let draft = plan.draft();
        let is_off = (draft.gateway().discovery && !self.has(Feature::Discovery))
            || (!draft.subscription.is_empty() && !self.has(Feature::Providers));
        let why = if self.is_busy() || self.recorded_run().is_some() {
            Some(OpenRefused::Busy)
        } else {
            is_off.then_some(OpenRefused::TurnedOff)
        };
        if let Some(why) = why {
            self.plan.opened = Some(plan);
            self.refuse(why);
            return Vec::new();
        }
        let mut effects = self.restore_draft();
        let before = self.setup.draft.clone();
        self.plan.before = Some(Box::new(before));
        self.plan.agreed = Some(plan.hash());
        self.plan.text.clear();
        effects.push(Effect::Remember(storage::PLAN, plan.hash()));
        effects.extend(self.replace_draft(plan.draft().clone()));
        effects.extend(self.go(Route::Review, true));
        effects
    }

    fn take_plan_back(&mut self) -> Vec<Effect> {
        if self.runs.run.is_some() || self.is_busy() || self.recorded_run().is_some() {
            self.refuse(OpenRefused::Busy);
            return Vec::new();
        }
        let Some(before) = self.plan.before.take() else {
            return Vec::new();
        };
        self.plan.agreed = None;
        let mut effects = vec![Effect::Forget(storage::PLAN)];
        effects.extend(self.replace_draft(*before));
        self.announce(self.locale.link_taken_back());
        effects
    }

    fn replace_draft(&mut self, draft: Draft) -> Vec<Effect> {
        let before = self.sign_in.access.tenant_mismatch(&self.setup.draft);
        self.setup.draft = draft;
        self.setup.is_draft_own = true;
        self.drop_unasked();
        self.recheck();
        let mut effects = vec![self.keep_draft()];
        effects.extend(self.ask_tenant_again(before));
        effects.extend(self.read_providers());
        effects
    }
}
