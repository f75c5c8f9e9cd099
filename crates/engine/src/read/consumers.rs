//! Lists who uses a pair, before it is retired, as far as Microsoft Graph shows it. Only the sign-in logs show who signs in.

use crate::auth::session::Session;
use crate::graph;
use crate::graph::wire;
use crate::net::Failure;
use crate::net::Observer;
use crate::read::tenant::Reader;
use domain::ids::AppId;
use domain::ids::ObjectId;
use domain::known::Known;
use domain::problem::Problem;

/// Users of the server app.
#[derive(Clone, Debug, PartialEq)]
pub struct Consumers {
    /// Service principals with a delegated grant for the app.
    pub grants: Known<Vec<ObjectId>>,
    /// Number of users, groups, and apps that are assigned to its roles.
    pub assigned: Known<usize>,
}

/// Reads who uses the server app of a pair.
///
/// # Errors
/// Only failures that make reading pointless: signed out, cancelled, or a foreign host.
pub async fn list_consumers(
    session: &Session,
    app: AppId,
    principal: ObjectId,
    watch: &Observer,
) -> Result<Consumers, Problem> {
    let reader = Reader { session, watch };
    reader
        .uses(app, principal)
        .await
        .map_err(|failure| graph::errors::problem(&failure))
}

impl Reader<'_> {
    async fn uses(&self, app: AppId, principal: ObjectId) -> Result<Consumers, Failure> {
        let cloud = self.session.cloud();
        let (grants, assigned) = futures_util::join!(
            self.list::<wire::PermissionGrant>(graph::grants_for(cloud, principal)),
            self.list::<wire::RoleAssignment>(graph::assigned_by_app_id(cloud, app)),
        );
        Ok(Consumers {
            grants: grants?.map(|all| {
                let mut clients = Vec::new();
                for grant in all {
                    if !clients.contains(&grant.client_id) {
                        clients.push(grant.client_id);
                    }
                }
                clients
            }),
            assigned: assigned?.map(|all| all.len()),
        })
    }
}
