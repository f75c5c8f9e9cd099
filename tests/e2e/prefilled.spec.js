// Links that carry answers, as they come by mail: one of a colleague, one of somebody else. And the page that writes its own registration.
import { address, expect, test } from "./cloud.js";
import { look } from "./look.js";

test.use({ trace: { mode: "retain-on-failure", snapshots: false, screenshots: false } });

const button = (page, name) => page.getByRole("button", { name, exact: true });
const main = (page) => page.getByRole("main");
const name = (page) => page.getByRole("textbox", { name: "Application name" });

test("a colleague's link fills in its fields, says so, survives the sign-in and can be taken back", async ({ page, cloud }) => {
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
  for (const [link, told] of [
    ["#/web-app?server-name=a&server-name=b", "The link contains server-name twice."],
    ["#/web-app?code=c&state=s&server-name=evil", "The link looks like a sign-in response."],
    ["#/web-app?server-name=evil%E2%80%AE", "server-name contains invisible characters."],
    ["#/web-app?another-secret=on&%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E=1", "This page does not support these parts of the link: another-secret, <img src=x onerror=alert(1)>"],
  ]) {
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
  await expect(page.getByRole("textbox", { name: "Address of the page" })).toHaveValue(address);
  await look(page, "client-id");
  await page.getByRole("radio", { name: "Azure CLI" }).check();
  await expect(page.locator("#register-file")).toContainText(`"redirectUris": ["${address}"]`);
  await look(page, "client-id-script");
  await page.getByRole("textbox", { name: "Address of the page" }).fill("http://contoso.com/");
  await expect(main(page)).toContainText("A redirect URI begins with https://.");
  await expect(page.locator("#register-file")).toHaveCount(0);
});
