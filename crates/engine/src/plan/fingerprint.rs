//! Hash of a plan: the plan that runs must be the approved one, in this window or another.

use jiff::Timestamp;
use sha2::Digest;
use sha2::Sha256;

use crate::net::Body;
use crate::plan::Plan;
use crate::plan::write::Ids;
use crate::plan::write::Setting;

impl Plan {
    /// Hash of everything the plan will send: plans with the same hash send the same requests. Excludes timestamps and the run ID, which
    /// are set at run time.
    #[must_use]
    pub fn hash(&self) -> String {
        let ids = Ids::new(&self.known);
        let setting = Setting {
            cloud: self.desired.cloud,
            tenant: self.desired.tenant,
            ids: &ids,
            now: Timestamp::UNIX_EPOCH,
            run: "",
        };
        let mut text = self.desired.tenant.to_string();
        for step in &self.steps {
            text.push('\n');
            text.push_str(&step.id.name());
            if let Some(write) = step.action.write() {
                let call = write.call(&setting);
                text.push_str(&format!(" {} {} ", call.method, call.url));
                if let Body::Json(body) = &call.body {
                    text.push_str(&body.to_string());
                }
            }
        }
        fingerprint(&text)
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
