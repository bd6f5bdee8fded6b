//! Takes out tags that nest deeper than any page needs: HTML parsers take quadratic time over them.

use std::borrow::Cow;

/// Browsers stop at 512; pages of news stay below 60.
const DEEPEST: usize = 200;

/// Elements that have no content or end by themselves: they do not nest however often they open.
const SELF_ENDING: [&str; 24] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr", "p", "li", "dt", "dd", "option", "tr", "td", "th", "tbody", "thead", "tfoot",
];

/// Returns `page` without the start and end tags below a depth of 200; all text stays.
pub(super) fn flattened(page: &str) -> Cow<'_, str> {
    if deepest(page) <= DEEPEST {
        return Cow::Borrowed(page);
    }
    let mut out = String::with_capacity(page.len());
    let (mut depth, mut dropped) = (0_usize, 0_usize);
    for piece in pieces(page) {
        match kind(piece) {
            Kind::Open if depth >= DEEPEST => dropped += 1,
            Kind::Close if dropped > 0 => dropped -= 1,
            kind => {
                depth = step(depth, kind);
                out.push_str(piece);
            }
        }
    }
    Cow::Owned(out)
}

fn deepest(page: &str) -> usize {
    pieces(page)
        .scan(0_usize, |depth, piece| {
            *depth = step(*depth, kind(piece));
            Some(*depth)
        })
        .max()
        .unwrap_or(0)
}

fn step(depth: usize, kind: Kind) -> usize {
    match kind {
        Kind::Open => depth + 1,
        Kind::Close => depth.saturating_sub(1),
        Kind::Other => depth,
    }
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Open,
    Close,
    Other,
}

/// Cuts a page before every `<` and after every `>`.
fn pieces(page: &str) -> impl Iterator<Item = &str> {
    page.split_inclusive('>').flat_map(|part| {
        let at = part.rfind('<').unwrap_or(0);
        [part.get(..at), part.get(at..)]
            .into_iter()
            .flatten()
            .filter(|p| !p.is_empty())
    })
}

fn kind(piece: &str) -> Kind {
    let Some(tag) = piece.strip_prefix('<') else {
        return Kind::Other;
    };
    let closes = tag.starts_with('/');
    let name: String = tag
        .trim_start_matches('/')
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .take(20)
        .collect();
    let name = name.to_ascii_lowercase();
    if name.is_empty() || piece.ends_with("/>") || SELF_ENDING.contains(&name.as_str()) {
        Kind::Other
    } else if closes {
        Kind::Close
    } else {
        Kind::Open
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_common_page_is_left_alone() {
        let page = "<div><p>one<p>two<br><ul><li>three</ul></div>".repeat(500);
        assert!(matches!(flattened(&page), Cow::Borrowed(_)));
    }

    #[test]
    fn deep_tags_go_and_text_stays() {
        let page = format!("{}a<p>b{}c", "<div>".repeat(1000), "</div>".repeat(1000));
        let flat = flattened(&page);
        assert_eq!(deepest(&flat), DEEPEST);
        assert!(flat.contains("a<p>b") && flat.ends_with("c"));
    }
}
