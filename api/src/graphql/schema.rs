//! The schema: what is declared, what is written by hand, and its text.

use async_graphql::{EmptySubscription, MergedObject, SDLExportOptions, Schema, ValidationMode};

use super::described::Described;
use super::viewer::ViewerQuery;
use crate::domains::Mutation;
use crate::planner::{Federated, Query};

/// The whole schema.
pub type ApiSchema = Schema<Query<HandWritten>, Described<Mutation>, EmptySubscription>;

/// Fields of `Query` that are not read from a table.
#[derive(MergedObject, Default)]
#[graphql(name = "HandWrittenQuery")]
pub struct HandWritten(ViewerQuery);

/// Builds the schema. Documents come validated and limited (`graphql::document`), so the executor does not check again.
#[must_use]
pub fn build() -> ApiSchema {
    Schema::build(Query::default(), Described::default(), EmptySubscription)
        .validation_mode(ValidationMode::Fast)
        .limit_recursive_depth(64)
        .disable_suggestions()
        .finish()
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

/// The same for a federation composer, printed apart so that its machinery never shows in the public contract.
#[must_use]
pub fn federation_sdl() -> String {
    let root = Federated::<HandWritten>::default();
    Schema::build(root, Described::<Mutation>::default(), EmptySubscription)
        .finish()
        .sdl_with_options(
            SDLExportOptions::new()
                .federation()
                .sorted_arguments()
                .sorted_enum_items()
                .sorted_fields(),
        )
}
