// A service that links to another host, as the next page of a list or by a redirect: the page contacts no other host, and names it.
import { address, expect, test } from "./cloud.js";
import { button, main } from "./locators.js";
import { complete, create, toReview } from "./steps.js";

/** @import { Page } from "@playwright/test" */
/** @import { Cloud, Fault } from "./cloud.js" */

test.use({ trace: { mode: "retain-on-failure", snapshots: false, screenshots: false } });

const known = ["graph.microsoft.com", "login.microsoftonline.com", "management.azure.com"];
const evil = "The response pointed to an address that this page does not trust";
const unread = "Could not be read";
const strange = "The response is not one that Microsoft documents";

/**
 * A list of Microsoft Graph whose first page has this link to the next page.
 * @type {(path: string, next: string) => Fault}
 */
const graph = (path, next) => ({
  method: "GET",
  path_prefix: path,
  kind: { garbled: JSON.stringify({ value: [], "@odata.nextLink": next }) },
});

/** @param {Page} page */
async function signIn(page) {
  await page.goto(`${address}#/azure-service`);
  await page.getByRole("textbox", { name: "Tenant to sign in to" }).fill("fabrikam.com");
  await button(page, "Sign in").click();
  await page.getByRole("button", { name: "admin@fabrikam.com" }).click();
  await button(page, "Accept").click();
}

/**
 * The page contacted only the three services of this cloud.
 * @param {Cloud} cloud
 */
async function stayedAtHome(cloud) {
  expect(await cloud.strangers()).toEqual([]);
  const hosts = new Set((await cloud.requests()).map(({ host }) => host));
  expect([...hosts].filter((host) => !known.includes(host))).toEqual([]);
}

test("the page does not follow a link of Microsoft Graph to another host, and names the host", async ({ page, cloud }) => {
  test.setTimeout(120_000);
  const list = "/v1.0/organization";
  let isFirst = true;
  for (const [next, title, shown] of /** @type {[string, string, string][]} */ ([
    ["https://evil.example/v1.0/organization", evil, "Nothing was sent to evil.example."],
    ["https://graph.microsoft.com.evil/v1.0/organization", evil, "Nothing was sent to graph.microsoft.com.evil."],
    ["https://graph.microsoft.com@evil/v1.0/organization", evil, "Nothing was sent to graph.microsoft.com@evil."],
    ["https://graph.microsoft.com:443@evil.example/v1.0/organization", evil, "Nothing was sent to graph.microsoft.com:443@evil.example."],
    ["http://graph.microsoft.com/v1.0/organization", evil, "Nothing was sent to graph.microsoft.com."],
    ["//evil.example/v1.0/organization", evil, "Nothing was sent to evil.example."],
    ["/v1.0/organization?$skiptoken=x", evil, "Nothing was sent to /v1.0/organization."],
    ["https://graph.microsoft.com:444/v1.0/organization", evil, "Nothing was sent to graph.microsoft.com:444."],
    ["https://graph.microsoft.us/v1.0/organization", evil, "Nothing was sent to graph.microsoft.us."],
    ["https://management.azure.com/v1.0/organization", evil, "Nothing was sent to management.azure.com."],
    ["https:\\\\evil.example\\v1.0", evil, "Nothing was sent to https:\\\\evil.example\\v1.0."],
    ["https://evil.example\\.graph.microsoft.com/v1.0", evil, "Nothing was sent to evil.example\\.graph.microsoft.com."],
    ["https://graph.microsoft.com\\@evil.example/v1.0", evil, "Nothing was sent to graph.microsoft.com\\@evil.example."],
    ["https://graph.microsoft.com。evil.example/v1.0", evil, "Nothing was sent to graph.microsoft.com。evil.example."],
    ["https://gr\u0430ph.microsoft.com/v1.0", evil, "Nothing was sent to gr[U+0430]ph.microsoft.com."],
    ["https://evil\u202e.example/v1.0", evil, "Nothing was sent to evil[U+202E].example."],
    ["\thttps://graph.microsoft.com/v1.0/organization", evil, "Nothing was sent to graph.microsoft.com."],
    ["javascript:alert(1)", evil, "Nothing was sent to javascript:alert(1)."],
  ])) {
    await test.step(next, async () => {
      await cloud.change({ faults: [graph(list, next)] });
      if (isFirst) {
        await signIn(page);
        isFirst = false;
      } else {
        await button(page, "Read again").click();
      }
      await expect.soft(main(page).getByText(title, { exact: true }).first(), next).toBeVisible();
      await expect.soft(main(page).getByText(shown).first(), next).toBeVisible();
    });
  }
  const asked = (await cloud.requests()).filter(({ method, path }) => method === "GET" && path.startsWith(list)).length;
  expect(asked, "each list was requested once").toBe(18);
  // A link to another list of the same service is no valid next page.
  await cloud.change({ faults: [graph(list, "https://graph.microsoft.com/beta/organization")] });
  await button(page, "Read again").click();
  await expect(main(page).getByText(unread).first()).toBeVisible();
  await stayedAtHome(cloud);
});

test("the page stops at an endless list and at a list with a loop, and reports both", async ({ page, cloud }) => {
  const list = "/subscriptions";
  /** @type {(numbers: number[]) => Fault[]} */
  const chain = (numbers) =>
    numbers.map((number) => {
      const nextLink = `https://management.azure.com${list}?api-version=2022-12-01&$skiptoken=${number}`;
      return { method: "GET", path_prefix: list, kind: { garbled: JSON.stringify({ value: [], nextLink }) } };
    });
  const read = async () => (await cloud.requests()).filter(({ method, path }) => method === "GET" && path === list).length;
  await cloud.change({ faults: chain([1, 2, 1]) });
  await signIn(page);
  await expect(page.getByRole("status").getByText("Signed in as admin@fabrikam.com.")).toBeVisible();
  await page.getByRole("button", { name: "Subscription" }).first().click();
  await expect(main(page).getByText(strange, { exact: true })).toBeVisible();
  expect(await read(), "pages of a loop").toBe(3);
  await cloud.change({ faults: chain(Array.from({ length: 50 }, (_, number) => number)) });
  await button(page, "Read again").click();
  await expect.poll(read).toBe(53);
  await expect(main(page).getByText(strange, { exact: true })).toBeVisible();
  await button(page, "Read again").click();
  await expect(page.getByRole("radio", { name: /^Fabrikam Production/ })).toBeVisible();
  await stayedAtHome(cloud);
});

test("the page does not follow a link of Azure Resource Manager to another host, and names the host", async ({ page, cloud }) => {
  /** @type {[string, string, string][]} */
  const links = [
    ["https://evil.example/subscriptions", evil, "Nothing was sent to evil.example."],
    ["https://management.azure.com.evil/subscriptions", evil, "Nothing was sent to management.azure.com.evil."],
    ["https://graph.microsoft.com/subscriptions", evil, "Nothing was sent to graph.microsoft.com."],
    ["https://management.azure.com:444/subscriptions", evil, "Nothing was sent to management.azure.com:444."],
    ["https://management.azure.com/providers", strange, "The page did not use it."],
  ];
  let isFirst = true;
  for (const [next, title, shown] of links) {
    await test.step(next, async () => {
      const kind = { garbled: JSON.stringify({ value: [], nextLink: next }) };
      await cloud.change({ faults: [{ method: "GET", path_prefix: "/subscriptions", kind }] });
      if (isFirst) {
        await signIn(page);
        await expect(page.getByRole("status").getByText("Signed in as admin@fabrikam.com.")).toBeVisible();
        await page.getByRole("button", { name: "Subscription" }).first().click();
        isFirst = false;
      } else {
        await button(page, "Read again").click();
      }
      await expect.soft(main(page).getByText(title, { exact: true }).first(), next).toBeVisible();
      await expect.soft(main(page).getByText(shown).first(), next).toBeVisible();
    });
  }
  await stayedAtHome(cloud);
});

test("a review stops at a link to another host, and nothing is written", async ({ page, cloud }) => {
  // The search for pairs after the sign-in reads deleted apps too.
  await cloud.change({ faults: [{ ...graph("/v1.0/directory/deletedItems", "https://evil.example/v1.0/directory"), times: 20 }] });
  await toReview(page);
  await expect(main(page).getByText(evil, { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(main(page).getByText("Nothing was sent to evil.example.")).toBeVisible();
  await expect(button(page, "Create")).toHaveAttribute("aria-disabled", "true");
  await stayedAtHome(cloud);
});

test("the page follows no redirect, neither of a read nor of a write", async ({ page, cloud }) => {
  test.setTimeout(120_000);
  /** @type {(method: string, path_prefix: string, to: string) => Fault} */
  const redirected = (method, path_prefix, to) => ({ method, path_prefix, kind: { redirected: to } });
  await cloud.change({
    faults: [
      redirected("GET", "/v1.0/organization", "https://evil.example/v1.0/organization"),
      redirected("GET", "/subscriptions", "https://evil.example/subscriptions"),
      redirected("GET", "/v1.0/policies", "https://graph.microsoft.com/v1.0/never"),
    ],
  });
  await toReview(page, { subscription: "Fabrikam Development" });
  await expect(page.getByText("Validation passed")).toBeVisible({ timeout: 30_000 });
  await cloud.change({
    faults: [
      redirected("PATCH", "/v1.0/applications(", "https://evil.example/v1.0/applications"),
      redirected("POST", "/v1.0/oauth2PermissionGrants", "https://evil.example/"),
      redirected("POST", "/v1.0/applications/", "https://graph.microsoft.com/v1.0/never"),
    ],
  });
  await create(page);
  await complete(page);
  expect((await cloud.requests()).filter(({ path }) => path.endsWith("/never"))).toEqual([]);
  const tenant = (await cloud.snapshot())["5e97358c-d99c-4558-8000-000000010000"];
  const ours = tenant?.applications.filter(({ displayName }) => displayName.startsWith("CMG-"));
  expect(ours?.flatMap(({ passwordCredentials }) => passwordCredentials)).toHaveLength(1);
  await stayedAtHome(cloud);
});
