// What the tests of the resource provider pages share.
import { expect } from "@playwright/test";

import { address } from "./emulator.js";
import { button } from "./locators.js";

/** @import { Page } from "@playwright/test" */
/** @import { Cloud } from "./cloud.js" */

export const account = "admin@fabrikam.com";

/**
 * An account that can read many subscriptions.
 * @param {Cloud} cloud
 * @param {number} count
 */
export async function estate(cloud, count) {
  await cloud.change({ estate: { sign_in_name: account, count, seed: 7 } });
}

/**
 * The requests that register.
 * @param {Cloud} cloud
 */
export async function registrations(cloud) {
  const requests = await cloud.requests();
  return requests.filter(({ method, path }) => method === "POST" && /\/register(\?|$)/.test(path));
}

/**
 * Signs in from the card on the start page.
 * @param {Page} page
 */
export async function open(page) {
  await page.goto(address);
  await button(page, "Register providers").click();
  await page.getByRole("textbox", { name: "Tenant to sign in to" }).fill("fabrikam.com");
  await button(page, "Sign in").click();
  await page.getByRole("button", { name: account }).click();
  const accept = button(page, "Accept");
  await expect(accept.or(table(page))).toBeVisible();
  if (await accept.isVisible()) {
    await accept.click();
  }
  await expect(table(page)).toBeVisible();
}

/**
 * The table of subscriptions.
 * @param {Page} page
 */
export function table(page) {
  return page.getByRole("grid");
}

/**
 * Waits until it is known what is registered everywhere.
 * @param {Page} page
 */
export async function states(page) {
  await expect(page.getByRole("progressbar", { name: "Reading what is registered" })).toHaveCount(0, { timeout: 60_000 });
}

/**
 * Selects all subscriptions, reviews them and begins the registration.
 * @param {Page} page
 */
export async function registerAll(page) {
  await button(page, "Select all shown").click();
  await page.getByRole("button", { name: /^Review \d+ subscriptions$/ }).click();
  await button(page, "Register").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Registering resource providers");
}

/**
 * Advances the clock of the browser, which the test controls, until the list, the states and the rights are read.
 * @param {Page} page
 */
export async function untilRead(page) {
  const unread = page
    .getByRole("progressbar", { name: "Reading what is registered" })
    .or(page.getByText("Checking your rights:"))
    .or(page.getByText("Reading the list of subscriptions:"));
  await expect
    .poll(
      async () => {
        await page.clock.runFor(1_000);
        return unread.count();
      },
      { timeout: 60_000, intervals: [20] },
    )
    .toBe(0);
}
