//! The user interface: one folder for each feature, one root model, one loop.
//!
//! A feature's `state` files know nothing of the root model. `model` is made of them; `update` files and views build on `model`, and
//! `app` on all. A feature's `part` file is the table of functions by which the program reaches what is loaded later.

pub mod components;

pub mod field_id;
pub mod part;
pub mod route;
pub mod storage;

pub mod app_id_uri;
pub mod embedding;
pub mod links;
pub mod pair;
pub mod plan;
pub mod providers;
pub mod registration;
pub mod review;
pub mod runs;
pub mod setup;
pub mod shell;
pub mod sign_in;

pub mod model;
pub mod msg;

pub mod app;
pub mod effects;
pub mod everything;
pub mod evidence;
pub mod loading;
pub mod update;
pub mod view;
