//! Captions: WebVTT, as far as a player must be able to read it (W3C, section 4).

/// Why a text is no captions.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CaptionsError {
    /// It does not begin as captions do.
    #[error("captions begin with a line WEBVTT")]
    NoHeader,
    /// A line between two times is not one.
    #[error("line {line} of the captions is not a pair of times such as 00:01.000 --> 00:04.000")]
    BadTimes {
        /// Its number, from 1 on.
        line: usize,
    },
    /// A caption ends before it begins.
    #[error("the caption at line {line} ends before it begins")]
    Backwards {
        /// The number of the line with its times, from 1 on.
        line: usize,
    },
    /// There is not one caption.
    #[error("there is no caption in it")]
    Empty,
}

/// Whether a text is captions that a player can show.
///
/// # Errors
/// The first thing that is wrong.
pub fn check_captions(text: &str) -> Result<(), CaptionsError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = text.lines().enumerate().map(|(place, line)| (place + 1, line));
    let header = lines.next().map(|(_, line)| line).unwrap_or_default();
    let rest = header.strip_prefix("WEBVTT").ok_or(CaptionsError::NoHeader)?;
    if !(rest.is_empty() || rest.starts_with([' ', '\t'])) {
        return Err(CaptionsError::NoHeader);
    }
    let mut captions = 0;
    for (line, text) in lines {
        let Some((begin, end)) = text.split_once("-->") else {
            continue;
        };
        let end = end.trim().split([' ', '\t']).next().unwrap_or_default();
        let (begin, end) = (time(begin.trim()), time(end));
        let (Some(begin), Some(end)) = (begin, end) else {
            return Err(CaptionsError::BadTimes { line });
        };
        if end <= begin {
            return Err(CaptionsError::Backwards { line });
        }
        captions += 1;
    }
    if captions == 0 {
        return Err(CaptionsError::Empty);
    }
    Ok(())
}

/// `mm:ss.ttt` or `hh:mm:ss.ttt`, in thousandths of a second.
fn time(text: &str) -> Option<u64> {
    let (clock, thousandths) = text.split_once('.')?;
    let digits = |text: &str, least: usize| {
        let is_number = text.len() >= least && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| text.parse::<u64>().ok()).flatten()
    };
    let thousandths = (thousandths.len() == 3)
        .then(|| digits(thousandths, 3))
        .flatten()?;
    let parts: Vec<&str> = clock.split(':').collect();
    let (hours, minutes, seconds) = match parts.as_slice() {
        [hours, minutes, seconds] => (digits(hours, 2)?, *minutes, *seconds),
        [minutes, seconds] => (0, *minutes, *seconds),
        _ => return None,
    };
    let sixty = |text: &str| digits(text, 2).filter(|number| *number < 60 && text.len() == 2);
    let seconds = hours
        .checked_mul(3_600)?
        .checked_add(sixty(minutes)? * 60 + sixty(seconds)?)?;
    seconds.checked_mul(1_000)?.checked_add(thousandths)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "WEBVTT - interview\n\nNOTE a remark\n\n1\n00:01.000 --> 00:04.000 align:start\nHello.\n\n\
                        01:00:04.500 --> 01:00:06.000\n<v Ann>How are you?\n";

    #[test]
    fn what_a_player_shows_is_taken() {
        assert_eq!(check_captions(GOOD), Ok(()));
        assert_eq!(check_captions(&GOOD.replace('\n', "\r\n")), Ok(()));
        assert_eq!(check_captions(&format!("\u{feff}{GOOD}")), Ok(()));
    }

    #[test]
    fn what_a_player_cannot_read_is_named_by_its_line() {
        assert_eq!(check_captions(""), Err(CaptionsError::NoHeader));
        assert_eq!(
            check_captions("1\n00:00:01,000 --> 00:00:02,000\nSubRip"),
            Err(CaptionsError::NoHeader)
        );
        assert_eq!(check_captions("WEBVTTX\n"), Err(CaptionsError::NoHeader));
        assert_eq!(check_captions("WEBVTT\n\nHello"), Err(CaptionsError::Empty));
        for times in [
            "00:01,000 --> 00:02.000",
            "1:01.000 --> 00:02.000",
            "00:61.000 --> 00:62.000",
            " --> ",
        ] {
            let wrong = check_captions(&format!("WEBVTT\n\n{times}\nHello"));
            assert_eq!(wrong, Err(CaptionsError::BadTimes { line: 3 }), "{times}");
        }
        let backwards = check_captions("WEBVTT\n\n00:04.000 --> 00:01.000\nHello");
        assert_eq!(backwards, Err(CaptionsError::Backwards { line: 3 }));
    }
}
