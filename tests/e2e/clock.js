// Waits on the browser's clock that a test controls.
import { expect } from "@playwright/test";

/** @import { Locator, Page } from "@playwright/test" */

/**
 * Advances the clock until the target is visible.
 * @param {Page} page
 * @param {Locator} target
 */
export async function until(page, target) {
  const isVisible = async () => {
    await page.clock.runFor(1_000);
    return target.isVisible();
  };
  await expect.poll(isVisible, { timeout: 90_000, intervals: [20] }).toBe(true);
}
