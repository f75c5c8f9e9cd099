// The same pair from the computer of another administrator, where no journal knows it: over real sockets, up to the choice and beyond.
import { expect, test } from "./cloud.js";
import { complete, create, toReview, writes } from "./steps.js";

const button = (page, name) => page.getByRole("button", { name, exact: true });

test("in another browser the apps are used only once a person has chosen them", async ({ browser, page, cloud }) => {
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
  // Not stored: a page that is opened anew asks again.
  await toReview(next);
  await expect(next.getByText("Validation failed", { exact: true })).toBeVisible({ timeout: 30_000 });
  await elsewhere.close();
});
