// Searches for texts in the address, the document, every store, the script heap and the program's memory.
//
// Uses the browser's debugging protocol and `noteMemories`, so the page needs no test code.

/** @import { CDPSession, Page } from "@playwright/test" */

/**
 * Returns where each needle is found: the names of the needles by place.
 * @param {Page} page
 * @param {[name: string, text: string][]} needles
 */
export async function places(page, needles) {
  /** @type {Record<string, string[]>} */
  const found = {};
  /** @type {(place: string, name: string) => void} */
  const note = (place, name) => {
    const names = (found[place] ??= []);
    if (!names.includes(name)) {
      names.push(name);
    }
  };
  const cookies = JSON.stringify(await page.context().cookies());
  const debug = await page.context().newCDPSession(page);
  // First, because reading the stores puts their content into strings on the heap.
  const heap = await heapStrings(debug);
  const visited = JSON.stringify(await debug.send("Page.getNavigationHistory"));
  const stores = await page.evaluate(readStores);
  for (const [place, text] of Object.entries(stores)) {
    for (const [name, needle] of needles) {
      if (text.includes(needle) || text.includes(encodeURIComponent(needle))) {
        note(place, name);
      }
    }
  }
  const inMemory = await searchMemory(page, needles.map(([, needle]) => needle));
  for (const [index, [name, needle]] of needles.entries()) {
    if (cookies.includes(needle)) {
      note("cookies", name);
    }
    if (visited.includes(needle)) {
      note("visited addresses", name);
    }
    if (heap.some((text) => text.includes(needle))) {
      note("script heap", name);
    }
    if (inMemory[index]) {
      note("program memory", name);
    }
  }
  await debug.detach();
  return found;
}

/** Runs in the page. */
async function readStores() {
  /** @type {NodeListOf<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>} */
  const fields = document.querySelectorAll("input, textarea, select");
  const values = [...fields].map((field) => field.value);
  const databases = [];
  for (const { name = "" } of await indexedDB.databases()) {
    /** @type {IDBDatabase} */
    const database = await new Promise((resolve, reject) => {
      const opening = indexedDB.open(name);
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    for (const store of database.objectStoreNames) {
      const all = await new Promise((resolve, reject) => {
        const reading = database.transaction(store).objectStore(store).getAll();
        reading.onsuccess = () => resolve(reading.result);
        reading.onerror = () => reject(reading.error);
      });
      databases.push(JSON.stringify(all));
    }
    database.close();
  }
  const cached = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      cached.push(request.url, (await (await cache.match(request))?.text()) ?? "");
    }
  }
  return {
    address: location.href,
    title: document.title,
    document: document.documentElement.outerHTML,
    fields: values.join("\n"),
    "local storage": JSON.stringify({ ...localStorage }),
    "session storage": JSON.stringify({ ...sessionStorage }),
    databases: databases.join("\n"),
    caches: cached.join("\n"),
    history: JSON.stringify(history.state) ?? "",
    "performance entries": performance.getEntries().map((entry) => entry.name).join("\n"),
    "window name": window.name,
  };
}

/**
 * All strings on the script heap after a garbage collection.
 * @param {CDPSession} debug
 * @returns {Promise<string[]>}
 */
async function heapStrings(debug) {
  /** @type {string[]} */
  const pieces = [];
  /** @param {{ chunk: string }} event */
  const listen = ({ chunk }) => pieces.push(chunk);
  debug.on("HeapProfiler.addHeapSnapshotChunk", listen);
  await debug.send("HeapProfiler.collectGarbage");
  await debug.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
  debug.off("HeapProfiler.addHeapSnapshotChunk", listen);
  return JSON.parse(pieces.join("")).strings;
}

/**
 * Notes each memory of a WebAssembly program on this page, without keeping it. An init script.
 *
 * Chromium's own search for them (`Runtime.queryObjects`) ends the page if the page has a table of WebAssembly (Chromium 156).
 */
export function noteMemories() {
  /** @type {WeakRef<WebAssembly.Memory>[]} */
  const noted = [];
  const { instantiate } = WebAssembly;
  /** @param {[WebAssembly.Module, WebAssembly.Imports?]} given */
  const noting = async (...given) => {
    const instance = await Reflect.apply(instantiate, WebAssembly, given);
    const { memory } = instance.exports;
    if (memory instanceof WebAssembly.Memory) {
      noted.push(new WeakRef(memory));
    }
    return instance;
  };
  Object.assign(WebAssembly, { instantiate: noting });
  Object.defineProperty(window, "notedMemories", {
    get: () => noted.map((memory) => memory.deref()).filter((memory) => memory !== undefined),
  });
}

/**
 * For each text, true if a WebAssembly memory of the page contains it.
 * @param {Page} page
 * @param {string[]} needles
 */
function searchMemory(page, needles) {
  return page.evaluate(
    (all) => {
      const memories = window.notedMemories.map((memory) => new Uint8Array(memory.buffer));
      /** @type {(bytes: Uint8Array, wanted: number[]) => boolean} */
      const isIn = (bytes, wanted) => {
        const [first = -1] = wanted;
        for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
          if (wanted.every((byte, index) => bytes[at + index] === byte)) {
            return true;
          }
        }
        return false;
      };
      return all.map((wanted) => memories.some((bytes) => isIn(bytes, wanted)));
    },
    // As numbers: the text itself would be on the heap that is searched next.
    needles.map((needle) => [...Buffer.from(needle)]),
  );
}
