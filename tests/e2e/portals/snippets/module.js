// A portal that imports the module at the top of a file, and by the loader of docs/portals/bundlers.md too: there is one of it.
import { mount } from "/cmg/embed.js";

import { load } from "./cmg.js";

const loaded = await load();
window.isOne = loaded.mount === mount;
await mount(document.getElementById("portal"), { acquireToken: async () => "token of the portal" });
