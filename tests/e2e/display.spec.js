// What helps to read the page: the theme, and the help of a field.
import { address, expect, publish, test } from "./site.js";
import { button, field } from "./locators.js";

test("the chosen theme is there before the program after a reload, and a new tab follows the system", async ({ context, page }) => {
  let isThere = true;
  await publish(context, { change: (name, body) => (isThere || !name.endsWith(".wasm") ? body : undefined) });
  await page.goto(address);
  const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
  await page.getByLabel("Theme").selectOption("Dark");
  await expect.poll(theme).toBe("dark");

  isThere = false;
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/missing/);
  expect(await theme()).toBe("dark");

  const other = await context.newPage();
  await other.goto(address);
  expect(await other.evaluate(() => document.documentElement.dataset.theme)).toBeUndefined();
});

test("the help of a field opens with the keyboard, and keeps what was typed", async ({ context, page }) => {
  await publish(context);
  await page.goto(address);
  await button(page, "Check an App ID URI").click();
  const uri = field(page, "App ID URI");
  await uri.fill("api://contoso");
  const help = page.getByText("What is this?").first();
  await help.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("link", { name: /, opens in a new tab$/ }).first()).toBeVisible();
  await expect(page.getByRole("link", { name: /, opens in a new tab$/ }).first()).toHaveAttribute("rel", "noopener noreferrer");
  await expect(uri).toHaveValue("api://contoso");
});
