// The sign-in inside a parent page, over real sockets: Microsoft's page opens in a separate window, which its cross-origin opener policy
// isolates from the page. Its response comes back through the bridge page.
import { address, expect, test } from "./cloud.js";
import { framed, portals } from "./emulator.js";
import { countClicks, press } from "./framed.js";
import { button, heading, main } from "./locators.js";
import { look } from "./look.js";

/** @import { FrameLocator, Page } from "@playwright/test" */
/** @import { Cloud } from "./cloud.js" */
/** @import { Root } from "./locators.js" */

test.use({ settings: framed });

const bridge = `${address}bridge.html`;
const title = "Sign in using the window that opened";

/** Records the addresses of windows that the page opens, for tests of an attacker that knows them. */
function noteWindows() {
  const open = window.open;
  window.open = (...all) => {
    window.opened = String(all[0]);
    return open.apply(window, all);
  };
}

test.beforeEach(async ({ cloud, context }) => {
  await cloud.change({ pages: [address, bridge] });
  await context.addInitScript(noteWindows);
  await context.addInitScript(countClicks);
});

/**
 * A text in the page's main part, not in its live region for screen readers.
 * @param {Root} frame
 * @param {string} text
 */
const said = (frame, text) => main(frame).getByText(text, { exact: true });

/**
 * Opens the page in a portal, at the sign-in.
 * @param {Page} page
 * @param {Record<string, string>} [more] Query parameters of the portal.
 */
async function hold(page, more = {}) {
  const query = new URLSearchParams({ src: `${address}#/azure-service`, ...more });
  await page.goto(`${portals.sameSite}?${query.toString()}`);
  const frame = page.frameLocator("iframe");
  await frame.getByRole("textbox", { name: "Tenant to sign in to" }).fill("fabrikam.com");
  return frame;
}

/**
 * Selects Sign in and returns the window that opens, with Microsoft's page.
 * @param {Page} page
 * @param {FrameLocator} frame
 */
async function begin(page, frame) {
  const opening = page.context().waitForEvent("page");
  await press(frame, "Sign in");
  const popup = await opening;
  await expect(popup.getByRole("heading", { name: "Pick an account" })).toBeVisible();
  return popup;
}

/** @param {Page} popup */
async function consent(popup) {
  await popup.getByRole("button", { name: "admin@fabrikam.com" }).click();
  await button(popup, "Accept").click();
}

/** @param {FrameLocator} frame */
const signedIn = (frame) => frame.getByRole("status").getByText("Signed in as admin@fabrikam.com.");

/** @param {Cloud} cloud */
const redeemed = async (cloud) =>
  (await cloud.requests()).filter(({ method, path }) => method === "POST" && path.includes("/oauth2/v2.0/token")).length;

/**
 * Opens a page of an attacker on this origin that knows the name of the channel.
 * @param {Page} page
 */
async function listen(page) {
  const opened = (await page.frames()[1]?.evaluate(() => window.opened)) ?? "";
  const name = /^bridge\.html#([0-9a-f]{64})\.en$/.exec(opened)?.[1] ?? "";
  expect(name).not.toBe("");
  const desk = await page.context().newPage();
  await desk.goto(`${address}config.json`);
  return {
    desk,
    name,
    /** @param {string} text */
    say: (text, at = name) =>
      desk.evaluate(
        ({ at, text }) => {
          const channel = new BroadcastChannel(`cmg-entra-setup.sign-in.${at}`);
          channel.postMessage(text);
          channel.close();
        },
        { at, text },
      ),
  };
}

/**
 * What the frame at this place keeps in its stores and its address.
 * @param {Page} page
 */
const keptIn = (page) => page.frames()[1]?.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage, at: location.href }));

test("an admin signs in inside a portal and completes the setup; nothing of the response remains", async ({ page, cloud }) => {
  const frame = await hold(page);
  const popup = await begin(page, frame);
  expect(await popup.evaluate(() => window.opener)).toBe(null);
  await expect(frame.getByText(title)).toBeVisible();
  const closed = popup.waitForEvent("close");
  await consent(popup);
  await expect(signedIn(frame)).toBeVisible();
  await closed;
  await expect(frame.getByText(title)).toHaveCount(0);
  expect(await redeemed(cloud), "one code, one token for Azure").toBe(2);
  const codes = (await cloud.needles()).filter(([kind]) => kind === "code").map(([, text]) => text);
  expect(codes).toHaveLength(1);
  const kept = await keptIn(page);
  expect(kept).not.toContain(codes[0]);
  expect(kept).not.toContain('"sign-in"');

  for (const next of ["Next : Web app >", "Next : Native app >", "Next : Discovery >", "Next : Subscription >"]) {
    await press(frame, next);
  }
  await press(frame, "Review + create");
  await expect(frame.getByText("Validation passed")).toBeVisible({ timeout: 30_000 });
  await press(frame, "Create");
  await expect(heading(frame)).toHaveText("Setup is complete", { timeout: 60_000 });
  expect(cloud.violations).toEqual([]);
  expect(await cloud.strangers()).toEqual([]);
});

test("signing out in a frame opens Microsoft's page in a window, and the frame stays", async ({ page, cloud }) => {
  const frame = await hold(page);
  await consent(await begin(page, frame));
  await expect(signedIn(frame)).toBeVisible();
  const opening = page.context().waitForEvent("page");
  await press(frame, "Sign out");
  const popup = await opening;
  await expect(heading(frame)).toHaveText("Set up Microsoft Entra ID for a cloud management gateway");
  await expect.poll(() => popup.url()).toMatch(/logout|bridge\.html/);
  expect(page.frames()[1]?.url()).toBe(`${address}#/`);
  expect(cloud.violations).toEqual([]);
});

test("a user who cannot consent gets a consent link that returns to the page itself", async ({ page }) => {
  const frame = await hold(page);
  const popup = await begin(page, frame);
  await popup.getByRole("button", { name: "azure@fabrikam.com" }).click();
  await button(popup, "Return to the application without granting consent").click();
  const link = frame.getByRole("status", { name: "Consent link for an administrator" });
  await expect(link).toContainText(`redirect_uri=${encodeURIComponent(address)}&`);
});

test("a forged response from an attacker who knows the channel is not redeemed", async ({ page, cloud }) => {
  const frame = await hold(page);
  await begin(page, frame);
  const { say } = await listen(page);
  await say("answer code=forged&state=forged");
  await expect(said(frame, "This sign-in was not started in this tab")).toBeVisible();
  expect(await redeemed(cloud)).toBe(0);
});

test("messages on another channel, and messages that are no response, change nothing", async ({ page, cloud }) => {
  const frame = await hold(page);
  const popup = await begin(page, frame);
  const { say, desk, name } = await listen(page);
  await say("answer code=forged&state=forged", "0".repeat(64));
  await say("answer code=forged&state=forged", "");
  for (const text of ["hello", "go https://evil.test/", "taken", "", "answer", "ANSWER code=x&state=y"]) {
    await say(text);
  }
  await desk.evaluate((channelName) => {
    const channel = new BroadcastChannel(channelName);
    for (const odd of [null, 1, { type: "answer" }, ["answer "], new Blob(["answer x"]), new ArrayBuffer(8)]) {
      channel.postMessage(odd);
    }
  }, `cmg-entra-setup.sign-in.${name}`);
  await expect(frame.getByText(title)).toBeVisible();
  await consent(popup);
  await expect(signedIn(frame)).toBeVisible();
  expect(await redeemed(cloud)).toBe(2);
});

test("only the first response counts, and no response works twice", async ({ page, cloud }) => {
  const frame = await hold(page);
  const popup = await begin(page, frame);
  const { desk, name, say } = await listen(page);
  await desk.evaluate((name) => {
    window.channelMessages = [];
    window.channel = new BroadcastChannel(`cmg-entra-setup.sign-in.${name}`);
    window.channel.onmessage = ({ data }) => window.channelMessages.push(data);
  }, name);
  await consent(popup);
  await expect(signedIn(frame)).toBeVisible();
  const heard = await desk.evaluate(() => window.channelMessages);
  const answer = heard.find((text) => text.startsWith("answer code=")) ?? "";
  expect(answer).not.toBe("");
  await say(answer);
  await say("answer error=access_denied&state=x");
  // The same response again, in the address of a window without a sign-in, and in the address of the page.
  await desk.goto(`${bridge}#${answer.slice("answer ".length)}`);
  await expect(heading(desk)).toHaveText("There is nothing to do in this window");
  await desk.goto(`${address}?#${answer.slice("answer ".length)}`);
  await expect(said(desk, "This sign-in was not started in this tab")).toBeVisible();
  await expect(frame.getByRole("button", { name: "Sign out" })).toBeVisible();
  expect(await redeemed(cloud)).toBe(2);
});

test("a response of Microsoft's page with another state is not redeemed", async ({ page, cloud }) => {
  await cloud.change({ entra: { answer: "wrong-state" } });
  const frame = await hold(page);
  await consent(await begin(page, frame));
  await expect(said(frame, "This sign-in was not started in this tab")).toBeVisible();
  expect(await redeemed(cloud)).toBe(0);
});

test("a cancelled sign-in has no effect, and the next one works", async ({ page, cloud }) => {
  const frame = await hold(page);
  const first = await begin(page, frame);
  await look(page, "frame-window-open");
  await press(frame, "Cancel the sign-in");
  await expect(frame.getByText(title)).toHaveCount(0);
  await consent(first);
  await expect(heading(first)).toHaveText("This sign-in is no longer active", { timeout: 10_000 });
  expect(first.url()).toBe(bridge);
  await look(first, "bridge-late");
  expect(await redeemed(cloud)).toBe(0);

  const closed = await begin(page, frame);
  await closed.close();
  const last = await begin(page, frame);
  await last.getByRole("button", { name: "admin@fabrikam.com" }).click();
  await expect(signedIn(frame)).toBeVisible();
  expect(cloud.violations).toEqual([]);
});

test("if no window can open, the page reports it and offers its own tab", async ({ page, cloud }) => {
  const frame = await hold(page, { sandbox: "allow-scripts allow-same-origin" });
  await press(frame, "Sign in");
  await expect(frame.getByText(title)).toBeVisible();
  await expect(said(frame, "The sign-in window could not be used")).toBeVisible({ timeout: 10_000 });
  const link = frame.getByRole("link", { name: "Open in a separate tab" });
  await expect(link).toHaveAttribute("href", address);
  await expect(link).toHaveAttribute("target", "_blank");
  await expect(link).toHaveAttribute("rel", "noopener");
  await look(page, "frame-no-window");
  expect(await redeemed(cloud)).toBe(0);
  expect(cloud.violations).toEqual([]);
});

for (const at of /** @type {const} */ (["unlisted", "suffixed", "prefixed"])) {
  test(`a portal at ${portals[at]} is refused over real sockets`, async ({ page, cloud }) => {
    await page.goto(`${portals[at]}?${new URLSearchParams({ src: address }).toString()}`);
    await expect(heading(page.frameLocator("iframe"))).toHaveText("This page does not run inside another page");
    if (at === "unlisted") {
      await look(page, "frame-refused");
    }
    expect(cloud.violations).toEqual([]);
  });
}
