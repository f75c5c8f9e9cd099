// The examples in the documents for portals (docs/portal.md, docs/portals): each is compiled as it stands in the text, by the compiler or
// the build its reader uses, and components are run with the built page. No copies: what a reader copies is what is tested.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";

import { expect, test } from "@playwright/test";
import { build as esbuild } from "esbuild";
import { HtmlValidate } from "html-validate";
import { build as vite, createServer } from "vite";
import webpack from "webpack";

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

const { resolve } = createRequire(import.meta.url);
const address = "https://portal.test/";
const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Portal</title><link rel="icon" href="data:,"></head>
<body><div id="portal"></div><script type="module" src="/main.js"></script></body></html>`;

const kinds = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** Opens a portal: `made` is what a build wrote, beside the page as it was published. */
async function open(tab, folder, made = join(folder, "out")) {
  await tab.route(`${address}**`, (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === "/") {
      return route.fulfill({ contentType: "text/html", body: page });
    }
    const where = pathname.startsWith("/cmg/") ? join(folder, "public") : made;
    return route.fulfill({ contentType: kinds[extname(pathname)] ?? "text/plain", path: join(where, pathname) });
  });
  const faults = [];
  tab.on("pageerror", (error) => faults.push(String(error)));
  // A framework says here what it does not like, and goes on.
  tab.on("console", (message) => ["warning", "error"].includes(message.type()) && faults.push(message.text()));
  await tab.goto(address);
  return faults;
}

const portal = (tab, what) => tab.evaluate(what);

/** What every component has to do, whatever it is made with. */
async function behaves(tab, folder) {
  const faults = await open(tab, folder);
  const element = tab.locator("cmg-entra-setup");
  const heading = element.getByRole("heading", { level: 1 });
  await expect(heading).toHaveText("Set up Microsoft Entra ID for a cloud management gateway");
  // In its shadow root, and so with the styles of the page.
  expect(await element.evaluate(({ shadowRoot }) => shadowRoot.querySelector("h1") !== null)).toBe(true);
  await expect.poll(() => portal(tab, () => window.portal.told)).toEqual(["cmg-entra-setup.ready"]);

  const given = await element.evaluate((setup) => setup.acquireToken({ authority: "https://login.test/x", scopes: ["a"] }));
  expect(given).toBe("token of the portal");
  expect(await portal(tab, () => window.portal.asked)).toEqual([{ authority: "https://login.test/x", scopes: ["a"] }]);
  await element.evaluate((setup) =>
    setup.dispatchEvent(new CustomEvent("finished", { detail: { type: "cmg-entra-setup.finished", version: 1 } })),
  );
  expect(await portal(tab, () => window.portal.told)).toEqual(["cmg-entra-setup.ready", "cmg-entra-setup.finished"]);

  // Another theme, and it is the same element still.
  await element.evaluate((setup) => (setup.isFirst = true));
  await expect(element).toHaveAttribute("theme", "light");
  await portal(tab, () => window.portal.setTheme("dark"));
  await expect(element).toHaveAttribute("theme", "dark");
  expect(await element.evaluate(({ isFirst }) => isFirst)).toBe(true);

  // Taken out and put in again.
  await portal(tab, () => window.portal.hide());
  await expect(element).toHaveCount(0);
  await portal(tab, () => window.portal.show());
  await expect(heading).toBeVisible();
  expect(await element.evaluate(({ isFirst }) => isFirst)).toBe(undefined);
  await expect.poll(() => portal(tab, () => window.portal.told.length)).toBe(3);
  expect(faults).toEqual([]);
}

/** Everything into one file, but the module: that is published as it is. */
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
  // What would be no example any more if a fence were read wrongly.
  expect(examples().length).toBeGreaterThan(20);
});

test("an example that no check compiles is found", () => {
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
/** The versions a heading of docs/portals/react.md names. */
const isFor = (version) => (example) => example.heading.match(/\d+/g).map(Number).includes(version);

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
          // React 16 had no other before 16.14.
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

/** The packages of a version of React, for esbuild. */
const reactOf = (folder, version) => {
  const of = (name) => join(folder, "node_modules", version === 19 ? name : `${name}-${version}`);
  return { jsx: version === 16 ? "transform" : "automatic", alias: { react: of("react"), "react-dom": of("react-dom") } };
};

for (const version of reacts) {
  test(`React ${version}: the component compiles, draws the page, hands over and hears`, async ({ page: tab }) => {
    const folder = reactProject(version, "");
    expect(await tsc(folder)).toBe("");
    await bundle(folder, "main.jsx", reactOf(folder, version));
    await behaves(tab, folder);
  });

  test(`React ${version}: a server renders it without a document`, async () => {
    const folder = reactProject(version, "-server");
    await bundle(folder, "server.jsx", { ...reactOf(folder, version), platform: "node", format: "cjs", outExtension: { ".js": ".cjs" } });
    const { failed, out, faults } = await run(join(folder, "out/main.cjs"), [], folder);
    expect(failed).toBe("");
    // React says here what it does not like on a server, such as useLayoutEffect.
    expect(faults).toBe("");
    expect(out.trim()).toMatch(version === 19 ? /^<p role="status">Loading…<\/p>$/ : /^<div( data-reactroot="")?><\/div>$/);
  });
}

test("React 19: the line of docs/portal.md compiles", async () => {
  const [{ code }] = of("expression");
  const line = project("react-19-line", {
    "src/cmg.ts": loader(),
    // It says what the element is.
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

test("Angular: the component and its template compile, draw the page, hand over and hear", async ({ page: tab }) => {
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

/** A build of Vite as its maker runs it, with his own settings, into `out/main.js`. */
const built = (folder, entry, build = {}) =>
  vite({
    root: folder,
    logLevel: "error",
    // A framework says what it does not like while it is developed with.
    define: { "process.env.NODE_ENV": '"development"' },
    build: { outDir: "out", rollupOptions: { input: join(folder, entry), output: { entryFileNames: "main.js" } }, ...build },
  });

test("Vue: the component and its template compile, draw the page, hand over and hear", async ({ page: tab }) => {
  const folder = project("vue", vueFiles());
  expect(await vueTsc(folder)).toBe("");
  await built(folder, "src/main.ts", { copyPublicDir: false });
  await behaves(tab, folder);
});

test("Vue: a server renders it without a document", async () => {
  const folder = project("vue-server", vueFiles());
  await built(folder, "src/server.ts", { ssr: true, copyPublicDir: false });
  const { failed, out, faults } = await run(join(folder, "out/main.js"), [], folder);
  expect(failed).toBe("");
  expect(faults).toBe("");
  expect(out.trim()).toBe('<p role="status">Loading…</p>');
});

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

test("SharePoint Framework: the web part shows the check, and asks for no token that is not for reading", async ({ page: tab }) => {
  const folder = project("sharepoint-run", {
    "src/CmgCheckWebPart.ts": file("sharepoint", "CmgCheckWebPart.ts"),
    "src/main.js": around("sharepoint.js"),
    "src/base.js": around("sharepoint-base.js"),
  });
  await bundle(folder, "main.js", { alias: { "@microsoft/sp-webpart-base": join(folder, "src/base.js") } });
  // The page's own host, which allows SharePoint.
  await tab.route("https://setup.contoso.com/cmg/**", (route) => {
    const { pathname } = new URL(route.request().url());
    const headers = { "access-control-allow-origin": new URL(address).origin, "content-type": kinds[extname(pathname)] };
    return route.fulfill({ headers, path: join(folder, "public", pathname) });
  });
  const faults = await open(tab, folder);
  await expect(tab.getByRole("heading", { level: 1 })).toHaveText("Check an existing pair");
  expect(await tab.evaluate(() => window.isOne)).toBe(true);

  const ask = (scopes, more) =>
    tab.evaluate(
      ([scopes, more]) => window.part.acquireToken({ authority: "x", scopes, ...more }).catch(({ errorCode }) => errorCode),
      [scopes.map((name) => `https://graph.microsoft.com/${name}`), more],
    );
  // Those that docs/portal.md lists to check, and no others.
  const table = readFileSync(new URL("../../docs/portal.md", import.meta.url), "utf8");
  const lists = table.split("\n").filter((line) => line.startsWith("| Microsoft Graph `"));
  const named = (isToCheck) =>
    lists
      .filter((line) => (line.split("|")[2].trim() === "yes") === isToCheck)
      .flatMap((line) => [...line.matchAll(/`([\w.]+)`/g)].map(([, name]) => name));
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
  await expect(tab.getByRole("heading", { level: 1 })).toHaveCount(0);
  expect(faults).toEqual([]);
});

test("a broken example is found by each compiler", async () => {
  const broken = (name, from, to) => (path, code) => {
    if (!path.endsWith(name)) {
      return code;
    }
    expect(code, `${name} has what is broken here`).toContain(from);
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

/** A portal without a framework, whose `main` imports the module at its top and by the loader. */
const withoutFramework = (name, more) =>
  project(name, {
    "src/main.ts": around("module.js"),
    "src/main.js": around("module.js"),
    "src/cmg.js": plain(loader()),
    ...more,
  });

/** The build has left the module alone: its own check of the files beside it succeeds, and there is one of it. */
async function leftAlone(tab, folder, made) {
  const faults = await open(tab, folder, made);
  await expect(tab.getByRole("heading", { level: 1 })).toHaveText("Set up Microsoft Entra ID for a cloud management gateway");
  expect(await tab.evaluate(() => window.isOne)).toBe(true);
  expect(faults).toEqual([]);
}

test("Vite builds a portal and leaves the module alone", async ({ page: tab }) => {
  const folder = withoutFramework("vite", { "vite.config.ts": file("vite", "vite.config.ts") });
  await built(folder, "src/main.js");
  // Copied as it is, too.
  const [copy, own] = ["out", "public"].map((where) => readFileSync(join(folder, where, "cmg/embed.js"), "utf8"));
  expect(copy).toBe(own);
  await leftAlone(tab, folder);
});

test("Vite's development server leaves the module alone, too", async ({ page: tab }) => {
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
    await tab.goto(`http://127.0.0.1:${server.httpServer.address().port}/`);
    await expect(tab.getByRole("heading", { level: 1 })).toHaveText("Set up Microsoft Entra ID for a cloud management gateway");
  } finally {
    await server.close();
  }
});

test("webpack builds a portal and leaves the module alone", async ({ page: tab }) => {
  const folder = withoutFramework("webpack", {
    "webpack.config.js": file("webpack", "webpack.config.js"),
    "package.json": { type: "module" },
  });
  const { default: settings } = await import(pathToFileURL(join(folder, "webpack.config.js")));
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
  expect(stats.toJson({ all: false, errors: true, warnings: true })).toMatchObject({ errors: [], warnings: [] });
  await leftAlone(tab, folder);
});

test("esbuild builds a portal and leaves the module alone", async ({ page: tab }) => {
  const folder = withoutFramework("esbuild", { "build.js": file("esbuild", "build.js"), "package.json": { type: "module" } });
  const { failed, faults } = await run("build.js", [], folder);
  expect(failed).toBe("");
  expect(faults).toBe("");
  await leftAlone(tab, folder, join(folder, "dist"));
});

test("Rollup builds a portal and leaves the module alone", async ({ page: tab }) => {
  const folder = withoutFramework("rollup", {
    "rollup.config.js": file("rollup", "rollup.config.js"),
    "package.json": { type: "module" },
  });
  const { failed } = await run(resolve("rollup/dist/bin/rollup"), ["--config", "--silent", "--failAfterWarnings"], folder);
  expect(failed).toBe("");
  await leftAlone(tab, folder, join(folder, "dist"));
});

test("the scripts of docs/portal.md fit the module", async () => {
  const scripts = of("script").map(({ code }) => code);
  const folder = project("scripts", {
    "src/given.d.ts": around("given.d.ts"),
    // Each is a module: one may name what another names.
    ...Object.fromEntries(scripts.map((code, index) => [`src/${index}.js`, `${code}\nexport {};\n`])),
    "tsconfig.json": {
      compilerOptions: {
        ...strict,
        allowJs: true,
        checkJs: true,
        // JavaScript says no types.
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

test("the type in docs/portal.md is the one that is published", async () => {
  const [{ code }] = of("type");
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

test("the messages in docs/portal.md are those that are published", async () => {
  const messages = of("json").map(({ code }) => JSON.parse(code));
  // Of the frame alone, and no message: config.json.
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

test("the markup of the examples is right", async () => {
  const judge = new HtmlValidate({ extends: ["html-validate:recommended"] });
  for (const { document, line, code } of of("markup")) {
    const { results } = await judge.validateString(code);
    const faults = results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId}: ${message}`));
    expect(faults, `${document}:${line}`).toEqual([]);
  }
});
