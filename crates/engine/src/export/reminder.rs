//! A calendar file (iCalendar, RFC 5545) for the day a client secret ends, with alarms before it. Has no place for the secret's text.
//!
//! A writer of our own: the `icalendar` crate weighs 22 kB more in the page (measured 2026-11-24), and looks at the clock itself.

use jiff::SignedDuration;
use jiff::Timestamp;

use crate::audit::AppFact;
use crate::audit::SecretFact;
use crate::export::handoff::Handoff;
use crate::export::quote::Quotable;
use crate::export::quote::QuoteError;
use domain::ids::AppId;
use domain::ids::KeyId;
use domain::ids::TenantId;
use domain::lookalike::isolated;
use domain::words::Words;

/// How many days before the end a calendar tells of it.
const ALARMS: [i64; 5] = [60, 30, 14, 7, 1];

/// What follows the key ID in the event's identifier: no host of anybody's (RFC 2606).
const REALM: &str = "cmg-entra-setup.invalid";

/// The most octets in a line (RFC 5545 section 3.1).
const LINE: usize = 75;

/// What a reminder is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// The tenant.
    pub tenant: TenantId,
    /// Client ID of the app.
    pub app: AppId,
    /// Its name: one line, no control characters.
    pub app_name: Quotable,
    /// Which secret.
    pub key: KeyId,
    /// When it ends.
    pub end: Timestamp,
}

/// Why there is no reminder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoReminder {
    /// The secret never ends.
    NoEnd,
    /// The app's name does not fit in a line.
    Name(QuoteError),
}

impl NoReminder {
    /// The rule and the mend.
    #[must_use]
    pub fn sentence(self, words: Words) -> String {
        match self {
            Self::NoEnd => words.reminder_no_end().to_owned(),
            Self::Name(error) => error.sentence(words),
        }
    }
}

impl From<&Handoff> for Reminder {
    fn from(handoff: &Handoff) -> Self {
        Self {
            tenant: handoff.tenant.id,
            app: handoff.server.app_id,
            app_name: handoff.server.name.clone(),
            key: handoff.server.secret.id,
            end: handoff.server.secret.end,
        }
    }
}

impl Reminder {
    /// The reminder for a secret that a check has found.
    ///
    /// # Errors
    /// See `NoReminder`.
    pub fn of(tenant: TenantId, app: &AppFact, secret: &SecretFact) -> Result<Self, NoReminder> {
        Ok(Self {
            tenant,
            app: app.app,
            app_name: Quotable::parse(&app.name).map_err(NoReminder::Name)?,
            key: secret.key,
            end: secret.end.ok_or(NoReminder::NoEnd)?,
        })
    }

    /// Its name: letters, digits, hyphens and one full stop, whatever the names in it are.
    #[must_use]
    pub fn file_name(&self) -> String {
        format!("cmg-secret-{}.ics", self.key)
    }

    /// The file: one event of a whole day, the one in UTC on which the secret ends. Alarms whose day has come are left out: a calendar
    /// would either ring them at once or take them for its only one.
    ///
    /// The event is the same for the same secret, so reading the file again changes nothing.
    #[must_use]
    pub fn file(&self, now: Timestamp, words: Words) -> String {
        let title = words.reminder_title(isolated(self.app_name.as_str()));
        let mut file = File(String::new());
        file.line("BEGIN", "VCALENDAR");
        file.line("VERSION", "2.0");
        file.line("PRODID", "-//CMG Entra Setup//Reminder//EN");
        file.line("BEGIN", "VEVENT");
        file.line("UID", &format!("{}@{REALM}", self.key));
        file.line("DTSTAMP", &format!("{}Z", digits(now)));
        file.line("DTSTART;VALUE=DATE", &day(self.end));
        file.line("DTEND;VALUE=DATE", &day(days_from(self.end, 1)));
        // A day with an end in it is no day off.
        file.line("TRANSP", "TRANSPARENT");
        file.text("SUMMARY", &title);
        file.text("DESCRIPTION", &self.description(words));
        for days in ALARMS {
            if day(days_from(self.end, -days)) > day(now) {
                file.line("BEGIN", "VALARM");
                file.line("ACTION", "DISPLAY");
                file.line("TRIGGER", &format!("-P{days}D"));
                file.text("DESCRIPTION", &title);
                file.line("END", "VALARM");
            }
        }
        file.line("END", "VEVENT");
        file.line("END", "VCALENDAR");
        file.0
    }

    fn description(&self, words: Words) -> String {
        let end = self.end.to_string();
        let part = |from, to| end.get(from..to).unwrap_or_default();
        [
            words.reminder_end(part(0, 10), part(11, 16)),
            words.reminder_stops().to_owned(),
            words.reminder_app(isolated(self.app_name.as_str()), self.app),
            words.reminder_tenant(self.tenant),
            words.reminder_key(self.key),
            words.reminder_do(words.handover_step_renew_path()),
        ]
        .join("\n")
    }
}

fn days_from(moment: Timestamp, days: i64) -> Timestamp {
    let days = SignedDuration::from_hours(24 * days);
    moment.saturating_add(days).unwrap_or(Timestamp::MAX)
}

/// `20281122T133742`.
fn digits(moment: Timestamp) -> String {
    let text = moment.to_string();
    let seconds = text.chars().take("2028-11-22T13:37:42".len());
    seconds.filter(|c| !matches!(c, '-' | ':')).collect()
}

/// `20281122`.
fn day(moment: Timestamp) -> String {
    digits(moment).chars().take(8).collect()
}

/// The file as far as it is written.
struct File(String);

impl File {
    /// A property whose value is a text.
    fn text(&mut self, name: &str, value: &str) {
        let mut text = String::with_capacity(value.len());
        for character in value.chars() {
            match character {
                '\n' => text.push_str("\\n"),
                '\\' | ';' | ',' => text.extend(['\\', character]),
                // There is none: names are `Quotable`. Were there one, it must not end a line.
                _ if character.is_control() => {}
                _ => text.push(character),
            }
        }
        self.line(name, &text);
    }

    /// A line, folded where it is too long and never within a character.
    fn line(&mut self, name: &str, value: &str) {
        let mut octets = 0;
        for character in name.chars().chain([':']).chain(value.chars()) {
            if octets + character.len_utf8() > LINE {
                self.0.push_str("\r\n ");
                octets = 1;
            }
            self.0.push(character);
            octets += character.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}
