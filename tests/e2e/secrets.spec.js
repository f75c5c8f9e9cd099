// The search for secrets finds planted texts. Without this test, "nothing found" in other tests would prove nothing.
import { noteMemories, places } from "./secrets.js";
import { address, expect, publish, test } from "./site.js";

test("the search finds a planted text in every place, and no absent text", async ({ context, page }) => {
  await page.addInitScript(noteMemories);
  await publish(context);
  await page.goto(address);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  // The program has memory only after it took over the first view.
  await expect(page.locator("html")).not.toHaveAttribute("data-view");
  const needle = "planted-0f3c9a";
  // In two halves, so that the search does not find this code.
  await page.evaluate(async ({ first, second }) => {
    const text = first + second;
    localStorage.setItem("a", text);
    sessionStorage.setItem("a", text);
    document.cookie = `a=${text}`;
    history.replaceState({ a: text }, "", `#${text}`);
    document.title = text;
    window.name = text;
    document.body.append(Object.assign(document.createElement("input"), { value: text }));
    document.body.append(document.createTextNode(text));
    performance.mark(text);
    await (await caches.open("a")).put("/a", new Response(text));
    await new Promise((resolve) => {
      const opening = indexedDB.open("a");
      opening.onupgradeneeded = () => opening.result.createObjectStore("a", { autoIncrement: true });
      opening.onsuccess = () => {
        const change = opening.result.transaction("a", "readwrite");
        change.objectStore("a").add({ text });
        change.oncomplete = () => resolve(opening.result.close());
      };
    });
    window.held = { text };
    // In the program's own memory, where its stack ends.
    for (const memory of window.notedMemories) {
      new Uint8Array(memory.buffer).set(new TextEncoder().encode(text), 40);
    }
  }, { first: "planted-", second: "0f3c9a" });
  const found = await places(page, [
    ["planted", needle],
    ["absent", "absent-77d1e2"],
  ]);
  expect(Object.keys(found).sort()).toEqual(
    [
      ["address", "caches", "cookies", "databases", "document", "fields", "history", "local storage"],
      ["performance entries", "program memory", "script heap", "session storage", "title", "visited addresses", "window name"],
    ].flat(),
  );
  expect(new Set(Object.values(found).flat())).toEqual(new Set(["planted"]));
});
