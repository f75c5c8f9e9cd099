// What the run page shows while a run is in progress: count in the title, time left, requests over time, a notification at the end.
import { expect, test } from "./cloud.js";
import { button, heading } from "./locators.js";
import { look } from "./look.js";
import { complete, create, toReview } from "./steps.js";

const where = { tenant: "wideworldimporters.com", account: "admin@wideworldimporters.com", subscription: "Wide World Importers subscription" };

test("a throttled run shows its wait, its requests and its count, and reports its end in a hidden tab", async ({ context, page, cloud }) => {
  test.setTimeout(120_000);
  await context.grantPermissions(["notifications"]);
  await page.addInitScript(() => {
    /** @type {string[]} */
    const shown = [];
    Object.assign(globalThis, {
      shown,
      Notification: class {
        /** @param {string} title */
        constructor(title) {
          shown.push(title);
        }
        /** @returns {Promise<string>} */
        static requestPermission() {
          return Promise.resolve("granted");
        }
      },
    });
  });
  await toReview(page, where);
  await cloud.change({
    // Long enough for every look of the page.
    faults: [{ method: "POST", path_prefix: "/v1.0/oauth2PermissionGrants", times: 1, kind: { throttled: 25 } }],
  });
  await create(page);
  await expect(page).toHaveTitle(/^\(\d+\/\d+\) Setup is in progress/);
  await button(page, "Notify me when it ends").click();
  await expect(page.getByRole("main").getByText("The browser shows a notification if the run ends")).toBeVisible();
  await expect(page.getByText("The service is limiting requests").first()).toBeVisible();
  await expect(page.getByText("an estimate from the steps so far")).toBeVisible();
  await page.getByText("Requests over time").click();
  await look(page, "run-requests");

  await page.evaluate(() => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => true });
  });
  // A registration takes minutes in Azure, and in the simulated cloud.
  await cloud.change({ clock_offset_seconds: 1200 });
  await complete(page);
  await expect(page).toHaveTitle(/^Setup is complete/);
  const shown = await page.evaluate(() => Reflect.get(globalThis, "shown"));
  expect(shown).toEqual(["Setup is complete - CMG Entra Setup"]);

  await page.locator("summary.lane", { hasText: "Admin consent" }).first().click();
  await expect(page.getByText(/Waited [\d.]+ s: the service limited requests/).first()).toBeVisible();
  await expect(page.getByText(/Status 429 after/).first()).toBeVisible();
  await expect(heading(page, "Setup is complete")).toBeVisible();
});

test("each request is shown and copied as the admin picks it, before and after the run", async ({ page, cloud }) => {
  test.slow();
  // The policy of the page does not allow it to read the clipboard.
  await page.addInitScript(() => {
    navigator.clipboard.writeText = (text) => {
      Object.assign(globalThis, { written: text });
      return Promise.resolve();
    };
  });
  await toReview(page, { subscription: "Fabrikam Production" });
  await button(page, "Open all").click();
  const first = page.getByRole("group", { name: "Request" }).first();
  await expect(first).toContainText(/^PATCH \/v1\.0\/applications\(uniqueName='/);
  for (const [format, start] of [
    ["Azure CLI (bash)", "az rest --method PATCH --resource https://graph.microsoft.com"],
    ["PowerShell", "Invoke-MgGraphRequest -Method PATCH -Uri 'https://graph.microsoft.com/"],
    ["curl (bash)", "curl --globoff --request PATCH 'https://graph.microsoft.com/"],
    ["HTTP", "PATCH /v1.0/applications("],
  ]) {
    await page.getByRole("combobox", { name: "Show requests as" }).selectOption({ label: format });
    await expect(first).toContainText(String(start));
    await button(page, "Copy Request").first().click();
    expect(await page.evaluate(() => Reflect.get(globalThis, "written"))).toBe(await first.innerText());
  }
  await page.getByRole("combobox", { name: "Show requests as" }).selectOption({ label: "Azure CLI (bash)" });
  await create(page);
  // A registration takes minutes in Azure, and in the simulated cloud.
  await cloud.change({ clock_offset_seconds: 1200 });
  await complete(page);
  await page.getByText("Requests over time").click();
  await page.getByText("App ID URI of the web (server) app").last().click();
  const sent = page.getByRole("group", { name: "Request" }).filter({ hasText: "identifierUris" });
  await expect(sent).toBeVisible();
  await expect(sent).not.toContainText("client ID}");
  expect(cloud.violations).toEqual([]);
});

test("a browser that allows no notifications gets a sentence that names the title of the tab", async ({ page, cloud }) => {
  await page.addInitScript(() => {
    Object.defineProperty(globalThis, "Notification", { value: undefined });
  });
  await toReview(page, where);
  await cloud.change({ faults: [{ method: "POST", path_prefix: "/v1.0/oauth2PermissionGrants", times: 1, kind: { throttled: 5 } }] });
  await create(page);
  await button(page, "Notify me when it ends").click();
  await expect(page.getByRole("main").getByText("does not allow this page to show notifications")).toBeVisible();
  // A registration takes minutes in Azure, and in the simulated cloud.
  await cloud.change({ clock_offset_seconds: 1200 });
  await complete(page);
});
