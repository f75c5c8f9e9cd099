// A real service worker of another application on the same origin, which takes control of the page after the sign-in.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { address, expect, test as base } from "./cloud.js";
import { start } from "./emulator.js";
import { button, heading } from "./locators.js";
import { signIn } from "./steps.js";

/** @import { BrowserContext, Page } from "@playwright/test" */

/** Records the requests that it receives, and answers for Azure with a subscription that does not exist. */
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

/**
 * Opens the other application: it registers its worker for the whole origin, and sends messages to it.
 * @param {BrowserContext} context
 */
async function neighbour(context) {
  const page = await context.newPage();
  await page.goto(`${address}other/index.html`);
  await page.evaluate(async () => {
    await navigator.serviceWorker.register("/worker.js", { scope: "/" });
    await navigator.serviceWorker.ready;
  });
  /** @type {(what: "claim" | "seen") => Promise<any>} */
  const ask = (what) =>
    page.evaluate(async (what) => {
      const { active } = await navigator.serviceWorker.ready;
      const { port1, port2 } = new MessageChannel();
      const answer = new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
      active?.postMessage(what, [port2]);
      return answer;
    }, what);
  return {
    claim: () => ask("claim"),
    /** @type {() => Promise<{ url: string, token: string | null }[]>} */
    seen: () => ask("seen"),
  };
}

/** @param {Page} page */
const isTaken = (page) => page.waitForFunction(() => navigator.serviceWorker.controller);

/**
 * Goes to the page that requests the subscriptions, and waits for the result.
 * @param {Page} page
 */
async function askForMore(page) {
  for (const next of ["Next : Web app >", "Next : Native app >", "Next : Discovery >", "Next : Subscription >"]) {
    await button(page, next).click();
  }
  await expect(heading(page, "Subscription")).toBeVisible();
  await page.getByRole("button", { name: "Review + create" }).last().click();
  await page.waitForLoadState("networkidle");
  await expect(page.getByText("Forged")).toHaveCount(0);
}

test("after it takes control, the page sends nothing, keeps the answers, and shows a warning", async ({ context, page }) => {
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

test("the check before every request works without the browser's event", async ({ context, page }) => {
  await context.addInitScript(() => {
    const listen = EventTarget.prototype.addEventListener;
    /** @type {(type: string, ...rest: [EventListenerOrEventListenerObject | null, (boolean | AddEventListenerOptions)?]) => void} */
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

test("as part of another page, the page reports the embedding page's worker, also if the worker comes later", async ({ context, page }) => {
  await neighbour(context);
  await page.goto(`${address}other/index.html`);
  const put = () =>
    page.evaluate(async () => {
      const { mount } = await import("/embed.js");
      const place = document.createElement("div");
      document.body.replaceChildren(place);
      await mount(place);
    });
  // The worker controls the page from its load on.
  await isTaken(page);
  await put();
  const note = page.getByRole("note").filter({ hasText: "A service worker of this site handles all requests" });
  await expect(note).toBeVisible();
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration("/"))?.unregister());
  await page.reload();
  await put();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(note).toHaveCount(0);
  const late = await neighbour(context);
  await late.claim();
  await expect(note).toBeVisible();
});
