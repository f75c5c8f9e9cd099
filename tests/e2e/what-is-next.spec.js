// What each page says is left to do, and where it leads, clicked in the demo.
//
// The test controls the browser's clock, so that minutes of a simulated run take seconds.
import { until } from "./clock.js";
import { button, heading } from "./locators.js";
import { look } from "./look.js";
import { address, expect, publish, test } from "./site.js";

/** @import { BrowserContext, Page } from "@playwright/test" */

/**
 * Opens the demo and signs in to a tenant for a setup.
 * @param {BrowserContext} context
 * @param {Page} page
 * @param {string} tenant
 */
async function signIn(context, page, tenant) {
  await publish(context, { folder: "demo/" });
  await page.clock.install({ time: new Date("2026-11-23T10:00:00Z") });
  await page.goto(address);
  await button(page, "Set up").click();
  await page.getByRole("radio", { name: new RegExp(`^${tenant}`) }).check();
  await button(page, "Sign in").click();
  await until(page, button(page, "Sign out"));
}

const providers = ["Microsoft.KeyVault", "Microsoft.Storage", "Microsoft.Network", "Microsoft.Compute"];

test("resource providers that are left to another person are named on the review and first on the hand-over", async ({ context, page }) => {
  test.setTimeout(180_000);
  await signIn(context, page, "fabrikam.com");
  // The blue button of the first step, with every default answer.
  await button(page, "Review + create").last().click();
  const warning = page.getByText("The resource providers are left to someone else");
  await until(page, warning);
  await expect(button(page, "Choose a subscription")).toBeVisible();
  await look(page, "review-providers-left");
  await button(page, "Create").click();
  await until(page, heading(page, "Setup is complete"));
  await button(page, "Go to the hand-over").click();
  const first = page.getByRole("heading", { level: 2, name: "Next steps" }).locator("..").getByRole("listitem").first();
  await expect(first).toContainText("Get the resource providers ready");
  const text = first.getByRole("group", { name: "Text for the subscription's owner" });
  for (const name of providers) {
    await expect(text).toContainText(`az provider register --namespace ${name} --subscription SUBSCRIPTION-ID`);
    await expect(text).toContainText(`Register-AzResourceProvider -ProviderNamespace ${name}`);
  }
  await expect(text).toContainText("Azure portal > Subscriptions");
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await first.getByRole("button", { name: "Copy Text for the subscription's owner" }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await text.innerText());
});

test("the warning about the resource providers leads to the list of subscriptions", async ({ context, page }) => {
  test.setTimeout(120_000);
  await signIn(context, page, "fabrikam.com");
  await button(page, "Review + create").last().click();
  await until(page, button(page, "Choose a subscription"));
  await button(page, "Choose a subscription").click();
  await expect(heading(page, "Subscription")).toBeVisible();
});

test("after the sign-in, a pair in the tenant is offered for a check, and another pair is the admin's choice", async ({ context, page }) => {
  test.setTimeout(120_000);
  await signIn(context, page, "proseware.com");
  const told = page.getByText("This tenant has a pair", { exact: true }).first();
  await until(page, told);
  await look(page, "pair-there");
  await button(page, "Set up another pair").click();
  await expect(page.getByRole("main").getByText("This tenant has a pair", { exact: true })).toHaveCount(0);
  await page.reload();
  await page.getByRole("radio", { name: /^proseware.com/ }).check();
  await button(page, "Sign in").click();
  await until(page, page.getByRole("main").getByText("This tenant has a pair", { exact: true }));
  await button(page, "Check this pair").first().click();
  await until(page, heading(page, "Check of the pair"));
});

test("a stopped run is not shown as a failure", async ({ context, page }) => {
  test.setTimeout(120_000);
  await signIn(context, page, "fabrikam.com");
  await button(page, "Review + create").last().click();
  await until(page, page.getByText(/^Validation passed/).first());
  await button(page, "Create").click();
  await until(page, page.getByText(/^[1-9]\d* of \d+ done$/).first());
  await button(page, "Stop").click();
  await until(page, heading(page, "Setup was stopped"));
  await expect(page.getByText("What went wrong")).toHaveCount(0);
  await expect(page.getByText("Failed", { exact: true })).toHaveCount(0);
  await expect(page.getByText(/^You stopped the run\./)).toBeVisible();
  await look(page, "run-stopped");
});

test("a double click on Next opens the next step and not the one after it", async ({ context, page }) => {
  await signIn(context, page, "fabrikam.com");
  await button(page, "Next : Web app >").dblclick();
  await expect(heading(page, "Web (server) app")).toBeVisible();
  // A later click is a click of its own.
  await button(page, "Next : Native app >").click();
  await expect(heading(page, "Native (client) app")).toBeVisible();
});

test("what happened is visible, and not only announced", async ({ context, page }) => {
  test.setTimeout(120_000);
  await signIn(context, page, "fabrikam.com");
  await button(page, "Review + create").last().click();
  await until(page, page.getByText(/^Validation passed/).first());
  await button(page, "Create").click();
  await until(page, heading(page, "Setup is complete"));
  await button(page, "Go to the hand-over").click();
  await page.getByRole("button", { name: "Copy Client ID" }).first().click();
  const notice = page.getByRole("status").last().getByRole("paragraph");
  await expect(notice).toHaveText(/^Copied\.$|^The browser refused to copy/);
  await expect(notice).toBeInViewport();
  await look(page, "notice");
  await Promise.all([page.waitForEvent("download"), button(page, "Save the record (.json)").click()]);
  await expect(notice).toHaveText(/^Saved: /);
});

test("a disabled button keeps its colors under the mouse", async ({ context, page }) => {
  await publish(context, { folder: "demo/" });
  await page.goto(`${address}#/review`);
  const create = button(page, "Create");
  await expect(create).toHaveAttribute("aria-disabled", "true");
  const colors = () => create.evaluate((element) => [getComputedStyle(element).color, getComputedStyle(element).backgroundColor]);
  await page.mouse.move(0, 0);
  const before = await colors();
  await create.hover();
  // Longer than the transition, on the browser's own clock.
  await expect.poll(() => create.evaluate((element) => element.getAnimations().length)).toBe(0);
  expect(await colors()).toEqual(before);
});

test("after a sign-in the heading has the focus, and an error on the review leads to its field", async ({ context, page }) => {
  await signIn(context, page, "fabrikam.com");
  await expect(heading(page, "Azure service")).toBeFocused();
  await button(page, "Next : Web app >").click();
  const name = page.getByRole("textbox", { name: "Application name" });
  await name.fill("");
  await page.getByRole("button", { name: "Review + create" }).last().click();
  await page.getByRole("main").getByRole("button", { name: "Web app" }).click();
  await expect(name).toBeFocused();
});

test("a link to Microsoft opens in a new tab and carries no referrer", async ({ context, page }) => {
  await signIn(context, page, "fabrikam.com");
  await page.getByRole("button", { name: "Review + create" }).last().click();
  await until(page, button(page, "Open all"));
  await button(page, "Open all").click();
  const source = page.getByRole("main").getByRole("link", { name: /^Manually register Microsoft Entra apps/ });
  await expect(source.first()).toHaveAttribute("rel", "noopener noreferrer");
  await expect(source.first()).toHaveAttribute("target", "_blank");
});
