// The embedding page's own sign-in with MSAL, and its tokens for CMG Entra Setup.
import { InteractionRequiredAuthError, createStandardPublicClientApplication } from "@azure/msal-browser";

/** @import { TokenRequest } from "/cmg/embed.js" */

const app = await createStandardPublicClientApplication({
  auth: {
    // The embedding page's own app registration. It needs the delegated permissions in docs/portal.md.
    clientId: "7c3f9a52-18d4-4e6b-9b0d-5a2e64f1c801",
    authority: "https://login.microsoftonline.com/organizations",
    redirectUri: `${location.origin}/redirect.html`,
  },
  cache: { cacheLocation: "sessionStorage" },
});
await app.handleRedirectPromise();

/** The account that is signed in to the embedding page. */
export const account = () => app.getActiveAccount() ?? app.getAllAccounts()[0];

/** Signs in to the embedding page, with only the permissions that this page itself needs. */
export async function signIn() {
  const { account } = await app.loginPopup({ scopes: ["User.Read"], prompt: "select_account" });
  app.setActiveAccount(account);
  return account;
}

/**
 * Gets a token for CMG Entra Setup for the signed-in account; in a window if the user has to consent first.
 * @param {TokenRequest} request
 */
export async function acquireToken(request) {
  const whose = { ...request, account: account() };
  try {
    return await app.acquireTokenSilent(whose);
  } catch (error) {
    if (error instanceof InteractionRequiredAuthError) {
      return app.acquireTokenPopup(whose);
    }
    throw error;
  }
}
