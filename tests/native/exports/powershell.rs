//! Parses generated PowerShell with an independent grammar (tree-sitter-powershell), so that the checks do not depend on the code that
//! generates the script. It never runs the script. The values of `[char]` sums are computed here a second time.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use encoding_rs::Encoding;
use tree_sitter::Node;
use tree_sitter::Parser;
use tree_sitter::Tree;

/// A script, parsed as PowerShell does.
pub(super) struct Script {
    text: String,
    tree: Tree,
}

/// The value of a literal expression. PowerShell adds a `[char]` to a string as text, and to another `[char]` as a number.
enum Value {
    Text(Vec<u16>),
    Char(u16),
}

impl Script {
    /// Decodes and parses the file as a computer with this code page does. The file has no byte order mark.
    pub(super) fn read(bytes: &[u8], code_page: &'static Encoding) -> Self {
        let (text, _) = code_page.decode_without_bom_handling(bytes);
        // PowerShell treats these characters as their ASCII counterparts (`CharTraits.cs`). The grammar does not.
        let text: String = text
            .chars()
            .map(|c| match c {
                '\u{2018}'..='\u{201b}' => '\'',
                '\u{201c}'..='\u{201e}' => '"',
                '\u{2013}'..='\u{2015}' => '-',
                '\u{85}' | '\u{a0}' => ' ',
                other => other,
            })
            .collect();
        let mut parser = Parser::new();
        parser
            .set_language(&tree_sitter_powershell::LANGUAGE.into())
            .unwrap();
        let tree = parser.parse(&text, None).unwrap();
        Self { text, tree }
    }

    /// Every syntax error, with its line.
    pub(super) fn faults(&self) -> Vec<String> {
        self.nodes()
            .into_iter()
            .filter(|node| node.is_error() || node.is_missing())
            .map(|node| format!("line {}: {}", node.start_position().row + 1, node))
            .collect()
    }

    /// All words of the script, comments included. A placeholder replaces each literal with the value `name`.
    pub(super) fn skeleton(&self, name: &str) -> Vec<String> {
        let mut words = Vec::new();
        self.add_skeleton(self.tree.root_node(), name, &mut words);
        words
    }

    fn add_skeleton(&self, node: Node<'_>, name: &str, words: &mut Vec<String>) {
        if let Some(Value::Text(units)) = self.value(node) {
            let text = String::from_utf16(&units).expect("names are whole characters");
            words.push(if text == name {
                "the name".to_owned()
            } else {
                format!("text: {text}")
            });
        } else if node.child_count() == 0 {
            words.push(format!("{}: {}", node.kind(), self.text_of(node)));
        } else {
            for child in children(node) {
                self.add_skeleton(child, name, words);
            }
        }
    }

    /// The called cmdlets, each with all parameters of its calls, splatted parameters included.
    pub(super) fn calls(&self) -> BTreeMap<String, BTreeSet<String>> {
        let mut calls = BTreeMap::<_, BTreeSet<_>>::new();
        for command in self.of_kind("command") {
            let name = command
                .child_by_field_name("command_name")
                .filter(|name| name.kind() == "command_name")
                .map_or("?", |name| self.text_of(name));
            let parameters = calls.entry(name.to_owned()).or_default();
            let elements = children(command)
                .into_iter()
                .filter(|child| child.kind() == "command_elements")
                .flat_map(children);
            for element in elements {
                let text = self.text_of(element);
                if element.kind() == "command_parameter" {
                    parameters.insert(text.trim_start_matches('-').to_owned());
                } else if let Some(table) = text.strip_prefix('@')
                    && !table.starts_with(['(', '{'])
                {
                    parameters.extend(self.keys_of(table));
                }
            }
        }
        calls
    }

    /// The conditions for each call of a cmdlet: those of the `if` statements around it, innermost first. A branch that runs because an
    /// earlier condition is false adds `else:` with that condition, once for each.
    pub(super) fn conditions_of(&self, cmdlet: &str) -> Vec<Vec<String>> {
        self.of_kind("command")
            .into_iter()
            .filter(|command| {
                command
                    .child_by_field_name("command_name")
                    .is_some_and(|name| self.text_of(name) == cmdlet)
            })
            .map(|command| {
                let mut conditions = Vec::new();
                let (mut inner, mut next) = (command, command.parent());
                while let Some(node) = next {
                    if node.kind() == "if_statement" {
                        self.add_conditions(node, inner, &mut conditions);
                    }
                    (inner, next) = (node, node.parent());
                }
                conditions
            })
            .collect()
    }

    /// Adds the conditions for the branch `taken` of an `if` statement.
    fn add_conditions(&self, statement: Node<'_>, taken: Node<'_>, conditions: &mut Vec<String>) {
        let condition = |node: Node<'_>| {
            let found = children(node)
                .into_iter()
                .find(|child| child.kind() == "pipeline");
            found.map_or("?", |found| self.text_of(found)).to_owned()
        };
        let mut missed = vec![condition(statement)];
        for child in children(statement) {
            match child.kind() {
                "statement_block" if child == taken => conditions.append(&mut missed),
                "elseif_clauses" => {
                    for clause in children(child) {
                        missed.push(condition(clause));
                    }
                }
                "else_clause" if child == taken => {
                    conditions.extend(missed.iter().map(|it| format!("else: {it}")));
                }
                _ => {}
            }
        }
    }

    /// The keys of the hash table in `$name = @{ … }`.
    fn keys_of(&self, name: &str) -> Vec<String> {
        let tables: Vec<_> = self
            .of_kind("assignment_expression")
            .into_iter()
            .filter(|assignment| {
                assignment
                    .child(0)
                    .is_some_and(|left| self.text_of(left).strip_prefix('$') == Some(name))
            })
            .collect();
        assert_eq!(tables.len(), 1, "${name} is assigned once");
        self.below(tables[0])
            .into_iter()
            .filter(|node| node.kind() == "key_expression")
            .map(|key| self.text_of(key).trim().to_owned())
            .collect()
    }

    /// The text of every node of a kind, without duplicates. Fails for a kind that the grammar does not have, because it would never match.
    pub(super) fn words_of_kind(&self, kind: &str) -> BTreeSet<&str> {
        let known = self.tree.language().id_for_node_kind(kind, true);
        assert_ne!(known, 0, "the grammar has no {kind}");
        self.of_kind(kind)
            .into_iter()
            .map(|node| self.text_of(node))
            .collect()
    }

    /// The value of an expression if it is a literal or a sum of literals.
    fn value(&self, node: Node<'_>) -> Option<Value> {
        let parts = children(node);
        match (node.kind(), parts.as_slice()) {
            ("verbatim_string_characters", []) => {
                let text = self.text_of(node);
                let inner = text.strip_prefix('\'')?.strip_suffix('\'')?;
                Some(Value::Text(
                    inner.replace("''", "'").encode_utf16().collect(),
                ))
            }
            ("cast_expression", [to, number]) if self.text_of(*to) == "[char]" => {
                let digits = self.text_of(*number).strip_prefix("0x")?;
                u16::from_str_radix(digits, 16).ok().map(Value::Char)
            }
            ("additive_expression", [left, plus, right]) if self.text_of(*plus) == "+" => {
                let Value::Text(mut units) = self.value(*left)? else {
                    return None;
                };
                match self.value(*right)? {
                    Value::Text(more) => units.extend(more),
                    Value::Char(unit) => units.push(unit),
                }
                Some(Value::Text(units))
            }
            ("parenthesized_expression", [_, inner, _]) => self.value(*inner),
            (_, [only]) => self.value(*only),
            _ => None,
        }
    }

    fn text_of(&self, node: Node<'_>) -> &str {
        &self.text[node.byte_range()]
    }

    fn nodes(&self) -> Vec<Node<'_>> {
        self.below(self.tree.root_node())
    }

    fn of_kind(&self, kind: &str) -> Vec<Node<'_>> {
        let mut nodes = self.nodes();
        nodes.retain(|node| node.kind() == kind);
        nodes
    }

    fn below<'a>(&self, node: Node<'a>) -> Vec<Node<'a>> {
        let mut found = vec![node];
        let mut next = 0;
        while let Some(node) = found.get(next).copied() {
            found.extend(children(node));
            next += 1;
        }
        found
    }
}

fn children(node: Node<'_>) -> Vec<Node<'_>> {
    node.children(&mut node.walk()).collect()
}
