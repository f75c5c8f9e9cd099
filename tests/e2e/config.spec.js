// What a host may set, tampered with key by key: the page names what is wrong, and no other host hears of it.
import { address, expect, test } from "./cloud.js";

test.use({ trace: { mode: "retain-on-failure", snapshots: false, screenshots: false } });

const button = (page, name) => page.getByRole("button", { name, exact: true });
const main = (page) => page.getByRole("main");
const id = "7c3f9a52-18d4-4e6b-9b0d-5a2e64f1c801";
const clients = { public: id };

test("a tampered config.json is refused, by the name of what is wrong in it", async ({ page, cloud }) => {
  test.setTimeout(120_000);
  const cyrillic = "соntоsо.com";
  for (const [what, body, told] of [
    ["an unknown key", { clients, endpoint: "https://evil.example/" }, "has no key endpoint"],
    ["an unknown key inside", { clients: { ...clients, evil: id } }, "has no key clients.evil"],
    ["a prototype", '{"__proto__": {"cloud": "public"}}', "has no key __proto__"],
    ["a key nobody can read", { "cl\u202eoud": "public" }, "U+202E"],
    ["a URL instead of a cloud", { clients, cloud: "https://evil.example/" }, "names a cloud https://evil.example/"],
    ["a host instead of a cloud", { clients, cloud: "graph.microsoft.com.evil" }, "names a cloud graph.microsoft.com.evil"],
    ["markup instead of a cloud", { clients, cloud: "<img src=x onerror=alert(1)>" }, "names a cloud <img src=x onerror=alert(1)>"],
    ["a client ID that is none", { clients: { public: "evil" } }, "clients.public in config.json is no application (client) ID"],
    ["a client ID with a path", { clients: { public: `${id}/../x` } }, "clients.public in config.json is no application (client) ID"],
    ["a number for a client ID", { clients: { public: 7 } }, "clients.public in config.json has to be a text"],
    ["a list of clients", { clients: [id] }, "clients in config.json has to be an object"],
    ["a list for a cloud", { clients, cloud: ["public"] }, "cloud in config.json has to be a text"],
    ["the same key twice", `{"clients": {"public": "${id}", "public": "${id}"}}`, "clients.public comes twice"],
    ["a tenant with a path", { clients, tenant: "evil.example/" }, "The tenant in config.json is refused"],
    ["a tenant with a user", { clients, tenant: "contoso.com@evil" }, "The tenant in config.json is refused"],
    ["a tenant that leaves its path", { clients, tenant: "contoso.com%2f.." }, "The tenant in config.json is refused"],
    ["a tenant with a query", { clients, tenant: "contoso.com?x=y" }, "The tenant in config.json is refused"],
    ["a tenant in Cyrillic", { clients, tenant: cyrillic }, "The tenant in config.json is refused"],
    ["many tenants", { clients, tenant: "common" }, "The tenant in config.json is refused"],
    ["a name with a control", { clients, names: { serverApp: "a\u0000b" } }, "names.serverApp in config.json has U+0000"],
    ["a name nobody can see", { clients, names: { clientApp: "\u200b" } }, "names.clientApp in config.json has U+200B"],
    ["markup for an unknown name", { clients, names: { "<b>": "x" } }, "has no key names.<b>"],
    ["an empty list", "[]", "has to be one object"],
    ["a page", "<!doctype html><title>x</title>", "is not JSON"],
    ["half a file", '{"clients": {', "is not JSON"],
    ["another encoding", Buffer.from([0x7b, 0xff, 0x7d]), "is not UTF-8"],
    ["17 KB", { clients, $schema: "x".repeat(17_000) }, "at most 16384 are read"],
  ]) {
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

test("nothing in the address sets anything", async ({ page, cloud }) => {
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
    "?config=../evil.json#/azure-service?tenant=evil.example",
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

test("nothing that was posted to the window sets anything", async ({ page, cloud }) => {
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

test("a tenant that is none is refused as it is typed, and nobody is asked about it", async ({ page, cloud }) => {
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
