// Links with answers, as in an email: a colleague's link and a hostile link. Also the page that writes its own registration.
import { address, expect, test } from "./cloud.js";
import { button, field, main } from "./locators.js";
import { look } from "./look.js";

/** @import { Page } from "@playwright/test" */

test.use({ trace: { mode: "retain-on-failure", snapshots: false, screenshots: false } });

/** @param {Page} page */
const name = (page) => field(page, "Application name");

test("a colleague's link fills in its fields, reports it, stays after the sign-in and can be undone", async ({ page, cloud }) => {
  test.setTimeout(90_000);
  await page.goto(`${address}#/web-app`);
  await name(page).fill("Mine");
  await page.goto(`${address}#/web-app?server-name=Contoso%20%26%20Söhne&tenant=fabrikam.com&secret-life=2-years`);
  await expect(name(page)).toHaveValue("Contoso & Söhne");
  await expect(main(page)).toContainText("Check each one before you continue.");
  await expect(page).toHaveURL(`${address}#/web-app`);
  await look(page, "prefilled");
  expect((await cloud.requests()).filter(({ host }) => host !== new URL(address).host)).toEqual([]);
  await page.goto(`${address}#/azure-service`);
  await button(page, "Sign in").click();
  await page.getByRole("button", { name: "admin@fabrikam.com" }).click();
  await button(page, "Accept").click();
  await expect(button(page, "Sign out")).toBeVisible();
  await page.goto(`${address}#/web-app`);
  await expect(name(page)).toHaveValue("Contoso & Söhne");
  await button(page, "Restore my answers").click();
  await expect(name(page)).toHaveValue("Mine");
  await expect(main(page)).not.toContainText("Check each one before you continue.");
});

test("a hostile link changes nothing and starts nothing", async ({ page, cloud }) => {
  for (const [link, told] of /** @type {[string, string][]} */ ([
    ["#/web-app?server-name=a&server-name=b", "The link contains server-name twice."],
    ["#/web-app?code=c&state=s&server-name=evil", "The link looks like a sign-in response."],
    ["#/web-app?server-name=evil%E2%80%AE", "server-name contains invisible characters."],
    ["#/web-app?another-secret=on&%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E=1", "This page does not support these parts of the link: another-secret, <img src=x onerror=alert(1)>"],
  ])) {
    await page.goto("about:blank");
    await page.goto(`${address}${link}`);
    await expect(main(page)).toContainText(told);
    await expect(name(page)).toHaveValue("CMG-ServerApp");
    await expect(page).toHaveURL(`${address}#/web-app`);
  }
  expect((await cloud.requests()).filter(({ host }) => host !== new URL(address).host)).toEqual([]);
});

test("the page writes its own registration, for its own address", async ({ page }) => {
  await page.goto(`${address}#/client-id`);
  await expect(field(page, "Address of the page")).toHaveValue(address);
  await look(page, "client-id");
  await page.getByRole("radio", { name: "Azure CLI" }).check();
  await expect(page.locator("#register-file")).toContainText(`"redirectUris": ["${address}"]`);
  await look(page, "client-id-script");
  await field(page, "Address of the page").fill("http://contoso.com/");
  await expect(main(page)).toContainText("A redirect URI begins with https://.");
  await expect(page.locator("#register-file")).toHaveCount(0);
});
