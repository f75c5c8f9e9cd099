// The window in which a page in a frame signs somebody in: on to Microsoft's page, and back with its answer.
//
// Knows no token and no plan, only the name of a channel, which the frame drew for one attempt and tells it. What it brings back is
// checked by the frame (src/auth/sign_in.rs).

// Every sentence here stands where the catalogue (src/words) cannot be read.
const texts = {
  opening: {
    title: "Opening Microsoft's sign-in page",
    body: "This window goes on by itself.",
  },
  unreached: {
    title: "The page that opened this window cannot be reached",
    body: "The browser keeps this window and that page apart. Close this window. The page offers a tab of its own: sign in there.",
  },
  answering: {
    title: "Going back to the page",
    body: "This window closes by itself.",
  },
  taken: {
    title: "You may close this window",
    body: "The page goes on with Microsoft's answer.",
  },
  late: {
    title: "Nobody waits for this sign-in any more",
    body: "It was cancelled or took too long, or its page was closed. Close this window.",
  },
  cold: {
    title: "There is nothing to do in this window",
    body: "It is only a part of a sign-in and never asks for a password. You may close it.",
  },
};

/** The sign-in hosts of src/domain/cloud.rs; tests/native/shell.rs compares the two. */
const hosts = ["login.microsoftonline.com", "login.microsoftonline.us"];

/** src/browser/bridge.rs names it so too. */
const channelPrefix = "cmg-entra-setup.sign-in.";
/** Where the name of the channel is kept while this window is on Microsoft's page; deleted on read. */
const keptAs = "cmg-entra-setup:bridge";
const isName = (text) => /^[0-9a-f]{64}$/.test(text);
/** Longest address or answer there is. */
const longest = 16384;
/** Milliseconds the frame has to answer. */
const patience = 5000;

function show(text) {
  const main = document.createElement("main");
  main.className = "last-resort";
  const title = document.createElement("h1");
  title.textContent = text.title;
  title.tabIndex = -1;
  const body = document.createElement("p");
  body.textContent = text.body;
  main.append(title, body);
  document.body.replaceChildren(main);
  document.title = `${text.title} - CMG Entra Setup`;
  title.focus();
}

function takeKept() {
  try {
    const kept = sessionStorage.getItem(keptAs);
    sessionStorage.removeItem(keptAs);
    return kept;
  } catch {
    return null;
  }
}

/** Whether an address is a sign-in of this site, exactly: a known host, the authorize endpoint, and back to here, in the fragment. */
function isSignIn(text) {
  if (text.length > longest) {
    return false;
  }
  const url = new URL(text);
  const only = (name, value) => url.searchParams.getAll(name).join() === value;
  return (
    hosts.some((host) => text.startsWith(`https://${host}/`)) &&
    /^\/[0-9A-Za-z.-]+\/oauth2\/v2\.0\/authorize$/.test(url.pathname) &&
    url.hash === "" &&
    only("redirect_uri", location.origin + location.pathname) &&
    only("response_mode", "fragment") &&
    only("response_type", "code")
  );
}

/** Says one thing to the frame and hears one thing from it: what follows `word`. */
function exchange(name, message, word, heard, unheard) {
  const channel = new BroadcastChannel(channelPrefix + name);
  const timer = setTimeout(() => {
    channel.close();
    show(unheard);
  }, patience);
  channel.onmessage = ({ data }) => {
    if (typeof data === "string" && data.startsWith(word)) {
      clearTimeout(timer);
      channel.close();
      heard(data.slice(word.length));
    }
  };
  channel.postMessage(message);
}

function goOn(name) {
  show(texts.opening);
  exchange(
    name,
    "hello",
    "go ",
    (url) => {
      try {
        if (isSignIn(url)) {
          sessionStorage.setItem(keptAs, name);
          return location.replace(url);
        }
      } catch {
        // No address, or a browser that keeps nothing.
      }
      show(texts.unreached);
    },
    texts.unreached,
  );
}

function goBack(name, answer) {
  show(texts.answering);
  exchange(
    name,
    `answer ${answer}`,
    "taken",
    () => {
      show(texts.taken);
      close();
    },
    texts.late,
  );
}

function start() {
  const fragment = location.hash.slice(1);
  const kept = takeKept();
  // Before anything else: the address, and with it the history, must not keep an answer.
  history.replaceState(null, "", location.pathname);
  // The page in the frame opens it without an opener, and nobody shows it in a frame.
  if (top !== self || opener || !isSecureContext) {
    return show(texts.cold);
  }
  if (isName(fragment)) {
    return goOn(fragment);
  }
  if (kept && isName(kept) && fragment && fragment.length <= longest) {
    return goBack(kept, fragment);
  }
  show(texts.cold);
}

start();
