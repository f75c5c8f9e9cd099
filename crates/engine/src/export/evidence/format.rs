//! The formats in which evidence is saved.

use domain::variants::variants;
use strum::EnumCount;
use strum::VariantArray;

use crate::export::evidence::Evidence;
use crate::export::evidence::har;
use crate::export::evidence::html;
use crate::export::evidence::json;
use crate::export::evidence::markdown;

/// How evidence is written. English in every language, because auditors and programs read the files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumCount, VariantArray)]
pub enum EvidenceFormat {
    /// JSON, the only format that can be verified.
    #[default]
    Json,
    /// One HTML file without scripts, to read and to print.
    Html,
    /// Markdown, for a ticket.
    Markdown,
    /// HTTP Archive 1.2: the requests with their answers.
    Har,
}

impl EvidenceFormat {
    /// All formats, in display order.
    pub const ALL: [Self; Self::COUNT] = variants(Self::VARIANTS);

    /// Key of the format in the markup.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Html => "html",
            Self::Markdown => "markdown",
            Self::Har => "har",
        }
    }

    /// The format with this key.
    #[must_use]
    pub fn find(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.key() == key)
    }

    /// Media type of the file.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Json | Self::Har => "application/json",
            Self::Html => "text/html",
            Self::Markdown => "text/markdown",
        }
    }

    /// The file.
    #[must_use]
    pub fn write(self, evidence: &Evidence) -> String {
        match self {
            Self::Json => json::written(evidence),
            Self::Html => html::written(evidence),
            Self::Markdown => markdown::written(evidence),
            Self::Har => har::written(evidence),
        }
    }

    /// File name: the IDs of the tenant and of the run, and nothing that was typed.
    #[must_use]
    pub fn file_name(self, evidence: &Evidence) -> String {
        let ending = match self {
            Self::Json => "json",
            Self::Html => "html",
            Self::Markdown => "md",
            Self::Har => "har",
        };
        let head = evidence.head();
        format!("cmg-evidence-{}-{}.{ending}", head.tenant, head.run)
    }
}
