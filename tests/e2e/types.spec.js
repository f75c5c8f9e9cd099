// The types that lie beside the module, by the compiler portals use.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

import { expect, test } from "@playwright/test";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

test("a portal written in TypeScript compiles against the published types, and a wrong one does not", () => {
  let said = "";
  try {
    execFileSync(process.execPath, [here("node_modules/typescript/bin/tsc"), "--project", here("types")], { encoding: "utf8" });
  } catch ({ stdout }) {
    said = stdout;
  }
  expect(said).toBe("");
});
