#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::oracles::id_token(data));
