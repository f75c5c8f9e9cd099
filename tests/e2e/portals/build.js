// Builds the example embedding pages that use the module, each into its own folder with a copy of the page (`cmg`), as for publishing.
// Playwright runs this before the tests.
import { cpSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

/** @param {string} path */
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const dist = here("../../../dist");

/**
 * The folder of a built portal.
 * @param {string} name
 */
export const built = (name) => here(`../../../target/portals/${name}`);

export default async function buildPortals() {
  for (const name of ["react", "strict"]) {
    rmSync(built(name), { recursive: true, force: true });
    mkdirSync(built(name), { recursive: true });
    if (existsSync(dist)) {
      // Without the demo, which does not belong in an embedding page.
      cpSync(dist, `${built(name)}/cmg`, { recursive: true, filter: (path) => path !== `${dist}/demo` });
    }
  }
  cpSync(here("strict"), built("strict"), { recursive: true });
  for (const name of ["index.html", "redirect.html", "portal.css"]) {
    cpSync(here(`react/${name}`), `${built("react")}/${name}`);
  }
  await build({
    entryPoints: [here("react/main.jsx"), here("react/redirect.js")],
    outdir: built("react"),
    bundle: true,
    splitting: true,
    format: "esm",
    minify: true,
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
    // Published unchanged with the embedding page, because it checks the hashes of its files.
    external: ["/cmg/*"],
    logLevel: "error",
  });
}
