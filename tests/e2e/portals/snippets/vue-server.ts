// The component of docs/portals/vue.md on a server, where there is no document.
import { createSSRApp, h } from "vue";
import { renderToString } from "vue/server-renderer";

import GatewaySetup from "./GatewaySetup.vue";

console.log(await renderToString(createSSRApp(() => h(GatewaySetup, { theme: "dark", acquireToken: async () => "" }))));
