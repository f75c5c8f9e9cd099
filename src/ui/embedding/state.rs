//! How another page shows this one.

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Embedding {
    /// The page has a browser tab of its own.
    #[default]
    Standalone,
    /// The page is in a frame.
    Frame,
    /// The page is mounted in the document of another page.
    Module {
        /// That page signs in its users and supplies the tokens.
        parent_signs_in: bool,
    },
}

impl Embedding {
    #[must_use]
    pub fn is_embedded(self) -> bool {
        self != Self::Standalone
    }

    #[must_use]
    pub fn is_module(self) -> bool {
        matches!(self, Self::Module { .. })
    }

    #[must_use]
    pub fn parent_signs_in(self) -> bool {
        matches!(
            self,
            Self::Module {
                parent_signs_in: true
            }
        )
    }
}
