//! Owns INSEE's classes of headcount. Their order is that of the numbers of people, with the
//! unknown first: who reports nobody is treated like a legal unit without employees.

use serde::{Deserialize, Serialize};

/// How many people a legal unit employs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
pub enum Headcount {
    /// Not known, or no employer.
    #[default]
    #[serde(rename = "NN")]
    Unknown,
    /// Nobody at the end of the year.
    #[serde(rename = "00")]
    Nobody,
    /// 1 or 2.
    #[serde(rename = "01")]
    From1,
    /// 3 to 5.
    #[serde(rename = "02")]
    From3,
    /// 6 to 9.
    #[serde(rename = "03")]
    From6,
    /// 10 to 19.
    #[serde(rename = "11")]
    From10,
    /// 20 to 49.
    #[serde(rename = "12")]
    From20,
    /// 50 to 99.
    #[serde(rename = "21")]
    From50,
    /// 100 to 199.
    #[serde(rename = "22")]
    From100,
    /// 200 to 249.
    #[serde(rename = "31")]
    From200,
    /// 250 to 499.
    #[serde(rename = "32")]
    From250,
    /// 500 to 999.
    #[serde(rename = "41")]
    From500,
    /// 1,000 to 1,999.
    #[serde(rename = "42")]
    From1000,
    /// 2,000 to 4,999.
    #[serde(rename = "51")]
    From2000,
    /// 5,000 to 9,999.
    #[serde(rename = "52")]
    From5000,
    /// 10,000 and more.
    #[serde(rename = "53")]
    From10000,
}

impl Headcount {
    /// At most two people.
    pub(crate) fn is_tiny(self) -> bool {
        self <= Self::From1
    }

    /// Fewer than fifty people.
    pub(crate) fn is_small(self) -> bool {
        self <= Self::From20
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_read_by_their_codes_and_compared_by_their_size() {
        let read = |code: &str| serde_json::from_value::<Headcount>(code.into()).expect(code);

        assert!(["NN", "00", "01"].into_iter().all(|code| read(code).is_tiny()));
        assert!(!read("02").is_tiny());
        assert!(["NN", "01", "03", "11", "12"].into_iter().all(|code| read(code).is_small()));
        assert!(["21", "32", "53"].into_iter().all(|code| !read(code).is_small()));
        assert!(serde_json::from_value::<Headcount>("13".into()).is_err());
    }
}
