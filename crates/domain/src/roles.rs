//! The least privileged role for each step, and evaluation of Azure Resource Manager permissions.
//!
//! A hint shown before the run, never a gate: roles can be custom, eligible, or recently assigned, so the service's own response decides.
//! Sources: "Grant tenant-wide admin consent" (2025-03-25), "Microsoft Entra built-in roles" (2026-01-20), "Upsert servicePrincipal"
//! (2026-03-14), "Azure role definitions" (2026), and Configuration Manager's "Set up checklist for CMG" (2022-04-08).
//!
//! Configuration Manager's "Manually register Microsoft Entra apps" (2026-08-06) requires a Global Administrator for everything. Less is
//! enough: the checklist lists lesser roles for registering, the consent page lists those for consenting, and this tool needs no more.

use crate::variants::variants;
use strum::EnumCount;
use strum::VariantArray;
use uuid::Uuid;

use crate::cmg::ProviderNamespace;
use crate::known::Answer;
use crate::known::Known;
use crate::locale::Locale;

/// A directory role, identified by its template: the ID is the same in every tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// May do everything in the directory. Has no rights in Azure by itself.
    GlobalAdministrator,
    /// May consent to every permission of every API. May not create apps.
    PrivilegedRoleAdministrator,
    /// May create apps and consent to everything except application permissions of Microsoft Graph.
    ApplicationAdministrator,
    /// Same as Application Administrator, without application proxy.
    CloudApplicationAdministrator,
    /// May consent on the consent page as Application Administrator does. The role's own page (2025-07-09) lists no action on apps, so its
    /// other rights on apps are unknown.
    AiAdministrator,
    /// May create apps even if users may not, and owns the apps it creates.
    ApplicationDeveloper,
    /// Any other role, built-in or custom, with unknown rights.
    Other(Uuid),
}

impl Role {
    /// The roles that this file knows.
    pub const KNOWN: [Self; 6] = [
        Self::GlobalAdministrator,
        Self::PrivilegedRoleAdministrator,
        Self::ApplicationAdministrator,
        Self::CloudApplicationAdministrator,
        Self::AiAdministrator,
        Self::ApplicationDeveloper,
    ];

    /// Template ID of the role (`roleTemplateId`).
    #[must_use]
    pub fn template(self) -> Uuid {
        match self {
            Self::GlobalAdministrator => Uuid::from_u128(0x62e90394_69f5_4237_9190_012177145e10),
            Self::PrivilegedRoleAdministrator => {
                Uuid::from_u128(0xe8611ab8_c189_46e8_94e1_60213ab1f814)
            }
            Self::ApplicationAdministrator => {
                Uuid::from_u128(0x9b895d92_2cd3_44c7_9d02_a6ac2d5ea5c3)
            }
            Self::CloudApplicationAdministrator => {
                Uuid::from_u128(0x158c047a_c907_4556_b7ef_446551a6b5f7)
            }
            Self::AiAdministrator => Uuid::from_u128(0xd2562ede_74db_457e_a7b6_544e236ebb61),
            Self::ApplicationDeveloper => Uuid::from_u128(0xcf1c38e5_3621_4004_a7cb_879624dced7c),
            Self::Other(template) => template,
        }
    }

    /// Returns the role for a template ID.
    #[must_use]
    pub fn of_template(template: Uuid) -> Self {
        Self::KNOWN
            .into_iter()
            .find(|role| role.template() == template)
            .unwrap_or(Self::Other(template))
    }
}

/// A task that needs a right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumCount, VariantArray)]
pub enum Task {
    /// Create both apps with scope, App ID URI, and secret.
    CreateApps,
    /// Let the client app call the server app for all users.
    ConsentToServerApp,
    /// Let the server app read the directory: Microsoft Graph `Directory.Read.All`, an application permission.
    ConsentToDirectoryRead,
    /// Register the resource providers of a subscription.
    RegisterProviders,
}

impl Task {
    /// All tasks, in the order of the run.
    pub const ALL: [Self; Self::COUNT] = variants(Self::VARIANTS);

    /// Whether the role is sufficient for the task. `CannotTell` for unknown roles.
    fn is_in_reach_of(self, role: Role) -> Answer {
        use Role::{
            AiAdministrator, ApplicationAdministrator, ApplicationDeveloper,
            CloudApplicationAdministrator, GlobalAdministrator, Other, PrivilegedRoleAdministrator,
        };
        match (self, role) {
            // Directory roles grant no rights in Azure.
            (Self::RegisterProviders, _) => Answer::No,
            (_, Other(_)) => Answer::CannotTell,
            (_, GlobalAdministrator) => Answer::Yes,
            (Self::CreateApps, PrivilegedRoleAdministrator) => Answer::No,
            (_, PrivilegedRoleAdministrator) => Answer::Yes,
            (Self::ConsentToDirectoryRead, _) => Answer::No,
            (Self::CreateApps, AiAdministrator) => Answer::CannotTell,
            (_, AiAdministrator) => Answer::Yes,
            (_, ApplicationAdministrator | CloudApplicationAdministrator) => Answer::Yes,
            (task, ApplicationDeveloper) => Answer::from(task == Self::CreateApps),
        }
    }

    /// The least privileged role for the task, in one sentence.
    #[must_use]
    pub fn least_role(self, t: Locale) -> &'static str {
        match self {
            Self::CreateApps => t.role_least_create_apps(),
            Self::ConsentToServerApp => t.role_least_consent_to_server_app(),
            Self::ConsentToDirectoryRead => t.role_least_consent_to_directory_read(),
            Self::RegisterProviders => t.role_least_register_providers(),
        }
    }
}

/// The signed-in user's rights, as far as they were read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rights {
    /// Active directory roles. Roles that are only eligible are not included.
    pub roles: Known<Vec<Role>>,
    /// `defaultUserRolePermissions.allowedToCreateApps` of the authorization policy.
    pub users_may_create_apps: Known<bool>,
    /// Permissions on the selected subscription.
    pub azure: Known<Vec<PermissionEntry>>,
    /// The resource providers to register.
    pub providers: Vec<ProviderNamespace>,
}

/// Whether the signed-in user may do a task.
#[must_use]
pub fn may(task: Task, rights: &Rights) -> Answer {
    let by_role = match &rights.roles {
        Known::Known(roles) => roles
            .iter()
            .map(|role| task.is_in_reach_of(*role))
            .fold(Answer::No, Answer::or),
        Known::Unknown => Answer::CannotTell,
    };
    match task {
        Task::CreateApps => by_role.or(without_role(&rights.users_may_create_apps)),
        Task::ConsentToServerApp | Task::ConsentToDirectoryRead => by_role,
        Task::RegisterProviders => rights
            .providers
            .iter()
            .map(|provider| may_register(*provider, &rights.azure))
            .fold(Answer::Yes, Answer::and),
    }
}

/// What an account without a role may create. Where users may register apps, it may create the app itself. Its service principal needs an
/// admin role or Application Developer ("Upsert servicePrincipal", 2026-03-14). Not tested in a live tenant.
fn without_role(users_may_create_apps: &Known<bool>) -> Answer {
    match users_may_create_apps {
        Known::Known(false) => Answer::No,
        Known::Known(true) | Known::Unknown => Answer::CannotTell,
    }
}

/// Whether the user may register this resource provider.
#[must_use]
pub fn may_register(provider: ProviderNamespace, azure: &Known<Vec<PermissionEntry>>) -> Answer {
    match azure {
        Known::Known(entries) => allows(entries, &provider.register_action()),
        Known::Unknown => Answer::CannotTell,
    }
}

/// One entry in Azure Resource Manager's list of permissions. Data actions are not needed here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PermissionEntry {
    /// Patterns of the allowed actions.
    pub actions: Vec<String>,
    /// Patterns excluded from `actions` of this entry only.
    pub not_actions: Vec<String>,
    /// Whether the entry applies only under a condition, which is not evaluated here.
    pub has_condition: bool,
}

/// Whether any entry allows an action. Entries are alternatives: an exclusion in one does not deny what another allows. `CannotTell` if only
/// entries with a condition allow it.
#[must_use]
pub fn allows(entries: &[PermissionEntry], action: &str) -> Answer {
    let is_in = |patterns: &[String]| patterns.iter().any(|pattern| matches(pattern, action));
    let answer = |entry: &PermissionEntry| {
        if !is_in(&entry.actions) || is_in(&entry.not_actions) {
            Answer::No
        } else if entry.has_condition {
            Answer::CannotTell
        } else {
            Answer::Yes
        }
    };
    entries.iter().map(answer).fold(Answer::No, Answer::or)
}

/// Whether a pattern matches an action, case-insensitively. `*` matches any characters, including `/`.
fn matches(pattern: &str, action: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else {
        return pattern.eq_ignore_ascii_case(action);
    };
    let Some(mut left) = without_prefix(action, first) else {
        return false;
    };
    // Matching each middle piece as early as possible leaves the most text for later pieces.
    let (middle, last) = rest.rsplit_once('*').unwrap_or(("", rest));
    for piece in middle.split('*') {
        match (0..=left.len()).find_map(|start| without_prefix(left.get(start..)?, piece)) {
            Some(after) => left = after,
            None => return false,
        }
    }
    left.len()
        .checked_sub(last.len())
        .and_then(|start| left.get(start..))
        .is_some_and(|end| end.eq_ignore_ascii_case(last))
}

fn without_prefix<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (front, rest) = text.split_at_checked(prefix.len())?;
    front.eq_ignore_ascii_case(prefix).then_some(rest)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rights(roles: &[Role], users_may_create_apps: Known<bool>) -> Rights {
        Rights {
            roles: Known::Known(roles.to_vec()),
            users_may_create_apps,
            azure: Known::Unknown,
            providers: ProviderNamespace::ALL.to_vec(),
        }
    }

    #[test]
    fn each_role_allows_the_tasks_that_microsoft_documents() {
        use Answer::{CannotTell, No, Yes};
        let other = Role::of_template(Uuid::from_u128(7));
        for (role, create, server, directory) in [
            (Role::GlobalAdministrator, Yes, Yes, Yes),
            (Role::PrivilegedRoleAdministrator, No, Yes, Yes),
            (Role::ApplicationAdministrator, Yes, Yes, No),
            (Role::CloudApplicationAdministrator, Yes, Yes, No),
            (Role::AiAdministrator, CannotTell, Yes, No),
            (Role::ApplicationDeveloper, Yes, No, No),
            (other, CannotTell, CannotTell, CannotTell),
        ] {
            let rights = rights(&[role], Known::Known(false));
            assert_eq!(
                [
                    may(Task::CreateApps, &rights),
                    may(Task::ConsentToServerApp, &rights),
                    may(Task::ConsentToDirectoryRead, &rights),
                    may(Task::RegisterProviders, &rights),
                ],
                [create, server, directory, CannotTell],
                "{role:?}"
            );
        }
    }

    #[test]
    fn the_rights_of_several_roles_add_up() {
        let both = rights(
            &[
                Role::ApplicationDeveloper,
                Role::PrivilegedRoleAdministrator,
            ],
            Known::Unknown,
        );
        for task in [
            Task::CreateApps,
            Task::ConsentToServerApp,
            Task::ConsentToDirectoryRead,
        ] {
            assert_eq!(may(task, &both), Answer::Yes, "{task:?}");
        }
    }

    #[test]
    fn the_tenant_policy_alone_never_allows_app_creation() {
        for (policy, answer) in [
            // The user may create the app, but possibly not its service principal.
            (Known::Known(true), Answer::CannotTell),
            (Known::Known(false), Answer::No),
            (Known::Unknown, Answer::CannotTell),
        ] {
            assert_eq!(may(Task::CreateApps, &rights(&[], policy)), answer);
        }
    }

    #[test]
    fn an_unknown_role_turns_no_into_cannot_tell() {
        let custom = Role::of_template(Uuid::from_u128(7));
        for task in [Task::ConsentToServerApp, Task::ConsentToDirectoryRead] {
            let known = Known::Known(false);
            let developer = Role::ApplicationDeveloper;
            assert_eq!(may(task, &rights(&[developer], known)), Answer::No);
            assert_eq!(
                may(task, &rights(&[developer, custom], known)),
                Answer::CannotTell
            );
        }
    }

    #[test]
    fn unread_rights_give_cannot_tell() {
        for task in Task::ALL {
            assert_eq!(
                may(
                    task,
                    &Rights {
                        providers: ProviderNamespace::ALL.to_vec(),
                        ..Rights::default()
                    }
                ),
                Answer::CannotTell,
                "{task:?}"
            );
        }
    }

    #[test]
    fn every_known_role_is_found_by_its_template_id() {
        for role in Role::KNOWN {
            assert_eq!(Role::of_template(role.template()), role);
        }
        for (role, template) in [
            (
                Role::GlobalAdministrator,
                "62e90394-69f5-4237-9190-012177145e10",
            ),
            (
                Role::AiAdministrator,
                "d2562ede-74db-457e-a7b6-544e236ebb61",
            ),
        ] {
            assert_eq!(role.template().to_string(), template);
        }
    }

    #[test]
    fn each_task_names_its_least_privileged_role() {
        for (task, sentence) in [
            (
                Task::CreateApps,
                "Application Developer, who then owns the apps. Cloud Application Administrator and Application Administrator can too.",
            ),
            (
                Task::ConsentToServerApp,
                "Cloud Application Administrator, AI Administrator or Application Administrator, or a custom role that can grant these permissions.",
            ),
            (
                Task::ConsentToDirectoryRead,
                "Privileged Role Administrator, or a custom role that can grant this permission.",
            ),
            (
                Task::RegisterProviders,
                "Contributor on the subscription, or a custom role with the register action of each provider.",
            ),
        ] {
            assert_eq!(task.least_role(Locale::En), sentence);
        }
    }

    /// "Manually register Microsoft Entra apps" (2026-08-06) compared with the checklist (2022-04-08) and the consent page (2025-03-25).
    #[test]
    fn the_role_note_cites_the_conflicting_microsoft_pages() {
        let sentence = Locale::En.role_less_is_enough();
        for part in [
            "asks for Global Administrator",
            "2026\u{2011}08\u{2011}06",
            "checklist",
            "2022\u{2011}04\u{2011}08",
            "admin consent",
            "2025\u{2011}03\u{2011}25",
        ] {
            assert!(sentence.contains(part), "{part}: {sentence}");
        }
    }

    fn entry(actions: &[&str], not_actions: &[&str]) -> PermissionEntry {
        let owned = |patterns: &[&str]| patterns.iter().map(|p| (*p).to_owned()).collect();
        PermissionEntry {
            actions: owned(actions),
            not_actions: owned(not_actions),
            has_condition: false,
        }
    }

    const REGISTER: &str = "Microsoft.Compute/register/action";

    #[test]
    fn an_entry_allows_its_actions_except_its_not_actions() {
        for (entries, expected) in [
            (vec![], false),
            (vec![entry(&[], &[])], false),
            (vec![entry(&["*"], &[])], true),
            (vec![entry(&["*/register/action"], &[])], true),
            (
                vec![entry(&["MICROSOFT.compute/REGISTER/Action"], &[])],
                true,
            ),
            (vec![entry(&["Microsoft.Compute/*"], &[])], true),
            (vec![entry(&["Microsoft.*/register/*"], &[])], true),
            (vec![entry(&["*/read"], &[])], false),
            (vec![entry(&["Microsoft.Network/*"], &[])], false),
            (vec![entry(&["*"], &["Microsoft.Compute/*"])], false),
            (vec![entry(&["*"], &["*/register/action"])], false),
            (
                vec![entry(&["*"], &["Microsoft.Authorization/*/Write"])],
                true,
            ),
            // An exclusion in one entry does not affect another entry.
            (
                vec![
                    entry(&["*"], &["Microsoft.Compute/*"]),
                    entry(&["Microsoft.Compute/register/action"], &[]),
                ],
                true,
            ),
        ] {
            let expected = Answer::from(expected);
            assert_eq!(allows(&entries, REGISTER), expected, "{entries:?}");
        }
    }

    #[test]
    fn an_entry_with_a_condition_does_not_decide() {
        use Answer::{CannotTell, No, Yes};
        let under_condition = |entry| PermissionEntry {
            has_condition: true,
            ..entry
        };
        let all = || entry(&["*"], &[]);
        let none = || entry(&["*/read"], &[]);
        for (entries, expected) in [
            (vec![under_condition(all())], CannotTell),
            (vec![under_condition(none())], No),
            (vec![none(), under_condition(all())], CannotTell),
            (vec![under_condition(all()), all()], Yes),
        ] {
            assert_eq!(allows(&entries, REGISTER), expected, "{entries:?}");
        }
    }

    #[test]
    fn registration_requires_the_right_for_all_providers() {
        let azure = |patterns: &[&str]| Rights {
            azure: Known::Known(vec![entry(patterns, &[])]),
            providers: ProviderNamespace::ALL.to_vec(),
            ..Rights::default()
        };
        assert_eq!(
            may(Task::RegisterProviders, &azure(&["*/register/action"])),
            Answer::Yes
        );
        assert_eq!(
            may(Task::RegisterProviders, &azure(&["Microsoft.Compute/*"])),
            Answer::No
        );
    }

    #[test]
    fn a_star_matches_any_text() {
        for (pattern, action, expected) in [
            ("*", "", true),
            ("**", "a", true),
            ("a*", "a", true),
            ("a*a", "a", false),
            ("a*a", "aa", true),
            ("*ab*ab", "ab", false),
            ("*ab*ab", "xabyab", true),
            ("a*b*c", "abbc", true),
            ("a*b*c", "acb", false),
            ("", "", true),
            ("", "a", false),
            ("a", "ab", false),
            ("*\u{e9}*", "caf\u{e9}s", true),
        ] {
            assert_eq!(matches(pattern, action), expected, "{pattern} {action}");
        }
    }

    proptest! {
        #[test]
        fn a_pattern_made_from_an_action_matches_it(action in "[a-z/.]{0,20}", cuts in prop::collection::vec((0usize..21, 0usize..21), 0..3)) {
            let mut pattern: Vec<char> = action.chars().collect();
            for (from, to) in cuts {
                let from = from.min(pattern.len());
                let to = to.clamp(from, pattern.len());
                pattern.splice(from..to, ['*']);
            }
            let pattern: String = pattern.into_iter().collect();
            prop_assert!(matches(&pattern, &action.to_uppercase()), "{} {}", pattern, action);
        }

        #[test]
        fn matching_agrees_with_the_reference_definition(pattern in "[ab*]{0,8}", action in "[ab]{0,8}") {
            fn plain(pattern: &[u8], action: &[u8]) -> bool {
                match (pattern.split_first(), action.split_first()) {
                    (None, None) => true,
                    (Some((b'*', rest)), _) => plain(rest, action) || action.split_first().is_some_and(|(_, tail)| plain(pattern, tail)),
                    (Some((p, rest)), Some((a, tail))) => p == a && plain(rest, tail),
                    (Some(_), None) | (None, Some(_)) => false,
                }
            }
            prop_assert_eq!(matches(&pattern, &action), plain(pattern.as_bytes(), action.as_bytes()));
        }
    }
}
