//! Reads one application and its related objects: service principal, grants, owners, and credentials.

use crate::graph;
use crate::graph::wire;
use crate::net::ApiRequest;
use crate::net::Failure;
use crate::read::observed::ObservedApp;
use crate::read::observed::Owner;
use crate::read::observed::Principal;
use crate::read::tenant::Reader;
use domain::ids::AppId;
use domain::known::Known;

impl Reader<'_> {
    pub(crate) async fn complete(
        &self,
        found: Known<Option<wire::Application>>,
    ) -> Result<Known<Option<ObservedApp>>, Failure> {
        let properties = match found {
            Known::Unknown => return Ok(Known::Unknown),
            Known::Known(None) => return Ok(Known::Known(None)),
            Known::Known(Some(properties)) => properties,
        };
        let (Some(object_id), Some(app_id), true) =
            (properties.id, properties.app_id, properties.is_whole())
        else {
            return Ok(Known::Unknown);
        };
        let cloud = self.session.cloud();
        let call = graph::principal_state(cloud, app_id);
        let (principal, owners, federated) = futures_util::join!(
            self.maybe::<wire::ServicePrincipal>(call),
            self.owners(graph::owners_of(cloud, app_id)),
            self.federated(app_id),
        );
        let principal = match principal? {
            Known::Unknown => Known::Unknown,
            Known::Known(None) => Known::Known(None),
            Known::Known(Some(found)) => {
                let (grants, roles, owners) = futures_util::join!(
                    self.list(graph::grants_of(cloud, found.id)),
                    self.list(graph::roles_of(cloud, found.id)),
                    self.owners(graph::principal_owners_of(cloud, app_id)),
                );
                Known::Known(Some(Principal::new(found, grants?, roles?, owners?)))
            }
        };
        Ok(Known::Known(Some(ObservedApp {
            object_id,
            app_id,
            properties,
            principal,
            owners: owners?,
            federated: federated?,
        })))
    }

    /// Reads the owners of an application or a service principal.
    pub(crate) async fn owners(&self, call: ApiRequest) -> Result<Known<Vec<Owner>>, Failure> {
        let found: Known<Vec<wire::DirectoryObject>> = self.list(call).await?;
        let owner = |it: wire::DirectoryObject| Owner {
            id: it.id,
            name: it.display_name.unwrap_or_default(),
            sign_in_name: it.user_principal_name,
        };
        Ok(found.map(|all| all.into_iter().map(owner).collect()))
    }

    /// Reads the federated credentials of an app, each as issuer and subject.
    pub(crate) async fn federated(&self, app: AppId) -> Result<Known<Vec<String>>, Failure> {
        let call = graph::federated_credentials_of(self.session.cloud(), app);
        let found: Known<Vec<wire::FederatedCredential>> = self.list(call).await?;
        let text = |it: wire::FederatedCredential| {
            let (issuer, subject) = (it.issuer, it.subject);
            format!(
                "{} {}",
                issuer.unwrap_or_default(),
                subject.unwrap_or_default()
            )
        };
        Ok(found.map(|all| all.into_iter().map(text).collect()))
    }
}
