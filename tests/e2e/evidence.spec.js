// Evidence of a run: saved in every format, verified, changed and found out, and opened as a file in the browser.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { address, expect, test } from "./cloud.js";
import { button, field, heading, main } from "./locators.js";
import { look } from "./look.js";
import { complete, create, toReview } from "./steps.js";

/** @import { Page } from "@playwright/test" */

/**
 * Saves the evidence in a format. Returns its path and its text.
 * @param {Page} page
 * @param {string} format
 */
async function saved(page, format) {
  await page.getByRole("radio", { name: format }).check();
  const coming = page.waitForEvent("download");
  await button(page, "Save the evidence").click();
  const download = await coming;
  expect(download.suggestedFilename()).toMatch(/^cmg-evidence-[0-9a-f-]{36}-[0-9a-f-]{36}\.(json|html|md|har)$/);
  const path = test.info().outputPath(download.suggestedFilename());
  await download.saveAs(path);
  return { path, text: readFileSync(path, "utf8") };
}

/**
 * Chooses a file of this text.
 * @param {Page} page
 * @param {string} text
 */
async function choose(page, text) {
  const file = { name: "evidence.json", mimeType: "application/json", buffer: Buffer.from(text) };
  await page.locator("input[type=file]").setInputFiles(file);
}

test("the evidence of a run is saved, intact, and every change is named", async ({ context, page, cloud }) => {
  test.setTimeout(240_000);
  await toReview(page);
  await create(page);
  await complete(page);
  await button(page, "Evidence").click();
  await expect(heading(page, "Evidence of a run")).toBeVisible();
  const end = await page.getByRole("status", { name: "End hash (SHA-256)" }).innerText();
  expect(end).toMatch(/^[0-9a-f]{64}$/);
  await look(page, "90-evidence");

  const json = await saved(page, "JSON");
  const html = await saved(page, "HTML");
  const files = [json, html, await saved(page, "Markdown"), await saved(page, "HAR")];
  const needles = await cloud.needles();
  expect(needles.length).toBeGreaterThan(3);
  for (const { path, text } of files) {
    expect(text, path).toContain(end);
    for (const [kind, needle] of needles) {
      expect(text.includes(needle), `${path} has a ${kind}`).toBe(false);
    }
  }

  // Every write of the run is in the file, with Microsoft's own ID of its answer.
  const pack = JSON.parse(json.text);
  /** @type {{ kind: string, method: string, requestId: string | null, status: number }[]} */
  const entries = pack.entries;
  const answered = entries.filter(({ kind, method }) => kind === "answered" && method !== "GET");
  expect(answered.length).toBeGreaterThan(5);
  expect(answered.filter(({ requestId }) => requestId === null)).toEqual([]);

  // In a tab of its own, without a sign-in.
  const verifier = await context.newPage();
  await verifier.goto(`${address}#/evidence`);
  await expect(main(verifier).getByText("This tab has no run that has ended.")).toBeVisible();
  await choose(verifier, json.text);
  await expect(main(verifier).getByText("Every hash fits. A person who changes the file")).toBeVisible();
  await field(verifier, "Noted end hash").fill(end);
  await expect(main(verifier).getByText("Every hash fits, and the end hash is the one you entered.")).toBeVisible();
  await look(verifier, "91-evidence-intact");

  const number = entries.findIndex(({ status }) => status === 201) + 1;
  expect(number).toBeGreaterThan(1);
  const lines = json.text.split("\n");
  const line = lines.findIndex((text) => text.includes(`"number":${number},`));
  lines[line] = (lines[line] ?? "").replace('"status":201', '"status":200');
  await choose(verifier, lines.join("\n"));
  await expect(main(verifier).getByText(`Entry ${number} is the first one whose hash does not fit`)).toBeVisible();
  await look(verifier, "92-evidence-changed");
  await choose(verifier, json.text.slice(0, 5_000));
  await expect(main(verifier).getByText("The text ends before its JSON does")).toBeVisible();
  await choose(verifier, "x".repeat(50_000_000));
  await expect(main(verifier).getByText("Evidence has at most 5 MB")).toBeVisible();
  await expect(field(verifier, "Noted end hash")).toHaveValue(end);
  await verifier.close();

  // The HTML file obeys its own policy, and the policy is in force.
  const reader = await context.newPage();
  await reader.goto(pathToFileURL(html.path).href);
  await expect(heading(reader, "Evidence of a run of CMG Entra Setup")).toBeVisible();
  expect(await reader.evaluate(() => document.scripts.length)).toBe(0);
  expect(await reader.getByRole("row").count()).toBe(entries.length + 1);
  for (const width of [360, 1440]) {
    await reader.setViewportSize({ width, height: 900 });
    expect(await reader.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
  const background = () => reader.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await reader.emulateMedia({ colorScheme: "dark" });
  const dark = await background();
  await reader.emulateMedia({ media: "print", colorScheme: "dark" });
  expect(await background()).not.toBe(dark);
  await reader.emulateMedia({ media: "screen", colorScheme: "light" });
  expect(await background()).not.toBe(dark);
  expect(cloud.violations).toEqual([]);
  await reader.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "document.title = 'ran'";
    document.body.append(script);
  });
  await expect.poll(() => cloud.violations.length).toBe(1);
  expect(cloud.takeViolations()[0]).toContain("script-src");
  expect(await reader.title()).not.toBe("ran");
  await reader.close();

  // An independent reader of the archive answers a request of the run from it.
  const archive = files[3] ?? json;
  /** @type {{ method: string, url: string, postData?: { text: string } }[]} */
  const requests = JSON.parse(archive.text).log.entries.map((/** @type {{ request: object }} */ { request }) => request);
  const posted = requests.find(({ method }) => method === "POST");
  const replay = await context.newPage();
  await replay.routeFromHAR(archive.path, { notFound: "abort" });
  /** @param {string} url */
  const isAnswered = (url) =>
    replay.evaluate(
      ([url = "", body]) =>
        fetch(url, { method: "POST", body, mode: "no-cors" }).then(
          () => true,
          () => false,
        ),
      [url, posted?.postData?.text],
    );
  expect(await isAnswered(posted?.url ?? "")).toBe(true);
  expect(await isAnswered("https://graph.microsoft.com/v1.0/other")).toBe(false);
  await replay.close();
});
