//! Review and run of a registration: changes of the model.

use crate::ui::components::grid_state::GridState;
use crate::ui::field_id::FieldId;
use crate::ui::model::Model;
use crate::ui::msg::Effect;
use crate::ui::msg::File;
use crate::ui::msg::ProvidersEffect;
use crate::ui::providers::export;
use crate::ui::providers::progress::ProviderRun;
use crate::ui::providers::progress::ProviderRunState;
use crate::ui::route::Route;
use crate::ui::shell::notice::Notifications;
use domain::cloud::Cloud;
use domain::ids::SubscriptionId;
use domain::ids::TenantId;
use domain::known::Answer;
use domain::known::Known;
use engine::desired::providers::RegistrationState;
use engine::export::providers::ProviderExport;
use engine::export::providers::matrix;
use engine::providers::matrix::Column;
use engine::providers::matrix::Filter;
use engine::providers::matrix::Reading;
use engine::providers::progress::ProviderProgress;
use engine::providers::register::RegistrationChange;
use engine::providers::selection::ProviderSelection;
use jiff::Timestamp;
use litemap::LiteMap;
use uuid::Uuid;

impl Model {
    pub(in crate::ui::providers) fn sign_in_to(
        &mut self,
        (cloud, tenant): (Cloud, TenantId),
    ) -> Vec<Effect> {
        if self.providers.is_running() {
            return self.sign_in();
        }
        let mut effects = self.typed(FieldId::Cloud, cloud.key().to_owned());
        effects.extend(self.typed(FieldId::Tenant, tenant.to_string()));
        effects.extend(self.sign_in());
        effects
    }

    /// What is selected and not registered, by name.
    #[must_use]
    pub fn selected_plan(&self) -> Option<ProviderSelection> {
        let (cloud, tenant) = self.providers.of?;
        let matrix = &self.providers.matrix;
        let wanted = &self.providers.answers.wanted;
        let mut places = matrix.view(&Filter::default(), wanted, Column::Name, false);
        let rows = matrix.rows();
        places.retain(|place| {
            let id = rows.get(*place).map(|row| row.listed.subscription.id);
            id.is_some_and(|id| self.providers.is_selected(tenant, id))
        });
        Some(matrix.selection(cloud, tenant, &places, wanted))
    }

    /// Reviews what failed or was not sent, in place of the records that the run has left.
    pub(in crate::ui::providers) fn review_again(&mut self) -> Vec<Effect> {
        let Some(run) = &self.providers.run else {
            return Vec::new();
        };
        let mut stored = self.providers.stored.runs.iter();
        let stored = stored.find(|it| it.selection == run.selection);
        let (left, replaced) = (run.unfinished(), stored.map(|it| it.run));
        self.review_plan(Some(left), replaced)
    }

    pub(in crate::ui::providers) fn review_selection(&mut self) -> Vec<Effect> {
        let plan = self.selected_plan();
        let planned = plan.as_ref().map_or(0, |plan| plan.subscriptions.len());
        let effects = self.review_plan(plan, None);
        self.providers.left_out = self.selected_count().saturating_sub(planned);
        effects
    }

    pub(in crate::ui::providers) fn review_plan(
        &mut self,
        plan: Option<ProviderSelection>,
        resumes: Option<Uuid>,
    ) -> Vec<Effect> {
        if self.providers.is_running() {
            return self.go(Route::ProvidersRun, true);
        }
        let Some(plan) = plan.filter(|it| !it.subscriptions.is_empty()) else {
            self.notify(self.locale.providers_nothing_to_do());
            return Vec::new();
        };
        self.providers.plan = Some(plan);
        self.providers.resumes = resumes;
        self.providers.left_out = 0;
        self.providers.plan_grid = GridState::default();
        self.go(Route::ProvidersReview, true)
    }

    /// The planned subscriptions in which the account has no right to register something, as far as its roles say.
    #[must_use]
    pub fn forbidden_in_plan(&self) -> LiteMap<SubscriptionId, ()> {
        let Some(plan) = &self.providers.plan else {
            return LiteMap::new();
        };
        let rows = self.providers.matrix.rows().iter();
        let may_not = rows.filter(|row| {
            let mut wanted = self.providers.answers.wanted.iter();
            wanted.any(|it| {
                row.may_register(*it) == Answer::No
                    && row.state(*it) != Known::Known(RegistrationState::Registered)
            })
        });
        let may_not: LiteMap<SubscriptionId, ()> = may_not
            .map(|row| (row.listed.subscription.id, ()))
            .collect();
        let planned = plan.subscriptions.iter().map(|one| one.id);
        let both = planned.filter(|id| may_not.contains_key(id));
        both.map(|id| (id, ())).collect()
    }

    pub(in crate::ui::providers) fn drop_forbidden(&mut self) -> Vec<Effect> {
        let forbidden = self.forbidden_in_plan();
        let Some(plan) = &mut self.providers.plan else {
            return Vec::new();
        };
        plan.subscriptions
            .retain(|one| !forbidden.contains_key(&one.id));
        if plan.subscriptions.is_empty() {
            self.providers.plan = None;
            self.notify(self.locale.providers_nothing_to_do());
            return self.go(Route::Providers, true);
        }
        vec![Effect::FocusIfLost]
    }

    pub(in crate::ui::providers) fn save(&mut self, name: &str, text: String) -> Vec<Effect> {
        self.notify(&self.locale.frame_saved(name));
        vec![Effect::Save(File {
            name: name.to_owned(),
            kind: "text/plain",
            text,
        })]
    }

    /// Saves the table, as it is shown, for a spreadsheet.
    pub(in crate::ui::providers) fn save_matrix(&mut self) -> Vec<Effect> {
        let rows = export::matrix_rows(&self.providers);
        self.save(matrix::MATRIX_FILE, matrix::csv(&rows))
    }

    /// Saves a file for what the review shows. The custom role is also offered after a run.
    pub(in crate::ui::providers) fn save_export(&mut self, export: ProviderExport) -> Vec<Effect> {
        let run = self.providers.run.as_ref().map(ProviderRun::unfinished);
        let selection = if self.route == Route::ProvidersRun {
            run
        } else {
            self.providers.plan.clone()
        };
        let file = selection.and_then(|selection| export.file(&selection));
        file.map_or_else(Vec::new, |text| self.save(export.file_name(), text))
    }

    pub(in crate::ui::providers) fn resume_registration(&mut self, run: Uuid) -> Vec<Effect> {
        let mut stored = self.providers.stored.runs.iter();
        let stored = stored.find(|it| it.run == run);
        let Some(left) = stored.map(|stored| stored.left()) else {
            return Vec::new();
        };
        let there = (left.cloud, left.tenant);
        if self.azure_tenant() != Some(there) {
            return self.sign_in_to(there);
        }
        if left.subscriptions.is_empty() {
            // Only the last record is missing.
            return self.discard(run);
        }
        self.review_plan(Some(left), Some(run))
    }

    /// Removes the records of a run.
    pub(in crate::ui::providers) fn discard(&self, run: Uuid) -> Vec<Effect> {
        let mut stored = self.providers.stored.runs.iter();
        let stored = stored.find(|it| it.run == run);
        let tenant = stored.map(|it| it.selection.tenant);
        vec![
            Effect::Providers(ProvidersEffect::Discard { run, tenant }),
            Effect::FocusIfLost,
        ]
    }

    /// Whether the sign-in is too old to write.
    #[must_use]
    pub fn is_sign_in_old(&self) -> bool {
        let user = self.sign_in.access.user();
        let old_at = user.and_then(|user| user.old_at);
        old_at.is_some_and(|at| self.now >= at)
    }

    /// Whether the reviewed registration may begin.
    #[must_use]
    pub fn may_register(&self) -> bool {
        let here = self.azure_tenant();
        let plan = self.providers.plan.as_ref();
        plan.is_some_and(|plan| here == Some((plan.cloud, plan.tenant)))
            && !self.providers.is_running()
            && !self.is_sign_in_old()
    }

    pub(in crate::ui::providers) fn register(&mut self) -> Vec<Effect> {
        if !self.may_register() {
            return vec![Effect::FocusHeading];
        }
        let Some(plan) = self.providers.plan.take() else {
            return Vec::new();
        };
        self.providers.run = Some(ProviderRun::new(plan.clone(), self.now));
        let mut effects = vec![
            self.ask_before_leaving(),
            Effect::Providers(ProvidersEffect::Register {
                selection: Box::new(plan),
                replaces: self.providers.resumes.take(),
            }),
        ];
        effects.extend(self.go(Route::ProvidersRun, true));
        effects
    }

    pub(in crate::ui::providers) fn stop_registration(&mut self) -> Vec<Effect> {
        match &mut self.providers.run {
            Some(run) if run.is_under_way() => {
                run.state = ProviderRunState::Stopping;
                vec![Effect::Providers(ProvidersEffect::Stop)]
            }
            Some(_) | None => Vec::new(),
        }
    }

    pub(in crate::ui::providers) fn registration_progressed(
        &mut self,
        now: Timestamp,
        until: Option<Timestamp>,
        changes: &[RegistrationChange],
    ) -> Vec<Effect> {
        let Some(run) = &mut self.providers.run else {
            return Vec::new();
        };
        run.throttled_until = until;
        run.take(now, changes);
        let counts = run.count();
        let title = if self.route == Route::ProvidersRun {
            run.title(self.locale).to_owned()
        } else {
            self.window_title()
        };
        // A tab in the background shows how far the registration is.
        let title = self.locale.run_window(counts.all, counts.done(), title);
        vec![Effect::ShowTitle(title)]
    }

    pub(in crate::ui::providers) fn registration_ended(
        &mut self,
        now: Timestamp,
        state: &ProviderRunState,
    ) -> Vec<Effect> {
        self.now = now;
        let Some(run) = &mut self.providers.run else {
            return Vec::new();
        };
        run.take(now, &[]);
        run.state = state.clone();
        run.throttled_until = None;
        let title = run.title(self.locale);
        self.announce(title);
        let window = if self.route == Route::ProvidersRun {
            title.to_owned()
        } else {
            self.window_title()
        };
        let mut effects = vec![
            self.ask_before_leaving(),
            Effect::ShowTitle(window),
            Effect::FocusIfLost,
            Effect::Providers(ProvidersEffect::SendResultsDue),
        ];
        if self.notice.notifications == Notifications::On {
            effects.push(Effect::Notify(title));
        }
        effects
    }

    /// Writes what the registration has found out into the table. What was registered is no longer selected.
    pub(in crate::ui::providers) fn note_results(&mut self) -> Vec<Effect> {
        let Some(run) = &self.providers.run else {
            return Vec::new();
        };
        let selection = run.selection.clone();
        if run.is_under_way() || self.providers.of != Some((selection.cloud, selection.tenant)) {
            return Vec::new();
        }
        let progress = run.progress.clone();
        let left = run.unfinished();
        let left: LiteMap<SubscriptionId, ()> =
            left.subscriptions.iter().map(|it| (it.id, ())).collect();
        let all = selection.subscriptions.iter();
        let done = all.filter(|one| !left.contains_key(&one.id));
        let done = done.map(|it| (it.id, String::new())).collect();
        let effects = self.pick(done, false);
        for (one, results) in selection.subscriptions.iter().zip(&progress) {
            let row = self.providers.matrix.row_mut(one.id);
            let Some(Reading::Done(states)) = row.map(|row| &mut row.states) else {
                continue;
            };
            for (namespace, result) in one.namespaces.iter().zip(results) {
                let state = match result {
                    ProviderProgress::Present | ProviderProgress::Registered => {
                        RegistrationState::Registered
                    }
                    ProviderProgress::UnderWay | ProviderProgress::LeftToAzure => {
                        RegistrationState::Registering
                    }
                    ProviderProgress::Waiting
                    | ProviderProgress::Failed(_)
                    | ProviderProgress::Stopped => continue,
                };
                states.insert(*namespace, Known::Known(state));
            }
        }
        self.providers.refresh();
        effects
    }
}
