/** CMG Entra Setup as part of another page. docs/portal.md has examples. */

/** A token request to the embedding page. Fits `acquireTokenSilent` and `acquireTokenPopup` of MSAL, with `account` added. */
export interface TokenRequest {
  /** `https://login.microsoftonline.com/{tenant}`, or the sign-in host of the selected cloud; `organizations` if no tenant is known. */
  authority: string;
  /** Permissions of one service, each with the address of the service. */
  scopes: string[];
  /** A claims challenge of the service. */
  claims?: string;
  /** The service refused the last token. */
  forceRefresh?: true;
}

/** A token from the embedding page. An `AuthenticationResult` of MSAL fits. */
export interface TokenResult {
  accessToken: string;
  tenantId?: string;
  account?: { localAccountId?: string; tenantId?: string; username?: string } | null;
  scopes?: string[];
  /** A number is in milliseconds since 1970. */
  expiresOn?: Date | number | null;
}

/** The keys of config.json (docs/config.md). */
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

/** The result of a run, with the IDs of the objects and without the secret. */
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
  /** Gets an access token from the embedding page's own sign-in. Without it, the page signs in itself, in a window. */
  acquireToken?: (request: TokenRequest) => Promise<TokenResult | string>;
  /** Settings. They replace the file config.json in the module's folder. */
  config?: Config;
  theme?: Theme;
  /** Language tag, such as `de`. Without it, the `lang` attribute around the element counts, then the browser. The admin's choice comes first. */
  language?: string;
  /** The first page: the part after `#` in the page's address, such as `/check`. */
  place?: string;
  /** The name of the instance, if a page has more than one. Letters, digits, `-` and `_`. */
  key?: string;
  onEvent?: (event: CmgEntraSetupEvent) => void;
}

export interface Mounted {
  /** Removes the page. A run in progress starts no further write, and the next start finds the run. */
  unmount(): void;
  setTheme(theme: Theme): void;
  /** Shows the page in this language, if it has it and the admin has not chosen one. */
  setLanguage(language: string): void;
}

/** Draws the page into an element. Rejects with a CmgEntraSetupError, which the element also shows. */
export function mount(element: HTMLElement, options?: Options): Promise<Mounted>;

export class CmgEntraSetupError extends Error {
  /** The error, for programs. */
  readonly code: "insecure" | "lacking" | "mismatch" | "settings" | "options" | "elsewhere" | "stopped";
}

/** `<cmg-entra-setup>`: options are properties; `theme`, `language` and `place` are attributes; the `id` is the key; events carry `detail`. */
export class CmgEntraSetupElement extends HTMLElement {
  acquireToken: Options["acquireToken"];
  config: Config | undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    "cmg-entra-setup": CmgEntraSetupElement;
  }
}
