//! What is wrong with a row of a partner's file.

use entity::id::{ImportBatchId, ImportErrorId};
use entity::outcomes::import_error;
use entity::outcomes::kinds::ImportColumn;
use sea_orm::Set;
use sea_orm::prelude::DateTimeUtc;

use super::headings::Columns;
use crate::domains::imports::fault::FaultKind;
use crate::domains::violation::{UserErrorCode, Violation};

/// How much of a cell is kept, in characters.
const RAW: usize = 100;

/// The beginning of what stands in a cell.
#[must_use]
pub fn shortened(raw: &str) -> String {
    raw.chars().take(RAW).collect()
}

/// What sort of thing is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineCode {
    /// With how the row is written.
    Written(FaultKind),
    /// With what it says, as for a mutation.
    Said(UserErrorCode),
}

impl std::fmt::Display for LineCode {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Written(kind) => kind.fmt(formatter),
            Self::Said(code) => code.fmt(formatter),
        }
    }
}

/// What is wrong with a row, or worth knowing of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineFault {
    /// What sort of thing it is, for programs.
    pub code: LineCode,
    /// Where it stands; absent when no one cell is to blame.
    pub column: Option<ImportColumn>,
    /// What stands there; absent for what the file has no cell for.
    pub raw: Option<String>,
    /// What is wrong, and what would be right.
    pub message: String,
}

impl LineFault {
    /// A fault of how a row is written.
    pub fn written(kind: FaultKind, column: Option<ImportColumn>, message: impl Into<String>) -> Self {
        Self {
            code: LineCode::Written(kind),
            column,
            raw: None,
            message: message.into(),
        }
    }

    /// A fault of what a row says.
    pub fn said(code: UserErrorCode, column: ImportColumn, message: impl Into<String>) -> Self {
        Self {
            code: LineCode::Said(code),
            column: Some(column),
            raw: None,
            message: message.into(),
        }
    }

    /// With what stands in the cell, shortened.
    #[must_use]
    pub fn of(mut self, raw: &str) -> Self {
        self.raw = Some(shortened(raw)).filter(|raw| !raw.is_empty());
        self
    }

    /// As it is kept.
    #[must_use]
    pub fn row(
        &self,
        (batch, row): (ImportBatchId, u64),
        columns: &Columns,
        now: DateTimeUtc,
    ) -> import_error::ActiveModel {
        let heading = self.column.and_then(|column| columns.heading(column));
        import_error::ActiveModel {
            id: Set(ImportErrorId::new()),
            import_batch_id: Set(batch),
            row_number: Set(i64::try_from(row).unwrap_or(i64::MAX)),
            column_name: Set(heading.map(ToOwned::to_owned)),
            code: Set(self.code.to_string()),
            message: Set(self.message.clone()),
            raw_value: Set(self.raw.clone()),
            created_at: Set(now),
        }
    }
}

impl From<Violation> for LineFault {
    /// Rules name the fields of a mutation's input.
    fn from(violation: Violation) -> Self {
        use ImportColumn as C;
        let column = match violation.path.first().map(String::as_str) {
            Some("periodStart") => Some(C::PeriodStart),
            Some("periodEnd") => Some(C::PeriodEnd),
            Some("numerator") => Some(C::Numerator),
            Some("denominator") => Some(C::Denominator),
            Some("base") => Some(C::Base),
            Some("value") => Some(C::Value),
            Some("margin") => Some(C::Margin),
            Some("marker") => Some(C::Marker),
            Some("quality") => Some(C::Quality),
            Some("revision") => Some(C::Revision),
            Some("isCurrent") => Some(C::IsCurrent),
            Some("indicatorVersionId") => Some(C::IndicatorCode),
            _ => None,
        };
        Self {
            code: LineCode::Said(violation.code),
            column,
            raw: None,
            message: violation.message,
        }
    }
}
