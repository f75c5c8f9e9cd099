// The page from real servers, set up by the recipes of docs/hosting: started by `cargo xtask test --ring hosts`, which runs the servers.
import { chromium, expect, test } from "@playwright/test";
import puppeteer from "puppeteer-core";

const home = "https://setup.contoso.com/";
const servers = Object.entries(JSON.parse(process.env.HOSTS ?? "{}"));
const start = "Set up Microsoft Entra ID for a cloud management gateway";
/** Chromium's remark on the preload of the program, whose hash the `fetch` that takes it does check; and on what it has not on every system. */
const knownRemarks = ["https://crbug.com/981419", "Permissions-Policy header: Unrecognized feature"];

/** A page of either browser, and what went wrong in it. */
async function inChromium(address, use, launchOptions) {
  const browser = await chromium.launch({
    ...launchOptions,
    args: [
      ...launchOptions.args,
      `--host-resolver-rules=MAP setup.contoso.com ${address}, MAP * ~NOTFOUND`,
      `--ignore-certificate-errors-spki-list=${process.env.HOSTS_PIN}`,
    ],
  });
  const page = await browser.newPage();
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
  const faults = [];
  page.on("console", (message) => message.text().startsWith("violation: ") && faults.push(message.text()));
  page.on("pageerror", ({ message }) => faults.push(message));
  await page.evaluateOnNewDocument(watch);
  await use(page, faults);
  await browser.close();
}

function watch() {
  addEventListener("securitypolicyviolation", (event) => console.debug(`violation: ${event.effectiveDirective} ${event.blockedURI}`));
}

const heading = (page) => page.waitForSelector("h1").then((title) => title.evaluate((element) => element.textContent));

/** What both browsers show of a deployment. */
async function look(page, faults) {
  const answer = await page.goto(home);
  expect(answer.headers()["content-security-policy"]).toContain("frame-ancestors 'none'");
  expect(await heading(page)).toBe(start);
  expect(await page.evaluate(() => performance.getEntriesByType("resource").every(({ name }) => name.startsWith(location.origin)))).toBe(true);

  await page.goto(`${home}bridge.html`);
  expect(await heading(page)).toBe("There is nothing to do in this window");
  expect(faults.splice(0)).toEqual([]);

  // An address of before, at any depth, with a sign-in answer that went astray: the way back takes nothing of it along.
  const missing = await page.goto(`${home}old/place/of/it.html#code=astray&state=astray`);
  expect(missing.status()).toBe(404);
  expect(missing.headers()["cache-control"]).toBe("no-store");
  expect(await heading(page)).toBe("Nothing is at this address");
  await Promise.all([page.waitForNavigation(), page.click("a")]);
  expect(await heading(page)).toBe(start);
  expect(page.url()).toBe(`${home}#/`);
  expect(await page.evaluate(() => document.referrer)).toBe("");
  // That the page is missing is said by the browser; nothing else is.
  expect(faults.filter((text) => !text.includes("404"))).toEqual([]);
}

for (const [server, address] of servers) {
  test(`runs from ${server} in Chromium`, async ({ launchOptions }) => {
    await inChromium(address, look, launchOptions);
  });

  test(`runs from ${server} in Firefox`, async () => {
    test.skip(!process.env.FIREFOX, "no Firefox was found");
    await inFirefox(address, look);
  });
}
