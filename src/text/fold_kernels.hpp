#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "text/simd.hpp"

namespace kharita::text {

/// One step of folding: how many bytes it took and how many codes it gave. It takes the characters from the
/// front that are ASCII (but CR) or two bytes of U+0600 .. U+06FF, and gives a code for each that does not
/// vanish; some of them or all, but not none.
struct FoldStep {
    std::size_t consumed = 0; ///< bytes; 0: the first character is another
    std::size_t count = 0;
};

/// Where a step writes (FoldedBlocks): an entry for each code.
struct FoldOutput {
    char* codes = nullptr;
    char* written = nullptr;
    std::uint32_t* source = nullptr;
};

/// How many bytes are looked at together.
inline constexpr std::size_t fold_step_size = 64;

/// Takes one step at byte `at` of a text, which `source` points to. `readable` bytes are there, more than
/// `fold_step_size`; as many entries of the output and two times `fold_step_size` must be writable.
using FoldKernel = FoldStep (*)(char const* source, std::size_t readable, std::uint32_t at,
                                FoldOutput const& out);

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

/// Writes the numbers of a mask's bits in order, `at` added to each; how many. 64 numbers must be writable.
using PositionKernel = std::size_t (*)(std::uint64_t mask, std::uint32_t at, std::uint32_t* positions);

PositionKernel position_kernel(Simd simd) noexcept;

/// The codes of ASCII and of U+0600 .. U+06FF; 0 for what vanishes.
struct FoldTables {
    std::array<char, 128> ascii{};
    std::array<char, 256> arabic{};
};
FoldTables const& fold_tables() noexcept;

} // namespace kharita::text
