// Locators that most tests use.

/** @import { FrameLocator, Locator, Page } from "@playwright/test" */
/** @typedef {Page | FrameLocator | Locator} Root Where an element is looked for. */

/** @type {(root: Root, name: string) => Locator} */
export const button = (root, name) => root.getByRole("button", { name, exact: true });

/** @type {(root: Root, name: string) => Locator} */
export const field = (root, name) => root.getByRole("textbox", { name });

/**
 * The page title; with a name, only the title that contains it.
 * @type {(root: Root, name?: string | RegExp) => Locator}
 */
export const heading = (root, name) => root.getByRole("heading", name === undefined ? { level: 1 } : { level: 1, name });

/** @type {(root: Root) => Locator} */
export const main = (root) => root.getByRole("main");
