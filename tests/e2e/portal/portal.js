// Holds a page in a frame. The query of this page's address has `src`, and optionally `sandbox` and `referrerpolicy`. With `introduce=no`,
// this page sends the frame no message.
const query = new URLSearchParams(location.search);
const src = query.get("src") ?? "";
const frame = document.createElement("iframe");
frame.title = "CMG Entra Setup";
frame.allow = "clipboard-write";
for (const name of ["sandbox", "referrerpolicy"]) {
  const value = query.get(name);
  if (value !== null) {
    frame.setAttribute(name, value);
  }
}
if (query.get("introduce") !== "no") {
  frame.addEventListener("load", () => {
    frame.contentWindow?.postMessage({ type: "cmg-entra-setup.parent", version: 1 }, new URL(src).origin);
  });
}
frame.src = src;
document.querySelector("section")?.append(frame);
