//! Word documents (ECMA-376 `WordprocessingML`): paragraphs of the body, then the notes.
//!
//! Taken: runs of text, also of inserted changes, tables, text boxes and links. Not taken: deleted
//! and moved-away changes, hidden text, field codes, headers and footers, the fallback copies of
//! text boxes.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::import::finish::Draft;
use crate::import::ooxml::Parts;
use crate::import::{BODY_LIMIT, ImportErrorKind, date, text};
use crate::jobs::Cancel;

/// Deeper nesting than any word processor writes.
const MAX_DEPTH: usize = 4096;
/// Events between two questions whether to go on.
const EVENTS_A_CHECK: usize = 4096;

/// Reads a Word document.
///
/// # Errors
/// When the container or its main part is broken, too large or protected.
pub(super) fn read(bytes: &[u8], cancel: &Cancel) -> Result<Draft, ImportErrorKind> {
    let mut parts = Parts::open(bytes)?;
    let main = parts
        .names()
        .into_iter()
        .find(|n| n.starts_with("word/document") && n.ends_with(".xml"))
        .unwrap_or_else(|| "word/document.xml".to_owned());
    let mut draft = properties(&mut parts)?;
    let mut story = Story::default();
    let found = parts
        .part(&main)?
        .ok_or_else(|| ImportErrorKind::damaged("its main part is missing"))?;
    story.read(&found, cancel)?;
    for notes in ["word/footnotes.xml", "word/endnotes.xml"] {
        if let Some(part) = parts.part(notes)? {
            story.read(&part, cancel)?;
        }
    }
    draft.title = story.title;
    draft.body = story.out;
    draft.head_in_body = true;
    Ok(draft)
}

fn properties(parts: &mut Parts<'_>) -> Result<Draft, ImportErrorKind> {
    let mut draft = Draft::default();
    let Some(part) = parts.part("docProps/core.xml")? else {
        return Ok(draft);
    };
    // Broken properties are no reason to lose the text.
    let Ok(decoded) = text::decode(&part, None) else {
        return Ok(draft);
    };
    let mut reader = Reader::from_str(&decoded.text);
    let (mut name, mut value) = (String::new(), String::new());
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(e) => {
                e.name().as_ref().clone_into(&mut name);
                value.clear();
            }
            Event::Text(e) => value.push_str(&e.xml10_content()),
            Event::GeneralRef(e) => push_reference(&mut value, &e),
            Event::End(_) => {
                let text = Some(value.trim().to_owned()).filter(|v| !v.is_empty());
                match name.as_str() {
                    "dc:title" => draft.weak_title = text,
                    "dc:creator" => draft.author = text,
                    "dc:language" => draft.language = text,
                    "dc:publisher" => draft.outlet = text,
                    "dcterms:issued" => draft.published = text.as_deref().and_then(date::metadata),
                    "dcterms:created" => draft.created = text.as_deref().and_then(date::metadata),
                    _ => {}
                }
                name.clear();
                value.clear();
            }
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(draft)
}

/// Entities come as events of their own.
fn push_reference(out: &mut String, reference: &BytesRef<'_>) {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        out.push(c);
        return;
    }
    match reference.xml10_content().as_ref() {
        "amp" => out.push('&'),
        "lt" => out.push('<'),
        "gt" => out.push('>'),
        "quot" => out.push('"'),
        "apos" => out.push('\''),
        _ => {}
    }
}

/// Elements whose text is not the document's.
const SKIPPED: [&str; 6] = [
    "w:del",
    "w:moveFrom",
    "mc:Fallback",
    "w:instrText",
    "w:pPrChange",
    "w:rPrChange",
];

/// Ids of the paragraph styles that word processors give to a title.
const TITLE_STYLES: [&str; 5] = ["Title", "Titel", "Titre", "Heading1", "berschrift1"];

#[derive(Default)]
struct Story {
    out: String,
    title: Option<String>,
    /// Open paragraphs: a text box holds paragraphs inside one.
    open: Vec<Paragraph>,
    /// Depth of the tree inside a skipped element, 0 outside.
    skipping: usize,
    in_text: bool,
    hidden: bool,
}

#[derive(Default)]
struct Paragraph {
    text: String,
    is_title: bool,
}

impl Story {
    fn read(&mut self, part: &[u8], cancel: &Cancel) -> Result<(), ImportErrorKind> {
        let decoded = text::decode(part, None)?;
        let mut reader = Reader::from_str(&decoded.text);
        reader.config_mut().check_end_names = false;
        let mut count = 0_usize;
        loop {
            count += 1;
            if count.is_multiple_of(EVENTS_A_CHECK) {
                cancel.check()?;
            }
            match reader.read_event() {
                Ok(Event::Start(e)) => self.start(&e)?,
                Ok(Event::Empty(e)) => self.empty(&e),
                Ok(Event::End(e)) => self.end(e.name().as_ref())?,
                Ok(Event::Text(e)) if self.takes_text() => self.push(&e.xml10_content()),
                Ok(Event::CData(e)) if self.takes_text() => self.push(&e.xml10_content()),
                Ok(Event::GeneralRef(e)) if self.takes_text() => {
                    let mut text = String::new();
                    push_reference(&mut text, &e);
                    self.push(&text);
                }
                Ok(Event::Eof) => break,
                Ok(_) => {}
                Err(error) => return Err(ImportErrorKind::damaged(error)),
            }
        }
        self.finish()
    }

    fn takes_text(&self) -> bool {
        self.in_text && !self.hidden && self.skipping == 0
    }

    fn push(&mut self, text: &str) {
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.text.push_str(text);
        }
    }

    fn start(&mut self, e: &BytesStart<'_>) -> Result<(), ImportErrorKind> {
        let name = e.name();
        let name = name.as_ref();
        if self.skipping > 0 || SKIPPED.contains(&name) {
            self.skipping += 1;
            return Ok(());
        }
        match name {
            "w:p" => {
                if self.open.len() >= MAX_DEPTH {
                    return Err(ImportErrorKind::damaged("it is nested too deeply"));
                }
                self.open.push(Paragraph::default());
            }
            "w:r" => self.hidden = false,
            "w:t" => self.in_text = true,
            _ => self.empty(e),
        }
        Ok(())
    }

    fn empty(&mut self, e: &BytesStart<'_>) {
        if self.skipping > 0 {
            return;
        }
        let value = |key: &str| {
            let found = e.try_get_attribute(key).ok().flatten();
            found.map(|a| a.value.to_string())
        };
        match e.name().as_ref() {
            "w:tab" | "w:ptab" => self.push(" "),
            "w:noBreakHyphen" => self.push("-"),
            "w:br" if value("w:type").is_some() => self.push("\n\n"),
            "w:br" | "w:cr" => self.push("\n"),
            "w:vanish" => {
                self.hidden = !matches!(value("w:val").as_deref(), Some("0" | "false" | "off"));
            }
            "w:pStyle" => {
                let style = value("w:val").unwrap_or_default();
                if let Some(paragraph) = self.open.last_mut() {
                    paragraph.is_title = TITLE_STYLES.contains(&style.as_str());
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) -> Result<(), ImportErrorKind> {
        if self.skipping > 0 {
            self.skipping -= 1;
            return Ok(());
        }
        match name {
            "w:t" => self.in_text = false,
            "w:r" => self.hidden = false,
            "w:p" => {
                let paragraph = self.open.pop().unwrap_or_default();
                self.paragraph(&paragraph)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn paragraph(&mut self, paragraph: &Paragraph) -> Result<(), ImportErrorKind> {
        let text = paragraph.text.trim();
        if text.is_empty() {
            return Ok(());
        }
        if paragraph.is_title && self.title.is_none() && self.out.is_empty() {
            self.title = Some(text.to_owned());
            return Ok(());
        }
        if !self.out.is_empty() {
            self.out.push_str("\n\n");
        }
        self.out.push_str(text);
        let size = u64::try_from(self.out.len()).unwrap_or(u64::MAX);
        if size > BODY_LIMIT {
            return Err(ImportErrorKind::TooLarge {
                bytes: size,
                limit: BODY_LIMIT,
            });
        }
        Ok(())
    }

    /// Ends what a cut-off part left open.
    fn finish(&mut self) -> Result<(), ImportErrorKind> {
        while let Some(paragraph) = self.open.pop() {
            self.paragraph(&paragraph)?;
        }
        self.skipping = 0;
        self.in_text = false;
        self.hidden = false;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(body: &str, to: &str) {
        let xml = format!("<w:document><w:body>{body}</w:body></w:document>");
        let mut story = Story::default();
        story.read(xml.as_bytes(), &Cancel::default()).unwrap();
        assert_eq!(story.out, to, "{body}");
    }

    #[test]
    fn runs_join_and_paragraphs_stay_apart() {
        check(
            "<w:p><w:r><w:t>One &amp; </w:t></w:r><w:r><w:t>two&#8212;so</w:t><w:tab/><w:t>x</w:t></w:r></w:p><w:p/><w:p><w:r><w:t>Three</w:t><w:br/><w:t>four</w:t></w:r></w:p>",
            "One & two—so x\n\nThree\nfour",
        );
    }

    #[test]
    fn what_is_not_shown_is_not_taken() {
        check(
            "<w:p><w:del><w:r><w:delText>gone</w:delText><w:t>gone</w:t></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:instrText>PAGE</w:instrText><w:t> end</w:t></w:r></w:p>",
            "new end",
        );
        check(
            "<w:p><w:r><w:t>Out</w:t><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>Box</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:p><w:r><w:t>Box</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:r></w:p>",
            "Box\n\nOut",
        );
    }
}
