// The page on real web servers, configured as in docs/hosting. `cargo xtask test --ring hosts` starts the servers and this test.
import { chromium, expect, test } from "@playwright/test";
import puppeteer from "puppeteer-core";

/** @import { LaunchOptions, Page } from "@playwright/test" */
/** @typedef {import("puppeteer-core").Page} FirefoxPage */

const home = "https://setup.contoso.com/";
/** @type {[server: string, address: string][]} */
const servers = Object.entries(JSON.parse(process.env.HOSTS ?? "{}"));
const start = "Set up Microsoft Entra ID for a cloud management gateway";
/**
 * Known console messages of Chromium: about the preload of the program, whose hash the later `fetch` checks, and about permissions that
 * Chromium does not have on every system.
 */
const knownRemarks = ["https://crbug.com/981419", "Permissions-Policy header: Unrecognized feature"];

/**
 * Opens a page in Chromium and records its errors.
 * @param {string} address
 * @param {(page: Page, faults: string[]) => Promise<void>} use
 * @param {LaunchOptions} launchOptions
 */
async function inChromium(address, use, launchOptions) {
  const browser = await chromium.launch({
    ...launchOptions,
    args: [
      ...(launchOptions.args ?? []),
      `--host-resolver-rules=MAP setup.contoso.com ${address}, MAP * ~NOTFOUND`,
      `--ignore-certificate-errors-spki-list=${process.env.HOSTS_PIN}`,
    ],
  });
  const page = await browser.newPage();
  /** @type {string[]} */
  const faults = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type()) && !knownRemarks.some((remark) => message.text().includes(remark))) {
      faults.push(message.text());
    }
  });
  page.on("pageerror", (error) => faults.push(error.message));
  await page.addInitScript(watch);
  await use(page, faults);
  await browser.close();
}

/**
 * Opens a page in Firefox and records its errors.
 * @param {string} address
 * @param {(page: FirefoxPage, faults: string[]) => Promise<void>} use
 */
async function inFirefox(address, use) {
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: process.env.FIREFOX,
    headless: true,
    acceptInsecureCerts: true,
    extraPrefsFirefox: {
      "network.dns.forceResolve": address,
      "network.captive-portal-service.enabled": false,
      "network.connectivity-service.enabled": false,
    },
  });
  const page = await browser.newPage();
  /** @type {string[]} */
  const faults = [];
  page.on("console", (message) => message.text().startsWith("violation: ") && faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(/** @type {Error} */ (error).message));
  await page.evaluateOnNewDocument(watch);
  await use(page, faults);
  await browser.close();
}

function watch() {
  addEventListener("securitypolicyviolation", (event) => console.debug(`violation: ${event.effectiveDirective} ${event.blockedURI}`));
}

/** @param {Page} page */
const heading = (page) => page.waitForSelector("h1").then((title) => title.evaluate((element) => element.textContent));

/**
 * Checks a deployment, with the methods that the pages of both browsers have.
 * @param {Page} page
 * @param {string[]} faults
 */
async function look(page, faults) {
  const answer = await page.goto(home);
  expect(answer?.headers()["content-security-policy"]).toContain("frame-ancestors 'none'");
  expect(await heading(page)).toBe(start);
  expect(await page.evaluate(() => performance.getEntriesByType("resource").every(({ name }) => name.startsWith(location.origin)))).toBe(true);

  await page.goto(`${home}bridge.html`);
  expect(await heading(page)).toBe("There is nothing to do in this window");
  expect(faults.splice(0)).toEqual([]);

  // An old address at any depth with a misdirected sign-in response: the link back to the page carries none of it.
  const missing = await page.goto(`${home}old/place/of/it.html#code=astray&state=astray`);
  expect(missing?.status()).toBe(404);
  expect(missing?.headers()["cache-control"]).toBe("no-store");
  expect(await heading(page)).toBe("No page at this address");
  await Promise.all([page.waitForNavigation(), page.click("a")]);
  expect(await heading(page)).toBe(start);
  expect(page.url()).toBe(`${home}#/`);
  expect(await page.evaluate(() => document.referrer)).toBe("");
  // The browser reports only the missing page.
  expect(faults.filter((text) => !text.includes("404"))).toEqual([]);
}

for (const [server, address] of servers) {
  test(`the page runs from ${server} in Chromium`, async ({ launchOptions }) => {
    await inChromium(address, look, launchOptions);
  });

  test(`the page runs from ${server} in Firefox`, async () => {
    test.skip(!process.env.FIREFOX, "no Firefox was found");
    // Puppeteer's page has the same methods, but not all of the type.
    await inFirefox(address, (page, faults) => look(/** @type {Page} */ (/** @type {unknown} */ (page)), faults));
  });
}
