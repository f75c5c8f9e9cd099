// The resource providers of many subscriptions: from the start page to the end of the registration, by keyboard, and with thousands of rows.
import { address, expect, test } from "./cloud.js";
import { button } from "./locators.js";
import { look } from "./look.js";
import { account, estate, open, registrations, states, table } from "./providers.js";

test("a subscription owner registers what is missing", async ({ page, cloud }) => {
  test.slow();
  await estate(cloud, 30);
  await open(page);
  await states(page);
  await expect(table(page)).toHaveAttribute("aria-rowcount", "31");
  await look(page, "providers");
  await button(page, "Select all shown").click();
  await page.getByRole("button", { name: /^Review \d+ subscriptions$/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Review the registration" })).toBeFocused();
  expect(await registrations(cloud)).toEqual([]);
  await look(page, "providers-review");
  await button(page, "Register").click();
  const heading = page.getByRole("heading", { level: 1 });
  await expect(heading).toHaveText("Registering resource providers");
  // One of the simulated registrations never ends, and the page would look for four minutes.
  await expect(page.getByText("Everything is sent.")).toBeVisible({ timeout: 60_000 });
  await button(page, "Stop").click();
  await expect(heading).toHaveText("The registration was stopped", { timeout: 60_000 });
  await look(page, "providers-run");
  const registered = await registrations(cloud);
  expect(registered.length).toBeGreaterThan(20);
  expect(new Set(registered.map(({ path }) => path)).size).toBe(registered.length);
  // What is left is reviewed again, never sent by itself.
  await page.getByRole("button", { name: /^Review \d+ subscriptions? again$/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Review the registration" })).toBeVisible();
  expect(await registrations(cloud)).toHaveLength(registered.length);
});

test("the sign-in asks for Azure alone", async ({ page, cloud }) => {
  await estate(cloud, 3);
  await open(page);
  await states(page);
  const requests = await cloud.requests();
  expect(requests.filter(({ host }) => host.startsWith("graph."))).toEqual([]);
});

test("keys reach every row, also those that are not drawn", async ({ page, cloud }) => {
  await estate(cloud, 400);
  await open(page);
  await states(page);
  const grid = table(page);
  await grid.focus();
  const active = async () => {
    const id = await grid.getAttribute("aria-activedescendant");
    return page.locator(`[id="${id}"]`);
  };
  for (const [keys, row] of [
    ["ArrowDown", 3],
    ["PageDown", 13],
    ["Control+End", 401],
    ["ArrowUp", 400],
    ["Control+Home", 2],
  ]) {
    await page.keyboard.press(String(keys));
    const cell = await active();
    await expect(cell).toBeInViewport();
    await expect(grid.getByRole("row").filter({ has: cell })).toHaveAttribute("aria-rowindex", String(row));
    await expect(grid).toBeFocused();
  }
  // The first row that takes changes.
  const first = grid.locator('[role="row"][aria-selected="false"]').first();
  const index = Number(await first.getAttribute("aria-rowindex"));
  for (let row = 2; row < index; row += 1) {
    await page.keyboard.press("ArrowDown");
  }
  await page.keyboard.press("Space");
  await expect(grid.locator(`[aria-rowindex="${index}"]`)).toHaveAttribute("aria-selected", "true");
  await expect(page.getByRole("status").getByText(/selected\. 1 selected in all\.$/)).toBeVisible();
  await page.keyboard.press("Control+a");
  await expect(page.getByRole("button", { name: /^Review \d{3} subscriptions$/ })).toBeVisible();
});

test("only rows in sight are drawn, and scrolling draws the others", async ({ page, cloud }) => {
  await estate(cloud, 1000);
  await open(page);
  const grid = table(page);
  await expect(grid).toHaveAttribute("aria-rowcount", "1001");
  await grid.scrollIntoViewIfNeeded();
  const drawn = () => grid.getByRole("row").count();
  expect(await drawn()).toBeLessThan(50);
  for (const share of [0.5, 1, 0.1, 0]) {
    const at = await grid.evaluate((element, to) => {
      element.scrollTop = to * (element.scrollHeight - element.clientHeight);
      return element.scrollTop / (element.scrollHeight / 1001);
    }, share);
    const row = grid.locator(`[aria-rowindex="${Math.min(Math.floor(at) + 4, 1001)}"]`);
    await expect(row).toBeInViewport();
    expect(await drawn()).toBeLessThan(50);
  }
});

test("search, filter, sort and selection", async ({ page, cloud }) => {
  await estate(cloud, 200);
  await open(page);
  await states(page);
  const grid = table(page);
  await page.getByRole("textbox", { name: "Search" }).fill("platform");
  await expect(grid).not.toHaveAttribute("aria-rowcount", "201");
  const found = Number(await grid.getAttribute("aria-rowcount"));
  expect(found).toBeGreaterThan(1);
  await expect(page.getByRole("status").getByText(`${found - 1} subscriptions shown.`)).toBeVisible();
  await page.getByText("Filter and sort").click();
  await page.getByRole("combobox", { name: "Registration" }).selectOption({ label: "Something is not registered" });
  await page.getByRole("combobox", { name: "Sort by" }).selectOption({ label: "State" });
  await expect(grid.getByRole("columnheader", { name: "State" })).toHaveAttribute("aria-sort", "ascending");
  await look(page, "providers-filter");
  await page.getByRole("textbox", { name: "Search" }).fill("nothing has this name");
  await expect(page.getByText("No subscription fits the search and the filter.")).toBeVisible();
  await button(page, "Show all subscriptions").first().click();
  await expect(grid).toHaveAttribute("aria-rowcount", "201");
});

test("a registration that was closed is offered again and continues after a review", async ({ page, cloud, context }) => {
  test.slow();
  await estate(cloud, 120);
  await cloud.change({ delay_milliseconds: 60 });
  await open(page);
  await states(page);
  await button(page, "Select all shown").click();
  await page.getByRole("button", { name: /^Review \d+ subscriptions$/ }).click();
  await button(page, "Register").click();
  await expect(page.getByText(/\d+ registering/).or(page.getByText(/\d+ registered/)).first()).toBeVisible();
  // Other pages can be used meanwhile.
  await page.evaluate(() => {
    location.hash = "#/app-id-uri";
  });
  await expect(page.getByText("Resource providers are being registered")).toBeVisible();
  const again = await context.newPage();
  await page.close({ runBeforeUnload: false });
  await again.goto(`${address}#/providers`);
  await expect(again.getByText("A registration has not reached its end")).toBeVisible();
  await look(again, "providers-unfinished");
  await button(again, "Review and continue").click();
  await again.getByRole("button", { name: account }).click();
  await expect(table(again)).toBeVisible();
  const before = (await registrations(cloud)).length;
  await button(again, "Review and continue").click();
  await expect(again.getByRole("heading", { level: 1, name: "Review the registration" })).toBeVisible();
  expect(await registrations(cloud)).toHaveLength(before);
});

test("a link names the wish and selects nothing before the sign-in", async ({ page, cloud }) => {
  await estate(cloud, 12);
  await page.goto(`${address}#/providers?tenant=fabrikam.com&register-storage=&subscriptions=5e97358c-d99c-4558-af0c-de7774091dda`);
  await expect(page.getByRole("textbox", { name: "Tenant to sign in to" })).toHaveValue("fabrikam.com");
  await expect(page.getByRole("checkbox", { name: /Microsoft\.Storage/ })).not.toBeChecked();
  await expect(page.getByRole("textbox", { name: "Subscription IDs" })).toHaveValue("5e97358c-d99c-4558-af0c-de7774091dda");
  expect(await cloud.requests()).toEqual([]);
  await button(page, "Sign in").click();
  await page.getByRole("button", { name: account }).click();
  await button(page, "Accept").click();
  await expect(page.getByText(/^1 ID was not selected\./)).toBeVisible();
});
