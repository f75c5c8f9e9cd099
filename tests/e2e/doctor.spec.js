// The pair check over real sockets: first a read-only check, then one reviewed run, then a check without errors.
import { address, expect, test } from "./cloud.js";
import { button, heading } from "./locators.js";
import { writes } from "./steps.js";

/** @import { Locator, Page } from "@playwright/test" */

/** @type {(page: Page, key: string) => Locator} */
const check = (page, key) => page.locator(`[data-check="${key}"]`);

/**
 * Signs in for the pair check with an account of a tenant.
 * @param {Page} page
 * @param {string} tenant
 * @param {string} account
 */
async function signIn(page, tenant, account) {
  await page.goto(`${address}#/check`);
  await page.getByRole("textbox", { name: "Tenant to sign in to" }).fill(tenant);
  await button(page, "Sign in").click();
  await page.getByRole("button", { name: account }).click();
  await accept(page);
}

/**
 * Gives consent if the sign-in page asks for it.
 * @param {Page} page
 */
async function accept(page) {
  const consent = button(page, "Accept");
  const back = page.getByRole("button", { name: /^(Sign out|Make the changes|Check again)$/ }).first();
  await expect(consent.or(back)).toBeVisible();
  if (await consent.isVisible()) {
    await consent.click();
  }
}

/**
 * Selects the found pair: the page does not assume that it is the site's pair until the admin selects it.
 * @param {Page} page
 */
async function choosePair(page) {
  await page.getByRole("button", { name: /^Check this pair / }).click({ timeout: 30_000 });
}

test("a Global Reader can check the pair, and that sign-in can write nothing", async ({ page, cloud }) => {
  await signIn(page, "tailwindtraders.com", "reader@tailwindtraders.com");
  await choosePair(page);
  await expect(heading(page, "Check of the pair")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText("Something does not work")).toBeVisible();
  await expect(check(page, "server-device-tokens")).toContainText("Broken");
  await expect(check(page, "tenant-conditional-access")).toContainText("No enabled policy applies");
  const requests = await cloud.requests();
  expect(writes(requests), "a check writes nothing").toEqual([]);
  expect(requests.filter(({ host }) => host.startsWith("management.")), "and sends nothing to Azure").toEqual([]);
});

test("one reviewed run fixes a pair that an old console created", async ({ page, cloud }) => {
  test.setTimeout(120_000);
  await signIn(page, "wideworldimporters.com", "admin@wideworldimporters.com");
  await choosePair(page);
  await expect(heading(page, "Check of the pair")).toBeVisible({ timeout: 30_000 });
  expect(writes(await cloud.requests())).toEqual([]);
  const [download] = await Promise.all([page.waitForEvent("download"), button(page, "Save the report").click()]);
  const before = JSON.parse(Buffer.concat(await (await download.createReadStream()).toArray()).toString());
  expect(before.checks).toContainEqual(expect.objectContaining({ check: "server-redirect", state: "broken" }));

  await button(page, "Choose all except removals, a new secret and Directory.Read.All").click();
  // A new secret is a decision of its own.
  await expect(check(page, "server-secrets").getByRole("checkbox")).not.toBeChecked();
  await page.getByRole("button", { name: /^Review \d+ changes$/ }).click();
  await expect(heading(page, "Review the changes")).toBeVisible();
  // The sign-in for the check cannot change anything: the page asks for another sign-in, with the reason.
  await expect(page.getByText(/signed in for checking only/)).toBeVisible();
  await button(page, "Sign in").click();
  const account = page.getByRole("button", { name: "admin@wideworldimporters.com" });
  const ready = button(page, "Make the changes");
  await expect(account.or(button(page, "Accept")).or(ready)).toBeVisible();
  if (await account.isVisible()) {
    await account.click();
    await accept(page);
  } else if (await button(page, "Accept").isVisible()) {
    await button(page, "Accept").click();
  }
  await expect(ready).toBeVisible({ timeout: 30_000 });
  await ready.click();
  await expect(heading(page, "The changes are complete")).toBeVisible({ timeout: 60_000 });

  await button(page, "Check the pair again").click();
  await expect(heading(page, "Check of the pair")).toBeVisible({ timeout: 30_000 });
  await expect(check(page, "server-redirect")).not.toContainText("Broken");
  await expect(check(page, "server-device-tokens")).not.toContainText("Broken");
  // Settings that were not selected are unchanged.
  await expect(check(page, "server-app-id-uri")).toContainText("ConfigMgrService");
  expect(JSON.stringify(await cloud.snapshot())).toContain("https://ConfigMgrService");

  // The differences from the saved report.
  await page.getByText("Compare with an earlier report").click();
  const file = { name: "report.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(before)) };
  await page.locator("input[type=file]:visible").setInputFiles(file);
  await expect(page.getByRole("textbox", { name: "Earlier report" })).toHaveValue(JSON.stringify(before));
  await expect(page.getByText(/Redirect URI/).last()).toBeVisible();
});

test("the last sign-ins of a pair are read on the click only, and a filter leaves what is broken", async ({ page, cloud }) => {
  await signIn(page, "wideworldimporters.com", "admin@wideworldimporters.com");
  await choosePair(page);
  await expect(heading(page, "Check of the pair")).toBeVisible({ timeout: 30_000 });
  const reports = async () => (await cloud.requests()).filter(({ method, path }) => method === "GET" && path.startsWith("/beta/reports/"));
  expect(await reports()).toEqual([]);
  await button(page, "Look up the last sign-ins").click();
  await expect(page.getByText(/^Last used: \w{3} \d{1,2}, \d{4}, \d\d:\d\d:\d\d UTC/).first()).toBeVisible();
  await expect(page.getByText(/^Last sign-in by this app: /).first()).toBeVisible();
  expect(await reports()).toHaveLength(3);
  expect(writes(await cloud.requests())).toEqual([]);

  const shown = page.locator("[data-check]:visible");
  const all = await shown.count();
  await page.getByLabel("Show").selectOption({ label: "Broken and Attention (8)" });
  await expect(shown).toHaveCount(8);
  await page.getByLabel("Group by").selectOption("App");
  await expect(page.getByRole("heading", { name: /^Web \(server\) app \(\d+\)$/ })).toBeVisible();
  await expect(shown).toHaveCount(8);
  await page.getByLabel("Show").selectOption({ index: 0 });
  await expect(shown).toHaveCount(all);
});
