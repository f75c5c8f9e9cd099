//! The variants of an enum as an array, so that no list of them is written by hand.

/// Copies the variants that `strum::VariantArray` lists. `N` is `strum::EnumCount::COUNT`; a smaller list does not compile.
#[must_use]
pub const fn variants<T: Copy, const N: usize>(list: &[T]) -> [T; N] {
    let mut all = [list[0]; N];
    let mut index = 0;
    while index < N {
        all[index] = list[index];
        index += 1;
    }
    all
}
