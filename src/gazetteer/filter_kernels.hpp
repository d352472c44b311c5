#pragma once

#include <cstddef>
#include <cstdint>

#include "gazetteer/letter_hash.hpp"
#include "text/simd.hpp"

namespace kharita::gazetteer {

/// Runs of letters to ask a filter for.
struct FilterQuestions {
    std::uint64_t const* hashes = nullptr;
    /// Of each: not 0 if what is longer must be looked for whatever the filter says.
    std::uint8_t const* go_on = nullptr;
    std::size_t count = 0;
};

/// Which of them may be names, and with which names may begin, by index and in order. `filter_kernel_room`
/// more than there are questions must be writable in each.
struct FilterAnswers {
    std::uint32_t* named = nullptr;
    std::size_t named_count = 0;
    std::uint32_t* beginnings = nullptr; ///< twice the index, plus one where the filter says so
    std::size_t beginning_count = 0;
};
inline constexpr std::size_t filter_kernel_room = 16;

/// Asks for all; what is given does not depend on the kernel. As many hashes and marks as
/// `filter_kernel_room` may be read behind the last.
using FilterKernel = void (*)(HashFilter const& filter, FilterQuestions const& questions,
                              FilterAnswers& answers);

FilterKernel filter_kernel(text::Simd simd) noexcept;

} // namespace kharita::gazetteer
