// The page before the program: it runs only what was published, or says why not.
import { address, expect, publish, read, spoil, test } from "./site.js";

// Chromium's remark on the preload of the program; the `fetch` that takes it does check the hash.
const knownRemark = "https://crbug.com/981419";

const isStart = (name) => name.startsWith("boot-");
const heading = (page) => page.getByRole("heading", { level: 1 });

test("starts under its own policy, asks nobody else for anything, and loads each file once", async ({ context, page }) => {
  const seen = await publish(context);
  await page.goto(address);
  await expect(heading(page)).toBeVisible();
  await page.waitForLoadState("networkidle");
  expect(seen.messages.filter((message) => !message.includes(knownRemark))).toEqual([]);
  // The browser asks for the icon by itself, and again when it likes.
  const loaded = seen.files.filter((name) => !name.startsWith("icon-"));
  expect([...loaded].sort()).toEqual([...new Set(loaded)].sort());
});

const isProgram = (name) => name.endsWith(".wasm");

test("does not start when the program is not the one that was published", async ({ context, page }) => {
  await publish(context, { change: (name, body) => (isProgram(name) ? spoil(name, body) : body) });
  await page.goto(address);
  await expect(heading(page)).toHaveText("The files of this page do not fit together");
  await expect(page.getByRole("button", { name: "Reload the page" })).toBeVisible();
});

test("names the program when it is missing, and what the host answers", async ({ context, page }) => {
  await publish(context, { change: (name, body) => (isProgram(name) ? undefined : body) });
  await page.goto(address);
  await expect(heading(page)).toHaveText("A file of this page is missing");
  await expect(page.getByText(/Their server answers HTTP 404 for cmg-entra-setup-[0-9a-f]{8,16}_bg\.wasm\.$/)).toBeVisible();
});

test("names the program when a page is answered in its place", async ({ context, page }) => {
  await publish(context, {
    change: (name, body) => (isProgram(name) ? read("index.html") : body),
    retype: (name, kind) => (isProgram(name) ? "text/html; charset=utf-8" : kind),
  });
  await page.goto(address);
  await expect(heading(page)).toHaveText("A file of this page is sent as something else");
  await expect(page.getByText(/It sends cmg-entra-setup-[0-9a-f]{8,16}_bg\.wasm as text\/html\.$/)).toBeVisible();
});

test("names the program when it does not arrive", async ({ context, page }) => {
  await publish(context);
  await page.route((url) => isProgram(url.pathname), (route) => route.abort());
  await page.goto(address);
  await expect(heading(page)).toHaveText("A file of this page does not arrive");
  await expect(page.getByText(/does not arrive is cmg-entra-setup-[0-9a-f]{8,16}_bg\.wasm\.$/)).toBeVisible();
});

for (const [what, options] of [
  ["is not the one that was published", { change: (name, body) => (isStart(name) ? spoil(name, body) : body) }],
  ["is missing", { change: (name, body) => (isStart(name) ? undefined : body) }],
  ["is sent as text, which no browser runs", { retype: (name, kind) => (isStart(name) ? "text/plain" : kind) }],
]) {
  test(`says what to do when the start script ${what}`, async ({ context, page }) => {
    await publish(context, options);
    await page.goto(address);
    await page.waitForLoadState("networkidle");
    await expect(page.getByText("The page is starting. If this stays, reload the page.")).toBeVisible();
    await expect(heading(page)).toHaveCount(0);
  });
}

for (const kind of ["application/octet-stream", "text/html", "application/wasm; charset=utf-8"]) {
  test(`starts all the same when the host sends the program as ${kind}`, async ({ context, page }) => {
    await publish(context, { retype: (name, usual) => (name.endsWith(".wasm") ? kind : usual) });
    await page.goto(address);
    await expect(heading(page)).toHaveText("Set up Microsoft Entra ID for a cloud management gateway");
  });
}

test("starts without config.json, and says what to write into it", async ({ context, page }) => {
  await publish(context, { change: (name, body) => (name === "config.json" ? undefined : body) });
  await page.goto(address);
  await page.getByRole("button", { name: "Set up", exact: true }).click();
  await page.getByRole("button", { name: "How to get a client ID" }).click();
  await expect(page.getByText("copy the Application (client) ID into config.json beside this page")).toBeVisible();
});

test("has a manifest without a fault, and its icons are there", async ({ context, page }) => {
  await publish(context);
  await page.goto(address);
  await expect(heading(page)).toBeVisible();
  const session = await context.newCDPSession(page);
  const { url, errors, data } = await session.send("Page.getAppManifest");
  expect([url, errors]).toEqual([`${address}manifest.webmanifest`, []]);
  for (const { src, sizes } of JSON.parse(data).icons) {
    const size = await page.evaluate(async (name) => {
      const { width, height } = await createImageBitmap(await (await fetch(name)).blob());
      return `${width}x${height}`;
    }, src);
    expect(size).toBe(sizes);
  }
});

test("runs nothing when the start script itself is not the one that was published", async ({ context, page }) => {
  await publish(context, { change: (name, body) => (name.startsWith("boot-") ? spoil(name, body) : body) });
  await page.goto(address);
  await page.waitForLoadState("networkidle");
  await expect(heading(page)).toHaveCount(0);
  await expect(page.getByText("The page is starting. If this stays, reload the page.")).toBeVisible();
});

test("refuses to run inside a page of somebody else, on a host that sends no headers", async ({ context, page }) => {
  await publish(context, { at: address });
  await page.route("https://elsewhere.test/", (route) =>
    route.fulfill({ contentType: "text/html", body: `<iframe src="${address}" title="a"></iframe>` }),
  );
  await page.goto("https://elsewhere.test/");
  const frame = page.frameLocator("iframe");
  await expect(frame.getByRole("heading")).toHaveText("This page does not run inside another page");
  await expect(frame.getByRole("link", { name: "Open it in a new tab" })).toHaveAttribute("href", address);
});

test("refuses an address without HTTPS", async ({ context, page }) => {
  await publish(context, { at: "http://cmg-entra-setup.test/" });
  await page.goto("http://cmg-entra-setup.test/");
  await expect(heading(page)).toHaveText("This address is not secure");
});

test("refuses to share its address with somebody's service worker", async ({ context, page }) => {
  await publish(context);
  await page.addInitScript(() =>
    Object.defineProperty(Navigator.prototype, "serviceWorker", { get: () => ({ controller: {} }) }),
  );
  await page.goto(address);
  await expect(heading(page)).toHaveText("Another program stands between you and this page");
});

for (const [name, remove] of [
  ["WebAssembly", () => delete window.WebAssembly],
  ["Web Crypto", () => Object.defineProperty(Crypto.prototype, "subtle", { get: () => undefined })],
  ["64-bit integers", () => delete window.BigInt64Array],
  ["IndexedDB", () => delete window.indexedDB],
  ["Web Locks", () => Object.defineProperty(Navigator.prototype, "locks", { get: () => undefined })],
]) {
  test(`names ${name} when the browser lacks it`, async ({ context, page }) => {
    await publish(context);
    await page.addInitScript(remove);
    await page.goto(address);
    await expect(heading(page)).toHaveText("This browser lacks something the page needs");
    await expect(page.getByText(`switched off ${name}.`)).toBeVisible();
  });
}

test("a trap ends the program for good, and the next start asks first", async ({ context, page }) => {
  await publish(context);
  await page.goto(address);
  const first = await heading(page).textContent();
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

test("an error that is not the program's own fault does not end it", async ({ context, page }) => {
  await publish(context);
  await page.goto(address);
  const first = await heading(page).textContent();
  await page.evaluate(() => {
    setTimeout(() => {
      throw new Error("somebody else's");
    });
    Promise.reject(new DOMException("no", "NotAllowedError"));
  });
  await page.evaluate(() => new Promise((done) => setTimeout(done)));
  await expect(heading(page)).toHaveText(first);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("says what it needs", async ({ page }) => {
    await page.route("**/*", (route) => route.fulfill({ contentType: "text/html", body: read("index.html") }));
    await page.goto(address);
    // Not by text: Playwright's text search passes over `noscript`.
    await expect(page.locator("noscript p")).toHaveText(/needs JavaScript/);
    await expect(page.locator("noscript p")).toBeVisible();
  });
});
