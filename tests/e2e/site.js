// Publishes the built files under the page's address, as a web server without response headers does.
//
// Playwright answers the requests, without sockets. For tests of the files alone; tests with the simulated clouds use emulator.js.
//
// After every test: no published page violated its policy and none contacted another host.
import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";

import { test as base, expect } from "@playwright/test";

export { expect } from "@playwright/test";

/** @import { BrowserContext, Fixtures, PlaywrightTestArgs, PlaywrightTestOptions } from "@playwright/test" */
/** @import { PlaywrightWorkerArgs, PlaywrightWorkerOptions } from "@playwright/test" */

/**
 * What the pages of a context did.
 * @typedef {object} Seen
 * @property {string[]} files Requested files.
 * @property {string[]} strangers Requested addresses on other hosts.
 * @property {string[]} violations Violations of the page's policy.
 * @property {string[]} messages Console messages and uncaught errors.
 */
/**
 * Returns the body to send instead; undefined for a missing file.
 * @typedef {(name: string, body: Buffer) => Buffer | string | undefined} ChangeFile
 */
/** @typedef {(name: string, kind: string) => string} ChangeType */
/** @typedef {{ folder?: string, change?: ChangeFile, retype?: ChangeType, at?: string }} PublishOptions */

export const address = "https://cmg-entra-setup.test/";

/** @type {WeakMap<BrowserContext, Seen[]>} */
const published = new WeakMap();

/** @type {Fixtures<{ oracle: void }, {}, PlaywrightTestArgs & PlaywrightTestOptions, PlaywrightWorkerArgs & PlaywrightWorkerOptions>} */
const fixtures = {
  oracle: [
    async ({ context }, use) => {
      await use();
      for (const { violations, strangers } of published.get(context) ?? []) {
        expect.soft(violations, "violations of the page's policy").toEqual([]);
        expect.soft(strangers, "contacted hosts that are not the page's").toEqual([]);
      }
    },
    { auto: true },
  ],
};
export const test = base.extend(fixtures);

const dist = fileURLToPath(new URL("../../dist/", import.meta.url));

/**
 * Reads a built file.
 * @param {string} name
 */
export function read(name) {
  return readFileSync(dist + name);
}

/**
 * Content types by file extension.
 * @type {Record<string, string>}
 */
export const kinds = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".webmanifest": "application/manifest+json",
  ".wasm": "application/wasm",
};

/**
 * Publishes `dist`, or its `folder`, to every page of the context and blocks all other hosts. `change` can replace the body of a file,
 * `retype` its content type.
 * @param {BrowserContext} context
 * @param {PublishOptions} [options]
 */
export async function publish(context, { folder = "", change = (_name, body) => body, retype = (_name, kind) => kind, at = address } = {}) {
  /** @type {Seen} */
  const seen = { files: [], strangers: [], violations: [], messages: [] };
  published.set(context, [...(published.get(context) ?? []), seen]);
  await context.exposeBinding("reportViolation", (_source, text) => seen.violations.push(text));
  await context.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) =>
      window.reportViolation(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`),
    );
  });
  context.on("console", (message) => seen.messages.push(`${message.type()}: ${message.text()}`));
  context.on("weberror", (error) => seen.messages.push(`uncaught: ${error.error().message}`));
  await context.route("**/*", async (route) => {
    const url = new URL(route.request().url());
    if (url.origin !== new URL(at).origin) {
      seen.strangers.push(url.href);
      return route.abort();
    }
    const name = url.pathname.slice(new URL(at).pathname.length) || "index.html";
    seen.files.push(name);
    let body;
    try {
      body = change(name, read(folder + name));
    } catch {
      body = undefined;
    }
    if (body === undefined) {
      return route.fulfill({ status: 404, contentType: "text/plain", body: "" });
    }
    return route.fulfill({ contentType: retype(name, kinds[extname(name)] ?? "application/octet-stream"), body });
  });
  return seen;
}

/**
 * Changes one byte of a file so that the file can still be parsed.
 * @param {string} name
 * @param {Buffer} body
 */
export function spoil(name, body) {
  const copy = Buffer.from(body);
  if (name.endsWith(".wasm")) {
    copy.writeUInt8(copy.readUInt8(copy.length - 1) ^ 1, copy.length - 1);
    return copy;
  }
  return Buffer.concat([copy, Buffer.from("\n")]);
}
