// A user's steps in the page when it is part of another page. Locators look into the shadow root.
import { expect } from "./cloud.js";
import * as locators from "./locators.js";

/** @import { Locator, Page } from "@playwright/test" */
/** @import { Root } from "./locators.js" */

export { heading } from "./locators.js";

/** @type {(part: Root, name: string) => Locator} */
export const button = (part, name) => locators.button(part, name).last();

/**
 * Signs in to the portal with React and MSAL.
 * @param {Page} page
 * @param {{ account?: string }} [who]
 */
export async function signInToPortal(page, { account = "admin@fabrikam.com" } = {}) {
  const opening = page.waitForEvent("popup");
  await button(page, "Sign in to the portal").click();
  const popup = await opening;
  await popup.getByRole("button", { name: account }).click();
  await button(popup, "Accept").click();
  await expect(page.getByRole("banner").getByText(account)).toBeVisible();
}

/**
 * Goes from the start page to the sign-in.
 * @param {Locator} part
 * @param {string} [tenant]
 */
export async function toSignIn(part, tenant = "fabrikam.com") {
  await button(part, "Set up").click();
  await expect(locators.heading(part)).toHaveText("Azure service");
  await part.getByRole("textbox", { name: "Tenant to sign in to" }).fill(tenant);
}

/**
 * Signs in: completes the sign-in page in every window that opens.
 * @param {Page} page
 * @param {Locator} part
 * @param {{ account?: string }} [who]
 */
export async function signedIn(page, part, { account = "admin@fabrikam.com" } = {}) {
  /** @param {Page} popup */
  const answer = async (popup) => {
    const pick = popup.getByRole("button", { name: account });
    const accept = button(popup, "Accept");
    await pick.or(accept).first().waitFor();
    if (await pick.isVisible()) {
      await pick.click();
      await accept.waitFor({ timeout: 3000 }).catch(() => undefined);
    }
    if (!popup.isClosed() && (await accept.isVisible())) {
      await accept.click();
    }
  };
  /** @type {Promise<void>[]} */
  const answers = [];
  /** @param {Page} popup */
  const onPage = (popup) => answers.push(answer(popup).catch(() => undefined));
  page.context().on("page", onPage);
  await button(part, "Sign in").click();
  await expect(part.getByRole("status").getByText(`Signed in as ${account}.`)).toBeVisible({ timeout: 20_000 });
  page.context().off("page", onPage);
  await Promise.all(answers);
}

/**
 * Goes from the sign-in to the review with the default answers.
 * @param {Locator} part
 */
export async function toReview(part) {
  for (const next of ["Next : Web app >", "Next : Native app >", "Next : Discovery >", "Next : Subscription >"]) {
    await button(part, next).click();
  }
  await button(part, "Review + create").click();
  await expect(part.getByText("Validation passed")).toBeVisible({ timeout: 30_000 });
}
