// Writes target/screenshots/index.html, which shows all pictures by group, and prints the counts.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

import { folder } from "./camera.js";

/** @import { Shot as Photographed } from "./camera.js" */
/** @typedef {Photographed & { group: string }} Shot */
/** @typedef {{ job: string, clicks: number, fields: number }} Job */

/** @type {(kind: string) => any[]} */
const notes = (kind) =>
  readdirSync(`${folder}notes`)
    .filter((name) => name.startsWith(`${kind}-`))
    .sort()
    .map((name) => JSON.parse(readFileSync(`${folder}notes/${name}`, "utf8")));

/** @type {(text: string) => string} */
const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`);

/** @param {Shot} shot */
const section = ({ name, address, pictures, faults }) => `
<h3 id="${name}">${name} <small>${escaped(address || "#/")}</small></h3>
${faults.map((fault) => `<pre>${escaped(fault)}</pre>`).join("")}
<p>${pictures
  .map((file) => `<a href="${file}"><figure><img src="${file}" alt="" loading="lazy"><figcaption>${file.slice(name.length + 1, -4)}</figcaption></figure></a>`)
  .join("\n")}</p>`;

export default function write() {
  /** @type {Shot[]} */
  const shots = notes("shot");
  /** @type {Job[]} */
  const jobs = notes("job");
  const groups = [...new Set(shots.map(({ group }) => group))].map((group) => ({ group, all: shots.filter((shot) => shot.group === group) }));
  const pages = new Set(shots.map(({ address }) => address.split("?")[0]));
  const pictures = shots.flatMap((shot) => shot.pictures).length;
  const scans = shots.reduce((sum, shot) => sum + shot.scans, 0);
  const faults = shots.flatMap((shot) => shot.faults);
  const counts = [
    `${shots.length} states of ${pages.size} pages, ${pictures} pictures`,
    `axe: ${scans} scans, ${faults.length} violations`,
    ...jobs.map(({ job, clicks, fields }) => `clicks and typed fields, ${job}: ${clicks} and ${fields}`),
  ];
  const html = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Screenshots of CMG Entra Setup</title>
<style>
body { font-family: sans-serif; margin: 1rem }
a { color: inherit; display: inline-block; vertical-align: top; margin: 0 .5rem .5rem 0 }
figure { margin: 0; inline-size: 14rem }
img { inline-size: 100%; block-size: 18rem; object-fit: cover; object-position: top; border: 1px solid #888 }
small, figcaption { color: #555; font-weight: normal }
</style>
<h1>Screenshots</h1>
<ul>${counts.map((line) => `<li>${escaped(line)}</li>`).join("")}</ul>
<ol>${groups.map(({ group, all }) => `<li>${group}: ${all.map(({ name }) => `<a href="#${name}">${name}</a>`).join(" ")}</li>`).join("")}</ol>
${groups.map(({ group, all }) => `<h2>${group}</h2>${all.map(section).join("")}`).join("")}
</html>
`;
  writeFileSync(`${folder}index.html`, html);
  console.log(`\n${counts.join("\n")}\nAll pictures: ${folder}index.html`);
}
