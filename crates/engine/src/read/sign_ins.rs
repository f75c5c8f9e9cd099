//! Reads when the secrets and the apps of a pair were last used, from two reports of Microsoft.
//!
//! The reports are beta, and nothing depends on them (D62). What they do not list is not reported: that is not the same as not used.
//!
//! Sources: "List appCredentialSignInActivities" and "List servicePrincipalSignInActivities" (Microsoft Graph beta, 2026); "Analyze activity
//! logs with Microsoft Graph" (2026) for a missing license or role.

use jiff::Timestamp;
use serde::de::DeserializeOwned;

use crate::auth::account::Audience;
use crate::auth::session::Session;
use crate::graph;
use crate::graph::sign_ins::Activity;
use crate::graph::sign_ins::CredentialActivity;
use crate::graph::sign_ins::PrincipalActivity;
use crate::net::ApiRequest;
use crate::net::Failure;
use crate::net::Observer;
use domain::cloud::Cloud;
use domain::ids::AppId;
use domain::ids::KeyId;
use domain::problem::Problem;
use domain::problem::ProblemKind;

/// Why there is no report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoReport {
    /// Microsoft has the reports in the global service only.
    OtherCloud,
    /// The tenant has no Microsoft Entra ID P1 or P2.
    NoLicense,
    /// The account has no role that may read the reports.
    NoRole,
    /// The sign-in does not include the permission.
    NoPermission,
    /// Any other reason.
    Failed(Problem),
}

/// When something was last used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LastUse<'a> {
    /// At this time, or later: the reports are late.
    At(Timestamp),
    /// The report does not list it. It may still be in use.
    NotReported,
    /// There is no report.
    CannotTell(&'a NoReport),
}

/// Last sign-ins of one app.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct AppActivity {
    as_client: Option<Timestamp>,
    as_resource: Option<Timestamp>,
}

/// The reports for a pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignIns {
    /// When the reports were read.
    pub read_at: Timestamp,
    secrets: Result<Vec<(KeyId, Timestamp)>, NoReport>,
    apps: Vec<(AppId, Result<AppActivity, NoReport>)>,
}

impl SignIns {
    /// Last use of a secret of the web (server) app.
    #[must_use]
    pub fn of_secret(&self, key: KeyId) -> LastUse<'_> {
        match &self.secrets {
            Ok(all) => last_use(latest(
                all.iter().filter(|(it, _)| *it == key).map(|(_, at)| *at),
            )),
            Err(why) => LastUse::CannotTell(why),
        }
    }

    /// The apps that were asked about, each with its last sign-in as the app that signs in and as the API that is called.
    pub fn apps(&self) -> impl Iterator<Item = (AppId, [LastUse<'_>; 2])> {
        self.apps.iter().map(|(app, read)| {
            let both = match read {
                Ok(it) => [last_use(it.as_client), last_use(it.as_resource)],
                Err(why) => [LastUse::CannotTell(why); 2],
            };
            (*app, both)
        })
    }

    /// Why a report is missing, if one is.
    #[must_use]
    pub fn obstacle(&self) -> Option<&NoReport> {
        let of_apps = self.apps.iter().filter_map(|(_, read)| read.as_ref().err());
        self.secrets
            .as_ref()
            .err()
            .into_iter()
            .chain(of_apps)
            .next()
    }
}

fn last_use(at: Option<Timestamp>) -> LastUse<'static> {
    at.map_or(LastUse::NotReported, LastUse::At)
}

fn latest(all: impl IntoIterator<Item = Timestamp>) -> Option<Timestamp> {
    all.into_iter().max()
}

/// Reads the reports for a web (server) app, and for the native (client) app if there is one. Three reads, in parallel; none in a cloud
/// that has no reports.
///
/// # Errors
/// Only failures that make reading pointless: signed out, cancelled, or a foreign host.
pub async fn read_sign_ins(
    session: &Session,
    server: AppId,
    client: Option<AppId>,
    now: Timestamp,
    watch: &Observer,
) -> Result<SignIns, Problem> {
    let apps = std::iter::once(server).chain(client.filter(|it| *it != server));
    if session.cloud() != Cloud::Public {
        return Ok(SignIns {
            read_at: now,
            secrets: Err(NoReport::OtherCloud),
            apps: apps.map(|app| (app, Err(NoReport::OtherCloud))).collect(),
        });
    }
    let reports = Reports { session, watch };
    let of_apps = apps.map(|app| async move { (app, reports.of_app(app).await) });
    let (secrets, apps) = futures_util::join!(
        reports.rows::<CredentialActivity>(graph::credential_sign_ins(session.cloud(), server)),
        futures_util::future::join_all(of_apps),
    );
    let used = |row: CredentialActivity| Some((row.key, row.last.0?));
    let mut read = SignIns {
        read_at: now,
        secrets: secrets?.map(|rows| rows.into_iter().filter_map(used).collect()),
        apps: Vec::new(),
    };
    for (app, activity) in apps {
        read.apps.push((app, activity?));
    }
    Ok(read)
}

#[derive(Clone, Copy)]
struct Reports<'a> {
    session: &'a Session,
    watch: &'a Observer,
}

impl Reports<'_> {
    async fn of_app(self, app: AppId) -> Result<Result<AppActivity, NoReport>, Problem> {
        let call = graph::principal_sign_ins(self.session.cloud(), app);
        let rows = self.rows::<PrincipalActivity>(call).await?;
        Ok(rows.map(|rows| {
            let own = || rows.iter().filter(|row| row.app == app);
            let last = |of: fn(&PrincipalActivity) -> [Activity; 2]| {
                latest(own().flat_map(of).filter_map(|it| it.0))
            };
            AppActivity {
                as_client: last(|row| row.as_client),
                as_resource: last(|row| row.as_resource),
            }
        }))
    }

    /// Reads a report completely: one unreadable row makes it useless.
    async fn rows<T: DeserializeOwned>(
        self,
        call: ApiRequest,
    ) -> Result<Result<Vec<T>, NoReport>, Problem> {
        let read = self.session.call_pages(Audience::Graph, call, self.watch);
        match read.await {
            Ok(rows) => Ok(rows
                .into_iter()
                .map(serde_json::from_value)
                .collect::<Result<_, _>>()
                .map_err(|_| NoReport::Failed(Problem::new(ProblemKind::UnexpectedAnswer)))),
            Err(failure) => no_report(&failure).map(Err),
        }
    }
}

fn no_report(failure: &Failure) -> Result<NoReport, Problem> {
    let problem = graph::errors::problem(failure);
    let known = match failure {
        Failure::SignInNeeded { .. } | Failure::ForeignHost { .. } | Failure::Cancelled => {
            return Err(problem);
        }
        Failure::Refused(refusal) => match refusal.code.as_str() {
            "Authentication_RequestFromNonPremiumTenantOrB2CTenant" => Some(NoReport::NoLicense),
            "Authentication_RequestFromUnsupportedUserRole" => Some(NoReport::NoRole),
            "Authentication_MSGraphPermissionMissing" => Some(NoReport::NoPermission),
            _ => None,
        },
        Failure::Unknown { .. }
        | Failure::NotSent
        | Failure::NoToken
        | Failure::Throttled { .. }
        | Failure::Server(_)
        | Failure::Unexpected { .. } => None,
    };
    Ok(known.unwrap_or(NoReport::Failed(problem)))
}
