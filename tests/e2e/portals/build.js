// Builds the example portals that hold the page as a module, each into a folder of its own with a copy of the page beside it (`cmg`), as
// their makers would publish them. Playwright runs this before the tests.
import { cpSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const dist = here("../../../dist");

/** Where a portal is, once it is built. */
export const built = (name) => here(`../../../target/portals/${name}`);

export default async function buildPortals() {
  for (const name of ["react", "strict"]) {
    rmSync(built(name), { recursive: true, force: true });
    mkdirSync(built(name), { recursive: true });
    if (existsSync(dist)) {
      // Without the demo: nobody publishes it inside a portal.
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
    // Published as it is, beside the portal: its files know their own hashes.
    external: ["/cmg/*"],
    logLevel: "error",
  });
}
