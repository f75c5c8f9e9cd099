// A faulty sign-in service: the page refuses each fault with its own text, sends nothing to Microsoft Graph or Azure, and stores no code.
//
// The modes are the negative cases of the OpenID Connect relying party tests and Entra's own (crates/cloud-sim/src/entra/modes.rs).
import { address, expect, test } from "./cloud.js";
import { button, field, heading, main } from "./locators.js";

/** @import { Page } from "@playwright/test" */
/** @import { Change, Cloud } from "./cloud.js" */
/** @typedef {[title: string, sentence: string]} Refusal What the page shows. */
/** @typedef {[name: string, entra: Change["entra"], refusal: Refusal, redeemed: number]} Case */

// Many short visits: their screenshots would take longer than the visits.
test.use({ trace: { mode: "retain-on-failure", snapshots: false, screenshots: false } });

const account = "admin@fabrikam.com";
/** @type {(what: string) => Refusal} */
const identity = (what) => ["The identity could not be confirmed", `does not match this sign-in (${what}).`];
/** @type {Refusal} */
const notOurs = ["This sign-in was not started in this tab", "this tab did not request one."];
/** @type {Refusal} */
const badAnswer = ["The response does not look like Microsoft's", "nothing was done with it."];
/** @type {Refusal} */
const odd = ["The sign-in service sent an unexpected response", "nothing was done with it."];
/** @type {Refusal} */
const busy = ["Microsoft's sign-in service is busy", "had a temporary fault or was overloaded."];

/**
 * Opens the step without a sign-in, and goes to Microsoft's page.
 * @param {Page} page
 */
async function leave(page) {
  await page.goto("about:blank");
  await page.goto(`${address}#/azure-service`);
  await field(page, "Tenant to sign in to").fill("fabrikam.com");
  await button(page, "Sign in").click();
  await expect(page.getByRole("heading", { name: "Pick an account" })).toBeVisible();
}

/**
 * Completes Microsoft's page and returns.
 * @param {Page} page
 */
async function comeBack(page) {
  await page.getByRole("button", { name: account }).click();
  const accept = button(page, "Accept");
  await expect(accept.or(heading(page, "Azure service"))).toBeVisible();
  if (await accept.isVisible()) {
    await accept.click();
  }
  await expect(heading(page, "Azure service")).toBeVisible();
}

/**
 * Counts the requests after the first `since` entries of the log.
 * @param {Cloud} cloud
 * @param {number} since
 */
async function asked(cloud, since) {
  const all = (await cloud.requests()).slice(since);
  const atLogin = all.filter(({ host }) => host.startsWith("login."));
  return {
    redeemed: atLogin.filter(({ method, path }) => method === "POST" && path.endsWith("/token")).length,
    discovered: atLogin.filter(({ path }) => /well-known|discovery/.test(path)).length,
    elsewhere: all.length - atLogin.length,
  };
}

/**
 * Tests the modes one after another.
 * @param {Page} page
 * @param {Cloud} cloud
 * @param {Case[]} modes
 */
async function refusesAll(page, cloud, modes) {
  test.setTimeout(180_000);
  let isFirst = true;
  for (const [name, entra, [title, sentence], redeemed] of modes) {
    await test.step(name, async () => {
      await cloud.change({ entra });
      const since = (await cloud.requests()).length;
      if (isFirst) {
        await leave(page);
        isFirst = false;
      } else {
        // After a refusal, the user can try again.
        await button(page, "Sign in").click();
        await expect(page.getByRole("heading", { name: "Pick an account" })).toBeVisible();
      }
      await comeBack(page);
      await expect.soft(main(page).getByText(title, { exact: true }), name).toBeVisible();
      await expect.soft(main(page).getByText(sentence), name).toBeVisible();
      await expect.soft(button(page, "Sign in"), name).toBeVisible();
      expect.soft(page.url(), name).toBe(`${address}#/azure-service`);
      expect.soft(await page.evaluate(() => sessionStorage.getItem("cmg-entra-setup:sign-in")), name).toBe(null);
      expect.soft(await asked(cloud, since), name).toEqual({ redeemed, discovered: 0, elsewhere: 0 });
    });
  }
}

test("an identity token that does not belong to this sign-in is refused", async ({ page, cloud }) => {
  /** @type {Refusal} */
  const fast = ["The clock of this computer is fast", "ahead of Microsoft's clock by"];
  /** @type {Refusal} */
  const slow = ["The clock of this computer is slow", "behind Microsoft's clock by"];
  /** @type {[string, Refusal][]} */
  const modes = [
    ["absent", identity("id_token")],
    ["garbage", identity("JWT")],
    ["wrong-nonce", identity("nonce")],
    ["no-nonce", identity("nonce")],
    ["wrong-issuer", identity("iss")],
    ["template-issuer", identity("iss")],
    ["no-issuer", identity("iss")],
    ["wrong-audience", identity("aud")],
    ["no-audience", identity("aud")],
    ["two-audiences", identity("aud")],
    ["expired", fast],
    ["no-expiry", identity("exp")],
    ["not-yet", slow],
    ["stale", fast],
    ["no-subject", identity("sub")],
    ["old-version", identity("ver")],
    ["alg-none", identity("alg")],
    ["alg-hs256", identity("alg")],
    ["alg-es256", identity("alg")],
    ["alg-null", identity("alg")],
    ["encrypted", identity("JWE")],
  ];
  await refusesAll(page, cloud, modes.map(([mode, told]) => [mode, { id_token: mode }, told, 1]));
});

test("an identity of another tenant is refused if the user typed the ID of a tenant", async ({ page, cloud }) => {
  await cloud.change({ entra: { id_token: "other-tenant" } });
  await page.goto(`${address}#/azure-service`);
  await field(page, "Tenant to sign in to").fill("5e97358c-d99c-4558-8000-000000010000");
  await button(page, "Sign in").click();
  await comeBack(page);
  await expect(main(page).getByText("You signed in to another tenant", { exact: true })).toBeVisible();
  expect(await asked(cloud, 0)).toEqual({ redeemed: 1, discovered: 0, elsewhere: 0 });
});

test("a response that does not belong to this sign-in, and wrong responses of the token endpoint, are refused", async ({ page, cloud }) => {
  /** @type {Refusal} */
  const scope = ["Microsoft granted fewer permissions than requested", "lacks Organization.Read.All, Application.ReadWrite.All,"];
  await refusesAll(page, cloud, [
    ["wrong state", { answer: "wrong-state" }, notOurs, 0],
    ["no state", { answer: "no-state" }, badAnswer, 0],
    ["two states", { answer: "two-states" }, badAnswer, 0],
    ["a code and an error", { answer: "code-and-error" }, badAnswer, 0],
    ["another iss", { answer: "wrong-iss" }, identity("iss"), 0],
    ["server_error", { answer: "server-error" }, busy, 0],
    ["temporarily_unavailable", { answer: "unavailable" }, busy, 0],
    ["another token type", { token: "other-type" }, odd, 1],
    ["a page of the network", { token: "page" }, ["Microsoft's sign-in service did not answer", "A browser cannot distinguish the two."], 1],
    ["HTTP 500", { token: "server-error" }, odd, 1],
    ["a transient fault", { token: "transient" }, busy, 1],
    ["a smaller scope", { token: "smaller-scope" }, scope, 1],
    ["Conditional Access", { policy: "blocked" }, ["A policy blocked the sign-in", "blocks this sign-in"], 0],
  ]);
  // If an administrator's consent fixes the error, the page shows the consent link.
  await cloud.change({ entra: { token: "smaller-scope" } });
  await leave(page);
  await comeBack(page);
  await expect(page.getByRole("status", { name: "Consent link for an administrator" })).toHaveText(/^https:\/\/login\./);
});

test("responses with allowed differences are accepted", async ({ page, cloud }) => {
  test.setTimeout(180_000);
  for (const entra of [
    { id_token: "audience-list" },
    // The page does not check the signature: the token comes from Microsoft over TLS (crates/engine/src/auth/id_token.rs).
    { id_token: "wrong-signature" },
    { id_token: "wrong-kid" },
    { id_token: "no-kid" },
    { id_token: "no-kid-of-several" },
    { answer: "right-iss" },
    { token: "lower-case-type" },
    { token: "no-expires-in" },
    { token: "no-scope" },
    { token: "no-refresh" },
  ]) {
    const name = JSON.stringify(entra);
    await test.step(name, async () => {
      await cloud.change({ entra });
      const since = (await cloud.requests()).length;
      await leave(page);
      await comeBack(page);
      await expect.soft(page.getByRole("status").getByText(`Signed in as ${account}.`), name).toBeVisible();
      expect.soft(page.url(), name).toBe(`${address}#/azure-service`);
      expect.soft((await asked(cloud, since)).discovered, name).toBe(0);
    });
  }
});

test("a token for another service is refused by the service, and the page stops asking", async ({ page, cloud }) => {
  await cloud.change({ entra: { token: "other-audience" } });
  await leave(page);
  await comeBack(page);
  await expect(main(page).getByText("Sign in again to continue", { exact: true }).first()).toBeVisible();
  await page.waitForLoadState("networkidle");
  expect((await asked(cloud, 0)).redeemed).toBeLessThan(8);
  await expect(main(page).getByText("Fabrikam", { exact: true })).toHaveCount(0);
});

test("each error of Microsoft's sign-in has its own title and a next step", async ({ page, cloud }) => {
  /** @type {(where: "answer" | "token") => (refusal: [number, string, string]) => Case} */
  const at = (where) => ([code, title, way]) => [`AADSTS${code}`, { [where]: { refused: code } }, [title, way], where === "token" ? 1 : 0];
  await refusesAll(page, cloud, [
    .../** @type {[number, string, string][]} */ ([
      [65004, "You did not accept the permissions", "Sign in again and accept"],
      [65001, "An administrator must consent first", "Send the consent link"],
      [50076, "Microsoft requires one more step", "complete every step on Microsoft's page"],
      [53003, "A policy blocked the sign-in", "find the correlation ID in the sign-in logs"],
      [50058, "The sign-in has ended", "A sign-in to a web page lasts 24 hours at most"],
      [50196, "Microsoft stopped a sign-in loop", "Wait five minutes"],
      [700016, "This site's app is not in the tenant", "Check the client ID"],
      [90038, "The tenant is in another cloud", "choose the cloud the tenant is in"],
      [50020, "The account is not in this tenant", "invited as a guest"],
      [50105, "The account is not assigned to this site's app", "Users and groups"],
      [500011, "A Microsoft service is missing in the tenant", "whether the tenant uses Azure at all"],
    ]).map(at("answer")),
    .../** @type {[number, string, string][]} */ ([
      [50011, "This site's address is not registered", "add this exact address"],
      [90002, "The tenant was not found", "Check the tenant for typing errors"],
      [7000112, "The account or an app is disabled", "Enabled for users to sign-in"],
      [50194, "Enter your tenant", "Enter the tenant's ID or domain"],
      [9002326, "This site's address is registered for the wrong platform", "move the address to the platform"],
      [90033, "Microsoft's sign-in service is busy", "Wait a minute"],
      [54005, "The sign-in response is no longer valid", "was already used"],
      [501481, "This site sent an invalid request", "report it with the correlation ID"],
    ]).map(at("token")),
  ]);
});

test("the text of Microsoft's error is shown as plain text", async ({ page, cloud }) => {
  page.on("dialog", (dialog) => expect.soft(dialog.message(), "a dialog opened").toBe(""));
  await cloud.change({ entra: { answer: "hostile-text" } });
  await leave(page);
  await comeBack(page);
  const words = page.locator(".said bdi");
  await expect(words).toHaveText(/<img src=x onerror=alert\(1\)> \[U\+202E\]gnp\.exe\[U\+2066\] javascript:alert\(1\)/);
  expect(await words.evaluate((element) => element.childElementCount)).toBe(0);
  await expect(page.locator("main img, main a[href^='javascript:']")).toHaveCount(0);
  expect((await asked(cloud, 0)).redeemed).toBe(0);
});

test("Back from Microsoft's page cancels the sign-in, and the next one works", async ({ page, cloud }) => {
  await leave(page);
  await page.goBack();
  await expect(button(page, "Sign in")).toBeVisible();
  await expect(page.locator("main [data-state=danger]")).toHaveCount(0);
  await expect.poll(() => page.evaluate(() => sessionStorage.getItem("cmg-entra-setup:sign-in"))).toBe(null);
  // Forward to the page of the cancelled sign-in: its response belongs to no attempt.
  await page.goForward();
  await comeBack(page);
  await expect(main(page).getByText(notOurs[0], { exact: true })).toBeVisible();
  expect(await asked(cloud, 0)).toEqual({ redeemed: 0, discovered: 0, elsewhere: 0 });
  await button(page, "Sign in").click();
  await comeBack(page);
  await expect(page.getByRole("status").getByText(`Signed in as ${account}.`)).toBeVisible();
});

for (const kind of ["lost-after", "cut-after", "lost-before"]) {
  test(`the code is not sent again when the exchange is ${kind}`, async ({ page, cloud }) => {
    await cloud.change({ faults: [{ method: "POST", path_prefix: "/fabrikam.com/oauth2/v2.0/token", kind }] });
    await leave(page);
    await comeBack(page);
    await expect(main(page).getByText("Microsoft's sign-in service did not answer", { exact: true })).toBeVisible();
    await page.reload();
    await expect(heading(page, "Azure service")).toBeVisible();
    await page.waitForLoadState("networkidle");
    expect(await asked(cloud, 0)).toEqual({ redeemed: 1, discovered: 0, elsewhere: 0 });
  });
}
