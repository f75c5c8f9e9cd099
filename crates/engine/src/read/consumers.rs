//! Who uses a pair: what is looked at before it is retired. What Microsoft Graph can tell; who signs in is in the sign-in logs alone.

use crate::auth::Session;
use crate::graph;
use crate::graph::wire;
use crate::net::Failure;
use crate::net::Watch;
use crate::read::tenant::Reader;
use domain::ids::AppId;
use domain::ids::ObjectId;
use domain::known::Known;
use domain::problem::Problem;

/// Who uses the server app.
#[derive(Clone, Debug, PartialEq)]
pub struct Uses {
    /// Service principals with a delegated grant for it.
    pub grants: Known<Vec<ObjectId>>,
    /// How many users, groups and apps are assigned to roles of it.
    pub assigned: Known<usize>,
}

/// Reads who uses the server app of a pair.
///
/// # Errors
/// Only what makes reading pointless: signed out, stopped, a foreign host.
pub async fn uses(
    session: &Session,
    app: AppId,
    principal: ObjectId,
    watch: &Watch,
) -> Result<Uses, Problem> {
    let reader = Reader { session, watch };
    reader
        .uses(app, principal)
        .await
        .map_err(|failure| graph::errors::problem(&failure))
}

impl Reader<'_> {
    async fn uses(&self, app: AppId, principal: ObjectId) -> Result<Uses, Failure> {
        let cloud = self.session.cloud();
        let (grants, assigned) = futures_util::join!(
            self.list::<wire::PermissionGrant>(graph::grants_for(cloud, principal)),
            self.list::<wire::RoleAssignment>(graph::assigned_by_app_id(cloud, app)),
        );
        Ok(Uses {
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
