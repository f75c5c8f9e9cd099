// The page as part of another page: an ES module with `mount()` and the element `<cmg-entra-setup>`.
//
// JavaScript, because the embedding page's code calls it, and because it reports errors when the WebAssembly cannot be loaded. It converts
// the embedding page's values to plain texts and does not check them: crates/engine/src/auth/embedding.rs checks
// tokens, and crates/domain/src/config.rs checks settings. embed.d.ts documents the interface.
/**
 * @import { CmgEntraSetupEvent, Config, Mounted, Options } from "./embed.js"
 * @typedef {keyof typeof texts.en & import("./embed.js").CmgEntraSetupError["code"]} Code
 */

// The build writes the names and hashes of the program's files here.
/** @type {Files} */
// @ts-expect-error Empty only in the source.
const files = {};

// The build replaces null with the functions of wasm-bindgen. They are in this file so that the embedding page's hash for this file covers
// them: WebKit imports a module without checking the hash of its preload.
/** @type {(() => Glue) | null} */
const bindings = null;

/** Prefix of all event types; src/ui/embedding/events.rs has the same value. */
const typePrefix = "cmg-entra-setup.";
/** The program's event for this script; src/browser/window.rs has the same value. */
const tellType = "cmg-entra-setup.tell";
/** This script's event for the program; src/browser/window.rs has the same value. */
const languageType = "cmg-entra-setup.language";
/** The folder of this file and the program's files. */
const home = new URL(".", import.meta.url).href;
const themes = ["light", "dark", "system"];

/** The languages of the program; crates/domain/src/locale.rs has the same tags. A page may lack those for tests. */
const languages = ["en", "de", "en-XA", "ar-XB"];

// Texts shown while the sentences of the program (locales) are not available.
const texts = {
  en: {
    insecure: "This page was opened without HTTPS. CMG Entra Setup works only over HTTPS.",
    lacking: "This browser lacks a feature that CMG Entra Setup needs. Use a current version of Edge, Chrome, Firefox or Safari.",
    mismatch: "The files of CMG Entra Setup are missing or do not fit together. Tell the owner of this portal.",
    settings: "The portal's settings for CMG Entra Setup cannot be used:",
    options: "The portal starts CMG Entra Setup with an option that cannot be used:",
    elsewhere: "CMG Entra Setup is on another address than this portal, so the portal must sign in for it (acquireToken).",
    worker: "A service worker of this site handles all requests of this page. It can read the tokens of CMG Entra Setup and change the responses. Continue only if the owner of this portal intends this.",
    stopped: "CMG Entra Setup has stopped because of an error. Changes already made in the tenant remain. Reload the page: nothing is created twice.",
  },
  de: {
    insecure: "Diese Seite wurde ohne HTTPS geöffnet. CMG Entra Setup funktioniert nur über HTTPS.",
    lacking: "Diesem Browser fehlt eine Funktion, die CMG Entra Setup benötigt. Verwenden Sie eine aktuelle Version von Edge, Chrome, Firefox oder Safari.",
    mismatch: "Dateien von CMG Entra Setup fehlen oder passen nicht zusammen. Informieren Sie den Besitzer dieses Portals.",
    settings: "Die Einstellungen des Portals für CMG Entra Setup können nicht verwendet werden:",
    options: "Das Portal startet CMG Entra Setup mit einer Option, die nicht verwendet werden kann:",
    elsewhere: "CMG Entra Setup befindet sich unter einer anderen Adresse als dieses Portal. Daher muss das Portal die Anmeldung übernehmen (acquireToken).",
    worker: "Ein Service Worker dieser Website verarbeitet alle Anforderungen dieser Seite. Er kann die Token von CMG Entra Setup lesen und die Antworten ändern. Fahren Sie nur fort, wenn der Besitzer dieses Portals das beabsichtigt.",
    stopped: "CMG Entra Setup wurde wegen eines Fehlers angehalten. Bereits vorgenommene Änderungen im Mandanten bleiben bestehen. Laden Sie die Seite neu: Nichts wird doppelt erstellt.",
  },
};

/** @param {string} language */
const textsOf = (language) => (language === "de" ? texts.de : texts.en);

/**
 * The language of the first tag that one of them answers, by the lookup of RFC 4647, section 3.4.
 * @param {readonly unknown[]} tags
 */
function findLanguage(tags) {
  for (const tag of tags) {
    for (let range = typeof tag === "string" ? tag.toLowerCase() : ""; range; range = range.replace(/-?[^-]*$/, "")) {
      const found = languages.find((known) => known.toLowerCase() === range);
      if (found) {
        return found;
      }
    }
  }
  return undefined;
}

/** Why it did not start: `code` for programs, the message for people. */
export class CmgEntraSetupError extends Error {
  /**
   * @param {Code} code
   * @param {string} [detail]
   * @param {string} [language]
   */
  constructor(code, detail, language = "en") {
    const text = textsOf(language)[code];
    super(detail ? `${text} ${detail}` : text);
    this.name = "CmgEntraSetupError";
    this.code = code;
  }
}

/**
 * Loads a file and checks its hash.
 * @param {string} name
 */
async function load(name) {
  const options = { __proto__: null, integrity: files.hashes[name], credentials: "same-origin" };
  const answer = await fetch(home + name, /** @type {RequestInit} */ (options));
  if (!answer.ok) {
    throw new TypeError(`${name}: ${answer.status}`);
  }
  return answer;
}

/**
 * Compiles as a stream if possible, so that the stack of a trap has the file. With another content type, it only takes longer (D32).
 * @param {Response} program
 */
async function compile(program) {
  if (/^application\/wasm$/i.test(program.headers.get("content-type")?.trim() ?? "")) {
    return WebAssembly.compileStreaming(program);
  }
  return WebAssembly.compile(await program.arrayBuffer());
}

/**
 * All instances on this page: a fault stops each of them.
 * @type {Set<Instance>}
 */
const instances = new Set();
let dead = false;
let halt = () => {};

/** A trap leaves the program's memory in an unknown state, possibly with secrets in it. It sends nothing more and does not start again. */
function stop() {
  dead = true;
  try {
    halt();
  } catch {
    // After a trap, this call can fail too.
  }
  for (const instance of instances) {
    instance.fail(new CmgEntraSetupError("stopped", "", instance.language));
  }
  instances.clear();
}

/** @type {Promise<{ glue: Glue, sheets: CSSStyleSheet[] }> | undefined} */
let loading;

/**
 * Loads the program and its styles once for all instances.
 * @param {string} language
 */
function loadOnce(language) {
  loading ??= (async () => {
    try {
      const glue = /** @type {() => Glue} */ (bindings)();
      // The program reports a failure.
      glue.fetchSentences?.(language, "start").catch(() => {});
      glue.fetchSentences?.(language, "core").catch(() => {});
      glue.prefetchPart?.("core", "high");
      const [program, ...styles] = await Promise.all([
        load(files.program).then(compile),
        ...files.styles.map((name) => load(name).then((answer) => answer.text())),
      ]);
      await glue.default({ module_or_path: program });
      halt = glue.halt;
      const sheets = await Promise.all(styles.map((text) => new CSSStyleSheet().replace(text)));
      return { glue, sheets };
    } catch (error) {
      // The next attempt loads them again.
      loading = undefined;
      throw mismatch(error, language);
    }
  })();
  return loading;
}

/**
 * @param {unknown} error
 * @param {string} language
 */
function mismatch(error, language) {
  const reason = typeof error === "string" ? error : /** @type {Error | undefined} */ (error)?.message;
  return new CmgEntraSetupError("mismatch", reason ?? "", language);
}

function isAble() {
  try {
    const { crypto, indexedDB, navigator, CSSStyleSheet, BroadcastChannel, WebAssembly, BigInt64Array } = globalThis;
    const parts = [crypto.subtle, indexedDB, navigator.locks, CSSStyleSheet.prototype.replace, BroadcastChannel, BigInt64Array];
    return [...parts, WebAssembly.compileStreaming].every(Boolean);
  } catch {
    return false;
  }
}

/** @param {unknown} value */
const text = (value) => (typeof value === "string" ? value : undefined);

/**
 * Reads an own property only: scripts of the embedding page may have extended `Object.prototype`.
 * @param {any} value
 * @param {PropertyKey} name
 * @returns {unknown}
 */
const own = (value, name) => (value !== undefined && value !== null && Object.hasOwn(value, name) ? value[name] : undefined);

/**
 * Converts the embedding page's token for src/browser/portal.rs: a token as text, or an AuthenticationResult of MSAL.
 * @param {unknown} given
 * @returns {Given & { __proto__: null }}
 */
function readGiven(given) {
  if (typeof given === "string") {
    return { __proto__: null, access: given };
  }
  const account = own(given, "account");
  const scopes = own(given, "scopes");
  const expiresOn = own(given, "expiresOn");
  const ends = expiresOn instanceof Date ? expiresOn.getTime() : expiresOn;
  return {
    __proto__: null,
    access: text(own(given, "accessToken")),
    tenant: text(own(given, "tenantId")) || text(own(account, "tenantId")),
    account: text(own(account, "localAccountId")),
    name: text(own(account, "username")),
    scopes: Array.isArray(scopes) ? scopes.filter((scope) => typeof scope === "string").join(" ") : undefined,
    ends: Number.isSafeInteger(ends) ? /** @type {number} */ (ends) : undefined,
  };
}

/**
 * The embedding page, as src/browser/portal.rs calls it.
 * @param {Options} options
 * @param {string | undefined} memory
 * @returns {Portal & { __proto__: null }}
 */
function portalOf(options, memory) {
  const { acquireToken } = options;
  return {
    __proto__: null,
    home,
    place: options.place ?? "",
    config: options.config === undefined ? undefined : json(options.config),
    memory,
    signsIn: acquireToken !== undefined,
    async token(authority, scopes, claims, isFresh) {
      try {
        return readGiven(
          await /** @type {NonNullable<typeof acquireToken>} */ (acquireToken)({
            authority,
            scopes: scopes.split(" "),
            ...(claims === undefined ? {} : { claims }),
            ...(isFresh ? { forceRefresh: true } : {}),
          }),
        );
      } catch (error) {
        // Only the code: the message can contain a secret.
        const code = text(own(error, "errorCode")) ?? "";
        return { __proto__: null, refused: /^[a-z0-9_]{1,60}$/.test(code) ? code : "" };
      }
    },
  };
}

/**
 * Copies a value without prototypes, so that `JSON.stringify` calls no `toJSON` of the embedding page. Some libraries add one to arrays.
 * @param {unknown} value
 * @returns {unknown}
 */
function bare(value) {
  if (Array.isArray(value)) {
    /** @type {unknown[]} */
    const items = [];
    for (let at = 0; at < value.length; at++) {
      items[at] = bare(own(value, at) ?? null);
    }
    return Object.setPrototypeOf(items, null);
  }
  if (typeof value === "object" && value !== null) {
    const copy = { __proto__: null };
    const record = /** @type {Record<string, unknown>} */ (value);
    for (const name of Object.keys(record)) {
      if (record[name] !== undefined) {
        Object.defineProperty(copy, name, { value: bare(record[name]), enumerable: true });
      }
    }
    return copy;
  }
  if (!["string", "boolean"].includes(typeof value) && !Number.isFinite(value) && value !== null) {
    throw new TypeError("no JSON");
  }
  return value;
}

/**
 * The value as JSON. Undefined if it has none, which is an error of the embedding page and not a fault of the program.
 * @param {unknown} value
 */
function json(value) {
  try {
    return JSON.stringify(bare(value));
  } catch {
    return undefined;
  }
}

/**
 * The language that the admin chose earlier in this tab, then that of the settings, of the embedding page, and of the browser.
 * @param {Options} options
 * @param {HTMLElement} host
 */
function languageOf(options, host) {
  const kept = () => sessionStorage.getItem(`cmg-entra-setup:${options.key ?? "part"}:language`);
  const tags = [() => kept(), () => own(options.config, "language"), () => options.language, () => host.closest("[lang]")?.getAttribute("lang")];
  for (const tag of tags) {
    try {
      const found = findLanguage([tag()]);
      if (found) {
        return found;
      }
    } catch {
      // The browser blocks session storage.
    }
  }
  return findLanguage(navigator.languages) ?? "en";
}

/**
 * @param {Options} options
 * @param {string} language
 */
function checkOptions(options, language) {
  const known = ["acquireToken", "config", "theme", "language", "place", "key", "onEvent"];
  const wrong =
    Object.keys(options).find((name) => !known.includes(name)) ??
    /** @type {const} */ (["acquireToken", "onEvent"]).find((name) => options[name] !== undefined && typeof options[name] !== "function") ??
    (options.config !== undefined && json(options.config) === undefined ? "config" : undefined) ??
    /** @type {const} */ (["language", "place"]).find((name) => options[name] !== undefined && typeof options[name] !== "string") ??
    (options.key !== undefined && !/^[A-Za-z0-9_-]{1,60}$/.test(options.key) ? "key" : undefined) ??
    (options.theme !== undefined && !themes.includes(options.theme) ? "theme" : undefined);
  if (wrong) {
    throw new CmgEntraSetupError("options", wrong, language);
  }
  if (!options.acquireToken && new URL(home).origin !== location.origin) {
    throw new CmgEntraSetupError("elsewhere", "", language);
  }
}

/**
 * Elements the program has drawn in. Yew keeps a reference to each, so they are reused.
 * @type {HTMLElement[]}
 */
const spare = [];

class Instance {
  /** @type {ShadowRoot} */
  #root;
  /** @type {HTMLElement} */
  #part;
  /** @type {HTMLElement | undefined} */
  #worker;
  #over = new AbortController();
  /** @type {ReturnType<Glue["mount"]> | undefined} */
  #program;
  /** @type {Options} */
  #options;
  /** Tag of the language at the start. */
  language = "en";
  #isDrawn = false;
  #isOver = false;

  /**
   * @param {HTMLElement} host
   * @param {Options} options
   */
  constructor(host, options) {
    // Own properties only: the embedding page may have extended `Object.prototype`.
    this.#options = Object.assign(Object.create(null), options);
    options = this.#options;
    // Open, for tests and tools of the embedding page. A closed root would not protect against its scripts.
    this.#root = roots.get(host) ?? host.attachShadow({ mode: "open" });
    roots.set(host, this.#root);
    this.#part = spare.pop() ?? document.createElement("div");
    this.#part.className = "embed";
    this.language = languageOf(options, host);
    this.#showLanguage(this.#part);
    // The browser's translator replaces text that the program updates later: the program then stops, or an old text stays.
    this.#part.translate = false;
    this.#part.classList.add("notranslate");
    // Yew never removes its event listeners. The signal removes all of them with this instance.
    const { signal } = this.#over;
    /** @type {(type: string, hear: EventListenerOrEventListenerObject | null, options?: AddEventListenerOptions) => void} */
    this.#part.addEventListener = (type, hear, options) =>
      EventTarget.prototype.addEventListener.call(this.#part, type, hear, { ...options, signal });
    this.#part.addEventListener(tellType, ({ detail }) => this.#tell(JSON.parse(detail)));
    this.#root.replaceChildren(this.#part);
    this.setTheme(options.theme ?? "system");
    this.#tellOfWorker(signal);
  }

  /**
   * Shows a note if the embedding page has a service worker, now or later. It is not refused: the page itself can do the same.
   * @param {AbortSignal} signal
   */
  #tellOfWorker(signal) {
    const look = () => {
      try {
        if (!navigator.serviceWorker?.controller || this.#isOver || this.#worker) {
          return;
        }
      } catch {
        // The browser allows no service worker here.
        return;
      }
      this.#worker = document.createElement("div");
      this.#worker.className = "embed worker";
      this.#showLanguage(this.#worker);
      this.#worker.setAttribute("role", "note");
      this.#worker.textContent = textsOf(this.language).worker;
      this.#part.before(this.#worker);
    };
    look();
    try {
      navigator.serviceWorker?.addEventListener("controllerchange", look, { signal });
    } catch {
      // As above.
    }
  }

  async start() {
    if (dead) {
      throw new CmgEntraSetupError("stopped", "", this.language);
    }
    if (!isSecureContext) {
      throw new CmgEntraSetupError("insecure", "", this.language);
    }
    if (!isAble()) {
      throw new CmgEntraSetupError("lacking", "", this.language);
    }
    checkOptions(this.#options, this.language);
    const { glue, sheets } = await loadOnce(this.language);
    if (glue.languages?.().includes(this.language) === false) {
      this.language = "en";
      this.#showLanguage(this.#part);
    }
    try {
      await glue.load(this.language);
    } catch (error) {
      throw mismatch(error, this.language);
    }
    if (this.#isOver || dead) {
      return;
    }
    this.#root.adoptedStyleSheets = sheets;
    // Sizes are based on the browser's own font size, not on the root element of the embedding page.
    const { style } = this.#part;
    style.fontSize = "medium";
    style.setProperty("--rem", getComputedStyle(this.#part).fontSize);
    style.removeProperty("font-size");
    const key = this.#options.key ?? "part";
    // Two instances with the same key would overwrite each other's answers.
    const memory = [...instances].some((other) => other.key === key) ? undefined : key;
    /** @type {string | undefined} */
    this.key = memory;
    instances.add(this);
    try {
      this.#program = glue.mount(this.#part, portalOf(this.#options, memory), this.language);
    } catch (error) {
      instances.delete(this);
      if (typeof error === "string") {
        throw new CmgEntraSetupError("settings", error, this.language);
      }
      stop();
      throw new CmgEntraSetupError("stopped", "", this.language);
    }
  }

  /** @param {HTMLElement} element */
  #showLanguage(element) {
    element.lang = this.language;
    element.dir = this.language === "ar-XB" ? "rtl" : "ltr";
  }

  /**
   * Shows the page in a language that it has, unless the admin has chosen one (src/browser/window.rs).
   * @param {string | null} tag
   */
  setLanguage(tag) {
    const language = findLanguage([tag]);
    if (language) {
      this.#part.dispatchEvent(new CustomEvent(languageType, { detail: language }));
    }
  }

  /** @param {string | null} theme */
  setTheme(theme) {
    this.#part.dataset.theme = theme && themes.includes(theme) ? theme : "system";
  }

  /**
   * Ends the instance and shows the reason instead.
   * @param {Error} error
   */
  fail(error) {
    this.#isOver = true;
    instances.delete(this);
    const message = document.createElement("p");
    message.setAttribute("role", "alert");
    message.textContent = error.message;
    const part = document.createElement("div");
    part.className = "embed";
    part.append(message);
    this.#root.replaceChildren(part);
  }

  unmount() {
    if (this.#isOver) {
      return;
    }
    this.#isOver = true;
    instances.delete(this);
    this.#root.adoptedStyleSheets = [];
    this.#root.replaceChildren();
    // Yew never frees an app that is destroyed before its first drawing.
    if (this.#isDrawn || !this.#program) {
      this.#takeDown();
    }
  }

  #takeDown() {
    this.#over.abort();
    delete /** @type {Partial<HTMLElement>} */ (this.#part).addEventListener;
    try {
      this.#program?.unmount();
      spare.push(this.#part);
    } catch {
      stop();
    }
    this.#program = undefined;
  }

  /** @param {CmgEntraSetupEvent} event */
  #tell(event) {
    // The first event comes with the first drawing.
    const isFirst = !this.#isDrawn;
    this.#isDrawn = true;
    if (this.#isOver) {
      // Later, because the program is running now.
      return isFirst && queueMicrotask(() => this.#takeDown());
    }
    try {
      this.#options.onEvent?.(event);
    } catch (error) {
      // An error of the embedding page. It is reported and does not stop this instance.
      reportError(error);
    }
  }
}

/**
 * The shadow root of each element: an element can have only one, and keeps it.
 * @type {WeakMap<HTMLElement, ShadowRoot>}
 */
const roots = new WeakMap();
/**
 * The instance in each element.
 * @type {WeakMap<HTMLElement, Instance>}
 */
const mounted = new WeakMap();

/**
 * Draws the page into an element.
 * @param {HTMLElement} host
 * @param {Options} [options]
 * @returns {Promise<Mounted>}
 */
export async function mount(host, options = {}) {
  mounted.get(host)?.unmount();
  const instance = new Instance(host, { ...options });
  mounted.set(host, instance);
  try {
    await instance.start();
  } catch (error) {
    instance.fail(/** @type {Error} */ (error));
    throw error;
  }
  return {
    unmount: () => instance.unmount(),
    setTheme: (theme) => instance.setTheme(theme),
    setLanguage: (language) => instance.setLanguage(language),
  };
}

/** `mount()` as an element: options are properties, `theme`, `language` and `place` are attributes, and messages are events. */
export class CmgEntraSetupElement extends HTMLElement {
  static observedAttributes = ["theme", "language"];

  /** @type {Instance | undefined} */
  #instance;

  connectedCallback() {
    // In a microtask: a framework sets the properties after it inserts the element, and may move it at once.
    queueMicrotask(() => {
      if (!this.isConnected || this.#instance) {
        return;
      }
      const instance = new Instance(this, this.#options());
      this.#instance = instance;
      instance.start().catch((error) => {
        instance.fail(error);
        this.dispatchEvent(new CustomEvent("error", { detail: error }));
      });
    });
  }

  disconnectedCallback() {
    queueMicrotask(() => {
      // An element that moves within the page keeps its instance.
      if (!this.isConnected) {
        this.#instance?.unmount();
        this.#instance = undefined;
      }
    });
  }

  /** @param {string} name */
  attributeChangedCallback(name) {
    if (name === "theme") {
      this.#instance?.setTheme(this.getAttribute("theme"));
    } else {
      this.#instance?.setLanguage(this.getAttribute("language"));
    }
  }

  /** @returns {Options} */
  #options() {
    const given = {
      acquireToken: this.acquireToken,
      config: this.config,
      theme: this.getAttribute("theme"),
      language: this.getAttribute("language"),
      place: this.getAttribute("place"),
      key: this.id || undefined,
      /** @param {CmgEntraSetupEvent} detail */
      onEvent: (detail) => this.dispatchEvent(new CustomEvent(detail.type.slice(typePrefix.length), { detail })),
    };
    return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== null));
  }
}

// Not class fields: a field would replace a value that a framework sets before the element is defined.
/** @type {Options["acquireToken"]} */
CmgEntraSetupElement.prototype.acquireToken = undefined;
/** @type {Config | undefined} */
CmgEntraSetupElement.prototype.config = undefined;

/**
 * True for a fault of the program, which reaches the window as an error. Errors of other scripts and other WebAssembly do not count: the
 * first file in a stack is where the error was thrown. A program compiled from bytes may have no file in its frames; then the next counts.
 * @param {unknown} error
 */
function isOurs(error) {
  const { RuntimeError } = globalThis.WebAssembly ?? {};
  if (!files.program || !((RuntimeError && error instanceof RuntimeError) || error instanceof RangeError)) {
    return false;
  }
  // The message is removed: it can contain any address.
  const stack = String(error.stack ?? "").replace(String(error), "");
  const thrownIn = /\b(?!wasm:)[a-z][a-z0-9+.-]*:\/\/[^\s()]+/i.exec(stack)?.[0];
  return [import.meta.url, `${home}cmg-entra-setup-`].some((file) => thrownIn?.startsWith(file));
}
addEventListener("error", ({ error }) => isOurs(error) && stop());
addEventListener("unhandledrejection", ({ reason }) => isOurs(reason) && stop());

if (!customElements.get("cmg-entra-setup")) {
  customElements.define("cmg-entra-setup", CmgEntraSetupElement);
}
