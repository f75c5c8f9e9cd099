// Real-world browsers: with extensions, under policies, at unusual addresses.
import { config } from "./emulator.js";
import { isCovered, isUncovered } from "./framed.js";
import { button, heading } from "./locators.js";
import { address, expect, publish, spoil, test } from "./site.js";

/** @import { BrowserContext, Page } from "@playwright/test" */
/** @import { ChangeFile } from "./site.js" */
/** @typedef {"RuntimeError" | "RangeError" | "TypeError"} ErrorType */

const start = "Set up Microsoft Entra ID for a cloud management gateway";
const parent = "https://portal.cmg-entra-setup.test";
const extension = "chrome-extension://aaaabbbbccccddddeeeeffffgggghhhh/content.js";

/**
 * Sends the page an error event as a browser does.
 * @param {Page} page
 * @param {ErrorType} type
 * @param {string} stack
 * @param {string} event
 */
async function hear(page, type, stack, event) {
  await page.evaluate(
    ({ type, stack, event }) => {
      /** @type {HTMLScriptElement | null} */
      const boot = document.querySelector("script[type=module]");
      /** @type {HTMLLinkElement | null} */
      const preload = document.querySelector("link[rel=preload][as=fetch]");
      const script = boot?.src ?? "";
      const program = preload?.href ?? "";
      const error = type === "RuntimeError" ? new WebAssembly.RuntimeError("unreachable") : new globalThis[type]("too much recursion");
      error.message = error.message.replace("recursion", stack.includes("recursion SCRIPT") ? `recursion ${script}` : "recursion");
      Object.defineProperty(error, "stack", { value: stack.replaceAll("SCRIPT", script).replaceAll("PROGRAM", program) });
      if (event === "error") {
        dispatchEvent(new ErrorEvent("error", { error }));
      } else {
        dispatchEvent(new PromiseRejectionEvent("unhandledrejection", { promise: Promise.resolve(), reason: error }));
      }
    },
    { type, stack, event },
  );
}

for (const [whose, type, stack] of /** @type {[string, ErrorType, string][]} */ ([
  ["an extension's", "RangeError", `RangeError: too much recursion\n    at deep (${extension}:1:1)\n    at deep (${extension}:1:1)`],
  ["an extension's, called while the page sets the focus,", "RangeError", `RangeError: too much recursion\n    at ${extension}:1:1\n    at imports.focus (SCRIPT:9:9)`],
  ["an extension's in Firefox", "RangeError", "deep@moz-extension://1c1bd8a9-1111-2222-3333-444455556666/content.js:1:1\n"],
  ["an extension's, with the script's address in its message,", "RangeError", `RangeError: too much recursion SCRIPT\n    at deep (${extension}:1:1)`],
  ["an extension's own program's", "RuntimeError", `RuntimeError: unreachable\n    at wasm://wasm/00a1b2c3:wasm-function[1]:0x1\n    at run (${extension}:1:1)`],
  ["an anonymous script's", "RangeError", "RangeError: too much recursion\n    at <anonymous>"],
  ["a user script's", "RangeError", "RangeError: too much recursion\n    at deep (userscript.html?name=x:1:1)"],
  ["the page's own, but of another kind,", "TypeError", "TypeError: too much recursion\n    at f (SCRIPT:1:1)"],
])) {
  test(`${whose} error does not stop the page`, async ({ context, page }) => {
    await publish(context);
    await page.goto(address);
    await button(page, "Set up").click();
    await expect(heading(page)).toHaveText("Azure service");
    for (const event of ["error", "rejection"]) {
      await hear(page, type, stack, event);
    }
    await page.getByRole("textbox", { name: "Tenant to sign in to" }).fill("contoso.com");
    await expect(heading(page)).toHaveText("Azure service");
  });
}

for (const [where, type, stack] of /** @type {[string, ErrorType, string][]} */ ([
  ["Chromium", "RuntimeError", "RuntimeError: unreachable\n    at PROGRAM:wasm-function[7]:0x12\n    at SCRIPT:1:1"],
  ["Chromium, compiled from bytes", "RuntimeError", "RuntimeError: unreachable\n    at wasm://wasm/00a1b2c3:wasm-function[7]:0x12\n    at f (SCRIPT:1:1)"],
  ["Chromium, compiled from bytes and deep", "RuntimeError", "RuntimeError: unreachable\n    at wasm://wasm/00a1b2c3:wasm-function[7]:0x12"],
  ["Firefox", "RuntimeError", "f@PROGRAM:wasm-function[7]:0x12\ng@SCRIPT:1:1\n"],
  ["Safari", "RuntimeError", "<?>.wasm-function[7]@[wasm code]\nf@SCRIPT:1:1"],
  ["any browser, after a stack overflow", "RangeError", "RangeError: too much recursion\n    at PROGRAM:wasm-function[7]:0x12"],
])) {
  for (const event of ["error", "rejection"]) {
    test(`a fault of the program itself stops the page in ${where} (${event})`, async ({ context, page }) => {
      await publish(context);
      await page.goto(address);
      await expect(heading(page)).toHaveText(start);
      await hear(page, type, stack, event);
      await expect(heading(page)).toHaveText("The page has stopped");
    });
  }
}

test("a real RangeError of another script does not stop the page", async ({ context, page }) => {
  await publish(context);
  await page.goto(address);
  await button(page, "Set up").click();
  const told = await page.evaluate(
    (url) =>
      new Promise((resolve) => {
        addEventListener("error", ({ error }) => resolve(`${error.name} ${error.stack.includes(url)}`));
        setTimeout(new Function(`const deep = () => deep() + 1; deep();\n//# sourceURL=${url}`));
      }),
    extension,
  );
  expect(told).toBe("RangeError true");
  await expect(heading(page)).toHaveText("Azure service");
});

for (const kind of [/^tokens-.*\.css$/, /^components-.*\.css$/]) {
  for (const [what, change, title] of /** @type {[string, ChangeFile, string][]} */ ([
    ["is missing", () => undefined, "A file of this page is missing"],
    ["differs from the published one", spoil, "The files of this page do not fit together"],
  ])) {
    test(`the page does not start without its styles: ${kind} ${what}`, async ({ context, page }) => {
      await publish(context, { change: (name, body) => (kind.test(name) ? change(name, body) : body) });
      await page.goto(address);
      await expect(heading(page)).toHaveText(title);
    });
  }
}

test("opened as index.html, the page continues at its folder, which is the registered redirect URI", async ({ context, page }) => {
  await publish(context, { change: (name, body) => (name === "config.json" ? JSON.stringify(config) : body) });
  await page.goto(`${address}index.html#/azure-service`);
  await expect(heading(page)).toHaveText("Azure service");
  expect(page.url()).toBe(`${address}#/azure-service`);
  const leaving = page.waitForRequest(/^https:\/\/login\./);
  await page.route("https://login.microsoftonline.com/**", (route) => route.fulfill({ contentType: "text/html", body: "" }));
  await page.getByRole("textbox", { name: "Tenant to sign in to" }).fill("contoso.com");
  await button(page, "Sign in").click();
  expect(new URL((await leaving).url()).searchParams.get("redirect_uri")).toBe(address);
});

test("opened with a user name and password in the address, the page continues without them", async ({ context, page }) => {
  await publish(context, { change: (name, body) => (name === "config.json" ? JSON.stringify(config) : body) });
  await page.goto(`${address.replace("//", "//user:password@")}#/azure-service`);
  await expect(heading(page)).toHaveText("Azure service");
  await expect(button(page, "Sign in")).toBeVisible();
  expect(await page.evaluate(() => document.baseURI)).toBe(`${address}#/azure-service`);
});

for (const [what, remove] of /** @type {[string, () => unknown][]} */ ([
  ["has no clipboard", () => Object.defineProperty(Navigator.prototype, "clipboard", { get: () => undefined })],
  [
    "refuses the clipboard",
    () =>
      Object.defineProperty(Navigator.prototype, "clipboard", {
        get() {
          throw new DOMException("no", "SecurityError");
        },
      }),
  ],
])) {
  test(`if the browser ${what}, the page selects the text and continues`, async ({ context, page }) => {
    const seen = await publish(context);
    await page.addInitScript(remove);
    await page.goto(`${address}#/client-id`);
    await page
      .getByRole("button", { name: /^Copy/ })
      .first()
      .click();
    await expect(page.getByText(/^The browser refused to copy/).first()).toBeVisible();
    expect(seen.messages.filter((message) => message.startsWith("uncaught"))).toEqual([]);
  });
}

test("in Internet Explorer mode, which runs no modules, the static text says to leave that mode", async ({ context, page }) => {
  await publish(context, { change: (name, body) => (name.startsWith("boot-") ? undefined : body) });
  await page.goto(address);
  await expect(page.getByText("The page does not work in Internet Explorer mode.")).toBeVisible();
});

/**
 * The page in a frame of a portal that the site owner allows.
 * @param {BrowserContext} context
 * @param {Page} page
 */
async function framed(context, page) {
  await publish(context, { change: (name, body) => (name === "config.json" ? JSON.stringify({ ...config, parents: [parent] }) : body) });
  const body = `<!doctype html><title>a</title><iframe src="${address}" title="a" width="900" height="900"></iframe>`;
  await page.route(`${parent}/`, (route) => route.fulfill({ contentType: "text/html", body }));
  await page.goto(`${parent}/`);
  const frame = page.frameLocator("iframe");
  await expect(heading(frame)).toHaveText(start);
  return frame;
}

/** @type {(page: Page, style: string) => Promise<unknown>} */
const dress = (page, style) => page.locator("iframe").evaluate((frame, style) => (frame.style.cssText = style), style);

for (const style of ["filter: brightness(0.9)", "opacity: 0.9"]) {
  test(`a frame with ${style} explains why its controls do nothing, and offers a link to a tab`, async ({ context, page }) => {
    const frame = await framed(context, page);
    const setUp = button(frame, "Set up");
    await isUncovered(setUp);
    const told = frame.getByRole("alert").filter({ hasText: "the page around it changes its look" });
    await expect(told).toHaveCount(0);
    await dress(page, style);
    await expect(told).toBeVisible();
    await expect(told.getByRole("link", { name: "Open it in a new tab" })).toHaveAttribute("href", address);
    await dress(page, "");
    await expect(told).toHaveCount(0);
    await isUncovered(setUp);
  });
}

test("in a frame, covered fields accept no typing and covered options cannot be selected", async ({ context, page }) => {
  const frame = await framed(context, page);
  const setUp = button(frame, "Set up");
  await isUncovered(setUp);
  await setUp.click();
  const tenant = frame.getByRole("textbox", { name: "Tenant to sign in to" });
  await isUncovered(tenant);
  await tenant.pressSequentially("contoso.com");
  await expect(tenant).toHaveValue("contoso.com");
  await page.evaluate(() => {
    const veil = document.createElement("div");
    veil.id = "veil";
    veil.style.cssText = "position:fixed;inset:0;pointer-events:none;background:#fff";
    document.body.append(veil);
  });
  await isCovered(tenant);
  await tenant.focus();
  await tenant.pressSequentially("x");
  await expect(tenant).toHaveValue("contoso.com");
  const other = frame.locator("input[type=radio]:not(:checked)").first();
  if ((await other.count()) > 0) {
    await other.evaluate((/** @type {HTMLElement} */ radio) => {
      radio.closest("label")?.click();
      radio.click();
    });
    await expect(other).not.toBeChecked();
  }
  await page.evaluate(() => document.getElementById("veil")?.remove());
  await isUncovered(tenant);
  await tenant.pressSequentially("x");
  await expect(tenant).toHaveValue(/x/);
});
