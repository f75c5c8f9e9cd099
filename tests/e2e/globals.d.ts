// What the tests and the pages they open add to `window`.
import type { CmgEntraSetupEvent, Mounted, Options, TokenRequest, TokenResult } from "../../src/embed/embed.js";

interface Heard {
  origin: string;
  data: { type: string; height?: number };
}

declare global {
  interface Window {
    /** Missing in the type of `contentWindow`. */
    eval(script: string): unknown;
    /** Bound by cloud.js and site.js. */
    reportViolation(text: string): void;
    /** Bound by screenshots/screenshots.spec.js. */
    reportInput(kind: string): void;
    /** The memories of WebAssembly programs on the page (secrets.js). */
    readonly notedMemories: WebAssembly.Memory[];
    /** The elements that module-host.spec.js inserted. */
    notedElements: WeakRef<Element>[];
    /** Layout shifts so far (counters.js). */
    countShifts(): number;
    /** Violations of the content security policy. */
    violations: string[];
    /** An embedding page around an example (snippets.spec.js), with the requests for tokens and the events of the page. */
    portal: {
      asked: TokenRequest[];
      told: string[];
      show(): void;
      hide(): void;
      setTheme(theme: string): void;
    };
    /** True if the embedding page loaded one module. */
    isOne: boolean;
    /** The web part for SharePoint, and the tokens that it requested. */
    part: {
      acquireToken(request: TokenRequest): Promise<TokenResult | string>;
      onDispose(): void;
    };
    tokens: unknown[];
    /** Planted texts (secrets.spec.js). */
    held: object;
    memory: WebAssembly.Memory;
    /** The React page's `acquireToken`, the mounted instances, and their events (module.spec.js). */
    real: Options["acquireToken"];
    parts: Record<string, Mounted>;
    events: [id: string, event: CmgEntraSetupEvent][];
    late(): Promise<void>;
    /** The page as part of an embedding page, and when it was there (module-host.spec.js). */
    mountedPart?: Mounted;
    there: number;
    /** Clicks that the page's guard for covered controls did not block (framed.js). */
    clicks: number;
    /** The last address of `window.open` (frame-sign-in.spec.js). */
    opened: string;
    channel: BroadcastChannel;
    channelMessages: string[];
    /** Messages that a parent page received (frame-messages.spec.js). */
    heard: Heard[];
    /** Instances of the module (module-host.spec.js). */
    mounted: import("../../src/embed/embed.js").Mounted[];
    /** Themes that the page has had. */
    themes: (string | undefined)[];
    /** Bound by callback.spec.js. */
    reportAnswer(url: string): void;
  }
}
