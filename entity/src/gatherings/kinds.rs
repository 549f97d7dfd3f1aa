//! The closed enumerations of events (`domain.md` 2.6).

closed_enum! {
    /// What sort of event it is.
    pub enum EventKind as "EventKind" {
        /// People work something out together.
        Workshop = "WORKSHOP",
        /// Something that was made is shown.
        Showcase = "SHOWCASE",
        /// People celebrate.
        Festival = "FESTIVAL",
        /// People learn something.
        Training = "TRAINING",
        /// People are asked what they think.
        Consultation = "CONSULTATION",
    }

    /// How far an event has got.
    pub enum EventStatus as "EventStatus" {
        /// It is being prepared, and only the administrators of its hosts see it.
        Draft = "DRAFT",
        /// It was announced: whoever it is for can come. From its beginning on, attendance is recorded.
        Published = "PUBLISHED",
        /// It does not take place.
        Cancelled = "CANCELLED",
    }

    /// Whom an event is for.
    pub enum EventAudience as "EventAudience" {
        /// Everybody.
        Everybody = "EVERYBODY",
        /// Those who take part in a partnership.
        Partnership = "PARTNERSHIP",
        /// The people of its hosts, and whom these register.
        Hosts = "HOSTS",
    }

    /// What happens to those who come too late for a place at an event.
    pub enum WhenFull as "WhenFull" {
        /// They wait, and get the next place that becomes free.
        WaitingList = "WAITING_LIST",
        /// They are told that the event is full.
        Refuse = "REFUSE",
    }

    /// Whether an organisation hosts an event.
    pub enum EventHostStatus as "EventHostStatus" {
        /// It was asked, and has not answered.
        Invited = "INVITED",
        /// It is a host.
        Accepted = "ACCEPTED",
        /// It said no.
        Declined = "DECLINED",
        /// It was a host, and is one no more.
        Left = "LEFT",
    }

    /// Whether somebody has a place at an event, and whether they came.
    pub enum EventAttendanceStatus as "EventAttendanceStatus" {
        /// They have a place.
        Registered = "REGISTERED",
        /// They wait for a place.
        Waiting = "WAITING",
        /// They said that they cannot come.
        Apologies = "APOLOGIES",
        /// They came.
        Came = "CAME",
        /// They had a place and did not come.
        Absent = "ABSENT",
    }
}
