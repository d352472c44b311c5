#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace kharita {

/// A line of progress on a terminal, redrawn at most once a second; silent in a pipe or when quiet.
/// Used by one thread.
class Progress {
public:
    /// `what` names the things counted ("documents"); `total` 0 means unknown.
    Progress(std::string what, std::uint64_t total);
    Progress(Progress const&) = delete;
    Progress& operator=(Progress const&) = delete;
    Progress(Progress&&) = delete;
    Progress& operator=(Progress&&) = delete;
    ~Progress(); ///< clears the line

    void add(std::uint64_t count = 1);

    /// Whether anything is drawn at all: a total that takes time to count can be left out where not.
    static bool is_shown() noexcept;

private:
    void draw();

    std::string m_what;
    std::uint64_t m_total = 0;
    std::uint64_t m_done = 0;
    bool m_shown = false;
    bool m_terminal = false;
    std::chrono::steady_clock::time_point m_start;
    std::chrono::steady_clock::time_point m_last;
};

} // namespace kharita
