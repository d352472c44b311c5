#include "base/temporary_file.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <memory>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace kharita {

namespace {

// What a signal's handler reads: it is given nothing else. Names in excess are removed by destructors alone.
// Whoever takes a name out of its slot frees it, but for the handler, after which the program ends.
constexpr std::size_t most = 64;
std::array<std::atomic<char*>, most> names{}; // NOLINT(*-non-const-global-variables)

/// Only what is safe in a handler is done here: system calls and atomics.
void on_interrupt(int signal) noexcept {
    int const error = errno;
    for (std::atomic<char*>& slot : names) {
        if (char const* const name = slot.exchange(nullptr)) {
            ::unlink(name);
        }
    }
    std::signal(signal, SIG_DFL);
    errno = error;
    std::raise(signal); // delivered when this returns: the program ends as by the signal
}

} // namespace

TemporaryFile::TemporaryFile(std::filesystem::path file) : m_path{std::move(file)} {
    remember();
}

TemporaryFile::TemporaryFile(TemporaryFile&& other) noexcept
    : m_path{std::exchange(other.m_path, {})},
      m_slot{std::exchange(other.m_slot, no_slot)} {}

TemporaryFile& TemporaryFile::operator=(TemporaryFile&& other) noexcept {
    std::swap(m_path, other.m_path);
    std::swap(m_slot, other.m_slot);
    return *this;
}

TemporaryFile::~TemporaryFile() {
    if (is_set()) {
        std::error_code ignored;
        std::filesystem::remove(m_path, ignored);
    }
    forget();
}

void TemporaryFile::keep() noexcept {
    forget();
    m_path.clear();
}

void TemporaryFile::remember() {
    std::string const& text = m_path.native();
    auto name = std::make_unique<char[]>(text.size() + 1); // NOLINT(*-avoid-c-arrays): what unlink() reads
    std::ranges::copy(text, name.get());
    for (std::size_t i = 0; i < most; ++i) {
        char* none = nullptr;
        if (names.at(i).compare_exchange_strong(none, name.get())) {
            name.release(); // forget() frees it // NOLINT(*-unused-return-value)
            m_slot = i;
            return;
        }
    }
}

void TemporaryFile::forget() noexcept {
    if (m_slot != no_slot) {
        std::unique_ptr<char[]> const name{names[m_slot].exchange(nullptr)}; // NOLINT(*-avoid-c-arrays)
        m_slot = no_slot;
    }
}

void remove_temporary_files_on_interrupt() {
    for (int const signal : {SIGINT, SIGTERM, SIGHUP}) {
        if (std::signal(signal, on_interrupt) == SIG_IGN) { // NOLINT(*-cstyle-cast): the system's macro
            std::signal(signal, SIG_IGN);
        }
    }
}

} // namespace kharita
