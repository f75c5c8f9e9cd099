// A registration in many subscriptions while Azure refuses, a subscription moves, or the computer sleeps.
import { until } from "./clock.js";
import { address, expect, test } from "./cloud.js";
import { button } from "./locators.js";
import { look } from "./look.js";
import { account, estate, open, registerAll, registrations, states, table, untilRead } from "./providers.js";

test("a storm of refusals is shown, waited out and leaves nothing undone", async ({ page, cloud }) => {
  test.slow();
  await page.clock.install();
  await estate(cloud, 60);
  const throttled = (/** @type {string} */ method, /** @type {number} */ times) => ({
    method,
    path_prefix: "/subscriptions/",
    times,
    kind: { throttled: 20 },
  });
  await open(page);
  const note = page.getByText("Azure asks for fewer requests");
  await until(page, page.getByText("Azure Resource Graph gave the list."));
  await untilRead(page);
  // Otherwise the page cannot read how long Azure wants it to wait, and waits a second first.
  await cloud.change({ arm_exposes: ["Retry-After"], faults: [throttled("GET", 30)] });
  await button(page, "Read again").click();
  await until(page, note);
  await look(page, "providers-throttled");
  await untilRead(page);
  await expect(note).toHaveCount(0);
  await cloud.change({ faults: [throttled("POST", 30), throttled("GET", 20)] });
  await registerAll(page);
  await until(page, note);
  await until(page, page.getByText("Everything is sent."));
  const sent = await registrations(cloud);
  const taken = sent.filter(({ outcome }) => outcome === "200");
  expect(sent.filter(({ outcome }) => outcome === "429").length).toBeGreaterThan(20);
  expect(new Set(taken.map(({ path }) => path)).size).toBe(taken.length);
  await expect(page.getByText("0 failed")).toHaveCount(0);
  expect(await page.title()).toMatch(/^\(\d+\/\d+\) Registering resource providers/);
});

test("a subscription that moves to another tenant fails alone", async ({ page, cloud }) => {
  await estate(cloud, 80);
  await open(page);
  await states(page);
  await button(page, "Select all shown").click();
  await page.getByRole("button", { name: /^Review \d+ subscriptions$/ }).click();
  const plan = table(page);
  await plan.focus();
  await page.keyboard.press("Control+End");
  const last = plan.getByRole("row").last();
  const moved = /[0-9a-f-]{36}/.exec((await last.textContent()) ?? "")?.[0];
  const elsewhere = "5e97358c-d99c-4558-8000-000000040000";
  await cloud.change({ subscription_changes: [[{ "after-writes": 1 }, { moved: { subscription: moved, to: elsewhere } }]] });
  await button(page, "Register").click();
  await expect(page.getByText("The subscription belongs to another tenant")).toBeVisible();
  await page.getByRole("combobox", { name: "Show" }).selectOption({ label: "Failed" });
  await expect(table(page).getByText(String(moved))).toBeVisible();
});

test("an hour of sleep in a registration loses nothing", async ({ page, cloud }) => {
  test.slow();
  await page.clock.install();
  await estate(cloud, 60);
  await open(page);
  await until(page, page.getByText("Azure Resource Graph gave the list."));
  await untilRead(page);
  await cloud.change({ delay_milliseconds: 30 });
  await registerAll(page);
  await until(page, page.getByText(/\d+ registering/).first());
  const before = (await registrations(cloud)).length;
  // The access token ends meanwhile.
  await cloud.change({ clock_offset_seconds: 3_700, delay_milliseconds: 0 });
  await page.clock.fastForward(3_700_000);
  const isSent = page.getByText("Everything is sent.");
  await until(page, isSent.or(page.getByRole("button", { name: /^Review \d+ subscriptions? again$/ })).first());
  const sent = await registrations(cloud);
  expect(sent.length).toBeGreaterThan(before);
  const taken = sent.filter(({ outcome }) => outcome === "200");
  // Answers that came while the computer slept are lost. Registering again does no harm; sixteen are on their way at most.
  expect(taken.length - new Set(taken.map(({ path }) => path)).size).toBeLessThanOrEqual(16);
  await expect(page.getByText("The registration was interrupted")).toHaveCount(0);
  await expect(page.getByText(/\d+ not sent/)).toHaveCount(0);
});

test("records of a newer version are named, and removed on request", async ({ page, cloud }) => {
  await estate(cloud, 3);
  await open(page);
  await page.evaluate(async () => {
    const opened = indexedDB.open("cmg-entra-setup");
    const database = await new Promise((resolve, reject) => {
      opened.onsuccess = () => resolve(opened.result);
      opened.onerror = () => reject(opened.error);
    });
    const [store] = database.objectStoreNames;
    const transaction = database.transaction(store, "readwrite");
    transaction.objectStore(store).put("{\"version\":2}", "provider-run/7d7e2c1a-94a5-4a7e-8f5e-2f9d3b1c6a55/000001");
    await new Promise((resolve) => {
      transaction.oncomplete = () => resolve(null);
    });
    database.close();
  });
  await page.goto(`${address}#/providers`);
  await page.reload();
  const note = page.getByText("The record of a registration cannot be read");
  await expect(note).toBeVisible();
  await button(page, "Remove the record").click();
  await expect(note).toHaveCount(0);
  await page.reload();
  await expect(button(page, "Sign in")).toBeVisible();
  await expect(note).toHaveCount(0);
});

test("the account's other tenants are offered by name", async ({ page, cloud }) => {
  await cloud.change({ guests: [[account, "woodgrove.com"]] });
  await open(page);
  await expect(page.getByText("Fabrikam", { exact: true }).first()).toBeVisible();
  await page.getByText("Another tenant or account").click();
  await expect(page.getByText("Woodgrove Bank")).toBeVisible();
  await look(page, "providers-tenants");
  await button(page, "Sign in to this tenant").click();
  await page.getByRole("button", { name: account }).click();
  await button(page, "Accept").click();
  await expect(page.getByText("Woodgrove Bank").first()).toBeVisible();
});
