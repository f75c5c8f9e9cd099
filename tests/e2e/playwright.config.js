// How Playwright runs here: the browser of this machine, no downloads.
import { defineConfig } from "@playwright/test";

const isRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: ".",
  globalSetup: "./portals/build.js",
  // `cargo xtask` says so when it does not find one of the other engines.
  testIgnore: [
    ...(process.env.FIREFOX ? [] : ["firefox*.spec.js"]),
    ...(process.env.WEBKIT ? [] : ["webkit*.spec.js"]),
    // Has servers of its own: `cargo xtask test --ring hosts`.
    ...(process.env.HOSTS ? [] : ["hosts.spec.js"]),
  ],
  outputDir: "../../target/e2e",
  forbidOnly: true,
  // A journey that passes only the second time is listed as flaky at the end, and is mended next.
  retries: 1,
  workers: 2,
  timeout: 60_000,
  reporter: "list",
  use: {
    headless: true,
    // A control that never comes is told by its name, and not as a test that took too long.
    actionTimeout: 30_000,
    launchOptions: {
      executablePath: process.env.CHROME,
      // Chromium refuses its sandbox to root, which is who runs tests in a container.
      args: isRoot ? ["--no-sandbox"] : [],
    },
    trace: "retain-on-failure",
  },
});
