//! Which area a file means: by its number or letters, checked against its code of the Office for National Statistics and the
//! dates between which that was in use.

use std::collections::HashMap;

use entity::id::GeographyId;
use entity::parties::geography;
use entity::parties::kinds::GeographyLevel;

use super::fault::FaultKind;
use super::period::Period;
use super::rows::Place;

/// Why an area is not known.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct PlaceFault {
    /// What sort of thing is wrong.
    pub kind: FaultKind,
    /// What is wrong, and what would be right.
    pub message: String,
}

/// The areas that there are.
#[derive(Debug, Default)]
pub struct Places {
    rows: Vec<geography::Model>,
    by_code: HashMap<(GeographyLevel, String), Vec<usize>>,
    by_gss: HashMap<String, usize>,
    by_id: HashMap<GeographyId, usize>,
}

impl Places {
    /// Of all areas that the server knows.
    #[must_use]
    pub fn of(rows: Vec<geography::Model>) -> Self {
        let mut places = Self::default();
        for (number, row) in rows.iter().enumerate() {
            let code = if row.level == GeographyLevel::LocalAuthority {
                &row.cassr
            } else {
                &row.local_code
            };
            if let Some(code) = code {
                places
                    .by_code
                    .entry((row.level, code.clone()))
                    .or_default()
                    .push(number);
            }
            if let Some(gss) = &row.gss {
                places.by_gss.insert(gss.clone(), number);
            }
            places.by_id.insert(row.id, number);
        }
        places.rows = rows;
        places
    }

    /// The area that a file means, for figures of a period.
    ///
    /// # Errors
    /// When none is known by its code, when its codes are those of two areas, or when they were no longer in use.
    pub fn find(&self, place: &Place, period: Period) -> Result<GeographyId, PlaceFault> {
        let by_gss = place
            .gss
            .as_ref()
            .and_then(|gss| self.by_gss.get(gss))
            .map(|number| &self.rows[*number]);
        if let Some(row) = by_gss.filter(|row| !is_in_use(row, period)) {
            return Err(self.retired(row));
        }
        let key = (place.level, place.code.clone());
        let by_code = self
            .by_code
            .get(&key)
            .into_iter()
            .flatten()
            .map(|number| &self.rows[*number]);
        let by_code: Vec<_> = by_code.collect();
        let in_use = by_code.iter().find(|row| is_in_use(row, period));
        match (in_use, by_gss) {
            (Some(row), Some(other)) if row.id != other.id => Err(fault(
                FaultKind::CodesDisagree,
                format!(
                    "The code {} is that of {}, and the ONS code that of {}.",
                    place.code, row.name, other.name
                ),
            )),
            (Some(row), _) => Ok(row.id),
            (None, Some(row)) if row.level == place.level => Ok(row.id),
            (None, _) => match by_code.first() {
                Some(row) => Err(self.retired(row)),
                None => Err(fault(
                    FaultKind::UnknownPlace,
                    format!("No area of this level has the code {}.", place.code),
                )),
            },
        }
    }

    fn retired(&self, row: &geography::Model) -> PlaceFault {
        let successor = row
            .successor_id
            .and_then(|id| self.by_id.get(&id))
            .map(|number| &self.rows[*number]);
        let code = |row: &geography::Model| row.gss.clone().or_else(|| row.cassr.clone()).unwrap_or_default();
        let instead = successor.map_or_else(String::new, |next| {
            format!(" Use {} ({}).", code(next), next.name)
        });
        let message = format!(
            "The code {} ({}) was not in use in this period.{instead}",
            code(row),
            row.name
        );
        fault(FaultKind::RetiredCode, message)
    }
}

/// Whether an area existed in all of a period.
fn is_in_use(row: &geography::Model, (first, last): Period) -> bool {
    row.valid_from.is_none_or(|from| from <= first) && row.valid_to.is_none_or(|to| last <= to)
}

fn fault(kind: FaultKind, message: String) -> PlaceFault {
    PlaceFault { kind, message }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    fn area(level: GeographyLevel, code: &str, gss: &str, name: &str) -> geography::Model {
        let at = "2026-03-02T12:00:00Z".parse().unwrap();
        let is_council = level == GeographyLevel::LocalAuthority;
        geography::Model {
            id: GeographyId::new(),
            gss: Some(gss.to_owned()).filter(|gss| !gss.is_empty()),
            cassr: is_council.then(|| code.to_owned()),
            local_code: (!is_council).then(|| code.to_owned()),
            name: name.to_owned(),
            level,
            parent_id: None,
            valid_from: None,
            valid_to: None,
            successor_id: None,
            organisation_id: None,
            version: 1,
            created_at: at,
            updated_at: at,
            created_by: None,
        }
    }

    fn year(start: i32) -> Period {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
        (day(start, 4, 1), day(start + 1, 3, 31))
    }

    fn place(level: GeographyLevel, code: &str, gss: &str) -> Place {
        Place {
            level,
            code: code.to_owned(),
            gss: Some(gss.to_owned()).filter(|gss| !gss.is_empty()),
        }
    }

    /// Barnsley, whose code changed on 1 April 2025, and its neighbour.
    fn places() -> (Places, [GeographyId; 3]) {
        let council = GeographyLevel::LocalAuthority;
        let mut old = area(council, "204", "E08000016", "Barnsley");
        let mut new = area(council, "204", "E08000038", "Barnsley");
        let doncaster = area(council, "205", "E08000017", "Doncaster");
        old.valid_to = NaiveDate::from_ymd_opt(2025, 3, 31);
        new.valid_from = NaiveDate::from_ymd_opt(2025, 4, 1);
        old.successor_id = Some(new.id);
        let ids = [old.id, new.id, doncaster.id];
        (Places::of(vec![old, new, doncaster]), ids)
    }

    #[test]
    fn an_area_is_the_one_that_was_there_in_the_period() {
        let (places, [old, new, _]) = places();
        let council = GeographyLevel::LocalAuthority;
        assert_eq!(
            places.find(&place(council, "204", "E08000016"), year(2020)),
            Ok(old)
        );
        assert_eq!(places.find(&place(council, "204", ""), year(2020)), Ok(old));
        assert_eq!(places.find(&place(council, "204", ""), year(2025)), Ok(new));
        assert_eq!(
            places.find(&place(council, "204", "E08000038"), year(2025)),
            Ok(new)
        );
    }

    #[test]
    fn a_retired_code_names_the_one_to_use() {
        let (places, _) = places();
        let found = places.find(
            &place(GeographyLevel::LocalAuthority, "204", "E08000016"),
            year(2025),
        );
        let fault = found.unwrap_err();
        assert_eq!(fault.kind, FaultKind::RetiredCode);
        assert_eq!(
            fault.message,
            "The code E08000016 (Barnsley) was not in use in this period. Use E08000038 (Barnsley)."
        );
    }

    #[test]
    fn two_codes_that_mean_two_areas_and_one_that_means_none_are_refused() {
        let (places, _) = places();
        let council = GeographyLevel::LocalAuthority;
        let kind = |place: Place| places.find(&place, year(2020)).unwrap_err().kind;
        assert_eq!(kind(place(council, "204", "E08000017")), FaultKind::CodesDisagree);
        assert_eq!(kind(place(council, "999", "")), FaultKind::UnknownPlace);
        assert_eq!(
            kind(place(GeographyLevel::Region, "204", "")),
            FaultKind::UnknownPlace
        );
    }
}
