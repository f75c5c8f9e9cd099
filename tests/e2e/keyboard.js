// Goes through the page as someone does who has no mouse.
import { expect } from "@playwright/test";

/** Presses Tab until the control has the focus. */
export async function reach(page, target) {
  await expect(target).toHaveCount(1);
  for (let presses = 0; presses < 150; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) {
      expect(await target.evaluate((element) => element.matches(":focus-visible")), "the focus can be seen").toBe(true);
      return;
    }
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never gets to ${target}`);
}

/** Gets to a button or link and presses Enter. */
export async function press(page, target) {
  await reach(page, target);
  await page.keyboard.press("Enter");
}

/** Gets to a text field and types over what is there. */
export async function type(page, target, text) {
  await reach(page, target);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(text);
}

/** Gets to the group of a radio button and walks to it with the arrow. */
export async function choose(page, target) {
  const group = await target.getAttribute("name");
  const isInGroup = () => page.evaluate((name) => document.activeElement?.getAttribute("name") === name, group);
  for (let presses = 0; !(await isInGroup()); presses += 1) {
    if (presses > 150) {
      throw new Error(`Tab never gets to the group of ${target}`);
    }
    await page.keyboard.press("Tab");
  }
  for (let presses = 0; !(await target.isChecked()); presses += 1) {
    if (presses > 30) {
      throw new Error(`the arrow never gets to ${target}`);
    }
    await page.keyboard.press("ArrowDown");
  }
}

/** The page has changed to this heading, and the focus went there. */
export async function arrived(page, title) {
  const heading = page.getByRole("heading", { level: 1, name: title });
  await expect(heading).toBeVisible({ timeout: 30_000 });
  await expect(heading).toBeFocused();
}
