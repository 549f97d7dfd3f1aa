//! What is told apart about people, their accounts, their needs and their consents.

closed_enum! {
    /// Whether a user can sign in.
    pub enum UserStatus as "UserStatus" {
        /// Can sign in.
        Active = "ACTIVE",
        /// Cannot sign in for the time being.
        Suspended = "SUSPENDED",
        /// Closed for good.
        Closed = "CLOSED",
    }

    /// The format in which a person can use written information.
    pub enum InformationFormat as "InformationFormat" {
        /// Ordinary print or web pages.
        Standard = "STANDARD",
        /// Everyday words and short sentences.
        PlainEnglish = "PLAIN_ENGLISH",
        /// Short sentences, each with a picture that carries its meaning.
        EasyRead = "EASY_READ",
        /// Large print.
        LargePrint = "LARGE_PRINT",
        /// Braille.
        Braille = "BRAILLE",
        /// A recording to listen to.
        Audio = "AUDIO",
        /// A video in British Sign Language.
        BslVideo = "BSL_VIDEO",
        /// A video with captions.
        CaptionedVideo = "CAPTIONED_VIDEO",
        /// Welsh.
        Welsh = "WELSH",
        /// A translation into another language.
        Translated = "TRANSLATED",
        /// A document that a screen reader can read aloud in the right order.
        ScreenReaderDocument = "SCREEN_READER_DOCUMENT",
        /// Photographs and symbols.
        PhotoSymbols = "PHOTO_SYMBOLS",
        /// Makaton signs and symbols.
        Makaton = "MAKATON",
    }

    /// How a person would like to be reached.
    pub enum ContactChannel as "ContactChannel" {
        /// By email.
        Email = "EMAIL",
        /// By telephone.
        Telephone = "TELEPHONE",
        /// By text message.
        TextMessage = "TEXT_MESSAGE",
        /// By telephone through a text relay service.
        TextRelay = "TEXT_RELAY",
        /// By video call through a sign language interpreter.
        VideoRelay = "VIDEO_RELAY",
        /// By post.
        Post = "POST",
        /// Face to face.
        InPerson = "IN_PERSON",
        /// Through somebody who supports the person.
        ThroughSupporter = "THROUGH_SUPPORTER",
    }

    /// How a person is tied to an organisation. Ties may be conflicts of interest.
    pub enum AffiliationKind as "AffiliationKind" {
        /// Works for it.
        Employee = "EMPLOYEE",
        /// Volunteers for it.
        Volunteer = "VOLUNTEER",
        /// Is an elected member of the council.
        Councillor = "COUNCILLOR",
        /// Is one of its trustees.
        Trustee = "TRUSTEE",
        /// Is a member of the user-led organisation.
        UserLedMember = "USER_LED_MEMBER",
        /// Receives its service. This is health data.
        ReceivesService = "RECEIVES_SERVICE",
        /// Has a close relative who receives its service. This is health data.
        FamilyReceivesService = "FAMILY_RECEIVES_SERVICE",
    }

    /// The kind of thing a person needs in order to take part.
    pub enum AccessNeedCategory as "AccessNeedCategory" {
        /// Information in a certain format.
        InformationFormat = "INFORMATION_FORMAT",
        /// Support in communicating, such as an interpreter.
        CommunicationSupport = "COMMUNICATION_SUPPORT",
        /// Being reached in a certain way.
        ContactMethod = "CONTACT_METHOD",
        /// The building, the room, the way there.
        Physical = "PHYSICAL",
        /// Somebody to come along.
        SupportPerson = "SUPPORT_PERSON",
        /// Times of day, length, breaks.
        Timing = "TIMING",
        /// Food and drink.
        Dietary = "DIETARY",
        /// Something else.
        Other = "OTHER",
    }

    /// What a person agrees to. Taking it back has effect from the next read.
    pub enum ConsentPurpose as "ConsentPurpose" {
        /// Being contacted.
        Contact = "CONTACT",
        /// Sharing their access needs, by name, with those who make the arrangements.
        ShareAccessNeeds = "SHARE_ACCESS_NEEDS",
        /// Using their story.
        ShareStory = "SHARE_STORY",
        /// Publishing their name.
        PublishName = "PUBLISH_NAME",
        /// Sharing their details with a named organisation.
        ShareWithOrganisation = "SHARE_WITH_ORGANISATION",
        /// Being recorded.
        Recording = "RECORDING",
    }

    /// How a person gave a consent.
    pub enum ConsentMethod as "ConsentMethod" {
        /// In spoken words, which somebody noted.
        Spoken = "SPOKEN",
        /// In sign language, which somebody noted.
        Signed = "SIGNED",
        /// On paper.
        Written = "WRITTEN",
        /// On a screen.
        Online = "ONLINE",
        /// Through somebody who supports the person in communicating their own decision.
        ThroughSupporter = "THROUGH_SUPPORTER",
    }
}
