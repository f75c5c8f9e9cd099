//! The two reports on sign-ins: what they list, how late, and whom they refuse. Sources: "List appCredentialSignInActivities" and "List
//! servicePrincipalSignInActivities" (Microsoft Graph beta, 2026).

use std::time::Duration;

use cloud_sim::Sim;
use cloud_sim::scenarios;
use cloud_sim::scenarios::kinds::Scenario;
use cloud_sim::seed::CONTOSO_GOVERNMENT;
use cloud_sim::seed::FABRIKAM;
use domain::ids::AppId;
use domain::ids::TenantId;
use engine::graph::sign_ins::CredentialActivity;
use engine::graph::sign_ins::PrincipalActivity;
use serde_json::json;
use uuid::Uuid;

use super::Desk;
use super::GRAPH_APP;
use super::Told;
use super::start;

const CREDENTIALS: &str = "appCredentialSignInActivities";
const PRINCIPALS: &str = "servicePrincipalSignInActivities";
const APPLICATION_ADMINISTRATOR: Uuid = Uuid::from_u128(0x9b895d92_2cd3_44c7_9d02_a6ac2d5ea5c3);
const REPORTS_READER: Uuid = Uuid::from_u128(0x4a5d8f65_41da_4de4_8968_e035b65339cf);

struct Office {
    desk: Desk,
    server: AppId,
    client: AppId,
}

fn office(tenant: TenantId, name: &str, scopes: &[&str]) -> Office {
    let mut sim = Sim::new(7);
    let pair = scenarios::make(&mut sim, tenant, Scenario::Docs2026Complete, start());
    Office {
        desk: Desk::with_scopes(sim, name, scopes),
        server: pair.server.unwrap(),
        client: pair.client.unwrap(),
    }
}

fn fabrikam() -> Office {
    office(FABRIKAM, "admin@fabrikam.com", &["Directory.Read.All"])
}

impl Office {
    fn report(&mut self, version: &str, name: &str, filter: &str) -> Told {
        let host = &self.desk.graph_host;
        let url = format!("https://{host}/{version}/reports/{name}{filter}");
        let bearer = format!("Bearer {}", self.desk.graph);
        self.desk
            .send("GET", &url, &[("authorization", &bearer)], None)
    }

    #[track_caller]
    fn both_refused(&mut self, status: u16, code: &str, message: &str) {
        for name in [CREDENTIALS, PRINCIPALS] {
            self.report("beta", name, "").refused(status, code, message);
        }
    }
}

#[test]
fn the_reports_list_the_last_sign_ins_of_one_app() {
    let mut office = fabrikam();
    let (server, client) = (office.server, office.client);
    let filter = format!("?$filter=appId eq '{server}'");
    let told = office.report("beta", CREDENTIALS, &filter).is(200);
    assert_eq!(
        told.body["@odata.context"],
        "https://graph.microsoft.com/beta/$metadata#reports/appCredentialSignInActivities"
    );
    let row = &told.body["value"][0];
    let activity: CredentialActivity = serde_json::from_value(row.clone()).unwrap();
    assert_eq!(
        activity.last.0.map(|at| at.to_string()).as_deref(),
        Some("2026-11-22T07:00:00Z")
    );
    assert_eq!(row["keyType"], "clientSecret");
    let by_key = format!("?$filter=keyId eq '{}'", activity.key);
    let same = office.report("beta", CREDENTIALS, &by_key).is(200);
    assert_eq!(same.body["value"], json!([row]));

    for (app, [as_client, as_resource]) in [
        (server, [[false, true], [true, false]]),
        (client, [[true, false], [false, false]]),
    ] {
        let filter = format!("?$filter=appId eq '{app}'");
        let told = office.report("beta", PRINCIPALS, &filter).is(200);
        let row: PrincipalActivity = serde_json::from_value(told.body["value"][0].clone()).unwrap();
        assert_eq!(row.app, app);
        assert_eq!(row.as_client.map(|it| it.0.is_some()), as_client);
        assert_eq!(row.as_resource.map(|it| it.0.is_some()), as_resource);
    }
}

#[test]
fn a_sign_in_is_reported_a_day_later() {
    let mut office = fabrikam();
    let filter = format!("?$filter=appId eq '{}'", office.server);
    let last = |office: &mut Office| {
        let told = office.report("beta", CREDENTIALS, &filter).is(200);
        let row = told.body["value"][0].clone();
        serde_json::from_value::<CredentialActivity>(row).unwrap()
    };
    let before = last(&mut office);
    let graph: AppId = GRAPH_APP.parse().unwrap();
    let own = (office.server, before.key);
    office
        .desk
        .sim
        .sign_in_with_secret(start(), FABRIKAM, own, graph);
    assert_eq!(last(&mut office), before);
    let just = start() - Duration::from_hours(24);
    office
        .desk
        .sim
        .sign_in_with_secret(just, FABRIKAM, own, graph);
    assert_eq!(last(&mut office).last.0, Some(just));
    office.desk.sim.forget_sign_ins(FABRIKAM);
    let told = office.report("beta", CREDENTIALS, &filter).is(200);
    assert_eq!(told.body["value"], json!([]));
}

#[test]
fn the_reports_need_permission_license_and_role() {
    let mut office = office(
        FABRIKAM,
        "admin@fabrikam.com",
        &["Application.ReadWrite.All"],
    );
    office.both_refused(
        403,
        "Authentication_MSGraphPermissionMissing",
        "AuditLog.Read.All",
    );
    for scope in ["AuditLog.Read.All", "Directory.Read.All"] {
        let Office { desk, .. } = office;
        office = Office {
            desk: Desk::with_scopes(desk.sim, "admin@fabrikam.com", &[scope]),
            ..office
        };
        office.report("beta", CREDENTIALS, "").is(200);
    }
    office.desk.sim.set_premium(FABRIKAM, false);
    office.both_refused(
        403,
        "Authentication_RequestFromNonPremiumTenantOrB2CTenant",
        "premium license",
    );
    office.desk.sim.set_premium(FABRIKAM, true);
    let sim = &mut office.desk.sim;
    sim.set_directory_roles("admin@fabrikam.com", &[APPLICATION_ADMINISTRATOR]);
    office.both_refused(
        403,
        "Authentication_RequestFromUnsupportedUserRole",
        "User is not in the allowed roles",
    );
    let sim = &mut office.desk.sim;
    sim.set_directory_roles("admin@fabrikam.com", &[REPORTS_READER]);
    office.report("beta", PRINCIPALS, "").is(200);
}

#[test]
fn the_reports_are_beta_and_in_the_global_service_only() {
    let mut office = fabrikam();
    office
        .report("v1.0", CREDENTIALS, "")
        .refused(400, "BadRequest", "Resource not found");
    let mut office = self::office(
        CONTOSO_GOVERNMENT,
        "admin@contoso-gov.us",
        &["Directory.Read.All"],
    );
    office.both_refused(400, "BadRequest", "Resource not found");
}
