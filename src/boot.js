// Starts the page: checks what the browser and the host must give, then loads the program and watches that it lives.
//
// JavaScript, because it must be able to speak when the WebAssembly cannot, and before anything is loaded. It knows nothing of Microsoft, sign-in or plans.
// The address and hash of the program are in the preload link which the build writes into index.html.

// Written by the build (xtask/release/src/glue.rs): what wasm-bindgen makes of the program's functions. In this very file, so that its
// hash covers them: WebKit imports a module whatever hash it is preloaded with.
const bindings = null;

// Every sentence here stands where the catalogue (src/words) cannot be read.
const texts = {
  framed: {
    title: "This page does not run inside another page",
    body: "It asks for high permissions, so it opens only in a tab or window of its own, where you can see its address.",
    link: "Open it in a new tab",
  },
  covered: "The browser is not sure that this can be seen as it is, so it does nothing.",
  unseen: {
    body: "Nothing can be pressed here. Something lies over this page, or the page around it changes how it looks (filter, opacity or transform), so the browser cannot be sure that you see what you press.",
    link: "Open it in a new tab",
  },
  insecure: {
    title: "This address is not secure",
    body: "The page was opened without HTTPS. Open it with an address that begins with https://",
  },
  foreignWorker: {
    title: "Another program stands between you and this page",
    body: "A service worker of another application on this address can read and change what the page sends. This page needs an address of its own: tell the people who host it.",
  },
  lateWorker: {
    body: "A service worker of another application on this address has taken over this page. From now on nothing is sent: the worker could read it and change the answers. Save a secret that is still shown, then close the page. What was done in the tenant is done. Tell the people who host this page: it needs an address of its own.",
  },
  oldBrowser: {
    title: "This browser lacks something the page needs",
    body: "Update the browser, or use a current Edge, Chrome, Firefox or Safari. If the browser is current, a company policy may have switched off",
  },
  apart: {
    title: "This browser does not let the page work inside another page",
    body: "It has to open in a tab of its own. Withheld in a frame of another site:",
    link: "Open it in a new tab",
  },
  mismatch: {
    title: "The files of this page do not fit together",
    body: "A file is missing or is not the one that was published, so nothing was started. Reload the page. If this stays, tell the people who host it: every file must be published anew, together.",
    button: "Reload the page",
  },
  missing: {
    title: "A file of this page is missing",
    body: "Nothing was started. Reload the page. If this stays, tell the people who host it to publish every file anew, together. Their server answers",
    button: "Reload the page",
  },
  mistyped: {
    title: "A file of this page is sent as something else",
    body: "Nothing was started. Tell the people who host it: their server has to send .js as text/javascript, .css as text/css and .wasm as application/wasm, and must not answer a missing file with a page. It sends",
    button: "Reload the page",
  },
  unreached: {
    title: "A file of this page does not arrive",
    body: "Nothing was started. Check the network, then reload the page. What does not arrive is",
    button: "Reload the page",
  },
  door: {
    title: "The host does not hand over a file of this page",
    body: "Nothing was started. The host refuses the file, or sends to another address in its place, as a sign-in in front of it does. Reload the page, and sign in there if you are asked to. If this stays, tell the people who host it. The file is",
    button: "Reload the page",
  },
  stopped: {
    title: "The page has stopped",
    body: "A fault in the page made it stop, and it was closed so that it cannot do anything wrong. What it had already done in the tenant is done. Start again and go to the review: it finds what is there, and nothing is made twice.",
    button: "Start again",
  },
};

// Set just before the page is closed by a fault, read and deleted by the start that follows.
const stoppedMark = "cmg-entra-setup.stopped";

function linkToTab(text) {
  const link = document.createElement("a");
  link.href = location.origin + location.pathname;
  link.target = "_blank";
  link.rel = "noopener";
  link.textContent = text;
  return link;
}

/** Replaces whatever is shown by a page that needs nothing but this file. */
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

/** Says something above the page, which stays as it is: it may hold a secret that is not saved yet. Gives what takes the text away again. */
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

/** Every message between this page and the one that holds it has a type that begins so, and a version. src/ui/host.rs names both so too. */
const typePrefix = "cmg-entra-setup.";
const version = 1;

/** Whether something said by a parent is of this type, with these further properties and nothing else. */
const isMessage = (data, type, ...names) =>
  data?.type === typePrefix + type &&
  data.version === version &&
  Object.getPrototypeOf(data) === Object.prototype &&
  Object.keys(data).length === 2 + names.length &&
  names.every((name) => Object.hasOwn(data, name));

/**
 * In a frame: the origin of the page that holds this one directly, if the host has listed it (`parents` in config.json).
 *
 * Browsers name the parent. One that hides its name has a few seconds to introduce itself: a message carries its true origin.
 */
async function allowedParent() {
  // A sandbox hands a page without an origin nothing that this one needs.
  if (parent !== top || self.origin === "null") {
    return undefined;
  }
  const introduced = new Promise((resolve) => {
    addEventListener("message", ({ source, origin, data }) => {
      if (source === parent && isMessage(data, "parent")) {
        resolve(origin);
      }
    });
    setTimeout(resolve, 5000);
  });
  try {
    const answer = await fetch("config.json", { cache: "no-store", credentials: "same-origin", redirect: "error" });
    const { parents } = await answer.json();
    if (!Array.isArray(parents) || parents.length === 0) {
      return undefined;
    }
    const named = location.ancestorOrigins?.[0];
    // An opaque origin is named "null", and so is one that hides itself.
    const origin = named && named !== "null" ? named : await introduced;
    return /^https:/.test(origin) && parents.includes(origin) ? origin : undefined;
  } catch {
    return undefined;
  }
}

/** Takes the theme of the page that holds this one. One that comes early waits until it is known who that may be. */
function takeTheme(allowed) {
  addEventListener("message", async ({ source, origin, data }) => {
    const isTheme = isMessage(data, "theme", "theme") && ["light", "dark", "system"].includes(data.theme);
    if (source === parent && isTheme && origin === (await allowed)) {
      document.documentElement.dataset.theme = data.theme;
    }
  });
}

/** Tells the page that holds this one, and nobody else, what the program has to say to it (src/ui/host.rs), and how high this page is. */
function tellParent(origin) {
  addEventListener(`${typePrefix}tell`, ({ detail }) => parent.postMessage(JSON.parse(detail), origin));
  let told;
  new ResizeObserver(() => {
    const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
    // The line that stands there until the page does is no height to make a frame of.
    if (height !== told && !document.querySelector(".starting")) {
      told = height;
      parent.postMessage({ type: `${typePrefix}height`, version, height }, origin);
    }
  }).observe(document.documentElement);
}

/** What a person can press or change. */
const controls = "button, input, select, textarea, summary, a[href]";
/** Keys that move the focus change nothing, and holding one back would lock a person in. */
const moves = ["Tab", "Escape", "Shift", "Control", "Alt", "Meta"];

/** In a frame: a control works only while the browser is sure that nothing covers it. Only Chromium can tell. */
function guardControls() {
  let takeBack;
  /** Where nothing at all can be pressed, the page says why and offers a way on. */
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
      for (const { target, isIntersecting, isVisible } of entries) {
        // Out of sight is not covered: it comes into sight when it gets the focus.
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
      // The way out of the frame needs no guard: it shows the page where its address can be seen.
      if (!watched.has(control) && !control.closest(".last-resort")) {
        watched.add(control);
        control.dataset.covered = "away";
        observer.observe(control);
      }
    }
  }).observe(document, { childList: true, subtree: true });
  const guard = (event) => {
    const covered = event.target.closest?.("[data-covered]")?.dataset.covered;
    // The focus brings into sight what is typed into; a click needs the eye first.
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

/** True if the page before this one was closed by a fault. */
function takeStoppedMark() {
  try {
    const found = sessionStorage.getItem(stoppedMark) !== null;
    sessionStorage.removeItem(stoppedMark);
    return found;
  } catch {
    return false;
  }
}

/** What this browser lacks, in the words of its makers, or nothing. */
function lacking() {
  const needed = {
    WebAssembly: () => WebAssembly.instantiateStreaming,
    "Web Crypto": () => crypto.subtle && crypto.getRandomValues,
    "64-bit integers": () => BigInt64Array,
    "session storage": () => sessionStorage,
    IndexedDB: () => indexedDB,
    "Web Locks": () => navigator.locks,
  };
  return Object.keys(needed).filter((name) => {
    try {
      return !needed[name]();
    } catch {
      return true;
    }
  });
}

/** A service worker that takes this page over sees every request, also where it was not there at the start (`clients.claim()`). */
function isWatchedByWorker() {
  try {
    return Boolean(navigator.serviceWorker?.controller);
  } catch {
    return false;
  }
}

/** Calls once when a worker takes this page over. */
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
    // A page that may have none has none.
  }
}

let dead = false;

/**
 * A trap leaves the program's memory in an unknown state, with secrets possibly in it and requests possibly under way. Nothing may
 * enter it again: the document is thrown away, and the next one starts without the program.
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
 * Only faults of the program itself: an error of, say, a refused clipboard is the program's to handle, and one of an extension is not ours.
 *
 * The first file that a stack names is where it was thrown. Frames of a program compiled from bytes may name none: a trap without any
 * name is taken for ours, because going on after one of our own would be worse than stopping for another's.
 */
function isOurs(error, files) {
  const isTrap = error instanceof WebAssembly.RuntimeError;
  if (!isTrap && !(error instanceof RangeError)) {
    return false;
  }
  // A message may name anything.
  const stack = String(error.stack ?? "").replace(String(error), "");
  const thrownIn = /\b(?!wasm:)[a-z][a-z0-9+.-]*:\/\/[^\s()]+/i.exec(stack)?.[0];
  return thrownIn === undefined ? isTrap : files.some((file) => thrownIn.startsWith(file));
}

/** Compiles the program, whose hash the browser has compared. A host that sends it as something else only costs the time of a copy. */
async function compile(program) {
  if (/^application\/wasm$/i.test(program.headers.get("content-type")?.trim())) {
    return WebAssembly.compileStreaming(program);
  }
  return WebAssembly.compile(await program.arrayBuffer());
}

/** Says which of these files keeps the page from starting, and what its host answers: the browser tells a script no more than "no". */
async function explain(files) {
  for (const { href } of files) {
    const name = new URL(href).pathname.split("/").pop();
    try {
      const answer = await fetch(href, { cache: "no-store", credentials: "same-origin", redirect: "manual" });
      answer.body?.cancel();
      if (answer.type === "opaqueredirect" || [401, 403, 407].includes(answer.status)) {
        return show(texts.door, name);
      }
      if (!answer.ok) {
        return show(texts.missing, `HTTP ${answer.status} for ${name}`);
      }
      const kind = answer.headers.get("content-type")?.split(";")[0].trim() || "nothing";
      // Browsers run a script only as one, and a style sheet too; the program is taken as whatever it is sent, but a page in its place is none.
      const right = { js: /\/(x-)?(java|ecma)script$/i, css: /\/css$/i }[name.split(".").pop()];
      if (right ? !right.test(kind) : /html/i.test(kind)) {
        return show(texts.mistyped, `${name} as ${kind}`);
      }
    } catch {
      return show(texts.unreached, name);
    }
  }
  show(texts.mismatch);
}

/** Goes on at the one address of the page. True if the browser is on its way there. */
function isLeavingForAddress() {
  const address = new URL(document.baseURI);
  // Nothing relative can be asked for beside `user:password@`.
  if (address.username || address.password) {
    address.username = "";
    address.password = "";
    location.replace(address.href);
    return true;
  }
  // What is registered as redirect URI is the folder.
  const folder = address.pathname.replace(/\/index\.html?$/i, "/");
  if (folder !== address.pathname) {
    history.replaceState(history.state, "", folder + location.search + location.hash);
  }
  return false;
}

/** The style sheets that did not come, or are not those that were published. Parts of the page would be in sight that have to be hidden. */
async function lostStyles() {
  const lost = () =>
    [...document.querySelectorAll("link[rel=stylesheet]")].filter(({ sheet }) => {
      try {
        return !(sheet.cssRules.length > 0);
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
  if (isFramed) {
    const allowed = allowedParent();
    takeTheme(allowed);
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
  // The program may ask "leave the page?" while a run is under way. A dead program must not be asked.
  addEventListener("beforeunload", (event) => dead && event.stopImmediatePropagation(), true);

  const wasm = document.querySelector("link[rel=preload][as=fetch]");
  const script = document.querySelector("link[rel=modulepreload]");
  const names = [import.meta.url, script?.href, wasm?.href].filter(Boolean);
  addEventListener("error", ({ error }) => isOurs(error, names) && stop());
  addEventListener("unhandledrejection", ({ reason }) => isOurs(reason, names) && stop());
  let glue;
  let program;
  try {
    program = await compile(await fetch(wasm.href, { integrity: wasm.integrity }));
    // A page that `trunk serve` shows while it is worked on has a file of its own for them.
    glue = bindings?.() ?? (await import(script.href));
  } catch {
    return explain([script, wasm].filter(Boolean));
  }
  try {
    await glue.default({ module_or_path: program });
    if (isWatchedByWorker()) {
      return show(texts.foreignWorker);
    }
    // The program looks for itself before everything it sends; this tells the person.
    onTakenOver(() => {
      glue.halt();
      warn(texts.lateWorker);
    });
    glue.start();
  } catch (error) {
    if (error instanceof WebAssembly.LinkError || error instanceof TypeError) {
      return show(texts.mismatch);
    }
    stop();
  }
}

start();
