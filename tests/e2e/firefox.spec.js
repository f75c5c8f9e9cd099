// The page in Firefox, as installed on this computer, controlled by WebDriver BiDi.
//
// After every test: the page did not violate its policy, threw no error, and contacted no other host.
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "@playwright/test";
import puppeteer from "puppeteer-core";

import { address, start } from "./emulator.js";
import { wrongAnswers } from "./engines.js";
import { arrived, contentFrame, find, found, press } from "./firefox.js";
import { spoil } from "./site.js";
import { held } from "./steps.js";

/** @import { Browser, Page } from "puppeteer-core" */
/** @import { Application, Change, LoggedRequest } from "./cloud.js" */
/** @import { Emulator, StartOptions } from "./emulator.js" */

/** @type {Emulator} */
let emulator;
/** @type {Browser} */
let browser;
/**
 * Errors and violations in the pages of this test.
 * @type {string[]}
 */
const faults = [];
/**
 * Violations that the test causes. Firefox may report each twice, because the header and the page have the same policy.
 * @type {string[]}
 */
const expected = [];

/** @param {StartOptions} [options] */
async function launch(options) {
  emulator = await start(undefined, { isCopy: true, ...options });
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
      // The tests change files.
      "browser.cache.disk.enable": false,
      "browser.cache.memory.enable": false,
    },
  });
}

async function quit() {
  await browser?.close();
  await emulator?.stop();
}

test.beforeAll(() => launch());

test.afterAll(quit);

test.afterEach(async () => {
  const { refused } = await cloud("/refused");
  const strangers = Object.keys(refused).filter((place) => !/^(https?:\/\/)?([a-z0-9-]+\.)*(mozilla|firefox)\.(com|org|net)\b/.test(place));
  expect.soft(strangers, "contacted hosts that are not Microsoft's or the page's").toEqual([]);
  const unexpected = faults.splice(0).filter((fault) => !expected.some((text) => fault.includes(text)));
  expect.soft(unexpected, "violations of the policy, and errors").toEqual([]);
  expected.splice(0);
  for (const page of (await browser.pages()).slice(1)) {
    await page.close();
  }
});

/** Opens a page that records errors and violations, also across redirects. */
async function open() {
  const page = await browser.newPage();
  await page.evaluateOnNewDocument((origin) => {
    addEventListener("securitypolicyviolation", (event) => {
      if (location.origin === origin) {
        console.debug(`violation: ${event.effectiveDirective} ${event.blockedURI}`);
      }
    });
  }, new URL(address).origin);
  page.on("console", (message) => message.text().startsWith("violation: ") && faults.push(message.text()));
  // The simulated sign-in page has no icon, and its policy blocks the default icon that Firefox requests.
  page.on("pageerror", (error) => {
    const { message } = /** @type {Error} */ (error);
    return message.includes("/favicon.ico") || faults.push(message);
  });
  return page;
}

/**
 * Reads from or changes the simulated clouds, from a separate window.
 * @param {string} path
 * @param {object} [data]
 */
async function cloud(path, data) {
  const desk = await browser.newPage();
  await desk.goto("https://emulator.test/counts");
  const answer = await desk.evaluate(
    async (path, body) => (await fetch(path, body === undefined ? {} : { method: "POST", body })).json(),
    path,
    data === undefined ? undefined : JSON.stringify(data),
  );
  await desk.close();
  return answer;
}

/** @param {Change} modes */
const change = (modes) => cloud("/modes", modes);

test("the page starts in Firefox", async () => {
  const page = await open();
  await page.goto(address);
  await page.waitForSelector("h1");
});

/**
 * Waits for an error or violation that the test causes.
 * @param {string} text
 */
async function provoked(text) {
  expected.push(text);
  await expect.poll(() => faults.join("\n")).toContain(text);
}

test("a violation of the policy is recorded in Firefox", async () => {
  const page = await open();
  await page.goto(address);
  await page.waitForSelector("h1");
  // Firefox also reports it as an error.
  expected.push("(connect-src) at https://example.com/");
  await page.evaluate(() => fetch("https://example.com/").catch(() => undefined));
  await provoked("violation: connect-src https://example.com/");
});

/**
 * Signs in and accepts the default answers up to the subscription.
 * @param {Page} page
 */
async function toSubscription(page) {
  await page.goto(address);
  await press(page, "Set up");
  await arrived(page, "Azure service");
  await found(await page.waitForSelector("#tenant")).type("fabrikam.com");
  await press(page, "Sign in");
  await (await find(page, '//button[@value="admin@fabrikam.com"]')).click();
  await press(page, "Accept");
  await find(page, '//*[@role="status"][contains(., "Signed in as admin@fabrikam.com.")]/..');
  for (const next of ["Next : Web app >", "Next : Native app >", "Next : Discovery >", "Next : Subscription >"]) {
    await press(page, next);
  }
}

test("an admin completes the setup in Firefox, from the sign-in to the hand-over", async () => {
  test.setTimeout(180_000);
  await change({ pages: [address] });
  const page = await open();
  await toSubscription(page);
  await (await find(page, '//label[contains(., "Fabrikam Production")]')).click();
  await press(page, "Review + create");
  await find(page, '//*[.="Validation passed"]');
  await press(page, "Create");
  await find(page, '//main//*[contains(text(), "9 of 11 done")]');
  // A registration takes minutes in Azure, and in the simulated cloud.
  await change({ clock_offset_seconds: 1200 });
  await arrived(page, "Setup is complete");
  await press(page, "Go to the hand-over");
  await arrived(page, "Enter the values in Configuration Manager");
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("title");
  await press(page, "Show Secret Key");
  await page.waitForFunction(() => {
    const secret = /** @type {HTMLInputElement | null} */ (document.getElementById("secret"));
    return secret !== null && secret.value.length > 20;
  });
  await press(page, "I have saved it");
  await page.waitForFunction(() => !document.getElementById("secret"));
});

test("a run is continued in Firefox after its window was closed", async () => {
  test.setTimeout(180_000);
  await cloud("/reset", {});
  const fault = { method: "PATCH", path_prefix: "/v1.0/servicePrincipals", kind: "hang-before", times: 2 };
  await change({ pages: [address], faults: [fault] });
  const first = await open();
  // Delete the run of the previous test.
  await first.goto(address);
  await first.evaluate(
    () =>
      new Promise((done) => {
        sessionStorage.clear();
        indexedDB.deleteDatabase("cmg-entra-setup").onsuccess = done;
      }),
  );
  await toSubscription(first);
  await press(first, "Review + create");
  await find(first, '//*[.="Validation passed"]');
  await press(first, "Create");
  const tenant = async () => (await cloud("/snapshot"))["5e97358c-d99c-4558-8000-000000010000"];
  /** @param {Application[]} apps */
  const ours = (apps) => apps.filter(({ displayName }) => displayName.startsWith("CMG-"));
  // A fault that is left over would stop the next run too.
  await expect.poll(async () => held((await cloud("/requests")).requests), { timeout: 30_000 }).toBe(2);
  expect(ours((await tenant()).applications)).toHaveLength(2);
  await first.close();

  const page = await open();
  await page.goto(address);
  await press(page, "View unfinished runs");
  await arrived(page, "Unfinished runs");
  await press(page, "Verify and continue");
  await press(page, "Sign in");
  await find(page, '//*[.="This continues an unfinished run"]');
  await press(page, "Continue");
  await arrived(page, "Setup is complete");
  const apps = ours((await tenant()).applications);
  expect(apps).toHaveLength(2);
  expect(apps.flatMap(({ passwordCredentials }) => passwordCredentials)).toHaveLength(1);
});

/**
 * Signs in with this mode of the sign-in service, up to the return to the page.
 * @param {Page} page
 * @param {Change["entra"]} entra
 */
async function comeBack(page, entra) {
  await change({ pages: [address], entra });
  await page.goto("about:blank");
  await page.goto(`${address}#/azure-service`);
  const field = found(await page.waitForSelector("#tenant"));
  await field.click({ count: 3 });
  await field.type("fabrikam.com");
  await press(page, "Sign in");
  await (await find(page, '//button[@value="admin@fabrikam.com"]')).click();
  const accept = '//button[normalize-space()="Accept"]';
  await find(page, `${accept} | //h1[.="Azure service"]`);
  await (await page.$(`::-p-xpath(${accept})`))?.click();
  await arrived(page, "Azure service");
}

/** @param {LoggedRequest[]} requests */
const elsewhere = (requests) => requests.filter(({ host }) => !host.startsWith("login."));
/** @param {LoggedRequest[]} requests */
const redeemed = (requests) => requests.filter(({ method, path }) => method === "POST" && path.endsWith("/token"));

test("a wrong response to a sign-in is refused in Firefox", async () => {
  test.setTimeout(120_000);
  await cloud("/reset", {});
  const page = await open();
  for (const [entra, title, times] of wrongAnswers) {
    await comeBack(page, entra);
    await find(page, `//main//*[.="${title}"]`);
    expect(page.url()).toBe(`${address}#/azure-service`);
    const { requests } = await cloud("/requests");
    expect(elsewhere(requests)).toEqual([]);
    expect(redeemed(requests)).toHaveLength(times);
  }
  await comeBack(page, { answer: "hostile-text" });
  await find(page, '//bdi[contains(., "<img src=x onerror=alert(1)> [U+202E]gnp.exe[U+2066]")]');
  expect(await page.$("main img")).toBe(null);
});

test("Back from Microsoft's page cancels the sign-in in Firefox", async () => {
  await cloud("/reset", {});
  await change({ pages: [address] });
  const page = await open();
  await page.goto(`${address}#/azure-service`);
  const field = found(await page.waitForSelector("#tenant"));
  await field.click({ count: 3 });
  await field.type("fabrikam.com");
  await press(page, "Sign in");
  await find(page, '//button[@value="admin@fabrikam.com"]');
  // Not `goBack`, which waits for a load: Firefox shows the page from its back-forward cache.
  await page.evaluate(() => history.back());
  await find(page, '//button[normalize-space()="Sign in"]');
  await expect.poll(() => page.evaluate(() => sessionStorage.getItem("cmg-entra-setup:sign-in"))).toBe(null);
  expect(await page.$('main [data-state="danger"]')).toBe(null);
  await press(page, "Sign in");
  await (await find(page, '//button[@value="admin@fabrikam.com"]')).click();
  await press(page, "Accept");
  await find(page, '//*[@role="status"][contains(., "Signed in as admin@fabrikam.com.")]/..');
});

test("a response from a link is refused in Firefox, and removed from the address", async () => {
  await cloud("/reset", {});
  const page = await open();
  for (const url of ["#code=c&state=s", "?code=c&state=s", "#code=c&state=a&state=b", "?error=e#code=c&state=s"]) {
    await page.goto("about:blank");
    await page.goto(address + url);
    await find(page, '//main//*[.="This sign-in was not started in this tab" or .="The response does not look like Microsoft\'s"]');
    expect(page.url()).toBe(`${address}#/azure-service`);
  }
  expect((await cloud("/requests")).requests).toEqual([]);
});

test("the page does not start in Firefox if the program differs from the published one", async () => {
  const file = readdirSync(emulator.site).find((name) => name.endsWith("_bg.wasm")) ?? "";
  const body = readFileSync(join(emulator.site, file));
  writeFileSync(join(emulator.site, file), spoil(file, body));
  const page = await open();
  await page.goto(address);
  await arrived(page, "The files of this page do not fit together");
  await provoked("None of the “sha384” hashes");
  writeFileSync(join(emulator.site, file), body);
});

test("no script runs in Firefox if the start script differs from the published one", async () => {
  const file = readdirSync(emulator.site).find((name) => name.startsWith("boot-")) ?? "";
  const body = readFileSync(join(emulator.site, file));
  writeFileSync(join(emulator.site, file), spoil(file, body));
  const page = await open();
  await page.goto(address, { waitUntil: "networkidle0" });
  expect(await page.$("h1")).toBe(null);
  await provoked("None of the “sha384” hashes");
  writeFileSync(join(emulator.site, file), body);
});

test.describe("on a web server without response headers", () => {
  test.beforeAll(async () => {
    await quit();
    await launch({ isBare: true });
  });

  test("the page refuses to run inside an unlisted page in Firefox", async () => {
    const page = await open();
    await page.goto("about:blank");
    await page.setContent(`<iframe src="${address}" title="a"></iframe>`);
    const frame = await contentFrame(page);
    await frame.waitForFunction(() => document.querySelector("h1")?.textContent === "This page does not run inside another page");
    expect(await frame.evaluate(() => document.querySelector("#app"))).toBe(null);
  });

  // The last test, because the service worker stays.
  test("the page refuses to start with another application's service worker in Firefox", async () => {
    const worker = join(emulator.site, "foreign.js");
    writeFileSync(worker, "addEventListener('activate', (event) => event.waitUntil(clients.claim())); addEventListener('fetch', () => {});");
    const page = await open();
    // A page of another application on the same origin, without a policy.
    const other = join(emulator.site, "another-application.html");
    writeFileSync(other, "<!doctype html><title>Another application</title>");
    await page.goto(`${address}another-application.html`);
    await page.evaluate(async () => {
      await navigator.serviceWorker.register("/foreign.js");
      await navigator.serviceWorker.ready;
    });
    await page.goto(address);
    await arrived(page, "Another application can read what this page sends");
    rmSync(worker);
    rmSync(other);
  });
});
