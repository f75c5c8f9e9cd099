// An embedding page in TypeScript that uses the module. types.spec.js compiles it with the published types and does not run it.
import type { AuthenticationResult, PublicClientApplication } from "@azure/msal-browser";

import { CmgEntraSetupError, mount, type CmgEntraSetupEvent, type Finished, type Mounted, type TokenRequest } from "../../../dist/embed.js";

declare const msal: PublicClientApplication;
declare function keep(finished: Finished): void;

/** The module accepts MSAL's result, and MSAL accepts the module's request. */
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

/** The module as an element. A token as text is enough if the page can read it. */
export function element(): HTMLElement {
  const setup = document.createElement("cmg-entra-setup");
  setup.acquireToken = async ({ scopes }) => scopes.join(" ");
  setup.config = { cloud: "usgov" };
  return setup;
}

// @ts-expect-error an unknown theme
void mount(document.body, { theme: "blue" });
// @ts-expect-error an unknown option
void mount(document.body, { tenant: "fabrikam.com" });
// @ts-expect-error a token instead of a promise
void mount(document.body, { acquireToken: () => "token" });
