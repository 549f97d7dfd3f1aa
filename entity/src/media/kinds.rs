//! Closed lists of media.

closed_enum! {
    /// What sort of thing a file holds.
    pub enum MediaKind as "MediaKind" {
        /// Something to read: a text, a document, slides, a sheet, a braille file.
        Document = "DOCUMENT",
        /// A picture.
        Image = "IMAGE",
        /// Something to hear.
        Audio = "AUDIO",
        /// Something to see and hear, such as a film in British Sign Language.
        Video = "VIDEO",
        /// The words of a recording with their times (WebVTT).
        Captions = "CAPTIONS",
    }

    /// How far a file has got.
    pub enum MediaStatus as "MediaStatus" {
        /// Its bytes have not all arrived, or have not been checked.
        Expected = "EXPECTED",
        /// All its bytes are here, and are what was announced.
        Stored = "STORED",
        /// Its bytes were removed, because something harmful was found in them. What is known about it stays.
        Removed = "REMOVED",
    }

    /// What the search for harmful software has found.
    pub enum MediaScan as "MediaScan" {
        /// It has not ended; until then nobody can download the file.
        Pending = "PENDING",
        /// Nothing.
        Clean = "CLEAN",
        /// Something: the bytes were removed.
        Infected = "INFECTED",
    }
}
