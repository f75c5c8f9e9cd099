"""The script that requests an exemption from the app management policy, run in bash with unmodified Azure CLI."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import emulator
import test_azure_cli
from test_azure_cli import az

GOLDEN = pathlib.Path(__file__).resolve().parents[2] / "native" / "golden"
GRAPH = "https://graph.microsoft.com/v1.0"
# The app and the tenant in the golden file.
APP = "2f0a6d5e-7c1b-4a38-9d45-0b6f3c8e1a72"
TENANT = "5e97358c-d99c-4558-8000-000000010000"


class Exemption(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        emulator.post("/reset")
        az("account", "clear")
        cls.tenant = emulator.tenant()
        cls.user = emulator.administrator(cls.tenant)
        test_azure_cli.sign_in_by_device(cls.tenant["id"], cls.user)
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        shim = cls.folder / "az"
        shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m azure.cli "$@"\n')
        shim.chmod(0o755)

    def run_script(self, app: str) -> subprocess.CompletedProcess:
        text = (GOLDEN / "exemption.sh").read_text().replace(APP, app).replace(TENANT, self.tenant["id"])
        script = self.folder / "exempt.sh"
        script.write_text(text)
        path = f"{self.folder}{os.pathsep}{os.environ['PATH']}"
        return subprocess.run(["bash", str(script)], env={**os.environ, "PATH": path}, capture_output=True, text=True, timeout=300, check=False)

    def test_1_gives_the_app_a_policy_of_its_own_and_no_second_one(self):
        app = az("ad", "app", "create", "--display-name", "CMG-ServerApp")["appId"]
        done = self.run_script(app)
        self.assertEqual(done.returncode, 0, done.stderr)
        held = az("rest", "--method", "GET", "--resource", "https://graph.microsoft.com",
                  "--url", f"{GRAPH}/applications(appId='{app}')/appManagementPolicies")["value"]
        self.assertEqual(len(held), 1)
        restrictions = {one["restrictionType"]: one for one in held[0]["restrictions"]["passwordCredentials"]}
        self.assertEqual(restrictions["passwordAddition"]["state"], "disabled")
        self.assertEqual(restrictions["passwordLifetime"]["maxLifetime"], "P365D")
        again = self.run_script(app)
        self.assertNotEqual(again.returncode, 0)
        self.assertIn(held[0]["id"], again.stderr)
        az("ad", "app", "credential", "reset", "--id", app, "--years", "1")
