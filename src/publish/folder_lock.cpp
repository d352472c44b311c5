#include "publish/folder_lock.hpp"

#include <cerrno>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.hpp"

namespace kharita::publish {

namespace {

/// Whether the file that `descriptor` has open still is the one of that name: the holder before us removes
/// it.
bool is_current(int descriptor, std::filesystem::path const& file) noexcept {
    struct stat opened {};
    struct stat named {};
    return ::fstat(descriptor, &opened) == 0 && ::stat(file.c_str(), &named) == 0 &&
           opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

} // namespace

FolderLock::FolderLock(std::filesystem::path const& folder)
    : m_file{folder.parent_path() / fmt::format(".{}.lock", folder.filename().string())} {
    while (true) {
        m_descriptor = ::open(m_file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666); // NOLINT(*-vararg): POSIX
        if (m_descriptor < 0) {
            fail<OutputError>("{}: cannot be written: {}", folder.string(), system_message(errno));
        }
        if (::flock(m_descriptor, LOCK_EX | LOCK_NB) != 0) {
            int const reason = errno;
            ::close(m_descriptor);
            if (reason == EWOULDBLOCK) {
                fail<OutputError>("{}: another build of this folder is running; wait for it to end",
                                  folder.string());
            }
            fail<OutputError>("{}: cannot be locked: {}", m_file.string(), system_message(reason));
        }
        if (is_current(m_descriptor, m_file)) {
            return;
        }
        ::close(m_descriptor);
    }
}

FolderLock::~FolderLock() {
    // Removed while it is held: whoever opened it meanwhile sees in is_current() that it is gone.
    ::unlink(m_file.c_str());
    ::close(m_descriptor);
}

} // namespace kharita::publish
