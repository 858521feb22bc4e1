//! Saves on a disk that fails.

use std::cell::Cell;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::super::disk::{Disk, Lock, RealDisk, Temporary};
use super::super::*;
use super::{FILE, annotation, file, text};

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
