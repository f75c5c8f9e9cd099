"""The requests of a set-up as the page writes them for Azure CLI, run with unmodified Azure CLI. The page's own run makes the same objects."""

import json
import pathlib
import re
import shlex
import unittest

import emulator
import test_azure_cli
from test_azure_cli import az

GOLDEN = pathlib.Path(__file__).resolve().parents[2] / "native" / "golden"
GRAPH = "https://graph.microsoft.com/v1.0"
MICROSOFT_GRAPH = "00000003-0000-0000-c000-000000000000"
# The step that makes an object, and the property of its answer, for each ID in braces.
ANSWERS = {
    "{server app object ID}": ("server-app", "id"),
    "{server app client ID}": ("server-app", "appId"),
    "{server app service principal ID}": ("server-principal", "id"),
    "{client app object ID}": ("client-app", "id"),
    "{client app client ID}": ("client-app", "appId"),
    "{client app service principal ID}": ("client-principal", "id"),
}


def added(before, after):
    """What is new in the tenant, list by list."""
    new = {}
    for name, now in after.items():
        old = before.get(name)
        if isinstance(now, list):
            found = [one for one in now if one not in (old or [])]
        elif isinstance(now, dict):
            found = {key: one for key, one in now.items() if (old or {}).get(key) != one}
        else:
            continue
        if found:
            new[name] = found
    return new


def comparable(state):
    """Without what differs between two runs: the description of the secret has the ID of its run."""
    for application in state["applications"]:
        for secret in application["passwordCredentials"]:
            secret["displayName"] = re.sub(r"\(?(ID of the run|[0-9a-f-]{36})\)?$", "RUN", secret["displayName"])
    return state


class Requests(unittest.TestCase):
    maxDiff = None

    def test_the_commands_make_what_the_page_makes(self):
        emulator.post("/reset")
        az("account", "clear")
        tenant = emulator.tenant()["id"]
        test_azure_cli.sign_in_by_device(tenant, emulator.administrator(emulator.tenant()))
        principal = az("rest", "--resource", "https://graph.microsoft.com", "--url",
                       f"{GRAPH}/servicePrincipals(appId='{MICROSOFT_GRAPH}')")["id"]
        before = emulator.get("/snapshot")[tenant]
        answers = {}
        for block in (GOLDEN / "requests-azure-cli.sh").read_text(encoding="ascii").strip().split("\n\n"):
            step, command = block.split("\n", 1)
            for name, (made_by, field) in ANSWERS.items():
                if name in command:
                    command = command.replace(name, answers[made_by][field])
            command = command.replace("{Microsoft Graph service principal ID}", principal)
            # bash joins lines at a backslash; shlex does not.
            words = shlex.split(command.replace("\\\n", ""))
            self.assertEqual(words[0], "az")
            answers[step.removeprefix("# ")] = az(*words[1:])
        made = added(before, emulator.get("/snapshot")[tenant])
        page = json.loads((GOLDEN / "requests-state.json").read_text(encoding="utf-8"))
        self.assertEqual(comparable(made), comparable(page))
