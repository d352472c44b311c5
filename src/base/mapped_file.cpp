#include "base/mapped_file.hpp"

#include <cerrno>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.hpp"

namespace kharita {

namespace {

/// An open file, closed at the end.
class OpenFile {
public:
    explicit OpenFile(std::filesystem::path const& file)
        : m_file{::open(file.c_str(), O_RDONLY | O_CLOEXEC)} { // NOLINT(*-vararg): the system's interface
        if (m_file < 0) {
            fail<InputError>("{}: {}", file.string(), system_message(errno));
        }
    }
    OpenFile(OpenFile const&) = delete;
    OpenFile& operator=(OpenFile const&) = delete;
    OpenFile(OpenFile&&) = delete;
    OpenFile& operator=(OpenFile&&) = delete;
    ~OpenFile() { ::close(m_file); }

    int number() const noexcept { return m_file; }

private:
    int m_file;
};

} // namespace

MappedFile::MappedFile(std::filesystem::path const& file) {
    OpenFile const open{file};
    struct stat status {};
    if (::fstat(open.number(), &status) != 0) {
        fail<InputError>("{}: {}", file.string(), system_message(errno));
    }
    if (!S_ISREG(status.st_mode)) {
        fail<InputError>("{}: is no file", file.string());
    }
    m_size = static_cast<std::size_t>(status.st_size);
    if (m_size == 0) {
        return;
    }
    void* const address = ::mmap(nullptr, m_size, PROT_READ, MAP_PRIVATE, open.number(), 0);
    if (address == MAP_FAILED) { // NOLINT(*-cstyle-cast,*-int-to-ptr): the system's macro
        fail<InputError>("{}: cannot be mapped into memory: {}", file.string(), system_message(errno));
    }
    m_address = address;
}

MappedFile::~MappedFile() {
    if (m_address != nullptr) {
        ::munmap(m_address, m_size);
    }
}

} // namespace kharita
