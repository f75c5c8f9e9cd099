"""The unmodified Microsoft Graph SDK for Python: its generated typed calls, short casts, counts, pages, and batches."""

import logging
import os
import ssl
import time
import unittest
import uuid

import httpx
import msal
from azure.core.credentials import AccessToken
from kiota_abstractions.base_request_configuration import RequestConfiguration
from kiota_authentication_azure.azure_identity_authentication_provider import AzureIdentityAuthenticationProvider
from msgraph import GraphRequestAdapter, GraphServiceClient
from msgraph.generated.applications.applications_request_builder import ApplicationsRequestBuilder
from msgraph.generated.applications.item.add_password.add_password_post_request_body import AddPasswordPostRequestBody
from msgraph.generated.applications.item.application_item_request_builder import ApplicationItemRequestBuilder
from msgraph.generated.applications.item.remove_password.remove_password_post_request_body import RemovePasswordPostRequestBody
from msgraph.generated.directory_objects.get_by_ids.get_by_ids_post_request_body import GetByIdsPostRequestBody
from msgraph.generated.models.app_role_assignment import AppRoleAssignment
from msgraph.generated.models.application import Application
from msgraph.generated.models.o_auth2_permission_grant import OAuth2PermissionGrant
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph.generated.models.password_credential import PasswordCredential
from msgraph.generated.models.reference_create import ReferenceCreate
from msgraph.generated.models.service_principal import ServicePrincipal
from msgraph.generated.users.item.transitive_member_of.graph_directory_role.graph_directory_role_request_builder import (
    GraphDirectoryRoleRequestBuilder,
)
from msgraph.graph_request_adapter import options
from msgraph_core import GraphClientFactory
from msgraph_core.requests.batch_request_builder import BatchRequestBuilder
from msgraph_core.requests.batch_request_content import BatchRequestContent
from msgraph_core.requests.batch_request_item import BatchRequestItem
from msgraph_core.tasks.page_iterator import PageIterator

import emulator
from emulator import AZURE_CLI, PASSWORD

# In debug mode, the test case logs the duration of each step.
logging.getLogger("asyncio").setLevel(logging.ERROR)

GRAPH = "00000003-0000-0000-c000-000000000000"
DIRECTORY_READ_ALL = uuid.UUID("7ab1d382-f21e-4acd-a863-ba3e13f7da61")
Lists = ApplicationsRequestBuilder.ApplicationsRequestBuilderGetQueryParameters
One = ApplicationItemRequestBuilder.ApplicationItemRequestBuilderGetQueryParameters
Roles = GraphDirectoryRoleRequestBuilder.GraphDirectoryRoleRequestBuilderGetQueryParameters


class Given:
    """A credential that holds one token."""

    def __init__(self, tenant: str, user: str):
        app = msal.PublicClientApplication(AZURE_CLI, authority=f"https://login.microsoftonline.com/{tenant}")
        self.token = app.acquire_token_by_username_password(user, PASSWORD, scopes=["https://graph.microsoft.com/.default"])["access_token"]

    def get_token(self, *_, **__) -> AccessToken:
        return AccessToken(self.token, int(time.time()) + 3000)


def asked(parameters=None, **headers) -> RequestConfiguration:
    configuration = RequestConfiguration(query_parameters=parameters)
    for name, value in headers.items():
        configuration.headers.add(name, value)
    return configuration


def eventual(parameters=None) -> RequestConfiguration:
    return asked(parameters, ConsistencyLevel="eventual")


def link(object_id: str) -> ReferenceCreate:
    return ReferenceCreate(odata_id=f"https://graph.microsoft.com/v1.0/directoryObjects/{object_id}")


class Sdk(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        emulator.post("/reset")
        self.tenant = emulator.tenant()
        self.user = emulator.administrator(self.tenant)
        trust = ssl.create_default_context(cafile=emulator.authority_file())
        http = httpx.AsyncClient(proxy=os.environ["EMULATOR_PROXY"], verify=trust, timeout=30)
        self.addAsyncCleanup(http.aclose)
        client = GraphClientFactory.create_with_default_middleware(client=http, options=options)
        provider = AzureIdentityAuthenticationProvider(Given(self.tenant["id"], self.user), scopes=["https://graph.microsoft.com/.default"])
        self.graph = GraphServiceClient(request_adapter=GraphRequestAdapter(provider, client))

    async def make(self, name: str) -> tuple[Application, ServicePrincipal]:
        app = await self.graph.applications.post(Application(display_name=name, sign_in_audience="AzureADMyOrg"))
        return app, await self.graph.service_principals.post(ServicePrincipal(app_id=app.app_id))

    async def test_a_person_and_what_they_are_a_member_of(self):
        graph = self.graph
        me = await graph.me.get()
        self.assertEqual(me.user_principal_name, self.user)
        of_user = graph.users.by_user_id(me.id)
        for builder in (graph.me.transitive_member_of, graph.me.member_of, of_user.transitive_member_of, of_user.member_of):
            self.assertTrue((await builder.get()).value)
            told = await builder.graph_directory_role.get(eventual(Roles(count=True)))
            self.assertEqual((told.odata_count, told.value[0].display_name), (1, "Global Administrator"))
            self.assertEqual(await builder.graph_group.count.get(eventual()), 0)
            with self.assertRaises(ODataError) as refused:
                await builder.graph_directory_role.get()
            self.assertEqual(refused.exception.error.code, "Request_UnsupportedQuery")
        self.assertEqual(await graph.users.count.get(eventual()), len((await graph.users.get()).value))
        self.assertEqual((await graph.groups.get()).value[0].display_name, "Tenant administrators")

    async def test_the_tenant_and_its_policies(self):
        graph = self.graph
        organization = await graph.organization.by_organization_id(self.tenant["id"]).get()
        self.assertEqual((organization.id, organization.tenant_type), (self.tenant["id"], "AAD"))
        self.assertTrue((await graph.domains.get()).value)
        self.assertTrue((await graph.directory_roles.get()).value)
        self.assertTrue((await graph.role_management.directory.role_assignments.get()).value)
        self.assertTrue((await graph.role_management.directory.role_definitions.get()).value)
        self.assertFalse((await graph.policies.default_app_management_policy.get()).is_enabled)
        self.assertEqual((await graph.policies.app_management_policies.get()).value, [])
        self.assertTrue((await graph.policies.authorization_policy.get()).default_user_role_permissions.allowed_to_create_apps)

    async def test_applications_are_found_counted_and_paged(self):
        graph = self.graph
        key = str(uuid.uuid4())
        upserted = await graph.applications_with_unique_name(key).patch(Application(display_name="Upserted"), asked(Prefer="create-if-missing"))
        self.assertEqual(upserted.sign_in_audience, "AzureADMyOrg")
        self.assertEqual((await graph.applications_with_unique_name(key).get()).id, upserted.id)
        app, _ = await self.make("SDK")
        self.assertEqual((await graph.applications_with_app_id(app.app_id).get()).id, app.id)
        found = await graph.applications.get(asked(Lists(filter="displayName eq 'SDK'", select=["id", "appId"], top=5)))
        self.assertEqual([one.id for one in found.value], [app.id])
        found = await graph.applications.get(eventual(Lists(filter="endswith(displayName,'K')", count=True, orderby=["displayName"])))
        self.assertEqual(found.odata_count, 1)
        found = await graph.applications.get(eventual(Lists(search='"displayName:SDK"', count=True)))
        self.assertEqual(len(found.value), 1)
        self.assertEqual(await graph.applications.count.get(eventual()), 2)
        seen = []
        first = await graph.applications.get(asked(Lists(top=1)))
        await PageIterator(first, graph.request_adapter).iterate(lambda one: seen.append(one) or True)
        self.assertEqual(len(seen), 2)

    async def test_a_batch(self):
        # Must be the first call: later requests contain the full URL, but the service requires only the path.
        graph = self.graph
        item = BatchRequestItem(request_information=graph.me.to_get_request_information())
        told = await BatchRequestBuilder(graph.request_adapter).post(BatchRequestContent(requests={item.id: item}))
        self.assertEqual(told.get_response_status_codes(), {item.id: 200})

    async def test_owners_and_secrets_of_both(self):
        graph = self.graph
        me = await graph.me.get()
        app, principal = await self.make("Held")
        of_app = graph.applications.by_application_id(app.id)
        of_principal = graph.service_principals.by_service_principal_id(principal.id)
        for holder in (of_app, of_principal):
            await holder.owners.ref.post(link(me.id))
            self.assertEqual([one.id for one in (await holder.owners.get()).value], [me.id])
            self.assertEqual([one.id for one in (await holder.owners.graph_user.get()).value], [me.id])
            self.assertEqual(len((await holder.owners.ref.get()).value), 1)
            self.assertEqual(await holder.owners.count.get(eventual()), 1)
            made = await holder.add_password.post(AddPasswordPostRequestBody(password_credential=PasswordCredential(display_name="one")))
            self.assertTrue(made.secret_text)
            await holder.remove_password.post(RemovePasswordPostRequestBody(key_id=made.key_id))
        expanded = await of_app.get(asked(One(expand=["owners($select=id)"], select=["id"])))
        self.assertEqual([one.id for one in expanded.owners], [me.id])
        self.assertEqual([one.id for one in (await graph.me.owned_objects.graph_application.get()).value], [app.id])
        self.assertEqual([one.id for one in (await graph.me.owned_objects.graph_service_principal.get()).value], [principal.id])
        for holder in (of_app, of_principal):
            await holder.owners.by_directory_object_id(me.id).ref.delete()
            self.assertEqual((await holder.owners.get()).value, [])
        await of_app.patch(Application(is_disabled=True, identifier_uris=[f"api://{app.app_id}"]))
        self.assertTrue((await of_app.get()).is_disabled)
        self.assertIn(f"api://{app.app_id}", (await of_principal.get()).service_principal_names)
        self.assertEqual((await of_app.app_management_policies.get()).value, [])

    async def test_consent(self):
        graph = self.graph
        _, principal = await self.make("Consented")
        resource = await graph.service_principals_with_app_id(GRAPH).get()
        given = graph.service_principals.by_service_principal_id(resource.id).app_role_assigned_to
        role = await given.post(AppRoleAssignment(principal_id=uuid.UUID(principal.id), resource_id=uuid.UUID(resource.id),
                                                  app_role_id=DIRECTORY_READ_ALL))
        held = graph.service_principals.by_service_principal_id(principal.id)
        self.assertEqual([one.id for one in (await held.app_role_assignments.get()).value], [role.id])
        await given.by_app_role_assignment_id(role.id).delete()
        grant = await graph.oauth2_permission_grants.post(
            OAuth2PermissionGrant(client_id=principal.id, consent_type="AllPrincipals", resource_id=resource.id, scope="User.Read"))
        one = graph.oauth2_permission_grants.by_o_auth2_permission_grant_id(grant.id)
        await one.patch(OAuth2PermissionGrant(scope="User.Read Organization.Read.All"))
        self.assertEqual((await held.oauth2_permission_grants.get()).value[0].scope, "User.Read Organization.Read.All")
        await one.delete()
        self.assertEqual((await held.oauth2_permission_grants.get()).value, [])

    async def test_deleted_objects_come_back_one_by_one(self):
        graph = self.graph
        app, principal = await self.make("Gone")
        found = await graph.directory_objects.get_by_ids.post(GetByIdsPostRequestBody(ids=[app.id, principal.id]))
        self.assertEqual([type(one) for one in found.value], [Application, ServicePrincipal])
        await graph.applications.by_application_id(app.id).delete()
        deleted = graph.directory.deleted_items
        self.assertEqual([one.id for one in (await deleted.graph_application.get()).value], [app.id])
        self.assertEqual(await deleted.graph_service_principal.count.get(eventual()), 1)
        self.assertEqual((await deleted.by_directory_object_id(app.id).graph_application.get()).app_id, app.app_id)
        await deleted.by_directory_object_id(app.id).restore.post()
        with self.assertRaises(ODataError) as refused:
            await graph.service_principals_with_app_id(app.app_id).get()
        self.assertEqual(refused.exception.response_status_code, 404)
        await deleted.by_directory_object_id(principal.id).restore.post()
        self.assertEqual((await graph.service_principals_with_app_id(app.app_id).get()).id, principal.id)
        await graph.applications.by_application_id(app.id).delete()
        await deleted.by_directory_object_id(app.id).delete()
        self.assertEqual((await deleted.graph_application.get()).value, [])
        self.assertEqual([one.id for one in (await deleted.graph_service_principal.get()).value], [principal.id])


if __name__ == "__main__":
    unittest.main()
