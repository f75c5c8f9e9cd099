// Without a network: an open page continues to work, and the unpacked release opens from a web server on this computer.
//
// There is no service worker, so a closed page does not open again without its web server (SECURITY.md, W1).
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { until } from "./clock.js";
import { address, expect, test } from "./cloud.js";
import { button, field, heading } from "./locators.js";

/** @import { BrowserContext, LaunchOptions, Page, PlaywrightWorkerArgs } from "@playwright/test" */

/**
 * Checks an App ID URI, from the start page.
 * @param {Page} page
 */
async function checkUri(page) {
  await button(page, "Check an App ID URI").click();
  await field(page, "Microsoft Entra tenant ID").fill("5e97358c-d99c-4558-af0c-de7774091dda");
  await field(page, "Verified domains").fill("contoso.com");
  const verdict = page.locator("#own-verdict");
  await field(page, "App ID URI").fill("https://");
  await expect(verdict).toContainText("Refused by Entra");
  await field(page, "App ID URI").fill("api://5e97358c-d99c-4558-af0c-de7774091dda/cmg");
  await page
    .getByRole("group", { name: /block custom identifier URIs/ })
    .getByRole("radio", { name: "Off", exact: true })
    .check();
  await expect(verdict).toContainText("Accepted");
  await button(page, "Back to the start").click();
}

/**
 * Fills in the first pages, with an error and its correction.
 * @param {Page} page
 */
async function design(page) {
  await page
    .getByRole("button", { name: /^(Set up|Continue setting up)$/ })
    .first()
    .click();
  await expect(heading(page, "Azure service")).toBeVisible();
  await button(page, "Next : Web app >").click();
  await expect(heading(page, "Web (server) app")).toBeVisible();
  const name = field(page, "Application name");
  await name.fill("");
  await name.blur();
  await expect(name).toHaveAttribute("aria-invalid", "true");
  await name.fill("CMG Server App of Zürich");
  await expect(name).not.toHaveAttribute("aria-invalid", "true");
  await button(page, "Next : Native app >").click();
  await expect(heading(page, "Native (client) app")).toBeVisible();
}

test("an open page continues to work without the network", async ({ context, page, cloud }) => {
  await page.goto(address);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.waitForLoadState("networkidle");
  await context.setOffline(true);
  expect(await page.evaluate(() => fetch("config.json").then(Boolean, () => false))).toBe(false);
  await checkUri(page);
  await design(page);
  expect(await cloud.requests()).toEqual([]);
});

test("the demo completes without the network", async ({ context, page, cloud }) => {
  test.setTimeout(240_000);
  await page.clock.install({ time: new Date("2026-11-23T10:00:00Z") });
  await page.goto(`${address}demo/`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.waitForLoadState("networkidle");
  await context.setOffline(true);
  await demo(page);
  expect(await cloud.requests()).toEqual([]);
});

/**
 * Saves a file and returns its text.
 * @param {Page} page
 * @param {string} name The button.
 */
async function saved(page, name) {
  const coming = page.waitForEvent("download");
  await button(page, name).click();
  return readFileSync(await (await coming).path(), "utf8");
}

/**
 * Completes the setup in the demo, with the hand-over.
 * @param {Page} page
 */
async function demo(page) {
  await button(page, "Set up").click();
  await page.getByRole("radio", { name: /^fabrikam\.com/ }).check();
  await button(page, "Sign in").click();
  await until(page, page.getByRole("status").getByText(/^Signed in as /));
  for (const next of ["Next : Web app >", "Next : Native app >", "Next : Discovery >", "Next : Subscription >"]) {
    await button(page, next).click();
  }
  const subscription = page.getByRole("radio", { name: /^(?!Leave ).*(subscription|Production)/ });
  await until(page, subscription);
  await subscription.check();
  await page.getByRole("button", { name: "Review + create" }).last().click();
  await until(page, page.getByText("Validation passed", { exact: true }));
  await button(page, "Create").click();
  await until(page, heading(page, "Setup is complete"));
  await button(page, "Go to the hand-over").click();
  await button(page, "Show Secret Key").click();
  await expect(field(page, "Secret Key")).not.toHaveValue("");
  await button(page, "I have saved it").click();
  expect(await saved(page, "Save the script (.ps1)")).toContain("Import-CM");
  expect(JSON.parse(await saved(page, "Save the record (.json)"))).toHaveProperty("format", "cmg-entra-setup/handover/1");
}

test.describe("the unpacked release on a simple web server on this computer", () => {
  /** @type {string} */
  let folder;
  /** @type {import("node:child_process").ChildProcessByStdio<null, import("node:stream").Readable, null>} */
  let server;
  /** @type {string} */
  let home;

  test.beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "cmg-entra-setup-"));
    const dist = fileURLToPath(new URL("../../dist", import.meta.url));
    const archive = join(folder, "release.zip");
    const python = process.platform === "win32" ? "python" : "python3";
    for (const [program, ...options] of /** @type {[string, ...string[]][]} */ ([
      ["cargo", "run", "--quiet", "--locked", "--package", "release", "--", "zip", dist, archive],
      [python, "-m", "zipfile", "-e", archive, join(folder, "page")],
    ])) {
      expect(spawnSync(program, options, { stdio: "inherit" }).status, program).toBe(0);
    }
    server = spawn(python, ["-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", join(folder, "page")], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    const [line] = await once(createInterface({ input: server.stdout }), "line");
    home = `http://localhost:${/port (\d+)/.exec(line)?.[1]}/`;
  });

  test.afterAll(async () => {
    const ended = once(server, "exit");
    server.kill();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  });

  /**
   * Opens a page in a browser that resolves no other host, and checks that the page contacted none.
   * @param {{ playwright: PlaywrightWorkerArgs["playwright"], launchOptions: LaunchOptions }} fixtures
   * @param {(page: Page, context: BrowserContext) => Promise<void>} use
   */
  async function open({ playwright, launchOptions }, use) {
    const browser = await playwright.chromium.launch({
      ...launchOptions,
      args: [...(launchOptions.args ?? []), "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost"],
    });
    const context = await browser.newContext();
    /** @type {string[]} */
    const strangers = [];
    context.on("request", (request) => new URL(request.url()).origin === new URL(home).origin || strangers.push(request.url()));
    await context.addInitScript(() =>
      addEventListener("securitypolicyviolation", (event) => console.error(`violation: ${event.effectiveDirective}`)),
    );
    /** @type {string[]} */
    const violations = [];
    context.on("console", (message) => message.text().startsWith("violation: ") && violations.push(message.text()));
    await use(await context.newPage(), context);
    // The demo saves files with `blob:` addresses, which belong to the page.
    expect(strangers.filter((url) => !url.startsWith("blob:"))).toEqual([]);
    expect(violations).toEqual([]);
    await browser.close();
  }

  test("the page opens, checks an App ID URI, accepts answers, and can be installed", async ({ playwright, launchOptions }) => {
    await open({ playwright, launchOptions }, async (page, context) => {
      await page.goto(home);
      await checkUri(page);
      await design(page);
      const session = await context.newCDPSession(page);
      const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
      // Test browsers are in private mode.
      expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== "in-incognito")).toEqual([]);
      expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
    });
  });

  test("the demo completes and saves its files", async ({ playwright, launchOptions }) => {
    test.setTimeout(240_000);
    await open({ playwright, launchOptions }, async (page) => {
      await page.clock.install({ time: new Date("2026-11-23T10:00:00Z") });
      await page.goto(`${home}demo/`);
      await demo(page);
    });
  });
});
