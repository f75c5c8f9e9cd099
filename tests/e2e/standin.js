// Starts the stand-in (tests/standin): the simulated clouds and the built page, behind real sockets of this machine.
import { spawn } from "node:child_process";
import { X509Certificate, createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const address = "https://cmg-entra-setup.test/";

/** The tool's own registrations in the simulated clouds. */
const config = {
  clients: {
    public: "7c3f9a52-18d4-4e6b-9b0d-5a2e64f1c801",
    usgov: "7c3f9a52-18d4-4e6b-9b0d-5a2e64f1c802",
  },
};

/** What the hosts of the page are told to send. How the page fares on a host that sends nothing is in shell.spec.js. */
function headers() {
  return readFileSync(new URL("../../docs/hosting/headers.txt", import.meta.url), "utf8").trim().split("\n");
}

/** Starts the stand-in with the built page. */
export async function start(settings = config) {
  const folder = mkdtempSync(join(tmpdir(), "cmg-entra-setup-"));
  const certificate = join(folder, "authority.pem");
  const configuration = join(folder, "config.json");
  writeFileSync(configuration, JSON.stringify(settings));
  const dist = fileURLToPath(new URL("../../dist", import.meta.url));
  const child = spawn(
    "cargo",
    [
      ["run", "--quiet", "--locked", "--package", "standin", "--"],
      ["--port", "0", "--proxy", "0", "--until-stdin-ends"],
      ["--ca-out", certificate, "--site", dist, "--site-host", new URL(address).host],
      ["--site-file", `config.json=${configuration}`],
      headers().flatMap((header) => ["--site-header", header]),
    ].flat(),
    { stdio: ["pipe", "pipe", "inherit"] },
  );
  const first = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once("line", resolve);
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`the stand-in ended with ${code}`)));
  });
  const key = new X509Certificate(readFileSync(certificate)).publicKey.export({ type: "spki", format: "der" });
  return {
    proxyPort: Number(/proxy=(\d+)/.exec(first)[1]),
    // The authority's public key, as Chromium's pins are written.
    pin: createHash("sha256").update(key).digest("base64"),
    async stop() {
      child.removeAllListeners("exit");
      const ended = once(child, "exit");
      child.stdin.end();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
