#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace kharita::event {

/// Hashes of the longer words round the trigger, without articles, sorted, each once. `quote` is the
/// sentence; `reach` counts words on either side of the trigger, which stands for the first one where it is
/// not found.
std::vector<std::uint64_t> words_round(std::string_view quote, std::string_view trigger, std::size_t reach);

/// How many hashes two sorted lists share.
std::size_t count_of_common(std::vector<std::uint64_t> const& a, std::vector<std::uint64_t> const& b);

} // namespace kharita::event
