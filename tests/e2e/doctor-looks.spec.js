// The look of the pages that check, fix and retire a pair, with the demo's tenants.
//
// The test controls the browser's clock, so that minutes of a simulated run take seconds.
import { until } from "./clock.js";
import { button, heading } from "./locators.js";
import { look } from "./look.js";
import { address, expect, publish, test } from "./site.js";

/** @import { BrowserContext, Page } from "@playwright/test" */

/**
 * Selects the found pair: the page does not assume that it is the site's pair until the admin selects it.
 * @param {Page} page
 */
async function choosePair(page) {
  const choose = page.getByRole("button", { name: /^Check this pair / });
  await until(page, choose);
  await choose.click();
}

/**
 * Opens the check of a pair in a tenant of the demo.
 * @param {BrowserContext} context
 * @param {Page} page
 * @param {string} tenant
 */
async function open(context, page, tenant) {
  await publish(context, { folder: "demo/" });
  await page.clock.install({ time: new Date("2026-11-23T10:00:00Z") });
  await page.goto(address);
  await button(page, "Check a pair").click();
  await page.getByRole("radio", { name: new RegExp(`^${tenant}`) }).check();
}

test("two pairs are listed separately, and the admin selects one", async ({ context, page }) => {
  test.setTimeout(180_000);
  await open(context, page, "alpineskihouse.com");
  await look(page, "check-signed-out");
  await button(page, "Sign in").click();
  await until(page, page.getByRole("heading", { level: 2, name: "2 pairs found" }));
  await look(page, "check-two-pairs");
  await page.getByRole("button", { name: /^Check this pair CMG-ServerApp 2$/ }).click();
  await until(page, page.getByText("CMG-ServerApp 2").first());
  await expect(heading(page, "Check of the pair")).toBeVisible();
});

test("a pair is checked and fixed, and its secret is renewed", async ({ context, page }) => {
  test.setTimeout(240_000);
  await open(context, page, "vanarsdel.com");
  await button(page, "Sign in").click();
  await choosePair(page);
  await until(page, page.getByText("Something does not work", { exact: true }));
  await look(page, "report");
  await button(page, "Create a new secret").click();
  await button(page, "Sign in").click();
  await until(page, button(page, "Make the changes"));
  await until(page, page.getByText("Validation passed").first());
  await look(page, "review-repair");
  await button(page, "Make the changes").click();
  await until(page, heading(page, "The new secret is ready"));
  await button(page, "Go to the hand-over").click();
  // The secret was neither shown nor copied, so it cannot have been saved.
  await button(page, "I have saved it").click();
  await expect(page.getByText("You have neither shown nor copied the secret", { exact: true }).first()).toBeVisible();
  await look(page, "hand-over-secret-unseen");
  await page.getByRole("button", { name: "Copy Secret Key" }).last().click();
  await button(page, "I have saved it").click();
  await button(page, "Check the pair again").click();
  await until(page, page.getByRole("checkbox", { name: /^Configuration Manager has the new secret/ }));
  const old = page.getByRole("checkbox", { name: /^Remove secret / }).last();
  await expect(old).toBeVisible();
  await old.check();
  await page.getByRole("button", { name: "Review one change" }).click();
  await until(page, button(page, "Make the changes"));
  await expect(page.getByText("/removePassword").first()).toBeVisible();
  await button(page, "Make the changes").click();
  await until(page, heading(page, "The changes are complete"));
});

test("a pair is retired after the page shows what uses it", async ({ context, page }) => {
  test.setTimeout(180_000);
  await open(context, page, "proseware.com");
  await button(page, "Sign in").click();
  await choosePair(page);
  await until(page, heading(page, "Check of the pair"));
  await until(page, page.getByRole("button", { name: "Retire the pair" }));
  await button(page, "Retire the pair").click();
  await until(page, page.getByText("One app has consent to call it."));
  await page.getByRole("checkbox", { name: /^Delete the native/ }).check();
  await page.getByRole("checkbox", { name: /^Delete the web/ }).check();
  await look(page, "retire");
  await button(page, "Review the deletion").click();
  await button(page, "Sign in").click();
  const remove = button(page, "Delete 2 apps");
  await until(page, remove);
  await expect(heading(page, "Review the deletion")).toBeVisible();
  await expect(page.getByText("DELETE").first()).toBeVisible();
  await expect(page.getByText("Left as it is")).toHaveCount(0);
  // Nothing is deleted before the admin confirms that the site no longer uses the apps.
  await expect(remove).toHaveAttribute("aria-disabled", "true");
  await page.getByRole("checkbox", { name: /^The site no longer uses these apps/ }).check();
  await look(page, "review-retire");
  await remove.click();
  await until(page, heading(page, "The pair is retired"));
  await expect(page.getByText(/^Until \w{3} \d{1,2}, \d{4} \(UTC\) they can be restored/)).toBeVisible();
  await expect(page.getByText("Import both apps")).toHaveCount(0);
  await look(page, "run-retire");
  await button(page, "Back to the start").click();
  await expect(button(page, "Set up")).toBeVisible();
});
