// The page inside a portal's page in the third engine: WebKit, which keeps a frame of another address apart from the windows it opens.
import { expect, test } from "@playwright/test";
import { By } from "selenium-webdriver";

import { takeOutAndPutIn } from "./engines.js";
import { address, examples, framed, portals } from "./emulator.js";
import { ask, launch, steps } from "./webkit.js";

const bridge = `${address}bridge.html`;
const refusal = "This page does not run inside another page";

let started;
let browser;
let find, press, choose, arrived, type;

test.beforeAll(async () => {
  started = await launch(framed);
  browser = started.browser;
  ({ find, press, choose, arrived, type } = steps(browser));
  await ask(started.emulator, "/modes", { pages: [address, bridge, `${examples.strict}cmg/bridge.html`] });
});

test.afterAll(() => started?.quit());

/** Opens the page in a portal, and goes into the frame. */
async function hold(at, more = {}) {
  await browser.get("about:blank");
  await browser.get(`${at}?${new URLSearchParams({ src: `${address}#/azure-service`, ...more })}`);
  await browser.switchTo().frame(0);
}

/** Goes to the window that a press opens. Returns how to come back. */
async function inPopup(open) {
  const before = await browser.getAllWindowHandles();
  await open();
  let popup;
  await expect
    .poll(async () => {
      popup = (await browser.getAllWindowHandles()).find((window) => !before.includes(window));
      return popup !== undefined;
    })
    .toBe(true);
  await browser.switchTo().window(popup);
  return async (isFramed = true) => {
    // Not asked again of a person who has agreed in a test before this one: then the window closes by itself.
    await expect(async () => {
      await browser
        .findElement(By.xpath('//button[normalize-space()="Accept"]'))
        .click()
        .catch(() => undefined);
      expect(await browser.getAllWindowHandles()).toHaveLength(before.length);
    }).toPass({ timeout: 30_000 });
    await browser.switchTo().window(before[0]);
    if (isFramed) {
      await browser.switchTo().frame(0);
    }
  };
}

// Firefox and Chromium keep frames apart by site, WebKit by origin.
for (const [where, at] of [
  ["the same site", portals.sameSite],
  ["another site", portals.otherSite],
]) {
  test(`inside a portal of ${where} neither window reaches the other in WebKit, and both say so`, async () => {
    await hold(at);
    await arrived("Azure service");
    await type("tenant", "fabrikam.com");
    const goBack = await inPopup(() => press("Sign in"));
    await arrived("The page that opened this window cannot be reached");
    expect(await browser.getCurrentUrl()).toBe(bridge);
    await browser.close();
    await goBack();
    await find('//*[.="The sign-in window could not be used"]');
    const link = await find('//a[.="Open in a separate tab"]');
    expect(await link.getAttribute("href")).toBe(address);
  });
}

for (const at of ["unlisted", "suffixed", "prefixed"]) {
  test(`a portal under ${portals[at]} is refused in WebKit, whether it hides its name or not`, async () => {
    for (const more of [{}, { referrerpolicy: "no-referrer" }]) {
      await hold(portals[at], more);
      await arrived(refusal);
    }
  });
}

test("as a module under the strictest policy it starts in WebKit, signs in by a window, and can be taken out and put in", async () => {
  await browser.get(examples.strict);
  await browser.executeScript(() => {
    window.violations = [];
    addEventListener("securitypolicyviolation", (event) => window.violations.push(`${event.effectiveDirective} ${event.blockedURI}`));
  });
  /** An element inside the module with this text; no XPath leads into a shadow root. */
  const inside = async (selector, text = "") => {
    const look = (selector, text) =>
      [...(document.querySelector("cmg-entra-setup")?.shadowRoot?.querySelectorAll(selector) ?? [])]
        .filter((element) => element.textContent.trim().includes(text) && element.checkVisibility())
        .at(-1) ?? null;
    let found;
    await expect
      .poll(async () => (found = await browser.executeScript(look, selector, text)) !== null, { timeout: 30_000 })
      .toBe(true);
    return found;
  };
  const start = "Set up Microsoft Entra ID for a cloud management gateway";
  const pressed = (name) => expect(async () => (await inside(".stack button, .frame-foot button", name)).click()).toPass({ timeout: 30_000 });
  await inside("h1", start);
  for (let round = 0; round < 3; round++) {
    await browser.executeScript(takeOutAndPutIn);
    await inside("h1", start);
  }
  await pressed("Set up");
  await (await inside("#tenant")).sendKeys("fabrikam.com");
  const goBack = await inPopup(() => pressed("Sign in"));
  await choose('//button[@value="admin@fabrikam.com"]');
  await goBack(false);
  await inside("[role=status], [role=status] *", "Signed in as admin@fabrikam.com.");
  expect(await browser.executeScript("return window.violations")).toEqual([]);
});
