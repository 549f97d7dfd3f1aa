//! Files that the operator of the server loads at its command line.
//!
//! | | operator | everybody else |
//! |---|---|---|
//! | a file of figures | import | **–** |
//! | a directory of organisations, sites and services | import; what nobody looks after: change | **–** |
//!
//! Whoever can start the program on the machine of the database can do anything to it: they need no leave but the command. What
//! they load is nobody's organisation's; who may read it is said by [`observations`](super::observations).

use entity::outcomes::{import_batch, observation};

use crate::policy::{Denied, Permit};

/// Loading a file of figures.
#[derive(Debug)]
pub struct ImportFigures;

/// Saying how far an import has got.
#[derive(Debug)]
pub struct AdvanceImport;

/// Putting another revision in the place of a figure.
#[derive(Debug)]
pub struct SupersedeObservation;

/// Loading a directory of organisations, sites and services.
#[derive(Debug)]
pub struct ImportDirectory;

/// Changing an organisation, a site, a service or a code that a directory brought.
#[derive(Debug)]
pub struct UpdateListed;

/// The operator loads a directory.
///
/// # Errors
/// None.
pub fn import_directory() -> Result<Permit<ImportDirectory, ()>, Denied> {
    Permit::when(true, ())
}

/// Another edition of a directory says otherwise of a row.
///
/// # Errors
/// [`Denied`] where somebody looks after the row themselves.
pub fn update_listed<M>(row: M, is_looked_after: bool) -> Result<Permit<UpdateListed, M>, Denied> {
    Permit::when(!is_looked_after, row)
}

/// The operator loads a file.
///
/// # Errors
/// None.
pub fn import_figures() -> Result<Permit<ImportFigures, ()>, Denied> {
    Permit::when(true, ())
}

/// The operator's import goes on.
///
/// # Errors
/// [`Denied`] for the import of an organisation.
pub fn advance(batch: import_batch::Model) -> Result<Permit<AdvanceImport, import_batch::Model>, Denied> {
    Permit::when(batch.organisation_id.is_none(), batch)
}

/// Another file says otherwise of a figure that the operator loaded.
///
/// # Errors
/// [`Denied`] for what an organisation recorded: it corrects that itself.
pub fn supersede(
    row: observation::Model,
) -> Result<Permit<SupersedeObservation, observation::Model>, Denied> {
    Permit::when(row.recorded_by_organisation_id.is_none(), row)
}
