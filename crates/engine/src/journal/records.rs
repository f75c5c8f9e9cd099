//! Reads journal records as strictly as they are written, property by property (see `domain::json`).

use serde::Deserialize;
use serde::Deserializer;
use serde::de::Error;

use crate::journal::Created;
use crate::journal::Event;
use crate::journal::Intent;
use crate::journal::Record;
use crate::journal::RunStarted;
use crate::journal::Who;
use domain::json::Object;
use domain::moment;

impl<'de> Deserialize<'de> for Record {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = Object::deserialize(deserializer)?;
        let record = Self {
            version: object.take("version")?,
            run: object.take("run")?,
            serial: object.take("serial")?,
            at: object.take_by("at", moment::required)?,
            event: object.take("event")?,
        };
        object.end().map(|()| record)
    }
}

impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = Object::deserialize(deserializer)?;
        let kind: String = object.take("kind")?;
        Ok(match kind.as_str() {
            "began" => Self::Began(Box::new(object.rest()?)),
            "intent" => Self::Intent(Box::new(object.rest()?)),
            "done" => Self::Done {
                step: object.take("step")?,
                request_id: object.take("requestId")?,
                made: object.take("made")?,
            },
            "failed" => Self::Failed {
                step: object.take("step")?,
                title: object.take("title")?,
                request_id: object.take("requestId")?,
                is_unknown: object.take("isUnknown")?,
            },
            "removing" => Self::Removing {
                made: object.take("made")?,
            },
            "removed" => Self::Removed {
                made: object.take("made")?,
            },
            "secretSaved" => Self::SecretSaved,
            "undoing" => Self::Undoing {
                account: object.take("account")?,
            },
            "ended" => Self::Ended {
                how: object.take("how")?,
            },
            _ => return Err(D::Error::custom("an unknown event")),
        })
    }
}

impl<'de> Deserialize<'de> for RunStarted {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = Object::deserialize(deserializer)?;
        let started = Self {
            cloud: object.take("cloud")?,
            tenant: object.take("tenant")?,
            account: object.take("account")?,
            plan: object.take("plan")?,
            steps: object.take("steps")?,
            draft: object.take("draft")?,
        };
        object.end().map(|()| started)
    }
}

impl<'de> Deserialize<'de> for Who {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = Object::deserialize(deserializer)?;
        let who = Self {
            name: object.take("name")?,
            object_id: object.take("objectId")?,
        };
        object.end().map(|()| who)
    }
}

impl<'de> Deserialize<'de> for Intent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = Object::deserialize(deserializer)?;
        let intent = Self {
            step: object.take("step")?,
            trace: object.take("trace")?,
            method: object.take("method")?,
            url: object.take("url")?,
            body: object.take("body")?,
            change: object.take("change")?,
        };
        object.end().map(|()| intent)
    }
}

/// An ID that is used in a URL. Requires a letter or digit, because an ID such as `..` would change the path.
fn key<E: Error>(object: &mut Object) -> Result<String, E> {
    let key: String = object.take("id")?;
    let is_key = key.bytes().any(|byte| byte.is_ascii_alphanumeric());
    is_key.then_some(key).ok_or(E::custom("no key"))
}

impl<'de> Deserialize<'de> for Created {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = Object::deserialize(deserializer)?;
        let what: String = object.take("what")?;
        Ok(match what.as_str() {
            "application" => Self::Application {
                object: object.take("object")?,
                app: object.take("app")?,
            },
            "principal" => Self::Principal {
                object: object.take("object")?,
            },
            "grant" => Self::Grant {
                id: key(&mut object)?,
            },
            "role" => Self::Role {
                principal: object.take("principal")?,
                resource: object.take("resource")?,
                id: key(&mut object)?,
            },
            "secret" => Self::Secret {
                object: object.take("object")?,
                key: object.take("key")?,
            },
            "change" => Self::Change {
                object: object.take("object")?,
                before: object.take("before")?,
                after: object.take("after")?,
            },
            "scopes" => Self::Scopes {
                id: key(&mut object)?,
                before: object.take("before")?,
                after: object.take("after")?,
            },
            _ => return Err(D::Error::custom("an unknown thing")),
        })
    }
}
