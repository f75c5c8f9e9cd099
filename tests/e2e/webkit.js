// WebKit, as this machine has it: Debian's WebKitGTK with its WebDriver, on a display of its own, in front of the emulator.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { request } from "node:https";
import { createServer } from "node:net";
import { createInterface } from "node:readline";

import { expect } from "@playwright/test";
import { Builder, By, Capabilities, until } from "selenium-webdriver";

import { start } from "./emulator.js";

const patience = 30_000;

/** A port that is free now. The driver takes none by itself. */
async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/** Starts an X server and tells which display it has taken. */
async function startDisplay() {
  const child = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1440x1080x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const failed = once(child, "error").then(([error]) => {
    throw error;
  });
  const number = await Promise.race([once(createInterface({ input: child.stdio[3] }), "line"), failed]);
  return { child, display: `:${number[0]}` };
}

/** Starts the emulator and the browser before it, with `options` of `start`. */
export async function launch(settings, options) {
  const emulator = await start(settings, options);
  const { child: screen, display } = await startDisplay();
  const port = await freePort();
  const driver = spawn(process.env.WEBKIT_DRIVER, [`--port=${port}`], {
    stdio: "ignore",
    // Without a graphics card composited pages stay empty.
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
  let browser;
  await expect(async () => {
    browser = await build();
  }).toPass({ timeout: patience });
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

/** Asks the clouds for something, or changes them. Not in the browser, whose every window is a window of the test. */
export async function ask({ httpsPort }, path, data) {
  const sent = request({
    host: "127.0.0.1",
    port: httpsPort,
    servername: "emulator.test",
    headers: { host: "emulator.test" },
    // The authority of this very emulator, made a moment ago.
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

/** What a person does, in the window or frame that the driver is at. */
export function steps(browser) {
  const find = async (path) => {
    const element = await browser.wait(until.elementLocated(By.xpath(path)), patience, path);
    return browser.wait(until.elementIsVisible(element), patience, path);
  };
  /** The page may draw an element anew between finding and using it. */
  const act = (path, use) => expect(async () => use(await find(path))).toPass({ timeout: patience });
  const choose = (path) => act(path, (element) => element.click());
  const press = (name) => choose(`(//button[normalize-space()="${name}"])[last()]`);
  // The driver's own keys fail in a frame: WebKitGTK's driver says that the field is not focusable.
  const type = (id, text) =>
    act(`//*[@id="${id}"]`, (field) =>
      browser.executeScript("arguments[0].select(); document.execCommand('insertText', false, arguments[1])", field, text),
    );
  return {
    find,
    choose,
    press,
    type,
    arrived: (title) => find(`//h1[.="${title}"]`),
    /** Picks the account on Microsoft's page, and agrees unless that was done before. */
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
