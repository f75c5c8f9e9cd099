// The whole way, by keyboard alone, over real sockets: from the start page to the values in Configuration Manager.
//
// On the way every page is looked at, and the secrets of the emulator are looked for wherever a browser keeps things.
import { address, expect, test } from "./cloud.js";
import { arrived, choose, press, type } from "./keyboard.js";
import { look } from "./look.js";
import { places } from "./secrets.js";

// Playwright's pictures of the document stay in the page's own heap, and with them the address one was taken at: with the code in it,
// if the machine was busy just then.
test.use({ trace: { mode: "retain-on-failure", snapshots: false } });

const button = (page, name) => page.getByRole("button", { name, exact: true });
const everything = ["access_token", "refresh_token", "id_token", "code", "code_verifier", "secretText"];

/** Where the secrets of these kinds are. */
async function strayed(page, cloud, kinds) {
  const needles = (await cloud.needles()).filter(([kind]) => kinds.includes(kind));
  expect(needles.length, "there are secrets to look for").toBeGreaterThan(0);
  const found = await places(page, needles);
  // Chromium's timing of the load keeps the address it began with, and no page can clear that. The code in it is spent.
  expect([undefined, ["code"]]).toContainEqual(found["performance entries"]);
  delete found["performance entries"];
  return found;
}

/**
 * These and no others are in the program's own memory, and nothing is anywhere else. What a later collection takes away was litter, not
 * a leak: the engine collects when it likes.
 */
async function holds(page, cloud, ...kinds) {
  const expected = kinds.length === 0 ? {} : { "program memory": kinds.toSorted() };
  const look = async () => {
    const found = await strayed(page, cloud, everything);
    found["program memory"]?.sort();
    return found;
  };
  await expect.poll(look, { timeout: 60_000, intervals: [500, 1000, 3000] }).toEqual(expected);
}

/** Looks at a page of somebody signed in: the tokens in use are in the program's memory, and spent proofs are not even there. */
async function lookSignedIn(page, cloud, name, ...more) {
  await holds(page, cloud, "access_token", "refresh_token", ...more);
  await look(page, name);
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
  await lookSignedIn(page, cloud, "3-signed-in");

  await press(page, button(page, "Next : Web app >"));
  await arrived(page, "Web (server) app");
  await lookSignedIn(page, cloud, "4-web-app");
  await press(page, button(page, "Next : Native app >"));
  await arrived(page, "Native (client) app");
  await lookSignedIn(page, cloud, "5-native-app");
  await press(page, button(page, "Next : Discovery >"));
  await arrived(page, "Discovery");
  await lookSignedIn(page, cloud, "6-discovery");
  await press(page, button(page, "Next : Subscription >"));
  await arrived(page, "Subscription");
  await choose(page, page.getByRole("radio", { name: /^Fabrikam Production/ }));
  await lookSignedIn(page, cloud, "7-subscription");
  const before = (await cloud.requests()).filter(isWrite);
  expect(before, "nothing is written before Create").toEqual([]);

  await press(page, page.getByRole("main").locator("xpath=..").getByRole("button", { name: "Review + create" }).last());
  await arrived(page, "Review + create");
  await expect(page.getByText("Validation passed")).toBeVisible();
  await lookSignedIn(page, cloud, "8-review");
  await page.setViewportSize({ width: 1440, height: 1080 });
  await page.screenshot({ path: "../../target/screenshots/review.png" });
  await press(page, button(page, "Create"));
  await arrived(page, "Setup is in progress");
  await expect(page.getByRole("main").getByText("9 of 11 done")).toBeVisible({ timeout: 60_000 });
  await lookSignedIn(page, cloud, "9-under-way", "secretText");
  // Registering takes minutes in Azure, and here too.
  await cloud.change({ clock_offset_seconds: 1200 });
  await expect(page.getByRole("heading", { level: 1, name: "Setup is complete" })).toBeVisible({ timeout: 60_000 });
  await lookSignedIn(page, cloud, "10-complete", "secretText");

  await press(page, button(page, "Go to the hand-over"));
  await arrived(page, "Enter the values in Configuration Manager");
  const secret = page.getByRole("textbox", { name: "Secret Key" });
  await expect(secret).toHaveValue("");
  await lookSignedIn(page, cloud, "11-hand-over", "secretText");
  await press(page, button(page, "Show Secret Key"));
  const [[, text]] = (await cloud.needles()).filter(([kind]) => kind === "secretText");
  // Read, not `toHaveValue(text)`: that would put the text into the page.
  await expect.poll(() => secret.inputValue()).toBe(text);
  // The browser keeps a field's text as a string for scripts too.
  const shown = Object.keys(await strayed(page, cloud, ["secretText"]));
  expect(shown.filter((place) => place !== "script heap").sort()).toEqual(["fields", "program memory"]);
  await press(page, button(page, "I have saved it"));
  await expect(secret).toHaveCount(0);
  const placesLeft = () => places(page, [["secretText", text]]);
  const message = "the secret is nowhere, not even in the program's memory";
  await expect.poll(placesLeft, { message, timeout: 60_000, intervals: [500, 1000, 3000] }).toEqual({});

  await press(page, button(page, "Sign out"));
  await holds(page, cloud);
});

function isWrite({ method, host }) {
  return !["GET", "OPTIONS", "HEAD"].includes(method) && !host.startsWith("login.");
}
