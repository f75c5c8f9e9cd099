// Hostile names of other people's objects: every page isolates them, shows their invisible characters, shows no markup from them, and fits
// into a small window.
import { readFileSync } from "node:fs";

import { address, expect, test } from "./cloud.js";
import { button, field } from "./locators.js";
import { fits } from "./look.js";
import { complete, create, held } from "./steps.js";

/** @import { Page } from "@playwright/test" */

const marks = "\u0301".repeat(300);
const script = "<script>alert(1)</script><img src=x onerror=alert(2)>";
const tenant = `F\u0430brikam\u202egro.live\u2066 ${script} 'x' \u200b\u200b\u200dZ${marks} \u{1f469}\u200d\u{1f4bb} \u0000\u2028end`;
const subscription = `Pr\u043eduction\u202e ${"W".repeat(120)} ${script} Z${marks} \u05e9\u05dc\u05d5\u05dd`;
const account = `admin\u202e\u2067@fabrikam.com${"\u200d".repeat(9)} ${script}`;
const shownAccount = `admin[U+202E][U+2067]@fabrikam.com[U+200D\u00d79] ${script}`;
// What an admin can type: markup, all kinds of quotes, another alphabet, emoji.
const serverName = `O'Brien ’x‘ "q" ${script} \u{1f600} \u0421\u0435\u0440\u0432\u0435\u0440 $(rm) \`n %41 &#65; ; --`;
const clientName = `Client/'' {0} \\ @{} | ${"M".repeat(40)}`;

/**
 * The page has no invisible characters, no stacked combining marks and no active markup, and fits. The page adds isolates around names.
 * @param {Page} page
 * @param {string} where
 */
async function isHarmless(page, where) {
  for (const width of [360, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await fits(page, `${where} at ${width}`);
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: `../../target/screenshots/names-${where}-${width}.png` });
  }
  const { text, live } = await page.evaluate(() => {
    const attributes = [...document.querySelectorAll("*")].flatMap((one) => [...one.attributes].map(({ value }) => value));
    const live = document.querySelectorAll("body script:not([src]), body img, body iframe, body [onerror], a[href^='javascript:']");
    return { text: [document.body.textContent, document.title, ...attributes].join("\n"), live: live.length };
  });
  expect.soft(live, `${where} has active markup`).toBe(0);
  // eslint-disable-next-line no-control-regex -- finds control characters
  const unseen = text.match(/[\u0000\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2067\ufeff]/g) ?? [];
  expect.soft(unseen.map((one) => one.codePointAt(0)?.toString(16)), `${where} has invisible characters`).toEqual([]);
  expect.soft(text.match(/[\u0300-\u036f]{4}/), `${where} has stacked combining marks`).toBe(null);
  expect.soft(text.split("\u2068").length, `${where} leaves an isolate open`).toBe(text.split("\u2069").length);
}

/**
 * Saves a file and returns its text.
 * @param {Page} page
 * @param {string} name The button.
 */
async function saved(page, name) {
  const coming = page.waitForEvent("download");
  await button(page, name).click();
  const download = await coming;
  expect(download.suggestedFilename()).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]{0,120}$/);
  return readFileSync(await download.path(), "utf8");
}

/** @param {Page} page */
async function signIn(page) {
  await page.goto(`${address}#/azure-service`);
  await field(page, "Tenant to sign in to").fill("fabrikam.com");
  await button(page, "Sign in").click();
  await page.getByRole("button", { name: "admin@fabrikam.com" }).click();
  await button(page, "Accept").click();
  await expect(page.locator(".badge").getByText("F[U+0430]brikam")).toBeVisible();
}

/** @param {Page} page */
async function toReview(page) {
  await button(page, "Next : Web app >").click();
  await field(page, "Application name").fill(serverName);
  await button(page, "Next : Native app >").click();
  await field(page, "Application name").fill(clientName);
  await isHarmless(page, "native-app");
  await button(page, "Next : Discovery >").click();
  await button(page, "Next : Subscription >").click();
  await page.getByText(/^Pr\[U\+043E\]duction\[U\+202E\]/).click();
  await isHarmless(page, "subscription");
  await page.getByRole("button", { name: "Review + create" }).last().click();
  await expect(page.getByText("Validation passed")).toBeVisible({ timeout: 30_000 });
}

test("hostile names harm no page and no file, from the sign-in to the hand-over", async ({ page, cloud }) => {
  test.setTimeout(180_000);
  page.on("dialog", (dialog) => expect.soft(dialog.message(), "a dialog opened").toBe(""));
  const entra = { preferred_username: account };
  /** @type {[string, string][]} */
  const names = [["Fabrikam", tenant], ["Alex Admin", tenant], ["Fabrikam Development", subscription]];
  await cloud.change({ entra, names });
  await signIn(page);
  await expect(page.locator(".badge bdi").getByText(shownAccount, { exact: true })).toBeVisible();
  const name = page.locator("main bdi").filter({ hasText: "F[U+0430]brikam[U+202E]gro.live[U+2066]" });
  await expect(name).toHaveText(/\[U\+200B×2\]\[U\+200D\]Z\u0301{3}\[U\+0301×297\].*\[U\+0000\]\[U\+2028\]end$/u);
  await isHarmless(page, "azure-service");
  await toReview(page);
  await button(page, "Open all").click();
  await isHarmless(page, "review");
  await create(page);
  await complete(page);
  await isHarmless(page, "run");
  await button(page, "Go to the hand-over").click();
  await isHarmless(page, "hand-over");

  const made = (await cloud.snapshot())["5e97358c-d99c-4558-8000-000000010000"]?.applications.map(({ displayName }) => displayName);
  expect(made).toEqual(expect.arrayContaining([serverName, clientName]));
  const powershell = await saved(page, "Save the script (.ps1)");
  // eslint-disable-next-line no-control-regex -- allows only these control characters
  expect(powershell).toMatch(/^[\x09\x0a\x0d\x20-\x7e]*$/);
  expect(powershell).not.toContain(script.replace("'", "''") + "\n");
  const record = await saved(page, "Save the record (.json)");
  const parsed = JSON.parse(record);
  expect(JSON.stringify(parsed)).toContain(JSON.stringify(serverName));
  expect(record).not.toMatch(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069]/);
});

test("an unfinished run of an account with a hostile name is shown safely, to that account and to another", async ({ context, page, cloud }) => {
  test.setTimeout(120_000);
  await cloud.change({ entra: { preferred_username: account }, names: [["Fabrikam", tenant], ["Fabrikam Development", subscription]] });
  await signIn(page);
  await toReview(page);
  await cloud.change({ faults: [{ method: "PATCH", path_prefix: "/v1.0/servicePrincipals", kind: "hang-before", times: 2 }] });
  await create(page);
  await expect.poll(async () => held(await cloud.requests())).toBe(2);
  await isHarmless(page, "run-under-way");
  await page.close();
  const next = await context.newPage();
  await next.goto(address);
  await button(next, "View unfinished runs").click();
  await expect(next.getByRole("main").getByText(shownAccount, { exact: true })).toBeVisible();
  await isHarmless(next, "unfinished");
  // Another user of the tenant signs in.
  await cloud.change({ entra: {} });
  await next.goto(`${address}#/azure-service`);
  await field(next, "Tenant to sign in to").fill("fabrikam.com");
  await button(next, "Sign in").click();
  await next.getByRole("button", { name: "lena@fabrikam.com" }).click();
  await button(next, "Accept").click();
  await expect(next.getByRole("status").getByText("Signed in as lena@fabrikam.com.")).toBeVisible();
  await next.goto(`${address}#/unfinished`);
  await expect(next.getByText(`\u2068${shownAccount}\u2069 started it, and only that account`)).toBeVisible();
  await isHarmless(next, "unfinished-of-another");
});
