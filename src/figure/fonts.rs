//! The shipped fonts: one face a file, for the screen, for exported figures and for the credits.

/// A face.
#[derive(Debug, Clone, Copy)]
pub struct FontFace {
    /// Name of the family on screen (`ui`, `read-bold`…).
    pub screen: &'static str,
    /// Typographic family, as SVG's `font-family` names it.
    pub family: &'static str,
    /// Weight, 400 is regular.
    pub weight: u16,
    /// Whether it is an italic.
    pub italic: bool,
    /// The file.
    pub bytes: &'static [u8],
}

macro_rules! face {
    ($screen:literal, $family:literal, $weight:literal, $italic:literal, $file:literal) => {
        FontFace {
            screen: $screen,
            family: $family,
            weight: $weight,
            italic: $italic,
            bytes: include_bytes!(concat!("../../assets/fonts/", $file)),
        }
    };
}

/// Interface, regular.
pub const UI: FontFace = face!(
    "ui",
    "IBM Plex Sans",
    400,
    false,
    "IBMPlexSans_400Regular.ttf"
);
/// Interface, medium.
pub const UI_MEDIUM: FontFace = face!(
    "ui-medium",
    "IBM Plex Sans",
    500,
    false,
    "IBMPlexSans_500Medium.ttf"
);
/// Interface, semi-bold.
pub const UI_SEMIBOLD: FontFace = face!(
    "ui-semibold",
    "IBM Plex Sans",
    600,
    false,
    "IBMPlexSans_600SemiBold.ttf"
);
/// Reading, regular.
pub const READ: FontFace = face!(
    "read",
    "Source Serif 4",
    400,
    false,
    "SourceSerif4_400Regular.ttf"
);
/// Reading, italic.
pub const READ_ITALIC: FontFace = face!(
    "read-italic",
    "Source Serif 4",
    400,
    true,
    "SourceSerif4_400Regular_Italic.ttf"
);
/// Titles.
pub const READ_BOLD: FontFace = face!(
    "read-bold",
    "Source Serif 4",
    700,
    false,
    "SourceSerif4_700Bold.ttf"
);
/// Keys and raw data.
pub const MONO: FontFace = face!(
    "mono",
    "JetBrains Mono",
    500,
    false,
    "JetBrainsMono_500Medium.ttf"
);
/// Arabic.
pub const ARABIC: FontFace = face!(
    "arabic",
    "IBM Plex Sans Arabic",
    400,
    false,
    "IBMPlexSansArabic_400Regular.ttf"
);
/// Hebrew.
pub const HEBREW: FontFace = face!(
    "hebrew",
    "IBM Plex Sans Hebrew",
    400,
    false,
    "IBMPlexSansHebrew_400Regular.ttf"
);
/// Icons.
pub const ICONS: FontFace = face!("icons", "Phosphor", 400, false, "Phosphor-subset.ttf");

/// Families of Latin, Cyrillic and Greek, each with its own face.
pub const TEXT: [FontFace; 7] = [
    UI,
    UI_MEDIUM,
    UI_SEMIBOLD,
    READ,
    READ_ITALIC,
    READ_BOLD,
    MONO,
];

/// Faces that exported figures may use.
pub const FIGURE: [FontFace; 6] = [UI, UI_MEDIUM, UI_SEMIBOLD, READ, READ_BOLD, ARABIC];
