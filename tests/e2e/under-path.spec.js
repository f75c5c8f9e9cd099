// The page below a path, as on GitHub Pages: deep links, the sign-in and its return, and unknown addresses.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { address, test as atRoot, expect } from "./cloud.js";
import { start } from "./emulator.js";
import { button, heading } from "./locators.js";

const base = "/some/cmg/";
const home = new URL(base, address).href;

const test = atRoot.extend({
  emulator: [
    async ({ settings }, use) => {
      const emulator = await start(settings, { isCopy: true, base });
      // The only change for a path (docs/hosting).
      const missing = join(emulator.site, "404.html");
      writeFileSync(missing, readFileSync(missing, "utf8").replace('href="/"', `href="${base}"`));
      await use(emulator);
      await emulator.stop();
    },
    { scope: "worker" },
  ],
});

test("a deep link opens its page, and a sign-in from there returns there", async ({ page, cloud }) => {
  await cloud.change({ pages: [home] });
  await page.goto(`${home}#/azure-service`);
  await expect(heading(page, "Azure service")).toBeVisible();
  await page.getByRole("textbox", { name: "Tenant to sign in to" }).fill("fabrikam.com");
  await button(page, "Sign in").click();
  await page.getByRole("button", { name: "admin@fabrikam.com" }).click();
  await button(page, "Accept").click();
  await expect(page.getByRole("status").getByText("Signed in as admin@fabrikam.com.")).toBeVisible();
  await expect(page).toHaveURL(`${home}#/azure-service`);
  await page.goto(`${home}#/app-id-uri`);
  await expect(heading(page, "Check an App ID URI")).toBeVisible();
});

for (const place of ["nobody", "some/cmg/nobody", "some/cmg/a/b/c.html", "some/cmg/index.htm", "some/cmg/INDEX.HTML", "some/cmg/bridge.html/x"]) {
  test(`the unknown address ${place} links to the page, and the link carries nothing`, async ({ page, cloud }) => {
    /** @type {string[]} */
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    const answer = await page.goto(`${address}${place}?code=astray#code=astray&state=astray`);
    expect(answer?.status()).toBe(404);
    await expect(heading(page, "No page at this address")).toBeVisible();
    // It loads no other file, and no icon.
    expect(asked).toHaveLength(1);
    await page.getByRole("link", { name: "Go to CMG Entra Setup" }).click();
    await expect(heading(page, "Set up Microsoft Entra ID for a cloud management gateway")).toBeVisible();
    // The program shows the address; the start page is there before it.
    await expect(page).toHaveURL(`${home}#/`);
    expect(await page.evaluate(() => document.referrer)).toBe("");
    expect(asked.slice(1).filter((url) => url.includes("astray"))).toEqual([]);
    expect(await cloud.requests()).toEqual([]);
  });
}
