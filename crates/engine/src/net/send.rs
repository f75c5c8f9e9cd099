//! Sends a request: host check, waits, retries, and request log, in this order.
//!
//! `retry` decides whether and when to retry, `host` where a request may go, and `answer` reads the response. This file combines them.

use std::pin::pin;
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::Either;
use futures_util::future::select;
use http::HeaderValue;
use http::StatusCode;
use http::header::ACCEPT;
use http::header::AUTHORIZATION;
use http::header::CONTENT_TYPE;
use uuid::Uuid;

use crate::net::ApiRequest;
use crate::net::ApiResponse;
use crate::net::Authorization;
use crate::net::Body;
use crate::net::Failure;
use crate::net::Net;
use crate::net::NetEvent;
use crate::net::Observer;
use crate::net::RetryPolicy;
use crate::net::WaitReason;
use crate::net::answer;
use crate::net::host;
use crate::net::ledger;
use crate::net::ledger::Entry;
use crate::net::paging;
use crate::net::retry;
use crate::net::retry::RetryDecision;
use domain::platform::HttpRequest;
use domain::platform::HttpResponse;
use domain::platform::NoAnswer;

impl Net {
    /// Sends a call, waits and retries as far as this is safe, and reads the response.
    pub async fn send(
        &self,
        call: &ApiRequest,
        pass: &Authorization,
        watch: &Observer,
    ) -> Result<ApiResponse, Failure> {
        if !host::is_on(&call.url, pass.host) {
            return Err(Failure::ForeignHost {
                host: host::shown(&call.url),
            });
        }
        let step = call.step.unwrap_or_else(|| self.world.fresh_guid());
        let request = request(call, pass, step).map_err(|_| Failure::NotSent)?;
        let response = self
            .deliver(&request, pass.host, call.repeat, step, watch)
            .await?;
        answer::read(response, self.world.now())
    }

    /// Sends a complete request to one host until a response of any status is final. Used by `send` and for the token endpoint.
    pub async fn deliver(
        &self,
        request: &HttpRequest,
        host: &'static str,
        repeat: RetryPolicy,
        step: Uuid,
        watch: &Observer,
    ) -> Result<HttpResponse, Failure> {
        if !host::is_on(&request.uri().to_string(), host) {
            return Err(Failure::ForeignHost {
                host: host::shown(&request.uri().to_string()),
            });
        }
        // An ID from a service could be `..`, which the browser resolves to another path.
        if paging::climbs(&request.uri().to_string()) {
            return Err(Failure::NotSent);
        }
        let mut patience = RetryBudget::default();
        let mut failures = 0;
        // Set after a write was sent without a clear result: a later failure must not be reported as "not carried out".
        let mut doubt = None;
        let given_up = |failure, doubt: Option<NoAnswer>| match doubt {
            Some(no_answer) if !request.method().is_safe() => Failure::Unknown { no_answer },
            Some(_) | None => failure,
        };
        let mut attempt = 0;
        let gate = retry::budget(host, request.uri().path());
        loop {
            attempt += 1;
            let passed = match self.be_online(watch).await {
                Ok(()) => self.pass_gate(&gate, &mut patience, watch).await,
                Err(failure) => Err(failure),
            };
            if let Err(failure) = passed {
                return Err(given_up(failure, doubt));
            }
            watch.emit(NetEvent::Sending { attempt });
            let outcome = self.exchange(request, attempt, step, watch).await;
            let (verdict, asked) = match &outcome {
                Ok(response) => {
                    let verdict = retry::after_status(response.status().as_u16(), repeat, failures);
                    let asked = retry::asked(response.headers(), self.world.now());
                    let is_throttled = response.status() == StatusCode::TOO_MANY_REQUESTS;
                    let told = || is_throttled.then(|| retry::told(response.body())).flatten();
                    (verdict, asked.or_else(told))
                }
                Err(no_answer) => (retry::after_silence(*no_answer, repeat, failures), None),
            };
            let RetryDecision::Again(why) = verdict else {
                return outcome.map_err(|no_answer| match no_answer {
                    NoAnswer::NotSent => given_up(Failure::NotSent, doubt),
                    NoAnswer::Lost | NoAnswer::TimedOut | NoAnswer::Cut { .. } => {
                        Failure::Unknown { no_answer }
                    }
                });
            };
            let wait = asked.unwrap_or_else(|| retry::own(failures, self.jitter()));
            failures += 1;
            match (why, &outcome) {
                (WaitReason::Throttled, _) => {}
                (WaitReason::Server | WaitReason::Lost, Ok(_)) => doubt = Some(NoAnswer::Lost),
                (WaitReason::Server | WaitReason::Lost, Err(no_answer)) => doubt = Some(*no_answer),
            }
            if why == WaitReason::Throttled || asked.is_some() {
                // The service throttles the page, not this request, so all requests on the same budget wait.
                self.shut_gate(&gate, wait);
                if !patience.has(wait) {
                    return match why {
                        WaitReason::Throttled => {
                            Err(given_up(Failure::Throttled { wait: asked }, doubt))
                        }
                        WaitReason::Server | WaitReason::Lost => {
                            outcome.map_err(|no_answer| Failure::Unknown { no_answer })
                        }
                    };
                }
            } else if let Err(failure) = self.wait(wait, why, &mut patience, watch).await {
                return Err(given_up(failure, doubt));
            }
        }
    }

    /// Sends the request once and logs it. An error status stays valid even if the body is lost.
    async fn exchange(
        &self,
        request: &HttpRequest,
        attempt: u32,
        step: Uuid,
        watch: &Observer,
    ) -> Result<HttpResponse, NoAnswer> {
        let at = self.world.now();
        let left = self.world.elapsed();
        let outcome = match self.world.send(request.clone()).await {
            Err(NoAnswer::Cut { status }) if status >= 400 => http::Response::builder()
                .status(status)
                .body(Vec::new())
                .map_err(|_| NoAnswer::Cut { status }),
            outcome => outcome,
        };
        let entry = Entry {
            at,
            method: request.method().to_string(),
            url: ledger::redacted(&request.uri().to_string()),
            attempt,
            outcome: outcome
                .as_ref()
                .map(|response| response.status().as_u16())
                .map_err(|no_answer| *no_answer),
            took: self.world.elapsed().saturating_sub(left),
            step,
            request_id: outcome
                .as_ref()
                .ok()
                .and_then(|response| answer::request_id(response.headers())),
        };
        self.ledger.note(entry.clone());
        watch.emit(NetEvent::Exchanged(Box::new(entry)));
        outcome
    }

    /// Waits while the browser reports that it is offline. This time does not count toward the retry limit, because the network causes it.
    async fn be_online(&self, watch: &Observer) -> Result<(), Failure> {
        let mut online = self.world.until_online();
        if (&mut online).now_or_never().is_some() {
            return Ok(());
        }
        watch.emit(NetEvent::Offline);
        let pressed = pin!(watch.cancel.cancelled());
        match select(online, pressed).await {
            Either::Left(((), _)) => Ok(()),
            Either::Right(((), _)) => Err(Failure::Cancelled),
        }
    }

    /// Waits until the throttling limit allows requests again.
    async fn pass_gate(
        &self,
        gate: &str,
        patience: &mut RetryBudget,
        watch: &Observer,
    ) -> Result<(), Failure> {
        loop {
            if watch.cancel.is_cancelled() {
                return Err(Failure::Cancelled);
            }
            let until = self.gates.borrow().get(gate).copied().unwrap_or_default();
            let wait = until.saturating_sub(self.world.elapsed());
            if wait.is_zero() {
                return Ok(());
            }
            if !patience.has(wait) {
                return Err(Failure::Throttled { wait: Some(wait) });
            }
            self.wait(wait, WaitReason::Throttled, patience, watch)
                .await?;
        }
    }

    fn shut_gate(&self, gate: &str, wait: Duration) {
        let until = self.world.elapsed().saturating_add(wait);
        let mut gates = self.gates.borrow_mut();
        let known = gates.entry(gate.to_owned()).or_default();
        *known = until.max(*known);
    }

    async fn wait(
        &self,
        wait: Duration,
        why: WaitReason,
        patience: &mut RetryBudget,
        watch: &Observer,
    ) -> Result<(), Failure> {
        patience.spend(wait);
        watch.emit(NetEvent::Waiting { wait, why });
        let pressed = pin!(watch.cancel.cancelled());
        match select(self.world.sleep(wait), pressed).await {
            Either::Left(((), _)) => Ok(()),
            Either::Right(((), _)) => Err(Failure::Cancelled),
        }
    }

    fn jitter(&self) -> u8 {
        let mut byte = [127];
        // Without random numbers, the waits only lack jitter.
        let _ = self.world.random_bytes(&mut byte);
        byte[0]
    }
}

/// Total wait time of one request.
#[derive(Default)]
struct RetryBudget {
    spent: Duration,
}

impl RetryBudget {
    fn has(&self, wait: Duration) -> bool {
        self.spent.saturating_add(wait) <= retry::PATIENCE
    }

    fn spend(&mut self, wait: Duration) {
        self.spent = self.spent.saturating_add(wait);
    }
}

/// Builds the HTTP request with its token.
fn request(call: &ApiRequest, pass: &Authorization, step: Uuid) -> http::Result<HttpRequest> {
    let mut authorization = HeaderValue::from_str(pass.authorization.expose())?;
    authorization.set_sensitive(true);
    let mut builder = http::Request::builder()
        .method(call.method.clone())
        .uri(&call.url)
        .header(ACCEPT, "application/json")
        .header(AUTHORIZATION, authorization)
        .header(&pass.step_header, step.to_string());
    for (name, value) in &call.headers {
        builder = builder.header(name, value);
    }
    match &call.body {
        Body::Empty => builder.body(Vec::new()),
        Body::Json(value) => builder
            .header(CONTENT_TYPE, "application/json")
            .body(value.to_string().into_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use std::cell::Cell;
    use std::cell::RefCell;
    use std::rc::Rc;

    use futures_executor::block_on;
    use futures_util::future::join;
    use serde_json::json;

    use crate::net::cancel::CancellationToken;
    use crate::net::script::Script;
    use crate::net::script::answer;
    use domain::platform::Platform as _;
    use domain::secret::Secret;

    const URL: &str = "https://graph.microsoft.com/v1.0/applications";

    fn pass() -> Authorization {
        Authorization {
            host: "graph.microsoft.com",
            step_header: crate::net::headers::CLIENT_REQUEST_ID,
            authorization: Secret::new("Bearer token-1".to_owned()),
        }
    }

    #[test]
    fn a_url_with_dot_segments_is_not_sent() {
        for id in ["..", ".", "%2E%2e", "..?x", "./x"] {
            let script = Script::empty();
            let url = format!("https://graph.microsoft.com/v1.0/oauth2PermissionGrants/{id}");
            let call = ApiRequest::new(
                http::Method::DELETE,
                url,
                Body::Empty,
                RetryPolicy::Harmless,
            );
            assert_eq!(sent(&script, &call).0, Err(Failure::NotSent), "{id}");
        }
    }

    /// Sends one call with scripted responses. Returns the result and the waits in seconds.
    fn sent(script: &Rc<Script>, call: &ApiRequest) -> (Result<ApiResponse, Failure>, Vec<f32>) {
        let waits = Rc::new(RefCell::new(Vec::new()));
        let seen = Rc::clone(&waits);
        let watch = Observer::new(move |event| {
            if let NetEvent::Waiting { wait, .. } = event {
                seen.borrow_mut().push(wait.as_secs_f32());
            }
        });
        let net = Net::new(script.clone());
        let outcome = block_on(net.send(call, &pass(), &watch));
        (outcome, waits.take())
    }

    fn get() -> ApiRequest {
        ApiRequest::get(URL.to_owned())
    }

    fn post() -> ApiRequest {
        ApiRequest::new(
            http::Method::POST,
            URL.to_owned(),
            Body::Json(json!({"displayName": "x"})),
            RetryPolicy::OnlyIfRefused,
        )
    }

    fn ok() -> Result<HttpResponse, NoAnswer> {
        answer(200, &[("request-id", "r-1")], json!({"id": "1"}))
    }

    #[test]
    fn a_request_has_its_token_and_request_id() {
        let script = Script::of(vec![answer(201, &[("location", "/x")], json!({}))]);
        let (outcome, _) = sent(
            &script,
            &post().header(crate::net::headers::PREFER, "return=minimal"),
        );
        assert_eq!(outcome.unwrap().location.as_deref(), Some("/x"));
        let requests = script.requests();
        let headers = requests[0].headers();
        assert_eq!(headers["authorization"], "Bearer token-1");
        assert!(headers["authorization"].is_sensitive());
        assert_eq!(headers["content-type"], "application/json");
        assert_eq!(headers["prefer"], "return=minimal");
        assert_eq!(requests[0].body(), br#"{"displayName":"x"}"#);
        assert!(
            headers["client-request-id"]
                .to_str()
                .unwrap()
                .parse::<Uuid>()
                .is_ok()
        );
    }

    #[test]
    fn a_token_is_not_sent_to_another_host() {
        let script = Script::of(vec![]);
        let (outcome, _) = sent(
            &script,
            &ApiRequest::get("https://evil.example/v1.0".to_owned()),
        );
        assert_eq!(
            outcome,
            Err(Failure::ForeignHost {
                host: "evil.example".to_owned()
            })
        );
        assert_eq!(script.requests().len(), 0);
    }

    /// Token requests use `deliver` directly, without `send`.
    #[test]
    fn a_code_or_refresh_token_is_not_sent_to_another_host() {
        let script = Script::of(vec![]);
        let net = Net::new(script.clone());
        let url = "https://evil.example/fabrikam.com/oauth2/v2.0/token";
        let request = http::Request::post(url).body(b"code=x".to_vec()).unwrap();
        let host = "login.microsoftonline.com";
        let watch = Observer::quiet();
        let delivered = net.deliver(
            &request,
            host,
            RetryPolicy::OnlyIfRefused,
            Uuid::from_u128(1),
            &watch,
        );
        assert!(matches!(
            block_on(delivered),
            Err(Failure::ForeignHost { host }) if host == "evil.example"
        ));
        assert_eq!(script.requests().len(), 0);
    }

    #[test]
    fn a_request_waits_as_long_as_the_service_asks() {
        let script = Script::of(vec![answer(429, &[("retry-after", "7")], json!({})), ok()]);
        let (outcome, waits) = sent(&script, &post());
        assert_eq!(outcome.unwrap().status, 200);
        assert_eq!(waits, [7.0]);
        assert_eq!(script.elapsed(), Duration::from_secs(7));
    }

    #[test]
    fn waits_grow_when_the_service_gives_no_time() {
        let busy = || answer(429, &[], json!({}));
        let script = Script::of(vec![busy(), busy(), busy(), ok()]);
        let (outcome, waits) = sent(&script, &get());
        assert!(outcome.is_ok());
        assert!(
            waits[0] >= 0.64 && waits[1] > waits[0] && waits[2] > waits[1],
            "{waits:?}"
        );
    }

    #[test]
    fn random_numbers_spread_the_waits() {
        let busy = || answer(429, &[], json!({}));
        let script = Script::of(vec![busy(), busy(), ok()]);
        let (_, waits) = sent(&script, &get());
        // Without jitter, each wait is exactly twice the one before.
        let spread = waits[1] / waits[0] - 2.0;
        assert!(spread.abs() > 0.01, "{waits:?}");
    }

    #[test]
    fn every_attempt_of_a_step_has_the_same_request_id() {
        let script = Script::of(vec![Err(NoAnswer::Lost), answer(503, &[], json!({})), ok()]);
        let step = Uuid::from_u128(7);
        assert!(sent(&script, &get().step(step)).0.is_ok());
        let ids: Vec<_> = script
            .requests()
            .iter()
            .map(|request| request.headers()["client-request-id"].clone())
            .collect();
        assert_eq!(ids, [step.to_string(), step.to_string(), step.to_string()]);
    }

    #[test]
    fn a_request_fails_if_the_wait_exceeds_the_limit() {
        let script = Script::of(vec![answer(429, &[("retry-after", "99999")], json!({}))]);
        let (outcome, waits) = sent(&script, &post());
        assert_eq!(
            outcome,
            Err(Failure::Throttled {
                wait: Some(Duration::from_secs(99_999))
            })
        );
        assert!(waits.is_empty());
    }

    #[test]
    fn one_request_waits_at_most_five_minutes() {
        let script = Script::of((0..99).map(|_| answer(429, &[], json!({}))).collect());
        let (outcome, _) = sent(&script, &get());
        assert_eq!(outcome, Err(Failure::Throttled { wait: None }));
        assert!(script.elapsed() <= retry::PATIENCE);
        assert!(script.elapsed() > retry::PATIENCE / 2);
    }

    #[test]
    fn a_throttled_host_delays_every_request_to_it() {
        let script = Script::of(vec![
            answer(429, &[("retry-after", "400")], json!({})),
            ok(),
            ok(),
        ]);
        let net = Net::new(script.clone());
        let watch = Observer::quiet();
        assert!(block_on(net.send(&get(), &pass(), &watch)).is_err());
        assert_eq!(
            block_on(net.send(&get(), &pass(), &watch)),
            Err(Failure::Throttled {
                wait: Some(Duration::from_secs(400))
            })
        );
        assert_eq!(script.requests().len(), 1);
        let arm = Authorization {
            host: "management.azure.com",
            ..pass()
        };
        let call = ApiRequest::get("https://management.azure.com/subscriptions".to_owned());
        assert!(
            block_on(net.send(&call, &arm, &watch)).is_ok(),
            "another host is not throttled"
        );
        script.advance(Duration::from_secs(200));
        assert!(block_on(net.send(&get(), &pass(), &watch)).is_ok());
        assert_eq!(script.elapsed(), Duration::from_secs(400));
    }

    #[test]
    fn a_write_without_a_response_is_not_sent_twice() {
        for no_answer in [
            NoAnswer::Lost,
            NoAnswer::TimedOut,
            NoAnswer::Cut { status: 201 },
        ] {
            let script = Script::of(vec![Err(no_answer)]);
            let (outcome, _) = sent(&script, &post());
            assert_eq!(outcome, Err(Failure::Unknown { no_answer }));
            assert_eq!(script.requests().len(), 1);
        }
        for status in [500, 502, 503, 504] {
            let script = Script::of(vec![answer(status, &[("retry-after", "1")], json!({}))]);
            let failure = sent(&script, &post()).0.unwrap_err();
            assert!(failure.may_have_been_done(), "{failure:?}");
            assert_eq!(script.requests().len(), 1);
        }
    }

    #[test]
    fn a_read_is_tried_at_most_five_times() {
        let script = Script::of((0..9).map(|_| Err(NoAnswer::Lost)).collect());
        let (outcome, waits) = sent(&script, &get());
        assert_eq!(
            outcome,
            Err(Failure::Unknown {
                no_answer: NoAnswer::Lost
            })
        );
        assert_eq!(script.requests().len(), 5);
        assert_eq!(waits.len(), 4);
    }

    #[test]
    fn a_refusal_without_its_body_is_still_a_refusal() {
        let script = Script::of(vec![Err(NoAnswer::Cut { status: 409 })]);
        let Err(Failure::Refused(refusal)) = sent(&script, &post()).0 else {
            panic!("not refused")
        };
        assert_eq!(refusal.status, 409);
    }

    #[test]
    fn a_request_that_was_not_sent_has_a_known_outcome() {
        let script = Script::of(vec![Err(NoAnswer::NotSent)]);
        let (outcome, _) = sent(&script, &post());
        assert_eq!(outcome, Err(Failure::NotSent));
        let bad = post().header(crate::net::headers::PREFER, "a\nb");
        assert_eq!(sent(&Script::of(vec![]), &bad).0, Err(Failure::NotSent));
    }

    #[test]
    fn a_request_is_sent_when_the_browser_is_online_again() {
        let script = Script::of(vec![ok()]);
        let outage = retry::PATIENCE * 2;
        script.offline.set(outage);
        let reports = Rc::new(Cell::new(0));
        let seen = Rc::clone(&reports);
        let watch = Observer::new(move |event| {
            if matches!(event, NetEvent::Offline) {
                seen.set(seen.get() + 1);
            }
        });
        let net = Net::new(script.clone());
        assert!(block_on(net.send(&get(), &pass(), &watch)).is_ok());
        assert_eq!(script.elapsed(), outage);
        assert_eq!(reports.get(), 1);
    }

    #[test]
    fn stopping_while_the_browser_is_offline_sends_nothing() {
        let script = Script::of(vec![]);
        script.offline.set(Duration::MAX);
        let net = Net::new(script.clone());
        let watch = Observer::quiet();
        let call = post();
        let pass = pass();
        let press = async { watch.cancel().cancel() };
        let (outcome, ()) = block_on(join(net.send(&call, &pass, &watch), press));
        assert_eq!(outcome, Err(Failure::Cancelled));
        assert_eq!(script.requests().len(), 0);
    }

    fn stopping_at_the_first_wait() -> Observer {
        let button = Rc::new(Cell::new(None::<CancellationToken>));
        let press = Rc::clone(&button);
        let watch = Observer::new(move |event| {
            if matches!(event, NetEvent::Waiting { .. }) {
                press.take().unwrap().cancel();
            }
        });
        button.set(Some(watch.cancel().clone()));
        watch
    }

    #[test]
    fn stopping_interrupts_a_wait_at_once() {
        let script = Script::of(vec![answer(429, &[("retry-after", "200")], json!({}))]);
        let watch = stopping_at_the_first_wait();
        let net = Net::new(script.clone());
        assert_eq!(
            block_on(net.send(&post(), &pass(), &watch)),
            Err(Failure::Cancelled)
        );
        assert_eq!(script.elapsed(), Duration::ZERO);
        assert_eq!(
            block_on(net.send(&post(), &pass(), &watch)),
            Err(Failure::Cancelled)
        );
        assert_eq!(script.requests().len(), 1);
    }

    #[test]
    fn a_stopped_write_without_a_response_has_an_unknown_outcome() {
        let script = Script::of(vec![Err(NoAnswer::TimedOut)]);
        let watch = stopping_at_the_first_wait();
        let net = Net::new(script);
        let patch = ApiRequest::new(
            http::Method::PATCH,
            URL.to_owned(),
            Body::Empty,
            RetryPolicy::Harmless,
        );
        assert_eq!(
            block_on(net.send(&patch, &pass(), &watch)),
            Err(Failure::Unknown {
                no_answer: NoAnswer::TimedOut
            })
        );
    }

    #[test]
    fn a_stopped_read_without_a_response_is_only_cancelled() {
        let script = Script::of(vec![Err(NoAnswer::TimedOut)]);
        let watch = stopping_at_the_first_wait();
        let net = Net::new(script);
        assert_eq!(
            block_on(net.send(&get(), &pass(), &watch)),
            Err(Failure::Cancelled)
        );
    }

    #[test]
    fn every_exchange_is_logged_without_secrets() {
        let script = Script::of(vec![Err(NoAnswer::TimedOut), ok()]);
        let net = Net::new(script);
        let call = ApiRequest::get(format!("{URL}?$skiptoken=secret-page"));
        assert!(block_on(net.send(&call, &pass(), &Observer::quiet())).is_ok());
        let entries = net.ledger().entries();
        assert_eq!(entries.len(), 2);
        assert_eq!(entries[0].outcome, Err(NoAnswer::TimedOut));
        assert_eq!((entries[1].outcome, entries[1].attempt), (Ok(200), 2));
        assert_eq!(entries[1].request_id.as_deref(), Some("r-1"));
        let written = format!("{entries:?} {call:?} {:?}", pass());
        assert!(!format!("{entries:?}").contains("secret-page"));
        assert!(!written.contains("token-1"), "{written}");
    }
}
