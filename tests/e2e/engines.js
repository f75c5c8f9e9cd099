// What the tests in Firefox and in WebKit have in common.

/** Wrong answers of the sign-in service, what the page calls them, and how many codes are redeemed when each has come in this order. */
export const wrongAnswers = [
  [{ id_token: "wrong-nonce" }, "The identity could not be confirmed", 1],
  [{ id_token: "alg-none" }, "The identity could not be confirmed", 2],
  [{ answer: "wrong-state" }, "This sign-in was not started in this tab", 2],
  [{ answer: "two-states" }, "The response does not look like Microsoft's", 2],
  [{ token: "smaller-scope" }, "Microsoft granted fewer permissions than requested", 3],
  [{ answer: { refused: 53003 } }, "A policy blocked the sign-in", 3],
];

/** Runs in a portal: takes the module out and puts it in, at once and again a moment later, as frameworks do. */
export function takeOutAndPutIn() {
  const part = document.querySelector("cmg-entra-setup");
  part.remove();
  document.querySelector("h1").after(part);
  part.remove();
  setTimeout(() => document.querySelector("h1").after(part));
}
