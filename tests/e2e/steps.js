// The way through the page in the fewest strokes, for tests of what comes at its end.
import { address, expect } from "./cloud.js";

const button = (page, name) => page.getByRole("button", { name, exact: true });

/** Signs in, consenting where that is asked for. */
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

/** Signs in and answers every question as it is offered, up to the review. */
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

/** Selects Create on a review that has passed; where an earlier run was cut short, the button is called Continue. */
export async function create(page) {
  await expect(page.getByText("Validation passed")).toBeVisible({ timeout: 30_000 });
  await page.getByRole("button", { name: /^(Create|Continue)$/ }).click();
}

/** Waits for the end of a run. */
export async function complete(page) {
  await expect(page.getByRole("heading", { level: 1, name: "Setup is complete" })).toBeVisible({ timeout: 60_000 });
}

/** Requests that change something. */
export function writes(requests) {
  return requests.filter(({ method, host }) => !["GET", "OPTIONS", "HEAD"].includes(method) && !host.startsWith("login."));
}
