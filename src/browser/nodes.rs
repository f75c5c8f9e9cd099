//! The nodes of the page, kept as Yew left them.
//!
//! A browser's translator, a reader or a blocker takes nodes of the page away and puts its own in their place. Yew finds every place by a
//! node it made: where that node is gone it fails, and until then it changes a text that is not in sight. So what others took away comes back
//! before the page is drawn again, and what they put in its place goes. What others only add, such as the button of a password manager,
//! stays; so does what they write into a text node, which Yew overwrites as soon as its own text is another one.

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

/// Watches who adds nodes below an element, and who removes them.
pub(crate) struct Nodes {
    root: Element,
    observer: MutationObserver,
    /// What others changed since the page was drawn, as far as the browser has told.
    changes: Rc<RefCell<Vec<MutationRecord>>>,
    /// What others added.
    added: WeakSet,
    /// The observer calls it.
    _hear: Closure<dyn Fn(Array)>,
}

impl Nodes {
    /// None where the browser has no such observer. It begins with the first [`Nodes::drawn`].
    pub(crate) fn below(root: &Element) -> Option<Self> {
        let changes = Rc::<RefCell<Vec<MutationRecord>>>::default();
        let heard = Rc::clone(&changes);
        let hear = Closure::<dyn Fn(Array)>::new(move |records: Array| {
            heard.borrow_mut().extend(typed(&records));
        });
        let observer = MutationObserver::new(hear.as_ref().unchecked_ref()).ok()?;
        Some(Self {
            root: root.clone(),
            observer,
            changes,
            added: WeakSet::new(),
            _hear: hear,
        })
    }

    /// The page has been drawn. Everything that changed is its own doing.
    pub(crate) fn drawn(&self) {
        self.observer.take_records();
        self.changes.borrow_mut().clear();
        let options = MutationObserverInit::new();
        options.set_child_list(true);
        options.set_character_data_old_value(true);
        options.set_subtree(true);
        // A second time it changes nothing. Refused only for options that name nothing to watch.
        let _ = self.observer.observe_with_options(&self.root, &options);
    }

    /// The page is about to be drawn: puts back what others took away since it was drawn last.
    pub(crate) fn restore(&self) {
        let mut changes = self.changes.take();
        changes.extend(typed(&self.observer.take_records()));
        let parents = self.broken(&changes);
        if parents.is_empty() {
            return;
        }
        // From the last to the first: each is undone in the very list of children it has left.
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

    /// The parents that lost a node of the page, or have a text beside the page's own. Notes down what others added.
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
                // A node of the page that was moved is still the page's.
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

    /// Whether a node was added by others, or lies in one that was.
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

/// Takes one change of a list of children back.
fn undo(parent: &Node, change: &MutationRecord) {
    let is_here = |node: &Node| node.parent_node().as_ref() == Some(parent);
    for node in list(&change.added_nodes()).filter(is_here) {
        let _ = parent.remove_child(&node);
    }
    let next = match change.next_sibling() {
        Some(next) if is_here(&next) => Some(next),
        None => None,
        // It went unseen: the observer loses sight of what is taken out of the document.
        Some(_) => change
            .previous_sibling()
            .filter(is_here)
            .and_then(|previous| previous.next_sibling()),
    };
    for node in list(&change.removed_nodes()) {
        // Fails only if the node holds its parent by now, which no translator does.
        let _ = parent.insert_before(&node, next.as_ref());
    }
}

fn typed(records: &Array) -> impl Iterator<Item = MutationRecord> {
    records.iter().map(|record| record.unchecked_into())
}

fn list(nodes: &NodeList) -> impl Iterator<Item = Node> {
    (0..nodes.length()).filter_map(|index| nodes.item(index))
}
