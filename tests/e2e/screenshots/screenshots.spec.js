// Photographs every page and every state of `states.js`. Started by `cargo xtask screenshots`.
//
// The clock stands still except where a step advances it, and the random values repeat, so that a picture changes only with the page.
import { publish, test } from "../site.js";
import { note, photograph } from "./camera.js";
import { jobs, journeys, start } from "./states.js";

/** @import { Page } from "@playwright/test" */

/**
 * The same random values each time. A later load of the page continues with others, as the journal's IDs must differ.
 * @param {Page} page
 */
async function fixRandomValues(page) {
  await page.addInitScript(() => {
    const loads = Number(sessionStorage.getItem("screenshots:loads") ?? 0) + 1;
    sessionStorage.setItem("screenshots:loads", String(loads));
    let state = loads * 7919;
    /** @type {<T extends ArrayBufferView>(array: T) => T} */
    const repeated = (array) => {
      const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
      for (const at of bytes.keys()) {
        state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
        bytes[at] = state >>> 16;
      }
      return array;
    };
    Crypto.prototype.getRandomValues = repeated;
  });
}

for (const [journey, { group, options, states }] of journeys.entries()) {
  test(group, async ({ context, page }) => {
    await publish(context, { folder: "demo/", ...options });
    await fixRandomValues(page);
    await start(page);
    for (const [number, state] of states.entries()) {
      await test.step(state.name, async () => {
        await state.steps(page);
        const shot = await photograph(page, state);
        // `index.js` lists the states in this order.
        note("shot", String(100 * (100 + journey) + number), { group, ...shot });
      });
    }
  });
}

for (const [job, steps] of Object.entries(jobs)) {
  test(`clicks and typed fields, ${job}`, async ({ context, page }) => {
    await publish(context, { folder: "demo/" });
    let clicks = 0;
    let fields = 0;
    await context.exposeBinding("reportInput", (_source, kind) => {
      clicks += Number(kind === "pointerdown");
      fields += Number(kind === "change");
    });
    await page.addInitScript(() => {
      addEventListener("pointerdown", ({ type }) => window.reportInput(type), true);
      addEventListener(
        "change",
        ({ type, target }) => {
          if (target instanceof HTMLElement && target.matches("textarea, input:not([type=radio], [type=checkbox])")) {
            window.reportInput(type);
          }
        },
        true,
      );
    });
    await start(page);
    await steps(page);
    note("job", job.replaceAll(/\W+/g, "-"), { job, clicks, fields });
  });
}
