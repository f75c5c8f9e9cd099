// The unchanged release build over real HTTPS, with the clouds under their production host names.
import { address, expect, test } from "./cloud.js";

test("the page starts over real sockets, does not violate its policy and contacts no other host", async ({ page, cloud }) => {
  /** @type {string[]} */
  const loaded = [];
  page.on("response", (response) => loaded.push(new URL(response.url()).pathname));
  await page.goto(address);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.waitForLoadState("networkidle");
  // The console has a message for each unknown permission in the headers. The known permissions differ by platform.
  const known = ["https://crbug.com/981419", "Permissions-Policy header: Unrecognized feature"];
  expect(cloud.messages.filter((message) => !known.some((remark) => message.includes(remark)))).toEqual([]);
  // Without a sign-in, the page sends no request to Microsoft.
  expect(await cloud.requests()).toEqual([]);
  // The program, the two files that read the settings, and the two of the core, each once.
  const programs = loaded.filter((path) => path.endsWith(".wasm"));
  expect(programs).toHaveLength(5);
  expect(new Set(programs).size).toBe(5);
});

test("the page cannot contact a host that is not Microsoft's", async ({ page, cloud }) => {
  await page.goto(address);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  const outcome = await page.evaluate(() => fetch("https://example.com/").then(() => "reached", () => "blocked"));
  expect(outcome).toBe("blocked");
  // By the page's policy, and by the web server's.
  expect(cloud.takeViolations()).toHaveLength(2);
});
