#!/usr/bin/env python3
"""Generates graph.json and arm.json from slices of Microsoft's specifications.

    python3 make.py FOLDER

FOLDER contains graph.openapi.yaml (OpenAPI 3.0; schemas of microsoftgraph/msgraph-metadata, 2026-08-20) and arm-*.json (Swagger 2.0, from
Azure/azure-rest-api-specs, 2024-06). Both are published under the MIT license. The output is JSON Schema 2020-12: no descriptions, null
where the specification allows it, and for each operation the schema of its response. Objects are closed: a property that is not in the
specification is refused, except annotations (`@odata.type`). Base types stay open where the specification does not name the derived type.
Requires PyYAML.
"""

import json
import pathlib
import re
import sys

import yaml

# Responses of these types contain objects of derived types.
OPEN = {"graph/microsoft.graph.directoryObject", "graph/microsoft.graph.directoryObjectCollectionResponse"}
# Properties missing from the slices, and properties that the service returns although its metadata does not have them.
EXTRA = {
    "microsoft.graph.application": ["owners"],
    "microsoft.graph.servicePrincipal": ["createdDateTime", "owners"],
    "microsoft.graph.user": ["businessPhones", "mobilePhone", "officeLocation"],
    "microsoft.graph.authorizationPolicy": [
        "allowEmailVerifiedUsersToJoinOrganization", "allowedToSignUpEmailBasedSubscriptions", "allowedToUseSSPR",
    ],
}
# These are null in examples of the same specification.
NULL = {"nextLink", "@nextLink"}
# "Azure subscription states" (2026) lists one more state.
EXPIRED = {"Enabled", "Warned", "PastDue", "Disabled", "Deleted"}
KEPT = {"type", "properties", "required", "items", "enum", "format", "pattern", "additionalProperties"}
METHODS = ("get", "post", "put", "patch", "delete")


class Maker:
    def __init__(self, prefix: str, definitions: dict):
        self.prefix = prefix
        self.definitions = definitions
        self.made: dict = {}

    def name(self, reference: str) -> str:
        return f"{self.prefix}/{reference.rsplit('/', 1)[1]}"

    def use(self, reference: str) -> dict:
        """Returns a reference to a closed type, for an object of exactly that type."""
        name = self.name(reference)
        self.define(reference)
        if name in OPEN or not self.is_object(reference):
            return {"$ref": f"#/$defs/{escape(name)}"}
        closed = f"={name}"
        extra = {one: True for one in EXTRA.get(reference.rsplit("/", 1)[1], [])}
        self.made.setdefault(closed, {"$ref": f"#/$defs/{escape(name)}", "properties": extra, "patternProperties": {"@": True},
                                      "unevaluatedProperties": False})
        return {"$ref": f"#/$defs/{escape(closed)}"}

    def is_object(self, reference: str) -> bool:
        schema = self.definitions[reference.rsplit("/", 1)[1]]
        # Open types accept extensions that a tenant defines. No test tenant defines one.
        if schema.get("additionalProperties") and "properties" not in schema and "allOf" not in schema:
            return False
        return "properties" in schema or "allOf" in schema

    def define(self, reference: str) -> None:
        name = self.name(reference)
        if name not in self.made:
            self.made[name] = {}
            self.made[name] = self.convert(self.definitions[reference.rsplit("/", 1)[1]], is_top=True)

    def convert(self, schema: dict, is_top: bool = False) -> dict:
        if "$ref" in schema:
            return self.use(schema["$ref"])
        parts = {key: value for key, value in schema.items() if key in KEPT}
        if set(parts.get("enum", [])) == EXPIRED:
            parts["enum"] = [*parts["enum"], "Expired"]
        if "properties" in parts:
            parts["properties"] = {
                key: self.convert({**value, "nullable": True} if key in NULL else value) for key, value in parts["properties"].items()
            }
        for key in ("items", "additionalProperties"):
            if isinstance(parts.get(key), dict):
                parts[key] = self.convert(parts[key])
        for key in ("allOf", "anyOf"):
            if key in schema:
                inherits = is_top and key == "allOf"
                parts[key] = [self.inherit(one) if inherits else self.convert(one) for one in schema[key]]
        if schema.get("nullable") or schema.get("x-nullable"):
            if isinstance(parts.get("type"), str) and "enum" not in parts:
                parts["type"] = [parts["type"], "null"]
            else:
                parts = {"anyOf": [parts, {"type": "null"}]}
        return parts

    def inherit(self, schema: dict) -> dict:
        if "$ref" in schema:
            self.define(schema["$ref"])
            return {"$ref": f"#/$defs/{escape(self.name(schema['$ref']))}"}
        return self.convert(schema)


def escape(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def template(path: str) -> str:
    return re.sub(r"\{[^}]*\}", "{}", path)


def graph(folder: pathlib.Path) -> dict:
    whole = yaml.safe_load((folder / "graph.openapi.yaml").read_text())
    maker = Maker("graph", whole["components"]["schemas"])
    operations = []
    for path, item in whole["paths"].items():
        for method in METHODS:
            for status, answer in item.get(method, {}).get("responses", {}).items():
                if "$ref" in answer or not status.isdigit():
                    continue
                schema = answer.get("content", {}).get("application/json", {}).get("schema")
                operations.append(operation(method, template(path), status, maker.convert(schema) if schema else None))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "operations": operations, "$defs": dict(sorted(maker.made.items()))}


def arm(folder: pathlib.Path) -> dict:
    operations, made = [], {}
    for file in sorted(folder.glob("arm-*.json")):
        whole = json.loads(file.read_text())
        maker = Maker(file.stem, whole.get("definitions", {}))
        for path, item in whole["paths"].items():
            for method in METHODS:
                for status, answer in item.get(method, {}).get("responses", {}).items():
                    if not status.isdigit():
                        continue
                    schema = answer.get("schema")
                    operations.append(operation(method, template(path), status, maker.convert(schema) if schema else None))
        made.update(maker.made)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "operations": operations, "$defs": dict(sorted(made.items()))}


def operation(method: str, path: str, status: str, schema) -> dict:
    return {"method": method.upper(), "path": path, "status": int(status), "schema": schema}


def main() -> None:
    folder, here = pathlib.Path(sys.argv[1]), pathlib.Path(__file__).parent
    for name, made in (("graph", graph(folder)), ("arm", arm(folder))):
        (here / f"{name}.json").write_text(json.dumps(made, indent=1) + "\n")


if __name__ == "__main__":
    main()
