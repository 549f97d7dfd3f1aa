//! The schema: what is declared, what is written by hand, and its text.

use async_graphql::{
    EmptySubscription, MergedObject, SDLExportOptions, Schema, SchemaBuilder, ValidationMode,
};
use serde::{Deserialize, Serialize};

use super::described::Described;
use super::document::ScalarRule;
use super::viewer::ViewerQuery;
use crate::domains::{self, AreaQuery, Mutation};
use crate::events::IdempotencyKey;
use crate::planner::{CATALOGUE, Date, DateTime, Decimal, Entities, Keys, Query, ServiceSdl};

/// The whole schema.
pub type ApiSchema = Schema<Query<HandWritten>, Described<Mutation>, EmptySubscription>;

/// Fields of `Query` that are not read from a table.
#[derive(MergedObject, Default)]
#[graphql(name = "HandWrittenQuery")]
pub struct HandWritten(ViewerQuery, AreaQuery);

/// Whether the server is a part of a federation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FederationSettings {
    /// Whether `_entities` and `_service` are answered, for a gateway that joins this server with others. Everybody's scope
    /// holds there, too. Default false.
    pub enabled: bool,
}

impl crate::config::Section for FederationSettings {}

type ApiSchemaBuilder = SchemaBuilder<Query<HandWritten>, Described<Mutation>, EmptySubscription>;

/// What the scalars of the contract take, for `graphql::document`.
#[must_use]
pub fn scalar_rules() -> [ScalarRule; 4] {
    [
        ScalarRule::of::<Date>("a day such as 2026-03-01"),
        ScalarRule::of::<Decimal>("a number in quotation marks, such as \"12.5\", with at most 6 decimals"),
        ScalarRule::of::<DateTime>("an instant such as 2026-03-01T09:30:00Z"),
        ScalarRule::of::<IdempotencyKey>("8 to 100 letters, digits or -_.: , such as a UUID"),
    ]
}

/// What fields that take work cost, for `graphql::document`: type, name, points for each object they are selected of.
#[must_use]
pub fn field_weights() -> Vec<(&'static str, &'static str, u32)> {
    let declared = CATALOGUE.objects().iter().flat_map(|object| {
        let weighed = object.fields.iter().filter(|field| field.points > 0);
        weighed.map(|field| (object.name, field.name, field.points))
    });
    declared.chain(domains::WEIGHTS).collect()
}

/// Builds the schema. Documents come validated and limited (`graphql::document`), so the executor does not check again.
#[must_use]
pub fn build() -> ApiSchema {
    builder().finish()
}

/// The same with `_entities` and `_service`, for a server behind a federation gateway.
#[must_use]
pub fn build_federated() -> ApiSchema {
    builder()
        .register_output_type::<Entities>()
        .data(ServiceSdl(federation_sdl().into()))
        .finish()
}

fn builder() -> ApiSchemaBuilder {
    Schema::build(Query::default(), Described::default(), EmptySubscription)
        .validation_mode(ValidationMode::Fast)
        .limit_recursive_depth(64)
        .disable_suggestions()
}

/// The public contract, `schema.graphql`.
#[must_use]
pub fn sdl(schema: &ApiSchema) -> String {
    schema.sdl_with_options(
        SDLExportOptions::new()
            .sorted_arguments()
            .sorted_enum_items()
            .sorted_fields()
            .include_specified_by(),
    )
}

/// The contract for a federation composer, printed apart so that its machinery never shows in the public one.
#[must_use]
pub fn federation_sdl() -> String {
    builder()
        .register_output_type::<Keys>()
        .finish()
        .sdl_with_options(
            SDLExportOptions::new()
                .federation()
                .sorted_arguments()
                .sorted_enum_items()
                .sorted_fields(),
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scalar_of_the_contract_has_a_rule() {
        let rules = scalar_rules();
        for line in sdl(&build()).lines() {
            if let Some(name) = line
                .strip_prefix("scalar ")
                .and_then(|rest| rest.split(' ').next())
            {
                assert!(
                    rules.iter().any(|rule| rule.name() == name),
                    "say in `scalar_rules` what `{name}` takes"
                );
            }
        }
    }

    #[test]
    fn federation_shows_only_where_it_is_asked_for() {
        let machinery = [
            "_entities",
            "_service",
            "_Any",
            "_Entity",
            "_Service",
            "@key",
            "@link",
        ];
        let public = sdl(&build());
        let federated = sdl(&build_federated());
        for word in machinery {
            assert!(!public.contains(word), "{word}");
        }
        for word in [
            "_entities(",
            "representations: [_Any!]!",
            "): [_Entity]!",
            "_service: _Service!",
        ] {
            assert!(federated.contains(word), "{word}");
        }
        let composed = federation_sdl();
        assert!(composed.contains("@key(fields: \"id\")") && !composed.contains("_entities"));
    }
}
