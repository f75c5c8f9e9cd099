// The page inside another page: it starts only in the pages its host has named, and says why not elsewhere. And the page of the
// sign-in window, opened by somebody else.
import { expect, test } from "@playwright/test";

import { look } from "./look.js";
import { address, publish } from "./site.js";
import { config } from "./emulator.js";

const parents = ["https://portal.cmg-entra-setup.test", "https://portal.cmg-entra-setup.test:8444", "https://portal.partner.test"];
const title = "Set up Microsoft Entra ID for a cloud management gateway";
const refusal = "This page does not run inside another page";

/** Publishes the page with these settings. */
const host = (context, settings = { ...config, parents }) =>
  publish(context, { change: (name, body) => (name === "config.json" ? JSON.stringify(settings) : body) });

/** A page that holds another one in a frame, at any address. */
async function hold(page, at, { src = address, headers = {}, sandbox = "allow-scripts allow-same-origin allow-popups" } = {}) {
  const body = `<!doctype html><title>a</title><iframe src="${src}" title="a" sandbox="${sandbox}" width="600" height="500"></iframe>`;
  await page.route(`${at}**`, (route) => route.fulfill({ contentType: "text/html", headers, body }));
  await page.goto(at);
  return page.frameLocator("iframe");
}

const heading = (frame) => frame.getByRole("heading", { level: 1 });

for (const at of ["https://portal.cmg-entra-setup.test/any/path?x", "https://portal.cmg-entra-setup.test:8444/"]) {
  test(`starts inside ${at}, which its host has named`, async ({ context, page }) => {
    const seen = await host(context);
    const frame = await hold(page, at);
    await expect(heading(frame)).toHaveText(title);
    expect(seen.violations).toEqual([]);
    expect(seen.strangers).toEqual([]);
  });
}

test("on another site, where this browser keeps storage from it, it says so and offers a tab of its own", async ({ context, page }) => {
  const seen = await host(context);
  const frame = await hold(page, "https://portal.partner.test/");
  await expect(heading(frame)).toHaveText("This browser does not let the page work inside another page");
  await expect(frame.getByText("session storage")).toBeVisible();
  await expect(frame.getByRole("link", { name: "Open it in a new tab" })).toHaveAttribute("href", address);
  expect(seen.violations).toEqual([]);
});

/** Refused, with the sentence, the way out, and nothing of the program loaded. */
async function isRefused(frame, seen) {
  await expect(heading(frame)).toHaveText(refusal);
  await expect(frame.getByRole("link")).toHaveText("Open it in a new tab");
  await expect(frame.getByRole("link")).toHaveAttribute("href", address);
  await expect(frame.getByRole("link")).toHaveAttribute("rel", "noopener");
  await expect(frame.getByRole("button")).toHaveCount(0);
  expect(await frame.locator("#app").count(), "nothing of the program is there").toBe(0);
  expect(seen.violations).toEqual([]);
}

for (const at of [
  "https://elsewhere.cmg-entra-setup.test/",
  "https://portal.cmg-entra-setup.test.evil.test/",
  "https://evil-portal.cmg-entra-setup.test/",
  "https://portal.cmg-entra-setup.test:8443/",
  "http://portal.cmg-entra-setup.test/",
  "https://cmg-entra-setup.test.evil.test/",
]) {
  test(`is refused inside ${at}`, async ({ context, page }) => {
    const seen = await host(context);
    await isRefused(await hold(page, at), seen);
  });
}

test("an origin without HTTPS is refused even where config.json names it", async ({ context, page }) => {
  const seen = await host(context, { ...config, parents: ["http://portal.cmg-entra-setup.test"] });
  await isRefused(await hold(page, "http://portal.cmg-entra-setup.test/"), seen);
});

test("a page without an origin is refused even where config.json names it", async ({ context, page }) => {
  const seen = await host(context, { ...config, parents: ["null", ...parents] });
  const headers = { "content-security-policy": "sandbox allow-scripts allow-popups" };
  await isRefused(await hold(page, `${parents[0]}/`, { headers }), seen);
});

test("in a sandbox that takes its origin away it is refused", async ({ context, page }) => {
  const seen = await host(context);
  await isRefused(await hold(page, `${parents[0]}/`, { sandbox: "allow-scripts" }), seen);
});

test("a named page that is itself held by a stranger is refused", async ({ context, page }) => {
  const seen = await host(context);
  await page.route(`${parents[0]}/inner`, (route) =>
    route.fulfill({ contentType: "text/html", body: `<iframe src="${address}" title="b" width="500" height="400"></iframe>` }),
  );
  const outer = await hold(page, "https://elsewhere.test/", { src: `${parents[0]}/inner` });
  await isRefused(outer.frameLocator("iframe"), seen);
});

for (const [what, settings] of [
  ["has named nobody", config],
  ["has an empty list", { ...config, parents: [] }],
  ["has written a text for a list", { ...config, parents: parents[0] }],
  ["has written a pattern", { ...config, parents: ["https://*.cmg-entra-setup.test", "*"] }],
  ["has added a slash", { ...config, parents: [`${parents[0]}/`] }],
]) {
  test(`is refused by everybody where the host ${what}`, async ({ context, page }) => {
    const seen = await host(context, settings);
    await isRefused(await hold(page, `${parents[0]}/`), seen);
  });
}

test("settings that cannot be read refuse every frame", async ({ context, page }) => {
  const seen = await publish(context, { change: (name, body) => (name === "config.json" ? "{" : body) });
  await isRefused(await hold(page, `${parents[0]}/`), seen);
});

test("an answer that the parent puts into the address is not taken for one", async ({ context, page }) => {
  const seen = await host(context);
  const frame = await hold(page, `${parents[0]}/`, { src: `${address}#code=forged&state=forged` });
  await expect(heading(frame)).toHaveText(title);
  await expect(frame.getByText("This sign-in was not started in this tab")).toHaveCount(0);
  expect(page.frames()[1].url()).not.toContain("forged");
  expect(seen.strangers).toEqual([]);
});

test("a button under something else does nothing until it is uncovered", async ({ context, page }) => {
  await host(context);
  const frame = await hold(page, `${parents[0]}/`);
  await expect(heading(frame)).toHaveText(title);
  const setUp = frame.getByRole("button", { name: "Set up", exact: true });
  await setUp.scrollIntoViewIfNeeded();
  await expect(setUp).not.toHaveAttribute("data-covered");
  // Lets every click through, as one that steals them would.
  await page.evaluate(() => {
    const veil = document.createElement("div");
    veil.id = "veil";
    veil.style.cssText = "position:fixed;inset:0;pointer-events:none;background:#fff";
    document.body.append(veil);
  });
  await expect(setUp).toHaveAttribute("data-covered", "over");
  await expect(setUp).toHaveAttribute("title", /^The browser is not sure that this can be seen/);
  await setUp.click();
  await setUp.press("Enter");
  await setUp.evaluate((button) => button.click());
  await expect(heading(frame)).toHaveText(title);
  await page.evaluate(() => document.getElementById("veil").remove());
  await expect(setUp).not.toHaveAttribute("data-covered");
  await page.evaluate(() => (document.querySelector("iframe").style.opacity = "0.01"));
  await expect(setUp).toHaveAttribute("data-covered", "over");
  await setUp.click();
  await expect(heading(frame)).toHaveText(title);
  await page.evaluate(() => (document.querySelector("iframe").style.opacity = ""));
  await expect(setUp).not.toHaveAttribute("data-covered");
  await setUp.click();
  await expect(heading(frame)).toHaveText("Azure service");
});

test("without a frame no button is watched", async ({ context, page }) => {
  await host(context);
  await page.goto(address);
  await page.getByRole("button", { name: "Set up", exact: true }).evaluate((button) => button.click());
  await expect(heading(page)).toHaveText("Azure service");
});

/* The page of the sign-in window. */

const bridge = `${address}bridge.html`;
const cold = "There is nothing to do in this window";

for (const [what, to] of [
  ["by itself", bridge],
  ["with an answer nobody asked for", `${bridge}#code=forged&state=forged`],
  ["with what is no name of a channel", `${bridge}#${"A".repeat(64)}`],
  ["with an answer in the query", `${bridge}?admin_consent=True&state=x`],
]) {
  test(`the sign-in window opened ${what} says that there is nothing to do, and asks nobody for anything`, async ({ context, page }) => {
    const seen = await host(context);
    await page.goto(to);
    await expect(heading(page)).toHaveText(cold);
    expect(page.url()).toBe(bridge);
    await expect(page.getByRole("button").or(page.getByRole("link")).or(page.getByRole("textbox"))).toHaveCount(0);
    expect(seen.violations).toEqual([]);
    expect(seen.strangers).toEqual([]);
    expect(seen.messages).toEqual([]);
    expect(seen.files.filter((name) => /\.(wasm|json)$/.test(name))).toEqual([]);
  });
}

test("the sign-in window opened with the name of a channel that nobody listens to waits for nobody", async ({ context, page }) => {
  const seen = await host(context);
  await page.goto(`${bridge}#${"a".repeat(64)}`);
  await expect(heading(page)).toHaveText("Opening Microsoft's sign-in page");
  expect(page.url()).toBe(bridge);
  await expect(heading(page)).toHaveText("The page that opened this window cannot be reached", { timeout: 10_000 });
  expect(seen.strangers).toEqual([]);
});

for (const [what, open] of [
  ["in a frame", (to) => document.body.append(Object.assign(document.createElement("iframe"), { src: to }))],
  ["by a page that keeps a handle on it", (to) => window.open(to)],
]) {
  test(`the sign-in window opened ${what} does nothing`, async ({ context, page }) => {
    await host(context);
    await page.route("https://evil.test/", (route) => route.fulfill({ contentType: "text/html", body: "<p>a" }));
    await page.goto("https://evil.test/");
    const popup = page.waitForEvent("popup", { timeout: 3000 }).catch(() => undefined);
    await page.evaluate(open, `${bridge}#${"a".repeat(64)}`);
    const at = (await popup) ?? page.frameLocator("iframe");
    await expect(heading(at)).toHaveText(cold);
  });
}

test("the sign-in window goes to the authorize endpoint of a known host and nowhere else", async ({ context, page }) => {
  test.setTimeout(120_000);
  const seen = await host(context);
  const desk = await context.newPage();
  await desk.goto(`${address}config.json`);
  const good = `https://login.microsoftonline.com/fabrikam.com/oauth2/v2.0/authorize?response_type=code&response_mode=fragment&redirect_uri=${encodeURIComponent(bridge)}`;
  const went = async (url) => {
    // Whoever knows the name could be heard: the frame, or another page of this origin.
    const name = [...crypto.getRandomValues(new Uint8Array(32))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    await desk.evaluate(
      ([name, url]) => {
        const channel = new BroadcastChannel(`cmg-entra-setup.sign-in.${name}`);
        channel.onmessage = () => channel.postMessage(`go ${url}`);
      },
      [name, url],
    );
    seen.strangers.length = 0;
    // The error page of the aborted request before may still be on its way.
    await expect(() => page.goto("about:blank")).toPass({ timeout: 10_000 });
    await page.goto(`${bridge}#${name}`);
    // Aborted: nobody is there.
    await expect(async () => {
      const text = (await heading(page).textContent({ timeout: 100 }).catch(() => "")) ?? "";
      expect(text === "The page that opened this window cannot be reached" || seen.strangers.length > 0).toBe(true);
    }).toPass({ timeout: 10_000 });
    return [...seen.strangers];
  };
  expect(await went(good)).toEqual([good]);
  for (const url of [
    good.replace("https://login.microsoftonline.com", "https://login.microsoftonline.com.evil.test"),
    good.replace("https://login.microsoftonline.com", "https://evil.test"),
    good.replace("https://login.microsoftonline.com", "http://login.microsoftonline.com"),
    good.replace("https://login.microsoftonline.com", "https://login.microsoftonline.com:8443"),
    good.replace("https://login.microsoftonline.com", "https://login.microsoftonline.com@evil.test"),
    good.replace("https://login.microsoftonline.com", "https://evil.test\\@login.microsoftonline.com"),
    good.replace("/authorize", "/logout"),
    good.replace("/oauth2/v2.0/authorize", "/oauth2/v2.0/authorize/../../../evil"),
    good.replace("fabrikam.com/", "x/fabrikam.com/"),
    good.replace(encodeURIComponent(bridge), encodeURIComponent("https://evil.test/")),
    `${good}&redirect_uri=${encodeURIComponent("https://evil.test/")}`,
    good.replace("=fragment", "=query"),
    good.replace("response_type=code", "response_type=token"),
    `${good}#x`,
    `${good}&x=${"x".repeat(17_000)}`,
    "javascript:alert(1)",
    "data:text/html,x",
    "/bridge.html",
    "",
  ]) {
    expect.soft(await went(url), url).toEqual([]);
  }
  expect(seen.violations).toEqual([]);
});

test("how the refusal, the page in a frame and the sign-in window look", async ({ context, page }) => {
  test.setTimeout(180_000);
  await host(context);
  await page.goto(bridge);
  await expect(heading(page)).toHaveText(cold);
  await look(page, "bridge-cold");
  await page.goto(`${bridge}?#${"b".repeat(64)}`);
  await expect(heading(page)).toHaveText("The page that opened this window cannot be reached", { timeout: 10_000 });
  await look(page, "bridge-unreached");
});
