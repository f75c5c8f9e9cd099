// The published types of the module, checked with the TypeScript compiler.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

import { expect, test } from "@playwright/test";

/** @param {string} path */
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

test("a portal in TypeScript compiles with the published types, and a wrong one does not", () => {
  let said = "";
  try {
    execFileSync(process.execPath, [here("node_modules/typescript/bin/tsc"), "--project", here("types")], { encoding: "utf8" });
  } catch (error) {
    said = /** @type {{ stdout: string }} */ (error).stdout;
  }
  expect(said).toBe("");
});
