// Starts the page: checks what the browser and the host must give, then loads the program and watches that it lives.
//
// JavaScript, because it must be able to speak when the WebAssembly cannot, and before anything is loaded. It knows nothing of Microsoft, sign-in or plans.
// The addresses and hashes of the program are the preload links which the build writes into index.html.

// Every sentence here stands where the catalogue (src/words) cannot be read.
const texts = {
  framed: {
    title: "This page does not run inside another page",
    body: "It asks for high permissions, so it opens only in a tab or window of its own, where you can see its address.",
    link: "Open it in a new tab",
  },
  covered: "Something lies over this button, so it does nothing.",
  insecure: {
    title: "This address is not secure",
    body: "The page was opened without HTTPS. Open it with an address that begins with https://",
  },
  foreignWorker: {
    title: "Another program stands between you and this page",
    body: "A service worker of another application on this address can read and change what the page sends. This page needs an address of its own: tell the people who host it.",
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
    body: "Nothing was started. Tell the people who host it: their server has to send .js as text/javascript and .wasm as application/wasm, and must not answer a missing file with a page. It sends",
    button: "Reload the page",
  },
  unreached: {
    title: "A file of this page does not arrive",
    body: "Nothing was started. Check the network, then reload the page. What does not arrive is",
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
    const link = document.createElement("a");
    link.href = location.origin + location.pathname;
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = text.link;
    main.append(link);
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
    const answer = await fetch("config.json", { cache: "no-store", credentials: "omit", redirect: "error" });
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

/** In a frame: a button works only while the browser is sure that nothing covers it. Only Chromium can tell. */
function guardButtons() {
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
    },
    { trackVisibility: true, delay: 100 },
  );
  if (!observer.trackVisibility) {
    return;
  }
  const watched = new WeakSet();
  new MutationObserver(() => {
    for (const button of document.querySelectorAll("button")) {
      if (!watched.has(button)) {
        watched.add(button);
        button.dataset.covered = "away";
        observer.observe(button);
      }
    }
  }).observe(document, { childList: true, subtree: true });
  addEventListener(
    "click",
    (event) => {
      if (event.target.closest("[data-covered]")) {
        event.stopImmediatePropagation();
        event.preventDefault();
      }
    },
    true,
  );
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

function isWatchedByWorker() {
  try {
    return Boolean(navigator.serviceWorker?.controller);
  } catch {
    return false;
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

/** Only faults of the program itself: an error of, say, a refused clipboard is the program's to handle. */
function watch(error) {
  if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) {
    stop();
  }
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
      const answer = await fetch(href, { cache: "no-store", credentials: "omit", redirect: "error" });
      answer.body?.cancel();
      if (!answer.ok) {
        return show(texts.missing, `HTTP ${answer.status} for ${name}`);
      }
      const kind = answer.headers.get("content-type")?.split(";")[0].trim() || "nothing";
      // Browsers run a script only as one; the program is taken as whatever it is sent, but a page in its place is none.
      if (name.endsWith(".js") ? !/\/(x-)?(java|ecma)script$/i.test(kind) : /html/i.test(kind)) {
        return show(texts.mistyped, `${name} as ${kind}`);
      }
    } catch {
      return show(texts.unreached, name);
    }
  }
  show(texts.mismatch);
}

async function start() {
  const isFramed = top !== self;
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
  if (takeStoppedMark()) {
    return show(texts.stopped);
  }

  if (isFramed) {
    guardButtons();
  }
  addEventListener("error", (event) => watch(event.error));
  addEventListener("unhandledrejection", (event) => watch(event.reason));
  // The program may ask "leave the page?" while a run is under way. A dead program must not be asked.
  addEventListener("beforeunload", (event) => dead && event.stopImmediatePropagation(), true);

  const files = [document.querySelector("link[rel=modulepreload]"), document.querySelector("link[rel=preload][as=fetch]")];
  let glue;
  let program;
  try {
    const [script, wasm] = files;
    [glue, program] = await Promise.all([
      // A module preloaded with a hash that does not match cannot be imported.
      import(script.href),
      fetch(wasm.href, { integrity: wasm.integrity }),
    ]);
    program = await compile(program);
  } catch {
    return explain(files.filter(Boolean));
  }
  try {
    await glue.default({ module_or_path: program });
    glue.start();
  } catch (error) {
    if (error instanceof WebAssembly.LinkError || error instanceof TypeError) {
      return show(texts.mismatch);
    }
    stop();
  }
}

start();
