// The same pair in the browser of another administrator, which has no journal of it, over real sockets.
import { expect, test } from "./cloud.js";
import { button } from "./locators.js";
import { complete, create, toReview, writes } from "./steps.js";

test("another browser uses the apps only after the admin selects them", async ({ browser, page, cloud }) => {
  test.setTimeout(120_000);
  await toReview(page);
  await create(page);
  await complete(page);
  const before = writes(await cloud.requests()).length;

  const elsewhere = await browser.newContext();
  const next = await elsewhere.newPage();
  await toReview(next);
  await expect(next.getByText("Validation failed", { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(button(next, "Create")).toHaveAttribute("aria-disabled", "true");
  const cards = next.getByRole("heading", { level: 2, name: /: not created by this browser$/ });
  await expect(cards).toHaveCount(2);
  await expect(next.getByText(/admin@fabrikam\.com/).first()).toBeVisible();
  if (process.env.SHOTS) {
    await next.screenshot({ path: `${process.env.SHOTS}/origin-before.png`, fullPage: true });
  }

  const choices = next.getByRole("checkbox", { name: /^I know who created this app/ });
  for (const choice of await choices.all()) {
    await choice.check();
  }
  await expect(next.getByText("Validation failed", { exact: true })).toHaveCount(0);
  if (process.env.SHOTS) {
    await next.screenshot({ path: `${process.env.SHOTS}/origin-after.png`, fullPage: true });
  }
  expect(writes(await cloud.requests()), "nothing was written before Create").toHaveLength(before);
  // The selection is not stored: after a reload, the page asks again.
  await toReview(next);
  await expect(next.getByText("Validation failed", { exact: true })).toBeVisible({ timeout: 30_000 });
  await elsewhere.close();
});
