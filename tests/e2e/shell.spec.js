// The page before the program starts: it runs only published files, or explains why it does not start.
import { button, heading } from "./locators.js";
import { address, expect, publish, read, spoil, test } from "./site.js";

/** @import { PublishOptions } from "./site.js" */

// Chromium's message about the preload of the program. The later `fetch` checks the hash.
const knownRemark = "https://crbug.com/981419";

/** @param {string} name */
const isStart = (name) => name.startsWith("boot-");

test("the page starts under its own policy, contacts no other host, and loads each file once", async ({ context, page }) => {
  const seen = await publish(context);
  await page.goto(address);
  await expect(heading(page)).toBeVisible();
  await page.waitForLoadState("networkidle");
  expect(seen.messages.filter((message) => !message.includes(knownRemark))).toEqual([]);
  // The browser requests the icon itself, and can do so more than once.
  const loaded = seen.files.filter((name) => !name.startsWith("icon-"));
  expect([...loaded].sort()).toEqual([...new Set(loaded)].sort());
});

/** @param {string} name */
const isProgram = (name) => name.endsWith(".wasm");

test("the page does not start if the program differs from the published one", async ({ context, page }) => {
  await publish(context, { change: (name, body) => (isProgram(name) ? spoil(name, body) : body) });
  await page.goto(address);
  await expect(heading(page)).toHaveText("The files of this page do not fit together");
  await expect(page.getByRole("button", { name: "Reload the page" })).toBeVisible();
});

test("a missing program is named, with the web server's response", async ({ context, page }) => {
  await publish(context, { change: (name, body) => (isProgram(name) ? undefined : body) });
  await page.goto(address);
  await expect(heading(page)).toHaveText("A file of this page is missing");
  await expect(page.getByText(/The web server returns HTTP 404 for cmg-entra-setup-[0-9a-f]{8,16}_bg\.wasm\.$/)).toBeVisible();
});

test("the program is named if the web server returns a page for it", async ({ context, page }) => {
  await publish(context, {
    change: (name, body) => (isProgram(name) ? read("index.html") : body),
    retype: (name, kind) => (isProgram(name) ? "text/html; charset=utf-8" : kind),
  });
  await page.goto(address);
  await expect(heading(page)).toHaveText("A file of this page has the wrong content type");
  await expect(page.getByText(/It sends cmg-entra-setup-[0-9a-f]{8,16}_bg\.wasm as text\/html\.$/)).toBeVisible();
});

test("the program is named if it cannot be loaded", async ({ context, page }) => {
  await publish(context);
  await page.route((url) => isProgram(url.pathname), (route) => route.abort());
  await page.goto(address);
  await expect(heading(page)).toHaveText("A file of this page cannot be loaded");
  await expect(page.getByText(/The file is cmg-entra-setup-[0-9a-f]{8,16}_bg\.wasm\.$/)).toBeVisible();
});

for (const [what, options] of /** @type {[string, PublishOptions][]} */ ([
  ["differs from the published one", { change: (name, body) => (isStart(name) ? spoil(name, body) : body) }],
  ["is missing", { change: (name, body) => (isStart(name) ? undefined : body) }],
  ["has the type of a text, which no browser runs", { retype: (name, kind) => (isStart(name) ? "text/plain" : kind) }],
])) {
  test(`the page explains what to do if the start script ${what}`, async ({ context, page }) => {
    await publish(context, options);
    await page.goto(address);
    await page.waitForLoadState("networkidle");
    await expect(page.getByText("The page is starting. If this message stays, reload the page.")).toBeVisible();
    await expect(heading(page)).toHaveCount(0);
  });
}

for (const kind of ["application/octet-stream", "text/html", "application/wasm; charset=utf-8"]) {
  test(`the page starts if the web server sends the program as ${kind}`, async ({ context, page }) => {
    await publish(context, { retype: (name, usual) => (name.endsWith(".wasm") ? kind : usual) });
    await page.goto(address);
    await expect(heading(page)).toHaveText("Set up Microsoft Entra ID for a cloud management gateway");
  });
}

test("the page starts without config.json, and explains its content", async ({ context, page }) => {
  await publish(context, { change: (name, body) => (name === "config.json" ? undefined : body) });
  await page.goto(address);
  await button(page, "Set up").click();
  await page.getByRole("button", { name: "How to get a client ID" }).click();
  await expect(page.getByText("copy the Application (client) ID into config.json beside this page")).toBeVisible();
});

test("the manifest has no errors, and its icons exist", async ({ context, page }) => {
  await publish(context);
  await page.goto(address);
  await expect(heading(page)).toBeVisible();
  const session = await context.newCDPSession(page);
  const { url, errors, data } = await session.send("Page.getAppManifest");
  expect([url, errors]).toEqual([`${address}manifest.webmanifest`, []]);
  for (const { src, sizes } of JSON.parse(data ?? "").icons) {
    const size = await page.evaluate(async (name) => {
      const { width, height } = await createImageBitmap(await (await fetch(name)).blob());
      return `${width}x${height}`;
    }, src);
    expect(size).toBe(sizes);
  }
});

test("no script runs if the start script differs from the published one", async ({ context, page }) => {
  await publish(context, { change: (name, body) => (name.startsWith("boot-") ? spoil(name, body) : body) });
  await page.goto(address);
  await page.waitForLoadState("networkidle");
  await expect(heading(page)).toHaveCount(0);
  await expect(page.getByText("The page is starting. If this message stays, reload the page.")).toBeVisible();
});

test("the page refuses to run inside an unlisted page, on a web server without headers", async ({ context, page }) => {
  await publish(context, { at: address });
  await page.route("https://elsewhere.test/", (route) =>
    route.fulfill({ contentType: "text/html", body: `<iframe src="${address}" title="a"></iframe>` }),
  );
  await page.goto("https://elsewhere.test/");
  const frame = page.frameLocator("iframe");
  await expect(frame.getByRole("heading")).toHaveText("This page does not run inside another page");
  await expect(frame.getByRole("link", { name: "Open it in a new tab" })).toHaveAttribute("href", address);
});

test("the page refuses an address without HTTPS", async ({ context, page }) => {
  await publish(context, { at: "http://cmg-entra-setup.test/" });
  await page.goto("http://cmg-entra-setup.test/");
  await expect(heading(page)).toHaveText("This address is not secure");
});

test("the page refuses to start with another application's service worker", async ({ context, page }) => {
  await publish(context);
  await page.addInitScript(() =>
    Object.defineProperty(Navigator.prototype, "serviceWorker", { get: () => ({ controller: {} }) }),
  );
  await page.goto(address);
  await expect(heading(page)).toHaveText("Another application can read what this page sends");
});

for (const [name, remove] of /** @type {[string, () => unknown][]} */ ([
  ["WebAssembly", () => Reflect.deleteProperty(window, "WebAssembly")],
  ["Web Crypto", () => Object.defineProperty(Crypto.prototype, "subtle", { get: () => undefined })],
  ["64-bit integers", () => Reflect.deleteProperty(window, "BigInt64Array")],
  ["IndexedDB", () => Reflect.deleteProperty(window, "indexedDB")],
  ["Web Locks", () => Object.defineProperty(Navigator.prototype, "locks", { get: () => undefined })],
])) {
  test(`the page names ${name} if the browser lacks it`, async ({ context, page }) => {
    await publish(context);
    await page.addInitScript(remove);
    await page.goto(address);
    await expect(heading(page)).toHaveText("This browser lacks a feature that the page needs");
    await expect(page.getByText(`turned off ${name}.`)).toBeVisible();
  });
}

test("a trap stops the program, and the next start asks first", async ({ context, page }) => {
  await publish(context);
  await page.goto(address);
  const first = (await heading(page).textContent()) ?? "";
  // A real trap: a module whose start function is `unreachable`.
  await page.evaluate(() => {
    const bytes = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 8, 1, 0, 10, 5, 1, 3, 0, 0, 11]);
    setTimeout(() => new WebAssembly.Instance(new WebAssembly.Module(bytes)));
  });
  await expect(heading(page)).toHaveText("The page has stopped");
  await expect(heading(page)).toBeFocused();
  await page.getByRole("button", { name: "Start again" }).click();
  await expect(heading(page)).toHaveText(first);
});

test("an error of another script does not stop the program", async ({ context, page }) => {
  await publish(context);
  await page.goto(address);
  const first = (await heading(page).textContent()) ?? "";
  await page.evaluate(() => {
    setTimeout(() => {
      throw new Error("another script's");
    });
    void Promise.reject(new DOMException("no", "NotAllowedError"));
  });
  await page.evaluate(() => new Promise((done) => setTimeout(done)));
  await expect(heading(page)).toHaveText(first);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the page explains what it needs", async ({ page }) => {
    await page.route("**/*", (route) => route.fulfill({ contentType: "text/html", body: read("index.html") }));
    await page.goto(address);
    // With a locator, because Playwright's text search skips `noscript`.
    await expect(page.locator("noscript p")).toHaveText(/needs JavaScript/);
    await expect(page.locator("noscript p")).toBeVisible();
  });
});
