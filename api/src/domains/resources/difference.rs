//! `resourceVersionDifference`: what changed between two versions.

use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use entity::resources::resource_version;
use sea_orm::prelude::Uuid;
use std::sync::LazyLock;
use std::thread::available_parallelism;
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;

use super::content::difference::{Segment, SegmentKind, compare};
use super::content::plain::count_words;
use crate::domains::settings::area_settings;
use crate::graphql::{fault, find};
use crate::planner::Planned;
use crate::telemetry::spawn_blocking;

/// Fields of `Query` that compare.
#[derive(Default)]
pub struct ResourceDifferenceQuery;

#[Object]
impl ResourceDifferenceQuery {
    /// What changed from one version of a resource to another, word by word; null unless you may read both.
    async fn resource_version_difference(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The global id of the earlier version.")] from: ID,
        #[graphql(desc = "The global id of the later version.")] to: ID,
    ) -> Result<Option<ResourceVersionDifference>> {
        let (Some(from), Some(to)) = (
            find::<resource_version::Entity>(ctx, &from).await?,
            find::<resource_version::Entity>(ctx, &to).await?,
        ) else {
            return Ok(None);
        };
        let limit = area_settings(ctx)?.texts.compare_for();
        let ids = (from.id.0, to.id.0);
        // Comparing keeps a processor busy: no more of it at once than there are.
        let turn = TURNS.acquire().await.map_err(|error| fault(&error))?;
        let compared = spawn_blocking("comparing texts", move || Compared::of(&from, &to, limit)).await;
        drop(turn);
        let compared = compared.map_err(|error| fault(&error))?;
        Ok(Some(ResourceVersionDifference { ids, compared }))
    }
}

/// As many comparisons at once as there are processors.
static TURNS: LazyLock<Semaphore> =
    LazyLock::new(|| Semaphore::new(available_parallelism().map_or(1, usize::from)));

/// Title, summary and body of two versions, compared; together within the time for one comparison.
#[derive(Debug)]
struct Compared {
    title: Vec<Segment>,
    summary: Vec<Segment>,
    body: Vec<Segment>,
}

impl Compared {
    fn of(from: &resource_version::Model, to: &resource_version::Model, limit: Duration) -> Self {
        let began = Instant::now();
        let compare = |from: &str, to: &str| compare(from, to, limit.saturating_sub(began.elapsed()));
        let text = |text: &'_ Option<String>| text.clone().unwrap_or_default();
        Self {
            title: compare(&from.title, &to.title),
            summary: compare(&text(&from.summary), &text(&to.summary)),
            body: compare(&text(&from.body), &text(&to.body)),
        }
    }

    fn words(&self, kind: SegmentKind) -> i32 {
        let all = self.title.iter().chain(&self.summary).chain(&self.body);
        let words = all.filter(|segment| segment.kind == kind);
        let words: usize = words.map(|segment| count_words(&segment.text)).sum();
        i32::try_from(words).unwrap_or(i32::MAX)
    }
}

/// What a stretch of text is in a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
enum DifferenceKind {
    /// It is in both versions.
    Equal,
    /// It is in the later version only.
    Inserted,
    /// It is in the earlier version only.
    Deleted,
}

/// A stretch of text, and in which of two versions it is. It is as its authors wrote it, never HTML.
#[derive(Clone, Debug, SimpleObject)]
struct DifferenceSegment {
    /// In which version it is.
    kind: DifferenceKind,
    /// The text, spaces included.
    text: String,
}

impl From<&Segment> for DifferenceSegment {
    fn from(segment: &Segment) -> Self {
        Self {
            kind: match segment.kind {
                SegmentKind::Equal => DifferenceKind::Equal,
                SegmentKind::Inserted => DifferenceKind::Inserted,
                SegmentKind::Deleted => DifferenceKind::Deleted,
            },
            text: segment.text.clone(),
        }
    }
}

/// What changed from one version of a resource to another.
#[derive(Debug)]
pub struct ResourceVersionDifference {
    ids: (Uuid, Uuid),
    compared: Compared,
}

/// What changed from one version of a resource to another, word by word. Segments that are not INSERTED make the earlier text,
/// those that are not DELETED the later one. Of long texts with little in common, parts may be shown as replaced as a whole.
#[Object]
impl ResourceVersionDifference {
    /// The earlier version.
    async fn from(&self) -> Planned<resource_version::Entity> {
        Planned::new(self.ids.0)
    }

    /// The later version.
    async fn to(&self) -> Planned<resource_version::Entity> {
        Planned::new(self.ids.1)
    }

    /// The titles.
    async fn title(&self) -> Vec<DifferenceSegment> {
        self.compared.title.iter().map(Into::into).collect()
    }

    /// The summaries.
    async fn summary(&self) -> Vec<DifferenceSegment> {
        self.compared.summary.iter().map(Into::into).collect()
    }

    /// The bodies, as CommonMark.
    async fn body(&self) -> Vec<DifferenceSegment> {
        self.compared.body.iter().map(Into::into).collect()
    }

    /// How many words of title, summary and body are in the later version only.
    async fn inserted_words(&self) -> i32 {
        self.compared.words(SegmentKind::Inserted)
    }

    /// How many are in the earlier version only.
    async fn deleted_words(&self) -> i32 {
        self.compared.words(SegmentKind::Deleted)
    }

    /// How many are in both.
    async fn equal_words(&self) -> i32 {
        self.compared.words(SegmentKind::Equal)
    }
}
