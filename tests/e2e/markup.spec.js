// The markup of every page and of index.html is valid. The native tests of the golden files write the pages to target/views.
import { expect, test } from "@playwright/test";
import { HtmlValidate } from "html-validate";
import { readFileSync, readdirSync } from "node:fs";

const root = new URL("../../", import.meta.url);
const golden = new URL("tests/native/golden/views/", root);
const views = new URL("target/views/", root);

const validator = new HtmlValidate({
  extends: ["html-validate:recommended"],
  rules: {
    // Style rules, and rules about the line breaks that the native tests add.
    "attribute-boolean-style": "off",
    "no-trailing-whitespace": "off",
    "void-style": "off",
    "svg-focusable": "off",
    "doctype-style": "off",
    // A label around its control that also has `for` helps older screen readers.
    "no-redundant-for": "off",
    // A list can have a name (ARIA 1.2).
    "aria-label-misuse": ["error", { allowAnyNamable: true }],
  },
});

/** @param {string} text */
const faults = async (text) =>
  (await validator.validateString(text)).results.flatMap(({ messages }) =>
    messages.map(({ line, ruleId, message }) => `${line}: ${ruleId}: ${message}`),
  );

for (const file of readdirSync(golden)) {
  const name = file.replace(".txt", ".html");
  test(`the markup of ${name} is valid`, async () => {
    expect(await faults(readFileSync(new URL(name, views), "utf8"))).toEqual([]);
  });
}

for (const page of ["index.html", "demo/index.html"]) {
  test(`the markup of ${page} is valid, with the first view of each language`, async () => {
    const text = readFileSync(new URL(`dist/${page}`, root), "utf8");
    // The validator takes the content of a template for a part of the document.
    const template = /<template lang="(?<tag>[^"]+)" dir="(?<dir>[^"]+)"[^>]*>(?<view>.*?)<\/template>\n/gs;
    const bare = text.replaceAll(template, "");
    expect(bare).not.toContain("<template");
    expect(await faults(bare)).toEqual([]);
    const views = [...text.matchAll(template)].map(({ groups }) => groups ?? {});
    expect(views.map(({ tag }) => tag)).toEqual(["en", "de"]);
    for (const { tag, view } of views) {
      const shown = bare.replace(/<div id="app">.*<\/div>/s, () => `<div id="app">${view}</div>`).replace('lang="en"', `lang="${tag}"`);
      expect(shown).toContain("<h1");
      expect(await faults(shown), tag).toEqual([]);
    }
  });
}

test("invalid markup is found", async () => {
  expect(await faults('<ul><p id="a">x</p></ul><p id="a">y</p>')).not.toEqual([]);
});
