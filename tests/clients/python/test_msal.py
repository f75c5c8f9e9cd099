"""MSAL for Python: the sign-in flows of an app outside a browser."""

import unittest

import msal
import requests

import emulator
from emulator import AZURE_CLI, PASSWORD, Person


class PublicClient(unittest.TestCase):
    def setUp(self):
        emulator.post("/reset")
        self.tenant = emulator.tenant()
        self.user = emulator.administrator(self.tenant)

    def app(self, authority: str, **more) -> msal.PublicClientApplication:
        return msal.PublicClientApplication(AZURE_CLI, authority=authority, **more)

    def assertToken(self, result):
        self.assertIn("access_token", result, result.get("error_description"))

    def test_code_flow_with_pkce_through_the_pages(self):
        app = self.app("https://login.microsoftonline.com/organizations")
        flow = app.initiate_auth_code_flow(["https://graph.microsoft.com/.default"], redirect_uri="http://localhost:53999",
                                           response_mode="query")
        person = Person()
        page = person.sign_in(person.open(flow["auth_uri"]), self.user)
        result = app.acquire_token_by_auth_code_flow(flow, person.answer(page))
        self.assertToken(result)
        self.assertEqual(result["id_token_claims"]["preferred_username"], self.user)
        self.assertEqual(result["id_token_claims"]["tid"], self.tenant["id"])
        account = app.get_accounts()[0]
        self.assertEqual(account["username"], self.user)
        # One refresh token works for every resource that the client has consent for.
        other = app.acquire_token_silent(["https://management.core.windows.net//.default"], account=account)
        self.assertToken(other)
        self.assertNotEqual(result["access_token"], other["access_token"])

    def test_a_second_sign_in_finds_the_session(self):
        app = self.app("https://login.microsoftonline.com/" + self.tenant["id"])
        person = Person()
        for _ in range(2):
            flow = app.initiate_auth_code_flow(["https://management.azure.com/.default"], redirect_uri="http://localhost:53999")
            page = person.sign_in(person.open(flow["auth_uri"]), self.user)
            self.assertToken(app.acquire_token_by_auth_code_flow(flow, person.answer(page)))
        pickers = [page for page in person.pages if "Pick an account" in page]
        self.assertEqual(len(pickers), 1)

    def test_device_flow(self):
        app = self.app("https://login.microsoftonline.com/" + self.tenant["domains"][0])
        flow = app.initiate_device_flow(["https://graph.microsoft.com/.default"])
        self.assertIn("user_code", flow)
        pending = app.acquire_token_by_device_flow({**flow, "expires_at": 0})
        self.assertEqual(pending["error"], "authorization_pending")
        person = Person()
        page = person.fill(person.open(flow["verification_uri"]), "otc", flow["user_code"])
        page = person.sign_in(page, self.user)
        self.assertIn("You have signed in", page.text)
        self.assertToken(app.acquire_token_by_device_flow(flow))

    def test_user_name_and_password(self):
        app = self.app("https://login.microsoftonline.com/organizations")
        scopes = ["https://graph.microsoft.com/.default"]
        wrong = app.acquire_token_by_username_password(self.user, "wrong", scopes)
        self.assertEqual(wrong["error_codes"], [50126])
        self.assertToken(app.acquire_token_by_username_password(self.user, PASSWORD, scopes))

    def test_us_government_by_its_own_host(self):
        tenant = emulator.tenant("usgov")
        user = emulator.administrator(tenant)
        app = self.app("https://login.microsoftonline.us/" + tenant["id"])
        result = app.acquire_token_by_username_password(user, PASSWORD, ["https://graph.microsoft.us/.default"])
        self.assertToken(result)
        self.assertTrue(result["id_token_claims"]["iss"].startswith("https://login.microsoftonline.us/"))

    def test_a_revoked_session_ends_silence(self):
        app = self.app("https://login.microsoftonline.com/organizations")
        scopes = ["https://graph.microsoft.com/.default"]
        self.assertToken(app.acquire_token_by_username_password(self.user, PASSWORD, scopes))
        emulator.post("/modes", {"revoke_sessions": True})
        result = app.acquire_token_silent_with_error(scopes, account=app.get_accounts()[0], force_refresh=True)
        self.assertEqual(result["error_codes"], [50173])


class ConfidentialClient(unittest.TestCase):
    def test_a_secret_from_add_password_works_until_it_is_removed(self):
        emulator.post("/reset")
        tenant = emulator.tenant()
        user = emulator.administrator(tenant)
        public = msal.PublicClientApplication(AZURE_CLI, authority="https://login.microsoftonline.com/" + tenant["id"])
        token = public.acquire_token_by_username_password(user, PASSWORD, ["https://graph.microsoft.com/.default"])["access_token"]
        graph = requests.Session()
        graph.headers["Authorization"] = "Bearer " + token
        base = "https://graph.microsoft.com/v1.0"
        app = graph.post(f"{base}/applications", json={"displayName": "Client of MSAL"}, timeout=30).json()
        graph.post(f"{base}/servicePrincipals", json={"appId": app["appId"]}, timeout=30).raise_for_status()
        made = graph.post(f"{base}/applications/{app['id']}/addPassword", json={"passwordCredential": {"displayName": "one"}},
                          timeout=30).json()

        def ask(secret: str) -> dict:
            client = msal.ConfidentialClientApplication(app["appId"], client_credential=secret,
                                                        authority="https://login.microsoftonline.com/" + tenant["id"])
            return client.acquire_token_for_client(["https://graph.microsoft.com/.default"])

        self.assertIn("access_token", ask(made["secretText"]))
        self.assertEqual(ask("wrong")["error_codes"], [7000215])
        graph.post(f"{base}/applications/{app['id']}/removePassword", json={"keyId": made["keyId"]}, timeout=30).raise_for_status()
        self.assertEqual(ask(made["secretText"])["error_codes"], [7000215])
