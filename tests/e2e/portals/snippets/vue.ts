// An embedding page around the component of docs/portals/vue.md. It passes the received events to the test.
import { createApp, h, ref, type App } from "vue";

import GatewaySetup from "./GatewaySetup.vue";
import type { Theme, TokenRequest } from "./cmg";

const asked: TokenRequest[] = [];
const told: string[] = [];
const theme = ref<Theme>("light");
let app: App | undefined;

const portal = {
  asked,
  told,
  show() {
    app = createApp(() =>
      h(GatewaySetup, {
        theme: theme.value,
        acquireToken: async (request: TokenRequest) => (asked.push(request), "token of the portal"),
        onReady: ({ type }) => told.push(type),
        onFinished: ({ type }) => told.push(type),
      }),
    );
    app.mount("#portal");
  },
  hide: () => app?.unmount(),
  setTheme: (next: Theme) => (theme.value = next),
};
Object.assign(window, { portal });
portal.show();
