//! `observationTotals`: figures put together.

use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use chrono::NaiveDate;
use entity::Described;
use entity::outcomes::kinds::{ObservationMarker, ObservationQuality, SubjectType};
use entity::outcomes::{disaggregation, indicator, indicator_version, observation};
use entity::parties::kinds::GeographyLevel;
use entity::parties::{geography, organisation, service, site};
use sea_orm::IdenStatic;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Alias, CaseStatement, Condition, Expr, ExprTrait, Func};

use super::people;
use crate::domains::outcomes::observation::naming::measure;
use crate::domains::outcomes::rules::aggregation::{Gaps, NotAggregated, Sums, total};
use crate::domains::outcomes::settings::count;
use crate::graphql::{fault, find, page_size, unusable_argument};
use crate::planner::{Date, Decimal, OneOf, Planned};
use crate::store::{Found, ReadSession, Rows, Scoped, StoreError, Totals, row};

/// The field of `Query`.
#[derive(Default)]
pub struct TotalsQuery;

/// By what totals are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum ObservationTotalsBy {
    /// By period alone.
    Period,
    /// By the region of the area.
    Region,
    /// By organisation: that of the figure, the provider of the service, whoever runs the site.
    Organisation,
}

#[Object]
impl TotalsQuery {
    /// An indicator's figures put together, among those that you may read. A percentage is made again from numerators and
    /// denominators, never averaged; a rate keeps its population; counts and money add. Figures of different periods, wordings, kinds
    /// of subject, levels of areas and groups of people are never put together: they may be of the same people. Those of an
    /// organisation and of another that belongs to it are put together: leave one of them out where it counts the other's people. Where
    /// one of the figures is withheld or missing there is no total, and the answer says why.
    #[expect(clippy::too_many_arguments, reason = "they are the question's")]
    async fn observation_totals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The global id of the indicator.")] indicator: ID,
        #[graphql(
            desc = "By what totals are told apart beside period, wording, subject and people.",
            default_with = "ObservationTotalsBy::Period"
        )]
        by: ObservationTotalsBy,
        #[graphql(desc = "The global id of the people; each group for itself when you name none.")]
        disaggregation: Option<ID>,
        #[graphql(desc = "Only periods that begin on this day or later.")] period_from: Option<Date>,
        #[graphql(desc = "Only periods that end on this day or earlier.")] period_until: Option<Date>,
        #[graphql(
            desc = "How many totals at most: 1 to 100; 25 when you ask for nothing. Where there are more, the question is refused."
        )]
        first: Option<i32>,
    ) -> Result<Vec<ObservationTotal>> {
        let first = page_size(ctx, first)?;
        let Some(indicator) = find::<indicator::Entity>(ctx, &indicator).await? else {
            return Ok(Vec::new());
        };
        let people = match &disaggregation {
            None => None,
            Some(named) => match people(ctx, Some(named)).await? {
                None => return Ok(Vec::new()),
                found => found,
            },
        };
        let asked = |rows: &Rows<observation::Entity>| {
            use observation::Column as C;
            let test = Condition::all()
                .add(rows.column(C::IndicatorId).eq(indicator.id))
                .add(rows.column(C::IsCurrent).eq(true))
                .add_option(people.map(|people| rows.column(C::DisaggregationId).eq(people.id)));
            let test = test
                .add_option(period_from.map(|from| rows.column(C::PeriodStart).gte(from.0)))
                .add_option(period_until.map(|until| rows.column(C::PeriodEnd).lte(until.0)));
            summed(rows, test, by)
        };
        let found = ctx
            .data::<ReadSession>()?
            .totals::<observation::Entity>(asked, u64::from(first) + 1)
            .await
            .map_err(|error| fault(&error))?;
        if found.len() > count(first) {
            let message = format!(
                "These are more than {first} totals: ask for more with `first`, for fewer periods, or for fewer people."
            );
            return Err(unusable_argument(&message));
        }
        totals(&indicator, by, &found).map_err(|error| fault(&error))
    }
}

const AREA: &str = "area";
const SERVICE: &str = "service";
const SITE: &str = "site";

fn of(table: &'static str, column: impl IdenStatic) -> Expr {
    Expr::col((Alias::new(table), Alias::new(column.as_str())))
}

/// The organisation that a column names, where the viewer may read it.
fn if_read<E: Scoped>(rows: &Rows<E>, column: E::Column) -> Expr {
    let is_read = rows.parent_visible::<organisation::Entity>(column);
    CaseStatement::new().case(is_read, rows.column(column)).into()
}

/// Keys: period, wording, kind of subject, level of area, people, and what the client asks by. Sums: figures, those withheld, those
/// without a value for another reason, those without a part, those that were not counted, and the two halves each of numerators, denominators and values.
///
/// An area's level and region are read by everybody. The organisation that a service or a site belongs to counts where it may be
/// read: whoever may not is not told, by a group, that two of them belong to one.
fn summed(rows: &Rows<observation::Entity>, test: Condition, by: ObservationTotalsBy) -> Totals {
    use observation::Column as C;
    let points = |table: &'static str, column: C| {
        Condition::all().add(of(table, geography::Column::Id).eq(rows.column(column)))
    };
    let totals = Totals::of(test)
        .with::<geography::Entity>(AREA, points(AREA, C::GeographyId))
        .by(rows.column(C::PeriodStart))
        .by(rows.column(C::PeriodEnd))
        .by(rows.column(C::IndicatorVersionId))
        .by(rows.column(C::SubjectType))
        .by(of(AREA, geography::Column::Level))
        .by(rows.column(C::DisaggregationId));
    let totals = match by {
        ObservationTotalsBy::Period => totals,
        ObservationTotalsBy::Region => totals.by(of(AREA, geography::Column::ParentId)),
        ObservationTotalsBy::Organisation => totals
            .with::<service::Entity>(SERVICE, points(SERVICE, C::ServiceId))
            .with::<site::Entity>(SITE, points(SITE, C::SiteId))
            .by(Func::coalesce([
                if_read(rows, C::OrganisationId),
                if_read(
                    &rows.joined::<service::Entity>(SERVICE),
                    service::Column::ProviderOrganisationId,
                ),
                if_read(&rows.joined::<site::Entity>(SITE), site::Column::OrganisationId),
            ])),
    };
    let withheld = || {
        let marker = rows.column(C::Marker);
        marker
            .clone()
            .is_not_null()
            .and(marker.eq(ObservationMarker::Confidential.stored_name()))
    };
    let is_about_so_much = rows
        .column(C::Quality)
        .is_in([ObservationQuality::Estimate, ObservationQuality::Reported].map(Described::stored_name))
        .or(rows
            .column(C::Marker)
            .is_not_null()
            .and(rows.column(C::Marker).eq(ObservationMarker::Low.stored_name())));
    let no_value = rows.column(C::Value).is_null();
    let no_part = rows
        .column(C::Numerator)
        .is_null()
        .or(rows.column(C::Denominator).is_null());
    totals
        .count(Expr::val(1).eq(1))
        .count(withheld())
        .count(no_value.and(withheld().not()))
        .count(no_part)
        .count(is_about_so_much)
        .sum(rows.column(C::Numerator))
        .sum(rows.column(C::Denominator))
        .sum(rows.column(C::Value))
}

/// Why figures were not put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum NotTotalled {
    /// Some are withheld: a total would tell what, or be wrong without them.
    Withheld,
    /// Some are missing: a total without them would be of others than it says.
    Missing,
    /// Some came without numerator and denominator, from which the total would be made again.
    NoParts,
    /// They are of nobody.
    Nobody,
    /// It would be larger than any figure.
    TooLarge,
}

/// Figures of one period, wording, kind of subject and group of people, put together.
#[derive(Debug, SimpleObject)]
pub struct ObservationTotal {
    /// The first day of the period.
    period_start: Date,
    /// The last day of the period.
    period_end: Date,
    /// The wording that was measured.
    indicator_version: Planned<indicator_version::Entity>,
    /// What the figures are about.
    subject_type: OneOf<SubjectType>,
    /// Of areas, on which level they are.
    level: Option<OneOf<GeographyLevel>>,
    /// Whom they are of.
    disaggregation: Planned<disaggregation::Entity>,
    /// The area that the areas lie in: for councils, their region. Null unless you ask by region, and where they lie in none.
    region: Option<Planned<geography::Entity>>,
    /// The organisation; null unless you ask by organisation.
    organisation: Option<Planned<organisation::Entity>>,
    /// Of how many figures it is made.
    figures: i32,
    /// Whether some of them were told or estimated, or round to zero and are not zero: show it as "about".
    is_approximate: bool,
    /// The figure that they make together; null just where `notTotalled` says why.
    value: Option<Decimal>,
    /// How many of the denominator, together; null for counts and money.
    numerator: Option<Decimal>,
    /// Of how many, together; for a rate, the population. Null for counts and money.
    denominator: Option<Decimal>,
    /// Why there is none.
    not_totalled: Option<NotTotalled>,
    /// The same in words.
    explanation: Option<String>,
}

/// The totals, of rows as [`summed`] asks for them.
fn totals(
    indicator: &indicator::Model,
    by: ObservationTotalsBy,
    rows: &[Found],
) -> Result<Vec<ObservationTotal>, StoreError> {
    let keys = rows
        .iter()
        .map(|row| Key::of(by, row))
        .collect::<Result<Vec<_>, _>>()?;
    let owns = keys.iter().map(|key| key.own.unwrap_or_default());
    let (regions, organisations) = (Planned::list(owns.clone()), Planned::list(owns));
    let versions = Planned::list(keys.iter().map(|key| key.version));
    let people = Planned::list(keys.iter().map(|key| key.people));
    let read = versions
        .into_iter()
        .zip(people)
        .zip(regions.into_iter().zip(organisations));
    let totals = read.zip(rows.iter().zip(&keys)).map(
        |(((indicator_version, disaggregation), (region, organisation)), (row, key))| {
            let is = |other| by == other && key.own.is_some();
            let sums = sums(row, key.width)?;
            let measure = measure(indicator);
            let made = total(measure.unit, measure.decimals, &sums);
            Ok(ObservationTotal {
                period_start: Date(key.period.0),
                period_end: Date(key.period.1),
                indicator_version,
                subject_type: OneOf(key.subject_type),
                level: key.level.map(OneOf),
                disaggregation,
                region: is(ObservationTotalsBy::Region).then_some(region),
                organisation: is(ObservationTotalsBy::Organisation).then_some(organisation),
                figures: i32::try_from(sums.figures).unwrap_or(i32::MAX),
                is_approximate: row::big_integer(row, key.width + 4)?.is_some_and(|uncounted| uncounted > 0),
                value: made.ok().map(|made| Decimal(made.value)),
                numerator: made.ok().and_then(|made| made.numerator).map(Decimal),
                denominator: made.ok().and_then(|made| made.denominator).map(Decimal),
                not_totalled: made.err().map(Into::into),
                explanation: made.err().map(|reason| format!("There is no total: {reason}.")),
            })
        },
    );
    totals.collect()
}

/// What tells a total from the others.
struct Key {
    period: (NaiveDate, NaiveDate),
    version: Uuid,
    subject_type: SubjectType,
    level: Option<GeographyLevel>,
    people: Uuid,
    /// The region or the organisation.
    own: Option<Uuid>,
    /// How many columns it takes.
    width: usize,
}

impl Key {
    fn of(by: ObservationTotalsBy, row: &Found) -> Result<Self, StoreError> {
        let date = |place| Ok::<_, StoreError>(row::date(row, place)?.unwrap_or_default());
        let id = |place| Ok::<_, StoreError>(row::id(row, place)?.unwrap_or_default());
        let closed =
            |error: entity::UnknownValue| StoreError::Failed(sea_orm::DbErr::Type(error.to_string()));
        let has_own = by != ObservationTotalsBy::Period;
        Ok(Self {
            period: (date(0)?, date(1)?),
            version: id(2)?,
            subject_type: row::text(row, 3)?.unwrap_or_default().parse().map_err(closed)?,
            level: row::text(row, 4)?.map(str::parse).transpose().map_err(closed)?,
            people: id(5)?,
            own: if has_own { row::id(row, 6)? } else { None },
            width: 6 + usize::from(has_own),
        })
    }
}

/// What figures add up to, of the columns after the key.
fn sums(row: &Found, first: usize) -> Result<Sums, StoreError> {
    let number = |place: usize| row::big_integer(row, first + place).map(Option::unwrap_or_default);
    let counted = |place: usize| number(place).map(|count| usize::try_from(count).unwrap_or_default());
    let sum = |place: usize| {
        let (millions, rest) = (number(place)?, number(place + 1)?);
        Ok::<_, StoreError>(i128::from(millions) * 1_000_000 + i128::from(rest))
    };
    Ok(Sums {
        figures: counted(0)?,
        values: Gaps {
            suppressed: counted(1)?,
            missing: counted(2)?,
        },
        parts: Gaps {
            suppressed: 0,
            missing: counted(3)?,
        },
        numerator: sum(5)?,
        denominator: sum(7)?,
        value: sum(9)?,
    })
}

impl From<NotAggregated> for NotTotalled {
    fn from(reason: NotAggregated) -> Self {
        match reason {
            NotAggregated::Suppressed(_) => Self::Withheld,
            NotAggregated::Missing(_) | NotAggregated::Nothing => Self::Missing,
            NotAggregated::NoParts(_) => Self::NoParts,
            NotAggregated::Nobody => Self::Nobody,
            NotAggregated::TooLarge => Self::TooLarge,
        }
    }
}
