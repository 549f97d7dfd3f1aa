//! How large, deep and costly a document may be.

use serde::{Deserialize, Serialize};

/// The limits that every document meets before it is executed. All of them answer with a message that names the limit
/// and its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DocumentLimits {
    /// Length of a document, in bytes of UTF-8. Default 131,072 (128 KiB): a generated client's longest is about 20 KiB.
    pub bytes: usize,
    /// Tokens of a document; comments and commas are not counted. Default 10,000.
    pub tokens: usize,
    /// Brackets of any kind open at once, and fragments spread within fragments. Parsers recurse on both. Default 40,
    /// at most 64.
    pub nesting: u32,
    /// Aliases in the whole text, whatever operation is chosen. Default 300.
    pub document_aliases: u32,
    /// Directives in the whole text, whatever operation is chosen. Default 500.
    pub document_directives: u32,
    /// Selections of all operations together once their fragments are written out. Default 2,000.
    pub selections: u32,
    /// Fields within fields of the chosen operation. Default 12.
    pub depth: u32,
    /// Fields within fields below `__schema` and `__type`, which nest `ofType` by nature: the usual introspection
    /// document needs 14. Default 20.
    pub introspection_depth: u32,
    /// Aliases of the chosen operation once its fragments are written out. Default 30.
    pub aliases: u32,
    /// Directives of the chosen operation once its fragments are written out. Default 50.
    pub directives: u32,
    /// Cost of one operation, in points: one for each object it may read, ten for each mutation. Default 2,000.
    pub cost: u32,
    /// Points for each root field of a mutation. Default 10.
    pub mutation_cost: u32,
    /// Rows of a connection when the client says neither `first` nor `last`: 1 to `page_maximum`. Default 25.
    pub page_default: u32,
    /// The most rows that `first` or `last` may ask for, and the most ids of `nodes`: 1 to 1,000. Default 100.
    pub page_maximum: u32,
    /// Prepared documents and refusals kept in memory, in approximate bytes. Default 67,108,864 (64 MiB).
    pub cache_bytes: u64,
    /// Boolean variables in `@skip` and `@include` up to which each combination's normal form is kept; an operation with
    /// more is normalised for every request. Default 6, which is 64 combinations; at most 16.
    pub cached_conditions: u32,
}

impl Default for DocumentLimits {
    fn default() -> Self {
        Self {
            bytes: 128 * 1024,
            tokens: 10_000,
            nesting: 40,
            document_aliases: 300,
            document_directives: 500,
            selections: 2_000,
            depth: 12,
            introspection_depth: 20,
            aliases: 30,
            directives: 50,
            cost: 2_000,
            mutation_cost: 10,
            page_default: 25,
            page_maximum: 100,
            cache_bytes: 64 * 1024 * 1024,
            cached_conditions: 6,
        }
    }
}

impl crate::config::Section for DocumentLimits {
    fn check(&self, report: &mut crate::config::Report<'_>) {
        report.within("page_maximum", self.page_maximum, 1, 1_000, "rows");
        report.within(
            "page_default",
            self.page_default,
            1,
            self.page_maximum.max(1),
            "rows",
        );
    }
}
