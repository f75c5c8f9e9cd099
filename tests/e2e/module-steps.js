// What a person does in the page where it is a part of another page. Everything is found through the shadow root.
import { expect } from "./cloud.js";

export const button = (part, name) => part.getByRole("button", { name, exact: true }).last();
export const heading = (part) => part.getByRole("heading", { level: 1 });

/** Signs somebody in to the portal of React and MSAL. */
export async function signInToPortal(page, { account = "admin@fabrikam.com" } = {}) {
  const opening = page.waitForEvent("popup");
  await button(page, "Sign in to the portal").click();
  const popup = await opening;
  await popup.getByRole("button", { name: account }).click();
  await button(popup, "Accept").click();
  await expect(page.getByRole("banner").getByText(account)).toBeVisible();
}

/** Goes from the start page to the sign-in. */
export async function toSignIn(part, tenant = "fabrikam.com") {
  await button(part, "Set up").click();
  await expect(heading(part)).toHaveText("Azure service");
  await part.getByRole("textbox", { name: "Tenant to sign in to" }).fill(tenant);
}

/** Answers in the windows that open until the page is signed in. */
export async function signedIn(page, part, { account = "admin@fabrikam.com" } = {}) {
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
  const answers = [];
  const onPage = (popup) => answers.push(answer(popup).catch(() => undefined));
  page.context().on("page", onPage);
  await button(part, "Sign in").click();
  await expect(part.getByRole("status").getByText(`Signed in as ${account}.`)).toBeVisible({ timeout: 20_000 });
  page.context().off("page", onPage);
  await Promise.all(answers);
}

/** From the sign-in to the review, with what is offered. */
export async function toReview(part) {
  for (const next of ["Next : Web app >", "Next : Native app >", "Next : Discovery >", "Next : Subscription >"]) {
    await button(part, next).click();
  }
  await button(part, "Review + create").click();
  await expect(part.getByText("Validation passed")).toBeVisible({ timeout: 30_000 });
}
