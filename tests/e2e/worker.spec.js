// A service worker of another application of the same origin, real and late: it takes the page over after the sign-in.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { address, expect, test as base } from "./cloud.js";
import { start } from "./emulator.js";
import { signIn } from "./steps.js";

const button = (page, name) => page.getByRole("button", { name, exact: true });

/** Writes down what it is handed, and answers for Microsoft Azure with a subscription that is not there. */
const worker = `
  const seen = [];
  addEventListener("install", () => skipWaiting());
  addEventListener("message", ({ data, ports: [port] }) => {
    if (data === "claim") {
      clients.claim().then(() => port.postMessage("claimed"));
    } else {
      port.postMessage(seen);
    }
  });
  addEventListener("fetch", (event) => {
    const { url, headers } = event.request;
    seen.push({ url, token: headers.get("authorization") });
    if (url.startsWith("https://management.azure.com/")) {
      const forged = { id: "/subscriptions/1", subscriptionId: "11111111-1111-4111-8111-111111111111", displayName: "Forged", state: "Enabled" };
      event.respondWith(Response.json({ value: [forged] }));
    }
  });`;

const test = base.extend({
  emulator: [
    async ({ settings }, use) => {
      const emulator = await start(settings, { isCopy: true, isBare: true });
      mkdirSync(join(emulator.site, "other"));
      writeFileSync(join(emulator.site, "other/index.html"), "<!doctype html><title>Another application</title>");
      writeFileSync(join(emulator.site, "worker.js"), worker);
      await use(emulator);
      await emulator.stop();
    },
    { scope: "worker" },
  ],
});

/** The other application: registers its worker for the whole origin, and speaks to it. */
async function neighbour(context) {
  const page = await context.newPage();
  await page.goto(`${address}other/index.html`);
  await page.evaluate(async () => {
    await navigator.serviceWorker.register("/worker.js", { scope: "/" });
    await navigator.serviceWorker.ready;
  });
  const ask = (what) =>
    page.evaluate(async (what) => {
      const { active } = await navigator.serviceWorker.ready;
      const { port1, port2 } = new MessageChannel();
      const answer = new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
      active.postMessage(what, [port2]);
      return answer;
    }, what);
  return { claim: () => ask("claim"), seen: () => ask("seen") };
}

const isTaken = (page) => page.waitForFunction(() => navigator.serviceWorker.controller);

/** Goes to where the subscriptions are asked for, and waits for what becomes of it. */
async function askForMore(page) {
  for (const next of ["Next : Web app >", "Next : Native app >", "Next : Discovery >", "Next : Subscription >"]) {
    await button(page, next).click();
  }
  await expect(page.getByRole("heading", { level: 1, name: "Subscription" })).toBeVisible();
  await page.getByRole("button", { name: "Review + create" }).last().click();
  await page.waitForLoadState("networkidle");
  await expect(page.getByText("Forged")).toHaveCount(0);
}

test("once it has taken the page over nothing is sent any more, what was typed stays, and a person is told", async ({ context, page }) => {
  await signIn(page);
  await button(page, "Next : Web app >").click();
  const name = page.getByRole("textbox", { name: "Application name" });
  await name.fill("Typed before");
  const { claim, seen } = await neighbour(context);
  await claim();
  await isTaken(page);
  await expect(page.getByRole("alert").filter({ hasText: "A service worker of another application" })).toBeVisible();
  await expect(name).toHaveValue("Typed before");
  await button(page, "< Previous").click();
  await askForMore(page);
  expect((await seen()).filter(({ token }) => token)).toEqual([]);
});

test("the look before every send does not need to be told", async ({ context, page }) => {
  await context.addInitScript(() => {
    const listen = EventTarget.prototype.addEventListener;
    EventTarget.prototype.addEventListener = function (type, ...rest) {
      return type === "controllerchange" ? undefined : listen.call(this, type, ...rest);
    };
  });
  await signIn(page);
  const { claim, seen } = await neighbour(context);
  await claim();
  await isTaken(page);
  await askForMore(page);
  expect((await seen()).filter(({ token }) => token)).toEqual([]);
});

test("as a part of another page it says what that page's worker sees, also when it comes late", async ({ context, page }) => {
  const { claim } = await neighbour(context);
  await page.goto(`${address}other/index.html`);
  const put = () =>
    page.evaluate(async () => {
      const { mount } = await import("/embed.js");
      document.body.replaceChildren(document.createElement("div"));
      await mount(document.body.firstChild);
    });
  // Loaded while the worker was there already.
  await isTaken(page);
  await put();
  const note = page.getByRole("note").filter({ hasText: "A service worker of this site handles everything" });
  await expect(note).toBeVisible();
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration("/")).unregister());
  await page.reload();
  await put();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(note).toHaveCount(0);
  const late = await neighbour(context);
  await late.claim();
  await expect(note).toBeVisible();
  expect(claim).toBeTruthy();
});
