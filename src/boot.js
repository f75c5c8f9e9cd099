// Starts the page: checks the browser and the web server, loads the program (WebAssembly), and stops it after a fault.
//
// JavaScript, because it shows messages before the program is loaded and when it cannot run. It contains nothing about Microsoft services,
// sign-in or plans. The preload link that the build writes into index.html has the address and hash of the program.

// The build replaces null with the functions of wasm-bindgen (xtask/release/src/glue.rs). They are in this file so that its hash covers
// them: WebKit imports a module without checking the hash of its preload.
/** @type {(() => Glue) | null} */
const bindings = null;

// Texts shown while the sentences of the program (locales) are not available.
const allTexts = {
  en: {
    framed: {
      title: "This page does not run inside another page",
      body: "It asks for powerful permissions, so it opens only in its own tab or window, where you can see its address.",
      link: "Open it in a new tab",
    },
    covered: "The browser cannot confirm that you see this control, so it does nothing.",
    unseen: {
      body: "The controls do nothing now. Something covers this page, or the page around it changes its look (filter, opacity or transform), so the browser cannot confirm what you see.",
      link: "Open it in a new tab",
    },
    insecure: {
      title: "This address is not secure",
      body: "The page was opened without HTTPS. Use an address that begins with https://",
    },
    foreignWorker: {
      title: "Another application can read what this page sends",
      body: "A service worker of another application on this address can read and change the requests of this page. The page needs its own address. Tell the site owner.",
    },
    lateWorker: {
      body: "A service worker of another application on this address now controls this page. The page sends nothing more, because the worker could read the requests and change the responses. If a secret is still shown, save it. Then close the page. Changes already made in the tenant remain. Tell the site owner that this page needs its own address.",
    },
    oldBrowser: {
      title: "This browser lacks a feature that the page needs",
      body: "Update the browser, or use a current version of Edge, Chrome, Firefox or Safari. If the browser is current, a company policy may have turned off",
    },
    apart: {
      title: "This browser does not let the page work inside another page",
      body: "Open the page in its own tab. The browser does not provide this in a frame of another site:",
      link: "Open it in a new tab",
    },
    mismatch: {
      title: "The files of this page do not fit together",
      body: "A file is missing or differs from the published one, so nothing was started. Reload the page. If that does not help, tell the site owner to publish all files again, together.",
      button: "Reload the page",
    },
    missing: {
      title: "A file of this page is missing",
      body: "Nothing was started. Reload the page. If that does not help, tell the site owner to publish all files again, together. The web server returns",
      button: "Reload the page",
    },
    mistyped: {
      title: "A file of this page has the wrong content type",
      body: "Nothing was started. Tell the site owner: the web server must send .js as text/javascript, .css as text/css and .wasm as application/wasm, and must not return a page for a missing file. It sends",
      button: "Reload the page",
    },
    unreached: {
      title: "A file of this page cannot be loaded",
      body: "Nothing was started. Check the network connection, then reload the page. The file is",
      button: "Reload the page",
    },
    door: {
      title: "The web server refuses a file of this page",
      body: "Nothing was started. The web server refuses the file or redirects to another address, for example to its own sign-in page. Reload the page, and sign in there if you are asked to. If that does not help, tell the site owner. The file is",
      button: "Reload the page",
    },
    stopped: {
      title: "The page has stopped",
      body: "An error in the page stopped it, and it was closed to prevent wrong changes. Changes already made in the tenant remain. Start again and go to the review: it finds the existing objects, and nothing is created twice.",
      button: "Start again",
    },
  },
  de: {
    framed: {
      title: "Diese Seite läuft nicht in einer anderen Seite",
      body: "Sie fragt nach weitreichenden Berechtigungen. Daher öffnet sie sich nur in einer eigenen Registerkarte oder einem eigenen Fenster, in dem Sie ihre Adresse sehen.",
      link: "In einer neuen Registerkarte öffnen",
    },
    covered: "Der Browser kann nicht bestätigen, dass Sie dieses Steuerelement sehen. Daher ist es ohne Funktion.",
    unseen: {
      body: "Die Steuerelemente sind jetzt ohne Funktion. Etwas verdeckt diese Seite, oder die Seite um sie herum ändert ihr Aussehen (filter, opacity oder transform). Daher kann der Browser nicht bestätigen, was Sie sehen.",
      link: "In einer neuen Registerkarte öffnen",
    },
    insecure: {
      title: "Diese Adresse ist nicht sicher",
      body: "Die Seite wurde ohne HTTPS geöffnet. Verwenden Sie eine Adresse, die mit https:// beginnt.",
    },
    foreignWorker: {
      title: "Eine andere Anwendung kann lesen, was diese Seite sendet",
      body: "Ein Service Worker einer anderen Anwendung unter dieser Adresse kann die Anforderungen dieser Seite lesen und ändern. Die Seite benötigt eine eigene Adresse. Informieren Sie den Websitebesitzer.",
    },
    lateWorker: {
      body: "Ein Service Worker einer anderen Anwendung unter dieser Adresse steuert jetzt diese Seite. Die Seite sendet nichts mehr, weil der Worker die Anforderungen lesen und die Antworten ändern könnte. Wenn noch ein Geheimnis angezeigt wird, speichern Sie es. Schließen Sie dann die Seite. Bereits vorgenommene Änderungen im Mandanten bleiben bestehen. Informieren Sie den Websitebesitzer, dass diese Seite eine eigene Adresse benötigt.",
    },
    oldBrowser: {
      title: "Diesem Browser fehlt eine Funktion, die die Seite benötigt",
      body: "Aktualisieren Sie den Browser, oder verwenden Sie eine aktuelle Version von Edge, Chrome, Firefox oder Safari. Ist der Browser aktuell, hat möglicherweise eine Unternehmensrichtlinie Folgendes deaktiviert:",
    },
    apart: {
      title: "Dieser Browser lässt die Seite nicht in einer anderen Seite arbeiten",
      body: "Öffnen Sie die Seite in einer eigenen Registerkarte. Der Browser stellt in einem Frame einer anderen Website Folgendes nicht bereit:",
      link: "In einer neuen Registerkarte öffnen",
    },
    mismatch: {
      title: "Die Dateien dieser Seite passen nicht zusammen",
      body: "Eine Datei fehlt oder unterscheidet sich von der veröffentlichten. Daher wurde nichts gestartet. Laden Sie die Seite neu. Hilft das nicht, bitten Sie den Websitebesitzer, alle Dateien gemeinsam neu zu veröffentlichen.",
      button: "Seite neu laden",
    },
    missing: {
      title: "Eine Datei dieser Seite fehlt",
      body: "Es wurde nichts gestartet. Laden Sie die Seite neu. Hilft das nicht, bitten Sie den Websitebesitzer, alle Dateien gemeinsam neu zu veröffentlichen. Der Webserver antwortet mit",
      button: "Seite neu laden",
    },
    mistyped: {
      title: "Eine Datei dieser Seite hat den falschen Inhaltstyp",
      body: "Es wurde nichts gestartet. Informieren Sie den Websitebesitzer: Der Webserver muss .js als text/javascript, .css als text/css und .wasm als application/wasm senden und darf für eine fehlende Datei keine Seite zurückgeben. Er sendet",
      button: "Seite neu laden",
    },
    unreached: {
      title: "Eine Datei dieser Seite kann nicht geladen werden",
      body: "Es wurde nichts gestartet. Überprüfen Sie die Netzwerkverbindung, und laden Sie die Seite dann neu. Es handelt sich um die Datei",
      button: "Seite neu laden",
    },
    door: {
      title: "Der Webserver verweigert eine Datei dieser Seite",
      body: "Es wurde nichts gestartet. Der Webserver verweigert die Datei oder leitet zu einer anderen Adresse um, beispielsweise zu seiner eigenen Anmeldeseite. Laden Sie die Seite neu, und melden Sie sich dort an, wenn Sie dazu aufgefordert werden. Hilft das nicht, informieren Sie den Websitebesitzer. Es handelt sich um die Datei",
      button: "Seite neu laden",
    },
    stopped: {
      title: "Die Seite wurde angehalten",
      body: "Ein Fehler in der Seite hat sie angehalten. Sie wurde geschlossen, um falsche Änderungen zu verhindern. Bereits vorgenommene Änderungen im Mandanten bleiben bestehen. Beginnen Sie neu, und gehen Sie zur Überprüfung: Sie findet die vorhandenen Objekte, und nichts wird doppelt erstellt.",
      button: "Neu beginnen",
    },
  },
};
/** @type {typeof allTexts.en} */
let texts = allTexts.en;

/** The tag of the language that is shown. */
let language = "en";

/** @param {string} tag */
function showLanguage(tag) {
  language = tag;
  texts = tag === "de" ? allTexts.de : allTexts.en;
  document.documentElement.lang = tag;
  document.documentElement.dir = tag === "ar-XB" ? "rtl" : "ltr";
}

// Set before a fault reloads the page. The next start reads and deletes it.
const stoppedMark = "cmg-entra-setup.stopped";

/** @param {string} text */
function linkToTab(text) {
  const link = document.createElement("a");
  link.href = location.origin + location.pathname;
  link.target = "_blank";
  link.rel = "noopener";
  link.textContent = text;
  return link;
}

/**
 * Replaces the page with a message that needs only this file.
 * @param {Notice} text
 * @param {string} [detail]
 */
function show(text, detail) {
  const main = document.createElement("main");
  main.className = "last-resort";
  const title = document.createElement("h1");
  title.textContent = text.title;
  title.tabIndex = -1;
  const body = document.createElement("p");
  body.textContent = detail ? `${text.body} ${detail}.` : text.body;
  main.append(title, body);
  if (text.link) {
    main.append(linkToTab(text.link));
  }
  if (text.button) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text.button;
    button.addEventListener("click", () => location.reload());
    main.append(button);
  }
  document.body.replaceChildren(main);
  title.focus();
}

/**
 * Shows a message above the page and keeps the page, which may show an unsaved secret. Returns a function that removes the message.
 * @param {{ body: string, link?: string }} text
 */
function warn(text) {
  const bar = document.createElement("div");
  bar.className = "last-resort";
  bar.setAttribute("role", "alert");
  const body = document.createElement("p");
  body.textContent = text.body;
  bar.append(body);
  if (text.link) {
    bar.append(linkToTab(text.link));
  }
  document.body.prepend(bar);
  return () => bar.remove();
}

/** Prefix and version of every message between this page and its parent page; src/ui/embedding/events.rs has the same values. */
const typePrefix = "cmg-entra-setup.";
const version = 1;

/**
 * True for a message of this type that has these properties and no others.
 * @param {any} data
 * @param {string} type
 * @param {string[]} names
 */
const isMessage = (data, type, ...names) =>
  data?.type === typePrefix + type &&
  data.version === version &&
  Object.getPrototypeOf(data) === Object.prototype &&
  Object.keys(data).length === 2 + names.length &&
  names.every((name) => Object.hasOwn(data, name));

/** Whether this browser may have journals of this page (src/browser/indexed_db.rs). A browser that does not say so in time may have some. */
async function hasDatabase() {
  /** @type {Promise<IDBDatabaseInfo[]>} */
  const late = new Promise((resolve) => setTimeout(resolve, 1000, [{ name: "cmg-entra-setup" }]));
  try {
    const databases = await Promise.race([indexedDB.databases(), late]);
    return databases.some(({ name }) => name === "cmg-entra-setup");
  } catch {
    return true;
  }
}

/**
 * In a frame: the origin of the direct parent page, if the site owner lists it (`parents` in config.json).
 *
 * Browsers report the parent's origin. A parent that hides it (referrer policy) has 5 seconds to send a message, which has its true origin.
 */
async function allowedParent() {
  // In a sandbox without an origin, the page has no storage.
  if (parent !== top || self.origin === "null") {
    return undefined;
  }
  /** @type {Promise<string | undefined>} */
  const introduced = new Promise((resolve) => {
    addEventListener("message", ({ source, origin, data }) => {
      if (source === parent && isMessage(data, "parent")) {
        resolve(origin);
      }
    });
    setTimeout(resolve, 5000);
  });
  try {
    const { parents } = JSON.parse((await window.firstView?.readSettings()) ?? "{}");
    if (!Array.isArray(parents) || parents.length === 0) {
      return undefined;
    }
    const named = location.ancestorOrigins?.[0];
    // "null" is an opaque origin or a hidden one.
    const origin = named && named !== "null" ? named : await introduced;
    return origin && /^https:/.test(origin) && parents.includes(origin) ? origin : undefined;
  } catch {
    return undefined;
  }
}

/** The language that the parent page wants. @type {string | undefined} */
let wantedLanguage;

/**
 * Takes theme and language of the parent page. A message that comes early waits for the check of the parent.
 * @param {Promise<string | undefined>} allowed
 * @param {FirstView["findLanguage"]} findLanguage
 */
function takeDisplay(allowed, findLanguage) {
  addEventListener("message", async ({ source, origin, data }) => {
    const isTheme = isMessage(data, "theme", "theme") && ["light", "dark", "system"].includes(data.theme);
    const wanted = isMessage(data, "language", "language") ? findLanguage([data.language]) : undefined;
    if (source !== parent || !(isTheme || wanted) || origin !== (await allowed)) {
      return;
    }
    if (isTheme) {
      document.documentElement.dataset.theme = data.theme;
    } else {
      wantedLanguage = wanted;
      // To the program, if it is there (src/browser/window.rs).
      dispatchEvent(new CustomEvent(`${typePrefix}language`, { detail: wanted }));
    }
  });
}

/**
 * Sends the program's events (src/ui/embedding/events.rs) and the height of this page to the parent page, and to no other origin.
 * @param {string} origin
 */
function tellParent(origin) {
  addEventListener(`${typePrefix}tell`, ({ detail }) => parent.postMessage(JSON.parse(detail), origin));
  /** @type {number | undefined} */
  let told;
  new ResizeObserver(() => {
    const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
    // The height of the starting message is not reported.
    if (height !== told && !document.querySelector(".starting")) {
      told = height;
      parent.postMessage({ type: `${typePrefix}height`, version, height }, origin);
    }
  }).observe(document.documentElement);
}

const controls = "button, input, select, textarea, summary, a[href]";
/** Keys that only move the focus. Blocking them would trap keyboard users. */
const moves = ["Tab", "Escape", "Shift", "Control", "Alt", "Meta"];

/** In a frame: a control works only while the browser confirms that nothing covers it. Only Chromium reports this. */
function guardControls() {
  /** @type {(() => void) | undefined} */
  let takeBack;
  /** If no control works, the page says why and offers a link to its own tab. */
  const tell = () => {
    const inSight = document.querySelectorAll("#app [data-covered]:not([data-covered=away])");
    const isAnySeen = [...document.querySelectorAll(controls)].some((control) => watched.has(control) && !control.dataset.covered);
    if (inSight.length > 0 && !isAnySeen) {
      takeBack ??= warn(texts.unseen);
    } else if (isAnySeen) {
      takeBack?.();
      takeBack = undefined;
    }
  };
  const observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        const { isIntersecting, isVisible } = entry;
        const target = /** @type {HTMLElement} */ (entry.target);
        // A control outside the visible area is not covered: the focus scrolls it into view.
        target.title = isIntersecting && !isVisible ? texts.covered : "";
        if (isVisible) {
          delete target.dataset.covered;
        } else {
          target.dataset.covered = isIntersecting ? "over" : "away";
        }
      }
      tell();
    },
    { trackVisibility: true, delay: 100 },
  );
  if (!observer.trackVisibility) {
    return;
  }
  const watched = new WeakSet();
  new MutationObserver(() => {
    for (const control of document.querySelectorAll(controls)) {
      // The link out of the frame needs no guard: it opens the page where its address is visible.
      if (!watched.has(control) && !control.closest(".last-resort")) {
        watched.add(control);
        control.dataset.covered = "away";
        observer.observe(control);
      }
    }
  }).observe(document, { childList: true, subtree: true });
  /** @param {Event} event */
  const guard = (event) => {
    const covered = /** @type {Element} */ (event.target).closest?.("[data-covered]")?.dataset.covered;
    // The focus scrolls a field into view before typing. A click needs a visible control.
    if (covered === "over" || (covered === "away" && event.type === "click")) {
      event.stopImmediatePropagation();
      event.preventDefault();
    }
  };
  for (const type of ["click", "mousedown", "beforeinput", "drop"]) {
    addEventListener(type, guard, true);
  }
  addEventListener("keydown", (event) => moves.includes(event.key) || guard(event), true);
}

/** True if a fault closed the previous page. */
function takeStoppedMark() {
  try {
    const found = sessionStorage.getItem(stoppedMark) !== null;
    sessionStorage.removeItem(stoppedMark);
    return found;
  } catch {
    return false;
  }
}

/** The features that this browser lacks, by the names that browser vendors use. */
function lacking() {
  const needed = {
    WebAssembly: () => WebAssembly.instantiateStreaming,
    "Web Crypto": () => crypto.subtle && crypto.getRandomValues,
    "64-bit integers": () => BigInt64Array,
    "session storage": () => sessionStorage,
    IndexedDB: () => indexedDB,
    "Web Locks": () => navigator.locks,
  };
  return /** @type {(keyof typeof needed)[]} */ (Object.keys(needed)).filter((name) => {
    try {
      return !needed[name]();
    } catch {
      return true;
    }
  });
}

/** A service worker that controls this page sees every request. It can take control after the start (`clients.claim()`). */
function isWatchedByWorker() {
  try {
    return Boolean(navigator.serviceWorker?.controller);
  } catch {
    return false;
  }
}

/**
 * Calls once when a service worker takes control of this page.
 * @param {() => void} tell
 */
function onTakenOver(tell) {
  const look = () => {
    if (isWatchedByWorker()) {
      navigator.serviceWorker.removeEventListener("controllerchange", look);
      tell();
    }
  };
  try {
    navigator.serviceWorker?.addEventListener("controllerchange", look);
  } catch {
    // The browser allows no service worker here.
  }
}

let dead = false;

/**
 * A trap leaves the program's memory in an unknown state, possibly with secrets in it and with open requests. No code may enter it again:
 * the document is replaced, and the next one starts without the program.
 */
function stop() {
  if (dead) {
    return;
  }
  dead = true;
  try {
    sessionStorage.setItem(stoppedMark, "1");
    location.reload();
  } catch {
    show(texts.stopped);
  }
}

/**
 * True for a fault of the program. The program handles other errors, such as a refused clipboard. Errors of extensions do not count.
 *
 * The first file in a stack is where the error was thrown. A program compiled from bytes may have no file in its stack: a trap without a
 * file counts as the program's, because continuing after a fault is worse than stopping for an extension's trap.
 * @param {unknown} error
 * @param {string[]} files
 */
function isOurs(error, files) {
  const isTrap = error instanceof WebAssembly.RuntimeError;
  if (!isTrap && !(error instanceof RangeError)) {
    return false;
  }
  // The message is removed: it can contain any address.
  const stack = String(error.stack ?? "").replace(String(error), "");
  const thrownIn = /\b(?!wasm:)[a-z][a-z0-9+.-]*:\/\/[^\s()]+/i.exec(stack)?.[0];
  return thrownIn === undefined ? isTrap : files.some((file) => thrownIn.startsWith(file));
}

/**
 * Compiles the program, whose hash the browser has checked. With another content type, it only takes longer (D32).
 * @param {Response} program
 */
async function compile(program) {
  if (/^application\/wasm$/i.test(program.headers.get("content-type")?.trim() ?? "")) {
    return WebAssembly.compileStreaming(program);
  }
  return WebAssembly.compile(await program.arrayBuffer());
}

/**
 * Shows which of these files fails, and the web server's response. Requests each file again, because browsers give scripts no details.
 * @param {{ href: string }[]} files
 */
async function explain(files) {
  for (const { href } of files) {
    const name = new URL(href).pathname.split("/").pop() ?? "";
    try {
      const answer = await fetch(href, { cache: "no-store", credentials: "same-origin", redirect: "manual" });
      void answer.body?.cancel();
      if (answer.type === "opaqueredirect" || [401, 403, 407].includes(answer.status)) {
        return show(texts.door, name);
      }
      if (!answer.ok) {
        return show(texts.missing, `HTTP ${answer.status} for ${name}`);
      }
      const kind = answer.headers.get("content-type")?.split(";")[0]?.trim() || "nothing";
      // Browsers check the type of scripts and style sheets. The program may have any type but that of a page (D32).
      /** @type {Record<string, RegExp>} */
      const types = { js: /\/(x-)?(java|ecma)script$/i, css: /\/css$/i };
      const right = types[name.split(".").pop() ?? ""];
      if (right ? !right.test(kind) : /html/i.test(kind)) {
        return show(texts.mistyped, `${name} as ${kind}`);
      }
    } catch {
      return show(texts.unreached, name);
    }
  }
  show(texts.mismatch);
}

/** Continues at the page's one address. True if the browser is loading that address. */
function isLeavingForAddress() {
  const address = new URL(document.baseURI);
  // `fetch` refuses relative addresses below `user:password@`.
  if (address.username || address.password) {
    address.username = "";
    address.password = "";
    location.replace(address.href);
    return true;
  }
  // The registered redirect URI is the folder.
  const folder = address.pathname.replace(/\/index\.html?$/i, "/");
  if (folder !== address.pathname) {
    history.replaceState(history.state, "", folder + location.search + location.hash);
  }
  return false;
}

/** The style sheets that are missing or fail their hash. Without them, parts of the page that must be hidden would be visible. */
async function lostStyles() {
  const lost = () =>
    [...document.querySelectorAll("link[rel=stylesheet]")].filter(({ sheet }) => {
      try {
        return !(/** @type {CSSStyleSheet} */ (sheet).cssRules.length > 0);
      } catch {
        return true;
      }
    });
  if (lost().length > 0 && document.readyState !== "complete") {
    await new Promise((resolve) => addEventListener("load", resolve));
  }
  return lost();
}

async function start() {
  const isFramed = top !== self;
  if (isLeavingForAddress()) {
    return;
  }
  const view = window.firstView;
  if (!view) {
    return explain(/** @type {HTMLScriptElement[]} */ ([document.querySelector("script")]).map(({ src }) => ({ href: src })));
  }
  showLanguage(view.language);
  if (isFramed) {
    const allowed = allowedParent();
    takeDisplay(allowed, view.findLanguage);
    const origin = await allowed;
    if (!origin) {
      return show(texts.framed);
    }
    tellParent(origin);
  }
  if (!isSecureContext) {
    return show(texts.insecure);
  }
  if (isWatchedByWorker()) {
    return show(texts.foreignWorker);
  }
  const missing = lacking();
  if (missing.length > 0) {
    return show(isFramed ? texts.apart : texts.oldBrowser, missing.join(", "));
  }
  const lost = await lostStyles();
  if (lost.length > 0) {
    return explain(lost);
  }
  if (takeStoppedMark()) {
    return show(texts.stopped);
  }

  if (isFramed) {
    guardControls();
  }
  // The program asks "leave the page?" during a run. After a fault it must not be called.
  addEventListener("beforeunload", (event) => dead && event.stopImmediatePropagation(), true);

  const wasm = document.querySelector("link[rel=preload][as=fetch]");
  const script = document.querySelector("link[rel=modulepreload]");
  // The parts of the program begin with this name.
  const names = /** @type {string[]} */ ([import.meta.url, script?.href, new URL("cmg-entra-setup-", import.meta.url).href].filter(Boolean));
  addEventListener("error", ({ error }) => isOurs(error, names) && stop());
  addEventListener("unhandledrejection", ({ reason }) => isOurs(reason, names) && stop());
  const site = view.readSettings();
  const wasHere = hasDatabase();
  /** @type {Glue} */
  let glue;
  let program;
  try {
    // In development (`cargo xtask dev`), the functions are in a file of their own, and the sentences are in the program.
    glue = bindings?.() ?? (await import(/** @type {HTMLLinkElement} */ (script).href));
    if (glue.languages?.().includes(language) === false) {
      showLanguage("en");
    }
    // The program reports a failure.
    glue.fetchSentences?.(language, "start").catch(() => {});
    // For another page than the start page, the program would request the rest only when it runs itself.
    if (isFramed || location.hash.length > 2) {
      glue.prefetchPart?.("core", "high");
    }
    void site.then((text) => text && text.trim() !== "{}" && glue.prefetchPart?.("settings", "high"));
    await view.painted;
    const { href, integrity } = /** @type {HTMLLinkElement} */ (wasm);
    program = await compile(await fetch(href, { integrity }));
  } catch {
    return explain(/** @type {HTMLLinkElement[]} */ ([script, wasm].filter(Boolean)));
  }
  try {
    await glue.default({ module_or_path: program });
    // A task of its own, so that a slow browser reacts to input before it.
    await new Promise((resolve) => setTimeout(resolve));
    if (isWatchedByWorker()) {
      return show(texts.foreignWorker);
    }
    // The program also checks before every request. This message tells the user.
    onTakenOver(() => {
      glue.halt();
      warn(texts.lateWorker);
    });
    const text = await site;
    const wanted = view.languageOf(text) ?? wantedLanguage;
    // A language for tests is missing in the published page. The program says what is wrong with config.json.
    if (!view.chosen && wanted && glue.languages?.().includes(wanted) !== false) {
      showLanguage(wanted);
    }
    await glue.start(text, await wasHere, language);
    // The program draws before this.
    setTimeout(() => view.takeOver());
  } catch (error) {
    if (typeof error === "string") {
      return explain([{ href: new URL(/** @type {string} */ (error.split(" ")[0]), import.meta.url).href }]);
    }
    if (error instanceof WebAssembly.LinkError || error instanceof TypeError) {
      return show(texts.mismatch);
    }
    stop();
  }
}

void start();
