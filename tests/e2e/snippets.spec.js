// The examples in the documents for embedding pages (docs/portal.md, docs/portals). The tests read each example from the document, compile
// it with the compiler or build tool that readers use, and run the components with the built page.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";

import { expect, test } from "@playwright/test";
import { build as esbuild } from "esbuild";
import { HtmlValidate } from "html-validate";
import { build as vite, createServer } from "vite";
import webpack from "webpack";

import { heading } from "./locators.js";
import {
  allChecks,
  around,
  blocksOf,
  checkOf,
  examples,
  file,
  ngc,
  of,
  plain,
  project,
  run,
  strict,
  tsc,
  vueTsc,
} from "./portals/snippets.js";
import { kinds } from "./site.js";

/** @import { Page } from "@playwright/test" */
/** @import { BuildOptions } from "esbuild" */
/** @import { CmgEntraSetupElement } from "/cmg/embed.js" */
/** @import { Change, Example } from "./portals/snippets.js" */

const { resolve } = createRequire(import.meta.url);
const address = "https://portal.test/";
const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Portal</title><link rel="icon" href="data:,"></head>
<body><div id="portal"></div><script type="module" src="/main.js"></script></body></html>`;

/**
 * Opens a portal and records its errors.
 * @param {Page} tab
 * @param {string} folder The portal's project, with the published page in `public/cmg`.
 * @param {string} [made] The output of the build.
 */
async function open(tab, folder, made = join(folder, "out")) {
  await tab.route(`${address}**`, (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === "/") {
      return route.fulfill({ contentType: "text/html", body: page });
    }
    const where = pathname.startsWith("/cmg/") ? join(folder, "public") : made;
    return route.fulfill({ contentType: kinds[extname(pathname)] ?? "text/plain", path: join(where, pathname) });
  });
  /** @type {string[]} */
  const faults = [];
  tab.on("pageerror", (error) => faults.push(String(error)));
  // Frameworks report problems in the console and continue.
  tab.on("console", (message) => ["warning", "error"].includes(message.type()) && faults.push(message.text()));
  await tab.goto(address);
  return faults;
}

/**
 * Tests a component: it draws the page, passes values and events, changes the theme, and can be removed and inserted.
 * @param {Page} tab
 * @param {string} folder
 */
async function behaves(tab, folder) {
  const faults = await open(tab, folder);
  const element = tab.locator("cmg-entra-setup");
  const title = heading(element);
  await expect(title).toHaveText("Set up Microsoft Entra ID for a cloud management gateway");
  // In its shadow root, and so with the styles of the page.
  expect(await element.evaluate(({ shadowRoot }) => Boolean(shadowRoot?.querySelector("h1")))).toBe(true);
  await expect.poll(() => tab.evaluate(() => window.portal.told)).toEqual(["cmg-entra-setup.ready"]);

  const given = await element.evaluate((/** @type {CmgEntraSetupElement} */ setup) =>
    setup.acquireToken?.({ authority: "https://login.test/x", scopes: ["a"] }),
  );
  expect(given).toBe("token of the portal");
  expect(await tab.evaluate(() => window.portal.asked)).toEqual([{ authority: "https://login.test/x", scopes: ["a"] }]);
  await element.evaluate((setup) =>
    setup.dispatchEvent(new CustomEvent("finished", { detail: { type: "cmg-entra-setup.finished", version: 1 } })),
  );
  expect(await tab.evaluate(() => window.portal.told)).toEqual(["cmg-entra-setup.ready", "cmg-entra-setup.finished"]);

  // Another theme, in the same element.
  const isFirst = () => element.evaluate((setup) => "isFirst" in setup);
  await element.evaluate((setup) => Object.assign(setup, { isFirst: true }).isFirst);
  await expect(element).toHaveAttribute("theme", "light");
  await tab.evaluate(() => window.portal.setTheme("dark"));
  await expect(element).toHaveAttribute("theme", "dark");
  expect(await isFirst()).toBe(true);

  // Removed and inserted again.
  await tab.evaluate(() => window.portal.hide());
  await expect(element).toHaveCount(0);
  await tab.evaluate(() => window.portal.show());
  await expect(title).toBeVisible();
  expect(await isFirst()).toBe(false);
  await expect.poll(() => tab.evaluate(() => window.portal.told.length)).toBe(3);
  expect(faults).toEqual([]);
}

/**
 * Bundles everything but the module into one file. The module is published unchanged.
 * @type {(folder: string, entry: string, options?: BuildOptions) => Promise<unknown>}
 */
const bundle = (folder, entry, options = {}) =>
  esbuild({
    absWorkingDir: folder,
    entryPoints: { main: `src/${entry}` },
    outdir: "out",
    bundle: true,
    format: "esm",
    jsx: "transform",
    define: { "process.env.NODE_ENV": '"development"' },
    logLevel: "error",
    ...options,
  });

const loader = () => file("loader", "cmg.ts");

test.describe.configure({ mode: "parallel" });

test("every example of the documents has a check, and every check has an example", () => {
  const checks = new Set(examples().map(({ check }) => check));
  expect([...checks].sort()).toEqual([...allChecks].sort());
  // A wrong reading of the code fences would find fewer examples.
  expect(examples().length).toBeGreaterThan(20);
});

test("an example that no check compiles is found", () => {
  /** @type {(document: string, text: string) => () => Example[]} */
  const check = (document, text) => () => blocksOf(document, text).map(checkOf);
  expect(check("portals/react.md", "# X\n\n```tsx\n// CmgEntraSetup.tsx\nx\n```\n")).not.toThrow();
  expect(check("portals/react.md", "# X\n\n```tsx\n// Other.tsx\nx\n```\n")).toThrow(/react.md:3: nothing compiles .*Other.tsx/);
  expect(check("portals/react.md", "```tsx\nx\n```\n")).toThrow(/tsx/);
  expect(check("portals/new.md", "```ts\n// cmg.ts\n```\n")).toThrow(/new.md:1/);
  expect(check("portal.md", "1. x\n\n   ```python\n   x\n   ```\n")).toThrow(/python/);
  expect(check("portal.md", "```\nx\n```\n")).toThrow(/no language/);
  expect(check("portal.md", "```js\nx\n")).toThrow(/without an end/);
});

const reacts = [16, 17, 18, 19];
/**
 * True for an example below a heading of docs/portals/react.md with this version.
 * @type {(version: number) => (example: Example) => boolean}
 */
const isFor = (version) => (example) => (example.heading.match(/\d+/g) ?? []).map(Number).includes(version);

/**
 * @param {number} version
 * @param {string} name
 * @param {Change} [change]
 */
function reactProject(version, name, change) {
  const types = version === 19 ? "@types/react" : `types-react-${version}`;
  return project(
    `react-${version}${name}`,
    {
      "src/cmg.ts": loader(),
      "src/CmgEntraSetup.tsx": file("react", "CmgEntraSetup.tsx", isFor(version)),
      "src/main.jsx": around("react.jsx"),
      "src/root.js": around(version < 18 ? "react-root-16.js" : "react-root.js"),
      "src/server.jsx": around("react-server.jsx"),
      "tsconfig.json": {
        compilerOptions: {
          ...strict,
          // React before 16.14 has only this transform.
          jsx: version === 16 ? "react" : "react-jsx",
          esModuleInterop: true,
          paths: { react: [`./node_modules/${types}`], "react/*": [`./node_modules/${types}/*`] },
        },
        files: ["src/CmgEntraSetup.tsx"],
      },
    },
    change,
  );
}

/**
 * esbuild's options for a version of React.
 * @type {(folder: string, version: number) => BuildOptions}
 */
const reactOf = (folder, version) => {
  /** @param {string} name */
  const of = (name) => join(folder, "node_modules", version === 19 ? name : `${name}-${version}`);
  return { jsx: version === 16 ? "transform" : "automatic", alias: { react: of("react"), "react-dom": of("react-dom") } };
};

for (const version of reacts) {
  test(`React ${version}: the component compiles, draws the page, and passes values and events`, async ({ page: tab }) => {
    const folder = reactProject(version, "");
    expect(await tsc(folder)).toBe("");
    await bundle(folder, "main.jsx", reactOf(folder, version));
    await behaves(tab, folder);
  });

  test(`React ${version}: a server renders the component without a document`, async () => {
    const folder = reactProject(version, "-server");
    await bundle(folder, "server.jsx", { ...reactOf(folder, version), platform: "node", format: "cjs", outExtension: { ".js": ".cjs" } });
    const { failed, out, faults } = await run(join(folder, "out/main.cjs"), [], folder);
    expect(failed).toBe("");
    // React reports problems on a server here, such as useLayoutEffect.
    expect(faults).toBe("");
    expect(out.trim()).toMatch(version === 19 ? /^<p role="status">Loading…<\/p>$/ : /^<div( data-reactroot="")?><\/div>$/);
  });
}

test("React 19: the line of docs/portal.md compiles", async () => {
  const { code } = of("expression")[0];
  const line = project("react-19-line", {
    "src/cmg.ts": loader(),
    // It declares the element's type.
    "src/CmgEntraSetup.tsx": file("react", "CmgEntraSetup.tsx", isFor(19)),
    "src/line.tsx": [
      'import "./CmgEntraSetup";',
      'import type { Finished, Options, Theme } from "./cmg";',
      'declare const acquireToken: NonNullable<Options["acquireToken"]>;',
      "declare const theme: Theme;",
      "declare function store(finished: Finished): void;",
      `export const line = (${code});`,
    ].join("\n"),
    "tsconfig.json": { compilerOptions: { ...strict, jsx: "react-jsx" }, files: ["src/line.tsx"] },
  });
  expect(await tsc(line)).toBe("");
});

/**
 * @param {string} name
 * @param {Change} [change]
 */
function angularProject(name, change) {
  return project(
    name,
    {
      "src/cmg.ts": loader(),
      "src/cmg-entra-setup.component.ts": file("angular", "cmg-entra-setup.component.ts"),
      "src/main.ts": around("angular.ts"),
      "tsconfig.json": {
        compilerOptions: { ...strict, noEmit: false, outDir: "compiled", rootDir: "." },
        angularCompilerOptions: { strictTemplates: true, strictInjectionParameters: true, strictInputAccessModifiers: true },
        files: ["src/main.ts"],
      },
    },
    change,
  );
}

test("Angular: the component and its template compile, draw the page, and pass values and events", async ({ page: tab }) => {
  const folder = angularProject("angular");
  expect(await ngc(folder)).toBe("");
  await bundle(folder, "../compiled/src/main.js");
  await behaves(tab, folder);
});

const vueFiles = () => ({
  "vite.config.ts": file("vue", "vite.config.ts"),
  "src/cmg.ts": loader(),
  "src/GatewaySetup.vue": file("vue", "GatewaySetup.vue"),
  "src/main.ts": around("vue.ts"),
  "src/server.ts": around("vue-server.ts"),
  "tsconfig.json": { compilerOptions: { ...strict, jsx: "preserve" }, files: ["src/main.ts", "vite.config.ts"] },
});

/**
 * Builds with Vite and the project's own settings into `out/main.js`.
 * @type {(folder: string, entry: string, build?: import("vite").BuildOptions) => Promise<unknown>}
 */
const built = (folder, entry, build = {}) =>
  vite({
    root: folder,
    logLevel: "error",
    // Frameworks report problems only in development.
    define: { "process.env.NODE_ENV": '"development"' },
    build: { outDir: "out", rollupOptions: { input: join(folder, entry), output: { entryFileNames: "main.js" } }, ...build },
  });

test("Vue: the component and its template compile, draw the page, and pass values and events", async ({ page: tab }) => {
  const folder = project("vue", vueFiles());
  expect(await vueTsc(folder)).toBe("");
  await built(folder, "src/main.ts", { copyPublicDir: false });
  await behaves(tab, folder);
});

test("Vue: a server renders the component without a document", async () => {
  const folder = project("vue-server", vueFiles());
  await built(folder, "src/server.ts", { ssr: true, copyPublicDir: false });
  const { failed, out, faults } = await run(join(folder, "out/main.js"), [], folder);
  expect(failed).toBe("");
  expect(faults).toBe("");
  expect(out.trim()).toBe('<p role="status">Loading…</p>');
});

/**
 * @param {string} name
 * @param {Change} [change]
 */
function sharePointProject(name, change) {
  return project(
    name,
    {
      "src/CmgCheckWebPart.ts": file("sharepoint", "CmgCheckWebPart.ts"),
      "tsconfig.json": { compilerOptions: { ...strict, esModuleInterop: true }, files: ["src/CmgCheckWebPart.ts"] },
    },
    change,
  );
}

test("SharePoint Framework: the web part compiles against its types", async () => {
  expect(await tsc(sharePointProject("sharepoint"))).toBe("");
});

test("SharePoint Framework: the web part shows the check, and requests only tokens for reading", async ({ page: tab }) => {
  const folder = project("sharepoint-run", {
    "src/CmgCheckWebPart.ts": file("sharepoint", "CmgCheckWebPart.ts"),
    "src/main.js": around("sharepoint.js"),
    "src/base.js": around("sharepoint-base.js"),
  });
  await bundle(folder, "main.js", { alias: { "@microsoft/sp-webpart-base": join(folder, "src/base.js") } });
  // The page's own web server, which allows SharePoint's origin.
  await tab.route("https://setup.contoso.com/cmg/**", (route) => {
    const { pathname } = new URL(route.request().url());
    const headers = { "access-control-allow-origin": new URL(address).origin, "content-type": kinds[extname(pathname)] ?? "" };
    return route.fulfill({ headers, path: join(folder, "public", pathname) });
  });
  const faults = await open(tab, folder);
  await expect(heading(tab)).toHaveText("Check an existing pair");
  expect(await tab.evaluate(() => window.isOne)).toBe(true);

  /** @type {(scopes: string[], more?: object) => Promise<string>} */
  const ask = (scopes, more) =>
    tab.evaluate(
      ({ scopes, more }) => window.part.acquireToken({ authority: "x", scopes, ...more }).catch(({ errorCode }) => errorCode),
      { scopes: scopes.map((name) => `https://graph.microsoft.com/${name}`), more },
    );
  // Only the permissions that docs/portal.md lists for the check.
  const table = readFileSync(new URL("../../docs/portal.md", import.meta.url), "utf8");
  const lists = table.split("\n").filter((line) => line.startsWith("| Microsoft Graph `"));
  /** @type {(isToCheck: boolean) => string[]} */
  const named = (isToCheck) =>
    lists
      .filter((line) => (line.split("|")[2]?.trim() === "yes") === isToCheck)
      .flatMap((line) => [...line.matchAll(/`([\w.]+)`/g)].map(([, name = ""]) => name));
  expect(named(true).length).toBe(4);
  expect(await ask(named(true))).toBe("token of SharePoint");
  expect(await ask(["User.Read"], { forceRefresh: true, claims: "{}" })).toBe("token of SharePoint");
  for (const name of named(false)) {
    expect(await ask(["User.Read", name]), name).toBe("only_checks");
  }
  expect(await tab.evaluate(() => window.tokens)).toEqual([
    ["https://graph.microsoft.com", { useCachedToken: true }],
    ["https://graph.microsoft.com", { useCachedToken: false, claims: "{}" }],
  ]);
  await tab.evaluate(() => window.part.onDispose());
  await expect(heading(tab)).toHaveCount(0);
  expect(faults).toEqual([]);
});

test("each compiler finds an error in an example", async () => {
  /** @type {(name: string, from: string, to: string) => Change} */
  const broken = (name, from, to) => (path, code) => {
    if (!path.endsWith(name)) {
      return code;
    }
    expect(code, `${name} contains the text to break`).toContain(from);
    return code.replace(from, to);
  };
  const [react, older, angular, vue, sharePoint] = await Promise.all([
    tsc(reactProject(19, "-broken", broken("Setup.tsx", "onFinished(detail)", "onReady(detail)"))),
    tsc(reactProject(16, "-broken", broken("Setup.tsx", "element.acquireToken", "element.aquireToken"))),
    ngc(angularProject("angular-broken", broken("component.ts", '"theme()"', '"them()"'))),
    vueTsc(project("vue-broken", vueFiles(), broken(".vue", "emit('finished', event.detail)", "emit('finished', event.detial)"))),
    tsc(sharePointProject("sharepoint-broken", broken("Part.ts", "getTokenProvider", "getTokenProviders"))),
  ]);
  expect(react).toContain("TS2345");
  expect(older).toContain("aquireToken");
  expect(angular).toContain("them");
  expect(vue).toContain("detial");
  expect(sharePoint).toContain("getTokenProviders");
});

/**
 * A portal without a framework, whose `main` imports the module at its top and with the loader.
 * @type {(name: string, more: Record<string, string | object>) => string}
 */
const withoutFramework = (name, more) =>
  project(name, {
    "src/main.ts": around("module.js"),
    "src/main.js": around("module.js"),
    "src/cmg.js": plain(loader()),
    ...more,
  });

/**
 * The build did not change the module: the module's check of its files succeeds, and the portal loads one module.
 * @param {Page} tab
 * @param {string} folder
 * @param {string} [made]
 */
async function leftAlone(tab, folder, made) {
  const faults = await open(tab, folder, made);
  await expect(heading(tab)).toHaveText("Set up Microsoft Entra ID for a cloud management gateway");
  expect(await tab.evaluate(() => window.isOne)).toBe(true);
  expect(faults).toEqual([]);
}

test("Vite builds a portal and does not change the module", async ({ page: tab }) => {
  const folder = withoutFramework("vite", { "vite.config.ts": file("vite", "vite.config.ts") });
  await built(folder, "src/main.js");
  // Vite also copies the module unchanged.
  const [copy, own] = ["out", "public"].map((where) => readFileSync(join(folder, where, "cmg/embed.js"), "utf8"));
  expect(copy).toBe(own);
  await leftAlone(tab, folder);
});

test("Vite's development server does not change the module", async ({ page: tab }) => {
  const folder = project("vite-serve", {
    "src/cmg.ts": loader(),
    "src/main.ts": [
      'import { load } from "./cmg";',
      "const { mount } = await load();",
      'await mount(document.getElementById("portal")!, { acquireToken: async () => "token of the portal" });',
    ].join("\n"),
    "index.html": page.replace("/main.js", "/src/main.ts"),
  });
  const server = await createServer({ root: folder, configFile: false, logLevel: "error", server: { host: "127.0.0.1", port: 0 } });
  try {
    await server.listen();
    const listening = /** @type {import("node:net").AddressInfo | undefined} */ (server.httpServer?.address());
    await tab.goto(`http://127.0.0.1:${listening?.port}/`);
    await expect(heading(tab)).toHaveText("Set up Microsoft Entra ID for a cloud management gateway");
  } finally {
    await server.close();
  }
});

test("webpack builds a portal and does not change the module", async ({ page: tab }) => {
  const folder = withoutFramework("webpack", {
    "webpack.config.js": file("webpack", "webpack.config.js"),
    "package.json": { type: "module" },
  });
  const { default: settings } = await import(pathToFileURL(join(folder, "webpack.config.js")).href);
  /** @type {webpack.Stats | undefined} */
  const stats = await new Promise((done, fail) =>
    webpack(
      {
        ...settings,
        context: folder,
        mode: "production",
        entry: "./src/main.js",
        output: { ...settings.output, path: join(folder, "out"), filename: "main.js" },
      },
      (error, stats) => (error ? fail(error) : done(stats)),
    ),
  );
  expect(stats?.toJson({ all: false, errors: true, warnings: true })).toMatchObject({ errors: [], warnings: [] });
  await leftAlone(tab, folder);
});

test("esbuild builds a portal and does not change the module", async ({ page: tab }) => {
  const folder = withoutFramework("esbuild", { "build.js": file("esbuild", "build.js"), "package.json": { type: "module" } });
  const { failed, faults } = await run("build.js", [], folder);
  expect(failed).toBe("");
  expect(faults).toBe("");
  await leftAlone(tab, folder, join(folder, "dist"));
});

test("Rollup builds a portal and does not change the module", async ({ page: tab }) => {
  const folder = withoutFramework("rollup", {
    "rollup.config.js": file("rollup", "rollup.config.js"),
    "package.json": { type: "module" },
  });
  const { failed } = await run(resolve("rollup/dist/bin/rollup"), ["--config", "--silent", "--failAfterWarnings"], folder);
  expect(failed).toBe("");
  await leftAlone(tab, folder, join(folder, "dist"));
});

test("the scripts of docs/portal.md match the module's types", async () => {
  const scripts = of("script").map(({ code }) => code);
  const folder = project("scripts", {
    "src/given.d.ts": around("given.d.ts"),
    // Each script is a module, so that two scripts can declare the same name.
    ...Object.fromEntries(scripts.map((code, index) => [`src/${index}.js`, `${code}\nexport {};\n`])),
    "tsconfig.json": {
      compilerOptions: {
        ...strict,
        allowJs: true,
        checkJs: true,
        // The scripts have no type annotations.
        noImplicitAny: false,
        strictNullChecks: false,
        useUnknownInCatchVariables: false,
        paths: { "/cmg/embed.js": ["./public/cmg/embed.d.ts"] },
      },
      include: ["src"],
    },
  });
  expect(scripts.length).toBeGreaterThan(2);
  expect(await tsc(folder)).toBe("");
});

test("the type in docs/portal.md is the published one", async () => {
  const { code } = of("type")[0];
  const folder = project("types", {
    "src/type.ts": [
      'import type { Options } from "../public/cmg/embed.js";',
      code,
      'type Published = NonNullable<Options["acquireToken"]>;',
      "export const there = (told: AcquireToken): Published => told;",
      "export const back = (published: Published): AcquireToken => published;",
    ].join("\n"),
    "tsconfig.json": { compilerOptions: { ...strict, exactOptionalPropertyTypes: true }, files: ["src/type.ts"] },
  });
  expect(await tsc(folder)).toBe("");
});

test("the messages in docs/portal.md match the published types", async () => {
  const messages = of("json").map(({ code }) => JSON.parse(code));
  // Without the two that are no events: the height, which only a frame sends, and config.json.
  const told = messages.filter(({ type }) => type && type !== "cmg-entra-setup.height");
  expect(told.length).toBe(messages.length - 2);
  const folder = project("messages", {
    "src/messages.ts": [
      'import type { CmgEntraSetupEvent } from "../public/cmg/embed.js";',
      ...told.map((message, index) => `export const message${index}: CmgEntraSetupEvent = ${JSON.stringify(message)};`),
    ].join("\n"),
    "tsconfig.json": { compilerOptions: strict, files: ["src/messages.ts"] },
  });
  expect(await tsc(folder)).toBe("");
});

test("the markup of the examples is valid", async () => {
  const validator = new HtmlValidate({ extends: ["html-validate:recommended"] });
  for (const { document, line, code } of of("markup")) {
    const { results } = await validator.validateString(code);
    const faults = results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId}: ${message}`));
    expect(faults, `${document}:${line}`).toEqual([]);
  }
});
