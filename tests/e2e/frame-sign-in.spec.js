// Signing in inside a portal's page, over real sockets: Microsoft's page has a window of its own, cut off from the page as its
// cross-origin opener policy demands, and its answer comes back through the bridge.
import { address, expect, test } from "./cloud.js";
import { look } from "./look.js";
import { framed, portals } from "./emulator.js";

test.use({ settings: framed });

const bridge = `${address}bridge.html`;
const button = (page, name) => page.getByRole("button", { name, exact: true });
const heading = (page) => page.getByRole("heading", { level: 1 });
const title = "Sign in using the window that opened";

/** Notes where the page opens windows, for whoever plays somebody that knows it. */
function noteWindows() {
  const open = window.open;
  window.open = (...all) => {
    window.opened = all[0];
    return open.apply(window, all);
  };
}

/** Counts the clicks that the guard of covered buttons lets through. */
function countClicks() {
  window.clicks = 0;
  addEventListener("click", () => window.clicks++);
}

test.beforeEach(async ({ cloud, context }) => {
  await cloud.change({ pages: [address, bridge] });
  await context.addInitScript(noteWindows);
  await context.addInitScript(countClicks);
});

/**
 * Chromium takes a moment to be sure that nothing covers a button, and another one whenever the button has moved. Until then it does
 * nothing, and whoever wants it to clicks again.
 */
async function press(frame, name) {
  const target = button(frame, name).last();
  const clicks = () => frame.locator(":root").evaluate(() => window.clicks);
  const before = await clicks();
  await expect(async () => {
    await target.scrollIntoViewIfNeeded();
    await expect(target).not.toHaveAttribute("data-covered");
    await target.click();
    expect(await clicks()).toBeGreaterThan(before);
  }).toPass();
}

/** What is said in the page, and not beside it to those who do not see it. */
const said = (frame, text) => frame.getByRole("main").getByText(text, { exact: true });

/** The page in a portal, at the step of the sign-in. */
async function hold(page, more = {}) {
  const wish = new URLSearchParams({ src: `${address}#/azure-service`, ...more });
  await page.goto(`${portals.sameSite}?${wish}`);
  const frame = page.frameLocator("iframe");
  await frame.getByRole("textbox", { name: "Tenant to sign in to" }).fill("fabrikam.com");
  return frame;
}

/** Presses Sign in; the window that opens, at Microsoft's page. */
async function begin(page, frame) {
  const opening = page.context().waitForEvent("page");
  await press(frame, "Sign in");
  const popup = await opening;
  await expect(popup.getByRole("heading", { name: "Pick an account" })).toBeVisible();
  return popup;
}

async function consent(popup, account = "admin@fabrikam.com") {
  await popup.getByRole("button", { name: account }).click();
  await button(popup, "Accept").click();
}

const signedIn = (frame) => frame.getByRole("status").getByText("Signed in as admin@fabrikam.com.");

const redeemed = async (cloud) =>
  (await cloud.requests()).filter(({ method, path }) => method === "POST" && path.includes("/oauth2/v2.0/token")).length;

/** What somebody on this origin who has found out the name of the channel can do. */
async function listen(page, frame) {
  const opened = await page.frames()[1].evaluate(() => window.opened);
  const name = /^bridge\.html#([0-9a-f]{64})$/.exec(opened)[1];
  const desk = await page.context().newPage();
  await desk.goto(`${address}config.json`);
  return {
    desk,
    name,
    say: (text, at = name) =>
      desk.evaluate(
        ([at, text]) => {
          const channel = new BroadcastChannel(`cmg-entra-setup.sign-in.${at}`);
          channel.postMessage(text);
          channel.close();
        },
        [at, text],
      ),
  };
}

test("an admin signs in inside a portal and sets everything up; nothing of the answer stays anywhere", async ({ page, cloud }) => {
  const frame = await hold(page);
  const popup = await begin(page, frame);
  expect(await popup.evaluate(() => window.opener)).toBe(null);
  await expect(frame.getByText(title)).toBeVisible();
  const closed = popup.waitForEvent("close");
  const answers = [];
  popup.on("framenavigated", (at) => answers.push(at.url()));
  await consent(popup);
  await expect(signedIn(frame)).toBeVisible();
  await closed;
  await expect(frame.getByText(title)).toHaveCount(0);
  expect(await redeemed(cloud), "one code, one token for Azure").toBe(2);
  const codes = (await cloud.needles()).filter(([kind]) => kind === "code").map(([, text]) => text);
  expect(codes).toHaveLength(1);
  const kept = await page.frames()[1].evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage, at: location.href }));
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

test("signing out of a frame shows Microsoft's page in a window, and the frame stays", async ({ page, cloud }) => {
  const frame = await hold(page);
  await consent(await begin(page, frame));
  await expect(signedIn(frame)).toBeVisible();
  const opening = page.context().waitForEvent("page");
  await press(frame, "Sign out");
  const popup = await opening;
  await expect(heading(frame)).toHaveText("Set up Microsoft Entra ID for a cloud management gateway");
  await expect.poll(() => popup.url()).toMatch(/logout|bridge\.html/);
  expect(page.frames()[1].url()).toBe(`${address}#/`);
  expect(cloud.violations).toEqual([]);
});

test("who may not consent is given a link that leads to the page itself", async ({ page }) => {
  const frame = await hold(page);
  const popup = await begin(page, frame);
  await popup.getByRole("button", { name: "azure@fabrikam.com" }).click();
  await button(popup, "Return to the application without granting consent").click();
  const link = frame.getByRole("status", { name: "Consent link for an administrator" });
  await expect(link).toContainText(`redirect_uri=${encodeURIComponent(address)}&`);
});

test("an answer forged by somebody who knows the channel is not redeemed", async ({ page, cloud }) => {
  const frame = await hold(page);
  await begin(page, frame);
  const { say } = await listen(page, frame);
  await say("answer code=forged&state=forged");
  await expect(said(frame, "This sign-in was not started in this tab")).toBeVisible();
  expect(await redeemed(cloud)).toBe(0);
});

test("what is said under another name, or is no answer, changes nothing", async ({ page, cloud }) => {
  const frame = await hold(page);
  const popup = await begin(page, frame);
  const { say, desk } = await listen(page, frame);
  await say("answer code=forged&state=forged", "0".repeat(64));
  await say("answer code=forged&state=forged", "");
  for (const text of ["hello", "go https://evil.test/", "taken", "", "answer", "ANSWER code=x&state=y"]) {
    await say(text);
  }
  await desk.evaluate((name) => {
    const channel = new BroadcastChannel(name);
    for (const odd of [null, 1, { type: "answer" }, ["answer "], new Blob(["answer x"]), new ArrayBuffer(8)]) {
      channel.postMessage(odd);
    }
  }, `cmg-entra-setup.sign-in.${(await page.frames()[1].evaluate(() => window.opened)).split("#")[1]}`);
  await expect(frame.getByText(title)).toBeVisible();
  await consent(popup);
  await expect(signedIn(frame)).toBeVisible();
  expect(await redeemed(cloud)).toBe(2);
});

test("only the first answer counts, and none works twice", async ({ page, cloud }) => {
  const frame = await hold(page);
  const popup = await begin(page, frame);
  const { desk, name, say } = await listen(page, frame);
  await desk.evaluate((name) => {
    window.heard = [];
    window.channel = new BroadcastChannel(`cmg-entra-setup.sign-in.${name}`);
    window.channel.onmessage = ({ data }) => window.heard.push(data);
  }, name);
  await consent(popup);
  await expect(signedIn(frame)).toBeVisible();
  const heard = await desk.evaluate(() => window.heard);
  const answer = heard.find((text) => text.startsWith("answer code="));
  await say(answer);
  await say("answer error=access_denied&state=x");
  // The same answer again, in the address of a window that is not in a sign-in, and in that of the page.
  await desk.goto(`${bridge}#${answer.slice("answer ".length)}`);
  await expect(heading(desk)).toHaveText("There is nothing to do in this window");
  await desk.goto(`${address}?#${answer.slice("answer ".length)}`);
  await expect(said(desk, "This sign-in was not started in this tab")).toBeVisible();
  await expect(frame.getByRole("button", { name: "Sign out" })).toBeVisible();
  expect(await redeemed(cloud)).toBe(2);
});

test("an answer of Microsoft's page with another state is not redeemed", async ({ page, cloud }) => {
  await cloud.change({ entra: { answer: "wrong-state" } });
  const frame = await hold(page);
  await consent(await begin(page, frame));
  await expect(said(frame, "This sign-in was not started in this tab")).toBeVisible();
  expect(await redeemed(cloud)).toBe(0);
});

test("a sign-in that was cancelled ends nowhere, and the next one works", async ({ page, cloud }) => {
  const frame = await hold(page);
  const first = await begin(page, frame);
  await look(page, "frame-window-open");
  await press(frame, "Cancel the sign-in");
  await expect(frame.getByText(title)).toHaveCount(0);
  await consent(first);
  await expect(heading(first)).toHaveText("Nobody waits for this sign-in any more", { timeout: 10_000 });
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

test("where no window may open, the page says so and offers a tab of its own", async ({ page, cloud }) => {
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

for (const at of ["unlisted", "suffixed", "prefixed"]) {
  test(`over real sockets a portal under ${portals[at]} is refused`, async ({ page, cloud }) => {
    await page.goto(`${portals[at]}?${new URLSearchParams({ src: address })}`);
    await expect(heading(page.frameLocator("iframe"))).toHaveText("This page does not run inside another page");
    if (at === "unlisted") {
      await look(page, "frame-refused");
    }
    expect(cloud.violations).toEqual([]);
  });
}
