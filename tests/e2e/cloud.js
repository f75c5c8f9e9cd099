// A browser that reaches the simulated clouds under Microsoft's own names, by real HTTPS on this machine (tests/emulator).
//
// The page is the unchanged release build. The proxy knows the emulator's names alone and writes down every other.
import { test as base, expect } from "@playwright/test";

import { address, config, start } from "./emulator.js";

export { expect } from "@playwright/test";
export { address } from "./emulator.js";

/** True for what Chromium asks for by itself. `place` is a host with its port, or a plain address. */
function isBrowsersOwn(place) {
  const host = /^(?:https?:\/\/)?([^/:]+)/.exec(place)?.[1] ?? "";
  return /(^|\.)(google|googleapis|gvt1|gstatic)\.com$/.test(host);
}

/**
 * `page`, and `cloud`: what the emulator saw, and what shall go wrong. Fresh clouds for each test.
 *
 * After every test: no page broke its policy and none asked a stranger for anything. A test that provokes a violation takes it away
 * (`takeViolations`); nothing excuses a stranger.
 */
export const test = base.extend({
  /** config.json of the page. */
  settings: [config, { option: true, scope: "worker" }],

  emulator: [
    async ({ settings }, use) => {
      const emulator = await start(settings);
      await use(emulator);
      await emulator.stop();
    },
    { scope: "worker" },
  ],

  browser: [
    async ({ playwright, emulator, launchOptions }, use) => {
      const browser = await playwright.chromium.launch({
        ...launchOptions,
        args: [
          ...launchOptions.args,
          `--proxy-server=http://127.0.0.1:${emulator.proxyPort}`,
          // This authority and no other: a wrong certificate is still refused.
          `--ignore-certificate-errors-spki-list=${emulator.pin}`,
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
    async ({ browser, context }, use) => {
      // A window of its own, so that the page under test stays in front; in the browser, so that proxy and pin hold here too.
      const control = await browser.newContext();
      const desk = await control.newPage();
      await desk.goto("https://emulator.test/counts");
      const call = async (path, data) => {
        const [status, body] = await desk.evaluate(
          async ([path, data]) => {
            const options = data === undefined ? {} : { method: "POST", body: JSON.stringify(data) };
            const answer = await fetch(path, options);
            return [answer.status, await answer.json()];
          },
          [path, data],
        );
        if (status !== 200) {
          throw new Error(`${path}: ${JSON.stringify(body)}`);
        }
        return body;
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
      const strangers = async () => Object.keys((await call("/refused")).refused).filter((place) => !isBrowsersOwn(place));
      await use({
        violations,
        takeViolations: () => violations.splice(0),
        messages,
        requests: async () => (await call("/requests")).requests,
        snapshot: () => call("/snapshot"),
        counts: () => call("/counts"),
        needles: async () => (await call("/needles")).needles,
        change: (modes) => call("/modes", modes),
        /** Hosts the page asked for that are none of the emulator's. */
        strangers,
      });
      expect.soft(violations, "what the policy of the page forbade").toEqual([]);
      expect.soft(await strangers(), "hosts that were asked for and are none of Microsoft's or ours").toEqual([]);
      await control.close();
    },
    { auto: true },
  ],
});
