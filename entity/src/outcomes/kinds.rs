//! Closed lists of outcome monitoring (`domain.md` 2.8 and 2.9).

closed_enum! {
    /// How far an outcome framework has got.
    pub enum FrameworkStatus as "OutcomeFrameworkStatus" {
        /// Being written: its publisher's own matter.
        Draft = "DRAFT",
        /// In use. Its outcomes stay as they are worded.
        Live = "LIVE",
        /// No longer in use. What was measured by it stays.
        Retired = "RETIRED",
    }

    /// Who speaks in the statement of an outcome.
    pub enum OutcomeVoice as "OutcomeVoice" {
        /// A person who uses care and support: "I have …".
        I = "I",
        /// Those who provide or commission it: "We make sure that …".
        We = "WE",
        /// The system as a whole, as national frameworks put it.
        System = "SYSTEM",
    }

    /// How well an outcome is met: the three thumbs.
    pub enum DescriptorLevel as "DescriptorLevel" {
        /// Thumb up.
        Good = "GOOD",
        /// Thumb sideways.
        Ok = "OK",
        /// Thumb down.
        NotGood = "NOT_GOOD",
    }

    /// What an indicator counts in.
    pub enum IndicatorUnit as "IndicatorUnit" {
        /// A share of 100: the numerator is part of the denominator.
        Percent = "PERCENT",
        /// A number of people or things.
        Count = "COUNT",
        /// How many among 100,000 of the population, which is the denominator.
        RatePer100k = "RATE_100K",
        /// Points on a scale of its own.
        Score = "SCORE",
        /// The mean of thumbs: 1 is up, 0 sideways, -1 down.
        Thumbs = "THUMBS",
        /// Money, in pence.
        Pence = "PENCE",
    }

    /// Which way an indicator gets better.
    pub enum IndicatorPolarity as "IndicatorPolarity" {
        /// More is better.
        Higher = "HIGHER",
        /// Less is better.
        Lower = "LOWER",
        /// Neither is better.
        Neutral = "NEUTRAL",
    }

    /// By what people are told apart.
    pub enum DisaggregationDimension as "DisaggregationDimension" {
        /// By nothing: everybody.
        Total = "TOTAL",
        /// By age.
        Age = "AGE",
        /// By sex.
        Sex = "SEX",
        /// By ethnic group.
        Ethnicity = "ETHNICITY",
        /// By the main reason for support.
        SupportReason = "SUPPORT_REASON",
        /// By where people live or are supported.
        Setting = "SETTING",
        /// Carers apart from those they care for.
        Carer = "CARER",
    }

    /// What a figure is about.
    pub enum SubjectType as "ObservationSubjectType" {
        /// An area.
        Geography = "GEOGRAPHY",
        /// An organisation.
        Organisation = "ORGANISATION",
        /// A service.
        Service = "SERVICE",
        /// A place where an organisation works.
        Site = "SITE",
    }

    /// Why a figure is not there, or what has to be minded about it.
    pub enum ObservationMarker as "ObservationMarker" {
        /// Withheld by its source, so that nobody can be recognised. It is neither zero nor missing.
        Confidential = "C",
        /// Not available.
        NotAvailable = "X",
        /// Not applicable.
        NotApplicable = "Z",
        /// It rounds to zero and is not zero.
        Low = "LOW",
    }

    /// What a figure is worth.
    pub enum ObservationQuality as "ObservationQuality" {
        /// A second person has checked it.
        Final = "FINAL",
        /// Nobody but whoever recorded it has looked at it.
        Provisional = "PROVISIONAL",
        /// Worked out from something else than a full count.
        Estimate = "ESTIMATE",
        /// Told by somebody, such as "about 60%": nobody has counted, and it has no denominator.
        Reported = "REPORTED",
    }

    /// Whether a value is where things began or where they are to get.
    pub enum TargetKind as "IndicatorTargetKind" {
        /// What is to be reached.
        Target = "TARGET",
        /// What it is compared with.
        Baseline = "BASELINE",
    }

    /// How figures came in together.
    pub enum ImportKind as "ImportKind" {
        /// In the shape of the Adult Social Care Outcomes Framework's open data.
        Ascof = "ASCOF",
        /// In the shape of the Care Quality Commission's directory.
        CqcDirectory = "CQC_DIRECTORY",
        /// A file whose columns somebody mapped.
        Mapped = "MAPPED",
        /// Recorded together through the API.
        Recorded = "RECORDED",
    }

    /// How far an import has got.
    pub enum ImportStatus as "ImportStatus" {
        /// It is being read, or was stopped and can go on.
        Running = "RUNNING",
        /// It was read to its end; rows may have been refused.
        Completed = "COMPLETED",
        /// It could not be read to its end, and cannot go on.
        Failed = "FAILED",
    }

    /// A column of a file of figures.
    pub enum ImportColumn as "ObservationImportColumn" {
        /// The id of the wording that was measured.
        IndicatorVersionId = "INDICATOR_VERSION_ID",
        /// The code of the outcome framework.
        FrameworkCode = "FRAMEWORK_CODE",
        /// The label of the framework's version, needed where several are called so.
        FrameworkVersion = "FRAMEWORK_VERSION",
        /// The indicator's code within the framework.
        IndicatorCode = "INDICATOR_CODE",
        /// Which wording of the indicator was measured, from 1; left out, the one that counts for the period.
        Wording = "WORDING",
        /// What the figure is about, as a check: GEOGRAPHY, ORGANISATION, SERVICE or SITE.
        SubjectType = "SUBJECT_TYPE",
        /// The id of what it is about.
        SubjectId = "SUBJECT_ID",
        /// Of an area, the code of the Office for National Statistics.
        AreaGss = "AREA_GSS",
        /// Of a council with social care duties, its number.
        AreaCassr = "AREA_CASSR",
        /// The first day of the period, such as 2025-04-01.
        PeriodStart = "PERIOD_START",
        /// The last day of the period.
        PeriodEnd = "PERIOD_END",
        /// By what people are told apart; left out, by nothing.
        Dimension = "DIMENSION",
        /// Whom of them it is about, as a code; left out, everybody.
        PeopleCode = "PEOPLE_CODE",
        /// How many of the denominator.
        Numerator = "NUMERATOR",
        /// Of how many.
        Denominator = "DENOMINATOR",
        /// How many were asked, for surveys.
        Base = "BASE",
        /// The figure, or why there is none: `[c]`, `[x]` or `[z]`.
        Value = "VALUE",
        /// The margin of error.
        Margin = "MARGIN",
        /// Why the figure is not there (C, X, Z), or LOW.
        Marker = "MARKER",
        /// What it is worth; left out, PROVISIONAL. FINAL is what a second person makes of it.
        Quality = "QUALITY",
        /// Which revision of the figure the row is.
        Revision = "REVISION",
        /// Whether it is the current one; left out, it is.
        IsCurrent = "IS_CURRENT",
    }
}
