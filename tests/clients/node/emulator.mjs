// The emulator's controls, and a person at its sign-in pages. Every request goes through the proxy, as a browser's would.
import fs from "node:fs";
import undici from "undici";

const dispatcher = new undici.ProxyAgent({
  uri: process.env.EMULATOR_PROXY,
  requestTls: { ca: fs.readFileSync(process.env.EMULATOR_AUTHORITY) },
});
// MSAL calls the global fetch and has no setting for a proxy.
globalThis.fetch = (url, options = {}) => undici.fetch(url, { ...options, dispatcher });

export const AZURE_CLI = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";
export const PASSWORD = "Simulated-Passw0rd!";
export const TOOL = "7c3f9a52-18d4-4e6b-9b0d-5a2e64f1c801";
export const PAGE = "https://cmg-entra-setup.test/";

const control = async (path, options) => {
  const answer = await fetch("https://emulator.test" + path, options);
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
};

export const get = (path) => control(path);
export const post = (path, body = {}) => control(path, { method: "POST", body: JSON.stringify(body) });

export async function administrator(cloud = "public") {
  const { tenants } = await get("/tenants");
  const tenant = tenants.find((one) => one.cloud === cloud);
  return { tenant, user: tenant.people.find((person) => person.may_consent).user };
}
