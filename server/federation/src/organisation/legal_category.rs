//! Owns the reading of INSEE's legal categories: which of them are public bodies, and whose. The
//! lists are those of the State's open data (Annuaire des entreprises), which ProConnect follows:
//! 78 public categories, 35 of them territorial and 25 of the State.

/// Whose people someone of a legal category is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Nature {
    pub(super) public: bool,
    pub(super) territorial: bool,
    pub(super) state: bool,
}

impl Nature {
    pub(super) const PRIVATE: Self = Self { public: false, territorial: false, state: false };
    const PUBLIC: Self = Self { public: true, ..Self::PRIVATE };
    const TERRITORIAL: Self = Self { territorial: true, ..Self::PUBLIC };
    const STATE: Self = Self { state: true, ..Self::PUBLIC };
    const BOTH: Self = Self { state: true, ..Self::TERRITORIAL };
}

/// Reads a category of four digits; unknown ones are private.
pub(super) fn nature(category: &str) -> Nature {
    let Ok(code) = category.parse::<u16>() else { return Nature::PRIVATE };
    match code {
        // The Banque de France; constitutional and independent authorities, ministries and their
        // services; national administrative establishments and universities; the cults of
        // Alsace-Lorraine; clubs in the armed forces; social security.
        4160
        | 7111..=7113
        | 7120
        | 7150
        | 7160
        | 7171
        | 7172
        | 7179
        | 7190
        | 7382..=7385
        | 7389
        | 7430
        | 7450
        | 8110
        | 8120
        | 8140
        | 8150
        | 8160
        | 8170 => Nature::STATE,
        // Communes, departments, regions and other territorial authorities; their parts and
        // groupings; their establishments for social action, schools, credit, housing, culture.
        7210
        | 7220
        | 7225
        | 7229
        | 7230
        | 7312..=7314
        | 7340..=7349
        | 7351..=7357
        | 7361..=7363
        | 7366
        | 7367
        | 7371
        | 7373
        | 7378
        | 7379 => Nature::TERRITORIAL,
        // Fire and rescue services answer to the department and the State.
        7372 => Nature::BOTH,
        // Industrial and commercial establishments, rural development and social housing
        // companies, landowners' associations, secondary schools, hospitals, chambers, public
        // interest groups, professional orders.
        4110
        | 4120
        | 4140
        | 4150
        | 5430
        | 5530
        | 5546
        | 5630
        | 7321..=7323
        | 7331
        | 7364
        | 7365
        | 7381
        | 7410
        | 7470
        | 7490
        | 8450 => Nature::PUBLIC,
        _ => Nature::PRIVATE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_complete() {
        let all: Vec<Nature> = (0..10_000).map(|code| nature(&format!("{code:04}"))).collect();
        let count = |is: fn(&Nature) -> bool| all.iter().filter(|nature| is(nature)).count();

        assert_eq!(count(|nature| nature.public), 78);
        assert_eq!(count(|nature| nature.territorial), 35);
        assert_eq!(count(|nature| nature.state), 25);
        assert_eq!(count(|nature| (nature.territorial || nature.state) && !nature.public), 0);
    }
}
