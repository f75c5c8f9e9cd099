// The first view: the start page as HTML, before the program arrives. The program takes the same elements over.
import { button, heading, main } from "./locators.js";
import { address, expect, publish, read, spoil, test } from "./site.js";

/** @import { BrowserContext, Page } from "@playwright/test" */
/** @import { PublishOptions } from "./site.js" */

const title = "Set up Microsoft Entra ID for a cloud management gateway";
const isProgram = /_bg\.wasm$/;
const starting = "The page is starting. If this message stays, reload the page.";

/**
 * Holds a file back until the returned function is called.
 * @param {Page} page
 * @param {RegExp} file
 */
async function hold(page, file) {
  /** @type {(value?: unknown) => void} */
  let release = () => {};
  const held = new Promise((resolve) => (release = resolve));
  await page.route(file, async (route) => {
    await held;
    await route.fallback();
  });
  return () => release();
}

/**
 * Opens the page without its program.
 * @param {BrowserContext} context
 * @param {Page} page
 * @param {PublishOptions} [options]
 */
async function open(context, page, options) {
  await publish(context, options);
  const release = await hold(page, isProgram);
  await page.goto(address, { waitUntil: "commit" });
  await expect(heading(page)).toBeVisible();
  return release;
}

/** @param {Page} page */
const state = (page) => page.evaluate(() => document.documentElement.dataset.view);

/**
 * Waits until the program has taken over.
 * @param {Page} page
 */
const takenOver = (page) => expect.poll(() => state(page)).toBeUndefined();

/**
 * How far the page has moved without an action of the user: every shift that the browser has reported.
 * @param {Page} page
 * @returns {Promise<number[]>}
 */
const shifts = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        /** @type {number[]} */
        const values = [];
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            values.push(/** @type {PerformanceEntry & { value: number }} */ (entry).value);
          }
        }).observe({ type: "layout-shift", buffered: true });
        // The browser reports the shifts of a frame after it.
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(values))));
      }),
  );

/**
 * Marks the elements, so that others in their place are noticed.
 * @param {Page} page
 */
const mark = (page) =>
  page.evaluate(() => {
    const elements = [...document.querySelectorAll("#app *")];
    for (const element of elements) {
      Object.assign(element, { isMarked: true });
    }
    return elements.length;
  });

/** @param {Page} page */
const marked = (page) =>
  page.evaluate(() => [...document.querySelectorAll("#app *")].filter((element) => "isMarked" in element).length);

test("the start page is there before the program, which takes over the same elements", async ({ context, page }) => {
  const release = await open(context, page);
  await expect(heading(page)).toHaveText(title);
  await expect(main(page).getByText("This page registers the web (server) app")).toBeVisible();
  await expect(button(page, "Check an App ID URI")).toBeVisible();
  await expect(page.getByText(starting)).toHaveCount(0);
  expect(await state(page)).toBe("ready");
  await button(page, "Check an App ID URI").focus();
  const count = await mark(page);
  expect(count).toBeGreaterThan(50);
  release();
  await takenOver(page);
  expect(await marked(page)).toBe(count);
  await expect(button(page, "Check an App ID URI")).toBeFocused();
  expect(await shifts(page)).toEqual([]);
  await expect(page).toHaveTitle(`${title} - CMG Entra Setup`);
  // It is the program's page now.
  await button(page, "Check an App ID URI").click();
  await expect(heading(page)).toHaveText("Check an App ID URI");
});

test("the start page is there before the start script", async ({ context, page }) => {
  await publish(context);
  const release = await hold(page, /boot-[^/]*\.js$/);
  await page.goto(address, { waitUntil: "commit" });
  await expect(heading(page)).toHaveText(title);
  await expect(button(page, "Check an App ID URI")).toBeVisible();
  release();
  await takenOver(page);
});

/**
 * The files that the page requests while a style sheet is missing, which the browser needs to paint anything.
 * @param {BrowserContext} context
 * @param {Page} page
 * @param {string} place
 */
async function openUnpainted(context, page, place = "") {
  const seen = await publish(context);
  const release = await hold(page, /tokens-[^/]*\.css$/);
  await page.goto(address + place, { waitUntil: "commit" });
  await expect.poll(() => page.evaluate(() => document.readyState)).toBe("interactive");
  await expect.poll(() => seen.files.some((name) => name.startsWith("boot-"))).toBe(true);
  const isRequested = () => seen.files.some((name) => isProgram.test(name));
  return { isRequested, release };
}

test("the program is requested after the first view is painted", async ({ context, page }) => {
  const { isRequested, release } = await openUnpainted(context, page);
  // A second answer of the page: what it does by itself was done before.
  expect(await state(page)).toMatch(/^(waiting|ready)$/);
  expect(isRequested()).toBe(false);
  release();
  await expect.poll(isRequested).toBe(true);
  await takenOver(page);
});

test("the program is requested at once for another page than the start page", async ({ context, page }) => {
  const { isRequested, release } = await openUnpainted(context, page, "#/app-id-uri");
  await expect.poll(isRequested).toBe(true);
  release();
  await expect(heading(page)).toHaveText("Check an App ID URI");
});

test("the program is requested at once in a tab that nobody sees", async ({ context, page }) => {
  await page.addInitScript(() => Object.defineProperty(Document.prototype, "hidden", { get: () => true }));
  const { isRequested, release } = await openUnpainted(context, page);
  await expect.poll(isRequested).toBe(true);
  release();
  await takenOver(page);
});

test("what depends on the settings waits for them, and nothing moves", async ({ context, page }) => {
  const settings = JSON.stringify({
    organization: { name: "Contoso", notice: "Ask first." },
    features: { check: false },
    clients: { public: "11111111-2222-4333-8444-555555555555" },
  });
  await publish(context, { change: (name, body) => (name === "config.json" ? settings : body) });
  const release = await hold(page, /config\.json$/);
  await page.goto(address, { waitUntil: "commit" });
  await expect(main(page).getByText("This page registers the web (server) app")).toBeVisible();
  await expect(button(page, "Check an App ID URI")).toBeHidden();
  expect(await state(page)).toBe("waiting");
  const count = await mark(page);
  release();
  await takenOver(page);
  await expect(main(page).getByText("Contoso")).toBeVisible();
  await expect(button(page, "Check an App ID URI")).toBeVisible();
  await expect(button(page, "Check a pair")).toHaveCount(0);
  expect(await shifts(page)).toEqual([]);
  expect(await marked(page)).toBeGreaterThan(count / 2);
});

test("a click before the program is noticed, and carried out when it is there", async ({ context, page }) => {
  const release = await open(context, page);
  await button(page, "Check an App ID URI").click();
  await expect(page.getByRole("status").getByText("The page is loading.")).toBeVisible();
  release();
  await expect(heading(page)).toHaveText("Check an App ID URI");
  await expect(page).toHaveURL(/#\/app-id-uri$/);
  await page.goBack();
  await expect(heading(page)).toHaveText(title);
});

test("a theme chosen before the program applies at once and stays", async ({ context, page }) => {
  const release = await open(context, page);
  const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
  await page.getByLabel("Theme").selectOption("Dark");
  expect(await theme()).toBe("dark");
  const count = await mark(page);
  release();
  await takenOver(page);
  expect(await marked(page)).toBe(count);
  await expect(page.getByLabel("Theme")).toHaveValue("dark");
  expect(await theme()).toBe("dark");

  const releaseAgain = await hold(page, isProgram);
  await page.reload({ waitUntil: "commit" });
  await expect(page.getByLabel("Theme")).toHaveValue("dark");
  expect(await theme()).toBe("dark");
  releaseAgain();
  await takenOver(page);
  await expect(page.getByLabel("Theme")).toHaveValue("dark");
  await page.getByLabel("Theme").selectOption("Light");
  await expect.poll(theme).toBe("light");
});

for (const [what, change] of /** @type {[string, () => void][]} */ ([
  ["removed", () => document.querySelector("main h1")?.remove()],
  [
    "wrapped",
    () => {
      // What a translator does.
      for (const part of document.querySelectorAll("main p, main h2, main button")) {
        const font = document.createElement("font");
        font.append(...part.childNodes);
        part.append(font);
      }
    },
  ],
  ["emptied", () => document.querySelector("#app")?.replaceChildren()],
])) {
  test(`the program draws the page anew if another script ${what} its elements`, async ({ context, page }) => {
    const release = await open(context, page);
    await button(page, "Check an App ID URI").click();
    await page.evaluate(change);
    release();
    await takenOver(page);
    await expect(heading(page)).toHaveText("Check an App ID URI");
    await expect(page.locator("font")).toHaveCount(0);
  });
}

for (const [what, at, stored] of [
  ["another page", "#/app-id-uri", ""],
  ["a sign-in response", "#code=abc&state=def", ""],
  ["a query", "?code=abc&state=def", ""],
  ["stored answers", "", "cmg-entra-setup:draft"],
  ["a fault of the page", "", "cmg-entra-setup.stopped"],
]) {
  test(`there is no first view for ${what}`, async ({ context, page }) => {
    await publish(context);
    await hold(page, isProgram);
    await page.addInitScript((key) => key && sessionStorage.setItem(key, "1"), stored);
    await page.goto(address + at, { waitUntil: "commit" });
    await expect(page.getByText(starting).or(heading(page, "The page has stopped"))).toBeVisible();
    await expect(heading(page, title)).toHaveCount(0);
    expect(await state(page)).toBeUndefined();
  });
}

test("there is no first view in a frame", async ({ context, page }) => {
  await publish(context);
  await page.route("https://elsewhere.test/", (route) =>
    route.fulfill({ contentType: "text/html", body: `<iframe src="${address}" title="a"></iframe>` }),
  );
  await page.goto("https://elsewhere.test/");
  const frame = page.frameLocator("iframe");
  await expect(frame.getByRole("heading")).toHaveText("This page does not run inside another page");
  await expect(frame.locator("html")).not.toHaveAttribute("data-view");
});

test("the page does not start if the script of the first view differs from the published one", async ({ context, page }) => {
  await publish(context, { change: (name, body) => (name.startsWith("first-") ? spoil(name, body) : body) });
  await page.goto(address);
  await expect(heading(page)).toHaveText("The files of this page do not fit together");
});

test("the message stays if the start script does not arrive after the first view", async ({ context, page }) => {
  await publish(context);
  /** @type {(value?: unknown) => void} */
  let fail = () => {};
  const held = new Promise((resolve) => (fail = resolve));
  await page.route(/boot-[^/]*\.js$/, async (route) => {
    await held;
    await route.abort();
  });
  await page.goto(address, { waitUntil: "commit" });
  await expect(heading(page)).toHaveText(title);
  fail();
  await expect(page.getByText(starting)).toBeVisible();
  await expect(heading(page)).toHaveCount(0);
});

/** A page that offers German too, as the build writes it, with other words. */
const german = () => {
  const page = read("index.html").toString();
  const view = /<template lang="en"[^]*?<\/template>/.exec(page)?.[0] ?? "";
  const translated = view.replace('lang="en"', 'lang="de"').replace(title, "Auf Deutsch");
  return page.replace(view, view + translated);
};

for (const [what, locale, kept, language] of [
  ["of the browser", "de-CH", "", "de"],
  ["that was chosen in this tab", "en-US", "de", "de"],
  ["that the page offers", "fr-FR", "", "en"],
]) {
  test.describe(`in the language ${what}`, () => {
    test.use({ locale });

    test("the first view is in no other language before", async ({ context, page }) => {
      await publish(context, { change: (name, body) => (name === "index.html" ? german() : body) });
      await hold(page, isProgram);
      await page.addInitScript((tag) => {
        if (tag) {
          sessionStorage.setItem("cmg-entra-setup:language", tag);
        }
        // Every heading that a frame of the browser could show.
        const look = () => {
          const found = document.querySelector("h1")?.textContent;
          const seen = new Set(JSON.parse(sessionStorage.getItem("seen") ?? "[]"));
          sessionStorage.setItem("seen", JSON.stringify([...seen.add(found)]));
          requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      }, kept);
      await page.goto(address, { waitUntil: "commit" });
      const shown = language === "de" ? "Auf Deutsch" : title;
      await expect(heading(page)).toHaveText(shown);
      await expect(page.locator("html")).toHaveAttribute("lang", language ?? "");
      // The next frame notes it. What was seen before stays in the list.
      const seen = () => page.evaluate(() => JSON.parse(sessionStorage.getItem("seen") ?? "[]"));
      await expect.poll(async () => (await seen()).filter(Boolean)).toEqual([shown]);
      await expect(page.locator("template")).toHaveCount(0);
    });
  });
}

test("the demo has a first view of its own, and nothing moves when the program comes", async ({ context, page }) => {
  const release = await open(context, page, { folder: "demo/" });
  await expect(page.getByText("Demo: a simulated cloud.")).toBeVisible();
  await expect(page.getByText("Make something go wrong")).toBeVisible();
  const shown = () => page.evaluate(() => document.querySelector("main")?.innerHTML);
  const before = await shown();
  await button(page, "Set up").focus();
  await page.getByLabel("Theme").selectOption("Dark");
  release();
  await takenOver(page);
  expect(await shown()).toBe(before);
  await expect(page.getByLabel("Theme")).toHaveValue("dark");
  expect(await shifts(page)).toEqual([]);
  await expect(page.getByText("Make something go wrong")).toHaveCount(1);
  await page.getByText("Make something go wrong").click();
  await expect(button(page, "Start over")).toBeVisible();
});
