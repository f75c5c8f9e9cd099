//! The hand-over record of another person's run: what it says comes back, and a changed record is refused.

use domain::known::Answer;
use domain::known::Known;
use engine::export::handoff::Handoff;
use engine::export::received::ReceivedError;
use engine::export::received::ReceivedResult;
use engine::export::received::SIZE_MAX;
use engine::export::saved_file::FileError;
use proptest::prelude::*;
use serde_json::Value;
use serde_json::json;

use super::hostile;
use super::line;
use super::plain;

const HASH: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

fn record(handoff: &Handoff) -> Value {
    serde_json::from_str(&handoff.record(Some(HASH))).unwrap()
}

fn comes_back(handoff: &Handoff) {
    let read = ReceivedResult::parse(&handoff.record(Some(HASH))).unwrap();
    assert_eq!(read.plan_hash.as_deref(), Some(HASH));
    // The page computes what is left to register from the states.
    let mut read = read.handoff;
    read.provider_request.clone_from(&handoff.provider_request);
    assert_eq!(&read, handoff);
}

#[test]
fn a_record_comes_back() {
    comes_back(&plain());
    comes_back(&hostile());
    let mut unknown = hostile();
    unknown.consents[0].is_granted = Answer::CannotTell;
    unknown.providers[0].registration = Known::Unknown;
    unknown.subscription = None;
    comes_back(&unknown);
    let without = ReceivedResult::parse(&plain().record(None)).unwrap();
    assert_eq!(without.plan_hash, None);
}

#[test]
fn what_is_left_to_register_follows_from_the_states() {
    assert_eq!(
        ReceivedResult::parse(&record(&plain()).to_string())
            .unwrap()
            .handoff
            .provider_request,
        None
    );
    let mut left = record(&plain());
    left["resourceProviders"][1]["registrationState"] = json!("NotRegistered");
    left["resourceProviders"][2]["registrationState"] = Value::Null;
    let read = ReceivedResult::parse(&left.to_string()).unwrap().handoff;
    let request = read.provider_request.unwrap();
    let names: Vec<&str> = request.namespaces.iter().map(|it| it.name()).collect();
    assert_eq!(names, ["Microsoft.Storage", "Microsoft.Network"]);
    assert_eq!(request.subscription, plain().subscription);
}

/// Each ID and each text that Configuration Manager would get: another value is refused wherever the record says it twice.
#[test]
fn a_changed_record_is_refused() {
    let other = "11111111-2222-4333-8444-555555555555";
    let refused = |path: &str, value: Value| {
        let mut file = record(&plain());
        *file.pointer_mut(path).unwrap() = value.clone();
        let read = ReceivedResult::parse(&file.to_string());
        assert!(read.is_err(), "{path}: {value}");
        read.unwrap_err()
    };
    let contradicts = |path: &str, value: Value, property: &'static str| {
        assert_eq!(
            refused(path, value),
            ReceivedError::Contradiction { property }
        );
    };
    contradicts("/tenant/id", json!(other), "clientSetupProperties");
    contradicts("/clientApp/appId", json!(other), "clientApp.redirectUri");
    contradicts(
        "/serverApp/appIdUri",
        json!("api://x/y"),
        "clientSetupProperties",
    );
    contradicts(
        "/clientSetupProperties/AADTENANTID",
        json!(other),
        "clientSetupProperties",
    );
    contradicts(
        "/clientSetupProperties/AADRESOURCEURI",
        json!(other),
        "clientSetupProperties",
    );
    contradicts("/tenant/cloud", json!("usgov"), "tenant.azureEnvironment");
    contradicts(
        "/serverApp/secretKey/endDay",
        json!("2029-01-01"),
        "serverApp.secretKey.endDay",
    );
    contradicts(
        "/serverApp/secretKey/endDay",
        json!("2028"),
        "serverApp.secretKey.endDay",
    );
    contradicts(
        "/serverApp/appId",
        json!(plain().client.app_id.to_string()),
        "clientApp.appId",
    );
    for (path, value) in [
        ("/tenant/id", json!("x")),
        ("/tenant/id", json!("00000000-0000-0000-0000-000000000000")),
        ("/tenant/cloud", json!("moon")),
        ("/tenant/name", json!("a\nb")),
        ("/connection/name", json!("")),
        ("/connection/description", json!("a\u{2028}b")),
        ("/serverApp/displayName", Value::Null),
        ("/serverApp/scopeId", json!(1)),
        ("/serverApp/secretKey", Value::Null),
        ("/serverApp/secretKey/endDateTime", json!("tomorrow")),
        ("/consents", json!({})),
        ("/consents/0/app", json!("other")),
        ("/consents/0/granted", json!("yes")),
        ("/discovery", Value::Null),
        ("/discovery/groups", json!(["\n"])),
        ("/resourceProviders/0/namespace", json!("Contoso.Evil")),
        ("/resourceProviders/0/registrationState", json!("Perhaps")),
        ("/subscriptionId", json!("x")),
        ("/planHash", json!("x")),
    ] {
        let error = refused(path, value);
        assert!(
            matches!(error, ReceivedError::Unreadable(FileError::Shape { .. })),
            "{path}"
        );
    }
}

#[test]
fn other_texts_are_refused_by_what_they_are() {
    let refused = |text: &str, error: FileError| {
        assert_eq!(
            ReceivedResult::parse(text),
            Err(ReceivedError::Unreadable(error)),
            "{text:.60}"
        );
    };
    let good = plain().record(None);
    refused(&" ".repeat(SIZE_MAX + 1), FileError::TooLarge);
    refused(&good[..good.len() - 3], FileError::NotJson);
    refused("{}", FileError::OtherKind);
    refused(r#"{"format":"cmg-entra-setup/plan"}"#, FileError::OtherKind);
    refused(
        r#"{"format":"cmg-entra-setup/handover/x"}"#,
        FileError::OtherKind,
    );
    refused(
        &good.replacen("handover/1", "handover/2", 1),
        FileError::Newer,
    );
    refused(
        &good.replacen("handover/1", "handover/0", 1),
        FileError::Shape { property: "format" },
    );
    // Keys of a later version of the page.
    let later = good.replacen('{', "{\"later\": 1,", 1);
    assert!(ReceivedResult::parse(&later).is_ok());
}

proptest! {
    #[test]
    fn any_names_come_back(names in proptest::array::uniform4("[^\\p{Cc}\\u2028\\u2029]{1,40}")) {
        let mut handoff = plain();
        handoff.connection.name = line(&names[0]);
        handoff.tenant.name = line(&names[1]);
        handoff.server.name = line(&names[2]);
        handoff.client.name = line(&names[3]);
        comes_back(&handoff);
    }
}
