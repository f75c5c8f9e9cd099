// Keeps what was set up: IDs, and nothing secret.
document.querySelector("cmg-entra-setup").addEventListener("finished", ({ detail }) => {
  document.querySelector("output").textContent = JSON.stringify(detail, undefined, 2);
});
