// Clicks in a frame, where the page ignores clicks on covered controls.
import { expect } from "@playwright/test";

import { button } from "./locators.js";

/** @import { FrameLocator } from "@playwright/test" */

/** Runs in the page: counts the clicks that the guard for covered controls does not block. */
export function countClicks() {
  window.clicks = 0;
  addEventListener("click", () => window.clicks++);
}

/**
 * Clicks a button until the page accepts the click. Chromium needs a moment to confirm that nothing covers a button, and again after the
 * button moves; until then the page ignores clicks.
 * @param {FrameLocator} frame
 * @param {string} name
 */
export async function press(frame, name) {
  const target = button(frame, name).last();
  const clicks = () => frame.locator(":root").evaluate(() => window.clicks);
  const before = await clicks();
  await expect(async () => {
    await target.scrollIntoViewIfNeeded();
    await expect(target).not.toHaveAttribute("data-covered");
    await target.click();
    expect(await clicks()).toBeGreaterThan(before);
  }).toPass();
}
