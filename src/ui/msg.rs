//! Messages (what happened) and effects (what to do). Messages are in the past tense, effects in the imperative.

use std::rc::Rc;

use jiff::Timestamp;
use uuid::Uuid;

use crate::ui::components::grid_state::GridEvent;
use crate::ui::embedding::events::ParentEvent;
use crate::ui::field_id::FieldId;
use crate::ui::part::Part;
use crate::ui::providers::progress::ProviderRunState;
use crate::ui::route::Route;
use crate::ui::shell::site::SiteConfig;
use crate::ui::shell::theme::Theme;
use crate::ui::sign_in::state::Providers;
use crate::ui::sign_in::state::SignInRefused;
use crate::ui::sign_in::state::SignedInUser;
use domain::cloud::Cloud;
use domain::ids::AppId;
use domain::ids::ObjectId;
use domain::ids::SubscriptionId;
use domain::ids::TenantId;
use domain::locale::Locale;
use domain::platform::StorageError;
use domain::problem::Problem;
use domain::roles::PermissionEntry;
use domain::secret::Secret;
use engine::auth::embedding::EmbeddingSignIn;
use engine::auth::sign_in::SignIn;
use engine::desired::Desired;
use engine::desired::DraftField;
use engine::desired::repair::Repair;
use engine::export::providers::ProviderExport;
use engine::journal::End;
use engine::journal::JournalLocation;
use engine::journal::RecordedRun;
use engine::journal::StoredRun;
use engine::providers::journal::StoredProviderRuns;
use engine::providers::list::ListSummary;
use engine::providers::list::ListedSubscription;
use engine::providers::matrix::Column;
use engine::providers::read::ProviderStates;
use engine::providers::register::RegistrationChange;
use engine::providers::selection::ProviderSelection;
use engine::providers::tenants::AccountTenant;
use engine::read::consumers::Consumers;
use engine::read::discover::Found;
use engine::read::discover::Pair;
use engine::read::observed::Observed;
use engine::read::observed::Subscription;
use engine::read::observed::Tenant;
use engine::read::sign_ins::SignIns;
use engine::run::NewSecret;
use engine::run::Progress;
use engine::run::RunOutcome;
use engine::run::prepare::StartError;
use engine::run::request::RunRequest;
use engine::undo::Findings;
use engine::undo::UndoOutcome;
use engine::undo::UndoPlan;
use engine::undo::UndoStepState;

/// A message that a click sends.
pub trait Clicked: Clone + 'static {
    /// Whether it opens a page.
    fn opens_page(&self) -> bool;
}

/// A click on what every page has, and on the start page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShellMsg {
    /// A button or link to a page was selected.
    WentTo(Route),
    /// The skip link was selected.
    SkipAsked,
}

impl Clicked for ShellMsg {
    fn opens_page(&self) -> bool {
        matches!(self, Self::WentTo(_))
    }
}

impl Clicked for Msg {
    fn opens_page(&self) -> bool {
        matches!(self, Self::WentTo(_))
    }
}

impl From<ShellMsg> for Msg {
    fn from(msg: ShellMsg) -> Self {
        match msg {
            ShellMsg::WentTo(route) => Self::WentTo(route),
            ShellMsg::SkipAsked => Self::SkipAsked,
        }
    }
}

/// What has happened. Results are shared: a click clones its message, and the code that clones a result would be in the first part.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The site's settings were read, or the read failed.
    SiteRead(SiteConfig),
    /// A part of the program did not arrive: its file, and what the web server said.
    PartFailed(Part, String),
    /// Try again was selected for a part that did not arrive.
    PartAsked(Part),
    /// A field was typed in or picked.
    Typed(FieldId, String),
    /// The language was chosen in the embedding page.
    LanguageWanted(Locale),
    /// The sentences of a language were loaded, or the file that did not arrive.
    LanguageLoaded(Locale, Result<(), String>),
    /// A file was chosen or dropped for the field.
    FilePicked(FieldId),
    /// The text of the chosen file. `None` if the browser could not read it, or if it is too large to be one of this page's files.
    FileRead(FieldId, Option<String>),
    /// A control lost the focus.
    Left(FieldId),
    /// A button or link to a page was selected.
    WentTo(Route),
    /// An error of this field was selected: go to its step and to the control.
    FieldAsked(DraftField),
    /// The admin used Back or Forward, or typed an address.
    Moved(String),
    /// The link banner was closed. True if the link's values are to be undone.
    LinkSeen(bool),
    /// The skip link was selected.
    SkipAsked,
    /// A notification at the end of the run or the registration was requested.
    NotificationsAsked,
    /// True if the browser allows notifications.
    NotificationsAnswered(bool),
    /// Sign in was selected.
    SignInAsked,
    /// Cancel was selected while the sign-in window is open.
    SignInDropped,
    /// The admin came back from the sign-in page with the Back button, without a response.
    ShownAgain,
    /// The page is no longer visible.
    Hidden,
    /// The idle check is due: number of the sign-in, and time.
    Looked(u32, Timestamp),
    /// The account with this object ID signed out in another tab.
    SignedOutElsewhere(String),
    /// The sign-in response was redeemed, or the sign-in failed.
    SignedIn(Rc<Result<SignedInUser, SignInRefused>>),
    /// Sign out was selected.
    SignedOut,
    /// Sign out was selected, with removal of the journals of finished runs.
    SignedOutAndTidied,
    /// Removal of the journals of finished runs was requested.
    TidyAsked,
    TenantRead(TenantId, Rc<Result<Tenant, Problem>>),
    SubscriptionsRead(TenantId, Rc<Result<Vec<Subscription>, Problem>>),
    ProvidersRead(SubscriptionId, Rc<Result<Providers, Problem>>),
    /// A new read was requested.
    ReadAgainAsked,
    /// The search for pairs ended: number of the read, and result.
    PairsFound(u32, Rc<Result<Found, Problem>>),
    /// A pair was selected.
    PairChosen(Pair),
    /// Set up another pair, although the tenant has one.
    AnotherWanted,
    /// The browser stores no journals; with the reason, if it cannot.
    NoJournals(Option<StorageError>),
    /// Copy was selected.
    CopyAsked {
        /// Element to select if the browser refuses the clipboard.
        id: String,
        text: String,
    },
    /// The copy succeeded, or the browser refused it.
    Copied(bool),
    /// A file download was requested.
    SaveAsked(File),
    /// The rejected draft was dismissed.
    RefusedDropped,
    /// Print was selected.
    PrintAsked,
    Review(ReviewMsg),
    Run(RunMsg),
    Pair(PairMsg),
    Plan(PlanMsg),
    Providers(ProvidersMsg),
    Evidence(EvidenceMsg),
}

impl Msg {
    /// The part that handles the message; `None` if it is always there.
    #[must_use]
    pub fn part(&self) -> Option<Part> {
        if let Self::Typed(entry, _) = self {
            return entry.part();
        }
        if let Self::Review(_) = self {
            return Some(Part::Review);
        }
        if let Self::Run(_) = self {
            return Some(Part::Run);
        }
        if let Self::Providers(_) = self {
            return Some(Part::Providers);
        }
        if let Self::Plan(_) = self {
            return Some(Part::Plan);
        }
        if let Self::Evidence(_) = self {
            return Some(Part::Evidence);
        }
        matches!(self, Self::Pair(_)).then_some(Part::Pair)
    }
}

/// Messages of the plan page.
#[derive(Clone, Copy, Debug)]
pub enum PlanMsg {
    /// The page was opened, perhaps with a link.
    Entered,
    /// The answers of the opened plan are to be used.
    Used,
    /// The answers from before are to be restored.
    TakenBack,
    /// The opened plan was closed.
    Closed,
}

/// Messages of the evidence page.
#[derive(Clone, Debug)]
pub enum EvidenceMsg {
    /// Save was selected.
    SaveAsked,
    /// The browser could not read the chosen file, or it is larger than any of this page's files.
    FileUnread,
}

/// Messages of the review.
#[derive(Clone, Debug)]
pub enum ReviewMsg {
    /// The objects for the plan were read.
    Observed {
        /// Number of the read.
        round: u32,
        now: Timestamp,
        read: Rc<Result<Observed, Problem>>,
    },
    /// "Open all" or "Close all" was selected above the requests.
    UnfoldToggled,
}

/// Messages of runs, their journals and the hand-over.
#[derive(Clone, Debug)]
pub enum RunMsg {
    /// Create was selected.
    Approved,
    /// A step changed its state.
    Progressed(Timestamp, Rc<Progress>),
    /// A second has passed.
    Ticked(Timestamp),
    /// Stop was selected.
    StopAsked,
    /// The run ended or did not begin, with its journal if only this page has it.
    RunEnded(Rc<RunOutcome>, Option<Rc<RecordedRun>>),
    /// The stored journals were read.
    JournalsRead(Rc<Vec<StoredRun>>, Option<StorageError>),
    /// "Verify and continue" was selected for a run.
    ResumeAsked(Uuid),
    /// "Undo what this run made" was selected for a run.
    UndoAsked(Uuid),
    /// The created objects of a run were looked up.
    FoundOut(Uuid, Rc<Result<Findings, StartError>>),
    /// Remove was selected.
    UndoApproved,
    /// A removal changed its state.
    UndoProgressed(usize, Rc<UndoStepState>),
    /// The undo ended or did not begin.
    UndoEnded(Rc<UndoOutcome>),
    /// The journal of the run was requested as a file.
    JournalAsked,
    /// A run is closed: its secret is saved, or the admin keeps what exists.
    CloseAsked(Uuid, End),
    /// Removal of unreadable records was requested.
    DiscardAsked(String),
    /// Copy was selected beside the secret.
    SecretCopyAsked,
    /// Show or Hide was selected beside the secret.
    SecretToggled,
    /// The time to mask the secret has come, for the showing with this number.
    MaskDue(u32),
    /// "I have saved it" was selected.
    SecretSaved,
    /// The result of another person's run was closed.
    ReceivedClosed,
}

/// Messages of the pair check.
#[derive(Clone, Debug)]
pub enum PairMsg {
    /// A search for pairs was requested.
    FindAsked,
    /// The two apps that the admin picked are to be checked.
    PickedChosen,
    Examined {
        /// Number of the read.
        round: u32,
        now: Timestamp,
        read: Rc<Result<Observed, Problem>>,
    },
    /// Every repair that only adds was selected.
    AllChosen,
    /// The repairs of the console's Update Application Settings were selected.
    UpdateChosen,
    /// The review of the selected repairs was requested.
    RepairsAsked,
    /// The hand-over of the pair as it is was requested.
    HandOverAsked,
    /// The review of this repair alone was requested.
    RepairAsked(Repair),
    /// The review of deleting the selected apps alone was requested.
    RetireAsked,
    /// The consumers of the pair were read: number of the read, and result.
    UsesRead(u32, Rc<Result<Consumers, Problem>>),
    /// The last sign-ins of the pair were requested.
    SignInsAsked,
    /// The last sign-ins of this pair were read.
    SignInsRead {
        server: AppId,
        client: Option<AppId>,
        read: Rc<Result<SignIns, Problem>>,
    },
}

/// Messages of the resource provider pages.
#[derive(Clone, Debug)]
pub enum ProvidersMsg {
    /// One of the pages was opened.
    Entered,
    /// A new read of the list was requested.
    ListAsked,
    /// Subscriptions were listed: number of the read, and some of them.
    Listed(u32, Rc<Vec<ListedSubscription>>),
    /// The list was read to its end.
    ListEnded(u32, Rc<Result<ListSummary, Problem>>),
    /// The account's tenants were read: number of the read, and the tenants.
    TenantsRead(u32, Rc<Result<Vec<AccountTenant>, Problem>>),
    /// Azure wants fewer reads until this time, or no longer: number of the read, and the time.
    ReadsThrottled(u32, Option<Timestamp>),
    /// A read of what the account may do was requested, for the shown or selected subscriptions.
    RightsAsked,
    /// Subscriptions were read: number of the read, and what was found.
    RowsRead(u32, Rc<Vec<RowRead>>),
    /// All requested subscriptions were read.
    RowsEnded(u32),
    /// The rows are to be sorted by this column.
    SortAsked(Column),
    /// The filters are to be shown or hidden.
    FiltersToggled,
    /// Every row is to be shown.
    FilterDropped,
    /// Something happened in the table.
    Grid(GridEvent),
    /// The row at this place of the table was selected or cleared.
    RowToggled(usize),
    /// All shown rows were selected, or cleared.
    ShownPicked(bool),
    /// The subscriptions with the typed IDs are to be selected.
    IdsPicked,
    /// The selection in this tenant was dropped.
    SelectionDropped(TenantId),
    /// A sign-in to this tenant was requested.
    TenantAsked((Cloud, TenantId)),
    /// The review of the selection was requested.
    ReviewAsked,
    /// Subscriptions in which the account has no right are to be left out of the plan.
    ForbiddenDropped,
    PlanGrid(GridEvent),
    /// Register was selected.
    Approved,
    /// Stop was selected.
    StopAsked,
    RunGrid(GridEvent),
    /// Time, until when Azure wants fewer requests, and what changed.
    Progressed(Timestamp, Option<Timestamp>, Rc<Vec<RegistrationChange>>),
    /// The registration ended or did not begin.
    RunEnded(Timestamp, Rc<ProviderRunState>),
    /// The results of the registration are to be written into the table.
    ResultsDue,
    /// The table was requested as a file.
    MatrixAsked,
    /// A file for other tools was requested.
    ExportAsked(ProviderExport),
    /// The review of what failed or was not sent was requested.
    RetryAsked,
    /// Another page of this browser registers in the tenant, so its records stay.
    DiscardRefused,
    /// The stored runs were read.
    RunsRead(Rc<StoredProviderRuns>),
    /// The review of what a stored run has left was requested.
    ResumeAsked(Uuid),
    /// Removal of the records of a run was requested.
    DiscardAsked(Uuid),
}

/// What was read of one subscription.
#[derive(Clone, Debug)]
pub struct RowRead {
    pub subscription: SubscriptionId,
    pub found: FoundInRow,
}

/// What one read found.
#[derive(Clone, Debug)]
pub enum FoundInRow {
    States(Result<ProviderStates, Problem>),
    Rights(Result<Vec<PermissionEntry>, Problem>),
}

/// A file to save.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    pub name: String,
    /// Media type.
    pub kind: &'static str,
    pub text: String,
}

/// What has to be done outside the model.
#[derive(Clone, Debug)]
pub enum Effect {
    ReadSite,
    /// Load a part of the program, and perform what waits for it.
    Load(Part),
    /// Request a part with low priority.
    Prefetch(Part),
    /// Store a text in session storage.
    Remember(&'static str, String),
    /// Remove a text from session storage.
    Forget(&'static str),
    /// Open the sign-in page.
    SignIn(Box<SignIn>),
    /// Request tokens from the embedding page.
    SignInByPortal(Box<EmbeddingSignIn>),
    /// Redeem the sign-in response.
    FinishSignIn {
        answer: Secret,
        /// The sign-in request, rebuilt from the stored draft.
        request: Box<SignIn>,
    },
    /// Discard the session, notify the other tabs, and go to Microsoft's sign-out page.
    SignOut {
        /// First delete the journals of finished runs.
        discards_finished: bool,
    },
    /// Discard the session on this page only.
    ForgetSession,
    /// Start the next idle check of the sign-in with this number.
    LookLater(u32),
    ReadTenant,
    ReadSubscriptions,
    ReadProviders(SubscriptionId),
    /// Look for stored journals, and read them.
    ReadJournals,
    /// Stop the run or undo.
    Stop,
    /// Send `Msg::Ticked` in a second.
    Tick,
    /// Show a page in the address bar.
    ShowPlace {
        place: Route,
        /// Title of the window.
        title: String,
        /// Adds a history entry.
        is_new: bool,
    },
    /// Show another title of the window.
    ShowTitle(String),
    /// Ask the browser whether the page may show notifications.
    AskToNotify,
    /// Show a notification if the page is hidden.
    Notify(&'static str),
    /// Show the page in this theme.
    ShowTheme(Theme),
    /// Load the sentences of a language.
    LoadLanguage(Locale),
    /// Show the page in this language.
    ShowLanguage(Locale),
    /// Move the focus to the page heading.
    FocusHeading,
    /// Move the focus to the page heading if the focused control was removed.
    FocusIfLost,
    /// Move the focus to this control, or to the heading if the page does not show it.
    FocusField(FieldId),
    /// Read the file chosen for this field.
    ReadFile(FieldId),
    /// Copy a text; if the browser refuses, select the element.
    Copy {
        id: String,
        text: String,
    },
    CopySecret(NewSecret),
    /// Write the secret into its field, or clear the field.
    FillSecret(Option<NewSecret>),
    /// Mask the secret later, if it is still the same showing.
    MaskLater(u32),
    /// Discard a sign-in that has started.
    AbandonSignIn,
    Save(File),
    /// Turn the browser's prompt before leaving the page on or off.
    AskBeforeLeaving(bool),
    FindPairs {
        /// Number of the read.
        round: u32,
        /// `uniqueName` values of a pair that this tool created.
        keys: [String; 2],
        /// Client IDs recorded in journals.
        recorded: Vec<AppId>,
        /// The pasted client ID.
        typed: Option<AppId>,
    },
    Print,
    /// Send an event to the embedding page.
    EmitToParent(ParentEvent),
    Review(ReviewEffect),
    Run(RunEffect),
    Pair(PairEffect),
    Providers(ProvidersEffect),
}

impl Effect {
    /// The part that performs the effect; `None` if it is always there.
    #[must_use]
    pub fn part(&self) -> Option<Part> {
        if let Self::Review(_) = self {
            return Some(Part::Review);
        }
        if let Self::Run(_) = self {
            return Some(Part::Run);
        }
        if let Self::Providers(_) = self {
            return Some(Part::Providers);
        }
        matches!(self, Self::Pair(_)).then_some(Part::Pair)
    }
}

/// Effects of the review.
#[derive(Clone, Debug)]
pub enum ReviewEffect {
    /// Read the objects for the plan.
    Observe {
        /// Number of the read.
        round: u32,
        desired: Box<Desired>,
    },
}

/// Effects of runs and their journals.
#[derive(Clone, Debug)]
pub enum RunEffect {
    /// Apply the approved plan.
    Apply(Box<RunRequest>),
    /// Read the stored journals, of which there are some.
    ReadStored(Option<StorageError>),
    /// Save the run's journal up to now as a file.
    SaveJournal,
    /// Record that the secret is saved and, if the run is complete, that it has ended.
    SecretSaved {
        /// Everything that the run was for exists.
        is_complete: bool,
    },
    /// Look up what a run created.
    FindOut(Box<RecordedRun>),
    /// Undo a run.
    Undo {
        recorded_run: Box<RecordedRun>,
        plan: Box<UndoPlan>,
        /// Where the journal is stored.
        keeping: JournalLocation,
    },
    /// Record that a run is closed.
    CloseRun(Box<RecordedRun>, End),
    /// Delete unreadable records.
    Discard(String),
    /// Delete the journals of finished runs.
    DiscardFinished,
}

/// Effects of the pair check.
#[derive(Clone, Debug)]
pub enum PairEffect {
    /// Read a pair.
    Examine {
        /// Number of the read.
        round: u32,
        desired: Box<Desired>,
    },
    /// Read the consumers of a pair's server app.
    ReadUses {
        /// Number of the read.
        round: u32,
        app: AppId,
        principal: ObjectId,
    },
    /// Read the last sign-ins of a pair.
    ReadSignIns {
        server: AppId,
        client: Option<AppId>,
    },
}

/// Effects of the resource provider pages.
#[derive(Clone, Debug)]
pub enum ProvidersEffect {
    /// Read the list of subscriptions.
    List {
        /// Number of the read.
        round: u32,
    },
    /// Read what is registered in subscriptions, or what the account may do there.
    ReadRows {
        /// Number of the read.
        round: u32,
        subscriptions: Vec<SubscriptionId>,
        kind: RowReadKind,
    },
    /// Register what is selected.
    Register {
        selection: Box<ProviderSelection>,
        /// The stored run that this one continues.
        replaces: Option<Uuid>,
    },
    /// Stop the registration.
    Stop,
    /// Send `ResultsDue` as a task of its own: with thousands of rows it takes as long as the drawing of the end.
    SendResultsDue,
    /// Read the stored runs.
    ReadRuns,
    /// Delete the records of a run, unless another page of this browser registers in its tenant. Records that cannot be read name none.
    Discard { run: Uuid, tenant: Option<TenantId> },
    /// Scroll the table so that this row is in sight: element ID, row, and number of rows.
    ShowRow(&'static str, usize, usize),
}

/// What to read of subscriptions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowReadKind {
    States,
    Rights,
}
