//! The signed-in user, other users, the organization, and its domains.

use serde_json::json;

use crate::answer::Answer;
use crate::answer::Object;
use crate::answer::Refusal;
use crate::answer::stamp;
use crate::directory::call::Call;
use crate::directory::call::missing;
use crate::directory::list::Kind;
use crate::directory::list::bools;
use crate::directory::list::texts;
use crate::directory::tenant::Domain;
use crate::directory::tenant::Tenant;
use crate::directory::tenant::User;

/// Properties of a user that are returned without `$select`.
const USER_DEFAULT: [&str; 11] = [
    "id",
    "businessPhones",
    "displayName",
    "givenName",
    "jobTitle",
    "mail",
    "mobilePhone",
    "officeLocation",
    "preferredLanguage",
    "surname",
    "userPrincipalName",
];

pub(super) fn me(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let user = render_user(signed_in(call)?);
    one_user(call, user)
}

pub(super) fn user(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let user = render_user(named(call)?);
    one_user(call, user)
}

pub(super) fn users(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let mut objects: Vec<Object> = call.tenant().users.iter().map(render_user).collect();
    if call.query.select.is_none() && call.query.filter.is_none() {
        for object in &mut objects {
            object.retain(|name, _| USER_DEFAULT.contains(&name.as_str()));
        }
    }
    call.page(&user_kind(), objects)
}

fn one_user(call: &Call<'_>, mut user: Object) -> Result<Answer, Refusal> {
    if call.query.select.is_none() {
        user.retain(|name, _| USER_DEFAULT.contains(&name.as_str()));
    }
    call.one(&user_kind(), user)
}

/// The user that the first key identifies, by ID or sign-in name. Without a key: the signed-in user.
pub(in crate::directory) fn named<'a>(call: &'a Call<'_>) -> Result<&'a User, Refusal> {
    if call.keys.is_empty() {
        return signed_in(call);
    }
    let key = call.id(0);
    let tenant = call.tenant();
    let by_id = tenant.users.iter().find(|user| user.id.to_string() == key);
    by_id
        .or_else(|| tenant.user_named(key))
        .ok_or_else(|| missing(key))
}

fn signed_in<'a>(call: &'a Call<'_>) -> Result<&'a User, Refusal> {
    call.tenant().user(call.caller.oid).ok_or_else(|| {
        Refusal::new(
            400,
            "BadRequest",
            "/me request is only valid with delegated authentication flow.",
        )
    })
}

fn render_user(user: &User) -> Object {
    let (given, family) = user
        .display_name
        .split_once(' ')
        .unwrap_or((&user.display_name, ""));
    json!({
        "id": user.id.to_string(),
        "accountEnabled": true,
        "businessPhones": [],
        "displayName": user.display_name,
        "givenName": given,
        "jobTitle": null,
        "mail": user.user_principal_name,
        "mobilePhone": null,
        "officeLocation": null,
        "onPremisesSyncEnabled": null,
        "preferredLanguage": null,
        "surname": family,
        "userPrincipalName": user.user_principal_name,
        "userType": if user.is_guest { "Guest" } else { "Member" },
    })
    .as_object()
    .cloned()
    .unwrap_or_default()
}

fn user_kind() -> Kind {
    Kind {
        set: "users".to_owned(),
        type_name: "user",
        properties: [
            texts(&USER_DEFAULT),
            texts(&["userType"]),
            bools(&["accountEnabled", "onPremisesSyncEnabled"]),
        ]
        .concat(),
        filterable: &[
            "id",
            "displayName",
            "mail",
            "userPrincipalName",
            "userType",
            "accountEnabled",
        ],
        advanced: &[],
        is_cast: false,
    }
}

pub(super) fn organizations(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let object = render_organization(call.tenant());
    call.page(&organization_kind(), vec![object])
}

pub(super) fn organization(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let key = call.id(0);
    if key != call.tenant().id.to_string() {
        return Err(missing(key));
    }
    let object = render_organization(call.tenant());
    call.one(&organization_kind(), object)
}

fn organization_kind() -> Kind {
    Kind {
        set: "organization".to_owned(),
        type_name: "organization",
        properties: texts(&ORGANIZATION),
        filterable: &[],
        advanced: &[],
        is_cast: false,
    }
}

const ORGANIZATION: [&str; 17] = [
    "id",
    "businessPhones",
    "city",
    "country",
    "countryLetterCode",
    "createdDateTime",
    "deletedDateTime",
    "displayName",
    "onPremisesLastSyncDateTime",
    "onPremisesSyncEnabled",
    "postalCode",
    "preferredLanguage",
    "state",
    "street",
    "technicalNotificationMails",
    "tenantType",
    "verifiedDomains",
];

fn render_organization(tenant: &Tenant) -> Object {
    let domains: Vec<_> = tenant
        .domains
        .iter()
        .filter(|domain| domain.is_verified)
        .map(|domain| {
            json!({
                "capabilities": "Email, OfficeCommunicationsOnline",
                "isDefault": domain.is_default,
                "isInitial": domain.is_initial,
                "name": domain.name,
                "type": "Managed",
            })
        })
        .collect();
    json!({
        "id": tenant.id.to_string(),
        "businessPhones": [],
        "city": null,
        "country": null,
        "countryLetterCode": "US",
        "createdDateTime": stamp(tenant.created),
        "deletedDateTime": null,
        "displayName": tenant.display_name,
        "onPremisesLastSyncDateTime": null,
        "onPremisesSyncEnabled": null,
        "postalCode": null,
        "preferredLanguage": "en",
        "state": null,
        "street": null,
        "technicalNotificationMails": [],
        "tenantType": tenant.tenant_type,
        "verifiedDomains": domains,
    })
    .as_object()
    .cloned()
    .unwrap_or_default()
}

pub(super) fn domains(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let objects = call.tenant().domains.iter().map(render_domain).collect();
    call.page(&domain_kind(), objects)
}

pub(super) fn domain(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let key = call.id(0);
    let domain = call
        .tenant()
        .domains
        .iter()
        .find(|domain| domain.name.eq_ignore_ascii_case(key))
        .ok_or_else(|| missing(key))?;
    call.one(&domain_kind(), render_domain(domain))
}

fn domain_kind() -> Kind {
    Kind {
        set: "domains".to_owned(),
        type_name: "domain",
        properties: texts(&[
            "id",
            "authenticationType",
            "availabilityStatus",
            "isAdminManaged",
            "isDefault",
            "isInitial",
            "isRoot",
            "isVerified",
            "passwordNotificationWindowInDays",
            "passwordValidityPeriodInDays",
            "state",
            "supportedServices",
        ]),
        filterable: &[],
        advanced: &[],
        is_cast: false,
    }
}

fn render_domain(domain: &Domain) -> Object {
    json!({
        "id": domain.name,
        "authenticationType": "Managed",
        "availabilityStatus": null,
        "isAdminManaged": true,
        "isDefault": domain.is_default,
        "isInitial": domain.is_initial,
        "isRoot": true,
        "isVerified": domain.is_verified,
        "passwordNotificationWindowInDays": 14,
        "passwordValidityPeriodInDays": 90,
        "state": null,
        "supportedServices": if domain.is_verified { json!(["Email", "OfficeCommunicationsOnline"]) } else { json!([]) },
    })
    .as_object()
    .cloned()
    .unwrap_or_default()
}
