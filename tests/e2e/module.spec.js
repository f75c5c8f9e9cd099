// The page as part of another page, over real sockets, with a faulty embedding page: it gives wrong tokens or none, removes the page during
// a run, and inserts the page more than once.
import { expect, test } from "./cloud.js";
import { examples, framed } from "./emulator.js";
import { button, heading, signInToPortal, signedIn, toReview, toSignIn } from "./module-steps.js";
import { writes } from "./steps.js";

/** @import { Page } from "@playwright/test" */
/** @import { Cloud } from "./cloud.js" */

test.use({ settings: framed });

const start = "Set up Microsoft Entra ID for a cloud management gateway";
const contoso = "00000000-1111-4222-8333-444444444444";

/**
 * Opens the React portal and signs in, then removes the page from it. `window.real` is the portal's `acquireToken`.
 * @param {Page} page
 * @param {Cloud} cloud
 */
async function portal(page, cloud) {
  await cloud.change({ pages: [`${examples.react}redirect.html`] });
  await page.goto(examples.react);
  await signInToPortal(page);
  await expect(heading(page.locator("cmg-entra-setup"))).toHaveText(start);
  await page.evaluate(() => (window.real = document.querySelector("cmg-entra-setup")?.acquireToken));
  await page.getByRole("checkbox", { name: "Show the set-up" }).uncheck();
  await expect(page.locator("cmg-entra-setup")).toHaveCount(0);
}

/**
 * Mounts the page in a new element with this ID. `options` is evaluated in the browser.
 * @param {Page} page
 * @param {string} id
 * @param {string} options
 */
async function put(page, id, options) {
  await page.evaluate(
    async ({ id, options }) => {
      const { mount } = await import("/cmg/embed.js");
      const place = document.createElement("div");
      place.id = id;
      document.body.append(place);
      window.events ??= [];
      window.parts ??= {};
      const made = new Function(`return ${options}`)();
      window.parts[id] = await mount(place, { key: id, onEvent: (event) => window.events.push([id, event]), ...made });
    },
    { id, options },
  );
  return page.locator(`#${id}`);
}

/** @type {(page: Page, id: string) => Promise<void>} */
const unmount = (page, id) => page.evaluate((id) => window.parts[id]?.unmount(), id);

/**
 * Gives consent once in the real portal, so that no window opens later.
 * @param {Page} page
 */
async function consent(page) {
  const part = await put(page, "first", "{ acquireToken: real }");
  await toSignIn(part);
  await signedIn(page, part);
  await unmount(page, "first");
  await expect(part.getByRole("heading")).toHaveCount(0);
  await page.evaluate(() => document.getElementById("first")?.remove());
}

/** @type {[what: string, acquireToken: string, message: RegExp][]} */
const tampered = [
  ["rejects", `async () => { throw Object.assign(new Error("<b>s3cret</b>"), { errorCode: "login_required" }); }`, /login_required/],
  ["rejects with an invalid code", `async () => { throw { errorCode: "<b>s3cret</b>" }; }`, /the portal returned none\./],
  ["throws at once", `() => { throw undefined; }`, /the portal returned none\./],
  ["gives nothing", `async () => undefined`, /not an access token/],
  ["gives null", `async () => null`, /not an access token/],
  ["gives a number", `async () => 7`, /not an access token/],
  ["gives an empty text", `async () => ""`, /not an access token/],
  ["gives an object", `async () => ({ accessToken: { toString: () => "x" } })`, /not an access token/],
  ["gives a text with line breaks", `async (request) => ({ ...(await real(request)), accessToken: "a\\r\\nx-evil: 1" })`, /not an access token/],
  ["gives a megabyte", `async () => "x".repeat(1 << 20)`, /not an access token/],
  ["gives an object that throws when it is read", `async () => ({ get accessToken() { throw new Error("s3cret"); } })`, /the portal returned none\.|not an access token/],
  ["gives a text that is no token", `async () => "garbage"`, /did not say whose token/],
  ["says it is of another tenant", `async (request) => ({ ...(await real(request)), tenantId: "${contoso}" })`, /for a different person or tenant than the portal says/],
  ["says it is of another person", `async (request) => ({ ...(await real(request)), account: { localAccountId: "${contoso}" } })`, /for a different person or tenant than the portal says/],
  ["gives one for another service", `async (request) => real({ ...request, scopes: ["https://management.azure.com/user_impersonation"] })`, /not for Microsoft Graph/],
  ["gives one that has expired", `async (request) => ({ ...(await real(request)), expiresOn: new Date(0) })`, /has expired/],
  [
    "gives one that Microsoft did not sign",
    `async (request) => { const given = await real(request); const part = given.accessToken.split("."); return { ...given, accessToken: [part[0], part[1], part[2].split("").reverse().join("")].join(".") }; }`,
    /Microsoft Graph refused the token/,
  ],
];

test("each wrong token is refused with its reason, nothing is written, and the right token works", async ({ page, cloud }) => {
  test.setTimeout(240_000);
  await portal(page, cloud);
  await consent(page);
  for (const [index, [what, acquire, sentence]] of tampered.entries()) {
    const part = await put(page, `wrong${index}`, `{ acquireToken: ${acquire} }`);
    await toSignIn(part, "");
    await button(part, "Sign in").click();
    await expect.soft(part.locator(".stack").getByText(sentence).first(), what).toBeVisible({ timeout: 15_000 });
    await expect.soft(part.getByText("s3cret"), what).toHaveCount(0);
    await unmount(page, `wrong${index}`);
    await page.evaluate((id) => document.getElementById(id)?.remove(), `wrong${index}`);
  }
  // The embedding page's account, for any tenant that is typed.
  const organizations = `(request) => real({ ...request, authority: "https://login.microsoftonline.com/organizations" })`;
  const other = await put(page, "other", `{ acquireToken: ${organizations} }`);
  await toSignIn(other, contoso);
  await button(other, "Sign in").click();
  await expect(other.locator(".stack").getByText(/another tenant/).first()).toBeVisible();
  await unmount(page, "other");
  // Another cloud than the token's.
  const scopes = `["https://graph.microsoft.com/User.Read"]`;
  const cloudy = await put(page, "cloudy", `{ acquireToken: (request) => (${organizations})({ ...request, scopes: ${scopes} }) }`);
  await toSignIn(cloudy, "");
  await cloudy.getByRole("radio", { name: /^AzureUSGovernmentCloud/ }).first().check();
  await button(cloudy, "Sign in").click();
  await expect(cloudy.locator(".stack").getByText(/for a different cloud/).first()).toBeVisible();
  await unmount(page, "cloudy");

  expect(writes(await cloud.requests())).toEqual([]);
  const right = await put(page, "right", "{ acquireToken: real }");
  await toSignIn(right);
  await signedIn(page, right);
  expect(cloud.violations).toEqual([]);
});

test("the sign-in with a portal that does not answer can be cancelled, and a late token signs no user in", async ({ page, cloud }) => {
  await portal(page, cloud);
  await consent(page);
  const part = await put(page, "slow", "{ acquireToken: (request) => new Promise((resolve) => { window.late = () => real(request).then(resolve); }) }");
  await toSignIn(part);
  await button(part, "Sign in").click();
  await expect(part.getByText("The portal is signing you in")).toBeVisible();
  await button(part, "Cancel the sign-in").click();
  await expect(part.getByText("The portal is signing you in")).toHaveCount(0);
  await page.evaluate(() => window.late());
  await expect(button(part, "Sign in")).toBeVisible();
  await expect(part.getByText(/Signed in as/)).toHaveCount(0);
  const told = await page.evaluate(() => window.events.filter(([id]) => id === "slow").map(([, { type }]) => type));
  expect(told).toEqual(["cmg-entra-setup.ready"]);
});

test("two instances on one page are separate: each has its own answers and its own sign-in", async ({ page, cloud }) => {
  await portal(page, cloud);
  await consent(page);
  const one = await put(page, "one", "{ acquireToken: real }");
  const two = await put(page, "two", "{ acquireToken: real, theme: 'dark' }");
  await toSignIn(one);
  await signedIn(page, one);
  await expect(heading(two)).toHaveText(start);
  await toSignIn(two, "contoso.com");
  await expect(two.getByRole("textbox", { name: "Tenant to sign in to" })).toHaveValue("contoso.com");
  await expect(one.getByRole("textbox", { name: "Tenant to sign in to" })).toHaveValue("fabrikam.com");
  await expect(two.getByText(/Signed in as/)).toHaveCount(0);
  const own = await page.evaluate(() => window.events.filter(([, { type }]) => type === "cmg-entra-setup.signed-in").map(([id]) => id));
  expect(own.filter((id) => id !== "first")).toEqual(["one"]);
  const schemes = await page.evaluate(() =>
    ["one", "two"].map((id) => {
      const drawn = document.getElementById(id)?.shadowRoot?.firstElementChild;
      return drawn ? getComputedStyle(drawn).getPropertyValue("color-scheme") : undefined;
    }),
  );
  expect(schemes[1]).toBe("dark");
  expect(schemes[0]).toBeDefined();
  expect(schemes[0]).not.toBe("dark");
  await unmount(page, "two");
  await expect(one.getByText(/Signed in as/).first()).toBeVisible();
  await button(one, "Next : Web app >").click();
  await expect(heading(one)).toHaveText("Web (server) app");
});

test("a page that is removed during a run starts no further write, and the run is found again", async ({ page, cloud }) => {
  test.setTimeout(120_000);
  await page.clock.install();
  await portal(page, cloud);
  await consent(page);
  await cloud.change({ replication: { by_key: 300, lists: 300, references: 300 } });
  // All sent writes, with or without a response: a request can be open while the page is removed.
  /** @type {string[]} */
  const begun = [];
  page.on("request", (request) => {
    if (request.method() !== "GET" && /^https:\/\/(graph|management)\./.test(request.url())) {
      begun.push(`${request.method()} ${request.url()}`);
    }
  });
  const part = await put(page, "run", "{ acquireToken: real }");
  await toSignIn(part);
  await signedIn(page, part);
  await toReview(part);
  await button(part, "Create").click();
  // Both apps exist, and the next writes wait until the directory has replicated them.
  await expect(part.getByText("The directory is copying").first()).toBeVisible();
  await unmount(page, "run");
  const left = begun.length;
  expect(left).toBeGreaterThan(1);
  expect(left, "of nine").toBeLessThan(9);
  await expect(part.locator(".frame")).toHaveCount(0);
  // The whole time that the run would have waited.
  await cloud.change({ clock_offset_seconds: 900, replication: { by_key: 0, lists: 0, references: 0 } });
  await page.clock.fastForward(600_000);
  await page.clock.fastForward(600_000);
  expect(begun.slice(left)).toEqual([]);
  expect(writes(await cloud.requests()).length).toBe(left);
  const again = await put(page, "found", "{ acquireToken: real }");
  await expect(heading(again)).toHaveText(start);
  await expect(again.getByText(/not finished|unfinished|interrupted/i).first()).toBeVisible();
  expect(writes(await cloud.requests()).length).toBe(left);
  expect(cloud.violations).toEqual([]);
});
