"""The files of a set-up, read by the checkers of their languages: the golden files as they are. Needs no emulator."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

from pycep import BicepParser

GOLDEN = pathlib.Path(__file__).resolve().parents[2] / "native" / "golden"
NAMES = ("server_name", "client_name", "client_redirect")
EXTENSION = "extension 'br:mcr.microsoft.com/bicep/extensions/microsoftgraph/v1.0:1.0.0'"


def files(kind: str) -> list[pathlib.Path]:
    found = sorted(GOLDEN.glob(f"set-up-{kind}-*"))
    assert found, kind
    return found


def tool(name: str, *words: object, code: int = 0) -> str:
    """Runs a program of this virtual environment, without the network."""
    program = pathlib.Path(sys.executable).parent / name
    done = subprocess.run([program, *map(str, words)], capture_output=True, text=True, timeout=300, check=False,
                          env={**os.environ, "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}"})
    assert done.returncode == code, f"{name}: {done.returncode}\n{done.stdout[:3000]}\n{done.stderr[:3000]}"
    return done.stdout


class SetupFiles(unittest.TestCase):
    def changed(self, path: pathlib.Path, old: str, new: str) -> pathlib.Path:
        """A copy of a file with an error, which its checker must find."""
        text = path.read_text(encoding="ascii")
        self.assertIn(old, text)
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        copy = pathlib.Path(folder.name, path.name)
        copy.write_text(text.replace(old, new, 1), encoding="ascii")
        return copy

    def test_shellcheck_finds_nothing_in_the_script(self):
        # A query or a name in single quotes has a dollar sign on purpose.
        words = ("--exclude=SC2016", "--severity=style", "--shell=bash")
        for path in files("azure-cli"):
            tool("shellcheck", *words, path)
        tool("shellcheck", *words, self.changed(files("azure-cli")[0], '/$path" "$@"', '/$path" $@'), code=1)

    def test_actionlint_and_zizmor_find_nothing_in_the_workflow(self):
        for path in files("github-actions"):
            tool("actionlint", "-ignore", "SC2016", path)
            tool("zizmor", "--offline", "--no-config", path)
        wrong = self.changed(files("github-actions")[0], "${{ inputs.use }}", "${{ input.use }}")
        tool("actionlint", "-ignore", "SC2016", wrong, code=1)

    def test_the_schema_of_azure_pipelines_accepts_the_pipeline(self):
        words = ("--builtin-schema", "vendor.azure-pipelines", "--data-transform", "azure-pipelines", "--regex-variant", "python")
        for path in files("azure-devops"):
            tool("check-jsonschema", *words, path)
        tool("check-jsonschema", *words, self.changed(files("azure-devops")[0], "    steps:", "    step:"), code=1)

    def test_a_parser_of_bicep_reads_the_template(self):
        for path in files("bicep"):
            text = path.read_text(encoding="ascii")
            self.assertEqual(text.count(EXTENSION), 1)
            # This parser knows an extension by its name only.
            read = BicepParser().parse(text=text.replace(EXTENSION, "extension microsoftGraph"))
            resources = read["resources"]
            kinds = sorted(one["type"] for one in resources.values())
            roles = ["Microsoft.Graph/appRoleAssignedTo"] if "hostile" in path.name else []
            self.assertEqual(kinds, roles + ["Microsoft.Graph/applications"] * 2 + ["Microsoft.Graph/oauth2PermissionGrants"] * 2
                             + ["Microsoft.Graph/servicePrincipals"] * 3)
            self.assertEqual(sorted(read["outputs"]), ["clientClientId", "serverClientId"])
        with self.assertRaises(Exception):
            BicepParser().parse(text=text.replace(EXTENSION, "extension microsoftGraph").replace("scope: 'User.Read'", "scope: 'User.Read"))

    @unittest.skipUnless(shutil.which("terraform"), "this computer has no terraform")
    def test_terraform_formats_nothing_and_reads_the_names(self):
        for path in files("terraform"):
            done = subprocess.run(["terraform", "fmt", "-check", "-diff", path], capture_output=True, text=True, timeout=60, check=False)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            # Without the providers, which are downloaded, terraform evaluates the locals alone.
            text = re.search(r"(?ms)^locals \{\n.*?^\}\n", path.read_text(encoding="ascii"))[0]
            text = text.replace("azuread_application.server.client_id", '"S"').replace("azuread_application.client.client_id", '"C"')
            with tempfile.TemporaryDirectory() as folder:
                pathlib.Path(folder, "main.tf").write_text(text, encoding="ascii")
                done = subprocess.run(["terraform", f"-chdir={folder}", "console"], input=f"jsonencode([{', '.join(f'local.{name}' for name in NAMES)}])\n", capture_output=True, text=True,
                                      timeout=60, check=False)
            self.assertEqual(done.returncode, 0, done.stderr)
            read = dict(zip(NAMES, json.loads(json.loads(done.stdout.strip().splitlines()[-1])), strict=True))
            names = ["O'Brien \"x\" \\ $(touch x) `touch x` ${HOME} $HOME", "\u4e2d\u6587 \u05e9\u05dc\u05d5\u05dd \U0001f680 \u0411 S\u00fcd \u2013 \u0451"] \
                if "hostile" in path.name else ["CMG-ServerApp", "CMG-ClientApp"]
            self.assertEqual([read["server_name"], read["client_name"]], names)
            self.assertEqual(read["client_redirect"], "ms-appx-web://Microsoft.AAD.BrokerPlugin/C")


if __name__ == "__main__":
    unittest.main()
