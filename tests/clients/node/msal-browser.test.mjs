// MSAL in Chromium: the whole redirect flow of a single-page app, CORS included, against the production names.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { PAGE, TOOL, administrator, get, post, setting } from "./emulator.mjs";

/** @import { Browser, Page } from "playwright-core" */

/** @type {Browser} */
let browser;

before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROME ?? "/usr/bin/chromium",
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
    proxy: { server: setting("EMULATOR_PROXY") },
  });
});

after(() => browser?.close());

/**
 * @param {Page} page
 * @param {{ id: string }} tenant
 * @param {string} user
 */
async function signIn(page, tenant, user) {
  await page.goto(PAGE);
  // Not awaited in the page, which navigates away.
  await page.evaluate(({ client, of }) => void window.start(client, of), { client: TOOL, of: tenant.id });
  await page.getByRole("button", { name: user }).click();
  await page.getByRole("button", { name: "Accept" }).click();
  await page.waitForURL((url) => url.origin + "/" === PAGE);
}

test("a user signs in by redirect, consents once, and calls both services", async () => {
  await post("/reset");
  const { tenant, user } = await administrator();
  const page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
  await signIn(page, tenant, user);
  const seen = await page.evaluate(() => window.finish());
  assert.equal(seen.user, user);
  assert.equal(seen.tenant, tenant.id);
  assert.equal(seen.me.status, 200);
  assert.equal(seen.me.body.userPrincipalName, user);
  assert.ok(seen.me.requestId, "the page can read request-id");
  assert.equal(seen.subscriptions.status, 200);
  assert.equal(seen.hash, "");
});

test("MSAL refuses a wrong nonce, as the page does", async () => {
  await post("/reset");
  await post("/modes", { entra: { id_token: "wrong-nonce" } });
  const { tenant, user } = await administrator();
  const page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
  await signIn(page, tenant, user);
  const error = await page.evaluate(() => window.finish().then(() => "", (error) => error.errorCode));
  assert.equal(error, "nonce_mismatch");
});

test("the page contacted only its own services", async () => {
  const { refused } = await get("/refused");
  const browsersOwn = /google|gvt1|chromium|mozilla/;
  assert.deepEqual(Object.keys(refused).filter((host) => !browsersOwn.test(host)), []);
});
