// Looks at a page as people see it: two widths, light, dark, and the colours a person forces. axe with every rule it has.
import { AxeBuilder } from "@axe-core/playwright";
import { expect } from "@playwright/test";

const sizes = [
  { width: 360, height: 780 },
  { width: 1440, height: 900 },
];
const colours = {
  light: { colorScheme: "light", forcedColors: "none" },
  dark: { colorScheme: "dark", forcedColors: "none" },
  forced: { colorScheme: "dark", forcedColors: "active" },
};

/** Nothing of what is shown now is wider than the window or cut off in it. */
export async function fits(page, where) {
  const { width } = page.viewportSize();
  const scrolled = await page.evaluate(() => document.documentElement.scrollWidth);
  expect.soft(scrolled, `${where} scrolls sideways`).toBeLessThanOrEqual(width);
  const cut = await page.evaluate(() =>
    [...document.querySelectorAll("main *")]
      .filter((one) => one.scrollWidth > one.clientWidth + 1 && !one.matches("pre, input, thead, .unseen"))
      .filter((one) => ["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(one).overflowX))
      .map((one) => one.outerHTML.slice(0, 200)),
  );
  expect.soft(cut, `${where} has something out of sight`).toEqual([]);
}

/** Checks what is shown now in every look, and keeps pictures of it in target/screenshots. */
export async function look(page, name) {
  const before = page.viewportSize();
  for (const size of sizes) {
    await page.setViewportSize(size);
    for (const [colour, media] of Object.entries(colours)) {
      await page.emulateMedia({ ...media, reducedMotion: "reduce" });
      const where = `${name}-${size.width}-${colour}`;
      const { violations } = await new AxeBuilder({ page }).analyze();
      const faults = violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map(({ html }) => html).join("\n")}`);
      expect.soft(faults, where).toEqual([]);
      await fits(page, where);
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      // A window as high as the page, so that what sticks to an edge does not cover the middle.
      await page.setViewportSize({ width: size.width, height: Math.max(height, size.height) });
      await page.screenshot({ path: `../../target/screenshots/${where}.png` });
      await page.setViewportSize(size);
    }
  }
  await page.emulateMedia({ colorScheme: null, forcedColors: null, reducedMotion: null });
  await page.setViewportSize(before);
}
