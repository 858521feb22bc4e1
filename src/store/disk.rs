//! The few things that a save asks of the disk, one by one, so that a test can let each of them fail.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::TempPath;

/// A disk.
pub trait Disk {
    /// The whole content of a file.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
    /// The file that a path leads to, links followed; the path itself where nothing is there.
    fn target(&self, path: &Path) -> io::Result<PathBuf>;
    /// Makes a folder and those above it.
    fn create_folders(&self, folder: &Path) -> io::Result<()>;
    /// Takes the lock that programs saving to `folder` share; it is given back when dropped.
    fn lock(&self, folder: &Path) -> io::Result<Lock>;
    /// Opens a file beside `target` that is to become it, with the permissions that it has.
    fn create_beside(&self, target: &Path) -> io::Result<Box<dyn Temporary>>;
    /// Makes the entries of a folder safe from a power cut.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;
}

/// A file under way. Dropped before [`rename`](Self::rename), it leaves nothing behind.
pub trait Temporary {
    /// Writes some of `bytes` and says how many.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize>;
    /// Makes what was written safe from a power cut.
    fn sync(&mut self) -> io::Result<()>;
    /// Puts the file in the target's place at once.
    fn rename(self: Box<Self>, target: &Path) -> io::Result<()>;
    /// [`rename`](Self::rename) for what a power cut may take away, without any wait for the disk.
    fn exchange(self: Box<Self>, target: &Path) -> io::Result<()> {
        self.rename(target)
    }
}

/// A folder's lock.
#[derive(Debug)]
pub struct Lock {
    _file: Option<File>,
}

const TEMPORARY_PREFIX: &str = ".interleaf-";
const TEMPORARY_SUFFIX: &str = ".tmp";

/// The disk of this machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealDisk;

impl Disk for RealDisk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(path)
    }

    fn target(&self, path: &Path) -> io::Result<PathBuf> {
        match fs::symlink_metadata(path) {
            Ok(metadata) if metadata.is_symlink() => match fs::canonicalize(path) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    let link = fs::read_link(path)?;
                    Ok(path.parent().unwrap_or(Path::new("")).join(link))
                }
                target => target,
            },
            _ => Ok(path.to_path_buf()),
        }
    }

    fn create_folders(&self, folder: &Path) -> io::Result<()> {
        if folder.is_dir() {
            return Ok(());
        }
        fs::create_dir_all(folder)?;
        // The new folders' own entries have to outlive a power cut too.
        folder.ancestors().skip(1).take(3).for_each(|above| drop(self.sync_folder(above)));
        Ok(())
    }

    fn lock(&self, folder: &Path) -> io::Result<Lock> {
        const TRIES: u32 = 60;
        let file = lock_file(folder)?;
        for _ in 0..TRIES {
            match file.try_lock() {
                Ok(()) => {
                    sweep(folder);
                    return Ok(Lock { _file: Some(file) });
                }
                Err(fs::TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(50)),
                // A file system without locks: the rename is still atomic, and changes are still noticed.
                Err(fs::TryLockError::Error(_)) => return Ok(Lock { _file: None }),
            }
        }
        Err(io::ErrorKind::WouldBlock.into())
    }

    fn create_beside(&self, target: &Path) -> io::Result<Box<dyn Temporary>> {
        let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        builder.prefix(TEMPORARY_PREFIX).suffix(TEMPORARY_SUFFIX);
        let existing = fs::metadata(target).ok();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // A new file gets what the umask leaves, like any other program's.
            builder.permissions(fs::Permissions::from_mode(0o666));
        }
        let (file, path) = builder.tempfile_in(folder)?.into_parts();
        if let Some(existing) = existing {
            if existing.permissions().readonly() {
                return Err(io::ErrorKind::PermissionDenied.into());
            }
            file.set_permissions(existing.permissions())?;
        }
        Ok(Box::new(HalfWritten { file: Some(file), path }))
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        match cfg!(unix) {
            true => match File::open(folder)?.sync_all() {
                // Some file systems cannot sync a folder, and need not.
                Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => {
                    Ok(())
                }
                done => done,
            },
            false => Ok(()),
        }
    }
}

/// A file that goes when it is dropped. It is open only until it is safe, because thousands may wait for their renames.
struct HalfWritten {
    file: Option<File>,
    path: TempPath,
}

impl Temporary for HalfWritten {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.as_mut().ok_or(io::ErrorKind::BrokenPipe)?.write(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.file.take().map_or(Ok(()), |file| file.sync_all())
    }

    fn rename(self: Box<Self>, target: &Path) -> io::Result<()> {
        self.path.persist(target).map_err(|error| error.error)
    }

    /// ext4 has a new file written to the disk before it takes the place of another by renaming, but not where the two
    /// change places; the old one goes with the temporary name then.
    #[cfg(target_os = "linux")]
    fn exchange(self: Box<Self>, target: &Path) -> io::Result<()> {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        match renameat_with(CWD, &*self.path, CWD, target, RenameFlags::EXCHANGE) {
            Ok(()) => Ok(()),
            // There is nothing in that place yet, or the file system cannot do that.
            Err(_) => self.rename(target),
        }
    }
}

/// A file that is written and safe, and has only to take the place of another.
pub(super) struct Replacement {
    file: Box<dyn Temporary>,
    target: PathBuf,
}

/// Puts `bytes` in the place of `path`, so that whatever happens there is either what was there before or all of it.
///
/// The steps: a temporary file in the same folder, fsync, rename, fsync of the folder.
pub(super) fn replace(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_beside(disk, path, bytes)?.take_place(disk)
}

/// [`replace`] without waiting for the disk: a power cut may bring back what was there before.
pub(super) fn replace_at_leisure(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let target = disk.target(path)?;
    let mut file = disk.create_beside(&target)?;
    write_all(file.as_mut(), bytes)?;
    file.exchange(&target)
}

/// The first half of [`replace`], all that a full disk can hinder.
pub(super) fn write_beside(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> io::Result<Replacement> {
    let target = disk.target(path)?;
    let mut file = disk.create_beside(&target)?;
    write_all(file.as_mut(), bytes)?;
    file.sync()?;
    Ok(Replacement { file, target })
}

fn write_all(file: &mut dyn Temporary, bytes: &[u8]) -> io::Result<()> {
    let mut rest = bytes;
    while !rest.is_empty() {
        match file.write(rest) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => rest = rest.get(written..).unwrap_or_default(),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

impl Replacement {
    /// The second half of [`replace`].
    pub(super) fn take_place(self, disk: &dyn Disk) -> io::Result<()> {
        self.file.rename(&self.target)?;
        disk.sync_folder(self.target.parent().unwrap_or(Path::new("")))
    }
}

/// Copies what is to be written anew to a name beside it that is free, or that holds the same already.
pub(super) fn back_up(disk: &dyn Disk, target: &Path, bytes: &[u8]) -> io::Result<PathBuf> {
    let name = target.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut number = 1u32;
    loop {
        let suffix = if number == 1 { ".bak".to_owned() } else { format!(".bak{number}") };
        let backup = target.with_file_name(format!("{name}{suffix}"));
        match disk.read(&backup) {
            Ok(held) if held == bytes => return Ok(backup),
            Ok(_) => number += 1,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                replace(disk, &backup, bytes)?;
                return Ok(backup);
            }
            Err(error) => return Err(error),
        }
    }
}

/// Removes what a program that was killed left half-written. Whoever is still writing holds the lock, or began just
/// now.
fn sweep(folder: &Path) {
    const OLD: Duration = Duration::from_secs(600);
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_temporary = name.starts_with(TEMPORARY_PREFIX) && name.ends_with(TEMPORARY_SUFFIX);
        let age = || entry.metadata().ok()?.modified().ok()?.elapsed().ok();
        if is_temporary && age().is_some_and(|age| age > OLD) {
            // One that cannot be removed is tried again at the next save.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// The folder itself where the system lets it be locked, which leaves no file behind; a hidden file in it elsewhere.
fn lock_file(folder: &Path) -> io::Result<File> {
    match cfg!(unix) {
        true => File::open(folder),
        false => OpenOptions::new().create(true).truncate(false).write(true).open(folder.join(".interleaf.lock")),
    }
}
