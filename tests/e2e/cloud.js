// A browser that reaches the simulated clouds under Microsoft's own names, by real HTTPS on this machine (tests/standin).
//
// The page is the unchanged release build. The proxy knows the stand-in's names alone and writes down every other.
import { spawn } from "node:child_process";
import { X509Certificate, createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { test as base } from "@playwright/test";

export { expect } from "@playwright/test";

export const address = "https://cmg-entra-setup.test/";

/** The tool's own registrations in the simulated clouds. */
const config = {
  clients: {
    public: "7c3f9a52-18d4-4e6b-9b0d-5a2e64f1c801",
    usgov: "7c3f9a52-18d4-4e6b-9b0d-5a2e64f1c802",
  },
};

// What Chromium asks for by itself.
const browsersOwn = /\.(google|googleapis|gvt1|gstatic)\.com:\d+$|^(accounts|update)\.google/;

/** Starts the stand-in with the built page. */
async function start(settings) {
  const folder = mkdtempSync(join(tmpdir(), "cmg-entra-setup-"));
  const certificate = join(folder, "authority.pem");
  const configuration = join(folder, "config.json");
  writeFileSync(configuration, JSON.stringify(settings));
  const dist = fileURLToPath(new URL("../../dist", import.meta.url));
  const child = spawn(
    "cargo",
    [
      ["run", "--quiet", "--locked", "--package", "standin", "--"],
      ["--port", "0", "--proxy", "0", "--until-stdin-ends"],
      ["--ca-out", certificate, "--site", dist, "--site-host", new URL(address).host],
      ["--site-file", `config.json=${configuration}`],
    ].flat(),
    { stdio: ["pipe", "pipe", "inherit"] },
  );
  const first = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once("line", resolve);
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`the stand-in ended with ${code}`)));
  });
  const key = new X509Certificate(readFileSync(certificate)).publicKey.export({ type: "spki", format: "der" });
  return {
    proxy: `http://127.0.0.1:${/proxy=(\d+)/.exec(first)[1]}`,
    pin: createHash("sha256").update(key).digest("base64"),
    async stop() {
      child.removeAllListeners("exit");
      const ended = once(child, "exit");
      child.stdin.end();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** `page`, and `cloud`: what the stand-in saw, and what shall go wrong. Fresh clouds for each test. */
export const test = base.extend({
  standin: [
    async ({}, use) => {
      const standin = await start(config);
      await use(standin);
      await standin.stop();
    },
    { scope: "worker" },
  ],

  browser: [
    async ({ playwright, standin, launchOptions }, use) => {
      const browser = await playwright.chromium.launch({
        ...launchOptions,
        args: [
          ...launchOptions.args,
          `--proxy-server=${standin.proxy}`,
          // This authority and no other: a wrong certificate is still refused.
          `--ignore-certificate-errors-spki-list=${standin.pin}`,
          "--disable-component-update",
          "--disable-background-networking",
        ],
      });
      await use(browser);
      await browser.close();
    },
    { scope: "worker" },
  ],

  cloud: [
    async ({ context }, use) => {
      const call = async (path, data) => {
        // From the browser's own network, so that the pin and the proxy hold here too.
        const page = await context.newPage();
        await page.goto(`https://standin.test/counts`);
        const body = await page.evaluate(
          async ([path, data]) => {
            const options = data === undefined ? {} : { method: "POST", body: JSON.stringify(data) };
            const answer = await fetch(path, options);
            return [answer.status, await answer.json()];
          },
          [path, data],
        );
        await page.close();
        if (body[0] !== 200) {
          throw new Error(`${path}: ${JSON.stringify(body[1])}`);
        }
        return body[1];
      };
      await call("/reset", {});
      await call("/modes", { pages: [address] });
      const violations = [];
      const messages = [];
      await context.exposeBinding("reportViolation", (_source, text) => violations.push(text));
      await context.addInitScript(() => {
        addEventListener("securitypolicyviolation", (event) =>
          window.reportViolation(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`),
        );
      });
      context.on("console", (message) => messages.push(message.text()));
      await use({
        violations,
        messages,
        requests: async () => (await call("/requests")).requests,
        snapshot: () => call("/snapshot"),
        counts: () => call("/counts"),
        needles: async () => (await call("/needles")).needles,
        change: (modes) => call("/modes", modes),
        /** Hosts the page asked for that are none of the stand-in's. */
        strangers: async () => Object.keys((await call("/refused")).refused).filter((host) => !browsersOwn.test(host)),
      });
    },
    { auto: true },
  ],
});
