// The emulator's controls, and a user on its sign-in pages. Every request goes through the proxy, as a browser's requests do.
import assert from "node:assert/strict";
import fs from "node:fs";
import undici from "undici";

/**
 * Settings that tests/clients/run passes.
 * @param {string} name
 */
export const setting = (name) => {
  const value = process.env[name];
  assert.ok(value, `${name} is not set: start these tests with tests/clients/run`);
  return value;
};

const dispatcher = new undici.ProxyAgent({
  uri: setting("EMULATOR_PROXY"),
  requestTls: { ca: fs.readFileSync(setting("EMULATOR_AUTHORITY")) },
});
// MSAL calls the global fetch and has no setting for a proxy.
// @ts-expect-error Node's types and undici's declare the same classes separately.
globalThis.fetch = (url, options = {}) => undici.fetch(url, { ...options, dispatcher });

export const AZURE_CLI = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";
export const PASSWORD = "Simulated-Passw0rd!";
export const TOOL = "7c3f9a52-18d4-4e6b-9b0d-5a2e64f1c801";
export const PAGE = "https://cmg-entra-setup.test/";

/** @type {(path: string, options?: RequestInit) => Promise<any>} */
const control = async (path, options) => {
  const answer = await fetch("https://emulator.test" + path, options);
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
};

/** @param {string} path */
export const get = (path) => control(path);
/** @param {string} path */
export const post = (path, body = {}) => control(path, { method: "POST", body: JSON.stringify(body) });

/** An administrator of a tenant in this cloud. */
export async function administrator(cloud = "public") {
  /** @type {{ tenants: { id: string, cloud: string, people: { user: string, may_consent: boolean }[] }[] }} */
  const { tenants } = await get("/tenants");
  const tenant = tenants.find((one) => one.cloud === cloud);
  const person = tenant?.people.find((one) => one.may_consent);
  assert.ok(tenant && person);
  return { tenant, user: person.user };
}
