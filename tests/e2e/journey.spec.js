// The whole way, by keyboard alone, over real sockets: from the start page to the values in Configuration Manager.
//
// On the way every page is looked at, and the secrets of the stand-in are looked for wherever a browser keeps things.
import { address, expect, test } from "./cloud.js";
import { arrived, choose, press, type } from "./keyboard.js";
import { look } from "./look.js";
import { places } from "./secrets.js";

// Playwright's pictures of the document stay in the page's own heap, and with them the address one was taken at: with the code in it,
// if the machine was busy just then.
test.use({ trace: { mode: "retain-on-failure", snapshots: false } });

const button = (page, name) => page.getByRole("button", { name, exact: true });
const tokens = ["access_token", "refresh_token", "id_token", "code", "code_verifier"];

/** Where the secrets of these kinds are, apart from the program's own memory. */
async function strayed(page, cloud, kinds) {
  const needles = (await cloud.needles()).filter(([kind]) => kinds.includes(kind));
  expect(needles.length, "there are secrets to look for").toBeGreaterThan(0);
  const found = await places(page, needles);
  delete found["program memory"];
  // Chromium's timing of the load keeps the address it began with, and no page can clear that. The code in it is spent.
  expect([undefined, ["code"]]).toContainEqual(found["performance entries"]);
  delete found["performance entries"];
  return found;
}

/** What a later collection takes away was litter, not a leak: the engine collects when it likes. */
async function noneStrays(page, cloud, kinds) {
  await expect.poll(() => strayed(page, cloud, kinds), { timeout: 60_000, intervals: [500, 1000, 3000] }).toEqual({});
}

async function signIn(page, account) {
  await press(page, button(page, "Sign in"));
  await expect(page.getByRole("heading", { name: "Pick an account" })).toBeVisible();
  await press(page, page.getByRole("button", { name: account }));
  await expect(page.getByRole("heading", { name: "Permissions requested" })).toBeVisible();
  await press(page, button(page, "Accept"));
  await expect(page.getByRole("status").getByText(`Signed in as ${account}.`)).toBeVisible();
}

test("an admin sets everything up without a mouse, and no secret strays", async ({ page, cloud }) => {
  test.setTimeout(600_000);

  await page.goto(address);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await look(page, "1-start");
  await press(page, button(page, "Set up"));
  await arrived(page, "Azure service");
  await type(page, page.getByRole("textbox", { name: "Tenant to sign in to" }), "fabrikam.com");
  await look(page, "2-azure-service");
  await signIn(page, "admin@fabrikam.com");
  expect(page.url()).toBe(`${address}#/azure-service`);
  await noneStrays(page, cloud, tokens);
  await look(page, "3-signed-in");

  await press(page, button(page, "Next : Web app >"));
  await arrived(page, "Web (server) app");
  await look(page, "4-web-app");
  await press(page, button(page, "Next : Native app >"));
  await arrived(page, "Native (client) app");
  await look(page, "5-native-app");
  await press(page, button(page, "Next : Discovery >"));
  await arrived(page, "Discovery");
  await look(page, "6-discovery");
  await press(page, button(page, "Next : Subscription >"));
  await arrived(page, "Subscription");
  await choose(page, page.getByRole("radio", { name: /^Fabrikam Production/ }));
  await look(page, "7-subscription");
  const before = (await cloud.requests()).filter(isWrite);
  expect(before, "nothing is written before Create").toEqual([]);

  await press(page, page.getByRole("main").locator("xpath=..").getByRole("button", { name: "Review + create" }).last());
  await arrived(page, "Review + create");
  await expect(page.getByText("Validation passed")).toBeVisible();
  await look(page, "8-review");
  await page.setViewportSize({ width: 1440, height: 1080 });
  await page.screenshot({ path: "../../target/screenshots/review.png" });
  await press(page, button(page, "Create"));
  await arrived(page, "Setting up is under way");
  await expect(page.getByRole("main").getByText("9 of 11 done")).toBeVisible({ timeout: 60_000 });
  await look(page, "9-under-way");
  // Registering takes minutes in Azure, and here too.
  await cloud.change({ clock_offset_seconds: 1200 });
  await expect(page.getByRole("heading", { level: 1, name: "Setting up is complete" })).toBeVisible({ timeout: 60_000 });
  await look(page, "10-complete");
  await noneStrays(page, cloud, [...tokens, "secretText"]);

  await press(page, button(page, "Go to the hand-over"));
  await arrived(page, "Enter it in Configuration Manager");
  const secret = page.getByRole("textbox", { name: "Secret Key" });
  await expect(secret).toHaveValue("");
  await look(page, "11-hand-over");
  await press(page, button(page, "Show Secret Key"));
  const [[, text]] = (await cloud.needles()).filter(([kind]) => kind === "secretText");
  // Read, not `toHaveValue(text)`: that would put the text into the page.
  await expect.poll(() => secret.inputValue()).toBe(text);
  // The browser keeps a field's text as a string for scripts too.
  const shown = Object.keys(await strayed(page, cloud, ["secretText"]));
  expect(shown.filter((place) => place !== "script heap")).toEqual(["fields"]);
  await press(page, button(page, "I have saved it"));
  await expect(secret).toHaveCount(0);
  const placesLeft = () => places(page, [["secretText", text]]);
  const message = "the secret is nowhere, not even in the program's memory";
  await expect.poll(placesLeft, { message, timeout: 60_000, intervals: [500, 1000, 3000] }).toEqual({});

  await press(page, button(page, "Sign out"));
  await noneStrays(page, cloud, tokens);
  expect(cloud.violations).toEqual([]);
  expect(await cloud.strangers()).toEqual([]);
});

function isWrite({ method, host }) {
  return !["GET", "OPTIONS", "HEAD"].includes(method) && !host.startsWith("login.");
}
