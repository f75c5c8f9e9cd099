// MSAL for Node: the code flow with PKCE, silent tokens for a second service, and a client secret.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ConfidentialClientApplication, CryptoProvider, PublicClientApplication } from "@azure/msal-node";
import { AZURE_CLI, PASSWORD, administrator, post } from "./emulator.mjs";

/** @import { AuthorizationUrlRequest } from "@azure/msal-node" */

const GRAPH = ["https://graph.microsoft.com/.default"];

test("a user signs in with a password and gets a token for a second service silently", async () => {
  await post("/reset");
  const { tenant, user } = await administrator();
  const app = new PublicClientApplication({
    auth: { clientId: AZURE_CLI, authority: `https://login.microsoftonline.com/${tenant.id}` },
  });
  const first = await app.acquireTokenByUsernamePassword({ scopes: GRAPH, username: user, password: PASSWORD });
  assert.ok(first?.account);
  assert.equal(first.account.username, user);
  assert.equal(first.tenantId, tenant.id);
  const second = await app.acquireTokenSilent({
    account: first.account,
    scopes: ["https://management.azure.com/user_impersonation"],
  });
  assert.notEqual(second.accessToken, first.accessToken);
});

test("a code with PKCE is redeemed once", async () => {
  await post("/reset");
  const { tenant, user } = await administrator();
  const app = new PublicClientApplication({
    auth: { clientId: AZURE_CLI, authority: `https://login.microsoftonline.com/${tenant.id}` },
  });
  const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
  const request = /** @satisfies {AuthorizationUrlRequest} */ ({ scopes: GRAPH, redirectUri: "http://localhost:53998", responseMode: "query" });
  const url = await app.getAuthCodeUrl({ ...request, codeChallenge: challenge, codeChallengeMethod: "S256", prompt: "select_account" });
  const picker = await (await fetch(url)).text();
  const flow = /name="flow" value="([^"]+)"/.exec(picker)?.[1] ?? "";
  const back = await fetch(`https://login.microsoftonline.com/${tenant.id}/login`, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ flow, account: user }),
  });
  const code = new URL(back.headers.get("location") ?? "").searchParams.get("code") ?? "";
  const result = await app.acquireTokenByCode({ ...request, code, codeVerifier: verifier });
  assert.equal(result.account?.username, user);
  await assert.rejects(
    app.acquireTokenByCode({ ...request, code, codeVerifier: verifier }),
    /54005/,
  );
});

test("a client secret from addPassword works", async () => {
  await post("/reset");
  const { tenant, user } = await administrator();
  const authority = `https://login.microsoftonline.com/${tenant.id}`;
  const app = new PublicClientApplication({ auth: { clientId: AZURE_CLI, authority } });
  const signedIn = await app.acquireTokenByUsernamePassword({ scopes: GRAPH, username: user, password: PASSWORD });
  /** @type {(path: string, body: object) => Promise<any>} */
  const graph = async (path, body) => {
    const answer = await fetch("https://graph.microsoft.com/v1.0" + path, {
      method: "POST",
      headers: { authorization: `Bearer ${signedIn?.accessToken}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    assert.ok(answer.ok, await answer.clone().text());
    return answer.json();
  };
  const made = await graph("/applications", { displayName: "Client of MSAL for Node" });
  await graph("/servicePrincipals", { appId: made.appId });
  const { secretText } = await graph(`/applications/${made.id}/addPassword`, { passwordCredential: {} });
  const client = new ConfidentialClientApplication({ auth: { clientId: made.appId, authority, clientSecret: secretText } });
  assert.ok((await client.acquireTokenByClientCredential({ scopes: GRAPH }))?.accessToken);
});
