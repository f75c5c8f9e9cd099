// Two persons and one plan: the first has no account in the tenant, the second carries the plan out, the first gets the result.
import { readFile } from "node:fs/promises";

import { address, expect, test } from "./cloud.js";
import { button, main } from "./locators.js";
import { look } from "./look.js";
import { complete, create } from "./steps.js";

/** @import { Download, Page } from "@playwright/test" */

/**
 * A field of the wizard.
 * @param {Page} page
 * @param {string} name
 */
const field = (page, name) => page.getByRole("textbox", { name });

/** @param {Download} download */
const text = async (download) => readFile(await download.path(), "utf8");

/**
 * @param {Page} page
 * @param {string} name
 */
async function save(page, name) {
  const saved = page.waitForEvent("download");
  await button(page, name).click();
  return text(await saved);
}

/** @param {Page} page */
const hash = (page) => page.locator("#plan-hash").textContent();

test("a plan goes to another person, and its result comes back", async ({ browser, cloud, page }) => {
  test.setTimeout(120_000);
  const first = page;
  await first.goto(`${address}#/azure-service`);
  await field(first, "Tenant to sign in to").fill("fabrikam.com");
  await first.goto(`${address}#/web-app`);
  await field(first, "Application name").fill("CMG O'Brien Контора");
  await first.goto(`${address}#/review`);
  await button(first, "Hand over a plan").click();
  await expect(first).toHaveTitle(/Plan for another person/);
  await look(first, "plan");
  const link = (await first.locator("#plan-link").textContent()) ?? "";
  const file = JSON.parse(await save(first, "Save the plan (.json)"));
  expect(file.hash).toBe(await hash(first));
  expect(link.length).toBeLessThan(1024);
  const sent = await cloud.requests();
  expect(sent).toEqual([]);

  const context = await browser.newContext();
  const second = await context.newPage();
  await second.goto(link);
  await expect(second).toHaveURL(`${address}#/plan`);
  await expect(main(second)).toContainText(file.hash);
  await expect(main(second)).toContainText("CMG O'Brien Контора");
  await look(second, "plan-opened");
  expect(await cloud.requests()).toEqual([]);
  await button(second, "Use these answers").click();
  await button(second, "Sign in").click();
  await second.getByRole("button", { name: "admin@fabrikam.com" }).click();
  await button(second, "Accept").click();
  await expect(main(second)).toContainText("These are the answers of the plan that you opened.");
  await expect(main(second)).toContainText(file.hash);
  await create(second);
  await complete(second);
  await button(second, "Go to the hand-over").click();
  await expect(main(second)).toContainText("Send the result back");
  const record = await save(second, "Save the record (.json)");
  expect(JSON.parse(record).planHash).toBe(file.hash);
  await context.close();

  await first.locator("#plan-text-file").setInputFiles({ name: "record.json", mimeType: "application/json", buffer: Buffer.from(record) });
  await expect(main(first)).toContainText("This is the result of the plan with your answers.");
  await look(first, "received");
  const script = await save(first, "Save the script (.ps1)");
  expect(script).toContain(JSON.parse(record).serverApp.appId);
  await button(first, "Close the result").click();

  const changed = record.replace(/"AADTENANTID": "[^"]*"/, '"AADTENANTID": "11111111-2222-4333-8444-555555555555"');
  await field(first, "Plan or result").fill(changed);
  await expect(first.locator("#plan-text-fault")).toContainText("contradicts another one");
});
