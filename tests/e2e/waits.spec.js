// Another tab has an open transaction on the journal's store and does not end it.
import { address, expect, test } from "./cloud.js";
import { button, heading } from "./locators.js";
import { create, toReview, writes } from "./steps.js";

/** @import { BrowserContext } from "@playwright/test" */

/**
 * Opens a tab of this origin that blocks the journal's store for all other tabs.
 * @param {BrowserContext} context
 */
async function hold(context) {
  const tab = await context.newPage();
  await tab.goto(`${address}nobody`);
  await tab.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open("cmg-entra-setup");
        opening.onerror = reject;
        opening.onsuccess = () => {
          const store = opening.result.transaction("journal", "readwrite").objectStore("journal");
          // A transaction stays open as long as it has requests.
          const ask = () => {
            store.get("nothing").onsuccess = ask;
            resolve(undefined);
          };
          ask();
        };
      }),
  );
}

test("the run does not start, the page names the other tab, and the run starts with the journal as a file", async ({ context, page, cloud }) => {
  test.setTimeout(300_000);
  await toReview(page, { subscription: "Fabrikam Production" });
  await expect(page.getByText("Validation passed")).toBeVisible({ timeout: 30_000 });
  await hold(context);
  await create(page);
  await expect(page.getByText("Another tab or window of this page may be blocking it")).toBeVisible({ timeout: 90_000 });
  expect(writes(await cloud.requests())).toEqual([]);
  await page.getByRole("checkbox", { name: /file/ }).check();
  await create(page);
  // The result is known at once. The page then reads the store again for other runs, and waits for it.
  await expect(heading(page, "Setup is complete")).toBeVisible({ timeout: 150_000 });
});

test("Stop ends a run that waits for the browser", async ({ context, page, cloud }) => {
  test.setTimeout(120_000);
  await toReview(page, { subscription: "Fabrikam Production" });
  await expect(page.getByText("Validation passed")).toBeVisible({ timeout: 30_000 });
  await hold(context);
  await create(page);
  await button(page, "Stop").click();
  await expect(heading(page, "Review + create")).toBeVisible({ timeout: 60_000 });
  expect(writes(await cloud.requests())).toEqual([]);
});
