// The shortest way through the page, for tests of the last steps.
import { address, expect } from "./cloud.js";
import { button } from "./locators.js";

/** @import { Page } from "@playwright/test" */
/** @import { LoggedRequest } from "./cloud.js" */
/** @typedef {{ tenant?: string, account?: string }} Who */

/**
 * Signs in and gives consent if the sign-in page asks for it.
 * @param {Page} page
 * @param {Who} [who]
 */
export async function signIn(page, { tenant = "fabrikam.com", account = "admin@fabrikam.com" } = {}) {
  await page.goto(address);
  await page
    .getByRole("button", { name: /^(Set up|Continue setting up)$/ })
    .first()
    .click();
  await page.getByRole("textbox", { name: "Tenant to sign in to" }).fill(tenant);
  await button(page, "Sign in").click();
  await page.getByRole("button", { name: account }).click();
  const accept = button(page, "Accept");
  const signedIn = page.getByRole("status").getByText(`Signed in as ${account}.`);
  await expect(accept.or(signedIn)).toBeVisible();
  if (await accept.isVisible()) {
    await accept.click();
  }
  await expect(signedIn).toBeVisible();
}

/**
 * Signs in and accepts the default answers up to the review.
 * @param {Page} page
 * @param {Who & { subscription?: string }} [answers]
 */
export async function toReview(page, { subscription, ...who } = {}) {
  await signIn(page, who);
  for (const next of ["Next : Web app >", "Next : Native app >", "Next : Discovery >", "Next : Subscription >"]) {
    await button(page, next).click();
  }
  if (subscription) {
    await page.getByText(subscription, { exact: true }).click();
  }
  await page.getByRole("button", { name: "Review + create" }).last().click();
}

/**
 * Selects Create on a review that has passed. After an interrupted run, the button is Continue.
 * @param {Page} page
 */
export async function create(page) {
  await expect(page.getByText("Validation passed")).toBeVisible({ timeout: 30_000 });
  await page.getByRole("button", { name: /^(Create|Continue)$/ }).click();
}

/**
 * Waits for the end of a run.
 * @param {Page} page
 */
export async function complete(page) {
  await expect(page.getByRole("heading", { level: 1, name: "Setup is complete" })).toBeVisible({ timeout: 60_000 });
}

/**
 * The number of requests that a `hang-before` or `hang-after` fault holds, or held.
 * @param {LoggedRequest[]} requests
 */
export function held(requests) {
  return requests.filter(({ outcome }) => outcome === "TimedOut").length;
}

/**
 * Requests that change something.
 * @param {LoggedRequest[]} requests
 */
export function writes(requests) {
  return requests.filter(({ method, host }) => !["GET", "OPTIONS", "HEAD"].includes(method) && !host.startsWith("login."));
}
