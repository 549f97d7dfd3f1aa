//! How the results of a search look to clients.

use async_graphql::connection::PageInfo;
use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use entity::resources::kinds::{ResourceKind, ResourceVersionStatus};
use entity::resources::resource_version;
use sea_orm::prelude::Uuid;

use super::query::Asked;
use super::segments::{ResourceSearchEdges, TextSegments};
use crate::planner::{OneOf, Planned};
use crate::store;

/// Which versions a search looks at.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ResourceSearchFilter {
    /// Only resources of these kinds.
    pub kind: Option<Vec<OneOf<ResourceKind>>>,
    /// Only versions with these statuses. When you ask for none: all that you may read, apart from superseded and withdrawn ones.
    pub status: Option<Vec<OneOf<ResourceVersionStatus>>>,
    /// Only resources of this owner.
    pub owner_organisation: Option<ID>,
    /// Only resources about this topic, whatever its case.
    pub topic: Option<String>,
}

/// Where the words of a search were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(name = "ResourceSearchPlace")]
pub enum ResourceSearchPlace {
    /// All of them in the title.
    Title,
    /// All of them in title, topics and summary.
    Introduction,
    /// In the text, or some here and some there.
    Text,
}

impl From<store::Place> for ResourceSearchPlace {
    fn from(place: store::Place) -> Self {
        match place {
            store::Place::Title => Self::Title,
            store::Place::Head => Self::Introduction,
            store::Place::Text => Self::Text,
        }
    }
}

/// A stretch of text, and whether the search meant it. It is plain text, never HTML.
#[derive(Clone, Debug, SimpleObject)]
pub struct TextSegment {
    /// The text, spaces included.
    text: String,
    /// Whether the search meant it.
    matched: bool,
}

/// A version that a search found.
#[derive(Clone, Debug, SimpleObject)]
pub struct ResourceSearchEdge {
    /// Where this result stands; pass it as `after`.
    pub cursor: String,
    /// The version.
    pub node: Planned<resource_version::Entity>,
    /// Where the words were found.
    pub found_in: ResourceSearchPlace,
    /// Its title, with the words that were found.
    pub title: TextSegments,
    /// The passage of its text in which most of the words come together, or else of its summary; the beginning when they stand
    /// only elsewhere.
    pub snippet: TextSegments,
}

/// The results of a search.
pub struct ResourceSearchConnection {
    pub(super) asked: Asked,
    pub(super) edges: ResourceSearchEdges,
    pub(super) ids: Vec<Uuid>,
    pub(super) page: PageInfo,
}

/// The results of a search: those whose words stand in the title first, then those in the topics and the summary, then the
/// others; within each the newest first.
#[Object]
impl ResourceSearchConnection {
    /// The results of this page.
    async fn edges(&self) -> &ResourceSearchEdges {
        &self.edges
    }

    /// The versions of this page.
    async fn nodes(&self) -> Vec<Planned<resource_version::Entity>> {
        Planned::list(self.ids.iter().copied())
    }

    /// Where this page stands in the list.
    async fn page_info(&self) -> &PageInfo {
        &self.page
    }

    /// How many results there are, of those you may read. Counted only when you ask for it.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i64> {
        self.asked.total(ctx).await
    }

    /// Words that you typed and that were left out, because they stand in almost every text.
    async fn left_out(&self) -> &[String] {
        &self.asked.query.too_common
    }
}
