// The same files in the other engine: Firefox, as this machine has it, driven by WebDriver BiDi.
import { expect, test } from "@playwright/test";
import puppeteer from "puppeteer-core";

import { address, start } from "./standin.js";

let standin;
let browser;

test.beforeAll(async () => {
  standin = await start();
  browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: process.env.FIREFOX,
    headless: true,
    acceptInsecureCerts: true,
    extraPrefsFirefox: {
      "network.proxy.type": 1,
      "network.proxy.ssl": "127.0.0.1",
      "network.proxy.ssl_port": standin.proxyPort,
      "network.captive-portal-service.enabled": false,
      "network.connectivity-service.enabled": false,
    },
  });
});

test.afterAll(async () => {
  await browser?.close();
  await standin?.stop();
});

/** A page that writes down what its policy forbids and what goes wrong. */
async function open() {
  const page = await browser.newPage();
  const faults = [];
  await page.evaluateOnNewDocument(() => {
    window.violations = [];
    addEventListener("securitypolicyviolation", (event) => window.violations.push(`${event.effectiveDirective} ${event.blockedURI}`));
  });
  // The simulated sign-in page has no icon, and a policy that blocks the one Firefox looks for.
  page.on("pageerror", ({ message }) => message.includes("/favicon.ico") || faults.push(message));
  return { page, faults };
}

/** Asks the clouds for something, or changes them, from a window of its own. */
async function cloud(path, data) {
  const desk = await browser.newPage();
  await desk.goto("https://standin.test/counts");
  const answer = await desk.evaluate(
    async (path, body) => (await fetch(path, body === undefined ? {} : { method: "POST", body })).json(),
    path,
    data === undefined ? undefined : JSON.stringify(data),
  );
  await desk.close();
  return answer;
}

const change = (modes) => cloud("/modes", modes);

const find = (page, path) => page.waitForSelector(`::-p-xpath(${path})`, { visible: true, timeout: 30_000 });
const press = async (page, name) => (await find(page, `(//button[normalize-space()="${name}"])[last()]`)).click();
const arrived = (page, title) => find(page, `//h1[.="${title}"]`);

test("starts in Firefox and breaks no rule of its policy", async () => {
  const { page, faults } = await open();
  await page.goto(address);
  await page.waitForSelector("h1");
  expect(await page.evaluate(() => window.violations)).toEqual([]);
  expect(faults).toEqual([]);
  await page.close();
});

/** Signs in and answers every question as it is offered, up to the subscription. */
async function toSubscription(page) {
  await page.goto(address);
  await press(page, "Set up");
  await arrived(page, "Azure service");
  await (await page.waitForSelector("#tenant")).type("fabrikam.com");
  await press(page, "Sign in");
  await (await find(page, '//button[@value="admin@fabrikam.com"]')).click();
  await press(page, "Accept");
  await find(page, '//*[@role="status"][contains(., "Signed in as admin@fabrikam.com.")]/..');
  for (const next of ["Next : Web app >", "Next : Native app >", "Next : Discovery >", "Next : Subscription >"]) {
    await press(page, next);
  }
}

test("an admin sets everything up in Firefox, from the sign-in to the hand-over", async () => {
  test.setTimeout(180_000);
  await change({ pages: [address] });
  const { page, faults } = await open();
  await toSubscription(page);
  await (await find(page, '//label[contains(., "Fabrikam Production")]')).click();
  await press(page, "Review + create");
  await find(page, '//*[.="Validation passed"]');
  await press(page, "Create");
  await find(page, '//main//*[contains(text(), "9 of 11 done")]');
  // Registering takes minutes in Azure, and here too.
  await change({ clock_offset_seconds: 1200 });
  await arrived(page, "Setting up is complete");
  await press(page, "Go to the hand-over");
  await arrived(page, "Enter it in Configuration Manager");
  expect(await page.evaluate(() => document.activeElement.id)).toBe("title");
  await press(page, "Show Secret Key");
  await page.waitForFunction(() => document.getElementById("secret").value.length > 20);
  await press(page, "I have saved it");
  await page.waitForFunction(() => !document.getElementById("secret"));
  expect(await page.evaluate(() => window.violations)).toEqual([]);
  expect(faults).toEqual([]);
  await page.close();
});

test("a window closed in the middle of a run is found again in Firefox, and the run is continued", async () => {
  test.setTimeout(180_000);
  await cloud("/reset", {});
  const fault = { method: "PATCH", path_prefix: "/v1.0/servicePrincipals", kind: "hang-before", times: 2 };
  await change({ pages: [address], faults: [fault] });
  const first = await open();
  // The run of the window before is of no concern here.
  await first.page.goto(address);
  await first.page.evaluate(
    () =>
      new Promise((done) => {
        sessionStorage.clear();
        indexedDB.deleteDatabase("cmg-entra-setup").onsuccess = done;
      }),
  );
  await toSubscription(first.page);
  await press(first.page, "Review + create");
  await find(first.page, '//*[.="Validation passed"]');
  await press(first.page, "Create");
  const tenant = async () => (await cloud("/snapshot"))["5e97358c-d99c-4558-8000-000000010000"];
  const ours = (apps) => apps.filter(({ displayName }) => displayName.startsWith("CMG-"));
  await expect.poll(async () => ours((await tenant()).applications).length, { timeout: 30_000 }).toBe(2);
  await first.page.close();

  const { page, faults } = await open();
  await page.goto(address);
  await press(page, "Look at it");
  await arrived(page, "Unfinished runs");
  await press(page, "Verify and continue");
  await press(page, "Sign in");
  await find(page, '//*[.="This continues an unfinished run"]');
  await press(page, "Continue");
  await arrived(page, "Setting up is complete");
  const apps = ours((await tenant()).applications);
  expect(apps).toHaveLength(2);
  expect(apps.flatMap(({ passwordCredentials }) => passwordCredentials)).toHaveLength(1);
  expect(await page.evaluate(() => window.violations)).toEqual([]);
  expect(faults).toEqual([]);
  await page.close();
});
