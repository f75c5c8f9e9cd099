// The sign-in with real redirects: a refused user sees the next step.
import { address, expect, test } from "./cloud.js";
import { button, heading } from "./locators.js";

/** @import { Page } from "@playwright/test" */

/**
 * Goes to Microsoft's page from the step "Azure service", with an account of Fabrikam.
 * @param {Page} page
 * @param {string} account
 */
async function leave(page, account) {
  await page.goto(`${address}#/azure-service`);
  await page.getByRole("textbox", { name: "Tenant to sign in to" }).fill("fabrikam.com");
  await button(page, "Sign in").click();
  await page.getByRole("button", { name: account }).click();
}

test("a user who cannot consent gets a link for an administrator, and then signs in", async ({ browser, page }) => {
  await leave(page, "azure@fabrikam.com");
  await button(page, "Return to the application without granting consent").click();
  const link = page.getByRole("status", { name: "Consent link for an administrator" });
  await expect(link).toHaveText(/^https:\/\/login\.microsoftonline\.com\/fabrikam\.com\/v2\.0\/adminconsent\?/);

  // The administrator has another browser.
  const elsewhere = await browser.newContext();
  const desk = await elsewhere.newPage();
  await desk.goto((await link.textContent()) ?? "");
  await desk.getByRole("button", { name: "admin@fabrikam.com" }).click();
  await button(desk, "Accept").click();
  await expect(desk).toHaveURL(`${address}#/`);
  await expect(heading(desk)).toBeVisible();
  await elsewhere.close();

  await button(page, "Sign in").click();
  await page.getByRole("button", { name: "azure@fabrikam.com" }).click();
  // Nothing is left to accept: the administrator's consent covers Azure too.
  await expect(page.getByRole("status").getByText("Signed in as azure@fabrikam.com.")).toBeVisible();

  // A guest can sign in too, because the guest typed this tenant.
  const abroad = await browser.newContext();
  const guest = await abroad.newPage();
  await leave(guest, "guest@fabrikam.com");
  await expect(guest.getByRole("status").getByText("Signed in as guest@fabrikam.com.")).toBeVisible();
  const tenant = (await page.getByRole("main").getByText(/^5e97358c-/).first().textContent()) ?? "";
  await expect(guest.getByRole("main").getByText(tenant).first()).toBeVisible();
  await abroad.close();
});
