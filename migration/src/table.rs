//! The words in which migrations say what a table is. They keep every migration to what is particular about it and
//! make sure that both databases get the same rules, under the same names.
//!
//! Migrations state names and values in full and take nothing from the `entity` crate: a migration that has run must
//! mean the same for ever, while entities move on.

use sea_orm_migration::prelude::*;

/// A table under construction: columns, rules, foreign keys and indexes.
pub(crate) struct Table {
    name: &'static str,
    statement: TableCreateStatement,
    indexes: Vec<IndexCreateStatement>,
}

impl Table {
    /// A table without columns.
    pub(crate) fn new(name: &'static str) -> Self {
        Self {
            name,
            statement: sea_query::Table::create().table(name).take(),
            indexes: Vec::new(),
        }
    }

    /// A table whose primary key is the UUID `id`.
    pub(crate) fn identified(name: &'static str) -> Self {
        let mut table = Self::new(name);
        table
            .statement
            .col(ColumnDef::new("id").uuid().not_null().primary_key());
        table
    }

    /// A primary key of text.
    pub(crate) fn named(mut self, column: &'static str) -> Self {
        self.statement
            .col(ColumnDef::new(column).string().not_null().primary_key());
        self
    }

    /// A column that every row fills; `define` gives its type.
    pub(crate) fn required(
        mut self,
        column: &'static str,
        define: impl FnOnce(&mut ColumnDef) -> &mut ColumnDef,
    ) -> Self {
        self.statement.col(define(&mut ColumnDef::new(column)).not_null());
        self
    }

    /// A column that may be empty; `define` gives its type.
    pub(crate) fn optional(
        mut self,
        column: &'static str,
        define: impl FnOnce(&mut ColumnDef) -> &mut ColumnDef,
    ) -> Self {
        self.statement.col(define(&mut ColumnDef::new(column)).null());
        self
    }

    /// Text that every row fills with more than blanks.
    pub(crate) fn text(self, column: &'static str) -> Self {
        self.required(column, ColumnDef::string).check(
            &format!("{column}_not_blank"),
            &format!("length(trim({column})) > 0"),
        )
    }

    /// Text that may be absent.
    pub(crate) fn optional_text(self, column: &'static str) -> Self {
        self.optional(column, ColumnDef::string)
    }

    /// One of a closed set of names.
    pub(crate) fn one_of(self, column: &'static str, names: &[&str]) -> Self {
        self.required(column, ColumnDef::string).known(column, names)
    }

    /// One of a closed set of names, or nothing.
    pub(crate) fn optional_one_of(self, column: &'static str, names: &[&str]) -> Self {
        self.optional(column, ColumnDef::string).known(column, names)
    }

    fn known(self, column: &str, names: &[&str]) -> Self {
        let names = names
            .iter()
            .map(|name| format!("'{name}'"))
            .collect::<Vec<_>>()
            .join(", ");
        self.check(&format!("{column}_known"), &format!("{column} IN ({names})"))
    }

    /// A JSON array or object.
    pub(crate) fn json(self, column: &'static str) -> Self {
        self.required(column, ColumnDef::json_binary)
    }

    /// A reference that every row fills; the row referred to cannot be deleted.
    pub(crate) fn reference(self, column: &'static str, table: &'static str) -> Self {
        self.required(column, ColumnDef::uuid)
            .foreign_key(&[column], table, &["id"])
    }

    /// A reference that may be empty; the row referred to cannot be deleted.
    pub(crate) fn optional_reference(self, column: &'static str, table: &'static str) -> Self {
        self.optional(column, ColumnDef::uuid)
            .foreign_key(&[column], table, &["id"])
    }

    /// A foreign key over several columns. Each foreign key wants an index that begins with its columns.
    pub(crate) fn foreign_key(
        mut self,
        columns: &[&'static str],
        target: &'static str,
        target_columns: &[&'static str],
    ) -> Self {
        let mut key = ForeignKey::create();
        key.name(format!("fk_{}_{}", self.name, columns.join("_")));
        for (column, target_column) in columns.iter().zip(target_columns) {
            key.from(self.name, *column).to(target, *target_column);
        }
        key.on_delete(ForeignKeyAction::Restrict)
            .on_update(ForeignKeyAction::Restrict);
        self.statement.foreign_key(&mut key);
        self
    }

    /// A rule each row keeps, in SQL that both databases read alike; `name` appears in error messages.
    pub(crate) fn check(mut self, name: &str, rule: &str) -> Self {
        let name = Alias::new(format!("ck_{}_{name}", self.name));
        self.statement.check((name, Expr::cust(rule.to_owned())));
        self
    }

    /// A rule that the later of two columns, where both are filled, is not before the earlier.
    pub(crate) fn in_order(self, earlier: &str, later: &str) -> Self {
        self.check(
            &format!("{later}_not_before_{earlier}"),
            &format!("{later} >= {earlier}"),
        )
    }

    /// What a figure is about, one thing of four kinds: an area, an organisation, a service or a site.
    pub(crate) fn subject(self) -> Self {
        self.one_of("subject_type", &["GEOGRAPHY", "ORGANISATION", "SERVICE", "SITE"])
            .required("subject_id", ColumnDef::uuid)
            .optional_reference("geography_id", "geography")
            .optional_reference("organisation_id", "organisation")
            .optional_reference("service_id", "service")
            .optional_reference("site_id", "site")
            .check(
                "one_subject",
                "(subject_type = 'GEOGRAPHY') = (geography_id IS NOT NULL) \
                 AND (subject_type = 'ORGANISATION') = (organisation_id IS NOT NULL) \
                 AND (subject_type = 'SERVICE') = (service_id IS NOT NULL) \
                 AND (subject_type = 'SITE') = (site_id IS NOT NULL)",
            )
            .check(
                "subject_named",
                "subject_id = COALESCE(geography_id, organisation_id, service_id, site_id)",
            )
    }

    /// The columns every table has whose rows change: the optimistic lock, the times, the maker. And the order by
    /// time of making, in which lists can be read.
    pub(crate) fn versioned(self) -> Self {
        self.required("version", ColumnDef::integer)
            .required("created_at", ColumnDef::timestamp_with_time_zone)
            .required("updated_at", ColumnDef::timestamp_with_time_zone)
            .optional("created_by", ColumnDef::uuid)
            .check("version_from_one", "version >= 1")
            .index(&["created_at", "id"])
    }

    /// An index, which also serves any first part of `columns`.
    pub(crate) fn index(self, columns: &[&'static str]) -> Self {
        self.push_index("ix", columns, None)
    }

    /// An index for the history of a parent, the latest first.
    pub(crate) fn history(mut self, parent: &'static str, instant: &'static str) -> Self {
        let mut index = Index::create();
        index
            .name(format!("ix_{}_{parent}_{instant}_id", self.name))
            .table(self.name);
        index.col(parent).col((instant, IndexOrder::Desc)).col("id");
        self.indexes.push(index.take());
        self
    }

    /// An index over the rows that fulfil `rule` only.
    pub(crate) fn index_where(self, columns: &[&'static str], rule: &'static str) -> Self {
        self.push_index("ix", columns, Some(rule))
    }

    /// Columns that no two rows share.
    pub(crate) fn unique(self, columns: &[&'static str]) -> Self {
        self.push_index("uq", columns, None)
    }

    /// Columns that no two rows share, under a name of its own: the columns' names together are longer than PostgreSQL
    /// keeps.
    pub(crate) fn unique_as(mut self, name: &str, columns: &[&'static str]) -> Self {
        let mut index = Index::create();
        index
            .name(format!("uq_{}_{name}", self.name))
            .table(self.name)
            .unique();
        for column in columns {
            index.col(*column);
        }
        self.indexes.push(index.take());
        self
    }

    /// Columns that no two rows that fulfil `rule` share.
    pub(crate) fn unique_where(self, columns: &[&'static str], rule: &'static str) -> Self {
        self.push_index("uq", columns, Some(rule))
    }

    fn push_index(mut self, prefix: &str, columns: &[&'static str], rule: Option<&'static str>) -> Self {
        let part = if rule.is_some() { "_part" } else { "" };
        let mut index = Index::create();
        index
            .name(format!("{prefix}_{}_{}{part}", self.name, columns.join("_")))
            .table(self.name);
        for column in columns {
            index.col(*column);
        }
        if prefix == "uq" {
            index.unique();
        }
        if let Some(rule) = rule {
            index.and_where(Expr::cust(rule));
        }
        self.indexes.push(index.take());
        self
    }

    /// Creates the table and then its indexes.
    ///
    /// # Errors
    ///
    /// When the database refuses a statement.
    pub(crate) async fn create(self, manager: &SchemaManager<'_>) -> Result<(), DbErr> {
        manager.create_table(self.statement).await?;
        for index in self.indexes {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

/// Drops a table and with it its indexes.
///
/// # Errors
///
/// When another table still refers to it.
pub(crate) async fn drop_table(manager: &SchemaManager<'_>, name: &'static str) -> Result<(), DbErr> {
    manager
        .drop_table(sea_query::Table::drop().table(name).take())
        .await
}
