// What a portal written in TypeScript says to the module. Compiled against the published types by types.spec.js, never run.
import type { AuthenticationResult, PublicClientApplication } from "@azure/msal-browser";

import { CmgEntraSetupError, mount, type CmgEntraSetupEvent, type Finished, type Mounted, type TokenRequest } from "../../../dist/embed.js";

declare const msal: PublicClientApplication;
declare function keep(finished: Finished): void;

/** MSAL's own answer is one the module takes, and the module's wish one MSAL takes. */
async function acquireToken(request: TokenRequest): Promise<AuthenticationResult> {
  const account = msal.getActiveAccount() ?? undefined;
  return msal.acquireTokenSilent({ ...request, ...(account ? { account } : {}) });
}

export async function show(element: HTMLElement): Promise<Mounted | undefined> {
  try {
    return await mount(element, {
      acquireToken,
      theme: "dark",
      place: "/check",
      key: "first",
      config: { tenant: "fabrikam.com" },
      onEvent(event: CmgEntraSetupEvent) {
        switch (event.type) {
          case "cmg-entra-setup.finished":
            keep(event);
            break;
          case "cmg-entra-setup.planned":
            console.log(event.plan, event.writes + event.kept + event.blocked);
            break;
          case "cmg-entra-setup.signed-in":
            console.log(event.cloud, event.tenantId, event.mayWrite);
            break;
          case "cmg-entra-setup.ready":
          case "cmg-entra-setup.signed-out":
            break;
        }
      },
    });
  } catch (error) {
    if (error instanceof CmgEntraSetupError) {
      console.log(error.code, error.message);
    }
    return undefined;
  }
}

/** The same as an element. A token alone is enough where it can be read. */
export function element(): HTMLElement {
  const setup = document.createElement("cmg-entra-setup");
  setup.acquireToken = async ({ scopes }) => scopes.join(" ");
  setup.config = { cloud: "usgov" };
  return setup;
}

// @ts-expect-error a theme there is not
void mount(document.body, { theme: "blue" });
// @ts-expect-error an option there is not
void mount(document.body, { tenant: "fabrikam.com" });
// @ts-expect-error a token is given later, not at once
void mount(document.body, { acquireToken: () => "token" });
