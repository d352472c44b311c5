#include "base/progress.hpp"

#include <cstdio>
#include <unistd.h>
#include <utility>

#include <fmt/core.h>

namespace kharita {

using std::chrono::steady_clock;

Progress::Progress(std::string what, std::uint64_t total)
    : m_what{std::move(what)},
      m_total{total},
      m_terminal{is_shown()},
      m_start{steady_clock::now()},
      m_last{m_start} {}

Progress::~Progress() {
    if (m_shown) {
        std::fputs("\r\x1B[K", stderr);
    }
}

void Progress::add(std::uint64_t count) {
    m_done += count;
    // The clock is read now and then only: counting must cost nothing beside the work counted.
    if (m_terminal && (m_done & 0x3FU) == 0 && steady_clock::now() - m_last >= std::chrono::seconds{1}) {
        draw();
    }
}

bool Progress::is_shown() noexcept {
    return ::isatty(STDERR_FILENO) == 1;
}

void Progress::draw() {
    m_last = steady_clock::now();
    double const seconds = std::chrono::duration<double>(m_last - m_start).count();
    std::string const share =
        m_total == 0 ? std::string{}
                     : fmt::format(" of {} ({:.0f} %)", m_total,
                                   100.0 * static_cast<double>(m_done) / static_cast<double>(m_total));
    std::fputs(
        fmt::format("\r{}{} {}, {:.0f}/s\x1B[K", m_done, share, m_what, static_cast<double>(m_done) / seconds)
            .c_str(),
        stderr);
    m_shown = true;
}

} // namespace kharita
