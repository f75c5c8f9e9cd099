//! JSON values of the file, with repeated keys preserved.

use std::fmt;

use serde::Deserialize;
use serde::Deserializer;
use serde::de::MapAccess;
use serde::de::SeqAccess;
use serde::de::Visitor;

use crate::config::error::ConfigError;
use crate::confusables::find_spot;
use crate::confusables::is_unseen;

/// JSON with repeated keys preserved. `serde_json::Value` would drop them silently.
pub(super) enum Node {
    Text(String),
    Number(f64),
    Boolean(bool),
    Object(Vec<(String, Self)>),
    List(Vec<Self>),
    Null,
}

/// A unique key with its path, free of invisible characters.
pub(super) struct Member {
    pub(super) path: String,
    pub(super) value: Node,
}

pub(super) fn checked(
    members: Vec<(String, Node)>,
    parent: &str,
) -> Result<Vec<Member>, ConfigError> {
    let mut seen: Vec<Member> = Vec::new();
    for (name, value) in members {
        let path = if parent.is_empty() {
            name
        } else {
            format!("{parent}.{name}")
        };
        if let Some(spot) = find_spot(&path, is_unseen) {
            return Err(ConfigError::Unseen { key: path, spot });
        }
        if seen.iter().any(|member| member.path == path) {
            return Err(ConfigError::RepeatedKey { key: path });
        }
        seen.push(Member { path, value });
    }
    Ok(seen)
}

impl Node {
    pub(super) fn into_text(self, path: &str) -> Result<String, ConfigError> {
        let key = || path.to_owned();
        let Self::Text(text) = self else {
            return Err(ConfigError::NotText { key: key() });
        };
        match find_spot(&text, is_unseen) {
            Some(spot) => Err(ConfigError::Unseen { key: key(), spot }),
            None => Ok(text),
        }
    }

    pub(super) fn into_members(self, path: &str) -> Result<Vec<Member>, ConfigError> {
        let Self::Object(members) = self else {
            return Err(ConfigError::NotMembers {
                key: path.to_owned(),
            });
        };
        checked(members, path)
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, is_true: bool) -> Result<Node, E> {
        Ok(Node::Boolean(is_true))
    }

    // `f64` holds every number that is valid in this file exactly.
    fn visit_i64<E>(self, number: i64) -> Result<Node, E> {
        Ok(Node::Number(number as f64))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Node, E> {
        Ok(Node::Number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Node, E> {
        Ok(Node::Number(number))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut nodes = Vec::new();
        while let Some(node) = items.next_element()? {
            nodes.push(node);
        }
        Ok(Node::List(nodes))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Node, A::Error> {
        let mut members = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            members.push(entry);
        }
        Ok(Node::Object(members))
    }
}
