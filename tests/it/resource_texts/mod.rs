//! What people write together: reading it, finding it, comparing it.

mod search;
mod search_paging;
mod texts;

use entity::resources::kinds::ResourceVersionStatus;
use entity::resources::{resource, resource_version};
use harness::{World, uuid, world};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, Set};

/// Writes the text of a version of the world, such as `guide 2`, as a slice of the product would: the database keeps the index.
async fn write(world: &World, version: &str, title: &str, summary: Option<&str>, body: &str) {
    let text = resource_version::ActiveModel {
        id: Set(uuid("resource_version", version).into()),
        title: Set(title.to_owned()),
        summary: Set(summary.map(str::to_owned)),
        body: Set(Some(body.to_owned())),
        ..Default::default()
    };
    text.update(world.connection()).await.unwrap();
}

/// Gives a published version of the world another status.
async fn becomes(world: &World, version: &str, status: ResourceVersionStatus) {
    let changed = resource_version::ActiveModel {
        id: Set(uuid("resource_version", version).into()),
        status: Set(status),
        superseded_at: Set(
            (status == ResourceVersionStatus::Superseded).then(|| "2026-02-09T09:00:00Z".parse().unwrap())
        ),
        ..Default::default()
    };
    changed.update(world.connection()).await.unwrap();
}

/// Says what a resource of the world is about.
async fn about(world: &World, name: &str, topics: &[&str]) {
    let topics = entity::list::TextList(topics.iter().map(|topic| (*topic).to_owned()).collect());
    let text = resource::ActiveModel {
        id: Set(uuid("resource", name).into()),
        topics: Set(topics),
        ..Default::default()
    };
    text.update(world.connection()).await.unwrap();
}

/// Title, summary and text of a version.
type Text = (String, Option<String>, String);

/// Publishes so many more guides of the council, from `guide-0` on, each with a title and a text made of its number.
async fn publish(world: &World, numbers: std::ops::Range<i32>, text: impl Fn(i32) -> Text) {
    use entity::resources::kinds::ResourceStatus;
    for number in numbers {
        let name = format!("guide-{number}");
        let of = world::resource(&name, "ashdown-council", ResourceStatus::Published);
        insert::<resource::Entity>(world, of).await;
        let mut version = world::resource_version(&name, 1, ResourceVersionStatus::Published);
        let (title, summary, body) = text(number);
        version.title = title;
        version.summary = summary;
        version.body = Some(body);
        insert::<resource_version::Entity>(world, version).await;
    }
}

async fn insert<E: EntityTrait>(world: &World, row: E::Model)
where
    E::Model: IntoActiveModel<E::ActiveModel>,
{
    E::insert(row.into_active_model())
        .exec_without_returning(world.connection())
        .await
        .unwrap();
}
