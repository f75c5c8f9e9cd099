//! The resource provider pages: changes of the model.

use std::rc::Rc;

use litemap::LiteMap;

use crate::ui::components::grid_state::GridEvent;
use crate::ui::components::grid_state::GridState;
use crate::ui::field_id::FieldId;
use crate::ui::field_id::ProviderField;
use crate::ui::model::Model;
use crate::ui::msg::Effect;
use crate::ui::msg::FoundInRow;
use crate::ui::msg::Msg;
use crate::ui::msg::ProvidersEffect;
use crate::ui::msg::ProvidersMsg;
use crate::ui::msg::RowRead;
use crate::ui::msg::RowReadKind;
use crate::ui::providers::cells::count;
use crate::ui::providers::cells::number;
use crate::ui::providers::progress::RunResult;
use crate::ui::providers::state::FilterValues;
use crate::ui::providers::state::ListState;
use crate::ui::providers::state::MOST_RIGHTS;
use crate::ui::providers::state::ProviderAnswers;
use crate::ui::providers::state::TenantSelection;
use crate::ui::providers::state::column_key;
use crate::ui::providers::stored;
use crate::ui::storage;
use domain::cloud::Cloud;
use domain::confusables::isolated;
use domain::ids::SubscriptionId;
use domain::ids::TenantId;
use domain::known::Answer;
use domain::problem::Problem;
use engine::export::providers::ProviderExport;
use engine::providers::list::ListSummary;
use engine::providers::list::ListedSubscription;
use engine::providers::matrix::Column;
use engine::providers::matrix::Reading;

/// Element IDs of the tables.
pub const GRID: &str = "subscriptions-table";
pub const PLAN_GRID: &str = "plan-table";
pub const RUN_GRID: &str = "registration-table";

/// Number of columns of each table.
pub const GRID_COLUMNS: usize = 8;
pub const PLAN_GRID_COLUMNS: usize = 3;
pub const RUN_GRID_COLUMNS: usize = 6;

impl Model {
    /// The cloud and the tenant of a sign-in that covers Azure.
    #[must_use]
    pub fn azure_tenant(&self) -> Option<(Cloud, TenantId)> {
        let user = self.sign_in.access.user()?;
        user.may_use_azure.then_some((user.cloud, user.tenant))
    }

    pub(in crate::ui) fn providers_arrived(&mut self) -> Vec<Effect> {
        self.enter_providers()
    }

    pub(in crate::ui) fn handle_providers(&mut self, msg: Msg) -> Vec<Effect> {
        if let Msg::Typed(FieldId::Providers(field), text) = msg {
            self.typed_providers(field, text)
        } else if let Msg::Providers(msg) = msg {
            self.handle_providers_msg(msg)
        } else {
            Vec::new()
        }
    }

    fn handle_providers_msg(&mut self, msg: ProvidersMsg) -> Vec<Effect> {
        match msg {
            ProvidersMsg::Entered => self.providers_entered(),
            ProvidersMsg::ListAsked => self.read_list().into_iter().collect(),
            ProvidersMsg::Listed(round, page) => self
                .listed(round, Rc::unwrap_or_clone(page))
                .into_iter()
                .collect(),
            ProvidersMsg::ListEnded(round, read) => {
                self.list_ended(round, Rc::unwrap_or_clone(read))
            }
            ProvidersMsg::TenantsRead(round, read) => {
                if round == self.providers.reads {
                    self.providers.tenants = reading(Rc::unwrap_or_clone(read));
                    self.find_values();
                }
                Vec::new()
            }
            ProvidersMsg::ReadsThrottled(round, until) => {
                if round == self.providers.reads {
                    self.providers.throttled_until = until;
                }
                Vec::new()
            }
            ProvidersMsg::RightsAsked => self.read_rights().into_iter().collect(),
            ProvidersMsg::RowsRead(round, found) => {
                self.rows_read(round, &found);
                Vec::new()
            }
            ProvidersMsg::RowsEnded(round) => self.rows_ended(round).into_iter().collect(),
            ProvidersMsg::SortAsked(column) => {
                self.sort(column);
                Vec::new()
            }
            ProvidersMsg::FilterDropped => {
                self.providers.answers.show_all();
                self.show_rows();
                Vec::new()
            }
            ProvidersMsg::FiltersToggled => {
                self.providers.are_filters_open = !self.providers.are_filters_open;
                self.find_values();
                Vec::new()
            }
            ProvidersMsg::Grid(event) => self.in_grid(event),
            ProvidersMsg::RowToggled(place) => self.toggle_row(place),
            ProvidersMsg::ShownPicked(is_on) => self.pick_shown(is_on),
            ProvidersMsg::IdsPicked => self.pick_ids(),
            ProvidersMsg::SelectionDropped(tenant) => {
                self.providers.selections.retain(|it| it.tenant != tenant);
                vec![self.keep_selections(), Effect::FocusIfLost]
            }
            ProvidersMsg::TenantAsked(tenant) => self.sign_in_to(tenant),
            ProvidersMsg::ReviewAsked => self.review_selection(),
            ProvidersMsg::ForbiddenDropped => self.drop_forbidden(),
            ProvidersMsg::PlanGrid(event) => {
                let plan = self.providers.plan.as_ref();
                let rows = plan.map_or(0, |plan| plan.subscriptions.len());
                let state = &mut self.providers.plan_grid;
                move_in(state, event, (PLAN_GRID, rows, PLAN_GRID_COLUMNS))
            }
            ProvidersMsg::Approved => self.register(),
            ProvidersMsg::StopAsked => self.stop_registration(),
            ProvidersMsg::RunGrid(event) => match &mut self.providers.run {
                Some(run) => {
                    let rows = run.shown.len();
                    move_in(&mut run.grid, event, (RUN_GRID, rows, RUN_GRID_COLUMNS))
                }
                None => Vec::new(),
            },
            ProvidersMsg::Progressed(now, until, changes) => {
                self.registration_progressed(now, until, &changes)
            }
            ProvidersMsg::RunEnded(now, state) => self.registration_ended(now, &state),
            ProvidersMsg::ResultsDue => self.note_results(),
            ProvidersMsg::RetryAsked => self.review_again(),
            ProvidersMsg::RunsRead(runs) => {
                self.providers.stored = Rc::unwrap_or_clone(runs);
                Vec::new()
            }
            ProvidersMsg::DiscardRefused => {
                self.notify(self.locale.providers_other_tab());
                Vec::new()
            }
            ProvidersMsg::ResumeAsked(run) => self.resume_registration(run),
            ProvidersMsg::MatrixAsked => self.save_matrix(),
            ProvidersMsg::ExportAsked(export) => self.save_export(export),
            ProvidersMsg::DiscardAsked(run) => self.discard(run),
        }
    }

    fn providers_entered(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        if let Some(text) = self.providers.unread.take()
            && let Some((answers, selections)) = stored::read(&text)
        {
            // What a link has filled in is newer.
            if self.providers.answers == ProviderAnswers::default() {
                self.providers.answers = answers;
            }
            self.providers.selections = selections;
        }
        if self.providers.answers != ProviderAnswers::default() {
            effects.push(self.keep_selections());
        }
        if !self.providers.is_running() {
            effects.push(Effect::Providers(ProvidersEffect::ReadRuns));
        }
        let here = self.azure_tenant();
        if here.is_none() || self.providers.of != here {
            self.providers.forget_list();
        }
        if here.is_some() && self.providers.list == ListState::NotRead {
            effects.extend(self.read_list());
        }
        self.show_rows();
        effects
    }

    fn read_list(&mut self) -> Option<Effect> {
        let here = self.azure_tenant()?;
        self.providers.forget_list();
        self.providers.of = Some(here);
        self.providers.list = ListState::Reading;
        self.providers.tenants = Reading::UnderWay;
        Some(Effect::Providers(ProvidersEffect::List {
            round: self.providers.reads,
        }))
    }

    fn listed(&mut self, round: u32, page: Vec<ListedSubscription>) -> Option<Effect> {
        (round == self.providers.reads).then_some(())?;
        self.providers.matrix.add(page);
        self.show_rows();
        self.read_states()
    }

    fn list_ended(&mut self, round: u32, read: Result<ListSummary, Problem>) -> Vec<Effect> {
        if round != self.providers.reads {
            return Vec::new();
        }
        let rows = self.providers.matrix.rows().len();
        self.find_values();
        match read {
            Ok(summary) => {
                self.providers.list = ListState::Done(summary);
                self.announce(&self.locale.providers_listed(count(rows)));
            }
            Err(problem) => {
                self.announce(problem.title(self.locale));
                self.providers.list = ListState::Failed(problem);
            }
        }
        let mut effects = Vec::new();
        if !self.providers.answers.ids.trim().is_empty() && !self.providers.are_ids_used {
            effects.extend(self.pick_ids());
        }
        effects.extend(self.read_states());
        if rows <= MOST_RIGHTS {
            effects.extend(self.read_rights());
        }
        effects.push(Effect::FocusIfLost);
        effects
    }

    /// Finds what the rows can be filtered by, while that is shown.
    fn find_values(&mut self) {
        self.providers.values = if self.providers.are_filters_open {
            let tenants = self.providers.tenants.done();
            FilterValues::of(
                self.providers.matrix.rows(),
                tenants.map_or(&[], Vec::as_slice),
            )
        } else {
            FilterValues::default()
        };
    }

    /// Reads the states of the rows that have not been read, those that the table shows first.
    pub(in crate::ui::providers) fn read_states(&mut self) -> Option<Effect> {
        let providers = &mut self.providers;
        if providers.is_reading_rows {
            return None;
        }
        let all = 0..providers.matrix.rows().len();
        let mut subscriptions = Vec::new();
        for place in providers.shown.iter().copied().chain(all) {
            let row = providers.matrix.rows().get(place);
            let id = row.map(|row| row.listed.subscription.id);
            if let Some(row) = id.and_then(|id| providers.matrix.row_mut(id))
                && row.states == Reading::NotRead
            {
                row.states = Reading::UnderWay;
                subscriptions.push(row.listed.subscription.id);
            }
        }
        (!subscriptions.is_empty()).then_some(())?;
        providers.is_reading_rows = true;
        providers.refresh_read();
        Some(Effect::Providers(ProvidersEffect::ReadRows {
            round: providers.reads,
            subscriptions,
            kind: RowReadKind::States,
        }))
    }

    /// Reads what the account may do in the shown subscriptions.
    fn read_rights(&mut self) -> Option<Effect> {
        let providers = &mut self.providers;
        let rows = providers.matrix.rows();
        let is_due = |reading: &Reading<_>| match reading {
            Reading::NotRead | Reading::Failed(_) => true,
            Reading::UnderWay | Reading::Done(_) => false,
        };
        let subscriptions: Vec<SubscriptionId> = providers
            .shown
            .iter()
            .filter_map(|place| rows.get(*place))
            .filter(|row| is_due(&row.permissions))
            .map(|row| row.listed.subscription.id)
            .collect();
        (!subscriptions.is_empty()).then_some(())?;
        for id in &subscriptions {
            if let Some(row) = providers.matrix.row_mut(*id) {
                row.permissions = Reading::UnderWay;
            }
        }
        let round = providers.reads;
        providers.refresh_read();
        Some(Effect::Providers(ProvidersEffect::ReadRows {
            round,
            subscriptions,
            kind: RowReadKind::Rights,
        }))
    }

    fn rows_read(&mut self, round: u32, found: &[RowRead]) {
        if round != self.providers.reads {
            return;
        }
        for one in found {
            let Some(row) = self.providers.matrix.row_mut(one.subscription) else {
                continue;
            };
            match &one.found {
                FoundInRow::States(read) => row.states = reading(read.clone()),
                FoundInRow::Rights(read) => row.permissions = reading(read.clone()),
            }
        }
        self.providers.refresh_read();
    }

    fn rows_ended(&mut self, round: u32) -> Option<Effect> {
        (round == self.providers.reads).then_some(())?;
        self.providers.is_reading_rows = false;
        let more = self.read_states();
        if more.is_none() {
            self.announce(self.locale.providers_states_read());
        }
        more
    }

    fn show_rows(&mut self) {
        self.providers.refresh();
    }

    fn sort(&mut self, column: Column) {
        let answers = &mut self.providers.answers;
        if answers.order() == column {
            answers.is_reversed = !answers.is_reversed;
        } else {
            column_key(column).clone_into(&mut answers.order);
            answers.is_reversed = false;
        }
        self.show_rows();
    }

    fn typed_providers(&mut self, field: ProviderField, text: String) -> Vec<Effect> {
        if field == ProviderField::Result {
            if let Some(run) = &mut self.providers.run {
                run.result = RunResult::find(&text);
                run.refresh();
                let shown = self.locale.providers_shown(count(run.shown.len()));
                self.announce(&shown);
            }
            return Vec::new();
        }
        if field == ProviderField::Export {
            let mut all = ProviderExport::ALL.into_iter();
            self.providers.export = all.find(|it| it.key() == text);
            return Vec::new();
        }
        self.providers.answers.set(field, text);
        if field == ProviderField::Ids {
            self.providers.are_ids_used = false;
            self.providers.missing_ids = Vec::new();
            return vec![self.keep_selections()];
        }
        self.show_rows();
        let shown = self
            .locale
            .providers_shown(count(self.providers.shown.len()));
        self.announce(&shown);
        vec![self.keep_selections()]
    }

    fn in_grid(&mut self, event: GridEvent) -> Vec<Effect> {
        let rows = self.providers.shown.len();
        match event {
            GridEvent::Toggled => match self.providers.grid.row(rows) {
                Some(row) => self.toggle_row(row),
                None => Vec::new(),
            },
            GridEvent::AllSelected => self.pick_shown(true),
            GridEvent::Scrolled(_) | GridEvent::Picked(..) | GridEvent::Moved(_) => {
                move_in(&mut self.providers.grid, event, (GRID, rows, GRID_COLUMNS))
            }
        }
    }

    /// The selection in the tenant of the list.
    pub(in crate::ui::providers) fn selection_mut(&mut self) -> Option<&mut TenantSelection> {
        let (cloud, tenant) = self.providers.of?;
        let all = &mut self.providers.selections;
        let place = match all.iter().position(|it| it.tenant == tenant) {
            Some(place) => place,
            None => {
                all.push(TenantSelection {
                    cloud,
                    tenant,
                    subscriptions: LiteMap::new(),
                });
                all.len() - 1
            }
        };
        all.get_mut(place)
    }

    /// Number of selected subscriptions in the tenant of the list.
    #[must_use]
    pub fn selected_count(&self) -> usize {
        let tenant = self.providers.of.map(|(_, tenant)| tenant);
        let selection = tenant.and_then(|tenant| self.providers.selection(tenant));
        selection.map_or(0, |it| it.subscriptions.len())
    }

    pub(in crate::ui::providers) fn keep_selections(&mut self) -> Effect {
        self.providers
            .selections
            .retain(|it| !it.subscriptions.is_empty());
        let text = stored::write(&self.providers.answers, &self.providers.selections);
        Effect::Remember(storage::PROVIDERS, text)
    }

    fn toggle_row(&mut self, place: usize) -> Vec<Effect> {
        let t = self.locale;
        let row = self.providers.shown.get(place);
        let Some(row) = row.and_then(|row| self.providers.matrix.rows().get(*row)) else {
            return Vec::new();
        };
        let subscription = &row.listed.subscription;
        let (id, name) = (subscription.id, subscription.name.clone());
        if row.is_writable() == Answer::No {
            self.notify(
                &t.providers_not_selectable(isolated(&name), isolated(&subscription.state)),
            );
            return Vec::new();
        }
        let Some(selection) = self.selection_mut() else {
            return Vec::new();
        };
        let is_on = selection.subscriptions.remove(&id).is_none();
        if is_on {
            selection.subscriptions.insert(id, name.clone());
        }
        let selected = number(t, self.selected_count());
        self.announce(&if is_on {
            t.providers_selected_one(selected, isolated(&name))
        } else {
            t.providers_cleared_one(selected, isolated(&name))
        });
        vec![self.keep_selections()]
    }

    fn pick_shown(&mut self, is_on: bool) -> Vec<Effect> {
        let rows = self.providers.matrix.rows();
        let shown = self.providers.shown.iter();
        let shown = shown.filter_map(|place| rows.get(*place));
        let shown: Vec<(SubscriptionId, String)> = shown
            .filter(|row| row.is_writable() != Answer::No)
            .map(|row| {
                let subscription = &row.listed.subscription;
                (subscription.id, subscription.name.clone())
            })
            .collect();
        self.pick(shown, is_on)
    }

    pub(in crate::ui::providers) fn pick(
        &mut self,
        rows: Vec<(SubscriptionId, String)>,
        is_on: bool,
    ) -> Vec<Effect> {
        let Some(selection) = self.selection_mut() else {
            return Vec::new();
        };
        let before = std::mem::take(&mut selection.subscriptions);
        if is_on {
            selection.subscriptions = before.into_iter().chain(rows).collect();
        } else {
            let dropped: LiteMap<SubscriptionId, String> = rows.into_iter().collect();
            let rest = before.into_iter();
            selection.subscriptions = rest.filter(|(id, _)| !dropped.contains_key(id)).collect();
        }
        let selected = count(self.selected_count());
        self.announce(&self.locale.providers_selected(selected));
        vec![self.keep_selections()]
    }

    /// Selects the subscriptions with the typed IDs.
    fn pick_ids(&mut self) -> Vec<Effect> {
        let Ok(ids) = self.providers.answers.ids() else {
            return Vec::new();
        };
        let rows = self.providers.matrix.rows();
        let row_of = |id: SubscriptionId| rows.iter().find(|row| row.listed.subscription.id == id);
        let mut found = Vec::new();
        let mut missing = Vec::new();
        for id in ids {
            match row_of(id) {
                Some(row) if row.is_writable() != Answer::No => {
                    found.push((id, row.listed.subscription.name.clone()));
                }
                Some(_) | None => missing.push(id),
            }
        }
        self.providers.missing_ids = missing;
        self.providers.are_ids_used = true;
        self.pick(found, true)
    }
}

fn reading<T>(read: Result<T, Problem>) -> Reading<T> {
    match read {
        Ok(value) => Reading::Done(value),
        Err(problem) => Reading::Failed(problem),
    }
}

/// Moves in a table: its element ID, and its numbers of rows and columns.
fn move_in(
    state: &mut GridState,
    event: GridEvent,
    (id, rows, columns): (&'static str, usize, usize),
) -> Vec<Effect> {
    match event {
        GridEvent::Scrolled(first) => state.scroll(first),
        GridEvent::Picked(row, column) => state.pick(row, column),
        GridEvent::Moved(to) => {
            state.go(to, rows, columns);
            let row = state.row(rows);
            let show = row.map(|row| Effect::Providers(ProvidersEffect::ShowRow(id, row, rows)));
            return show.into_iter().collect();
        }
        GridEvent::Toggled | GridEvent::AllSelected => {}
    }
    Vec::new()
}
