// The page as part of another page: what it leaves behind, and the separation of styles. Without the simulated clouds.
import { extname } from "node:path";

import { expect, test } from "@playwright/test";

import { config } from "./emulator.js";
import { button, heading } from "./locators.js";
import { noteMemories } from "./secrets.js";
import { kinds, read, spoil } from "./site.js";

/** @import { CDPSession, Page } from "@playwright/test" */
/** @typedef {(name: string, body: Buffer | string) => Buffer | string | undefined} ChangeFile As in site.js. */

const portal = "https://portal.test/";
const start = "Set up Microsoft Entra ID for a cloud management gateway";

/**
 * Opens a portal with the page's files in `/cmg/`, and with these styles and elements of its own. `change` can replace the body of a file;
 * `beside` is another host that also has the files, with these headers. Returns the errors of the portal.
 * @param {Page} page
 * @param {{ style?: string, body?: string, change?: ChangeFile, beside?: string, headers?: Record<string, string> }} [options]
 */
async function portalOf(page, { style = "", body = "", change = (_name, body) => body, beside, headers } = {}) {
  /** @type {string[]} */
  const faults = [];
  page.on("pageerror", (error) => faults.push(error.message));
  await page.route("**/*", (route) => {
    const { origin, pathname } = new URL(route.request().url());
    if (origin !== new URL(portal).origin && origin !== beside) {
      faults.push(`contacted another host: ${origin}`);
      return route.abort();
    }
    const name = /^\/cmg\/(.+)$/.exec(pathname)?.[1];
    if (name) {
      const found = change(name, name === "config.json" ? JSON.stringify(config) : read(name));
      if (found === undefined) {
        return route.fulfill({ status: 404, headers, body: "" });
      }
      const contentType = kinds[extname(name)] ?? "application/octet-stream";
      return route.fulfill({ contentType, headers: { ...headers, "content-type": contentType }, body: found });
    }
    return route.fulfill({
      contentType: kinds[".html"],
      body: `<!doctype html><html lang="en"><title>A portal</title><link rel="icon" href="data:," /><style>${style}</style>${body}`,
    });
  });
  await page.goto(portal);
  return faults;
}

/** @param {Page} page */
const load = (page) => page.evaluate(() => import("/cmg/embed.js").then(() => undefined));

/**
 * Counts the browser's objects after a garbage collection.
 * @param {Page} page
 * @param {CDPSession} debug
 */
async function counted(page, debug) {
  // Twice: the second collection removes what finalizers release in the first.
  await debug.send("HeapProfiler.collectGarbage");
  await debug.send("HeapProfiler.collectGarbage");
  const { metrics } = await debug.send("Performance.getMetrics");
  /** @param {string} wanted */
  const metric = (wanted) => metrics.find(({ name }) => name === wanted)?.value ?? NaN;
  const living = await page.evaluate(() => ({
    elements: window.notedElements.filter((element) => element.deref()).length,
    memories: window.notedMemories.map((memory) => memory.buffer.byteLength),
  }));
  return {
    nodes: metric("Nodes"),
    listeners: metric("JSEventListeners"),
    heap: metric("JSHeapUsedSize"),
    elements: living.elements,
    memories: living.memories.length,
    memory: living.memories.reduce((sum, bytes) => sum + bytes, 0),
  };
}

test("after a hundred insertions and removals, nothing is left behind", async ({ page }) => {
  test.setTimeout(240_000);
  await page.addInitScript(noteMemories);
  const faults = await portalOf(page);
  await load(page);
  await page.evaluate(() => Object.assign(window, { notedElements: [] }));
  const debug = await page.context().newCDPSession(page);
  await debug.send("Performance.enable");
  /** @param {number} count */
  const rounds = (count) =>
    page.evaluate(async (count) => {
      for (let round = 0; round < count; round++) {
        const part = document.createElement("cmg-entra-setup");
        window.notedElements.push(new WeakRef(part));
        const ready = new Promise((resolve) => part.addEventListener("ready", resolve));
        document.body.append(part);
        if (round % 5 === 4) {
          // Before the start, and during it.
          await (round % 10 === 4 ? undefined : new Promise((resolve) => requestAnimationFrame(resolve)));
          part.remove();
          continue;
        }
        await ready;
        /** @type {HTMLElement | null | undefined} */
        const first = part.shadowRoot?.querySelector(".stack button");
        first?.click();
        await new Promise((resolve) => requestAnimationFrame(resolve));
        part.remove();
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    }, count);
  // Objects that are created once, with the first insertion, are no leak.
  await rounds(10);
  const before = await counted(page, debug);
  await rounds(100);
  const after = await counted(page, debug);
  test.info().annotations.push({ type: "measured", description: JSON.stringify({ before, after }) });
  expect(after.elements).toBe(0);
  expect(after.memories).toBe(1);
  // The elements to draw in are reused: a few in total, not a few for each insertion.
  expect(after.nodes - before.nodes).toBeLessThan(50);
  expect(after.listeners - before.listeners).toBeLessThan(15);
  // Yew keeps its event listeners: 1.3 kB for each insertion. A leaked model would be many times that.
  expect(after.memory - before.memory).toBeLessThanOrEqual(6 * 65536);
  expect(faults).toEqual([]);
});

const hostile = `
  * { all: unset !important; }
  *, *::before, *::after { box-sizing: content-box !important; letter-spacing: 9px !important; color: red !important; }
  html { font-size: 62.5% !important; line-height: 3; text-transform: uppercase; direction: rtl; cursor: wait; visibility: visible; }
  body { font: italic 30px/3 serif; text-align: right; white-space: pre; word-spacing: 20px; text-indent: 40px; }
  button, h1, .frame, .embed, main { display: none !important; }
  :root { --accent: red; --surface: red; --ink: red; --space-4: 100px; --text-body: 40px; --rem: 40px; --font-text: cursive; }
  cmg-entra-setup { display: block !important; }
  @layer tokens { :root, .embed, :host { --accent: lime !important; } }
  ::selection { background: red; }
  @font-face { font-family: system-ui; src: url("data:font/woff2;base64,AAAA"); }
  @keyframes turn { to { rotate: 1turn; } }

`;

/**
 * Counts the colour values that differ between two pictures. The edge of a sharp icon varies by an eighth from one drawing to the next.
 * @param {Page} page
 * @param {[Buffer, Buffer]} pictures
 */
function differing(page, ...pictures) {
  return page.evaluate(
    async (pictures) => {
      const [one = [], other = []] = await Promise.all(
        pictures.map(async (text) => {
          const picture = await createImageBitmap(new Blob([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))]));
          const { width, height } = picture;
          const canvas = new OffscreenCanvas(width, height).getContext("2d");
          if (!canvas) {
            throw new Error("the browser has no 2D canvas");
          }
          canvas.drawImage(picture, 0, 0);
          return [width, height, ...canvas.getImageData(0, 0, width, height).data];
        }),
      );
      return Math.abs(one.length - other.length) + one.filter((value, at) => Math.abs(value - (other[at] ?? NaN)) > 48).length;
    },
    pictures.map((picture) => picture.toString("base64")),
  );
}

test("hostile styles of the embedding page do not apply inside the page", async ({ page }) => {
  await page.setViewportSize({ width: 900, height: 1600 });
  const body = "<cmg-entra-setup></cmg-entra-setup>";
  const faults = await portalOf(page, { style: "body { margin: 0 } cmg-entra-setup { display: block }", body });
  await load(page);
  const part = page.locator("cmg-entra-setup");
  await expect(heading(part)).toHaveText(start);
  const shot = () => part.screenshot({ animations: "disabled", caret: "hide" });
  const looks = () =>
    page.evaluate(() => {
      const root = document.querySelector("cmg-entra-setup")?.shadowRoot;
      return [...(root?.querySelectorAll("*") ?? [])].map((element) => {
        const style = getComputedStyle(element);
        const all = [...style].map((name) => `${name}: ${style.getPropertyValue(name)}`);
        return [element.tagName, element.className, ...all].join("; ");
      });
    });
  const before = { picture: await shot(), styles: await looks() };
  expect(before.styles).not.toHaveLength(0);
  await page.evaluate((hostile) => {
    const style = document.createElement("style");
    style.textContent = hostile;
    document.head.append(style);
  }, hostile);
  const after = { picture: await shot(), styles: await looks() };
  const changed = after.styles.flatMap((text, index) => {
    const was = new Set(before.styles[index]?.split("; "));
    const now = text.split("; ").filter((line) => !was.has(line));
    return now.length ? [`${text.slice(0, 40)}: ${now.slice(0, 6).join("; ")}`] : [];
  });
  expect(changed.slice(0, 10)).toEqual([]);
  expect(await differing(page, before.picture, after.picture), "the pictures are the same").toBe(0);
  expect(faults).toEqual([]);
});

test("the page's styles do not apply outside it: the embedding page and its window do not change", async ({ page }) => {
  const body = `<header class="frame-head"><h1 class="brand">A portal</h1><a href="#x">a link</a> <button class="step">Press</button></header>
    <main class="stack"><p class="quiet small">text</p><input value="a" /><table><tr><td>cell</td></tr></table><pre class="code">pre</pre>
    <ul class="badges"><li class="badge">one</li></ul><dialog>dialog</dialog></main><div id="place"></div>`;
  const faults = await portalOf(page, { body });
  const looks = () =>
    page.evaluate(() =>
      [...document.querySelectorAll("html, body, body *")]
        .filter((element) => element.id !== "place" && element.tagName !== "SCRIPT")
        .map((element) => {
          const style = getComputedStyle(element);
          // The height depends on the content, which changes.
          const names = [...style].filter((name) => !/height|block-size|perspective-origin|transform-origin|^inset|^(top|bottom)$/.test(name));
          return `${element.tagName} ${element.className}: ${names.map((name) => `${name}: ${style.getPropertyValue(name)}`).join("; ")}`;
        }),
    );
  const world = () =>
    page.evaluate(() => ({
      title: document.title,
      address: location.href,
      entries: history.length,
      root: document.documentElement.outerHTML.slice(0, 40),
      sheets: document.styleSheets.length + document.adoptedStyleSheets.length,
      globals: Object.keys(window).sort().join(),
      links: document.head.querySelectorAll("link").length,
      local: JSON.stringify({ ...localStorage }),
      focus: document.activeElement?.tagName,
    }));
  const before = [await looks(), await world()];
  await page.evaluate(async () => {
    const { mount } = await import("/cmg/embed.js");
    const place = document.getElementById("place");
    if (place) {
      window.mountedPart = await mount(place, { theme: "dark" });
    }
  });
  const part = page.locator("#place");
  await expect(heading(part)).toHaveText(start);
  await button(part, "Set up").click();
  await expect(heading(part)).toHaveText("Azure service");
  expect(await looks()).toEqual(before[0]);
  await page.evaluate(() => {
    window.mountedPart?.unmount();
    delete window.mountedPart;
  });
  await expect(part.locator(".frame")).toHaveCount(0);
  expect(await world()).toEqual(before[1]);
  expect(faults).toEqual([]);
});

/**
 * Mounts the page and returns the result. `options` is evaluated in the browser.
 * @type {(page: Page, options?: string, from?: string) => Promise<string>}
 */
const mounted = (page, options = "{}", from = "/cmg/embed.js") =>
  page.evaluate(
    async ({ options, from }) => {
      /** @type {typeof import("/cmg/embed.js")} */
      const { mount, CmgEntraSetupError } = await import(from);
      const place = document.createElement("div");
      place.className = "place";
      document.body.append(place);
      try {
        await mount(place, new Function(`return ${options}`)());
        return "mounted";
      } catch (error) {
        const said = place.shadowRoot?.querySelector("[role=alert]")?.textContent;
        return error instanceof CmgEntraSetupError && said === error.message ? error.code : `${error}`;
      }
    },
    { options, from },
  );

for (const what of ["WebAssembly", "indexedDB"]) {
  test(`a browser without ${what} is reported before any file is loaded`, async ({ page }) => {
    /** @type {string[]} */
    const asked = [];
    await page.addInitScript((name) => Reflect.deleteProperty(window, name), what);
    const faults = await portalOf(page, { change: (name, body) => (asked.push(name), body) });
    expect(await mounted(page)).toBe("lacking");
    expect(asked).toEqual(["embed.js"]);
    // The embedding page still receives its own errors.
    await page.evaluate(() => dispatchEvent(new ErrorEvent("error", { error: new RangeError("the portal's") })));
    expect(faults).toEqual([]);
  });
}

test("a RangeError of the portal does not stop the page, a RangeError of the program does", async ({ page }) => {
  await portalOf(page);
  expect(await mounted(page)).toBe("mounted");
  /** @param {string} file */
  const hear = (file) =>
    page.evaluate((file) => {
      const url = performance.getEntriesByType("resource").find(({ name }) => new RegExp(file).test(name))?.name;
      const error = Object.defineProperty(new RangeError("deep"), "stack", { value: `RangeError: deep\n    at f (${url}:1:1)` });
      dispatchEvent(new ErrorEvent("error", { error }));
    }, file);
  await page.evaluate(() => dispatchEvent(new ErrorEvent("error", { error: new RangeError("the portal's") })));
  await expect(heading(page.locator(".place"))).toHaveText(start);
  await hear("embed\\.js$");
  await expect(page.locator(".place")).toContainText("CMG Entra Setup has stopped because of an error.");
});

for (const [what, options] of /** @type {[string, string][]} */ ([
  ["an unknown option", "{ clientId: 'x' }"],
  ["a token instead of a function", "{ acquireToken: 'token' }"],
  ["an unknown theme", "{ theme: 'blue' }"],
  ["a place that is no text", "{ place: {} }"],
  ["a key with other characters", "{ key: 'a b' }"],
  ["an event handler that is no function", "{ onEvent: [] }"],
  ["settings that contain themselves", "(() => { const config = {}; config.config = config; return { config }; })()"],
  ["settings that are a function", "{ config: () => 1 }"],
  ["settings that contain a function", "{ config: { clients: [() => 1] } }"],
])) {
  test(`an error is reported before any file is loaded: ${what}`, async ({ page }) => {
    /** @type {string[]} */
    const asked = [];
    await portalOf(page, { change: (name, body) => (asked.push(name), body) });
    expect(await mounted(page, options)).toBe("options");
    expect(asked).toEqual(["embed.js"]);
  });
}

for (const [what, options] of /** @type {[string, string][]} */ ([
  ["an unknown key", "{ config: { client: 'x' } }"],
  ["a wrong client ID", "{ config: { clients: { public: 'x' } } }"],
  ["a text", "{ config: 'x' }"],
])) {
  test(`wrong settings are reported: ${what}`, async ({ page }) => {
    await portalOf(page);
    expect(await mounted(page, options)).toBe("settings");
    expect(await mounted(page), "and the next one starts").toBe("mounted");
  });
}

for (const kind of [/_bg\.wasm$/, /^tokens-.*\.css$/, /^components-.*\.css$/]) {
  for (const [what, broken] of /** @type {[string, import("./site.js").ChangeFile][]} */ ([
    ["has one changed byte", spoil],
    ["is missing", () => undefined],
  ])) {
    test(`the page does not start if ${kind} ${what}; with the right file, it starts`, async ({ page }) => {
      let isBroken = true;
      await portalOf(page, { change: (name, body) => (isBroken && kind.test(name) ? broken(name, Buffer.from(body)) : body) });
      expect(await mounted(page)).toBe("mismatch");
      await expect(page.locator(".place h1")).toHaveCount(0);
      isBroken = false;
      await page.reload();
      expect(await mounted(page)).toBe("mounted");
    });
  }
}

test("from another address, the module starts only with CORS and a portal that signs in", async ({ page }) => {
  const beside = "https://files.test";
  const from = `${beside}/cmg/embed.js`;
  await portalOf(page, { beside, headers: { "access-control-allow-origin": "*" } });
  expect(await mounted(page, "{}", from)).toBe("elsewhere");
  expect(await mounted(page, "{ acquireToken: async () => '' }", from)).toBe("mounted");
  await expect(heading(page.locator(".place").last())).toHaveText(start);
});

test("the start time, inside a portal and alone", async ({ browser }) => {
  test.skip(!process.env.MEASURE, "a measurement, not a test");
  test.setTimeout(240_000);
  /** @type {{ inside: number[], alone: number[] }} */
  const times = { inside: [], alone: [] };
  for (let round = 0; round < 10; round++) {
    for (const where of /** @type {const} */ (["inside", "alone"])) {
      const context = await browser.newContext();
      const page = await context.newPage();
      await portalOf(page);
      await page.addInitScript(() => {
        const seen = () => {
          const root = document.querySelector("#place")?.shadowRoot ?? document;
          return root.querySelector("h1#title");
        };
        /** @returns {unknown} */
        const look = () => (seen() ? (window.there = performance.now()) : requestAnimationFrame(look));
        requestAnimationFrame(look);
      });
      let began = 0;
      if (where === "inside") {
        await page.goto(portal);
        began = await page.evaluate(async () => {
          const place = document.createElement("div");
          place.id = "place";
          document.body.append(place);
          const began = performance.now();
          const { mount } = await import("/cmg/embed.js");
          await mount(place);
          return began;
        });
      } else {
        await page.goto(`${portal}cmg/index.html`);
      }
      await page.waitForFunction(() => window.there);
      times[where].push((await page.evaluate(() => window.there)) - began);
      await context.close();
    }
  }
  /** @param {number[]} list of 10 times */
  const median = (list) => {
    const [fifth = NaN, sixth = NaN] = list.sort((a, b) => a - b).slice(4);
    return Math.round((fifth + sixth) / 2);
  };
  console.log(JSON.stringify({ inside: median(times.inside), alone: median(times.alone), all: times }));
});

test("properties that a portal's scripts add to built-in prototypes are no option, no setting and no token", async ({ page }) => {
  const faults = await portalOf(page);
  await load(page);
  const told = await page.evaluate(async (config) => {
    // As old libraries and attackers do.
    const array = /** @type {any[] & { toJSON?: () => string }} */ (Array.prototype);
    array.toJSON = function () {
      return `[${this.join()}]`;
    };
    const polluted = {
      toJSON: () => "polluted",
      place: "#/nowhere?x=y",
      theme: "polluted",
      key: "!",
      refused: "polluted",
      accessToken: "polluted",
      // As options of `fetch`, each of these makes every request fail.
      body: "polluted",
      window: "polluted",
    };
    Object.assign(Object.prototype, polluted);
    const host = document.createElement("div");
    document.body.append(host);
    const { mount } = await import("/cmg/embed.js");
    /** @type {string[]} */
    const events = [];
    const part = await mount(host, {
      config,
      // Empty: a token in the prototype does not count.
      acquireToken: async () => /** @type {import("/cmg/embed.js").TokenResult} */ ({}),
      onEvent: (event) => events.push(event.type),
    });
    await new Promise((resolve) => setTimeout(resolve, 500));
    const text = host.shadowRoot?.textContent;
    part.unmount();
    for (const name of Object.keys(polluted)) {
      Reflect.deleteProperty(Object.prototype, name);
    }
    delete array.toJSON;
    return { text, events };
  }, config);
  expect(told.text).toContain(start);
  expect(told.events).toContain("cmg-entra-setup.ready");
  expect(faults).toEqual([]);
});

test("the module has the language of the option, of the page around it, or of the browser, and changes it", async ({ page }) => {
  const german = "Microsoft Entra ID für ein Cloudverwaltungsgateway einrichten";
  const faults = await portalOf(page, { body: '<div id="a"></div><div lang="de-CH"><div id="b"></div></div><div lang="fr"><div id="c"></div></div>' });
  await page.evaluate(async () => {
    const { mount } = await import("/cmg/embed.js");
    const place = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
    window.mounted = [
      await mount(place("a"), { key: "a", language: "de" }),
      await mount(place("b"), { key: "b" }),
      await mount(place("c"), { key: "c" }),
    ];
  });
  await expect(heading(page.locator("#a"))).toHaveText(german);
  await expect(heading(page.locator("#b"))).toHaveText(german);
  await expect(heading(page.locator("#c"))).toHaveText(start);
  await page.evaluate(() => window.mounted[0]?.setLanguage("en"));
  await expect(heading(page.locator("#a"))).toHaveText(start);
  await expect(heading(page.locator("#b"))).toHaveText(german);
  await page.locator("#b select[name=language]").selectOption("English");
  await expect(heading(page.locator("#b"))).toHaveText(start);
  await page.evaluate(() => window.mounted[1]?.setLanguage("de"));
  await page.evaluate(() => window.mounted[2]?.setLanguage("de"));
  await expect(heading(page.locator("#c"))).toHaveText(german);
  await expect(heading(page.locator("#b"))).toHaveText(start);
  expect(await page.evaluate(() => document.documentElement.lang), "the document belongs to the portal").toBe("en");
  expect(faults).toEqual([]);
});

test("an error before the start is in the language of the portal", async ({ page }) => {
  await portalOf(page, { body: '<div lang="de" id="a"></div>' });
  const message = await page.evaluate(async () => {
    const { mount } = await import("/cmg/embed.js");
    const place = /** @type {HTMLElement} */ (document.getElementById("a"));
    // @ts-expect-error An option that does not exist.
    return mount(place, { colour: "red" }).catch((error) => error.message);
  });
  expect(message).toBe("Das Portal startet CMG Entra Setup mit einer Option, die nicht verwendet werden kann: colour");
});
