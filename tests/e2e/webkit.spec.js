// The same files in the third engine: WebKit, the one of Safari, driven by WebDriver.
//
// After every test: the page broke no rule of its policy while it was looked at, and no stranger was asked for anything. Back from the
// simulated sign-in page is not tried: WebKitGTK's driver hangs when it goes back from there, whatever page it comes back to.
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "@playwright/test";

import { wrongAnswers } from "./engines.js";
import { spoil } from "./site.js";
import { address, config, portals } from "./emulator.js";
import { ask, launch, steps } from "./webkit.js";

const start = "Set up Microsoft Entra ID for a cloud management gateway";

let started;
let browser;
let find, press, choose, arrived, type, agree;

async function begin(options) {
  started = await launch(config, { isCopy: true, ...options });
  browser = started.browser;
  ({ find, press, choose, arrived, type, agree } = steps(browser));
}

const cloud = (path, data) => ask(started.emulator, path, data);
const change = (modes) => cloud("/modes", modes);
const heading = () => browser.executeScript("return document.querySelector('h1')?.textContent ?? ''");

test.beforeAll(() => begin());
test.afterAll(() => started?.quit());

test.afterEach(async () => {
  expect.soft(await violations(), "what the policy forbade").toEqual([]);
  const { refused } = await cloud("/refused");
  expect.soft(Object.keys(refused), "hosts that were asked for and are none of Microsoft's or ours").toEqual([]);
});

/** Opens the page anew, also if only the fragment differs, and writes down from then on what its policy forbids. */
async function open(to = address) {
  await browser.get("about:blank");
  await browser.get(to);
  await browser.executeScript(() => {
    window.violations = [];
    addEventListener("securitypolicyviolation", (event) => window.violations.push(`${event.effectiveDirective} ${event.blockedURI}`));
  });
}

/** Takes what the policy forbade. */
const violations = () => browser.executeScript("return window.violations?.splice(0) ?? []");

test("starts in WebKit, and judges an App ID URI without a sign-in", async () => {
  await open();
  await arrived(start);
  await press("Check an App ID URI");
  await arrived("Check an App ID URI");
  const verdict = () => browser.executeScript("return document.getElementById('own-verdict')?.innerText ?? ''");
  await type("check-uri", "api://contoso");
  await expect.poll(verdict).not.toBe("");
  const first = await verdict();
  await type("check-uri", "api://5e97358c-d99c-4558-af0c-de7774091dda/contoso");
  await expect.poll(verdict).not.toBe(first);
  expect(await browser.executeScript("return document.getElementById('check-uri').value")).toBe(
    "api://5e97358c-d99c-4558-af0c-de7774091dda/contoso",
  );
});

test("the policy of the page is obeyed in WebKit, and no text becomes markup", async () => {
  await open();
  await arrived(start);
  const done = await browser.executeAsyncScript((done) => {
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
    fetch("https://example.com/")
      .then(() => "sent", () => "refused")
      .then((sent) => done({ sent, refused, ran: window.ran ?? false, colour: getComputedStyle(style).color }));
  });
  expect(done.sent).toBe("refused");
  expect(done.ran).toBe(false);
  expect(done.colour).not.toBe("rgb(1, 2, 3)");
  expect(done.refused, "Trusted Types").toEqual(["script", "markup"]);
  const forbidden = await violations();
  for (const rule of ["connect-src https://example.com/", "style-src-attr inline", "require-trusted-types-for trusted-types-sink"]) {
    expect(forbidden).toContain(rule);
  }
});

test("does not start in WebKit when the program is not the one that was published", async () => {
  const file = readdirSync(started.emulator.site).find((name) => name.endsWith(".wasm"));
  const body = readFileSync(join(started.emulator.site, file));
  writeFileSync(join(started.emulator.site, file), spoil(file, body));
  await open();
  await arrived("The files of this page do not fit together");
  writeFileSync(join(started.emulator.site, file), body);
});

test("runs nothing in WebKit when the start script itself is not the one that was published", async () => {
  const file = readdirSync(started.emulator.site).find((name) => name.startsWith("boot-"));
  const body = readFileSync(join(started.emulator.site, file));
  writeFileSync(join(started.emulator.site, file), spoil(file, body));
  await open();
  const isLoaded = () => browser.executeScript("return document.readyState === 'complete'");
  await browser.wait(isLoaded, 30_000);
  expect(await heading()).toBe("");
  writeFileSync(join(started.emulator.site, file), body);
});

/** Reviews the answers and starts the run. */
async function create() {
  await press("Review + create");
  await find('//*[.="Validation passed"]');
  await press("Create");
}

/** Signs in and answers every question as it is offered, up to the subscription. */
async function toSubscription() {
  await open();
  await press("Set up");
  await arrived("Azure service");
  await type("tenant", "fabrikam.com");
  await press("Sign in");
  await agree();
  await find('//*[@role="status"][contains(., "Signed in as admin@fabrikam.com.")]/..');
  for (const next of ["Next : Web app >", "Next : Native app >", "Next : Discovery >", "Next : Subscription >"]) {
    await press(next);
  }
}

test("an admin sets everything up in WebKit, from the sign-in to the hand-over", async () => {
  test.setTimeout(180_000);
  await change({ pages: [address] });
  await toSubscription();
  await choose('//label[contains(., "Fabrikam Production")]');
  await create();
  await find('//main//*[contains(text(), "9 of 11 done")]');
  // Registering takes minutes in Azure, and here too.
  await change({ clock_offset_seconds: 1200 });
  await arrived("Setup is complete");
  await press("Go to the hand-over");
  await arrived("Enter the values in Configuration Manager");
  expect(await browser.executeScript("return document.activeElement.id")).toBe("title");
  const secret = () => browser.executeScript("return document.getElementById('secret')?.value ?? null");
  await press("Show Secret Key");
  await expect.poll(async () => (await secret()).length).toBeGreaterThan(20);
  await press("I have saved it");
  await expect.poll(secret).toBe(null);
});

test("a window closed in the middle of a run is found again in WebKit, and the run is continued", async () => {
  test.setTimeout(180_000);
  await cloud("/reset", {});
  const fault = { method: "PATCH", path_prefix: "/v1.0/servicePrincipals", kind: "hang-before", times: 2 };
  await change({ pages: [address], faults: [fault] });
  // The run of the test before is of no concern here. A page that is open would hold what is deleted.
  await browser.get(`${address}config.json`);
  await browser.executeAsyncScript((done) => {
    sessionStorage.clear();
    indexedDB.deleteDatabase("cmg-entra-setup").onsuccess = () => done();
  });
  await toSubscription();
  await create();
  const tenant = async () => (await cloud("/snapshot"))["5e97358c-d99c-4558-8000-000000010000"];
  const ours = (apps) => apps.filter(({ displayName }) => displayName.startsWith("CMG-"));
  await expect.poll(async () => ours((await tenant()).applications).length, { timeout: 30_000 }).toBe(2);
  const left = await browser.getWindowHandle();
  await browser.switchTo().newWindow("tab");
  const kept = await browser.getWindowHandle();
  await browser.switchTo().window(left);
  await browser.close();
  await browser.switchTo().window(kept);

  await open();
  await press("View unfinished runs");
  await arrived("Unfinished runs");
  await press("Verify and continue");
  await press("Sign in");
  await find('//*[.="This continues an unfinished run"]');
  await press("Continue");
  await arrived("Setup is complete");
  const apps = ours((await tenant()).applications);
  expect(apps).toHaveLength(2);
  expect(apps.flatMap(({ passwordCredentials }) => passwordCredentials)).toHaveLength(1);
});

const elsewhere = (requests) => requests.filter(({ host }) => !host.startsWith("login."));
const redeemed = (requests) => requests.filter(({ method, path }) => method === "POST" && path.endsWith("/token"));

test("a wrong answer to a sign-in is refused in WebKit", async () => {
  test.setTimeout(120_000);
  await cloud("/reset", {});
  for (const [entra, title, times] of wrongAnswers) {
    await change({ pages: [address], entra });
    await open(`${address}#/azure-service`);
    await type("tenant", "fabrikam.com");
    await press("Sign in");
    await agree();
    await arrived("Azure service");
    await find(`//main//*[.="${title}"]`);
    expect(await browser.getCurrentUrl()).toBe(`${address}#/azure-service`);
    const { requests } = await cloud("/requests");
    expect(elsewhere(requests)).toEqual([]);
    expect(redeemed(requests)).toHaveLength(times);
  }
});

test("an answer from a link is refused in WebKit, and leaves the address", async () => {
  await cloud("/reset", {});
  for (const url of ["#code=c&state=s", "?code=c&state=s", "#code=c&state=a&state=b", "?error=e#code=c&state=s"]) {
    await open(address + url);
    await find('//main//*[.="This sign-in was not started in this tab" or .="The response does not look like Microsoft\'s"]');
    expect(await browser.getCurrentUrl()).toBe(`${address}#/azure-service`);
  }
  expect((await cloud("/requests")).requests).toEqual([]);
});

test.describe("on a host that sends no headers of its own", () => {
  test.beforeAll(async () => {
    await started.quit();
    await begin({ isBare: true });
  });

  test("refuses to run inside a page that is not listed in WebKit", async () => {
    await open(`${portals.unlisted}?${new URLSearchParams({ src: address })}`);
    await browser.switchTo().frame(0);
    await arrived("This page does not run inside another page");
    expect(await browser.executeScript("return document.querySelector('#app')")).toBe(null);
    await browser.switchTo().defaultContent();
  });

  // The last one: the service worker stays.
  test("refuses to share its address with another program's service worker in WebKit", async () => {
    const worker = join(started.emulator.site, "foreign.js");
    writeFileSync(worker, "addEventListener('activate', (event) => event.waitUntil(clients.claim())); addEventListener('fetch', () => {});");
    // A page of the same address that is not ours, and has no policy.
    const other = join(started.emulator.site, "another-program.html");
    writeFileSync(other, "<!doctype html><title>Another program</title>");
    await open(`${address}another-program.html`);
    const registered = await browser.executeAsyncScript((done) => {
      navigator.serviceWorker
        .register("/foreign.js")
        .then(() => navigator.serviceWorker.ready)
        .then(() => done("ready"), (error) => done(String(error)));
    });
    expect(registered).toBe("ready");
    await open();
    await arrived("Another program stands between you and this page");
    rmSync(worker);
    rmSync(other);
  });
});
