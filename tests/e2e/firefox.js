// Shared by the tests in Firefox, which Puppeteer controls.

/** @import { ElementHandle, Frame, Page } from "puppeteer-core" */
/** @typedef {Page | Frame} Root Where an element is looked for. */

/**
 * The value, which must exist.
 * @template T
 * @param {T | null | undefined} value
 * @returns {T}
 */
export function found(value) {
  if (value === null || value === undefined) {
    throw new Error("an element, frame or page is missing");
  }
  return value;
}

/**
 * Waits for a visible element.
 * @param {Root} page
 * @param {string} path An XPath.
 */
export const find = async (page, path) =>
  found(/** @type {ElementHandle<Element> | null} */ (await page.waitForSelector(`::-p-xpath(${path})`, { visible: true, timeout: 30_000 })));

/** @type {(page: Root, name: string) => Promise<void>} */
export const press = async (page, name) => (await find(page, `(//button[normalize-space()="${name}"])[last()]`)).click();

/** @type {(page: Root, title: string) => Promise<ElementHandle<Element>>} */
export const arrived = (page, title) => find(page, `//h1[.="${title}"]`);

/**
 * The frame in a page.
 * @param {Page} page
 */
export const contentFrame = async (page) => found(await found(await page.waitForSelector("iframe")).contentFrame());
