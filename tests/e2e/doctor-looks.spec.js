// How the pages that check, mend and retire a pair look, over the demo's tenants.
//
// The browser's clock is the test's own, so that minutes of a simulated run are over in seconds.
import { look } from "./look.js";
import { address, expect, publish, test } from "./site.js";

const button = (page, name) => page.getByRole("button", { name, exact: true });
const title = (page, name) => page.getByRole("heading", { level: 1, name });

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

/** Chooses the pair that was found: nothing about it is sure until a person has. */
async function choosePair(page) {
  const choose = page.getByRole("button", { name: /^Check this pair / });
  await until(page, choose);
  await choose.click();
}

async function open(context, page, tenant) {
  await publish(context, { folder: "demo/" });
  await page.clock.install({ time: new Date("2026-11-23T10:00:00Z") });
  await page.goto(address);
  await button(page, "Check a pair").click();
  await page.getByRole("radio", { name: new RegExp(`^${tenant}`) }).check();
}

test("two pairs are told apart, and a person chooses", async ({ context, page }) => {
  test.setTimeout(180_000);
  await open(context, page, "alpineskihouse.com");
  await look(page, "check-signed-out");
  await button(page, "Sign in").click();
  await until(page, page.getByRole("heading", { level: 2, name: "2 pairs found" }));
  await look(page, "check-two-pairs");
  await page.getByRole("button", { name: /^Check this pair CMG-ServerApp 2$/ }).click();
  await until(page, page.getByText("CMG-ServerApp 2").first());
  await expect(title(page, "Check of the pair")).toBeVisible();
});

test("a pair is checked, mended, and its secret renewed", async ({ context, page }) => {
  test.setTimeout(240_000);
  await open(context, page, "vanarsdel.com");
  await button(page, "Sign in").click();
  await choosePair(page);
  await until(page, page.getByText("Something does not work", { exact: true }));
  await look(page, "report");
  await button(page, "Create a new secret").click();
  await button(page, "Sign in").click();
  await until(page, button(page, "Make the changes"));
  await until(page, page.getByText("Validation passed").first());
  await look(page, "review-repair");
  await button(page, "Make the changes").click();
  await until(page, title(page, "The changes are complete"));
  await button(page, "Go to the hand-over").click();
  await button(page, "I have saved it").click();
  await button(page, "Check the pair again").click();
  await until(page, page.getByRole("checkbox", { name: /^Configuration Manager has the new secret/ }));
  const old = page.getByRole("checkbox", { name: /^Remove secret / }).last();
  await expect(old).toBeVisible();
  await old.check();
  await page.getByRole("button", { name: "Review one change" }).click();
  await until(page, button(page, "Make the changes"));
  await expect(page.getByText("/removePassword").first()).toBeVisible();
  await button(page, "Make the changes").click();
  await until(page, title(page, "The changes are complete"));
});

test("a pair is retired after a look at who uses it", async ({ context, page }) => {
  test.setTimeout(180_000);
  await open(context, page, "proseware.com");
  await button(page, "Sign in").click();
  await choosePair(page);
  await until(page, title(page, "Check of the pair"));
  await until(page, page.getByRole("button", { name: "Retire the pair" }));
  await button(page, "Retire the pair").click();
  await until(page, page.getByText("One app has consent to call it."));
  await page.getByRole("checkbox", { name: /^Delete the native/ }).check();
  await page.getByRole("checkbox", { name: /^Delete the web/ }).check();
  await look(page, "retire");
  await button(page, "Review the deletion").click();
  await button(page, "Sign in").click();
  await until(page, button(page, "Make the changes"));
  await expect(page.getByText("DELETE").first()).toBeVisible();
  await button(page, "Make the changes").click();
  await until(page, title(page, "The changes are complete"));
});
