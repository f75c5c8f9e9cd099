// MSAL in Chromium: the whole redirect flow of a single-page app, CORS included, against the production names.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { PAGE, TOOL, administrator, get, post } from "./emulator.mjs";

let browser;

before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROME ?? "/usr/bin/chromium",
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
    proxy: { server: process.env.EMULATOR_PROXY },
  });
});

after(() => browser?.close());

async function signIn(page, tenant, user) {
  await page.goto(PAGE);
  // Not awaited in the page, which is about to be left.
  await page.evaluate(([client, of]) => void window.start(client, of), [TOOL, tenant.id]);
  await page.getByRole("button", { name: user }).click();
  await page.getByRole("button", { name: "Accept" }).click();
  await page.waitForURL((url) => url.origin + "/" === PAGE);
}

test("signs in by redirect, consents once, calls both services", async () => {
  await post("/reset");
  const { tenant, user } = await administrator();
  const page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
  await signIn(page, tenant, user);
  const seen = await page.evaluate(() => window.finish());
  assert.equal(seen.user, user);
  assert.equal(seen.tenant, tenant.id);
  assert.equal(seen.me.status, 200);
  assert.equal(seen.me.body.userPrincipalName, user);
  assert.ok(seen.me.requestId, "request-id is exposed");
  assert.equal(seen.subscriptions.status, 200);
  assert.equal(seen.hash, "");
});

test("refuses a wrong nonce as our own client does", async () => {
  await post("/reset");
  await post("/modes", { entra: { id_token: "wrong-nonce" } });
  const { tenant, user } = await administrator();
  const page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
  await signIn(page, tenant, user);
  const error = await page.evaluate(() => window.finish().then(() => "", (refusal) => refusal.errorCode));
  assert.equal(error, "nonce_mismatch");
});

test("only the page's own services were contacted", async () => {
  const { refused } = await get("/refused");
  const browsersOwn = /google|gvt1|chromium|mozilla/;
  assert.deepEqual(Object.keys(refused).filter((host) => !browsersOwn.test(host)), []);
});
