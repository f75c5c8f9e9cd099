//! Changes that translators, reader modes, blockers, and password managers make to the page's nodes, and how the page copes with them.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, holds, read, script, turn, types, value};

/// Helper functions for the scripts below: the text nodes of the page, and an element like those a translator creates.
const TOOLS: &str = "
    const app = document.getElementById('app');
    const texts = () => {
        const walker = document.createTreeWalker(app, NodeFilter.SHOW_TEXT);
        const found = [];
        while (walker.nextNode()) if (walker.currentNode.data.trim()) found.push(walker.currentNode);
        return found;
    };
    const font = (...inside) => {
        const element = document.createElement('font');
        element.append(...inside);
        return element;
    };
";

/// Each change made to the page: its description and its script.
const CHANGES: [(&str, &str); 14] = [
    (
        "a translator that replaces every text",
        "texts().forEach(text => text.replaceWith(font(font('[' + text.data + ']'))))",
    ),
    (
        "a translator that takes every text into an element of its own",
        "texts().forEach(text => { const element = font(); text.replaceWith(element); element.append(text); })",
    ),
    (
        "a translator that replaces its own elements once more",
        "texts().forEach(text => { const first = font(text.data); text.replaceWith(first); first.replaceWith(font('[' + text.data + ']')); })",
    ),
    (
        "a translator that splits every text",
        "texts().forEach(text => text.splitText(text.data.length / 2))",
    ),
    (
        "a translator that splits every text and replaces the halves",
        "texts().forEach(text => { text.splitText(1).replaceWith(font('x')); text.replaceWith(font('y')); })",
    ),
    (
        "a blocker that removes every text",
        "texts().forEach(text => text.remove())",
    ),
    (
        "a blocker that removes every paragraph and list",
        "app.querySelectorAll('p, ul, ol').forEach(element => element.remove())",
    ),
    (
        "a blocker that removes the main part and what lies in it",
        "const main = app.querySelector('main'); main.querySelectorAll('p').forEach(element => element.remove()); main.remove()",
    ),
    (
        "a reader that empties the page and shows its own",
        "app.replaceChildren(font('Reading view'))",
    ),
    (
        "a reader that replaces the paragraphs by copies",
        "app.querySelectorAll('p').forEach(element => element.replaceWith(element.cloneNode(true)))",
    ),
    (
        "a reader that turns every list around",
        "app.querySelectorAll('main, section, ul, ol, nav').forEach(list => list.append(...[...list.childNodes].reverse()))",
    ),
    (
        "a reader that moves the paragraphs to the end of the document",
        "app.querySelectorAll('p').forEach(element => document.body.append(element))",
    ),
    (
        "an extension that removes the controls",
        "app.querySelectorAll('button').forEach(element => element.remove())",
    ),
    (
        "a script that joins adjacent texts",
        "app.normalize(); app.querySelectorAll('p').forEach(element => { element.prepend('x'); element.normalize(); })",
    ),
];

/// Goes through some steps and types text. Changes the page and redraws it after each step, and returns the markup of each page.
async fn way(change: &str) -> Vec<String> {
    let page = Page::open().await;
    let mut made = Vec::new();
    let note = async |what: &str, made: &mut Vec<String>| {
        script(
            &format!("{TOOLS} {change}; dispatchEvent(new PopStateEvent('popstate'));"),
            "",
        );
        turn().await;
        let markup = read("return document.getElementById('app').innerHTML", "");
        made.push(format!("{what}: {markup}"));
    };
    note("start", &mut made).await;
    page.press("Set up").await;
    page.arrives("Azure service").await;
    note("step 1", &mut made).await;
    types("tenant", "fabrikam.com");
    note("typed", &mut made).await;
    assert_eq!(value("tenant"), "fabrikam.com");
    types("connection-name", "");
    script("control.blur()", "");
    note("left empty", &mut made).await;
    types("connection-name", "Contoso CMG");
    note("repaired", &mut made).await;
    page.press("Next : Web app >").await;
    page.arrives("Web (server) app").await;
    note("step 2", &mut made).await;
    page.check();
    made
}

#[wasm_bindgen_test]
async fn the_page_draws_the_same_after_foreign_changes_to_its_nodes() {
    let untouched = way("").await;
    for (who, change) in CHANGES {
        for (made, wanted) in way(change).await.iter().zip(&untouched) {
            assert_eq!(made, wanted, "{who}");
        }
    }
}

/// Behaves like the translators in browsers: it replaces new text at once with text in another language. A no-break space distinguishes
/// the translation from the page's text.
const TRANSLATOR: &str = "
    window.translate = () => texts().forEach(text => {
        if (!text.parentElement.closest('font')) text.replaceWith(font(font(text.data + '\\u00a0')));
    });
    window.translator = new MutationObserver(translate);
    translator.observe(app, { childList: true, characterData: true, subtree: true });
    translate();
";

#[wasm_bindgen_test]
async fn a_translated_page_completes_all_steps_with_current_texts() {
    let page = Page::open().await;
    script(&format!("{TOOLS} {TRANSLATOR}"), "");
    page.review().await;
    assert!(holds(
        "return document.querySelectorAll('#app font').length > 50",
        ""
    ));
    page.press("Create").await;
    let shown = || read("return document.getElementById('app').innerText", "");
    let waits = "Create is disabled until validation has passed.";
    assert!(!shown().contains(waits), "{}", shown());
    page.arrives("Setup is in progress").await;
    page.arrives("Setup is complete").await;
    page.press("Go to the hand-over").await;
    page.arrives("Enter the values in Configuration Manager")
        .await;
    page.press("Show Secret Key").await;
    page.until("the secret", || !value("secret").is_empty())
        .await;
    page.press("I have saved it").await;
    page.until("no field", || {
        !holds("return document.getElementById(text)", "secret")
    })
    .await;
    script("translator.disconnect()", "");
    page.check();
}

#[wasm_bindgen_test]
async fn nodes_added_by_a_password_manager_stay_unchanged() {
    let page = Page::open().await;
    page.press("Set up").await;
    page.arrives("Azure service").await;
    script(
        "window.icon = document.createElement('b');
         icon.append('fill', document.createElement('i'));
         document.getElementById('tenant').after(icon);",
        "",
    );
    types("tenant", "fabrikam.com");
    turn().await;
    assert!(holds("return icon.isConnected", ""), "taken away");
    script("icon.firstChild.remove(); icon.append('filled');", "");
    types("tenant", "contoso.com");
    turn().await;
    assert_eq!(read("return icon.textContent", ""), "filled");
    script("icon.remove()", "");
    types("tenant", "fabrikam.com");
    turn().await;
    assert!(!holds("return icon.isConnected", ""), "brought back");
    page.check();
}
