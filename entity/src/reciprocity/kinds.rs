//! Closed lists of what people get for taking part (`domain.md` 2.9).

closed_enum! {
    /// What somebody gets for taking part.
    pub enum Reward as "Reward" {
        /// Money.
        Payment = "PAYMENT",
        /// Time in a time bank, in minutes.
        TimeCredit = "TIME_CREDIT",
        /// A voucher, with its worth in pence.
        Voucher = "VOUCHER",
        /// Nothing.
        None = "NONE",
        /// What was offered stays with the organisation, as a gift of the person.
        Donated = "DONATED",
    }

    /// How far the agreement about a contribution has got.
    pub enum ContributionStatus as "ContributionStatus" {
        /// Offered; the person has not answered.
        Offered = "OFFERED",
        /// The person takes it, or a part of it.
        Accepted = "ACCEPTED",
        /// The person takes nothing. They may take part all the same.
        Declined = "DECLINED",
        /// The person gives it to the organisation. They take part all the same.
        Donated = "DONATED",
        /// The organisation took the offer back before it was answered.
        Withdrawn = "WITHDRAWN",
    }

    /// One of the two who agree on a contribution.
    pub enum ContributionSide as "ContributionSide" {
        /// The person who takes part.
        Person = "PERSON",
        /// The organisation that pays.
        Organisation = "ORGANISATION",
    }
}
