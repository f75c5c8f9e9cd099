// What the page costs from the start page to the end of a set-up, and inside another page. It counts, because times differ from computer
// to computer.
import { address, expect, test } from "./cloud.js";
import { noteShifts } from "./counters.js";
import { examples } from "./emulator.js";
import { button, field, heading } from "./locators.js";
import { print, startMeter } from "./performance.js";
import { complete, create } from "./steps.js";

/** @import { Limits } from "./performance.js" */

// A change that needs less lowers its limits. A change that needs more raises them, with its reason in the commit.
/** @type {Record<string, Limits>} */
const journey = {
  "first view": {
    files: { html: 1, css: 4, first: 1 },
    brotli: 12_500,
    gzip: 14_500,
    chain: 2,
    blocking: 5,
    shifts: 0,
    nodes: 115,
    memory: 23,
  },
  "before sign-in": {
    files: {
      boot: 1,
      program: 1,
      "sentences:en:start": 1,
      config: 1,
      "part:settings": 1,
      "part:core-settings": 1,
      "part:core": 2,
      "part:offline-pair-providers-review-run": 1,
      "part:offline-providers-review-run": 1,
      "part:offline-review-run": 1,
      "sentences:en:core": 1,
    },
    // The first files of the review are on their way: the order is that of the tool.
    brotli: 435_500,
    gzip: 526_500,
    chain: 4,
    nodes: 160,
    memory: 28,
  },
  "before Create": {
    // The document again, after the sign-in.
    files: {
      html: 1,
      config: 1,
      "part:review": 1,
      "part:offline-pair-review-run": 1,
      "part:offline-pair-providers-run": 1,
      "part:offline-providers-run": 1,
      "part:pair-providers-run": 1,
      "part:providers-run": 1,
    },
    calls: {
      "login read /authorize": 1,
      "login write /token": 2,
      "graph preflight": 21,
      "graph read /organization": 2,
      "graph read /me/transitiveMemberOf/microsoft.graph.directoryRole": 2,
      "graph read /policies/authorizationPolicy": 2,
      "graph read /policies/defaultAppManagementPolicy": 2,
      "graph read /applications": 6,
      "graph read /applications(uniqueName)": 4,
      "graph read /directory/deletedItems/microsoft.graph.application": 2,
      "graph read /servicePrincipals(appId)": 1,
      "arm preflight": 12,
      "arm read /subscriptions": 2,
      "arm read /subscriptions/*": 1,
      "arm read /subscriptions/*/providers/Microsoft.Authorization/permissions": 1,
      "arm read /subscriptions/*/providers/Microsoft.Compute": 2,
      "arm read /subscriptions/*/providers/Microsoft.KeyVault": 2,
      "arm read /subscriptions/*/providers/Microsoft.Network": 2,
      "arm read /subscriptions/*/providers/Microsoft.Storage": 2,
    },
    brotli: 470_300,
    gzip: 567_000,
    chain: 4,
    nodes: 745,
    memory: 30,
  },
  "after Create": {
    files: {
      "part:run": 1,
      "part:pair-run": 1,
      "part:offline-run": 1,
      "part:offline-pair-run": 1,
      "sentences:en:run": 1,
      "sentences:en:steps": 1,
    },
    calls: {
      "graph preflight": 19,
      "graph read /organization": 1,
      "graph read /me/transitiveMemberOf/microsoft.graph.directoryRole": 1,
      "graph read /policies/authorizationPolicy": 1,
      "graph read /policies/defaultAppManagementPolicy": 1,
      "graph read /applications": 1,
      "graph read /applications(uniqueName)": 2,
      "graph read /applications/*": 1,
      "graph read /directory/deletedItems/microsoft.graph.application": 1,
      "graph read /servicePrincipals(appId)": 1,
      "graph write /applications(uniqueName)": 2,
      "graph write /applications/*": 2,
      "graph write /applications/*/addPassword": 1,
      "graph write /oauth2PermissionGrants": 2,
      "graph write /servicePrincipals(appId)": 2,
      "arm preflight": 8,
      "arm read /subscriptions/*": 1,
      "arm read /subscriptions/*/providers/Microsoft.Authorization/permissions": 1,
      "arm read /subscriptions/*/providers/Microsoft.Compute": 1,
      "arm read /subscriptions/*/providers/Microsoft.KeyVault": 1,
      "arm read /subscriptions/*/providers/Microsoft.Network": 1,
      "arm read /subscriptions/*/providers/Microsoft.Storage": 1,
      "arm write /subscriptions/*/providers/Microsoft.Compute/register": 1,
      "arm write /subscriptions/*/providers/Microsoft.KeyVault/register": 1,
    },
    brotli: 595_500,
    gzip: 717_000,
    chain: 4,
    nodes: 615,
    memory: 36,
  },
};

/** @type {Record<string, Limits>} */
const embedded = {
  "in a portal": {
    files: {
      embed: 1,
      css: 4,
      program: 1,
      "part:core": 2,
      "part:core-settings": 1,
      config: 1,
      "sentences:en:start": 1,
      "sentences:en:core": 1,
    },
    brotli: 380_800,
    gzip: 463_600,
    chain: 4,
    blocking: 0,
    shifts: 0,
    nodes: 85,
    memory: 28,
  },
};

test.beforeEach(async ({ context }) => {
  await context.addInitScript(noteShifts);
});

test("a set-up needs no more than its budget", async ({ page, cloud }) => {
  test.setTimeout(240_000);
  const meter = await startMeter(page, cloud, { folder: address, selector: ":root", limits: journey });
  await meter.open(address, heading(page));
  await button(page, "Set up").click();
  await field(page, "Tenant to sign in to").fill("fabrikam.com");
  await meter.reach("before sign-in");

  await button(page, "Sign in").click();
  await page.getByRole("button", { name: "admin@fabrikam.com" }).click();
  await button(page, "Accept").click();
  await expect(page.getByRole("status").getByText("Signed in as admin@fabrikam.com.")).toBeVisible();
  for (const next of ["Next : Web app >", "Next : Native app >", "Next : Discovery >", "Next : Subscription >"]) {
    await button(page, next).click();
  }
  await page.getByText("Fabrikam Production", { exact: true }).click();
  await button(page, "Review + create").last().click();
  await expect(page.getByText("Validation passed")).toBeVisible({ timeout: 30_000 });
  await meter.reach("before Create");

  await create(page);
  await expect(page.getByText("9 of 11 done").first()).toBeVisible({ timeout: 60_000 });
  // A registration takes minutes in Azure, and in the simulated cloud.
  await cloud.change({ clock_offset_seconds: 1200 });
  await complete(page);
  await meter.reach("after Create");
  expect(await meter.faults()).toEqual([]);
});

test("the page in a portal needs no more than its budget", async ({ page, cloud }) => {
  const folder = `${examples.strict}cmg/`;
  const part = page.locator("cmg-entra-setup");
  const meter = await startMeter(page, cloud, { folder, selector: "cmg-entra-setup", limits: embedded });
  await meter.open(examples.strict, heading(part));
  expect(await meter.faults()).toEqual([]);
});

test.afterAll(() => print(test.info().project.outputDir));
