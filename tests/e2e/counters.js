// Counts what the page costs: requests, bytes, chains of dependent requests, elements, layout shifts and memory.
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

import { config } from "./emulator.js";

/** @import { Page } from "@playwright/test" */
/** @import { LoggedRequest } from "./cloud.js" */

/** @typedef {Record<string, number>} Counts */
/**
 * A request for a file of the page.
 * @typedef {object} FileRequest
 * @property {string} kind
 * @property {string} name
 * @property {string} load The document that requested it.
 * @property {string[]} chain The kinds of the files that it depends on, one after the other, and its own.
 * @property {boolean} isBlocking The browser draws nothing before it has the file.
 */

/**
 * The kind of a file of the page: its name without its hash.
 * @param {string} name
 */
export function kindOf(name) {
  const [, stem = "", end = ""] = /^(.*?)(?:-[0-9a-f]{8,16})?((?:_bg)?\.[a-z]+)$/.exec(name) ?? [];
  /** @type {Record<string, string>} */
  const kinds = {
    ".css": "css",
    ".svg": stem,
    ".js": stem === "cmg-entra-setup" ? "glue" : stem,
    ".txt": stem.replaceAll("-", ":"),
    ".wasm": stem.replace("cmg-entra-setup-", "part:"),
    "_bg.wasm": "program",
  };
  return ["", "index.html"].includes(name) ? "html" : name === "config.json" ? "config" : (kinds[end] ?? name);
}

// What the initiator of a request does not show.
/** The content of the second file decides whether the page requests the first. */
const isRequestedAfter = pairs([/^part:.*settings/, /^config$/]);
/** The first file runs only when the second is there. */
const runsAfter = pairs([/^program$/, /^sentences:.*:start$/]);

/** @param {[first: RegExp, second: RegExp][]} list */
function pairs(...list) {
  /** @type {(kind: string, other: string) => boolean} */
  return (kind, other) => list.some(([first, second]) => first.test(kind) && second.test(other));
}

/** @param {string[][]} chains */
export const longest = (chains) => chains.reduce((longer, chain) => (chain.length > longer.length ? chain : longer), []);

/**
 * Watches this page's requests for files in the folder of CMG Entra Setup. The icon does not count: the browser requests it by itself, at
 * any time and more than once.
 * @param {Page} page
 * @param {string} folder
 */
export async function watchFiles(page, folder) {
  /** @type {FileRequest[]} */
  const seen = [];
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  session.on("Network.requestWillBeSent", ({ request, initiator, loaderId: load, type, renderBlockingBehavior = "" }) => {
    const [url = ""] = request.url.split(/[?#]/);
    if (!url.startsWith(folder) || (initiator.type === "other" && type !== "Document")) {
      return;
    }
    const name = url.slice(folder.length) || "index.html";
    const kind = kindOf(name);
    // A document or style sheet, or a script with every file in its stack.
    const callers = initiator.url ? [initiator.url] : [];
    for (let stack = initiator.stack; stack; stack = stack.parent) {
      callers.push(...stack.callFrames.map((frame) => frame.url));
    }
    const running = callers.filter((caller) => caller.startsWith(folder)).map((caller) => kindOf(caller.slice(folder.length)));
    /** @param {string} other */
    const dependsOn = (other) => isRequestedAfter(kind, other) || running.some((file) => file === other || runsAfter(file, other));
    const before = seen.filter((file) => file.load === load && dependsOn(file.kind)).map(({ chain }) => chain);
    const chain = [...longest(before), kind];
    seen.push({ kind, name, load, chain, isBlocking: ["Blocking", "InBodyParserBlocking"].includes(renderBlockingBehavior) });
  });
  /**
   * A browser keeps a file with a hash in its name (docs/hosting): it does not request the file again for the next document.
   * @type {(file: FileRequest, index: number) => boolean}
   */
  const isKept = ({ name, load }, index) =>
    /-[0-9a-f]{8,16}\D/.test(name) && seen.slice(0, index).some((other) => other.name === name && other.load !== load);
  return { requests: () => seen.filter((file, index) => !isKept(file, index)) };
}

/**
 * Holds the page's requests for files of other kinds until `release`.
 * @param {Page} page
 * @param {string} folder
 * @param {string[]} kinds
 */
export async function holdOthers(page, folder, kinds) {
  /** @type {Set<string>} */
  const held = new Set();
  /** @type {(value?: unknown) => void} */
  let open = () => {};
  const opened = new Promise((resolve) => (open = resolve));
  /** @param {URL} url */
  const isOther = ({ origin, pathname }) => {
    const file = origin + pathname;
    return file.startsWith(folder) && !kinds.includes(kindOf(file.slice(folder.length)));
  };
  await page.route(isOther, async (route) => {
    held.add(new URL(route.request().url()).pathname.split("/").pop() ?? "");
    await opened;
    await route.fallback();
  });
  return {
    held,
    async release() {
      open();
      await page.unroute(isOther);
    },
  };
}

/** @type {Map<string, Promise<{ brotli: number, gzip: number }>>} */
const weights = new Map();

/**
 * The bytes of a file as a web server with compression sends it.
 * @param {string} name
 */
export function weigh(name) {
  const weight = weights.get(name) ?? compress(name);
  weights.set(name, weight);
  return weight;
}

/** @param {string} name */
async function compress(name) {
  const file = new URL(`../../dist/${name}`, import.meta.url);
  const body = name === "config.json" ? JSON.stringify(config) : readFileSync(file);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
  const [small, larger] = await Promise.all([promisify(brotliCompress)(body, { params }), promisify(gzip)(body, { level: 9 })]);
  return { brotli: small.length, gzip: larger.length };
}

/** @param {Counts[]} list */
export function sum(list) {
  /** @type {Counts} */
  const total = {};
  for (const [what, count] of list.flatMap((counts) => Object.entries(counts))) {
    total[what] = (total[what] ?? 0) + count;
  }
  return total;
}

/** @type {Record<string, string>} */
const services = { "login.microsoftonline.com": "login", "graph.microsoft.com": "graph", "management.azure.com": "arm" };

/**
 * The page's requests to Microsoft by service, effect, and address without IDs. The sign-in's own pages are not the page's.
 *
 * The page reads the state of a resource provider until Azure has registered it. The number of these reads depends on the time, so they do
 * not count.
 * @param {LoggedRequest[]} log
 */
export function countCalls(log) {
  /** @type {string[]} */
  const names = [];
  /** @type {string[]} */
  const registered = [];
  for (const { method, host, path } of log) {
    if (/^\/[^/]+\/(login|consent)$/.test(path) || registered.includes(path)) {
      continue;
    }
    if (method === "POST" && path.endsWith("/register")) {
      registered.push(path.slice(0, -"/register".length));
    }
    const service = services[host] ?? host;
    const address = path
      .replace(/^\/v1\.0(?=\/)|^.*\/oauth2\/v2\.0(?=\/)/, "")
      .replace(/='[^']*'/g, "")
      .replace(/\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "/*");
    const effect = method === "GET" ? "read" : "write";
    names.push(method === "OPTIONS" ? `${service} preflight` : `${service} ${effect} ${address}`);
  }
  return sum(names.map((name) => ({ [name]: 1 })));
}

/** Runs in the page before its scripts. Counts layout shifts, but not those after a click or a key. */
export function noteShifts() {
  let shifts = 0;
  /** @param {PerformanceEntryList} entries */
  const note = (entries) => {
    shifts += entries.filter((entry) => !("hadRecentInput" in entry && entry.hadRecentInput)).length;
    return shifts;
  };
  const observer = new PerformanceObserver((list) => void note(list.getEntries()));
  observer.observe({ type: "layout-shift", buffered: true });
  window.countShifts = () => note(observer.takeRecords());
}

/**
 * Runs in the page.
 * @param {string} selector The element that has the page.
 */
export function readDrawn(selector) {
  const element = document.querySelector(selector);
  return {
    nodes: (element?.shadowRoot ?? element)?.querySelectorAll("*").length ?? 0,
    memory: window.notedMemories.reduce((sum, { buffer }) => sum + buffer.byteLength / 65536, 0),
    shifts: window.countShifts(),
  };
}
