// The program arrives in parts: the start page first, the rest when it is needed. A part that does not arrive is an answer, not a fault.
import { button, heading, main } from "./locators.js";
import { address, expect, publish, read, spoil, test } from "./site.js";

/** @import { Page } from "@playwright/test" */

/** @param {string} name */
const isCore = (name) => /^cmg-entra-setup-core-[0-9a-f]{16}\.wasm$/.test(name);
/** @param {string} name */
const isSettings = (name) => /^cmg-entra-setup-(core-)?settings-[0-9a-f]{16}\.wasm$/.test(name);
/** @param {string} name */
const isCoreSentences = (name) => name.startsWith("sentences-en-core-");

/**
 * Files of the features, which are loaded after the core.
 * @param {string} name
 */
const isFeature = (name) => /^cmg-entra-setup-(review|run|pair|registration|evidence)[-a-z]*-[0-9a-f]{16}\.wasm$/.test(name);
/** @type {(name: string, feature: string) => boolean} */
const isOf = (name, feature) => isFeature(name) && name.split("-").includes(feature);

/** @param {Page} page */
const openUriCheck = (page) => button(page, "Check an App ID URI").click();

test("the start page needs none of the rest, which comes after it with low priority", async ({ context, page }) => {
  const seen = await publish(context, { change: (name, body) => (isCore(name) || isCoreSentences(name) ? undefined : body) });
  await page.goto(address);
  await expect(heading(page)).toHaveText("Set up Microsoft Entra ID for a cloud management gateway");
  await expect(button(page, "Check an App ID URI")).toBeVisible();
  await page.waitForLoadState("networkidle");
  const program = seen.files.findIndex((name) => name.endsWith("_bg.wasm"));
  expect(program).toBeGreaterThan(-1);
  expect(seen.files.findIndex(isCore)).toBeGreaterThan(program);
  // Nobody asked for it yet, so nobody is told that it did not arrive.
  await expect(page.getByText("cannot be loaded")).toHaveCount(0);
});

test("a browser that saves data requests the rest only when it is needed", async ({ context, page }) => {
  const seen = await publish(context);
  await page.addInitScript(() => Object.defineProperty(Navigator.prototype, "connection", { value: { saveData: true } }));
  await page.goto(address);
  await expect(heading(page)).toBeVisible();
  await page.waitForLoadState("networkidle");
  expect(seen.files.filter((name) => isCore(name) || isCoreSentences(name))).toEqual([]);
  await openUriCheck(page);
  await expect(heading(page)).toHaveText("Check an App ID URI");
  expect(seen.files.filter((name) => isCore(name) || isCoreSentences(name))).toHaveLength(3);
  expect(seen.files.filter(isFeature)).toEqual([]);
});

for (const [what, isIt] of /** @type {[string, (name: string) => boolean][]} */ ([
  ["program", isCore],
  ["sentences", isCoreSentences],
])) {
  for (const [how, fault] of /** @type {[string, (name: string, body: Buffer) => Buffer | undefined][]} */ ([
    ["missing", () => undefined],
    ["changed", spoil],
    ["replaced by a page", () => Buffer.from(read("index.html"))],
  ])) {
    test(`the ${what} of the rest are ${how}: the page names the file, and tries again`, async ({ context, page }) => {
      let isFaulty = true;
      await publish(context, { change: (name, body) => (isFaulty && isIt(name) ? fault(name, Buffer.from(body)) : body) });
      await page.goto(address);
      await openUriCheck(page);
      await expect(main(page).getByText("A file of this page cannot be loaded")).toBeVisible();
      const status = how === "missing" ? " \\(HTTP 404\\)" : "";
      const name = isIt === isCore ? "cmg-entra-setup-core-[0-9a-f]{16}\\.wasm" : "sentences-en-core-[0-9a-f]{16}\\.txt";
      await expect(main(page).getByText(new RegExp(`The file is ${name}${status}\\.$`))).toBeVisible();
      // The start page goes on.
      await expect(button(page, "Check a pair")).toBeVisible();
      isFaulty = false;
      await button(page, "Try again").click();
      await expect(heading(page)).toHaveText("Check an App ID URI");
      await expect(heading(page)).toBeFocused();
      await page.goBack();
      await expect(heading(page)).toHaveText("Set up Microsoft Entra ID for a cloud management gateway");
    });
  }
}

test("a site with settings loads what reads them, and a page without settings does not", async ({ context, page }) => {
  let settings = "{}";
  const seen = await publish(context, { change: (name, body) => (name === "config.json" ? settings : body) });
  await page.addInitScript(() => Object.defineProperty(Navigator.prototype, "connection", { value: { saveData: true } }));
  await page.goto(address);
  await expect(heading(page)).toBeVisible();
  await page.waitForLoadState("networkidle");
  expect(seen.files.filter(isSettings)).toEqual([]);
  settings = JSON.stringify({ organization: { name: "Contoso" } });
  await page.reload();
  await expect(main(page).getByText("Contoso")).toBeVisible();
  expect(seen.files.filter(isSettings)).toHaveLength(2);
  expect(seen.files.filter(isCore)).toEqual([]);
});

test("a missing reader of settings is named", async ({ context, page }) => {
  await publish(context, {
    change: (name, body) => (name === "config.json" ? '{ "organization": {} }' : isSettings(name) ? undefined : body),
  });
  await page.goto(address);
  await expect(heading(page)).toHaveText("A file of this page is missing");
  await expect(page.getByText(/HTTP 404 for cmg-entra-setup-core-settings-[0-9a-f]{16}\.wasm\.$/)).toBeVisible();
});

test("invalid settings are explained on the start page", async ({ context, page }) => {
  await publish(context, { change: (name, body) => (name === "config.json" ? '{ "unknown": 1 }' : body) });
  await page.goto(address);
  await expect(heading(page)).toHaveText("Set up Microsoft Entra ID for a cloud management gateway");
  await expect(main(page).getByText("The settings of this site cannot be used")).toBeVisible();
});

test("a page opened by its address names the file that is missing", async ({ context, page }) => {
  let isFaulty = true;
  await publish(context, { change: (name, body) => (isFaulty && isCore(name) ? undefined : body) });
  await page.goto(`${address}#/app-id-uri`);
  await expect(heading(page)).toHaveText("A file of this page is missing");
  await expect(page.getByText(/The web server returns HTTP 404 for cmg-entra-setup-core-[0-9a-f]{16}\.wasm\.$/)).toBeVisible();
  isFaulty = false;
  await button(page, "Reload the page").click();
  await expect(heading(page)).toHaveText("Check an App ID URI");
});

test("a part with another content type only takes longer", async ({ context, page }) => {
  await publish(context, { retype: (name, kind) => (isCore(name) ? "application/octet-stream" : kind) });
  await page.goto(address);
  await openUriCheck(page);
  await expect(heading(page)).toHaveText("Check an App ID URI");
});

test("Back stops the wait for a page, and the start page stays", async ({ context, page }) => {
  /** @type {(value?: unknown) => void} */
  let release = () => {};
  const held = new Promise((resolve) => (release = resolve));
  await publish(context);
  await page.route((url) => isCore(url.pathname.split("/").pop() ?? ""), async (route) => {
    await held;
    await route.fallback();
  });
  await page.goto(address);
  await openUriCheck(page);
  await expect(page.getByRole("status").getByText("The page is loading.")).toBeVisible();
  await expect(page).toHaveURL(/#\/app-id-uri$/);
  await page.goBack();
  await expect(page.getByText("The page is loading.")).toHaveCount(0);
  const arrived = page.waitForResponse((response) => response.url().includes("-core-") && response.url().endsWith(".wasm"));
  release();
  await (await arrived).finished();
  await expect(heading(page)).toHaveText("Set up Microsoft Entra ID for a cloud management gateway");
  await openUriCheck(page);
  await expect(heading(page)).toHaveText("Check an App ID URI");
});

test("a theme chosen on the start page stays on the other pages", async ({ context, page }) => {
  await publish(context);
  await page.goto(address);
  await page.getByLabel("Theme").selectOption("Dark");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await openUriCheck(page);
  await expect(heading(page)).toHaveText("Check an App ID URI");
  await expect(page.getByLabel("Theme")).toHaveValue("dark");
  await page.reload();
  await expect(page.getByLabel("Theme")).toHaveValue("dark");
});

test("the start page goes on after another script removed its elements", async ({ context, page }) => {
  await publish(context, { change: (name, body) => (isCore(name) ? undefined : body) });
  await page.goto(address);
  await expect(heading(page)).toBeVisible();
  await page.evaluate(() => {
    document.querySelector("main")?.firstElementChild?.remove();
    document.querySelector("#app [role=status]")?.remove();
  });
  await openUriCheck(page);
  await expect(main(page).getByText("A file of this page cannot be loaded")).toBeVisible();
  await expect(heading(page)).toHaveText("Set up Microsoft Entra ID for a cloud management gateway");
});

test("a page whose settings do not arrive starts without them", async ({ context, page }) => {
  await publish(context);
  await page.route("**/config.json", () => new Promise(() => {}));
  await page.goto(address);
  await expect(heading(page)).toHaveText("Set up Microsoft Entra ID for a cloud management gateway", { timeout: 15_000 });
});

test("the skip link and the keyboard work before the rest is there", async ({ context, page }) => {
  await publish(context, { change: (name, body) => (isCore(name) ? undefined : body) });
  await page.goto(address);
  await expect(heading(page)).toBeVisible();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(heading(page)).toBeFocused();
});

/** The features, and a page of each. */
const features = /** @type {const} */ ([
  ["review", "#/review"],
  ["run", "#/unfinished"],
  ["pair", "#/check"],
  ["registration", "#/client-id"],
  ["providers", "#/providers"],
  ["evidence", "#/evidence"],
]);

for (const [feature, place] of features) {
  for (const [how, fault] of /** @type {[string, (name: string, body: Buffer) => Buffer | undefined][]} */ ([
    ["missing", () => undefined],
    ["changed", spoil],
    ["replaced by a page", () => Buffer.from(read("index.html"))],
  ])) {
    test(`the files of ${feature} are ${how}: the page names one, tries again, and keeps what was typed`, async ({ context, page }) => {
      let isFaulty = true;
      await publish(context, { change: (name, body) => (isFaulty && isOf(name, feature) ? fault(name, Buffer.from(body)) : body) });
      await page.goto(`${address}#/web-app`);
      const typed = page.getByLabel("HomePage URL");
      await typed.fill("https://cmg.contoso.com");
      await page.goto(`${address}${place}`);
      await expect(main(page).getByText("A file of this page cannot be loaded")).toBeVisible();
      const status = how === "missing" ? " \\(HTTP 404\\)" : "";
      await expect(main(page).getByText(new RegExp(`The file is cmg-entra-setup-[a-z-]*${feature}[a-z-]*-[0-9a-f]{16}\\.wasm${status}\\.$`))).toBeVisible();
      await expect(heading(page)).toBeFocused();
      const frame = await page.locator("#app").textContent();
      isFaulty = false;
      await button(page, "Try again").click();
      await expect(main(page).getByText("A file of this page cannot be loaded")).toHaveCount(0);
      await expect.poll(() => page.locator("#app").textContent()).not.toBe(frame);
      await expect(page.getByText("The page is loading.")).toHaveCount(0);
      await page.goto(`${address}#/web-app`);
      await expect(typed).toHaveValue("https://cmg.contoso.com");
    });
  }
}

/** The sentences that each feature has of its own, and the language of the page. */
const featureSentences = /** @type {const} */ ([
  ["run", "steps", "en"],
  ["run", "run", "en"],
  ["pair", "pair", "de"],
  ["registration", "registration", "en"],
  ["providers", "providers", "de"],
  ["evidence", "evidence", "en"],
]);

for (const [feature, part, language] of featureSentences) {
  const place = features.find(([name]) => name === feature)?.[1] ?? "";
  const texts = {
    en: { failure: "A file of this page cannot be loaded", retry: "Try again", field: "HomePage URL" },
    de: { failure: "Eine Datei dieser Seite kann nicht geladen werden", retry: "Erneut versuchen", field: "URL für Startseite" },
  }[language];
  /** @param {string} name */
  const isIt = (name) => name.startsWith(`sentences-${language}-${part}-`);
  for (const [how, fault] of /** @type {[string, (name: string, body: Buffer) => Buffer | undefined][]} */ ([
    ["missing", () => undefined],
    ["changed", spoil],
    ["replaced by a page", () => Buffer.from(read("index.html"))],
  ])) {
    test(`the sentences ${part} of ${feature} (${language}) are ${how}: the page names the file, tries again, and keeps what was typed`, async ({
      context,
      page,
    }) => {
      let isFaulty = true;
      await publish(context, { change: (name, body) => (isFaulty && isIt(name) ? fault(name, Buffer.from(body)) : body) });
      await page.goto(`${address}#/web-app?language=${language}`);
      const typed = page.getByLabel(texts.field);
      await typed.fill("https://cmg.contoso.com");
      await page.goto(`${address}${place}`);
      await expect(main(page).getByText(texts.failure)).toBeVisible();
      const status = how === "missing" ? " \\(HTTP 404\\)" : "";
      await expect(main(page).getByText(new RegExp(`sentences-${language}-${part}-[0-9a-f]{16}\\.txt${status}\\.$`))).toBeVisible();
      await expect(heading(page)).toBeFocused();
      isFaulty = false;
      await button(page, texts.retry).click();
      await expect(main(page).getByText(texts.failure)).toHaveCount(0);
      // The mark of a sentence that is not there.
      await expect(page.getByText("\u{FFFD}")).toHaveCount(0);
      await page.goto(`${address}#/web-app`);
      await expect(typed).toHaveValue("https://cmg.contoso.com");
    });
  }
}

test("a browser that saves data requests the files of a feature with its first page", async ({ context, page }) => {
  const seen = await publish(context);
  await page.addInitScript(() => Object.defineProperty(Navigator.prototype, "connection", { value: { saveData: true } }));
  await page.goto(`${address}#/azure-service`);
  await expect(heading(page)).toBeVisible();
  await page.waitForLoadState("networkidle");
  expect(seen.files.filter(isFeature)).toEqual([]);
  await page.goto(`${address}#/client-id`);
  await expect(page.getByLabel("Address of the page")).toBeVisible();
  expect(seen.files.filter(isFeature).length).toBeGreaterThan(0);
  expect(seen.files.filter((name) => isFeature(name) && !isOf(name, "registration"))).toEqual([]);
});

test("the wizard requests the review before it is needed, and nothing of the others", async ({ context, page }) => {
  const seen = await publish(context);
  await page.goto(`${address}#/azure-service`);
  await expect(heading(page)).toBeVisible();
  await page.waitForLoadState("networkidle");
  expect(seen.files.filter((name) => isOf(name, "review")).length).toBeGreaterThan(0);
  expect(seen.files.filter((name) => isFeature(name) && !isOf(name, "review"))).toEqual([]);
});

test("a page is announced while its feature is on its way", async ({ context, page }) => {
  /** @type {(value?: unknown) => void} */
  let release = () => {};
  const held = new Promise((resolve) => (release = resolve));
  await publish(context);
  await page.route((url) => isOf(url.pathname.split("/").pop() ?? "", "registration"), async (route) => {
    await held;
    await route.fallback();
  });
  await page.goto(`${address}#/client-id`);
  await expect(page.getByRole("status").getByText("The page is loading.")).toBeAttached();
  await expect(main(page).getByText("The page is loading.")).toBeVisible();
  release();
  await expect(page.getByLabel("Address of the page")).toBeVisible();
  await expect(page.getByText("The page is loading.")).toHaveCount(0);
});
