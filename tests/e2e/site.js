// Publishes the built files to the browser under a name of their own, as a host that sends no headers of its own would.
//
// No sockets: Playwright answers. For what the files do by themselves. Whole journeys use emulator.
//
// After every test: no published page broke its policy and none asked a stranger for anything.
import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";

import { test as base, expect } from "@playwright/test";

export { expect } from "@playwright/test";

export const address = "https://cmg-entra-setup.test/";

const published = new WeakMap();

export const test = base.extend({
  oracle: [
    async ({ context }, use) => {
      await use();
      for (const { violations, strangers } of published.get(context) ?? []) {
        expect.soft(violations, "what the policy of the page forbade").toEqual([]);
        expect.soft(strangers, "hosts that were asked for and are not the page's own").toEqual([]);
      }
    },
    { auto: true },
  ],
});

const dist = fileURLToPath(new URL("../../dist/", import.meta.url));

/** A built file. */
export function read(name) {
  return readFileSync(dist + name);
}

const kinds = {
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
 * Publishes `dist`, or its `folder`, to every page of the context and refuses all other hosts.
 *
 * `change(name, body)` may hand over another body for a file, or nothing for a file that is not there, and `retype(name, kind)` another
 * type. Returns what the pages asked for, what they asked of strangers, and what their policy forbade.
 */
export async function publish(context, { folder = "", change = (_name, body) => body, retype = (_name, kind) => kind, at = address } = {}) {
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

/** The same file with one byte changed, in a place where it does not stop the file from being read. */
export function spoil(name, body) {
  const copy = Buffer.from(body);
  if (name.endsWith(".wasm")) {
    copy[copy.length - 1] ^= 1;
    return copy;
  }
  return Buffer.concat([copy, Buffer.from("\n")]);
}
