//! What is told apart about organisations, the places they work in and the services they provide.

closed_enum! {
    /// What sort of body an organisation is.
    pub enum OrganisationKind as "OrganisationKind" {
        /// A council with responsibility for adult social care, or another local authority.
        Council = "COUNCIL",
        /// An NHS trust or foundation trust, or a health board.
        NhsTrust = "NHS_TRUST",
        /// An integrated care board.
        Icb = "ICB",
        /// Another NHS body.
        NhsOther = "NHS_OTHER",
        /// Provides care or support.
        CareProvider = "CARE_PROVIDER",
        /// Is run by the people it is for.
        UserLed = "USER_LED",
        /// A voluntary, community or social enterprise organisation that is not user-led.
        Vcse = "VCSE",
        /// A local Healthwatch, or Healthwatch England.
        Healthwatch = "HEALTHWATCH",
        /// Regulates or inspects services.
        Regulator = "REGULATOR",
        /// Trains, registers or speaks for the workforce.
        WorkforceBody = "WORKFORCE_BODY",
        /// Does research.
        Research = "RESEARCH",
        /// Something else.
        Other = "OTHER",
    }

    /// A nation of the United Kingdom.
    pub enum Nation as "Nation" {
        /// England.
        England = "ENGLAND",
        /// Wales.
        Wales = "WALES",
        /// Scotland.
        Scotland = "SCOTLAND",
        /// Northern Ireland.
        NorthernIreland = "NORTHERN_IRELAND",
    }

    /// Whether an organisation takes part on the platform.
    pub enum OrganisationStatus as "OrganisationStatus" {
        /// Registered; its identifiers are still to be checked.
        Pending = "PENDING",
        /// Checked and taking part.
        Active = "ACTIVE",
        /// Stopped for the time being.
        Suspended = "SUSPENDED",
        /// Ended for good.
        Closed = "CLOSED",
    }

    /// The register that issues an identifier.
    pub enum IdentifierScheme as "IdentifierScheme" {
        /// An organisation or site code of the NHS Organisation Data Service.
        Ods = "ODS",
        /// A nine-character code of the Government Statistical Service.
        Gss = "GSS",
        /// The three-digit number of a council with adult social services responsibilities in England.
        Cassr = "CASSR",
        /// A provider registered with the Care Quality Commission.
        CqcProvider = "CQC_PROVIDER",
        /// A location registered with the Care Quality Commission.
        CqcLocation = "CQC_LOCATION",
        /// A company number, padded to eight characters.
        CompaniesHouse = "COMPANIES_HOUSE",
        /// A number of the register of charities in England and Wales.
        CharityEnglandWales = "CHARITY_ENGLAND_WALES",
        /// A number of the Scottish Charity Register.
        CharityScotland = "CHARITY_SCOTLAND",
        /// A number of the register of charities in Northern Ireland.
        CharityNorthernIreland = "CHARITY_NORTHERN_IRELAND",
        /// A service or provider number of the Care Inspectorate in Scotland.
        CareInspectorate = "CARE_INSPECTORATE",
    }

    /// A rating given by the Care Quality Commission.
    pub enum CqcRating as "CqcRating" {
        /// Outstanding.
        Outstanding = "OUTSTANDING",
        /// Good.
        Good = "GOOD",
        /// Requires improvement.
        RequiresImprovement = "REQUIRES_IMPROVEMENT",
        /// Inadequate.
        Inadequate = "INADEQUATE",
        /// Registered and not rated yet.
        NotRated = "NOT_RATED",
    }

    /// What a service does.
    pub enum ServiceKind as "ServiceKind" {
        /// Care and support in people's own homes.
        Homecare = "HOMECARE",
        /// Support for people who live in a home of their own, alone or together.
        SupportedLiving = "SUPPORTED_LIVING",
        /// A care home without nursing.
        Residential = "RESIDENTIAL",
        /// A care home with nursing.
        Nursing = "NURSING",
        /// Support and activities during the day.
        Day = "DAY",
        /// Somebody who speaks with or for a person.
        Advocacy = "ADVOCACY",
        /// Health care in the community.
        CommunityHealth = "COMMUNITY_HEALTH",
        /// Care in a hospital.
        Hospital = "HOSPITAL",
        /// Something else.
        Other = "OTHER",
    }

    /// How a service is paid for and run.
    pub enum ServiceDelivery as "ServiceDelivery" {
        /// Run by the public body itself.
        InHouse = "IN_HOUSE",
        /// Run by a provider under a contract.
        Commissioned = "COMMISSIONED",
        /// Run with a grant.
        Grant = "GRANT",
        /// Paid for by the people who use it.
        SelfFunded = "SELF_FUNDED",
        /// Nobody has said how it is paid for and run.
        NotStated = "NOT_STATED",
    }

    /// The people a service is for. Source: the service user bands of the Care Quality Commission, with unpaid carers added.
    pub enum ClientGroup as "ClientGroup" {
        /// Everyone.
        WholePopulation = "WHOLE_POPULATION",
        /// Children up to 18.
        Children = "CHILDREN",
        /// Adults from 18 to 64.
        YoungerAdults = "YOUNGER_ADULTS",
        /// Adults aged 65 and over.
        OlderPeople = "OLDER_PEOPLE",
        /// People with a learning disability and autistic people.
        LearningDisabilityOrAutism = "LEARNING_DISABILITY_OR_AUTISM",
        /// People with dementia.
        Dementia = "DEMENTIA",
        /// People with mental health needs.
        MentalHealth = "MENTAL_HEALTH",
        /// People detained under the Mental Health Act.
        DetainedMentalHealthAct = "DETAINED_MENTAL_HEALTH_ACT",
        /// People with an eating disorder.
        EatingDisorder = "EATING_DISORDER",
        /// People who misuse drugs or alcohol.
        DrugsOrAlcohol = "DRUGS_OR_ALCOHOL",
        /// People with a physical disability.
        PhysicalDisability = "PHYSICAL_DISABILITY",
        /// People with a sensory impairment.
        SensoryImpairment = "SENSORY_IMPAIRMENT",
        /// Unpaid carers.
        Carers = "CARERS",
    }

    /// The level at which an area sits.
    pub enum GeographyLevel as "GeographyLevel" {
        /// A country.
        Country = "COUNTRY",
        /// A region.
        Region = "REGION",
        /// A local authority.
        LocalAuthority = "LOCAL_AUTHORITY",
        /// All councils of one type taken together, such as the shire counties.
        CouncilType = "COUNCIL_TYPE",
        /// The area of an integrated care board.
        Icb = "ICB",
    }
}

impl IdentifierScheme {
    /// The regular expression a normalised value of this scheme matches (`domain.md` 4). A match shows the format only:
    /// none of these schemes has a checksum, and a well-formed code need not exist.
    #[must_use]
    pub const fn pattern(self) -> &'static str {
        match self {
            Self::Ods => "^[A-Z0-9]{3,10}$",
            Self::Gss => "^[EWSNK][0-9]{8}$",
            Self::Cassr => "^[0-9]{3}$",
            Self::CqcProvider | Self::CqcLocation => "^(1-[0-9]{6,11}|[A-Z0-9]{3,6})$",
            Self::CompaniesHouse => {
                "^([0-9]{8}|[A-Z]{2}[0-9]{6}|R[0-9]{7}|SL[0-9]{5}A|(IP|SP|RS)[A-Z0-9]{6})$"
            }
            Self::CharityEnglandWales => "^[0-9]{6,7}(-[0-9]+)?$",
            Self::CharityScotland => "^SC[0-9]{6}$",
            Self::CharityNorthernIreland => "^(NIC)?[0-9]{6}$",
            Self::CareInspectorate => "^(CS|SP)[0-9]{10}$",
        }
    }
}
