//! How much room texts take in a picture. The fonts of its reader are not known, so letters are taken to be as wide as in common ones.

/// About how wide a text is in letters of a size, in pixels.
pub(super) fn width(text: &str, size: f64) -> f64 {
    let letters = text.chars().map(|letter| match letter {
        'i' | 'j' | 'l' | 't' | 'f' | 'I' | ' ' | '.' | ',' | ':' | ';' | '!' | '\'' | '|' | '(' | ')'
        | '[' | ']' => 0.35,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 0.95,
        letter if letter.is_ascii_uppercase() => 0.72,
        letter if letter.is_ascii() => 0.6,
        _ => 1.0,
    });
    letters.sum::<f64>() * size
}

/// A text in lines that are no wider than there is room, and no more of them than there may be: what does not fit is left out, and
/// three dots say so.
pub(super) fn wrapped(text: &str, size: f64, room: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let longer = if line.is_empty() {
            word.to_owned()
        } else {
            format!("{line} {word}")
        };
        if width(&longer, size) <= room {
            line = longer;
            continue;
        }
        if lines.len() + 1 == most {
            lines.push(cut(&longer, size, room));
            return lines;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        if width(word, size) <= room {
            word.clone_into(&mut line);
        } else {
            lines.push(cut(word, size, room));
        }
        if lines.len() == most {
            return lines;
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// As much of a text as there is room for, with three dots where some is left out.
pub(super) fn cut(text: &str, size: f64, room: f64) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    for letter in text.chars() {
        kept.push(letter);
        if width(&kept, size) + width("\u{2026}", size) > room {
            kept.pop();
            break;
        }
    }
    format!("{}\u{2026}", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_broken_between_words() {
        let lines = wrapped("one two three four five six", 10.0, 70.0, 9);
        assert!(lines.iter().all(|line| width(line, 10.0) <= 70.0), "{lines:?}");
        assert_eq!(lines.join(" "), "one two three four five six");
        assert_eq!(wrapped("", 10.0, 70.0, 3), Vec::<String>::new());
    }

    #[test]
    fn what_does_not_fit_is_left_out_and_said_to_be() {
        let lines = wrapped("one two three four five six", 10.0, 70.0, 2);
        assert_eq!(lines.len(), 2);
        assert!(lines[1].ends_with('\u{2026}'), "{lines:?}");
        let long = "x".repeat(10_000);
        let lines = wrapped(&long, 10.0, 70.0, 3);
        assert!(lines.len() == 1 && width(&lines[0], 10.0) <= 70.0, "{lines:?}");
    }
}
