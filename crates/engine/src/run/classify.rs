//! Decides what follows the answer to a write: done, wait, look first, or fail.
//!
//! Pure: the same answer to the same write in the same context always has the same verdict. `perform` acts on it.

use crate::arm;
use crate::auth::account::Audience;
use crate::graph;
use crate::journal::Created;
use crate::net::ApiError;
use crate::net::ApiResponse;
use crate::net::Failure;
use crate::plan::reference::NamedIds;
use crate::plan::write::Write;
use domain::problem::Problem;
use domain::problem::ProblemKind;
use http::Method;
use uuid::Uuid;

/// Maximum number of resends of a write with an unknown outcome, each after two reads that found nothing.
const RESENDS: u32 = 2;

/// What a verdict depends on besides the write and the answer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'a> {
    /// Method of the request.
    pub method: &'a Method,
    /// The directory objects that the request names.
    pub named: &'a NamedIds,
    /// Object IDs and client IDs of objects that this run created or restored, which may not have replicated.
    pub fresh: &'a [Uuid],
    /// How often the request was sent. More than once, if a response was lost and the request was safe to retry.
    pub sends: u32,
    /// An earlier page may have sent the write.
    pub was_sent_before: bool,
    /// The object did not exist before the run.
    pub was_missing: bool,
    /// Number of resends after an unknown outcome so far.
    pub resends: u32,
}

/// What the run does next.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Verdict {
    /// The service carried out the write. Take what the response contains, then finish the step.
    Accepted {
        reply: ApiResponse,
        /// This run created the object.
        is_ours: bool,
    },
    /// The step is done. Record this result.
    Done { made: Option<Created> },
    /// The step is done, but its result is not visible yet. Without a record, undo looks for the object.
    DoneUnseen,
    /// The object to create already exists. Read it, then see `after_existing`.
    ReadExisting {
        /// This run created the object.
        is_ours: bool,
    },
    /// It is unknown whether the write was carried out. Look for its result, then see `after_lost`.
    LookFirst {
        /// The problem of the step if it fails.
        problem: Problem,
        /// The write may be sent again if nothing is found.
        may_resend: bool,
    },
    /// The write was not carried out, but can be soon. Wait, then send it again.
    Wait {
        /// The problem of the step after the maximum wait.
        problem: Problem,
    },
    /// The write was not carried out. Send it again.
    Resend,
    /// The step fails.
    Fail {
        problem: Problem,
        /// The write may have been carried out.
        is_unknown: bool,
    },
}

/// Decides what follows the answer to a write.
pub(crate) fn classify(
    write: &Write,
    answer: Result<ApiResponse, Failure>,
    context: &Context<'_>,
) -> Verdict {
    let failure = match answer {
        Ok(reply) => {
            // 201 proves that this request created it.
            let is_ours = reply.status == 201 || is_ours(context);
            return Verdict::Accepted { reply, is_ours };
        }
        Err(failure) => failure,
    };
    if let Failure::Refused(refusal) = &failure
        && write.audience() == Audience::Graph
        && let Some(verdict) = of_refusal(write, refusal, context)
    {
        return verdict;
    }
    let problem = problem(write, &failure);
    let is_unknown = failure.may_have_been_done();
    if is_unknown && write.needs_a_look() {
        // It is unknown whether the POST was carried out, so look for its result before sending it again.
        let may_resend = context.resends < RESENDS;
        Verdict::LookFirst {
            problem,
            may_resend,
        }
    } else {
        Verdict::Fail {
            problem,
            is_unknown,
        }
    }
}

/// The errors of Microsoft Graph after which the step does not fail. `None` for all others.
fn of_refusal(write: &Write, refusal: &ApiError, context: &Context<'_>) -> Option<Verdict> {
    // Already removed, by a request whose response was lost or by another client.
    if write.takes_away() && graph::errors::is_gone(refusal) {
        return Some(Verdict::Done { made: None });
    }
    if graph::errors::is_there_already(refusal) {
        let is_ours = is_ours(context);
        return Some(Verdict::ReadExisting { is_ours });
    }
    // Waits only for objects that this run has just created, and for concurrent writes to the same object. Any other missing object is an
    // error.
    let kind = if graph::errors::is_in_each_others_way(refusal) {
        ProblemKind::ConcurrentWrites
    } else if graph::errors::is_not_there_yet(refusal) && names_a_fresh_object(refusal, context) {
        ProblemKind::NotReplicated
    } else {
        return None;
    };
    let said = Some(crate::net::problem::said(refusal));
    let problem = Problem { kind, said };
    Some(Verdict::Wait { problem })
}

/// Decides what follows the read of an object that already existed. `found` is `None` if the read did not show it.
pub(crate) fn after_existing(
    found: Result<Option<Option<Created>>, Problem>,
    is_ours: bool,
) -> Verdict {
    match found {
        Ok(Some(made)) => Verdict::Done {
            made: made.filter(|_| is_ours),
        },
        // List reads are eventually consistent: treat as done. Undo looks for the object, because it has no record.
        Ok(None) if is_ours => Verdict::DoneUnseen,
        // Another client created it, and it is not visible yet whether it is as wanted.
        Ok(None) => Verdict::Wait {
            problem: Problem::new(ProblemKind::NotReplicated),
        },
        Err(problem) => Verdict::Fail {
            problem,
            is_unknown: is_ours,
        },
    }
}

/// Decides what follows the search for the result of a write with an unknown outcome. `found` is `None` if there is no result.
pub(crate) fn after_lost(
    found: Result<Option<Option<Created>>, Problem>,
    problem: Problem,
    may_resend: bool,
) -> Verdict {
    match found {
        Ok(Some(made)) => Verdict::Done { made },
        Ok(None) if may_resend => Verdict::Resend,
        Ok(None) => Verdict::Fail {
            problem,
            is_unknown: true,
        },
        Err(problem) => Verdict::Fail {
            problem,
            is_unknown: true,
        },
    }
}

/// True if an existing object belongs to this run: the write was sent before, or the object did not exist before the run and no other client
/// had a reason to create it since. A single attempt proves nothing, because a browser repeats requests on its own.
fn is_ours(context: &Context<'_>) -> bool {
    context.sends > 1 || context.was_sent_before || context.was_missing
}

/// True if the request names an object that this run created or restored, which may not have replicated.
///
/// A 404 to a change refers to the object in the URL. Any other error may refer to an object in the body.
fn names_a_fresh_object(refusal: &ApiError, context: &Context<'_>) -> bool {
    let NamedIds { in_url, in_body } = context.named;
    let is_by_address = refusal.status == 404 && context.method != Method::POST;
    let is_named = |id: &Uuid| in_url.contains(id) || !is_by_address && in_body.contains(id);
    context.fresh.iter().any(is_named)
}

fn problem(write: &Write, failure: &Failure) -> Problem {
    match write.audience() {
        Audience::Graph => graph::errors::problem(failure),
        Audience::Arm => arm::errors::problem(failure),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::MalformedResponse;
    use crate::net::SignInReason;
    use crate::plan::reference::IdRef;
    use crate::plan::samples::OBJECT;
    use crate::plan::samples::all_ids;
    use crate::plan::samples::client_settings;
    use crate::plan::samples::created;
    use crate::plan::samples::grant;
    use crate::plan::samples::id;
    use crate::plan::samples::place;
    use crate::plan::samples::role;
    use crate::plan::samples::setting;
    use crate::plan::samples::writes;
    use crate::plan::write::Adds;
    use crate::plan::write::CompleteRequest;
    use domain::platform::NoAnswer;

    /// All IDs that the run can have created or restored.
    fn all_fresh() -> Vec<Uuid> {
        let mut fresh = IdRef::ALL.map(created).to_vec();
        fresh.push(id(OBJECT));
        fresh
    }

    fn request(write: &Write) -> CompleteRequest {
        write.request(&setting(), &all_ids()).unwrap()
    }

    fn context<'a>(sent: &'a CompleteRequest, fresh: &'a [Uuid]) -> Context<'a> {
        Context {
            method: &sent.request.method,
            named: &sent.named,
            fresh,
            sends: 1,
            was_sent_before: false,
            was_missing: false,
            resends: 0,
        }
    }

    fn reply(status: u16) -> Result<ApiResponse, Failure> {
        Ok(ApiResponse {
            status,
            body: serde_json::Value::Null,
            request_id: None,
            location: None,
            retry_after: None,
            is_cut: false,
        })
    }

    fn refused(status: u16, code: &str, message: &str) -> Result<ApiResponse, Failure> {
        Err(Failure::Refused(Box::new(ApiError {
            status,
            code: code.to_owned(),
            message: message.to_owned(),
            ..Default::default()
        })))
    }

    fn unexpected(status: u16, why: MalformedResponse) -> Result<ApiResponse, Failure> {
        Err(Failure::Unexpected { status, why })
    }

    fn no_answer(no_answer: NoAnswer) -> Result<ApiResponse, Failure> {
        Err(Failure::Unknown { no_answer })
    }

    /// The letter of a verdict in the table.
    fn letter(verdict: &Verdict) -> char {
        match verdict {
            Verdict::Accepted { is_ours: false, .. } => 'a',
            Verdict::Accepted { is_ours: true, .. } => 'A',
            Verdict::Done { made: None } => 'd',
            Verdict::ReadExisting { is_ours: false } => 'r',
            Verdict::ReadExisting { is_ours: true } => 'R',
            Verdict::LookFirst {
                may_resend: true, ..
            } => 'l',
            Verdict::LookFirst {
                may_resend: false, ..
            } => 'L',
            Verdict::Wait { problem } if problem.kind == ProblemKind::NotReplicated => 'w',
            Verdict::Wait { problem } if problem.kind == ProblemKind::ConcurrentWrites => 'c',
            Verdict::Fail {
                is_unknown: false, ..
            } => 'f',
            Verdict::Fail {
                is_unknown: true, ..
            } => 'u',
            Verdict::Done { made: Some(_) }
            | Verdict::DoneUnseen
            | Verdict::Resend
            | Verdict::Wait { .. } => '?',
        }
    }

    const NOT_FOUND: &str = "Request_ResourceNotFound";
    const BAD: &str = "Request_BadRequest";
    const DENIED: &str = "Authorization_RequestDenied";
    const THERE: &str = "Permission entry already exists.";
    const NO_APPLICATION: &str = "The appId does not reference a valid application object.";
    const BACKING: &str = "When using this permission, the backing application of the service principal being created must in the local tenant";

    const OWN: bool = true;
    const FOREIGN: bool = false;

    type Row = (Result<ApiResponse, Failure>, bool, &'static str);

    /// One row for each answer: the answer, whether the run created the objects that the request names, and the verdicts as `letter`s.
    ///
    /// One column for each kind of write: `Upsert`, `Principal` | `Patch`, `SetUri`, `ClientSettings`, `WidenGrant`, `Access` | `Grant`,
    /// `Role`, `Secret`, `Restore`, `RestorePrincipal` | `Revoke`, `RemoveSecret`, `Delete` | `Register`.
    #[rustfmt::skip]
    fn table() -> Vec<Row> {
        vec![
            (reply(201), FOREIGN, "AA AAAAA AAAAA AAA A"),
            (reply(200), FOREIGN, "aa aaaaa aaaaa aaa a"),
            (reply(204), FOREIGN, "aa aaaaa aaaaa aaa a"),
            // Neither the key of an upsert nor the ID of a grant names an object. What is to be removed is gone.
            (refused(404, NOT_FOUND, ""), OWN, "fw wwwfw wwwww ddd f"),
            (refused(404, NOT_FOUND, ""), FOREIGN, "ff fffff fffff ddd f"),
            (refused(404, "SomethingNew", ""), OWN, "ff fffff fffff ddd f"),
            (refused(400, BAD, NO_APPLICATION), OWN, "fw wwwfw wwwww www f"),
            (refused(400, BAD, NO_APPLICATION), FOREIGN, "ff fffff fffff fff f"),
            (refused(400, BAD, "Something new."), OWN, "ff fffff fffff fff f"),
            (refused(400, BAD, "No password credential found"), OWN, "ff fffff fffff ddd f"),
            (refused(403, DENIED, BACKING), OWN, "fw wwwfw wwwww www f"),
            (refused(403, DENIED, BACKING), FOREIGN, "ff fffff fffff fff f"),
            (refused(403, DENIED, "Insufficient privileges"), OWN, "ff fffff fffff fff f"),
            (refused(401, "InvalidAuthenticationToken", ""), OWN, "ff fffff fffff fff f"),
            (refused(409, "Directory_ConcurrencyViolation", ""), FOREIGN, "cc ccccc ccccc ccc f"),
            (refused(409, "SomethingNew", ""), OWN, "ff fffff fffff fff f"),
            (refused(400, BAD, THERE), FOREIGN, "rr rrrrr rrrrr rrr f"),
            (refused(409, BAD, THERE), OWN, "rr rrrrr rrrrr rrr f"),
            (refused(403, BAD, THERE), OWN, "ff fffff fffff fff f"),
            // The sender already repeats keyed writes. The others are looked up before they are sent again.
            (no_answer(NoAnswer::Lost), FOREIGN, "uu uuuuu lllll uuu u"),
            (no_answer(NoAnswer::TimedOut), FOREIGN, "uu uuuuu lllll uuu u"),
            (no_answer(NoAnswer::Cut { status: 201 }), FOREIGN, "uu uuuuu lllll uuu u"),
            (Err(Failure::Server(Box::default())), OWN, "uu uuuuu lllll uuu u"),
            (unexpected(200, MalformedResponse::BadJson), FOREIGN, "uu uuuuu lllll uuu u"),
            (unexpected(502, MalformedResponse::NotJson), FOREIGN, "uu uuuuu lllll uuu u"),
            (unexpected(404, MalformedResponse::NotJson), OWN, "ff fffff fffff fff f"),
            (unexpected(302, MalformedResponse::Status), OWN, "ff fffff fffff fff f"),
            (Err(Failure::Throttled { wait: None }), OWN, "ff fffff fffff fff f"),
            (Err(Failure::NotSent), OWN, "ff fffff fffff fff f"),
            (Err(Failure::NoToken), OWN, "ff fffff fffff fff f"),
            (Err(Failure::Cancelled), OWN, "ff fffff fffff fff f"),
            (Err(Failure::SignInNeeded { why: SignInReason::Expired }), OWN, "ff fffff fffff fff f"),
            (Err(Failure::ForeignHost { host: String::new() }), OWN, "ff fffff fffff fff f"),
        ]
    }

    #[test]
    fn every_answer_to_every_write_has_its_verdict() {
        let places: Vec<usize> = writes().iter().map(place).collect();
        assert_eq!(places, (0..16).collect::<Vec<_>>());
        for (answer, is_own, expected) in table() {
            let fresh = if is_own { all_fresh() } else { Vec::new() };
            let verdict = |write: &Write| {
                let request = request(write);
                letter(&classify(write, answer.clone(), &context(&request, &fresh)))
            };
            let mut row: Vec<char> = writes().iter().map(verdict).collect();
            for gap in [15, 12, 7, 2] {
                row.insert(gap, ' ');
            }
            let row: String = row.into_iter().collect();
            assert_eq!(row, expected, "{answer:?}, own objects: {is_own}");
        }
    }

    /// A 404 to a change is about the object in the URL, any other error may be about an object in the body.
    #[test]
    fn a_fresh_object_counts_only_where_the_error_can_mean_it() {
        let (url, body) = ([created(IdRef::ClientObject)], [created(IdRef::ServerApp)]);
        for (write, fresh, of_404, of_400) in [
            (client_settings(Adds::ALL), url, 'w', 'w'),
            (client_settings(Adds::ALL), body, 'f', 'w'),
            (client_settings(Adds::ALL), [id(99)], 'f', 'f'),
            (grant(), [created(IdRef::ClientPrincipal)], 'w', 'w'),
            (grant(), [created(IdRef::ServerPrincipal)], 'w', 'w'),
            (grant(), [created(IdRef::GraphPrincipal)], 'f', 'f'),
            (role(), [created(IdRef::GraphPrincipal)], 'w', 'w'),
            (role(), [created(IdRef::ServerPrincipal)], 'w', 'w'),
        ] {
            let request = request(&write);
            let context = context(&request, &fresh);
            let verdict = |answer| letter(&classify(&write, answer, &context));
            let expected = (of_404, of_400);
            let got = (
                verdict(refused(404, NOT_FOUND, "")),
                verdict(refused(400, BAD, NO_APPLICATION)),
            );
            assert_eq!(got, expected, "{write:?} {fresh:?}");
        }
    }

    #[test]
    fn an_object_is_ours_only_with_a_proof() {
        let (write, request) = (grant(), request(&grant()));
        let none = context(&request, &[]);
        for (context, status, of_reply, of_existing) in [
            (none, 200, 'a', 'r'),
            (none, 201, 'A', 'r'),
            (Context { sends: 2, ..none }, 200, 'A', 'R'),
            (
                Context {
                    was_sent_before: true,
                    ..none
                },
                200,
                'A',
                'R',
            ),
            (
                Context {
                    was_missing: true,
                    ..none
                },
                200,
                'A',
                'R',
            ),
            // A resend follows two reads that found nothing, which is no proof.
            (Context { resends: 2, ..none }, 200, 'a', 'r'),
        ] {
            let verdict = |answer| letter(&classify(&write, answer, &context));
            let got = (verdict(reply(status)), verdict(refused(400, BAD, THERE)));
            assert_eq!(got, (of_reply, of_existing), "{context:?}");
        }
    }

    #[test]
    fn a_write_with_an_unknown_outcome_is_sent_at_most_three_times() {
        let request = request(&grant());
        let verdicts = [0, 1, 2].map(|resends| {
            let context = Context {
                resends,
                ..context(&request, &[])
            };
            letter(&classify(&grant(), no_answer(NoAnswer::Lost), &context))
        });
        assert_eq!(verdicts, ['l', 'l', 'L']);
    }

    #[test]
    fn a_step_fails_with_the_problem_of_its_own_service() {
        let kind = |write: &Write, answer| {
            let verdict = classify(write, answer, &context(&request(write), &[]));
            let (Verdict::Fail { problem, .. } | Verdict::LookFirst { problem, .. }) = verdict
            else {
                panic!("a failure");
            };
            problem.kind
        };
        let [.., register] = writes();
        let forbidden = || refused(403, "AuthorizationFailed", "");
        assert_eq!(kind(&register, forbidden()), ProblemKind::RegisterForbidden);
        assert_eq!(kind(&grant(), forbidden()), ProblemKind::Refused);
        assert_eq!(
            kind(&grant(), refused(404, NOT_FOUND, "")),
            ProblemKind::Gone
        );
        assert_eq!(
            kind(&grant(), refused(403, DENIED, "Insufficient privileges")),
            ProblemKind::RoleMissing
        );
        assert_eq!(
            kind(&grant(), no_answer(NoAnswer::TimedOut)),
            crate::net::problem::of(&Failure::Unknown {
                no_answer: NoAnswer::TimedOut
            })
            .kind
        );
    }

    #[test]
    fn a_wait_ends_with_the_words_of_the_service() {
        let [_, principal, ..] = writes();
        let request = request(&principal);
        let answer = refused(404, NOT_FOUND, "Resource does not exist.");
        let Verdict::Wait { problem } =
            classify(&principal, answer, &context(&request, &all_fresh()))
        else {
            panic!("a wait");
        };
        let said = problem.said.unwrap();
        assert_eq!((said.status, said.code.as_str()), (404, NOT_FOUND));
        assert_eq!(said.message, "Resource does not exist.");
    }

    #[test]
    fn what_was_read_of_an_existing_object_decides() {
        let made = Created::Grant {
            id: "grant".to_owned(),
        };
        let failed = Problem::new(ProblemKind::ChangedSinceReview);
        for (found, is_ours, verdict) in [
            (
                Ok(Some(Some(made.clone()))),
                true,
                Verdict::Done {
                    made: Some(made.clone()),
                },
            ),
            // Undo must not remove what another client created.
            (Ok(Some(Some(made))), false, Verdict::Done { made: None }),
            (Ok(Some(None)), true, Verdict::Done { made: None }),
            (Ok(None), true, Verdict::DoneUnseen),
            (
                Ok(None),
                false,
                Verdict::Wait {
                    problem: Problem::new(ProblemKind::NotReplicated),
                },
            ),
            (
                Err(failed.clone()),
                true,
                Verdict::Fail {
                    problem: failed.clone(),
                    is_unknown: true,
                },
            ),
            (
                Err(failed.clone()),
                false,
                Verdict::Fail {
                    problem: failed,
                    is_unknown: false,
                },
            ),
        ] {
            assert_eq!(after_existing(found, is_ours), verdict);
        }
    }

    #[test]
    fn what_was_found_of_a_lost_write_decides() {
        let made = Created::Grant {
            id: "grant".to_owned(),
        };
        let lost = Problem::new(ProblemKind::Gone);
        let unread = Problem::new(ProblemKind::ChangedSinceReview);
        let fail = |problem: &Problem| Verdict::Fail {
            problem: problem.clone(),
            is_unknown: true,
        };
        for (found, may_resend, verdict) in [
            (
                Ok(Some(Some(made.clone()))),
                true,
                Verdict::Done {
                    made: Some(made.clone()),
                },
            ),
            (
                Ok(Some(Some(made.clone()))),
                false,
                Verdict::Done { made: Some(made) },
            ),
            (Ok(Some(None)), true, Verdict::Done { made: None }),
            (Ok(None), true, Verdict::Resend),
            (Ok(None), false, fail(&lost)),
            (Err(unread.clone()), true, fail(&unread)),
            (Err(unread.clone()), false, fail(&unread)),
        ] {
            assert_eq!(after_lost(found, lost.clone(), may_resend), verdict);
        }
    }
}
