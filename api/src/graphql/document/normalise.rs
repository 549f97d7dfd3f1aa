//! The one shape that all equivalent spellings of an operation have.
//!
//! Executors and planners are simplest when every response key occurs once, with everything that is asked below it. This
//! module writes fragments out, merges fields as the executor of the specification would (`CollectFields()`, section
//! 6.3.2; the order is that of first appearance), and decides `@skip` and `@include`, of which none remain.
//!
//! Where the parent is an interface or a union, `... on Type` stays for types that only some of its objects are of, and for
//! interfaces of all members of a union, in its place among the fields. Neighbours of the same type are merged; a field that occurs both beside and inside such a
//! fragment occurs twice, and the executor merges the two answers.
//!
//! `... on Union` is written out as one fragment for each member, because async-graphql matches fragments by object type
//! and interface only. Nested, that multiplies; from [`WRITTEN_OUT`] selections on, unions are left as they are.
//!
//! A selection set may become empty when everything in it is skipped. That is right, the answer is `{}`, but no longer
//! valid syntax: execute normal forms without validating them again (`ValidationMode::Fast`).

use std::collections::{BTreeSet, HashMap, HashSet};

use apollo_compiler::{
    ExecutableDocument as SourceDocument, Name as SourceName, Node,
    ast::{DirectiveList, Value as SourceValue},
    executable::{Field as SourceField, Operation, Selection as SourceSelection, SelectionSet as SourceSet},
};
use async_graphql::{
    Name, Positioned,
    parser::types::{
        DocumentOperations, ExecutableDocument, Field, InlineFragment, OperationDefinition, OperationType,
        Selection, SelectionSet, TypeCondition,
    },
};

use super::{
    convert::Converter,
    cost::{CostNode, Named, Page, is_list},
    rejection::locate,
    schema::Contract,
};

/// The most selections up to which unions are written out.
const WRITTEN_OUT: usize = 10_000;

/// What normalisation makes: the document, and the same tree with costs.
pub(super) struct Normal {
    pub(super) document: ExecutableDocument,
    pub(super) cost: Vec<CostNode>,
}

/// Normalises `operation` of `source`, deciding conditions by `truth` (the value of a boolean variable).
pub(super) fn normalise(
    contract: &Contract,
    mutation_cost: u32,
    source: &SourceDocument,
    operation: &Node<Operation>,
    truth: &dyn Fn(&str) -> bool,
) -> Normal {
    let mut normaliser = Normaliser {
        contract,
        mutation_cost,
        source,
        truth,
        convert: Converter {
            sources: &source.sources,
        },
        used: BTreeSet::new(),
        written: 0,
    };
    let root = &operation.selection_set;
    let (items, cost) = normaliser.selections(&root.ty, &[root]);
    let place = normaliser.convert.place(operation);
    let variables = operation
        .variables
        .iter()
        .filter(|variable| normaliser.used.contains(variable.name.as_str()));
    let definition = OperationDefinition {
        ty: match operation.operation_type {
            apollo_compiler::ast::OperationType::Query => OperationType::Query,
            apollo_compiler::ast::OperationType::Mutation => OperationType::Mutation,
            apollo_compiler::ast::OperationType::Subscription => OperationType::Subscription,
        },
        variable_definitions: variables
            .filter_map(|variable| normaliser.convert.variable(variable))
            .collect(),
        directives: Vec::new(),
        selection_set: Positioned::new(SelectionSet { items }, place),
    };
    let definition = Positioned::new(definition, place);
    let operations = match &operation.name {
        Some(name) => DocumentOperations::Multiple([(Name::new(name.as_str()), definition)].into()),
        None => DocumentOperations::Single(definition),
    };
    Normal {
        document: ExecutableDocument {
            operations,
            fragments: HashMap::new(),
        },
        cost,
    }
}

struct Normaliser<'document> {
    contract: &'document Contract,
    mutation_cost: u32,
    source: &'document SourceDocument,
    truth: &'document dyn Fn(&str) -> bool,
    convert: Converter<'document>,
    /// Variables that are still used; the others' definitions would be refused as unused.
    used: BTreeSet<String>,
    /// Selections so far.
    written: usize,
}

/// What is collected from the selection sets of one object, in order.
struct Collected<'document> {
    contract: &'document Contract,
    entries: Vec<Entry<'document>>,
    fields: HashMap<&'document SourceName, usize>,
    spread: HashSet<&'document SourceName>,
}

enum Entry<'document> {
    Field {
        first: &'document Node<SourceField>,
        sets: Vec<&'document SourceSet>,
    },
    On {
        condition: &'document SourceName,
        sets: Vec<&'document SourceSet>,
    },
}

impl<'document> Normaliser<'document> {
    fn selections(
        &mut self,
        parent: &SourceName,
        sets: &[&'document SourceSet],
    ) -> (Vec<Positioned<Selection>>, Vec<CostNode>) {
        let mut collected = Collected::new(self.contract);
        for set in sets {
            self.collect(parent, set, &mut collected);
        }
        self.written += collected.entries.len();
        let mut items = Vec::with_capacity(collected.entries.len());
        let mut costs = Vec::new();
        for entry in collected.entries {
            match entry {
                Entry::Field { first, sets } => items.push(self.field(parent, first, &sets, &mut costs)),
                Entry::On { condition, sets } => {
                    let (inner, mut inner_costs) = self.selections(condition, &sets);
                    costs.append(&mut inner_costs);
                    if !inner.is_empty() {
                        items.push(self.inline_fragment(condition, inner));
                    }
                }
            }
        }
        (items, costs)
    }

    fn collect(&self, parent: &SourceName, set: &'document SourceSet, collected: &mut Collected<'document>) {
        for selection in &set.selections {
            if !self.is_included(selection.directives()) {
                continue;
            }
            match selection {
                SourceSelection::Field(field) => collected.field(field),
                SourceSelection::InlineFragment(inline) => {
                    self.fragment(
                        parent,
                        inline.type_condition.as_ref(),
                        &inline.selection_set,
                        collected,
                    );
                }
                SourceSelection::FragmentSpread(spread) => {
                    if collected.spread.insert(&spread.fragment_name)
                        && let Some(fragment) = self.source.fragments.get(&spread.fragment_name)
                    {
                        let set = &fragment.selection_set;
                        self.fragment(parent, Some(&set.ty), set, collected);
                    }
                }
            }
        }
    }

    fn fragment(
        &self,
        parent: &SourceName,
        condition: Option<&'document SourceName>,
        set: &'document SourceSet,
        collected: &mut Collected<'document>,
    ) {
        match condition {
            Some(condition) if !self.contract.may_flatten(parent, condition) => {
                if self.contract.never(parent, condition) {
                    return;
                }
                match self.contract.shared_members(parent, condition) {
                    Some(members) if self.written < WRITTEN_OUT => {
                        for member in members {
                            collected.on(member, set);
                        }
                    }
                    _ => collected.on(condition, set),
                }
            }
            _ => self.collect(parent, set, collected),
        }
    }

    fn field(
        &mut self,
        parent: &SourceName,
        field: &'document Node<SourceField>,
        sets: &[&'document SourceSet],
        costs: &mut Vec<CostNode>,
    ) -> Positioned<Selection> {
        let reference = field.ty();
        let inner = reference.inner_named_type();
        let is_composite = self.contract.is_composite(inner);
        let (items, children) = if is_composite {
            self.selections(inner, sets)
        } else {
            (Vec::new(), Vec::new())
        };
        let page = Page::of(field, locate(field.location(), &self.source.sources));
        let is_meta = field.name.starts_with("__");
        let points = if self.contract.is_mutation_root(parent) && !is_meta {
            self.mutation_cost
        } else {
            u32::from(is_composite).saturating_add(self.contract.weight(parent, &field.name))
        };
        if points > 0 || page.is_some() {
            costs.push(CostNode {
                points,
                is_list: is_list(reference),
                page,
                named: Named::of(field),
                children,
            });
        }
        let kept = field
            .directives
            .iter()
            .filter(|directive| condition_of(&directive.name).is_none());
        let kept: Vec<_> = kept.collect();
        for argument in field
            .arguments
            .iter()
            .chain(kept.iter().flat_map(|directive| &directive.arguments))
        {
            collect_variables(&argument.value, &mut self.used);
        }
        let place = self.convert.place(field);
        let converted = Field {
            alias: field.alias.as_ref().map(|alias| self.convert.name(alias)),
            name: self.convert.name(&field.name),
            arguments: self.convert.arguments(&field.arguments),
            directives: kept
                .into_iter()
                .map(|directive| self.convert.directive(directive))
                .collect(),
            selection_set: Positioned::new(SelectionSet { items }, place),
        };
        Positioned::new(Selection::Field(Positioned::new(converted, place)), place)
    }

    fn inline_fragment(
        &self,
        condition: &SourceName,
        items: Vec<Positioned<Selection>>,
    ) -> Positioned<Selection> {
        let on = self.convert.name(condition);
        let place = on.pos;
        let fragment = InlineFragment {
            type_condition: Some(Positioned::new(TypeCondition { on }, place)),
            directives: Vec::new(),
            selection_set: Positioned::new(SelectionSet { items }, place),
        };
        Positioned::new(Selection::InlineFragment(Positioned::new(fragment, place)), place)
    }

    fn is_included(&self, directives: &DirectiveList) -> bool {
        directives.iter().all(|directive| {
            let Some(includes_when) = condition_of(&directive.name) else {
                return true;
            };
            match directive.specified_argument_by_name("if").map(AsRef::as_ref) {
                Some(SourceValue::Boolean(truth)) => *truth == includes_when,
                Some(SourceValue::Variable(name)) => (self.truth)(name) == includes_when,
                _ => true,
            }
        })
    }
}

impl<'document> Collected<'document> {
    fn new(contract: &'document Contract) -> Self {
        Self {
            contract,
            entries: Vec::new(),
            fields: HashMap::new(),
            spread: HashSet::new(),
        }
    }

    fn field(&mut self, field: &'document Node<SourceField>) {
        let next = self.entries.len();
        let at = *self.fields.entry(field.response_key()).or_insert(next);
        if at == next {
            self.entries.push(Entry::Field {
                first: field,
                sets: vec![&field.selection_set],
            });
        } else if let Some(Entry::Field { sets, .. }) = self.entries.get_mut(at) {
            sets.push(&field.selection_set);
        }
    }

    fn on(&mut self, condition: &'document SourceName, set: &'document SourceSet) {
        let is_object = self.contract.is_object(condition);
        for entry in self.entries.iter_mut().rev() {
            match entry {
                Entry::On {
                    condition: other,
                    sets,
                } if *other == condition => {
                    sets.push(set);
                    return;
                }
                // No object is of two object types, so the order between these does not show.
                Entry::On { condition: other, .. } if is_object && self.contract.is_object(other) => {}
                _ => break,
            }
        }
        self.entries.push(Entry::On {
            condition,
            sets: vec![set],
        });
    }
}

/// The truth for which a conditional directive includes its selection; `None` for any other directive.
fn condition_of(directive: &str) -> Option<bool> {
    match directive {
        "include" => Some(true),
        "skip" => Some(false),
        _ => None,
    }
}

fn collect_variables(value: &SourceValue, used: &mut BTreeSet<String>) {
    match value {
        SourceValue::Variable(name) => {
            used.insert(name.to_string());
        }
        SourceValue::List(items) => items.iter().for_each(|item| collect_variables(item, used)),
        SourceValue::Object(fields) => fields
            .iter()
            .for_each(|(_, field)| collect_variables(field, used)),
        _ => {}
    }
}

/// The variables that decide what is skipped or included, in the order of their declaration.
pub(super) fn condition_variables(source: &SourceDocument, operation: &Operation) -> Vec<Name> {
    let mut found = BTreeSet::new();
    let fragments = source.fragments.values().map(|fragment| &fragment.selection_set);
    for set in std::iter::once(&operation.selection_set).chain(fragments) {
        conditions_in(set, &mut found);
    }
    let declared = operation.variables.iter().map(|variable| variable.name.as_str());
    declared
        .filter(|name| found.contains(*name))
        .map(Name::new)
        .collect()
}

fn conditions_in(set: &SourceSet, found: &mut BTreeSet<String>) {
    for selection in &set.selections {
        for directive in selection
            .directives()
            .iter()
            .filter(|one| condition_of(&one.name).is_some())
        {
            directive
                .arguments
                .iter()
                .for_each(|argument| collect_variables(&argument.value, found));
        }
        match selection {
            SourceSelection::Field(field) => conditions_in(&field.selection_set, found),
            SourceSelection::InlineFragment(inline) => conditions_in(&inline.selection_set, found),
            SourceSelection::FragmentSpread(_) => {}
        }
    }
}
