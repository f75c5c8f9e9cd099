// The page in WebKit, the engine of Safari, controlled by WebDriver.
//
// After every test: the page did not violate its policy, and contacted no other host. Back from the simulated sign-in page is not tested:
// WebKitGTK's driver hangs when it goes back from there, to any page.
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "@playwright/test";

import { address, config, portals } from "./emulator.js";
import { wrongAnswers } from "./engines.js";
import { spoil } from "./site.js";
import { held } from "./steps.js";
import { ask, launch, steps } from "./webkit.js";

/** @import { WebDriver } from "selenium-webdriver" */
/** @import { Application, Change, LoggedRequest } from "./cloud.js" */
/** @import { StartOptions } from "./emulator.js" */

const start = "Set up Microsoft Entra ID for a cloud management gateway";

/** @type {Awaited<ReturnType<typeof launch>>} */
let started;
/** @type {WebDriver} */
let browser;
/** @type {ReturnType<typeof steps>} */
let user;

/** @param {StartOptions} [options] */
async function begin(options) {
  started = await launch(config, { isCopy: true, ...options });
  browser = started.browser;
  user = steps(browser);
}

/** @type {(path: string, data?: object) => Promise<any>} */
const cloud = (path, data) => ask(started.emulator, path, data);
/** @param {Change} modes */
const change = (modes) => cloud("/modes", modes);
/** @type {() => Promise<string>} */
const heading = () => browser.executeScript("return document.querySelector('h1')?.textContent ?? ''");

test.beforeAll(() => begin());
test.afterAll(() => started?.quit());

test.afterEach(async () => {
  expect.soft(await violations(), "violations of the policy").toEqual([]);
  const { refused } = await cloud("/refused");
  expect.soft(Object.keys(refused), "contacted hosts that are not Microsoft's or the page's").toEqual([]);
});

/** Loads the page, also if only the fragment differs, and records the violations of its policy. */
async function open(to = address) {
  await browser.get("about:blank");
  await browser.get(to);
  await browser.executeScript(() => {
    window.violations = [];
    addEventListener("securitypolicyviolation", (event) => window.violations.push(`${event.effectiveDirective} ${event.blockedURI}`));
  });
}

/**
 * Removes and returns the recorded violations.
 * @type {() => Promise<string[]>}
 */
const violations = () => browser.executeScript("return window.violations?.splice(0) ?? []");

test("the page starts in WebKit, and checks an App ID URI without a sign-in", async () => {
  await open();
  await user.arrived(start);
  await user.press("Check an App ID URI");
  await user.arrived("Check an App ID URI");
  const verdict = () => browser.executeScript("return document.getElementById('own-verdict')?.innerText ?? ''");
  await user.type("check-uri", "api://contoso");
  await expect.poll(verdict).not.toBe("");
  const first = await verdict();
  await user.type("check-uri", "api://5e97358c-d99c-4558-af0c-de7774091dda/contoso");
  await expect.poll(verdict).not.toBe(first);
  expect(await browser.executeScript("return document.getElementById('check-uri').value")).toBe(
    "api://5e97358c-d99c-4558-af0c-de7774091dda/contoso",
  );
});

test("WebKit enforces the policy of the page, and no text becomes markup", async () => {
  await open();
  await user.arrived(start);
  const outcome = await browser.executeAsyncScript((/** @type {(outcome: object) => void} */ done) => {
    /** @type {string[]} */
    const refused = [];
    try {
      const script = document.createElement("script");
      script.textContent = "window.ran = true";
      document.head.append(script);
    } catch {
      refused.push("script");
    }
    const style = document.createElement("p");
    style.setAttribute("style", "color: rgb(1, 2, 3)");
    document.body.append(style);
    try {
      style.innerHTML = "<img src=x onerror='window.ran = true'>";
    } catch {
      refused.push("markup");
    }
    void fetch("https://example.com/")
      .then(() => "sent", () => "refused")
      .then((sent) => done({ sent, refused, ran: "ran" in window, colour: getComputedStyle(style).color }));
  });
  const done = /** @type {{ sent: string, refused: string[], ran: boolean, colour: string }} */ (outcome);
  expect(done.sent).toBe("refused");
  expect(done.ran).toBe(false);
  expect(done.colour).not.toBe("rgb(1, 2, 3)");
  expect(done.refused, "Trusted Types").toEqual(["script", "markup"]);
  const forbidden = await violations();
  for (const rule of ["connect-src https://example.com/", "style-src-attr inline", "require-trusted-types-for trusted-types-sink"]) {
    expect(forbidden).toContain(rule);
  }
});

test("the page does not start in WebKit if the program differs from the published one", async () => {
  const file = readdirSync(started.emulator.site).find((name) => name.endsWith("_bg.wasm")) ?? "";
  const body = readFileSync(join(started.emulator.site, file));
  writeFileSync(join(started.emulator.site, file), spoil(file, body));
  await open();
  await user.arrived("The files of this page do not fit together");
  writeFileSync(join(started.emulator.site, file), body);
});

test("no script runs in WebKit if the start script differs from the published one", async () => {
  const file = readdirSync(started.emulator.site).find((name) => name.startsWith("boot-")) ?? "";
  const body = readFileSync(join(started.emulator.site, file));
  writeFileSync(join(started.emulator.site, file), spoil(file, body));
  await open();
  /** @type {() => Promise<boolean>} */
  const isLoaded = () => browser.executeScript("return document.readyState === 'complete'");
  await browser.wait(isLoaded, 30_000);
  expect(await heading()).toBe("");
  writeFileSync(join(started.emulator.site, file), body);
});

/** Reviews the answers and starts the run. */
async function create() {
  await user.press("Review + create");
  await user.find('//*[.="Validation passed"]');
  await user.press("Create");
}

/** Signs in and accepts the default answers up to the subscription. */
async function toSubscription() {
  await open();
  await user.press("Set up");
  await user.arrived("Azure service");
  await user.type("tenant", "fabrikam.com");
  await user.press("Sign in");
  await user.agree();
  await user.find('//*[@role="status"][contains(., "Signed in as admin@fabrikam.com.")]/..');
  for (const next of ["Next : Web app >", "Next : Native app >", "Next : Discovery >", "Next : Subscription >"]) {
    await user.press(next);
  }
}

test("an admin completes the setup in WebKit, from the sign-in to the hand-over", async () => {
  test.setTimeout(180_000);
  await change({ pages: [address] });
  await toSubscription();
  await user.choose('//label[contains(., "Fabrikam Production")]');
  await create();
  await user.find('//main//*[contains(text(), "9 of 11 done")]');
  // A registration takes minutes in Azure, and in the simulated cloud.
  await change({ clock_offset_seconds: 1200 });
  await user.arrived("Setup is complete");
  await user.press("Go to the hand-over");
  await user.arrived("Enter the values in Configuration Manager");
  expect(await browser.executeScript("return document.activeElement.id")).toBe("title");
  /** @type {() => Promise<string | null>} */
  const secret = () => browser.executeScript("return document.getElementById('secret')?.value ?? null");
  await user.press("Show Secret Key");
  await expect.poll(async () => (await secret())?.length).toBeGreaterThan(20);
  await user.press("I have saved it");
  await expect.poll(secret).toBe(null);
});

test("a run is continued in WebKit after its window was closed", async () => {
  test.setTimeout(180_000);
  await cloud("/reset", {});
  const fault = { method: "PATCH", path_prefix: "/v1.0/servicePrincipals", kind: "hang-before", times: 2 };
  await change({ pages: [address], faults: [fault] });
  // Delete the run of the previous test. An open page would block the deletion.
  await browser.get(`${address}config.json`);
  await browser.executeAsyncScript((/** @type {() => void} */ done) => {
    sessionStorage.clear();
    indexedDB.deleteDatabase("cmg-entra-setup").onsuccess = () => done();
  });
  await toSubscription();
  await create();
  const tenant = async () => (await cloud("/snapshot"))["5e97358c-d99c-4558-8000-000000010000"];
  /** @param {Application[]} apps */
  const ours = (apps) => apps.filter(({ displayName }) => displayName.startsWith("CMG-"));
  // A fault that is left over would stop the next run too.
  await expect.poll(async () => held((await cloud("/requests")).requests), { timeout: 30_000 }).toBe(2);
  expect(ours((await tenant()).applications)).toHaveLength(2);
  const left = await browser.getWindowHandle();
  await browser.switchTo().newWindow("tab");
  const kept = await browser.getWindowHandle();
  await browser.switchTo().window(left);
  await browser.close();
  await browser.switchTo().window(kept);

  await open();
  await user.press("View unfinished runs");
  await user.arrived("Unfinished runs");
  await user.press("Verify and continue");
  await user.press("Sign in");
  await user.find('//*[.="This continues an unfinished run"]');
  await user.press("Continue");
  await user.arrived("Setup is complete");
  const apps = ours((await tenant()).applications);
  expect(apps).toHaveLength(2);
  expect(apps.flatMap(({ passwordCredentials }) => passwordCredentials)).toHaveLength(1);
});

/** @param {LoggedRequest[]} requests */
const elsewhere = (requests) => requests.filter(({ host }) => !host.startsWith("login."));
/** @param {LoggedRequest[]} requests */
const redeemed = (requests) => requests.filter(({ method, path }) => method === "POST" && path.endsWith("/token"));

test("a wrong response to a sign-in is refused in WebKit", async () => {
  test.setTimeout(120_000);
  await cloud("/reset", {});
  for (const [entra, title, times] of wrongAnswers) {
    await change({ pages: [address], entra });
    await open(`${address}#/azure-service`);
    await user.type("tenant", "fabrikam.com");
    await user.press("Sign in");
    await user.agree();
    await user.arrived("Azure service");
    await user.find(`//main//*[.="${title}"]`);
    expect(await browser.getCurrentUrl()).toBe(`${address}#/azure-service`);
    const { requests } = await cloud("/requests");
    expect(elsewhere(requests)).toEqual([]);
    expect(redeemed(requests)).toHaveLength(times);
  }
});

test("a response from a link is refused in WebKit, and removed from the address", async () => {
  await cloud("/reset", {});
  for (const url of ["#code=c&state=s", "?code=c&state=s", "#code=c&state=a&state=b", "?error=e#code=c&state=s"]) {
    await open(address + url);
    await user.find('//main//*[.="This sign-in was not started in this tab" or .="The response does not look like Microsoft\'s"]');
    expect(await browser.getCurrentUrl()).toBe(`${address}#/azure-service`);
  }
  expect((await cloud("/requests")).requests).toEqual([]);
});

test.describe("on a web server without response headers", () => {
  test.beforeAll(async () => {
    await started.quit();
    await begin({ isBare: true });
  });

  test("the page refuses to run inside an unlisted page in WebKit", async () => {
    await open(`${portals.unlisted}?${new URLSearchParams({ src: address }).toString()}`);
    await browser.switchTo().frame(0);
    await user.arrived("This page does not run inside another page");
    expect(await browser.executeScript("return document.querySelector('#app')")).toBe(null);
    await browser.switchTo().defaultContent();
  });

  // The last test, because the service worker stays.
  test("the page refuses to start with another application's service worker in WebKit", async () => {
    const worker = join(started.emulator.site, "foreign.js");
    writeFileSync(worker, "addEventListener('activate', (event) => event.waitUntil(clients.claim())); addEventListener('fetch', () => {});");
    // A page of another application on the same origin, without a policy.
    const other = join(started.emulator.site, "another-application.html");
    writeFileSync(other, "<!doctype html><title>Another application</title>");
    await open(`${address}another-application.html`);
    const registered = await browser.executeAsyncScript((/** @type {(outcome: string) => void} */ done) => {
      navigator.serviceWorker
        .register("/foreign.js")
        .then(() => navigator.serviceWorker.ready)
        .then(() => done("ready"), (error) => done(String(error)));
    });
    expect(registered).toBe("ready");
    await open();
    await user.arrived("Another application can read what this page sends");
    rmSync(worker);
    rmSync(other);
  });
});
