//! A write of every kind, for tests.

use uuid::Uuid;

use crate::graph::wire;
use crate::plan::reference::IdRef;
use crate::plan::reference::Ids;
use crate::plan::reference::Reference;
use crate::plan::write::Adds;
use crate::plan::write::Setting;
use crate::plan::write::Write;
use domain::app_id_uri::choice::UriChoice;
use domain::cloud::Cloud;
use domain::cmg::ProviderNamespace;
use domain::ids::KeyId;
use domain::ids::ObjectId;
use domain::ids::PermissionId;
use domain::ids::SubscriptionId;
use domain::ids::TenantId;
use jiff::Timestamp;

/// The object of the writes that are addressed by an ID of the plan.
pub(crate) const OBJECT: u128 = 20;

pub(crate) fn id(n: u128) -> Uuid {
    Uuid::from_u128(0xaaaa_0000_0000_4000_8000_0000_0000_0000 + n)
}

/// The ID that the run creates.
pub(crate) fn created(slot: IdRef) -> Uuid {
    id(slot as u128)
}

/// All IDs that the run creates.
pub(crate) fn all_ids() -> Ids {
    Ids::new(&IdRef::ALL.map(|slot| (slot, created(slot))))
}

pub(crate) fn setting() -> Setting<'static> {
    Setting {
        cloud: Cloud::Public,
        tenant: TenantId::new(id(40)),
        now: Timestamp::UNIX_EPOCH,
        run: "run",
    }
}

pub(crate) fn grant() -> Write {
    Write::Grant {
        client: Reference::Later(IdRef::ClientPrincipal),
        resource: Reference::Later(IdRef::ServerPrincipal),
        scope: "user_impersonation".to_owned(),
    }
}

pub(crate) fn role() -> Write {
    Write::Role {
        principal: Reference::Later(IdRef::ServerPrincipal),
        resource: Reference::Later(IdRef::GraphPrincipal),
        role: PermissionId::new(id(30)),
    }
}

pub(crate) fn client_settings(adds: Adds) -> Write {
    Write::ClientSettings {
        object: Reference::Later(IdRef::ClientObject),
        app: Reference::Later(IdRef::ClientApp),
        server: Reference::Later(IdRef::ServerApp),
        redirects: Some(vec!["https://contoso.example".to_owned()]),
        permissions: Some(Vec::new()),
        scope: PermissionId::new(id(31)),
        adds,
    }
}

pub(crate) fn set_uri(choice: UriChoice) -> Write {
    Write::SetUri {
        object: Reference::Later(IdRef::ServerObject),
        app: Reference::Later(IdRef::ServerApp),
        existing: vec!["https://contoso.example".to_owned()],
        choice,
    }
}

/// Every kind of write: the upserts, the updates, the writes that are looked up before a resend, the removals, and a registration.
pub(crate) fn writes() -> [Write; 16] {
    let object = ObjectId::new(id(OBJECT));
    [
        Write::Upsert {
            key: "key".to_owned(),
            of: IdRef::ServerApp,
            body: Box::new(wire::Application::default()),
        },
        Write::Principal {
            of: IdRef::ServerApp,
            app: Reference::Later(IdRef::ServerApp),
        },
        Write::Patch {
            object,
            body: Box::new(wire::Application::default()),
        },
        set_uri(UriChoice::TenantAndApp),
        client_settings(Adds::ALL),
        Write::WidenGrant {
            id: "grant".to_owned(),
            scope: "User.Read".to_owned(),
        },
        Write::Access {
            object,
            enable: true,
            open: true,
        },
        grant(),
        role(),
        Write::Secret {
            object: Reference::Later(IdRef::ServerObject),
            days: 365,
        },
        Write::Restore { object },
        Write::RestorePrincipal {
            object,
            of: IdRef::ServerPrincipal,
        },
        Write::Revoke {
            resource: ObjectId::new(id(OBJECT)),
            id: "assignment".to_owned(),
        },
        Write::RemoveSecret {
            object,
            key: KeyId::new(id(32)),
        },
        Write::Delete { object },
        Write::Register {
            subscription: SubscriptionId::new(id(33)),
            namespace: ProviderNamespace::Storage,
        },
    ]
}

/// Place of a write among `writes`. A new kind of write does not compile until it has one.
pub(crate) fn place(write: &Write) -> usize {
    match write {
        Write::Upsert { .. } => 0,
        Write::Principal { .. } => 1,
        Write::Patch { .. } => 2,
        Write::SetUri { .. } => 3,
        Write::ClientSettings { .. } => 4,
        Write::WidenGrant { .. } => 5,
        Write::Access { .. } => 6,
        Write::Grant { .. } => 7,
        Write::Role { .. } => 8,
        Write::Secret { .. } => 9,
        Write::Restore { .. } => 10,
        Write::RestorePrincipal { .. } => 11,
        Write::Revoke { .. } => 12,
        Write::RemoveSecret { .. } => 13,
        Write::Delete { .. } => 14,
        Write::Register { .. } => 15,
    }
}
