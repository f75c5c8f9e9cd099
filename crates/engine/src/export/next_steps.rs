//! The remaining steps after a setup, and how to turn off Microsoft Entra authentication for a tenant.
//!
//! Describes who does a step, where it is in the console, and why it matters. It neither performs the steps nor tracks whether they are
//! done. Sources, with the date of each page: "Configure Azure services" (2021-08-24), "Set up CMG" (2022-09-18), "Plan for CMG"
//! (2022-04-08), "What's new in version 2309" (2023-11-15), KB37942646 (2026-06-02), "What's new in version 2603" (2026-08-05), "Proxy
//! server support" and "Internet access requirements" (both 2026-06-08), "In-console updates" (2024-12-04), "Configure discovery methods"
//! and "CMG FAQ" (2024-12-04), all of Configuration Manager.

use crate::desired::repair::AppRole;
use crate::export::handoff::Consent;
use crate::export::handoff::Handoff;
use crate::export::handoff::RegistrationRecord;
use crate::export::provider_request::ProviderRequest;
use crate::export::quote::QuotedText;
use domain::cmg::CONSOLE_DEFAULT;
use domain::ids::TenantId;
use domain::known::Answer;
use domain::known::Known;
use domain::locale::Locale;
use domain::locale::formats::day;
use domain::sources;
use domain::sources::Source;

/// ID of the schedule that makes a client read the tenant settings immediately ("Configure Azure services", read 2026-11-23).
pub const CLIENT_SCHEDULE: &str = "{00000000-0000-0000-0000-000000000023}";

/// How important a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// The gateway does not work without this step.
    Required,
    /// The gateway works without it, but may fail later.
    Recommended,
    /// The gateway does not depend on this step.
    Optional,
}

impl Need {
    /// Tag shown to the user.
    #[must_use]
    pub fn tag(self, t: Locale) -> &'static str {
        match self {
            Self::Required => t.handover_need_required(),
            Self::Recommended => t.handover_need_recommended(),
            Self::Optional => t.handover_need_optional(),
        }
    }
}

/// A remaining step for an admin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextStep {
    /// How important the step is.
    pub need: Need,
    /// What the admin does.
    pub title: &'static str,
    /// Who can do it: roles with Microsoft's names.
    pub who: &'static str,
    /// Path in the console: nodes and buttons.
    pub path: &'static str,
    /// Why the step matters and what to watch for.
    pub detail: String,
    /// Microsoft's page about the step.
    pub source: Option<Source>,
    /// Where in the Azure portal the step is done, if it can be addressed.
    pub portal: Option<String>,
    /// What to send to the person who does the step, if this is usually another one.
    pub request: Option<ProviderRequest>,
}

/// How to prevent a tenant's devices and users from signing in to the gateway with Microsoft Entra ID. For a tenant that is only used to
/// pay for Azure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisableAuthentication {
    /// When this is needed, and when not.
    pub when: &'static str,
    /// Path of the setting in the console.
    pub path: &'static str,
    /// The option to select, exactly as in the English console.
    pub option: &'static str,
    /// How long clients take, and that the setting exists only in the console.
    pub notes: [&'static str; 3],
    /// How to see the effect sooner in a test.
    pub hurry: [String; 3],
}

impl Handoff {
    /// The remaining steps in order. Omits consents and providers that are done. Lists every other step, because the page cannot see the
    /// site.
    #[must_use]
    pub fn next_steps(&self, t: Locale) -> Vec<NextStep> {
        let consent = self.consent_left(t).map(|detail| NextStep {
            need: Need::Required,
            title: t.handover_step_consent(),
            who: self.consent_giver(t),
            path: t.handover_step_consent_path(),
            detail,
            source: Some(sources::CONSENT),
            portal: None,
            request: None,
        });
        let providers = self.providers_left(t).map(|detail| NextStep {
            need: Need::Required,
            title: t.handover_step_providers(),
            who: t.role_least_register_providers(),
            path: t.handover_step_providers_path(),
            detail,
            source: Some(sources::PROVIDERS),
            portal: self
                .subscription
                .map(|id| sources::resource_providers(self.tenant.cloud, self.tenant.id, id)),
            request: self.provider_request.clone(),
        });
        // Microsoft Entra user discovery alone is not enough for federated or synchronized users ("Configure discovery methods").
        let discovery = self.discovery.users.then(|| NextStep {
            need: Need::Required,
            title: t.handover_step_discovery(),
            who: t.handover_who_site(),
            path: t.handover_step_discovery_path(),
            detail: t.handover_step_discovery_detail().to_owned(),
            source: Some(sources::DISCOVERY),
            portal: None,
            request: None,
        });
        // Another person often does the first two, so they are requested before anything else.
        let before = [providers, consent, Some(import(t))];
        let after = [
            Some(self.update(t)),
            discovery,
            Some(site_update(t)),
            Some(self.management_point(t)),
            Some(create(t)),
            Some(connect(t)),
            Some(authentication(t)),
            Some(self.renew(t)),
            Some(admin_service(t)),
        ];
        before.into_iter().chain(after).flatten().collect()
    }

    /// Also required for new customers ("What's new in version 2309"). The page names no role for the sign-in.
    fn update(&self, t: Locale) -> NextStep {
        NextStep {
            need: Need::Required,
            title: t.handover_step_update(),
            who: t.handover_who_update(),
            path: t.handover_step_update_path(),
            detail: t.handover_step_update_detail(update_command(self.tenant.id)),
            source: Some(sources::NEW_2309),
            portal: None,
            request: None,
        }
    }

    /// The page lists the same issuer host for both Azure environments ("Internet access requirements").
    fn management_point(&self, t: Locale) -> NextStep {
        let cloud = self.tenant.cloud;
        NextStep {
            need: Need::Required,
            title: t.handover_step_management_point(),
            who: t.handover_who_management_point(),
            path: t.handover_step_management_point_path(),
            detail: t
                .handover_step_management_point_detail(cloud.issuer_host(), cloud.login_host()),
            source: Some(sources::ENDPOINTS),
            portal: None,
            request: None,
        }
    }

    fn renew(&self, t: Locale) -> NextStep {
        NextStep {
            need: Need::Recommended,
            title: t.handover_step_renew(),
            who: t.handover_who_renew(),
            path: t.handover_step_renew_path(),
            detail: t.handover_step_renew_detail(day(t, self.server.secret.end)),
            source: Some(sources::WIZARD),
            portal: None,
            request: None,
        }
    }

    /// Steps for a gateway whose subscription is in another tenant, in order ("CMG FAQ", 2024-12-04).
    #[must_use]
    pub fn other_tenant(&self, t: Locale) -> [String; 4] {
        [
            t.handover_other_tenant_both(self.tenant.id),
            t.handover_other_tenant_app().to_owned(),
            t.handover_other_tenant_disable().to_owned(),
            t.handover_other_tenant_create().to_owned(),
        ]
    }

    /// Which other settings depend on the App ID URI. `None` for the console's default URI, which scripts expect.
    #[must_use]
    pub fn app_id_uri_note(&self, t: Locale) -> Option<String> {
        let uri = self.server.app_id_uri.as_str();
        (uri != CONSOLE_DEFAULT).then(|| t.handover_note_app_id_uri(uri))
    }

    /// Least privileged role for the remaining consents. An application permission of Microsoft Graph needs a higher role than the others.
    fn consent_giver(&self, t: Locale) -> &'static str {
        let is_left = |consent: &Consent| {
            consent.side == AppRole::Server && consent.is_granted != Answer::Yes
        };
        if self.consents.iter().any(is_left) {
            t.role_least_consent_to_directory_read()
        } else {
            t.role_least_consent_to_server_app()
        }
    }

    /// Sentence about consents that are missing or could not be read.
    fn consent_left(&self, t: Locale) -> Option<String> {
        let named = |answer| {
            self.consents
                .iter()
                .filter(|consent| consent.is_granted == answer)
                .map(|consent| match consent.side {
                    AppRole::Server => t.handover_permission_of_server(&consent.permission),
                    AppRole::Client => t.handover_permission_of_client(&consent.permission),
                })
                .collect::<Vec<_>>()
                .join(", ")
        };
        let (missing, unread) = (named(Answer::No), named(Answer::CannotTell));
        join_sentences(
            (!missing.is_empty()).then(|| t.handover_consent_missing(missing)),
            (!unread.is_empty()).then(|| t.handover_consent_unread(unread)),
        )
    }

    /// Sentence about resource providers that are not ready, could not be read, or were left to another admin.
    fn providers_left(&self, t: Locale) -> Option<String> {
        if self.providers.is_empty() {
            let request = self.provider_request.as_ref()?;
            let names = request.namespaces.iter().map(|it| it.name());
            return Some(t.handover_providers_left(names.collect::<Vec<_>>().join(", ")));
        }
        let named = |wanted: fn(Known<RegistrationRecord>) -> bool| {
            self.providers
                .iter()
                .filter(|provider| wanted(provider.registration))
                .map(|provider| provider.namespace.name())
                .collect::<Vec<_>>()
                .join(", ")
        };
        let missing = named(|known| known == Known::Known(RegistrationRecord::NotRegistered));
        let waiting = named(|known| known == Known::Known(RegistrationRecord::Registering));
        let unread = named(|known| known == Known::Unknown);
        let first = join_sentences(
            (!missing.is_empty()).then(|| t.handover_providers_missing(missing)),
            (!waiting.is_empty()).then(|| t.handover_providers_waiting(waiting)),
        );
        join_sentences(
            first,
            (!unread.is_empty()).then(|| t.handover_providers_unread(unread)),
        )
    }
}

impl DisableAuthentication {
    /// Only the console can do this: no Configuration Manager cmdlet does it ("Configure Azure services", read 2026-11-23).
    #[must_use]
    pub fn describe(t: Locale) -> Self {
        Self {
            when: t.handover_disable_when(),
            path: t.handover_disable_path(),
            option: t.handover_disable_option(),
            notes: [
                t.handover_disable_hours(),
                t.handover_disable_console_only(),
                t.handover_disable_before_2503(),
            ],
            hurry: [
                t.handover_hurry_site().to_owned(),
                t.handover_hurry_client().to_owned(),
                t.handover_hurry_schedule(CLIENT_SCHEDULE),
            ],
        }
    }
}

fn import(t: Locale) -> NextStep {
    NextStep {
        need: Need::Required,
        title: t.handover_step_import(),
        who: t.handover_who_import(),
        path: t.handover_step_import_path(),
        detail: t.handover_step_import_detail().to_owned(),
        source: Some(sources::CONFIGURE),
        portal: None,
        request: None,
    }
}

/// New and reimaged gateways need the newer image (KB37942646). The page cannot see the site's version.
fn site_update(t: Locale) -> NextStep {
    NextStep {
        need: Need::Required,
        title: t.handover_step_site_update(),
        who: t.handover_who_site_update(),
        path: t.handover_step_site_update_path(),
        detail: t.handover_step_site_update_detail().to_owned(),
        source: None,
        portal: None,
        request: None,
    }
}

/// "Plan for CMG" requires both roles, "Set up CMG" only the Owner.
fn create(t: Locale) -> NextStep {
    NextStep {
        need: Need::Required,
        title: t.handover_step_create(),
        who: t.handover_who_create(),
        path: t.handover_step_create_path(),
        detail: t.handover_step_create_detail().to_owned(),
        source: Some(sources::SET_UP),
        portal: None,
        request: None,
    }
}

fn connect(t: Locale) -> NextStep {
    NextStep {
        need: Need::Required,
        title: t.handover_step_connect(),
        who: t.handover_who_site(),
        path: t.handover_step_connect_path(),
        detail: t.handover_step_connect_detail().to_owned(),
        source: Some(sources::SET_UP),
        portal: None,
        request: None,
    }
}

/// Microsoft's own next step after the integration ("Configure Microsoft Entra ID for CMG").
fn authentication(t: Locale) -> NextStep {
    NextStep {
        need: Need::Required,
        title: t.handover_step_authentication(),
        who: t.handover_who_site(),
        path: t.handover_step_authentication_path(),
        detail: t.handover_step_authentication_detail().to_owned(),
        source: Some(sources::AUTHENTICATION),
        portal: None,
        request: None,
    }
}

fn admin_service(t: Locale) -> NextStep {
    NextStep {
        need: Need::Optional,
        title: t.handover_step_admin_service(),
        who: t.handover_who_site(),
        path: t.handover_step_admin_service_path(),
        detail: t.handover_step_admin_service_detail().to_owned(),
        source: Some(sources::ADMIN_SERVICE),
        portal: None,
        request: None,
    }
}

/// PowerShell command for *Update Application Settings* in the console (ConfigurationManager module reference, 2026-01-28).
#[must_use]
pub fn update_command(tenant: TenantId) -> String {
    let tenant = QuotedText::from(tenant).powershell();
    format!("Set-UpdateServerApplication -TenantId {tenant}")
}

fn join_sentences(first: Option<String>, second: Option<String>) -> Option<String> {
    match (first, second) {
        (Some(first), Some(second)) => Some(format!("{first} {second}")),
        (first, second) => first.or(second),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::export::handoff::ProviderRecord;
    use crate::export::handoff::tests::line;
    use crate::export::handoff::tests::sample;
    use domain::cloud::Cloud;
    use domain::cmg::ProviderNamespace;

    fn consent(is_granted: Answer) -> Consent {
        Consent {
            side: AppRole::Client,
            permission: "user_impersonation".to_owned(),
            is_granted,
        }
    }

    fn provider(
        namespace: ProviderNamespace,
        registration: Known<RegistrationRecord>,
    ) -> ProviderRecord {
        ProviderRecord {
            namespace,
            registration,
        }
    }

    const IMPORT: (&str, &str) = ("Required", "Import both apps");
    const UPDATE: (&str, &str) = (
        "Required",
        "Update the application settings before you create the gateway",
    );
    /// The steps from the site's own update on, which are the same for every setup.
    const LAST: [(&str, &str); 7] = [
        (
            "Required",
            "Install KB37942646 before you create the gateway",
        ),
        (
            "Required",
            "Let the management point reach Microsoft Entra ID",
        ),
        ("Required", "Create the cloud management gateway"),
        ("Required", "Connect the site to the gateway"),
        ("Required", "Configure client authentication"),
        ("Recommended", "Put the secret's expiry in your calendar"),
        ("Optional", "Restrict access to the administration service"),
    ];

    fn titles(handoff: &Handoff) -> Vec<(&'static str, &'static str)> {
        let steps = handoff.next_steps(Locale::En);
        steps
            .iter()
            .map(|step| (step.need.tag(Locale::En), step.title))
            .collect()
    }

    fn step(handoff: &Handoff, title: &str) -> NextStep {
        let steps = handoff.next_steps(Locale::En);
        let found = steps.into_iter().find(|step| step.title == title);
        found.unwrap_or_else(|| panic!("no step {title:?}"))
    }

    /// A setup with no remaining step in Microsoft Entra ID or Azure.
    fn done() -> Handoff {
        let mut handoff = sample();
        handoff.consents = vec![consent(Answer::Yes)];
        handoff.providers = vec![provider(
            ProviderNamespace::Compute,
            Known::Known(RegistrationRecord::Registered),
        )];
        handoff
    }

    #[test]
    fn completed_steps_are_omitted_except_the_settings_update() {
        let mut handoff = done();
        let tail = |first: &[(&'static str, &'static str)]| {
            let mut all = first.to_vec();
            all.extend([IMPORT, UPDATE]);
            all.extend(LAST);
            all
        };
        assert_eq!(titles(&handoff), tail(&[]));

        handoff.consents = vec![consent(Answer::No)];
        let grant = ("Required", "Finish the admin consent");
        assert_eq!(titles(&handoff), tail(&[grant]));

        handoff.providers = vec![provider(ProviderNamespace::Compute, Known::Unknown)];
        let register = ("Required", "Get the resource providers ready");
        assert_eq!(titles(&handoff), tail(&[register, grant]));

        handoff.discovery.users = true;
        let mut with_discovery = tail(&[register, grant]);
        with_discovery.insert(
            4,
            (
                "Required",
                "Also turn on Active Directory User Discovery, for hybrid users",
            ),
        );
        assert_eq!(titles(&handoff), with_discovery);
    }

    #[test]
    fn a_step_lists_the_providers_if_no_subscription_was_chosen() {
        let mut handoff = done();
        handoff.providers = Vec::new();
        let request = ProviderRequest {
            cloud: Cloud::Public,
            subscription: None,
            namespaces: ProviderNamespace::ALL.into(),
            link: None,
        };
        handoff.provider_request = Some(request.clone());
        let first = &handoff.next_steps(Locale::En)[0];
        assert_eq!(first.request, Some(request));
        let left = step(&handoff, "Get the resource providers ready");
        assert_eq!(first, &left);
        assert_eq!(
            left.detail,
            "No subscription was chosen here, so the page neither read nor changed anything in Azure. The gateway's subscription needs: \
             Microsoft.KeyVault, Microsoft.Storage, Microsoft.Network, Microsoft.Compute."
        );
    }

    #[test]
    fn each_step_has_a_role_and_a_path() {
        let mut handoff = done();
        handoff.consents = vec![consent(Answer::No)];
        handoff.providers = Vec::new();
        handoff.discovery.users = true;
        for step in handoff.next_steps(Locale::En) {
            assert!(step.who.ends_with('.'), "{}: {}", step.title, step.who);
            assert!(step.path.contains(" > "), "{}: {}", step.title, step.path);
        }
    }

    #[test]
    fn the_consent_role_depends_on_the_remaining_consents() {
        let who = |consents: &[(AppRole, Answer)]| {
            let mut handoff = done();
            handoff.consents = consents
                .iter()
                .map(|(side, is_granted)| Consent {
                    side: *side,
                    ..consent(*is_granted)
                })
                .collect();
            step(&handoff, "Finish the admin consent").who
        };
        use Answer::{CannotTell, No, Yes};
        let lesser = who(&[(AppRole::Client, No), (AppRole::Server, Yes)]);
        assert!(
            lesser.starts_with("Cloud Application Administrator"),
            "{lesser}"
        );
        for left in [No, CannotTell] {
            let greater = who(&[(AppRole::Client, No), (AppRole::Server, left)]);
            assert!(
                greater.starts_with("Privileged Role Administrator"),
                "{greater}"
            );
        }
    }

    /// "What's new in version 2309": also for new customers, before the gateway is created.
    #[test]
    fn the_settings_update_has_its_command_sign_in_and_effects() {
        let handoff = done();
        let update = step(&handoff, UPDATE.1);
        let line = format!(
            "Set-UpdateServerApplication -TenantId '{}'",
            handoff.tenant.id
        );
        for part in [
            line.as_str(),
            "asks for a sign-in to Microsoft Entra ID",
            "the permission to read directory data",
            "http://localhost",
            "Your server Application needs to be updated",
        ] {
            assert!(update.detail.contains(part), "{part}: {}", update.detail);
        }
        assert!(
            update
                .path
                .ends_with("> ribbon: Update Application Settings")
        );
    }

    /// "Plan for CMG" and "Modify a CMG" require both, "Set up CMG" only the Owner (all 2022).
    #[test]
    fn the_gateway_step_names_owner_and_global_administrator() {
        let create = step(&done(), "Create the cloud management gateway");
        assert!(create.who.contains("Owner of the Azure subscription"));
        assert!(create.who.contains("Global Administrator"));
    }

    /// KB37942646, 2026-06-02.
    #[test]
    fn the_site_update_step_names_versions_and_the_date() {
        let update = step(&done(), LAST[0].1);
        for part in [
            "2603",
            "2503",
            "KB32851084",
            "2409",
            "KB30385346",
            "2509",
            "KB37864969",
            "early 2027",
            "reimaging",
        ] {
            assert!(update.detail.contains(part), "{part}: {}", update.detail);
        }
    }

    /// "Internet access requirements", 2026-06-08.
    #[test]
    fn the_network_step_names_the_login_host_of_the_cloud() {
        for (cloud, login) in [
            (Cloud::Public, "login.microsoftonline.com"),
            (Cloud::UsGov, "login.microsoftonline.us"),
            (Cloud::UsGovDod, "login.microsoftonline.us"),
        ] {
            let mut handoff = done();
            handoff.tenant.cloud = cloud;
            let reach = step(&handoff, LAST[1].1).detail;
            let parts = [
                login,
                "sts.windows.net",
                "2603",
                "Local System",
                "CCM_STS_ManagedBase.log",
                "MISE12034",
            ];
            for part in parts {
                assert!(reach.contains(part), "{part}: {reach}");
            }
            let others = ["login.microsoftonline.com", "login.microsoftonline.us"];
            for other in others.into_iter().filter(|it| *it != login) {
                assert!(!reach.contains(other), "{other}: {reach}");
            }
        }
    }

    /// "Configure Azure services": the button is on the tenant's ribbon.
    #[test]
    fn the_secret_is_renewed_on_the_ribbon_of_the_tenant() {
        let renew = step(&done(), LAST[5].1);
        assert_eq!(
            renew.path,
            "Administration > Cloud Services > Microsoft Entra tenants > the tenant > ribbon: Renew Secret Key"
        );
    }

    #[test]
    fn the_administration_service_uses_the_same_pair() {
        let option = step(&done(), LAST[6].1);
        assert!(option.path.ends_with("> Administration Service Management"));
        assert!(option.detail.contains("2207"), "{}", option.detail);
        assert!(
            option.detail.contains("the same two apps"),
            "{}",
            option.detail
        );
    }

    #[test]
    fn unread_values_are_not_reported_as_missing() {
        let mut handoff = sample();
        handoff.consents = vec![consent(Answer::No), consent(Answer::CannotTell)];
        handoff.consents[1].side = AppRole::Server;
        handoff.consents[1].permission = "Directory.Read.All".to_owned();
        handoff.providers = vec![
            provider(
                ProviderNamespace::Network,
                Known::Known(RegistrationRecord::NotRegistered),
            ),
            provider(
                ProviderNamespace::Storage,
                Known::Known(RegistrationRecord::NotRegistered),
            ),
            provider(
                ProviderNamespace::Compute,
                Known::Known(RegistrationRecord::Registering),
            ),
            provider(ProviderNamespace::KeyVault, Known::Unknown),
        ];
        let steps = handoff.next_steps(Locale::En);
        assert_eq!(
            steps[1].detail,
            "Not granted: user_impersonation (client app). Could not be checked: Directory.Read.All (server app)."
        );
        assert_eq!(
            steps[0].detail,
            "Not registered: Microsoft.Network, Microsoft.Storage. Still registering, this can take a while: Microsoft.Compute. \
             Could not be checked: Microsoft.KeyVault."
        );
        let record: Value = serde_json::from_str(&handoff.record(None)).unwrap();
        assert_eq!(record["consents"][0]["granted"], Value::Bool(false));
        assert_eq!(record["consents"][1]["granted"], Value::Null);
        assert_eq!(
            record["resourceProviders"][3]["registrationState"],
            Value::Null
        );
    }

    #[test]
    fn the_task_sequence_note_is_omitted_for_the_default_uri() {
        let mut handoff = sample();
        let note = handoff.app_id_uri_note(Locale::En).unwrap();
        assert!(
            note.ends_with("Set their variable MDMApplicationIDURI to api://a/b."),
            "{note}"
        );
        handoff.server.app_id_uri = line("https://ConfigMgrService");
        assert_eq!(handoff.app_id_uri_note(Locale::En), None);
    }

    /// "CMG FAQ", 2024-12-04.
    #[test]
    fn a_subscription_in_another_tenant_has_its_own_steps() {
        let handoff = sample();
        let [both, app, disable, create] = handoff.other_tenant(Locale::En);
        assert!(both.starts_with("Onboard both tenants"), "{both}");
        assert!(both.contains(&handoff.tenant.id.to_string()), "{both}");
        assert!(
            app.contains("technically needs no native (client) app"),
            "{app}"
        );
        assert!(
            disable.contains("disable Microsoft Entra authentication for the subscription's"),
            "{disable}"
        );
        assert!(
            create.contains("Update the application settings"),
            "{create}"
        );
    }

    #[test]
    fn disabling_authentication_shows_the_delay_and_a_faster_way() {
        let text = DisableAuthentication::describe(Locale::En);
        assert_eq!(
            text.option,
            "Disable Microsoft Entra authentication for this tenant"
        );
        assert!(text.notes[0].contains("25 hours"));
        assert!(text.hurry[2].contains("SendSchedule {00000000-0000-0000-0000-000000000023}"));
    }
}
