// The unchanged release build over real HTTPS, with the clouds under their production names.
import { address, expect, test } from "./cloud.js";

test("starts over real sockets, breaks no rule of its policy and speaks to nobody else", async ({ page, cloud }) => {
  const loaded = [];
  page.on("response", (response) => loaded.push(new URL(response.url()).pathname));
  await page.goto(address);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.waitForLoadState("networkidle");
  // A header the browser does not understand is told there. Which permissions there are differs from platform to platform.
  const known = ["https://crbug.com/981419", "Permissions-Policy header: Unrecognized feature"];
  expect(cloud.messages.filter((message) => !known.some((remark) => message.includes(remark)))).toEqual([]);
  // Nobody is signed in, so nothing was asked of Microsoft.
  expect(await cloud.requests()).toEqual([]);
  expect(loaded.filter((path) => path.endsWith(".wasm"))).toHaveLength(1);
});

test("a host that is not Microsoft's cannot be reached from the page", async ({ page, cloud }) => {
  await page.goto(address);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  const outcome = await page.evaluate(() => fetch("https://example.com/").then(() => "reached", () => "blocked"));
  expect(outcome).toBe("blocked");
  // By the page's own policy, and by the host's.
  expect(cloud.takeViolations()).toHaveLength(2);
});
