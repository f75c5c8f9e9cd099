// An embedding page around the component of docs/portals/react.md. It passes the received events to the test.
import React from "react";

import { CmgEntraSetup } from "./CmgEntraSetup";
import { open } from "./root";

const asked = [];
const told = [];
let theme = "light";
let close;

// A new function for each drawing, as in many embedding pages.
const draw = () => (
  <React.StrictMode>
    <CmgEntraSetup
      theme={theme}
      acquireToken={async (request) => (asked.push(request), "token of the portal")}
      onReady={(ready) => told.push(ready.type)}
      onFinished={(finished) => told.push(finished.type)}
    />
  </React.StrictMode>
);

window.portal = {
  asked,
  told,
  show() {
    close = open(document.getElementById("portal"), draw());
  },
  hide: () => close.close(),
  setTheme(next) {
    theme = next;
    close.draw(draw());
  },
};
window.portal.show();
