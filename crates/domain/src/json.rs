//! Parses JSON text into values, and reads objects property by property.
//!
//! Types of API messages read themselves from an `Object` through calls. The code that serde's derive generates for each type is larger
//! than all other parsing code (measured 2026-11-23).

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

/// Parses JSON text. Refuses an object with a repeated property name, because parsers disagree about which value counts.
///
/// # Errors
/// Position of the invalid JSON or of the repeated property name.
pub fn parse(text: &[u8]) -> serde_json::Result<Value> {
    serde_json::from_slice(text).map(|Strict(value)| value)
}

/// Parses JSON text into a type, with the same strictness.
///
/// # Errors
/// As `parse`, or the JSON does not match the type.
pub fn read<T: DeserializeOwned>(text: &[u8]) -> serde_json::Result<T> {
    serde_json::from_value(parse(text)?)
}

/// A JSON object whose properties are removed one by one.
pub struct Object(Map<String, Value>);

impl Object {
    /// Takes the value of a property. An absent property reads as `null`, which only an `Option` accepts.
    ///
    /// # Errors
    /// The value has another type.
    pub fn take<T: DeserializeOwned, E: Error>(&mut self, name: &str) -> Result<T, E> {
        self.take_by(name, T::deserialize)
    }

    /// Same as `take`, but stores the value in `place`. For large types: the code that drops a partly read value then exists only once.
    ///
    /// # Errors
    /// The value has another type.
    pub fn read<T: DeserializeOwned, E: Error>(
        &mut self,
        name: &str,
        place: &mut T,
    ) -> Result<(), E> {
        *place = self.take(name)?;
        Ok(())
    }

    /// Takes the value of a property, or the default if it is absent.
    ///
    /// # Errors
    /// The value has another type.
    pub fn take_or_default<T: DeserializeOwned + Default, E: Error>(
        &mut self,
        name: &str,
    ) -> Result<T, E> {
        Ok(self.take::<Option<T>, E>(name)?.unwrap_or_default())
    }

    /// Takes the value of a property with a custom reader.
    ///
    /// # Errors
    /// The error of the reader.
    pub fn take_by<T, E: Error>(
        &mut self,
        name: &str,
        read: fn(Value) -> serde_json::Result<T>,
    ) -> Result<T, E> {
        read(self.value(name)).map_err(E::custom)
    }

    /// Separate and never inlined, because `take` is compiled once per type.
    #[inline(never)]
    fn value(&mut self, name: &str) -> Value {
        self.0.remove(name).unwrap_or_default()
    }

    /// Takes all remaining properties as one value.
    ///
    /// # Errors
    /// The value has another type.
    pub fn rest<T: DeserializeOwned, E: Error>(self) -> Result<T, E> {
        serde_json::from_value(Value::Object(self.0)).map_err(E::custom)
    }

    /// Checks that no property is left.
    ///
    /// # Errors
    /// A property remains that was not taken.
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

/// Any JSON value except an object with a repeated property name.
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
    fn an_object_is_read_and_invalid_properties_are_refused() {
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
    fn a_duplicate_property_is_refused_at_any_depth() {
        assert_eq!(
            parse(br#" {"a":[1,-2,1.5,true,null,"x"]} "#).unwrap(),
            json!({"a": [1, -2, 1.5, true, null, "x"]})
        );
        for text in [r#"{"a":1,"a":1}"#, r#"{"a":[{"b":1,"\u0062":2}]}"#] {
            assert!(parse(text.as_bytes()).unwrap_err().is_data(), "{text}");
        }
    }
}
