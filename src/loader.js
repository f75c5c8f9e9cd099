// Loads the parts of the program and its sentences (src/embed/parts.rs).
//
// The build inserts this file into the bindings of wasm-bindgen (xtask/bind/src/split.rs), so that the hash of the script that contains
// both covers it, and writes the files with their hashes into the two lists (xtask/release/src/parts.rs).

/* global sharedImports */

/** @typedef {[name: string, integrity: string]} PartFile */

/** The files of each part. Those that several parts share come first. */
/** @type {Record<string, PartFile[]>} */
const parts = {};
/** The file of sentences of each language and part. */
/** @type {Record<string, Record<string, PartFile>>} */
const sentences = {};

/** Compiled programs and texts by file name. A failed file is forgotten, so that the next attempt requests it again. */
/** @type {Map<string, Promise<any>>} */
const arrivedFiles = new Map();
/** Files that are part of the running program, by name. */
/** @type {Map<string, Promise<unknown>>} */
const startedFiles = new Map();
/** The file that did not arrive last, and what the web server said, for the message to the user. */
let lastPartFailure = "";

class FileFailure extends Error {}

/**
 * What the web server answers. The browser gives a script no reason for a failure, so the file is requested again.
 * @param {URL} url
 */
async function answerFor(url) {
  try {
    const options = { __proto__: null, cache: "no-store", credentials: "same-origin", redirect: "manual" };
    const answer = await fetch(url, /** @type {RequestInit} */ (options));
    void answer.body?.cancel();
    return answer.ok || !answer.status ? "" : ` (HTTP ${answer.status})`;
  } catch {
    return "";
  }
}

/**
 * @template T
 * @param {PartFile} file
 * @param {string} priority
 * @param {(answer: Response) => Promise<T>} read
 */
async function fetchFile([name, integrity], priority, read) {
  const url = new URL(name, import.meta.url);
  try {
    const options = { __proto__: null, integrity, credentials: "same-origin", priority };
    return await read(await fetch(url, /** @type {RequestInit} */ (options)));
  } catch {
    lastPartFailure = name + (await answerFor(url));
    throw new FileFailure(lastPartFailure);
  }
}

/**
 * With another content type, it only takes longer (D32). The hash is checked either way.
 * @param {Response} answer
 */
async function compilePart(answer) {
  return /^application\/wasm$/i.test(answer.headers.get("content-type")?.trim() ?? "")
    ? WebAssembly.compileStreaming(answer)
    : WebAssembly.compile(await answer.arrayBuffer());
}

/**
 * Starts something once for each file, and again only after it failed.
 * @template T
 * @param {Map<string, Promise<T>>} files
 * @param {string} name
 * @param {() => Promise<T>} start
 */
function once(files, name, start) {
  const started = files.get(name);
  if (started) {
    return started;
  }
  const promise = start();
  files.set(name, promise);
  promise.catch(() => files.delete(name));
  return promise;
}

/** @type {(file: PartFile, priority: string) => Promise<WebAssembly.Module>} */
const programOf = (file, priority) => once(arrivedFiles, file[0], () => fetchFile(file, priority, compilePart));
/** @type {(file: PartFile, priority: string) => Promise<string>} */
const textOf = (file, priority) => once(arrivedFiles, file[0], () => fetchFile(file, priority, (answer) => answer.text()));

/** @type {(part: string) => PartFile[]} */
const filesOf = (part) => /** @type {PartFile[]} */ (parts[part]);
/** @type {(language: string, part: string) => PartFile | undefined} */
const sentencesOf = (language, part) => sentences[language]?.[part];

/** Tags of the languages that the page offers. */
function languages() {
  return Object.keys(sentences);
}

/** @param {string} part */
async function startPart(part) {
  const files = filesOf(part);
  const programs = await Promise.all(files.map((file) => programOf(file, "high")));
  // What is shared comes first: the file of the part itself refers to it.
  for (const [index, [name]] of files.entries()) {
    const program = /** @type {WebAssembly.Module} */ (programs[index]);
    await once(startedFiles, name, () => WebAssembly.instantiate(program, sharedImports()));
  }
}

/**
 * Called by the program when it needs a part. `callback` is a function of the program that takes `data` and whether the part is there.
 * @param {string} part
 * @param {number} callback
 * @param {number} data
 */
function loadPart(part, callback, data) {
  /** @param {boolean} isLoaded */
  const settle = (isLoaded) => sharedImports().__wasm_split.__indirect_function_table.get(callback)(data, isLoaded);
  startPart(part).then(
    () => settle(true),
    (error) => {
      if (!(error instanceof FileFailure)) {
        throw error;
      }
      settle(false);
    },
  );
}

function takePartFailure() {
  return lastPartFailure;
}

/**
 * Also called by boot.js, before the program is there.
 * @param {string} language
 * @param {string} part
 */
async function fetchSentences(language, part) {
  const file = sentencesOf(language, part);
  if (!file) {
    lastPartFailure = `sentences-${language}-${part}`;
    throw new FileFailure(lastPartFailure);
  }
  return textOf(file, "high");
}

/**
 * Also called by boot.js. A failure is told when the part is needed.
 * @param {string} part
 * @param {string} priority
 */
function prefetchPart(part, priority) {
  for (const file of filesOf(part)) {
    programOf(file, priority).catch(() => {});
  }
}

/**
 * @param {string} part
 * @param {string} language
 * @param {string} sentenceParts Names of parts, with a space between them.
 */
function prefetchRest(part, language, sentenceParts) {
  if (navigator.connection?.saveData) {
    return;
  }
  /** After the page is painted, so that these files do not compete with what the first view needs. WebKit cannot tell when it is idle. */
  const whenIdle = window.requestIdleCallback ?? ((start) => requestAnimationFrame(() => setTimeout(start)));
  whenIdle(() => {
    prefetchPart(part, "low");
    for (const name of sentenceParts.split(" ")) {
      const file = sentencesOf(language, name);
      if (file) {
        textOf(file, "low").catch(() => {});
      }
    }
  });
}

export { fetchSentences, languages, loadPart, prefetchPart, prefetchRest, takePartFailure };
