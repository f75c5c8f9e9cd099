// Shows the first view, before the program arrives: the start page as the build wrote it into index.html, in the language of the visitor.
//
// The browser waits for this script before it shows anything, so that no other language and no other theme is seen. The program takes the
// elements over (src/embed/opening.rs). What was clicked or chosen until then is done afterwards.

const root = document.documentElement;
/** The languages of the program; crates/domain/src/locale.rs has the same tags. A page may lack those for tests. */
const languages = ["en", "de", "en-XA", "ar-XB"];
/** Changes that the admin made before the program arrived end with this. */
const takenOver = new AbortController();

/** @param {string} name */
function kept(name) {
  try {
    return sessionStorage.getItem(`cmg-entra-setup:${name}`);
  } catch {
    // The browser blocks session storage. boot.js then says so.
    return null;
  }
}

/** Whether the start page is what will be shown: the rule of src/embed/opening.rs, and of boot.js for what it refuses. */
function opensStartPage() {
  try {
    const stored = Object.keys(sessionStorage).filter((key) => /^cmg-entra-setup[:.]/.test(key));
    return (
      top === self &&
      isSecureContext &&
      /^(#\/?)?$/.test(location.hash) &&
      // It may be a sign-in response.
      !location.search &&
      stored.every((key) => ["cmg-entra-setup:theme", "cmg-entra-setup:language"].includes(key)) &&
      !navigator.serviceWorker?.controller
    );
  } catch {
    return false;
  }
}

/** @type {Promise<string | undefined> | undefined} */
let settings;

/** The text of config.json, read once. A missing file means default settings. The program finds out why a file cannot be read. */
function readSettings() {
  settings ??= (async () => {
    try {
      // The page does not wait longer for it. The program then reads it while the page is already there.
      const signal = AbortSignal.timeout(5000);
      const answer = await fetch("config.json", { cache: "no-store", credentials: "same-origin", redirect: "error", signal });
      return answer.ok ? await answer.text() : answer.status === 404 ? "{}" : undefined;
    } catch {
      return undefined;
    }
  })();
  return settings;
}

/**
 * The language of the first tag that one of them answers, by the lookup of RFC 4647, section 3.4: a tag gets shorter from its end.
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

/**
 * The language of config.json.
 * @param {string | undefined} site
 */
function languageOf(site) {
  try {
    return findLanguage([JSON.parse(site ?? "").language]);
  } catch {
    // The program says what is wrong with the file.
    return undefined;
  }
}

/** The language that the admin chose: with a link, which the tab then keeps, or earlier in this tab. */
function takeChosenLanguage() {
  const [, path, query] = /^(#\/[^?]*)\?(.*)$/.exec(location.hash) ?? [];
  const pairs = query?.split("&") ?? [];
  const wish = pairs.find((pair) => pair.startsWith("language="))?.slice(9);
  const linked = wish && findLanguage([wish]);
  try {
    if (linked) {
      const rest = pairs.filter((pair) => !pair.startsWith("language="));
      history.replaceState(history.state, "", path + (rest.length > 0 ? `?${rest.join("&")}` : ""));
      sessionStorage.setItem("cmg-entra-setup:language", linked);
    }
  } catch {
    // The browser blocks session storage. boot.js then says so.
  }
  return linked || findLanguage([kept("language")]);
}

/**
 * Lists whose value the admin changed.
 * @type {Set<HTMLSelectElement>}
 */
const changed = new Set();
/** @type {HTMLElement | undefined} */
let focused;
/** @type {HTMLElement | undefined} */
let clicked;
const notice = document.createElement("div");

/**
 * Remembers what the admin does until the program is there.
 * @param {HTMLElement} app
 * @param {string} loading
 */
function watch(app, loading) {
  const { signal } = takenOver;
  notice.setAttribute("role", "status");
  app.after(notice);
  app.addEventListener("focusin", ({ target }) => (focused = /** @type {HTMLElement} */ (target)), { signal });
  app.addEventListener(
    "click",
    ({ target }) => {
      const button = /** @type {HTMLElement} */ (target).closest("button");
      if (button) {
        clicked = button;
        const text = document.createElement("p");
        text.className = "toast";
        text.textContent = loading;
        notice.replaceChildren(text);
      }
    },
    { signal },
  );
  app.addEventListener(
    "input",
    ({ target }) => {
      if (target instanceof HTMLSelectElement) {
        changed.add(target);
        if (target.name === "theme") {
          root.dataset.theme = target.value;
        }
      }
    },
    { signal },
  );
}

/** Ends the first view. Called by boot.js when the program has taken its place. */
function takeOver() {
  if (!("view" in root.dataset)) {
    return;
  }
  delete root.dataset.view;
  takenOver.abort();
  notice.remove();
  /**
   * The control itself, or the one that the program drew in its place.
   * @template {HTMLElement} T
   * @param {T | undefined} control
   * @returns {T | undefined}
   */
  const current = (control) => {
    if (!control || control.isConnected) {
      return control;
    }
    const others = /** @type {NodeListOf<T>} */ (document.querySelectorAll(`#app ${control.localName}`));
    return [...others].find(({ textContent }) => textContent === control.textContent);
  };
  if (document.activeElement === document.body) {
    current(focused)?.focus();
  }
  for (const control of changed) {
    const field = current(control);
    if (field) {
      field.value = control.value;
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
  }
  current(clicked)?.click();
}

/** @type {() => void} */
let tellPainted;
/**
 * Resolved when the first view is painted, or at once where there is none. Before that, the program would compete with the style sheets that
 * the view needs.
 * @type {Promise<void>}
 */
const painted = new Promise((resolve) => (tellPainted = resolve));

function requestProgram() {
  // The build keeps the browser from loading it (xtask/release/src/glue.rs).
  document.querySelector("link[rel=preload][as=fetch]")?.removeAttribute("media");
  tellPainted();
}

function requestProgramWhenPainted() {
  if (document.hidden) {
    // The browser paints nothing.
    requestProgram();
    return;
  }
  document.addEventListener("visibilitychange", requestProgram, { once: true });
  // The browser says it a little later than this frame. Some say it only with a delay, or not at all.
  new PerformanceObserver(requestProgram).observe({ type: "paint", buffered: true });
  requestAnimationFrame(() => setTimeout(requestProgram, 200));
}

/** Called when the page is parsed. */
function show() {
  /** @type {NodeListOf<HTMLTemplateElement>} */
  const templates = document.querySelectorAll("template[lang]");
  const views = [...templates];
  const view = views.find(({ lang }) => lang === language);
  for (const template of views) {
    template.remove();
  }
  const app = document.getElementById("app");
  if (!view || !app || !isFirst) {
    delete root.dataset.view;
    requestProgram();
    return;
  }
  requestProgramWhenPainted();
  const starting = [...app.childNodes];
  const isDemo = "demo" in view.dataset;
  if (isDemo) {
    // The place of its panel.
    app.before(/** @type {Element} */ (view.content.firstElementChild));
  }
  app.replaceChildren(view.content);
  const picker = /** @type {HTMLSelectElement | null} */ (app.querySelector("select[name=theme]"));
  if (picker && root.dataset.theme) {
    picker.value = root.dataset.theme;
  }
  watch(app, view.dataset.loading ?? "");
  // The demo has settings of its own.
  const ready = isDemo ? Promise.resolve("{}") : readSettings();
  void ready.then((text) => {
    if (text?.trim() === "{}" && root.dataset.view) {
      root.dataset.view = "ready";
    }
    const own = chosen ? undefined : languageOf(text);
    const other = own !== language && views.find(({ lang }) => lang === own);
    if (other && root.dataset.view) {
      root.lang = other.lang;
      app.replaceChildren(other.content);
    }
  });
  // The start script is missing or changed.
  addEventListener(
    "error",
    ({ target }) => {
      if (target instanceof HTMLScriptElement) {
        delete root.dataset.view;
        notice.remove();
        app.replaceChildren(...starting);
      }
    },
    { capture: true, signal: takenOver.signal },
  );
}

// In a frame, the parent page chooses the theme.
const theme = top === self && kept("theme");
// src/ui/shell/theme.rs has the same values.
if (theme && ["light", "dark"].includes(theme)) {
  root.dataset.theme = theme;
}
const chosen = takeChosenLanguage();
const language = chosen ?? findLanguage(navigator.languages) ?? "en";
root.lang = language;
root.dir = language === "ar-XB" ? "rtl" : "ltr";
const isFirst = opensStartPage();
if (isFirst) {
  root.dataset.view = "waiting";
  void readSettings();
}
// Without a listener for `DOMContentLoaded`: that event waits for the start script.
document.addEventListener("readystatechange", show, { once: true });
window.firstView = { chosen, findLanguage, language, languageOf, painted, readSettings, takeOver };
