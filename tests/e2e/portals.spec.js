// The example embedding pages, over real sockets: the code that developers copy works.
import { AxeBuilder } from "@axe-core/playwright";

import { address, expect, test } from "./cloud.js";
import { examples, framed } from "./emulator.js";
import { countClicks, press } from "./framed.js";
import { button, heading, signInToPortal, signedIn, toReview, toSignIn } from "./module-steps.js";

/** @import { Page } from "@playwright/test" */
/** @import { CmgEntraSetupEvent, Finished, Planned, SignedIn } from "/cmg/embed.js" */

test.use({ settings: framed });

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const bridge = `${address}bridge.html`;


test.beforeEach(async ({ cloud, context }) => {
  await cloud.change({ pages: [address, bridge] });
  await context.addInitScript(countClicks);
});

/**
 * The messages that the portal shows, without the heights.
 * @param {Page} page
 * @returns {Promise<CmgEntraSetupEvent[]>}
 */
async function told(page) {
  const lines = await page.locator("#events > li").allTextContents();
  return lines.map((line) => JSON.parse(line)).filter(({ type }) => type !== "cmg-entra-setup.height");
}

test("the frame: an admin completes the setup in a portal that sizes the frame, sends its theme, and stores the IDs", async ({ page, cloud }) => {
  test.setTimeout(180_000);
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(examples.frame);
  const frame = page.frameLocator("iframe");
  await expect(heading(frame)).toHaveText("Set up Microsoft Entra ID for a cloud management gateway");
  await expect(frame.getByRole("banner").getByText("CMG Entra Setup")).toHaveCount(0);
  // The height of the starting message is not reported.
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
  // Chromium also ignores clicks into a frame that has just moved or grown.
  const subscription = frame.getByRole("radio", { name: /^Fabrikam Production/ });
  await expect(async () => {
    await subscription.click();
    await expect(subscription).toBeChecked({ timeout: 500 });
  }).toPass();
  await press(frame, "Review + create");
  await expect(frame.getByText("Validation passed")).toBeVisible({ timeout: 30_000 });
  await expect.poll(fits).toBe(true);
  await press(frame, "Create");
  // A registration takes minutes in Azure, and in the simulated cloud.
  await expect(frame.getByText("9 of 11 done").first()).toBeVisible({ timeout: 60_000 });
  await cloud.change({ clock_offset_seconds: 1200 });
  await expect(heading(frame)).toHaveText("Setup is complete", { timeout: 60_000 });
  await expect.poll(fits).toBe(true);

  const all = await told(page);
  expect(all.map(({ type }) => type.replace("cmg-entra-setup.", ""))).toEqual(["ready", "signed-in", "planned", "finished"]);
  const [, signedIn, planned, finished] = /** @type {[CmgEntraSetupEvent, SignedIn, Planned, Finished]} */ (all);
  expect(signedIn).toMatchObject({ cloud: "public", mayWrite: true, tenantId: finished.tenantId });
  expect(planned).toMatchObject({ writes: 11, blocked: 0, plan: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(finished).toMatchObject({ outcome: "complete", cloud: "public" });
  for (const id of [finished.server?.appId, finished.client?.appId, finished.secret?.keyId, finished.subscriptionId]) {
    expect(id).toMatch(guid);
  }
  expect(JSON.parse((await page.locator("#stored").textContent()) ?? "")).toEqual(finished);
  // The embedding page received and stores none of the secrets in the clouds.
  const portal = (await page.content()) + (await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage })));
  const needles = await cloud.needles();
  expect(needles.length).toBeGreaterThan(3);
  for (const [kind, text] of needles) {
    expect(portal.includes(text), kind).toBe(false);
  }
  expect(portal).not.toContain("admin@fabrikam.com");
});

/** @param {Page} page */
const stored = async (page) => JSON.parse((await page.getByLabel("Stored").textContent()) ?? "");

test("React and MSAL: a user signs in to the portal, and its tokens complete the setup", async ({ page, cloud }) => {
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
  // Only the page shows the secret.
  const secrets = (await cloud.needles()).filter(([kind]) => /secret/.test(kind));
  expect(secrets.length).toBeGreaterThan(0);
  const portal = (await page.content()) + (await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage })));
  for (const [, text] of secrets) {
    expect(portal).not.toContain(text);
  }
  expect(page.url()).toBe(examples.react);
  expect(cloud.violations).toEqual([]);
});

test("the strictest policy: the element signs in itself, in a window, and completes the setup", async ({ page, cloud }) => {
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

test("screen readers find headings in order and one main landmark", async ({ page, cloud }) => {
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
  // The start page of the element; the embedding page's address does not change.
  await button(part, "Start page").click();
  await expect(heading(part)).toHaveText("Set up Microsoft Entra ID for a cloud management gateway");
  expect(page.url()).toBe(examples.strict);
});
