// An embedding page that imports the module at the top of a file and with the loader of docs/portals/bundlers.md: both get the same module.
import { mount } from "/cmg/embed.js";

import { load } from "./cmg.js";

const loaded = await load();
window.isOne = loaded.mount === mount;
await mount(document.getElementById("portal"), { acquireToken: async () => "token of the portal" });
