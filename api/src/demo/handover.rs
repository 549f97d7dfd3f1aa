//! How an organisation gets its own administrator.
//!
//! Whoever registers an organisation administers it, and here that is the platform's administrator. They add the first
//! person of the organisation, give them its administration, and give up their own.

use serde_json::{Value as Json, json};

use super::DemoError;
use super::acting::Acting;
use super::script::Script;
use super::step::Appointment;

impl Script {
    /// Hands an organisation over, as far as that is still to be done. Where the founder has given up their role already,
    /// the requests of before cannot be repeated: then the new administrator says who they are.
    pub(super) async fn hand_over(&mut self, to: &Appointment) -> Result<(), DemoError> {
        let label = format!("hand over {}", to.organisation);
        let organisation = self.id(to.organisation, &label)?.to_owned();
        match self.administrator(to, &organisation).await? {
            Some(person) => self.know(format!("person.{}", to.subject), person),
            None => self.appoint(to, &organisation).await?,
        }
        self.step_back(&organisation).await
    }

    /// The person who administers the organisation already.
    async fn administrator(&self, to: &Appointment, organisation: &str) -> Result<Option<String>, DemoError> {
        let actor = Acting::of(to.subject);
        if self.viewer(&actor).await?.is_none() {
            return Ok(None);
        }
        let query = "{ viewer { person { id } grants { role scopeId } } }";
        let data = self
            .ask(&actor, query, json!({}), "find the administrator")
            .await?;
        let grants = data["viewer"]["grants"].as_array();
        let administers = grants
            .into_iter()
            .flatten()
            .any(|grant| grant["role"] == "ORGANISATION_ADMIN" && grant["scopeId"] == organisation);
        let person = data["viewer"]["person"]["id"].as_str();
        Ok(person.filter(|_| administers).map(str::to_owned))
    }

    async fn appoint(&mut self, to: &Appointment, organisation: &str) -> Result<(), DemoError> {
        let founder = Acting::founder_for(organisation);
        let name = format!("person.{}", to.subject);
        let person = json!({
            "organisationId": organisation,
            "affiliationKind": to.tie,
            "displayName": to.display_name,
            "email": format!("{}@example.org", to.subject),
        });
        self.make(&founder, "personCreate", &name, person).await?;
        let issuer = self.id("issuer", &name)?.to_owned();
        let person = self.id(&name, &name)?.to_owned();
        let user = json!({
            "organisationId": organisation, "personId": person, "issuer": issuer, "subject": to.subject,
        });
        self.make(&founder, "userCreate", &format!("user.{}", to.subject), user)
            .await?;
        let role = json!({
            "role": "ORGANISATION_ADMIN",
            "scopeType": "ORGANISATION",
            "organisationId": organisation,
            "personId": person,
            "reason": "First administrator.",
        });
        self.make(&founder, "roleGrantCreate", &format!("role.{}", to.subject), role)
            .await
    }

    /// The founder gives up their own role in the organisation.
    async fn step_back(&self, organisation: &str) -> Result<(), DemoError> {
        let founder = Acting::founder_for(organisation);
        let query =
            "{ viewer { user { grants(first: 100) { nodes { id version validTo organisation { id } } } } } }";
        let data = self
            .ask(&founder, query, json!({}), "find the founder's roles")
            .await?;
        let grants = data["viewer"]["user"]["grants"]["nodes"].as_array();
        let own = |grant: &&Json| grant["organisation"]["id"] == organisation && grant["validTo"].is_null();
        for grant in grants.into_iter().flatten().filter(own) {
            let input = json!({
                "id": grant["id"],
                "expectedVersion": grant["version"],
                "reason": "The organisation has an administrator of its own.",
            });
            self.mutate(&founder, ("roleGrantRevoke", "of the founder"), input)
                .await?;
        }
        Ok(())
    }
}
