//! The remaining steps in Configuration Manager's console after a new secret or an update of the web (server) app, and where to check
//! whether an app is used before retiring it. Plain data for the user interface: this file neither performs the steps nor tracks them.
//!
//! Sources: "Azure Services Wizard" (2026), "What's new in version 2309" (2023), "What's new in version 2409" (2024), "Microsoft Entra
//! sign-in logs" (2026).

use jiff::Timestamp;

use crate::audit::Check;
use crate::audit::State;
use crate::export::next_steps::Need;
use crate::export::next_steps::NextStep;
use crate::export::next_steps::update_command;
use domain::ids::AppId;
use domain::ids::TenantId;
use domain::locale::Locale;

/// The next actions for a new secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretRenewal {
    /// The steps in order.
    pub steps: Vec<NextStep>,
    /// What the console reports about the app's age, if it was checked.
    pub age: Option<String>,
}

/// The steps in the console for a new secret that expires at `end`. `age` is the result of `CheckId::ServerAge`.
///
/// The steps cover both origins of the web (server) app, imported and created by the console's wizard: Microsoft Entra ID does not store
/// which one it is.
#[must_use]
pub fn after_new_secret(end: Timestamp, age: Option<&Check>, t: Locale) -> SecretRenewal {
    let day: String = end.to_string().chars().take(10).collect();
    let step = |need, title, who, path, detail: String| NextStep {
        need,
        title,
        who,
        path,
        detail,
        source: None,
        portal: None,
        request: None,
    };
    let steps = vec![
        step(
            Need::Required,
            t.renewal_enter(),
            t.handover_who_site(),
            t.handover_step_renew_path(),
            t.renewal_enter_either(t.renewal_enter_sign_in(), t.renewal_enter_value(&day)),
        ),
        step(
            Need::Required,
            t.renewal_look(),
            t.renewal_look_who(),
            t.renewal_look_path(),
            t.renewal_look_detail().to_owned(),
        ),
        step(
            Need::Required,
            t.renewal_old(),
            t.renewal_old_who(),
            t.renewal_secrets_path(),
            t.renewal_old_detail().to_owned(),
        ),
        step(
            Need::Recommended,
            t.renewal_spare(),
            t.renewal_old_who(),
            t.renewal_secrets_path(),
            t.renewal_spare_detail().to_owned(),
        ),
        step(
            Need::Recommended,
            t.handover_step_renew(),
            t.handover_who_renew(),
            t.renewal_calendar_path(),
            t.renewal_calendar().to_owned(),
        ),
    ];
    SecretRenewal {
        steps,
        age: age.map(|age| match age.state {
            State::Ok => age.seen.clone(),
            State::Attention | State::Broken | State::CannotTell => {
                format!("{} {}", age.seen, age.id.meaning(t))
            }
        }),
    }
}

/// The site's part of the console's *Update application settings*. The other part is in Microsoft Entra ID.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteUpdate {
    /// Why the site has its own part.
    pub why: &'static str,
    /// PowerShell command for the console.
    pub command: String,
    /// Where the command works.
    pub command_note: &'static str,
    /// The path in the console instead of the command.
    pub path: &'static str,
    /// What else that console action does.
    pub path_note: &'static str,
}

/// How to update the site's own record of the web (server) app.
#[must_use]
pub fn update_application_settings(tenant: TenantId, t: Locale) -> SiteUpdate {
    SiteUpdate {
        why: t.renewal_update_why(),
        command: update_command(tenant),
        command_note: t.renewal_update_command(),
        path: t.handover_step_update_path(),
        path_note: t.renewal_update_console(),
    }
}

/// Where to check whether an app is still used before retiring it. The reports that this tool can read list only the last sign-ins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Usage {
    /// Path to the sign-in logs.
    pub path: &'static str,
    /// How to filter the logs for the app.
    pub find: String,
    /// The two tabs, with the users or apps that each lists.
    pub tabs: [(&'static str, &'static str); 2],
    /// What an empty list does not prove.
    pub limits: &'static str,
    /// Where the console shows which services use the app.
    pub console_path: &'static str,
    /// What to look for in the console.
    pub console: &'static str,
}

/// Where to check who still uses an app.
#[must_use]
pub fn usage(app: AppId, t: Locale) -> Usage {
    Usage {
        path: t.renewal_usage_path(),
        find: t.renewal_usage_find(app),
        tabs: [
            (t.renewal_usage_users(), t.renewal_usage_users_who()),
            (t.renewal_usage_services(), t.renewal_usage_services_who()),
        ],
        limits: t.renewal_usage_limits(),
        console_path: t.renewal_usage_console_path(),
        console: t.renewal_usage_console(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::check::CheckId;

    const EN: Locale = Locale::En;

    fn renewal(age: Option<&Check>) -> SecretRenewal {
        let end = "2028-11-22T23:59:59Z".parse().unwrap();
        after_new_secret(end, age, EN)
    }

    #[test]
    fn the_steps_cover_imported_apps_and_apps_of_the_console() {
        let steps = renewal(None).steps;
        let titles: Vec<_> = steps.iter().map(|step| (step.need, step.title)).collect();
        assert_eq!(
            titles,
            [
                (Need::Required, "Enter the new secret in the console"),
                (Need::Required, "Check that the site uses it"),
                (Need::Required, "Keep the old secret until then"),
                (Need::Recommended, "Remove the secret the site does not use"),
                (
                    Need::Recommended,
                    "Put the secret's expiry in your calendar"
                ),
            ]
        );
        let enter = &steps[0];
        for part in ["2028-11-22", "not its ID", "Global Administrator"] {
            assert!(enter.detail.contains(part), "{}", enter.detail);
        }
        assert_eq!(
            enter.path,
            "Administration > Cloud Services > Microsoft Entra tenants > the tenant > ribbon: Renew Secret Key"
        );
        assert!(steps[1].detail.contains("CloudMgr.log"));
        assert!(steps[1].detail.contains("SMS_AZUREAD_DISCOVERY_AGENT.log"));
        assert!(
            steps[4]
                .detail
                .contains("warns only about apps that it created")
        );
    }

    #[test]
    fn an_app_age_that_is_not_ok_is_explained() {
        let mut age = Check {
            id: CheckId::ServerAge,
            state: State::Ok,
            seen: "Made on 2026-01-01.".to_owned(),
            repairs: Vec::new(),
        };
        assert_eq!(renewal(None).age, None);
        let age_of = |age: &Check| renewal(Some(age)).age.unwrap();
        assert_eq!(age_of(&age), "Made on 2026-01-01.");
        for state in [State::Attention, State::CannotTell] {
            age.state = state;
            let text = age_of(&age);
            assert!(
                text.starts_with("Made on 2026-01-01. Since version 2409"),
                "{text}"
            );
            assert!(text.contains("800 days"), "{text}");
        }
    }

    #[test]
    fn the_sign_in_log_tabs_have_their_admin_center_names() {
        let app: AppId = "5e97358c-d99c-4558-af0c-de7774091dda".parse().unwrap();
        let usage = usage(app, EN);
        assert_eq!(
            usage.path,
            "Microsoft Entra admin center > Enterprise applications > the app > Sign-in logs"
        );
        assert_eq!(usage.tabs[0].0, "User sign-ins (non-interactive)");
        assert_eq!(usage.tabs[1].0, "Service principal sign-ins");
        assert!(usage.find.contains(&app.to_string()));
    }
}
