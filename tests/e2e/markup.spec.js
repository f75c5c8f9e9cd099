// Every page's markup, as the native tests keep it, and the shell it stands in: without a fault.
import { expect, test } from "@playwright/test";
import { HtmlValidate } from "html-validate";
import { readFileSync, readdirSync } from "node:fs";

const root = new URL("../../", import.meta.url);
const views = new URL("tests/native/golden/views/", root);

const judge = new HtmlValidate({
  extends: ["html-validate:recommended"],
  rules: {
    // Matters of taste, and of how the kept copies are laid out.
    "attribute-boolean-style": "off",
    "no-trailing-whitespace": "off",
    "void-style": "off",
    "svg-focusable": "off",
    "doctype-style": "off",
    // A label that holds its control and names it as well serves older screen readers.
    "no-redundant-for": "off",
    // A list may have a name (ARIA 1.2).
    "aria-label-misuse": ["error", { allowAnyNamable: true }],
  },
});

const faults = async (text) =>
  (await judge.validateString(text)).results.flatMap(({ messages }) =>
    messages.map(({ line, ruleId, message }) => `${line}: ${ruleId}: ${message}`),
  );

for (const name of readdirSync(views)) {
  test(`the markup of ${name} is right`, async () => {
    expect(await faults(readFileSync(new URL(name, views), "utf8"))).toEqual([]);
  });
}

test("the markup of the shell is right", async () => {
  expect(await faults(readFileSync(new URL("dist/index.html", root), "utf8"))).toEqual([]);
});

test("a fault would be found", async () => {
  expect(await faults('<ul><p id="a">x</p></ul><p id="a">y</p>')).not.toEqual([]);
});
