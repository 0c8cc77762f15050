//! Durations as people write them: `90s`, `30m`, `12h`, `7d`.

use chrono::Duration;

/// Reads a whole number followed by `s`, `m`, `h` or `d`; at least one second, at most a year.
pub fn parse_duration(text: &str) -> Result<Duration, String> {
    let expected = || "expected a duration such as 90s, 30m, 12h or 7d".to_owned();
    let unit = text.chars().last().ok_or_else(expected)?;
    let number: i64 = text[..text.len() - unit.len_utf8()].parse().map_err(|_| expected())?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 86_400,
        _ => return Err(expected()),
    };
    let total = number.checked_mul(seconds).ok_or_else(expected)?;
    if (1..=365 * 86_400).contains(&total) {
        Ok(Duration::seconds(total))
    } else {
        Err("a duration is between one second and a year".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_a_unit_and_bounds() {
        assert_eq!(parse_duration("90s"), Ok(Duration::seconds(90)));
        assert_eq!(parse_duration("30m"), Ok(Duration::minutes(30)));
        assert_eq!(parse_duration("12h"), Ok(Duration::hours(12)));
        assert_eq!(parse_duration("7d"), Ok(Duration::days(7)));
        for wrong in ["", "30", "m", "-1h", "0s", "1é", "9223372036854775807d", "400d"] {
            assert!(parse_duration(wrong).is_err(), "{wrong}");
        }
    }
}
