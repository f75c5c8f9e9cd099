//! The findings with three possible verdicts, as text and as JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};

/// The verdict of a finding. A value that could not be read is never right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Right,
    Wrong,
    Unknown,
}

impl Verdict {
    fn word(self) -> &'static str {
        match self {
            Self::Right => "ok",
            Self::Wrong => "wrong",
            Self::Unknown => "cannot tell",
        }
    }
}

/// The result of one check for one item.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    /// Stable name of the check, for pipelines.
    pub(crate) check: &'static str,
    /// The checked file, header, or URL.
    pub(crate) about: String,
    pub(crate) verdict: Verdict,
    pub(crate) message: String,
    /// How to fix the problem. Empty if the verdict is right.
    pub(crate) fix: String,
}

/// All findings, in the order of the checks.
#[derive(Default)]
pub(crate) struct Report {
    pub(crate) findings: Vec<Finding>,
}

impl Report {
    pub(crate) fn right(&mut self, check: &'static str, about: &str, message: impl Into<String>) {
        self.add(check, about, Verdict::Right, message, "");
    }

    pub(crate) fn wrong(
        &mut self,
        check: &'static str,
        about: &str,
        message: impl Into<String>,
        fix: &str,
    ) {
        self.add(check, about, Verdict::Wrong, message, fix);
    }

    pub(crate) fn unknown(
        &mut self,
        check: &'static str,
        about: &str,
        message: impl Into<String>,
        fix: &str,
    ) {
        self.add(check, about, Verdict::Unknown, message, fix);
    }

    fn add(
        &mut self,
        check: &'static str,
        about: &str,
        verdict: Verdict,
        message: impl Into<String>,
        fix: &str,
    ) {
        self.findings.push(Finding {
            check,
            about: about.to_owned(),
            verdict,
            message: message.into(),
            fix: fix.to_owned(),
        });
    }

    pub(crate) fn count(&self, verdict: Verdict) -> usize {
        let of = |finding: &&Finding| finding.verdict == verdict;
        self.findings.iter().filter(of).count()
    }

    /// The findings as text. Errors come last, where they are visible in a terminal.
    pub(crate) fn text(&self, url: &str) -> String {
        let mut text = format!("{url}\n");
        for verdict in [Verdict::Right, Verdict::Unknown, Verdict::Wrong] {
            let of = |finding: &&Finding| finding.verdict == verdict;
            for finding in self.findings.iter().filter(of) {
                let Finding {
                    check,
                    about,
                    message,
                    fix,
                    ..
                } = finding;
                let _ = writeln!(text, "{:<11} {check}: {about}: {message}", verdict.word());
                if !fix.is_empty() {
                    let _ = writeln!(text, "            {fix}");
                }
            }
        }
        let _ = write!(
            text,
            "{} ok, {} cannot tell, {} wrong",
            self.count(Verdict::Right),
            self.count(Verdict::Unknown),
            self.count(Verdict::Wrong)
        );
        text
    }

    pub(crate) fn json(&self, url: &str) -> Value {
        let findings: Vec<Value> = self
            .findings
            .iter()
            .map(|finding| {
                json!({
                    "check": finding.check,
                    "about": finding.about,
                    "verdict": finding.verdict.word(),
                    "says": finding.message,
                    "mend": finding.fix,
                })
            })
            .collect();
        json!({
            "version": 1,
            "url": url,
            "ok": self.count(Verdict::Right),
            "cannotTell": self.count(Verdict::Unknown),
            "wrong": self.count(Verdict::Wrong),
            "findings": findings,
        })
    }
}
