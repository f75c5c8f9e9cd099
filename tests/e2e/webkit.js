// WebKit: Debian's WebKitGTK with its WebDriver, on its own display, connected to the emulator.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { request } from "node:https";
import { createServer } from "node:net";
import { createInterface } from "node:readline";

import { expect } from "@playwright/test";
import { Builder, By, Capabilities, until } from "selenium-webdriver";

import { start } from "./emulator.js";

/** @import { WebDriver, WebElement } from "selenium-webdriver" */
/** @import { Readable } from "node:stream" */
/** @import { Emulator, Settings, StartOptions } from "./emulator.js" */

const patience = 30_000;

/** A free port. The driver does not choose one itself. */
async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  server.close();
  await once(server, "close");
  return port;
}

/** Starts an X server and returns its display. */
async function startDisplay() {
  const child = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1440x1080x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const failed = once(child, "error").then(([error]) => {
    throw error;
  });
  const output = /** @type {Readable} */ (child.stdio[3]);
  const [number] = await Promise.race([once(createInterface({ input: output }), "line"), failed]);
  return { child, display: `:${number}` };
}

/**
 * Starts the emulator and the browser.
 * @param {Settings} settings
 * @param {StartOptions} [options] of the emulator
 */
export async function launch(settings, options) {
  const emulator = await start(settings, options);
  const { child: screen, display } = await startDisplay();
  const port = await freePort();
  const driver = spawn(process.env.WEBKIT_DRIVER ?? "WebKitWebDriver", [`--port=${port}`], {
    stdio: "ignore",
    // Without a graphics card, composited pages stay empty.
    env: { ...process.env, DISPLAY: display, WEBKIT_DISABLE_COMPOSITING_MODE: "1" },
  });
  const capabilities = new Capabilities({
    browserName: "MiniBrowser",
    acceptInsecureCerts: true,
    "webkitgtk:browserOptions": {
      binary: process.env.WEBKIT,
      args: [
        "--automation",
        // Not the capability `proxy`: with it WebKitGTK 2.50 cancels every request.
        `--proxy=http://127.0.0.1:${emulator.proxyPort}`,
      ],
    },
  });
  const build = () => new Builder().usingServer(`http://127.0.0.1:${port}`).withCapabilities(capabilities).build();
  /** @type {WebDriver | undefined} */
  let built;
  await expect(async () => {
    built = await build();
  }).toPass({ timeout: patience });
  const browser = /** @type {WebDriver} */ (/** @type {unknown} */ (built));
  return {
    browser,
    emulator,
    async quit() {
      await browser.quit();
      driver.kill();
      screen.kill();
      await emulator.stop();
    },
  };
}

/**
 * Reads from or changes the simulated clouds. Not in the browser, where every window belongs to the test.
 * @param {Emulator} emulator
 * @param {string} path
 * @param {object} [data]
 */
export async function ask({ httpsPort }, path, data) {
  const sent = request({
    host: "127.0.0.1",
    port: httpsPort,
    servername: "emulator.test",
    headers: { host: "emulator.test" },
    // The emulator has just created its own certificate authority.
    rejectUnauthorized: false,
    method: data === undefined ? "GET" : "POST",
    path,
  });
  sent.end(data === undefined ? undefined : JSON.stringify(data));
  const [answer] = await once(sent, "response");
  const body = JSON.parse((await answer.toArray()).join(""));
  if (answer.statusCode !== 200) {
    throw new Error(`${path}: ${JSON.stringify(body)}`);
  }
  return body;
}

/**
 * A user's steps in the driver's current window or frame.
 * @param {WebDriver} browser
 */
export function steps(browser) {
  /** @param {string} path */
  const find = async (path) => {
    const element = await browser.wait(until.elementLocated(By.xpath(path)), patience, path);
    return browser.wait(until.elementIsVisible(element), patience, path);
  };
  /**
   * Repeated, because the page may replace an element between finding and using it.
   * @type {(path: string, use: (element: WebElement) => Promise<unknown>) => Promise<void>}
   */
  const act = (path, use) => expect(async () => use(await find(path))).toPass({ timeout: patience });
  /** @param {string} path */
  const choose = (path) => act(path, (element) => element.click());
  /** @param {string} name */
  const press = (name) => choose(`(//button[normalize-space()="${name}"])[last()]`);
  /**
   * Not with the driver's keys, which fail in a frame: WebKitGTK's driver reports that the field is not focusable.
   * @type {(id: string, text: string) => Promise<void>}
   */
  const type = (id, text) =>
    act(`//*[@id="${id}"]`, (field) =>
      browser.executeScript("arguments[0].select(); document.execCommand('insertText', false, arguments[1])", field, text),
    );
  return {
    find,
    choose,
    press,
    type,
    arrived: (/** @type {string} */ title) => find(`//h1[.="${title}"]`),
    /** Picks the account on Microsoft's page, and consents if the page asks for it. */
    async agree() {
      await choose('//button[@value="admin@fabrikam.com"]');
      const accept = '//button[normalize-space()="Accept"]';
      const there = async () => (await browser.findElements(By.xpath(`${accept} | //h1[.="Azure service"]`))).length > 0;
      await browser.wait(there, patience, "the page after the account");
      if ((await browser.findElements(By.xpath(accept))).length > 0) {
        await press("Accept");
      }
    },
  };
}
