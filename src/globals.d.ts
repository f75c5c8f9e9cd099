// Types that src/boot.js, src/bridge/bridge.js and src/embed/embed.js share. Not published.
//
// Here and not in the scripts: the scripts are published as they are, and every comment in them has a weight.

/** The functions of src/embed.rs, as wasm-bindgen exports them. */
interface Glue {
  default(options: { module_or_path: WebAssembly.Module }): Promise<unknown>;
  start(site: string | undefined, wasHere: boolean, language: string): Promise<void>;
  load(language: string): Promise<void>;
  languages?(): string[];
  fetchSentences?(language: string, part: string): Promise<string>;
  prefetchPart?(part: string, priority: string): void;
  halt(): void;
  mount(part: HTMLElement, portal: Portal, language: string): { unmount(): void };
}

/** What src/first.js offers to src/boot.js. */
interface FirstView {
  /** The language that the admin chose. */
  chosen: string | undefined;
  /** The language of the first view. */
  language: string;
  findLanguage(tags: readonly unknown[]): string | undefined;
  /** The language of config.json. */
  languageOf(site: string | undefined): string | undefined;
  /** Resolved when the program may be requested. */
  painted: Promise<void>;
  /** The text of config.json, if it can be read. */
  readSettings(): Promise<string | undefined>;
  /** The program is there. */
  takeOver(): void;
}
interface Window {
  firstView?: FirstView;
}

/** What each part of the program imports. xtask/bind/src/split.rs writes the function into the bindings. */
declare function sharedImports(): { __wasm_split: { __indirect_function_table: WebAssembly.Table } };

interface Navigator {
  /** Network Information API (https://wicg.github.io/netinfo/, read 2026-11). Only Chromium has it. */
  readonly connection?: { readonly saveData?: boolean };
}

/** What the program asks of the embedding page: `Portal` in src/browser/portal.rs. */
interface Portal {
  home: string;
  place: string;
  config: string | undefined;
  memory: string | undefined;
  signsIn: boolean;
  token(authority: string, scopes: string, claims: string | undefined, isFresh: boolean): Promise<Given>;
}

/** The answer to `Portal.token`: `Given` in src/browser/portal.rs. */
interface Given {
  access?: string | undefined;
  tenant?: string | undefined;
  account?: string | undefined;
  name?: string | undefined;
  scopes?: string | undefined;
  /** Milliseconds since 1970. */
  ends?: number | undefined;
  refused?: string;
}

/** The files of the program, as xtask/release/src/module.rs writes them into embed.js. */
interface Files {
  program: string;
  styles: string[];
  hashes: Record<string, string>;
}

/** A text shown before the program runs, with a link or a button. */
interface Notice {
  title: string;
  body: string;
  link?: string;
  button?: string;
}

/** The event from the program to the script that started it; `detail` is JSON. */
interface TellEventMap {
  "cmg-entra-setup.tell": CustomEvent<string>;
}
interface WindowEventMap extends TellEventMap {}
interface HTMLElementEventMap extends TellEventMap {}

// Which elements the selectors of the scripts find.
interface ParentNode {
  querySelector(selectors: "link[rel=preload][as=fetch]" | "link[rel=modulepreload]"): HTMLLinkElement | null;
  querySelectorAll(selectors: "link[rel=stylesheet]"): NodeListOf<HTMLLinkElement>;
  querySelectorAll(selectors: "button, input, select, textarea, summary, a[href]"): NodeListOf<HTMLElement>;
}
interface Element {
  closest(selectors: "[data-covered]"): HTMLElement | null;
}

// Intersection Observer v2 (https://w3c.github.io/IntersectionObserver/v2/, read 2026-11), which the DOM library of TypeScript lacks.
interface IntersectionObserverInit {
  trackVisibility?: boolean;
  delay?: number;
}
interface IntersectionObserver {
  /** Absent where the browser has version 1 only. */
  readonly trackVisibility?: boolean;
}
interface IntersectionObserverEntry {
  readonly isVisible: boolean;
}
