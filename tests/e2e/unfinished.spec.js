// Interrupted runs in a real browser: the renderer crashes, the network fails, the clock is wrong, a second window is open.
//
// The tests check the objects in the tenant afterwards, and that the page asked the admin before it continued.
import { address, expect, test } from "./cloud.js";
import { button, field, heading } from "./locators.js";
import { look } from "./look.js";
import { complete, create, held, toReview, writes } from "./steps.js";

/** @import { BrowserContext, Page, Request } from "@playwright/test" */
/** @import { Cloud, LoggedRequest } from "./cloud.js" */

const fabrikam = "5e97358c-d99c-4558-8000-000000010000";
const account = "admin@fabrikam.com";

/**
 * The number of each kind of object in the tenant.
 * @param {Cloud} cloud
 */
async function holds(cloud) {
  const tenant = (await cloud.snapshot())[fabrikam];
  if (!tenant) {
    throw new Error(`there is no tenant ${fabrikam}`);
  }
  const apps = tenant.applications.filter(({ displayName }) => displayName.startsWith("CMG-"));
  const principals = tenant.servicePrincipals.filter(({ appId }) => apps.some((app) => app.appId === appId));
  return {
    apps: apps.length,
    principals: principals.length,
    grants: tenant.grants.filter(({ clientId }) => clientId.includes("CMG-ClientApp")).length,
    secrets: apps.flatMap(({ passwordCredentials }) => passwordCredentials).length,
  };
}

const whole = { apps: 2, principals: 2, grants: 2, secrets: 1 };
const nothing = { apps: 0, principals: 0, grants: 0, secrets: 0 };

/**
 * Crashes the renderer of a page.
 * @param {BrowserContext} context
 * @param {Page} page
 */
async function crash(context, page) {
  const debug = await context.newCDPSession(page);
  const crashed = page.waitForEvent("crash");
  debug.send("Page.crash").catch(() => {});
  await crashed;
}

/**
 * Opens the page in a new tab and goes to the unfinished run that it reports.
 * @param {BrowserContext} context
 */
async function toUnfinished(context) {
  const page = await context.newPage();
  await page.goto(address);
  await button(page, "View unfinished runs").click();
  await expect(heading(page, "Unfinished runs")).toBeVisible();
  return page;
}

/**
 * Signs in again. Microsoft may not ask for the account, because the page names the account that started the run.
 * @param {Page} page
 * @param {string} name The button.
 */
async function signInAgain(page, name) {
  await button(page, name).click();
  const pick = page.getByRole("button", { name: account });
  const there = page.locator(".badge", { hasText: account });
  await expect(pick.or(there)).toBeVisible({ timeout: 30_000 });
  if (await pick.isVisible()) {
    await pick.click();
    await expect(there).toBeVisible({ timeout: 30_000 });
  }
}

/** @param {Page} page */
async function goOn(page) {
  await button(page, "Verify and continue").click();
  await signInAgain(page, "Sign in");
  await expect(page.getByText("This continues an unfinished run")).toBeVisible({ timeout: 30_000 });
}

/**
 * Each write of a run that creates all objects, in the order of the waves.
 * @type {[what: string, method: string, path: string, skip: number][]}
 */
const everyWrite = [
  ["the first app", "PATCH", "/v1.0/applications(", 0],
  ["the second app", "PATCH", "/v1.0/applications(", 1],
  ["the first service principal", "PATCH", "/v1.0/servicePrincipals", 0],
  ["the second service principal", "PATCH", "/v1.0/servicePrincipals", 1],
  ["the first settings", "PATCH", "/v1.0/applications/", 0],
  ["the second settings", "PATCH", "/v1.0/applications/", 1],
  ["the first consent", "POST", "/v1.0/oauth2PermissionGrants", 0],
  ["the second consent", "POST", "/v1.0/oauth2PermissionGrants", 1],
  ["the secret", "POST", "/v1.0/applications/", 0],
];

/**
 * Waits until the page has sent this request, or until it has its response (`requestfinished`).
 * @param {Page} page
 * @param {string} method
 * @param {string} path
 * @param {number} skip
 * @param {"request" | "requestfinished"} event
 */
function sent(page, method, path, skip, event) {
  let seen = 0;
  /** @param {Request} request */
  const isIt = (request) => {
    const fits = request.method() === method && new URL(request.url()).pathname.startsWith(path);
    seen += Number(fits);
    return fits && seen > skip;
  };
  return event === "request" ? page.waitForEvent("request", isIt) : page.waitForEvent("requestfinished", isIt);
}

for (const [what, method, path, skip] of everyWrite) {
  for (const [when, kind, event] of /** @type {[string, string | undefined, "request" | "requestfinished"][]} */ ([
    ["before Microsoft executes it", "hang-before", "request"],
    ["after Microsoft executes it and before the response", "hang-after", "request"],
    ["after the response", undefined, "requestfinished"],
  ])) {
    test(`the renderer crashes at ${what}, ${when}, and the run is continued`, async ({ context, page, cloud }) => {
      test.setTimeout(180_000);
      await toReview(page);
      await expect(page.getByText("Validation passed")).toBeVisible({ timeout: 30_000 });
      if (kind) {
        await cloud.change({ faults: [{ method, path_prefix: path, kind, skip }] });
      }
      const gone = sent(page, method, path, skip, event);
      await create(page);
      await gone;
      if (kind === "hang-after") {
        /** @param {LoggedRequest} request */
        const isIt = (request) => request.method === method && request.path.startsWith(path);
        await expect.poll(async () => (await cloud.requests()).filter(isIt).length).toBeGreaterThan(skip);
      }
      await crash(context, page);
      const next = await toUnfinished(context);
      const before = writes(await cloud.requests()).length;
      await goOn(next);
      expect(writes(await cloud.requests()), "the run does not continue by itself").toHaveLength(before);
      await button(next, "Continue").click();
      await complete(next);
      expect(await holds(cloud)).toEqual(whole);
    });
  }
}

test("the objects of an interrupted run are shown with each request, and the run is undone", async ({ context, page, cloud }) => {
  test.setTimeout(240_000);
  await toReview(page);
  await expect(page.getByText("Validation passed")).toBeVisible({ timeout: 30_000 });
  await cloud.change({ faults: [{ method: "POST", path_prefix: "/v1.0/oauth2PermissionGrants", kind: "hang-after" }] });
  await create(page);
  await expect.poll(async () => (await holds(cloud)).grants, { timeout: 30_000 }).toBeGreaterThan(0);
  await crash(context, page);
  const next = await toUnfinished(context);
  await look(next, "12-unfinished");
  await button(next, "Undo what this run made").click();
  await signInAgain(next, "Sign in again");
  await expect(button(next, "Undo")).toBeVisible({ timeout: 60_000 });
  await look(next, "13-undo");
  const before = writes(await cloud.requests()).length;
  await next.getByRole("checkbox", { name: /permanently/ }).check();
  expect(writes(await cloud.requests())).toHaveLength(before);
  await button(next, "Undo").click();
  await expect(next.getByText("The run is undone")).toBeVisible({ timeout: 120_000 });
  await look(next, "14-undone");
  expect(await holds(cloud)).toEqual(nothing);
  expect((await cloud.snapshot())[fabrikam]?.deletedApplications).toEqual([]);
});

test("a browser that goes offline during a run waits, and the run continues by itself", async ({ context, page, cloud }) => {
  test.setTimeout(120_000);
  await toReview(page);
  await expect(page.getByText("Validation passed")).toBeVisible({ timeout: 30_000 });
  const gone = sent(page, "PATCH", "/v1.0/applications(", 1, "requestfinished");
  // So that the rest of the run takes longer than the test needs to go offline after this response.
  await cloud.change({ delay_milliseconds: 2_000 });
  await create(page);
  await gone;
  await context.setOffline(true);
  await expect(page.getByText("The browser is offline.").first()).toBeVisible({ timeout: 30_000 });
  await cloud.change({ delay_milliseconds: 0 });
  await context.setOffline(false);
  await complete(page);
  expect(await holds(cloud)).toEqual(whole);
});

test("a second window shows which account has a run, and writes nothing", async ({ context, page, cloud }) => {
  test.setTimeout(120_000);
  await toReview(page);
  await expect(page.getByText("Validation passed")).toBeVisible({ timeout: 30_000 });
  const other = await context.newPage();
  await toReview(other);
  await expect(other.getByText("Validation passed")).toBeVisible({ timeout: 30_000 });
  await cloud.change({ faults: [{ method: "PATCH", path_prefix: "/v1.0/servicePrincipals", kind: "hang-before", times: 2 }] });
  await create(page);
  await expect.poll(async () => held(await cloud.requests())).toBe(2);
  expect((await holds(cloud)).apps).toBe(2);
  const before = writes(await cloud.requests()).length;
  await button(other, "Create").click();
  await expect(other.getByText("A run is in progress in another window")).toBeVisible({ timeout: 30_000 });
  await expect(other.getByText(`${account} started a run`)).toBeVisible();
  expect(writes(await cloud.requests())).toHaveLength(before);
});

test("a double click on Create starts one run", async ({ page, cloud }) => {
  test.setTimeout(120_000);
  await toReview(page);
  await expect(page.getByText("Validation passed")).toBeVisible({ timeout: 30_000 });
  await button(page, "Create").dblclick();
  await complete(page);
  expect(await holds(cloud)).toEqual(whole);
  expect(writes(await cloud.requests())).toHaveLength(9);
});

test("a browser without storage is reported before the run", async ({ context, page, cloud }) => {
  // As in a private window, or if a policy blocks storage: the interface exists and refuses.
  await context.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("blocked", "SecurityError");
    };
  });
  await toReview(page);
  await expect(page.getByText("This browser cannot store the journal")).toBeVisible({ timeout: 30_000 });
  await look(page, "15-no-journal");
  await expect(button(page, "Create")).toHaveAttribute("aria-disabled", "true");
  await page.getByRole("checkbox", { name: /Keep the journal in this page only/ }).check();
  await button(page, "Create").click();
  await complete(page);
  expect(await holds(cloud)).toEqual(whole);
});

for (const [what, ahead] of /** @type {[string, number][]} */ ([
  ["an hour fast", 3_600_000],
  ["a day slow", -86_400_000],
  ["a year fast", 31_536_000_000],
])) {
  test(`a clock that is ${what} is reported, and the page does not loop`, async ({ context, page, cloud }) => {
    await context.addInitScript((ahead) => {
      const now = Date.now.bind(Date);
      Date.now = () => now() + ahead;
    }, ahead);
    await page.goto(address);
    await page
      .getByRole("button", { name: /^(Set up|Continue setting up)$/ })
      .first()
      .click();
    await field(page, "Tenant to sign in to").fill("fabrikam.com");
    await button(page, "Sign in").click();
    await page.getByRole("button", { name: account }).click();
    await button(page, "Accept").click();
    await expect(page.getByText(/^The clock of this computer is (fast|slow)$/).first()).toBeVisible({ timeout: 30_000 });
    const asked = (await cloud.requests()).length;
    await page.reload();
    await expect(heading(page)).toBeVisible();
    expect((await cloud.requests()).length - asked).toBeLessThan(20);
  });
}
