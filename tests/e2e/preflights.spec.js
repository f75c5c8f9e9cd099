// The cost of a request's cache mode: Chromium caches the response to a CORS preflight only for requests that may use its cache.
// Measurements for decision D42, on demand: MEASURE=1 npx --no-install playwright test preflights.
import { expect, test } from "./cloud.js";
import { complete, create, toReview } from "./steps.js";

/** @import { LoggedRequest } from "./cloud.js" */

test.skip(!process.env.MEASURE, "a measurement, not a test");

for (const mode of /** @type {const} */ (["no-store", "default"])) {
  test(`a setup with 150 ms for each request and cache mode ${mode}`, async ({ page, context, cloud }) => {
    await context.addInitScript((mode) => {
      const Original = window.Request;
      window.Request = class extends Original {
        /**
         * @param {RequestInfo | URL} input
         * @param {RequestInit} [init]
         */
        constructor(input, init = {}) {
          super(input, init.cache === "no-store" ? { ...init, cache: mode } : init);
        }
      };
    }, mode);
    await cloud.change({ delay_milliseconds: 150 });
    await toReview(page);
    await expect(page.getByText("Validation passed")).toBeVisible({ timeout: 30_000 });
    const before = (await cloud.requests()).length;
    const start = Date.now();
    await create(page);
    await complete(page);
    const took = Date.now() - start;
    const all = await cloud.requests();
    /** @param {LoggedRequest[]} list */
    const count = (list) => {
      const asked = list.filter(({ method }) => method === "OPTIONS");
      const places = new Set(asked.map(({ host, path }) => host + path));
      return `${list.length} requests, ${asked.length} preflights, ${asked.length - places.size} of them repeated`;
    };
    console.log(`${mode}: whole way ${count(all)}; run ${count(all.slice(before))}, ${took} ms`);
  });
}
