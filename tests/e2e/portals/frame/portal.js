// A parent page with CMG Entra Setup in a frame: sends its theme, makes the frame as high as the page, and stores the IDs of the created
// objects. docs/portal.md explains every message.

const page = "https://cmg-entra-setup.test/";
const { origin } = new URL(page);

/** @type {(id: string) => any} */
const byId = (id) => document.getElementById(id);
/** @type {HTMLIFrameElement} */
const frame = byId("cmg");
/** @type {HTMLSelectElement} */
const theme = byId("theme");

/**
 * Sends a message to the page's origin only: the frame may show another page by then.
 * @type {(type: string, more?: object) => void}
 */
const say = (type, more) => frame.contentWindow?.postMessage({ type: `cmg-entra-setup.${type}`, version: 1, ...more }, origin);

const sayTheme = () => say("theme", { theme: theme.value });

/** @type {Record<string, (message: any) => void>} */
const heard = {
  "cmg-entra-setup.height": ({ height }) => {
    frame.style.blockSize = `${height}px`;
  },
  "cmg-entra-setup.finished": (finished) => {
    // Only IDs, which a parent page can store. A parent page must never ask for the secret: the page shows it to the user.
    byId("stored").textContent = JSON.stringify(finished, undefined, 2);
  },
};

addEventListener("message", (event) => {
  // Every page can send messages to this window: accept only those from this frame and this origin.
  if (event.source !== frame.contentWindow || event.origin !== origin || event.data?.version !== 1) {
    return;
  }
  const line = document.createElement("li");
  line.textContent = JSON.stringify(event.data);
  byId("events").append(line);
  heard[event.data.type]?.(event.data);
});

// After every load, because the page may have reloaded itself.
frame.addEventListener("load", () => {
  // Needed only if the browser does not report the parent's origin to the page.
  say("parent");
  sayTheme();
});
theme.addEventListener("change", sayTheme);

frame.src = page;
