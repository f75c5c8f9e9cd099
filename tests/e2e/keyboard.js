// Uses the page with the keyboard alone.
import { expect } from "@playwright/test";

import { heading } from "./locators.js";

/** @import { Locator, Page } from "@playwright/test" */

/**
 * Presses Tab until the control has the focus.
 * @param {Page} page
 * @param {Locator} target
 */
export async function reach(page, target) {
  await expect(target).toHaveCount(1);
  for (let presses = 0; presses < 150; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) {
      expect(await target.evaluate((element) => element.matches(":focus-visible")), "the focus is visible").toBe(true);
      return;
    }
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not reach ${String(target)}`);
}

/**
 * Moves the focus to a button or link and presses Enter.
 * @param {Page} page
 * @param {Locator} target
 */
export async function press(page, target) {
  await reach(page, target);
  await page.keyboard.press("Enter");
}

/**
 * Moves the focus to a text field and replaces its text.
 * @param {Page} page
 * @param {Locator} target
 * @param {string} text
 */
export async function type(page, target, text) {
  await reach(page, target);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(text);
}

/**
 * Moves the focus to the group of a radio button and selects it with the arrow keys.
 * @param {Page} page
 * @param {Locator} target
 */
export async function choose(page, target) {
  const group = await target.getAttribute("name");
  const isInGroup = () => page.evaluate((name) => document.activeElement?.getAttribute("name") === name, group);
  for (let presses = 0; !(await isInGroup()); presses += 1) {
    if (presses > 150) {
      throw new Error(`Tab does not reach the group of ${String(target)}`);
    }
    await page.keyboard.press("Tab");
  }
  for (let presses = 0; !(await target.isChecked()); presses += 1) {
    if (presses > 30) {
      throw new Error(`the arrow key does not reach ${String(target)}`);
    }
    await page.keyboard.press("ArrowDown");
  }
}

/**
 * The page shows this title, and the title has the focus.
 * @param {Page} page
 * @param {string} name
 */
export async function arrived(page, name) {
  const title = heading(page, name);
  await expect(title).toBeVisible({ timeout: 30_000 });
  await expect(title).toBeFocused();
}
