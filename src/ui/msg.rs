//! What can happen to the page, and what it can want done. Messages are in the past tense, effects in the imperative.

use jiff::Timestamp;
use uuid::Uuid;

use crate::ui::access::Providers;
use crate::ui::access::SignInRefused;
use crate::ui::access::Visitor;
use crate::ui::entry::Entry;
use crate::ui::host::HostEvent;
use crate::ui::place::Place;
use crate::ui::site::Site;
use domain::ids::AppId;
use domain::ids::ObjectId;
use domain::ids::SubscriptionId;
use domain::ids::TenantId;
use domain::platform::NotKept;
use domain::problem::Problem;
use domain::secret::Secret;
use engine::auth::portal::ByPortal;
use engine::auth::sign_in::SignIn;
use engine::desired::Desired;
use engine::desired::repair::Repair;
use engine::journal::End;
use engine::journal::Keeping;
use engine::journal::Past;
use engine::journal::Shelved;
use engine::read::consumers::Uses;
use engine::read::discover::Found;
use engine::read::discover::Pair;
use engine::read::observed::Observed;
use engine::read::observed::Subscription;
use engine::read::observed::Tenant;
use engine::run::NewSecret;
use engine::run::Order;
use engine::run::Outcome;
use engine::run::Progress;
use engine::run::prepare::Stop;
use engine::undo::Findings;
use engine::undo::RemovalState;
use engine::undo::UndoPlan;
use engine::undo::Undone;

/// What has happened.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The site's settings were read, or not.
    SiteRead(Site),
    /// Something was typed or picked.
    Typed(Entry, String),
    /// A control was left.
    Left(Entry),
    /// A button or link to a place was pressed.
    WentTo(Place),
    /// Back or Forward was pressed in the browser, or an address was typed.
    Moved(String),
    /// What a link filled in was looked at, or is to be taken back.
    LinkSeen(bool),
    /// The way around head and steps was taken.
    SkipAsked,
    /// Sign in was pressed.
    SignInAsked,
    /// Cancel was pressed while the sign-in page has a window of its own.
    SignInDropped,
    /// The page was left for the sign-in page and came back without an answer, by the Back button.
    ShownAgain,
    /// The page is not in sight any more.
    Hidden,
    /// A minute has passed since somebody looked whether the page is in use.
    Looked(u32, Timestamp),
    /// The account of this object ID was signed out in another tab.
    SignedOutElsewhere(String),
    /// The sign-in page answered, and its answer was redeemed or not.
    SignedIn(Box<Result<Visitor, SignInRefused>>),
    /// Sign out was pressed.
    SignedOut,
    /// Sign out was pressed, with the journals of finished runs to be removed from this browser.
    SignedOutAndTidied,
    /// The journals of finished runs are to be removed from this browser.
    TidyAsked,
    /// The tenant was read.
    TenantRead(TenantId, Box<Result<Tenant, Problem>>),
    /// The subscriptions were read.
    SubscriptionsRead(TenantId, Result<Vec<Subscription>, Problem>),
    /// The resource providers of a subscription were read.
    ProvidersRead(SubscriptionId, Result<Providers, Problem>),
    /// Reading again was pressed.
    ReadAgainAsked,
    /// What a plan is made from was read.
    Observed {
        /// Which reading this is.
        round: u32,
        /// The moment.
        now: Timestamp,
        /// What was read.
        read: Box<Result<Observed, Problem>>,
    },
    /// Create was pressed.
    Approved,
    /// A step has moved.
    Progressed(Timestamp, Box<Progress>),
    /// A second has passed.
    Ticked(Timestamp),
    /// Stop was pressed.
    StopAsked,
    /// The run is over, or did not begin; with its journal, where that is in this page alone.
    RunEnded(Box<Outcome>, Option<Box<Past>>),
    /// The journals this browser keeps were read.
    JournalsRead(Vec<Shelved>, Option<NotKept>),
    /// "Verify and continue" was pressed for a run.
    ResumeAsked(Uuid),
    /// "Undo what this run made" was pressed for a run.
    UndoAsked(Uuid),
    /// What a run has made was found out, or not.
    FoundOut(Uuid, Box<Result<Findings, Stop>>),
    /// Remove was pressed.
    UndoApproved,
    /// A removal has moved.
    UndoProgressed(usize, Box<RemovalState>),
    /// Undoing is over, or did not begin.
    UndoEnded(Box<Undone>),
    /// The journal of the run was asked for as a file.
    JournalAsked,
    /// A run is over for its owner: its secret is saved, or what is there is kept.
    CloseAsked(Uuid, End),
    /// Records that cannot be read are not wanted any more.
    DiscardAsked(String),
    /// Copy was pressed.
    CopyAsked {
        /// The field that shows it, to select where the clipboard is refused.
        id: String,
        /// What to copy.
        text: String,
    },
    /// Copy was pressed beside the secret.
    SecretCopyAsked,
    /// The copy is done, or the browser refused it.
    Copied(bool),
    /// Show or Hide was pressed beside the secret.
    SecretToggled,
    /// The secret has been in sight long enough; only for the showing of this number.
    MaskDue(u32),
    /// "I have saved it" was pressed.
    SecretSaved,
    /// "Open all" or "Close all" was pressed over the requests.
    UnfoldToggled,
    /// A file was asked for.
    SaveAsked(File),
    /// The refused draft is not wanted any more.
    RefusedDropped,
    /// Something of the check of a pair.
    Doctor(DoctorMsg),
    /// Print was pressed.
    PrintAsked,
}

/// What has happened where a pair is checked.
#[derive(Clone, Debug)]
pub enum DoctorMsg {
    /// Looking for pairs was asked for.
    FindAsked,
    /// Pairs were looked for.
    PairsFound(u32, Box<Result<Found, Problem>>),
    /// A pair was chosen to be checked.
    PairChosen(Pair),
    /// The two apps picked by hand are to be checked.
    PickedChosen,
    /// A pair was read.
    Examined {
        /// Which reading this is.
        round: u32,
        /// The moment.
        now: Timestamp,
        /// What was read.
        read: Box<Result<Observed, Problem>>,
    },
    /// Everything that can be mended without taking anything away is to be mended.
    AllChosen,
    /// What the console's Update Application Settings does is to be done.
    UpdateChosen,
    /// What was chosen is to be reviewed.
    RepairsAsked,
    /// The pair is to be handed over as it is.
    HandOverAsked,
    /// One repair is to be reviewed, whatever else is chosen.
    RepairAsked(Repair),
    /// The apps chosen for it are to be deleted, whatever else is chosen.
    RetireAsked,
    /// Who uses the pair was read.
    UsesRead(u32, Box<Result<Uses, Problem>>),
}

/// A file to save.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub kind: &'static str,
    /// What is in it.
    pub text: String,
}

/// What has to be done in the world.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Read config.json.
    ReadSite,
    /// Remember a text in this tab.
    Remember(&'static str, String),
    /// Forget it.
    Forget(&'static str),
    /// Show the sign-in page.
    SignIn(Box<SignIn>),
    /// Ask the page around this one for its tokens.
    SignInByPortal(Box<ByPortal>),
    /// Redeem the answer of the sign-in page.
    FinishSignIn {
        /// The answer.
        answer: Secret,
        /// The wish it answers, as far as the draft still knows.
        wish: Box<SignIn>,
    },
    /// Forget the session, tell the other tabs, and go to Microsoft's sign-out page.
    SignOut {
        /// Before that, take the journals of finished runs off the shelf.
        discards_finished: bool,
    },
    /// Take the journals of finished runs off the shelf.
    DiscardFinished,
    /// Forget the session, here only.
    ForgetSession,
    /// Look in a minute whether the page is in use, if it is still the same sign-in.
    LookLater(u32),
    /// Read the tenant.
    ReadTenant,
    /// Read the subscriptions.
    ReadSubscriptions,
    /// Read the resource providers of a subscription.
    ReadProviders(SubscriptionId),
    /// Read what a plan is made from.
    Observe {
        /// Which reading this is.
        round: u32,
        /// What is wanted.
        desired: Box<Desired>,
    },
    /// Do what the plan says.
    Apply(Box<Order>),
    /// Read the journals this browser keeps.
    ReadJournals,
    /// Save the journal of the run as a file, as far as it is.
    SaveJournal,
    /// Write down that the person has the secret, and that nothing is left to do if so.
    SecretSaved {
        /// Everything the run was for is there.
        is_complete: bool,
    },
    /// Find out what a run has made.
    FindOut(Box<Past>),
    /// Take it back.
    Undo {
        /// The run.
        past: Box<Past>,
        /// What is taken back.
        plan: Box<UndoPlan>,
        /// Where its journal is kept.
        keeping: Keeping,
    },
    /// Write down that a run is over.
    CloseRun(Box<Past>, End),
    /// Throw away records that cannot be read.
    Discard(String),
    /// Stop doing it.
    Stop,
    /// Tell when a second has passed.
    Tick,
    /// Show a place in the address.
    ShowPlace {
        /// The place.
        place: Place,
        /// What stands over the page, for the window.
        title: &'static str,
        /// Makes a new entry for Back.
        is_new: bool,
    },
    /// Move the focus to the heading of the page.
    FocusHeading,
    /// Copy a text; where that is refused, select the field.
    Copy {
        /// The field.
        id: String,
        /// The text.
        text: String,
    },
    /// Copy the secret.
    CopySecret(NewSecret),
    /// Write the secret into its field, or wipe the field.
    FillSecret(Option<NewSecret>),
    /// Mask the secret after a while, if it is still the same showing.
    MaskLater(u32),
    /// Forget a sign-in that was begun.
    AbandonSignIn,
    /// Save a file.
    Save(File),
    /// Ask before the page is left, or no longer.
    AskBeforeLeaving(bool),
    /// Look for pairs.
    FindPairs {
        /// Which reading this is.
        round: u32,
        /// Keys a pair of this tool would have.
        keys: [String; 2],
        /// Client IDs that journals have.
        recorded: Vec<AppId>,
        /// The client ID that was pasted.
        typed: Option<AppId>,
    },
    /// Read a pair.
    Examine {
        /// Which reading this is.
        round: u32,
        /// The pair.
        desired: Box<Desired>,
    },
    /// Read who uses the server app of a pair.
    ReadUses {
        /// Which reading this is.
        round: u32,
        /// Its client ID.
        app: AppId,
        /// Its service principal.
        principal: ObjectId,
    },
    /// Print the page.
    Print,
    /// Tell the portal that holds the page.
    TellHost(HostEvent),
}
