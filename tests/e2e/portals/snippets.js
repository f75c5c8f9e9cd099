// Reads the examples from the documents for embedding pages, and writes the small projects that compile them.
//
// The types of SharePoint Framework depend on 690 MB of packages. `overrides` in package.json replaces each package that no example uses by
// a small one; the types from those packages are `any`. It also allows older versions of react-dom together with React 19, although they
// have their own version as a peer: each build here uses that version.
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import ts from "typescript";

/**
 * A fenced block of a document.
 * @typedef {object} Block
 * @property {string} document
 * @property {number} line
 * @property {string} heading
 * @property {string} language
 * @property {string} indent
 * @property {string[]} lines
 * @property {string} code
 */
/** @typedef {Block & { name: string | undefined, check: string }} Example A block with its file name and its check. */
/** @typedef {(path: string, code: string) => string} Change */

/** @param {string} path */
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const documents = here("../../../docs");
const packages = here("../node_modules");
const { resolve } = createRequire(import.meta.url);

/**
 * The check of each example, by its file name (the first line) or its language. An example without an entry has no check, and a test fails.
 * @type {Record<string, Record<string, string>>}
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

/**
 * The fenced blocks of a document. Blocks in a list lose their indentation.
 * @param {string} document
 * @param {string} text
 */
export function blocksOf(document, text) {
  /** @type {Block[]} */
  const blocks = [];
  let heading = "";
  /** @type {Omit<Block, "code"> | undefined} */
  let block;
  for (const [index, line] of text.split("\n").entries()) {
    const fence = /^( *)```(.*)$/.exec(line);
    const [, indent = "", language = ""] = fence ?? [];
    if (block && fence && language === "") {
      blocks.push({ ...block, code: block.lines.join("\n") });
      block = undefined;
    } else if (block) {
      block.lines.push(line.startsWith(block.indent) ? line.slice(block.indent.length) : line.trimStart());
    } else if (fence) {
      block = { document, line: index + 1, heading, language: language.trim(), indent, lines: [] };
    } else if (line.startsWith("#")) {
      heading = line.replace(/^#+ /, "");
    }
  }
  if (block) {
    throw new Error(`${document}:${block.line}: a block without an end`);
  }
  return blocks;
}

/**
 * The file name of an example, from the comment in its first line.
 * @param {Block} block
 */
const nameOf = ({ code }) => /^(?:\/\/|<!--) ([\w.-]+\.\w+)(?: -->)?\n/.exec(code)?.[1];

/**
 * The example with its check, which each must have.
 * @param {Block} block
 * @returns {Example}
 */
export function checkOf(block) {
  const name = nameOf(block);
  const check = checks[block.document]?.[name ?? block.language];
  if (!check) {
    throw new Error(`${block.document}:${block.line}: nothing compiles this block (${name ?? (block.language || "no language")})`);
  }
  return { ...block, name, check };
}

/** All examples of the documents for embedding pages, with their checks. */
export function examples() {
  const names = ["portal.md", ...readdirSync(join(documents, "portals")).map((name) => `portals/${name}`)];
  return names
    .filter((name) => name.endsWith(".md"))
    .flatMap((name) => blocksOf(name, readFileSync(join(documents, name), "utf8")))
    .map(checkOf);
}

/** The names of all checks. */
export const allChecks = [...new Set(Object.values(checks).flatMap((byName) => Object.values(byName)))];

/**
 * The examples of a check: at least one.
 * @param {string} check
 * @param {(example: Example) => boolean} [where]
 * @returns {[Example, ...Example[]]}
 */
export function of(check, where = () => true) {
  const [first, ...others] = examples().filter((example) => example.check === check && where(example));
  if (!first) {
    throw new Error(`no example for ${check}`);
  }
  return [first, ...others];
}

/**
 * The example with this file name.
 * @type {(check: string, name: string, where?: (example: Example) => boolean) => string}
 */
export const file = (check, name, where) => of(check, (example) => example.name === name && (where?.(example) ?? true))[0].code;

/**
 * Writes the project of a portal: `files` by their names, the page in `public/cmg`, and the packages of this folder. `change` can add an
 * error to a file.
 * @param {string} name
 * @param {Record<string, string | object>} files
 * @param {Change} [change]
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

/** The strictest compiler options that an embedding page can have. */
export const strict = {
  strict: true,
  target: "ES2022",
  module: "ES2022",
  moduleResolution: "bundler",
  lib: ["ES2022", "DOM", "DOM.Iterable"],
  types: [],
  // The types of packages are not checked here.
  skipLibCheck: true,
  noEmit: true,
};

/**
 * The test's own code around an example.
 * @param {string} name
 */
export const around = (name) => readFileSync(here(`snippets/${name}`), "utf8");

/**
 * Converts TypeScript to JavaScript, for builds without TypeScript.
 * @param {string} code
 */
export const plain = (code) => ts.transpileModule(code, { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022 } }).outputText;

/**
 * Runs a program of a package. `failed` is its output if it failed.
 * @param {string} program
 * @param {string[]} args
 * @param {string} cwd
 * @returns {Promise<{ failed: string, out: string, faults: string }>}
 */
export function run(program, args, cwd) {
  return new Promise((done) => {
    execFile(process.execPath, [program, ...args], { cwd, encoding: "utf8" }, (error, out, faults) =>
      done({ failed: error ? `${out}${faults}` || error.message : "", out, faults }),
    );
  });
}

/**
 * The errors of the TypeScript compiler in a project.
 * @param {string} folder
 */
export const tsc = async (folder) => (await run(resolve("typescript/bin/tsc"), ["--project", "."], folder)).failed;

/**
 * The errors of Vue's compiler: script and template.
 * @param {string} folder
 */
export const vueTsc = async (folder) => (await run(join(packages, "vue-tsc/bin/vue-tsc.js"), ["--project", "."], folder)).failed;

/**
 * The errors of Angular's compiler, with the templates. Writes the project's `compiled`.
 * @param {string} folder
 */
export const ngc = async (folder) =>
  (await run(join(packages, "@angular/compiler-cli/bundles/src/bin/ngc.js"), ["--project", "tsconfig.json"], folder)).failed;
