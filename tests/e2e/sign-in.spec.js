// Signing in over real redirects: who is refused is told how to go on.
import { address, expect, test } from "./cloud.js";

const button = (page, name) => page.getByRole("button", { name, exact: true });

/** Leaves for Microsoft's page from the step "Azure service", as somebody of Fabrikam. */
async function leave(page, account) {
  await page.goto(`${address}#/azure-service`);
  await page.getByRole("textbox", { name: "Tenant to sign in to" }).fill("fabrikam.com");
  await button(page, "Sign in").click();
  await page.getByRole("button", { name: account }).click();
}

test("who may not consent gets the link for somebody who may, and then signs in", async ({ browser, page, cloud }) => {
  await leave(page, "azure@fabrikam.com");
  await button(page, "Return to the application without granting consent").click();
  const link = page.getByRole("status", { name: "Consent link for an administrator" });
  await expect(link).toHaveText(/^https:\/\/login\.microsoftonline\.com\/fabrikam\.com\/v2\.0\/adminconsent\?/);

  // The administrator has a browser of their own.
  const elsewhere = await browser.newContext();
  const desk = await elsewhere.newPage();
  await desk.goto(await link.textContent());
  await desk.getByRole("button", { name: "admin@fabrikam.com" }).click();
  await button(desk, "Accept").click();
  await expect(desk).toHaveURL(`${address}#/`);
  await expect(desk.getByRole("heading", { level: 1 })).toBeVisible();
  await elsewhere.close();

  await button(page, "Sign in").click();
  await page.getByRole("button", { name: "azure@fabrikam.com" }).click();
  // Nothing is left to accept: the administrator's consent covers Azure too.
  await expect(page.getByRole("status").getByText("Signed in as azure@fabrikam.com.")).toBeVisible();

  // So does a guest, who is a guest there because that tenant was typed.
  const abroad = await browser.newContext();
  const guest = await abroad.newPage();
  await leave(guest, "guest@fabrikam.com");
  await expect(guest.getByRole("status").getByText("Signed in as guest@fabrikam.com.")).toBeVisible();
  const tenant = await page.getByText(/^5e97358c-/).first().textContent();
  await expect(guest.getByText(tenant).first()).toBeVisible();
  await abroad.close();
});
