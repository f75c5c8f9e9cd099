//! Keeps the page's DOM nodes as Yew left them.
//!
//! A translator, a reader mode or a blocker in the browser replaces nodes of the page with its own. Yew locates every position by a node it
//! created: if that node is gone, Yew fails or updates a text that is no longer visible. So before each render, removed nodes are put back
//! and their replacements are removed. Nodes that others only add, such as the button of a password manager, stay. Text that others write
//! into a text node stays until Yew's own text changes.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Array;
use js_sys::WeakSet;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::Element;
use web_sys::MutationObserver;
use web_sys::MutationObserverInit;
use web_sys::MutationRecord;
use web_sys::Node;
use web_sys::NodeList;

/// Tracks which nodes below an element others add or remove.
pub(crate) struct Nodes {
    root: Element,
    observer: MutationObserver,
    /// Changes by others since the last render, as far as the browser has reported them.
    changes: Rc<RefCell<Vec<MutationRecord>>>,
    /// Nodes that others added.
    added: WeakSet,
    /// Keeps the observer's callback alive.
    _handle: Closure<dyn Fn(Array)>,
}

impl Nodes {
    /// `None` if the browser has no `MutationObserver`. Observation begins with the first [`Nodes::drawn`].
    pub(crate) fn below(root: &Element) -> Option<Self> {
        let changes = Rc::<RefCell<Vec<MutationRecord>>>::default();
        let received = Rc::clone(&changes);
        let handle = Closure::<dyn Fn(Array)>::new(move |records: Array| {
            received.borrow_mut().extend(typed(&records));
        });
        let observer = MutationObserver::new(handle.as_ref().unchecked_ref()).ok()?;
        Some(Self {
            root: root.clone(),
            observer,
            changes,
            added: WeakSet::new(),
            _handle: handle,
        })
    }

    /// Called after a render. Changes up to now are Yew's own.
    pub(crate) fn drawn(&self) {
        self.observer.take_records();
        self.changes.borrow_mut().clear();
        let options = MutationObserverInit::new();
        options.set_child_list(true);
        options.set_character_data_old_value(true);
        options.set_subtree(true);
        // Repeated calls change nothing. Fails only if the options select nothing to observe.
        let _ = self.observer.observe_with_options(&self.root, &options);
    }

    /// Called before a render: puts back what others have removed since the last one.
    pub(crate) fn restore(&self) {
        let mut changes = self.changes.take();
        changes.extend(typed(&self.observer.take_records()));
        let parents = self.broken(&changes);
        if parents.is_empty() {
            return;
        }
        // In reverse order: each change is undone in the child list that it left.
        for change in changes.iter().rev() {
            let Some(target) = change.target() else {
                continue;
            };
            if change.type_() == "characterData" {
                let is_within = |parent| parents.contains(&parent);
                if target.parent_node().is_some_and(is_within) {
                    target.set_node_value(change.old_value().as_deref());
                }
            } else if parents.contains(&target) {
                undo(&target, change);
            }
        }
    }

    /// Parents that lost a node of the page, or got a text node beside the page's own. Records the nodes that others added.
    fn broken(&self, changes: &[MutationRecord]) -> Vec<Node> {
        let mut parents = Vec::new();
        let mut taken = Vec::new();
        for change in changes {
            let Some(target) = change.target().filter(|target| !self.is_foreign(target)) else {
                continue;
            };
            for node in list(&change.removed_nodes()) {
                if !self.added.has(&node) {
                    taken.push(node);
                    parents.push(target.clone());
                }
            }
            for node in list(&change.added_nodes()) {
                // A moved node of the page still belongs to the page.
                if !taken.contains(&node) {
                    self.added.add(&node);
                    if node.node_type() == Node::TEXT_NODE {
                        parents.push(target.clone());
                    }
                }
            }
        }
        parents
    }

    /// True if others added the node or an ancestor of it.
    fn is_foreign(&self, node: &Node) -> bool {
        let mut next = Some(node.clone());
        while let Some(node) = next.filter(|node| !node.is_same_node(Some(&self.root))) {
            if self.added.has(&node) {
                return true;
            }
            next = node.parent_node();
        }
        false
    }
}

impl Drop for Nodes {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Undoes one change of a child list.
fn undo(parent: &Node, change: &MutationRecord) {
    let is_here = |node: &Node| node.parent_node().as_ref() == Some(parent);
    for node in list(&change.added_nodes()).filter(is_here) {
        let _ = parent.remove_child(&node);
    }
    let next = match change.next_sibling() {
        Some(next) if is_here(&next) => Some(next),
        None => None,
        // The sibling moved unnoticed: the observer does not see nodes outside the document.
        Some(_) => change
            .previous_sibling()
            .filter(is_here)
            .and_then(|previous| previous.next_sibling()),
    };
    for node in list(&change.removed_nodes()) {
        // Fails only if the node now contains its parent, which no translator does.
        let _ = parent.insert_before(&node, next.as_ref());
    }
}

fn typed(records: &Array) -> impl Iterator<Item = MutationRecord> {
    records.iter().map(|record| record.unchecked_into())
}

fn list(nodes: &NodeList) -> impl Iterator<Item = Node> {
    (0..nodes.length()).filter_map(|index| nodes.item(index))
}
