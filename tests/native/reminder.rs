//! The calendar file for the expiry date of a secret: golden files, and a calendar parser that this project did not write.

use domain::locale::Locale;
use engine::audit::AppFact;
use engine::audit::SecretFact;
use engine::export::quote::QuoteError;
use engine::export::quote::QuotedText;
use engine::export::reminder::NoReminder;
use engine::export::reminder::Reminder;
use icalendar::parser::Component;
use icalendar::parser::read_calendar;
use icalendar::parser::unfold;
use jiff::Timestamp;
use proptest::prelude::*;

use super::exports::golden;

const EN: Locale = Locale::En;
const TENANT: &str = "5e97358c-d99c-4558-af0c-de7774091dda";
const APP: &str = "2f0a6d5e-7c1b-4a38-9d45-0b6f3c8e1a72";
const KEY: &str = "1f2e3d4c-5b6a-4798-8776-5f4e3d2c1b0a";

fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn now() -> Timestamp {
    moment("2026-11-24T10:00:00.5Z")
}

fn reminder(name: &str, end: &str) -> Reminder {
    Reminder {
        tenant: TENANT.parse().unwrap(),
        app: APP.parse().unwrap(),
        app_name: QuotedText::parse(name).unwrap(),
        key: KEY.parse().unwrap(),
        end: moment(end),
    }
}

/// What a calendar program reads: the properties of the event by name, and the triggers of its alarms.
struct Event {
    properties: Vec<(String, String, String)>,
    alarms: Vec<String>,
}

impl Event {
    #[track_caller]
    fn read(file: &str) -> Self {
        let text = unfold(file);
        let calendar = read_calendar(&text).unwrap();
        let [event] = calendar.components.as_slice() else {
            panic!("one event: {file}");
        };
        assert_eq!(event.name, "VEVENT");
        let alarm = |it: &Component<'_>| {
            assert_eq!(it.name, "VALARM");
            assert_eq!(it.find_prop("ACTION").unwrap().val, "DISPLAY");
            assert!(it.find_prop("DESCRIPTION").is_some());
            it.find_prop("TRIGGER").unwrap().val.to_string()
        };
        Self {
            properties: event
                .properties
                .iter()
                .map(|it| {
                    let parameters: Vec<String> = it
                        .params
                        .iter()
                        .map(|p| format!("{}={}", p.key, p.val.as_ref().unwrap()))
                        .collect();
                    (
                        it.name.to_string(),
                        parameters.join(";"),
                        it.val.to_string(),
                    )
                })
                .collect(),
            alarms: event.components.iter().map(alarm).collect(),
        }
    }

    #[track_caller]
    fn value(&self, name: &str) -> &str {
        let mut found = self.properties.iter().filter(|it| it.0 == name);
        let (_, _, value) = found.next().unwrap();
        assert!(found.next().is_none(), "{name} twice");
        value
    }
}

#[track_caller]
fn has_sound_lines(file: &str) {
    assert!(file.ends_with("END:VCALENDAR\r\n"));
    assert_eq!(file.matches('\n').count(), file.matches("\r\n").count());
    assert_eq!(file.matches('\r').count(), file.matches("\r\n").count());
    for line in file.split("\r\n") {
        assert!(line.len() <= 75, "{line:?}");
        assert!(!line.contains(char::is_control), "{line:?}");
    }
}

#[test]
fn the_reminder_matches_the_golden_files() {
    let reminder = reminder("CMG-ServerApp", "2028-11-22T13:37:42Z");
    golden("reminder.ics", &reminder.file(now(), EN));
    assert_eq!(
        reminder.file_name(),
        "cmg-secret-1f2e3d4c-5b6a-4798-8776-5f4e3d2c1b0a.ics"
    );
    golden("reminder-hostile-name.ics", &hostile().file(now(), EN));
}

fn hostile() -> Reminder {
    reminder(
        "Gerät 💻; a, b \\n \\ \u{202e}x: \"BEGIN:VALARM\"",
        "2027-01-10T00:00:00Z",
    )
}

#[test]
fn a_calendar_program_reads_one_all_day_event_with_alarms() {
    let reminder = reminder("CMG-ServerApp", "2028-02-29T23:59:59.9Z");
    let event = Event::read(&reminder.file(now(), EN));
    assert_eq!(event.alarms, ["-P60D", "-P30D", "-P14D", "-P7D", "-P1D"]);
    assert_eq!(event.value("UID"), format!("{KEY}@cmg-entra-setup.invalid"));
    assert_eq!(event.value("DTSTAMP"), "20261124T100000Z");
    assert_eq!(
        event.value("SUMMARY"),
        "Client secret of CMG-ServerApp expires"
    );
    for (name, day) in [("DTSTART", "20280229"), ("DTEND", "20280301")] {
        let date = ("VALUE=DATE".to_owned(), day.to_owned());
        let found = event.properties.iter().find(|it| it.0 == name).unwrap();
        assert_eq!((found.1.clone(), found.2.clone()), date);
    }
    let text = event.value("DESCRIPTION");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 6, "{text}");
    assert_eq!(
        lines[0],
        "The client secret expires on 2028-02-29 at 23:59 UTC."
    );
    for part in [
        TENANT,
        APP,
        KEY,
        "Renew Secret Key",
        "does not warn about imported apps",
    ] {
        assert!(text.contains(part), "{part}");
    }
}

#[test]
fn a_hostile_name_adds_no_calendar_lines() {
    let file = hostile().file(now(), EN);
    has_sound_lines(&file);
    let event = Event::read(&file);
    assert_eq!(
        event.value("SUMMARY"),
        "Client secret of \u{2068}Gerät 💻; a, b \\n \\ [U+202E]x: \"BEGIN:VALARM\"\u{2069} expires"
    );
    assert_eq!(event.value("DESCRIPTION").lines().count(), 6);
}

#[test]
fn past_alarms_are_left_out() {
    for (end, alarms) in [
        (
            "2027-01-23T00:00:00Z",
            &["-P30D", "-P14D", "-P7D", "-P1D"][..],
        ),
        (
            "2027-01-24T00:00:00Z",
            &["-P60D", "-P30D", "-P14D", "-P7D", "-P1D"],
        ),
        ("2026-12-01T09:00:00Z", &["-P1D"]),
        ("2026-11-25T23:00:00Z", &[]),
        ("2026-11-24T09:00:00Z", &[]),
        ("2020-01-01T00:00:00Z", &[]),
    ] {
        let event = Event::read(&reminder("x", end).file(now(), EN));
        assert_eq!(event.alarms, alarms, "{end}");
    }
    // The last supported day has no next day.
    has_sound_lines(&reminder("x", "9999-12-30T21:00:00Z").file(now(), EN));
}

#[test]
fn a_reminder_needs_an_expiry_date_and_a_one_line_name() {
    let app = |name: &str| AppFact {
        app: APP.parse().unwrap(),
        object: KEY.parse().unwrap(),
        name: name.to_owned(),
        created: None,
    };
    let secret = |end: Option<&str>| SecretFact {
        key: KEY.parse().unwrap(),
        name: "hunter2".to_owned(),
        start: None,
        end: end.map(moment),
    };
    let of = |name, end| Reminder::of(TENANT.parse().unwrap(), &app(name), &secret(end));
    let end = "2028-11-22T13:37:42Z";
    let made = of("CMG", Some(end)).unwrap();
    assert_eq!(made, reminder("CMG", end));
    // A secret's description can contain anything, and other people can see the calendar, so it is left out.
    assert!(!made.file(now(), EN).contains("hunter2"));
    assert_eq!(of("CMG", None), Err(NoReminder::NoEnd));
    let refused = of("a\r\nBEGIN:VALARM", Some(end));
    assert!(
        matches!(refused, Err(NoReminder::Name(QuoteError::Break(spot))) if spot.position == 2),
        "{refused:?}"
    );
}

proptest! {
    #[test]
    fn any_name_is_parsed_unchanged(name in "\\PC{1,120}", seconds in 1_600_000_000i64..4_000_000_000) {
        let mut reminder = reminder("x", "2028-11-22T13:37:42Z");
        let Ok(app_name) = QuotedText::parse(&name) else { return Ok(()) };
        reminder.app_name = app_name;
        reminder.end = Timestamp::from_second(seconds).unwrap();
        let file = reminder.file(now(), EN);
        has_sound_lines(&file);
        let shown = domain::confusables::isolated(&name);
        let event = Event::read(&file);
        prop_assert_eq!(event.value("SUMMARY"), format!("Client secret of {shown} expires"));
    }
}
