"""Azure CLI, unmodified: signs in and uses Microsoft Graph and Azure Resource Manager as an administrator would."""

import json
import re
import subprocess
import sys
import threading
import unittest

import standin
from standin import Person


def az(*words: str):
    """Runs a command and reads its JSON."""
    result = subprocess.run([sys.executable, "-m", "azure.cli", *words, "--output", "json", "--only-show-errors"],
                            capture_output=True, text=True, timeout=120, check=False)
    if result.returncode:
        raise AssertionError(f"az {' '.join(words)}: {result.stderr}")
    return json.loads(result.stdout) if result.stdout.strip() else None


class AzureCli(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        standin.post("/reset")
        cls.tenant = standin.tenant()
        cls.user = standin.administrator(cls.tenant)
        sign_in_by_device(cls.tenant["id"], cls.user)

    def test_1_knows_who_and_where_it_is(self):
        account = az("account", "show")
        self.assertEqual((account["tenantId"], account["user"]["name"]), (self.tenant["id"], self.user))
        self.assertTrue(az("account", "list"))

    def test_2_lists_and_registers_providers(self):
        providers = {one["namespace"].lower(): one["registrationState"] for one in az("provider", "list")}
        for namespace in ("microsoft.compute", "microsoft.keyvault", "microsoft.network", "microsoft.storage"):
            self.assertIn(namespace, providers)
        az("provider", "register", "--namespace", "Microsoft.KeyVault")
        self.assertIn(az("provider", "show", "--namespace", "Microsoft.KeyVault")["registrationState"], ("Registering", "Registered"))

    def test_3_makes_an_app_as_this_product_does(self):
        app = az("ad", "app", "create", "--display-name", "Made by Azure CLI")
        self.assertIn(app["appId"], [one["appId"] for one in az("ad", "app", "list", "--all")])
        principal = az("ad", "sp", "create", "--id", app["appId"])
        self.assertEqual(principal["appId"], app["appId"])
        self.assertEqual(az("ad", "signed-in-user", "show")["userPrincipalName"], self.user)
        secret = az("ad", "app", "credential", "reset", "--id", app["appId"], "--display-name", "one")["password"]
        az("login", "--service-principal", "--username", app["appId"], "--password", secret, "--tenant", self.tenant["id"],
           "--allow-no-subscriptions")
        self.assertEqual(az("account", "show")["user"]["type"], "servicePrincipal")


def sign_in_by_device(tenant: str, user: str):
    """`az login --use-device-code`, with somebody to type the code."""
    process = subprocess.Popen([sys.executable, "-m", "azure.cli", "login", "--use-device-code", "--tenant", tenant, "--output", "none"],
                               stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    said = []
    for line in process.stderr:
        said.append(line)
        found = re.search(r"open the page (\S+) and enter the code (\S+)", line)
        if found:
            person = Person()
            page = person.fill(person.open(found[1]), "otc", found[2])
            person.sign_in(page, user)
            break
    rest = threading.Thread(target=lambda: said.extend(process.stderr))
    rest.start()
    code = process.wait(timeout=120)
    rest.join()
    if code:
        raise AssertionError("az login: " + "".join(said))
