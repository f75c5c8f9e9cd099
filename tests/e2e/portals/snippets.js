// The examples in the documents for portals, taken out of the Markdown, and the small projects they are compiled in.
//
// The types of SharePoint Framework come with 690 MB of packages that its programs run with. `overrides` in package.json puts a small one
// in the place of each that no example names: what the types take from there is `any`. It also lets the older versions of react-dom stand
// beside React 19, although they name their own as a peer: each build here gives them that.
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import ts from "typescript";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const documents = here("../../../docs");
const packages = here("../node_modules");
const { resolve } = createRequire(import.meta.url);

/**
 * What compiles each example. One with a file name in its first line is a file of a project; the others are found by their language. What
 * is not named here has no check, and the test says so.
 */
const checks = {
  "portals/react.md": { "CmgEntraSetup.tsx": "react" },
  "portals/angular.md": { "cmg-entra-setup.component.ts": "angular" },
  "portals/vue.md": { "vite.config.ts": "vue", "GatewaySetup.vue": "vue" },
  "portals/sharepoint.md": { "CmgCheckWebPart.ts": "sharepoint" },
  "portals/bundlers.md": {
    "cmg.ts": "loader",
    "vite.config.ts": "vite",
    "webpack.config.js": "webpack",
    "build.js": "esbuild",
    "rollup.config.js": "rollup",
  },
  "portals/network.md": { html: "markup" },
  "portal.md": { json: "json", html: "markup", js: "script", jsx: "expression", ts: "type" },
};

/** The fenced blocks of a document. Those in a list are indented, and lose that. */
export function blocksOf(document, text) {
  const blocks = [];
  let heading = "";
  let block;
  for (const [index, line] of text.split("\n").entries()) {
    const fence = /^( *)```(.*)$/.exec(line);
    if (block && fence && fence[2] === "") {
      blocks.push({ ...block, code: block.lines.join("\n") });
      block = undefined;
    } else if (block) {
      block.lines.push(line.startsWith(block.indent) ? line.slice(block.indent.length) : line.trimStart());
    } else if (fence) {
      block = { document, line: index + 1, heading, language: fence[2].trim(), indent: fence[1], lines: [] };
    } else if (line.startsWith("#")) {
      heading = line.replace(/^#+ /, "");
    }
  }
  if (block) {
    throw new Error(`${document}:${block.line}: a block without an end`);
  }
  return blocks;
}

/** The file an example is: what its first line says in a comment. */
const nameOf = ({ code }) => /^(?:\/\/|<!--) ([\w.-]+\.\w+)(?: -->)?\n/.exec(code)?.[1];

/** The check of an example; without one the documents would promise what nothing holds. */
export function checkOf(block) {
  const name = nameOf(block);
  const check = checks[block.document]?.[name ?? block.language];
  if (!check) {
    throw new Error(`${block.document}:${block.line}: nothing compiles this block (${name ?? (block.language || "no language")})`);
  }
  return { ...block, name, check };
}

/** Every example of the documents for portals, with its check. */
export function examples() {
  const names = ["portal.md", ...readdirSync(join(documents, "portals")).map((name) => `portals/${name}`)];
  return names
    .filter((name) => name.endsWith(".md"))
    .flatMap((name) => blocksOf(name, readFileSync(join(documents, name), "utf8")))
    .map(checkOf);
}

/** The names of all checks. */
export const allChecks = [...new Set(Object.values(checks).flatMap((byName) => Object.values(byName)))];

/** The examples of a check, of which there must be some. */
export function of(check, where = () => true) {
  const found = examples().filter((example) => example.check === check && where(example));
  if (found.length === 0) {
    throw new Error(`no example for ${check}`);
  }
  return found;
}

/** The example that is this file. */
export const file = (check, name, where) => of(check, (example) => example.name === name && (where?.(example) ?? true))[0].code;

/**
 * A project of a portal's maker: `files` by their names, the page in `public/cmg`, and the packages of this folder. `change` may break a
 * file, to see that it is found.
 */
export function project(name, files, change = (_name, code) => code) {
  const folder = here(`../../../target/portals/snippets/${name}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "src"), { recursive: true });
  symlinkSync(packages, join(folder, "node_modules"), "junction");
  const dist = here("../../../dist");
  if (existsSync(dist)) {
    cpSync(dist, join(folder, "public/cmg"), { recursive: true, filter: (path) => path !== join(dist, "demo") });
  }
  for (const [path, code] of Object.entries(files)) {
    const text = typeof code === "string" ? code : JSON.stringify(code, undefined, 2);
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), change(path, text));
  }
  return folder;
}

/** As strict as a portal can be, in the browser's own words. */
export const strict = {
  strict: true,
  target: "ES2022",
  module: "ES2022",
  moduleResolution: "bundler",
  lib: ["ES2022", "DOM", "DOM.Iterable"],
  types: [],
  // Types of packages are not judged here.
  skipLibCheck: true,
  noEmit: true,
};

/** Code of the tests themselves, which stands around an example. */
export const around = (name) => readFileSync(here(`snippets/${name}`), "utf8");

/** TypeScript as JavaScript, for builds that know no TypeScript. */
export const plain = (code) => ts.transpileModule(code, { compilerOptions: { target: "ES2022", module: "ES2022" } }).outputText;

/** Runs a program of a package, and gives what it said if it failed. */
export function run(program, args, cwd, env = {}) {
  return new Promise((done) => {
    execFile(process.execPath, [program, ...args], { cwd, env: { ...process.env, ...env }, encoding: "utf8" }, (error, out, faults) =>
      done({ failed: error ? `${out}${faults}` || String(error) : "", out, faults }),
    );
  });
}

/** What the compiler of TypeScript finds wrong in a project. */
export const tsc = async (folder) => (await run(resolve("typescript/bin/tsc"), ["--project", "."], folder)).failed;

/** The same for Vue: script and template. */
export const vueTsc = async (folder) => (await run(join(packages, "vue-tsc/bin/vue-tsc.js"), ["--project", "."], folder)).failed;

/** Angular's compiler, with the templates; writes `out`. */
export const ngc = async (folder) =>
  (await run(join(packages, "@angular/compiler-cli/bundles/src/bin/ngc.js"), ["--project", "tsconfig.json"], folder)).failed;
