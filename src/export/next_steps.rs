//! What is left to do, and how to switch Entra authentication off for a tenant.
//!
//! Tells where things are in the console and why they matter. It does none of them and asks nobody whether they are done.
//! Sources: "Configure Azure services" and "Set up the cloud management gateway" (both read 2026-11-23).

use crate::domain::cmg::CONSOLE_DEFAULT;
use crate::domain::known::Answer;
use crate::domain::known::Known;
use crate::domain::words::Words;
use crate::export::handoff::Handoff;
use crate::export::handoff::Registration;
use crate::export::handoff::Side;

/// The schedule that makes a client read the tenant settings at once ("Configure Azure services", read 2026-11-23).
pub const CLIENT_SCHEDULE: &str = "{00000000-0000-0000-0000-000000000023}";

/// How much a step matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// The gateway does not work without it.
    Required,
    /// It works without it, until it does not.
    Recommended,
}

impl Need {
    /// The tag a person reads.
    #[must_use]
    pub fn tag(self, words: Words) -> &'static str {
        match self {
            Self::Required => words.handover_need_required(),
            Self::Recommended => words.handover_need_recommended(),
        }
    }
}

/// Something left for a person to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextStep {
    /// How much it matters.
    pub need: Need,
    /// What to do.
    pub title: &'static str,
    /// Where: the path of nodes and buttons.
    pub path: &'static str,
    /// Why, and what to watch.
    pub detail: String,
}

/// How to keep a tenant's devices and users from signing in to the gateway with Entra. For a tenant that only pays for Azure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisableAuthentication {
    /// When that is wanted, and when not.
    pub when: &'static str,
    /// Where.
    pub path: &'static str,
    /// The option to select, exactly as the English console writes it.
    pub option: &'static str,
    /// How long clients take, and that only the console can do it.
    pub notes: [&'static str; 3],
    /// How to see the effect sooner while testing.
    pub hurry: [String; 3],
}

impl Handoff {
    /// What is left to do, in order, at most five: what is done already is not listed.
    #[must_use]
    pub fn next_steps(&self, words: Words) -> Vec<NextStep> {
        let consent = self.consent_left(words).map(|detail| NextStep {
            need: Need::Required,
            title: words.handover_step_consent(),
            path: words.handover_step_consent_path(),
            detail,
        });
        let providers = self.providers_left(words).map(|detail| NextStep {
            need: Need::Required,
            title: words.handover_step_providers(),
            path: words.handover_step_providers_path(),
            detail,
        });
        let import = NextStep {
            need: Need::Required,
            title: words.handover_step_import(),
            path: words.handover_step_import_path(),
            detail: words.handover_step_import_detail().to_owned(),
        };
        // The least of all six: the error names its own cure, and the script offers it. It gives way where five are full.
        let update = (consent.is_none() || providers.is_none()).then(|| NextStep {
            need: Need::Recommended,
            title: words.handover_step_update(),
            path: words.handover_step_update_path(),
            detail: words.handover_step_update_detail().to_owned(),
        });
        let create = NextStep {
            need: Need::Required,
            title: words.handover_step_create(),
            path: words.handover_step_create_path(),
            detail: words.handover_step_create_detail().to_owned(),
        };
        let renew = NextStep {
            need: Need::Recommended,
            title: words.handover_step_renew(),
            path: words.handover_step_renew_path(),
            detail: words.handover_step_renew_detail(self.secret_end_day()),
        };
        [consent, providers, Some(import), update]
            .into_iter()
            .flatten()
            .chain([create, renew])
            .collect()
    }

    /// What to change elsewhere because of the App ID URI; `None` where scripts expect this very one.
    #[must_use]
    pub fn app_id_uri_note(&self, words: Words) -> Option<String> {
        let uri = self.server.app_id_uri.as_str();
        (uri != CONSOLE_DEFAULT).then(|| words.handover_note_app_id_uri(uri))
    }

    /// The sentence about consents that are missing or could not be read.
    fn consent_left(&self, words: Words) -> Option<String> {
        let named = |answer| {
            self.consents
                .iter()
                .filter(|consent| consent.is_granted == answer)
                .map(|consent| match consent.side {
                    Side::Server => words.handover_permission_of_server(&consent.permission),
                    Side::Client => words.handover_permission_of_client(&consent.permission),
                })
                .collect::<Vec<_>>()
                .join(", ")
        };
        let (missing, unread) = (named(Answer::No), named(Answer::CannotTell));
        join_sentences(
            (!missing.is_empty()).then(|| words.handover_consent_missing(missing)),
            (!unread.is_empty()).then(|| words.handover_consent_unread(unread)),
        )
    }

    /// The sentence about resource providers that are not ready or could not be read.
    fn providers_left(&self, words: Words) -> Option<String> {
        let named = |wanted: fn(Known<Registration>) -> bool| {
            self.providers
                .iter()
                .filter(|provider| wanted(provider.registration))
                .map(|provider| provider.namespace.name())
                .collect::<Vec<_>>()
                .join(", ")
        };
        let missing = named(|known| known == Known::Known(Registration::NotRegistered));
        let waiting = named(|known| known == Known::Known(Registration::Registering));
        let unread = named(|known| known == Known::Unknown);
        let first = join_sentences(
            (!missing.is_empty()).then(|| words.handover_providers_missing(missing)),
            (!waiting.is_empty()).then(|| words.handover_providers_waiting(waiting)),
        );
        join_sentences(
            first,
            (!unread.is_empty()).then(|| words.handover_providers_unread(unread)),
        )
    }
}

impl DisableAuthentication {
    /// The one way there is: no cmdlet of Configuration Manager does it ("Configure Azure services", read 2026-11-23).
    #[must_use]
    pub fn tell(words: Words) -> Self {
        Self {
            when: words.handover_disable_when(),
            path: words.handover_disable_path(),
            option: words.handover_disable_option(),
            notes: [
                words.handover_disable_hours(),
                words.handover_disable_console_only(),
                words.handover_disable_before_2503(),
            ],
            hurry: [
                words.handover_hurry_site().to_owned(),
                words.handover_hurry_client().to_owned(),
                words.handover_hurry_schedule(CLIENT_SCHEDULE),
            ],
        }
    }
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
    use crate::domain::cmg::ProviderNamespace;
    use crate::export::handoff::Consent;
    use crate::export::handoff::Provider;
    use crate::export::handoff::tests::line;
    use crate::export::handoff::tests::sample;

    fn consent(is_granted: Answer) -> Consent {
        Consent {
            side: Side::Client,
            permission: "user_impersonation".to_owned(),
            is_granted,
        }
    }

    fn provider(namespace: ProviderNamespace, registration: Known<Registration>) -> Provider {
        Provider {
            namespace,
            registration,
        }
    }

    #[test]
    fn only_what_is_left_is_a_next_step_and_five_are_the_most() {
        let titles = |handoff: &Handoff| -> Vec<_> {
            let steps = handoff.next_steps(Words::En);
            steps
                .iter()
                .map(|step| (step.need.tag(Words::En), step.title))
                .collect()
        };
        let mut handoff = sample();
        handoff.consents = vec![consent(Answer::Yes)];
        handoff.providers = vec![provider(
            ProviderNamespace::Compute,
            Known::Known(Registration::Registered),
        )];
        let import = ("Required", "Import both apps");
        let update = (
            "Recommended",
            "Update the application settings, if the console asks for it",
        );
        let create = ("Required", "Create the cloud management gateway");
        let renew = ("Recommended", "Put the end of the secret in your calendar");
        assert_eq!(titles(&handoff), [import, update, create, renew]);

        handoff.consents = vec![consent(Answer::No)];
        let grant = ("Required", "Finish the admin consent");
        assert_eq!(titles(&handoff), [grant, import, update, create, renew]);

        handoff.providers = vec![provider(ProviderNamespace::Compute, Known::Unknown)];
        let register = ("Required", "Get the resource providers ready");
        assert_eq!(titles(&handoff), [grant, register, import, create, renew]);
    }

    #[test]
    fn what_could_not_be_read_is_not_called_missing() {
        let mut handoff = sample();
        handoff.consents = vec![consent(Answer::No), consent(Answer::CannotTell)];
        handoff.consents[1].side = Side::Server;
        handoff.consents[1].permission = "Directory.Read.All".to_owned();
        handoff.providers = vec![
            provider(
                ProviderNamespace::Network,
                Known::Known(Registration::NotRegistered),
            ),
            provider(
                ProviderNamespace::Storage,
                Known::Known(Registration::NotRegistered),
            ),
            provider(
                ProviderNamespace::Compute,
                Known::Known(Registration::Registering),
            ),
            provider(ProviderNamespace::KeyVault, Known::Unknown),
        ];
        let steps = handoff.next_steps(Words::En);
        assert_eq!(
            steps[0].detail,
            "Not granted: user_impersonation (client app). Could not be checked: Directory.Read.All (server app)."
        );
        assert_eq!(
            steps[1].detail,
            "Not registered: Microsoft.Network, Microsoft.Storage. Still registering, this can take a while: Microsoft.Compute. \
             Could not be checked: Microsoft.KeyVault."
        );
        let record: Value = serde_json::from_str(&handoff.record(Words::En)).unwrap();
        assert_eq!(record["consents"][0]["granted"], Value::Bool(false));
        assert_eq!(record["consents"][1]["granted"], Value::Null);
        assert_eq!(
            record["resourceProviders"][3]["registrationState"],
            Value::Null
        );
    }

    #[test]
    fn scripts_in_task_sequences_are_mentioned_unless_they_guess_right() {
        let mut handoff = sample();
        let note = handoff.app_id_uri_note(Words::En).unwrap();
        assert!(
            note.ends_with("Set their variable MDMApplicationIDURI to api://a/b."),
            "{note}"
        );
        handoff.server.app_id_uri = line("https://ConfigMgrService");
        assert_eq!(handoff.app_id_uri_note(Words::En), None);
    }

    #[test]
    fn disabling_authentication_tells_how_long_it_takes_and_how_to_hurry() {
        let told = DisableAuthentication::tell(Words::En);
        assert_eq!(
            told.option,
            "Disable Microsoft Entra authentication for this tenant"
        );
        assert!(told.notes[0].contains("25 hours"));
        assert!(told.hurry[2].contains("SendSchedule {00000000-0000-0000-0000-000000000023}"));
    }
}
