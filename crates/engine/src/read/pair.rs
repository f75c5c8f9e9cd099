//! Reads an existing pair by client ID. Sends all reads in parallel, because a client ID addresses every object.
//!
//! Returns the same data as `observe` for a pair with this tool's keys, plus related objects.

use crate::desired::Desired;
use crate::desired::repair::Existing;
use crate::desired::repair::Repair;
use crate::graph;
use crate::graph::wire;
use crate::net::Failure;
use crate::read::observed::Observed;
use crate::read::observed::ObservedApp;
use crate::read::observed::Principal;
use crate::read::observed::RelatedObjects;
use crate::read::observed::there;
use crate::read::tenant::Reader;
use crate::read::tenant::without_principal;
use domain::ids;
use domain::ids::AppId;
use domain::ids::ObjectId;
use domain::known::Known;
use domain::ownership_tags;

impl Reader<'_> {
    pub(crate) async fn read_pair(
        &self,
        desired: &Desired,
        existing: &Existing,
    ) -> Result<Observed, Failure> {
        let cloud = self.session.cloud();
        let asked = Known::Known(existing.server);
        let uri = desired
            .wants(Repair::AppIdUri)
            .then(|| desired.uri.uri(desired.tenant, existing.server).ok())
            .flatten()
            .map(|uri| uri.to_string());
        let (
            tenant,
            server,
            client,
            callers,
            access_policies,
            deleted,
            graph_principal,
            azure,
            own_policies,
            holder,
        ) = futures_util::join!(
            self.tenant(),
            self.part(
                existing.server,
                ownership_tags::server_key(&desired.server_name)
            ),
            self.part(
                existing.client,
                ownership_tags::client_key(&desired.client_name)
            ),
            self.callers(existing.server),
            self.list::<wire::AccessPolicy>(graph::access_policies(cloud)),
            self.list::<wire::Application>(graph::deleted_applications(cloud)),
            self.principal(ids::GRAPH),
            self.azure(desired),
            self.own_policies(&asked),
            self.holder(uri.as_deref()),
        );
        let (server, client) = (server?, client?);
        let own_policies = match (&server, existing.server) {
            // Found by this tool's key, so its ID was not known before.
            (Known::Known(Some(app)), None) => {
                self.own_policies(&Known::Known(Some(app.app_id))).await?
            }
            (Known::Known(None), _) => Known::Known(Vec::new()),
            _ => own_policies?,
        };
        let deleted = deleted?;
        let object_of = |app: Option<AppId>| -> Option<ObjectId> {
            let app = app?;
            let found = deleted.as_ref().known()?;
            found.iter().find(|it| it.app_id == Some(app))?.id
        };
        let gone =
            [(existing.server, &server), (existing.client, &client)].map(|(id, app)| match app {
                Known::Known(None) => id,
                Known::Known(Some(_)) | Known::Unknown => without_principal(app),
            });
        let deleted_principals = self.deleted_principals(&gone).await?;
        Ok(Observed {
            tenant: tenant?.with_policies_of_app(&own_policies),
            namesakes: Known::Known(Vec::new()),
            uri_holder: holder?.map(|found| {
                let own = there(&server).map(|app| app.app_id);
                found.into_iter().find(|it| Some(it.app_id) != own)
            }),
            server,
            client,
            deleted_principals,
            recorded: Vec::new(),
            around: RelatedObjects {
                access_policies: access_policies?,
                callers: callers?,
                deleted: (object_of(existing.server), object_of(existing.client)),
            },
            deleted: Known::Known(Vec::new()),
            graph_principal: graph_principal?.known().flatten().into(),
            subscription: azure.subscription,
            providers: azure.providers,
            arm_permissions: azure.permissions,
            azure: azure.problem,
        })
    }

    /// Reads one app with its related objects. Without a client ID, reads the app that this tool created for the pair, if there is one.
    async fn part(
        &self,
        app: Option<AppId>,
        key: String,
    ) -> Result<Known<Option<ObservedApp>>, Failure> {
        let Some(app) = app else {
            return self.complete(self.application(&key).await?).await;
        };
        let cloud = self.session.cloud();
        let (properties, principal, grants, roles, owners, of_principal, federated) = futures_util::join!(
            self.maybe::<wire::Application>(graph::application_by_app_id(cloud, app)),
            self.maybe::<wire::ServicePrincipal>(graph::principal_state(cloud, app)),
            self.list(graph::grants_by_app_id(cloud, app)),
            self.list(graph::roles_by_app_id(cloud, app)),
            self.owners(graph::owners_of(cloud, app)),
            self.owners(graph::principal_owners_of(cloud, app)),
            self.federated(app),
        );
        let principal = principal?;
        let (grants, roles, of_principal) = (grants?, roles?, of_principal?);
        Ok(match properties? {
            Known::Unknown => Known::Unknown,
            Known::Known(None) => Known::Known(None),
            Known::Known(Some(properties)) => {
                let (Some(object_id), Some(app_id), true) =
                    (properties.id, properties.app_id, properties.is_whole())
                else {
                    return Ok(Known::Unknown);
                };
                Known::Known(Some(ObservedApp {
                    object_id,
                    app_id,
                    properties,
                    principal: principal.map(|found| {
                        found.map(|found| Principal::new(found, grants, roles, of_principal))
                    }),
                    owners: owners?,
                    federated: federated?,
                }))
            }
        })
    }

    async fn callers(&self, api: Option<AppId>) -> Result<Known<Vec<(AppId, String)>>, Failure> {
        let Some(api) = api else {
            return Ok(Known::Known(Vec::new()));
        };
        let call = graph::applications_asking_for(self.session.cloud(), api);
        let found: Known<Vec<wire::Application>> = self.list(call).await?;
        Ok(found.map(|apps| {
            let named =
                |app: wire::Application| Some((app.app_id?, app.display_name.unwrap_or_default()));
            apps.into_iter().filter_map(named).collect()
        }))
    }
}
