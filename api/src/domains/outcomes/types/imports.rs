//! Figures that came in together.

use entity::media::media;
use entity::outcomes::kinds::{ImportKind, ImportStatus};
use entity::outcomes::{import_batch, import_error, observation};
use entity::parties::organisation;

use crate::planner::declare::{Declared, FilterTest, ObjectType};

impl Declared for import_batch::Entity {
    const NAME: &'static str = "ImportBatch";
    const PREFIX: &'static str = "import_batch";

    fn declare() -> ObjectType {
        use import_batch::Column as C;
        ObjectType::of::<Self>(
            "Figures, or entries of a directory, that came in together: from a file, or recorded together. Read by the administrator, \
             the commissioners and systems of the organisation that imports, and by a provider user of it who asked for it; what the \
             operator of the server loads, by the platform's administrator.",
        )
        .one_of::<ImportKind>("kind", C::Kind, "The shape it has.")
        .column("source", C::Source, "Where it is from, as it is to be credited.")
        .column("fileName", C::FileName, "What the file is called; null where there is none.")
        .column("fileSha256", C::FileSha256, "The SHA-256 of the file or of the request, in hexadecimal.")
        .one_of::<ImportStatus>("status", C::Status, "How far it has got.")
        .column("rowsRead", C::RowsRead, "How many rows of it have been read, as a text.")
        .column("rowsRefused", C::RowsRefused, "How many of those were refused, as a text.")
        .column(
            "recordsMade",
            C::RecordsMade,
            "How many observations, or entries of a directory, were made of the others, as a text.",
        )
        .column(
            "recordsUnchanged",
            C::RecordsUnchanged,
            "How many rows of an uploaded file say what is recorded already, as a text: nothing was done for them.",
        )
        .column("fileBytes", C::FileBytes, "How long an uploaded file is, in bytes, as a text.")
        .column(
            "bytesRead",
            C::BytesRead,
            "How much of it has been read, in bytes, as a text: beside `fileBytes` it is the progress.",
        )
        .to_one::<media::Entity>(
            "media",
            C::MediaId,
            "The uploaded file, while it is being imported: it cannot be removed meanwhile. Null once the import has ended, and for those \
             who may not read the file.",
        )
        .texts(
            "columns",
            C::Columns,
            "What the file calls columns that it does not call as usual, such as `VALUE=Outcome`.",
        )
        .column("periodStart", C::PeriodStart, "The first day of the period of rows that name none.")
        .column("periodEnd", C::PeriodEnd, "The last day of that period.")
        .column(
            "correctionReason",
            C::CorrectionReason,
            "Why figures are corrected that the file says otherwise; null when such rows are refused.",
        )
        .column(
            "failure",
            C::Failure,
            "Why it could not be read to its end; null unless it is FAILED.",
        )
        .column("startedAt", C::StartedAt, "When it began.")
        .column("finishedAt", C::FinishedAt, "When it ended; null while it runs.")
        .to_one::<organisation::Entity>("organisation", C::OrganisationId, "The organisation that imports.")
        .to_many::<observation::Entity>(
            "observations",
            observation::Column::ImportBatchId,
            "The figures that it brought, as far as you may read them.",
        )
        .to_many::<import_error::Entity>(
            "errors",
            import_error::Column::ImportBatchId,
            "What was wrong in it, row by row: with `orderBy: {field: ROW_NUMBER}` in the order of the file.",
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("CREATED_AT", C::CreatedAt, "By when it began.")
        .filter_one_of::<ImportKind>("kind", C::Kind, "Only of these shapes.")
        .filter_one_of::<ImportStatus>("status", C::Status, "Only in these states.")
    }
}

impl Declared for import_error::Entity {
    const NAME: &'static str = "ImportError";
    const PREFIX: &'static str = "import_error";

    fn declare() -> ObjectType {
        use import_error::Column as C;
        ObjectType::of::<Self>(
            "What was wrong with a row of an import, or worth a look; nobody can alter it. Read by whoever reads the import.",
        )
        .column(
            "rowNumber",
            C::RowNumber,
            "Which row of the file, as spreadsheets number them, as a text: the headings are row 1.",
        )
        .column(
            "columnName",
            C::ColumnName,
            "The column, as the file calls it; null where the whole row is wrong.",
        )
        .column("code", C::Code, "What sort of thing is wrong, for programs.")
        .column("message", C::Message, "What is wrong and what would be right.")
        .column("rawValue", C::RawValue, "What stands there, shortened.")
        .column("createdAt", C::CreatedAt, "When it was found.")
        .to_one::<import_batch::Entity>("importBatch", C::ImportBatchId, "The import.")
        .order("ROW_NUMBER", C::RowNumber, "By row.")
        .filter("code", FilterTest::Contains("code"), "Only those whose code contains this.")
    }
}
