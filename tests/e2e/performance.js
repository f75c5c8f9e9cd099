// Compares what the page costs (counters.js) with its limits, at milestones.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "./cloud.js";
import { countCalls, holdOthers, longest, readDrawn, sum, watchFiles, weigh } from "./counters.js";

/** @import { Locator, Page } from "@playwright/test" */
/** @import { Cloud } from "./cloud.js" */
/** @import { Counts, FileRequest } from "./counters.js" */

/**
 * The limits at a milestone.
 * @typedef {object} Limits
 * @property {Counts} files Requests for files since the previous milestone, by kind. There are no others.
 * @property {Counts} [calls] Requests to Microsoft since the previous milestone. There are no others.
 * @property {number} brotli Bytes of all files so far.
 * @property {number} gzip The same for a web server without brotli.
 * @property {number} chain The longest chain of dependent requests for files.
 * @property {number} [blocking] Render-blocking files.
 * @property {number} [shifts] Layout shifts.
 * @property {number} nodes Elements in the document.
 * @property {number} memory Pages of the program's memory, of 64 KiB each.
 */
/** @typedef {{ files: FileRequest[], calls: Counts, nodes: number, memory: number, shifts?: number }} Counted */

/**
 * What was counted at each milestone.
 * @type {Record<string, Counted>}
 */
const counted = {};

/**
 * Counts at the milestones of `limits`.
 * @param {Page} page
 * @param {Cloud} cloud
 * @param {{ folder: string, selector: string, limits: Record<string, Limits> }} options
 */
export async function startMeter(page, cloud, { folder, selector, limits }) {
  const files = await watchFiles(page, folder);
  const [first = ""] = Object.keys(limits);
  /** @type {Set<string>} */
  const given = new Set();

  /** @param {string} name */
  async function now(name) {
    const { ahead } = budget(limits, name);
    return { files: files.requests().filter(({ kind }) => !ahead.includes(kind)), calls: countCalls(await cloud.requests()) };
  }

  /** @param {string} name */
  async function reach(name) {
    const missing = async () => {
      const { files, calls } = await now(name);
      const limit = budget(limits, name);
      const all = [...differences(kindsOf(files), limit.files), ...differences(calls, limit.calls)];
      return all.filter(({ count, limit }) => count < limit).map(({ what }) => what);
    };
    try {
      await expect.poll(async () => (await missing()).filter((what) => !given.has(what)), { timeout: 20_000 }).toEqual([]);
    } catch {
      // `faults` says so, and no later milestone waits for it.
      for (const what of await missing()) {
        given.add(what);
      }
    }
    const { shifts, ...drawn } = await page.evaluate(readDrawn, selector);
    counted[name] = { ...(await now(name)), ...drawn, ...(limits[name]?.shifts === undefined ? {} : { shifts }) };
  }

  return {
    reach,

    /**
     * Opens the page. It must show `view` before any file arrives that is not in the first list.
     * @param {string} url
     * @param {Locator} view
     */
    async open(url, view) {
      const { held, release } = await holdOthers(page, folder, ["icon", ...Object.keys(limits[first]?.files ?? {})]);
      await page.goto(url, { waitUntil: "commit" });
      try {
        await expect(view).toBeVisible({ timeout: 30_000 });
      } catch (error) {
        const what = `${first}: it needs a file that is not in its list, one of ${[...held].join(", ")}`;
        throw held.size > 0 ? new Error(what, { cause: error }) : error;
      }
      await release();
      await page.waitForLoadState("networkidle");
      await reach(first);
    },

    /** What is not as the limits say, at the first milestone that differs. */
    async faults() {
      /** @type {Map<string, string>} */
      const milestones = new Map();
      for (const name of Object.keys(limits)) {
        for (const fault of await faultsAt(limits, name)) {
          milestones.set(fault, milestones.get(fault) ?? name);
        }
      }
      return [...milestones].map(([fault, name]) => `${name}: ${fault}`);
    },
  };
}

/**
 * The files and requests to Microsoft up to this milestone, and the kinds of files that come later.
 * @param {Record<string, Limits>} limits
 * @param {string} name
 */
function budget(limits, name) {
  const end = Object.keys(limits).indexOf(name) + 1;
  const sofar = Object.values(limits).slice(0, end);
  const later = Object.values(limits).slice(end);
  const files = sum(sofar.map(({ files }) => files));
  return {
    files,
    calls: sum(sofar.map(({ calls = {} }) => calls)),
    ahead: later.flatMap(({ files }) => Object.keys(files)).filter((kind) => !files[kind]),
  };
}

/** @type {(files: FileRequest[]) => Counts} */
const kindsOf = (files) => sum(files.map(({ kind }) => ({ [kind]: 1 })));

/**
 * @param {Counts} counts
 * @param {Counts} limits
 */
function differences(counts, limits) {
  return [...new Set([...Object.keys(counts), ...Object.keys(limits)])]
    .map((what) => ({ what, count: counts[what] ?? 0, limit: limits[what] ?? 0 }))
    .filter(({ count, limit }) => count !== limit);
}

/**
 * The counters of a milestone, as in the table.
 * @param {Counted} counted
 */
async function summary({ files, calls, ...drawn }) {
  const byName = new Map(files.map((file) => [file.name, file]));
  const weights = await Promise.all([...byName.values()].map(async ({ kind, name }) => ({ kind, name, ...(await weigh(name)) })));
  /** @param {string} start */
  const total = (start) => Object.entries(calls).reduce((total, [what, count]) => total + (what.startsWith(start) ? count : 0), 0);
  /** @param {string} service */
  const ofService = (service) => ["preflight", "read", "write"].map((effect) => total(`${service} ${effect}`)).join("+");
  return {
    requests: files.length,
    brotli: weights.reduce((sum, { brotli }) => sum + brotli, 0),
    gzip: weights.reduce((sum, { gzip }) => sum + gzip, 0),
    chain: longest(files.map(({ chain }) => chain)),
    blocking: files.filter(({ isBlocking }) => isBlocking).length,
    login: ofService("login"),
    graph: ofService("graph"),
    arm: ofService("arm"),
    ...drawn,
    weights,
    calls,
  };
}

/** @type {(count: number, limit: number) => string} */
const excess = (count, limit) => `${Math.abs(count - limit)} ${count > limit ? "more" : "fewer"} than in the lists`;

/**
 * @param {Record<string, Limits>} limits
 * @param {string} name
 */
async function faultsAt(limits, name) {
  const at = counted[name];
  const limit = limits[name];
  if (!at || !limit) {
    return ["the test does not come to it"];
  }
  const { files, calls } = budget(limits, name);
  const faults = [];
  for (const { what, count, limit } of differences(kindsOf(at.files), files)) {
    const found = at.files.filter(({ kind }) => kind === what).map(({ name, chain }) => ` ${name} (${chain.join(" > ")})`);
    faults.push(`${excess(count, limit)}: ${what}${found.join()}`);
  }
  for (const { what, count, limit } of differences(at.calls, calls)) {
    faults.push(`${excess(count, limit)}: ${what}`);
  }
  const { brotli, gzip, chain, blocking, nodes, memory, shifts, weights } = await summary(at);
  /** @param {"brotli" | "gzip"} coding */
  const sizes = (coding) =>
    weights
      .toSorted((one, other) => other[coding] - one[coding])
      .map((weight) => `${weight.name} ${weight[coding]}`)
      .join(", ");
  const blockers = at.files.filter(({ isBlocking }) => isBlocking).map(({ name }) => name);
  /** @type {[what: string, count: number | undefined, limit: number | undefined, details?: string][]} */
  const totals = [
    ["bytes with brotli", brotli, limit.brotli, sizes("brotli")],
    ["bytes with gzip", gzip, limit.gzip, sizes("gzip")],
    ["dependent requests in a chain", chain.length, limit.chain, chain.join(" > ")],
    ["render-blocking files", blocking, limit.blocking, blockers.join(", ")],
    ["layout shifts", shifts, limit.shifts],
    ["elements", nodes, limit.nodes],
    ["pages of memory", memory, limit.memory],
  ];
  for (const [what, count, most, details] of totals) {
    if (count !== undefined && most !== undefined && count > most) {
      faults.push(`${count} ${what}, and the limit is ${most}${details ? `: ${details}` : ""}`);
    }
  }
  return faults;
}

/**
 * Prints the counters of all milestones so far, and writes them to a file.
 * @param {string} folder
 */
export async function print(folder) {
  const rows = await Promise.all(Object.entries(counted).map(async ([milestone, at]) => ({ milestone, ...(await summary(at)) })));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "performance.json"), `${JSON.stringify(rows, undefined, 2)}\n`);
  const columns = ["requests", "brotli", "gzip", "chain", "blocking", "login", "graph", "arm", "nodes", "memory", "shifts"];
  /** @type {(name: string, cells: (string | number)[]) => string} */
  const line = (name, cells) => name.padEnd(14) + cells.map((cell) => String(cell).padStart(10)).join("");
  const table = rows.map(({ milestone, requests, brotli, gzip, chain, blocking, login, graph, arm, nodes, memory, shifts = "-" }) =>
    line(milestone, [requests, brotli, gzip, chain.length, blocking, login, graph, arm, nodes, memory, shifts]),
  );
  console.log([line("milestone", columns), ...table, "login, graph and arm: preflights + reads + writes"].join("\n"));
}
