// The demo, as published with the page: no network, every simulated tenant, and the result of each.
//
// The test controls the browser's clock, so that minutes of a simulated run take seconds.
import { until } from "./clock.js";
import { button, heading } from "./locators.js";
import { look } from "./look.js";
import { address, expect, publish, test } from "./site.js";

/** @import { Page } from "@playwright/test" */
/** @import { Seen } from "./site.js" */

/**
 * Opens the demo and signs in to one of its tenants.
 * @param {Page} page
 * @param {RegExp} cloud
 * @param {string} tenant
 */
async function signIn(page, cloud, tenant) {
  await page.clock.install({ time: new Date("2026-11-23T10:00:00Z") });
  await page.goto(address);
  await button(page, "Set up").click();
  await page.getByRole("radio", { name: cloud }).check();
  await page.getByRole("radio", { name: new RegExp(`^${tenant}`) }).check();
  await button(page, "Sign in").click();
  await until(page, page.getByRole("status").getByText(/^Signed in as /));
  await until(page, button(page, "Sign out"));
}

/**
 * Accepts the default answers up to the review.
 * @param {Page} page
 */
async function review(page) {
  for (const next of ["Next : Web app >", "Next : Native app >", "Next : Discovery >", "Next : Subscription >"]) {
    await button(page, next).click();
  }
  const subscription = page.getByRole("radio", { name: /^(?!Leave ).*(subscription|Production)/ });
  await until(page, subscription);
  await subscription.check();
  await page.getByRole("button", { name: "Review + create" }).last().click();
  await expect(heading(page, "Review + create")).toBeVisible();
}

/**
 * The console has no messages.
 * @param {Seen} seen
 */
function wasQuiet(seen) {
  expect(seen.messages.filter((message) => !message.includes("crbug.com/981419"))).toEqual([]);
}

for (const [cloud, tenant] of /** @type {[RegExp, string][]} */ ([
  [/^AzurePublicCloud/, "fabrikam.com"],
  [/^AzurePublicCloud/, "woodgrove.com"],
  [/GCC High/, "contoso-gov.us"],
  [/DoD/, "tailspin-defense.us"],
])) {
  test(`the demo completes the setup in ${tenant}`, async ({ context, page }) => {
    test.setTimeout(240_000);
    const seen = await publish(context, { folder: "demo/" });
    await signIn(page, cloud, tenant);
    await review(page);
    await until(page, page.getByText("Validation passed", { exact: true }));
    await look(page, `demo-${tenant}-review`);
    await button(page, "Create").click();
    await until(page, heading(page, "Setup is complete"));
    await button(page, "Go to the hand-over").click();
    await expect(heading(page, "Enter the values in Configuration Manager")).toBeFocused();
    await button(page, "Show Secret Key").click();
    await expect(page.getByRole("textbox", { name: "Secret Key" })).not.toHaveValue("");
    await button(page, "I have saved it").click();
    await expect(page.getByRole("textbox", { name: "Secret Key" })).toHaveCount(0);
    wasQuiet(seen);
  });
}

// These tenants have apps with this tool's default names: most likely the pair that the site uses.
for (const tenant of ["adventure-works.com", "proseware.com", "tailwindtraders.com", "vanarsdel.com", "cohowinery.com", "alpineskihouse.com"]) {
  test(`the demo reports the existing pair in ${tenant}, and offers to check it`, async ({ context, page }) => {
    test.setTimeout(120_000);
    const seen = await publish(context, { folder: "demo/" });
    await signIn(page, /^AzurePublicCloud/, tenant);
    await review(page);
    await until(page, page.getByText("Validation failed", { exact: true }));
    await expect(button(page, "Create")).toHaveAttribute("aria-disabled", "true");
    await look(page, `demo-${tenant}-review`);
    wasQuiet(seen);
  });
}

test("the demo creates a new pair in wideworldimporters.com, whose apps have other names", async ({ context, page }) => {
  test.setTimeout(120_000);
  const seen = await publish(context, { folder: "demo/" });
  await signIn(page, /^AzurePublicCloud/, "wideworldimporters.com");
  await review(page);
  await until(page, page.getByText("Validation passed", { exact: true }));
  await look(page, "demo-wideworldimporters.com-review");
  wasQuiet(seen);
});

test("the demo reports in northwind.com what prevents the setup, and disables Create", async ({ context, page }) => {
  test.setTimeout(120_000);
  const seen = await publish(context, { folder: "demo/" });
  await signIn(page, /^AzurePublicCloud/, "northwind.com");
  await review(page);
  await until(page, page.getByText("Validation failed", { exact: true }));
  await expect(button(page, "Create")).toHaveAttribute("aria-disabled", "true");
  await look(page, "demo-northwind.com-review");
  wasQuiet(seen);
});

test("the demo reports in litware.com the missing role, before and after the run", async ({ context, page }) => {
  test.setTimeout(240_000);
  const seen = await publish(context, { folder: "demo/" });
  await signIn(page, /^AzurePublicCloud/, "litware.com");
  await review(page);
  await until(page, page.getByText(/^[0-9]+ changes will be refused$/));
  await expect(page.getByText("May this account register apps and create a secret?")).toBeVisible();
  await look(page, "demo-litware.com-review");
  await expect(button(page, "Create")).toHaveAttribute("aria-disabled", "true");
  await expect(page.getByText("Choose what to do with the changes that will be refused.")).toBeVisible();
  await page.getByRole("radio", { name: "Try all changes" }).check();
  await until(page, page.locator("button:not([aria-disabled])", { hasText: /^Create$/ }));
  await button(page, "Create").click();
  await until(page, heading(page, "Setup is paused"));
  await expect(page.getByText(/HTTP 403/).first()).toBeVisible();
  await look(page, "demo-litware.com-failed");
  wasQuiet(seen);
});

test("the demo makes in litware.com only what the account may, and lists the rest", async ({ context, page }) => {
  test.setTimeout(240_000);
  const seen = await publish(context, { folder: "demo/" });
  await signIn(page, /^AzurePublicCloud/, "litware.com");
  await review(page);
  const only = page.getByRole("radio", { name: /^Make only the/ });
  await until(page, only);
  await only.check();
  await until(page, page.getByText(/^[0-9]+ changes are left out$/));
  await look(page, "demo-litware.com-left-out");
  await button(page, "Create").click();
  await until(page, heading(page, "What this account may change is done"));
  await look(page, "demo-litware.com-left-out-run");
  await button(page, "Go to the hand-over").click();
  await expect(heading(page, "Not everything is set up yet")).toBeVisible();
  await look(page, "demo-litware.com-left-out-hand-over");
  wasQuiet(seen);
});

test("the demo keeps its cloud and its journal over a crash and a reload, until it starts over", async ({ context, page }) => {
  test.setTimeout(240_000);
  const seen = await publish(context, { folder: "demo/" });
  await signIn(page, /^AzurePublicCloud/, "fabrikam.com");
  await review(page);
  await until(page, page.getByText("Validation passed", { exact: true }));
  await page.getByText("Make something go wrong").click();
  await look(page, "demo-panel");
  /** @type {string[]} */
  const questions = [];
  page.on("dialog", (dialog) => {
    questions.push(dialog.type());
    void dialog.accept();
  });
  await button(page, "Crash at the next change").click();
  await expect(page.getByText("Then the page crashes, and starts again.")).toBeVisible();
  await button(page, "Create").click();
  await until(page, page.getByText("Sign in first, on the step Azure service."));
  expect(questions).toEqual([]);
  await page.goto(`${address}#/`);
  await button(page, "View unfinished runs").click();
  await button(page, "Verify and continue").click();
  await button(page, "Sign in").click();
  await until(page, page.getByText("This continues an unfinished run"));
  await until(page, button(page, "Continue"));
  await button(page, "Continue").click();
  await until(page, heading(page, "Setup is complete"));
  await button(page, "Go to the hand-over").click();
  await button(page, "Show Secret Key").click();
  const secret = await page.getByRole("textbox", { name: "Secret Key" }).inputValue();
  await button(page, "I have saved it").click();
  const stored = await page.evaluate(() => JSON.stringify(sessionStorage));
  expect(stored).not.toMatch(/Bearer|secretText/);
  expect(stored).not.toContain(secret);

  await page.reload();
  await page.goto(`${address}#/azure-service`);
  await page.getByRole("radio", { name: /^fabrikam.com/ }).check();
  await button(page, "Sign in").click();
  await until(page, page.getByText("This tenant has a pair", { exact: true }));

  await page.getByText("Make something go wrong").click();
  await button(page, "Start over").click();
  await expect.poll(() => page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.includes("demo:clouds")))).toEqual([]);
  wasQuiet(seen);
});

test("a reload of the demo keeps the answers, separately from those of the published page", async ({ context, page }) => {
  const seen = await publish(context, { folder: "demo/" });
  await page.goto(address);
  await look(page, "demo-start");
  await button(page, "Set up").click();
  const name = page.getByRole("textbox", { name: "Name", exact: true });
  await name.fill("Zürich CMG");
  await page.getByRole("radio", { name: /^woodgrove\.com/ }).check();
  await look(page, "demo-azure-service");
  await page.reload();
  await expect(name).toHaveValue("Zürich CMG");
  await expect(page.getByRole("radio", { name: /^woodgrove\.com/ })).toBeChecked();
  const keys = await page.evaluate(() => Object.keys(sessionStorage));
  expect(keys.filter((key) => !key.startsWith("cmg-entra-setup:demo:"))).toEqual([]);
  wasQuiet(seen);
});
