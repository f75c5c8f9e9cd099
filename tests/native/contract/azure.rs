//! Error responses and state changes of Azure Resource Manager, as documented.

use std::time::Duration;

use cloud_sim::Sim;
use cloud_sim::seed;
use cloud_sim::subscriptions::state::AzureRefusal;
use cloud_sim::subscriptions::state::State;
use serde_json::Value;

use super::Desk;
use super::EVERYTHING;

const PRODUCTION: &str = "/subscriptions/5e97358c-d99c-4558-8000-000000010081";
const ARCHIVE: &str = "/subscriptions/5e97358c-d99c-4558-8000-000000010083";
const LITWARE: &str = "/subscriptions/5e97358c-d99c-4558-8000-000000050081";
const V: &str = "?api-version=2024-03-01";

fn state(desk: &mut Desk, namespace: &str) -> String {
    desk.arm("GET", &format!("{PRODUCTION}/providers/{namespace}{V}"))
        .is(200)
        .text("registrationState")
}

#[test]
fn a_provider_is_registered_some_time_after_the_request() {
    let mut desk = Desk::of("admin@fabrikam.com");
    assert_eq!(state(&mut desk, "Microsoft.KeyVault"), "NotRegistered");
    assert_eq!(state(&mut desk, "microsoft.storage"), "Registered");
    let told = desk.arm(
        "POST",
        &format!("{PRODUCTION}/providers/microsoft.keyvault/register{V}"),
    );
    let told = told.is(200);
    assert_eq!(told.text("registrationState"), "Registering");
    assert_eq!(told.text("namespace"), "Microsoft.KeyVault");
    desk.now += Duration::from_secs(20);
    assert_eq!(state(&mut desk, "Microsoft.KeyVault"), "Registering");
    desk.now += Duration::from_secs(20);
    assert_eq!(state(&mut desk, "Microsoft.KeyVault"), "Registered");
    let path = format!("{PRODUCTION}/providers/Microsoft.KeyVault/unregister{V}");
    assert_eq!(
        desk.arm("POST", &path).is(200).text("registrationState"),
        "Unregistering"
    );
    desk.now += Duration::from_secs(60);
    assert_eq!(state(&mut desk, "Microsoft.KeyVault"), "NotRegistered");
}

#[test]
fn a_registration_can_stay_pending() {
    let sim = Sim::new(7).with_registering(Duration::MAX);
    let mut desk = Desk::with_scopes(sim, "admin@fabrikam.com", &EVERYTHING);
    let path = format!("{PRODUCTION}/providers/Microsoft.KeyVault/register{V}");
    desk.arm("POST", &path).is(200);
    desk.now += Duration::from_mins(59);
    assert_eq!(state(&mut desk, "Microsoft.KeyVault"), "Registering");
}

#[test]
fn registering_a_registered_provider_changes_nothing() {
    let mut desk = Desk::of("admin@fabrikam.com");
    let path = format!("{PRODUCTION}/providers/Microsoft.Storage/register{V}");
    assert_eq!(
        desk.arm("POST", &path).is(200).text("registrationState"),
        "Registered"
    );
}

#[test]
fn error_responses_have_the_documented_codes() {
    let mut desk = Desk::of("admin@fabrikam.com");
    let register = |subscription: &str, namespace: &str| {
        format!("{subscription}/providers/{namespace}/register{V}")
    };
    for (method, path, status, code) in [
        (
            "GET",
            "/subscriptions".to_owned(),
            400,
            "MissingApiVersionParameter",
        ),
        (
            "GET",
            "/subscriptions?api-version=".to_owned(),
            400,
            "MissingApiVersionParameter",
        ),
        (
            "GET",
            "/subscriptions?api-version=2031-01-01".to_owned(),
            400,
            "InvalidApiVersionParameter",
        ),
        (
            "GET",
            format!("{PRODUCTION}{V}"),
            400,
            "InvalidApiVersionParameter",
        ),
        (
            "GET",
            "/subscriptions/mine?api-version=2022-12-01".to_owned(),
            400,
            "InvalidSubscriptionId",
        ),
        (
            "GET",
            "/subscriptions/11111111-2222-4333-8444-555555555555?api-version=2022-12-01".to_owned(),
            404,
            "SubscriptionNotFound",
        ),
        (
            "GET",
            format!("{LITWARE}?api-version=2022-12-01"),
            401,
            "InvalidAuthenticationTokenTenant",
        ),
        (
            "GET",
            format!("{PRODUCTION}/providers/Contoso.Orchard{V}"),
            404,
            "InvalidResourceNamespace",
        ),
        (
            "POST",
            register(PRODUCTION, "Contoso.Orchard"),
            404,
            "InvalidResourceNamespace",
        ),
        (
            "POST",
            register(ARCHIVE, "Microsoft.KeyVault"),
            409,
            "ReadOnlyDisabledSubscription",
        ),
        (
            "PUT",
            format!("{PRODUCTION}/providers{V}"),
            405,
            "HttpMethodNotSupported",
        ),
        ("GET", format!("/orchards{V}"), 404, "InvalidResourceType"),
    ] {
        desk.arm(method, &path).refused(status, code, "");
    }
}

#[test]
fn a_reader_can_read_but_not_register() {
    let mut desk = Desk::of("admin@litware.com");
    desk.arm("GET", &format!("{LITWARE}/providers/Microsoft.KeyVault{V}"))
        .is(200);
    let told = desk.arm(
        "POST",
        &format!("{LITWARE}/providers/Microsoft.KeyVault/register{V}"),
    );
    told.refused(
        403,
        "AuthorizationFailed",
        "The client 'admin@litware.com' with object id '5e97358c-d99c-4558-8000-000000050001' does not have authorization to perform action 'Microsoft.KeyVault/register/action' over scope '/subscriptions/5e97358c-d99c-4558-8000-000000050081'",
    );
}

#[test]
fn a_user_without_a_role_sees_no_subscription() {
    let mut desk = Desk::of("apps@fabrikam.com");
    let told = desk
        .arm("GET", "/subscriptions?api-version=2022-12-01")
        .is(200);
    assert_eq!(told.body["value"], Value::Array(Vec::new()));
    desk.arm("GET", &format!("{PRODUCTION}?api-version=2022-12-01"))
        .refused(403, "AuthorizationFailed", "");
}

#[test]
fn a_custom_role_can_register_only_the_four_providers() {
    let mut desk = Desk::of("azure@fabrikam.com");
    let mut register = |namespace: &str| {
        let path = format!("{PRODUCTION}/providers/{namespace}/register{V}");
        desk.arm("POST", &path).status
    };
    assert_eq!(register("Microsoft.Compute"), 200);
    assert_eq!(register("Microsoft.Web"), 403);
}

#[test]
fn a_role_held_through_a_group_applies() {
    let mut desk = Desk::of("lena@fabrikam.com");
    let path = format!(
        "{PRODUCTION}/providers/Microsoft.Authorization/permissions?api-version=2022-04-01"
    );
    let told = desk.arm("GET", &path).is(200);
    assert_eq!(told.body["value"][0]["actions"], serde_json::json!(["*"]));
    assert_ne!(told.body["value"][0]["notActions"], serde_json::json!([]));
}

#[test]
fn a_management_group_registration_skips_its_subscriptions() {
    let mut desk = Desk::of("admin@fabrikam.com");
    let path = format!(
        "/providers/Microsoft.Management/managementGroups/fabrikam-platform/providers/Microsoft.KeyVault/register{V}"
    );
    let told = desk.arm("POST", &path).is(200);
    assert!(told.response.body().is_empty());
    assert_eq!(state(&mut desk, "Microsoft.KeyVault"), "NotRegistered");
}

#[test]
fn subscriptions_come_in_pages() {
    let mut desk = Desk::of("admin@fabrikam.com");
    let told = desk
        .arm("GET", "/subscriptions?api-version=2022-12-01")
        .is(200);
    assert_eq!(told.body["value"].as_array().unwrap().len(), 2);
    let link = told.text("nextLink");
    let path = link.strip_prefix("https://management.azure.com").unwrap();
    let rest = desk.arm("GET", path).is(200);
    assert_eq!(rest.body["value"][0]["state"], "Disabled");
    assert!(rest.body.get("nextLink").is_none());
}

/// Microsoft's specifications check each response.
#[test]
fn very_many_subscriptions_have_the_specified_format() {
    let mut sim = Sim::new(7);
    sim.fill_with_subscriptions("admin@fabrikam.com", 600, 1);
    let mut desk = Desk::with_scopes(sim, "admin@fabrikam.com", &EVERYTHING);
    for (method, path) in [
        ("GET", "/subscriptions?api-version=2022-12-01"),
        (
            "POST",
            "/providers/Microsoft.Management/getEntities?api-version=2023-04-01",
        ),
        (
            "GET",
            "/providers/Microsoft.Management/managementGroups?api-version=2023-04-01",
        ),
    ] {
        let mut path = path.to_owned();
        let mut pages = 0;
        loop {
            let told = desk.arm(method, &path).is(200);
            pages += 1;
            let link = told.text("nextLink");
            match link.strip_prefix("https://management.azure.com") {
                Some(next) => next.clone_into(&mut path),
                None => break,
            }
        }
        let is_paged = !path.contains("/managementGroups?");
        assert_eq!(pages > 1, is_paged, "{path}");
    }
}

#[test]
fn missing_foreign_and_expired_tokens_have_different_errors() {
    let mut desk = Desk::of("admin@fabrikam.com");
    let url = "https://management.azure.com/tenants?api-version=2022-12-01";
    let told = desk.send("GET", url, &[], None);
    told.refused(
        401,
        "AuthenticationFailed",
        "'Authorization' header is missing",
    );
    assert!(
        told.header("www-authenticate")
            .starts_with("Bearer authorization_uri=")
    );
    let graph = format!("Bearer {}", desk.graph);
    for (bearer, code) in [
        ("Basic eDp5", "AuthenticationFailedInvalidHeader"),
        ("Bearer nonsense", "InvalidAuthenticationToken"),
        (graph.as_str(), "InvalidAuthenticationTokenAudience"),
    ] {
        let told = desk.send("GET", url, &[("authorization", bearer)], None);
        told.refused(401, code, "");
    }
    desk.now += Duration::from_hours(1);
    desk.arm("GET", "/tenants?api-version=2022-12-01").refused(
        401,
        "ExpiredAuthenticationToken",
        "expiry UTC time",
    );
}

#[test]
fn the_endpoints_of_a_cloud_need_no_token() {
    let mut desk = Desk::of("admin@contoso-gov.us");
    let url = "https://management.usgovcloudapi.net/metadata/endpoints?api-version=2022-09-01";
    let told = desk.send("GET", url, &[], None).is(200);
    assert_eq!(told.text("name"), "AzureUSGovernment");
    assert_eq!(
        told.body["authentication"]["loginEndpoint"],
        "https://login.microsoftonline.us"
    );
}

#[test]
fn both_us_government_graph_hosts_share_one_azure_host() {
    for name in ["admin@contoso-gov.us", "admin@tailspin-defense.us"] {
        let mut desk = Desk::of(name);
        desk.get("/organization").is(200);
        let told = desk
            .arm("GET", "/subscriptions?api-version=2022-12-01")
            .is(200);
        assert_eq!(told.body["value"].as_array().unwrap().len(), 1, "{name}");
    }
    assert_ne!(seed::CONTOSO_GOVERNMENT, seed::TAILSPIN_DEFENSE);
}

#[test]
fn many_writes_are_throttled_with_a_wait() {
    let mut desk = Desk::of("admin@fabrikam.com");
    let path = format!("{PRODUCTION}/providers/Microsoft.Storage/register{V}");
    assert_eq!(
        desk.arm("POST", &path)
            .header("x-ms-ratelimit-remaining-subscription-writes"),
        "199"
    );
    for _ in 0..199 {
        desk.arm("POST", &path).is(200);
    }
    let told = desk.arm("POST", &path);
    told.refused(429, "SubscriptionRequestsThrottled", "");
    assert_eq!(told.header("retry-after"), "20");
    desk.now += Duration::from_secs(1);
    desk.arm("POST", &path).is(200);
}

#[test]
fn inactive_subscriptions_are_read_only_except_past_due() {
    for (state, word, status) in [
        (State::Enabled, "Enabled", 200),
        (State::PastDue, "PastDue", 200),
        (State::Warned, "Warned", 409),
        (State::Disabled, "Disabled", 409),
        (State::Expired, "Expired", 409),
        (State::Deleted, "Deleted", 409),
    ] {
        let mut desk = Desk::of("admin@fabrikam.com");
        assert!(
            desk.sim
                .set_subscription_state("Fabrikam Production", state)
        );
        let told = desk.arm("GET", &format!("{PRODUCTION}?api-version=2022-12-01"));
        assert_eq!(told.is(200).text("state"), word);
        let told = desk.arm(
            "POST",
            &format!("{PRODUCTION}/providers/Microsoft.Compute/register{V}"),
        );
        assert_eq!(told.status, status, "{word}");
        if status != 200 {
            assert_eq!(told.code(), "ReadOnlyDisabledSubscription");
        }
    }
}

#[test]
fn a_delegated_subscription_names_home_and_managing_tenants() {
    let mut desk = Desk::of("admin@fabrikam.com");
    assert!(
        desk.sim
            .delegate_subscription("Fabrikam Production", seed::LITWARE)
    );
    let told = desk.arm("GET", "/subscriptions?api-version=2022-12-01");
    let first = &told.is(200).body["value"][0];
    assert_eq!(first["tenantId"], seed::LITWARE.to_string());
    assert_eq!(
        first["managedByTenants"],
        serde_json::json!([{ "tenantId": seed::FABRIKAM.to_string() }])
    );
    let path = format!("{PRODUCTION}/providers/Microsoft.Compute/register{V}");
    desk.arm("POST", &path).is(200);
}

#[test]
fn locks_deny_assignments_and_policies_block_owners() {
    let read = format!("{PRODUCTION}/providers/Microsoft.Compute{V}");
    let write = format!("{PRODUCTION}/providers/Microsoft.Compute/register{V}");
    for (refusal, status, code, words, reads) in [
        (
            AzureRefusal::ScopeLocked,
            409,
            "ScopeLocked",
            "following scope(s) are locked",
            true,
        ),
        (
            AzureRefusal::DenyAssignment,
            403,
            "DenyAssignmentAuthorizationFailed",
            "because of the deny assignment with name",
            true,
        ),
        (
            AzureRefusal::Policy,
            403,
            "RequestDisallowedByPolicy",
            "was disallowed by policy",
            true,
        ),
        (
            AzureRefusal::OtherTenant(seed::LITWARE),
            401,
            "InvalidAuthenticationTokenTenant",
            "up to an hour",
            false,
        ),
    ] {
        let mut desk = Desk::of("admin@fabrikam.com");
        let name = "Fabrikam Production";
        assert!(desk.sim.refuse_in_subscription(name, Some(refusal)));
        desk.arm("POST", &write).refused(status, code, words);
        if reads {
            let path = format!(
                "{PRODUCTION}/providers/Microsoft.Authorization/denyAssignments?api-version=2022-04-01"
            );
            let told = desk.arm("GET", &path).is(200);
            let number = usize::from(refusal == AzureRefusal::DenyAssignment);
            assert_eq!(told.body["value"].as_array().unwrap().len(), number);
        }
        assert_eq!(desk.arm("GET", &read).status == 200, reads, "{code}");
        assert!(desk.sim.refuse_in_subscription(name, None));
        desk.arm("POST", &write).is(200);
    }
}
