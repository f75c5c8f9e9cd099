//! Federated identity credentials of an application: another identity signs in as the application with its own tokens.
//!
//! Sources: `application-list-federatedidentitycredentials` and `application-post-federatedidentitycredentials`.

use serde_json::Value;
use serde_json::json;

use crate::answer::Answer;
use crate::answer::Refusal;
use crate::directory::applications;
use crate::directory::applications::Reader;
use crate::directory::call::Call;
use crate::directory::call::invalid;
use crate::directory::list::Kind;
use crate::directory::list::texts;

fn kind() -> Kind {
    Kind {
        set: "federatedIdentityCredentials".to_owned(),
        type_name: "federatedIdentityCredential",
        properties: texts(&[
            "id",
            "name",
            "issuer",
            "subject",
            "description",
            "audiences",
        ]),
        filterable: &["name"],
        advanced: &[],
        is_cast: false,
    }
}

pub(super) fn list(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let place = applications::find(call, Reader::Copy)?;
    let all = call.tenant().directory.applications[place]
        .federated
        .clone();
    call.page(&kind(), all)
}

pub(super) fn add(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let place = applications::find(call, Reader::Copy)?;
    applications::may_manage(call, place)?;
    let mut object = call.object()?;
    for name in ["name", "issuer", "subject"] {
        if object.get(name).and_then(Value::as_str).is_none() {
            return Err(invalid(name, "FederatedIdentityCredential"));
        }
    }
    object.insert("id".to_owned(), json!(call.sim.rng.guid().to_string()));
    call.tenant_mut().directory.applications[place]
        .federated
        .push(object.clone());
    Ok(Answer {
        status: 201,
        ..Answer::ok(Value::Object(object))
    })
}
