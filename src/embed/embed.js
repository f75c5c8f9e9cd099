// The page as a part of another page: an ES module with `mount()` and the element `<cmg-entra-setup>`.
//
// JavaScript, because it must answer to the portal's own code, and say what is wrong when the WebAssembly cannot be loaded. It brings
// what the portal hands over to plain texts and checks nothing of it: a token is checked in src/auth/portal.rs, settings in
// src/domain/config.rs. embed.d.ts says what is expected.

// Written by the build: the names of the program's files, and their hashes.
const files = {};

// Written by the build: what wasm-bindgen makes of the program's functions. In this very file, so that the hash a portal has for this
// file covers them: WebKit imports a module whatever hash it is preloaded with.
const bindings = null;

/** The types of all events begin so; src/ui/host.rs names them so too. */
const typePrefix = "cmg-entra-setup.";
/** The event by which the program tells something; src/browser/screen.rs names it so too. */
const tellType = "cmg-entra-setup.tell";
/** Where the files lie: beside this one. */
const home = new URL(".", import.meta.url).href;
const themes = ["light", "dark", "system"];

// Every sentence here stands where the catalogue (src/words) cannot be read.
const texts = {
  insecure: "This page was opened without HTTPS. CMG Entra Setup works only over HTTPS.",
  lacking: "This browser lacks something CMG Entra Setup needs. Use a current Edge, Chrome, Firefox or Safari.",
  mismatch: "The files of CMG Entra Setup are missing or do not fit together. Tell the people who run this portal.",
  settings: "The settings the portal has for CMG Entra Setup cannot be used:",
  options: "The portal starts CMG Entra Setup with an option that cannot be used:",
  elsewhere: "CMG Entra Setup lies on another address than this portal, so the portal has to sign in for it (acquireToken).",
  worker: "A service worker of this site handles everything that is sent from here. It can read the tokens of CMG Entra Setup and change the answers it gets. Go on only if the people who run this portal have made it for that.",
  stopped: "CMG Entra Setup has stopped because of a fault. What it had already done in the tenant is done. Reload the page: nothing is made twice.",
};

/** Why it did not start. `code` is for programs, the message for people. */
export class CmgEntraSetupError extends Error {
  constructor(code, detail) {
    super(detail ? `${texts[code]} ${detail}` : texts[code]);
    this.name = "CmgEntraSetupError";
    this.code = code;
  }
}

/** The file, if it is the one that was published. */
async function load(name) {
  const answer = await fetch(home + name, { __proto__: null, integrity: files.hashes[name], credentials: "same-origin" });
  if (!answer.ok) {
    throw new TypeError(`${name}: ${answer.status}`);
  }
  return answer;
}

/** As a stream, so that a trap names the file it is in. A host that sends it as something else only costs the time of a copy. */
async function compile(program) {
  if (/^application\/wasm$/i.test(program.headers.get("content-type")?.trim())) {
    return WebAssembly.compileStreaming(program);
  }
  return WebAssembly.compile(await program.arrayBuffer());
}

/** Every instance on this page: after a fault none of them goes on. */
const instances = new Set();
let dead = false;
let halt = () => {};

/** A trap leaves the program's memory in an unknown state, with secrets possibly in it. It sends nothing any more, and is not started again. */
function stop() {
  dead = true;
  try {
    halt();
  } catch {
    // It cannot even be told.
  }
  for (const instance of instances) {
    instance.fail(new CmgEntraSetupError("stopped"));
  }
  instances.clear();
}

let loading;

/** The program and its styles, once for all instances. */
function loadOnce() {
  loading ??= (async () => {
    try {
      const [program, ...styles] = await Promise.all([
        load(files.program).then(compile),
        ...files.styles.map((name) => load(name).then((answer) => answer.text())),
      ]);
      const glue = bindings();
      await glue.default({ module_or_path: program });
      halt = glue.halt;
      const sheets = await Promise.all(styles.map((text) => new CSSStyleSheet().replace(text)));
      return { glue, sheets };
    } catch (error) {
      // The next attempt may find them.
      loading = undefined;
      throw new CmgEntraSetupError("mismatch", String(error?.message ?? ""));
    }
  })();
  return loading;
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

const text = (value) => (typeof value === "string" ? value : undefined);

/** A property of the object itself: what a portal's script has added to `Object.prototype` is nobody's answer. */
const own = (value, name) => (value !== undefined && value !== null && Object.hasOwn(value, name) ? value[name] : undefined);

/** What a portal gave for a token, as src/browser/portal.rs reads it: a token as text, or an AuthenticationResult of MSAL. */
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
    ends: Number.isSafeInteger(ends) ? ends : undefined,
  };
}

/** What the program asks of the portal, in src/browser/portal.rs. */
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
          await acquireToken({
            authority,
            scopes: scopes.split(" "),
            ...(claims === undefined ? {} : { claims }),
            ...(isFresh ? { forceRefresh: true } : {}),
          }),
        );
      } catch (error) {
        // The code alone: a message may hold anything.
        const code = text(own(error, "errorCode")) ?? "";
        return { __proto__: null, refused: /^[a-z0-9_]{1,60}$/.test(code) ? code : "" };
      }
    },
  };
}

/** The same without prototypes, so that no `toJSON` of the portal's (some libraries add one to arrays) has a say in what is written. */
function bare(value) {
  if (Array.isArray(value)) {
    const items = [];
    for (let at = 0; at < value.length; at++) {
      items[at] = bare(own(value, at) ?? null);
    }
    return Object.setPrototypeOf(items, null);
  }
  if (typeof value === "object" && value !== null) {
    const copy = { __proto__: null };
    for (const name of Object.keys(value)) {
      if (value[name] !== undefined) {
        Object.defineProperty(copy, name, { value: bare(value[name]), enumerable: true });
      }
    }
    return copy;
  }
  if (!["string", "boolean"].includes(typeof value) && !Number.isFinite(value) && value !== null) {
    throw new TypeError("no JSON");
  }
  return value;
}

/** As JSON; nothing where it cannot be written so, which is a slip of the portal's and no fault of the program. */
function json(value) {
  try {
    return JSON.stringify(bare(value));
  } catch {
    return undefined;
  }
}

function checkOptions(options) {
  const known = ["acquireToken", "config", "theme", "place", "key", "onEvent"];
  const wrong =
    Object.keys(options).find((name) => !known.includes(name)) ??
    ["acquireToken", "onEvent"].find((name) => options[name] !== undefined && typeof options[name] !== "function") ??
    (options.config !== undefined && json(options.config) === undefined ? "config" : undefined) ??
    (options.place !== undefined && typeof options.place !== "string" ? "place" : undefined) ??
    (options.key !== undefined && !/^[A-Za-z0-9_-]{1,60}$/.test(options.key) ? "key" : undefined) ??
    (options.theme !== undefined && !themes.includes(options.theme) ? "theme" : undefined);
  if (wrong) {
    throw new CmgEntraSetupError("options", wrong);
  }
  if (!options.acquireToken && new URL(home).origin !== location.origin) {
    throw new CmgEntraSetupError("elsewhere");
  }
}

/** Elements the program has drawn in before: what draws in them keeps hold of each for ever, so they are used again. */
const spare = [];

class Instance {
  #root;
  #part;
  #worker;
  #over = new AbortController();
  #program;
  #options;
  #isDrawn = false;
  #isOver = false;

  constructor(host, options) {
    // Its own properties and no others: `Object.prototype` is the portal's.
    this.#options = Object.assign(Object.create(null), options);
    options = this.#options;
    // Open, for the portal's tests and tools; its scripts can do anything either way.
    this.#root = roots.get(host) ?? host.attachShadow({ mode: "open" });
    roots.set(host, this.#root);
    this.#part = spare.pop() ?? document.createElement("div");
    this.#part.className = "embed";
    // Every sentence is English, whatever the page around it is.
    this.#part.lang = "en";
    this.#part.dir = "ltr";
    // A translator replaces text that the program goes on changing: the program then stops, or an old sentence stays.
    this.#part.translate = false;
    this.#part.classList.add("notranslate");
    // Yew listens to it and never stops: what anybody listens to here ends with this instance.
    const { signal } = this.#over;
    this.#part.addEventListener = (type, hear, options) =>
      EventTarget.prototype.addEventListener.call(this.#part, type, hear, { ...options, signal });
    this.#part.addEventListener(tellType, ({ detail }) => this.#tell(JSON.parse(detail)));
    this.#root.replaceChildren(this.#part);
    this.setTheme(options.theme ?? "system");
    this.#tellOfWorker(signal);
  }

  /** The page around this one may have a worker, and it may come late: said, not refused, for that page could do the same without one. */
  #tellOfWorker(signal) {
    const look = () => {
      try {
        if (!navigator.serviceWorker?.controller || this.#isOver || this.#worker) {
          return;
        }
      } catch {
        // A page that may have none has none.
        return;
      }
      this.#worker = document.createElement("div");
      this.#worker.className = "embed worker";
      this.#worker.lang = "en";
      this.#worker.dir = "ltr";
      this.#worker.setAttribute("role", "note");
      this.#worker.textContent = texts.worker;
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
      throw new CmgEntraSetupError("stopped");
    }
    if (!isSecureContext) {
      throw new CmgEntraSetupError("insecure");
    }
    if (!isAble()) {
      throw new CmgEntraSetupError("lacking");
    }
    checkOptions(this.#options);
    const { glue, sheets } = await loadOnce();
    if (this.#isOver || dead) {
      return;
    }
    this.#root.adoptedStyleSheets = sheets;
    // Sizes are those of the browser's own type, whatever the portal has made of its root element.
    const { style } = this.#part;
    style.fontSize = "medium";
    style.setProperty("--rem", getComputedStyle(this.#part).fontSize);
    style.removeProperty("font-size");
    const key = this.#options.key ?? "part";
    // Two instances of the same name would write over each other's answers.
    const memory = [...instances].some((other) => other.key === key) ? undefined : key;
    this.key = memory;
    instances.add(this);
    try {
      this.#program = glue.mount(this.#part, portalOf(this.#options, memory));
    } catch (error) {
      instances.delete(this);
      if (typeof error === "string") {
        throw new CmgEntraSetupError("settings", error);
      }
      stop();
      throw new CmgEntraSetupError("stopped");
    }
  }

  setTheme(theme) {
    this.#part.dataset.theme = themes.includes(theme) ? theme : "system";
  }

  /** Shows why it is over, in place of what was there. */
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
    // Yew keeps for ever what is taken down before it was drawn.
    if (this.#isDrawn || !this.#program) {
      this.#takeDown();
    }
  }

  #takeDown() {
    this.#over.abort();
    delete this.#part.addEventListener;
    try {
      this.#program?.unmount();
      spare.push(this.#part);
    } catch {
      stop();
    }
    this.#program = undefined;
  }

  #tell(event) {
    // The first thing that is told is that it is there.
    const isFirst = !this.#isDrawn;
    this.#isDrawn = true;
    if (this.#isOver) {
      // Not while it speaks.
      return isFirst && queueMicrotask(() => this.#takeDown());
    }
    try {
      this.#options.onEvent?.(event);
    } catch (error) {
      // The portal's own fault, told as such, and not ours to stop for.
      reportError(error);
    }
  }
}

/** The shadow root of each element: there can be one only, for as long as the element lives. */
const roots = new WeakMap();
/** The instance in each element. */
const mounted = new WeakMap();

/** Draws the page into an element. */
export async function mount(host, options = {}) {
  mounted.get(host)?.unmount();
  const instance = new Instance(host, { ...options });
  mounted.set(host, instance);
  try {
    await instance.start();
  } catch (error) {
    instance.fail(error);
    throw error;
  }
  return { unmount: () => instance.unmount(), setTheme: (theme) => instance.setTheme(theme) };
}

/** The same as an element: options are properties, `theme` and `place` are attributes too, and events are events. */
export class CmgEntraSetupElement extends HTMLElement {
  static observedAttributes = ["theme"];

  #instance;

  connectedCallback() {
    // One turn later: a framework sets the properties after the element is there, and may move it at once.
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
      // Moved within the page, it stays what it is.
      if (!this.isConnected) {
        this.#instance?.unmount();
        this.#instance = undefined;
      }
    });
  }

  attributeChangedCallback() {
    this.#instance?.setTheme(this.getAttribute("theme"));
  }

  #options() {
    const given = {
      acquireToken: this.acquireToken,
      config: this.config,
      theme: this.getAttribute("theme"),
      place: this.getAttribute("place"),
      key: this.id || undefined,
      onEvent: (detail) => this.dispatchEvent(new CustomEvent(detail.type.slice(typePrefix.length), { detail })),
    };
    return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== null));
  }
}

// Not fields: what a framework set before the element was known would be lost.
CmgEntraSetupElement.prototype.acquireToken = undefined;
CmgEntraSetupElement.prototype.config = undefined;

/**
 * A fault of the program reaches the window as an error. Errors of others, the portal's WebAssembly included, are not ours: the first file
 * that a stack names is where it was thrown. Frames of a program compiled from bytes may name none, and then the next one decides.
 */
function isOurs(error) {
  const { RuntimeError } = globalThis.WebAssembly ?? {};
  if (!files.program || !((RuntimeError && error instanceof RuntimeError) || error instanceof RangeError)) {
    return false;
  }
  // A message may name anything.
  const stack = String(error.stack ?? "").replace(String(error), "");
  const thrownIn = /\b(?!wasm:)[a-z][a-z0-9+.-]*:\/\/[^\s()]+/i.exec(stack)?.[0];
  return [import.meta.url, home + files.program].some((file) => thrownIn?.startsWith(file));
}
addEventListener("error", ({ error }) => isOurs(error) && stop());
addEventListener("unhandledrejection", ({ reason }) => isOurs(reason) && stop());

if (!customElements.get("cmg-entra-setup")) {
  customElements.define("cmg-entra-setup", CmgEntraSetupElement);
}
