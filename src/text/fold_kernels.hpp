#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "text/simd.hpp"

namespace kharita::text {

/// One step of folding: how many bytes it took, and which of them begin a character that became a code. They
/// are the characters from the front that are ASCII (but CR) or two bytes of U+0600 .. U+06FF.
struct FoldStep {
    std::uint64_t mask = 0;
    unsigned consumed = 0; ///< 0: the first character is another
    unsigned count = 0;    ///< of the mask's bits
};

/// What the codes of one step can be, at most.
inline constexpr std::size_t fold_step_size = 64;

/// Takes one step. `fold_step_size` + 1 bytes of `source` must be readable, as many of `codes` writable.
using FoldKernel = FoldStep (*)(char const* source, char* codes);

FoldKernel fold_kernel(Simd simd) noexcept;

/// What 64 codes are, a bit each.
struct CodeMasks {
    std::uint64_t arabic = 0;
    std::uint64_t latin = 0; ///< letters of other scripts as well
    std::uint64_t digit = 0;
};

/// Looks at 64 codes.
using MaskKernel = CodeMasks (*)(char const* codes);

MaskKernel mask_kernel(Simd simd) noexcept;

/// The codes of ASCII and of U+0600 .. U+06FF; 0 for what vanishes.
struct FoldTables {
    std::array<char, 128> ascii{};
    std::array<char, 256> arabic{};
};
FoldTables const& fold_tables() noexcept;

} // namespace kharita::text
