// Another tab holds a transaction on the journal's store and does not end it.
import { address, expect, test } from "./cloud.js";
import { create, toReview, writes } from "./steps.js";

const button = (page, name) => page.getByRole("button", { name, exact: true });
const title = (page, name) => page.getByRole("heading", { level: 1, name });

/** A tab of this origin that keeps everybody else from the journal's store. */
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
          // A transaction lives as long as it is asked for something.
          const ask = () => {
            store.get("nothing").onsuccess = ask;
            resolve();
          };
          ask();
        };
      }),
  );
}

test("the run does not begin, the other tab is named, and with the journal as a file it goes on", async ({ context, page, cloud }) => {
  test.setTimeout(300_000);
  await toReview(page, { subscription: "Fabrikam Production" });
  await expect(page.getByText("Validation passed")).toBeVisible({ timeout: 30_000 });
  await hold(context);
  await create(page);
  await expect(page.getByText("Another tab or window of this page may be blocking it")).toBeVisible({ timeout: 90_000 });
  expect(writes(await cloud.requests())).toEqual([]);
  await page.getByRole("checkbox", { name: /file/ }).check();
  await create(page);
  // What it did is known at once; the page then asks the shelf once more what else it holds.
  await expect(title(page, "Setup is complete")).toBeVisible({ timeout: 150_000 });
});

test("Stop ends a run that waits for the browser", async ({ context, page, cloud }) => {
  test.setTimeout(120_000);
  await toReview(page, { subscription: "Fabrikam Production" });
  await expect(page.getByText("Validation passed")).toBeVisible({ timeout: 30_000 });
  await hold(context);
  await create(page);
  await button(page, "Stop").click();
  await expect(title(page, "Review + create")).toBeVisible({ timeout: 60_000 });
  expect(writes(await cloud.requests())).toEqual([]);
});
