"""PyJWT validates the tokens as a server would: with the keys that the service publishes."""

import unittest

import jwt
import msal
import requests

import emulator
from emulator import AZURE_CLI, PASSWORD


class Tokens(unittest.TestCase):
    def setUp(self):
        emulator.post("/reset")
        self.tenant = emulator.tenant()
        self.user = emulator.administrator(self.tenant)
        authority = "https://login.microsoftonline.com/" + self.tenant["id"]
        self.document = requests.get(authority + "/v2.0/.well-known/openid-configuration", timeout=30).json()
        app = msal.PublicClientApplication(AZURE_CLI, authority=authority)
        self.result = app.acquire_token_by_username_password(self.user, PASSWORD, ["https://graph.microsoft.com/.default"])

    def verified(self, token: str, **what) -> dict:
        keys = requests.get(self.document["jwks_uri"], timeout=30).json()["keys"]
        kid = jwt.get_unverified_header(token)["kid"]
        key = next(one for one in keys if one["kid"] == kid)
        return jwt.decode(token, jwt.PyJWK(key).key, algorithms=["RS256"], **what)

    def test_the_id_token_verifies_against_the_discovered_keys_and_issuer(self):
        claims = self.verified(self.result["id_token"], audience=AZURE_CLI, issuer=self.document["issuer"])
        self.assertEqual((claims["tid"], claims["ver"]), (self.tenant["id"], "2.0"))

    def test_the_access_token_is_version_1_and_for_graph_alone(self):
        claims = self.verified(self.result["access_token"], audience="https://graph.microsoft.com",
                               issuer=f"https://sts.windows.net/{self.tenant['id']}/")
        self.assertEqual(claims["ver"], "1.0")
        self.assertIn("Application.ReadWrite.All", claims["scp"].split())

    def test_a_forged_token_is_seen(self):
        emulator.post("/modes", {"entra": {"id_token": "wrong-signature"}})
        app = msal.PublicClientApplication(AZURE_CLI, authority="https://login.microsoftonline.com/" + self.tenant["id"])
        result = app.acquire_token_by_username_password(self.user, PASSWORD, ["https://graph.microsoft.com/.default"])
        with self.assertRaises(jwt.InvalidSignatureError):
            self.verified(result["id_token"], audience=AZURE_CLI)
