//! Subscriptions and their resource providers as a table: what is known of each, and which rows a filter shows.

use litemap::LiteMap;

use crate::desired::providers::RegistrationState;
use crate::providers::list::GroupName;
use crate::providers::list::ListedSubscription;
use crate::providers::read::ProviderStates;
use crate::providers::selection::ProviderSelection;
use crate::providers::selection::SelectedSubscription;
use domain::cloud::Cloud;
use domain::cmg::ProviderNamespace;
use domain::ids::SubscriptionId;
use domain::ids::TenantId;
use domain::known::Answer;
use domain::known::Known;
use domain::problem::Problem;
use domain::roles;
use domain::roles::PermissionEntry;

/// A read that may not have been made, or not yet answered.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Reading<T> {
    /// Not requested.
    #[default]
    NotRead,
    /// Requested, without an answer so far.
    UnderWay,
    /// Answered.
    Done(T),
    /// Not answered, with the reason.
    Failed(Problem),
}

impl<T> Reading<T> {
    /// The answer, if there is one.
    #[must_use]
    pub fn done(&self) -> Option<&T> {
        match self {
            Self::Done(value) => Some(value),
            Self::NotRead | Self::UnderWay | Self::Failed(_) => None,
        }
    }
}

/// One subscription of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct SubscriptionRow {
    /// The subscription, as it was listed.
    pub listed: ListedSubscription,
    /// The state of each provider.
    pub states: Reading<ProviderStates>,
    /// The account's permissions.
    pub permissions: Reading<Vec<PermissionEntry>>,
}

impl SubscriptionRow {
    /// State of one provider, if it was read.
    #[must_use]
    pub fn state(&self, namespace: ProviderNamespace) -> Known<RegistrationState> {
        let states = self.states.done();
        states
            .and_then(|states| states.get(&namespace).copied())
            .unwrap_or(Known::Unknown)
    }

    /// Whether the account may register a provider, as far as its roles say. Deny assignments and locks are not part of the answer, so even
    /// after a yes Azure decides.
    #[must_use]
    pub fn may_register(&self, namespace: ProviderNamespace) -> Answer {
        match &self.permissions {
            Reading::Done(entries) => roles::allows(entries, &namespace.register_action()),
            Reading::NotRead | Reading::UnderWay | Reading::Failed(_) => Answer::CannotTell,
        }
    }

    /// Whether Azure takes writes in its state. A subscription that takes none cannot be selected.
    #[must_use]
    pub fn is_writable(&self) -> Answer {
        self.listed.subscription.is_writable()
    }

    /// Where it stands, for these providers.
    #[must_use]
    pub fn progress(&self, wanted: &[ProviderNamespace]) -> RowProgress {
        use RegistrationState::{NotRegistered, Registered, Registering, Unregistering};
        let states = wanted.iter().map(|namespace| self.state(*namespace));
        states.fold(RowProgress::Complete, |all, state| {
            let one = match state {
                Known::Known(Registered) => RowProgress::Complete,
                Known::Known(Registering) => RowProgress::UnderWay,
                Known::Known(NotRegistered | Unregistering) => RowProgress::Missing,
                Known::Unknown => RowProgress::CannotTell,
            };
            all.max(one)
        })
    }
}

/// Where a subscription stands, the most important last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowProgress {
    /// All providers are registered.
    Complete,
    /// Azure is registering what is left.
    UnderWay,
    /// The state of a provider was not read.
    CannotTell,
    /// A provider is not registered.
    Missing,
}

/// Which rows to show. Every condition that is set must be met.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Text in the name, the ID, a management group or a tag, without regard to case. Empty: any.
    pub text: String,
    /// State of the subscription, as Azure spells it.
    pub state: Option<String>,
    /// Tenant of the subscription.
    pub home: Option<TenantId>,
    /// ID of a management group at any level above.
    pub group: Option<String>,
    /// A tag by name and value.
    pub tag: Option<(String, String)>,
    /// Where the subscription stands.
    pub progress: Option<RowProgress>,
    /// Whether the account may register all providers.
    pub may: Option<Answer>,
}

/// What the rows are sorted by. Rows that are equal keep the order of their IDs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Column {
    /// Display name.
    #[default]
    Name,
    /// ID of the subscription.
    Id,
    /// State of the subscription.
    State,
    /// Tenant of the subscription.
    Home,
    /// Nearest management group.
    Group,
    /// Where it stands, what is missing first.
    Progress,
}

/// All subscriptions, in the order in which they were listed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matrix {
    rows: Vec<SubscriptionRow>,
    places: LiteMap<SubscriptionId, usize>,
}

impl Matrix {
    /// The rows, in the order in which they were listed.
    #[must_use]
    pub fn rows(&self) -> &[SubscriptionRow] {
        &self.rows
    }

    /// One row, to note what was read.
    pub fn row_mut(&mut self, id: SubscriptionId) -> Option<&mut SubscriptionRow> {
        self.rows.get_mut(*self.places.get(&id)?)
    }

    /// Adds a page of the list. A subscription that is there already keeps what was read of it.
    pub fn add(&mut self, page: Vec<ListedSubscription>) {
        for listed in page {
            let id = listed.subscription.id;
            if let Some(row) = self.row_mut(id) {
                row.listed = listed;
                continue;
            }
            self.places.insert(id, self.rows.len());
            self.rows.push(SubscriptionRow {
                listed,
                states: Reading::NotRead,
                permissions: Reading::NotRead,
            });
        }
    }

    /// Places of the rows that a filter shows, sorted.
    #[must_use]
    pub fn view(
        &self,
        filter: &Filter,
        wanted: &[ProviderNamespace],
        by: Column,
        is_descending: bool,
    ) -> Vec<usize> {
        let text = filter.text.trim().to_lowercase();
        let mut places: Vec<usize> = (0..self.rows.len())
            .filter(|place| filter.shows(&text, &self.rows[*place], wanted))
            .collect();
        // By a key that is made once for each row.
        places.sort_by_cached_key(|place| by.key(&self.rows[*place], wanted));
        if is_descending {
            places.reverse();
        }
        places
    }

    /// What to register in the rows at these places: of the wanted providers those that are missing or whose state is not known. Leaves out
    /// rows that take no writes, and rows in which nothing is to be done.
    #[must_use]
    pub fn selection(
        &self,
        cloud: Cloud,
        tenant: TenantId,
        places: &[usize],
        wanted: &[ProviderNamespace],
    ) -> ProviderSelection {
        let rows = places.iter().filter_map(|place| self.rows.get(*place));
        let rows = rows.filter(|row| row.is_writable() != Answer::No);
        let subscriptions = rows.map(|row| SelectedSubscription {
            id: row.listed.subscription.id,
            name: row.listed.subscription.name.clone(),
            namespaces: wanted
                .iter()
                .copied()
                .filter(|it| row.state(*it) != Known::Known(RegistrationState::Registered))
                .collect(),
        });
        ProviderSelection {
            cloud,
            tenant,
            subscriptions: subscriptions
                .filter(|it| !it.namespaces.is_empty())
                .collect(),
        }
    }
}

impl Filter {
    fn shows(&self, text: &str, row: &SubscriptionRow, wanted: &[ProviderNamespace]) -> bool {
        let subscription = &row.listed.subscription;
        let groups = groups(row);
        let has = |it: &str| it.to_lowercase().contains(text);
        let is_found = text.is_empty()
            || has(&subscription.name)
            || has(&subscription.id.to_string())
            || groups.iter().any(|it| has(&it.display_name) || has(&it.id))
            || row
                .listed
                .tags
                .iter()
                .any(|(name, value)| has(name) || has(value));
        let may = |answer: Answer| {
            let all = wanted.iter().map(|it| row.may_register(*it));
            all.fold(Answer::Yes, Answer::and) == answer
        };
        is_found
            && self
                .state
                .as_ref()
                .is_none_or(|it| subscription.state.eq_ignore_ascii_case(it))
            && self
                .home
                .is_none_or(|it| subscription.home == Known::Known(it))
            && self
                .group
                .as_ref()
                .is_none_or(|it| groups.iter().any(|group| group.id.eq_ignore_ascii_case(it)))
            && self
                .tag
                .as_ref()
                .is_none_or(|it| row.listed.tags.contains(it))
            && self.progress.is_none_or(|it| row.progress(wanted) == it)
            && self.may.is_none_or(may)
    }
}

fn groups(row: &SubscriptionRow) -> &[GroupName] {
    match &row.listed.groups {
        Known::Known(groups) => groups,
        Known::Unknown => &[],
    }
}

impl Column {
    /// What is compared. The ID comes last, so that the order is always the same.
    fn key(self, row: &SubscriptionRow, wanted: &[ProviderNamespace]) -> (String, SubscriptionId) {
        let subscription = &row.listed.subscription;
        let text = match self {
            Self::Name => subscription.name.to_lowercase(),
            Self::Id => String::new(),
            Self::State => subscription.state.to_lowercase(),
            Self::Home => match subscription.home {
                Known::Known(home) => home.to_string(),
                Known::Unknown => String::new(),
            },
            Self::Group => groups(row)
                .first()
                .map_or_else(String::new, |it| it.display_name.to_lowercase()),
            Self::Progress => match row.progress(wanted) {
                RowProgress::Missing => "0",
                RowProgress::CannotTell => "1",
                RowProgress::UnderWay => "2",
                RowProgress::Complete => "3",
            }
            .to_owned(),
        };
        (text, subscription.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::read::observed::Subscription;
    use ProviderNamespace::{Compute, KeyVault};
    use RegistrationState::{NotRegistered, Registered, Registering};

    const BOTH: [ProviderNamespace; 2] = [KeyVault, Compute];

    fn tenant(number: u128) -> TenantId {
        uuid::Uuid::from_u128(100 + number)
            .to_string()
            .parse()
            .unwrap()
    }

    fn id(number: u128) -> SubscriptionId {
        uuid::Uuid::from_u128(number).to_string().parse().unwrap()
    }

    fn listed(number: u128, name: &str, state: &str) -> ListedSubscription {
        ListedSubscription {
            subscription: Subscription {
                id: id(number),
                name: name.to_owned(),
                state: state.to_owned(),
                home: Known::Known(tenant(number % 2)),
            },
            groups: Known::Unknown,
            tags: Vec::new(),
        }
    }

    fn matrix() -> Matrix {
        let mut matrix = Matrix::default();
        let mut first = listed(3, "beta", "Enabled");
        first.groups = Known::Known(vec![
            GroupName {
                id: "mg-prod".to_owned(),
                display_name: "Produktion Süd".to_owned(),
            },
            GroupName {
                id: "root".to_owned(),
                display_name: "Root".to_owned(),
            },
        ]);
        first.tags = vec![("cost".to_owned(), "4711".to_owned())];
        matrix.add(vec![
            first,
            listed(2, "Alpha", "Disabled"),
            listed(1, "alpha", "enabled"),
        ]);
        let states = |states: [RegistrationState; 2]| {
            let states = BOTH.into_iter().zip(states.map(Known::Known));
            Reading::Done(states.collect())
        };
        matrix.row_mut(id(3)).unwrap().states = states([Registered, NotRegistered]);
        matrix.row_mut(id(2)).unwrap().states = states([Registered, Registering]);
        let all = PermissionEntry {
            actions: vec!["*".to_owned()],
            not_actions: vec!["Microsoft.Compute/*".to_owned()],
            has_condition: false,
        };
        matrix.row_mut(id(3)).unwrap().permissions = Reading::Done(vec![all]);
        matrix
    }

    fn shown(filter: &Filter) -> Vec<usize> {
        matrix().view(filter, &BOTH, Column::Id, false)
    }

    #[test]
    fn a_page_that_comes_again_keeps_what_was_read() {
        let mut matrix = matrix();
        matrix.add(vec![
            listed(3, "renamed", "Enabled"),
            listed(9, "new", "Enabled"),
        ]);
        let rows = matrix.rows();
        assert_eq!(rows.len(), 4);
        assert_eq!(rows[0].listed.subscription.name, "renamed");
        assert_eq!(rows[0].state(KeyVault), Known::Known(Registered));
        assert_eq!(rows[3].states, Reading::NotRead);
    }

    #[test]
    fn each_condition_of_a_filter_leaves_rows_out() {
        let some = |text: &str| Some(text.to_owned());
        for (filter, expected) in [
            (Filter::default(), vec![2, 1, 0]),
            (
                Filter {
                    text: " ALPHA ".to_owned(),
                    ..Filter::default()
                },
                vec![2, 1],
            ),
            (
                Filter {
                    text: "produktion sü".to_owned(),
                    ..Filter::default()
                },
                vec![0],
            ),
            (
                Filter {
                    text: "0003".to_owned(),
                    ..Filter::default()
                },
                vec![0],
            ),
            (
                Filter {
                    text: "4711".to_owned(),
                    ..Filter::default()
                },
                vec![0],
            ),
            (
                Filter {
                    text: "nothing".to_owned(),
                    ..Filter::default()
                },
                vec![],
            ),
            (
                Filter {
                    state: some("Enabled"),
                    ..Filter::default()
                },
                vec![2, 0],
            ),
            (
                Filter {
                    home: Some(tenant(0)),
                    ..Filter::default()
                },
                vec![1],
            ),
            (
                Filter {
                    group: some("ROOT"),
                    ..Filter::default()
                },
                vec![0],
            ),
            (
                Filter {
                    group: some("mg"),
                    ..Filter::default()
                },
                vec![],
            ),
            (
                Filter {
                    tag: Some(("cost".to_owned(), "4711".to_owned())),
                    ..Filter::default()
                },
                vec![0],
            ),
            (
                Filter {
                    tag: Some(("cost".to_owned(), "4712".to_owned())),
                    ..Filter::default()
                },
                vec![],
            ),
            (
                Filter {
                    progress: Some(RowProgress::Missing),
                    ..Filter::default()
                },
                vec![0],
            ),
            (
                Filter {
                    progress: Some(RowProgress::UnderWay),
                    ..Filter::default()
                },
                vec![1],
            ),
            (
                Filter {
                    progress: Some(RowProgress::CannotTell),
                    ..Filter::default()
                },
                vec![2],
            ),
            (
                Filter {
                    may: Some(Answer::No),
                    ..Filter::default()
                },
                vec![0],
            ),
            (
                Filter {
                    may: Some(Answer::CannotTell),
                    ..Filter::default()
                },
                vec![2, 1],
            ),
            (
                Filter {
                    text: "alpha".to_owned(),
                    state: some("Disabled"),
                    ..Filter::default()
                },
                vec![1],
            ),
        ] {
            assert_eq!(shown(&filter), expected, "{filter:?}");
        }
    }

    #[test]
    fn rows_are_sorted_by_each_column_and_equal_ones_by_their_id() {
        let matrix = matrix();
        let sorted = |by, is_descending| matrix.view(&Filter::default(), &BOTH, by, is_descending);
        for (by, expected) in [
            (Column::Name, [2, 1, 0]),
            (Column::Id, [2, 1, 0]),
            (Column::State, [1, 2, 0]),
            (Column::Home, [1, 2, 0]),
            (Column::Group, [2, 1, 0]),
            (Column::Progress, [0, 2, 1]),
        ] {
            assert_eq!(sorted(by, false), expected, "{by:?}");
            let mut other: Vec<usize> = expected.to_vec();
            other.reverse();
            assert_eq!(sorted(by, true), other, "{by:?}");
        }
    }

    #[test]
    fn only_what_is_missing_in_subscriptions_that_take_writes_is_selected() {
        let selection = matrix().selection(Cloud::Public, tenant(1), &[0, 1, 2, 99], &BOTH);
        let selected: Vec<_> = selection
            .subscriptions
            .iter()
            .map(|it| (it.id, it.namespaces.as_slice()))
            .collect();
        assert_eq!(selected, [(id(3), &[Compute][..]), (id(1), &BOTH[..])]);
        let ready = matrix().selection(Cloud::Public, tenant(1), &[0], &[KeyVault]);
        assert!(ready.subscriptions.is_empty());
    }
}
