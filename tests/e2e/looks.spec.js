// The look of the pages that need no program.
import { look } from "./look.js";
import { address, expect, publish, test } from "./site.js";

test("the page that explains why it did not start", async ({ context, page }) => {
  await publish(context, { change: (name, body) => (name.endsWith(".wasm") ? undefined : body) });
  await page.goto(address);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await look(page, "will-not-start");
});
