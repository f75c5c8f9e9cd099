// An embedding page around the component of docs/portals/angular.md. It passes the received events to the test.
// First, because Angular's packages are partly compiled, and this import completes them in the browser.
import "@angular/compiler";

import { type ApplicationRef, Component, provideZonelessChangeDetection, signal } from "@angular/core";
import { bootstrapApplication } from "@angular/platform-browser";

import type { Finished, Ready, Theme, TokenRequest } from "./cmg";
import { CmgEntraSetupComponent } from "./cmg-entra-setup.component";

const asked: TokenRequest[] = [];
const told: string[] = [];
const theme = signal<Theme>("light");
const isShown = signal(true);

@Component({
  selector: "app-portal",
  imports: [CmgEntraSetupComponent],
  template: `
    @if (isShown()) {
      <app-cmg-entra-setup [theme]="theme()" [acquireToken]="acquireToken" (ready)="hear($event)" (finished)="hear($event)" />
    }
  `,
})
class Portal {
  readonly theme = theme;
  readonly isShown = isShown;
  readonly acquireToken = async (request: TokenRequest) => (asked.push(request), "token of the portal");
  hear({ type }: Ready | Finished) {
    told.push(type);
  }
}

Object.assign(window, {
  portal: {
    asked,
    told,
    show: () => isShown.set(true),
    hide: () => isShown.set(false),
    setTheme: (next: Theme) => theme.set(next),
  },
});
document.getElementById("portal")!.append(document.createElement("app-portal"));
const running: Promise<ApplicationRef> = bootstrapApplication(Portal, { providers: [provideZonelessChangeDetection()] });
await running;
