// The language of the page: who chooses it, that it stays for the tab, and that a change loses nothing.
import { config } from "./emulator.js";
import { button, field, heading, main } from "./locators.js";
import { address, expect, publish, read, spoil, test } from "./site.js";

/** @import { Page } from "@playwright/test" */

const english = "Set up Microsoft Entra ID for a cloud management gateway";
const german = "Microsoft Entra ID für ein Cloudverwaltungsgateway einrichten";
const choice = "select[name=language]";

/** @param {Page} page */
const declared = (page) => page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]);
/** @param {string} name */
const isGerman = (name) => name.startsWith("sentences-de-");

test.describe("a browser that prefers German", () => {
  test.use({ locale: "de-CH" });

  test("the page is German, and loads no English sentences", async ({ context, page }) => {
    const seen = await publish(context);
    await page.goto(address);
    await expect(heading(page)).toHaveText(german);
    expect(await declared(page)).toEqual(["de", "ltr"]);
    expect(await page.title()).toBe(`${german} - CMG Entra Setup`);
    await button(page, "App-ID-URI prüfen").click();
    await expect(heading(page)).toHaveText("App-ID-URI prüfen");
    expect(seen.files.filter((name) => name.startsWith("sentences-en-"))).toEqual([]);
  });

  test("the settings of the site come before the browser, and a link before the settings", async ({ context, page }) => {
    const settings = JSON.stringify({ ...config, language: "en" });
    await publish(context, { change: (name, body) => (name === "config.json" ? settings : body) });
    await page.goto(address);
    await expect(heading(page)).toHaveText(english);
    expect(await declared(page)).toEqual(["en", "ltr"]);

    await page.goto("about:blank");
    await page.goto(`${address}#/?language=de`);
    await expect(heading(page)).toHaveText(german);
    expect(await page.evaluate(() => location.hash)).toBe("#/");
    // The tab keeps it.
    await page.goto("about:blank");
    await page.goto(address);
    await expect(heading(page)).toHaveText(german);
  });

  test("a message before the program is German", async ({ context, page }) => {
    await publish(context, { change: (name, body) => (name.endsWith(".wasm") ? undefined : body) });
    await page.goto(address);
    await expect(heading(page)).toHaveText("Eine Datei dieser Seite fehlt");
    await expect(button(page, "Seite neu laden")).toBeVisible();
    expect(await declared(page)).toEqual(["de", "ltr"]);
  });
});

test.describe("a browser with a language that the page does not have", () => {
  test.use({ locale: "fr-FR" });

  test("the page is English", async ({ context, page }) => {
    await publish(context);
    await page.goto(address);
    await expect(heading(page)).toHaveText(english);
    expect(await declared(page)).toEqual(["en", "ltr"]);
  });
});

test("the choice on the start page loads one file, is declared, and stays for the tab and its pages", async ({ context, page }) => {
  const seen = await publish(context);
  await page.addInitScript(() => Object.defineProperty(Navigator.prototype, "connection", { value: { saveData: true } }));
  await page.goto(address);
  await expect(heading(page)).toHaveText(english);
  await page.locator(choice).focus();
  await page.locator(choice).selectOption("Deutsch");
  await expect(heading(page)).toHaveText(german);
  await expect(page.getByRole("status")).toHaveText("Die Seite ist jetzt auf Deutsch.");
  await expect(page.locator(choice)).toBeFocused();
  expect(await declared(page)).toEqual(["de", "ltr"]);
  expect(seen.files.filter(isGerman)).toHaveLength(1);
  await button(page, "App-ID-URI prüfen").click();
  await expect(heading(page)).toHaveText("App-ID-URI prüfen");
  expect(seen.files.filter(isGerman)).toHaveLength(2);
  await page.reload();
  await expect(heading(page)).toHaveText("App-ID-URI prüfen");
  await page.locator(choice).selectOption("English");
  await expect(heading(page)).toHaveText("Check an App ID URI");
  expect(await declared(page)).toEqual(["en", "ltr"]);
});

test("a change on another page keeps what was typed, and its errors change too", async ({ context, page }) => {
  await publish(context, { change: (name, body) => (name === "config.json" ? JSON.stringify(config) : body) });
  await page.goto(`${address}#/web-app`);
  await field(page, "HomePage URL").fill("ConfigMgrService");
  await field(page, "HomePage URL").blur();
  await expect(main(page).getByText(/^Error: /)).toBeVisible();
  await page.locator(choice).selectOption("Deutsch");
  await expect(main(page).getByText(/^Fehler: /)).toBeVisible();
  await expect(main(page).getByText(/^Error: /)).toHaveCount(0);
  await expect(page.locator("[name=home-page-url]")).toHaveValue("ConfigMgrService");
  expect(await page.evaluate(() => location.hash)).toBe("#/web-app");
});

for (const [how, fault] of /** @type {[string, (name: string, body: Buffer) => Buffer | undefined][]} */ ([
  ["is missing", () => undefined],
  ["is changed", spoil],
  ["is replaced by a page", () => Buffer.from(read("index.html"))],
])) {
  for (const [where, hash] of [
    ["the start page", ""],
    ["another page", "#/app-id-uri"],
  ]) {
    test(`on ${where} a file that ${how} is named, the page stays, and the next attempt works`, async ({ context, page }) => {
      let isFaulty = true;
      await publish(context, { change: (name, body) => (isFaulty && isGerman(name) ? fault(name, Buffer.from(body)) : body) });
      await page.goto(address + hash);
      await expect(page.locator(choice)).toBeVisible();
      await page.locator(choice).selectOption("Deutsch");
      await expect(page.getByRole("status")).toHaveText(/because a file did not arrive: sentences-de-\w+-[0-9a-f]{16}\.txt/);
      await expect(page.locator(choice)).toHaveValue("en");
      expect(await declared(page)).toEqual(["en", "ltr"]);
      isFaulty = false;
      await page.locator(choice).selectOption("Deutsch");
      await expect(page.getByRole("status")).toHaveText("Die Seite ist jetzt auf Deutsch.");
    });
  }
}

test("an unknown language in a link is refused by the program, and nothing is kept", async ({ context, page }) => {
  await publish(context, { change: (name, body) => (name === "config.json" ? JSON.stringify(config) : body) });
  await page.goto(`${address}#/web-app?language=fr&server-name=Contoso`);
  await expect(main(page).getByText(/language/).first()).toBeVisible();
  await expect(page.locator("[name=server-name]")).not.toHaveValue("Contoso");
  expect(await page.evaluate(() => sessionStorage.getItem("cmg-entra-setup:language"))).toBeNull();
});

test("settings with a language that the page does not have are refused in the language of the browser", async ({ context, page }) => {
  let settings = "";
  await publish(context, { change: (name, body) => (name === "config.json" ? settings : body) });
  for (const language of ["en-XA", "ar-XB", "fr"]) {
    settings = JSON.stringify({ ...config, language });
    await page.goto(address);
    await expect(main(page).getByText(`The language ${language} in config.json is not available, so write en or de.`)).toBeVisible();
    expect(await declared(page)).toEqual(["en", "ltr"]);
    await page.goto("about:blank");
  }
});

test("other answers of a link stay when its language is taken", async ({ context, page }) => {
  await publish(context, { change: (name, body) => (name === "config.json" ? JSON.stringify(config) : body) });
  await page.goto(`${address}#/web-app?server-name=Contoso%20%26%20S%C3%B6hne&language=de`);
  await expect(page.locator("[name=server-name]")).toHaveValue("Contoso & Söhne");
  expect(await declared(page)).toEqual(["de", "ltr"]);
});

for (const width of [360, 1440]) {
  test(`no label is wider than its box in the German review at ${width} pixels`, async ({ context, page }) => {
    await publish(context, { folder: "demo/" });
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`${address}#/review?language=de`);
    await button(page, "Anmelden").click();
    await expect(page.getByRole("heading", { name: "Alle Anforderungen" })).toBeVisible({ timeout: 30_000 });
    const labels = page.locator(".tag");
    expect(await labels.count()).toBeGreaterThan(10);
    const tooWide = await labels.evaluateAll((all) =>
      all
        .filter((label) => label.getBoundingClientRect().right > (label.parentElement?.getBoundingClientRect().right ?? 0) + 0.5)
        .map(({ textContent }) => textContent),
    );
    expect(tooWide).toEqual([]);
  });
}

test.describe("languages for tests, in the demo", () => {
  for (const [tag, dir] of [
    ["en-XA", "ltr"],
    ["ar-XB", "rtl"],
  ]) {
    for (const width of [360, 1440]) {
      test(`the pages fit in ${tag} at ${width} pixels`, async ({ context, page }) => {
        await publish(context, { folder: "demo/" });
        await page.setViewportSize({ width, height: 900 });
        for (const hash of ["/", "/app-id-uri", "/client-id", "/azure-service", "/web-app", "/native-app", "/discovery", "/subscription", "/check"]) {
          await page.goto("about:blank");
          await page.goto(`${address}#${hash}?language=${tag}`);
          await expect(heading(page)).toHaveText(/^[[\u202e]/);
          expect(await declared(page)).toEqual([tag, dir]);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          expect(wide, hash).toBeLessThanOrEqual(0);
        }
      });
    }
  }
});
