// Settings of Playwright: uses the installed browser, without downloads.
import { defineConfig } from "@playwright/test";

const isRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: ".",
  globalSetup: "./portals/build.js",
  // `cargo xtask` reports a missing engine.
  testIgnore: [
    ...(process.env.FIREFOX ? [] : ["firefox*.spec.js"]),
    ...(process.env.WEBKIT ? [] : ["webkit*.spec.js"]),
    // Has its own settings: `cargo xtask screenshots`.
    "screenshots/**",
    // Runs with its own servers: `cargo xtask test --ring hosts`.
    ...(process.env.HOSTS ? [] : ["hosts.spec.js"]),
  ],
  outputDir: "../../target/e2e",
  forbidOnly: true,
  // A test that passes only the second time is listed as flaky at the end.
  retries: 1,
  workers: 3,
  timeout: 60_000,
  reporter: "list",
  use: {
    headless: true,
    // So that the error names a missing control, instead of a timeout of the test.
    actionTimeout: 30_000,
    launchOptions: {
      executablePath: process.env.CHROME,
      // Chromium has no sandbox for root, and tests in a container run as root.
      args: isRoot ? ["--no-sandbox"] : [],
    },
    trace: "retain-on-failure",
  },
});
