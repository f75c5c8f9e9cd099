// The pages without a sign-in, with the keyboard: the check of an App ID URI, and the client ID.
import { address, expect, test } from "./cloud.js";
import { arrived, choose, press, type } from "./keyboard.js";
import { button, field } from "./locators.js";
import { look } from "./look.js";

/** @import { Cloud } from "./cloud.js" */

/**
 * No request was sent to Microsoft.
 * @param {Cloud} cloud
 */
async function wasQuiet(cloud) {
  expect(await cloud.requests()).toEqual([]);
}

test("an App ID URI is checked while it is typed, without a sign-in, and a reload keeps the answers", async ({ page, cloud }) => {
  test.setTimeout(180_000);
  await page.goto(address);
  await press(page, button(page, "Check an App ID URI"));
  await arrived(page, "Check an App ID URI");
  await look(page, "12-uri-empty");

  const uri = field(page, "App ID URI");
  const verdict = page.locator("#own-verdict");
  await type(page, uri, "https://");
  await expect(verdict).toContainText("Refused by Entra");
  await page.keyboard.type("cmg.fabrikam.com");
  await expect(uri).toBeFocused();
  // The tenant is not known yet, and an unknown result is never a pass.
  await expect(verdict).toContainText("Cannot tell");
  await type(page, field(page, "Microsoft Entra tenant ID"), "5e97358c-d99c-4558-af0c-de7774091dda");
  await type(page, field(page, "Verified domains"), "contoso.com\ncontoso.onmicrosoft.com");
  await choose(page, page.getByRole("group", { name: /without unique tenant identifier/ }).getByRole("radio", { name: "On", exact: true }));
  await expect(verdict).toContainText("Refused by Entra");
  await look(page, "13-uri-refused");

  await type(page, uri, "api://5e97358c-d99c-4558-af0c-de7774091dda/cmg");
  await choose(page, page.getByRole("group", { name: /block custom identifier URIs/ }).getByRole("radio", { name: "Off", exact: true }));
  await expect(verdict).toContainText("Accepted");
  const accepted = await verdict.innerText();
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "Check an App ID URI" })).toBeVisible();
  await expect(uri).toHaveValue("api://5e97358c-d99c-4558-af0c-de7774091dda/cmg");
  await expect(field(page, "Verified domains")).toHaveValue("contoso.com\ncontoso.onmicrosoft.com");
  await expect(page.getByRole("group", { name: /without unique tenant identifier/ }).getByRole("radio", { name: "On", exact: true })).toBeChecked();
  expect(await verdict.innerText()).toBe(accepted);
  await look(page, "14-uri-accepted");
  await press(page, button(page, "Back to the start"));
  await arrived(page, "Set up Microsoft Entra ID for a cloud management gateway");
  await wasQuiet(cloud);
});

test("a site without a client ID explains the registration, and the check of a URI works", async ({ page, cloud }) => {
  test.setTimeout(180_000);
  await page.route(`${address}config.json`, (route) => route.fulfill({ json: { clients: {} } }));
  await page.goto(address);
  await press(page, button(page, "Set up"));
  await arrived(page, "Azure service");
  await expect(button(page, "Sign in")).toHaveCount(0);
  await look(page, "15-no-client-id");
  await press(page, button(page, "How to get a client ID"));
  await arrived(page, "The page's own client ID");
  await expect(page.getByRole("status", { name: "Redirect URI" })).toHaveText(address);
  for (const permission of ["User.Read", "Application.ReadWrite.All", "user_impersonation"]) {
    await expect(page.getByRole("rowheader", { name: permission }).or(page.getByRole("cell", { name: permission })).first()).toBeVisible();
  }
  await look(page, "16-client-id");
  await press(page, button(page, "Back to the start"));
  await press(page, button(page, "Check an App ID URI"));
  await arrived(page, "Check an App ID URI");
  await type(page, field(page, "App ID URI"), "api://x");
  await expect(page.locator("#own-verdict")).not.toBeEmpty();
  await wasQuiet(cloud);
});
