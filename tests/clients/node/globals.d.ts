// What page/page.js and the file msal-browser.min.js add to the window of the test's page.
import * as msalBrowser from "@azure/msal-browser";

interface Answer {
  status: number;
  body: { userPrincipalName?: string };
  requestId: string | null;
}

declare global {
  const msal: typeof msalBrowser;
  interface Window {
    start(client: string, tenant: string): Promise<void>;
    finish(): Promise<{ user: string; tenant: string; me: Answer; subscriptions: Answer; hash: string }>;
  }
}
