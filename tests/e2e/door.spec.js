// A host with a sign-in of its own in front: every request without its cookie is sent to another address (Microsoft Entra application
// proxy, Cloudflare Access, IIS, App Service authentication).
import { once } from "node:events";
import { createServer } from "node:http";
import { extname } from "node:path";

import { expect, test as base } from "@playwright/test";

import { read } from "./site.js";
import { config } from "./emulator.js";

const kinds = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".webmanifest": "application/manifest+json",
  ".wasm": "application/wasm",
};

/** `door`: its address, the names it has turned away, and what is behind it only for nobody (`locked`, a pattern of names). */
const test = base.extend({
  door: async ({ context }, use) => {
    const door = { turnedAway: [], locked: undefined, how: 302 };
    const server = createServer((request, answer) => {
      const name = new URL(request.url, "http://localhost").pathname.slice(1) || "index.html";
      if (!/\bdoor=open\b/.test(request.headers.cookie ?? "") || door.locked?.test(name)) {
        door.turnedAway.push(name);
        return answer.writeHead(door.how, { location: "http://sign-in.localhost:9/" }).end();
      }
      try {
        const body = name === "config.json" ? JSON.stringify(config) : name === "portal.html" ? "<!doctype html><p>" : read(name);
        answer.writeHead(200, { "content-type": kinds[extname(name)] ?? "application/octet-stream" }).end(body);
      } catch {
        answer.writeHead(404).end();
      }
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    door.address = `http://localhost:${server.address().port}/`;
    await context.addCookies([{ name: "door", value: "open", url: door.address }]);
    await use(door);
    server.closeAllConnections();
    server.close();
  },
});

const heading = (page) => page.getByRole("heading", { level: 1 });
const start = "Set up Microsoft Entra ID for a cloud management gateway";

test("the page gets every file through it, its settings and its manifest too", async ({ context, page, door }) => {
  await page.goto(door.address);
  await expect(heading(page)).toHaveText(start);
  await page.getByRole("button", { name: "Set up", exact: true }).click();
  await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeVisible();
  const session = await context.newCDPSession(page);
  const { data } = await session.send("Page.getAppManifest");
  expect(JSON.parse(data).icons).not.toHaveLength(0);
  expect(door.turnedAway).toEqual([]);
});

test("so does the module, in a page behind the same door", async ({ page, door }) => {
  await page.goto(`${door.address}portal.html`);
  await page.evaluate(async () => {
    const { mount } = await import("/embed.js");
    const place = document.createElement("div");
    document.body.append(place);
    await mount(place);
  });
  await expect(heading(page)).toHaveText(start);
  await page.getByRole("button", { name: "Set up", exact: true }).click();
  await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeVisible();
  expect(door.turnedAway).toEqual([]);
});

for (const [what, how] of [
  ["sends away from", 302],
  ["refuses", 401],
  ["forbids", 403],
]) {
  test(`a door that ${what} the program is told as one, and not as files that do not fit`, async ({ page, door }) => {
    door.locked = /\.wasm$/;
    door.how = how;
    await page.goto(door.address);
    await expect(heading(page)).toHaveText("The host does not hand over a file of this page");
    await expect(page.getByText(/sign in there.* The file is cmg-entra-setup-[0-9a-f]+_bg\.wasm\.$/)).toBeVisible();
  });
}
