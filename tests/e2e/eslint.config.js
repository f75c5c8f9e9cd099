// The lint rules for the JavaScript of the page and of the tests. `cargo xtask test --ring lint` runs ESLint in the project's folder.
//
// TypeScript checks names and types (the tsconfig.json files). These rules find what the compiler does not report.
import js from "@eslint/js";
import globals from "globals";
import { parser, plugin } from "typescript-eslint";

/** @import { Linter } from "eslint" */

// Each of these folders has a tsconfig.json. The examples of the documents are compiled inside other projects, by snippets.spec.js.
const typed = ["src/**/*.js", "tests/**/*.{js,mjs}"];
const untyped = ["tests/e2e/portals/snippets/*"];

/** @type {Linter.Config[]} */
export default [
  js.configs.recommended,
  {
    files: ["**/*.jsx"],
    // React 16 needs the name for its JSX.
    rules: { "no-unused-vars": ["error", { varsIgnorePattern: "^React$" }] },
  },
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    languageOptions: { globals: globals.browser, parserOptions: { ecmaFeatures: { jsx: true } } },
    rules: {
      eqeqeq: "error",
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
    },
  },
  {
    files: ["tests/**"],
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
  },
  {
    // The published scripts: no text becomes code.
    files: ["src/**"],
    rules: {
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-script-url": "error",
      "no-console": "error",
    },
  },
  {
    files: typed,
    ignores: untyped,
    plugins: { "@typescript-eslint": plugin },
    languageOptions: { parser, parserOptions: { projectService: true } },
    rules: {
      // A Playwright assertion without `await` passes unchecked.
      "@typescript-eslint/no-floating-promises": [
        "error",
        { allowForKnownSafeCalls: [{ from: "package", name: "test", package: "node:test" }] },
      ],
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: false }],
      "@typescript-eslint/no-base-to-string": "error",
      "@typescript-eslint/restrict-plus-operands": "error",
    },
  },
];
