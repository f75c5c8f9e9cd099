// Settings of the screenshots: `cargo xtask screenshots`.
import { defineConfig } from "@playwright/test";

import ordinary from "../playwright.config.js";

export default defineConfig({
  ...ordinary,
  testDir: ".",
  testIgnore: [],
  globalSetup: undefined,
  globalTeardown: "./index.js",
  outputDir: "../../../target/screenshots-traces",
  // A second attempt would hide a picture that changes without a reason.
  retries: 0,
  fullyParallel: true,
  timeout: 600_000,
  use: { ...ordinary.use, trace: "off" },
});
