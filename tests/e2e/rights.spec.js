// Journeys by the rights of the account: one without a role in Microsoft Entra ID that may register providers, and a Global Administrator.
// `journey.spec.js` has the whole journey by keyboard, and `doctor.spec.js` that of a reader.
import { address, expect, test } from "./cloud.js";
import { button, heading, main } from "./locators.js";
import { complete, create, toReview, writes } from "./steps.js";

test("an account without a role creates what every user may, and the hand-over lists the rest", async ({ browser, page, cloud }) => {
  test.setTimeout(120_000);
  // An administrator has consented to this page for the organization.
  const elsewhere = await browser.newContext();
  const desk = await elsewhere.newPage();
  await desk.goto(`${address}#/azure-service`);
  await desk.getByRole("textbox", { name: "Tenant to sign in to" }).fill("fabrikam.com");
  await button(desk, "Sign in").click();
  await desk.getByRole("button", { name: "admin@fabrikam.com" }).click();
  await desk.getByRole("checkbox", { name: "Consent on behalf of your organization" }).check();
  await button(desk, "Accept").click();
  await expect(button(desk, "Sign out")).toBeVisible();
  await elsewhere.close();
  await toReview(page, { account: "azure@fabrikam.com", subscription: "Fabrikam Production" });
  await expect(main(page).getByText(/changes will be refused$/)).toBeVisible({ timeout: 30_000 });
  await expect(button(page, "Create")).toHaveAttribute("aria-disabled", "true");
  await main(page)
    .getByRole("radio", { name: /^Make only the/ })
    .check();
  await expect(main(page).getByText(/changes are left out$/)).toBeVisible({ timeout: 30_000 });
  await button(page, "Create").click();
  await expect(heading(page, "What this account may change is done")).toBeVisible({ timeout: 60_000 });
  await button(page, "Go to the hand-over").click();
  await expect(main(page).getByText("These changes are left")).toBeVisible();
  await expect(main(page).getByText("Admin consent: native (client) app calls web (server) app")).toBeVisible();
  const sent = writes(await cloud.requests());
  expect(sent.filter(({ path }) => path.endsWith("/addPassword"))).toEqual([]);
  expect(sent.filter(({ path }) => path.endsWith("/register"))).not.toEqual([]);
  expect(sent.filter(({ path }) => path.includes("oauth2PermissionGrants"))).toEqual([]);
});

test("a Global Administrator who is an owner of the subscription sets up everything in one run", async ({ page, cloud }) => {
  test.setTimeout(120_000);
  await toReview(page, { subscription: "Fabrikam Production" });
  // Each request says what it is for, with its source.
  await expect(page.getByText("Validation passed")).toBeVisible({ timeout: 30_000 });
  const first = page.locator("details.request").first();
  await first.locator("summary").click();
  await expect(first.getByText("What it is for")).toBeVisible();
  await expect(first.getByRole("link", { name: /^Manually register/ })).toBeVisible();
  await create(page);
  await complete(page);
  await page.getByRole("button", { name: "Go to the hand-over" }).click();
  const ready = main(page).locator(".message", { hasText: "Both apps are set up" });
  await expect(ready.locator("bdi")).toHaveCount(3);
  await page.getByRole("button", { name: "Copy all values without the secret" }).click();
  await expect(page.getByRole("status").getByText(/copied/i).first()).toBeVisible();
  const sent = writes(await cloud.requests());
  expect(sent.filter(({ path }) => path.endsWith("/register"))).not.toEqual([]);
  expect(sent.filter(({ path }) => path.endsWith("/addPassword"))).toHaveLength(1);
  expect(sent.filter(({ outcome }) => !/^2/.test(outcome) && outcome !== "404")).toEqual([]);
});
