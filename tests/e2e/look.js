// Checks the look of a page: two widths; light, dark and forced colours; axe with all rules.
import { AxeBuilder } from "@axe-core/playwright";
import { expect } from "@playwright/test";

/** @import { Page } from "@playwright/test" */
/** @typedef {NonNullable<Parameters<Page["emulateMedia"]>[0]>} Media */

const sizes = [
  { width: 360, height: 780 },
  { width: 1440, height: 900 },
];
/** @type {Record<string, Media>} */
export const colours = {
  light: { colorScheme: "light", forcedColors: "none" },
  dark: { colorScheme: "dark", forcedColors: "none" },
  forced: { colorScheme: "dark", forcedColors: "active" },
};

/** @type {(page: Page) => { width: number, height: number }} */
export const viewportOf = (page) => {
  const size = page.viewportSize();
  if (size === null) {
    throw new Error("the page has no viewport");
  }
  return size;
};

/** The rules of axe whose result depends on the colours. */
const colourRules = ["color-contrast", "link-in-text-block"];

/**
 * What axe finds on the current page.
 * @param {Page} page
 * @param {(axe: AxeBuilder) => AxeBuilder} [choose] Chooses among the rules. Otherwise all apply.
 */
export async function axeFaults(page, choose = (axe) => axe) {
  // Without frames, the older mode finds the same and opens no second page, which takes half of the time.
  const { violations } = await choose(new AxeBuilder({ page })).setLegacyMode(page.frames().length === 1).analyze();
  return violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map(({ html }) => html).join("\n")}`);
}

/**
 * No visible content is wider than the window or cut off, except names in a table, which the details below it show in full.
 * @param {Page} page
 * @param {string} where
 */
export async function fits(page, where) {
  const { width } = viewportOf(page);
  const scrolled = await page.evaluate(() => document.documentElement.scrollWidth);
  expect.soft(scrolled, `${where} scrolls sideways`).toBeLessThanOrEqual(width);
  const cut = await page.evaluate(() =>
    [...document.querySelectorAll("main *")]
      .filter((one) => one.scrollWidth > one.clientWidth + 1 && !one.matches("pre, input, thead, .unseen, .data-grid, .grid-name, .grid-note.code"))
      .filter((one) => ["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(one).overflowX))
      .map((one) => one.outerHTML.slice(0, 200)),
  );
  expect.soft(cut, `${where} has content that is cut off`).toEqual([]);
}

/**
 * Checks the current page in every look. `cargo xtask screenshots` makes pictures of it.
 * @param {Page} page
 * @param {string} name
 */
export async function look(page, name) {
  const before = viewportOf(page);
  for (const size of sizes) {
    await page.setViewportSize(size);
    for (const [colour, media] of Object.entries(colours)) {
      await page.emulateMedia({ ...media, reducedMotion: "reduce" });
      const where = `${name}-${size.width}-${colour}`;
      // The elements are those of the first colours, which all rules have checked.
      const faults = await axeFaults(page, (axe) => (colour === "light" ? axe : axe.withRules(colourRules)));
      expect.soft(faults, where).toEqual([]);
      await fits(page, where);
    }
  }
  await page.emulateMedia({ colorScheme: null, forcedColors: null, reducedMotion: null });
  await page.setViewportSize(before);
}
