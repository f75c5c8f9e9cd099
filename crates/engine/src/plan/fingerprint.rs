//! Hash of a plan: the plan that runs must be the approved one, in this window or another.

use jiff::Timestamp;
use sha2::Digest;
use sha2::Sha256;

use crate::plan::Plan;
use crate::plan::reference::IdRef;
use crate::plan::write::Setting;

impl Plan {
    /// Hash of everything the plan will send: plans with the same hash send the same requests. Excludes timestamps and the run ID, which
    /// are set at run time.
    #[must_use]
    pub fn hash(&self) -> String {
        let setting = Setting {
            cloud: self.desired.cloud,
            tenant: self.desired.tenant,
            now: Timestamp::UNIX_EPOCH,
            run: "",
        };
        let mut text = self.desired.tenant.to_string();
        for step in &self.steps {
            text.push('\n');
            text.push_str(&step.id.name());
            if let Some(write) = step.action.write() {
                let request = write.shown(&setting, text_of);
                text.push_str(&format!(" {} {} ", request.method, request.url));
                if let Some(body) = &request.body {
                    text.push_str(&body.to_string());
                }
            }
        }
        fingerprint(&text)
    }
}

/// Text of an ID that is not known yet. It never changes, because journals contain hashes of plans.
fn text_of(id: IdRef) -> &'static str {
    match id {
        IdRef::ServerObject => "00000000-0000-8000-8000-000000000001",
        IdRef::ServerApp => "00000000-0000-8000-8000-000000000002",
        IdRef::ServerPrincipal => "00000000-0000-8000-8000-000000000003",
        IdRef::ClientObject => "00000000-0000-8000-8000-000000000004",
        IdRef::ClientApp => "00000000-0000-8000-8000-000000000005",
        IdRef::ClientPrincipal => "00000000-0000-8000-8000-000000000006",
        IdRef::GraphPrincipal => "00000000-0000-8000-8000-000000000007",
    }
}

/// SHA-256 of a text, as hexadecimal digits.
#[must_use]
pub fn fingerprint(text: &str) -> String {
    Sha256::digest(text.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
