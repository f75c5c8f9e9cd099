// Runs with faults, over real sockets. The tests check the objects in the tenant afterwards.
import { expect, test } from "./cloud.js";
import { complete, create, held, toReview, writes } from "./steps.js";

/** @import { Cloud, Fault } from "./cloud.js" */

const fabrikam = "5e97358c-d99c-4558-8000-000000010000";

/**
 * The pair's objects in the tenant.
 * @param {Cloud} cloud
 */
async function holds(cloud) {
  const tenant = (await cloud.snapshot())[fabrikam];
  if (!tenant) {
    throw new Error(`there is no tenant ${fabrikam}`);
  }
  const apps = tenant.applications.filter(({ displayName }) => displayName.startsWith("CMG-"));
  const principals = tenant.servicePrincipals.filter(({ appId }) => apps.some((app) => app.appId === appId));
  return {
    apps: apps.map(({ displayName }) => displayName).sort(),
    principals: principals.length,
    secrets: apps.flatMap(({ passwordCredentials }) => passwordCredentials).length,
  };
}

const whole = {
  apps: ["CMG-ClientApp", "CMG-ServerApp"],
  principals: 2,
  secrets: 1,
};

test("a second run finds the objects of the first, and writes nothing", async ({ page, cloud }) => {
  await toReview(page);
  await create(page);
  await complete(page);
  expect(await holds(cloud)).toEqual(whole);
  const first = writes(await cloud.requests()).length;
  await toReview(page);
  await expect(page.getByText(/nothing/i).first()).toBeVisible();
  expect(writes(await cloud.requests())).toHaveLength(first);
  expect(await holds(cloud)).toEqual(whole);
});

for (const [what, fault] of /** @type {[string, Fault][]} */ ([
  ["the response to a creation is lost", { method: "PATCH", path_prefix: "/v1.0/applications(", kind: "lost-after" }],
  ["a creation never arrives", { method: "PATCH", path_prefix: "/v1.0/applications(", kind: "lost-before" }],
  ["the response to a consent is cut off", { method: "POST", path_prefix: "/v1.0/oauth2PermissionGrants", kind: "cut-after" }],
  ["the response to a secret is lost", { method: "POST", path_prefix: "/v1.0/applications/", kind: "lost-after" }],
  ["Microsoft Graph is busy", { method: "PATCH", path_prefix: "/v1.0/", kind: { throttled: 2 }, times: 2 }],
])) {
  test(`each object exists once if ${what}`, async ({ page, cloud }) => {
    test.setTimeout(180_000);
    await toReview(page);
    await expect(page.getByText("Validation passed")).toBeVisible({ timeout: 30_000 });
    await cloud.change({ faults: [fault] });
    await create(page);
    await complete(page);
    expect(await holds(cloud)).toEqual(whole);
  });
}

test("after a crash during a run, the next run completes it", async ({ context, page, cloud }) => {
  test.setTimeout(180_000);
  await toReview(page);
  await expect(page.getByText("Validation passed")).toBeVisible({ timeout: 30_000 });
  // The second wave waits, so that the crash comes during it.
  await cloud.change({ faults: [{ method: "PATCH", path_prefix: "/v1.0/servicePrincipals", kind: "hang-before", times: 2 }] });
  await create(page);
  await expect.poll(async () => held(await cloud.requests())).toBe(2);
  expect((await holds(cloud)).apps).toHaveLength(2);
  const debug = await context.newCDPSession(page);
  const crashed = page.waitForEvent("crash");
  debug.send("Page.crash").catch(() => {});
  await crashed;
  const next = await context.newPage();
  await toReview(next);
  await create(next);
  await complete(next);
  expect(await holds(cloud)).toEqual(whole);
});
