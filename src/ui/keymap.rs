//! Keys as data: which key is which command. Menu, palette, hint bar and the list of keys read it.
//!
//! A key whose command cannot be done now is left to the panels (arrows move the caret when no
//! annotation is selected). Letters and digits are commands only while no text field has focus.

use egui::{Event, InputState, Key, Modifiers};

use crate::app::CommandKind;
use crate::app::CommandKind as K;

/// A key and its command.
#[derive(Debug, Clone, Copy)]
pub struct Binding {
    /// What it does.
    pub kind: CommandKind,
    /// Held down.
    pub modifiers: Modifiers,
    /// Pressed.
    pub key: Key,
    /// As painted on caps.
    pub caps: &'static [&'static str],
    /// Whether it works in a text field too.
    pub typing: bool,
}

const fn plain(kind: CommandKind, key: Key, caps: &'static [&'static str]) -> Binding {
    with(kind, Modifiers::NONE, key, caps)
}

const fn with(
    kind: CommandKind,
    modifiers: Modifiers,
    key: Key,
    caps: &'static [&'static str],
) -> Binding {
    Binding {
        kind,
        modifiers,
        key,
        caps,
        typing: false,
    }
}

const fn always(
    kind: CommandKind,
    modifiers: Modifiers,
    key: Key,
    caps: &'static [&'static str],
) -> Binding {
    Binding {
        kind,
        modifiers,
        key,
        caps,
        typing: true,
    }
}

const CTRL: Modifiers = Modifiers::COMMAND;
const SHIFT: Modifiers = Modifiers::SHIFT;
const ALT: Modifiers = Modifiers::ALT;
const CTRL_SHIFT: Modifiers = CTRL.plus(SHIFT);
const CTRL_ALT: Modifiers = CTRL.plus(ALT);

/// All keys, in the order of the list of keys.
pub const BINDINGS: &[Binding] = &[
    plain(K::Next, Key::J, &["J"]),
    plain(K::Previous, Key::K, &["K"]),
    plain(K::Confirm, Key::Enter, &["Enter"]),
    plain(K::Reject, Key::X, &["X"]),
    plain(K::ApplyInArticle, Key::A, &["A"]),
    with(K::ApplyInProject, SHIFT, Key::A, &["Shift", "A"]),
    with(K::MarkShown, CTRL, Key::A, &["Ctrl", "A"]),
    plain(K::ToggleReview, Key::R, &["R"]),
    plain(K::TypePerson, Key::Num1, &["1"]),
    plain(K::TypeNorp, Key::Num2, &["2"]),
    plain(K::TypeState, Key::Num3, &["3"]),
    plain(K::TypeOrganisation, Key::Num4, &["4"]),
    plain(K::TypePlace, Key::Num5, &["5"]),
    plain(K::TypeFacility, Key::Num6, &["6"]),
    plain(K::TypeWeapon, Key::Num7, &["7"]),
    plain(K::TypeAgreement, Key::Num8, &["8"]),
    plain(K::TypeEvent, Key::Num9, &["9"]),
    with(K::EndLater, SHIFT, Key::ArrowRight, &["Shift", "→"]),
    with(K::EndEarlier, SHIFT, Key::ArrowLeft, &["Shift", "←"]),
    with(K::StartLater, ALT, Key::ArrowRight, &["Alt", "→"]),
    with(K::StartEarlier, ALT, Key::ArrowLeft, &["Alt", "←"]),
    with(
        K::EndLaterChar,
        CTRL_SHIFT,
        Key::ArrowRight,
        &["Ctrl", "Shift", "→"],
    ),
    with(
        K::EndEarlierChar,
        CTRL_SHIFT,
        Key::ArrowLeft,
        &["Ctrl", "Shift", "←"],
    ),
    with(
        K::StartLaterChar,
        CTRL_ALT,
        Key::ArrowRight,
        &["Ctrl", "Alt", "→"],
    ),
    with(
        K::StartEarlierChar,
        CTRL_ALT,
        Key::ArrowLeft,
        &["Ctrl", "Alt", "←"],
    ),
    plain(K::Delete, Key::Delete, &["Del"]),
    plain(K::Merge, Key::M, &["M"]),
    with(K::Split, SHIFT, Key::M, &["Shift", "M"]),
    plain(K::Rename, Key::F2, &["F2"]),
    plain(K::Link, Key::L, &["L"]),
    plain(K::Note, Key::N, &["N"]),
    plain(K::CorrectDate, Key::D, &["D"]),
    plain(K::NewStatement, Key::S, &["S"]),
    plain(K::EditStatement, Key::E, &["E"]),
    with(K::Undo, CTRL, Key::Z, &["Ctrl", "Z"]),
    with(K::Redo, CTRL_SHIFT, Key::Z, &["Ctrl", "Shift", "Z"]),
    plain(K::NewEntry, Key::T, &["T"]),
    plain(K::DatesLastWeek, Key::W, &["W"]),
    with(K::DatesThisMonth, SHIFT, Key::W, &["Shift", "W"]),
    plain(K::DatesAll, Key::Num0, &["0"]),
    plain(K::DatesBefore, Key::OpenBracket, &["["]),
    plain(K::DatesAfter, Key::CloseBracket, &["]"]),
    plain(K::Compare, Key::C, &["C"]),
    plain(K::Search, Key::Slash, &["/"]),
    plain(K::Keys, Key::Questionmark, &["?"]),
    always(K::Palette, CTRL_SHIFT, Key::P, &["Ctrl", "Shift", "P"]),
    always(K::NextRegion, Modifiers::NONE, Key::F6, &["F6"]),
    always(K::Enlarge, Modifiers::NONE, Key::F11, &["F11"]),
    always(K::OpenFiles, CTRL, Key::O, &["Ctrl", "O"]),
    always(K::OpenFolder, CTRL_SHIFT, Key::O, &["Ctrl", "Shift", "O"]),
    always(K::NewProject, CTRL, Key::N, &["Ctrl", "N"]),
    always(K::SaveAs, CTRL_SHIFT, Key::S, &["Ctrl", "Shift", "S"]),
    always(K::ExportDialog, CTRL, Key::E, &["Ctrl", "E"]),
    always(K::Quit, CTRL, Key::Q, &["Ctrl", "Q"]),
    with(K::TextLarger, CTRL, Key::Plus, &["Ctrl", "+"]),
    with(K::TextSmaller, CTRL, Key::Minus, &["Ctrl", "-"]),
];

/// Keys that other parts act on, for the lists only.
const TOLD: &[(CommandKind, &[&str])] = &[(K::PasteText, &["Ctrl", "V"]), (K::Escape, &["Esc"])];

/// Returns the caps of a command; none where it has no key.
#[must_use]
pub fn caps(kind: CommandKind) -> &'static [&'static str] {
    let told = TOLD.iter().find(|(told, _)| *told == kind);
    let bound = BINDINGS.iter().find(|binding| binding.kind == kind);
    match (bound, told) {
        (Some(binding), _) => binding.caps,
        (None, Some((_, caps))) => caps,
        (None, None) => &[],
    }
}

/// Returns the caps of a command as one text, `Ctrl Shift P`.
#[must_use]
pub fn caps_text(kind: CommandKind) -> String {
    caps(kind).join(" ")
}

/// Characters that some keyboards write with Shift.
fn shift_is_free(key: Key) -> bool {
    matches!(key, Key::Slash | Key::Questionmark | Key::Plus | Key::Minus)
}

fn matches(binding: &Binding, key: Key, modifiers: Modifiers) -> bool {
    let mut held = modifiers;
    if shift_is_free(binding.key) {
        held.shift = binding.modifiers.shift;
    }
    let ctrl = held.ctrl || held.command;
    binding.key == key
        && binding.modifiers.command == ctrl
        && binding.modifiers.shift == held.shift
        && binding.modifiers.alt == held.alt
}

/// Takes the keys of this frame that are commands, in order. `try_kind` returns whether the command
/// can be done; else its key stays for the panels.
pub fn take(input: &mut InputState, typing: bool, mut try_kind: impl FnMut(CommandKind) -> bool) {
    let mut taken_text = false;
    input.events.retain(|event| {
        let Event::Key {
            key,
            pressed: true,
            modifiers,
            ..
        } = event
        else {
            return true;
        };
        let binding = BINDINGS
            .iter()
            .filter(|binding| binding.typing || !typing)
            .find(|binding| matches(binding, *key, *modifiers));
        let taken = binding.is_some_and(|binding| try_kind(binding.kind));
        taken_text |= taken;
        !taken
    });
    if taken_text && !typing {
        input
            .events
            .retain(|event| !matches!(event, Event::Text(_)));
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_key_is_one_command() {
        let mut seen = BTreeSet::new();
        for binding in BINDINGS {
            let m = binding.modifiers;
            let key = (binding.key.name(), m.command, m.shift, m.alt);
            assert!(seen.insert(key), "{:?}", binding.caps);
        }
    }

    #[test]
    fn caps_say_the_modifiers() {
        for binding in BINDINGS {
            let has = |cap: &str| binding.caps.contains(&cap);
            assert_eq!(binding.modifiers.command, has("Ctrl"), "{:?}", binding.caps);
            assert_eq!(binding.modifiers.shift, has("Shift"), "{:?}", binding.caps);
            assert_eq!(binding.modifiers.alt, has("Alt"), "{:?}", binding.caps);
        }
    }

    fn pressed(key: Key, modifiers: Modifiers, typing: bool) -> Vec<CommandKind> {
        let mut input = InputState::default();
        input.events.push(Event::Key {
            key,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers,
        });
        let mut kinds = Vec::new();
        take(&mut input, typing, |kind| {
            kinds.push(kind);
            true
        });
        assert_eq!(input.events.is_empty(), !kinds.is_empty());
        kinds
    }

    #[test]
    fn letters_are_commands_only_while_nobody_types() {
        let none = Modifiers::NONE;
        assert_eq!(pressed(Key::J, none, false), [K::Next]);
        assert_eq!(pressed(Key::J, none, true), []);
        assert_eq!(pressed(Key::Z, Modifiers::COMMAND, false), [K::Undo]);
        assert_eq!(pressed(Key::Z, CTRL_SHIFT, false), [K::Redo]);
        assert_eq!(pressed(Key::P, CTRL_SHIFT, true), [K::Palette]);
        assert_eq!(pressed(Key::M, SHIFT, false), [K::Split]);
        assert_eq!(pressed(Key::Questionmark, SHIFT, false), [K::Keys]);
        assert_eq!(pressed(Key::J, Modifiers::CTRL, false), []);
    }

    #[test]
    fn a_key_that_cannot_be_done_stays_for_the_panels() {
        let mut input = InputState::default();
        input.events.push(Event::Key {
            key: Key::ArrowRight,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: SHIFT,
        });
        take(&mut input, false, |_| false);
        assert_eq!(input.events.len(), 1);
    }
}
