// Addresses that look like the response of a sign-in that this tab did not start: the page refuses them, removes them from the address, and
// sends nothing.
import { address, expect, test } from "./cloud.js";
import { button, heading, main } from "./locators.js";

/** @import { Page } from "@playwright/test" */
/** @import { Cloud, LoggedRequest } from "./cloud.js" */

// Many short visits: their screenshots would take longer than the visits.
test.use({ trace: { mode: "retain-on-failure", snapshots: false, screenshots: false } });

const account = "admin@fabrikam.com";
/** @type {(page: Page, title: string) => import("@playwright/test").Locator} */
const told = (page, title) => main(page).getByText(title, { exact: true });
const notStartedHere = "This sign-in was not started in this tab";
const notMicrosofts = "The response does not look like Microsoft's";

/** @param {LoggedRequest[]} requests */
const redeemed = (requests) => requests.filter(({ method, path }) => method === "POST" && path.endsWith("/token")).length;
/** @param {Page} page */
const attempt = (page) => page.evaluate(() => sessionStorage.getItem("cmg-entra-setup:sign-in"));

/**
 * Signs in and returns the address with the response, which the page does not read because its start script is blocked.
 * @param {Page} page
 */
async function caught(page) {
  await page.goto(`${address}#/azure-service`);
  await page.getByRole("textbox", { name: "Tenant to sign in to" }).fill("fabrikam.com");
  await button(page, "Sign in").click();
  await page.getByRole("button", { name: account }).click();
  await expect(button(page, "Accept")).toBeVisible();
  const start = /\/boot-[^/]*\.js$/;
  await page.route(start, (route) => route.abort());
  await button(page, "Accept").click();
  await page.waitForURL(/#code=/);
  await page.unroute(start);
  return page.url();
}

/**
 * The page shows this refusal, nothing of the response is left, and no further request was sent.
 * @param {Page} page
 * @param {Cloud} cloud
 * @param {string} title
 * @param {number} requests
 */
async function came(page, cloud, title, requests) {
  await expect(told(page, title)).toBeVisible();
  await expect(heading(page, "Azure service")).toBeVisible();
  expect(page.url()).toBe(`${address}#/azure-service`);
  expect(await attempt(page)).toBe(null);
  expect(await page.evaluate(() => JSON.stringify([history.state, document.title, { ...sessionStorage }]))).not.toMatch(/code=|state=/);
  expect(await cloud.requests()).toHaveLength(requests);
}

test("a response that this tab did not request is refused", async ({ page, cloud }) => {
  test.setTimeout(120_000);
  const long = "c".repeat(9_000);
  for (const [what, url, title] of /** @type {[string, string, string][]} */ ([
    ["cold", "#code=c&state=s", notStartedHere],
    ["an error", "#error=access_denied&error_description=AADSTS65004%3A+x&state=s", notStartedHere],
    ["without a state", "#code=c", notMicrosofts],
    ["two states", "#code=c&state=a&state=b", notMicrosofts],
    ["two codes", "#code=c&code=d&state=a", notMicrosofts],
    ["a code and an error", "#code=c&error=e&state=a", notMicrosofts],
    ["in query and fragment", "?code=d&state=s#code=c&state=s", notMicrosofts],
    ["an error in the query beside a code", "?error=e#code=c&state=s", notMicrosofts],
    ["in the query", "?code=c&state=s", notMicrosofts],
    ["an error in the query", "?error=access_denied&state=s#/review", notMicrosofts],
    ["over 8 KB", `#code=${long}&state=s`, notMicrosofts],
    ["a control character", "#code=c%00&state=s", notMicrosofts],
    ["line breaks", "#code=c%0d%0aX%3a+y&state=s", notMicrosofts],
    ["not UTF-8", "#code=c&state=%ff", notMicrosofts],
    ["tokens of the implicit flow", "#access_token=a&token_type=Bearer&state=s", notMicrosofts],
    ["an identity token", "#id_token=a.b.c&state=s", notMicrosofts],
  ])) {
    await test.step(what, async () => {
      await page.goto("about:blank");
      await page.goto(address + url);
      await came(page, cloud, title, 0);
    });
  }
});

test("a response with one changed character, or without its state, ends the attempt", async ({ page, cloud }) => {
  test.setTimeout(120_000);
  const answer = await caught(page);
  const before = (await cloud.requests()).length;
  const state = /state=([^&]+)/.exec(answer)?.[1] ?? "";
  expect(state).not.toBe("");
  const other = (state[0] === "A" ? "B" : "A") + state.slice(1);
  // The first response deletes the attempt, so each case restores it.
  const attempts = (await attempt(page)) ?? "";
  expect(attempts).not.toBe("");
  for (const [what, url, title] of /** @type {[string, string, string][]} */ ([
    ["changed", answer.replace(state, other), notStartedHere],
    ["one letter short", answer.replace(state, state.slice(1)), notStartedHere],
    ["dropped", answer.replace(/&?state=[^&]+/, ""), notMicrosofts],
    ["doubled", `${answer}&state=${state}`, notMicrosofts],
    ["with an error", `${answer}&error=server_error`, notMicrosofts],
    ["in the query too", answer.replace("#", `?state=${state}#`), notMicrosofts],
  ])) {
    await test.step(what, async () => {
      await page.goto("about:blank");
      await page.goto(`${address}icon.svg`);
      await page.evaluate((text) => sessionStorage.setItem("cmg-entra-setup:sign-in", text), attempts);
      await page.goto(url);
      await came(page, cloud, title, before);
      // The right response comes too late.
      await page.goto("about:blank");
      await page.goto(answer);
      await came(page, cloud, notStartedHere, before);
    });
  }
});

test("a response after an hour, or for an attempt with other values, is not redeemed", async ({ page, cloud }) => {
  const answer = await caught(page);
  const before = (await cloud.requests()).length;
  const attempts = JSON.parse((await attempt(page)) ?? "");
  for (const [what, change, title] of /** @type {[string, object, string][]} */ ([
    ["an hour ago", { started: attempts.started - 3600 }, "The sign-in took too long"],
    ["another cloud", { cloud: "usgov" }, "Your answers changed during the sign-in"],
    ["another client", { client_id: "11111111-1111-4111-8111-111111111111" }, "The site's settings changed during the sign-in"],
    ["another address", { redirect_uri: "https://evil.example/" }, "The site's settings changed during the sign-in"],
    ["a cloud of its own", { cloud: "https://evil.example" }, notStartedHere],
    ["a tenant that leaves the path", { tenant: "contoso.com/../evil" }, notStartedHere],
    ["more than an attempt has", { endpoint: "https://evil.example" }, notStartedHere],
  ])) {
    await test.step(what, async () => {
      await page.goto("about:blank");
      await page.goto(`${address}icon.svg`);
      await page.evaluate((text) => sessionStorage.setItem("cmg-entra-setup:sign-in", text), JSON.stringify({ ...attempts, ...change }));
      await page.goto(answer);
      await came(page, cloud, title, before);
    });
  }
});

test("a response works once: not again in this tab, in another tab, or after Back, Forward or Reload", async ({ context, page, cloud }) => {
  let answer = "";
  await page.exposeBinding("reportAnswer", (_source, url) => {
    answer ||= url;
  });
  await page.addInitScript(() => location.hash.includes("code=") && window.reportAnswer(location.href));
  await page.goto(`${address}#/azure-service`);
  await page.getByRole("textbox", { name: "Tenant to sign in to" }).fill("fabrikam.com");
  await button(page, "Sign in").click();
  await page.getByRole("button", { name: account }).click();
  await button(page, "Accept").click();
  await expect(page.getByRole("status").getByText(`Signed in as ${account}.`)).toBeVisible();
  expect(page.url()).toBe(`${address}#/azure-service`);
  await page.waitForLoadState("networkidle");
  const once = redeemed(await cloud.requests());
  const isClean = async () => {
    await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
    expect(page.url()).not.toMatch(/code=|state=/);
    expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage }))).not.toMatch(/verifier|code=/);
  };
  await button(page, "Next : Web app >").click();
  await page.goBack();
  await isClean();
  await page.goForward();
  await isClean();
  await page.reload();
  await isClean();
  await page.goto("about:blank");
  await page.goBack();
  await isClean();
  expect(redeemed(await cloud.requests())).toBe(once);
  const debug = await context.newCDPSession(page);
  const { entries } = await debug.send("Page.getNavigationHistory");
  expect(entries.map(({ url }) => url).filter((url) => url.startsWith(address) && /code=|state=/.test(url))).toEqual([]);
  expect(answer).toContain("#code=");
  const other = await context.newPage();
  await other.goto(answer);
  await came(other, cloud, notStartedHere, (await cloud.requests()).length);
  for (let times = 0; times < 2; times += 1) {
    await page.goto("about:blank");
    await page.goto(answer);
    await expect(told(page, notStartedHere)).toBeVisible();
  }
  expect(redeemed(await cloud.requests())).toBe(once);
});
