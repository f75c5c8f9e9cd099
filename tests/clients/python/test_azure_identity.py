"""azure-identity and the management SDK: Azure Resource Manager with Microsoft's own client."""

import logging
import unittest

import msal
import requests
from azure.core.exceptions import ClientAuthenticationError
from azure.identity import ClientSecretCredential, DeviceCodeCredential
from azure.mgmt.resource.subscriptions import SubscriptionClient

import emulator
from emulator import AZURE_CLI, PASSWORD, Person


# azure-identity logs every error response, including the expected ones.
logging.disable(logging.WARNING)


class Identity(unittest.TestCase):
    def setUp(self):
        emulator.post("/reset")
        self.tenant = emulator.tenant()
        self.user = emulator.administrator(self.tenant)

    def test_device_code_and_the_list_of_subscriptions(self):
        def typed(uri, code, _):
            person = Person()
            person.sign_in(person.fill(person.open(uri), "otc", code), self.user)

        credential = DeviceCodeCredential(client_id=AZURE_CLI, tenant_id=self.tenant["id"], prompt_callback=typed)
        client = SubscriptionClient(credential)
        self.assertTrue([one.subscription_id for one in client.subscriptions.list()])
        self.assertIn(self.tenant["id"], [one.tenant_id for one in client.tenants.list()])

    def test_a_client_secret_and_a_wrong_one(self):
        app, secret = application_with_secret(self.tenant, self.user)
        scope = "https://management.azure.com/.default"
        good = ClientSecretCredential(self.tenant["id"], app, secret)
        self.assertTrue(good.get_token(scope).token)
        with self.assertRaises(ClientAuthenticationError) as refused:
            ClientSecretCredential(self.tenant["id"], app, "wrong").get_token(scope)
        self.assertIn("AADSTS7000215", str(refused.exception))


def application_with_secret(tenant: dict, user: str) -> tuple[str, str]:
    public = msal.PublicClientApplication(AZURE_CLI, authority="https://login.microsoftonline.com/" + tenant["id"])
    token = public.acquire_token_by_username_password(user, PASSWORD, ["https://graph.microsoft.com/.default"])["access_token"]
    graph = requests.Session()
    graph.headers["Authorization"] = "Bearer " + token
    base = "https://graph.microsoft.com/v1.0"
    app = graph.post(f"{base}/applications", json={"displayName": "Client of azure-identity"}, timeout=30).json()
    principal = graph.post(f"{base}/servicePrincipals", json={"appId": app["appId"]}, timeout=30)
    principal.raise_for_status()
    made = graph.post(f"{base}/applications/{app['id']}/addPassword", json={"passwordCredential": {}}, timeout=30).json()
    return app["appId"], made["secretText"]
