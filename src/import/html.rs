//! Web pages: the article's body without what stands around it, and its metadata.
//!
//! `assets/import/boilerplate.tsv` says what is removed first; then `dom_smoothie` (after Mozilla's
//! Readability) finds the body. Metadata: JSON-LD, then `meta` and `OpenGraph`, then `time`.

use std::sync::LazyLock;
use std::time::Duration;

use dom_smoothie::{Config, Readability, TextMode};
use encoding_rs::Encoding;
use jiff::civil::Date;
use serde_json::Value;

use crate::import::finish::Draft;
use crate::import::{ImportErrorKind, ImportWarning, date, flat, guard, head, sniff, text};
use crate::jobs::Cancel;

/// Largest page that is parsed; news pages have a few hundred KiB.
const PAGE_LIMIT: usize = 16 << 20;
const MAX_ELEMENTS: usize = 200_000;
const TIME_LIMIT: Duration = Duration::from_secs(20);
/// Shortest text of a body, in characters, below which the whole page is a better answer.
const SHORT_BODY: usize = 80;

static BOILERPLATE: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    include_str!("../../assets/import/boilerplate.tsv")
        .lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.split('\t').next())
        .collect()
});

/// Reads a web page.
///
/// # Errors
/// When the bytes are no text, too many, or too deeply nested to be read in time.
pub(super) fn read(bytes: &[u8], cancel: &Cancel) -> Result<Draft, ImportErrorKind> {
    if bytes.len() > PAGE_LIMIT {
        return Err(ImportErrorKind::TooLarge {
            bytes: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            limit: u64::try_from(PAGE_LIMIT).unwrap_or(u64::MAX),
        });
    }
    let decoded = text::decode(bytes, declared(bytes))?;
    let page = flat::flattened(&decoded.text).into_owned();
    let mut draft = guard::run("import-html", TIME_LIMIT, cancel, move |_| draft_of(page))?;
    draft.encoding = Some(decoded.encoding.to_owned());
    draft.warnings.extend(decoded.warnings);
    Ok(draft)
}

/// The encoding that a page names in its first bytes.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    const HEAD: usize = 4096;
    let head = bytes.get(..HEAD.min(bytes.len()))?.to_ascii_lowercase();
    let at = sniff::find(&head, b"charset=")? + b"charset=".len();
    let label: Vec<u8> = head
        .get(at..)?
        .iter()
        .copied()
        .skip_while(|b| matches!(b, b'"' | b'\'' | b' '))
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':'))
        .collect();
    Encoding::for_label(&label)
}

fn draft_of(page: String) -> Result<Draft, ImportErrorKind> {
    let config = Config {
        text_mode: TextMode::Formatted,
        max_elements_to_parse: MAX_ELEMENTS,
        ..Config::default()
    };
    let mut reader =
        Readability::new(page, None, Some(config)).map_err(ImportErrorKind::damaged)?;
    let mut draft = metadata(&reader);
    remove_boilerplate(&reader);
    let whole = reader
        .doc
        .try_select("body")
        .map(|b| b.formatted_text().to_string())
        .unwrap_or_default();
    match reader.parse() {
        Ok(article) if article.length >= SHORT_BODY || article.length * 2 > whole.len() => {
            draft.body = article.text_content.to_string();
            draft.title = draft.title.or(Some(article.title));
            draft.author = draft.author.or(article.byline);
            draft.outlet = draft.outlet.or(article.site_name);
            draft.language = draft.language.or(article.lang);
        }
        _ => {
            draft.head_in_body = true;
            draft.weak_title = Some(reader.get_article_title().to_string());
            if !whole.trim().is_empty() {
                draft.warnings.push(ImportWarning::WholePage);
            }
            draft.body = whole;
        }
    }
    draft.author = draft.author.map(|line| {
        let name = head::written_by(&line).unwrap_or(&line);
        name.to_owned()
    });
    Ok(draft)
}

/// Removes what the rules name, but never most of the page: some sites put a consent class on the
/// body, or the whole page into a form.
fn remove_boilerplate(reader: &Readability) {
    let all = reader.doc.text().len();
    for selector in BOILERPLATE.iter() {
        let Some(found) = reader.doc.try_select(selector) else {
            continue;
        };
        for node in found.nodes() {
            let name = node.node_name().unwrap_or_default();
            let frame = matches!(name.as_ref(), "html" | "body" | "main" | "article");
            if !frame && (is_no_text(name.as_ref()) || node.text().len() * 2 <= all) {
                node.remove_from_parent();
            }
        }
    }
}

fn is_no_text(name: &str) -> bool {
    matches!(name, "script" | "style" | "noscript" | "template" | "svg")
}

fn metadata(reader: &Readability) -> Draft {
    let linked = linked_data(reader);
    let meta = |keys: &[&str]| keys.iter().find_map(|key| meta_value(reader, key));
    let day = |value: Option<String>| value.as_deref().and_then(date::metadata);
    let published = linked
        .date
        .or_else(|| {
            day(meta(&[
                "article:published_time",
                "datePublished",
                "og:article:published_time",
            ]))
        })
        .or_else(|| {
            day(meta(&[
                "pubdate",
                "publishdate",
                "publish-date",
                "date",
                "DC.date.issued",
                "DC.date",
                "dcterms.date",
                "parsely-pub-date",
                "citation_publication_date",
                "sailthru.date",
            ]))
        })
        .or_else(|| time_element(reader));
    let url = attribute(reader, "link[rel=canonical]", "href")
        .or_else(|| meta(&["og:url"]))
        .filter(|u| u.starts_with("http"));
    let (heading, site) = heading(reader);
    Draft {
        title: linked
            .title
            .or_else(|| meta(&["og:title", "twitter:title", "DC.title"]))
            .or(heading),
        author: linked
            .author
            .or_else(|| meta(&["author", "DC.creator", "article:author"]))
            .filter(|a| !a.starts_with("http")),
        outlet: linked
            .outlet
            .or_else(|| meta(&["og:site_name", "application-name", "DC.publisher"]))
            .or(site),
        published,
        language: attribute(reader, "html", "lang"),
        url,
        ..Draft::default()
    }
}

/// The page's only `h1`, and the site's name where the page's title is "h1 – name".
fn heading(reader: &Readability) -> (Option<String>, Option<String>) {
    const LONGEST: usize = 250;
    let text = |selector: &str| {
        let found = reader
            .doc
            .try_select(selector)
            .filter(|f| f.length() == 1)?;
        let words: Vec<String> = found.text().split_whitespace().map(str::to_owned).collect();
        Some(words.join(" ")).filter(|t| !t.is_empty() && t.len() <= LONGEST)
    };
    let heading = text("h1");
    let site = heading.as_ref().and_then(|h| {
        let title = text("head > title")?;
        let rest = title.strip_prefix(h.as_str())?.trim_start();
        let name = rest.strip_prefix(['-', '–', '—', '|', '·', ':'])?.trim();
        ((1..=5).contains(&name.split(' ').count()) && !name.is_empty()).then(|| name.to_owned())
    });
    (heading, site)
}

fn attribute(reader: &Readability, selector: &str, name: &str) -> Option<String> {
    let found = reader.doc.try_select(selector)?;
    found
        .attr(name)
        .map(|v| v.trim().to_owned())
        .filter(|v| !v.is_empty())
}

fn meta_value(reader: &Readability, key: &str) -> Option<String> {
    ["property", "name", "itemprop"]
        .iter()
        .find_map(|kind| attribute(reader, &format!("meta[{kind}=\"{key}\"]"), "content"))
}

/// The date of the page's `time` elements: the one marked as publication, else one that all of them
/// in the article agree on.
fn time_element(reader: &Readability) -> Option<Date> {
    let marked = [
        "time[itemprop=datePublished]",
        "time[pubdate]",
        "[itemprop=datePublished]",
    ];
    if let Some(date) = marked
        .iter()
        .find_map(|s| attribute(reader, s, "datetime").or_else(|| attribute(reader, s, "content")))
        .and_then(|v| date::metadata(&v))
    {
        return Some(date);
    }
    for scope in ["article", "main", "header", "body"] {
        let Some(times) = reader.doc.try_select(&format!("{scope} time[datetime]")) else {
            continue;
        };
        let mut days = times
            .iter()
            .filter_map(|t| date::metadata(&t.attr("datetime")?));
        if let Some(first) = days.next() {
            return days.all(|d| d == first).then_some(first);
        }
    }
    None
}

#[derive(Default)]
struct Linked {
    title: Option<String>,
    author: Option<String>,
    outlet: Option<String>,
    date: Option<Date>,
}

/// Reads the first article of the page's JSON-LD blocks, also inside arrays and `@graph`.
fn linked_data(reader: &Readability) -> Linked {
    let Some(blocks) = reader
        .doc
        .try_select("script[type=\"application/ld+json\"]")
    else {
        return Linked::default();
    };
    blocks
        .iter()
        .filter_map(|block| serde_json::from_str::<Value>(block.text().trim()).ok())
        .find_map(|value| article_in(&value).map(linked))
        .unwrap_or_default()
}

fn article_in(value: &Value) -> Option<&Value> {
    match value {
        Value::Array(items) => items.iter().find_map(article_in),
        Value::Object(map) => {
            if is_article(value) {
                return Some(value);
            }
            ["@graph", "mainEntity"]
                .iter()
                .find_map(|k| article_in(map.get(*k)?))
        }
        _ => None,
    }
}

fn is_article(value: &Value) -> bool {
    let one = |t: &Value| {
        t.as_str().is_some_and(|t| {
            t.ends_with("Article") || t.ends_with("Posting") || t.ends_with("Report")
        })
    };
    match value.get("@type") {
        Some(Value::Array(types)) => types.iter().any(one),
        Some(kind) => one(kind),
        None => false,
    }
}

fn linked(value: &Value) -> Linked {
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    Linked {
        title: text("headline").or_else(|| text("name")),
        author: value.get("author").and_then(names),
        outlet: value.get("publisher").and_then(names),
        date: text("datePublished").as_deref().and_then(date::metadata),
    }
}

/// The names of a person or body, or of several.
fn names(value: &Value) -> Option<String> {
    match value {
        Value::String(name) => Some(name.clone()).filter(|n| !n.starts_with("http")),
        Value::Object(map) => names(map.get("name")?),
        Value::Array(items) => {
            let all: Vec<String> = items.iter().filter_map(names).collect();
            (!all.is_empty()).then(|| all.join(", "))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_is_a_selector() {
        let reader = Readability::new("<p>x</p>", None, None).unwrap();
        for rule in BOILERPLATE.iter() {
            for part in rule.split(", ") {
                // `try_select` is silent about a selector that does not parse; this one is not.
                drop(reader.doc.select(part));
            }
        }
        assert!(BOILERPLATE.len() > 8);
    }

    #[test]
    fn a_byline_gives_the_name_without_by() {
        let body = "Envoys of Velmora left for the negotiations on Monday. ".repeat(20);
        let page = format!(
            "<article><h1>Envoys leave</h1><p class=\"byline\">By Ilse Maren</p><p>{body}</p></article>"
        );
        let draft = draft_of(page).unwrap();
        assert_eq!(draft.author.as_deref(), Some("Ilse Maren"));
    }

    #[test]
    fn linked_data_is_found_in_graphs_and_lists() {
        let check = |json: &str| {
            let page = format!("<script type=\"application/ld+json\">{json}</script><p>x</p>");
            let reader = Readability::new(page, None, None).unwrap();
            let linked = linked_data(&reader);
            assert_eq!(linked.title.as_deref(), Some("Envoys leave"), "{json}");
            assert_eq!(
                linked.author.as_deref(),
                Some("I. Maren, O. Tane"),
                "{json}"
            );
            assert_eq!(linked.date, Date::new(2019, 1, 7).ok(), "{json}");
        };
        let article = r#"{"@type":["NewsArticle"],"headline":"Envoys leave","datePublished":"2019-01-07","author":[{"name":"I. Maren"},{"name":"O. Tane"}]}"#;
        check(article);
        check(&format!("[{{\"@type\":\"WebSite\"}},{article}]"));
        check(&format!(
            "{{\"@graph\":[{{\"@type\":\"Person\"}},{article}]}}"
        ));
    }
}
