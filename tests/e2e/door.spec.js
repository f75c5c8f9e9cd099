// A web server with its own sign-in: it redirects every request without its cookie to another address (Microsoft Entra application proxy,
// Cloudflare Access, IIS, App Service authentication).
import { once } from "node:events";
import { createServer } from "node:http";
import { extname } from "node:path";

import { expect, test as base } from "@playwright/test";

import { config } from "./emulator.js";
import { button, heading } from "./locators.js";
import { kinds, read } from "./site.js";

/** @import { Fixtures, PlaywrightTestArgs, PlaywrightTestOptions } from "@playwright/test" */
/** @import { PlaywrightWorkerArgs, PlaywrightWorkerOptions } from "@playwright/test" */

/**
 * The web server.
 * @typedef {object} Door
 * @property {string} address
 * @property {string[]} turnedAway The refused files.
 * @property {RegExp} [locked] Names of files that are refused even with the cookie.
 * @property {number} how The status of a refusal.
 */

/** @type {Fixtures<{ door: Door }, {}, PlaywrightTestArgs & PlaywrightTestOptions, PlaywrightWorkerArgs & PlaywrightWorkerOptions>} */
const fixtures = {
  door: async ({ context }, use) => {
    /** @type {Door} */
    const door = { address: "", turnedAway: [], how: 302 };
    const server = createServer((request, answer) => {
      const name = new URL(request.url ?? "", "http://localhost").pathname.slice(1) || "index.html";
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
    const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
    door.address = `http://localhost:${port}/`;
    await context.addCookies([{ name: "door", value: "open", url: door.address }]);
    await use(door);
    server.closeAllConnections();
    server.close();
  },
};
const test = base.extend(fixtures);

const start = "Set up Microsoft Entra ID for a cloud management gateway";

test("the page loads every file, with its settings and its manifest", async ({ context, page, door }) => {
  await page.goto(door.address);
  await expect(heading(page)).toHaveText(start);
  await button(page, "Set up").click();
  await expect(button(page, "Sign in")).toBeVisible();
  const session = await context.newCDPSession(page);
  const { data } = await session.send("Page.getAppManifest");
  expect(JSON.parse(data ?? "").icons).not.toHaveLength(0);
  expect(door.turnedAway).toEqual([]);
});

test("the module loads every file, in an embedding page on the same web server", async ({ page, door }) => {
  await page.goto(`${door.address}portal.html`);
  await page.evaluate(async () => {
    const { mount } = await import("/embed.js");
    const place = document.createElement("div");
    document.body.append(place);
    await mount(place);
  });
  await expect(heading(page)).toHaveText(start);
  await button(page, "Set up").click();
  await expect(button(page, "Sign in")).toBeVisible();
  expect(door.turnedAway).toEqual([]);
});

for (const how of [302, 401, 403]) {
  test(`a refused program (HTTP ${how}) is reported as refused, and not as a file that does not fit`, async ({ page, door }) => {
    door.locked = /\.wasm$/;
    door.how = how;
    await page.goto(door.address);
    await expect(heading(page)).toHaveText("The web server refuses a file of this page");
    await expect(page.getByText(/sign in there.* The file is cmg-entra-setup-[0-9a-f]+_bg\.wasm\.$/)).toBeVisible();
  });
}
