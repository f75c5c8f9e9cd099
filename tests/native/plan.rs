//! The plan for handwritten tenant states: what it creates, changes, keeps, and blocks. It never removes anything.

use domain::app_id_uri::rules::AppFacts;
use domain::app_id_uri::rules::Policy;
use domain::app_id_uri::rules::TenantRules;
use domain::cloud::Cloud;
use domain::cmg;
use domain::dns::Domain;
use domain::ids;
use domain::ids::AppId;
use domain::ids::ObjectId;
use domain::ids::PermissionId;
use domain::known::Known;
use domain::locale::Locale;
use domain::ownership_tags;
use domain::problem::ProblemKind;
use domain::tenant::TenantKind;
use engine::desired::Desired;
use engine::desired::Draft;
use engine::desired::providers::RegistrationState;
use engine::desired::repair::AppRole;
use engine::desired::repair::Existing;
use engine::desired::repair::Repair;
use engine::graph::wire;
use engine::plan::Action;
use engine::plan::Plan;
use engine::plan::StepReason;
use engine::plan::compare::plan;
use engine::plan::reference::IdRef;
use engine::plan::reference::Ids;
use engine::plan::reference::MissingId;
use engine::plan::step::StepId;
use engine::plan::write::Setting;
use engine::plan::write::Write;
use engine::read::app_policies::SecretPolicy;
use engine::read::observed::ConflictKind;
use engine::read::observed::ConflictingApp;
use engine::read::observed::Observed;
use engine::read::observed::ObservedApp;
use engine::read::observed::Principal;
use engine::read::observed::Tenant;
use jiff::Timestamp;
use proptest::prelude::*;
use serde_json::Value;
use serde_json::json;
use uuid::Uuid;

const TENANT: &str = "11111111-2222-4333-8444-555555555555";
const SUBSCRIPTION: &str = "99999999-2222-4333-8444-555555555555";

fn id(n: u128) -> Uuid {
    Uuid::from_u128(0xaaaa_0000_0000_4000_8000_0000_0000_0000 + n)
}

fn now() -> Timestamp {
    "2026-11-23T10:00:00Z".parse().unwrap()
}

fn draft() -> Draft {
    let mut draft = Draft::new(Cloud::Public, id(7));
    draft.subscription = SUBSCRIPTION.to_owned();
    draft
}

fn rules() -> TenantRules {
    TenantRules {
        cloud: Cloud::Public,
        tenant: Some(TENANT.parse().unwrap()),
        domains: Known::Known(vec![Domain::parse("contoso.onmicrosoft.com").unwrap()]),
        unique_identifier: Policy::ON,
        default_only: Policy::OFF,
        taken: Vec::new(),
    }
}

fn desired(draft: &Draft) -> Desired {
    let facts = AppFacts::not_yet_created(now());
    draft
        .check(TENANT.parse().unwrap(), &rules(), &facts, Locale::En)
        .unwrap()
}

fn empty_tenant(desired: &Desired) -> Observed {
    Observed {
        tenant: Tenant {
            id: TENANT.parse().unwrap(),
            name: Known::Known("Contoso".to_owned()),
            initial_domain: Known::Known("contoso.onmicrosoft.com".to_owned()),
            rules: rules(),
            secrets: SecretPolicy::default(),
            default_policy: Known::Unknown,
            kind: Known::Known(TenantKind::Workforce),
            users_may_register: Known::Known(true),
            roles: Known::Known(Vec::new()),
        },
        server: Known::Known(None),
        client: Known::Known(None),
        namesakes: Known::Known(Vec::new()),
        uri_holder: Known::Known(None),
        deleted: Known::Known(Vec::new()),
        graph_principal: Known::Known(ObjectId::new(id(100))),
        azure: None,
        providers: desired
            .providers()
            .iter()
            .map(|it| (*it, Known::Known(RegistrationState::NotRegistered)))
            .collect(),
        arm_permissions: Known::Unknown,
        subscription: Known::Unknown,
        recorded: vec![AppId::new(id(1)), AppId::new(id(2))],
        deleted_principals: Known::Known(Vec::new()),
        around: Default::default(),
    }
}

/// A tenant after a complete run.
fn complete_tenant(desired: &Desired) -> Observed {
    let (server, client) = (AppId::new(id(1)), AppId::new(id(2)));
    let application = |value: Value| serde_json::from_value::<wire::Application>(value).unwrap();
    let access = |resource: AppId, permission: PermissionId, kind: &str| json!({ "resourceAppId": resource, "resourceAccess": [{ "id": permission, "type": kind }] });
    let principal = |object, grants: Value, roles: Value| {
        Known::Known(Some(Principal {
            object_id: ObjectId::new(id(object)),
            is_enabled: Known::Known(true),
            is_assignment_required: Known::Known(false),
            is_saml: Known::Known(false),
            grants: Known::Known(serde_json::from_value(grants).unwrap()),
            roles: Known::Known(serde_json::from_value(roles).unwrap()),
            owners: Known::Known(Vec::new()),
            secrets: Vec::new(),
            certificates: Vec::new(),
        }))
    };
    let grant = |key: &str, resource: u128, scope: &str| json!({ "id": key, "clientId": id(22), "consentType": "AllPrincipals", "resourceId": id(resource), "scope": scope });
    let mut observed = empty_tenant(desired);
    observed.server = Known::Known(Some(ObservedApp {
        object_id: ObjectId::new(id(11)),
        app_id: server,
        properties: application(json!({
            "id": id(11), "appId": server, "displayName": "CMG-ServerApp", "signInAudience": "AzureADMyOrg",
            "identifierUris": [format!("api://{TENANT}/{server}")], "isDeviceOnlyAuthSupported": true,
            "web": { "redirectUris": ["http://localhost"] },
            "api": { "oauth2PermissionScopes": [{ "id": id(7), "value": "user_impersonation", "type": "User", "isEnabled": true }] },
            "requiredResourceAccess": [access(ids::GRAPH, ids::DIRECTORY_READ_ALL, "Role")],
            "passwordCredentials": [{ "keyId": id(50), "displayName": "CMG Entra Setup 5e97358c-d99c-4558-af0c-de7774091dda", "endDateTime": "2027-11-23T09:00:00Z" }],
        })),
        principal: principal(
            21,
            json!([]),
            json!([{ "id": "x", "principalId": id(21), "resourceId": id(100), "appRoleId": ids::DIRECTORY_READ_ALL }]),
        ),
        owners: Known::Known(Vec::new()),
        federated: Known::Known(Vec::new()),
    }));
    observed.client = Known::Known(Some(ObservedApp {
        object_id: ObjectId::new(id(12)),
        app_id: client,
        properties: application(json!({
            "id": id(12), "appId": client, "displayName": "CMG-ClientApp", "signInAudience": "AzureADMyOrg", "isFallbackPublicClient": true,
            "publicClient": { "redirectUris": [cmg::broker_redirect(client)] },
            "requiredResourceAccess": [access(server, PermissionId::new(id(7)), "Scope"), access(ids::GRAPH, ids::USER_READ, "Scope")],
        })),
        principal: principal(
            22,
            json!([
                grant("g1", 21, "user_impersonation"),
                grant("g2", 100, "profile User.Read")
            ]),
            json!([]),
        ),
        owners: Known::Known(Vec::new()),
        federated: Known::Known(Vec::new()),
    }));
    for (_, state) in observed.providers.iter_mut() {
        *state = Known::Known(RegistrationState::Registered);
    }
    observed
}

fn server(observed: &mut Observed) -> &mut ObservedApp {
    match &mut observed.server {
        Known::Known(Some(app)) => app,
        Known::Known(None) | Known::Unknown => panic!("a server app"),
    }
}

fn writes(plan: &Plan) -> Vec<StepId> {
    plan.steps
        .iter()
        .filter(|step| step.action.write().is_some())
        .map(|step| step.id)
        .collect()
}

fn with_discovery() -> Draft {
    Draft {
        user_discovery: true,
        ..draft()
    }
}

#[track_caller]
fn is_blocked(plan: &Plan, step: StepId, kind: &ProblemKind) {
    let Action::Blocked(problem) = &plan.step(step).unwrap().action else {
        panic!("{step:?} is not blocked")
    };
    assert_eq!(&problem.kind, kind);
    assert!(plan.clone().approve().is_err());
}

#[test]
fn an_empty_tenant_gets_all_steps_with_the_secret_last() {
    let desired = desired(&with_discovery());
    let plan = plan(&desired, &empty_tenant(&desired), now());
    assert_eq!(plan.writes(), 14, "{:?}", writes(&plan));
    assert_eq!(plan.steps.last().unwrap().id, StepId::Secret);
    assert!(
        plan.steps
            .iter()
            .all(|step| step.reason == StepReason::Missing)
    );
}

#[test]
fn directory_read_all_is_requested_only_for_discovery() {
    let desired = desired(&draft());
    let plan = plan(&desired, &empty_tenant(&desired), now());
    assert_eq!(plan.writes(), 13);
    assert!(plan.step(StepId::DirectoryConsent).is_none());
    assert!(!format!("{plan:?}").contains(&ids::DIRECTORY_READ_ALL.to_string()));
}

#[test]
fn a_plan_for_a_complete_tenant_has_no_writes() {
    let desired = desired(&with_discovery());
    let plan = plan(&desired, &complete_tenant(&desired), now());
    assert_eq!(writes(&plan), []);
    assert_eq!(
        plan.step(StepId::Secret).unwrap().reason,
        StepReason::SecretLives
    );
}

#[test]
fn a_secret_is_added_on_request_or_if_none_is_valid() {
    let desired = desired(&Draft {
        another_secret: true,
        ..draft()
    });
    assert_eq!(
        writes(&plan(&desired, &complete_tenant(&desired), now())),
        [StepId::Secret]
    );
    let desired = self::desired(&draft());
    let later: Timestamp = "2027-11-24T10:00:00Z".parse().unwrap();
    assert_eq!(
        writes(&plan(&desired, &complete_tenant(&desired), later)),
        [StepId::Secret]
    );
}

#[test]
fn the_same_inputs_give_the_same_plan() {
    let desired = desired(&with_discovery());
    let observed = empty_tenant(&desired);
    assert_eq!(
        plan(&desired, &observed, now()),
        plan(&desired, &observed, now())
    );
}

/// A tenant whose default policy has this restriction for secrets.
fn with_restriction(mut tenant: Tenant, restriction: Value) -> Tenant {
    tenant.default_policy = Known::Known(json!({
        "isEnabled": true,
        "applicationRestrictions": { "passwordCredentials": [restriction] },
    }));
    tenant.with_policies_of_app(&Known::Known(Vec::new()))
}

#[test]
fn a_step_that_must_fail_blocks_the_plan_before_any_write() {
    let two_years = desired(&Draft {
        secret_life: "2-years".to_owned(),
        ..draft()
    });
    let fresh = desired(&draft());
    let mut observed = empty_tenant(&fresh);
    observed.tenant = with_restriction(
        observed.tenant,
        json!({ "restrictionType": "passwordAddition", "state": "enabled" }),
    );
    is_blocked(
        &plan(&fresh, &observed, now()),
        StepId::Secret,
        &ProblemKind::SecretBlocked,
    );
    observed.tenant = with_restriction(
        observed.tenant,
        json!({ "restrictionType": "passwordLifetime", "state": "enabled", "maxLifetime": "P365D" }),
    );
    assert!(!plan(&fresh, &observed, now()).is_blocked());
    is_blocked(
        &plan(&two_years, &observed, now()),
        StepId::Secret,
        &ProblemKind::SecretTooLong,
    );
    let mut observed = empty_tenant(&fresh);
    observed.deleted = Known::Known(vec![ConflictingApp {
        object_id: ObjectId::new(id(77)),
        app_id: AppId::new(id(78)),
        // The app was renamed before its deletion. The tag identifies it, not the name.
        name: "Old gateway".to_owned(),
        key: Some(ownership_tags::server_key(&fresh.server_name)),
        holds: ConflictKind::Key,
    }]);
    is_blocked(
        &plan(&fresh, &observed, now()),
        StepId::ServerApp,
        &ProblemKind::HeldByDeleted,
    );
}

#[test]
fn an_app_with_the_same_name_is_shown_and_never_changed() {
    let desired = desired(&draft());
    let mut observed = empty_tenant(&desired);
    let stranger = ConflictingApp {
        object_id: ObjectId::new(id(66)),
        app_id: AppId::new(id(67)),
        name: "CMG-ServerApp".to_owned(),
        key: None,
        holds: ConflictKind::Name,
    };
    observed.namesakes = Known::Known(vec![stranger.clone()]);
    let plan = plan(&desired, &observed, now());
    assert_eq!(plan.namesakes, std::slice::from_ref(&stranger));
    assert!(!format!("{:?}", plan.steps).contains(&stranger.object_id.to_string()));
}

#[test]
fn an_unread_app_blocks_the_plan() {
    let desired = desired(&draft());
    let mut observed = empty_tenant(&desired);
    observed.server = Known::Unknown;
    is_blocked(
        &plan(&desired, &observed, now()),
        StepId::ServerApp,
        &ProblemKind::UnexpectedAnswer,
    );
}

#[test]
fn a_wider_grant_keeps_its_scopes() {
    let desired = desired(&draft());
    let mut observed = complete_tenant(&desired);
    let Known::Known(Some(client)) = &mut observed.client else {
        panic!()
    };
    let Known::Known(Some(principal)) = &mut client.principal else {
        panic!()
    };
    let Known::Known(grants) = &mut principal.grants else {
        panic!()
    };
    grants[1].scope = "profile offline_access".to_owned();
    let plan = plan(&desired, &observed, now());
    assert_eq!(writes(&plan), [StepId::GraphConsent]);
    let body = body_of(&plan, StepId::GraphConsent);
    assert_eq!(body, json!({ "scope": "profile offline_access User.Read" }));
}

fn setting() -> Setting<'static> {
    Setting {
        cloud: Cloud::Public,
        tenant: TENANT.parse().unwrap(),
        now: now(),
        run: "run",
    }
}

fn write_of(plan: &Plan, step: StepId) -> &Write {
    plan.step(step).unwrap().action.write().unwrap()
}

fn body_of(plan: &Plan, step: StepId) -> Value {
    let shown = write_of(plan, step).shown(&setting(), IdRef::label);
    shown.body.unwrap_or_default()
}

#[test]
fn an_unknown_id_is_shown_by_name_and_its_request_cannot_be_sent() {
    let desired = desired(&draft());
    let plan = plan(&desired, &empty_tenant(&desired), now());
    let ids = Ids::new(&plan.known);
    let write = write_of(&plan, StepId::AppIdUri);
    assert_eq!(
        write.request(&setting(), &ids),
        Err(MissingId(IdRef::ServerApp))
    );
    assert_eq!(
        write.shown(&setting(), IdRef::label).url,
        "https://graph.microsoft.com/v1.0/applications/{server app object ID}"
    );
    assert_eq!(
        body_of(&plan, StepId::AppIdUri).to_string(),
        format!(r#"{{"identifierUris":["api://{TENANT}/{{server app client ID}}"]}}"#)
    );
    let create = write_of(&plan, StepId::ServerApp);
    assert!(create.request(&setting(), &ids).is_ok());
}

#[test]
fn a_repair_that_lacks_an_id_is_blocked_until_a_step_creates_it() {
    let mut desired = desired(&draft());
    let mut observed = complete_tenant(&desired);
    let Known::Known(Some(client)) = &mut observed.client else {
        panic!()
    };
    client.principal = Known::Known(None);
    let mut with = |repairs: &[Repair]| {
        desired.existing = Some(Existing {
            server: Some(AppId::new(id(1))),
            client: Some(AppId::new(id(2))),
            repairs: repairs.to_vec(),
        });
        plan(&desired, &observed, now())
    };
    is_blocked(
        &with(&[Repair::ServerConsent]),
        StepId::ServerConsent,
        &ProblemKind::NeedsOther,
    );
    let both = with(&[Repair::Principal(AppRole::Client), Repair::ServerConsent]);
    assert!(!both.is_blocked());
    let write = write_of(&both, StepId::ServerConsent);
    assert_eq!(write.needs(&setting()), [IdRef::ClientPrincipal]);
}

/// Journals contain hashes, so an ID that is not known yet always has the same text in the hash.
#[test]
fn an_unknown_id_has_a_fixed_text_in_the_hash() {
    let desired = desired(&with_discovery());
    let hash = |observed: &Observed| plan(&desired, observed, now()).hash();
    let empty = empty_tenant(&desired);
    let mut half = complete_tenant(&desired);
    half.client = Known::Known(None);
    assert_eq!(
        [hash(&empty), hash(&half)],
        [
            "d78360f4fac641cadec84f999d57e0554e162adfa358ab400ca11e3876f78111",
            "0558b1699bd239d838c72ba589b7cc0f838be97ddc00fad63f4085f6ba2a7e34",
        ]
    );
}

proptest! {
    /// The request of a repair keeps all other values of the app.
    #[test]
    fn a_repair_request_keeps_all_other_values(
        uris in prop::collection::vec("https://[a-z]{3,8}\\.example/[a-z]{1,5}", 0..4),
        redirects in prop::collection::vec("https://[a-z]{3,8}\\.example/[a-z]{1,5}", 0..4),
        permissions in prop::collection::vec(any::<u128>(), 0..4),
    ) {
        let desired = desired(&with_discovery());
        let mut observed = complete_tenant(&desired);
        let properties = &mut server(&mut observed).properties;
        properties.identifier_uris = Some(uris.clone());
        properties.web = Some(wire::Web { redirect_uris: Some(redirects.clone()), ..Default::default() });
        properties.required_resource_access = Some(
            permissions
                .iter()
                .map(|permission| wire::RequiredResource {
                    resource_app_id: ids::GRAPH,
                    resource_access: vec![wire::ResourceAccess { id: PermissionId::new(Uuid::from_u128(*permission)), kind: "Role".to_owned() }],
                })
                .collect(),
        );
        let plan = plan(&desired, &observed, now());
        let uri_body = body_of(&plan, StepId::AppIdUri).to_string();
        for uri in &uris {
            prop_assert!(uri_body.contains(uri.as_str()));
        }
        let body = body_of(&plan, StepId::ServerApp).to_string();
        for redirect in &redirects {
            prop_assert!(body.contains(redirect.as_str()));
        }
        for permission in &permissions {
            prop_assert!(body.contains(&Uuid::from_u128(*permission).to_string()));
        }
    }
}
