//! How far files have arrived: bookkeeping of bytes, beside the domain's own rows.
//!
//! A piece is written in three steps: its object is announced as loose ([`Store::announce_object`]), written, and made a
//! piece of its file ([`Store::keep_pieces`]). A node that dies in between leaves a loose object, which is removed when its
//! time is up. So is what a file leaves behind that is taken away ([`WriteSession::loosen_pieces`]): the rows first, in the
//! transaction that takes it away, and then the bytes.

use sea_orm::prelude::{DateTimeUtc, Uuid};
use sea_orm::sea_query::{Alias, Condition, Expr, ExprTrait, Query};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, IdenStatic, QueryFilter, QueryResult,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait, Value,
};

use super::{Store, StoreError, WriteSession, primary_key, row};
use crate::objects::Piece;

/// What became of pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// They are the file's.
    Yes,
    /// Others are in their place already, or they do not follow what is there.
    OutOfPlace,
    /// The file takes nothing any more, or is gone.
    TooLate,
}

/// A file as those need to know it who take in its bytes, or give them out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileState {
    /// Its name for people.
    pub name: String,
    /// The media type that was announced.
    pub declared_type: String,
    /// How long it is, in bytes.
    pub length: u64,
    /// The SHA-256 that was announced.
    pub expected_sha256: Option<String>,
    /// The SHA-256 of what was stored.
    pub sha256: Option<String>,
    /// How far it has got.
    pub status: String,
    /// What the scanner found.
    pub scan: String,
    /// Until when its bytes are taken.
    pub upload_expires_at: DateTimeUtc,
    /// When it was stored.
    pub stored_at: Option<DateTimeUtc>,
}

const STATE: &str = "SELECT file_name, declared_type, bytes, expected_sha256, sha256, status, scan, upload_expires_at, \
    stored_at FROM media WHERE id = $1";
const COMPLETE: &str = "SELECT m.id FROM media m WHERE m.status = 'EXPECTED' AND m.bytes = \
    (SELECT SUM(p.length) FROM media_piece p WHERE p.media_id = m.id) ORDER BY m.id LIMIT 100";
const ANNOUNCE: &str = "INSERT INTO loose_object (name, remove_after) VALUES ($1, $2)";
const PIECES: &str =
    "SELECT starts_at, length, object_name, digest FROM media_piece WHERE media_id = $1 ORDER BY starts_at";
/// It changes nothing, and holds the row.
const HOLD: &str =
    "UPDATE media SET status = status WHERE id = $1 AND status = 'EXPECTED' AND upload_expires_at > $2";
const LAST: &str = "SELECT starts_at, length, object_name, digest FROM media_piece WHERE media_id = $1 \
    ORDER BY starts_at DESC LIMIT 1";
const POSTPONE: &str = "UPDATE loose_object SET remove_after = $2 WHERE name = $1";
const REFUSAL: &str = "SELECT reason FROM audit_event WHERE entity_id = $1 AND action = 'media.refuse' \
    ORDER BY sequence DESC LIMIT 1";
const ADD: &str = "INSERT INTO media_piece (id, media_id, starts_at, length, object_name, digest) VALUES ($1, $2, $3, $4, $5, $6)";
const TIE: &str = "DELETE FROM loose_object WHERE name = $1";
const LOOSEN: &str = "INSERT INTO loose_object (name, remove_after) SELECT object_name, $2 FROM media_piece WHERE media_id = $1";
const FORGET: &str = "DELETE FROM media_piece WHERE media_id = $1";
const DUE: &str =
    "SELECT name FROM loose_object WHERE remove_after <= $1 ORDER BY remove_after, name LIMIT 500";

impl Store {
    /// Says that an object is about to be written. Unless it becomes a piece's, it is removed from an instant on.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn announce_object(&self, name: &str, remove_after: DateTimeUtc) -> Result<(), StoreError> {
        self.change(ANNOUNCE, [name.into(), remove_after.into()]).await?;
        Ok(())
    }

    /// What is known of a file, whoever asks: its address is leave enough.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn file_state(&self, media: Uuid) -> Result<Option<FileState>, StoreError> {
        let statement = Statement::from_sql_and_values(self.backend(), STATE, [media.into()]);
        let found = self.readers.one(statement).await?;
        found.as_ref().map(state).transpose()
    }

    /// Files that have arrived and were not checked: their node died on the way.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn complete_files(&self) -> Result<Vec<Uuid>, StoreError> {
        let statement = Statement::from_string(self.backend(), COMPLETE);
        let found: Vec<QueryResult> = self.readers.all(statement).await?;
        found
            .iter()
            .map(|found| Ok(row::id(found, 0)?.unwrap_or_default()))
            .collect()
    }

    /// Notes since when rows are not pointed to, and forgets it where they are again; `unreferenced` says which are not.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_unreferenced<E: EntityTrait>(
        &self,
        since: E::Column,
        unreferenced: fn(&str, DbBackend) -> Condition,
        now: DateTimeUtc,
    ) -> Result<(), StoreError> {
        let key = primary_key::<E>();
        let update = |value: Option<DateTimeUtc>, was: Condition, condition: Condition| {
            let rows = Query::select()
                .column(("t0", Alias::new(key.as_str())))
                .from_as(E::default(), "t0")
                .cond_where(condition)
                .to_owned();
            E::update_many()
                .col_expr(since, Expr::val(value))
                .filter(was)
                .filter(key.into_expr().in_subquery(rows))
        };
        let condition = || unreferenced("t0", self.backend());
        let noted = Condition::all().add(since.is_not_null());
        let not_noted = Condition::all().add(since.is_null());
        update(Some(now), not_noted, condition())
            .exec(&self.writer)
            .await?;
        update(None, noted, condition().not()).exec(&self.writer).await?;
        Ok(())
    }

    /// The pieces of a file that have arrived, in their order.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn pieces(&self, media: Uuid) -> Result<Vec<Piece>, StoreError> {
        let statement = Statement::from_sql_and_values(self.backend(), PIECES, [media.into()]);
        let found: Vec<QueryResult> = self.readers.all(statement).await?;
        found.iter().map(piece).collect()
    }

    /// Why a file was refused that is not there any more, if it was.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn refusal(&self, media: Uuid) -> Result<Option<String>, StoreError> {
        let statement = Statement::from_sql_and_values(self.backend(), REFUSAL, [media.into()]);
        let found = self.readers.one(statement).await?;
        let Some(found) = found else { return Ok(None) };
        Ok(row::text(&found, 0)?.map(ToOwned::to_owned))
    }

    /// Makes announced objects the next pieces of a file that still expects them. `after` is the object of the piece that they
    /// were made to follow: bytes of two who send at the same time never mix.
    ///
    /// # Errors
    /// When the database fails; then none of them is one.
    pub async fn keep_pieces(
        &self,
        media: Uuid,
        after: Option<&str>,
        pieces: &[Piece],
        now: DateTimeUtc,
    ) -> Result<Kept, StoreError> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let transaction = self.writer.begin_with_options(options).await?;
        let backend = self.backend();
        let run = async |sql: &str, values: Vec<Value>| {
            let statement = Statement::from_sql_and_values(backend, sql, values);
            Ok::<_, StoreError>(transaction.execute_raw(statement).await?.rows_affected())
        };
        if run(HOLD, vec![media.into(), now.into()]).await? == 0 {
            return Ok(Kept::TooLate);
        }
        let last = last_piece(&transaction, backend, media).await?;
        if last.as_ref().map(|last| last.object.as_str()) != after {
            return Ok(Kept::OutOfPlace);
        }
        let mut arrived = number(last.as_ref().map_or(0, Piece::end));
        for piece in pieces {
            let (starts_at, length) = (number(piece.starts_at), number(piece.length));
            if starts_at != arrived {
                return Ok(Kept::OutOfPlace);
            }
            arrived += length;
            let values = vec![
                Uuid::now_v7().into(),
                media.into(),
                starts_at.into(),
                length.into(),
                piece.object.as_str().into(),
                piece.digest.as_str().into(),
            ];
            run(ADD, values).await?;
            // An object that was removed for its age is no piece.
            if run(TIE, vec![piece.object.as_str().into()]).await? == 0 {
                return Ok(Kept::TooLate);
            }
        }
        transaction.commit().await?;
        Ok(Kept::Yes)
    }

    /// Takes the pieces back that a file has so far, so that it can arrive anew; they are removed from now on. Once all of it has
    /// arrived they stay, because it is being judged: `OutOfPlace`.
    ///
    /// # Errors
    /// When the database fails; then nothing has changed.
    pub async fn take_back_pieces(
        &self,
        media: Uuid,
        length: u64,
        now: DateTimeUtc,
    ) -> Result<Kept, StoreError> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let transaction = self.writer.begin_with_options(options).await?;
        let values = [Value::from(media), now.into()];
        let hold = Statement::from_sql_and_values(self.backend(), HOLD, values.clone());
        if transaction.execute_raw(hold).await?.rows_affected() == 0 {
            return Ok(Kept::TooLate);
        }
        let last = last_piece(&transaction, self.backend(), media).await?;
        if last.is_some_and(|last| last.end() >= length) {
            return Ok(Kept::OutOfPlace);
        }
        let loosen = Statement::from_sql_and_values(self.backend(), LOOSEN, values);
        transaction.execute_raw(loosen).await?;
        let forget = Statement::from_sql_and_values(self.backend(), FORGET, [media.into()]);
        transaction.execute_raw(forget).await?;
        transaction.commit().await?;
        Ok(Kept::Yes)
    }

    /// Objects that are to be removed by now, a few hundred at a time.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn objects_to_remove(&self, now: DateTimeUtc) -> Result<Vec<String>, StoreError> {
        let statement = Statement::from_sql_and_values(self.backend(), DUE, [now.into()]);
        let found = self.writer.query_all_raw(statement).await?;
        let names = found
            .iter()
            .map(|found| Ok(row::text(found, 0)?.unwrap_or_default().to_owned()));
        let names = names.collect::<Result<Vec<_>, StoreError>>()?;
        if !names.is_empty() {
            // Bytes that are gone do not come back with a file whose deletion a crash has undone.
            self.wait_for_disk().await?;
        }
        Ok(names)
    }

    /// Forgets an object that was removed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_object(&self, name: &str) -> Result<(), StoreError> {
        self.change(TIE, [name.into()]).await?;
        Ok(())
    }

    /// Leaves an object that could not be removed for later.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn postpone_object(&self, name: &str, until: DateTimeUtc) -> Result<(), StoreError> {
        self.change(POSTPONE, [name.into(), until.into()]).await?;
        Ok(())
    }

    async fn change<const N: usize>(&self, sql: &str, values: [Value; N]) -> Result<u64, StoreError> {
        let statement = Statement::from_sql_and_values(self.backend(), sql, values);
        Ok(self.writer.execute_raw(statement).await?.rows_affected())
    }
}

impl WriteSession {
    /// The last piece of a file that has arrived. It stays the last while the session holds the file's row.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn last_piece(&self, media: Uuid) -> Result<Option<Piece>, StoreError> {
        last_piece(&self.transaction, self.backend, media).await
    }

    /// Takes a file's pieces from it, with the change that takes the file away; their objects are removed from now on.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn loosen_pieces(&self, media: Uuid) -> Result<(), StoreError> {
        let values = [Value::from(media), self.now.into()];
        let loosen = Statement::from_sql_and_values(self.backend, LOOSEN, values);
        self.transaction.execute_raw(loosen).await?;
        let forget = Statement::from_sql_and_values(self.backend, FORGET, [media.into()]);
        self.transaction.execute_raw(forget).await?;
        Ok(())
    }
}

async fn last_piece(
    connection: &impl ConnectionTrait,
    backend: DbBackend,
    media: Uuid,
) -> Result<Option<Piece>, StoreError> {
    let statement = Statement::from_sql_and_values(backend, LAST, [media.into()]);
    let found = connection.query_one_raw(statement).await?;
    found.as_ref().map(piece).transpose()
}

fn state(found: &QueryResult) -> Result<FileState, StoreError> {
    let text = |place| Ok::<_, StoreError>(row::text(found, place)?.map(ToOwned::to_owned));
    Ok(FileState {
        name: text(0)?.unwrap_or_default(),
        declared_type: text(1)?.unwrap_or_default(),
        length: row::big_integer(found, 2)?.unwrap_or_default().unsigned_abs(),
        expected_sha256: text(3)?,
        sha256: text(4)?,
        status: text(5)?.unwrap_or_default(),
        scan: text(6)?.unwrap_or_default(),
        upload_expires_at: row::instant(found, 7)?.unwrap_or_default(),
        stored_at: row::instant(found, 8)?,
    })
}

fn piece(found: &QueryResult) -> Result<Piece, StoreError> {
    let length =
        |place| Ok::<_, StoreError>(row::big_integer(found, place)?.unwrap_or_default().unsigned_abs());
    let text = |place| Ok::<_, StoreError>(row::text(found, place)?.unwrap_or_default().to_owned());
    Ok(Piece {
        starts_at: length(0)?,
        length: length(1)?,
        object: text(2)?,
        digest: text(3)?,
    })
}

fn number(bytes: u64) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}
