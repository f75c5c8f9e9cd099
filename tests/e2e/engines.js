// Shared by the tests in Firefox and in WebKit.

/**
 * Wrong responses of the sign-in service, the page's title for each, and how many codes are redeemed after each, in this order.
 * @type {[entra: Record<string, unknown>, title: string, redeemed: number][]}
 */
export const wrongAnswers = [
  [{ id_token: "wrong-nonce" }, "The identity could not be confirmed", 1],
  [{ id_token: "alg-none" }, "The identity could not be confirmed", 2],
  [{ answer: "wrong-state" }, "This sign-in was not started in this tab", 2],
  [{ answer: "two-states" }, "The response does not look like Microsoft's", 2],
  [{ token: "smaller-scope" }, "Microsoft granted fewer permissions than requested", 3],
  [{ answer: { refused: 53003 } }, "A policy blocked the sign-in", 3],
];

/** Runs in an embedding page: removes and inserts the element, at once and again in a later task, as frameworks do. */
export function takeOutAndPutIn() {
  const part = document.querySelector("cmg-entra-setup");
  const heading = document.querySelector("h1");
  if (!part || !heading) {
    throw new Error("the portal has no element or no heading");
  }
  part.remove();
  heading.after(part);
  part.remove();
  setTimeout(() => heading.after(part));
}
