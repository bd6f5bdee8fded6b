//! Takes out tags that nest deeper than any page needs: HTML parsers take quadratic time over them.
//!
//! What is open is followed as the HTML standard's tree builder does it, in so far as it decides on
//! depth: an end tag without its start tag closes nothing, `<div/>` opens a div, formatting that was
//! not closed opens again. Where the two differ, more is thought open here than is.

use std::borrow::Cow;

/// Browsers stop at 512; pages of news stay below 60.
const DEEPEST: usize = 200;

/// Elements that have no content or end by themselves: they do not nest however often they open.
const SELF_ENDING: [&str; 25] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr", "p", "li", "dt", "dd", "option", "tr", "td", "th", "tbody", "thead", "tfoot",
];

/// An end tag reaches past these, and they open again behind it.
const FORMATTING: [&str; 14] = [
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

/// An end tag reaches past these, and closes them.
const PHRASES: [&str; 12] = [
    "span", "label", "abbr", "cite", "q", "sub", "sup", "mark", "time", "ins", "del", "dfn",
];

/// HTML elements that end a drawing or formula which they stand in.
const BREAKS_OUT: [&str; 40] = [
    "b",
    "big",
    "blockquote",
    "body",
    "center",
    "code",
    "dl",
    "div",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "i",
    "listing",
    "menu",
    "nobr",
    "ol",
    "pre",
    "ruby",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "ul",
    "p",
    "br",
    "dd",
    "dt",
    "embed",
    "hr",
    "img",
    "li",
    "meta",
];

/// Parts of drawings and formulas that hold HTML.
const HOLDS_HTML: [&str; 9] = [
    "foreignobject",
    "desc",
    "title",
    "annotation-xml",
    "mi",
    "mo",
    "mn",
    "ms",
    "mtext",
];

/// Elements whose text holds no tags.
const RAW: [&str; 8] = [
    "script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes",
];

/// Returns `page` without the start and end tags below a depth of 200; all text stays.
pub(super) fn flattened(page: &str) -> Cow<'_, str> {
    if walk(page, |_, stays| stays) {
        return Cow::Borrowed(page);
    }
    let mut out = String::with_capacity(page.len());
    walk(page, |piece, stays| {
        if stays {
            out.push_str(piece);
        }
        true
    });
    Cow::Owned(out)
}

/// Hands all pieces of a page to `each`, with whether they stay, as long as it returns `true`;
/// returns whether it did to the end.
fn walk<'a>(page: &'a str, mut each: impl FnMut(&'a str, bool) -> bool) -> bool {
    let mut open = Open::default();
    let mut raw: Option<String> = None;
    let mut rest = page;
    while !rest.is_empty() {
        let raw_len = raw.take().and_then(|name| raw_len(rest, &name));
        let len = raw_len.unwrap_or_else(|| piece_len(rest));
        let Some((piece, after)) = rest.split_at_checked(len.max(1)) else {
            return each(rest, true);
        };
        rest = after;
        let stays = raw_len.is_some() || open.follow(piece);
        if !each(piece, stays) {
            return false;
        }
        if raw_len.is_none() && !open.foreign {
            let began = piece.strip_prefix('<').map(name);
            raw = began.filter(|name| RAW.contains(&name.as_str()));
        }
    }
    true
}

/// Bytes before the end tag of an element without tags inside; none where that comes at once.
fn raw_len(rest: &str, name: &str) -> Option<usize> {
    let end = |(at, _): &(usize, &str)| {
        let tag = rest.get(at + 2..at + 2 + name.len());
        tag.is_some_and(|tag| tag.eq_ignore_ascii_case(name))
    };
    let at = rest.match_indices("</").find(end).map(|(at, _)| at);
    Some(at.unwrap_or(rest.len())).filter(|len| *len > 0)
}

/// Bytes of the tag, comment or text that `rest` begins with.
fn piece_len(rest: &str) -> usize {
    if rest.starts_with("<!--") {
        let ends = ["-->", "--!>"].map(|end| {
            let at = rest.get(2..).and_then(|rest| rest.find(end));
            at.map(|at| 2 + at + end.len())
        });
        return ends.into_iter().flatten().min().unwrap_or(rest.len());
    }
    let tag = rest.strip_prefix('<');
    let Some(tag) = tag.filter(|tag| tag.starts_with(['/', '!', '?']) || starts(tag)) else {
        let text = rest.char_indices().skip(1).find(|(_, c)| *c == '<');
        return text.map_or(rest.len(), |(at, _)| at);
    };
    if tag.starts_with(['!', '?']) {
        return rest.find('>').map_or(rest.len(), |at| at + 1);
    }
    1 + tag_len(tag)
}

fn starts(tag: &str) -> bool {
    tag.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// Where in a tag.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    TagName,
    /// Before or in an attribute's name; whether it has begun.
    Name(bool),
    /// Behind the `=`.
    Value,
    Quoted(char),
    Unquoted,
}

/// Bytes up to the `>` that no quoted value holds.
fn tag_len(tag: &str) -> usize {
    let mut place = Place::TagName;
    for (at, c) in tag.char_indices() {
        place = match (place, c) {
            (Place::Quoted(open), _) if c != open => place,
            (Place::Quoted(_), _) => Place::Name(false),
            (_, '>') => return at + 1,
            (Place::TagName | Place::Unquoted, _) if c.is_whitespace() => Place::Name(false),
            (Place::TagName | Place::Name(_), '/') => Place::Name(false),
            (Place::Name(true), '=') => Place::Value,
            (Place::Name(begun), _) => Place::Name(begun || !c.is_whitespace()),
            (Place::Value, '"' | '\'') => Place::Quoted(c),
            (Place::Value, _) if c.is_whitespace() => Place::Value,
            (Place::Value, _) => Place::Unquoted,
            (Place::TagName | Place::Unquoted, _) => place,
        };
    }
    tag.len()
}

/// The elements that are open.
#[derive(Default)]
struct Open {
    names: Vec<String>,
    /// Start tags that were left out; as many end tags without a start go with them.
    dropped: usize,
    /// Whether a drawing or formula is open: there `/>` closes, and nothing ends by itself.
    foreign: bool,
}

impl Open {
    /// Follows one piece; returns whether it stays.
    fn follow(&mut self, piece: &str) -> bool {
        let Some(tag) = piece.strip_prefix('<') else {
            return true;
        };
        let (ends, tag) = match tag.strip_prefix('/') {
            Some(tag) => (true, tag),
            None => (false, tag),
        };
        if !starts(tag) {
            return true;
        }
        let name = name(tag);
        if ends {
            return self.close(&name);
        }
        if BREAKS_OUT.contains(&name.as_str()) || HOLDS_HTML.contains(&name.as_str()) {
            self.foreign = false;
        }
        let draws = matches!(name.as_str(), "svg" | "math");
        let ends = if self.foreign || draws {
            piece.ends_with("/>")
        } else {
            SELF_ENDING.contains(&name.as_str())
        };
        if ends {
            return true;
        }
        if self.names.len() >= DEEPEST {
            self.dropped += 1;
            return false;
        }
        self.foreign |= draws;
        self.names.push(name);
        true
    }

    fn close(&mut self, name: &str) -> bool {
        if self.dropped > 0 {
            self.dropped -= 1;
            return false;
        }
        let formatting = |open: &String| FORMATTING.contains(&open.as_str());
        let passes = |open: &String| formatting(open) || PHRASES.contains(&open.as_str());
        let above = self.names.iter().rev().take_while(|open| *open != name);
        let passed = above.clone().take_while(|open| passes(open)).count();
        let reached = above.count();
        if reached == self.names.len() || passed < reached {
            // Ends nothing.
            return true;
        }
        let at = self.names.len() - 1 - reached;
        let again: Vec<String> = self.names.drain(at..).skip(1).filter(formatting).collect();
        self.names.extend(again);
        self.foreign &= !matches!(name, "svg" | "math");
        true
    }
}

fn name(tag: &str) -> String {
    tag.chars()
        .take_while(|c| !c.is_whitespace() && !matches!(c, '>' | '/'))
        .take(20)
        .collect::<String>()
        .to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_common_page_is_left_alone() {
        let page = "<div><p>one<p>two<br><ul><li>three</ul><svg><path/><path/></svg></div>";
        assert!(matches!(flattened(&page.repeat(500)), Cow::Borrowed(_)));
        let slips = "<div><b>one <i>two</b> three</i><span><em>four</span></em></div><p></p>";
        assert!(matches!(flattened(&slips.repeat(500)), Cow::Borrowed(_)));
    }

    #[test]
    fn deep_tags_go_and_text_stays() {
        let page = format!("{}a<p>b{}c", "<div>".repeat(1000), "</div>".repeat(1000));
        let flat = flattened(&page);
        assert_eq!(flat.matches("<div>").count(), DEEPEST);
        assert_eq!(flat.matches("</div>").count(), DEEPEST);
        assert!(flat.contains("a<p>b") && flat.ends_with("c"));
    }

    /// Elements that are open at each element of the page as its parser sees it, summed: what
    /// walking up from every node costs.
    fn work(page: &str) -> usize {
        let page = flattened(page).into_owned();
        let reader = dom_smoothie::Readability::new(page, None, None).unwrap();
        let all = reader.doc.select("*");
        all.nodes()
            .iter()
            .map(|node| node.ancestors(None).len())
            .sum()
    }

    #[test]
    fn the_work_of_a_parser_grows_with_the_page_and_not_its_square() {
        for (open, close) in [
            ("<div>", "</div>"),
            ("<b><p>", ""),
            ("<table><tr><td>", ""),
            ("<div/>", ""),
            ("<div></i>", ""),
            ("<div><table><td></div>", ""),
            ("<span><div></span>", ""),
            ("<section x='</section>'>", ""),
            ("<section x ='>' '></section '>", ""),
            ("<section = \"><section \">", ""),
            ("<section x=y =\"></section \">", ""),
            ("<section><!-- </section> --!>", ""),
            ("<section><!--></section -->", ""),
            ("<section><textarea><!--</textarea><div>", "-->"),
            ("<section><script></section></script>", ""),
            ("<svg><g>", ""),
            ("<svg><tr>", ""),
            ("<svg><desc><section/>", ""),
            ("<x-y>", "</x-z>"),
        ] {
            let page = |n: usize| format!("<body>{}x{}", open.repeat(n), close.repeat(n));
            let (short, long) = (work(&page(500)), work(&page(4_000)));
            assert!(long < short * 9, "{open}: {short} for 1, {long} for 8");
        }
        let page = |n: usize| {
            let marks = (0..n).map(|at| format!("<b><i id={at}></b>"));
            format!("<body>{}x", marks.collect::<String>())
        };
        let (short, long) = (work(&page(500)), work(&page(4_000)));
        assert!(long < short * 9, "{short} for 1, {long} for 8");
    }
}
