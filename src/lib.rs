//! CMG Entra Setup: integrates a Configuration Manager site with Microsoft Entra ID for a cloud management gateway.
//!
//! Floors, lowest first; a file imports only from floors below its own. `ARCHITECTURE.md` explains the house.

/// Floor 0: pure values. No I/O, no clock, no browser.
pub mod domain {
    pub mod json;
    pub mod known;
    pub mod lookalike;
    pub mod words;

    pub mod cloud;
    pub mod dns;
    pub mod ids;
    pub mod moment;
    pub mod tenant;

    pub mod app_id_uri;
    pub mod cmg;
    pub mod config;
    pub mod marks;
    pub mod roles;

    pub mod entra;
    pub mod problem;
    pub mod secret;
}

/// Floor 1: the complete list of side effects.
pub mod world;

/// Floor 2: one request well done.
pub mod net;

/// Floor 3: Azure Resource Manager.
pub mod arm;
/// Floor 3: who is signed in.
pub mod auth;
/// Floor 3: Microsoft Graph.
pub mod graph;

/// Floor 4: observe, plan, apply.
pub mod engine {
    pub mod repair;

    pub mod app_policies;
    mod app_reading;
    pub mod desired;
    pub mod examine;
    pub mod find;
    pub mod observe;
    pub mod observed;
    pub mod origin;

    pub mod apps;
    pub mod audit;
    pub mod change;
    pub mod compare;
    pub mod mend;
    pub mod plan;
    pub mod preflight;
    pub mod write;

    pub mod uses;

    pub mod fingerprint;
    pub mod history;
    pub mod journal;
    pub mod records;

    pub mod apply;
    pub mod lookup;
    pub mod perform;
    pub mod prepare;
    pub mod registering;

    pub mod give_back;
    pub mod own;
    pub mod restore;
    pub mod take_back;
    pub mod undo;

    pub mod providers;
}

/// Floor 4: what is handed to other hands.
pub mod export {
    pub mod quote;

    pub mod from_run;
    pub mod handoff;

    pub mod configmgr;
    pub mod dialogs;
    pub mod next_steps;

    pub mod compare_reports;
    pub mod exemption;
    pub mod registration;
    pub mod reminder;
    pub mod renewal;
    pub mod report;
}

/// Floor 5: world one, the real browser.
#[cfg(target_arch = "wasm32")]
pub mod browser;
/// Floor 5: world two, clouds made of memory.
pub mod sim;

/// Floor 6: what a person sees.
pub mod ui;

/// Floor 7: how it starts.
pub mod embed;
