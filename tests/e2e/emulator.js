// Starts the emulator (tests/emulator): the simulated clouds and the built page behind real sockets on this computer.
import { spawn } from "node:child_process";
import { X509Certificate, createHash } from "node:crypto";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { built } from "./portals/build.js";

/**
 * config.json of the page.
 * @typedef {{ clients: Record<string, string>, parents?: string[] }} Settings
 */
/** @typedef {Awaited<ReturnType<typeof start>>} Emulator */
/** @typedef {{ isCopy?: boolean, isBare?: boolean, base?: string }} StartOptions */

export const address = "https://cmg-entra-setup.test/";

/** Parent pages from the folder `portal`: on the page's site, on other sites, and with misleading host names. */
export const portals = {
  sameSite: "https://portal.cmg-entra-setup.test/",
  otherSite: "https://portal.partner.test/",
  unlisted: "https://elsewhere.cmg-entra-setup.test/",
  suffixed: "https://portal.cmg-entra-setup.test.evil.test/",
  prefixed: "https://evil-portal.cmg-entra-setup.test/",
};

/** The example embedding pages from `portals`. */
export const examples = {
  frame: "https://frame-portal.cmg-entra-setup.test/",
  react: "https://react-portal.test/",
  strict: "https://strict-portal.test/",
};

/**
 * The tool's own registrations in the simulated clouds.
 * @type {Settings}
 */
export const config = {
  clients: {
    public: "7c3f9a52-18d4-4e6b-9b0d-5a2e64f1c801",
    usgov: "7c3f9a52-18d4-4e6b-9b0d-5a2e64f1c802",
  },
};

/**
 * `config` with the allowed parent pages.
 * @type {Settings}
 */
export const framed = {
  ...config,
  parents: [portals.sameSite, portals.otherSite, examples.frame].map((at) => new URL(at).origin),
};

/**
 * The response headers that docs/hosting recommends. With parent pages, the headers allow every portal, so that the page itself has to
 * refuse some. shell.spec.js tests the page on a server without these headers.
 * @param {Settings} settings
 */
function headers({ parents }) {
  const lines = readFileSync(new URL("../../docs/hosting/headers.txt", import.meta.url), "utf8").trim().split("\n");
  if (!parents) {
    return lines;
  }
  const ancestors = Object.values({ ...portals, frame: examples.frame }).map((at) => new URL(at).origin);
  return lines
    .filter((line) => !line.startsWith("X-Frame-Options:"))
    .map((line) => line.replace("frame-ancestors 'none'", `frame-ancestors ${ancestors.join(" ")}`));
}

/**
 * Starts the emulator with the built page and the portals. `isCopy`: with a copy of the page (`site`) whose files a test may change.
 * `isBare`: without response headers. `base`: below this path.
 * @param {Settings} [settings]
 * @param {StartOptions} [options]
 */
export async function start(settings = config, { isCopy = false, isBare = false, base = "/" } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "cmg-entra-setup-"));
  const certificate = join(folder, "authority.pem");
  const configuration = join(folder, "config.json");
  writeFileSync(configuration, JSON.stringify(settings));
  const dist = fileURLToPath(new URL("../../dist", import.meta.url));
  const portal = fileURLToPath(new URL("portal", import.meta.url));
  /** @param {string} name */
  const example = (name) => (name === "frame" ? fileURLToPath(new URL("portals/frame", import.meta.url)) : built(name));
  const site = isCopy ? join(folder, "site") : dist;
  if (isCopy) {
    cpSync(dist, site, { recursive: true });
  }
  const child = spawn(
    "cargo",
    [
      ["run", "--quiet", "--locked", "--package", "emulator", "--"],
      ["--port", "0", "--proxy", "0", "--until-stdin-ends"],
      ["--ca-out", certificate, "--site", site, "--site-host", new URL(address).host, "--site-base", base],
      ["--site-file", `config.json=${configuration}`],
      (isBare ? [] : headers(settings)).flatMap((header) => ["--site-header", header]),
      ...Object.values(portals).map((at) => ["--site", portal, "--site-host", new URL(at).host]),
      ...Object.entries(examples).map(([name, at]) => [
        ["--site", example(name), "--site-host", new URL(at).host],
        ["--site-file", `cmg/config.json=${configuration}`],
      ].flat()),
    ].flat(),
    { stdio: ["pipe", "pipe", "inherit"] },
  );
  /** @type {string} */
  const first = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once("line", resolve);
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`the emulator exited with ${code}`)));
  });
  const key = new X509Certificate(readFileSync(certificate)).publicKey.export({ type: "spki", format: "der" });
  /** @type {(name: string) => number} */
  const port = (name) => Number(new RegExp(`${name}=(\\d+)`).exec(first)?.[1]);
  return {
    site,
    httpsPort: port("https"),
    proxyPort: port("proxy"),
    // The authority's public key in the format of Chromium's pins.
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
