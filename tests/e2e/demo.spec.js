// The demo, as it is published beside the page: no network, every simulated tenant, and what each of them has to say.
//
// The browser's clock is the test's own, so that minutes of a simulated run are over in seconds.
import { look } from "./look.js";
import { address, expect, publish, test } from "./site.js";

const button = (page, name) => page.getByRole("button", { name, exact: true });
const title = (page, name) => page.getByRole("heading", { level: 1, name });

/** Lets time pass until something can be seen. */
async function until(page, target) {
  await expect
    .poll(
      async () => {
        await page.clock.runFor(1_000);
        return target.isVisible();
      },
      { timeout: 90_000, intervals: [20] },
    )
    .toBe(true);
}

/** Opens the demo and signs in to one of its tenants. */
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

/** Answers every question as it is offered, up to the review. */
async function review(page) {
  for (const next of ["Next : Web app >", "Next : Native app >", "Next : Discovery >", "Next : Subscription >"]) {
    await button(page, next).click();
  }
  const subscription = page.getByRole("radio", { name: /subscription|Production/ });
  await until(page, subscription);
  await subscription.check();
  await page.getByRole("button", { name: "Review + create" }).last().click();
  await expect(title(page, "Review + create")).toBeVisible();
}

/** Nothing was said in the console. */
function wasQuiet(seen) {
  expect(seen.messages.filter((message) => !message.includes("crbug.com/981419"))).toEqual([]);
}

for (const [cloud, tenant, passed] of [
  [/^AzurePublicCloud/, "fabrikam.com", "Validation passed"],
  [/^AzurePublicCloud/, "woodgrove.com", "Validation passed"],
  [/GCC High/, "contoso-gov.us", "Validation passed"],
  [/DoD/, "tailspin-defense.us", "Validation passed"],
]) {
  test(`the demo goes the whole way in ${tenant}`, async ({ context, page }) => {
    test.setTimeout(240_000);
    const seen = await publish(context, { folder: "demo/" });
    await signIn(page, cloud, tenant);
    await review(page);
    await until(page, page.getByText(passed, { exact: true }));
    await look(page, `demo-${tenant}-review`);
    await button(page, "Create").click();
    await until(page, title(page, "Setup is complete"));
    await button(page, "Go to the hand-over").click();
    await expect(title(page, "Enter the values in Configuration Manager")).toBeFocused();
    await button(page, "Show Secret Key").click();
    await expect(page.getByRole("textbox", { name: "Secret Key" })).not.toHaveValue("");
    await button(page, "I have saved it").click();
    await expect(page.getByRole("textbox", { name: "Secret Key" })).toHaveCount(0);
    wasQuiet(seen);
  });
}

// Apps of the names this tool offers are there: most likely the pair that the site uses.
for (const tenant of ["adventure-works.com", "proseware.com", "tailwindtraders.com", "vanarsdel.com", "cohowinery.com", "alpineskihouse.com"]) {
  test(`the demo tells of the pair that is there already in ${tenant}, and leads to its check`, async ({ context, page }) => {
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

test("the demo makes a pair of its own in wideworldimporters.com, whose apps have other names", async ({ context, page }) => {
  test.setTimeout(120_000);
  const seen = await publish(context, { folder: "demo/" });
  await signIn(page, /^AzurePublicCloud/, "wideworldimporters.com");
  await review(page);
  await until(page, page.getByText("Validation passed", { exact: true }));
  await look(page, "demo-wideworldimporters.com-review");
  wasQuiet(seen);
});

test("the demo says in northwind.com what stands in the way, and offers no Create", async ({ context, page }) => {
  test.setTimeout(120_000);
  const seen = await publish(context, { folder: "demo/" });
  await signIn(page, /^AzurePublicCloud/, "northwind.com");
  await review(page);
  await until(page, page.getByText("Validation failed", { exact: true }));
  await expect(button(page, "Create")).toHaveAttribute("aria-disabled", "true");
  await look(page, "demo-northwind.com-review");
  wasQuiet(seen);
});

test("the demo says in litware.com which role is missing, before the run and after it", async ({ context, page }) => {
  test.setTimeout(240_000);
  const seen = await publish(context, { folder: "demo/" });
  await signIn(page, /^AzurePublicCloud/, "litware.com");
  await review(page);
  await until(page, page.getByText("Validation passed with warnings", { exact: true }));
  await expect(page.getByText("May this account register apps and create a secret?")).toBeVisible();
  await look(page, "demo-litware.com-review");
  await button(page, "Create").click();
  await until(page, title(page, "Setup is paused"));
  await expect(page.getByText(/HTTP 403/).first()).toBeVisible();
  await look(page, "demo-litware.com-failed");
  wasQuiet(seen);
});

test("a reload of the demo keeps what was typed, apart from what the published page keeps", async ({ context, page }) => {
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
