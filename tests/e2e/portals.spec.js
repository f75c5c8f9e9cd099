// The example portals, over real sockets: what somebody who builds one would copy works.
import { AxeBuilder } from "@axe-core/playwright";

import { address, expect, test } from "./cloud.js";
import { button, heading, signInToPortal, signedIn, toReview, toSignIn } from "./module-steps.js";
import { examples, framed } from "./emulator.js";

test.use({ settings: framed });

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const bridge = `${address}bridge.html`;

/** Counts the clicks that the guard of covered buttons lets through. */
function countClicks() {
  window.clicks = 0;
  addEventListener("click", () => window.clicks++);
}

test.beforeEach(async ({ cloud, context }) => {
  await cloud.change({ pages: [address, bridge] });
  await context.addInitScript(countClicks);
});

/** Chromium takes a moment to be sure that nothing covers a button. Until then it does nothing, and whoever wants it to clicks again. */
async function press(frame, name) {
  const target = frame.getByRole("button", { name, exact: true }).last();
  const clicks = () => frame.locator(":root").evaluate(() => window.clicks);
  const before = await clicks();
  await expect(async () => {
    await target.scrollIntoViewIfNeeded();
    await expect(target).not.toHaveAttribute("data-covered");
    await target.click();
    expect(await clicks()).toBeGreaterThan(before);
  }).toPass();
}

/** What the portal shows of what it was told, the heights left out. */
async function told(page) {
  const lines = await page.locator("#events > li").allTextContents();
  return lines.map((line) => JSON.parse(line)).filter(({ type }) => type !== "cmg-entra-setup.height");
}

test("the frame: an admin sets everything up in a portal that is as high as the page, in its theme, and stores the IDs", async ({ page, cloud }) => {
  test.setTimeout(180_000);
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(examples.frame);
  const frame = page.frameLocator("iframe");
  await expect(heading(frame)).toHaveText("Set up Microsoft Entra ID for a cloud management gateway");
  await expect(frame.getByRole("banner").getByText("CMG Entra Setup")).toHaveCount(0);
  // Not the line that stands there until the page does.
  const heights = (await page.locator("#events > li").allTextContents()).map((line) => JSON.parse(line).height).filter(Boolean);
  expect(Math.min(...heights)).toBeGreaterThan(200);
  const ground = () => frame.locator(":root").evaluate((root) => getComputedStyle(root).backgroundColor);
  const light = await ground();
  await page.getByLabel("Theme").selectOption("dark");
  await expect.poll(ground).not.toBe(light);
  const fits = () => frame.locator(":root").evaluate((root) => root.scrollHeight === innerHeight);

  await press(frame, "Set up");
  await expect.poll(fits).toBe(true);
  await frame.getByRole("textbox", { name: "Tenant to sign in to" }).fill("fabrikam.com");
  const opening = page.context().waitForEvent("page");
  await press(frame, "Sign in");
  const popup = await opening;
  await popup.getByRole("button", { name: "admin@fabrikam.com" }).click();
  await popup.getByRole("button", { name: "Accept", exact: true }).click();
  await expect(frame.getByRole("status").getByText("Signed in as admin@fabrikam.com.")).toBeVisible();
  await expect(frame.getByRole("list", { name: "Cloud, tenant and account" })).toContainText("admin@fabrikam.com");
  for (const next of ["Next : Web app >", "Next : Native app >", "Next : Discovery >", "Next : Subscription >"]) {
    await press(frame, next);
  }
  // Chromium also drops every click into a frame that has just moved or grown.
  const subscription = frame.getByRole("radio", { name: /^Fabrikam Production/ });
  await expect(async () => {
    await subscription.click();
    await expect(subscription).toBeChecked({ timeout: 500 });
  }).toPass();
  await press(frame, "Review + create");
  await expect(frame.getByText("Validation passed")).toBeVisible({ timeout: 30_000 });
  await expect.poll(fits).toBe(true);
  await press(frame, "Create");
  // Registering takes minutes in Azure, and here too.
  await expect(frame.getByText("9 of 11 done").first()).toBeVisible({ timeout: 60_000 });
  await cloud.change({ clock_offset_seconds: 1200 });
  await expect(heading(frame)).toHaveText("Setup is complete", { timeout: 60_000 });
  await expect.poll(fits).toBe(true);

  const all = await told(page);
  expect(all.map(({ type }) => type.replace("cmg-entra-setup.", ""))).toEqual(["ready", "signed-in", "planned", "finished"]);
  const [, signedIn, planned, finished] = all;
  expect(signedIn).toMatchObject({ cloud: "public", mayWrite: true, tenantId: finished.tenantId });
  expect(planned).toMatchObject({ writes: 11, blocked: 0, plan: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(finished).toMatchObject({ outcome: "complete", cloud: "public" });
  for (const id of [finished.server.appId, finished.client.appId, finished.secret.keyId, finished.subscriptionId]) {
    expect(id).toMatch(guid);
  }
  expect(JSON.parse(await page.locator("#stored").textContent())).toEqual(finished);
  // What there is of secrets in the clouds: nothing of it was told, and nothing of it lies in the portal.
  const portal = (await page.content()) + (await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage })));
  const needles = await cloud.needles();
  expect(needles.length).toBeGreaterThan(3);
  for (const [kind, text] of needles) {
    expect(portal.includes(text), kind).toBe(false);
  }
  expect(portal).not.toContain("admin@fabrikam.com");
});

const stored = async (page) => JSON.parse(await page.getByLabel("Stored").textContent());

test("React and MSAL: the portal signs somebody in, and by its tokens everything is set up", async ({ page, cloud }) => {
  test.setTimeout(120_000);
  await cloud.change({ pages: [`${examples.react}redirect.html`] });
  await page.goto(examples.react);
  await signInToPortal(page);
  const part = page.locator("cmg-entra-setup");
  await expect(heading(part)).toHaveText("Set up Microsoft Entra ID for a cloud management gateway");
  await toSignIn(part);
  await signedIn(page, part);
  await toReview(part);
  await button(part, "Create").click();
  await expect(heading(part)).toHaveText("Setup is complete", { timeout: 60_000 });
  const finished = await stored(page);
  expect(finished).toMatchObject({ type: "cmg-entra-setup.finished", outcome: "complete" });
  expect(finished.server.appId).toMatch(guid);
  expect(finished.client.appId).toMatch(guid);
  // The secret is the page's to hand over, and nobody else's.
  const secrets = (await cloud.needles()).filter(([kind]) => /secret/.test(kind));
  expect(secrets.length).toBeGreaterThan(0);
  const portal = (await page.content()) + (await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage })));
  for (const [, text] of secrets) {
    expect(portal).not.toContain(text);
  }
  expect(page.url()).toBe(examples.react);
  expect(cloud.violations).toEqual([]);
});

test("the strictest policy: the element signs in itself, in a window, and sets everything up", async ({ page, cloud }) => {
  test.setTimeout(120_000);
  await cloud.change({ pages: [`${examples.strict}cmg/bridge.html`] });
  await page.goto(examples.strict);
  const part = page.locator("cmg-entra-setup");
  await expect(heading(part)).toHaveText("Set up Microsoft Entra ID for a cloud management gateway");
  await toSignIn(part);
  await signedIn(page, part);
  await toReview(part);
  await button(part, "Create").click();
  await expect(heading(part)).toHaveText("Setup is complete", { timeout: 60_000 });
  expect(await stored(page)).toMatchObject({ type: "cmg-entra-setup.finished", outcome: "complete" });
  expect(page.url()).toBe(examples.strict);
  expect(await page.title()).toBe("Gateways - Woodgrove portal");
  expect(cloud.violations).toEqual([]);
});

test("people who do not see the portal find one heading after the other, and one main part", async ({ page, cloud }) => {
  await cloud.change({ pages: [`${examples.strict}cmg/bridge.html`] });
  await page.goto(examples.strict);
  const part = page.locator("cmg-entra-setup");
  const faults = async () => {
    const { violations } = await new AxeBuilder({ page }).analyze();
    return violations.map(({ id, help, nodes }) => `${id}: ${help} ${nodes.map(({ html }) => html).join("\n")}`);
  };
  await expect(heading(part)).toBeVisible();
  expect(await faults()).toEqual([]);
  await toSignIn(part);
  await signedIn(page, part);
  expect(await faults()).toEqual([]);
  await toReview(part);
  expect(await faults()).toEqual([]);
  // Home, and the portal stays where it is.
  await button(part, "Start page").click();
  await expect(heading(part)).toHaveText("Set up Microsoft Entra ID for a cloud management gateway");
  expect(page.url()).toBe(examples.strict);
});
