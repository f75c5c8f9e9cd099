"""The set-up as a script for Azure CLI, run in bash with unmodified Azure CLI: the golden files as they are. It makes what the page makes."""

import datetime
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import requests
import emulator
import test_azure_cli
from test_azure_cli import az
from test_requests import MICROSOFT_GRAPH, added, comparable

GOLDEN = pathlib.Path(__file__).resolve().parents[2] / "native" / "golden"
PUBLIC = "set-up-azure-cli-public.sh"
TENANT = "5e97358c-d99c-4558-8000-000000010000"
GRAPH = "https://graph.microsoft.com"
DIRECTORY_READ_ALL = "7ab1d382-f21e-4acd-a863-ba3e13f7da61"


def ask(method: str, path: str, *more: str, graph: str = GRAPH):
    return az("rest", "--method", method, "--resource", graph, "--url", f"{graph}/v1.0/{path}", *more)


def leaves(value) -> int:
    """How many values there are to compare."""
    if isinstance(value, dict):
        return sum(leaves(one) for one in value.values())
    if isinstance(value, list):
        return sum(leaves(one) for one in value)
    return 1


def writes(since: int) -> list[dict]:
    """The requests to Microsoft Graph and Azure that can change something, from the one with this number on."""
    return [one for one in emulator.get("/requests")["requests"][since:]
            if one["method"] in ("POST", "PUT", "PATCH", "DELETE") and one["host"].startswith(("graph.", "management."))]


def sign_in(cloud: str, name: str) -> str:
    """The tenant of a cloud, with Azure CLI signed in to it."""
    # A reset ends the sessions of earlier tests.
    az("account", "clear")
    az("cloud", "set", "--name", name)
    tenant = emulator.tenant(cloud)
    test_azure_cli.sign_in_by_device(tenant["id"], emulator.administrator(tenant))
    return tenant["id"]


class SetupScript(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        emulator.post("/reset")
        cls.tenant = sign_in("public", "AzureCloud")
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        shim = cls.folder / "az"
        shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m azure.cli "$@"\n')
        shim.chmod(0o755)
        cls.environment = {**os.environ, "PATH": f"{folder.name}{os.pathsep}{os.environ['PATH']}"}

    def run_script(self, script: str, *options: str, code: int = 0, **variables: str) -> subprocess.CompletedProcess:
        done = subprocess.run(["bash", "--noprofile", "--norc", "-c", script, "set-up-cmg.sh", *options], env={**self.environment, **variables},
                              capture_output=True, text=True, timeout=600, check=False)
        self.assertEqual(done.returncode, code, f"{done.stdout}\n{done.stderr}")
        return done

    @staticmethod
    def golden(name: str) -> str:
        return (GOLDEN / name).read_text(encoding="ascii")

    @staticmethod
    def page(tenant: str = TENANT) -> dict:
        """What the page's own run makes, in this tenant."""
        text = (GOLDEN / "requests-state.json").read_text(encoding="utf-8")
        return comparable(json.loads(text.replace(TENANT, tenant)))

    def state(self) -> dict:
        return emulator.get("/snapshot")[self.tenant]

    @staticmethod
    def use(out: str) -> list[str]:
        """The options that name the apps of an earlier run."""
        return re.search(r"(?:For another run|run again with):((?: --use [0-9a-f-]{36})+)", out)[1].split()

    def test_1_makes_what_the_page_makes(self):
        before = self.state()
        file = self.folder / "secret"
        done = self.run_script(self.golden(PUBLIC), "--secret-file", str(file))
        made = comparable(added(before, self.state()))
        page = self.page()
        self.assertEqual(made, page)
        print(f"{leaves(page)} properties equal to those of the page's own run")
        type(self).options = self.use(done.stdout)

        self.assertEqual(file.stat().st_mode & 0o777, 0o600)
        secret = file.read_text().strip()
        self.assertNotIn(secret, done.stdout + done.stderr)
        server = self.options[1]
        told = requests.post(f"https://login.microsoftonline.com/{self.tenant}/oauth2/v2.0/token", timeout=30, data={
            "client_id": server, "client_secret": secret, "grant_type": "client_credentials", "scope": f"{GRAPH}/.default"})
        self.assertEqual(told.status_code, 200, told.text)
        credential = ask("GET", f"applications(appId='{server}')")["passwordCredentials"][0]
        self.assertRegex(credential["displayName"], r"^CMG Entra Setup [0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$")
        end = datetime.datetime.fromisoformat(credential["endDateTime"].replace("Z", "+00:00"))
        left = end - datetime.datetime.now(datetime.timezone.utc)
        self.assertAlmostEqual(left.total_seconds(), (365 * 24 - 1) * 3600, delta=600)

    def test_2_writes_nothing_the_second_time(self):
        before = self.state()
        since = len(emulator.get("/requests")["requests"])
        # Without the client IDs, it stops and says which apps are there.
        done = self.run_script(self.golden(PUBLIC), *self.options[:2], code=3)
        for part in ("created: ", "certificates: 0", "federatedCredentials: 0", "ms-appx-web://", "CMGEntraSetup"):
            self.assertIn(part, done.stdout)
        self.assertNotIn(f"already: {self.options[1]}", done.stdout)
        done = self.run_script(self.golden(PUBLIC), *self.options, "--secret-file", str(self.folder / "other"))
        self.assertIn("a valid one is there already", done.stdout)
        self.assertFalse((self.folder / "other").exists())
        self.assertEqual((re.findall("made|added", done.stdout), done.stderr), ([], ""))
        # The script of a pipeline, with the same options.
        text = self.golden("set-up-github-actions-public.yml").split("        run: |\n", 1)[1]
        done = self.run_script("".join(line.removeprefix(" " * 10) for line in text.splitlines(keepends=True)),
                               USE=f"{self.options[1]} {self.options[3]}")
        self.assertEqual(self.use(done.stdout), self.options)
        self.assertEqual(writes(since), [])
        self.assertEqual(self.state(), before)

    def test_3_changes_nothing_where_it_must_not_run(self):
        script = self.golden(PUBLIC)
        before = self.state()
        for wrong, options, said in (
                (script.replace(f"tenant='{self.tenant}'", "tenant='2f0a6d5e-7c1b-4a38-9d45-0b6f3c8e1a72'"), [], "another tenant"),
                (script.replace("cloud='AzureCloud'", "cloud='AzureUSGovernment'"), [], "another cloud"),
                (script, ["--secret"], "Unknown option"),
                (script, ["--secret-file", str(self.folder / "secret")], "not there yet"),
                # Apps with both names, and other keys than these.
                (re.sub(r"cmg-entra-setup-(server|client)-[0-9a-f-]{36}", r"cmg-entra-setup-\1-0", script), [], "Apps with both names")):
            self.assertIn(said, self.run_script(wrong, *options, code=1).stderr)
        self.assertEqual(self.state(), before)

    def test_4_fills_in_what_is_missing_and_keeps_what_others_added(self):
        server, client = self.options[1], self.options[3]
        uri = f"api://{self.tenant}/{server}"
        redirect = f"ms-appx-web://Microsoft.AAD.BrokerPlugin/{client}"
        ask("PATCH", f"applications(appId='{server}')", "--body", json.dumps({"identifierUris": [f"api://{server}"]}))
        ask("PATCH", f"applications(appId='{client}')", "--body", json.dumps({
            "publicClient": {"redirectUris": ["https://elsewhere.example/x"]},
            "requiredResourceAccess": [{"resourceAppId": MICROSOFT_GRAPH, "resourceAccess": [{"id": DIRECTORY_READ_ALL, "type": "Role"}]}]}))
        principal = ask("GET", f"servicePrincipals(appId='{client}')")["id"]
        for grant in ask("GET", f"servicePrincipals/{principal}/oauth2PermissionGrants")["value"]:
            if grant["scope"] == "User.Read":
                ask("PATCH", f"oauth2PermissionGrants/{grant['id']}", "--body", '{"scope": "Mail.Read"}')
            else:
                ask("DELETE", f"oauth2PermissionGrants/{grant['id']}")
        self.run_script(self.golden(PUBLIC), *self.options)
        self.assertEqual(set(ask("GET", f"applications(appId='{server}')")["identifierUris"]), {f"api://{server}", uri})
        app = ask("GET", f"applications(appId='{client}')")
        self.assertEqual(set(app["publicClient"]["redirectUris"]), {"https://elsewhere.example/x", redirect})
        access = {one["resourceAppId"]: sorted(it["type"] for it in one["resourceAccess"]) for one in app["requiredResourceAccess"]}
        self.assertEqual(access, {MICROSOFT_GRAPH: ["Role", "Scope"], server: ["Scope"]})
        scopes = sorted(one["scope"] for one in ask("GET", f"servicePrincipals/{principal}/oauth2PermissionGrants")["value"])
        self.assertEqual(scopes, ["Mail.Read User.Read", "user_impersonation"])

    def test_5_any_name_arrives_although_the_directory_is_slow(self):
        emulator.post("/modes", {"replication": {"by_key": 20, "lists": 20, "references": 20}})
        self.addCleanup(emulator.post, "/modes", {"replication": {}})
        since = len(emulator.get("/requests")["requests"])
        self.run_script(self.golden("set-up-azure-cli-hostile-names.sh"))
        self.assertIn("404", [one["outcome"] for one in writes(since)], "the directory was not slow")
        emulator.post("/modes", {"replication": {}})
        names = {one["displayName"]: one for one in ask("GET", "applications?$top=999")["value"]}
        server = names["O'Brien \"x\" \\ $(touch x) `touch x` ${HOME} $HOME"]
        self.assertIn("\u4e2d\u6587 \u05e9\u05dc\u05d5\u05dd \U0001f680 \u0411 S\u00fcd \u2013 \u0451", names)
        self.assertEqual(server["web"]["homePageUrl"], "https://h/a'b$(c)%7B;&~!*")
        self.assertEqual(server["identifierUris"], [f"api://{self.tenant}/cmg'$(x)"])
        principal = ask("GET", f"servicePrincipals(appId='{server['appId']}')")["id"]
        roles = [one["appRoleId"] for one in ask("GET", f"servicePrincipals/{principal}/appRoleAssignments")["value"]]
        self.assertEqual(roles, [DIRECTORY_READ_ALL])

    def test_6_us_government(self):
        tenant = sign_in("usgov", "AzureUSGovernment")
        self.addCleanup(az, "cloud", "set", "--name", "AzureCloud")
        # The golden file is for the tenant of the other cloud.
        script = self.golden("set-up-azure-cli-usgov.sh").replace(TENANT, tenant)
        before = emulator.get("/snapshot")[tenant]
        since = len(emulator.get("/requests")["requests"])
        self.run_script(script, "--secret-file", str(self.folder / "of-us-government"))
        made = comparable(added(before, emulator.get("/snapshot")[tenant]))
        page = self.page(tenant)
        page.pop("subscriptions", None)
        made.pop("subscriptions", None)
        for app in made["applications"] + page["applications"]:
            # The initial domain of the tenant.
            del app["publisherDomain"]
        self.assertEqual(made, page)
        print(f"{leaves(page)} properties equal in US Government")
        self.assertEqual({one["host"] for one in writes(since)}, {"graph.microsoft.us"})


if __name__ == "__main__":
    unittest.main()
