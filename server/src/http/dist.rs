//! The built interface: a folder, or what the binary itself holds.

use std::borrow::Cow;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Trunk's output, as it was when the server was built.
#[cfg(feature = "embedded")]
#[derive(rust_embed::RustEmbed)]
#[folder = "../target/dist"]
#[allow_missing = true]
struct Embedded;

/// Where the interface comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dist {
    /// A folder that Trunk built.
    Folder(PathBuf),
    /// The binary.
    #[cfg(feature = "embedded")]
    Embedded,
}

impl Dist {
    /// The names of its files, with `/` between folders.
    pub fn names(&self) -> io::Result<Vec<String>> {
        match self {
            Self::Folder(folder) => {
                let mut names = Vec::new();
                list(folder, Path::new(""), &mut names)?;
                Ok(names)
            }
            #[cfg(feature = "embedded")]
            Self::Embedded => Ok(Embedded::iter().map(Cow::into_owned).collect()),
        }
    }

    /// A file.
    pub fn read(&self, name: &str) -> io::Result<Cow<'static, [u8]>> {
        match self {
            Self::Folder(folder) => std::fs::read(folder.join(name)).map(Cow::Owned),
            #[cfg(feature = "embedded")]
            Self::Embedded => Embedded::get(name)
                .map(|file| file.data)
                .ok_or_else(|| io::Error::from(io::ErrorKind::NotFound)),
        }
    }
}

impl fmt::Display for Dist {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(folder) => folder.display().fmt(formatter),
            #[cfg(feature = "embedded")]
            Self::Embedded => formatter.write_str("this binary"),
        }
    }
}

fn list(root: &Path, below: &Path, names: &mut Vec<String>) -> io::Result<()> {
    for entry in std::fs::read_dir(root.join(below))? {
        let entry = entry?;
        let name = below.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            list(root, &name, names)?;
        } else if let Some(name) = name.to_str() {
            names.push(name.to_owned());
        }
    }
    Ok(())
}
