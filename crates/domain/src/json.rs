//! Reads JSON: text into values, and objects property by property.
//!
//! Types that travel read themselves from an `Object`, by calls. What serde's derive writes out in place for each of them weighs more
//! than all the rest of the reading (measured 2026-11-23).

use std::fmt;

use serde::Deserialize;
use serde::Deserializer;
use serde::de::DeserializeOwned;
use serde::de::Error;
use serde::de::MapAccess;
use serde::de::SeqAccess;
use serde::de::Visitor;
use serde_json::Map;
use serde_json::Number;
use serde_json::Value;

/// Reads JSON text, unless an object in it names a property twice: two readers would then see two different answers.
///
/// # Errors
/// Where the text stops being JSON, or names a property twice.
pub fn parse(text: &[u8]) -> serde_json::Result<Value> {
    serde_json::from_slice(text).map(|Strict(value)| value)
}

/// Reads JSON text of a known shape, as strictly.
///
/// # Errors
/// As `parse`, or another shape.
pub fn read<T: DeserializeOwned>(text: &[u8]) -> serde_json::Result<T> {
    serde_json::from_value(parse(text)?)
}

/// An object whose properties are taken out one by one.
pub struct Object(Map<String, Value>);

impl Object {
    /// What a property holds. An absent one is read as `null`, which an `Option` takes and nothing else does.
    ///
    /// # Errors
    /// It holds something else.
    pub fn take<T: DeserializeOwned, E: Error>(&mut self, name: &str) -> Result<T, E> {
        self.take_by(name, T::deserialize)
    }

    /// Puts what a property holds in its place. For large types: a value half read is then given back in one place.
    ///
    /// # Errors
    /// It holds something else.
    pub fn read<T: DeserializeOwned, E: Error>(
        &mut self,
        name: &str,
        place: &mut T,
    ) -> Result<(), E> {
        *place = self.take(name)?;
        Ok(())
    }

    /// What a property holds, or the default where it is absent.
    ///
    /// # Errors
    /// It holds something else.
    pub fn take_or_default<T: DeserializeOwned + Default, E: Error>(
        &mut self,
        name: &str,
    ) -> Result<T, E> {
        Ok(self.take::<Option<T>, E>(name)?.unwrap_or_default())
    }

    /// What a property holds, by a reader of its own.
    ///
    /// # Errors
    /// The reader's.
    pub fn take_by<T, E: Error>(
        &mut self,
        name: &str,
        read: fn(Value) -> serde_json::Result<T>,
    ) -> Result<T, E> {
        read(self.value(name)).map_err(E::custom)
    }

    /// Apart and never inlined: `take` is there once for every type.
    #[inline(never)]
    fn value(&mut self, name: &str) -> Value {
        self.0.remove(name).unwrap_or_default()
    }

    /// What is left, as a whole.
    ///
    /// # Errors
    /// It is something else.
    pub fn rest<T: DeserializeOwned, E: Error>(self) -> Result<T, E> {
        serde_json::from_value(Value::Object(self.0)).map_err(E::custom)
    }

    /// Nothing else is in it.
    ///
    /// # Errors
    /// A property is left that nobody took.
    pub fn end<E: Error>(&self) -> Result<(), E> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(E::custom("an unknown property"))
        }
    }
}

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Map::deserialize(deserializer).map(Self)
    }
}

/// Any JSON but an object that names a property twice.
struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StrictVisitor).map(Self)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(Strict(value)) = access.next_element()? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some((name, Strict(value))) = access.next_entry::<String, Strict>()? {
            if map.insert(name, value).is_some() {
                return Err(A::Error::custom("a property is named twice"));
            }
        }
        Ok(Value::Object(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use serde_json::json;

    #[derive(Debug, PartialEq)]
    struct Pet {
        name: String,
        age: Option<u8>,
        toys: Vec<String>,
    }

    impl<'de> Deserialize<'de> for Pet {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let mut object = Object::deserialize(deserializer)?;
            let pet = Self {
                name: object.take("name")?,
                age: object.take("age")?,
                toys: object.take_or_default("toys")?,
            };
            object.end().map(|()| pet)
        }
    }

    #[test]
    fn an_object_is_read_property_by_property() {
        let (name, toys) = ("Mia".to_owned(), vec!["ball".to_owned()]);
        assert_eq!(
            read::<Pet>(br#"{"toys":["ball"],"age":3,"name":"Mia"}"#).unwrap(),
            Pet {
                name,
                age: Some(3),
                toys
            }
        );
        for refused in [
            json!({"age": 3}),
            json!({"name": null}),
            json!({"name": "Mia", "age": "3"}),
            json!({"name": "Mia", "age": 300}),
            json!({"name": "Mia", "toys": [1]}),
            json!({"name": "Mia", "colour": "black"}),
            json!(["Mia", 3, []]),
        ] {
            assert!(
                read::<Pet>(refused.to_string().as_bytes()).is_err(),
                "{refused}"
            );
        }
    }

    #[test]
    fn a_property_is_named_once_at_any_depth() {
        assert_eq!(
            parse(br#" {"a":[1,-2,1.5,true,null,"x"]} "#).unwrap(),
            json!({"a": [1, -2, 1.5, true, null, "x"]})
        );
        for text in [r#"{"a":1,"a":1}"#, r#"{"a":[{"b":1,"\u0062":2}]}"#] {
            assert!(parse(text.as_bytes()).unwrap_err().is_data(), "{text}");
        }
    }
}
