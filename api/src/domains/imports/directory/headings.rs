//! Where the columns of an edition are. Names change from edition to edition: capitals, dashes, and whether `Location` stands before them.

use super::super::fault::HeadingsError;
use super::services::Flags;

/// A column that is read. All others are passed over unread, but for [`Flags`].
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// The code of the location.
    LocationCode,
    /// When the location was registered.
    LocationStart,
    /// What the location is called.
    LocationName,
    /// The location's code in the Organisation Data Service.
    LocationOds,
    /// How many beds a care home has.
    Beds,
    /// The latest overall rating.
    Rating,
    /// When that was published.
    RatingOn,
    /// Whether it was given to who ran the location before.
    Inherited,
    /// The council in whose area the location lies, by name.
    LocalAuthority,
    /// Its postcode.
    Postcode,
    /// Its unique property reference number.
    Uprn,
    /// Degrees north.
    Latitude,
    /// Degrees east.
    Longitude,
    /// The code of the provider.
    ProviderCode,
    /// What the provider is called.
    ProviderName,
    /// The provider's number at Companies House.
    CompanyNumber,
    /// The provider's number at the Charity Commission.
    CharityNumber,
}

/// How each column was and is called, the usual name first, and whether there is no edition without it.
const COLUMNS: [(Column, bool, &[&str]); 17] = [
    (Column::LocationCode, true, &["Location ID"]),
    (
        Column::LocationStart,
        false,
        &["Location HSCA start date", "HSCA start date"],
    ),
    (Column::LocationName, true, &["Location Name"]),
    (Column::LocationOds, false, &["Location ODS Code", "ODS Code"]),
    (
        Column::Beds,
        false,
        &["Care homes beds", "Care home beds", "Number of beds"],
    ),
    (
        Column::Rating,
        false,
        &[
            "Location Latest Overall Rating",
            "Latest Overall Rating",
            "Latest rating",
        ],
    ),
    (Column::RatingOn, false, &["Publication Date"]),
    (
        Column::Inherited,
        false,
        &["Inherited Rating (Y/N)", "Inherited Rating"],
    ),
    (
        Column::LocalAuthority,
        false,
        &["Location Local Authority", "Local Authority"],
    ),
    (
        Column::Postcode,
        false,
        &[
            "Location Postal Code",
            "Location Postcode",
            "Postal Code",
            "Postcode",
        ],
    ),
    (
        Column::Uprn,
        false,
        &["Location UPRN ID", "Location UPRN", "UPRN ID", "UPRN"],
    ),
    (Column::Latitude, false, &["Location Latitude", "Latitude"]),
    (Column::Longitude, false, &["Location Longitude", "Longitude"]),
    (Column::ProviderCode, true, &["Provider ID"]),
    (Column::ProviderName, true, &["Provider Name"]),
    (
        Column::CompanyNumber,
        false,
        &["Provider Companies House Number", "Companies House Number"],
    ),
    (
        Column::CharityNumber,
        false,
        &["Provider Charity Number", "Charity Number"],
    ),
];

/// Where the columns of a file are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headings {
    places: Vec<(Column, usize)>,
    flags: Flags,
    written: Vec<String>,
}

impl Headings {
    /// Finds the columns among the headings of a file.
    ///
    /// # Errors
    /// All that are missing, and all that are there twice.
    pub fn among(written: Vec<String>) -> Result<Self, HeadingsError> {
        let (mut wrong, mut places) = (HeadingsError::default(), Vec::new());
        for (column, is_needed, names) in COLUMNS {
            let named = |heading: &&String| names.iter().any(|name| bare(name) == bare(heading));
            let mut found = written.iter().enumerate().filter(|(_, heading)| named(heading));
            match (found.next(), found.next()) {
                (Some(first), Some(second)) => wrong.doubled.push((first.1.clone(), second.1.clone())),
                (Some((place, _)), None) => places.push((column, place)),
                (None, _) if is_needed => wrong
                    .missing
                    .push((names[0].to_owned(), near(names[0], &written))),
                (None, _) => {}
            }
        }
        if wrong == HeadingsError::default() {
            let flags = Flags::among(&written);
            return Ok(Self {
                places,
                flags,
                written,
            });
        }
        wrong.found = written;
        Err(wrong)
    }

    /// How many cells a row has.
    #[must_use]
    pub const fn width(&self) -> usize {
        self.written.len()
    }

    /// Where a column is; nothing where this edition has none.
    #[must_use]
    pub fn place(&self, column: Column) -> Option<usize> {
        let found = self.places.iter().find(|(known, _)| *known == column);
        found.map(|(_, place)| *place)
    }

    /// Where the flags of services are.
    #[must_use]
    pub const fn flags(&self) -> &Flags {
        &self.flags
    }

    /// What the file calls the column at a place.
    #[must_use]
    pub fn written(&self, place: usize) -> Option<&str> {
        self.written.get(place).map(String::as_str)
    }

    /// What the file calls a column.
    #[must_use]
    pub fn name(&self, column: Column) -> Option<&str> {
        self.written(self.place(column)?)
    }
}

/// A heading without what changes from edition to edition: only its letters and digits, all small.
pub(super) fn bare(heading: &str) -> String {
    let letters = heading.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

fn near(wanted: &str, written: &[String]) -> Option<String> {
    let likeness = |heading: &String| strsim::jaro_winkler(&bare(heading), &bare(wanted));
    let near = written.iter().map(|heading| (likeness(heading), heading));
    let best = near.max_by(|one, other| one.0.total_cmp(&other.0));
    best.filter(|(likeness, _)| *likeness > 0.85)
        .map(|(_, heading)| heading.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str) -> Result<Headings, HeadingsError> {
        Headings::among(line.split(',').map(str::to_owned).collect())
    }

    #[test]
    fn editions_may_call_columns_otherwise() {
        let old = of("Location ID,Location Name,Provider ID,Provider Name,Postcode,Number of beds").unwrap();
        let new =
            of("PROVIDER NAME,provider_id,location-name,LOCATION ID,Location Postal Code,Care homes beds")
                .unwrap();
        assert_eq!(
            (old.place(Column::Postcode), new.place(Column::Postcode)),
            (Some(4), Some(4))
        );
        assert_eq!(
            (old.place(Column::Beds), new.place(Column::ProviderCode)),
            (Some(5), Some(1))
        );
        assert_eq!((old.place(Column::Uprn), new.width()), (None, 6));
        assert_eq!(new.name(Column::LocationName), Some("location-name"));
    }

    #[test]
    fn everything_that_is_missing_is_named() {
        let wrong = of("Location Nam,Provider ID,ProviderID,Postcode").unwrap_err();
        let missing: Vec<_> = wrong.missing.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(missing, ["Location ID", "Location Name", "Provider Name"]);
        assert_eq!(wrong.missing[1].1.as_deref(), Some("Location Nam"));
        assert_eq!(
            wrong.doubled,
            [("Provider ID".to_owned(), "ProviderID".to_owned())]
        );
    }

    #[test]
    fn no_column_is_of_a_person() {
        for (_, _, names) in COLUMNS {
            for name in names {
                let name = bare(name);
                assert!(
                    !["manager", "individual", "partner", "telephone"]
                        .iter()
                        .any(|word| name.contains(word)),
                    "{name}"
                );
            }
        }
    }
}
