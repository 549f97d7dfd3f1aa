//! Whose account a calendar feed reads as: asked before there is a viewer, and so outside any scope.

use sea_orm::Statement;

use super::{AccountKey, Store, StoreError, row};

/// The account that a feed's secret stands for, while the feed is not stopped and the account is active.
const ACCOUNT: &str =
    "SELECT u.issuer, u.subject FROM calendar_feed f JOIN user_account u ON u.person_id = f.person_id
    WHERE f.secret_hash = $1 AND f.revoked_at IS NULL AND u.status = 'ACTIVE'";

impl Store {
    /// The account whose meetings the feed with the hash of a secret shows; none when the secret opens nothing.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn feed_account(&self, secret_hash: &str) -> Result<Option<AccountKey>, StoreError> {
        let values = [secret_hash.to_owned().into()];
        let statement = Statement::from_sql_and_values(self.backend(), ACCOUNT, values);
        let Some(found) = self.readers.one(statement).await? else {
            return Ok(None);
        };
        let text = |place| Ok::<_, StoreError>(row::text(&found, place)?.unwrap_or_default().to_owned());
        Ok(Some(AccountKey::User {
            issuer: text(0)?,
            subject: text(1)?,
        }))
    }
}
