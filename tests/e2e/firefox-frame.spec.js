// The page inside a parent page in Firefox, which separates a frame of another site from the windows that the frame opens.
import { expect, test } from "@playwright/test";
import puppeteer from "puppeteer-core";

import { address, examples, framed, portals, start } from "./emulator.js";
import { takeOutAndPutIn } from "./engines.js";
import { arrived, contentFrame, find, found, press } from "./firefox.js";

/** @import { Browser, ElementHandle, Frame, Page } from "puppeteer-core" */
/** @import { Emulator } from "./emulator.js" */

const bridge = `${address}bridge.html`;
const refusal = "This page does not run inside another page";
const ready = "Azure service";

/** @type {Emulator} */
let emulator;
/** @type {Browser} */
let browser;

test.beforeAll(async () => {
  emulator = await start(framed);
  browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: process.env.FIREFOX,
    headless: true,
    acceptInsecureCerts: true,
    extraPrefsFirefox: {
      "network.proxy.type": 1,
      "network.proxy.ssl": "127.0.0.1",
      "network.proxy.ssl_port": emulator.proxyPort,
      "network.captive-portal-service.enabled": false,
      "network.connectivity-service.enabled": false,
      // The default for users: a window opens only after a click.
      "dom.disable_open_during_load": true,
    },
  });
  const desk = await browser.newPage();
  await desk.goto("https://emulator.test/counts");
  const status = await desk.evaluate(
    async (body) => (await fetch("/modes", { method: "POST", body })).status,
    JSON.stringify({ pages: [address, bridge, `${examples.strict}cmg/bridge.html`] }),
  );
  expect(status).toBe(200);
  await desk.close();
});

test.afterAll(async () => {
  await browser?.close();
  await emulator?.stop();
});

/**
 * Opens a portal with the page in a frame.
 * @param {string} at
 * @param {Record<string, string>} [more] Query parameters of the portal.
 */
async function hold(at, more = {}) {
  const page = await browser.newPage();
  await page.goto(`${at}?${new URLSearchParams({ src: `${address}#/azure-service`, ...more }).toString()}`);
  const frame = await contentFrame(page);
  await frame.evaluate(() => {
    window.violations = [];
    addEventListener("securitypolicyviolation", (event) => window.violations.push(`${event.effectiveDirective} ${event.blockedURI}`));
  });
  return { page, frame };
}

/**
 * Opens the sign-in window with this action.
 * @param {() => Promise<void>} open
 */
async function popupOf(open) {
  /** @type {Promise<import("puppeteer-core").Target>} */
  const opening = new Promise((resolve) => browser.once("targetcreated", resolve));
  await open();
  return found(await (await opening).page());
}

/**
 * Selects Sign in and returns the window that opens.
 * @param {Frame} frame
 */
async function begin(frame) {
  await found(await frame.waitForSelector("#tenant")).type("fabrikam.com");
  return popupOf(() => press(frame, "Sign in"));
}

test("an admin signs in inside a portal on the same site", async () => {
  const { page, frame } = await hold(portals.sameSite);
  await arrived(frame, ready);
  const popup = await begin(frame);
  await (await find(popup, '//button[@value="admin@fabrikam.com"]')).click();
  await press(popup, "Accept");
  await find(frame, '//*[@role="status"][contains(., "Signed in as admin@fabrikam.com.")]/..');
  await expect.poll(async () => (await browser.pages()).includes(popup)).toBe(false);
  expect(await frame.evaluate(() => window.violations)).toEqual([]);
  await page.close();
});

test("inside a portal on another site, the page and the sign-in window cannot communicate, and both report it", async () => {
  const { page, frame } = await hold(portals.otherSite);
  await arrived(frame, ready);
  const popup = await begin(frame);
  await arrived(popup, "The page that opened this window cannot be reached");
  expect(popup.url()).toBe(bridge);
  // A page in the background is not drawn, so its elements are not visible.
  await popup.close();
  await page.bringToFront();
  await find(frame, '//*[.="The sign-in window could not be used"]');
  const link = await find(frame, '//a[.="Open in a separate tab"]');
  const parts = await /** @type {ElementHandle<HTMLAnchorElement>} */ (link).evaluate(({ href, target, rel }) => [href, target, rel]);
  expect(parts).toEqual([address, "_blank", "noopener"]);
  await page.close();
});

test("a portal that hides its origin can send a message with it", async () => {
  const { page, frame } = await hold(portals.sameSite, { referrerpolicy: "no-referrer" });
  expect(await frame.evaluate(() => location.ancestorOrigins?.[0] ?? "null")).toBe("null");
  await arrived(frame, ready);
  await page.close();
});

test("a portal that hides its origin and sends no message is refused", async () => {
  const { page, frame } = await hold(portals.sameSite, { referrerpolicy: "no-referrer", introduce: "no" });
  await arrived(frame, refusal);
  await page.close();
});

for (const at of /** @type {const} */ (["unlisted", "suffixed", "prefixed"])) {
  test(`a portal at ${portals[at]} is refused, with and without its origin`, async () => {
    for (const more of /** @type {Record<string, string>[]} */ ([{}, { referrerpolicy: "no-referrer" }])) {
      const { page, frame } = await hold(portals[at], more);
      await arrived(frame, refusal);
      await page.close();
    }
  });
}

test("only the parent page can send its origin, and only with the exact message", async () => {
  const { page, frame } = await hold(portals.sameSite, { referrerpolicy: "no-referrer", introduce: "no" });
  // From another frame of the same allowed origin; and from the parent page with other messages.
  await page.evaluate((to) => {
    const beside = document.createElement("iframe");
    beside.src = "portal.css";
    beside.addEventListener("load", () =>
      beside.contentWindow?.eval(`parent.frames[0].postMessage({ type: "cmg-entra-setup.parent", version: 1 }, "${to}")`),
    );
    document.body.append(beside);
    /** @param {unknown} message */
    const say = (message) => document.querySelector("iframe")?.contentWindow?.postMessage(message, to);
    const type = "cmg-entra-setup.parent";
    [null, type, {}, { type }, { type, version: "1" }, { type, version: 2 }, { type, version: 1, more: "x" }, [type, 1]].forEach(say);
  }, new URL(address).origin);
  await arrived(frame, refusal);
  await page.close();
});

test("the example portal receives events, sizes the frame and sends its theme; an invalid theme changes nothing", async () => {
  const page = await browser.newPage();
  await page.goto(examples.frame);
  const frame = await contentFrame(page);
  await arrived(frame, "Set up Microsoft Entra ID for a cloud management gateway");
  const told = () => page.$$eval("#events > li", (lines) => lines.map((line) => JSON.parse(line.textContent ?? "").type));
  await expect.poll(told).toContain("cmg-entra-setup.ready");
  await expect.poll(() => frame.evaluate(() => document.documentElement.scrollHeight === innerHeight)).toBe(true);
  const ground = () => frame.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  /** @param {string} name */
  const theme = (name) => page.select("#theme", name);
  await theme("light");
  await expect.poll(() => frame.evaluate(() => document.documentElement.dataset.theme)).toBe("light");
  const light = await ground();
  await theme("dark");
  await expect.poll(ground).not.toBe(light);
  await frame.evaluate(() => {
    window.themes = [];
    const root = document.documentElement;
    new MutationObserver(() => window.themes.push(root.dataset.theme)).observe(root, { attributes: true });
  });
  await page.evaluate((to) => {
    const type = "cmg-entra-setup.theme";
    const version = 1;
    const theme = "light";
    const contentWindow = document.querySelector("iframe")?.contentWindow;
    /** @type {unknown[]} */
    const odd = [null, type, "x".repeat(1 << 20), { type, version }, { type, version, theme: "Dark" }, { type, version: 2, theme }];
    odd.push({ type, version, theme, more: 1 }, Object.assign([], { type, version, theme }), new Map([["type", type]]), new ArrayBuffer(1 << 20));
    odd.push({ type, version, theme: [theme] }, new Blob([theme], { type }), { type, version: "1", theme });
    odd.forEach((message) => contentWindow?.postMessage(message, to));
    const beside = document.createElement("iframe");
    document.body.append(beside);
    beside.contentWindow?.eval(`parent.frames[0].postMessage({ type: "${type}", version: 1, theme: "light" }, "${to}")`);
  }, new URL(address).origin);
  await theme("system");
  await expect.poll(() => frame.evaluate(() => window.themes)).toEqual(["system"]);
  await page.close();
});

test("as a module under the strictest policy, the page starts, signs in with a window, and can be removed and inserted", async () => {
  const page = await browser.newPage();
  await page.evaluateOnNewDocument(() => {
    window.violations = [];
    addEventListener("securitypolicyviolation", (event) => window.violations.push(`${event.effectiveDirective} ${event.blockedURI}`));
  });
  await page.goto(examples.strict);
  /**
   * An element in the shadow root, which XPath cannot reach.
   * @param {string} selector
   * @param {string} [text]
   */
  const inside = async (selector, text = "") => {
    /** @type {ElementHandle<Element> | null} */
    let element = null;
    const look = async () => {
      const handle = await page.evaluateHandle(
        (selector, text) =>
          [...(document.querySelector("cmg-entra-setup")?.shadowRoot?.querySelectorAll(selector) ?? [])]
            .filter((element) => element.textContent?.trim().includes(text) && element.checkVisibility())
            .at(-1),
        selector,
        text,
      );
      element = /** @type {ElementHandle<Element> | null} */ (handle.asElement());
      return element !== null;
    };
    await expect.poll(look, { timeout: 30_000 }).toBe(true);
    return found(/** @type {ElementHandle<Element> | null} */ (element));
  };
  /** @param {string} text */
  const said = (text) => inside("h1", text);
  /** @param {string} name */
  const pressed = async (name) => (await inside(".stack button, .frame-foot button", name)).click();
  await said("Set up Microsoft Entra ID for a cloud management gateway");
  for (let round = 0; round < 3; round++) {
    await page.evaluate(takeOutAndPutIn);
    await said("Set up Microsoft Entra ID for a cloud management gateway");
  }
  await pressed("Set up");
  await (await inside("#tenant")).type("fabrikam.com");
  const popup = await popupOf(() => pressed("Sign in"));
  await (await find(popup, '//button[@value="admin@fabrikam.com"]')).click();
  // If an earlier test gave consent, the sign-in page does not ask again and the window closes.
  const accept = popup
    .waitForSelector('::-p-xpath(//button[normalize-space()="Accept"])')
    .then((button) => button?.click())
    .catch(() => undefined);
  await inside("[role=status], [role=status] *", "Signed in as admin@fabrikam.com.");
  await accept;
  expect(await page.evaluate(() => window.violations)).toEqual([]);
  await page.close();
});
