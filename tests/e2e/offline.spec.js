// Without a network: a page that is open goes on working, and the release, unpacked and served by this very machine, opens.
//
// There is no service worker, so a page that is closed does not open again without its host (SECURITY.md, W1).
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { address, expect, test } from "./cloud.js";

const button = (page, name) => page.getByRole("button", { name, exact: true });
const field = (page, name) => page.getByRole("textbox", { name });
const title = (page, name) => page.getByRole("heading", { level: 1, name });

/** Judges an App ID URI, from the start page. */
async function judgeUri(page) {
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

/** Fills in the design, and sees a fault in it and the fault go. */
async function design(page) {
  await page
    .getByRole("button", { name: /^(Set up|Continue setting up)$/ })
    .first()
    .click();
  await expect(title(page, "Azure service")).toBeVisible();
  await button(page, "Next : Web app >").click();
  await expect(title(page, "Web (server) app")).toBeVisible();
  const name = field(page, "Application name");
  await name.fill("");
  await name.blur();
  await expect(name).toHaveAttribute("aria-invalid", "true");
  await name.fill("CMG Server App of Zürich");
  await expect(name).not.toHaveAttribute("aria-invalid", "true");
  await button(page, "Next : Native app >").click();
  await expect(title(page, "Native (client) app")).toBeVisible();
}

test("a page that is open goes on working when the network goes", async ({ context, page, cloud }) => {
  await page.goto(address);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.waitForLoadState("networkidle");
  await context.setOffline(true);
  expect(await page.evaluate(() => fetch("config.json").then(Boolean, () => false))).toBe(false);
  await judgeUri(page);
  await design(page);
  expect(await cloud.requests()).toEqual([]);
});

test("the demo goes on to its end when the network goes", async ({ context, page, cloud }) => {
  test.setTimeout(240_000);
  await page.clock.install({ time: new Date("2026-11-23T10:00:00Z") });
  await page.goto(`${address}demo/`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.waitForLoadState("networkidle");
  await context.setOffline(true);
  await demo(page);
  expect(await cloud.requests()).toEqual([]);
});

/** Lets time pass until something can be seen. */
async function until(page, target) {
  const look = async () => {
    await page.clock.runFor(1_000);
    return target.isVisible();
  };
  await expect.poll(look, { timeout: 90_000, intervals: [20] }).toBe(true);
}

/** What a button saves. */
async function saved(page, name) {
  const coming = page.waitForEvent("download");
  await button(page, name).click();
  return readFileSync(await (await coming).path(), "utf8");
}

/** The whole way through the demo, with what it hands over. */
async function demo(page) {
  await button(page, "Set up").click();
  await page.getByRole("radio", { name: /^fabrikam\.com/ }).check();
  await button(page, "Sign in").click();
  await until(page, page.getByRole("status").getByText(/^Signed in as /));
  for (const next of ["Next : Web app >", "Next : Native app >", "Next : Discovery >", "Next : Subscription >"]) {
    await button(page, next).click();
  }
  const subscription = page.getByRole("radio", { name: /subscription|Production/ });
  await until(page, subscription);
  await subscription.check();
  await page.getByRole("button", { name: "Review + create" }).last().click();
  await until(page, page.getByText("Validation passed", { exact: true }));
  await button(page, "Create").click();
  await until(page, title(page, "Setup is complete"));
  await button(page, "Go to the hand-over").click();
  await button(page, "Show Secret Key").click();
  await expect(field(page, "Secret Key")).not.toHaveValue("");
  await button(page, "I have saved it").click();
  expect(await saved(page, "Save the script (.ps1)")).toContain("Import-CM");
  expect(JSON.parse(await saved(page, "Save the record (.json)"))).toHaveProperty("format", "cmg-entra-setup/handover/1");
}

test.describe("the release, unpacked, on a plain server of this machine", () => {
  let folder;
  let server;
  let home;

  test.beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "cmg-entra-setup-"));
    const dist = fileURLToPath(new URL("../../dist", import.meta.url));
    const archive = join(folder, "release.zip");
    const python = process.platform === "win32" ? "python" : "python3";
    for (const [program, ...options] of [
      ["cargo", "run", "--quiet", "--locked", "--package", "release", "--", "zip", dist, archive],
      [python, "-m", "zipfile", "-e", archive, join(folder, "page")],
    ]) {
      expect(spawnSync(program, options, { stdio: "inherit" }).status, program).toBe(0);
    }
    server = spawn(python, ["-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", join(folder, "page")], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    const [line] = await once(createInterface({ input: server.stdout }), "line");
    home = `http://localhost:${/port (\d+)/.exec(line)[1]}/`;
  });

  test.afterAll(async () => {
    const ended = once(server, "exit");
    server.kill();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  });

  /** A page of a browser that finds no other host, and what it asked of others. */
  async function open({ playwright, launchOptions }, use) {
    const browser = await playwright.chromium.launch({
      ...launchOptions,
      args: [...launchOptions.args, "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost"],
    });
    const context = await browser.newContext();
    const strangers = [];
    context.on("request", (request) => new URL(request.url()).origin === new URL(home).origin || strangers.push(request.url()));
    await context.addInitScript(() =>
      addEventListener("securitypolicyviolation", (event) => console.error(`violation: ${event.effectiveDirective}`)),
    );
    const violations = [];
    context.on("console", (message) => message.text().startsWith("violation: ") && violations.push(message.text()));
    await use(await context.newPage(), context);
    // What the demo hands over is read by way of `blob:`, which is of the page.
    expect(strangers.filter((url) => !url.startsWith("blob:"))).toEqual([]);
    expect(violations).toEqual([]);
    await browser.close();
  }

  test("opens, judges an App ID URI, takes a design, and can be installed", async ({ playwright, launchOptions }) => {
    await open({ playwright, launchOptions }, async (page, context) => {
      await page.goto(home);
      await judgeUri(page);
      await design(page);
      const session = await context.newCDPSession(page);
      const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
      // A browser of a test is a private one.
      expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== "in-incognito")).toEqual([]);
      expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
    });
  });

  test("runs the demo to its end and saves what it hands over", async ({ playwright, launchOptions }) => {
    test.setTimeout(240_000);
    await open({ playwright, launchOptions }, async (page) => {
      await page.clock.install({ time: new Date("2026-11-23T10:00:00Z") });
      await page.goto(`${home}demo/`);
      await demo(page);
    });
  });
});
