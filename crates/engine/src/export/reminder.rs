//! A calendar file (iCalendar, RFC 5545) for the day a client secret expires, with alarms before it. It has no field for the secret's text.
//!
//! A custom writer: the `icalendar` crate adds 22 kB more to the page (measured 2026-11-24) and reads the clock itself.

use jiff::SignedDuration;
use jiff::Timestamp;

use crate::audit::AppFact;
use crate::audit::SecretFact;
use crate::export::handoff::Handoff;
use crate::export::quote::QuoteError;
use crate::export::quote::QuotedText;
use domain::confusables::isolated;
use domain::ids::AppId;
use domain::ids::KeyId;
use domain::ids::TenantId;
use domain::locale::Locale;

/// Alarms, in days before the expiry.
const ALARMS: [i64; 5] = [60, 30, 14, 7, 1];

/// Suffix after the key ID in the event's identifier. RFC 2606 reserves this domain, so it belongs to no one.
const REALM: &str = "cmg-entra-setup.invalid";

/// Maximum number of octets in a line (RFC 5545 section 3.1).
const LINE: usize = 75;

/// The secret that a reminder is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// Tenant of the app.
    pub tenant: TenantId,
    /// Client ID of the app.
    pub app: AppId,
    /// Name of the app: one line, no control characters.
    pub app_name: QuotedText,
    /// Key ID of the secret.
    pub key: KeyId,
    /// When the secret expires.
    pub end: Timestamp,
}

/// Why there is no reminder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoReminder {
    /// The secret has no expiry.
    NoEnd,
    /// The app's name cannot be written on one line.
    Name(QuoteError),
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
    /// Creates the reminder for a secret that a check found.
    ///
    /// # Errors
    /// See `NoReminder`.
    pub fn of(tenant: TenantId, app: &AppFact, secret: &SecretFact) -> Result<Self, NoReminder> {
        Ok(Self {
            tenant,
            app: app.app,
            app_name: QuotedText::parse(&app.name).map_err(NoReminder::Name)?,
            key: secret.key,
            end: secret.end.ok_or(NoReminder::NoEnd)?,
        })
    }

    /// File name: only letters, digits, hyphens, and one period, even if the app's name contains other characters.
    #[must_use]
    pub fn file_name(&self) -> String {
        format!("cmg-secret-{}.ics", self.key)
    }

    /// The file content: one all-day event on the UTC day on which the secret expires. Alarms on past days are omitted, because a calendar
    /// would either show them at once or keep only those.
    ///
    /// The same secret always gives the same event, so importing the file again changes nothing.
    #[must_use]
    pub fn file(&self, now: Timestamp, t: Locale) -> String {
        let title = t.reminder_title(isolated(self.app_name.as_str()));
        let mut file = File(String::new());
        file.line("BEGIN", "VCALENDAR");
        file.line("VERSION", "2.0");
        file.line("PRODID", "-//CMG Entra Setup//Reminder//EN");
        file.line("BEGIN", "VEVENT");
        file.line("UID", &format!("{}@{REALM}", self.key));
        file.line("DTSTAMP", &format!("{}Z", digits(now)));
        file.line("DTSTART;VALUE=DATE", &day(self.end));
        file.line("DTEND;VALUE=DATE", &day(days_from(self.end, 1)));
        // The expiry must not mark the user as busy or absent on that day.
        file.line("TRANSP", "TRANSPARENT");
        file.text("SUMMARY", &title);
        file.text("DESCRIPTION", &self.description(t));
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

    fn description(&self, t: Locale) -> String {
        let end = self.end.to_string();
        let part = |from, to| end.get(from..to).unwrap_or_default();
        [
            t.reminder_end(part(0, 10), part(11, 16)),
            t.reminder_stops().to_owned(),
            t.reminder_app(isolated(self.app_name.as_str()), self.app),
            t.reminder_tenant(self.tenant),
            t.reminder_key(self.key),
            t.reminder_do(t.handover_step_renew_path()),
        ]
        .join("\n")
    }
}

fn days_from(moment: Timestamp, days: i64) -> Timestamp {
    let days = SignedDuration::from_hours(24 * days);
    moment.saturating_add(days).unwrap_or(Timestamp::MAX)
}

/// Date and time in the form `20281122T133742`.
fn digits(moment: Timestamp) -> String {
    let text = moment.to_string();
    let seconds = text.chars().take("2028-11-22T13:37:42".len());
    seconds.filter(|c| !matches!(c, '-' | ':')).collect()
}

/// Date in the form `20281122`.
fn day(moment: Timestamp) -> String {
    digits(moment).chars().take(8).collect()
}

/// The text of the file, written line by line.
struct File(String);

impl File {
    /// Writes a property with a text value.
    fn text(&mut self, name: &str, value: &str) {
        let mut text = String::with_capacity(value.len());
        for character in value.chars() {
            match character {
                '\n' => text.push_str("\\n"),
                '\\' | ';' | ',' => text.extend(['\\', character]),
                // Never happens, because names are `QuotedText`. A control character must not end a line.
                _ if character.is_control() => {}
                _ => text.push(character),
            }
        }
        self.line(name, &text);
    }

    /// Writes one line. Folds a long line, but never inside a character.
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
