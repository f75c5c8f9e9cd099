//! What runs and their journals do outside the model.

use std::rc::Rc;

use crate::ui::effects::Effects;
use crate::ui::msg::Effect;
use crate::ui::msg::Msg;
use crate::ui::msg::RunEffect;
use crate::ui::msg::RunMsg;
use crate::ui::runs;
use crate::ui::storage;
use domain::platform::Pending;
use domain::platform::StorageError;
use engine::journal;
use engine::journal::End;
use engine::journal::Event;
use engine::journal::Journal;
use engine::journal::JournalLocation;
use engine::journal::RecordedRun;
use engine::run;
use engine::run::prepare;
use engine::run::request::RunRequest;
use engine::undo;
use engine::undo::UndoPlan;
use engine::undo::UndoStepState;
use engine::undo::execute;

/// Performs an effect of a run to its end.
pub(in crate::ui) fn perform(effects: Rc<Effects>, effect: Effect) -> Pending<'static, ()> {
    Box::pin(async move {
        if let Effect::Run(effect) = effect {
            effects.perform_run(effect).await;
        }
    })
}

impl Effects {
    async fn perform_run(self: &Rc<Self>, effect: RunEffect) {
        match effect {
            RunEffect::Apply(order) => self.apply(*order).await,
            RunEffect::ReadStored(trouble) => self.read_stored(trouble).await,
            RunEffect::SaveJournal => {
                if let Some(recorded_run) = self.journal.borrow().recorded_run() {
                    let file = runs::file::file(&recorded_run);
                    self.screen.save(&file.name, file.kind, &file.text);
                }
            }
            RunEffect::SecretSaved { is_complete } => {
                let journal = Rc::clone(&self.journal.borrow());
                // One record, because the window may be closed at once. `End::Complete` implies that the secret is saved.
                let event = if is_complete {
                    Event::Ended { how: End::Complete }
                } else {
                    Event::SecretSaved
                };
                // If the write fails, the run is listed again and asks once more whether the secret is saved.
                let _ = journal.write(event).await;
                self.lock.take();
                self.read_journals().await;
            }
            RunEffect::FindOut(recorded_run) => self.find_out(&recorded_run).await,
            RunEffect::Undo {
                recorded_run,
                plan,
                keeping,
            } => self.undo(*recorded_run, *plan, keeping).await,
            RunEffect::CloseRun(recorded_run, how) => {
                let journal = Journal::new(Rc::clone(&self.world));
                // If the write fails, the run stays open and is listed again.
                let _ = journal
                    .open(
                        Some(*recorded_run),
                        JournalLocation::Store,
                        Event::Ended { how },
                    )
                    .await;
                self.read_journals().await;
            }
            RunEffect::Discard(run) => {
                // If the delete fails, the records are listed again.
                let _ = journal::discard(self.world.as_ref(), &run).await;
                self.read_journals().await;
            }
            RunEffect::DiscardFinished => self.discard_finished().await,
        }
    }

    async fn apply(self: &Rc<Self>, order: RunRequest) {
        let Some(session) = self.session() else {
            return;
        };
        let cancel = self.fresh_cancel();
        let (world, send) = (Rc::clone(&self.world), self.send.clone());
        let journal = Rc::new(Journal::new(Rc::clone(&self.world)));
        let keeping = order.keeping;
        let before = self.journal.replace(Rc::clone(&journal));
        // The run takes the lock again.
        let had_lock = self.lock.take().is_some();
        let so_far = Rc::clone(&journal);
        let on_progress = move |progress: &run::Progress| {
            // Session storage is the fallback without IndexedDB: it survives a crash of the page, though not of the browser.
            if keeping == JournalLocation::File
                && let Some(recorded_run) = so_far.recorded_run()
            {
                let _ = world.session_set(storage::JOURNAL, &recorded_run.text());
            }
            send.emit(Msg::Run(RunMsg::Progressed(
                world.now(),
                Rc::new(progress.clone()),
            )));
        };
        let mut outcome = run::run(
            Rc::clone(&self.world),
            session,
            order,
            Rc::clone(&journal),
            Rc::new(on_progress),
            cancel,
        )
        .await;
        // A run that did not begin has no journal: the secret on the page belongs to the run before it.
        if outcome.stop.is_some() {
            self.journal.replace(before);
        }
        match outcome.lock.take() {
            None if had_lock => self.lock_again().await,
            lock => {
                self.lock.replace(lock);
            }
        }
        let file = match keeping {
            JournalLocation::File => journal.recorded_run().map(Rc::new),
            JournalLocation::Store => None,
        };
        self.read_journals().await;
        self.emit(Msg::Run(RunMsg::RunEnded(Rc::new(outcome), file)));
    }

    /// Takes the tenant lock again: the secret on this page is still not saved.
    async fn lock_again(&self) {
        if let Some(session) = self.session() {
            let lock = prepare::lock_tenant(&self.world, &session).await;
            self.lock.replace(lock.ok().flatten().map(Rc::new));
        }
    }

    async fn find_out(&self, recorded_run: &RecordedRun) {
        let Some(session) = self.session() else {
            return;
        };
        let cancel = self.fresh_cancel();
        let found = undo::find_out(&self.world, &session, recorded_run, &cancel).await;
        self.emit(Msg::Run(RunMsg::FoundOut(recorded_run.run, Rc::new(found))));
    }

    async fn undo(
        self: &Rc<Self>,
        recorded_run: RecordedRun,
        plan: UndoPlan,
        keeping: JournalLocation,
    ) {
        let Some(session) = self.session() else {
            return;
        };
        let cancel = self.fresh_cancel();
        let send = self.send.clone();
        let on_progress = move |place: usize, state: &UndoStepState| {
            send.emit(Msg::Run(RunMsg::UndoProgressed(
                place,
                Rc::new(state.clone()),
            )));
        };
        let had_lock = self.lock.take().is_some();
        let undone = execute::run(
            Rc::clone(&self.world),
            session,
            recorded_run,
            plan,
            keeping,
            Rc::new(on_progress),
            cancel,
        )
        .await;
        if had_lock && !undone.is_complete() {
            self.lock_again().await;
        }
        self.read_journals().await;
        self.emit(Msg::Run(RunMsg::UndoEnded(Rc::new(undone))));
    }

    async fn discard_finished(self: &Rc<Self>) {
        let world = self.world.as_ref();
        // If the delete fails, the runs are listed again.
        let stored = journal::stored(world).await.unwrap_or_default();
        journal::tidied(world, stored, None).await;
        self.read_journals().await;
    }

    /// Reads the stored journals, and removes those of runs that ended long ago.
    async fn read_stored(&self, trouble: Option<StorageError>) {
        let world = self.world.as_ref();
        let stored = journal::stored(world).await.unwrap_or_default();
        let before = world.now().checked_sub(journal::KEPT).ok();
        let stored = match before {
            Some(_) => journal::tidied(world, stored, before).await,
            None => stored,
        };
        self.emit(Msg::Run(RunMsg::JournalsRead(Rc::new(stored), trouble)));
    }
}
