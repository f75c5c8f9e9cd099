// The sign-in window of a page in a frame: opens Microsoft's sign-in page and passes its response to the frame.
//
// It has no token and no plan, only the name of a channel, which the frame generates for each attempt. The frame checks the response
// (crates/engine/src/auth/sign_in.rs).

// Texts shown without the sentences of the program (locales).
const allTexts = {
  en: {
    opening: {
      title: "Opening Microsoft's sign-in page",
      body: "This window continues automatically.",
    },
    unreached: {
      title: "The page that opened this window cannot be reached",
      body: "The browser separates this window from that page. Close this window. The page offers a link to its own tab: sign in there.",
    },
    answering: {
      title: "Returning to the page",
      body: "This window closes automatically.",
    },
    taken: {
      title: "You can close this window",
      body: "The page continues with Microsoft's response.",
    },
    late: {
      title: "This sign-in is no longer active",
      body: "It was cancelled or took too long, or its page was closed. Close this window.",
    },
    cold: {
      title: "There is nothing to do in this window",
      body: "It is only part of a sign-in and never asks for a password. You can close it.",
    },
  },
  de: {
    opening: {
      title: "Die Anmeldeseite von Microsoft wird geöffnet",
      body: "Dieses Fenster wird automatisch fortgesetzt.",
    },
    unreached: {
      title: "Die Seite, die dieses Fenster geöffnet hat, ist nicht erreichbar",
      body: "Der Browser trennt dieses Fenster von dieser Seite. Schließen Sie dieses Fenster. Die Seite bietet einen Link zu einer eigenen Registerkarte an: Melden Sie sich dort an.",
    },
    answering: {
      title: "Zurück zur Seite",
      body: "Dieses Fenster wird automatisch geschlossen.",
    },
    taken: {
      title: "Sie können dieses Fenster schließen",
      body: "Die Seite wird mit der Antwort von Microsoft fortgesetzt.",
    },
    late: {
      title: "Diese Anmeldung ist nicht mehr aktiv",
      body: "Sie wurde abgebrochen oder hat zu lange gedauert, oder ihre Seite wurde geschlossen. Schließen Sie dieses Fenster.",
    },
    cold: {
      title: "In diesem Fenster gibt es nichts zu tun",
      body: "Es ist nur Teil einer Anmeldung und fragt nie nach einem Kennwort. Sie können es schließen.",
    },
  },
};
let texts = allTexts.en;

/**
 * @param {string | undefined} wanted The language of the page that opened this window.
 */
function showLanguage(wanted) {
  const first = [wanted, ...navigator.languages].find((tag) => tag && /^(de|en)\b/i.test(tag));
  const tag = first?.toLowerCase().startsWith("de") ? "de" : "en";
  texts = allTexts[tag];
  document.documentElement.lang = tag;
}

/** The sign-in hosts of crates/domain/src/cloud.rs; tests/native/shell.rs compares the two. */
const hosts = ["login.microsoftonline.com", "login.microsoftonline.us"];

/** src/browser/bridge.rs has the same value. */
const channelPrefix = "cmg-entra-setup.sign-in.";
/** Session storage key of the channel's name while this window shows Microsoft's page; deleted on read. */
const keptAs = "cmg-entra-setup:bridge";
/** @param {string} text */
const isName = (text) => /^[0-9a-f]{64}$/.test(text);
/** Longest accepted address or response, in characters. */
const longest = 16384;
/** Milliseconds to wait for the frame. */
const patience = 5000;

/** @param {Notice} text */
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

/**
 * True for a sign-in of this site: a known host, the authorize endpoint, and a redirect to this window with the response in the fragment.
 * @param {string} text
 */
function isSignIn(text) {
  if (text.length > longest) {
    return false;
  }
  const url = new URL(text);
  /** @type {(name: string, value: string) => boolean} */
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

/**
 * Sends one message to the frame and passes the text after `word` in its reply to `heard`. Without a reply, shows `unheard`.
 * @param {string} name
 * @param {string} message
 * @param {string} word
 * @param {(rest: string) => void} heard
 * @param {Notice} unheard
 */
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

/** @param {string} name */
function goOn(name) {
  show(texts.opening);
  exchange(
    name,
    "hello",
    "go ",
    (url) => {
      try {
        if (isSignIn(url)) {
          sessionStorage.setItem(keptAs, `${name}.${document.documentElement.lang}`);
          return location.replace(url);
        }
      } catch {
        // The text is no address, or the browser blocks session storage.
      }
      show(texts.unreached);
    },
    texts.unreached,
  );
}

/**
 * @param {string} name
 * @param {string} answer
 */
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
  // The name of the channel, and the language.
  const [name, wanted] = fragment.split(".");
  const [keptName, keptLanguage] = takeKept()?.split(".") ?? [];
  showLanguage(isName(name ?? "") ? wanted : keptLanguage);
  // First: the address and the history must not keep a response.
  history.replaceState(null, "", location.pathname);
  // The frame opens this window without an opener, and it is never in a frame.
  if (top !== self || opener || !isSecureContext) {
    return show(texts.cold);
  }
  if (name && isName(name)) {
    return goOn(name);
  }
  if (keptName && isName(keptName) && fragment && fragment.length <= longest) {
    return goBack(keptName, fragment);
  }
  show(texts.cold);
}

start();
