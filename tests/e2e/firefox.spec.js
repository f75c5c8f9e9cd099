// The same files in the other engine: Firefox, as this machine has it, driven by WebDriver BiDi.
//
// After every test: the page broke no rule of its policy, nothing was thrown, and no stranger was asked for anything.
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "@playwright/test";
import puppeteer from "puppeteer-core";

import { wrongAnswers } from "./engines.js";
import { spoil } from "./site.js";
import { address, start } from "./emulator.js";

let emulator;
let browser;
/** What went wrong in the pages of this test. */
const faults = [];
/** What was provoked. It may be told once more, and later: the header and the page have the same policy. */
const expected = [];

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
      // A changed file is a changed file.
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
  expect.soft(strangers, "hosts that were asked for and are none of Microsoft's or ours").toEqual([]);
  const unexpected = faults.splice(0).filter((fault) => !expected.some((text) => fault.includes(text)));
  expect.soft(unexpected, "what the policy forbade, and what was thrown").toEqual([]);
  expected.splice(0);
  for (const page of (await browser.pages()).slice(1)) {
    await page.close();
  }
});

/** A page of which everything that goes wrong is written down, across redirects too. */
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
  // The simulated sign-in page has no icon, and a policy that blocks the one Firefox looks for.
  page.on("pageerror", ({ message }) => message.includes("/favicon.ico") || faults.push(message));
  return page;
}

/** Asks the clouds for something, or changes them, from a window of its own. */
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

const change = (modes) => cloud("/modes", modes);

const find = (page, path) => page.waitForSelector(`::-p-xpath(${path})`, { visible: true, timeout: 30_000 });
const press = async (page, name) => (await find(page, `(//button[normalize-space()="${name}"])[last()]`)).click();
const arrived = (page, title) => find(page, `//h1[.="${title}"]`);

test("starts in Firefox", async () => {
  const page = await open();
  await page.goto(address);
  await page.waitForSelector("h1");
});

/** Waits for what was provoked. */
async function provoked(text) {
  expected.push(text);
  await expect.poll(() => faults.join("\n")).toContain(text);
}

test("a broken rule of the policy is noticed in Firefox", async () => {
  const page = await open();
  await page.goto(address);
  await page.waitForSelector("h1");
  // Firefox also reports it as an error, in its own words.
  expected.push("(connect-src) at https://example.com/");
  await page.evaluate(() => fetch("https://example.com/").catch(() => undefined));
  await provoked("violation: connect-src https://example.com/");
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
  const page = await open();
  await toSubscription(page);
  await (await find(page, '//label[contains(., "Fabrikam Production")]')).click();
  await press(page, "Review + create");
  await find(page, '//*[.="Validation passed"]');
  await press(page, "Create");
  await find(page, '//main//*[contains(text(), "9 of 11 done")]');
  // Registering takes minutes in Azure, and here too.
  await change({ clock_offset_seconds: 1200 });
  await arrived(page, "Setup is complete");
  await press(page, "Go to the hand-over");
  await arrived(page, "Enter the values in Configuration Manager");
  expect(await page.evaluate(() => document.activeElement.id)).toBe("title");
  await press(page, "Show Secret Key");
  await page.waitForFunction(() => document.getElementById("secret").value.length > 20);
  await press(page, "I have saved it");
  await page.waitForFunction(() => !document.getElementById("secret"));
});

test("a window closed in the middle of a run is found again in Firefox, and the run is continued", async () => {
  test.setTimeout(180_000);
  await cloud("/reset", {});
  const fault = { method: "PATCH", path_prefix: "/v1.0/servicePrincipals", kind: "hang-before", times: 2 };
  await change({ pages: [address], faults: [fault] });
  const first = await open();
  // The run of the window before is of no concern here.
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
  const ours = (apps) => apps.filter(({ displayName }) => displayName.startsWith("CMG-"));
  await expect.poll(async () => ours((await tenant()).applications).length, { timeout: 30_000 }).toBe(2);
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

/** Leaves for Microsoft's page with this mode switched on, and comes back. */
async function comeBack(page, entra) {
  await change({ pages: [address], entra });
  await page.goto("about:blank");
  await page.goto(`${address}#/azure-service`);
  const field = await page.waitForSelector("#tenant");
  await field.click({ count: 3 });
  await field.type("fabrikam.com");
  await press(page, "Sign in");
  await (await find(page, '//button[@value="admin@fabrikam.com"]')).click();
  const accept = '//button[normalize-space()="Accept"]';
  await find(page, `${accept} | //h1[.="Azure service"]`);
  await (await page.$(`::-p-xpath(${accept})`))?.click();
  await arrived(page, "Azure service");
}

const elsewhere = (requests) => requests.filter(({ host }) => !host.startsWith("login."));
const redeemed = (requests) => requests.filter(({ method, path }) => method === "POST" && path.endsWith("/token"));

test("a wrong answer to a sign-in is refused in Firefox", async () => {
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

test("Back from Microsoft's page is a cancelled sign-in in Firefox", async () => {
  await cloud("/reset", {});
  await change({ pages: [address] });
  const page = await open();
  await page.goto(`${address}#/azure-service`);
  const field = await page.waitForSelector("#tenant");
  await field.click({ count: 3 });
  await field.type("fabrikam.com");
  await press(page, "Sign in");
  await find(page, '//button[@value="admin@fabrikam.com"]');
  // Not `goBack`, which waits for a load: Firefox shows the page it has kept.
  await page.evaluate(() => history.back());
  await find(page, '//button[normalize-space()="Sign in"]');
  await expect.poll(() => page.evaluate(() => sessionStorage.getItem("cmg-entra-setup:sign-in"))).toBe(null);
  expect(await page.$('main [data-state="danger"]')).toBe(null);
  await press(page, "Sign in");
  await (await find(page, '//button[@value="admin@fabrikam.com"]')).click();
  await press(page, "Accept");
  await find(page, '//*[@role="status"][contains(., "Signed in as admin@fabrikam.com.")]/..');
});

test("an answer from a link is refused in Firefox, and leaves the address", async () => {
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

test("does not start in Firefox when the program is not the one that was published", async () => {
  const file = readdirSync(emulator.site).find((name) => name.endsWith(".wasm"));
  const body = readFileSync(join(emulator.site, file));
  writeFileSync(join(emulator.site, file), spoil(file, body));
  const page = await open();
  await page.goto(address);
  await arrived(page, "The files of this page do not fit together");
  await provoked("None of the “sha384” hashes");
  writeFileSync(join(emulator.site, file), body);
});

test("runs nothing in Firefox when the start script itself is not the one that was published", async () => {
  const file = readdirSync(emulator.site).find((name) => name.startsWith("boot-"));
  const body = readFileSync(join(emulator.site, file));
  writeFileSync(join(emulator.site, file), spoil(file, body));
  const page = await open();
  await page.goto(address, { waitUntil: "networkidle0" });
  expect(await page.$("h1")).toBe(null);
  await provoked("None of the “sha384” hashes");
  writeFileSync(join(emulator.site, file), body);
});

test.describe("on a host that sends no headers of its own", () => {
  test.beforeAll(async () => {
    await quit();
    await launch({ isBare: true });
  });

  test("refuses to run inside a page of somebody else in Firefox", async () => {
    const page = await open();
    await page.goto("about:blank");
    await page.setContent(`<iframe src="${address}" title="a"></iframe>`);
    const frame = await (await page.waitForSelector("iframe")).contentFrame();
    await frame.waitForFunction(() => document.querySelector("h1")?.textContent === "This page does not run inside another page");
    expect(await frame.evaluate(() => document.querySelector("#app"))).toBe(null);
  });

  // The last one: the service worker stays.
  test("refuses to share its address with somebody's service worker in Firefox", async () => {
    const worker = join(emulator.site, "foreign.js");
    writeFileSync(worker, "addEventListener('activate', (event) => event.waitUntil(clients.claim())); addEventListener('fetch', () => {});");
    const page = await open();
    // A page of the same address that is not ours, and has no policy.
    const other = join(emulator.site, "somebody-else.html");
    writeFileSync(other, "<!doctype html><title>Somebody else</title>");
    await page.goto(`${address}somebody-else.html`);
    await page.evaluate(async () => {
      await navigator.serviceWorker.register("/foreign.js");
      await navigator.serviceWorker.ready;
    });
    await page.goto(address);
    await arrived(page, "Another program stands between you and this page");
    rmSync(worker);
    rmSync(other);
  });
});
