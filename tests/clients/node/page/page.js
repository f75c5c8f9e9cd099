// Signs in with MSAL as this product does: a redirect of the page, then Microsoft Graph, then Azure Resource Manager.
/* global msal */
const GRAPH = ["User.Read", "Application.ReadWrite.All"];
const ARM = ["https://management.azure.com/user_impersonation"];

const make = () =>
  msal.createStandardPublicClientApplication({
    auth: {
      clientId: sessionStorage.getItem("client") ?? "",
      authority: `https://login.microsoftonline.com/${sessionStorage.getItem("tenant")}`,
      redirectUri: location.origin + "/",
    },
    cache: { cacheLocation: "sessionStorage" },
  });

window.start = async (client, tenant) => {
  sessionStorage.setItem("client", client);
  sessionStorage.setItem("tenant", tenant);
  const app = await make();
  await app.loginRedirect({ scopes: GRAPH, extraScopesToConsent: ARM, prompt: "select_account" });
};

window.finish = async () => {
  const app = await make();
  const signedIn = await app.handleRedirectPromise();
  if (!signedIn?.account) throw new Error("MSAL returned no account");
  const silent = { account: signedIn.account };
  /** @type {(scopes: string[], url: string) => Promise<{ status: number, body: any, requestId: string | null }>} */
  const call = async (scopes, url) => {
    const { accessToken } = await app.acquireTokenSilent({ ...silent, scopes });
    const answer = await fetch(url, { headers: { authorization: `Bearer ${accessToken}` } });
    return { status: answer.status, body: await answer.json(), requestId: answer.headers.get("request-id") };
  };
  return {
    user: signedIn.account.username,
    tenant: signedIn.tenantId,
    me: await call(["User.Read"], "https://graph.microsoft.com/v1.0/me"),
    subscriptions: await call(ARM, "https://management.azure.com/subscriptions?api-version=2022-12-01"),
    hash: location.hash,
  };
};
