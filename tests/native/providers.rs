//! The resource providers of many subscriptions: the list, the states, who may register, and the run.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use cloud_sim::Sim;
use cloud_sim::entra::state::TOOL_PUBLIC;
use cloud_sim::faults::Fault;
use cloud_sim::faults::FaultKind;
use cloud_sim::platform::FaultInjection;
use cloud_sim::platform::SimPlatform;
use cloud_sim::subscriptions::changes::SubscriptionChange;
use cloud_sim::subscriptions::changes::When;
use cloud_sim::subscriptions::modes::PagingFault;
use cloud_sim::subscriptions::modes::ResourceGraph;
use cloud_sim::subscriptions::state::AzureRefusal;
use cloud_sim::subscriptions::state::Flap;
use cloud_sim::subscriptions::state::State;
use domain::cloud::Cloud;
use domain::cmg::ProviderNamespace;
use domain::ids::SubscriptionId;
use domain::ids::TenantId;
use domain::known::Answer;
use domain::known::Known;
use domain::platform::Platform;
use domain::platform::SignInRedirect;
use domain::platform::StorageError;
use domain::problem::ProblemKind;
use domain::roles;
use domain::tenant::TenantHint;
use engine::auth::scopes::Scope;
use engine::auth::scopes::ScopeSet;
use engine::auth::session::Session;
use engine::auth::sign_in;
use engine::auth::sign_in::SignIn;
use engine::auth::sign_in::StepUp;
use engine::desired::providers::RegistrationState;
use engine::net::Failure;
use engine::net::NetEvent;
use engine::net::Observer;
use engine::net::cancel::CancellationToken;
use engine::providers::journal;
use engine::providers::journal::ProviderJournal;
use engine::providers::journal::StoredProviderRun;
use engine::providers::list;
use engine::providers::list::ListSource;
use engine::providers::list::ListSummary;
use engine::providers::list::ListedSubscription;
use engine::providers::progress::ProviderProgress;
use engine::providers::read;
use engine::providers::register;
use engine::providers::register::RegistrationEnd;
use engine::providers::selection::ProviderSelection;
use engine::providers::selection::SelectedSubscription;
use http::Method;

const SITE: &str = "https://cmg-entra-setup.test/";
const REGISTER: &str = "POST arm subscriptions/{}/providers/{}/register";
const STATES: &str = "GET arm subscriptions/{}/providers";

/// An account that signed in to register providers.
struct Owner {
    world: SimPlatform,
    session: Session,
}

fn owner() -> Owner {
    owner_of(Sim::new(1))
}

fn owner_of(sim: Sim) -> Owner {
    let world = SimPlatform::virtual_clock(sim, "2026-11-30T10:00:00Z".parse().unwrap());
    let request = SignIn {
        cloud: Cloud::Public,
        client_id: TOOL_PUBLIC,
        redirect_uri: SITE.to_owned(),
        tenant: Some(TenantHint::parse("fabrikam.com").unwrap()),
        scopes: ScopeSet::Providers,
        login_hint: None,
        claims: None,
        step_up: StepUp::default(),
    };
    let session = world.run(async {
        let shared: Rc<dyn Platform> = Rc::new(world.clone());
        let SignInRedirect::Answered(fragment) = sign_in::begin(&shared, &request).await.unwrap()
        else {
            panic!("the simulated service answers at once")
        };
        sign_in::finish(&shared, &fragment, &request).await.unwrap()
    });
    Owner { world, session }
}

impl Owner {
    /// The list by its end: what came last for each subscription, in the order of arrival.
    fn list(&self) -> (Vec<ListedSubscription>, ListSummary) {
        let found = RefCell::new(Vec::<ListedSubscription>::new());
        let keep = |page: Vec<ListedSubscription>| {
            let mut all = found.borrow_mut();
            for one in page {
                match all
                    .iter_mut()
                    .find(|it| it.subscription.id == one.subscription.id)
                {
                    Some(known) => *known = one,
                    None => all.push(one),
                }
            }
        };
        let quiet = Observer::quiet();
        let summary = self.world.run(list::list(&self.session, &quiet, &keep));
        let summary = summary.unwrap();
        (found.into_inner(), summary)
    }

    /// All listed subscriptions with all providers.
    fn everything(&self) -> ProviderSelection {
        let subscriptions = self.list().0.into_iter().map(|it| SelectedSubscription {
            id: it.subscription.id,
            name: it.subscription.name,
            namespaces: ProviderNamespace::ALL.to_vec(),
        });
        ProviderSelection {
            cloud: Cloud::Public,
            tenant: self.session.tenant(),
            subscriptions: subscriptions.collect(),
        }
    }

    fn run(&self, selection: &ProviderSelection) -> (Outcomes, RegistrationEnd) {
        self.run_watched(selection, &Observer::quiet())
    }

    fn run_watched(
        &self,
        selection: &ProviderSelection,
        watch: &Observer,
    ) -> (Outcomes, RegistrationEnd) {
        let changes = RefCell::new(Outcomes::new());
        let note = |change: register::RegistrationChange| {
            let key = (change.place, change.namespace);
            let mut changes = changes.borrow_mut();
            let before = changes.insert(key, change.now);
            assert!(!before.is_some_and(|it| it.is_final()), "{key:?}");
        };
        let shared: Rc<dyn Platform> = Rc::new(self.world.clone());
        let end = self.world.run(async {
            let account = self.session.account();
            let journal = ProviderJournal::begin(Rc::clone(&shared), account, selection).await;
            let journal = journal.unwrap();
            register::run(shared, &self.session, selection, &journal, watch, &note).await
        });
        (changes.into_inner(), end)
    }

    fn stored(&self) -> Vec<StoredProviderRun> {
        let stored = self.world.run(journal::stored(&self.world)).unwrap();
        assert!(stored.unreadable.is_empty(), "{stored:?}");
        stored.runs
    }

    fn count(&self, route: &str) -> u64 {
        let count = |sim: &mut Sim| sim.counts().get(route).copied();
        self.world.with_sim(count).unwrap_or_default()
    }
}

type Outcomes = BTreeMap<(usize, ProviderNamespace), ProviderProgress>;

/// The short names of the results of one subscription, in the order of the providers.
fn of_place(outcomes: &Outcomes, place: usize) -> Vec<&'static str> {
    let name = |registration: &ProviderProgress| match registration {
        ProviderProgress::Waiting => "waiting",
        ProviderProgress::Present => "present",
        ProviderProgress::UnderWay => "under way",
        ProviderProgress::Registered => "registered",
        ProviderProgress::LeftToAzure => "left to Azure",
        ProviderProgress::Failed(_) => "failed",
        ProviderProgress::Stopped => "stopped",
    };
    let of = |namespace| outcomes.get(&(place, namespace)).map_or("nothing", name);
    ProviderNamespace::ALL.map(of).to_vec()
}

fn problem(outcomes: &Outcomes, place: usize) -> ProblemKind {
    let found = &outcomes[&(place, ProviderNamespace::KeyVault)];
    let ProviderProgress::Failed(problem) = found else {
        panic!("not a failure: {found:?}")
    };
    problem.kind.clone()
}

#[test]
fn the_sign_in_asks_for_azure_and_of_graph_only_for_the_sign_in() {
    assert_eq!(
        ScopeSet::Providers.scopes(),
        [Scope::UserRead, Scope::UserImpersonation]
    );
    assert_eq!(
        ScopeSet::Providers.registered(),
        ScopeSet::Providers.scopes()
    );
    let owner = owner();
    assert_eq!(owner.session.missing(&ScopeSet::Providers.scopes()), []);
    assert_eq!(
        owner
            .session
            .missing(&[Scope::ApplicationReadAll, Scope::ApplicationReadWriteAll]),
        [Scope::ApplicationReadAll, Scope::ApplicationReadWriteAll]
    );
}

#[test]
fn a_refused_resource_graph_leaves_the_list_to_azure_resource_manager() {
    let owner = owner();
    owner.world.with_sim(|sim| {
        sim.inject(Fault {
            method: Some(Method::POST),
            path_prefix: "/providers/Microsoft.ResourceGraph/".to_owned(),
            skip: 0,
            times: 1,
            kind: FaultKind::Denied,
        });
    });
    let (listed, summary) = owner.list();
    let ListSource::ResourceManager { why } = summary.source else {
        panic!("{summary:?}")
    };
    assert_eq!(why.kind, ProblemKind::Refused);
    assert_eq!((summary.is_cut, summary.groups), (false, None));
    let names: Vec<&str> = listed
        .iter()
        .map(|it| it.subscription.name.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "Fabrikam Production",
            "Fabrikam Development",
            "Fabrikam Archive"
        ]
    );
    let Known::Known(groups) = &listed[0].groups else {
        panic!("the groups are known")
    };
    assert_eq!(groups[0].display_name, "Fabrikam platform");
}

#[test]
fn the_states_and_the_permissions_of_a_subscription_are_read_with_one_request_each() {
    let owner = owner();
    let id = owner.everything().subscriptions[0].id;
    let quiet = Observer::quiet();
    owner.world.reset_counts();
    let states = owner.world.run(read::states(&owner.session, id, &quiet));
    let states = states.unwrap();
    let of = |namespace| states.get(&namespace).copied().unwrap();
    use RegistrationState::{NotRegistered, Registered};
    assert_eq!(
        ProviderNamespace::ALL.map(of),
        [NotRegistered, Registered, Registered, NotRegistered].map(Known::Known)
    );
    assert_eq!(owner.world.requests(), 1);
    let entries = read::permissions(&owner.session, id, &quiet);
    let entries = Known::Known(owner.world.run(entries).unwrap());
    assert_eq!(
        roles::may_register(ProviderNamespace::Compute, &entries),
        Answer::Yes
    );
    assert_eq!(owner.world.requests(), 2);
}

#[test]
fn only_what_is_missing_is_requested_and_a_second_run_sends_no_write() {
    let owner = owner();
    let selection = owner.everything();
    let (outcomes, end) = owner.run(&selection);
    assert_eq!(end, RegistrationEnd::Complete);
    assert_eq!(
        of_place(&outcomes, 0),
        ["registered", "present", "present", "registered"]
    );
    assert_eq!(of_place(&outcomes, 1), ["present"; 4]);
    // It is disabled, so Azure refuses each write.
    assert_eq!(
        of_place(&outcomes, 2),
        ["failed", "present", "failed", "failed"]
    );
    assert_eq!(problem(&outcomes, 2), ProblemKind::SubscriptionReadOnly);
    assert_eq!(owner.count(REGISTER), 2 + 3);

    let mut ready = selection.clone();
    ready.subscriptions.pop();
    let begun = owner.world.elapsed();
    let (outcomes, end) = owner.run(&ready);
    assert_eq!(end, RegistrationEnd::Complete);
    assert_eq!(of_place(&outcomes, 0), ["present"; 4]);
    assert_eq!(of_place(&outcomes, 1), ["present"; 4]);
    assert_eq!(owner.count(REGISTER), 2 + 3);
    // Nothing is watched, so nothing waits.
    assert!(owner.world.elapsed() - begun < Duration::from_secs(2));
}

#[test]
fn a_refusal_in_one_subscription_does_not_stop_the_others() {
    let owner = owner();
    let selection = owner.everything();
    for (refusal, kind) in [
        (AzureRefusal::ScopeLocked, ProblemKind::ScopeLocked),
        (AzureRefusal::DenyAssignment, ProblemKind::DenyAssignment),
        (AzureRefusal::Policy, ProblemKind::AzurePolicy),
        (
            AzureRefusal::OtherTenant("6babcaad-604b-40ac-a9d7-9fd97c0b779f".parse().unwrap()),
            ProblemKind::SubscriptionElsewhere,
        ),
    ] {
        let refuse =
            |sim: &mut Sim| sim.refuse_in_subscription("Fabrikam Production", Some(refusal));
        assert!(owner.world.with_sim(refuse));
        let (outcomes, end) = owner.run(&selection);
        assert_eq!(end, RegistrationEnd::Complete);
        assert_eq!(problem(&outcomes, 0), kind);
        assert_eq!(of_place(&outcomes, 1), ["present"; 4], "{kind:?}");
    }
}

#[test]
fn a_registration_that_hangs_is_left_to_azure() {
    let owner = owner_of(Sim::new(1).with_registering(Duration::from_secs(3_600)));
    let selection = owner.everything();
    let begun = owner.world.elapsed();
    let (outcomes, end) = owner.run(&selection);
    assert_eq!(end, RegistrationEnd::Complete);
    assert_eq!(
        of_place(&outcomes, 0),
        ["left to Azure", "present", "present", "left to Azure"]
    );
    let took = owner.world.elapsed() - begun;
    assert!((240..300).contains(&took.as_secs()), "{took:?}");
    // One look at both providers each time: the first read, and seven later.
    assert_eq!(owner.count(STATES), 3 + 7);
}

#[test]
fn a_stopped_run_says_what_was_not_sent_and_what_azure_goes_on_with() {
    let owner = owner();
    let selection = owner.everything();
    let cancel = CancellationToken::default();
    let press = cancel.clone();
    let sent = RefCell::new(0);
    // After the first accepted request.
    let watch = Observer::with_cancel(
        move |event| {
            if let NetEvent::Exchanged(entry) = event
                && entry.method == "POST"
            {
                *sent.borrow_mut() += 1;
                press.cancel();
            }
        },
        cancel,
    );
    let (outcomes, end) = owner.run_watched(&selection, &watch);
    assert_eq!(end, RegistrationEnd::Stopped);
    let all: Vec<&str> = (0..3)
        .flat_map(|place| of_place(&outcomes, place))
        .collect();
    assert!(all.contains(&"left to Azure"), "{all:?}");
    assert!(all.contains(&"stopped"), "{all:?}");
    assert!(!all.contains(&"nothing"), "{all:?}");
    assert!(!all.contains(&"under way"), "{all:?}");
    // What was sent is carried out, and the next run finds it.
    assert!(owner.count(REGISTER) < 5);
    let (outcomes, end) = owner.run(&selection);
    assert_eq!(end, RegistrationEnd::Complete);
    assert!(!of_place(&outcomes, 0).contains(&"failed"));
}

const EVERYBODY: &str = "admin@fabrikam.com";

fn estate(count: usize) -> Owner {
    let owner = owner();
    let fill = |sim: &mut Sim| sim.fill_with_subscriptions(EVERYBODY, count, 7);
    assert_eq!(owner.world.with_sim(fill).len(), count);
    owner
}

#[test]
fn both_services_list_the_same_subscriptions_and_groups() {
    let owner = estate(1_050);
    owner.world.reset_counts();
    let (mut by_graph, summary) = owner.list();
    assert_eq!(summary.source, ListSource::ResourceGraph);
    // A thousand on each page.
    assert_eq!(owner.world.requests(), 2);
    owner
        .world
        .with_sim(|sim| sim.azure_modes().resource_graph = ResourceGraph::Refuses);
    owner.world.reset_counts();
    let (mut by_manager, summary) = owner.list();
    assert!(
        matches!(summary.source, ListSource::ResourceManager { .. }),
        "{summary:?}"
    );
    assert_eq!(summary.groups, None);
    // The refused query, fifty subscriptions on each page, and five hundred groups and subscriptions on each page.
    assert_eq!(owner.world.requests(), 1 + 21 + 3);
    assert_eq!(by_graph.len(), 1_050);
    for list in [&mut by_graph, &mut by_manager] {
        list.sort_by_key(|it| it.subscription.id);
        for one in list {
            one.tags.sort();
            // Azure Resource Graph knows no groups of another tenant.
            if one.subscription.home != Known::Known(owner.session.tenant()) {
                one.groups = Known::Unknown;
            }
        }
    }
    for (one, other) in by_graph.iter().zip(&by_manager) {
        assert_eq!(one, other);
    }
}

#[test]
fn the_first_page_arrives_before_the_list_is_complete() {
    let owner = estate(120);
    owner
        .world
        .with_sim(|sim| sim.azure_modes().resource_graph = ResourceGraph::Refuses);
    let seen = RefCell::new(Vec::new());
    let quiet = Observer::quiet();
    let found = |page: Vec<ListedSubscription>| {
        let requests = owner.world.requests();
        seen.borrow_mut().push((requests, page.len()));
    };
    owner.world.reset_counts();
    let listed = list::list(&owner.session, &quiet, &found);
    owner.world.run(listed).unwrap();
    // The last time with the groups.
    assert_eq!(seen.into_inner(), [(2, 50), (3, 50), (4, 20), (5, 120)]);
}

#[test]
fn a_list_that_azure_cuts_says_so() {
    let owner = estate(10_001);
    let (listed, summary) = owner.list();
    assert_eq!((listed.len(), summary.is_cut), (10_000, true));
}

#[test]
fn a_list_without_an_end_and_a_list_that_leads_elsewhere_are_refused() {
    for (paging, is_expected) in [
        (
            PagingFault::Loop,
            (|failure| matches!(failure, Failure::Unexpected { .. })) as fn(&Failure) -> bool,
        ),
        (PagingFault::OtherHost, |failure| {
            *failure
                == Failure::ForeignHost {
                    host: "management.azure.example".to_owned(),
                }
        }),
    ] {
        let owner = estate(1_200);
        owner.world.with_sim(|sim| {
            sim.azure_modes().paging = paging;
            sim.azure_modes().resource_graph = ResourceGraph::Refuses;
        });
        let quiet = Observer::quiet();
        let listed = list::list(&owner.session, &quiet, &|_| {});
        let failure = owner.world.run(listed).unwrap_err();
        assert!(is_expected(&failure), "{failure:?}");
        assert!(owner.world.requests() < 20);
    }
}

#[test]
fn a_state_that_flaps_is_believed_when_it_holds() {
    let owner = owner();
    let selection = owner.everything();
    owner.world.with_sim(|sim| {
        sim.azure_modes().flap = Some(Flap {
            registered_seconds: 5,
            registering_seconds: 20,
            times: 2,
        });
    });
    let (outcomes, end) = owner.run(&selection);
    assert_eq!(end, RegistrationEnd::Complete);
    assert_eq!(
        of_place(&outcomes, 0),
        ["registered", "present", "present", "registered"]
    );
    let id = selection.subscriptions[0].id;
    let quiet = Observer::quiet();
    for _ in 0..12 {
        let states = owner.world.run(read::states(&owner.session, id, &quiet));
        for (namespace, state) in states.unwrap().iter() {
            let registered = Known::Known(RegistrationState::Registered);
            assert_eq!(*state, registered, "{namespace:?}");
        }
        owner.world.advance(Duration::from_secs(5));
    }
}

#[test]
fn what_changes_in_mid_run_is_told_for_its_subscription_alone() {
    let elsewhere = "6babcaad-604b-40ac-a9d7-9fd97c0b779f".parse().unwrap();
    for (change, kind) in [
        (
            (|subscription, to| SubscriptionChange::Moved { subscription, to })
                as fn(SubscriptionId, TenantId) -> SubscriptionChange,
            ProblemKind::SubscriptionElsewhere,
        ),
        (
            |subscription, _| SubscriptionChange::State {
                subscription,
                state: State::Disabled,
            },
            ProblemKind::SubscriptionReadOnly,
        ),
    ] {
        let owner = estate(400);
        let mut selection = owner.everything();
        // Those in which something is to be registered. The last one is not begun when the first write is answered.
        let (before, _) = estate(400).run(&selection);
        let is_written = |place: usize| of_place(&before, place) == ["registered"; 4];
        let mut places = 0..;
        let subscriptions = &mut selection.subscriptions;
        subscriptions.retain(|_| is_written(places.next().unwrap()));
        subscriptions.truncate(18);
        let last = 17;
        let change = change(subscriptions[last].id, elsewhere);
        let at = |sim: &mut Sim| sim.change_subscription(When::AfterWrites(1), change);
        owner.world.with_sim(at);
        let (outcomes, end) = owner.run(&selection);
        assert_eq!(end, RegistrationEnd::Complete);
        assert_eq!(problem(&outcomes, last), kind);
        for place in 0..last {
            assert_eq!(of_place(&outcomes, place), ["registered"; 4], "{kind:?}");
        }
    }
}

#[test]
fn a_run_reads_each_subscription_once_and_watches_only_what_is_under_way() {
    let owner = estate(100);
    let selection = owner.everything();
    owner.world.reset_counts();
    let (outcomes, end) = owner.run(&selection);
    assert_eq!(end, RegistrationEnd::Complete);
    assert_eq!(outcomes.len(), 400);
    assert!(outcomes.values().all(ProviderProgress::is_final));
    // 100 reads, a write for each missing provider, and the looks at those under way.
    assert_eq!((owner.count(REGISTER), owner.world.requests()), (200, 473));
}

#[test]
fn nothing_is_sent_to_a_subscription_that_no_record_announces() {
    let owner = estate(120);
    let selection = owner.everything();
    // The records: the beginning, then an announcement of fifty. The browser has no space for the second announcement.
    owner.world.let_happen(2, FaultInjection::Full);
    let (outcomes, end) = owner.run(&selection);
    assert_eq!(end, RegistrationEnd::NotRecorded(StorageError::Full));
    for place in 50..120 {
        assert_eq!(of_place(&outcomes, place), ["stopped"; 4], "{place}");
    }
    assert!(owner.count(STATES) <= 50 * 9);
}

#[test]
fn a_run_that_was_stopped_goes_on_with_what_its_records_leave() {
    let owner = estate(120);
    let selection = owner.everything();
    let cancel = CancellationToken::default();
    let press = cancel.clone();
    let reads = RefCell::new(0);
    let watch = Observer::with_cancel(
        move |event| {
            if let NetEvent::Exchanged(_) = event {
                *reads.borrow_mut() += 1;
                if *reads.borrow() == 150 {
                    press.cancel();
                }
            }
        },
        cancel,
    );
    let (first, end) = owner.run_watched(&selection, &watch);
    assert_eq!(end, RegistrationEnd::Stopped);
    let runs = owner.stored();
    let [run] = runs.as_slice() else {
        panic!("{runs:?}")
    };
    assert!(run.is_open);
    assert_eq!(run.account, "admin@fabrikam.com");
    assert_eq!(run.selection, selection);
    let is_done = |it: &&ProviderProgress| {
        matches!(it, ProviderProgress::Present | ProviderProgress::Registered)
    };
    let done = first.values().filter(is_done).count();
    let left = run.left();
    let count = |selection: &ProviderSelection| {
        let all = selection.subscriptions.iter();
        all.map(|it| it.namespaces.len()).sum::<usize>()
    };
    assert!(done > 20, "{done}");
    assert_eq!(count(&left), count(&selection) - done);

    let (outcomes, end) = owner.run(&left);
    assert_eq!(end, RegistrationEnd::Complete);
    assert!(outcomes.values().all(ProviderProgress::is_final));
    let runs = owner.stored();
    assert_eq!(
        runs.iter().map(|it| it.is_open).collect::<Vec<_>>(),
        [true, false]
    );
    let discarded = journal::discard(&owner.world, runs[0].run);
    owner.world.run(discarded).unwrap();
    assert_eq!(owner.stored(), runs[1..]);
}

#[test]
fn a_run_of_another_version_or_with_a_broken_record_is_named_and_not_continued() {
    let owner = owner();
    owner.run(&owner.everything());
    let runs = owner.stored();
    assert_eq!(runs.len(), 1);
    let key = format!("provider-run/{}/000009", runs[0].run);
    for text in [
        r#"{"version":2,"run":"RUN","serial":9,"at":"2026-11-30T10:00:00Z","event":{"kind":"ended"}}"#,
        r#"{"version":1,"run":"RUN","serial":9,"at":"2026-11-30T10:00:00Z","event":{"kind":"unknown"}}"#,
        "{",
        "",
    ] {
        let text = text.replace("RUN", &runs[0].run.to_string());
        owner.world.run(owner.world.put(&key, &text)).unwrap();
        let stored = owner.world.run(journal::stored(&owner.world)).unwrap();
        assert_eq!(stored.runs, [], "{text}");
        assert_eq!(stored.unreadable, [runs[0].run], "{text}");
    }
    let discarded = journal::discard(&owner.world, runs[0].run);
    owner.world.run(discarded).unwrap();
    assert_eq!(owner.stored(), []);
    // A key that names no run belongs to none.
    owner
        .world
        .run(owner.world.put("provider-run/other/000001", "{}"))
        .unwrap();
    assert_eq!(owner.stored(), []);
}

#[test]
fn a_selection_of_another_tenant_or_cloud_is_not_sent() {
    let owner = owner();
    let selection = owner.everything();
    let elsewhere = ProviderSelection {
        tenant: "6babcaad-604b-40ac-a9d7-9fd97c0b779f".parse().unwrap(),
        ..selection.clone()
    };
    let government = ProviderSelection {
        cloud: Cloud::UsGov,
        ..selection
    };
    owner.world.reset_counts();
    for selection in [elsewhere, government] {
        let (outcomes, end) = owner.run(&selection);
        assert_eq!(end, RegistrationEnd::OtherTenant);
        assert!(outcomes.is_empty());
    }
    assert_eq!(owner.world.requests(), 0);
}

#[test]
fn a_request_without_an_answer_is_looked_up_before_it_counts_as_failed() {
    for (kind, expected) in [
        (FaultKind::LostAfter, "registered"),
        (FaultKind::Failed(502), "registered"),
        (FaultKind::LostBefore, "failed"),
    ] {
        let owner = owner();
        let mut selection = owner.everything();
        selection.subscriptions.truncate(1);
        selection.subscriptions[0].namespaces = vec![ProviderNamespace::KeyVault];
        let id = selection.subscriptions[0].id;
        owner.world.with_sim(|sim| {
            sim.inject(Fault {
                method: Some(Method::POST),
                path_prefix: format!("/subscriptions/{id}/providers/Microsoft.KeyVault/register"),
                skip: 0,
                times: 9,
                kind: kind.clone(),
            });
        });
        let (outcomes, end) = owner.run(&selection);
        assert_eq!(end, RegistrationEnd::Complete);
        assert_eq!(of_place(&outcomes, 0)[0], expected, "{kind:?}");
    }
}
