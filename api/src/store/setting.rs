//! Small facts the platform keeps about itself. They are no domain rows: nobody reads them through the API, and no scope
//! or event goes with them.

use entity::platform::setting;
use sea_orm::sea_query::OnConflict;
use sea_orm::{EntityTrait, Set};

use super::{Store, StoreError};

impl Store {
    /// The fact kept under a name, if there is one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        let kept = setting::Entity::find_by_id(name.to_owned());
        Ok(self
            .selected(kept)
            .await?
            .into_iter()
            .next()
            .map(|kept| kept.value))
    }

    /// Keeps a fact under a name, in place of the one before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_setting(&self, name: &str, value: &str) -> Result<(), StoreError> {
        let row = setting::ActiveModel {
            name: Set(name.to_owned()),
            value: Set(value.to_owned()),
        };
        let replace = OnConflict::column(setting::Column::Name)
            .update_column(setting::Column::Value)
            .to_owned();
        setting::Entity::insert(row)
            .on_conflict(replace)
            .exec_without_returning(&self.writer)
            .await?;
        Ok(())
    }
}
