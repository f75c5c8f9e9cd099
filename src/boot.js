// Starts the page: checks what the browser and the host must give, then loads the program and watches that it lives.
//
// JavaScript, because it must be able to speak when the WebAssembly cannot. It knows nothing of Microsoft, sign-in or plans.
// The addresses and hashes of the program are the preload links which the build writes into index.html.

// Every sentence here stands where the catalogue (src/words) cannot be read.
const texts = {
  framed: {
    title: "This page does not run inside another page",
    body: "It asks for high permissions, so it opens only in a tab or window of its own, where you can see its address.",
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
  oldBrowser: {
    title: "This browser lacks something the page needs",
    body: "Update the browser, or use a current Edge, Chrome, Firefox or Safari. If the browser is current, a company policy may have switched off",
  },
  mismatch: {
    title: "The files of this page do not fit together",
    body: "A file is missing or is not the one that was published, so nothing was started. Reload the page. If this stays, tell the people who host it: every file must be published anew, together.",
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

async function start() {
  if (top !== self) {
    return show(texts.framed);
  }
  if (!isSecureContext) {
    return show(texts.insecure);
  }
  if (isWatchedByWorker()) {
    return show(texts.foreignWorker);
  }
  const missing = lacking();
  if (missing.length > 0) {
    return show(texts.oldBrowser, missing.join(", "));
  }
  if (takeStoppedMark()) {
    return show(texts.stopped);
  }

  addEventListener("error", (event) => watch(event.error));
  addEventListener("unhandledrejection", (event) => watch(event.reason));
  // The program may ask "leave the page?" while a run is under way. A dead program must not be asked.
  addEventListener("beforeunload", (event) => dead && event.stopImmediatePropagation(), true);

  let glue;
  let program;
  try {
    const script = document.querySelector("link[rel=modulepreload]");
    const wasm = document.querySelector("link[rel=preload][as=fetch]");
    [glue, program] = await Promise.all([
      // A module preloaded with a hash that does not match cannot be imported.
      import(script.href),
      fetch(wasm.href, { integrity: wasm.integrity }),
    ]);
    if (!program.ok) {
      throw new TypeError();
    }
    program = await WebAssembly.compileStreaming(program);
  } catch {
    return show(texts.mismatch);
  }
  try {
    await glue.default({ module_or_path: program });
  } catch (error) {
    if (error instanceof WebAssembly.LinkError || error instanceof TypeError) {
      return show(texts.mismatch);
    }
    stop();
  }
}

start();
