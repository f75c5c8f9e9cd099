// Browsers as people really have them: with extensions, under policies, at odd addresses.
import { address, expect, publish, spoil, test } from "./site.js";
import { config } from "./emulator.js";

const heading = (page) => page.getByRole("heading", { level: 1 });
const start = "Set up Microsoft Entra ID for a cloud management gateway";
const parent = "https://portal.cmg-entra-setup.test";
const extension = "chrome-extension://aaaabbbbccccddddeeeeffffgggghhhh/content.js";

/** Lets the page hear of an error as a browser tells it, and gives what is in sight afterwards. */
async function hear(page, type, stack, event) {
  await page.evaluate(
    ([type, stack, event]) => {
      const script = document.querySelector("script[type=module]").src;
      const program = document.querySelector("link[rel=preload][as=fetch]").href;
      const error = type === "RuntimeError" ? new WebAssembly.RuntimeError("unreachable") : new globalThis[type]("too much recursion");
      error.message = error.message.replace("recursion", stack.includes("recursion SCRIPT") ? `recursion ${script}` : "recursion");
      Object.defineProperty(error, "stack", { value: stack.replaceAll("SCRIPT", script).replaceAll("PROGRAM", program) });
      if (event === "error") {
        dispatchEvent(new ErrorEvent("error", { error }));
      } else {
        dispatchEvent(new PromiseRejectionEvent("unhandledrejection", { promise: Promise.resolve(), reason: error }));
      }
    },
    [type, stack, event],
  );
}

for (const [whose, type, stack] of [
  ["an extension's", "RangeError", `RangeError: too much recursion\n    at deep (${extension}:1:1)\n    at deep (${extension}:1:1)`],
  ["an extension's, called while the page sets the focus,", "RangeError", `RangeError: too much recursion\n    at ${extension}:1:1\n    at imports.focus (SCRIPT:9:9)`],
  ["an extension's in Firefox", "RangeError", "deep@moz-extension://1c1bd8a9-1111-2222-3333-444455556666/content.js:1:1\n"],
  ["an extension's with our name in its words", "RangeError", `RangeError: too much recursion SCRIPT\n    at deep (${extension}:1:1)`],
  ["an extension's own program's", "RuntimeError", `RuntimeError: unreachable\n    at wasm://wasm/00a1b2c3:wasm-function[1]:0x1\n    at run (${extension}:1:1)`],
  ["nobody's", "RangeError", "RangeError: too much recursion\n    at <anonymous>"],
  ["a user script's", "RangeError", "RangeError: too much recursion\n    at deep (userscript.html?name=x:1:1)"],
  ["the page's own, but of another kind,", "TypeError", "TypeError: too much recursion\n    at f (SCRIPT:1:1)"],
]) {
  test(`${whose} error leaves the page alone`, async ({ context, page }) => {
    await publish(context);
    await page.goto(address);
    await page.getByRole("button", { name: "Set up", exact: true }).click();
    await expect(heading(page)).toHaveText("Azure service");
    for (const event of ["error", "rejection"]) {
      await hear(page, type, stack, event);
    }
    await page.getByRole("textbox", { name: "Tenant to sign in to" }).fill("contoso.com");
    await expect(heading(page)).toHaveText("Azure service");
  });
}

for (const [where, type, stack] of [
  ["Chromium", "RuntimeError", "RuntimeError: unreachable\n    at PROGRAM:wasm-function[7]:0x12\n    at SCRIPT:1:1"],
  ["Chromium, compiled from bytes", "RuntimeError", "RuntimeError: unreachable\n    at wasm://wasm/00a1b2c3:wasm-function[7]:0x12\n    at f (SCRIPT:1:1)"],
  ["Chromium, compiled from bytes and deep", "RuntimeError", "RuntimeError: unreachable\n    at wasm://wasm/00a1b2c3:wasm-function[7]:0x12"],
  ["Firefox", "RuntimeError", "f@PROGRAM:wasm-function[7]:0x12\ng@SCRIPT:1:1\n"],
  ["Safari", "RuntimeError", "<?>.wasm-function[7]@[wasm code]\nf@SCRIPT:1:1"],
  ["any browser, with a full stack", "RangeError", "RangeError: too much recursion\n    at PROGRAM:wasm-function[7]:0x12"],
]) {
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

test("a real RangeError of a script beside the page leaves it alone", async ({ context, page }) => {
  await publish(context);
  await page.goto(address);
  await page.getByRole("button", { name: "Set up", exact: true }).click();
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
  for (const [what, change, title] of [
    ["is missing", () => undefined, "A file of this page is missing"],
    ["is not the one that was published", spoil, "The files of this page do not fit together"],
  ]) {
    test(`the page is not shown half dressed when ${kind} ${what}`, async ({ context, page }) => {
      await publish(context, { change: (name, body) => (kind.test(name) ? change(name, body) : body) });
      await page.goto(address);
      await expect(heading(page)).toHaveText(title);
    });
  }
}

test("opened by the name of its file it goes on at its address, which is what is registered", async ({ context, page }) => {
  await publish(context, { change: (name, body) => (name === "config.json" ? JSON.stringify(config) : body) });
  await page.goto(`${address}index.html#/azure-service`);
  await expect(heading(page)).toHaveText("Azure service");
  expect(page.url()).toBe(`${address}#/azure-service`);
  const leaving = page.waitForRequest(/^https:\/\/login\./);
  await page.route("https://login.microsoftonline.com/**", (route) => route.fulfill({ contentType: "text/html", body: "" }));
  await page.getByRole("textbox", { name: "Tenant to sign in to" }).fill("contoso.com");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  expect(new URL((await leaving).url()).searchParams.get("redirect_uri")).toBe(address);
});

test("opened with a name and password in the address it goes on without them", async ({ context, page }) => {
  await publish(context, { change: (name, body) => (name === "config.json" ? JSON.stringify(config) : body) });
  await page.goto(`${address.replace("//", "//user:password@")}#/azure-service`);
  await expect(heading(page)).toHaveText("Azure service");
  await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeVisible();
  expect(await page.evaluate(() => document.baseURI)).toBe(`${address}#/azure-service`);
});

for (const [what, remove] of [
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
]) {
  test(`where the browser ${what} the text is selected, and the page lives`, async ({ context, page }) => {
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

test("in Internet Explorer mode, which runs no module, the first page says to leave it", async ({ context, page }) => {
  await publish(context, { change: (name, body) => (name.startsWith("boot-") ? undefined : body) });
  await page.goto(address);
  await expect(page.getByText("Internet Explorer mode cannot start it: leave that mode")).toBeVisible();
});

/** The page in a frame of a portal that its host has named. */
async function framed(context, page) {
  await publish(context, { change: (name, body) => (name === "config.json" ? JSON.stringify({ ...config, parents: [parent] }) : body) });
  const body = `<!doctype html><title>a</title><iframe src="${address}" title="a" width="900" height="900"></iframe>`;
  await page.route(`${parent}/`, (route) => route.fulfill({ contentType: "text/html", body }));
  await page.goto(`${parent}/`);
  const frame = page.frameLocator("iframe");
  await expect(heading(frame)).toHaveText(start);
  return frame;
}

const dress = (page, style) => page.evaluate((style) => (document.querySelector("iframe").style.cssText = style), style);

for (const style of ["filter: brightness(0.9)", "opacity: 0.9"]) {
  test(`a frame with ${style} says why nothing can be pressed, and offers a tab`, async ({ context, page }) => {
    const frame = await framed(context, page);
    const setUp = frame.getByRole("button", { name: "Set up", exact: true });
    await expect(setUp).not.toHaveAttribute("data-covered");
    const told = frame.getByRole("alert").filter({ hasText: "the page around it changes how it looks" });
    await expect(told).toHaveCount(0);
    await dress(page, style);
    await expect(told).toBeVisible();
    await expect(told.getByRole("link", { name: "Open it in a new tab" })).toHaveAttribute("href", address);
    await expect(setUp).not.toHaveAttribute("title", /lies over this button/);
    await dress(page, "");
    await expect(told).toHaveCount(0);
    await expect(setUp).not.toHaveAttribute("data-covered");
  });
}

test("in a frame nothing covered can be typed into, ticked or chosen either", async ({ context, page }) => {
  const frame = await framed(context, page);
  const setUp = frame.getByRole("button", { name: "Set up", exact: true });
  await setUp.scrollIntoViewIfNeeded();
  await expect(setUp).not.toHaveAttribute("data-covered");
  await setUp.click();
  const tenant = frame.getByRole("textbox", { name: "Tenant to sign in to" });
  await tenant.scrollIntoViewIfNeeded();
  await expect(tenant).not.toHaveAttribute("data-covered");
  await tenant.pressSequentially("contoso.com");
  await expect(tenant).toHaveValue("contoso.com");
  await page.evaluate(() => {
    const veil = document.createElement("div");
    veil.id = "veil";
    veil.style.cssText = "position:fixed;inset:0;pointer-events:none;background:#fff";
    document.body.append(veil);
  });
  await expect(tenant).toHaveAttribute("data-covered", "over");
  await tenant.focus();
  await tenant.pressSequentially("x");
  await expect(tenant).toHaveValue("contoso.com");
  const other = frame.locator("input[type=radio]:not(:checked)").first();
  if ((await other.count()) > 0) {
    await other.evaluate((radio) => radio.closest("label")?.click() ?? radio.click());
    await expect(other).not.toBeChecked();
  }
  await page.evaluate(() => document.getElementById("veil").remove());
  await expect(tenant).not.toHaveAttribute("data-covered");
  await tenant.pressSequentially("x");
  await expect(tenant).toHaveValue(/x/);
});
