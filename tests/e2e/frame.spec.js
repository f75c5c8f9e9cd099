// The page in a frame: it starts only in the parent pages that the site owner lists, and explains the refusal in others. Also the page of
// the sign-in window, opened by other pages.
import { expect, test } from "@playwright/test";

import { config } from "./emulator.js";
import { isCovered, isUncovered } from "./framed.js";
import { button, heading } from "./locators.js";
import { look } from "./look.js";
import { address, publish } from "./site.js";

/** @import { BrowserContext, FrameLocator, Page } from "@playwright/test" */
/** @import { Seen } from "./site.js" */
/** @import { Root } from "./locators.js" */

const parents = ["https://portal.cmg-entra-setup.test", "https://portal.cmg-entra-setup.test:8444", "https://portal.partner.test"];
const title = "Set up Microsoft Entra ID for a cloud management gateway";
const refusal = "This page does not run inside another page";

/**
 * Publishes the page with these settings.
 * @type {(context: BrowserContext, settings?: object) => Promise<Seen>}
 */
const host = (context, settings = { ...config, parents }) =>
  publish(context, { change: (name, body) => (name === "config.json" ? JSON.stringify(settings) : body) });

/**
 * Opens a parent page at any address with a page in a frame.
 * @param {Page} page
 * @param {string} at
 * @param {{ src?: string, headers?: Record<string, string>, sandbox?: string }} [options]
 */
async function hold(page, at, { src = address, headers = {}, sandbox = "allow-scripts allow-same-origin allow-popups" } = {}) {
  const body = `<!doctype html><title>a</title><iframe src="${src}" title="a" sandbox="${sandbox}" width="600" height="500"></iframe>`;
  await page.route(`${at}**`, (route) => route.fulfill({ contentType: "text/html", headers, body }));
  await page.goto(at);
  return page.frameLocator("iframe");
}

for (const at of ["https://portal.cmg-entra-setup.test/any/path?x", "https://portal.cmg-entra-setup.test:8444/"]) {
  test(`the page starts inside ${at}, which the site owner lists`, async ({ context, page }) => {
    const seen = await host(context);
    const frame = await hold(page, at);
    await expect(heading(frame)).toHaveText(title);
    expect(seen.violations).toEqual([]);
    expect(seen.strangers).toEqual([]);
  });
}

test("on another site, where the browser blocks its storage, the page reports it and offers its own tab", async ({ context, page }) => {
  const seen = await host(context);
  const frame = await hold(page, "https://portal.partner.test/");
  await expect(heading(frame)).toHaveText("This browser does not let the page work inside another page");
  await expect(frame.getByText("session storage")).toBeVisible();
  await expect(frame.getByRole("link", { name: "Open it in a new tab" })).toHaveAttribute("href", address);
  expect(seen.violations).toEqual([]);
});

/**
 * The page is refused with an explanation and a link, and without the program.
 * @param {FrameLocator} frame
 * @param {Seen} seen
 */
async function isRefused(frame, seen) {
  await expect(heading(frame)).toHaveText(refusal);
  await expect(frame.getByRole("link")).toHaveText("Open it in a new tab");
  await expect(frame.getByRole("link")).toHaveAttribute("href", address);
  await expect(frame.getByRole("link")).toHaveAttribute("rel", "noopener");
  await expect(frame.getByRole("button")).toHaveCount(0);
  expect(await frame.locator("#app").count(), "the program is not there").toBe(0);
  expect(seen.violations).toEqual([]);
}

for (const at of [
  "https://elsewhere.cmg-entra-setup.test/",
  "https://portal.cmg-entra-setup.test.evil.test/",
  "https://evil-portal.cmg-entra-setup.test/",
  "https://portal.cmg-entra-setup.test:8443/",
  "http://portal.cmg-entra-setup.test/",
  "https://cmg-entra-setup.test.evil.test/",
]) {
  test(`the page is refused inside ${at}`, async ({ context, page }) => {
    const seen = await host(context);
    await isRefused(await hold(page, at), seen);
  });
}

test("an origin without HTTPS is refused even if config.json lists it", async ({ context, page }) => {
  const seen = await host(context, { ...config, parents: ["http://portal.cmg-entra-setup.test"] });
  await isRefused(await hold(page, "http://portal.cmg-entra-setup.test/"), seen);
});

test("a parent page without an origin is refused even if config.json lists it", async ({ context, page }) => {
  const seen = await host(context, { ...config, parents: ["null", ...parents] });
  const headers = { "content-security-policy": "sandbox allow-scripts allow-popups" };
  await isRefused(await hold(page, `${parents[0]}/`, { headers }), seen);
});

test("the page is refused in a sandbox that removes its origin", async ({ context, page }) => {
  const seen = await host(context);
  await isRefused(await hold(page, `${parents[0]}/`, { sandbox: "allow-scripts" }), seen);
});

test("a listed parent page inside an unlisted page is refused", async ({ context, page }) => {
  const seen = await host(context);
  await page.route(`${parents[0]}/inner`, (route) =>
    route.fulfill({ contentType: "text/html", body: `<iframe src="${address}" title="b" width="500" height="400"></iframe>` }),
  );
  const outer = await hold(page, "https://elsewhere.test/", { src: `${parents[0]}/inner` });
  await isRefused(outer.frameLocator("iframe"), seen);
});

for (const [what, settings] of /** @type {[string, object][]} */ ([
  ["no list", config],
  ["an empty list", { ...config, parents: [] }],
  ["a text instead of a list", { ...config, parents: parents[0] }],
  ["a pattern", { ...config, parents: ["https://*.cmg-entra-setup.test", "*"] }],
  ["a slash at the end", { ...config, parents: [`${parents[0]}/`] }],
])) {
  test(`every parent page is refused if config.json has ${what}`, async ({ context, page }) => {
    const seen = await host(context, settings);
    await isRefused(await hold(page, `${parents[0]}/`), seen);
  });
}

test("every parent page is refused if config.json cannot be read", async ({ context, page }) => {
  const seen = await publish(context, { change: (name, body) => (name === "config.json" ? "{" : body) });
  await isRefused(await hold(page, `${parents[0]}/`), seen);
});

test("a sign-in response that the parent page puts into the address is ignored", async ({ context, page }) => {
  const seen = await host(context);
  const frame = await hold(page, `${parents[0]}/`, { src: `${address}#code=forged&state=forged` });
  await expect(heading(frame)).toHaveText(title);
  await expect(frame.getByText("This sign-in was not started in this tab")).toHaveCount(0);
  expect(page.frames()[1]?.url()).not.toContain("forged");
  expect(seen.strangers).toEqual([]);
});

test("a covered button does nothing until it is visible again", async ({ context, page }) => {
  await host(context);
  const frame = await hold(page, `${parents[0]}/`);
  await expect(heading(frame)).toHaveText(title);
  const setUp = button(frame, "Set up");
  await isUncovered(setUp);
  // The veil passes every click on, as in a clickjacking attack.
  await page.evaluate(() => {
    const veil = document.createElement("div");
    veil.id = "veil";
    veil.style.cssText = "position:fixed;inset:0;pointer-events:none;background:#fff";
    document.body.append(veil);
  });
  await isCovered(setUp);
  await setUp.click();
  await setUp.press("Enter");
  await setUp.evaluate((/** @type {HTMLElement} */ button) => button.click());
  await expect(heading(frame)).toHaveText(title);
  await page.evaluate(() => document.getElementById("veil")?.remove());
  await isUncovered(setUp);
  await page.locator("iframe").evaluate((element) => (element.style.opacity = "0.01"));
  await isCovered(setUp);
  await setUp.click();
  await expect(heading(frame)).toHaveText(title);
  await page.locator("iframe").evaluate((element) => (element.style.opacity = ""));
  await isUncovered(setUp);
  await setUp.click();
  await expect(heading(frame)).toHaveText("Azure service");
});

test("without a frame, the page does not check whether buttons are covered", async ({ context, page }) => {
  await host(context);
  await page.goto(address);
  await button(page, "Set up").evaluate((/** @type {HTMLElement} */ button) => button.click());
  await expect(heading(page)).toHaveText("Azure service");
});

/* The page of the sign-in window. */

const bridge = `${address}bridge.html`;
const cold = "There is nothing to do in this window";

for (const [what, to] of /** @type {[string, string][]} */ ([
  ["without a fragment", bridge],
  ["with a response that was not requested", `${bridge}#code=forged&state=forged`],
  ["with an invalid channel name", `${bridge}#${"A".repeat(64)}`],
  ["with a response in the query", `${bridge}?admin_consent=True&state=x`],
])) {
  test(`the sign-in window opened ${what} reports that there is nothing to do, and sends no request`, async ({ context, page }) => {
    const seen = await host(context);
    await page.goto(to);
    await expect(heading(page)).toHaveText(cold);
    expect(page.url()).toBe(bridge);
    await expect(page.getByRole("button").or(page.getByRole("link")).or(page.getByRole("textbox"))).toHaveCount(0);
    expect(seen.violations).toEqual([]);
    expect(seen.strangers).toEqual([]);
    expect(seen.messages).toEqual([]);
    expect(seen.files.filter((name) => /\.(wasm|json)$/.test(name))).toEqual([]);
  });
}

test("the sign-in window opened with the name of an unused channel stops waiting", async ({ context, page }) => {
  const seen = await host(context);
  await page.goto(`${bridge}#${"a".repeat(64)}`);
  await expect(heading(page)).toHaveText("Opening Microsoft's sign-in page");
  expect(page.url()).toBe(bridge);
  await expect(heading(page)).toHaveText("The page that opened this window cannot be reached", { timeout: 10_000 });
  expect(seen.strangers).toEqual([]);
});

for (const [what, open] of /** @type {[string, (to: string) => unknown][]} */ ([
  ["in a frame", (to) => document.body.append(Object.assign(document.createElement("iframe"), { src: to }))],
  ["by a page that keeps a reference to it", (to) => window.open(to)],
])) {
  test(`the sign-in window opened ${what} does nothing`, async ({ context, page }) => {
    await host(context);
    await page.route("https://evil.test/", (route) => route.fulfill({ contentType: "text/html", body: "<p>a" }));
    await page.goto("https://evil.test/");
    const popup = page.waitForEvent("popup", { timeout: 3000 }).catch(() => undefined);
    await page.evaluate(open, `${bridge}#${"a".repeat(64)}`);
    /** @type {Root} */
    const at = (await popup) ?? page.frameLocator("iframe");
    await expect(heading(at)).toHaveText(cold);
  });
}

test("the sign-in window goes to the authorize endpoint of a known host and nowhere else", async ({ context, page }) => {
  test.setTimeout(120_000);
  const seen = await host(context);
  const desk = await context.newPage();
  await desk.goto(`${address}config.json`);
  const good = `https://login.microsoftonline.com/fabrikam.com/oauth2/v2.0/authorize?response_type=code&response_mode=fragment&redirect_uri=${encodeURIComponent(bridge)}`;
  /** @param {string} url */
  const went = async (url) => {
    // Every page of this origin that knows the name can send: the frame, or another page.
    const name = [...crypto.getRandomValues(new Uint8Array(32))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    await desk.evaluate(
      ({ name, url }) => {
        const channel = new BroadcastChannel(`cmg-entra-setup.sign-in.${name}`);
        channel.onmessage = () => channel.postMessage(`go ${url}`);
      },
      { name, url },
    );
    seen.strangers.length = 0;
    // The error page of the previous aborted request may still be loading.
    await expect(() => page.goto("about:blank")).toPass({ timeout: 10_000 });
    await page.goto(`${bridge}#${name}`);
    // The request is aborted, because no server is there.
    await expect(async () => {
      const text = (await heading(page).textContent({ timeout: 100 }).catch(() => "")) ?? "";
      expect(text === "The page that opened this window cannot be reached" || seen.strangers.length > 0).toBe(true);
    }).toPass({ timeout: 10_000 });
    return [...seen.strangers];
  };
  expect(await went(good)).toEqual([good]);
  for (const url of [
    good.replace("https://login.microsoftonline.com", "https://login.microsoftonline.com.evil.test"),
    good.replace("https://login.microsoftonline.com", "https://evil.test"),
    good.replace("https://login.microsoftonline.com", "http://login.microsoftonline.com"),
    good.replace("https://login.microsoftonline.com", "https://login.microsoftonline.com:8443"),
    good.replace("https://login.microsoftonline.com", "https://login.microsoftonline.com@evil.test"),
    good.replace("https://login.microsoftonline.com", "https://evil.test\\@login.microsoftonline.com"),
    good.replace("/authorize", "/logout"),
    good.replace("/oauth2/v2.0/authorize", "/oauth2/v2.0/authorize/../../../evil"),
    good.replace("fabrikam.com/", "x/fabrikam.com/"),
    good.replace(encodeURIComponent(bridge), encodeURIComponent("https://evil.test/")),
    `${good}&redirect_uri=${encodeURIComponent("https://evil.test/")}`,
    good.replace("=fragment", "=query"),
    good.replace("response_type=code", "response_type=token"),
    `${good}#x`,
    `${good}&x=${"x".repeat(17_000)}`,
    "javascript:alert(1)",
    "data:text/html,x",
    "/bridge.html",
    "",
  ]) {
    expect.soft(await went(url), url).toEqual([]);
  }
  expect(seen.violations).toEqual([]);
});

test("the look of the sign-in window", async ({ context, page }) => {
  test.setTimeout(180_000);
  await host(context);
  await page.goto(bridge);
  await expect(heading(page)).toHaveText(cold);
  await look(page, "bridge-cold");
  await page.goto(`${bridge}?#${"b".repeat(64)}`);
  await expect(heading(page)).toHaveText("The page that opened this window cannot be reached", { timeout: 10_000 });
  await look(page, "bridge-unreached");
});
