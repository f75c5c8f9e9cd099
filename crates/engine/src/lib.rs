//! Everything of the page that needs no browser: requests, the session, the phases of a run, and what is exported.
//!
//! The phases in order: [`desired`], [`read`], [`plan`], [`journal`], [`run`], [`undo`]; [`audit`] checks a pair beside them.

#![warn(missing_docs)]

/// One request: deadline, retries, throttling, paging, allowed hosts.
pub mod net;

/// Requests to Azure Resource Manager.
pub mod arm;
/// The session: sign-in, tokens, sign-out.
pub mod auth;
/// Requests to Microsoft Graph.
pub mod graph;

/// What the admin wants.
pub mod desired;
/// What the tenant holds.
pub mod read {
    pub mod app_policies;
    mod application;
    pub mod consumers;
    pub mod discover;
    pub mod observed;
    pub mod pair;
    pub mod sign_ins;
    pub mod tenant;
}
/// The record of what was sent, and what follows from it.
pub mod journal;
/// The difference between the two, as steps.
pub mod plan;
/// Carries out an approved plan.
pub mod run;
/// Removes what a run created.
pub mod undo;

/// Checks a pair that exists.
pub mod audit;

pub mod providers;

/// What is handed over: scripts, records, reports.
pub mod export {
    pub mod quote;

    pub mod from_run;
    pub mod handoff;
    pub mod plan_file;
    pub mod received;
    pub mod saved_file;

    pub mod configmgr;
    pub mod dialogs;
    pub mod next_steps;
    pub mod provider_request;
    pub mod providers;

    pub mod compare_reports;
    pub mod evidence;
    pub mod exemption;
    pub mod registration;
    pub mod reminder;
    pub mod renewal;
    pub mod report;
    pub mod request;
    pub mod setup;
}
