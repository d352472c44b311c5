#include "base/mapped_file.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <string>
#include <utility>

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

/// A mapping as the handler of a signal finds it: all of the process, as the signal is.
struct Slot {
    std::atomic<bool> is_taken{false};
    std::atomic<bool> is_cut{false}; ///< then the slot is not used again
    std::atomic<std::uintptr_t> begin{0};
    std::atomic<std::uintptr_t> end{0};
    std::string name;
};

std::array<Slot, 64> slots; // NOLINT(*-non-const-global-variables): a handler can be given nothing

/// Beyond the slots: none was free.
constexpr std::size_t no_slot = slots.size();

std::size_t take_slot(std::uintptr_t address, std::size_t size, std::string name) {
    for (std::size_t i = 0; i < slots.size(); ++i) {
        if (!slots[i].is_taken.exchange(true)) {
            slots[i].name = std::move(name);
            slots[i].end = address + size;
            slots[i].begin = address;
            return i;
        }
    }
    return no_slot;
}

void give_slot_back(std::size_t number) noexcept {
    if (number == no_slot) {
        return;
    }
    Slot& slot = slots[number];
    slot.begin = 0;
    slot.end = 0;
    if (!slot.is_cut) {
        slot.is_taken = false;
    }
}

/// Called by the system where a page of a mapping has no file behind it any more: puts zeros there, and
/// behind it. Only what is safe in a handler is done here: system calls and atomics.
void on_bus_error(int signal, siginfo_t* info, void* /*context*/) {
    int const error = errno;
    auto const address = reinterpret_cast<std::uintptr_t>(info->si_addr);
    for (Slot& slot : slots) {
        std::uintptr_t const end = slot.end;
        if (address < slot.begin || address >= end) {
            continue;
        }
        std::uintptr_t const page = address - address % static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
        slot.is_cut = true;
        void* const zeros =
            ::mmap(reinterpret_cast<void*>(page), end - page, PROT_READ, // NOLINT(*-int-to-ptr): as above
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
        if (zeros != MAP_FAILED) { // NOLINT(*-cstyle-cast,*-int-to-ptr): the system's macro
            errno = error;
            return;
        }
    }
    std::signal(signal, SIG_DFL); // none of ours: what was to happen, happens
    errno = error;
}

} // namespace

void survive_cut_files() {
    struct sigaction action {};
    action.sa_sigaction = on_bus_error;
    action.sa_flags = SA_SIGINFO;
    ::sigaction(SIGBUS, &action, nullptr);
}

void require_whole_files() {
    auto const* const cut = std::ranges::find_if(slots, [](Slot const& slot) { return slot.is_cut.load(); });
    if (cut != slots.end()) {
        fail<InputError>("{}: was cut short while it was read", cut->name);
    }
}

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
    m_slot = take_slot(reinterpret_cast<std::uintptr_t>(address), m_size, file.string());
}

MappedFile::~MappedFile() {
    if (m_address != nullptr) {
        give_slot_back(m_slot);
        ::munmap(m_address, m_size);
    }
}

} // namespace kharita
