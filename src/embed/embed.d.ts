/** CMG Entra Setup as a part of another page. docs/portal.md explains it with examples. */

/** What the page asks the portal for. Fits `acquireTokenSilent` and `acquireTokenPopup` of MSAL, with `account` added. */
export interface TokenRequest {
  /** `https://login.microsoftonline.com/{tenant}`, or the sign-in host of the chosen cloud; `organizations` where no tenant is known. */
  authority: string;
  /** Permissions of one service, each with its service. */
  scopes: string[];
  /** A claims challenge to answer. */
  claims?: string;
  /** The service has refused the token given last. */
  forceRefresh?: true;
}

/** What the portal gives. An `AuthenticationResult` of MSAL is one. */
export interface TokenResult {
  accessToken: string;
  tenantId?: string;
  account?: { localAccountId?: string; tenantId?: string; username?: string } | null;
  scopes?: string[];
  /** Milliseconds since 1970 where it is a number. */
  expiresOn?: Date | number | null;
}

/** The same keys as config.json; docs/config.md. */
export type Config = Record<string, unknown>;

export type Theme = "light" | "dark" | "system";

export type Cloud = "public" | "usgov" | "usgov-dod";

export interface AppIds {
  appId: string;
  objectId: string | null;
  servicePrincipalId: string | null;
}

interface Message<Name extends string> {
  type: `cmg-entra-setup.${Name}`;
  version: 1;
}

export interface Ready extends Message<"ready"> {
  toolVersion: string;
}

export interface SignedIn extends Message<"signed-in"> {
  cloud: Cloud;
  tenantId: string;
  mayWrite: boolean;
}

export type SignedOut = Message<"signed-out">;

export interface Planned extends Message<"planned"> {
  plan: string;
  writes: number;
  kept: number;
  blocked: number;
}

/** How a run ended, with the IDs of what there is. Never a secret. */
export interface Finished extends Message<"finished"> {
  outcome: "complete" | "incomplete" | "stopped" | "undone";
  cloud: Cloud;
  tenantId: string;
  server: (AppIds & { appIdUri: string | null }) | null;
  client: AppIds | null;
  secret: { keyId: string; expires: string } | null;
  subscriptionId: string | null;
  resourceProviders: { namespace: string; registrationState: string | null }[];
}

export type CmgEntraSetupEvent = Ready | SignedIn | SignedOut | Planned | Finished;

export interface Options {
  /** Gives an access token of the portal's own sign-in. Without it the page signs in itself, in a window. */
  acquireToken?: (request: TokenRequest) => Promise<TokenResult | string>;
  /** Settings, in place of the file config.json beside this module. */
  config?: Config;
  theme?: Theme;
  /** Where to begin: what follows `#` in the address of the page, such as `/check`. */
  place?: string;
  /** Tells several instances on one page apart. Letters, digits, `-` and `_`. */
  key?: string;
  onEvent?: (event: CmgEntraSetupEvent) => void;
}

export interface Mounted {
  /** Takes the page down. A run under way begins no further write, and is found again at the next start. */
  unmount(): void;
  setTheme(theme: Theme): void;
}

/** Draws the page into an element. Rejects with a CmgEntraSetupError, which the element then shows too. */
export function mount(element: HTMLElement, options?: Options): Promise<Mounted>;

export class CmgEntraSetupError extends Error {
  /** What is wrong, for programs. */
  readonly code: "insecure" | "lacking" | "mismatch" | "settings" | "options" | "elsewhere" | "stopped";
}

/** `<cmg-entra-setup>`: options are properties; `theme` and `place` are attributes; the `id` is the key; events carry `detail`. */
export class CmgEntraSetupElement extends HTMLElement {
  acquireToken: Options["acquireToken"];
  config: Config | undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    "cmg-entra-setup": CmgEntraSetupElement;
  }
}
