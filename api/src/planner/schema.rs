//! The declared types as types of the schema: SDL, introspection and validation come from here.

mod build;

use async_graphql::registry::{EnumBuilder, MetaField, MetaInputValue, MetaType, Registry};
use async_graphql::{InputType, OutputType};

use build::{add, add_input, enum_value};
pub(super) use build::{field, input};

use super::batch::{BatchField, BatchKind};
use super::catalogue::{Catalogue, Root, RootKind};
use super::declare::{EnumType, Field, FieldKind, FilterTest, ObjectType, Scalar};
use super::page::PageSizes;
use super::scalars::{Date, DateTime};

/// Registers every declared type, once.
pub(super) fn register(catalogue: &Catalogue, registry: &mut Registry) {
    if registry.types.contains_key("Node") {
        return;
    }
    let names = catalogue
        .objects()
        .iter()
        .map(|object| object.name.to_owned())
        .collect();
    registry.types.insert("Node".into(), node_interface(names));
    <DateTime as InputType>::create_type_info(registry);
    <Date as InputType>::create_type_info(registry);
    <async_graphql::ID as InputType>::create_type_info(registry);
    for scalar in [
        <i32 as OutputType>::create_type_info,
        <f64 as OutputType>::create_type_info,
    ] {
        scalar(registry);
    }
    enumeration(registry, &DIRECTION);
    enumeration(registry, &VISIBILITY);
    add(
        registry,
        "PageInfo",
        "Where a page stands in its list.",
        page_info(),
    );
    for object in catalogue.objects() {
        object_type(registry, object);
    }
}

const DIRECTION: EnumType = EnumType {
    name: "OrderDirection",
    description: "Which way a list is ordered.",
    values: &[
        ("ASC", "Smallest, earliest or first in the alphabet first."),
        ("DESC", "The other way round."),
    ],
};

const VISIBILITY: EnumType = EnumType {
    name: "FieldVisibility",
    description: "Whether you may read a group of private fields. It says nothing about whether they hold anything.",
    values: &[
        (
            "VISIBLE",
            "You may read the fields; null means that nothing is recorded.",
        ),
        (
            "HIDDEN",
            "You may not read the fields; they are null whatever is recorded.",
        ),
    ],
};

const AS_OF: &str = "The instant that fields which look back show, those with an argument `at`. All other fields show the \
                     present. The present when you ask for nothing.";
const AT: &str = "The instant to look back to; that of the root field's `asOf` when you leave it out, or else the present.";

/// The planned fields of `Query`.
pub(super) fn root_fields(catalogue: &Catalogue) -> Vec<MetaField> {
    catalogue
        .roots
        .iter()
        .map(|root| root_field(catalogue, root))
        .collect()
}

fn root_field(catalogue: &Catalogue, root: &Root) -> MetaField {
    let (ty, args) = match root.kind {
        RootKind::One(place) => {
            let object = catalogue.object(place);
            let mut arguments = vec![input("id", "ID!", "The object's global id.")];
            if object.looks_back() {
                arguments.push(input("asOf", "DateTime", AS_OF));
            }
            (object.name.to_owned(), arguments)
        }
        RootKind::List(place) => {
            let object = catalogue.object(place);
            (format!("{}Connection!", object.name), list_arguments(object))
        }
        RootKind::Node => ("Node".into(), vec![input("id", "ID!", "The object's global id.")]),
        RootKind::Nodes => (
            "[Node]!".into(),
            vec![input("ids", "[ID!]!", "Global ids, at most 100.")],
        ),
    };
    field(root.name, ty, root.description, args)
}

fn object_type(registry: &mut Registry, object: &ObjectType) {
    for of in &object.fields {
        field_types(registry, of);
    }
    let fields = object.fields.iter().map(object_field).collect();
    add(registry, object.name, object.description, fields);
    registry.add_implements(object.name, "Node");
    let edge = vec![
        field(
            "cursor",
            "String!",
            "Where this entry stands in the list; pass it as `after` or `before`.",
            vec![],
        ),
        field("node", format!("{}!", object.name), "The entry itself.", vec![]),
    ];
    add(
        registry,
        &format!("{}Edge", object.name),
        &format!("An entry of a list of {}.", object.name),
        edge,
    );
    let connection = vec![
        field(
            "edges",
            format!("[{}Edge!]!", object.name),
            "The entries of this page with their cursors.",
            vec![],
        ),
        field(
            "nodes",
            format!("[{}!]!", object.name),
            "The entries of this page.",
            vec![],
        ),
        field(
            "pageInfo",
            "PageInfo!",
            "Where this page stands in the list.",
            vec![],
        ),
        field(
            "totalCount",
            "Int!",
            "How many entries the whole list has, of those you may read. Counted only when you ask for it.",
            vec![],
        ),
    ];
    add(
        registry,
        &format!("{}Connection", object.name),
        &format!("A page of {}.", object.name),
        connection,
    );
    list_inputs(registry, object);
}

fn field_types(registry: &mut Registry, of: &Field) {
    match &of.kind {
        FieldKind::Column(column) => {
            if let Scalar::Enum(list) | Scalar::EnumList(list) = column.scalar {
                enumeration(registry, &list);
            }
        }
        FieldKind::Group {
            type_name,
            description,
            reader,
            fields,
        } => {
            for of in fields {
                field_types(registry, of);
            }
            let mut entries: Vec<_> = fields.iter().map(object_field).collect();
            if reader.is_some() {
                let is = "Whether you may read these fields.";
                entries.insert(0, field("visibility", "FieldVisibility!", is, vec![]));
            }
            add(registry, type_name, description, entries);
        }
        FieldKind::Batch(batch) => {
            for of in &batch.fields {
                if let BatchKind::OneOf(list) = &of.kind {
                    enumeration(registry, list);
                }
            }
            let entries = batch.fields.iter().map(batch_field).collect();
            add(registry, batch.type_name, batch.description, entries);
        }
        _ => {}
    }
}

fn object_field(of: &Field) -> MetaField {
    let (ty, args) = match &of.kind {
        FieldKind::Id => ("ID!".to_owned(), vec![]),
        FieldKind::Column(column) => (column_type(column.scalar, column.nullable), vec![]),
        FieldKind::ToOne { target, .. } => ((*target).to_owned(), vec![]),
        FieldKind::ToMany(edge) => {
            let object = &super::CATALOGUE.object(super::CATALOGUE.by_name(edge.target));
            let mut arguments = list_arguments(object);
            if edge.as_of.is_some() {
                arguments.push(input("at", "DateTime", AT));
            }
            (format!("{}Connection!", edge.target), arguments)
        }
        FieldKind::Group { type_name, .. } => (format!("{type_name}!"), vec![]),
        FieldKind::Computed(computed) => (computed.type_name.to_owned(), vec![]),
        FieldKind::Batch(batch) => (format!("{}!", batch.type_name), vec![]),
        FieldKind::Allowed(_) => ("Boolean!".to_owned(), vec![]),
    };
    field(of.name, ty, &of.description, args)
}

fn batch_field(of: &BatchField) -> MetaField {
    let ty = match of.kind {
        BatchKind::Value(type_name) => type_name.to_owned(),
        BatchKind::OneOf(list) => format!("{}!", list.name),
        BatchKind::Objects(target) => format!("[{target}!]!"),
        BatchKind::Object(target) => target.to_owned(),
    };
    field(of.name, ty, of.description, vec![])
}

fn column_type(scalar: Scalar, nullable: bool) -> String {
    let bang = if nullable { "" } else { "!" };
    match scalar {
        Scalar::Id(_) => format!("ID{bang}"),
        Scalar::String | Scalar::BigInt => format!("String{bang}"),
        Scalar::Int => format!("Int{bang}"),
        Scalar::Decimal => format!("Decimal{bang}"),
        Scalar::Float => format!("Float{bang}"),
        Scalar::Boolean => format!("Boolean{bang}"),
        Scalar::DateTime => format!("DateTime{bang}"),
        Scalar::Date => format!("Date{bang}"),
        Scalar::Enum(list) => format!("{}{bang}", list.name),
        Scalar::EnumList(list) => format!("[{}!]!", list.name),
        Scalar::Strings | Scalar::Json => "[String!]!".to_owned(),
    }
}

fn list_arguments(object: &ObjectType) -> Vec<MetaInputValue> {
    let PageSizes { usual, largest } = PageSizes::default();
    let size = format!("1 to {largest}; {usual} when you ask for nothing.");
    let mut arguments = vec![
        input(
            "first",
            "Int",
            &format!("How many entries from the front: {size}"),
        ),
        input("after", "String", "Only entries after this cursor."),
        input("last", "Int", &format!("How many entries from the back: {size}")),
        input("before", "String", "Only entries before this cursor."),
    ];
    if !object.filters.is_empty() {
        arguments.push(input(
            "filter",
            format!("{}Filter", object.name),
            "Only entries that pass every test given.",
        ));
    }
    let default = object.orders.first().map_or("id", |order| order.name);
    let order = format!("The order of the list; {default}, ascending, when you ask for none.");
    arguments.push(input("orderBy", format!("{}Order", object.name), &order));
    arguments
}

fn list_inputs(registry: &mut Registry, object: &ObjectType) {
    let name = object.name;
    let values = object.orders.iter().map(|order| (order.name, order.description));
    let order_field = format!("{name}OrderField");
    let values = values.map(enum_value).collect();
    let described = Some(format!("What a list of {name} can be ordered by."));
    let order_fields = EnumBuilder::new(&order_field, values)
        .description(described)
        .build();
    registry.types.insert(order_field.clone(), order_fields);
    let direction = MetaInputValue {
        default_value: Some("ASC".into()),
        ..input("direction", "OrderDirection!", "Which way.")
    };
    let fields = vec![
        input("field", format!("{order_field}!"), "What to order by."),
        direction,
    ];
    add_input(
        registry,
        &format!("{name}Order"),
        &format!("The order of a list of {name}."),
        fields,
    );
    if object.filters.is_empty() {
        return;
    }
    let mut fields = Vec::new();
    for filter in &object.filters {
        let ty = match filter.test {
            FilterTest::OneOf(_, list) | FilterTest::ListsOneOf(_, list) => {
                enumeration(registry, &list);
                format!("[{}!]", list.name)
            }
            FilterTest::Is(..) => "ID".to_owned(),
            FilterTest::Lists(_) | FilterTest::Contains(_) => "String".to_owned(),
            FilterTest::From(_) | FilterTest::Before(_) => "DateTime".to_owned(),
            FilterTest::FromDay(_) | FilterTest::UntilDay(_) => "Date".to_owned(),
            FilterTest::Holds(_) | FilterTest::Unless(_) => "Boolean".to_owned(),
        };
        fields.push(input(filter.name, ty, filter.description));
    }
    let described = format!("Tests that entries of a list of {name} must pass, all of them.");
    add_input(registry, &format!("{name}Filter"), &described, fields);
}

fn page_info() -> Vec<MetaField> {
    vec![
        field(
            "hasNextPage",
            "Boolean!",
            "Whether there are entries after this page.",
            vec![],
        ),
        field(
            "hasPreviousPage",
            "Boolean!",
            "Whether there are entries before this page.",
            vec![],
        ),
        field(
            "startCursor",
            "String",
            "The cursor of the first entry; null when the page is empty.",
            vec![],
        ),
        field(
            "endCursor",
            "String",
            "The cursor of the last entry; null when the page is empty.",
            vec![],
        ),
    ]
}

fn node_interface(possible_types: async_graphql::indexmap::IndexSet<String>) -> MetaType {
    let id = field("id", "ID!", "The object's global id.", vec![]);
    MetaType::Interface {
        name: "Node".into(),
        description: Some("An object with a global id.".into()),
        fields: std::iter::once((id.name.clone(), id)).collect(),
        possible_types,
        extends: false,
        inaccessible: false,
        tags: vec![],
        keys: None,
        visible: None,
        rust_typename: None,
        directive_invocations: vec![],
        requires_scopes: vec![],
    }
}

/// Registers a closed list, once.
pub(super) fn enumeration(registry: &mut Registry, list: &EnumType) {
    if registry.types.contains_key(list.name) {
        return;
    }
    let values = list.values.iter().copied().map(enum_value).collect();
    let built = EnumBuilder::new(list.name, values)
        .description(Some(list.description.trim().into()))
        .build();
    registry.types.insert(list.name.into(), built);
}
