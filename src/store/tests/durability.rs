//! Saves on a disk that fails.

use std::cell::Cell;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::super::disk::{Disk, Lock, RealDisk, Temporary};
use super::super::*;
use super::{FILE, annotation, file, text};
use crate::model::{Annotation, Tag, TagDefinition};

/// A disk on which one step fails.
struct FaultyDisk {
    steps: Rc<Cell<usize>>,
    failing: usize,
    error: io::ErrorKind,
}

impl FaultyDisk {
    fn step(&self) -> io::Result<()> {
        take_step(&self.steps, self.failing, self.error)
    }
}

fn take_step(steps: &Cell<usize>, failing: usize, error: io::ErrorKind) -> io::Result<()> {
    steps.set(steps.get() + 1);
    if steps.get() == failing { Err(error.into()) } else { Ok(()) }
}

impl Disk for FaultyDisk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.step().and_then(|()| RealDisk.read(path))
    }
    fn target(&self, path: &Path) -> io::Result<PathBuf> {
        self.step().and_then(|()| RealDisk.target(path))
    }
    fn create_folders(&self, folder: &Path) -> io::Result<()> {
        self.step().and_then(|()| RealDisk.create_folders(folder))
    }
    fn lock(&self, folder: &Path) -> io::Result<Lock> {
        self.step().and_then(|()| RealDisk.lock(folder))
    }
    fn create_beside(&self, target: &Path) -> io::Result<Box<dyn Temporary>> {
        self.step()?;
        let (steps, failing, error) = (Rc::clone(&self.steps), self.failing, self.error);
        Ok(Box::new(FaultyFile { file: RealDisk.create_beside(target)?, steps, failing, error }))
    }
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.step().and_then(|()| RealDisk.sync_folder(folder))
    }
}

struct FaultyFile {
    file: Box<dyn Temporary>,
    steps: Rc<Cell<usize>>,
    failing: usize,
    error: io::ErrorKind,
}

impl Temporary for FaultyFile {
    /// Writes short, as a disk may.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        take_step(&self.steps, self.failing, self.error)?;
        self.file.write(&bytes[..bytes.len().div_ceil(2)])
    }
    fn sync(&mut self) -> io::Result<()> {
        take_step(&self.steps, self.failing, self.error)?;
        self.file.sync()
    }
    fn rename(self: Box<Self>, target: &Path) -> io::Result<()> {
        take_step(&self.steps, self.failing, self.error)?;
        self.file.rename(target)
    }
}

#[test]
fn whatever_step_fails_the_file_is_whole_and_the_next_save_succeeds() {
    let errors = [
        io::ErrorKind::StorageFull,
        io::ErrorKind::PermissionDenied,
        io::ErrorKind::ReadOnlyFilesystem,
        io::ErrorKind::StaleNetworkFileHandle,
        io::ErrorKind::Other,
    ];
    let mut failures = 0;
    for error in errors {
        for failing in 1.. {
            let folder = tempfile::tempdir().unwrap();
            let mut file = file(folder.path(), FILE);
            let mut notes = file.annotations().to_vec();
            notes.push(annotation("C", 3));
            let disk = FaultyDisk { steps: Rc::default(), failing, error };
            let saved = file.save_to(&disk, &notes, &[]);
            if saved.is_ok() {
                assert!(disk.steps.get() < failing, "a failure went unnoticed");
                break;
            }
            failures += 1;
            let on_disk = AnnotationsFile::load(file.path()).unwrap();
            assert!(on_disk.annotations().len() >= 2, "what was there is there");
            assert!(text(&file) == FILE || on_disk.annotations().len() == 3, "old or new, nothing between");
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file is left");
            file.save(&notes, &[]).unwrap();
            assert_eq!(AnnotationsFile::load(file.path()).unwrap().annotations().len(), 3);
        }
    }
    assert!(failures > errors.len() * 10, "{failures}");
}

/// Lets each step fail in turn, with each error; `attempt` says whether it succeeded, and looks at what is there.
fn with_each_step_failing(mut attempt: impl FnMut(&dyn Disk) -> bool) {
    let errors = [io::ErrorKind::StorageFull, io::ErrorKind::PermissionDenied, io::ErrorKind::Other];
    let mut failures = 0;
    for error in errors {
        for failing in 1.. {
            let disk = FaultyDisk { steps: Rc::default(), failing, error };
            if attempt(&disk) {
                assert!(disk.steps.get() < failing, "a failure went unnoticed");
                break;
            }
            failures += 1;
        }
    }
    assert!(failures > errors.len() * 4, "{failures}");
}

/// The names of all files in a folder.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn defined(tag: &str) -> TagDefinition {
    TagDefinition { tag: Tag::new(tag).unwrap(), color: None, description: None, key: None }
}

#[test]
fn whatever_step_fails_tags_are_as_before_or_as_wanted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tags.yaml");
    let (old, new) = ([defined("a")], [defined("a"), defined("b")]);
    with_each_step_failing(|disk| {
        fs::write(&path, "# mine\ntags:\n- tag: a\n").unwrap();
        let mut file = TagsFile::load(&path).unwrap();
        let saved = file.save_to(disk, &new).is_ok();
        let there = TagsFile::load(&path).unwrap();
        assert!(there.definitions() == new || (!saved && there.definitions() == old));
        assert_eq!(names(folder.path()), ["tags.yaml"], "no temporary file is left");
        file.save(&new).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "# mine\ntags:\n- tag: a\n- tag: b\n");
        saved
    });
}

#[test]
fn whatever_step_fails_a_draft_is_as_before_or_as_wanted() {
    let folder = tempfile::tempdir().unwrap();
    let (drafts, interview) = (Drafts::at(folder.path().join("drafts")), folder.path().join("x.txt"));
    let note = |words: &str| Annotation { note: words.to_owned(), ..annotation("A", 1) };
    with_each_step_failing(|disk| {
        drafts.keep(&interview, &note("half")).unwrap();
        let kept = drafts.keep_on(disk, &interview, &note("half a thought")).is_ok();
        let there = drafts.of(&interview);
        let words: Vec<&str> = there.iter().map(|draft| draft.annotation.note.as_str()).collect();
        assert!(words == ["half a thought"] || (!kept && words == ["half"]), "{words:?}");
        let inner = fs::read_dir(folder.path().join("drafts")).unwrap().next().unwrap().unwrap().path();
        assert_eq!(names(&inner), ["A.yaml"], "no temporary file is left");
        kept
    });
}

#[test]
fn whatever_step_fails_the_reading_place_is_as_before_or_as_wanted() {
    let folder = tempfile::tempdir().unwrap();
    let (states, interview) = (ReadingStates::at(folder.path().join("reading")), folder.path().join("x.txt"));
    let state = |percent| ReadingState { percent, ..ReadingState::default() };
    with_each_step_failing(|disk| {
        states.save(&interview, &state(1)).unwrap();
        let saved = states.save_to(disk, &interview, &state(2)).is_ok();
        let there = states.load(&interview).unwrap().percent;
        assert!(there == 2 || (!saved && there == 1));
        assert_eq!(names(&folder.path().join("reading")).len(), 1, "no temporary file is left");
        saved
    });
}

#[test]
fn whatever_step_fails_files_saved_together_are_all_as_before_or_the_same_again_finishes() {
    let folder = tempfile::tempdir().unwrap();
    let (inner, path) = (folder.path().join("@ada"), |name: &str| folder.path().join(name));
    fs::create_dir(&inner).unwrap();
    let tags_path = path("tags.yaml");
    let paths = [path("a.yaml"), path("b.yaml"), inner.join("a.yaml")];
    let save = |disk: &dyn Disk| {
        let mut files: Vec<AnnotationsFile> = paths.iter().map(|path| AnnotationsFile::load(path).unwrap()).collect();
        let changed = |file: &AnnotationsFile| {
            let mut notes = file.annotations().to_vec();
            notes.iter_mut().for_each(|note| note.tags = vec![Tag::new("new").unwrap()]);
            notes
        };
        let rewritings = files.iter_mut().map(|file| Rewriting { annotations: changed(file), file });
        let mut tags = TagsFile::load(&tags_path).unwrap();
        together::save_together_to(disk, &mut rewritings.collect::<Vec<_>>(), Some((&mut tags, &[defined("new")])))
    };
    let mut partly = 0;
    with_each_step_failing(|disk| {
        paths.iter().for_each(|path| fs::write(path, FILE).unwrap());
        fs::write(&tags_path, "tags:\n- tag: storms\n").unwrap();
        let all = || paths.iter().chain([&tags_path]).map(|path| fs::read_to_string(path).unwrap());
        let before: Vec<String> = all().collect();
        let saved = save(disk);
        let changed = all().zip(&before).filter(|(now, before)| now != *before).count();
        match &saved {
            Ok(outcomes) => assert_eq!((outcomes.len(), changed), (3, 4)),
            // A folder that could not be synced holds the new file, which is not told as done.
            Err(error) => assert!(changed == error.done.len() || changed == error.done.len() + 1, "{error}"),
        }
        partly += usize::from(saved.is_err() && changed > 0);
        assert_eq!(names(folder.path()), ["@ada", "a.yaml", "b.yaml", "tags.yaml"], "no temporary file is left");
        assert_eq!(names(&inner), ["a.yaml"]);
        save(&RealDisk).unwrap();
        assert!(all().all(|text| text.contains("new") && !text.contains("[storms]")));
        saved.is_ok()
    });
    assert!(partly > 0, "no fault came between two renames");
}

#[test]
fn errors_say_what_to_do() {
    let path = Path::new("notes/a.yaml");
    let message = |kind: io::ErrorKind| StoreError::io(path, kind.into()).to_string();
    assert!(message(io::ErrorKind::StorageFull).contains("make room"));
    assert!(message(io::ErrorKind::PermissionDenied).contains("check the permissions"));
    assert!(message(io::ErrorKind::ReadOnlyFilesystem).contains("--annotations"));
    assert!(message(io::ErrorKind::NotFound).contains("vanished"));
    assert!(message(io::ErrorKind::WouldBlock).contains("another program"));
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir().unwrap();
    let mut file = file(folder.path(), FILE);
    fs::set_permissions(file.path(), fs::Permissions::from_mode(0o640)).unwrap();
    let link = folder.path().join("link.yaml");
    symlink("a.yaml", &link).unwrap();
    let mut linked = AnnotationsFile::load(&link).unwrap();
    linked.save(&linked.annotations().to_vec()[..1], &[]).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::metadata(file.path()).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(AnnotationsFile::load(file.path()).unwrap().annotations().len(), 1);
    fs::set_permissions(file.path(), fs::Permissions::from_mode(0o440)).unwrap();
    let notes = [annotation("Z", 1)];
    assert!(matches!(file.save(&notes, &[]), Err(StoreError::Permission(_))));
}

#[test]
fn a_file_or_folder_that_vanished_is_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("annotations");
    fs::create_dir(&inner).unwrap();
    let mut file = file(&inner, FILE);
    let mut notes = file.annotations().to_vec();
    notes.push(annotation("C", 3));
    fs::remove_dir_all(&inner).unwrap();
    file.save(&notes, &[]).unwrap();
    assert_eq!(AnnotationsFile::load(file.path()).unwrap().annotations().len(), 3);
    assert!(text(&file).contains("# Kept with care."));
}

#[test]
fn what_a_killed_program_left_half_written_goes_with_the_next_save() {
    let folder = tempfile::tempdir().unwrap();
    let mut file = file(folder.path(), FILE);
    let (old, new) = (folder.path().join(".interleaf-a.tmp"), folder.path().join(".interleaf-b.tmp"));
    fs::write(&new, "half").unwrap();
    let an_hour_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(3600);
    fs::File::create(&old).unwrap().set_modified(an_hour_ago).unwrap();
    file.save(&[annotation("Z", 1)], &[]).unwrap();
    assert!(!old.exists() && new.exists());
}
