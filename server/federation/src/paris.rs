//! Owns how instants are written for people in France.

use chrono::{DateTime, Datelike as _, Duration, NaiveDate, TimeZone as _, Timelike as _, Utc};

const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// A day in Paris: "1er mars 2026".
pub(crate) fn day(unix: i64) -> String {
    let local = local(unix);
    let day = if local.day() == 1 { "1er".to_owned() } else { local.day().to_string() };
    let month = MONTHS[local.month0() as usize];
    format!("{day} {month} {}", local.year())
}

/// A minute in Paris: "2 mars 2026 à 10 h 05".
pub(crate) fn minute(unix: i64) -> String {
    let local = local(unix);
    format!("{} à {} h {:02}", day(unix), local.hour(), local.minute())
}

/// What clocks on walls show, as if it were UTC.
fn local(unix: i64) -> DateTime<Utc> {
    let utc = DateTime::from_timestamp(unix, 0).unwrap_or_default();
    utc + Duration::hours(if is_summer(utc) { 2 } else { 1 })
}

/// Directive 2000/84/EC: from the last Sunday of March to that of October, at 1:00 UTC.
fn is_summer(utc: DateTime<Utc>) -> bool {
    let change = |month| {
        let last = NaiveDate::from_ymd_opt(utc.year(), month, 31)?;
        let sunday = last - Duration::days(last.weekday().num_days_from_sunday().into());
        Some(Utc.from_utc_datetime(&sunday.and_hms_opt(1, 0, 0)?))
    };
    match (change(3), change(10)) {
        (Some(start), Some(end)) => start <= utc && utc < end,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_written_as_on_clocks_in_paris() {
        let rows = [
            ("2026-03-02T09:05:59Z", "2 mars 2026 à 10 h 05"),
            ("2026-03-29T00:59:59Z", "29 mars 2026 à 1 h 59"),
            ("2026-03-29T01:00:00Z", "29 mars 2026 à 3 h 00"),
            ("2026-08-31T22:30:00Z", "1er septembre 2026 à 0 h 30"),
            ("2026-10-25T00:59:00Z", "25 octobre 2026 à 2 h 59"),
            ("2026-10-25T01:00:00Z", "25 octobre 2026 à 2 h 00"),
            ("2026-12-31T23:00:00Z", "1er janvier 2027 à 0 h 00"),
        ];
        for (utc, shown) in rows {
            let unix = utc.parse::<DateTime<Utc>>().expect("an instant").timestamp();
            assert_eq!(minute(unix), shown, "{utc}");
        }
    }
}
