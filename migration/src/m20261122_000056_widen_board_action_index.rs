//! What is overdue is counted, and its page chosen, from the index alone: it holds what decides who may read an action.

use sea_orm_migration::prelude::*;

/// Replaces the index over actions that are not done.
#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLE: &str = "board_action";
const NARROW: &str = "ix_board_action_due_on_id_part";
const WIDE: &str = "ix_board_action_not_done";

fn index(name: &str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(name).table(TABLE);
    for column in columns {
        index.col(*column);
    }
    index
        .and_where(Expr::cust("status IN ('OPEN', 'BLOCKED')"))
        .take()
}

async fn replace(manager: &SchemaManager<'_>, old: &str, new: IndexCreateStatement) -> Result<(), DbErr> {
    let mut drop = Index::drop();
    drop.name(old).table(TABLE);
    manager.drop_index(drop).await?;
    manager.create_index(new).await
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            "due_on",
            "id",
            "board_id",
            "owner_person_id",
            "agenda_item_id",
            "status",
        ];
        replace(manager, NARROW, index(WIDE, &columns)).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        replace(manager, WIDE, index(NARROW, &["due_on", "id"])).await
    }
}
