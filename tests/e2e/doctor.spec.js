// Checking a pair over real sockets: read-only first, then one reviewed run, then right.
import { address, expect, test } from "./cloud.js";
import { writes } from "./steps.js";

const button = (page, name) => page.getByRole("button", { name, exact: true });
const title = (page, name) => page.getByRole("heading", { level: 1, name });
const check = (page, key) => page.locator(`[data-check="${key}"]`);

/** Signs in on the page that checks, as somebody of a tenant. */
async function signIn(page, tenant, account) {
  await page.goto(`${address}#/check`);
  await page.getByRole("textbox", { name: "Tenant to sign in to" }).fill(tenant);
  await button(page, "Sign in").click();
  await page.getByRole("button", { name: account }).click();
  await accept(page);
}

/** Consents where that is asked for. */
async function accept(page) {
  const consent = button(page, "Accept");
  const back = page.getByRole("button", { name: /^(Sign out|Make the changes|Check again)$/ }).first();
  await expect(consent.or(back)).toBeVisible();
  if (await consent.isVisible()) {
    await consent.click();
  }
}

/** Chooses the pair that was found: nothing about it is sure until a person has. */
async function choosePair(page) {
  await page.getByRole("button", { name: /^Check this pair / }).click({ timeout: 30_000 });
}

test("a Global Reader has the pair checked and nothing can be written with that sign-in", async ({ page, cloud }) => {
  await signIn(page, "tailwindtraders.com", "reader@tailwindtraders.com");
  await choosePair(page);
  await expect(title(page, "Check of the pair")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText("Something does not work")).toBeVisible();
  await expect(check(page, "server-device-tokens")).toContainText("Broken");
  await expect(check(page, "tenant-conditional-access")).toContainText("No enabled policy applies");
  const requests = await cloud.requests();
  expect(writes(requests), "a check writes nothing").toEqual([]);
  expect(requests.filter(({ host }) => host.startsWith("management.")), "nor asks for Azure").toEqual([]);
});

test("a pair made by an old console is mended with one reviewed run", async ({ page, cloud }) => {
  test.setTimeout(120_000);
  await signIn(page, "wideworldimporters.com", "admin@wideworldimporters.com");
  await choosePair(page);
  await expect(title(page, "Check of the pair")).toBeVisible({ timeout: 30_000 });
  expect(writes(await cloud.requests())).toEqual([]);
  const [download] = await Promise.all([page.waitForEvent("download"), button(page, "Save the report").click()]);
  const before = JSON.parse(await (await download.createReadStream()).toArray().then((parts) => Buffer.concat(parts).toString()));
  expect(before.checks.find((it) => it.check === "server-redirect").state).toBe("broken");

  await button(page, "Choose all changes that remove nothing").click();
  // A new secret is for another day.
  await check(page, "server-secrets").getByRole("checkbox").uncheck();
  await page.getByRole("button", { name: /^Review \d+ changes$/ }).click();
  await expect(title(page, "Review the changes")).toBeVisible();
  // The sign-in for checking cannot change anything: another one is asked for, and says what for.
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
  await expect(title(page, "The changes are complete")).toBeVisible({ timeout: 60_000 });

  await button(page, "Check the pair again").click();
  await expect(title(page, "Check of the pair")).toBeVisible({ timeout: 30_000 });
  await expect(check(page, "server-redirect")).not.toContainText("Broken");
  await expect(check(page, "server-device-tokens")).not.toContainText("Broken");
  // What nobody chose is as it was.
  await expect(check(page, "server-app-id-uri")).toContainText("ConfigMgrService");
  const { tenants } = await cloud.snapshot();
  const text = JSON.stringify(tenants ?? (await cloud.snapshot()));
  expect(text).toContain("https://ConfigMgrService");

  // What has changed since the report that was saved.
  await page.getByText("Compare with an earlier report").click();
  await page.getByRole("textbox", { name: "Earlier report" }).fill(JSON.stringify(before));
  await expect(page.getByText(/Redirect URI/).last()).toBeVisible();
});
