//! Indicators, how they are worded, and how people are told apart.

use entity::outcomes::kinds::{DisaggregationDimension, IndicatorPolarity, IndicatorUnit};
use entity::outcomes::{
    disaggregation, indicator, indicator_target, indicator_version, observation, outcome, outcome_framework,
};
use entity::releases::published_figure;

use crate::planner::declare::{Declared, FilterTest, ObjectType};

impl Declared for indicator::Entity {
    const NAME: &'static str = "Indicator";
    const PREFIX: &'static str = "indicator";

    fn declare() -> ObjectType {
        use indicator::Column as C;
        ObjectType::of::<Self>(
            "What is measured to see whether an outcome is met. Read by whoever reads its framework. Of its figures everybody reads \
             what is published: see `PublishedFigure` and `Observation`.",
        )
        .column("code", C::Code, "Its code within the framework.")
        .column("title", C::Title, "What it is called.")
        .one_of::<IndicatorUnit>("unit", C::Unit, "What it counts in.")
        .column("decimals", C::Decimals, "With how many decimal places its values are shown.")
        .one_of::<IndicatorPolarity>("polarity", C::Polarity, "Which way it gets better.")
        .column("ordinal", C::Ordinal, "Its place in the framework, from 1.")
        .to_one::<outcome::Entity>("outcome", C::OutcomeId, "The outcome that it shows.")
        .to_one::<outcome_framework::Entity>("framework", C::FrameworkId, "The framework.")
        .to_many::<indicator_version::Entity>(
            "versions",
            indicator_version::Column::IndicatorId,
            "How it is and was worded.",
        )
        .to_many::<observation::Entity>(
            "observations",
            observation::Column::IndicatorId,
            "Its figures about what is yours, of all its versions.",
        )
        .to_many::<published_figure::Entity>(
            "publishedFigures",
            published_figure::Column::IndicatorId,
            "Its figures as they were published: with `filter: {isLatest: true}` those that hold.",
        )
        .to_many::<indicator_target::Entity>(
            "targets",
            indicator_target::Column::IndicatorId,
            "What it is to reach and where it began, for what is yours.",
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("ORDINAL", C::Ordinal, "By place in the framework.")
        .order("CREATED_AT", C::CreatedAt, "By when it was recorded.")
        .filter_one_of::<IndicatorUnit>("unit", C::Unit, "Only with these units.")
        .filter("code", FilterTest::Contains("code"), "Only those whose code contains this.")
        .filter(
            "framework",
            FilterTest::Is("framework_id", outcome_framework::Entity::PREFIX),
            "Only of this framework.",
        )
        .filter("outcome", FilterTest::Is("outcome_id", outcome::Entity::PREFIX), "Only of this outcome.")
    }
}

impl Declared for indicator_version::Entity {
    const NAME: &'static str = "IndicatorVersion";
    const PREFIX: &'static str = "indicator_version";

    fn declare() -> ObjectType {
        use indicator_version::Column as C;
        ObjectType::of::<Self>(
            "How an indicator is worded and worked out for a time. Read by whoever reads the indicator.",
        )
        .column("number", C::Number, "Its place among the versions, from 1.")
        .column("definition", C::Definition, "How it is worded and worked out.")
        .column("validFrom", C::ValidFrom, "The first day it counts for.")
        .column("validTo", C::ValidTo, "The last day it counts for; null while none is known.")
        .column(
            "comparableWithPrevious",
            C::ComparableWithPrevious,
            "Whether its figures can be compared with those of the version before. Where they cannot, a line of figures stops and \
             another begins.",
        )
        .to_one::<indicator::Entity>("indicator", C::IndicatorId, "The indicator.")
        .to_many::<observation::Entity>(
            "observations",
            observation::Column::IndicatorVersionId,
            "Its figures about what is yours.",
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("NUMBER", C::Number, "By number.")
        .order("CREATED_AT", C::CreatedAt, "By when it was recorded.")
    }
}

impl Declared for disaggregation::Entity {
    const NAME: &'static str = "Disaggregation";
    const PREFIX: &'static str = "disaggregation";

    fn declare() -> ObjectType {
        use disaggregation::Column as C;
        ObjectType::of::<Self>(
            "Some of the people whom a figure is about, told apart by one thing. Read by everybody.",
        )
        .one_of::<DisaggregationDimension>("dimension", C::Dimension, "By what they are told apart.")
        .column("code", C::Code, "Their code within it.")
        .column("label", C::Label, "What they are called.")
        .column("ordinal", C::Ordinal, "Their place in lists, from 1.")
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("ORDINAL", C::Ordinal, "By place.")
        .order("CREATED_AT", C::CreatedAt, "By when it was recorded.")
        .filter_one_of::<DisaggregationDimension>("dimension", C::Dimension, "Only by these.")
    }
}
