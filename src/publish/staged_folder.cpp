#include "publish/staged_folder.hpp"

#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

#include "base/error.hpp"
#include "base/output_file.hpp"
#include "base/put_in_place.hpp"

namespace kharita::publish {

namespace fs = std::filesystem;

namespace {

/// Hard links where the file system has them, so that keeping a large file costs nothing.
void link_or_copy(fs::path const& from, fs::path const& to) {
    fs::file_status const status = fs::symlink_status(from);
    if (fs::is_directory(status)) {
        fs::create_directory(to);
        for (fs::directory_entry const& entry : fs::directory_iterator{from}) {
            link_or_copy(entry.path(), to / entry.path().filename());
        }
        return;
    }
    if (fs::is_symlink(status)) {
        fs::copy_symlink(from, to);
        return;
    }
    std::error_code error;
    fs::create_hard_link(from, to, error);
    if (error) {
        fs::copy_file(from, to);
    }
}

void sync_tree(fs::path const& folder) {
    for (fs::directory_entry const& entry : fs::recursive_directory_iterator{folder}) {
        if (entry.is_directory() && !entry.is_symlink()) {
            sync_folder(entry.path());
        } else if (entry.is_regular_file() && !entry.is_symlink()) {
            // SQLite and GDAL sync at their commits; what they write afterwards is caught here.
            int const descriptor = ::open(entry.path().c_str(), O_RDONLY | O_CLOEXEC); // NOLINT(*-vararg)
            bool const synced = descriptor >= 0 && ::fsync(descriptor) == 0;
            int const reason = errno;
            if (descriptor >= 0) {
                ::close(descriptor);
            }
            if (!synced) {
                fail<OutputError>("{}: cannot be written: {}", entry.path().string(), system_message(reason));
            }
        }
    }
    sync_folder(folder);
}

} // namespace

StagedFolder::StagedFolder(fs::path folder)
    : m_folder{std::move(folder)},
      m_staging{m_folder.parent_path() / fmt::format(".{}.building", m_folder.filename().string())} {
    std::error_code error;
    if (fs::exists(m_folder) && !fs::is_directory(m_folder)) {
        fail<OutputError>("{}: is a file; expected a folder to publish in", m_folder.string());
    }
    if (fs::exists(m_folder) && ::access(m_folder.c_str(), W_OK) != 0) {
        fail<OutputError>("{}: cannot be written: {}", m_folder.string(), system_message(errno));
    }
    fs::remove_all(m_staging, error); // of a build that was killed
    if (!error) {
        fs::create_directory(m_staging, error);
    }
    if (error) {
        fail<OutputError>("{}: cannot be written: {}", m_folder.string(), error.message());
    }
}

StagedFolder::~StagedFolder() {
    // After publish() this is the old content.
    std::error_code ignored;
    fs::remove_all(m_staging, ignored);
}

void StagedFolder::keep(std::string const& name) {
    try {
        link_or_copy(m_folder / name, m_staging / name);
    } catch (fs::filesystem_error const& error) {
        fail<OutputError>("{}: cannot be kept in the new build: {}", (m_folder / name).string(),
                          error.code().message());
    }
}

void StagedFolder::publish() {
    try {
        sync_tree(m_staging);
    } catch (fs::filesystem_error const& error) {
        fail<OutputError>("{}: the new build cannot be put in place: {}", m_folder.string(),
                          error.code().message());
    }
    put_in_place(m_staging, m_folder);
}

} // namespace kharita::publish
