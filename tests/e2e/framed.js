// Clicks in a frame, where the page ignores clicks on covered controls.
import { expect } from "@playwright/test";

import { button } from "./locators.js";

/** @import { FrameLocator, Locator } from "@playwright/test" */

/** Runs in the page: counts the clicks that the guard for covered controls does not block. */
export function countClicks() {
  window.clicks = 0;
  addEventListener("click", () => window.clicks++);
}

/**
 * The page treats a control as covered. The notice that appears then moves the page, so that the control may leave the visible area.
 * @param {Locator} control
 */
export async function isCovered(control) {
  await expect(async () => {
    await control.scrollIntoViewIfNeeded();
    await expect(control).toHaveAttribute("title", /^The browser cannot confirm that you see this control/, { timeout: 1000 });
    await expect(control).toHaveAttribute("data-covered", "over");
  }).toPass();
}

/**
 * The page accepts clicks on the control, once it is in the visible area.
 * @param {Locator} control
 */
export async function isUncovered(control) {
  await expect(async () => {
    await control.scrollIntoViewIfNeeded();
    await expect(control).not.toHaveAttribute("data-covered", { timeout: 1000 });
  }).toPass();
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
    await isUncovered(target);
    await target.click();
    expect(await clicks()).toBeGreaterThan(before);
  }).toPass();
}
