//! Writes a file whole or not at all.

use std::io;
use std::path::Path;

/// Writes `bytes` beside `path`, then puts them in its place: a full disk leaves what was there.
///
/// # Errors
/// When the folder cannot be written or the disk is full.
pub fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let name = path
        .file_name()
        .ok_or(io::ErrorKind::InvalidInput)?
        .to_string_lossy();
    let new = path.with_file_name(format!(".{name}.new"));
    let written = std::fs::write(&new, bytes).and_then(|()| std::fs::rename(&new, path));
    if written.is_err() {
        // The half-written file is of no use to anybody; that it stays is no further harm.
        drop(std::fs::remove_file(&new));
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("chart.svg");
        write_file(&path, b"one").unwrap();
        write_file(&path, b"two").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_error() {
        assert!(write_file(Path::new("/no such folder/chart.svg"), b"x").is_err());
        assert!(write_file(Path::new("/"), b"x").is_err());
    }
}
