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

/** Changes the clouds, from a window of its own. */
async function change(modes) {
  const desk = await browser.newPage();
  await desk.goto("https://standin.test/counts");
  await desk.evaluate((body) => fetch("/modes", { method: "POST", body }), JSON.stringify(modes));
  await desk.close();
}

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

test("an admin sets everything up in Firefox, from the sign-in to the hand-over", async () => {
  test.setTimeout(180_000);
  await change({ pages: [address] });
  const { page, faults } = await open();
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
