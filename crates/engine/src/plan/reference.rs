//! References to the IDs that a write needs, some of which exist only during the run.

use uuid::Uuid;

use crate::graph::id::IdOrName;
use domain::ids::AppId;
use domain::ids::ObjectId;

/// Names an ID that may only be known during the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum IdRef {
    /// Object ID of the server app.
    ServerObject,
    /// Application (client) ID of the server app.
    ServerApp,
    /// Service principal of the server app.
    ServerPrincipal,
    /// Object ID of the client app.
    ClientObject,
    /// Application (client) ID of the client app.
    ClientApp,
    /// Service principal of the client app.
    ClientPrincipal,
    /// Service principal of Microsoft Graph in this tenant.
    GraphPrincipal,
}

impl IdRef {
    /// All IDs, in the order of the type.
    pub const ALL: [Self; 7] = [
        Self::ServerObject,
        Self::ServerApp,
        Self::ServerPrincipal,
        Self::ClientObject,
        Self::ClientApp,
        Self::ClientPrincipal,
        Self::GraphPrincipal,
    ];

    /// Name of the ID on the review page.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::ServerObject => "{server app object ID}",
            Self::ServerApp => "{server app client ID}",
            Self::ServerPrincipal => "{server app service principal ID}",
            Self::ClientObject => "{client app object ID}",
            Self::ClientApp => "{client app client ID}",
            Self::ClientPrincipal => "{client app service principal ID}",
            Self::GraphPrincipal => "{Microsoft Graph service principal ID}",
        }
    }
}

/// An ID that a write needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reference<T> {
    /// Known when the plan is made.
    Known(T),
    /// Known only during the run.
    Later(IdRef),
}

/// The first ID that a request needs and that is not known yet. The request cannot be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MissingId(pub IdRef);

/// The kinds of ID that a run can create.
pub trait CreatedId: Copy {
    /// Wraps a GUID that is known to be this kind of ID.
    fn from_uuid(id: Uuid) -> Self;
    /// The ID as a plain GUID.
    fn to_uuid(self) -> Uuid;
}

impl CreatedId for ObjectId {
    fn from_uuid(id: Uuid) -> Self {
        Self::new(id)
    }

    fn to_uuid(self) -> Uuid {
        self.uuid()
    }
}

impl CreatedId for AppId {
    fn from_uuid(id: Uuid) -> Self {
        Self::new(id)
    }

    fn to_uuid(self) -> Uuid {
        self.uuid()
    }
}

/// The IDs that are known so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ids([Option<Uuid>; IdRef::ALL.len()]);

impl Ids {
    /// Starts with the IDs that were read.
    #[must_use]
    pub fn new(known: &[(IdRef, Uuid)]) -> Self {
        let mut ids = Self::default();
        for (slot, id) in known {
            ids.insert(*slot, *id);
        }
        ids
    }

    /// Stores a known ID.
    pub fn insert(&mut self, slot: IdRef, id: Uuid) {
        self.0[slot as usize] = Some(id);
    }

    /// Stores an ID, unless it is already known.
    pub fn insert_if_missing(&mut self, slot: IdRef, id: Uuid) {
        self.0[slot as usize].get_or_insert(id);
    }

    /// The ID, if it is known.
    #[must_use]
    pub fn get(&self, slot: IdRef) -> Option<Uuid> {
        self.0[slot as usize]
    }

    /// Refers to an ID for a write.
    #[must_use]
    pub fn reference<T: CreatedId>(&self, slot: IdRef) -> Reference<T> {
        self.get(slot).map_or(Reference::Later(slot), |id| {
            Reference::Known(T::from_uuid(id))
        })
    }

    /// The ID that a write refers to, if it is known.
    #[must_use]
    pub fn resolve<T: CreatedId>(&self, reference: Reference<T>) -> Option<T> {
        match reference {
            Reference::Known(id) => Some(id),
            Reference::Later(slot) => self.get(slot).map(T::from_uuid),
        }
    }
}

/// The directory objects that a request names, by object ID or client ID.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamedIds {
    /// IDs in the URL.
    pub in_url: Vec<Uuid>,
    /// IDs in the body.
    pub in_body: Vec<Uuid>,
}

/// Resolves the references of one request while it is built, and notes what it names.
#[derive(Debug)]
pub(crate) struct Resolver<'a> {
    ids: &'a Ids,
    name: fn(IdRef) -> &'static str,
    /// The IDs that the request has.
    pub(crate) named: NamedIds,
    /// The IDs that the request lacks. If there is one, the request is never sent.
    pub(crate) missing: Vec<IdRef>,
}

impl<'a> Resolver<'a> {
    /// `name` gives the text in place of an ID that is not known.
    pub(crate) fn new(ids: &'a Ids, name: fn(IdRef) -> &'static str) -> Self {
        Self {
            ids,
            name,
            named: NamedIds::default(),
            missing: Vec::new(),
        }
    }

    /// An ID for the URL.
    pub(crate) fn url<T: CreatedId>(&mut self, reference: Reference<T>) -> IdOrName<T> {
        let id = self.resolve(reference);
        if let IdOrName::Id(id) = id {
            self.named.in_url.push(id.to_uuid());
        }
        id
    }

    /// An ID for the body.
    pub(crate) fn body<T: CreatedId>(&mut self, reference: Reference<T>) -> IdOrName<T> {
        let id = self.resolve(reference);
        if let IdOrName::Id(id) = id {
            self.named.in_body.push(id.to_uuid());
        }
        id
    }

    /// Notes an object that the URL names by an ID of the plan.
    pub(crate) fn names(&mut self, object: ObjectId) {
        self.named.in_url.push(object.uuid());
    }

    fn resolve<T: CreatedId>(&mut self, reference: Reference<T>) -> IdOrName<T> {
        let slot = match reference {
            Reference::Known(id) => return IdOrName::Id(id),
            Reference::Later(slot) => slot,
        };
        match self.ids.get(slot) {
            Some(id) => IdOrName::Id(T::from_uuid(id)),
            None => {
                self.missing.push(slot);
                IdOrName::Name((self.name)(slot))
            }
        }
    }
}
