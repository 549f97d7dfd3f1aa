//! From a text to an operation that is safe and simple to execute.
//!
//! Anybody may send a text, so the checks come in the order of what they cost, and each makes the next one safe:
//!
//! 1. `prescan`: bytes, tokens, open brackets. No parser has seen the text yet, so none can be led to overflow its stack.
//! 2. Parsing, by apollo-compiler.
//! 3. `measure`: how much the document is once its fragments are written out, found without writing them out.
//! 4. The operation is chosen, and held to the limits of [`DocumentLimits`].
//! 5. Validation by the whole specification, of the whole document, by apollo-compiler: async-graphql's own validator lets
//!    many invalid documents pass.
//! 6. [`PreparedOperation::coerce_variables`], [`PreparedOperation::normalised`] and [`PreparedOperation::cost`], which
//!    depend on the variables.
//!
//! Results of 1 to 5 are kept by text and operation name, refusals too, so a client that repeats itself costs little.
//!
//! ```
//! use roundtable_api::graphql::document::{DocumentLimits, Documents};
//!
//! let documents = Documents::new("type Query { board(id: ID!): Board } type Board { name: String }", DocumentLimits::default())?;
//! let prepared = documents.prepare("query ($id: ID!) { board(id: $id) { name } }", None)?;
//! let variables = prepared.coerce_variables(serde_json::json!({ "id": "7" }).as_object().unwrap())?;
//! assert_eq!(prepared.cost(&variables)?, 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod convert;
mod cost;
mod input_values;
mod limits;
mod measure;
mod normalise;
mod operation;
mod prescan;
mod rejection;
mod scalars;
mod schema;
mod variables;

#[cfg(test)]
mod tests;

use std::{fmt, sync::Arc};

use apollo_compiler::{
    ast::{Definition, Document, OperationDefinition},
    introspection::check_max_depth,
    parser::Parser,
};
use moka::sync::Cache;
use sha2::{Digest, Sha256};

use self::{
    input_values::check_input_values, measure::measure, prescan::prescan, rejection::locate, schema::Contract,
};
pub use self::{
    limits::DocumentLimits,
    operation::{NormalisedOperation, PreparedOperation},
    rejection::{Problem, Rejection, status_of},
    scalars::ScalarRule,
    schema::SchemaError,
};
use crate::error::ErrorCode;

/// What keeping anything takes, in bytes of memory: its key, and its place in the cache.
const MEMORY_AT_LEAST: usize = 1_024;
/// A second line of defence behind `prescan`.
const PARSER_RECURSION: usize = 200;

/// All documents that clients send, prepared for execution. Cloning it shares the cache.
#[derive(Clone)]
pub struct Documents {
    contract: Arc<Contract>,
    limits: Arc<DocumentLimits>,
    kept: Cache<Key, Kept>,
}

/// The digest of text and operation name: texts themselves would fill the cache, and shorter digests could be made to meet.
type Key = [u8; 32];

#[derive(Clone)]
struct Kept {
    result: Result<Arc<PreparedOperation>, Arc<Rejection>>,
    memory: u32,
}

impl Documents {
    /// Prepares documents against the contract given as SDL.
    ///
    /// # Errors
    /// When the contract itself is not valid.
    pub fn new(sdl: &str, limits: DocumentLimits) -> Result<Self, SchemaError> {
        Self::with_scalars(sdl, limits, [])
    }

    /// The same where some fields take work beyond reading an object: points for each object they are selected of, by type and
    /// name.
    #[must_use]
    pub fn weighing(mut self, fields: impl IntoIterator<Item = (&'static str, &'static str, u32)>) -> Self {
        if let Some(contract) = Arc::get_mut(&mut self.contract) {
            contract.weigh(fields);
        }
        self
    }

    /// The same where the contract has scalars of its own, which are held to these rules.
    ///
    /// # Errors
    /// When the contract itself is not valid.
    pub fn with_scalars(
        sdl: &str,
        limits: DocumentLimits,
        scalars: impl IntoIterator<Item = ScalarRule>,
    ) -> Result<Self, SchemaError> {
        let kept = Cache::builder()
            .max_capacity(limits.cache_bytes)
            .weigher(|_: &Key, kept: &Kept| kept.memory)
            .build();
        Ok(Self {
            contract: Arc::new(Contract::parse(sdl, scalars.into_iter().collect())?),
            limits: Arc::new(limits),
            kept,
        })
    }

    /// The operation of this name in the document, or the document's only one.
    ///
    /// # Errors
    /// `LIMIT_EXCEEDED`, `GRAPHQL_PARSE_FAILED` or `GRAPHQL_VALIDATION_FAILED`.
    pub fn prepare(
        &self,
        query: &str,
        operation_name: Option<&str>,
    ) -> Result<Arc<PreparedOperation>, Rejection> {
        // Cheaper than looking its refusals up, and what it refuses is large.
        prescan(query, &self.limits)?;
        // Clients that have no name to send, send an empty one.
        let operation_name = operation_name.filter(|name| !name.is_empty());
        let key = key(query, operation_name);
        let kept = self.kept.get(&key).unwrap_or_else(|| {
            let kept = Kept::new(query, self.prepare_anew(query, operation_name));
            self.kept.insert(key, kept.clone());
            kept
        });
        kept.result.map_err(|rejection| Rejection::clone(&rejection))
    }

    /// The limits in force.
    #[must_use]
    pub fn limits(&self) -> &DocumentLimits {
        &self.limits
    }

    fn prepare_anew(
        &self,
        query: &str,
        operation_name: Option<&str>,
    ) -> Result<PreparedOperation, Rejection> {
        let syntax = Parser::new()
            .recursion_limit(PARSER_RECURSION)
            .parse_ast(query, "document.graphql")
            .map_err(|found| Rejection::diagnostics(ErrorCode::GraphqlParseFailed, &found.errors))?;
        refuse_null_character(query)?;
        let measures = measure(&syntax, &self.limits)?;
        let chosen = choose(&syntax, operation_name)?;
        let measure = measures.get(&chosen.name).copied().unwrap_or_default();
        measure.check(&self.limits)?;

        // In two steps: a field that does not exist would otherwise be reported again as a missing selection.
        let schema = self.contract.schema();
        let source = syntax
            .to_executable(schema)
            .map_err(|found| Rejection::diagnostics(ErrorCode::GraphqlValidationFailed, &found.errors))?
            .validate(schema)
            .map_err(|found| Rejection::diagnostics(ErrorCode::GraphqlValidationFailed, &found.errors))?;
        check_input_values(&source, &self.contract)?;
        let operation = source
            .operations
            .get(operation_name)
            .map_err(|refused| {
                Rejection::new(ErrorCode::GraphqlValidationFailed, refused.message().to_string())
            })?
            .clone();
        if measure.introspection_depth > 0 {
            check_max_depth(&source, &operation).map_err(|refused| {
                Rejection::limit(
                    "Introspection nests `fields`, `interfaces`, `possibleTypes` or `inputFields` 3 deep; the limit is 2.",
                    locate(refused.location(), &source.sources),
                )
            })?;
        }
        Ok(PreparedOperation::new(
            self.contract.clone(),
            self.limits.clone(),
            source,
            operation,
            measure.selections,
        ))
    }
}

impl fmt::Debug for Documents {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Documents")
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

impl Kept {
    fn new(query: &str, result: Result<PreparedOperation, Rejection>) -> Self {
        let memory = match &result {
            Ok(prepared) => prepared.memory(query.len()),
            Err(rejection) => rejection.memory(),
        };
        let memory = u32::try_from(memory.saturating_add(MEMORY_AT_LEAST)).unwrap_or(u32::MAX);
        Self {
            result: result.map(Arc::new).map_err(Arc::new),
            memory,
        }
    }
}

fn key(query: &str, operation_name: Option<&str>) -> Key {
    let mut digest = Sha256::new();
    // The length keeps text and name apart; a name is never empty.
    digest.update(query.len().to_le_bytes());
    digest.update(query);
    digest.update(operation_name.unwrap_or_default());
    digest.finalize().into()
}

/// The databases cannot store U+0000 in a text, and no client means it. Refused here, it cannot become an internal error
/// somewhere deep. A backslash that is itself escaped before `u0000` is refused, too, which nobody will miss.
fn refuse_null_character(query: &str) -> Result<(), Rejection> {
    let escaped = query.split("\\u").skip(1).any(|after| {
        let digits = after
            .strip_prefix('{')
            .and_then(|braced| braced.split('}').next());
        let digits = digits.or_else(|| after.get(..4)).unwrap_or("?");
        !digits.is_empty() && digits.bytes().all(|digit| digit == b'0')
    });
    if escaped || query.contains('\0') {
        return Err(Rejection::new(
            ErrorCode::GraphqlValidationFailed,
            "Texts cannot have the character U+0000.",
        ));
    }
    Ok(())
}

/// `GetOperation()`, GraphQL specification, section 6.1.
fn choose<'document>(
    syntax: &'document Document,
    operation_name: Option<&str>,
) -> Result<&'document OperationDefinition, Rejection> {
    let operations: Vec<_> = syntax
        .definitions
        .iter()
        .filter_map(|definition| match definition {
            Definition::OperationDefinition(operation) => Some(&**operation),
            _ => None,
        })
        .collect();
    let names = || {
        let names: Vec<_> = operations
            .iter()
            .filter_map(|one| one.name.as_deref())
            .take(10)
            .collect();
        names.join(", ")
    };
    let refuse = |message: String| Err(Rejection::new(ErrorCode::GraphqlValidationFailed, message));
    match (operation_name, &operations[..]) {
        (_, []) => refuse("The document has no operation.".to_owned()),
        (None, [only]) => Ok(only),
        (None, _) => refuse(format!(
            "The document has several operations ({}): say which by operationName.",
            names()
        )),
        (Some(name), _) => match operations.iter().find(|one| one.name.as_deref() == Some(name)) {
            Some(operation) => Ok(operation),
            None => refuse(format!(
                "The document has no operation named `{name}`; it has {}.",
                names()
            )),
        },
    }
}
