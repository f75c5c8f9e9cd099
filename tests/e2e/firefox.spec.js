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
  page.on("pageerror", (error) => faults.push(error.message));
  return { page, faults };
}

test("starts in Firefox and breaks no rule of its policy", async () => {
  const { page, faults } = await open();
  await page.goto(address);
  await page.waitForSelector("h1");
  expect(await page.evaluate(() => window.violations)).toEqual([]);
  expect(faults).toEqual([]);
  await page.close();
});
