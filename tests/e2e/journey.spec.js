// The whole setup with the keyboard alone, over real sockets: from the start page to the values for Configuration Manager.
//
// The test checks the look of every page, and searches everything that a browser stores for the emulator's secrets.
import { address, expect, test } from "./cloud.js";
import { arrived, choose, press, type } from "./keyboard.js";
import { button, field, main } from "./locators.js";
import { look } from "./look.js";
import { places } from "./secrets.js";

/** @import { Page } from "@playwright/test" */
/** @import { Cloud, LoggedRequest } from "./cloud.js" */

// Playwright's snapshots of the document stay in the page's heap with its address at that time, which can contain the code on a slow
// computer.
test.use({ trace: { mode: "retain-on-failure", snapshots: false } });

const everything = ["access_token", "refresh_token", "id_token", "code", "code_verifier", "secretText"];

/**
 * Where the secrets of these kinds are found.
 * @param {Page} page
 * @param {Cloud} cloud
 * @param {string[]} kinds
 */
async function strayed(page, cloud, kinds) {
  const needles = (await cloud.needles()).filter(([kind]) => kinds.includes(kind));
  expect(needles.length, "there are secrets to search for").toBeGreaterThan(0);
  const found = await places(page, needles);
  // Chromium's navigation timing keeps the first address, and no page can clear it. The code in it has been redeemed.
  expect([undefined, ["code"]]).toContainEqual(found["performance entries"]);
  delete found["performance entries"];
  return found;
}

/**
 * Only these kinds are in the program's memory, and no secret is anywhere else. Repeated, because the engine decides when it collects
 * garbage: what a later collection removes is no leak.
 * @param {Page} page
 * @param {Cloud} cloud
 * @param {string[]} kinds
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

/**
 * Checks a page after the sign-in: only the tokens in use are in the program's memory, not redeemed codes.
 * @param {Page} page
 * @param {Cloud} cloud
 * @param {string} name
 * @param {string[]} more
 */
async function lookSignedIn(page, cloud, name, ...more) {
  await holds(page, cloud, "access_token", "refresh_token", ...more);
  await look(page, name);
}

/**
 * @param {Page} page
 * @param {string} account
 */
async function signIn(page, account) {
  await press(page, button(page, "Sign in"));
  await expect(page.getByRole("heading", { name: "Pick an account" })).toBeVisible();
  await press(page, page.getByRole("button", { name: account }));
  await expect(page.getByRole("heading", { name: "Permissions requested" })).toBeVisible();
  await press(page, button(page, "Accept"));
  await expect(page.getByRole("status").getByText(`Signed in as ${account}.`)).toBeVisible();
}

test("an admin completes the setup with the keyboard, and no secret is left behind", async ({ page, cloud }) => {
  test.setTimeout(600_000);

  await page.goto(address);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await look(page, "1-start");
  await press(page, button(page, "Set up"));
  await arrived(page, "Azure service");
  await type(page, field(page, "Tenant to sign in to"), "fabrikam.com");
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

  await press(page, main(page).locator("xpath=..").getByRole("button", { name: "Review + create" }).last());
  await arrived(page, "Review + create");
  await expect(page.getByText("Validation passed")).toBeVisible();
  await lookSignedIn(page, cloud, "8-review");
  await press(page, button(page, "Create"));
  await arrived(page, "Setup is in progress");
  await expect(main(page).getByText("9 of 11 done")).toBeVisible({ timeout: 60_000 });
  await lookSignedIn(page, cloud, "9-under-way", "secretText");
  // A registration takes minutes in Azure, and in the simulated cloud.
  await cloud.change({ clock_offset_seconds: 1200 });
  await expect(page.getByRole("heading", { level: 1, name: "Setup is complete" })).toBeVisible({ timeout: 60_000 });
  await lookSignedIn(page, cloud, "10-complete", "secretText");

  await press(page, button(page, "Go to the hand-over"));
  await arrived(page, "Enter the values in Configuration Manager");
  const secret = field(page, "Secret Key");
  await expect(secret).toHaveValue("");
  await lookSignedIn(page, cloud, "11-hand-over", "secretText");
  await press(page, button(page, "Show Secret Key"));
  const text = (await cloud.needles()).find(([kind]) => kind === "secretText")?.[1] ?? "";
  expect(text).not.toBe("");
  // `inputValue` and not `toHaveValue(text)`, which would put the text into the page.
  await expect.poll(() => secret.inputValue()).toBe(text);
  // The browser also keeps a field's text as a string on the script heap.
  const shown = Object.keys(await strayed(page, cloud, ["secretText"]));
  expect(shown.filter((place) => place !== "script heap").sort()).toEqual(["fields", "program memory"]);
  await press(page, button(page, "I have saved it"));
  await expect(secret).toHaveCount(0);
  const placesLeft = () => places(page, [["secretText", text]]);
  const message = "the secret is in no place, and not in the program's memory";
  await expect.poll(placesLeft, { message, timeout: 60_000, intervals: [500, 1000, 3000] }).toEqual({});

  await press(page, button(page, "Sign out"));
  await holds(page, cloud);
});

/** @param {LoggedRequest} request */
function isWrite({ method, host }) {
  return !["GET", "OPTIONS", "HEAD"].includes(method) && !host.startsWith("login.");
}
