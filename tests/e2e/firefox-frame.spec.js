// The page inside a portal's page in the other engine: Firefox, which keeps a frame of another site apart from the windows it opens.
import { expect, test } from "@playwright/test";
import puppeteer from "puppeteer-core";

import { takeOutAndPutIn } from "./engines.js";
import { address, examples, framed, portals, start } from "./emulator.js";

const bridge = `${address}bridge.html`;
const refusal = "This page does not run inside another page";
const ready = "Azure service";

let emulator;
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
      // As people have it: a window opens on a click and not otherwise.
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

const find = (page, path) => page.waitForSelector(`::-p-xpath(${path})`, { visible: true, timeout: 30_000 });
const press = async (page, name) => (await find(page, `(//button[normalize-space()="${name}"])[last()]`)).click();
const arrived = (page, title) => find(page, `//h1[.="${title}"]`);

/** The page in a portal: the portal and the frame. */
async function hold(at, more = {}) {
  const page = await browser.newPage();
  await page.goto(`${at}?${new URLSearchParams({ src: `${address}#/azure-service`, ...more })}`);
  const frame = await (await page.waitForSelector("iframe")).contentFrame();
  await frame.evaluate(() => {
    window.violations = [];
    addEventListener("securitypolicyviolation", (event) => window.violations.push(`${event.effectiveDirective} ${event.blockedURI}`));
  });
  return { page, frame };
}

/** Presses Sign in; the window that opens. */
async function begin(frame) {
  await (await frame.waitForSelector("#tenant")).type("fabrikam.com");
  const opening = new Promise((resolve) => browser.once("targetcreated", resolve));
  await press(frame, "Sign in");
  return (await opening).page();
}

test("an admin signs in inside a portal of the same site", async () => {
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

test("inside a portal of another site neither window reaches the other, and both say so", async () => {
  const { page, frame } = await hold(portals.otherSite);
  await arrived(frame, ready);
  const popup = await begin(frame);
  await arrived(popup, "The page that opened this window cannot be reached");
  expect(popup.url()).toBe(bridge);
  // A page behind a window draws nothing, and so nothing is found in it.
  await popup.close();
  await page.bringToFront();
  await find(frame, '//*[.="The sign-in window could not be used"]');
  const link = await find(frame, '//a[.="Open in a separate tab"]');
  expect(await link.evaluate(({ href, target, rel }) => [href, target, rel])).toEqual([address, "_blank", "noopener"]);
  await page.close();
});

test("a portal that hides its name may introduce itself", async () => {
  const { page, frame } = await hold(portals.sameSite, { referrerpolicy: "no-referrer" });
  expect(await frame.evaluate(() => location.ancestorOrigins?.[0] ?? "null")).toBe("null");
  await arrived(frame, ready);
  await page.close();
});

test("a portal that hides its name and says nothing is refused", async () => {
  const { page, frame } = await hold(portals.sameSite, { referrerpolicy: "no-referrer", introduce: "no" });
  await arrived(frame, refusal);
  await page.close();
});

for (const at of ["unlisted", "suffixed", "prefixed"]) {
  test(`a portal under ${portals[at]} is refused, whether it hides its name or not`, async () => {
    for (const more of [{}, { referrerpolicy: "no-referrer" }]) {
      const { page, frame } = await hold(portals[at], more);
      await arrived(frame, refusal);
      await page.close();
    }
  });
}

test("only the page that holds this one can introduce itself, in these words", async () => {
  const { page, frame } = await hold(portals.sameSite, { referrerpolicy: "no-referrer", introduce: "no" });
  // From a frame beside it, of the same allowed origin; and from the right page in other words.
  await page.evaluate((to) => {
    const beside = document.createElement("iframe");
    beside.src = "portal.css";
    beside.addEventListener("load", () =>
      beside.contentWindow.eval(`parent.frames[0].postMessage({ type: "cmg-entra-setup.parent", version: 1 }, "${to}")`),
    );
    document.body.append(beside);
    const say = (message) => document.querySelector("iframe").contentWindow.postMessage(message, to);
    const type = "cmg-entra-setup.parent";
    [null, type, {}, { type }, { type, version: "1" }, { type, version: 2 }, { type, version: 1, more: "x" }, [type, 1]].forEach(say);
  }, new URL(address).origin);
  await arrived(frame, refusal);
  await page.close();
});

test("the example portal is told what happens, sizes the frame and hands its theme in; what is no theme changes nothing", async () => {
  const page = await browser.newPage();
  await page.goto(examples.frame);
  const frame = await (await page.waitForSelector("iframe")).contentFrame();
  await arrived(frame, "Set up Microsoft Entra ID for a cloud management gateway");
  const told = () => page.$$eval("#events > li", (lines) => lines.map((line) => JSON.parse(line.textContent).type));
  await expect.poll(told).toContain("cmg-entra-setup.ready");
  await expect.poll(() => frame.evaluate(() => document.documentElement.scrollHeight === innerHeight)).toBe(true);
  const ground = () => frame.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
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
    const [version, theme] = [1, "light"];
    const { contentWindow } = document.querySelector("iframe");
    const odd = [null, type, "x".repeat(1 << 20), { type, version }, { type, version, theme: "Dark" }, { type, version: 2, theme }];
    odd.push({ type, version, theme, more: 1 }, Object.assign([], { type, version, theme }), new Map([["type", type]]), new ArrayBuffer(1 << 20));
    odd.push({ type, version, theme: [theme] }, new Blob([theme], { type }), { type, version: "1", theme });
    odd.forEach((message) => contentWindow.postMessage(message, to));
    const beside = document.createElement("iframe");
    document.body.append(beside);
    beside.contentWindow.eval(`parent.frames[0].postMessage({ type: "${type}", version: 1, theme: "light" }, "${to}")`);
  }, new URL(address).origin);
  await theme("system");
  await expect.poll(() => frame.evaluate(() => window.themes)).toEqual(["system"]);
  await page.close();
});

test("as a module under the strictest policy it starts, signs in by a window, and can be taken out and put in", async () => {
  const page = await browser.newPage();
  await page.evaluateOnNewDocument(() => {
    window.violations = [];
    addEventListener("securitypolicyviolation", (event) => window.violations.push(`${event.effectiveDirective} ${event.blockedURI}`));
  });
  await page.goto(examples.strict);
  // No XPath leads into a shadow root.
  const inside = (selector, text = "") =>
    expect
      .poll(
        async () => {
          const found = await page.evaluateHandle(
            (selector, text) =>
              [...(document.querySelector("cmg-entra-setup")?.shadowRoot?.querySelectorAll(selector) ?? [])]
                .filter((element) => element.textContent.trim().includes(text) && element.checkVisibility())
                .at(-1),
            selector,
            text,
          );
          inside.found = found.asElement();
          return inside.found !== null;
        },
        { timeout: 30_000 },
      )
      .toBe(true)
      .then(() => inside.found);
  const said = (text) => inside("h1", text);
  const pressed = async (name) => (await inside(".stack button, .frame-foot button", name)).click();
  await said("Set up Microsoft Entra ID for a cloud management gateway");
  for (let round = 0; round < 3; round++) {
    await page.evaluate(takeOutAndPutIn);
    await said("Set up Microsoft Entra ID for a cloud management gateway");
  }
  await pressed("Set up");
  await (await inside("#tenant")).type("fabrikam.com");
  const opening = new Promise((resolve) => browser.once("targetcreated", resolve));
  await pressed("Sign in");
  const popup = await (await opening).page();
  await (await find(popup, '//button[@value="admin@fabrikam.com"]')).click();
  // Not asked again of somebody who has agreed in a test before this one: then the window closes by itself.
  const accept = popup
    .waitForSelector('::-p-xpath(//button[normalize-space()="Accept"])')
    .then((button) => button.click())
    .catch(() => undefined);
  await inside("[role=status], [role=status] *", "Signed in as admin@fabrikam.com.");
  await accept;
  expect(await page.evaluate(() => window.violations)).toEqual([]);
  await page.close();
});
