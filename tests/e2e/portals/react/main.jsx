// A React page with its own sign-in and with CMG Entra Setup as an element.
import { useState } from "react";
import { createRoot } from "react-dom/client";

import { account, acquireToken, signIn } from "./auth.js";

function Portal() {
  const [who, setWho] = useState(account);
  const [theme, setTheme] = useState("system");
  const [isOpen, setIsOpen] = useState(true);
  const [stored, setStored] = useState();
  return (
    <>
      <header>
        <h1>Fabrikam portal</h1>
        {who ? <p>{who.username}</p> : <button onClick={async () => setWho(await signIn())}>Sign in to the portal</button>}
        <label>
          Theme{" "}
          <select value={theme} onChange={({ target }) => setTheme(target.value)}>
            <option value="system">As the computer</option>
            <option value="light">Light</option>
            <option value="dark">Dark</option>
          </select>
        </label>
        <label>
          <input type="checkbox" checked={isOpen} onChange={({ target }) => setIsOpen(target.checked)} /> Show the set-up
        </label>
      </header>
      <main>
        {who && isOpen && (
          <cmg-entra-setup acquireToken={acquireToken} theme={theme} onfinished={({ detail }) => setStored(detail)} />
        )}
        <output aria-label="Stored">{stored && JSON.stringify(stored, undefined, 2)}</output>
      </main>
    </>
  );
}

createRoot(document.getElementById("portal")).render(<Portal />);
