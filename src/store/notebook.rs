//! Where annotations live.

use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};
use std::{fs, io};

use etcetera::BaseStrategy;
use unicode_normalization::UnicodeNormalization as _;

use super::disk::{self, Disk as _, RealDisk};
use super::fault::StoreError;
use super::yaml_in;
use super::yaml_out::{self, Within};

/// The name of the folder that makes the folder around it a notebook.
pub const FOLDER: &str = "annotations";

/// The folder that holds an `annotations/` folder: interviews anywhere below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notebook {
    /// The folder that interviews are named from; absolute.
    pub root: PathBuf,
    /// Its `annotations/` folder, which need not exist yet.
    pub annotations: PathBuf,
    /// Why it is this one.
    pub home: Home,
}

/// Why a notebook is where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// An `annotations/` folder is there at or above the interview.
    Found,
    /// There is none yet; the first save makes it beside the interview.
    Beside,
    /// The configuration names it for interviews outside any notebook.
    Configured,
    /// The reader named the folder of the annotations.
    Given,
    /// The interview's folder cannot be written to, so annotations are kept with the user's data. To be said.
    UserData,
}

/// What the reader says about where annotations live.
#[derive(Clone, Copy, Debug, Default)]
pub struct Choice<'a> {
    /// The folder of the annotations (`--annotations`), whatever lies beside the interview.
    pub annotations: Option<&'a Path>,
    /// The notebook of interviews outside any notebook (`notebook:` in the configuration).
    pub notebook: Option<&'a Path>,
}

/// One annotator's annotations of an interview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// Whose they are; `None` in a personal notebook.
    pub annotator: Option<String>,
    /// The file.
    pub path: PathBuf,
}

impl Notebook {
    /// The notebook of an interview where the reader says nothing about it.
    pub fn of(interview: &Path) -> Self {
        Self::find(interview, Choice::default())
    }

    /// The notebook of an interview: what the reader chose, the nearest folder at or above it that holds
    /// `annotations/`, the configured notebook, or its own folder. Where that folder cannot be written to, the user's
    /// data folder.
    pub fn find(interview: &Path, choice: Choice) -> Self {
        let interview = absolute(interview);
        let folder = interview.parent().unwrap_or(&interview);
        if let Some(annotations) = choice.annotations {
            let annotations = absolute_folder(annotations);
            let root = annotations.parent().unwrap_or(&annotations).to_path_buf();
            return Self { root, annotations, home: Home::Given };
        }
        let holds_annotations = |folder: &&Path| folder.join(FOLDER).is_dir();
        if let Some(root) = folder.ancestors().find(holds_annotations) {
            return Self::at(root, Home::Found);
        }
        if let Some(root) = choice.notebook {
            return Self::at(&absolute_folder(root), Home::Configured);
        }
        if let Some(user) = Self::of_user(&interview)
            && (user.annotations_path(&interview, None).exists() || !can_be_written_to(folder))
        {
            return user;
        }
        Self::at(folder, Home::Beside)
    }

    /// The interview's path from the root, with `/` between folders; the whole path where it lies elsewhere.
    pub fn name_of(&self, interview: &Path) -> String {
        let interview = absolute(interview);
        let relative = interview.strip_prefix(&self.root).unwrap_or(&interview);
        let parts: Vec<_> = relative
            .components()
            .filter(|part| !matches!(part, Component::RootDir))
            .map(|part| part.as_os_str().to_string_lossy())
            .collect();
        let is_inside = relative.is_relative();
        if is_inside { parts.join("/") } else { format!("/{}", parts.join("/")) }
    }

    /// The file of an annotator's annotations of an interview, which need not exist yet.
    ///
    /// The annotations of `ROOT/a/b.txt` are `ROOT/annotations/a/b.txt.yaml`, those of another annotator
    /// `ROOT/annotations/@ada/a/b.txt.yaml`. An interview outside the root goes by its file name, with as many of the
    /// folders above it as are needed to tell it from another of that name.
    pub fn annotations_path(&self, interview: &Path, annotator: Option<&str>) -> PathBuf {
        let interview = absolute(interview);
        let folder = match annotator.map(folder_of_annotator).filter(|name| name.len() > 1) {
            Some(name) => self.annotations.join(name),
            None => self.annotations.clone(),
        };
        if let Ok(relative) = interview.strip_prefix(&self.root) {
            return as_it_is_written(&folder, &with_yaml(relative));
        }
        let name = self.name_of(&interview);
        let folders: Vec<_> = interview
            .components()
            .filter(|part| matches!(part, Component::Normal(_)))
            .map(|part| part.as_os_str())
            .collect();
        let candidates = (1..=folders.len()).map(|taken| {
            let relative: PathBuf = folders[folders.len() - taken..].iter().collect();
            folder.join(with_yaml(&relative))
        });
        let mut longest = folder.join(with_yaml(Path::new("interview")));
        for candidate in candidates {
            match interview_named_in(&candidate) {
                Some(other) if other != name => longest = candidate,
                _ => return candidate,
            }
        }
        longest
    }

    /// All annotators' files of an interview: the personal one first, then the others by name.
    pub fn layers(&self, interview: &Path) -> Vec<Layer> {
        let personal = Layer { annotator: None, path: self.annotations_path(interview, None) };
        let mut layers: Vec<Layer> = fs::read_dir(&self.annotations)
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|entry| {
                let name = entry.file_name().to_string_lossy().strip_prefix('@')?.to_owned();
                let path = self.annotations_path(interview, Some(&name));
                Some(Layer { annotator: Some(name), path })
            })
            .collect();
        layers.sort_by(|a, b| a.annotator.cmp(&b.annotator));
        layers.insert(0, personal);
        layers.retain(|layer| layer.path.is_file());
        layers
    }

    /// All files of annotations, whether their interviews are there or not, sorted by path.
    pub fn files(&self) -> Vec<Layer> {
        let mut files = Vec::new();
        let mut folders = vec![(self.annotations.clone(), None)];
        while let Some((folder, annotator)) = folders.pop() {
            for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
                let name = entry.file_name().to_string_lossy().into_owned();
                let path = entry.path();
                if name.starts_with('.') || path == self.tags_path() {
                    continue;
                }
                if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                    let whose = name.strip_prefix('@').filter(|_| folder == self.annotations);
                    folders.push((path, whose.map(str::to_owned).or_else(|| annotator.clone())));
                } else if path.extension().is_some_and(|extension| extension == "yaml") && path.is_file() {
                    files.push(Layer { annotator: annotator.clone(), path });
                }
            }
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files
    }

    /// The interview that a file of annotations belongs to by its own place, or else by what it says; `None` where
    /// neither is there any more.
    pub fn interview_of(&self, layer: &Layer) -> Option<PathBuf> {
        let folder = match &layer.annotator {
            Some(name) => self.annotations.join(folder_of_annotator(name)),
            None => self.annotations.clone(),
        };
        let by_place = layer
            .path
            .strip_prefix(folder)
            .ok()
            .map(|relative| as_it_is_written(&self.root, &relative.with_extension("")));
        let by_name = interview_named_in(&layer.path).filter(|name| !name.is_empty()).map(|name| self.root.join(name));
        // What lies inside the notebook goes by its place alone; a name tells of what lies elsewhere.
        let by_name = by_name.filter(|path| !path.starts_with(&self.root));
        by_place.into_iter().chain(by_name).find(|path| path.is_file())
    }

    /// Moves a file of annotations to where those of `interview` are kept, and says so in it. Gives back its new path.
    ///
    /// # Errors
    ///
    /// Where there is such a file already, or the disk refuses. Then the file is where it was.
    pub fn relink(&self, layer: &Layer, interview: &Path) -> Result<PathBuf, StoreError> {
        let target = self.annotations_path(interview, layer.annotator.as_deref());
        let failed = |error| StoreError::io(&target, error);
        let bytes = RealDisk.read(&layer.path).map_err(|error| StoreError::io(&layer.path, error))?;
        let text = yaml_in::decode(&bytes).map_err(|fault| StoreError::fault(&layer.path, fault))?;
        let name = yaml_out::scalar(&self.name_of(interview), Within::Block);
        let moved: String = text
            .split_inclusive('\n')
            .map(|line| match line.strip_prefix("interview:") {
                Some(_) => format!("interview: {name}{}", &line[line.trim_end_matches(['\r', '\n']).len()..]),
                None => line.to_owned(),
            })
            .collect();
        let folder = target.parent().unwrap_or(Path::new(""));
        RealDisk.create_folders(folder).map_err(failed)?;
        let _lock = RealDisk.lock(folder).map_err(failed)?;
        if target.exists() {
            return Err(failed(io::ErrorKind::AlreadyExists.into()));
        }
        disk::replace(&RealDisk, &target, moved.as_bytes()).map_err(failed)?;
        fs::remove_file(&layer.path).map_err(|error| StoreError::io(&layer.path, error))?;
        Ok(target)
    }

    /// The file of the tag definitions, which need not exist.
    pub fn tags_path(&self) -> PathBuf {
        self.annotations.join("tags.yaml")
    }

    fn at(root: &Path, home: Home) -> Self {
        Self { annotations: root.join(FOLDER), root: root.to_path_buf(), home }
    }

    /// The notebook in the user's data folder: it names interviews from the root of the file system.
    fn of_user(interview: &Path) -> Option<Self> {
        let data = etcetera::choose_base_strategy().ok()?.data_dir();
        let root = interview.ancestors().last()?.to_path_buf();
        Some(Self { root, annotations: data.join("interleaf").join(FOLDER), home: Home::UserData })
    }
}

/// Whether a folder holds annotations, so that whoever looks for interviews passes it by.
pub fn is_annotations(folder: &Path) -> bool {
    folder.file_name().is_some_and(|name| name == FOLDER)
}

/// The path with its folder resolved; the file itself may be a link, and is named as the reader names it.
fn absolute(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    match (path.parent(), path.file_name()) {
        (Some(folder), Some(name)) => absolute_folder(folder).join(name),
        _ => absolute_folder(&path),
    }
}

/// A folder with links and `..` resolved as far as it exists.
fn absolute_folder(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let existing = path.ancestors().find_map(|above| Some((above, fs::canonicalize(above).ok()?)));
    match existing {
        Some((above, canonical)) => match path.strip_prefix(above) {
            Ok(rest) if !rest.as_os_str().is_empty() => canonical.join(rest),
            _ => canonical,
        },
        None => path,
    }
}

/// Whether a file can be made in a folder. The file that tells has no name where the system allows that, and is gone
/// at once.
fn can_be_written_to(folder: &Path) -> bool {
    tempfile::tempfile_in(folder).is_ok()
}

/// `below` in `folder`, its names as they stand there: systems and tools that carry files about disagree over whether
/// `é` is one character or two, and a name that differs in nothing else is the same to whoever reads it.
fn as_it_is_written(folder: &Path, below: &Path) -> PathBuf {
    let path = folder.join(below);
    if below.to_str().is_none_or(str::is_ascii) || fs::symlink_metadata(&path).is_ok() {
        return path;
    }
    let mut found = folder.to_path_buf();
    for part in below.components() {
        let next = found.join(part);
        let wanted = part.as_os_str().to_str().filter(|name| !name.is_ascii());
        found = match wanted.filter(|_| fs::symlink_metadata(&next).is_err()).and_then(|name| twin(&found, name)) {
            Some(twin) => found.join(twin),
            None => next,
        };
    }
    // What stands nowhere is written as it is asked for.
    if fs::symlink_metadata(&found).is_ok() { found } else { path }
}

/// The name in `folder` that is made of the same characters as `name`, composed or not.
fn twin(folder: &Path, name: &str) -> Option<OsString> {
    let entries = fs::read_dir(folder).ok()?.flatten().map(|entry| entry.file_name());
    let mut twins = entries.filter(|other| other.to_str().is_some_and(|other| other.nfc().eq(name.nfc())));
    twins.next()
}

fn with_yaml(path: &Path) -> PathBuf {
    let mut name: OsString = path.as_os_str().to_owned();
    name.push(".yaml");
    name.into()
}

/// `@name` with what a folder's name cannot hold replaced.
fn folder_of_annotator(name: &str) -> String {
    let safe = |c: char| {
        if c.is_control() || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|') { '-' } else { c }
    };
    format!("@{}", name.trim().trim_start_matches('@').chars().map(safe).collect::<String>())
}

/// The interview that a file of annotations says it belongs to; `None` where there is no such file.
fn interview_named_in(path: &Path) -> Option<String> {
    let bytes = fs::read(path).ok()?;
    let text = yaml_in::decode(&bytes).unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with("interview:")).unwrap_or_default();
    let named = yaml_in::parse::<std::collections::BTreeMap<String, String>>(line).unwrap_or_default();
    Some(named.into_values().next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(root: &Path, path: &str) -> PathBuf {
        let folder = root.join(path);
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    #[test]
    fn the_nearest_notebook_above_is_taken() {
        let temporary = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(temporary.path()).unwrap();
        let samples = folder(&root, "book/samples/deep");
        let interview = samples.join("x.txt");
        let beside = Notebook::of(&interview);
        assert_eq!((beside.home, &beside.root), (Home::Beside, &samples));
        assert!(!samples.join(FOLDER).exists(), "looking makes nothing");
        folder(&root, "annotations");
        folder(&root, "book/annotations");
        let found = Notebook::of(&interview);
        assert_eq!((found.home, &found.root), (Home::Found, &root.join("book")));
        assert_eq!(found.name_of(&interview), "samples/deep/x.txt");
        assert_eq!(found.annotations_path(&interview, None), root.join("book/annotations/samples/deep/x.txt.yaml"));
        assert_eq!(
            found.annotations_path(&interview, Some("ada")),
            root.join("book/annotations/@ada/samples/deep/x.txt.yaml")
        );
        assert_eq!(
            found.annotations_path(&interview, Some("../a/b")),
            root.join("book/annotations/@..-a-b/samples/deep/x.txt.yaml")
        );
        let dotted = root.join("book/samples/../samples/deep/x.txt");
        assert_eq!(found.annotations_path(&dotted, None), found.annotations_path(&interview, None));
    }

    #[test]
    fn the_readers_choice_comes_first_and_the_configured_notebook_only_outside_others() {
        let temporary = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(temporary.path()).unwrap();
        let interview = folder(&root, "a").join("x.txt");
        let home = folder(&root, "home");
        let choice = Choice { annotations: None, notebook: Some(&home) };
        assert_eq!(Notebook::find(&interview, choice).home, Home::Configured);
        folder(&root, "a/annotations");
        assert_eq!(Notebook::find(&interview, choice).home, Home::Found);
        let notes = root.join("elsewhere/notes");
        let given = Notebook::find(&interview, Choice { annotations: Some(&notes), ..choice });
        assert_eq!(given.annotations_path(&interview, None), notes.join("x.txt.yaml"));
        let inside = root.join("a/notes");
        let given = Notebook::find(&interview, Choice { annotations: Some(&inside), ..choice });
        assert_eq!((given.name_of(&interview).as_str(), given.annotations), ("x.txt", inside));
    }

    #[test]
    fn two_interviews_of_one_name_outside_the_root_do_not_share_a_file() {
        let temporary = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(temporary.path()).unwrap();
        let notes = folder(&root, "n/notes");
        let (one, two) = (folder(&root, "a/b").join("x.txt"), folder(&root, "a/c").join("x.txt"));
        let given = Notebook::find(&one, Choice { annotations: Some(&notes), notebook: None });
        let path = given.annotations_path(&one, None);
        assert_eq!(path, notes.join("x.txt.yaml"));
        fs::write(&path, format!("interleaf: annotations/1\ninterview: \"{}\"\n", given.name_of(&one))).unwrap();
        assert_eq!(given.annotations_path(&one, None), path);
        assert_eq!(given.annotations_path(&two, None), notes.join("c/x.txt.yaml"));
    }

    #[test]
    fn a_name_is_the_same_however_its_accents_are_written() {
        let temporary = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(temporary.path()).unwrap();
        let interview = folder(&root, "e\u{301}te\u{301}").join("Zoe\u{308}.txt");
        fs::write(&interview, "").unwrap();
        let written = folder(&root, "annotations/\u{e9}t\u{e9}").join("Zo\u{eb}.txt.yaml");
        fs::write(&written, "").unwrap();
        let notebook = Notebook::of(&interview);
        assert_eq!(notebook.annotations_path(&interview, None), written);
        assert_eq!(notebook.layers(&interview).len(), 1);
        assert_eq!(notebook.interview_of(&notebook.files()[0]), Some(interview.clone()));
        let new = root.join("e\u{301}te\u{301}/pe\u{300}re.txt");
        let new = notebook.annotations_path(&new, None);
        assert_eq!(new, root.join("annotations/e\u{301}te\u{301}/pe\u{300}re.txt.yaml"));
    }

    #[test]
    fn layers_are_the_files_that_are_there() {
        let temporary = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(temporary.path()).unwrap();
        let interview = root.join("x.txt");
        for path in [
            "annotations/x.txt.yaml",
            "annotations/@zoe/x.txt.yaml",
            "annotations/@ada/x.txt.yaml",
            "annotations/@ben/y.txt.yaml",
        ] {
            folder(&root, path).parent().unwrap();
            fs::remove_dir(root.join(path)).unwrap();
            fs::write(root.join(path), "").unwrap();
        }
        let layers = Notebook::of(&interview).layers(&interview);
        let names: Vec<_> = layers.iter().map(|layer| layer.annotator.as_deref()).collect();
        assert_eq!(names, [None, Some("ada"), Some("zoe")]);
    }
}
