//! Leaves out functions that only describe a failure, before the program is split: what they refer to is then left out as well.
//!
//! The page shows no such description: a failure stops the program without a text (`src/embed.rs`). Some need much, such as the one of an
//! element that Yew does not expect when it takes over the first view: tables of all letters. A function that is left out stops the program
//! too, like those that the tool `wasm-snip` replaces.

use std::ops::Range;

use wasmparser::{BinaryReaderError, KnownCustom, Name, Parser, Payload, TypeRef};

use crate::Error;

/// Parts of the names of these functions, as the compiler writes them.
const SNIPPED: [&str; 6] = [
    // `yew::dom_bundle::utils::node_type_str`
    "14feat_hydration13node_type_str",
    // `core::panicking::assert_failed`, which describes the two values of `assert_eq!`. The inner function is `assert_failed_inner`.
    "9panicking13assert_failed",
    // `Debug` of `JsValue`, with a function of the bindings, and of `Range<usize>`.
    "wasm_bindgen..JsValue$u20$as$u20$core..fmt..Debug",
    "5RangejENtNtB8_3fmt5Debug",
    // `core::fmt::DebugStruct`, which derived `Debug` uses.
    "8buildersNtB5_11DebugStruct5field",
    // Yew's own hook for panics. The page sets another one.
    "24console_error_panic_hook4hook",
];

/// The section with the places in the code that refer to something.
const REFERENCES: &str = "reloc.CODE";

/// The program with each of these functions replaced by an instruction that stops it.
pub(crate) fn snip(program: &[u8]) -> Result<Vec<u8>, Error> {
    snip_named(program, &SNIPPED)
}

/// Nothing moves: the rest of each function is empty.
fn snip_named(program: &[u8], parts: &[&str]) -> Result<Vec<u8>, Error> {
    let found = Found::read(program, parts)
        .map_err(|error| Error(error.to_string()))?
        .map_err(|part| {
            Error(format!(
                "the program has no function with {part} in its name"
            ))
        })?;
    let mut snipped = program.to_vec();
    for body in &found.bodies {
        let [locals, stop, rest @ .., end] = &mut snipped[body.clone()] else {
            return Err(Error("a function is too short".to_owned()));
        };
        (*locals, *stop, *end) = (0, UNREACHABLE, END);
        rest.fill(NOP);
    }
    let Some(references) = found.references else {
        return Ok(snipped);
    };
    let mut section = Vec::new();
    section.extend(leb(REFERENCES.len()));
    section.extend(REFERENCES.as_bytes());
    section.extend(leb(references.section));
    section.extend(leb(references.kept.len()));
    for entry in references.kept {
        section.extend(&program[entry]);
    }
    let mut whole = vec![0];
    whole.extend(leb(section.len()));
    whole.extend(section);
    snipped.splice(references.place, whole);
    Ok(snipped)
}

const UNREACHABLE: u8 = 0x00;
const NOP: u8 = 0x01;
const END: u8 = 0x0b;

/// A number as WebAssembly writes it.
fn leb(mut number: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number > 0x7f {
        bytes.push(0x80 | u8::try_from(number & 0x7f).unwrap_or_default());
        number >>= 7;
    }
    bytes.push(u8::try_from(number).unwrap_or_default());
    bytes
}

/// Places in the program.
#[derive(Default)]
struct Found {
    /// The functions to leave out, without their length.
    bodies: Vec<Range<usize>>,
    references: Option<References>,
}

/// The section [`REFERENCES`].
struct References {
    /// The section with its header.
    place: Range<usize>,
    /// The number of the section with the code.
    section: usize,
    /// The entries that do not refer from a function to leave out.
    kept: Vec<Range<usize>>,
}

impl Found {
    /// The inner error is a part of a name that no function has.
    fn read<'a>(
        program: &[u8],
        parts: &[&'a str],
    ) -> Result<Result<Self, &'a str>, BinaryReaderError> {
        let mut bodies = Vec::new();
        let mut imported = 0;
        let mut code = 0;
        let mut names = Vec::new();
        let mut references = None;
        // Where the header of the next section begins.
        let mut end = 8;
        for payload in Parser::new(0).parse_all(program) {
            let payload = payload?;
            if let Payload::ImportSection(section) = &payload {
                for import in section.clone().into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            } else if let Payload::CodeSectionStart { range, .. } = &payload {
                code = place(range).start;
            } else if let Payload::CodeSectionEntry(body) = &payload {
                bodies.push(place(&body.range()));
            } else if let Payload::CustomSection(section) = &payload {
                let known = section.as_known();
                if let KnownCustom::Name(reader) = known {
                    for name in reader {
                        if let Name::Function(list) = name? {
                            names.extend(list.into_iter().collect::<Result<Vec<_>, _>>()?);
                        }
                    }
                } else if let KnownCustom::Reloc(reader) = known
                    && section.name() == REFERENCES
                {
                    references = Some((end..place(&section.range()).end, reader));
                }
            }
            if let Some((_, range)) = payload.as_section() {
                end = place(&range).end;
            }
        }
        let mut snipped: Vec<Range<usize>> = Vec::new();
        for part in parts {
            let named = names.iter().filter(|naming| naming.name.contains(part));
            let indices = named.filter_map(|naming| naming.index.checked_sub(imported));
            let before = snipped.len();
            snipped.extend(indices.filter_map(|index| bodies.get(index as usize).cloned()));
            if snipped.len() == before {
                return Ok(Err(part));
            }
        }
        let bodies = snipped;
        let Some((place, reader)) = references else {
            return Ok(Ok(Self {
                bodies,
                references: None,
            }));
        };
        let mut kept = Vec::new();
        let mut entries = reader.entries().into_iter_with_offsets().peekable();
        while let Some(entry) = entries.next() {
            let (start, entry) = entry?;
            let next = entries
                .peek()
                .and_then(|next| Some(next.as_ref().ok()?.0 as usize));
            let from = code + entry.offset as usize;
            if !bodies.iter().any(|body| body.contains(&from)) {
                kept.push(start as usize..next.unwrap_or(place.end));
            }
        }
        Ok(Ok(Self {
            bodies,
            references: Some(References {
                place,
                section: reader.section_index() as usize,
                kept,
            }),
        }))
    }
}

/// The library's offsets are for files of any size.
fn place(range: &Range<u64>) -> Range<usize> {
    let number = |offset| usize::try_from(offset).unwrap_or(usize::MAX);
    number(range.start)..number(range.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(id: u8, content: &[u8]) -> Vec<u8> {
        [&[id][..], &leb(content.len()), content].concat()
    }

    fn custom(name: &str, content: &[u8]) -> Vec<u8> {
        section(
            0,
            &[&leb(name.len())[..], name.as_bytes(), content].concat(),
        )
    }

    /// Two functions that call each other, with their names and references.
    fn program(first: &[u8], references: &[u8]) -> Vec<u8> {
        // `call` with a number of five bytes, as the linker writes it.
        let second = [0, 0x10, 0x80, 0x80, 0x80, 0x80, 0, END];
        let code = [&[2, 8][..], first, &[8], &second].concat();
        [
            b"\0asm\x01\0\0\0".to_vec(),
            section(1, &[1, 0x60, 0, 0]),
            section(3, &[2, 0, 0]),
            section(10, &code),
            custom(REFERENCES, references),
            custom(
                "name",
                &[1, 11, 2, 0, 4, b'a', b'b', b'c', b'd', 1, 2, b'x', b'y'],
            ),
        ]
        .concat()
    }

    const CALL: [u8; 8] = [0, 0x10, 0x81, 0x80, 0x80, 0x80, 0, END];

    #[test]
    fn a_function_is_left_out_with_its_references_and_the_others_stay() {
        // Section 2, two entries of the kind "number of a function": at 4 for function 1, and at 13 for function 0.
        let whole = program(&CALL, &[2, 2, 0, 4, 1, 0, 13, 0]);
        let empty = [0, UNREACHABLE, NOP, NOP, NOP, NOP, NOP, END];
        let snipped = program(&empty, &[2, 1, 0, 13, 0]);
        assert_eq!(snip_named(&whole, &["bc"]).unwrap(), snipped);
    }

    #[test]
    fn a_name_that_no_function_has_is_an_error() {
        let whole = program(&CALL, &[2, 0]);
        let error = snip_named(&whole, &["bc", "z"]).unwrap_err();
        assert!(error.to_string().contains("with z in its name"), "{error}");
    }
}
