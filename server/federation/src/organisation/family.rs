//! Owns the families of organisations by which ProConnect Identité decides who may join. They
//! follow from legal category, headcount and activity alone.

use super::activity;
use crate::config::Organisation;

/// Associations, congregations and groupings of employers.
const ASSOCIATIONS: [&str; 9] =
    ["9210", "9220", "9221", "9222", "9223", "9224", "9230", "9240", "9260"];
/// Farms held in common, and companies that own land or houses: EARL, GAEC, GFA, SCEA, SCI.
const CIVIL_COMPANIES: [&str; 5] = ["6598", "6533", "6534", "6597", "6540"];
/// Local bodies that often have no email domain of their own: sections of communes, landowners'
/// associations, syndicates of communes, poles, social action centres, schools' funds, boards.
const SMALL_PUBLIC_BODIES: [&str; 18] = [
    "7313", "7321", "7322", "7323", "7345", "7349", "7353", "7354", "7355", "7356", "7357", "7361",
    "7362", "7366", "7367", "7373", "7378", "7379",
];
/// Nursery and primary schools, which belong to their commune.
const PRIMARY_EDUCATION: [&str; 2] = ["85.10Z", "85.20Z"];

impl Organisation {
    /// Whether its people are public servants.
    pub(crate) fn is_public_service(&self) -> bool {
        !self.roles().is_empty()
    }

    /// A commune, or one that became part of another.
    pub(crate) fn is_commune(&self) -> bool {
        self.is_one_of(&["7210", "7312"])
    }

    /// A community of communes.
    pub(crate) fn is_community_of_communes(&self) -> bool {
        self.is_one_of(&["7346"])
    }

    /// A public school: a secondary one is a legal unit, the others are their commune's.
    pub(crate) fn is_public_school(&self) -> bool {
        let primary = PRIMARY_EDUCATION.contains(&self.activity.as_str());
        self.is_one_of(&["7331"]) || (self.is_commune() && primary)
    }

    /// A sole trader, or a company that may well consist of one person.
    pub(crate) fn is_one_person_business(&self) -> bool {
        self.is_one_of(&["1000", "5499", "5710"]) && self.headcount.is_tiny()
    }

    /// An association of fewer than fifty people.
    pub(crate) fn is_small_association(&self) -> bool {
        self.is_one_of(&ASSOCIATIONS) && self.headcount.is_small()
    }

    /// A farm or a land-owning company of at most two people.
    pub(crate) fn is_small_civil_company(&self) -> bool {
        self.is_one_of(&CIVIL_COMPANIES) && self.headcount.is_tiny()
    }

    /// A local public body that often has no email domain.
    pub(crate) fn is_small_public_body(&self) -> bool {
        self.is_one_of(&SMALL_PUBLIC_BODIES)
    }

    /// What its main activity is called.
    pub(crate) fn activity_label(&self) -> Option<&'static str> {
        activity::label(&self.activity)
    }

    fn is_one_of(&self, categories: &[&str]) -> bool {
        categories.contains(&self.legal_category.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::organisation::Headcount;
    use crate::siret::Siret;

    fn organisation(category: &str, headcount: Headcount, activity: &str) -> Organisation {
        let siret = Siret::parse("21920023500014").expect("valid");
        let plain = Organisation::plain(siret, "Nom".to_owned(), category);
        Organisation { headcount, activity: activity.to_owned(), ..plain }
    }

    #[test]
    fn families_follow_from_category_headcount_and_activity() {
        type Family = fn(&Organisation) -> bool;
        let rows: [(Family, &str, Headcount, &str, bool); 15] = [
            (Organisation::is_commune, "7210", Headcount::From50, "", true),
            (Organisation::is_commune, "7346", Headcount::From50, "", false),
            (Organisation::is_community_of_communes, "7346", Headcount::From50, "", true),
            (Organisation::is_public_school, "7331", Headcount::From50, "", true),
            (Organisation::is_public_school, "7210", Headcount::From50, "85.20Z", true),
            (Organisation::is_public_school, "7210", Headcount::From50, "84.11Z", false),
            (Organisation::is_public_school, "9220", Headcount::From50, "85.20Z", false),
            (Organisation::is_one_person_business, "1000", Headcount::Unknown, "", true),
            (Organisation::is_one_person_business, "5710", Headcount::From1, "", true),
            (Organisation::is_one_person_business, "5710", Headcount::From3, "", false),
            (Organisation::is_small_association, "9220", Headcount::From20, "", true),
            (Organisation::is_small_association, "9220", Headcount::From50, "", false),
            (Organisation::is_small_civil_company, "6540", Headcount::From1, "", true),
            (Organisation::is_small_civil_company, "6540", Headcount::From3, "", false),
            (Organisation::is_small_public_body, "7361", Headcount::From250, "", true),
        ];
        for (family, category, headcount, activity, expected) in rows {
            let organisation = organisation(category, headcount, activity);
            assert_eq!(family(&organisation), expected, "{organisation:?}");
        }
    }
}
