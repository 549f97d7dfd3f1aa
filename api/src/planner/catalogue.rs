//! All declared types, and where reads begin.

use std::collections::HashMap;

use super::declare::{Declared, FieldKind, ObjectType};

/// The declared types and the root fields that read them.
#[derive(Debug, Default)]
pub struct Catalogue {
    objects: Vec<ObjectType>,
    names: HashMap<&'static str, usize>,
    prefixes: HashMap<&'static str, usize>,
    pub(super) roots: Vec<Root>,
}

/// A field of `Query` that is planned.
#[derive(Clone, Debug)]
pub struct Root {
    /// Its name in the schema.
    pub name: &'static str,
    /// What it answers.
    pub description: &'static str,
    pub(super) kind: RootKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RootKind {
    One(usize),
    List(usize),
    Node,
    Nodes,
}

impl Catalogue {
    /// Adds a type.
    ///
    /// # Panics
    /// When two types share a name or an id prefix: a fault of the declarations, found when the server starts.
    #[must_use]
    pub fn with<E: Declared>(mut self) -> Self {
        let place = self.objects.len();
        self.objects.push(E::declare());
        let clash = self
            .names
            .insert(E::NAME, place)
            .or(self.prefixes.insert(E::PREFIX, place));
        assert!(
            clash.is_none(),
            "two types share the name or the id prefix of `{}`",
            E::NAME
        );
        self
    }

    /// Adds a root field that reads one object by id, and one that lists them all.
    #[must_use]
    pub fn roots<E: Declared>(
        self,
        one: &'static str,
        one_is: &'static str,
        list: &'static str,
        list_is: &'static str,
    ) -> Self {
        let place = self.by_name(E::NAME);
        self.root(one, one_is, RootKind::One(place))
            .root(list, list_is, RootKind::List(place))
    }

    /// Adds a root field that reads one object by id; its lists are found below others.
    #[must_use]
    pub fn root_one<E: Declared>(self, name: &'static str, description: &'static str) -> Self {
        let place = self.by_name(E::NAME);
        self.root(name, description, RootKind::One(place))
    }

    /// Adds `node` and `nodes`, and proves that every edge leads to a declared type.
    ///
    /// # Panics
    /// When one does not, or a type has no order: faults of the declarations, found when the server starts.
    #[must_use]
    pub fn finish(self) -> Self {
        for object in &self.objects {
            assert!(
                !object.orders.is_empty(),
                "`{}` declares no order for its lists",
                object.name
            );
            for field in &object.fields {
                if let FieldKind::ToOne { target, .. } = field.kind {
                    let _ = self.by_name(target);
                } else if let FieldKind::ToMany(edge) = &field.kind {
                    let _ = self.by_name(edge.target);
                } else if let FieldKind::Batch(batch) = &field.kind {
                    batch.targets().for_each(|target| {
                        let _ = self.by_name(target);
                    });
                }
            }
        }
        self.root("node", "Any object by its global id; null when there is none that you may read.", RootKind::Node)
            .root(
                "nodes",
                "Several objects by their global ids, in the order asked; null for each that you may not read. At most 100.",
                RootKind::Nodes,
            )
    }

    fn root(mut self, name: &'static str, description: &'static str, kind: RootKind) -> Self {
        self.roots.push(Root {
            name,
            description,
            kind,
        });
        self
    }

    /// Every declared type.
    #[must_use]
    pub fn objects(&self) -> &[ObjectType] {
        &self.objects
    }

    /// The type with this place.
    #[must_use]
    pub fn object(&self, place: usize) -> &ObjectType {
        &self.objects[place]
    }

    /// The place of the type with this name.
    ///
    /// # Panics
    /// When no such type is declared: a fault of the declarations, found when the server starts.
    #[must_use]
    #[expect(
        clippy::panic,
        reason = "a declaration that points nowhere must stop the server before it serves"
    )]
    pub fn by_name(&self, name: &str) -> usize {
        *self
            .names
            .get(name)
            .unwrap_or_else(|| panic!("the type `{name}` is not in the catalogue"))
    }

    /// The place of the type whose global ids open with this prefix.
    #[must_use]
    pub fn by_prefix(&self, prefix: &str) -> Option<usize> {
        self.prefixes.get(prefix).copied()
    }
}
