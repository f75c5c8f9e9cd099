//! The resource provider pages: what was read, what is selected, and the registration.

use jiff::Timestamp;
use litemap::LiteMap;

use crate::ui::components::grid_state::GridState;
use crate::ui::field_id::FieldId;
use crate::ui::field_id::ProviderField;
use crate::ui::providers::progress::ProviderRun;
use domain::cloud::Cloud;
use domain::cmg::ProviderNamespace;
use domain::confusables::isolated;
use domain::ids::SubscriptionId;
use domain::ids::TenantId;
use domain::known::Answer;
use domain::problem::Problem;
use engine::export::providers::ProviderExport;
use engine::providers::journal::StoredProviderRuns;
use engine::providers::list::ListSummary;
use engine::providers::matrix::Column;
use engine::providers::matrix::Filter;
use engine::providers::matrix::Matrix;
use engine::providers::matrix::Reading;
use engine::providers::matrix::RowProgress;
use engine::providers::matrix::SubscriptionRow;
use engine::providers::selection::ProviderSelection;
use engine::providers::tenants::AccountTenant;
use uuid::Uuid;

/// Most subscriptions whose permissions are read without a request: Azure answers about 120 such reads a minute.
pub const MOST_RIGHTS: usize = 100;

/// What the admin typed and picked on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderAnswers {
    /// The providers to register.
    pub wanted: Vec<ProviderNamespace>,
    /// IDs of subscriptions to select, as typed.
    pub ids: String,
    pub search: String,
    /// `progress_key`.
    pub progress: String,
    /// `rights_key`.
    pub rights: String,
    /// State of the subscription.
    pub state: String,
    /// Tenant of the subscription.
    pub home: String,
    /// ID of a management group.
    pub group: String,
    /// Name and value of a tag, with a line break between them.
    pub tag: String,
    /// `column_key`.
    pub order: String,
    pub is_reversed: bool,
}

impl Default for ProviderAnswers {
    fn default() -> Self {
        Self {
            wanted: ProviderNamespace::ALL.to_vec(),
            ids: String::new(),
            search: String::new(),
            progress: String::new(),
            rights: String::new(),
            state: String::new(),
            home: String::new(),
            group: String::new(),
            tag: String::new(),
            order: column_key(Column::Name).to_owned(),
            is_reversed: false,
        }
    }
}

/// Every column, with its key in the markup.
pub const COLUMNS: [(Column, &str); 6] = [
    (Column::Name, "name"),
    (Column::Id, "id"),
    (Column::Group, "group"),
    (Column::State, "state"),
    (Column::Home, "tenant"),
    (Column::Progress, "progress"),
];

#[must_use]
pub fn column_key(column: Column) -> &'static str {
    let known = COLUMNS.iter().find(|(it, _)| *it == column);
    known.map_or("", |(_, key)| *key)
}

/// Where a subscription can stand, with its key in the markup.
pub const PROGRESS: [(RowProgress, &str); 4] = [
    (RowProgress::Missing, "missing"),
    (RowProgress::UnderWay, "under-way"),
    (RowProgress::CannotTell, "cannot-tell"),
    (RowProgress::Complete, "complete"),
];

/// Whether the account may register, with its key in the markup.
pub const RIGHTS: [(Answer, &str); 3] = [
    (Answer::Yes, "yes"),
    (Answer::No, "no"),
    (Answer::CannotTell, "cannot-tell"),
];

fn find<T: Copy>(all: &[(T, &str)], key: &str) -> Option<T> {
    let known = all.iter().find(|(_, it)| *it == key);
    known.map(|(value, _)| *value)
}

impl ProviderAnswers {
    /// Applies what was typed or picked.
    pub fn set(&mut self, field: ProviderField, text: String) {
        let slot = match field {
            ProviderField::Wanted(namespace) => {
                self.wanted.retain(|it| *it != namespace);
                if !text.is_empty() {
                    self.wanted.push(namespace);
                    self.wanted.sort_unstable();
                }
                return;
            }
            ProviderField::Reverse => {
                self.is_reversed = !text.is_empty();
                return;
            }
            ProviderField::Ids => &mut self.ids,
            ProviderField::Search => &mut self.search,
            ProviderField::Progress => &mut self.progress,
            ProviderField::Rights => &mut self.rights,
            ProviderField::State => &mut self.state,
            ProviderField::Home => &mut self.home,
            ProviderField::Group => &mut self.group,
            ProviderField::Tag => &mut self.tag,
            ProviderField::Order => &mut self.order,
            // Of the run and of the review.
            ProviderField::Result | ProviderField::Export => return,
        };
        *slot = text;
    }

    /// The answers that a link may carry.
    #[must_use]
    pub fn typed(&self) -> Vec<(FieldId, &str)> {
        let flag = |is_on| if is_on { "on" } else { "" };
        let wanted = ProviderNamespace::ALL.into_iter().map(|namespace| {
            let is_on = self.wanted.contains(&namespace);
            (
                FieldId::Providers(ProviderField::Wanted(namespace)),
                flag(is_on),
            )
        });
        let mut all: Vec<(FieldId, &str)> = wanted.collect();
        all.push((FieldId::Providers(ProviderField::Ids), &self.ids));
        all.push((FieldId::Providers(ProviderField::Search), &self.search));
        all
    }

    /// The same with where to sign in.
    #[must_use]
    pub fn for_link<'a>(&'a self, cloud: &'a str, tenant: &'a str) -> Vec<(FieldId, &'a str)> {
        let mut all = vec![(FieldId::Cloud, cloud), (FieldId::Tenant, tenant)];
        all.extend(self.typed());
        all
    }

    /// Which rows to show.
    #[must_use]
    pub fn filter(&self) -> Filter {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let tag = self.tag.split_once('\n');
        Filter {
            text: self.search.clone(),
            state: some(&self.state),
            home: self.home.parse().ok(),
            group: some(&self.group),
            tag: tag.map(|(name, value)| (name.to_owned(), value.to_owned())),
            progress: find(&PROGRESS, &self.progress),
            may: find(&RIGHTS, &self.rights),
        }
    }

    #[must_use]
    pub fn order(&self) -> Column {
        find(&COLUMNS, &self.order).unwrap_or_default()
    }

    /// Shows every row again.
    pub fn show_all(&mut self) {
        let fresh = Self::default();
        *self = Self {
            wanted: std::mem::take(&mut self.wanted),
            ids: std::mem::take(&mut self.ids),
            order: std::mem::take(&mut self.order),
            is_reversed: self.is_reversed,
            ..fresh
        };
    }

    /// The typed IDs: separated by spaces, commas, semicolons or line breaks.
    ///
    /// # Errors
    /// The first text that is not the ID of a subscription.
    pub fn ids(&self) -> Result<Vec<SubscriptionId>, String> {
        let separators = |it: char| it.is_whitespace() || it == ',' || it == ';';
        let parts = self.ids.split(separators).filter(|it| !it.is_empty());
        parts
            .map(|it| it.parse().map_err(|_| it.chars().take(60).collect()))
            .collect()
    }
}

/// Most selected subscriptions that a link names. Their IDs stay below the length that a link may have.
pub const MOST_IN_LINK: usize = 50;
/// Longest value of a link, in bytes (`links/state.rs`).
const LONGEST_IN_LINK: usize = 2_000;

/// Most values that a list offers. The search finds the others.
const MOST_VALUES: usize = 300;

/// The values that the rows can be filtered by: each with its name, sorted by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilterValues {
    pub states: Vec<(String, String)>,
    pub groups: Vec<(String, String)>,
    pub homes: Vec<(String, String)>,
    /// Name and value with a line break between them.
    pub tags: Vec<(String, String)>,
}

impl FilterValues {
    /// The values of these rows. Tenants are named by what is known of them.
    #[must_use]
    pub fn of(rows: &[SubscriptionRow], tenants: &[AccountTenant]) -> Self {
        let groups = rows
            .iter()
            .filter_map(|row| row.listed.groups.as_ref().known());
        let groups = groups.flatten();
        let home = |row: &SubscriptionRow| row.listed.subscription.home.known();
        let homes: LiteMap<TenantId, ()> =
            rows.iter().filter_map(home).map(|it| (it, ())).collect();
        let name_of = |id: TenantId| {
            let tenant = tenants.iter().find(|it| it.id == id)?;
            (!tenant.name.is_empty()).then(|| format!("{} ({id})", tenant.name))
        };
        let homes: Vec<(String, String)> = homes
            .into_iter()
            .map(|(id, ())| {
                (
                    id.to_string(),
                    name_of(id).unwrap_or_else(|| id.to_string()),
                )
            })
            .collect();
        let tags = rows.iter().flat_map(|row| &row.listed.tags);
        let tags: Vec<String> = tags
            .map(|(name, value)| format!("{name}\n{value}"))
            .collect();
        let states = rows
            .iter()
            .map(|row| row.listed.subscription.state.as_str());
        Self {
            states: named(states.map(|it| (it, it))),
            groups: named(groups.map(|it| (it.id.as_str(), it.display_name.as_str()))),
            homes: named(homes.iter().map(|(id, name)| (id.as_str(), name.as_str()))),
            tags: named(tags.iter().map(|it| (it.as_str(), it.as_str()))),
        }
    }
}

fn named<'a>(all: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<(String, String)> {
    let mut values: LiteMap<&str, &str> = LiteMap::new();
    for (key, name) in all {
        if values.len() < MOST_VALUES {
            values.insert(key, name);
        }
    }
    let mut values: Vec<(String, String)> = values
        .into_iter()
        .map(|(key, name)| (key.to_owned(), isolated(&name.replace('\n', ": "))))
        .collect();
    values.sort_by_cached_key(|(_, name)| name.to_lowercase());
    values
}

/// The selected subscriptions of one tenant, with their names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TenantSelection {
    pub cloud: Cloud,
    pub tenant: TenantId,
    pub subscriptions: LiteMap<SubscriptionId, String>,
}

/// Number of rows by where they stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowCounts {
    pub missing: usize,
    pub under_way: usize,
    pub cannot_tell: usize,
    pub complete: usize,
    /// Rows that have not been read.
    pub unread: usize,
    /// Shown rows in which the rights of the account were not read.
    pub without_rights: usize,
    /// Rows whose rights are being read.
    pub rights_under_way: usize,
}

/// The list of subscriptions.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum ListState {
    #[default]
    NotRead,
    Reading,
    Done(ListSummary),
    Failed(Problem),
}

/// Everything the resource provider pages show.
#[derive(Clone, Debug, Default)]
pub struct ProvidersModel {
    pub answers: ProviderAnswers,
    /// Session storage had this text at the start.
    pub(in crate::ui) unread: Option<String>,
    /// Number of the latest read; results of earlier reads are ignored.
    pub(in crate::ui) reads: u32,
    /// The cloud and the tenant of the list.
    pub of: Option<(Cloud, TenantId)>,
    pub list: ListState,
    /// Rows that are being read, or will be.
    pub(in crate::ui) is_reading_rows: bool,
    pub matrix: Matrix,
    /// The tenants of the account.
    pub tenants: Reading<Vec<AccountTenant>>,
    /// Until when Azure wants fewer reads.
    pub throttled_until: Option<Timestamp>,
    /// What the rows can be filtered by.
    pub values: FilterValues,
    /// Whether the filters are shown.
    pub are_filters_open: bool,
    pub counts: RowCounts,
    /// Places of the rows that the filter shows, in order.
    pub shown: Vec<usize>,
    /// The selection in each tenant.
    pub selections: Vec<TenantSelection>,
    /// Typed IDs that are not in the list, once they were looked for.
    pub missing_ids: Vec<SubscriptionId>,
    /// The typed IDs were looked for.
    pub(in crate::ui) are_ids_used: bool,
    pub grid: GridState,
    /// What the review shows.
    pub plan: Option<ProviderSelection>,
    pub plan_grid: GridState,
    /// Selected subscriptions that the plan leaves out, because nothing is missing there.
    pub left_out: usize,
    /// The stored run that the review continues.
    pub(in crate::ui) resumes: Option<Uuid>,
    /// The file to hand over.
    pub export: Option<ProviderExport>,
    pub run: Option<ProviderRun>,
    /// Runs that this browser has recorded and that have not reached their end.
    pub stored: StoredProviderRuns,
}

impl ProvidersModel {
    /// `kept` is the text in session storage.
    #[must_use]
    pub fn new(kept: Option<String>) -> Self {
        Self {
            unread: kept,
            ..Self::default()
        }
    }

    /// The answers for a link: a small selection by its IDs, instead of those that were typed.
    #[must_use]
    pub fn answers_for_link(&self) -> ProviderAnswers {
        let mut answers = self.answers.clone();
        let selection = self.of.and_then(|(_, tenant)| self.selection(tenant));
        if let Some(selection) = selection
            && (1..=MOST_IN_LINK).contains(&selection.subscriptions.len())
        {
            let ids = selection.subscriptions.keys();
            let ids: Vec<String> = ids.map(ToString::to_string).collect();
            answers.ids = ids.join("\n");
        }
        // The page would refuse its own link.
        for text in [&mut answers.ids, &mut answers.search] {
            if text.len() > LONGEST_IN_LINK {
                text.clear();
            }
        }
        answers
    }

    /// The selection in a tenant.
    #[must_use]
    pub fn selection(&self, tenant: TenantId) -> Option<&TenantSelection> {
        self.selections.iter().find(|it| it.tenant == tenant)
    }

    /// A tenant of the account, if its name is known.
    #[must_use]
    pub fn tenant(&self, id: TenantId) -> Option<&AccountTenant> {
        let known = self.tenants.done()?;
        known.iter().find(|it| it.id == id)
    }

    #[must_use]
    pub fn is_selected(&self, tenant: TenantId, id: SubscriptionId) -> bool {
        self.selection(tenant)
            .is_some_and(|it| it.subscriptions.contains_key(&id))
    }

    /// True while a registration sends requests.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.run.as_ref().is_some_and(ProviderRun::is_under_way)
    }

    /// Places of the shown rows again, after a change of the rows or of the filter.
    pub fn refresh(&mut self) {
        let answers = &self.answers;
        self.shown = self.matrix.view(
            &answers.filter(),
            &answers.wanted,
            answers.order(),
            answers.is_reversed,
        );
        self.count();
    }

    /// The same after reads of rows: which rows are shown, and in which order, seldom depends on them.
    pub fn refresh_read(&mut self) {
        let filter = self.answers.filter();
        if filter.progress.is_some()
            || filter.may.is_some()
            || self.answers.order() == Column::Progress
        {
            self.refresh();
        } else {
            self.count();
        }
    }

    fn count(&mut self) {
        let mut counts = RowCounts::default();
        for row in self.matrix.rows() {
            match (&row.states, row.progress(&self.answers.wanted)) {
                (Reading::NotRead | Reading::UnderWay, _) => counts.unread += 1,
                (_, RowProgress::Missing) => counts.missing += 1,
                (_, RowProgress::UnderWay) => counts.under_way += 1,
                (_, RowProgress::CannotTell) => counts.cannot_tell += 1,
                (_, RowProgress::Complete) => counts.complete += 1,
            }
        }
        let rows = self.matrix.rows();
        let under_way = rows
            .iter()
            .filter(|row| row.permissions == Reading::UnderWay);
        counts.rights_under_way = under_way.count();
        let shown = self.shown.iter().filter_map(|place| rows.get(*place));
        counts.without_rights = shown
            .filter(|row| match row.permissions {
                Reading::NotRead | Reading::Failed(_) => true,
                Reading::UnderWay | Reading::Done(_) => false,
            })
            .count();
        self.counts = counts;
    }

    /// Forgets what was read in a tenant. What was typed and selected stays.
    pub fn forget_list(&mut self) {
        self.reads = self.reads.wrapping_add(1);
        self.of = None;
        self.list = ListState::NotRead;
        self.is_reading_rows = false;
        self.matrix = Matrix::default();
        self.tenants = Reading::NotRead;
        self.throttled_until = None;
        self.values = FilterValues::default();
        self.counts = RowCounts::default();
        self.shown = Vec::new();
        self.missing_ids = Vec::new();
        self.are_ids_used = false;
    }

    /// Problems that a sign-in may solve.
    pub fn problems(&self) -> impl Iterator<Item = &Problem> {
        let list = match &self.list {
            ListState::Failed(problem) => Some(problem),
            ListState::NotRead | ListState::Reading | ListState::Done(_) => None,
        };
        let run = self.run.as_ref().and_then(ProviderRun::asks_for_sign_in);
        list.into_iter().chain(run)
    }

    /// Time of the latest message of a run.
    #[must_use]
    pub fn now(&self) -> Option<Timestamp> {
        self.run.as_ref().map(|run| run.now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "5e97358c-d99c-4558-af0c-de7774091dda";

    #[test]
    fn typed_ids_are_separated_by_what_people_paste() {
        let other = "2f0a6d5e-7c1b-4a38-9d45-0b6f3c8e1a72";
        for text in [
            format!("{ID}\n{other}"),
            format!(" {ID} , {other};"),
            format!("{ID}\t{other}\r\n"),
        ] {
            let answers = ProviderAnswers {
                ids: text,
                ..ProviderAnswers::default()
            };
            let ids: Vec<String> = answers
                .ids()
                .unwrap()
                .iter()
                .map(ToString::to_string)
                .collect();
            assert_eq!(ids, [ID, other]);
        }
        let answers = ProviderAnswers {
            ids: format!("{ID} contoso-prod"),
            ..ProviderAnswers::default()
        };
        assert_eq!(answers.ids(), Err("contoso-prod".to_owned()));
    }

    #[test]
    fn what_is_picked_becomes_the_filter_and_show_all_keeps_the_rest() {
        let mut answers = ProviderAnswers::default();
        for (entry, text) in [
            (ProviderField::Search, "prod"),
            (ProviderField::Progress, "missing"),
            (ProviderField::Rights, "no"),
            (ProviderField::State, "Enabled"),
            (ProviderField::Home, ID),
            (ProviderField::Group, "mg-1"),
            (ProviderField::Tag, "cost center\n47 = 11"),
            (ProviderField::Order, "state"),
            (ProviderField::Reverse, "on"),
            (ProviderField::Wanted(ProviderNamespace::Storage), ""),
        ] {
            answers.set(entry, text.to_owned());
        }
        let filter = answers.filter();
        assert_eq!(filter.text, "prod");
        assert_eq!(filter.progress, Some(RowProgress::Missing));
        assert_eq!(filter.may, Some(Answer::No));
        assert_eq!(filter.state.as_deref(), Some("Enabled"));
        assert_eq!(filter.home.map(|it| it.to_string()), Some(ID.to_owned()));
        assert_eq!(filter.group.as_deref(), Some("mg-1"));
        let tag = ("cost center".to_owned(), "47 = 11".to_owned());
        assert_eq!(filter.tag, Some(tag));
        assert_eq!(answers.order(), Column::State);
        answers.show_all();
        assert_eq!(answers.filter(), Filter::default());
        assert_eq!(
            (answers.order(), answers.is_reversed),
            (Column::State, true)
        );
        assert_eq!(answers.wanted.len(), 3);
        answers.set(
            ProviderField::Wanted(ProviderNamespace::Storage),
            "on".to_owned(),
        );
        assert_eq!(answers.wanted, ProviderNamespace::ALL);
    }
}
