// Declarations of the embedding page that the examples of docs/portal.md use.
import type { PublicClientApplication } from "@azure/msal-browser";

import type { Finished, Options } from "../public/cmg/embed.js";

declare global {
  const acquireToken: NonNullable<Options["acquireToken"]>;
  const onEvent: NonNullable<Options["onEvent"]>;
  const app: PublicClientApplication;
  function store(finished: Finished): void;
  interface Document {
    getElementById(id: "cmg"): HTMLIFrameElement;
  }
}
