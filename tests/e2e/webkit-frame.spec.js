// The page inside a parent page in WebKit, which separates a frame of another origin from the windows that the frame opens.
import { expect, test } from "@playwright/test";
import { By } from "selenium-webdriver";

import { address, examples, framed, portals } from "./emulator.js";
import { takeOutAndPutIn } from "./engines.js";
import { ask, launch, steps } from "./webkit.js";

/** @import { WebDriver, WebElement } from "selenium-webdriver" */

const bridge = `${address}bridge.html`;
const refusal = "This page does not run inside another page";

/** @type {Awaited<ReturnType<typeof launch>>} */
let started;
/** @type {WebDriver} */
let browser;
/** @type {ReturnType<typeof steps>} */
let user;

test.beforeAll(async () => {
  started = await launch(framed);
  browser = started.browser;
  user = steps(browser);
  await ask(started.emulator, "/modes", { pages: [address, bridge, `${examples.strict}cmg/bridge.html`] });
});

test.afterAll(() => started?.quit());

/**
 * Opens the page in a portal, and switches to the frame.
 * @param {string} at
 * @param {Record<string, string>} [more] Query parameters of the portal.
 */
async function hold(at, more = {}) {
  await browser.get("about:blank");
  await browser.get(`${at}?${new URLSearchParams({ src: `${address}#/azure-service`, ...more }).toString()}`);
  await browser.switchTo().frame(0);
}

/**
 * Switches to the window that an action opens. Returns a function that switches back.
 * @param {() => Promise<void>} open
 */
async function inPopup(open) {
  const before = await browser.getAllWindowHandles();
  await open();
  const popup = async () => (await browser.getAllWindowHandles()).find((window) => !before.includes(window));
  await expect.poll(popup).toBeDefined();
  await browser.switchTo().window((await popup()) ?? "");
  return async (isFramed = true) => {
    // If an earlier test gave consent, the sign-in page does not ask again and the window closes.
    await expect(async () => {
      await browser
        .findElement(By.xpath('//button[normalize-space()="Accept"]'))
        .click()
        .catch(() => undefined);
      expect(await browser.getAllWindowHandles()).toHaveLength(before.length);
    }).toPass({ timeout: 30_000 });
    await browser.switchTo().window(before[0] ?? "");
    if (isFramed) {
      await browser.switchTo().frame(0);
    }
  };
}

// Firefox and Chromium separate frames by site, WebKit by origin.
for (const [where, at] of /** @type {[string, string][]} */ ([
  ["the same site", portals.sameSite],
  ["another site", portals.otherSite],
])) {
  test(`inside a portal on ${where}, the page and the sign-in window cannot communicate in WebKit, and both report it`, async () => {
    await hold(at);
    await user.arrived("Azure service");
    await user.type("tenant", "fabrikam.com");
    const goBack = await inPopup(() => user.press("Sign in"));
    await user.arrived("The page that opened this window cannot be reached");
    expect(await browser.getCurrentUrl()).toBe(bridge);
    await browser.close();
    await goBack();
    await user.find('//*[.="The sign-in window could not be used"]');
    const link = await user.find('//a[.="Open in a separate tab"]');
    expect(await link.getAttribute("href")).toBe(address);
  });
}

for (const at of /** @type {const} */ (["unlisted", "suffixed", "prefixed"])) {
  test(`a portal at ${portals[at]} is refused in WebKit, with and without its origin`, async () => {
    for (const more of /** @type {Record<string, string>[]} */ ([{}, { referrerpolicy: "no-referrer" }])) {
      await hold(portals[at], more);
      await user.arrived(refusal);
    }
  });
}

test("as a module under the strictest policy, the page starts in WebKit, signs in with a window, and can be removed and inserted", async () => {
  await browser.get(examples.strict);
  await browser.executeScript(() => {
    window.violations = [];
    addEventListener("securitypolicyviolation", (event) => window.violations.push(`${event.effectiveDirective} ${event.blockedURI}`));
  });
  /**
   * An element in the shadow root, which XPath cannot reach.
   * @param {string} selector
   * @param {string} [text]
   */
  const inside = async (selector, text = "") => {
    /** @type {(selector: string, text: string) => Element | null} */
    const look = (selector, text) =>
      [...(document.querySelector("cmg-entra-setup")?.shadowRoot?.querySelectorAll(selector) ?? [])]
        .filter((element) => element.textContent?.trim().includes(text) && element.checkVisibility())
        .at(-1) ?? null;
    /** @type {WebElement | null} */
    let found = null;
    const find = async () => (found = await browser.executeScript(look, selector, text)) !== null;
    await expect.poll(find, { timeout: 30_000 }).toBe(true);
    return /** @type {WebElement} */ (/** @type {unknown} */ (found));
  };
  const start = "Set up Microsoft Entra ID for a cloud management gateway";
  /** @param {string} name */
  const pressed = (name) => expect(async () => (await inside(".stack button, .frame-foot button", name)).click()).toPass({ timeout: 30_000 });
  await inside("h1", start);
  for (let round = 0; round < 3; round++) {
    await browser.executeScript(takeOutAndPutIn);
    await inside("h1", start);
  }
  await pressed("Set up");
  await (await inside("#tenant")).sendKeys("fabrikam.com");
  const goBack = await inPopup(() => pressed("Sign in"));
  await user.choose('//button[@value="admin@fabrikam.com"]');
  await goBack(false);
  await inside("[role=status], [role=status] *", "Signed in as admin@fabrikam.com.");
  expect(await browser.executeScript("return window.violations")).toEqual([]);
});
