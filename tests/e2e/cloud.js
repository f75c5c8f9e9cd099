// A browser that reaches the simulated clouds under Microsoft's own host names, over real HTTPS on this computer (tests/emulator).
//
// The page is the unchanged release build. The proxy connects only to the emulator's host names and records every other.
import { test as base, expect } from "@playwright/test";

import { address, config, start } from "./emulator.js";
import { noteMemories } from "./secrets.js";

export { expect } from "@playwright/test";
export { address } from "./emulator.js";

/** @import { Fixtures, PlaywrightTestArgs, PlaywrightTestOptions } from "@playwright/test" */
/** @import { PlaywrightWorkerArgs, PlaywrightWorkerOptions } from "@playwright/test" */
/** @import { Emulator, Settings } from "./emulator.js" */

/** @typedef {{ method: string, host: string, path: string, outcome: string }} LoggedRequest `Entry` of tests/emulator/src/record.rs, in part. */
/** @typedef {{ id: string, appId: string, displayName: string, passwordCredentials: object[] }} Application */
/**
 * What a tenant of the simulated clouds contains, in part (crates/cloud-sim/src/directory/snapshot.rs).
 * @typedef {object} Tenant
 * @property {Application[]} applications
 * @property {Application[]} deletedApplications
 * @property {{ appId: string }[]} servicePrincipals
 * @property {{ clientId: string }[]} grants
 */
/** @typedef {string | Record<string, unknown>} FaultKind `KindSpec` of tests/emulator/src/control.rs. */
/** @typedef {{ method?: string, path_prefix?: string, skip?: number, times?: number, kind: FaultKind }} Fault */
/**
 * What a test can change (`Change` of tests/emulator/src/control.rs).
 * @typedef {object} Change
 * @property {Record<string, unknown>} [entra]
 * @property {Record<string, unknown>} [azure]
 * @property {{ sign_in_name: string, count: number, seed: number }} [estate]
 * @property {[when: Record<string, unknown>, change: Record<string, unknown>][]} [subscription_changes]
 * @property {string[]} [arm_exposes]
 * @property {string[]} [without_cors]
 * @property {number} [clock_offset_seconds]
 * @property {Fault[]} [faults]
 * @property {{ by_key: number, lists: number, references: number }} [replication]
 * @property {[string, string][]} [names]
 * @property {[person: string, domain: string][]} [guests]
 * @property {string[]} [pages]
 * @property {number} [delay_milliseconds]
 */
/**
 * @typedef {object} Cloud
 * @property {string[]} violations Violations of the page's content security policy.
 * @property {() => string[]} takeViolations Removes and returns them.
 * @property {string[]} messages The console messages.
 * @property {() => Promise<LoggedRequest[]>} requests
 * @property {() => Promise<Record<string, Tenant>>} snapshot
 * @property {() => Promise<[string, string][]>} needles The secrets that the emulator issued, each with its kind.
 * @property {(change: Change) => Promise<unknown>} change
 * @property {() => Promise<string[]>} strangers Hosts the page contacted that the emulator does not serve.
 */

/** @typedef {{ cloud: Cloud }} CloudFixtures */
/** @typedef {{ settings: Settings, emulator: Emulator }} CloudWorker */

/**
 * True for hosts that Chromium contacts by itself.
 * @param {string} place A host with its port, or an address.
 */
function isBrowsersOwn(place) {
  const host = /^(?:https?:\/\/)?([^/:]+)/.exec(place)?.[1] ?? "";
  return /(^|\.)(google|googleapis|gvt1|gstatic)\.com$/.test(host);
}

/**
 * `cloud` has the emulator's log and injects faults. Each test has new clouds.
 *
 * After every test: no page violated its policy and none contacted another host. A test that causes a violation removes it
 * (`takeViolations`); no test may contact another host.
 * @type {Fixtures<CloudFixtures, CloudWorker, PlaywrightTestArgs & PlaywrightTestOptions, PlaywrightWorkerArgs & PlaywrightWorkerOptions>}
 */
const fixtures = {
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
          ...(launchOptions.args ?? []),
          `--proxy-server=http://127.0.0.1:${emulator.proxyPort}`,
          // Only this authority: the browser still refuses a wrong certificate.
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
      // In its own context, so that the page under test stays in front; in the same browser, so that proxy and pin apply.
      const control = await browser.newContext();
      const desk = await control.newPage();
      await desk.goto("https://emulator.test/counts");
      /** @type {(path: string, data?: object) => Promise<any>} */
      const call = async (path, data) => {
        const { status, body } = await desk.evaluate(
          async ({ path, data }) => {
            const options = data === undefined ? {} : { method: "POST", body: JSON.stringify(data) };
            const answer = await fetch(path, options);
            return { status: answer.status, body: await answer.json() };
          },
          { path, data },
        );
        if (status !== 200) {
          throw new Error(`${path}: ${JSON.stringify(body)}`);
        }
        return body;
      };
      await call("/reset", {});
      await call("/modes", { pages: [address] });
      /** @type {string[]} */
      const violations = [];
      /** @type {string[]} */
      const messages = [];
      await context.addInitScript(noteMemories);
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
        needles: async () => (await call("/needles")).needles,
        change: (modes) => call("/modes", modes),
        strangers,
      });
      expect.soft(violations, "violations of the page's policy").toEqual([]);
      expect.soft(await strangers(), "contacted hosts that are not Microsoft's or the page's").toEqual([]);
      await control.close();
    },
    { auto: true },
  ],
};
export const test = base.extend(fixtures);
