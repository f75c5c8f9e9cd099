"""The script that registers the resource providers of many subscriptions, run in bash with unmodified Azure CLI. It runs twice."""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import emulator
import test_azure_cli
from test_azure_cli import az

SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "native" / "golden" / "providers-azure-cli-public.sh"
PROVIDERS = ("Microsoft.KeyVault", "Microsoft.Storage", "Microsoft.Network", "Microsoft.Compute")


class Providers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        emulator.post("/reset")
        # The reset ended the sessions of earlier tests.
        az("account", "clear")
        cls.tenant = emulator.tenant()["id"]
        cls.user = emulator.administrator(emulator.tenant())
        emulator.post("/modes", {"estate": {"sign_in_name": cls.user, "count": 12, "seed": 7}})
        test_azure_cli.sign_in_by_device(cls.tenant, cls.user)
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        shim = pathlib.Path(folder.name, "az")
        shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m azure.cli "$@"\n')
        shim.chmod(0o755)
        cls.path = f"{folder.name}{os.pathsep}{os.environ['PATH']}"
        cls.script = cls.for_this_tenant(SCRIPT.read_text(encoding="utf-8"))

    @classmethod
    def for_this_tenant(cls, script: str) -> str:
        """The golden file with the tenant and subscriptions of the emulator."""
        script = re.sub(r"(?m)^tenant='[0-9a-f-]+'$", f"tenant='{cls.tenant}'", script)
        wanted = re.findall(r"(?m)^register ([0-9a-f-]{36}) (.*)$", script)
        there = [one["id"] for one in az("account", "list", "--all") if one["state"] == "Enabled" and cls.may_register(one["id"])]
        cls.expected = {}
        for (old, providers), new in zip(wanted, there, strict=False):
            script = script.replace(old, new)
            cls.expected[new] = providers.split()
        assert len(cls.expected) == len(wanted), "too few subscriptions"
        return script

    @staticmethod
    def may_register(subscription: str) -> bool:
        url = (f"https://management.azure.com/subscriptions/{subscription}/providers/Microsoft.Authorization/permissions"
               "?api-version=2022-04-01")
        return any("*" in one["actions"] for one in az("rest", "--method", "get", "--url", url)["value"])

    def run_script(self) -> str:
        done = subprocess.run(["bash", "-c", self.script], env={**os.environ, "PATH": self.path}, capture_output=True, text=True,
                              timeout=300, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def states(self, subscription: str) -> dict[str, str]:
        return {name: az("provider", "show", "--namespace", name, "--subscription", subscription)["registrationState"] for name in PROVIDERS}

    def test_1_registers_what_is_selected_and_nothing_else(self):
        before = {one: self.states(one) for one in self.expected}
        out = self.run_script()
        asked = 0
        for subscription, providers in self.expected.items():
            after = self.states(subscription)
            for name in PROVIDERS:
                if name in providers:
                    self.assertIn(after[name], ("Registering", "Registered"), (subscription, name))
                    asked += before[subscription][name] == "NotRegistered"
                else:
                    self.assertEqual(after[name], before[subscription][name], (subscription, name))
        self.assertGreater(asked, 0)
        self.assertIn(f"Registrations asked for: {asked}. Failed: 0.", out)

    def test_2_asks_for_nothing_the_second_time(self):
        self.assertIn("Registrations asked for: 0. Failed: 0.", self.run_script())
