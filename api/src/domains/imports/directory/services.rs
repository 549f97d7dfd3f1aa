//! What an edition says of services: a column of flags for each type of service that the regulator registers, and one for each band of
//! people whom services are for. Editions write their names in other capitals, dashes and spaces, and may have more or fewer of them.

use std::collections::BTreeSet;

use entity::parties::kinds::{ClientGroup, ServiceKind};

use super::cells;
use super::entry::Told;
use super::headings::bare;

/// How the headings begin, without what changes from edition to edition.
const TYPE: &str = "servicetype";
const BAND: &str = "serviceuserband";

/// The kind of service that a type is; nothing where the heading is of no type. A type of which nothing here speaks is another kind.
#[must_use]
pub fn kind(heading: &str) -> Option<ServiceKind> {
    use ServiceKind as K;
    let heading = bare(heading);
    let service_type = heading.strip_prefix(TYPE).filter(|rest| !rest.is_empty())?;
    let says = |words: &str| service_type.contains(words);
    Some(if says("domiciliarycare") {
        K::Homecare
    } else if says("supportedliving") {
        K::SupportedLiving
    } else if says("carehome") && says("withoutnursing") {
        K::Residential
    } else if says("carehome") && says("withnursing") {
        K::Nursing
    } else if says("communityhealth") || says("communitybasedservices") {
        K::CommunityHealth
    } else if says("acuteservices") || says("hospitalservices") {
        K::Hospital
    } else {
        K::Other
    })
}

/// Whether a heading is that of a band of people.
#[must_use]
pub fn is_band(heading: &str) -> bool {
    bare(heading).starts_with(BAND)
}

/// The group of people that a band is; nothing where none here is the same.
#[must_use]
pub fn group(heading: &str) -> Option<ClientGroup> {
    use ClientGroup as G;
    let heading = bare(heading);
    let band = heading.strip_prefix(BAND)?;
    // People who are detained stand first: the name of their band has mental health in it, too.
    let known = [
        ("detained", G::DetainedMentalHealthAct),
        ("mentalhealth", G::MentalHealth),
        ("wholepopulation", G::WholePopulation),
        ("children", G::Children),
        ("youngeradults", G::YoungerAdults),
        ("olderpeople", G::OlderPeople),
        ("learningdisabilit", G::LearningDisabilityOrAutism),
        ("dementia", G::Dementia),
        ("eatingdisorder", G::EatingDisorder),
        ("misusedrugs", G::DrugsOrAlcohol),
        ("physicaldisability", G::PhysicalDisability),
        ("sensoryimpairment", G::SensoryImpairment),
    ];
    let found = known.iter().find(|(words, _)| band.contains(words));
    found.map(|(_, group)| *group)
}

/// Where the flags are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    /// Kinds of service; several types may be one kind.
    pub kinds: Vec<(ServiceKind, usize)>,
    /// Groups of people.
    pub groups: Vec<(ClientGroup, usize)>,
    /// Bands that are no group here.
    pub unknown: Vec<usize>,
}

impl Flags {
    /// Finds the flags among the headings of a file.
    #[must_use]
    pub fn among(written: &[String]) -> Self {
        let mut flags = Self::default();
        for (place, heading) in written.iter().enumerate() {
            if let Some(kind) = kind(heading) {
                flags.kinds.push((kind, place));
            } else if let Some(group) = group(heading) {
                flags.groups.push((group, place));
            } else if is_band(heading) {
                flags.unknown.push(place);
            }
        }
        flags
    }
}

/// What the flags of a row say, and where a cell is none. Whatever only such a cell could have said is not told.
pub fn told<T: Copy + Ord>(flags: &[(T, usize)], says: impl Fn(usize) -> String) -> (Told<T>, Vec<usize>) {
    let (mut told, mut unsure, mut wrong) = (Told::new(), BTreeSet::new(), Vec::new());
    for (what, place) in flags {
        let Some(is_so) = cells::flag(&says(*place)) else {
            unsure.insert(*what);
            wrong.push(*place);
            continue;
        };
        *told.entry(*what).or_insert(false) |= is_so;
    }
    told.retain(|what, is_so| *is_so || !unsure.contains(what));
    (told, wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_type_of_the_regulator_is_a_kind_here() {
        use ServiceKind as K;
        for (service_type, expected) in [
            ("Domiciliary care service", K::Homecare),
            ("Supported living service", K::SupportedLiving),
            ("Care home service without nursing", K::Residential),
            ("Care home service with nursing", K::Nursing),
            ("Community healthcare service", K::CommunityHealth),
            (
                "Community health care services - Nurses Agency only",
                K::CommunityHealth,
            ),
            (
                "Community based services for people with a learning disability",
                K::CommunityHealth,
            ),
            ("Acute services with overnight beds", K::Hospital),
            (
                "Hospital services for people with mental health needs, learning disabilities and problems with substance misuse",
                K::Hospital,
            ),
            ("Shared Lives", K::Other),
            ("Extra Care housing services", K::Other),
            ("Hospice services at home", K::Other),
            (
                "Residential substance misuse treatment and/or rehabilitation service",
                K::Other,
            ),
            ("Something that nobody has thought of yet", K::Other),
        ] {
            let heading = format!("Service type - {service_type}");
            assert_eq!(kind(&heading), Some(expected), "{heading}");
        }
    }

    #[test]
    fn headings_may_be_written_otherwise() {
        for heading in [
            "SERVICE TYPE \u{2013} DOMICILIARY CARE SERVICE",
            "service_type: domiciliary-care services",
            "Service types - Domiciliary  care",
        ] {
            assert_eq!(kind(heading), Some(ServiceKind::Homecare), "{heading}");
        }
        assert_eq!(
            group("service user band \u{2013} older  people"),
            Some(ClientGroup::OlderPeople)
        );
    }

    #[test]
    fn other_columns_are_of_no_type() {
        for heading in [
            "Service type",
            "Regulated activity - Personal care",
            "Care home?",
            "Location Type/Sector",
        ] {
            assert_eq!(kind(heading), None, "{heading}");
        }
    }

    #[test]
    fn each_band_of_the_regulator_is_a_group_here() {
        use ClientGroup as G;
        for (band, expected) in [
            ("Whole Population", Some(G::WholePopulation)),
            ("Children 0-18 years", Some(G::Children)),
            ("Younger Adults", Some(G::YoungerAdults)),
            ("Older People", Some(G::OlderPeople)),
            (
                "Learning disabilities or autistic spectrum disorder",
                Some(G::LearningDisabilityOrAutism),
            ),
            ("Dementia", Some(G::Dementia)),
            ("Mental Health", Some(G::MentalHealth)),
            (
                "People detained under the Mental Health Act",
                Some(G::DetainedMentalHealthAct),
            ),
            ("People with an eating disorder", Some(G::EatingDisorder)),
            ("People who misuse drugs and alcohol", Some(G::DrugsOrAlcohol)),
            ("Physical Disability", Some(G::PhysicalDisability)),
            ("Sensory Impairment", Some(G::SensoryImpairment)),
            ("People on the moon", None),
        ] {
            let heading = format!("Service user band - {band}");
            assert_eq!(
                (group(&heading), is_band(&heading)),
                (expected, true),
                "{heading}"
            );
            assert_eq!(kind(&heading), None, "{heading}");
        }
    }

    fn read(cells: &[&str]) -> (Told<ServiceKind>, Vec<usize>) {
        let flags = [
            (ServiceKind::Other, 0),
            (ServiceKind::Other, 1),
            (ServiceKind::Nursing, 2),
        ];
        told(&flags, |place| cells[place].to_owned())
    }

    #[test]
    fn several_types_of_one_kind_are_one_service() {
        let (told, wrong) = read(&["Y", "Y", ""]);
        assert_eq!(
            told,
            Told::from([(ServiceKind::Other, true), (ServiceKind::Nursing, false)])
        );
        assert_eq!(wrong, Vec::<usize>::new());
    }

    #[test]
    fn a_cell_that_is_no_flag_says_neither_yes_nor_no() {
        let (told, wrong) = read(&["perhaps", "", "Y"]);
        assert_eq!(
            (told, wrong),
            (Told::from([(ServiceKind::Nursing, true)]), vec![0])
        );
        let (told, wrong) = read(&["perhaps", "Y", ""]);
        assert_eq!(told.get(&ServiceKind::Other), Some(&true));
        assert_eq!(wrong, [0]);
    }
}
