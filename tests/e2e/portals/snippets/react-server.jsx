// The component of docs/portals/react.md on a server, where there is no document.
import React from "react";
import { renderToString } from "react-dom/server";

import { CmgEntraSetup } from "./CmgEntraSetup";

const nothing = () => undefined;
console.log(renderToString(<CmgEntraSetup theme="dark" acquireToken={nothing} onReady={nothing} onFinished={nothing} />));
