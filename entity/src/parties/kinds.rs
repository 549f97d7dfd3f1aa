//! The closed enumerations of organisations, people and the accounts they use (`domain.md` 2.1 and 4).

mod organisations;
mod people;
mod roles;

pub use organisations::{
    ClientGroup, CqcRating, GeographyLevel, IdentifierScheme, Nation, OrganisationKind, OrganisationStatus,
    ServiceDelivery, ServiceKind,
};
pub use people::{
    AccessNeedCategory, AffiliationKind, ConsentMethod, ConsentPurpose, ContactChannel, InformationFormat,
    UserStatus,
};
pub use roles::{Role, ScopeType};
