#include "base/scratch_file.hpp"

#include <cerrno>
#include <cstdlib>

#include <unistd.h>

#include "base/error.hpp"

namespace kharita {

namespace {

constexpr std::size_t pending_bytes = std::size_t{1} << 16U; // small pieces are written together

} // namespace

ScratchFile::ScratchFile(std::filesystem::path const& folder) : m_folder{folder.string()} {
    std::string name = (folder / ".kharita-XXXXXX").string();
    m_descriptor = ::mkstemp(name.data());
    if (m_descriptor < 0) {
        fail<OutputError>("{}: cannot be written: {}", m_folder, system_message(errno));
    }
    ::unlink(name.c_str());
}

ScratchFile::~ScratchFile() {
    ::close(m_descriptor);
}

std::uint64_t ScratchFile::append(std::string_view bytes) {
    std::lock_guard const lock{m_mutex};
    std::uint64_t const offset = m_written + m_pending.size();
    m_pending += bytes;
    if (m_pending.size() >= pending_bytes) {
        flush();
    }
    return offset;
}

void ScratchFile::flush() {
    std::string_view rest = m_pending;
    while (!rest.empty()) {
        ssize_t const count = ::pwrite(m_descriptor, rest.data(), rest.size(), static_cast<off_t>(m_written));
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            fail<OutputError>("{}: cannot be written: {}", m_folder, system_message(errno));
        }
        m_written += static_cast<std::uint64_t>(count);
        rest.remove_prefix(static_cast<std::size_t>(count));
    }
    std::string{}.swap(m_pending); // a large piece leaves no large memory behind
}

std::string ScratchFile::read(std::uint64_t offset, std::size_t length) const {
    {
        std::lock_guard const lock{m_mutex};
        if (offset >= m_written) { // a piece is written whole, or not yet
            return m_pending.substr(static_cast<std::size_t>(offset - m_written), length);
        }
    }
    std::string bytes(length, '\0');
    for (std::size_t done = 0; done < length;) {
        ssize_t const count =
            ::pread(m_descriptor, bytes.data() + done, length - done, static_cast<off_t>(offset + done));
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            fail<InputError>("{}: a scratch file cannot be read: {}", m_folder,
                             count < 0 ? system_message(errno) : "it is cut off");
        }
        done += static_cast<std::size_t>(count);
    }
    return bytes;
}

} // namespace kharita
