#pragma once

#include <filesystem>

namespace kharita::publish {

/// Keeps other builds away from a published folder while it lives: an advisory lock on the file `.NAME.lock`
/// beside the folder, which ends with the process whatever way that ends. Readers need no lock.
class FolderLock {
public:
    /// Throws OutputError when another process holds it ("another build of … is running") or the place cannot
    /// be written.
    explicit FolderLock(std::filesystem::path const& folder);
    FolderLock(FolderLock const&) = delete;
    FolderLock& operator=(FolderLock const&) = delete;
    FolderLock(FolderLock&&) = delete;
    FolderLock& operator=(FolderLock&&) = delete;
    ~FolderLock();

private:
    std::filesystem::path m_file;
    int m_descriptor = -1;
};

} // namespace kharita::publish
