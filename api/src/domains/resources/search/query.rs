//! `resourceSearch`: versions of resources by their words.

use async_graphql::connection::PageInfo;
use async_graphql::{Context, Object, Result};
use entity::resources::resource_version;
use sea_orm::prelude::Uuid;

use super::cursor::{self, SearchKey};
use super::filters::Filters;
use super::highlight::Highlight;
use super::segments::{ResourceSearchEdges, TextSegments};
use super::settings::TextSettings;
use super::types::{ResourceSearchConnection, ResourceSearchEdge, ResourceSearchFilter};
use crate::domains::resources::content::plain;
use crate::domains::settings::area_settings;
use crate::graphql::{fault, page_size, unusable_argument};
use crate::planner::Planned;
use crate::store::{Hit, ReadSession, Search, TextQuery};
use crate::telemetry::spawn_blocking;

/// Fields of `Query` that search.
#[derive(Default)]
pub struct ResourceSearchQuery;

#[Object]
impl ResourceSearchQuery {
    /// Finds versions of resources by the words of their title, topics, summary and text, among those you may read; everybody
    /// finds what is published. All words must be there, in any form: `caring` finds `care`. Words in quotation marks stand
    /// together (`"easy read"`), a minus leaves out (`-online`), an asterisk stands for the rest of a word (`train*`). Capitals and
    /// accents do not count. Of a text longer than 150,000 characters a server on PostgreSQL knows the words of the first 150,000,
    /// and phrases among its first 16,383 words; one on SQLite knows all of it.
    async fn resource_search(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to look for.")] query: String,
        #[graphql(desc = "Only results that pass every test given.")] filter: Option<ResourceSearchFilter>,
        #[graphql(desc = "How many results: 1 to 100; 25 when you ask for nothing.")] first: Option<i32>,
        #[graphql(desc = "Only results after this cursor.")] after: Option<String>,
    ) -> Result<ResourceSearchConnection> {
        let settings = &area_settings(ctx)?.texts;
        let asked = Asked::read(&query, filter.unwrap_or_default(), settings)?;
        let size = page_size(ctx, first)?;
        asked.page(ctx, settings, size, after.as_deref()).await
    }
}

/// A search that can be run.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub query: TextQuery,
    filters: Filters,
}

impl Asked {
    fn read(typed: &str, filter: ResourceSearchFilter, settings: &TextSettings) -> Result<Self> {
        let longest = settings.longest_search;
        let length = typed.chars().count();
        if length > longest as usize {
            let message = format!(
                "The search has {length} characters, and can have {longest}: leave out what matters less."
            );
            return Err(unusable_argument(&message));
        }
        let query = TextQuery::parse(typed);
        if let Some(fault) = query.fault() {
            return Err(unusable_argument(&fault.to_string()));
        }
        let most = settings.most_search_words;
        if query.words() > most as usize {
            let message = format!(
                "The search has {} words, and can have {most}: leave out what matters less.",
                query.words()
            );
            return Err(unusable_argument(&message));
        }
        Ok(Self {
            query,
            filters: Filters::of(&filter),
        })
    }

    fn search(&self) -> Search<'_, resource_version::Entity> {
        let filters = (self.filters.tests, self.filters.values.as_slice());
        Search::new(&self.query, Filters::narrow, filters).leaving_out_past(self.filters.leave_out_past())
    }

    async fn page(
        self,
        ctx: &Context<'_>,
        settings: &TextSettings,
        size: u32,
        after: Option<&str>,
    ) -> Result<ResourceSearchConnection> {
        let key = SearchKey::of(&(&self.query, &self.filters));
        let after = after.map(|after| cursor::decode(after, key)).transpose();
        let after = after.map_err(|fault| unusable_argument(&fault.to_string()))?;
        let selected = |field: &str| ctx.look_ahead().field("edges").field(field).exists();
        let shows_texts = selected("title") || selected("snippet");
        let wants_page = ["edges", "nodes", "pageInfo"]
            .into_iter()
            .any(|field| ctx.look_ahead().field(field).exists());
        let mut hits = Vec::new();
        if wants_page {
            let columns = if shows_texts { &TEXTS[..] } else { &[] };
            let session = ctx.data::<ReadSession>()?;
            let found = session
                .search(&self.search(), columns, after, u64::from(size) + 1)
                .await;
            hits = found.map_err(|error| fault(&error))?;
        }
        let has_more = hits.len() > size as usize;
        hits.truncate(size as usize);
        let passage = settings.passage_characters as usize;
        let ids: Vec<Uuid> = hits.iter().map(|hit| hit.id).collect();
        let texts = hits.iter().flat_map(|hit| &hit.texts).flatten();
        let length: usize = texts.map(String::len).sum();
        let work = length.saturating_mul(self.query.words());
        let asked = self.clone();
        let shown = move || -> Vec<ResourceSearchEdge> {
            let highlight = Highlight::new(&asked.query);
            let nodes = Planned::list(hits.iter().map(|hit| hit.id));
            let edge = |(node, hit): (_, &Hit)| edge(node, hit, key, (&highlight, passage));
            nodes.into_iter().zip(&hits).map(edge).collect()
        };
        let edges = if work > READ_AT_ONCE {
            let shown = spawn_blocking("reading what a search found", shown).await;
            shown.map_err(|error| fault(&error))?
        } else {
            shown()
        };
        let page = PageInfo {
            has_previous_page: after.is_some(),
            has_next_page: has_more,
            start_cursor: edges.first().map(|edge| edge.cursor.clone()),
            end_cursor: edges.last().map(|edge| edge.cursor.clone()),
        };
        Ok(ResourceSearchConnection {
            asked: self,
            edges: ResourceSearchEdges(edges),
            ids,
            page,
        })
    }

    /// How many results there are.
    pub async fn total(&self, ctx: &Context<'_>) -> Result<i64> {
        let total = ctx.data::<ReadSession>()?.search_total(&self.search()).await;
        total.map_err(|error| fault(&error))
    }
}

/// A result as clients see it, with a passage of about so many characters.
fn edge(
    node: Planned<resource_version::Entity>,
    hit: &Hit,
    key: SearchKey,
    (highlight, passage): (&Highlight<'_>, usize),
) -> ResourceSearchEdge {
    let text = |place: usize| hit.texts.get(place).and_then(Option::as_deref);
    let title = highlight.whole(text(0).unwrap_or_default());
    let summary = text(1).unwrap_or_default();
    let body = plain::text(text(2).unwrap_or_default());
    let mut snippet = highlight.passage(&body, passage);
    if !snippet.iter().any(|stretch| stretch.matched) {
        let of_summary = highlight.passage(summary, passage);
        if snippet.is_empty() || of_summary.iter().any(|stretch| stretch.matched) {
            snippet = of_summary;
        }
    }
    ResourceSearchEdge {
        cursor: cursor::encode(key, hit.place, hit.id),
        node,
        found_in: hit.place.into(),
        title: TextSegments(title),
        snippet: TextSegments(snippet),
    }
}

/// A page with more bytes of texts than this, times the words of the search, takes longer to read than a worker may be kept from other
/// requests.
const READ_AT_ONCE: usize = 128 * 1024;

/// What results show of a version.
const TEXTS: [resource_version::Column; 3] = [
    resource_version::Column::Title,
    resource_version::Column::Summary,
    resource_version::Column::Body,
];
