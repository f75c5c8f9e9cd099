// The portal's own sign-in, with MSAL, and what it gives to CMG Entra Setup.
import { InteractionRequiredAuthError, createStandardPublicClientApplication } from "@azure/msal-browser";

const app = await createStandardPublicClientApplication({
  auth: {
    // The portal's own app registration. It needs the delegated permissions listed in docs/portal.md.
    clientId: "7c3f9a52-18d4-4e6b-9b0d-5a2e64f1c801",
    authority: "https://login.microsoftonline.com/organizations",
    redirectUri: `${location.origin}/redirect.html`,
  },
  cache: { cacheLocation: "sessionStorage" },
});
await app.handleRedirectPromise();

/** Who is signed in to the portal. */
export const account = () => app.getActiveAccount() ?? app.getAllAccounts()[0];

/** Signs somebody in to the portal, which asks for no more than it needs itself. */
export async function signIn() {
  const { account } = await app.loginPopup({ scopes: ["User.Read"], prompt: "select_account" });
  app.setActiveAccount(account);
  return account;
}

/** A token for CMG Entra Setup: as it asks, of whoever is signed in to the portal; where a person has to agree first, in a window. */
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
