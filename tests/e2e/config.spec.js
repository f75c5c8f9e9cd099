// The site owner's settings, each with wrong values: the page names the error, and contacts no other host.
import { address, expect, test } from "./cloud.js";
import { button, main } from "./locators.js";
import { look } from "./look.js";

/** @import { Page } from "@playwright/test" */

test.use({ trace: { mode: "retain-on-failure", snapshots: false, screenshots: false } });

const id = "7c3f9a52-18d4-4e6b-9b0d-5a2e64f1c801";
const clients = { public: id };

test("a wrong config.json is refused, and the page names the error", async ({ page, cloud }) => {
  test.setTimeout(120_000);
  const cyrillic = "соntоsо.com";
  for (const [what, body, told] of /** @type {[string, object | string, string][]} */ ([
    ["an unknown key", { clients, endpoint: "https://evil.example/" }, "The key endpoint in config.json is unknown"],
    ["an unknown key inside", { clients: { ...clients, evil: id } }, "The key clients.evil in config.json is unknown"],
    ["a prototype", '{"__proto__": {"cloud": "public"}}', "The key __proto__ in config.json is unknown"],
    ["a key with invisible characters", { "cl\u202eoud": "public" }, "U+202E"],
    ["a URL instead of a cloud", { clients, cloud: "https://evil.example/" }, "The cloud https://evil.example/ in config.json is unknown"],
    ["a host instead of a cloud", { clients, cloud: "graph.microsoft.com.evil" }, "The cloud graph.microsoft.com.evil in config.json is unknown"],
    ["markup instead of a cloud", { clients, cloud: "<img src=x onerror=alert(1)>" }, "The cloud <img src=x onerror=alert(1)> in config.json is unknown"],
    ["an invalid client ID", { clients: { public: "evil" } }, "clients.public in config.json is not an application (client) ID"],
    ["a client ID with a path", { clients: { public: `${id}/../x` } }, "clients.public in config.json is not an application (client) ID"],
    ["a number for a client ID", { clients: { public: 7 } }, "clients.public in config.json must be text"],
    ["a list of clients", { clients: [id] }, "clients in config.json must be an object"],
    ["a list for a cloud", { clients, cloud: ["public"] }, "cloud in config.json must be text"],
    ["the same key twice", `{"clients": {"public": "${id}", "public": "${id}"}}`, "clients.public appears twice"],
    ["a tenant with a path", { clients, tenant: "evil.example/" }, "The tenant in config.json is not valid"],
    ["a tenant with a user", { clients, tenant: "contoso.com@evil" }, "The tenant in config.json is not valid"],
    ["a tenant that leaves its path", { clients, tenant: "contoso.com%2f.." }, "The tenant in config.json is not valid"],
    ["a tenant with a query", { clients, tenant: "contoso.com?x=y" }, "The tenant in config.json is not valid"],
    ["a tenant in Cyrillic", { clients, tenant: cyrillic }, "The tenant in config.json is not valid"],
    ["many tenants", { clients, tenant: "common" }, "The tenant in config.json is not valid"],
    ["a name with a control", { clients, names: { serverApp: "a\u0000b" } }, "(U+0000) in the value or name of names.serverApp in config.json"],
    ["an invisible name", { clients, names: { clientApp: "\u200b" } }, "(U+200B) in the value or name of names.clientApp in config.json"],
    ["markup for an unknown name", { clients, names: { "<b>": "x" } }, "The key names.<b> in config.json is unknown"],
    ["a newer version", { version: 2, later: {} }, "has version 2 and this page reads version 1"],
    ["a version in words", { version: "1" }, "version in config.json must be the number 1"],
    ["a prefix of blanks", { clients, names: { prefix: " " } }, "names.prefix in config.json begins or ends with a space"],
    ["two apps of one name", { clients, names: { serverApp: "x", clientApp: "x" } }, "gives both apps the same name"],
    ["a connection of 101 characters", { clients, connection: { name: "x".repeat(101) } }, "connection.name in config.json has 101 characters"],
    ["a whole App ID URI", { clients, appIdUri: { form: "https://evil.example/x" } }, "The App ID URI form https://evil.example/x in config.json is unknown"],
    ["a path for a name", { clients, appIdUri: { name: "../x" } }, "The value ../x of appIdUri.name"],
    ["a URL for a domain", { clients, appIdUri: { domain: "https://evil.example" } }, "The value of appIdUri.domain in config.json is not valid"],
    ["a secret for ever", { clients, secretLife: 36500 }, "secretLife in config.json must be a number of days that the page offers"],
    ["a script for a contact", { clients, organization: { contact: "javascript:alert(1)" } }, "The value javascript:alert(1) of organization.contact"],
    ["a user name before the host", { clients, organization: { helpUrl: "https://microsoft.com@evil.example/" } }, "The value https://microsoft.com@evil.example/ of organization.helpUrl"],
    ["a notice without end", { clients, organization: { notice: "x".repeat(501) } }, "organization.notice in config.json has 501 characters"],
    ["a notice that turns around", { clients, organization: { notice: "a\u202eb" } }, "(U+202E) in the value or name of organization.notice in config.json"],
    ["a logo from elsewhere", { clients, logo: "https://evil.example/logo.svg" }, "The logo https://evil.example/logo.svg in config.json is not"],
    ["a logo from above", { clients, logo: "../logo.svg" }, "The logo ../logo.svg in config.json is not"],
    ["a feature in words", { clients, features: { retire: "false" } }, "features.retire in config.json must be true or false"],
    ["no way to undo", { clients, features: { undo: false } }, "The key features.undo in config.json is unknown"],
    ["an empty list", "[]", "must be one object"],
    ["a page", "<!doctype html><title>x</title>", "is not valid JSON"],
    ["half a file", '{"clients": {', "is not valid JSON"],
    ["another encoding", Buffer.from([0x7b, 0xff, 0x7d]), "is not UTF-8"],
    ["17 KB", { clients, $schema: "x".repeat(17_000) }, "the limit is 16384"],
  ])) {
    await test.step(what, async () => {
      const text = typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body);
      await page.route(`${address}config.json`, (route) => route.fulfill({ contentType: "application/json", body: text }));
      await page.goto("about:blank");
      await page.goto(`${address}#/azure-service`);
      await expect.soft(main(page).getByText("The settings of this site cannot be used"), what).toBeVisible();
      await expect.soft(main(page).getByText(told), what).toBeVisible();
      await expect.soft(button(page, "Sign in"), what).toHaveCount(0);
      expect.soft(await main(page).locator("img, b").count(), what).toBe(0);
      await page.unroute(`${address}config.json`);
    });
  }
  expect(await cloud.requests()).toEqual([]);
});

/** @type {(page: Page, name: string, contentType: string, body: string) => Promise<unknown>} */
const serve = (page, name, contentType, body) => page.route(`${address}${name}`, (route) => route.fulfill({ contentType, body }));

test("the site owner's notice is separate, and is only text, links and an image that runs no code", async ({ page, cloud }) => {
  test.setTimeout(120_000);
  const notice = "Open a change before you select Create. <img src=x onerror=alert(1)> <b>Microsoft</b>";
  const settings = {
    clients,
    organization: { name: "Contoso IT", notice, contact: "mailto:endpoint-team@contoso.com", helpUrl: "https://wiki.contoso.com/cmg" },
    logo: "contoso.svg",
    features: { check: false },
  };
  const logo = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 32" onload="alert(1)"><script>alert(2)</script>
    <path fill="#0b3d2e" d="M0 0h32v32H0zM40 8h80v6H40zm0 10h60v6H40z"/></svg>`;
  /** @type {string[]} */
  const dialogs = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await serve(page, "config.json", "application/json", JSON.stringify(settings));
  await serve(page, "contoso.svg", "image/svg+xml", logo);
  await page.goto(`${address}#/check`);
  await expect(main(page).getByText("Not offered on this site")).toBeVisible();
  await expect(page).toHaveURL(`${address}#/`);
  await expect(button(page, "Check an existing pair")).toHaveCount(0);
  await expect(button(page, "Set up")).toBeVisible();
  const host = page.getByRole("region", { name: "From the owner of this site" });
  await expect(host.getByText(notice)).toBeVisible();
  await expect(host.locator("img, b")).toHaveCount(0);
  const help = host.getByRole("link", { name: settings.organization.helpUrl });
  await expect(help).toHaveAttribute("href", settings.organization.helpUrl);
  await expect(help).toHaveAttribute("rel", "noopener noreferrer");
  await expect(host.getByRole("link", { name: "endpoint-team@contoso.com" })).toHaveAttribute("href", settings.organization.contact);
  const image = page.getByRole("banner").getByRole("img", { name: "Contoso IT" });
  await expect.poll(() => image.evaluate((/** @type {HTMLImageElement} */ one) => (one.complete ? one.naturalWidth : 0))).toBeGreaterThan(0);
  await expect(page.getByRole("banner").getByText("CMG Entra Setup")).toBeVisible();
  await look(page, "start-host");
  // The other pages show only the logo, and a missing logo breaks nothing.
  await button(page, "Set up").click();
  await expect(host).toHaveCount(0);
  await expect(image).toBeVisible();
  await page.unroute(`${address}contoso.svg`);
  await page.goto("about:blank");
  await page.goto(address);
  await expect(host).toBeVisible();
  await expect(page.getByRole("img", { name: "Contoso IT" })).toBeAttached();
  expect(dialogs).toEqual([]);
  expect(await cloud.requests()).toEqual([]);
});

test("the wizard starts with the site owner's defaults, and shows only the features that are on", async ({ page, cloud }) => {
  const settings = {
    version: 1,
    clients,
    tenant: "contoso.com",
    names: { prefix: "Contoso " },
    connection: { name: "Contoso CMG" },
    appIdUri: { form: "tenant-name", name: "cmg-2" },
    secretLife: 730,
    features: { discovery: false, providers: false },
  };
  await serve(page, "config.json", "application/json", JSON.stringify(settings));
  await page.goto(`${address}#/web-app`);
  await expect(page.getByRole("textbox", { name: "Application name" })).toHaveValue("Contoso CMG-ServerApp");
  await expect(page.locator("[name=uri-form]:checked")).toHaveValue("tenant-name");
  await expect(page.locator("[name=secret-life]:checked")).toHaveValue("2-years");
  await expect(page.getByText("Step 2 of 4")).toBeVisible();
  await expect(page.getByRole("navigation").getByRole("button")).toHaveCount(4);
  await page.goto(`${address}#/discovery`);
  await expect(main(page).getByText("Not offered on this site")).toBeVisible();
  expect(await cloud.requests()).toEqual([]);
});

test("the schema is published with the page, and the page does not request it", async ({ page }) => {
  /** @type {string[]} */
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(address);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  expect(asked.filter((path) => path.includes("schema"))).toEqual([]);
  const answer = await page.goto(`${address}config.schema.json`);
  expect(await answer?.json()).toHaveProperty("title", "config.json of CMG Entra Setup, version 1");
});

test("no part of the address changes a setting", async ({ page, cloud }) => {
  let read = 0;
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.pathname.endsWith(".json")) {
      read += 1;
      expect.soft(url.href).toBe(`${address}config.json`);
    }
  });
  for (const query of [
    "?config=https://evil.example/config.json",
    `?config={"clients":{"public":"${id}"},"tenant":"evil.example"}`,
    "?cloud=usgov&tenant=evil.example&client_id=x",
    "?config=../evil.json#/azure-service?config=../evil.json",
  ]) {
    await page.goto("about:blank");
    await page.goto(address + query);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await page.goto(`${address}${query.split("#")[0]}#/azure-service`);
    await expect(page.getByRole("textbox", { name: "Tenant to sign in to" })).toHaveValue("");
    await expect(page.getByRole("radio", { name: /^AzurePublicCloud/ })).toBeChecked();
  }
  expect(read).toBeGreaterThanOrEqual(4);
  expect(await cloud.requests()).toEqual([]);
});

test("no message to the window changes a setting", async ({ page, cloud }) => {
  await page.goto(`${address}#/azure-service`);
  await expect(button(page, "Sign in")).toBeVisible();
  await page.evaluate(() => {
    for (const data of [{ tenant: "evil.example" }, '{"config":{"tenant":"evil.example"}}', "#code=c&state=s"]) {
      window.postMessage(data, "*");
      new BroadcastChannel("cmg-entra-setup").postMessage(data);
    }
  });
  await expect(page.getByRole("textbox", { name: "Tenant to sign in to" })).toHaveValue("");
  expect(await cloud.requests()).toEqual([]);
});

test("an invalid tenant is refused in the field, and no request is sent", async ({ page, cloud }) => {
  test.setTimeout(120_000);
  await page.goto(`${address}#/azure-service`);
  const field = page.getByRole("textbox", { name: "Tenant to sign in to" });
  for (const text of [
    "evil.example/",
    "https://evil.example",
    "contoso.com@evil",
    "contoso.com%2f..",
    "..",
    "contoso.com/../x",
    "contoso.com\\evil",
    "contoso.com?x",
    "contoso.com#x",
    "contoso.com:444",
    "contoso..com",
    "-contoso.com",
    "соntоsо.com",
    "contoso\u200b.com",
    "contoso\u202e.com",
    "ⅽontoso.com",
    "contoso。com",
    "common",
    "organizations",
    "consumers",
    "9188040d-6c67-4c5b-b112-36a304b66dad",
    "00000000-0000-0000-0000-000000000000",
    "5e97358c-d99c-4558-8000-00000001000",
    `${"a".repeat(64)}.com`,
    "'; alert(1); '",
    "<img src=x onerror=alert(1)>",
  ]) {
    await test.step(text, async () => {
      await field.fill(text);
      await button(page, "Sign in").click();
      await expect.soft(field, text).toHaveAttribute("aria-invalid", "true");
      await expect.soft(page.locator("#tenant-fault, #tenant ~ .field-fault").first(), text).toBeVisible();
      expect.soft(page.url(), text).toBe(`${address}#/azure-service`);
    });
  }
  expect(await cloud.requests()).toEqual([]);
});
