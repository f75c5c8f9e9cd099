// Every page and every state of the page, by the steps that lead to it. A new state is one entry of a journey.
import { until } from "../clock.js";
import { button, field, heading, main } from "../locators.js";
import { address, expect } from "../site.js";

/** @import { Page } from "@playwright/test" */
/** @import { PublishOptions } from "../site.js" */

/**
 * @typedef {object} State
 * @property {string} name The name of its pictures.
 * @property {(page: Page) => Promise<unknown>} steps From the previous state of the journey.
 * @property {boolean} [isInDocuments] README.md or a document in `docs` shows it, from `docs/images`.
 * @property {string[]} [withoutRules] Rules of axe that do not apply.
 */
/**
 * @typedef {object} Journey
 * @property {string} group
 * @property {State[]} states In order. The page is at its start before the first one.
 * @property {PublishOptions} [options] What is published instead of the demo.
 */

/**
 * Opens the page with a clock that stands still.
 * @param {Page} page
 */
export async function start(page) {
  await page.clock.install({ time: new Date("2026-11-23T09:59:00Z") });
  await page.clock.pauseAt(new Date("2026-11-23T10:00:00Z"));
  await page.goto(address);
  await until(page, heading(page));
}

/** @type {(page: Page, name: string) => Promise<void>} */
const press = (page, name) => button(page, name).first().click();

/**
 * Opens a page by its address.
 * @param {Page} page
 * @param {string} route
 */
async function open(page, route) {
  await page.goto(`${address}#${route}`);
  await until(page, heading(page));
}

/**
 * Uses the panel of the demo, and closes it again.
 * @param {Page} page
 * @param {string} cause
 */
async function letGoWrong(page, cause) {
  const panel = page.getByText("Make something go wrong");
  await panel.click();
  await press(page, cause);
  await panel.click();
}

/**
 * Signs in to a tenant of the demo for a setup.
 * @param {Page} page
 * @param {string} tenant
 */
async function signIn(page, tenant) {
  await press(page, "Set up");
  await page.getByRole("radio", { name: new RegExp(`^${tenant}`) }).check();
  await press(page, "Sign in");
  await until(page, button(page, "Sign out"));
}

/**
 * Opens the review from a step of the wizard.
 * @param {Page} page
 * @param {string | RegExp} verdict
 */
async function review(page, verdict) {
  await button(page, "Review + create").last().click();
  await until(page, page.getByText(verdict).first());
}

/**
 * Signs in, and starts a run with the default answers.
 * @param {Page} page
 * @param {string} [cause] What goes wrong, of the demo's panel.
 */
async function run(page, cause) {
  await signIn(page, "fabrikam.com");
  await review(page, /^Validation passed/);
  if (cause !== undefined) {
    await letGoWrong(page, cause);
  }
  await press(page, "Create");
}

/** @type {(page: Page) => Promise<void>} */
const someSteps = (page) => until(page, page.getByText(/^[1-9]\d* of \d+ done$/).first());

/**
 * Signs in to check the pair of a tenant.
 * @param {Page} page
 * @param {string} tenant
 */
async function signInToCheck(page, tenant) {
  await press(page, "Check a pair");
  await page.getByRole("radio", { name: new RegExp(`^${tenant}`) }).check();
  await press(page, "Sign in");
  await until(page, page.getByRole("heading", { level: 2, name: /pairs? found$/ }).or(page.getByText("No pair was found")).first());
}

/** @param {Page} page */
async function checkPair(page) {
  await page.getByRole("button", { name: /^Check this pair / }).first().click();
  await until(page, page.getByRole("heading", { level: 2, name: "Secrets" }));
}

/**
 * The whole job of a setup in the demo, up to the hand-over. `fabrikam.com` is the ordinary case.
 * @type {Record<string, (page: Page) => Promise<void>>}
 */
export const jobs = {
  "setup with default answers": async (page) => {
    await run(page);
    await until(page, heading(page, "Setup is complete"));
    await press(page, "Go to the hand-over");
    await expect(field(page, "Secret Key")).toBeVisible();
  },
  "setup step by step, with a subscription": async (page) => {
    await signIn(page, "fabrikam.com");
    for (const next of ["Next : Web app >", "Next : Native app >", "Next : Discovery >", "Next : Subscription >"]) {
      await press(page, next);
    }
    const subscription = page.getByRole("radio", { name: /^Fabrikam Production/ });
    await until(page, subscription);
    await subscription.check();
    await review(page, /^Validation passed/);
    await press(page, "Create");
    await until(page, heading(page, "Setup is complete"));
    await press(page, "Go to the hand-over");
    await expect(field(page, "Secret Key")).toBeVisible();
  },
};

const clients = { public: "7c3f9a52-18d4-4e6b-9b0d-5a2e64f1c801" };

/**
 * The published page with the settings of a site owner.
 * @type {(settings: object) => PublishOptions}
 */
const withSettings = (settings) => ({
  folder: "",
  change: (name, body) => (name === "config.json" ? JSON.stringify(settings) : body),
});

/** @type {Journey[]} */
export const journeys = [
  {
    group: "Start",
    states: [
      { name: "start", isInDocuments: true, steps: (page) => expect(button(page, "Set up")).toBeVisible() },
      {
        name: "demo-panel",
        steps: async (page) => {
          await page.getByText("Make something go wrong").click();
          await press(page, "Lose the next answer");
          await expect(page.getByText(/its answer does not arrive\.$/)).toBeVisible();
        },
      },
      {
        name: "no-page",
        steps: async (page) => {
          await page.getByText("Make something go wrong").click();
          await page.goto(`${address}#/nowhere`);
          await expect(page.getByText("The address names no page of this site.")).toBeVisible();
        },
      },
      {
        name: "start-continue",
        steps: async (page) => {
          await press(page, "Set up");
          await field(page, "Description").fill("Gateway of the site in Zürich");
          // The page stores what was typed after a moment.
          await page.clock.runFor(2_000);
          await open(page, "/");
          await page.reload();
          await until(page, heading(page));
          await expect(button(page, "Continue setting up")).toBeVisible();
        },
      },
    ],
  },
  {
    group: "Steps, signed out",
    states: [
      { name: "azure-service", steps: (page) => press(page, "Set up") },
      {
        name: "azure-service-fault",
        steps: async (page) => {
          await field(page, "Name").first().fill("");
          await field(page, "Description").fill("Gateway of the site in Zürich");
          await page.keyboard.press("Tab");
        },
      },
      { name: "web-app", steps: (page) => open(page, "/web-app") },
      {
        name: "web-app-faults",
        steps: async (page) => {
          await field(page, "Application name").fill("");
          await field(page, "HomePage URL").fill("ftp:/x");
          await page.getByRole("radio", { name: /^verified domain/i }).first().check();
          await page.keyboard.press("Tab");
        },
      },
      { name: "native-app", steps: (page) => open(page, "/native-app") },
      {
        name: "native-app-fault",
        steps: async (page) => {
          await field(page, "Application name").fill("");
          await page.keyboard.press("Tab");
        },
      },
      { name: "discovery", steps: (page) => open(page, "/discovery") },
      {
        name: "discovery-on",
        steps: async (page) => {
          await page.getByRole("checkbox", { name: /^Enable Microsoft Entra user Discovery/ }).check();
          await page.getByRole("checkbox", { name: /^Enable Microsoft Entra group Discovery/ }).check();
          await field(page, "Groups to discover").fill("Sales\nField service");
        },
      },
      { name: "subscription-signed-out", steps: (page) => open(page, "/subscription") },
      { name: "review-faults", steps: (page) => open(page, "/review") },
    ],
  },
  {
    group: "Setup",
    states: [
      { name: "signed-in-reading", steps: (page) => signIn(page, "fabrikam.com") },
      { name: "signed-in", steps: (page) => until(page, main(page).getByText("fabrikam.onmicrosoft.com").first()) },
      { name: "web-app-signed-in", steps: (page) => press(page, "Next : Web app >") },
      {
        name: "web-app-domain",
        steps: async (page) => {
          await page.getByRole("radio", { name: /^verified domain/i }).first().check();
        },
      },
      {
        name: "subscription",
        steps: async (page) => {
          await page.getByRole("radio", { name: /recommended: passes every policy/ }).check();
          await open(page, "/subscription");
          await until(page, page.getByRole("radio", { name: /^Fabrikam Production/ }));
        },
      },
      {
        name: "subscription-chosen",
        steps: async (page) => {
          await page.getByRole("radio", { name: /^Fabrikam Production/ }).check();
          await until(page, page.getByText("Microsoft.KeyVault").first());
        },
      },
      { name: "review", isInDocuments: true, steps: (page) => review(page, "Validation passed") },
      { name: "review-all-open", steps: (page) => press(page, "Open all") },
      {
        name: "run",
        isInDocuments: true,
        steps: async (page) => {
          await press(page, "Create");
          await someSteps(page);
        },
      },
      { name: "run-complete", steps: (page) => until(page, heading(page, "Setup is complete")) },
      {
        name: "evidence",
        steps: async (page) => {
          await press(page, "Evidence");
          await until(page, heading(page, "Evidence of a run"));
        },
      },
      // The field of the secret is masked, and no state shows its value.
      {
        name: "hand-over",
        isInDocuments: true,
        steps: async (page) => {
          await press(page, "Back to the run");
          await press(page, "Go to the hand-over");
          await expect(field(page, "Secret Key")).toBeVisible();
        },
      },
      {
        name: "hand-over-secret-unseen",
        steps: async (page) => {
          await press(page, "I have saved it");
          await expect(page.getByText("You have neither shown nor copied the secret").first()).toBeVisible();
        },
      },
      {
        name: "hand-over-saved",
        steps: async (page) => {
          await press(page, "Remove it without saving");
          await expect(field(page, "Secret Key")).toHaveCount(0);
        },
      },
      { name: "unfinished-finished-run", steps: (page) => open(page, "/unfinished") },
    ],
  },
  {
    group: "Setup again",
    states: [
      {
        name: "review-nothing-to-change",
        steps: async (page) => {
          await run(page);
          await until(page, heading(page, "Setup is complete"));
          await press(page, "Go to the hand-over");
          await press(page, "I have saved it");
          await press(page, "Remove it without saving");
          // By then, the lists of the directory have everything.
          await page.clock.runFor(120_000);
          await open(page, "/azure-service");
          await review(page, "Nothing has to be changed");
        },
      },
      {
        name: "hand-over-as-it-is",
        steps: async (page) => {
          await press(page, "Hand over");
          await until(page, heading(page, "Enter the values in Configuration Manager"));
        },
      },
    ],
  },
  {
    group: "Tenant with a pair",
    states: [
      {
        name: "pair-there",
        steps: async (page) => {
          await signIn(page, "proseware.com");
          await until(page, main(page).getByText("This tenant has a pair", { exact: true }));
        },
      },
      { name: "review-pair-there", steps: (page) => review(page, "Validation failed") },
    ],
  },
  {
    group: "Strict policies",
    states: [
      {
        name: "review-strict-policies",
        steps: async (page) => {
          await signIn(page, "woodgrove.com");
          await review(page, /^Validation (passed|failed)/);
        },
      },
    ],
  },
  {
    group: "Review, blocked",
    states: [
      {
        name: "review-blocked",
        steps: async (page) => {
          await signIn(page, "northwind.com");
          await review(page, "Validation failed");
        },
      },
    ],
  },
  {
    group: "Too few roles",
    states: [
      {
        name: "review-refused",
        steps: async (page) => {
          await signIn(page, "litware.com");
          await review(page, /^\d+ changes will be refused$/);
        },
      },
      {
        name: "review-left-out",
        steps: async (page) => {
          // A click, because the page reads the tenant again before it shows the choice.
          await page.getByRole("radio", { name: /^Make only the/ }).click();
          await until(page, page.getByText(/^\d+ changes are left out$/));
        },
      },
      {
        name: "run-left-out",
        steps: async (page) => {
          await press(page, "Create");
          await until(page, heading(page, "What this account may change is done"));
        },
      },
      {
        name: "hand-over-left-out",
        steps: async (page) => {
          await press(page, "Go to the hand-over");
          await expect(heading(page, "Not everything is set up yet")).toBeVisible();
        },
      },
    ],
  },
  {
    group: "Refused change",
    states: [
      {
        name: "run-paused",
        steps: async (page) => {
          await run(page, "Refuse the next change");
          await until(page, heading(page, "Setup is paused"));
        },
      },
      {
        name: "hand-over-after-failure",
        steps: async (page) => {
          await open(page, "/hand-over");
        },
      },
    ],
  },
  {
    group: "Throttling",
    states: [
      {
        name: "run-throttled",
        steps: async (page) => {
          await run(page);
          await someSteps(page);
          await letGoWrong(page, "Throttle the next requests");
          await until(page, page.getByText(/^The service is limiting requests\./).first());
        },
      },
      { name: "run-requests", steps: (page) => page.getByText("Requests over time").click() },
    ],
  },
  {
    group: "Lost answer",
    states: [
      {
        name: "run-lost-answer",
        steps: async (page) => {
          await run(page, "Lose the next answer");
          await until(page, page.getByText(/^No response arrived/).first());
        },
      },
    ],
  },
  {
    group: "Expired sign-in",
    states: [
      {
        name: "run-sign-in-expired",
        steps: async (page) => {
          await run(page);
          await someSteps(page);
          await letGoWrong(page, "Expire the sign-in");
          await until(page, heading(page, /^Setup (is paused|failed)/));
        },
      },
    ],
  },
  {
    group: "Stopped run, undo",
    states: [
      {
        name: "run-stopping",
        steps: async (page) => {
          await run(page);
          await someSteps(page);
          await press(page, "Stop");
        },
      },
      { name: "run-stopped", steps: (page) => until(page, heading(page, "Setup was stopped")) },
      { name: "unfinished", steps: (page) => press(page, "Undo or keep") },
      {
        name: "undo",
        steps: async (page) => {
          await press(page, "Undo what this run made");
          await until(page, button(page, "Undo"));
        },
      },
      {
        name: "undo-done",
        steps: async (page) => {
          await press(page, "Undo");
          await until(page, page.getByText("The run is undone").first());
        },
      },
      {
        name: "unfinished-none",
        steps: (page) => open(page, "/unfinished"),
      },
    ],
  },
  {
    group: "Crash",
    states: [
      {
        name: "start-unfinished",
        steps: async (page) => {
          await run(page, "Crash at the next change");
          await until(page, page.getByText("Sign in first, on the step Azure service."));
          await open(page, "/");
          await until(page, button(page, "View unfinished runs"));
        },
      },
      { name: "unfinished-unknown-answer", steps: (page) => press(page, "View unfinished runs") },
      {
        name: "review-continued",
        steps: async (page) => {
          await press(page, "Verify and continue");
          await press(page, "Sign in");
          await until(page, page.getByText("This continues an unfinished run"));
          await until(page, button(page, "Continue"));
        },
      },
    ],
  },
  {
    group: "Secret not saved",
    states: [
      {
        name: "unfinished-secret",
        steps: async (page) => {
          await run(page);
          await until(page, heading(page, "Setup is complete"));
          page.on("dialog", (dialog) => void dialog.accept());
          await page.reload();
          await open(page, "/unfinished");
          await until(page, page.getByText("Have you saved the secret?"));
        },
      },
    ],
  },
  {
    group: "Pair check",
    states: [
      { name: "check-signed-out", steps: (page) => press(page, "Check a pair") },
      {
        name: "check-two-pairs",
        steps: async (page) => {
          await open(page, "/");
          await signInToCheck(page, "alpineskihouse.com");
        },
      },
    ],
  },
  {
    group: "Pair check, nothing found",
    states: [
      {
        name: "check-no-pair",
        steps: async (page) => {
          await signInToCheck(page, "fabrikam.com");
          await field(page, "Client ID").fill("not an ID");
          await page.keyboard.press("Tab");
        },
      },
    ],
  },
  {
    group: "Report and repair",
    states: [
      { name: "check-one-pair", steps: (page) => signInToCheck(page, "vanarsdel.com") },
      { name: "report", isInDocuments: true, steps: checkPair },
      {
        name: "review-repair",
        steps: async (page) => {
          await press(page, "Create a new secret");
          await press(page, "Sign in");
          await until(page, page.getByText("Validation passed").first());
        },
      },
      {
        name: "run-renewal",
        steps: async (page) => {
          await press(page, "Make the changes");
          await until(page, heading(page, "The new secret is ready"));
        },
      },
      {
        name: "hand-over-renewed",
        steps: async (page) => {
          await press(page, "Go to the hand-over");
          await expect(heading(page, "Enter the new secret in Configuration Manager")).toBeVisible();
        },
      },
      {
        name: "report-old-secret",
        steps: async (page) => {
          await page.getByRole("button", { name: "Copy Secret Key" }).last().click();
          await press(page, "I have saved it");
          await press(page, "Check the pair again");
          await until(page, page.getByRole("checkbox", { name: /^Configuration Manager has the new secret/ }));
        },
      },
    ],
  },
  {
    group: "Report of an old pair",
    states: [
      {
        name: "report-many-findings",
        steps: async (page) => {
          await signInToCheck(page, "wideworldimporters.com");
          await checkPair(page);
        },
      },
      {
        name: "report-changes-chosen",
        steps: (page) => press(page, "Choose all except removals, a new secret and Directory.Read.All"),
      },
    ],
  },
  {
    group: "Retirement",
    states: [
      {
        name: "report-ok",
        steps: async (page) => {
          await signInToCheck(page, "proseware.com");
          await checkPair(page);
        },
      },
      {
        name: "retire",
        steps: async (page) => {
          await press(page, "Retire the pair");
          await until(page, page.getByText("One app has consent to call it."));
        },
      },
      {
        name: "review-deletion",
        steps: async (page) => {
          await page.getByRole("checkbox", { name: /^Delete the native/ }).check();
          await page.getByRole("checkbox", { name: /^Delete the web/ }).check();
          await press(page, "Review the deletion");
          await press(page, "Sign in");
          await until(page, button(page, "Delete 2 apps"));
        },
      },
      {
        name: "review-deletion-confirmed",
        steps: (page) => page.getByRole("checkbox", { name: /^The site no longer uses these apps/ }).check(),
      },
      {
        name: "run-deletion",
        steps: async (page) => {
          await press(page, "Delete 2 apps");
          await until(page, heading(page, "The pair is retired"));
        },
      },
    ],
  },
  {
    group: "App ID URI",
    states: [
      { name: "app-id-uri", steps: (page) => press(page, "Check an App ID URI") },
      {
        name: "app-id-uri-refused",
        steps: async (page) => {
          await field(page, "App ID URI").fill("https://ConfigMgrService");
          await expect(page.locator("#own-verdict")).toContainText("Refused by Entra");
        },
      },
      {
        name: "app-id-uri-cannot-tell",
        steps: async (page) => {
          await field(page, "App ID URI").fill("https://cmg.fabrikam.com");
          await expect(page.locator("#own-verdict")).toContainText("Cannot tell");
        },
      },
      {
        name: "app-id-uri-accepted",
        steps: async (page) => {
          const tenant = "5e97358c-d99c-4558-af0c-de7774091dda";
          await field(page, "Microsoft Entra tenant ID").fill(tenant);
          await field(page, "Verified domains").fill("contoso.com\ncontoso.onmicrosoft.com");
          await field(page, "App ID URI").fill(`api://${tenant}/cmg`);
          await page.getByRole("group", { name: /without unique tenant identifier/ }).getByRole("radio", { name: "On", exact: true }).check();
          await page.getByRole("group", { name: /block custom identifier URIs/ }).getByRole("radio", { name: "Off", exact: true }).check();
          await expect(page.locator("#own-verdict")).toContainText("Accepted");
        },
      },
    ],
  },
  {
    group: "Registration of the page",
    states: [
      { name: "client-id", steps: (page) => open(page, "/client-id") },
      { name: "client-id-cli", steps: (page) => page.getByRole("radio", { name: "Azure CLI" }).check() },
      { name: "client-id-bicep", steps: (page) => page.getByRole("radio", { name: "Bicep" }).check() },
      { name: "client-id-fault", steps: (page) => field(page, "Address of the page").fill("http://contoso.com/") },
    ],
  },
  {
    group: "Check of evidence",
    states: [
      { name: "evidence-signed-out", steps: (page) => open(page, "/evidence") },
      { name: "evidence-cannot-tell", steps: (page) => field(page, "Evidence (JSON)").fill("{}") },
    ],
  },
  {
    group: "Links with answers",
    states: [
      { name: "link-filled", steps: (page) => open(page, "/web-app?server-name=Contoso%20%26%20Söhne&secret-life=2-years") },
      { name: "link-refused", steps: (page) => open(page, "/web-app?server-name=a&server-name=b") },
    ],
  },
  {
    group: "Site owner's settings",
    options: withSettings({
      clients,
      organization: {
        name: "Contoso IT",
        notice: "Open a change before you select Create.",
        contact: "mailto:endpoint-team@contoso.com",
        helpUrl: "https://wiki.contoso.com/cmg",
      },
      features: { check: false },
    }),
    states: [
      { name: "site-card", steps: (page) => expect(page.getByRole("region", { name: "From the owner of this site" })).toBeVisible() },
      {
        name: "site-turned-off",
        steps: async (page) => {
          await open(page, "/check");
          await expect(page.getByText("Not offered on this site")).toBeVisible();
        },
      },
      { name: "sign-in", steps: (page) => open(page, "/azure-service") },
    ],
  },
  {
    group: "Resource providers of many subscriptions",
    states: [
      { name: "providers-signed-out", steps: (page) => press(page, "Register providers") },
      {
        name: "providers",
        steps: async (page) => {
          await page.getByRole("radio", { name: /^fabrikam\.com/ }).check();
          await press(page, "Sign in");
          await until(page, page.getByRole("grid"));
          await until(page, page.getByText("not registered").first());
        },
      },
      { name: "providers-filters", steps: (page) => press(page, "Filter and sort") },
      {
        name: "providers-review",
        steps: async (page) => {
          await press(page, "Select all shown");
          await page.getByRole("button", { name: /^Review \d+ subscriptions?$/ }).click();
          await expect(main(page).getByText("Nothing has been sent yet.")).toBeVisible();
        },
      },
      {
        name: "providers-run-underway",
        steps: async (page) => {
          await press(page, "Register");
          await until(page, page.getByText("Everything is sent.").first());
        },
      },
      {
        name: "providers-run-ended",
        steps: (page) => until(page, page.getByRole("heading", { level: 1, name: /registered|registering|failed/ }).filter({ hasNotText: "Registering" })),
      },
    ],
  },
  {
    group: "Settings with an error",
    options: withSettings({ clients, endpoint: "https://contoso.com/" }),
    states: [
      {
        name: "settings-refused",
        steps: async (page) => {
          await open(page, "/azure-service");
          await expect(page.getByText("The settings of this site cannot be used").first()).toBeVisible();
        },
      },
    ],
  },
  {
    group: "No client ID",
    options: withSettings({ clients: {} }),
    states: [
      {
        name: "no-client-id",
        steps: async (page) => {
          await open(page, "/azure-service");
          await expect(button(page, "How to get a client ID")).toBeVisible();
        },
      },
    ],
  },
  {
    group: "Pages without the program",
    options: { folder: "", change: (name, body) => (name.endsWith(".wasm") ? undefined : body) },
    states: [
      { name: "will-not-start", steps: (page) => expect(heading(page)).toBeVisible() },
      {
        name: "not-found",
        steps: (page) => page.goto(`${address}404.html`),
        // The page has only the browser's own colours, and axe takes the dark background of those for white.
        withoutRules: ["color-contrast"],
      },
      { name: "sign-in-window", steps: (page) => page.goto(`${address}bridge.html`) },
    ],
  },
];
