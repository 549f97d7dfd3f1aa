//! An operation that passed every check that does not depend on its variables.

use std::sync::{
    Arc, OnceLock,
    atomic::{AtomicU64, Ordering},
};

use apollo_compiler::{
    ExecutableDocument as SourceDocument, Node, ast::OperationType as SourceOperationType,
    executable::Operation, validation::Valid,
};
use async_graphql::{
    Name, Value, Variables,
    parser::types::{ExecutableDocument, OperationType},
};
use serde_json::{Map, Value as Json};

use super::{
    cost::{CostNode, cost},
    limits::DocumentLimits,
    normalise::{condition_variables, normalise},
    rejection::Rejection,
    schema::Contract,
    variables::coerce,
};

/// Beyond this the table of combinations would be larger than what it saves.
const CONDITIONS_MAXIMUM: u32 = 16;

/// What a document takes for each byte of its text, in bytes of memory: about twice what was seen at the most.
const MEMORY_PER_BYTE: usize = 100;
/// What a normal form takes beside its selections.
const MEMORY_PER_FORM: usize = 2_048;
/// What a normal form takes for each selection, once fragments are written out.
const MEMORY_PER_SELECTION: usize = 768;

/// A validated operation of a document. It is made once for each text and operation name, and shared by all requests.
#[derive(Debug)]
pub struct PreparedOperation {
    /// Query, mutation or subscription.
    pub kind: OperationType,
    /// The operation's name; clients choose it, so treat it as any other input.
    pub name: Option<String>,
    contract: Arc<Contract>,
    limits: Arc<DocumentLimits>,
    source: Valid<SourceDocument>,
    operation: Node<Operation>,
    /// How many there are once fragments are written out.
    selections: u32,
    /// Variables that decide what is skipped or included.
    conditions: Vec<Name>,
    /// The normal form for each combination of them, the first variable being the lowest bit; empty when there are too
    /// many variables.
    combinations: Box<[OnceLock<Arc<NormalisedOperation>>]>,
}

/// An operation in normal form: one operation, no named fragments, each response key once, nothing left to skip or
/// include. See `normalise.rs` for what holds under interfaces and unions.
#[derive(Debug)]
pub struct NormalisedOperation {
    /// Unique in this process: what a plan may be cached by.
    pub id: u64,
    /// Query, mutation or subscription.
    pub kind: OperationType,
    /// The operation's name.
    pub name: Option<String>,
    /// The document to execute. A selection set may be empty, so it is not to be validated again.
    pub document: ExecutableDocument,
    cost: Vec<CostNode>,
}

impl PreparedOperation {
    pub(super) fn new(
        contract: Arc<Contract>,
        limits: Arc<DocumentLimits>,
        source: Valid<SourceDocument>,
        operation: Node<Operation>,
        selections: u32,
    ) -> Self {
        let conditions = condition_variables(&source, &operation);
        let kept = limits.cached_conditions.min(CONDITIONS_MAXIMUM) as usize;
        let combinations = if conditions.len() <= kept {
            1_usize << conditions.len()
        } else {
            0
        };
        Self {
            kind: match operation.operation_type {
                SourceOperationType::Query => OperationType::Query,
                SourceOperationType::Mutation => OperationType::Mutation,
                SourceOperationType::Subscription => OperationType::Subscription,
            },
            name: operation.name.as_ref().map(ToString::to_string),
            combinations: (0..combinations).map(|_| OnceLock::new()).collect(),
            contract,
            limits,
            source,
            operation,
            selections,
            conditions,
        }
    }

    /// The bytes of memory that it takes at the most, where its text has so many, once each normal form that is kept has been made.
    pub(super) fn memory(&self, text: usize) -> usize {
        let form = MEMORY_PER_SELECTION
            .saturating_mul(self.selections as usize)
            .saturating_add(MEMORY_PER_FORM);
        let forms = form.saturating_mul(self.combinations.len());
        text.saturating_mul(MEMORY_PER_BYTE).saturating_add(forms)
    }

    /// Makes values of the declared types from a request's variables. An omitted variable without default stays absent.
    ///
    /// # Errors
    /// `VARIABLES_INVALID` with every problem found.
    pub fn coerce_variables(&self, given: &Map<String, Json>) -> Result<Variables, Rejection> {
        coerce(&self.contract, &self.operation.variables, &self.conditions, given)
    }

    /// The normal form under these variables, which [`Self::coerce_variables`] made. Requests whose conditions come out
    /// the same share one.
    #[must_use]
    pub fn normalised(&self, variables: &Variables) -> Arc<NormalisedOperation> {
        let is_true = |name: &Name| matches!(variables.get(name), Some(Value::Boolean(true)));
        let combination = self
            .conditions
            .iter()
            .enumerate()
            .fold(0_usize, |bits, (bit, name)| {
                bits | (usize::from(is_true(name)) << (bit % 64))
            });
        match self.combinations.get(combination) {
            Some(slot) => slot.get_or_init(|| self.normalise(variables)).clone(),
            None => self.normalise(variables),
        }
    }

    /// The cost under these variables, in points: see `cost.rs`.
    ///
    /// # Errors
    /// `COST_LIMIT_EXCEEDED`, or `INVALID_ARGUMENT` for `first` or `last` out of range or both together.
    pub fn cost(&self, variables: &Variables) -> Result<u32, Rejection> {
        self.cost_of(&self.normalised(variables), variables)
    }

    /// The same as [`Self::cost`] for a normal form that is at hand.
    ///
    /// # Errors
    /// As [`Self::cost`].
    pub fn cost_of(&self, normalised: &NormalisedOperation, variables: &Variables) -> Result<u32, Rejection> {
        cost(&normalised.cost, variables, &self.limits)
    }

    fn normalise(&self, variables: &Variables) -> Arc<NormalisedOperation> {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let truth = |name: &str| matches!(variables.get(name), Some(Value::Boolean(true)));
        let normal = normalise(
            &self.contract,
            self.limits.mutation_cost,
            &self.source,
            &self.operation,
            &truth,
        );
        Arc::new(NormalisedOperation {
            id: NEXT.fetch_add(1, Ordering::Relaxed),
            kind: self.kind,
            name: self.name.clone(),
            document: normal.document,
            cost: normal.cost,
        })
    }
}
