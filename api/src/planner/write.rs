//! From rows to the bytes of the answer.

use std::fmt::Write as _;

use entity::decimal::Decimal;
use sea_orm::prelude::Uuid;

use super::batch::BatchValue;
use super::computed::Cells;
use super::cursor;
use super::declare::Scalar;
use super::plan::{
    ConnectionItem, ConnectionValue, EdgeItem, EdgeValue, Item, ItemValue, PageInfoItem, PageInfoValue,
};
use super::run::{Fetched, Group, Run};
use crate::store::{Found, StoreError, row};

/// Writes the answer of a run as JSON.
pub(super) struct Writer<'a> {
    run: &'a Run<'a>,
    out: String,
}

impl<'a> Writer<'a> {
    pub fn new(run: &'a Run<'a>) -> Self {
        Self {
            run,
            out: String::with_capacity(4 * 1024),
        }
    }

    pub fn finish(self) -> String {
        self.out
    }

    /// The object with an id, or null when it was not read.
    pub fn object(&mut self, fetched: &Fetched, id: Uuid) -> Result<(), StoreError> {
        match fetched.groups.get(&id).and_then(|group| group.rows.first()) {
            Some(index) => self.row(0, fetched, *index, &self.run.plan.levels[0].items),
            None => self.null(),
        }
    }

    /// A list of its own.
    pub fn list(&mut self, fetched: &Fetched) -> Result<(), StoreError> {
        match self.run.plan.levels[0].items.first().map(|item| &item.value) {
            Some(ItemValue::Connection { shape, .. }) => self.connection(0, fetched, Uuid::nil(), shape),
            _ => self.null(),
        }
    }

    fn raw(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn null(&mut self) -> Result<(), StoreError> {
        self.display(None::<bool>)
    }

    fn row(
        &mut self,
        level: usize,
        fetched: &Fetched,
        index: usize,
        items: &[Item],
    ) -> Result<(), StoreError> {
        self.out.push('{');
        for (place, item) in items.iter().enumerate() {
            self.key(place, &item.key);
            self.value(level, fetched, index, &item.value)?;
        }
        self.out.push('}');
        Ok(())
    }

    fn key(&mut self, place: usize, key: &str) {
        if place > 0 {
            self.out.push(',');
        }
        self.out.push_str(key);
    }

    fn value(
        &mut self,
        level: usize,
        fetched: &Fetched,
        index: usize,
        value: &ItemValue,
    ) -> Result<(), StoreError> {
        let found = &fetched.rows[index];
        match value {
            ItemValue::Fixed(text) => {
                self.raw(text);
                Ok(())
            }
            ItemValue::Column { column, scalar } => self.scalar(found, *column, *scalar),
            ItemValue::Joined { id, .. } if row::is_null(found, *id)? => self.null(),
            ItemValue::Joined {
                reader: Some(column), ..
            } if row::boolean(found, *column)? != Some(true) => self.null(),
            ItemValue::Joined { items, .. } | ItemValue::Group(items) => {
                self.row(level, fetched, index, items)
            }
            ItemValue::Visibility(column) => {
                let visible = row::boolean(found, *column)?.unwrap_or_default();
                self.quoted(if visible { "VISIBLE" } else { "HIDDEN" });
                Ok(())
            }
            ItemValue::Computed { compute, columns } => {
                let cells = Cells {
                    row: found,
                    session: Some(self.run.session),
                    columns,
                };
                let value = compute(&cells, self.run.viewer)?;
                write!(self.out, "{value}").map_err(unwritable)
            }
            ItemValue::Batch { batch, items } => self.batch(level, fetched, index, (*batch, items)),
            // They stand inside of `Batch` only.
            ItemValue::BatchValue(_) | ItemValue::BatchObjects { .. } => self.null(),
            ItemValue::Connection { child, shape } => {
                let edge = &self.run.plan.levels[level].children[*child];
                let parent = row::id(found, edge.parent_key)?.unwrap_or_default();
                self.connection(edge.level, &fetched.children[*child], parent, shape)
            }
        }
    }

    /// A group that was worked out for all rows at once.
    fn batch(
        &mut self,
        level: usize,
        fetched: &Fetched,
        index: usize,
        (place, items): (usize, &[Item]),
    ) -> Result<(), StoreError> {
        let planned = &self.run.plan.levels[level].batches[place];
        let worked_out = &fetched.batches[place];
        let id = row::id(&fetched.rows[index], planned.key)?.unwrap_or_default();
        let values = worked_out.values.get(&id).map(Vec::as_slice).unwrap_or_default();
        self.out.push('{');
        for (place, item) in items.iter().enumerate() {
            self.key(place, &item.key);
            match &item.value {
                ItemValue::BatchValue(field) => match values.get(*field) {
                    Some(BatchValue::Json(value)) => write!(self.out, "{value}").map_err(unwritable)?,
                    _ => self.raw("null"),
                },
                ItemValue::BatchObjects { field, list, single } => match values.get(*field) {
                    Some(BatchValue::Ids(ids)) if *single => {
                        let (_, below) = planned.lists[*list];
                        self.one_object(below, &worked_out.lists[*list], ids.first())?;
                    }
                    _ if *single => self.raw("null"),
                    Some(BatchValue::Ids(ids)) => {
                        let (_, below) = planned.lists[*list];
                        self.objects(below, &worked_out.lists[*list], ids)?;
                    }
                    _ => self.raw("[]"),
                },
                other => self.value(level, fetched, index, other)?,
            }
        }
        self.out.push('}');
        Ok(())
    }

    /// The object with this id, if it was read; null otherwise.
    fn one_object(&mut self, level: usize, fetched: &Fetched, id: Option<&Uuid>) -> Result<(), StoreError> {
        let found = id.and_then(|id| fetched.groups.get(id)?.rows.first().copied());
        let Some(index) = found else {
            self.raw("null");
            return Ok(());
        };
        self.row(level, fetched, index, &self.run.plan.levels[level].items)
    }

    /// The objects with these ids, as far as they were read.
    fn objects(&mut self, level: usize, fetched: &Fetched, ids: &[Uuid]) -> Result<(), StoreError> {
        let rows = ids.iter().filter_map(|id| fetched.groups.get(id)?.rows.first());
        let group = Group {
            rows: rows.copied().collect(),
            more: false,
        };
        let items = &self.run.plan.levels[level].items;
        self.array(&group, |writer, index| writer.row(level, fetched, index, items))
    }

    fn connection(
        &mut self,
        level: usize,
        fetched: &Fetched,
        parent: Uuid,
        shape: &[ConnectionItem],
    ) -> Result<(), StoreError> {
        let empty = Group::default();
        let group = fetched.groups.get(&parent).unwrap_or(&empty);
        self.out.push('{');
        for (place, item) in shape.iter().enumerate() {
            self.key(place, &item.key);
            match &item.value {
                ConnectionValue::Typename(text) => self.raw(text),
                ConnectionValue::TotalCount => {
                    let total = fetched.totals.get(&parent).copied().unwrap_or_default();
                    write!(self.out, "{total}").map_err(unwritable)?;
                }
                ConnectionValue::Nodes(items) => {
                    self.array(group, |writer, index| writer.row(level, fetched, index, items))?;
                }
                ConnectionValue::Edges(edges) => {
                    self.array(group, |writer, index| writer.edge(level, fetched, index, edges))?;
                }
                ConnectionValue::PageInfo(items) => self.page_info(level, fetched, group, items)?,
            }
        }
        self.out.push('}');
        Ok(())
    }

    fn array(
        &mut self,
        group: &Group,
        mut element: impl FnMut(&mut Self, usize) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.out.push('[');
        for (place, index) in group.rows.iter().enumerate() {
            if place > 0 {
                self.out.push(',');
            }
            element(self, *index)?;
        }
        self.out.push(']');
        Ok(())
    }

    fn edge(
        &mut self,
        level: usize,
        fetched: &Fetched,
        index: usize,
        edge: &[EdgeItem],
    ) -> Result<(), StoreError> {
        self.out.push('{');
        for (place, item) in edge.iter().enumerate() {
            self.key(place, &item.key);
            match &item.value {
                EdgeValue::Typename(text) => self.raw(text),
                EdgeValue::Cursor => self.cursor(level, &fetched.rows[index])?,
                EdgeValue::Node(items) => self.row(level, fetched, index, items)?,
            }
        }
        self.out.push('}');
        Ok(())
    }

    fn page_info(
        &mut self,
        level: usize,
        fetched: &Fetched,
        group: &Group,
        items: &[PageInfoItem],
    ) -> Result<(), StoreError> {
        let page = self.run.page(level);
        let backward = page.is_some_and(|page| page.backward);
        // A cursor that a page continues from was given out with a row, so there is something on its other side.
        let continued = page.is_some_and(|page| page.position.is_some());
        self.out.push('{');
        for (place, item) in items.iter().enumerate() {
            self.key(place, &item.key);
            match item.value {
                PageInfoValue::Typename => self.raw("\"PageInfo\""),
                PageInfoValue::HasNextPage => self.boolean(if backward { continued } else { group.more }),
                PageInfoValue::HasPreviousPage => self.boolean(if backward { group.more } else { continued }),
                PageInfoValue::StartCursor => self.end_cursor(level, fetched, group.rows.first())?,
                PageInfoValue::EndCursor => self.end_cursor(level, fetched, group.rows.last())?,
            }
        }
        self.out.push('}');
        Ok(())
    }

    fn end_cursor(
        &mut self,
        level: usize,
        fetched: &Fetched,
        index: Option<&usize>,
    ) -> Result<(), StoreError> {
        match index {
            Some(index) => self.cursor(level, &fetched.rows[*index]),
            None => self.null(),
        }
    }

    fn cursor(&mut self, level: usize, found: &Found) -> Result<(), StoreError> {
        let planned = &self.run.plan.levels[level];
        let page = self.run.page(level).map(|page| (page.order, page.descending));
        let (order, descending) = page.unwrap_or_default();
        let order = &self.run.catalogue.object(planned.object).orders[order];
        let cursor = cursor::encode(found, planned.columns.len(), order, descending)?;
        self.quoted(&cursor);
        Ok(())
    }

    fn boolean(&mut self, value: bool) {
        self.out.push_str(if value { "true" } else { "false" });
    }

    fn quoted(&mut self, plain: &str) {
        self.out.push('"');
        self.out.push_str(plain);
        self.out.push('"');
    }

    fn scalar(&mut self, found: &Found, column: usize, scalar: Scalar) -> Result<(), StoreError> {
        match scalar {
            Scalar::Id(prefix) => match row::id(found, column)? {
                Some(id) => write!(self.out, "\"{prefix}_{}\"", id.simple()).map_err(unwritable),
                None => self.null(),
            },
            Scalar::String => match row::text(found, column)? {
                Some(text) => {
                    self.text(text);
                    Ok(())
                }
                None => self.null(),
            },
            Scalar::Enum(_) => match row::text(found, column)? {
                Some(name) => {
                    self.quoted(name);
                    Ok(())
                }
                None => self.null(),
            },
            Scalar::Int => self.display(row::integer(found, column)?),
            Scalar::BigInt => match row::big_integer(found, column)? {
                Some(number) => write!(self.out, "\"{number}\"").map_err(unwritable),
                None => self.null(),
            },
            Scalar::Decimal => match row::big_integer(found, column)?.map(Decimal) {
                Some(number) => write!(self.out, "\"{number}\"").map_err(unwritable),
                None => self.null(),
            },
            Scalar::Float => self.display(row::float(found, column)?.filter(|value| value.is_finite())),
            Scalar::Boolean => self.display(row::boolean(found, column)?),
            Scalar::Date => match row::date(found, column)? {
                Some(on) => write!(self.out, "\"{on}\"").map_err(unwritable),
                None => self.null(),
            },
            Scalar::DateTime => match row::instant(found, column)? {
                Some(at) => {
                    let at = at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true);
                    self.quoted(&at);
                    Ok(())
                }
                None => self.null(),
            },
            Scalar::EnumList(_) | Scalar::Strings | Scalar::Json => {
                if let Some(list) = row::json(found, column)? {
                    write!(self.out, "{list}").map_err(unwritable)
                } else {
                    self.raw("[]");
                    Ok(())
                }
            }
        }
    }

    fn display(&mut self, value: Option<impl std::fmt::Display>) -> Result<(), StoreError> {
        if let Some(value) = value {
            write!(self.out, "{value}").map_err(unwritable)
        } else {
            self.raw("null");
            Ok(())
        }
    }

    fn text(&mut self, text: &str) {
        let plain = |byte: u8| byte >= 0x20 && byte != b'"' && byte != b'\\';
        if text.bytes().all(plain) {
            self.quoted(text);
        } else {
            self.out.push_str(&serde_json::Value::from(text).to_string());
        }
    }
}

/// Writing into a string cannot fail; the formatting traits say it could.
fn unwritable(_: std::fmt::Error) -> StoreError {
    StoreError::Failed(sea_orm::DbErr::Custom("an answer could not be written".into()))
}
