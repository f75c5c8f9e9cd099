// The page as a part of another page: what it leaves behind, and whose styles are whose. No clouds.
import { extname } from "node:path";

import { expect, test } from "@playwright/test";

import { read, spoil } from "./site.js";
import { config } from "./emulator.js";

const portal = "https://portal.test/";
const start = "Set up Microsoft Entra ID for a cloud management gateway";
const heading = (part) => part.getByRole("heading", { level: 1 });
const kinds = { ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".wasm": "application/wasm", ".html": "text/html" };

/**
 * A portal with the page's files in `/cmg/`, and these styles and elements of its own. `change(name, body)` may hand over another body
 * for a file, or nothing for one that is not there; `beside` is another host that has the files too, with these headers.
 */
async function portalOf(page, { style = "", body = "", change = (_name, body) => body, beside, headers } = {}) {
  const faults = [];
  page.on("pageerror", (error) => faults.push(error.message));
  await page.route("**/*", (route) => {
    const { origin, pathname } = new URL(route.request().url());
    if (origin !== new URL(portal).origin && origin !== beside) {
      faults.push(`asked a stranger: ${origin}`);
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

const load = (page) => page.evaluate(() => import("/cmg/embed.js").then(() => undefined));

/** What the browser counts after it has thrown away what nobody holds. */
async function counted(debug) {
  // Twice: what a finaliser lets go of is thrown away the next time.
  await debug.send("HeapProfiler.collectGarbage");
  await debug.send("HeapProfiler.collectGarbage");
  const { metrics } = await debug.send("Performance.getMetrics");
  const metric = (wanted) => metrics.find(({ name }) => name === wanted).value;
  const living = async (expression) => {
    const { result } = await debug.send("Runtime.evaluate", { expression });
    const { objects } = await debug.send("Runtime.queryObjects", { prototypeObjectId: result.objectId });
    const { result: value } = await debug.send("Runtime.callFunctionOn", {
      objectId: objects.objectId,
      functionDeclaration: "function () { return this.map((one) => one.buffer?.byteLength ?? 0); }",
      returnByValue: true,
    });
    await debug.send("Runtime.releaseObject", { objectId: objects.objectId });
    await debug.send("Runtime.releaseObject", { objectId: result.objectId });
    return value.value;
  };
  const memories = await living("WebAssembly.Memory.prototype");
  return {
    nodes: metric("Nodes"),
    listeners: metric("JSEventListeners"),
    heap: metric("JSHeapUsedSize"),
    elements: (await living("customElements.get('cmg-entra-setup').prototype")).length,
    memories: memories.length,
    memory: memories.reduce((sum, bytes) => sum + bytes, 0),
  };
}

test("a hundred times put in and taken out, nothing is left behind", async ({ page }) => {
  test.setTimeout(240_000);
  const faults = await portalOf(page);
  await load(page);
  const debug = await page.context().newCDPSession(page);
  await debug.send("Performance.enable");
  const rounds = (count) =>
    page.evaluate(async (count) => {
      for (let round = 0; round < count; round++) {
        const part = document.createElement("cmg-entra-setup");
        const ready = new Promise((resolve) => part.addEventListener("ready", resolve));
        document.body.append(part);
        if (round % 5 === 4) {
          // Before it has begun, and while it begins.
          await (round % 10 === 4 ? undefined : new Promise((resolve) => requestAnimationFrame(resolve)));
          part.remove();
          continue;
        }
        await ready;
        part.shadowRoot.querySelector(".stack button").click();
        await new Promise((resolve) => requestAnimationFrame(resolve));
        part.remove();
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    }, count);
  // What is made once, with the first of them, is no leak.
  await rounds(10);
  const before = await counted(debug);
  await rounds(100);
  const after = await counted(debug);
  test.info().annotations.push({ type: "measured", description: JSON.stringify({ before, after }) });
  expect(after.elements).toBe(0);
  expect(after.memories).toBe(1);
  // Those it draws in are kept for the next: a few, not a few for each.
  expect(after.nodes - before.nodes).toBeLessThan(50);
  expect(after.listeners - before.listeners).toBeLessThan(15);
  // Yew keeps what it listened with: 1.3 kB each time. A stage that stayed would be many times that.
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

/** How many colour values of two pictures differ. The edge of a sharp icon varies by an eighth from one drawing to the next. */
function differing(page, ...pictures) {
  return page.evaluate(
    async (pictures) => {
      const [one, other] = await Promise.all(
        pictures.map(async (text) => {
          const picture = await createImageBitmap(new Blob([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))]));
          const { width, height } = picture;
          const canvas = new OffscreenCanvas(width, height).getContext("2d");
          canvas.drawImage(picture, 0, 0);
          return [width, height, ...canvas.getImageData(0, 0, width, height).data];
        }),
      );
      return Math.abs(one.length - other.length) + one.filter((value, at) => Math.abs(value - other[at]) > 48).length;
    },
    pictures.map((picture) => picture.toString("base64")),
  );
}

test("the styles of the page around it do not come in, however hostile they are", async ({ page }) => {
  await page.setViewportSize({ width: 900, height: 1600 });
  const body = "<cmg-entra-setup></cmg-entra-setup>";
  const faults = await portalOf(page, { style: "body { margin: 0 } cmg-entra-setup { display: block }", body });
  await load(page);
  const part = page.locator("cmg-entra-setup");
  await expect(heading(part)).toHaveText(start);
  const shot = () => part.screenshot({ animations: "disabled", caret: "hide" });
  const looks = () =>
    page.evaluate(() => {
      const root = document.querySelector("cmg-entra-setup").shadowRoot;
      return [...root.querySelectorAll("*")].map((element) => {
        const style = getComputedStyle(element);
        const all = [...style].map((name) => `${name}: ${style.getPropertyValue(name)}`);
        return [element.tagName, element.className, ...all].join("; ");
      });
    });
  const before = [await shot(), await looks()];
  await page.evaluate((hostile) => {
    const style = document.createElement("style");
    style.textContent = hostile;
    document.head.append(style);
  }, hostile);
  const after = [await shot(), await looks()];
  const changed = after[1].flatMap((text, index) => {
    const was = new Set(before[1][index].split("; "));
    const now = text.split("; ").filter((line) => !was.has(line));
    return now.length ? [`${text.slice(0, 40)}: ${now.slice(0, 6).join("; ")}`] : [];
  });
  expect(changed.slice(0, 10)).toEqual([]);
  expect(await differing(page, before[0], after[0]), "the pictures are the same").toBe(0);
  expect(faults).toEqual([]);
});

test("its own styles do not come out: the page around it looks as it did, and its window is left alone", async ({ page }) => {
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
          // As high as what is in them, and that is more now.
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
      focus: document.activeElement.tagName,
    }));
  const before = [await looks(), await world()];
  await page.evaluate(async () => {
    const { mount } = await import("/cmg/embed.js");
    window.part = await mount(document.getElementById("place"), { theme: "dark" });
  });
  const part = page.locator("#place");
  await expect(heading(part)).toHaveText(start);
  await part.getByRole("button", { name: "Set up", exact: true }).click();
  await expect(heading(part)).toHaveText("Azure service");
  expect(await looks()).toEqual(before[0]);
  await page.evaluate(() => {
    part.unmount();
    delete window.part;
  });
  await expect(part.locator(".frame")).toHaveCount(0);
  expect(await world()).toEqual(before[1]);
  expect(faults).toEqual([]);
});

/** Puts one in and says how that ended. */
const mounted = (page, options = "{}", from = "/cmg/embed.js") =>
  page.evaluate(
    async ([options, from]) => {
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
    [options, from],
  );

for (const [what, remove] of [
  ["WebAssembly", () => delete window.WebAssembly],
  ["IndexedDB", () => delete window.indexedDB],
]) {
  test(`a browser without ${what} is told as one, before anything is loaded`, async ({ page }) => {
    const asked = [];
    await page.addInitScript(remove);
    const faults = await portalOf(page, { change: (name, body) => (asked.push(name), body) });
    expect(await mounted(page)).toBe("lacking");
    expect(asked).toEqual(["embed.js"]);
    // An error of the portal's own is still the portal's own.
    await page.evaluate(() => dispatchEvent(new ErrorEvent("error", { error: new RangeError("the portal's") })));
    expect(faults).toEqual([]);
  });
}

test("a RangeError of the portal's own leaves the page in it alone, one of the program's stops it", async ({ page }) => {
  await portalOf(page);
  expect(await mounted(page)).toBe("mounted");
  const hear = (file) =>
    page.evaluate((file) => {
      const url = performance.getEntriesByType("resource").find(({ name }) => new RegExp(file).test(name)).name;
      const error = Object.defineProperty(new RangeError("deep"), "stack", { value: `RangeError: deep\n    at f (${url}:1:1)` });
      dispatchEvent(new ErrorEvent("error", { error }));
    }, file);
  await page.evaluate(() => dispatchEvent(new ErrorEvent("error", { error: new RangeError("the portal's") })));
  await expect(heading(page.locator(".place"))).toHaveText(start);
  await hear("embed\\.js$");
  await expect(page.locator(".place")).toContainText("CMG Entra Setup has stopped because of a fault.");
});

for (const [what, options] of [
  ["an option nobody knows", "{ clientId: 'x' }"],
  ["a token in place of a function", "{ acquireToken: 'token' }"],
  ["a theme nobody knows", "{ theme: 'blue' }"],
  ["a place that is no text", "{ place: {} }"],
  ["a key with other signs", "{ key: 'a b' }"],
  ["events for no function", "{ onEvent: [] }"],
  ["settings that hold themselves", "(() => { const config = {}; config.config = config; return { config }; })()"],
  ["settings that are a function", "{ config: () => 1 }"],
  ["settings that hold a function", "{ config: { clients: [() => 1] } }"],
]) {
  test(`${what} is refused in words, before anything is loaded`, async ({ page }) => {
    const asked = [];
    await portalOf(page, { change: (name, body) => (asked.push(name), body) });
    expect(await mounted(page, options)).toBe("options");
    expect(asked).toEqual(["embed.js"]);
  });
}

for (const [what, options] of [
  ["a key nobody knows", "{ config: { client: 'x' } }"],
  ["a wrong client ID", "{ config: { clients: { public: 'x' } } }"],
  ["a text", "{ config: 'x' }"],
]) {
  test(`as settings, ${what} is refused in words`, async ({ page }) => {
    await portalOf(page);
    expect(await mounted(page, options)).toBe("settings");
    expect(await mounted(page), "and the next one starts").toBe("mounted");
  });
}

for (const kind of [/_bg\.wasm$/, /^tokens-.*\.css$/, /^components-.*\.css$/]) {
  for (const [what, broken] of [
    ["is changed in one byte", spoil],
    ["is missing", () => undefined],
  ]) {
    test(`if ${kind} ${what} nothing starts; with the right one it does`, async ({ page }) => {
      let isBroken = true;
      await portalOf(page, { change: (name, body) => (isBroken && kind.test(name) ? broken(name, body) : body) });
      expect(await mounted(page)).toBe("mismatch");
      await expect(page.locator(".place h1")).toHaveCount(0);
      isBroken = false;
      await page.reload();
      expect(await mounted(page)).toBe("mounted");
    });
  }
}

test("from another address it starts where that allows it and the portal signs in, and nowhere else", async ({ page }) => {
  const beside = "https://files.test";
  const from = `${beside}/cmg/embed.js`;
  await portalOf(page, { beside, headers: { "access-control-allow-origin": "*" } });
  expect(await mounted(page, "{}", from)).toBe("elsewhere");
  expect(await mounted(page, "{ acquireToken: async () => '' }", from)).toBe("mounted");
  await expect(heading(page.locator(".place").last())).toHaveText(start);
});

test("how long it takes to start, inside a portal and by itself", async ({ browser }) => {
  test.skip(!process.env.MEASURE, "figures, not a test");
  test.setTimeout(240_000);
  const times = { inside: [], alone: [] };
  for (let round = 0; round < 10; round++) {
    for (const where of ["inside", "alone"]) {
      const context = await browser.newContext();
      const page = await context.newPage();
      await portalOf(page);
      await page.addInitScript(() => {
        const seen = () => {
          const root = document.querySelector("#place")?.shadowRoot ?? document;
          return root.querySelector("h1#title");
        };
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
  const median = (list) => Math.round((list.sort((a, b) => a - b)[4] + list[5]) / 2);
  console.log(JSON.stringify({ inside: median(times.inside), alone: median(times.alone), all: times }));
});

test("what a portal's scripts have added to the built-in prototypes is no option, no setting and no answer", async ({ page }) => {
  const faults = await portalOf(page);
  await load(page);
  const told = await page.evaluate(async (config) => {
    // As old libraries do, and as a polluted prototype looks.
    Array.prototype.toJSON = function () {
      return `[${this.join()}]`;
    };
    Object.prototype.toJSON = () => "polluted";
    Object.prototype.place = "#/nowhere?x=y";
    Object.prototype.theme = "polluted";
    Object.prototype.key = "!";
    Object.prototype.refused = "polluted";
    Object.prototype.accessToken = "polluted";
    // As options of `fetch`: each fails every request.
    Object.prototype.body = "polluted";
    Object.prototype.window = "polluted";
    const host = document.createElement("div");
    document.body.append(host);
    const { mount } = await import("/cmg/embed.js");
    const events = [];
    const part = await mount(host, {
      config,
      // Nothing: a token that stands in the prototype alone is none.
      acquireToken: async () => ({}),
      onEvent: (event) => events.push(event.type),
    });
    await new Promise((resolve) => setTimeout(resolve, 500));
    const text = host.shadowRoot.textContent;
    part.unmount();
    for (const name of ["toJSON", "place", "theme", "key", "refused", "accessToken", "body", "window"]) {
      delete Object.prototype[name];
    }
    delete Array.prototype.toJSON;
    return { text, events };
  }, config);
  expect(told.text).toContain(start);
  expect(told.events).toContain("cmg-entra-setup.ready");
  expect(faults).toEqual([]);
});
