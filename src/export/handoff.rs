//! Everything ConfigMgr's import dialogs ask for, under their exact labels.
