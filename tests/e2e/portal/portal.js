// Holds a page in a frame, as the address of this one says: `src`, and optionally `sandbox` and `referrerpolicy`. `introduce=no` says
// nothing to it.
const wish = new URLSearchParams(location.search);
const frame = document.createElement("iframe");
frame.title = "CMG Entra Setup";
frame.allow = "clipboard-write";
for (const name of ["sandbox", "referrerpolicy"]) {
  if (wish.has(name)) {
    frame.setAttribute(name, wish.get(name));
  }
}
if (wish.get("introduce") !== "no") {
  frame.addEventListener("load", () => {
    frame.contentWindow.postMessage({ type: "cmg-entra-setup.parent", version: 1 }, new URL(wish.get("src")).origin);
  });
}
frame.src = wish.get("src");
document.querySelector("section").append(frame);
