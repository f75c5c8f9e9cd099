"""The script that registers the page, run in bash with unmodified Azure CLI. It runs twice."""

import base64
import hashlib
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest
import urllib.parse

import requests
import emulator
import test_azure_cli
from emulator import Person
from test_azure_cli import az

GOLDEN = pathlib.Path(__file__).resolve().parents[2] / "native" / "golden"
PAGE = "https://cmg.contoso.com/setup/"
GRAPH = "https://graph.microsoft.com/v1.0"
SCOPES = {"User.Read", "Organization.Read.All", "Application.Read.All", "Directory.Read.All", "Policy.Read.All",
          "Application.ReadWrite.All", "DelegatedPermissionGrant.ReadWrite.All", "AppRoleAssignment.ReadWrite.All", "openid", "profile", "offline_access"}
VERIFIER = "v" * 43


def ask(method: str, path: str, *more: str):
    return az("rest", "--method", method, "--resource", "https://graph.microsoft.com", "--url", f"{GRAPH}/{path}", *more)


class Registration(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        emulator.post("/reset")
        # The reset ended the sessions of earlier tests.
        az("account", "clear")
        cls.tenant = emulator.tenant()
        cls.user = emulator.administrator(cls.tenant)
        test_azure_cli.sign_in_by_device(cls.tenant["id"], cls.user)
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        shim = pathlib.Path(folder.name, "az")
        shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m azure.cli "$@"\n')
        shim.chmod(0o755)
        cls.path = f"{folder.name}{os.pathsep}{os.environ['PATH']}"

    def run_script(self, name: str) -> str:
        done = subprocess.run(["bash", str(GOLDEN / name)], env={**os.environ, "PATH": self.path}, capture_output=True, text=True,
                              timeout=300, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return next(line.removeprefix("Client ID: ") for line in done.stdout.splitlines() if line.startswith("Client ID: "))

    def all_there_is(self):
        apps = ask("GET", "applications")["value"]
        principals = ask("GET", "servicePrincipals")["value"]
        grants = ask("GET", "oauth2PermissionGrants")["value"]
        return [sorted(one, key=lambda item: item["id"]) for one in (apps, principals, grants)]

    def test_1_makes_one_app_with_its_shape_and_no_second_one(self):
        before = len(ask("GET", "applications")["value"])
        app_id = self.run_script("register-full.sh")
        made = self.all_there_is()
        self.assertEqual(len(made[0]), before + 1)
        app = ask("GET", f"applications(appId='{app_id}')")
        self.assertEqual((app["displayName"], app["signInAudience"], app["tags"]), ("CMG Entra Setup", "AzureADMyOrg", ["CMGEntraSetupPage"]))
        self.assertEqual(app["spa"]["redirectUris"], [PAGE, PAGE + "bridge.html"])
        self.assertEqual((app["web"]["redirectUris"], app["publicClient"]["redirectUris"]), ([], []))
        self.assertEqual((app["passwordCredentials"], app.get("keyCredentials", [])), ([], []))
        self.assertEqual(sorted(len(one["resourceAccess"]) for one in app["requiredResourceAccess"]), [1, 8])
        client = ask("GET", f"servicePrincipals(appId='{app_id}')")["id"]
        grants = [one for one in made[2] if one["clientId"] == client]
        self.assertEqual({one["consentType"] for one in grants}, {"AllPrincipals"})
        self.assertEqual(sorted((set(one["scope"].split()) for one in grants), key=len), [{"user_impersonation"}, SCOPES])
        self.assertEqual(self.run_script("register-full.sh"), app_id)
        self.assertEqual(self.all_there_is(), made)

    def test_2_leaves_what_others_consented_to(self):
        app_id = self.run_script("register-full.sh")
        client = ask("GET", f"servicePrincipals(appId='{app_id}')")["id"]
        of_graph = max((one for one in self.all_there_is()[2] if one["clientId"] == client), key=lambda one: len(one["scope"]))
        ask("PATCH", f"oauth2PermissionGrants/{of_graph['id']}", "--body", '{"scope": "Organization.ReadWrite.All User.Read"}')
        self.assertEqual(self.run_script("register-full.sh"), app_id)
        scope = ask("GET", f"oauth2PermissionGrants/{of_graph['id']}")["scope"].split()
        self.assertEqual((set(scope), len(scope)), (SCOPES | {"Organization.ReadWrite.All"}, len(SCOPES) + 1))

    def test_3_a_page_at_the_address_signs_in_with_it(self):
        app_id = self.run_script("register-full.sh")
        authority = f"https://login.microsoftonline.com/{self.tenant['id']}/oauth2/v2.0"
        challenge = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
        scope = "openid profile https://graph.microsoft.com/Application.ReadWrite.All"
        person = Person()
        page = person.open(f"{authority}/authorize?" + urllib.parse.urlencode({
            "client_id": app_id, "redirect_uri": PAGE, "response_type": "code", "response_mode": "fragment", "scope": scope, "state": "s",
            "nonce": "n", "code_challenge": challenge, "code_challenge_method": "S256"}))
        answer = person.answer(person.sign_in(page, self.user))
        self.assertFalse([one for one in person.pages if 'value="accept"' in one], "consent was asked for")
        told = requests.post(f"{authority}/token", headers={"Origin": "https://cmg.contoso.com"}, timeout=30, data={
            "client_id": app_id, "grant_type": "authorization_code", "code": answer["code"], "redirect_uri": PAGE, "scope": scope,
            "code_verifier": VERIFIER})
        self.assertEqual(told.status_code, 200, told.text)
        self.assertIn("Application.ReadWrite.All", told.json()["scope"])

    def test_4_a_line_moves_an_address_to_the_right_platform(self):
        app_id = self.run_script("register-check.sh")
        ask("PATCH", f"applications(appId='{app_id}')", "--body",
            f'{{"spa": {{"redirectUris": ["https://elsewhere.example/"]}}, "web": {{"redirectUris": ["{PAGE}", "https://x.example/"]}}}}')
        line = (GOLDEN / "register-fix-redirects.txt").read_text().strip().replace("00000000-0000-0000-0000-000000000000", app_id)
        done = subprocess.run(["bash", "-c", line], env={**os.environ, "PATH": self.path}, capture_output=True, text=True, timeout=120, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        app = ask("GET", f"applications(appId='{app_id}')")
        self.assertEqual((app["spa"]["redirectUris"], app["web"]["redirectUris"]), (["https://elsewhere.example/", PAGE], ["https://x.example/"]))


if __name__ == "__main__":
    unittest.main()
