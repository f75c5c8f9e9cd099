// The messages between the page in a frame and its parent page: only to each other, only in the documented format, and only after the page
// has checked the parent.
import { expect, test } from "@playwright/test";

import { config } from "./emulator.js";
import { isUncovered } from "./framed.js";
import { button, heading } from "./locators.js";
import { address, publish } from "./site.js";

/** @import { BrowserContext, FrameLocator, Page } from "@playwright/test" */
/** @import { Root } from "./locators.js" */

const portal = "https://portal.cmg-entra-setup.test/";
const title = "Set up Microsoft Entra ID for a cloud management gateway";
const german = "Microsoft Entra ID für ein Cloudverwaltungsgateway einrichten";
const refusal = "This page does not run inside another page";
const origin = new URL(address).origin;

/**
 * Publishes the page with these allowed parent pages.
 * @param {BrowserContext} context
 * @param {string[]} [parents]
 */
async function host(context, parents = [new URL(portal).origin]) {
  const settings = JSON.stringify({ ...config, parents });
  return publish(context, { change: (name, body) => (name === "config.json" ? settings : body) });
}

/**
 * Opens a parent page with the page in a frame. The parent page records all messages from every origin.
 * @param {Page} page
 * @param {{ at?: string, headers?: Record<string, string>, frame?: string, src?: string }} [options]
 */
async function hold(page, { at = portal, headers = {}, frame = 'width="900" height="600"', src = address } = {}) {
  const body = `<!doctype html><title>a</title><script>
    heard = [];
    addEventListener("message", ({ origin, data }) => heard.push({ origin, data }));
  </script><iframe src="${src}" title="a" ${frame}></iframe>`;
  await page.route(`${at}**`, (route) => route.fulfill({ contentType: "text/html", headers, body }));
  await page.goto(at);
  return page.frameLocator("iframe").first();
}

/** @param {Page} page */
const heard = (page) => page.evaluate(() => window.heard);
/** @param {Page} page */
const names = async (page) => (await heard(page)).map(({ data }) => data.type.replace("cmg-entra-setup.", ""));
/** @param {Page} page */
const heights = async (page) => (await heard(page)).flatMap(({ data }) => data.height ?? []);
/** @param {Root} frame */
const themeOf = (frame) => frame.locator(":root").evaluate((root) => root.dataset.theme);
/**
 * Records every theme from now on: the last one does not show the themes before it.
 * @param {FrameLocator} frame
 */
const watchThemes = (frame) =>
  frame.locator(":root").evaluate((root) => {
    window.themes = [];
    new MutationObserver(() => window.themes.push(root.dataset.theme)).observe(root, { attributes: true });
  });
/** @param {FrameLocator} frame */
const themes = (frame) => frame.locator(":root").evaluate(() => window.themes);
/** @param {FrameLocator} frame */
const ground = (frame) => frame.locator(":root").evaluate((root) => getComputedStyle(root).backgroundColor);

/**
 * Sends a message from the parent page to the frame, with the page's origin as target.
 * @type {(page: Page, message: object) => Promise<void>}
 */
const say = (page, message) =>
  page.evaluate(({ message, to }) => document.querySelector("iframe")?.contentWindow?.postMessage(message, to), { message, to: origin });
/** @param {string} theme */
const theme = (theme) => ({ type: "cmg-entra-setup.theme", version: 1, theme });

test("the page sends only that it is ready and its height, from its own origin", async ({ context, page }) => {
  const seen = await host(context);
  const frame = await hold(page);
  await expect(heading(frame)).toHaveText(title);
  await expect.poll(() => names(page)).toContain("ready");
  const all = await heard(page);
  expect(new Set(all.map(({ origin }) => origin))).toEqual(new Set([origin]));
  for (const { data } of all) {
    if (data.type === "cmg-entra-setup.ready") {
      expect(data).toEqual({ type: data.type, version: 1, toolVersion: expect.stringMatching(/^\d+\.\d+\.\d+/) });
    } else {
      expect(data).toEqual({ type: "cmg-entra-setup.height", version: 1, height: expect.any(Number) });
      expect(Number.isInteger(data.height)).toBe(true);
    }
  }
  expect((await names(page)).filter((name) => name === "ready")).toHaveLength(1);
  expect(seen.violations).toEqual([]);
});

test("a frame with the reported height follows the page's height and becomes stable", async ({ context, page }) => {
  await host(context);
  const frame = await hold(page, { frame: 'style="width: 900px; height: 3000px"' });
  await page.evaluate(() =>
    addEventListener("message", ({ data }) => {
      const frame = document.querySelector("iframe");
      if (data.type === "cmg-entra-setup.height" && frame) {
        frame.style.height = `${data.height}px`;
      }
    }),
  );
  /** @param {string} width */
  const resize = (width) => page.locator("iframe").evaluate((frame, width) => (frame.style.width = width), width);
  await resize("880px");
  await expect(heading(frame)).toHaveText(title);
  const fits = () =>
    frame.locator(":root").evaluate((root) => [root.scrollHeight === innerHeight, root.getBoundingClientRect().height <= innerHeight]);
  await expect.poll(fits).toEqual([true, true]);
  const first = (await heights(page)).at(-1) ?? 0;
  expect(first).toBeGreaterThan(0);
  expect(first).toBeLessThan(3000);
  // In a narrow frame, the page has one column and is higher.
  await resize("360px");
  await expect.poll(async () => (await heights(page)).at(-1)).toBeGreaterThan(first);
  await expect.poll(fits).toEqual([true, true]);
  await resize("880px");
  await expect.poll(async () => (await heights(page)).at(-1)).toBe(first);
  await expect.poll(fits).toEqual([true, true]);
  expect((await heights(page)).length, "the height does not oscillate").toBeLessThan(20);
});

test("the page takes the theme of its parent page, at the start and after each change", async ({ context, page }) => {
  await host(context);
  await page.emulateMedia({ colorScheme: "light" });
  const frame = await hold(page);
  await expect(heading(frame)).toHaveText(title);
  const light = await ground(frame);
  await say(page, theme("dark"));
  await expect.poll(() => ground(frame)).not.toBe(light);
  const dark = await ground(frame);
  await say(page, theme("light"));
  await expect.poll(() => ground(frame)).toBe(light);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await ground(frame), "the portal's theme has priority").toBe(light);
  await say(page, theme("system"));
  await expect.poll(() => ground(frame)).toBe(dark);
});

test("a theme sent before the check of the parent page is taken after it", async ({ context, page }) => {
  /** @type {(value?: unknown) => void} */
  let answer = () => {};
  const asked = new Promise((resolve) => (answer = resolve));
  await host(context);
  await page.route(`${address}config.json`, async (route) => {
    await asked;
    await route.fulfill({ contentType: "application/json", body: JSON.stringify({ ...config, parents: [new URL(portal).origin] }) });
  });
  const frame = await hold(page);
  await say(page, theme("dark"));
  expect(await themeOf(frame)).toBe(undefined);
  answer();
  await expect(heading(frame)).toHaveText(title);
  expect(await themeOf(frame)).toBe("dark");
});

test("the page takes the language of its parent page until the admin chooses one", async ({ context, page }) => {
  await host(context);
  const frame = await hold(page);
  await expect(heading(frame)).toHaveText(title);
  /** @param {unknown} language */
  const sayLanguage = (language) => say(page, { type: "cmg-entra-setup.language", version: 1, language });
  await sayLanguage("de-AT");
  await expect(heading(frame)).toHaveText(german);
  expect(await frame.locator(":root").getAttribute("lang")).toBe("de");
  for (const odd of ["fr", "", null, ["en"], { tag: "en" }, "en".repeat(10_000)]) {
    await sayLanguage(odd);
  }
  await say(page, theme("dark"));
  await expect.poll(() => themeOf(frame)).toBe("dark");
  await expect(heading(frame)).toHaveText(german);
  await frame.locator("select[name=language]").selectOption("English");
  await expect(heading(frame)).toHaveText(title);
  await sayLanguage("de");
  await say(page, theme("light"));
  await expect.poll(() => themeOf(frame)).toBe("light");
  await expect(heading(frame)).toHaveText(title);
});

/**
 * Runs in the parent page: sends every kind of message that is no valid theme. Returns their number.
 * @param {string} to
 */
function sayOddThings(to) {
  const contentWindow = document.querySelector("iframe")?.contentWindow;
  const type = "cmg-entra-setup.theme";
  const version = 1;
  const theme = "light";
  const long = "x".repeat(1 << 20);
  let deep = {};
  for (let depth = 0; depth < 2000; depth++) {
    deep = { deep };
  }
  /** @type {Record<string, unknown>} */
  const ring = { type, version, theme };
  ring.ring = ring;
  /** @param {object} of */
  const named = (of) => Object.assign(of, { type, version, theme });
  /** @type {unknown[]} */
  const odd = [
    null,
    undefined,
    0,
    NaN,
    1n,
    true,
    "",
    type,
    long,
    JSON.stringify({ type, version, theme }),
    {},
    { type },
    { type, version },
    { type, theme },
    { version, theme },
    { type, version, theme, more: 1 },
    { type, version, theme: "Dark" },
    { type, version, theme: "" },
    { type, version, theme: long },
    { type, version, theme: null },
    { type, version, theme: ["light"] },
    { type, version, theme: { theme } },
    { type, version, theme: new String("light") },
    { type, version: "1", theme },
    { type, version: 2, theme },
    { type, version: true, theme },
    { type, version: 1n, theme },
    { type: [type], version, theme },
    { type: new String(type), version, theme },
    { type: "cmg-entra-setup.Theme", version, theme },
    { type: "cmg-entra-setup.theme ", version, theme },
    { type: long, version, theme },
    { type, version, [long]: theme },
    { type: "cmg-entra-setup.tell", version, theme },
    { type: "cmg-entra-setup.height", version, height: 1 },
    { type: "cmg-entra-setup.parent", version, theme },
    { ["__proto__"]: { type, version, theme } },
    JSON.parse(`{ "__proto__": { "theme": "light" }, "type": "${type}", "version": 1 }`),
    named([]),
    named(new Date()),
    named(/x/),
    named(new Error("x")),
    named(new Boolean(true)),
    [type, version, theme],
    new Map(Object.entries({ type, version, theme })),
    new Set([type, version, theme]),
    new Blob([theme], { type }),
    new File([theme], theme, { type }),
    new ArrayBuffer(1 << 20),
    new Uint8Array(1 << 20),
    new DOMException(type, type),
    new ImageData(1, 1),
    deep,
    ring,
    Array.from({ length: 100_000 }, () => type),
    Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`k${n}`, n])),
  ];
  if (!contentWindow) {
    return 0;
  }
  for (const message of odd) {
    contentWindow.postMessage(message, to);
  }
  const { port1, port2 } = new MessageChannel();
  contentWindow.postMessage({ type, version, theme: port1 }, to, [port1]);
  port2.postMessage({ type, version, theme });
  const stream = new ReadableStream();
  contentWindow.postMessage({ type, version, theme: stream }, to, [stream]);
  return odd.length + 3;
}

test("other messages of the portal change nothing, and the page continues", async ({ context, page }) => {
  const seen = await host(context);
  const frame = await hold(page);
  await expect(heading(frame)).toHaveText(title);
  await say(page, theme("dark"));
  await expect.poll(() => themeOf(frame)).toBe("dark");
  await watchThemes(frame);
  const told = (await heard(page)).length;
  const tried = await page.evaluate(sayOddThings, origin);
  expect(tried).toBeGreaterThan(50);
  // A valid message after all the others.
  await say(page, theme("system"));
  await expect.poll(() => themeOf(frame)).toBe("system");
  expect(await themes(frame)).toEqual(["system"]);
  const changes = await frame.locator(":root").evaluate((root) => [...root.attributes].map(({ name, value }) => `${name}=${value}`));
  expect(changes.sort()).toEqual(["class=notranslate", "data-theme=system", "dir=ltr", "lang=en", "translate=no"]);
  expect((await heard(page)).length, "the page does not reply").toBe(told);
  expect(seen.violations).toEqual([]);
  expect(seen.messages.filter((message) => /uncaught|error/.test(message))).toEqual([]);
});

test("thousands of messages do not stop the page", async ({ context, page }) => {
  test.setTimeout(120_000);
  const seen = await host(context);
  const frame = await hold(page);
  await expect(heading(frame)).toHaveText(title);
  await page.evaluate((to) => {
    const contentWindow = document.querySelector("iframe")?.contentWindow;
    const type = "cmg-entra-setup.theme";
    for (let n = 0; n < 20_000; n++) {
      contentWindow?.postMessage({ type, version: 1, theme: n % 2 ? "dark" : "light" }, to);
      contentWindow?.postMessage({ type, version: 1, theme: n }, to);
    }
  }, origin);
  await say(page, theme("system"));
  await expect.poll(() => themeOf(frame), { timeout: 60_000 }).toBe("system");
  const setUp = button(frame, "Set up");
  await isUncovered(setUp);
  await setUp.click();
  await expect(heading(frame)).toHaveText("Azure service");
  expect(seen.violations).toEqual([]);
});

test("a valid message from another window is ignored: another frame, a window that the portal opened, the page itself", async ({ context, page }) => {
  await host(context);
  const frame = await hold(page);
  await expect(heading(frame)).toHaveText(title);
  await say(page, theme("dark"));
  await expect.poll(() => themeOf(frame)).toBe("dark");
  await watchThemes(frame);
  const light = theme("light");
  const beside = await page.evaluate(
    async ({ light, to }) => {
      const one = Object.assign(document.createElement("iframe"), { src: "/beside" });
      document.body.append(one);
      await new Promise((resolve) => one.addEventListener("load", resolve));
      one.contentWindow?.eval(`parent.frames[0].postMessage(${JSON.stringify(light)}, "${to}")`);
      return one.contentWindow?.origin;
    },
    { light, to: origin },
  );
  expect(beside, "has the allowed origin").toBe(new URL(portal).origin);
  const opening = page.waitForEvent("popup");
  await page.evaluate(() => void open("/opened"));
  const opened = await opening;
  await opened.waitForLoadState();
  await opened.evaluate(({ light, to }) => opener.frames[0].postMessage(light, to), { light, to: origin });
  await page.frames()[1]?.evaluate((light) => postMessage(light, location.origin), light);
  // A valid message after all the others.
  await say(page, theme("system"));
  await expect.poll(() => themeOf(frame)).toBe("system");
  expect(await themes(frame)).toEqual(["system"]);
});

/** @type {[string, string, object][]} */
const refused = [
  ["a name that begins like an allowed one", "https://portal.cmg-entra-setup.test.evil.test/", {}],
  ["a name that ends like an allowed one", "https://evil-portal.cmg-entra-setup.test/", {}],
  ["another port", "https://portal.cmg-entra-setup.test:8443/", {}],
  ["no HTTPS", "http://portal.cmg-entra-setup.test/", {}],
  ["no origin", portal, { headers: { "content-security-policy": "sandbox allow-scripts" } }],
  ["no origin for the frame", portal, { frame: 'sandbox="allow-scripts"' }],
];
for (const [what, at, more] of refused) {
  test(`a portal with ${what} receives no message, and its theme is not taken`, async ({ context, page }) => {
    await host(context, [new URL(portal).origin, "null", "http://portal.cmg-entra-setup.test"]);
    const frame = await hold(page, { at, ...more });
    await page.evaluate((theme) => {
      const frame = document.querySelector("iframe");
      frame?.addEventListener("load", () => frame.contentWindow?.postMessage(theme, "*"));
    }, theme("dark"));
    await expect(heading(frame)).toHaveText(refusal);
    await page.evaluate((theme) => document.querySelector("iframe")?.contentWindow?.postMessage(theme, "*"), theme("dark"));
    // After the theme in the message queue of the same window.
    await frame.locator(":root").evaluate(() => new Promise((resolve) => {
      addEventListener("message", ({ data }) => data === "last" && resolve(undefined));
      postMessage("last", "*");
    }));
    expect(await themeOf(frame)).toBe(undefined);
    expect(await heard(page)).toEqual([]);
  });
}

test("an allowed portal that navigates to another site ends the page, and the new site receives no message", async ({ context, page }) => {
  await host(context);
  const frame = await hold(page);
  await expect(heading(frame)).toHaveText(title);
  await page.evaluate(() => history.pushState(null, "", "/another/place"));
  await say(page, theme("dark"));
  await expect.poll(() => themeOf(frame), { message: "another path is the same portal" }).toBe("dark");
  const elsewhere = "https://elsewhere.cmg-entra-setup.test/";
  const there = await hold(page, { at: elsewhere });
  await expect(heading(there)).toHaveText(refusal);
  expect(await heard(page)).toEqual([]);
  await page.goBack();
  await expect(heading(page.frameLocator("iframe").first())).toHaveText(title);
  await expect.poll(() => names(page)).toContain("ready");
});

test("a frame that is removed and inserted checks its parent again, and the old one sends nothing", async ({ context, page }) => {
  test.setTimeout(120_000);
  const seen = await host(context);
  const frame = await hold(page);
  await expect(heading(frame)).toHaveText(title);
  for (let round = 0; round < 10; round++) {
    await page.locator("iframe").evaluate((frame) => {
      window.heard.length = 0;
      frame.remove();
      document.body.append(frame);
    });
    await expect.poll(() => names(page)).toContain("ready");
    expect((await names(page)).filter((name) => name === "ready")).toHaveLength(1);
  }
  await expect(heading(frame)).toHaveText(title);
  // Removed while it starts.
  await page.locator("iframe").evaluate(async (frame) => {
    for (let round = 0; round < 20; round++) {
      frame.remove();
      document.body.append(frame);
      if (round % 2) {
        await new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
      }
    }
    frame.remove();
    window.heard.length = 0;
    document.body.append(frame);
  });
  await expect.poll(() => names(page)).toContain("ready");
  expect((await names(page)).filter((name) => name === "ready")).toHaveLength(1);
  expect(seen.violations).toEqual([]);
  expect(seen.messages.filter((message) => /uncaught/.test(message))).toEqual([]);
});

test("without a frame, the page sends no message and takes no theme", async ({ context, page }) => {
  await host(context);
  await page.addInitScript(() => {
    window.heard = [];
    addEventListener("message", ({ data }) => window.heard.push(data));
  });
  await page.goto(address);
  await expect(heading(page)).toHaveText(title);
  const dark = theme("dark");
  await page.evaluate((dark) => postMessage(dark, location.origin), dark);
  await expect.poll(() => page.evaluate(() => window.heard)).toEqual([dark]);
  expect(await themeOf(page)).toBe(undefined);
});
