// Photographs one state of the page in every look, and checks it with axe and for content that does not fit.
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { axeFaults, colours, fits, viewportOf } from "../look.js";
import { expect } from "../site.js";

/** @import { Page } from "@playwright/test" */
/** @import { State } from "./states.js" */

export const folder = fileURLToPath(new URL("../../../target/screenshots/", import.meta.url));
const documents = fileURLToPath(new URL("../../../docs/images/", import.meta.url));

const sizes = [
  { width: 360, height: 780 },
  { width: 1440, height: 900 },
  { width: 3840, height: 2160 },
];
/** The width of A4 paper without its margins. */
const paper = { width: 718, height: 1046 };
/** The part of a page that a document shows. */
const excerpt = { width: 1440, height: 1080 };

/**
 * What was photographed of one state.
 * @typedef {object} Shot
 * @property {string} name
 * @property {string} address The page, as the part of the address after `#`.
 * @property {string[]} pictures File names.
 * @property {number} scans Scans by axe.
 * @property {string[]} faults Violations that axe found.
 */

/**
 * Saves what `index.js` reads at the end.
 * @param {string} kind
 * @param {string} name
 * @param {object} value
 */
export function note(kind, name, value) {
  mkdirSync(`${folder}notes`, { recursive: true });
  writeFileSync(`${folder}notes/${kind}-${name}.json`, JSON.stringify(value));
}

/**
 * Saves a screenshot of the whole page. The window is as high as the page, so that sticky elements do not cover the content.
 * @param {Page} page
 * @param {{ width: number, height: number }} size
 * @param {string} path
 */
async function picture(page, size, path) {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: size.width, height: Math.max(height, size.height) });
  await page.screenshot({ path });
  await page.setViewportSize(size);
}

/**
 * What axe finds. Axe waits for timers of no length, so the clock advances by the least that is possible.
 * @param {Page} page
 * @param {string[]} withoutRules
 */
async function faultsOnStillClock(page, withoutRules) {
  const scan = { isOver: false };
  const faults = axeFaults(page, (axe) => axe.disableRules(withoutRules)).finally(() => (scan.isOver = true));
  while (!scan.isOver) {
    await page.clock.runFor(1);
  }
  return faults;
}

/**
 * Photographs the current state.
 * @param {Page} page
 * @param {State} state
 */
export async function photograph(page, { name, isInDocuments = false, withoutRules = [] }) {
  const before = viewportOf(page);
  /** @type {Shot} */
  const shot = { name, address: new URL(page.url()).hash, pictures: [], scans: 0, faults: [] };
  /** @type {(where: string) => string} */
  const path = (where) => {
    shot.pictures.push(`${where}.png`);
    return `${folder}${where}.png`;
  };
  for (const size of sizes) {
    await page.setViewportSize(size);
    for (const [colour, media] of Object.entries(colours)) {
      await page.emulateMedia({ ...media, reducedMotion: "reduce" });
      const where = `${name}-${size.width}-${colour}`;
      await fits(page, where);
      // Axe knows no forced colours, and the widest page has the elements of the second.
      if (colour !== "forced" && size.width !== 3840) {
        const faults = await faultsOnStillClock(page, withoutRules);
        expect.soft(faults, where).toEqual([]);
        shot.scans += 1;
        shot.faults.push(...faults.map((fault) => `${where}: ${fault}`));
      }
      await picture(page, size, path(where));
    }
  }
  await page.setViewportSize(paper);
  await page.emulateMedia({ media: "print", colorScheme: "light", forcedColors: "none" });
  await picture(page, paper, path(`${name}-${paper.width}-print`));
  await page.emulateMedia({ media: null, colorScheme: "light", forcedColors: "none", reducedMotion: "reduce" });
  if (isInDocuments && process.env.DOCUMENTS) {
    await page.setViewportSize(excerpt);
    await page.evaluate(() => scrollTo(0, 0));
    await page.screenshot({ path: `${documents}${name}.png` });
  }
  await page.emulateMedia({ media: null, colorScheme: null, forcedColors: null, reducedMotion: null });
  await page.setViewportSize(before);
  return shot;
}
