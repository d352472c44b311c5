#pragma once

#include <cstddef>
#include <functional>

namespace kharita {

/// The number of threads to use when the user names none: the machine's.
std::size_t default_jobs() noexcept;

/// Calls `work(i)` for each i in [0, count) on up to `jobs` threads, the calling thread among them.
///
/// Results must go to places owned by index i, so that the outcome is the same whatever the number of
/// threads. An exception ends the loop early; the one of the lowest index that threw is rethrown after all
/// threads have ended.
void parallel_for(std::size_t count, std::size_t jobs, std::function<void(std::size_t)> const& work);

} // namespace kharita
