#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace kharita::publish {

/// A folder that is filled beside its place and appears there whole or not at all.
///
/// The new content grows in `.NAME.building` in the same parent folder. publish() syncs it to disk and
/// exchanges the two in one step of the file system, so that a reader of `folder` sees the old content or the
/// new and never a mixture. Whatever ends the process before that leaves the published folder as it was; the
/// next run clears what was begun. The caller holds a FolderLock.
class StagedFolder {
public:
    /// Begins an empty folder beside `folder`, which must be absolute. Throws OutputError when that cannot be
    /// written, or `folder` exists and is no writable folder.
    explicit StagedFolder(std::filesystem::path folder);
    StagedFolder(StagedFolder const&) = delete;
    StagedFolder& operator=(StagedFolder const&) = delete;
    StagedFolder(StagedFolder&&) = delete;
    StagedFolder& operator=(StagedFolder&&) = delete;
    ~StagedFolder(); ///< removes what was begun and not published

    /// Where to write.
    std::filesystem::path const& path() const noexcept { return m_staging; }

    /// Keeps an entry of the published folder that is not ours (a file or a folder that a person put there):
    /// it will stand in the new one too.
    void keep(std::string const& name);

    /// Puts the new content in place. Throws OutputError; the old content then stands as it was.
    void publish();

private:
    std::filesystem::path m_folder;
    std::filesystem::path m_staging;
};

} // namespace kharita::publish
