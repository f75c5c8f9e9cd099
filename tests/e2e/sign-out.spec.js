// The end of a sign-in: in this tab, in the other tabs, and after inactivity.
import { address, expect, test } from "./cloud.js";
import { look } from "./look.js";
import { places } from "./secrets.js";
import { signIn } from "./steps.js";

test("signing out in one tab signs the account out in the others", async ({ page, cloud, context }) => {
  const other = await context.newPage();
  for (const tab of [page, other]) {
    await signIn(tab);
  }
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(other.getByText("Signed out in another tab", { exact: true })).toBeVisible();
  await expect(other.getByRole("button", { name: "Sign in", exact: true })).toBeVisible();
  const needles = await cloud.needles();
  const left = async () => (await places(other, needles))["program memory"] ?? [];
  await expect.poll(left, { timeout: 30_000 }).toEqual([]);
  // Afterwards, because axe makes the memory larger and the search in it longer.
  await look(other, "signed-out-elsewhere");
});

test("after half an hour without use, the page has no token", async ({ page, cloud }) => {
  await page.clock.install();
  await signIn(page);
  const needles = await cloud.needles();
  expect((await places(page, needles))["program memory"]).toContain("access_token");
  for (let minute = 0; minute < 32; minute++) {
    await page.clock.runFor(61_000);
  }
  await expect(page.getByText("This page was not used for half an hour").first()).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Tenant to sign in to" })).toHaveValue("fabrikam.com");
  const left = async () => (await places(page, needles))["program memory"] ?? [];
  await expect.poll(left, { timeout: 30_000 }).toEqual([]);
  expect(page.url()).toBe(`${address}#/azure-service`);
});
