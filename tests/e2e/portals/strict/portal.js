// Stores the IDs of the created objects, which are not secret.
document.querySelector("cmg-entra-setup")?.addEventListener("finished", (event) => {
  const { detail } = /** @type {CustomEvent<object>} */ (event);
  document.querySelector("output")?.replaceChildren(JSON.stringify(detail, undefined, 2));
});
