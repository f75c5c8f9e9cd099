// A portal that holds the page in a frame: hands its theme in, makes the frame as high as the page, and keeps what was set up.
// docs/portal.md explains every message.

const page = "https://cmg-entra-setup.test/";
const { origin } = new URL(page);

const frame = document.getElementById("cmg");
const theme = document.getElementById("theme");

/** To the page's origin alone, whatever the frame holds by then. */
const say = (type, more) => frame.contentWindow.postMessage({ type: `cmg-entra-setup.${type}`, version: 1, ...more }, origin);

const sayTheme = () => say("theme", { theme: theme.value });

const heard = {
  "cmg-entra-setup.height": ({ height }) => {
    frame.style.blockSize = `${height}px`;
  },
  "cmg-entra-setup.finished": (finished) => {
    // Only IDs, so a portal may store them. What it must never ask for is the secret: the page hands it to the person.
    document.getElementById("stored").textContent = JSON.stringify(finished, undefined, 2);
  },
};

addEventListener("message", (event) => {
  // Anybody can send a window a message: from this frame, and from this origin.
  if (event.source !== frame.contentWindow || event.origin !== origin || event.data?.version !== 1) {
    return;
  }
  const line = document.createElement("li");
  line.textContent = JSON.stringify(event.data);
  document.getElementById("events").append(line);
  heard[event.data.type]?.(event.data);
});

// After every load: it may have started anew.
frame.addEventListener("load", () => {
  // Needed only where the browser does not tell the page who holds it.
  say("parent");
  sayTheme();
});
theme.addEventListener("change", sayTheme);

frame.src = page;
