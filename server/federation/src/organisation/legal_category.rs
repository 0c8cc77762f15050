//! Owns the reading of INSEE's legal categories: which of them are public bodies, and whose.

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
        // Ministries, central and decentralised services, independent authorities, schools;
        // national public establishments; the general scheme of social security.
        7111..=7113 | 7120 | 7150 | 7160 | 7171 | 7172 | 7179 | 7190 | 7383..=7389 | 8110 => {
            Nature::STATE
        }
        // Communes, departments, regions and other territorial authorities; associated communes,
        // groupings of communes, mixed syndicates, social action centres.
        7210
        | 7220
        | 7225
        | 7229
        | 7230
        | 7312..=7314
        | 7340..=7349
        | 7351..=7357
        | 7361
        | 7362
        | 7366
        | 7367 => Nature::TERRITORIAL,
        // Fire and rescue services answer to the department and the State.
        7372 => Nature::BOTH,
        // Public industrial and commercial establishments; secondary schools, hospitals,
        // chambers, housing offices, public interest groups.
        4110
        | 4120
        | 4140
        | 4150
        | 4160
        | 7321..=7323
        | 7331
        | 7363..=7365
        | 7371
        | 7373
        | 7378
        | 7379
        | 7381
        | 7382
        | 7410
        | 7430
        | 7450
        | 7470
        | 7490 => Nature::PUBLIC,
        _ => Nature::PRIVATE,
    }
}
