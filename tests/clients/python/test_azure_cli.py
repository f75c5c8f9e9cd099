"""Unmodified Azure CLI: signs in and uses Microsoft Graph and Azure Resource Manager as an administrator would."""

import json
import os
import re
import subprocess
import sys
import threading
import unittest

import emulator
from emulator import Person

GRAPH = "00000003-0000-0000-c000-000000000000"
DIRECTORY_READ_ALL = "7ab1d382-f21e-4acd-a863-ba3e13f7da61"


def az(*words: str):
    """Runs a command and parses its JSON output."""
    result = subprocess.run([sys.executable, "-m", "azure.cli", *words, "--output", "json", "--only-show-errors"],
                            capture_output=True, text=True, timeout=120, check=False)
    if result.returncode:
        raise AssertionError(f"az {' '.join(words)}: {result.stderr}")
    return json.loads(result.stdout) if result.stdout.strip() else None


class AzureCli(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        emulator.post("/reset")
        cls.tenant = emulator.tenant()
        cls.user = emulator.administrator(cls.tenant)
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


    def test_4_owners_and_permissions_of_an_app(self):
        sign_in_by_device(self.tenant["id"], self.user)
        app = az("ad", "app", "create", "--display-name", "Permitted")["appId"]
        principal = az("ad", "sp", "create", "--id", app)["id"]
        me = az("ad", "signed-in-user", "show")["id"]
        az("ad", "app", "owner", "add", "--id", app, "--owner-object-id", me)
        self.assertEqual([one["id"] for one in az("ad", "app", "owner", "list", "--id", app)], [me])
        self.assertIn(app, [one.get("appId") for one in az("ad", "app", "list", "--show-mine")])
        az("ad", "app", "owner", "remove", "--id", app, "--owner-object-id", me)
        self.assertEqual(az("ad", "app", "owner", "list", "--id", app), [])
        self.assertEqual(az("ad", "sp", "owner", "list", "--id", app), [])
        wanted = ["--id", app, "--api", GRAPH]
        az("ad", "app", "permission", "add", *wanted, "--api-permissions", f"{DIRECTORY_READ_ALL}=Role")
        self.assertEqual(az("ad", "app", "permission", "list", "--id", app)[0]["resourceAccess"][0]["id"], DIRECTORY_READ_ALL)
        az("ad", "app", "permission", "grant", *wanted, "--scope", "User.Read")
        grants = az("ad", "app", "permission", "list-grants", "--id", app, "--show-resource-name")
        self.assertEqual([(one["clientId"], one["scope"], one["resourceDisplayName"]) for one in grants],
                         [(principal, "User.Read", "Microsoft Graph")])
        az("ad", "app", "permission", "delete", *wanted, "--api-permissions", DIRECTORY_READ_ALL)
        self.assertEqual(az("ad", "app", "permission", "list", "--id", app), [])
        az("ad", "app", "credential", "reset", "--id", app, "--create-cert", "--append")
        self.assertEqual(len(az("ad", "app", "credential", "list", "--id", app, "--cert")), 1)
        secret = az("ad", "sp", "credential", "reset", "--id", app)["password"]
        self.assertTrue(secret)
        group = az("ad", "group", "list")[0]["id"]
        self.assertTrue(az("ad", "group", "member", "list", "--group", group))

    def test_5_roles_in_a_subscription(self):
        scope = f"/subscriptions/{az('account', 'show')['id']}"
        names = {one["roleName"] for one in az("role", "definition", "list")}
        self.assertLessEqual({"Owner", "Contributor", "Reader", "User Access Administrator"}, names)
        self.assertEqual([one["roleType"] for one in az("role", "definition", "list", "--custom-role-only", "true")], ["CustomRole"])
        app = az("ad", "sp", "create-for-rbac", "--display-name", "With a role", "--role", "Reader", "--scopes", scope)["appId"]
        az("role", "assignment", "create", "--assignee", app, "--role", "Contributor", "--scope", scope)
        held = az("role", "assignment", "list", "--assignee", app, "--scope", scope)
        self.assertEqual({one["roleDefinitionName"] for one in held}, {"Reader", "Contributor"})
        self.assertEqual({(one["principalType"], one["principalName"]) for one in held}, {("ServicePrincipal", app)})
        az("role", "assignment", "delete", "--assignee", app, "--role", "Reader", "--scope", scope)
        az("role", "assignment", "delete", "--ids", next(one["id"] for one in held if one["roleDefinitionName"] == "Contributor"))
        self.assertEqual(az("role", "assignment", "list", "--assignee", app, "--scope", scope), [])
        self.assertTrue(az("role", "assignment", "list", "--assignee", self.user, "--scope", scope, "--include-inherited"))
        self.assertEqual(az("role", "deny-assignment", "list"), [])

    def test_6_management_groups(self):
        # `--no-register` saves the ten seconds in which Azure CLI checks that its resource provider is registered.
        group = ["account", "management-group"]
        platform = az(*group, "list", "--no-register")[0]["name"]
        made = az(*group, "create", "--name", "gateways", "--display-name", "Gateways", "--parent", platform, "--no-register")
        self.assertEqual((made["displayName"], made["details"]["parent"]["name"]), ("Gateways", platform))
        subscription = az("account", "show")["id"]
        az(*group, "subscription", "add", "--name", "gateways", "--subscription", subscription)
        inside = az(*group, "subscription", "show-sub-under-mg", "--name", "gateways")
        self.assertEqual([one["name"] for one in inside], [subscription])
        tree = az(*group, "show", "--name", platform, "--expand", "--recurse", "--no-register")
        self.assertEqual(next(one for one in tree["children"] if one["name"] == "gateways")["children"][0]["name"], subscription)
        self.assertIn(["Tenant Root Group", "Fabrikam platform", "Gateways"],
                      [one["parentDisplayNameChain"] for one in az(*group, "entities", "list")])
        az(*group, "subscription", "remove", "--name", "gateways", "--subscription", subscription)
        az(*group, "delete", "--name", "gateways", "--no-register")
        self.assertTrue(az(*group, "check-name-availability", "--name", "gateways")["nameAvailable"])

    def test_7_a_certificate_signs_a_program_in(self):
        made = az("ad", "sp", "create-for-rbac", "--display-name", "With a certificate", "--create-cert")
        try:
            az("login", "--service-principal", "--username", made["appId"], "--certificate", made["fileWithCertAndPrivateKey"],
               "--tenant", self.tenant["id"], "--allow-no-subscriptions")
        finally:
            os.remove(made["fileWithCertAndPrivateKey"])
        self.assertEqual(az("account", "show")["user"], {"name": made["appId"], "type": "servicePrincipal"})


def sign_in_by_device(tenant: str, user: str):
    """Runs `az login --use-device-code` and enters the code as the user."""
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
