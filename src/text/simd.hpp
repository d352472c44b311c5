#pragma once

#include <cstdint>

namespace kharita::text {

/// Instructions that folding and cutting may use; all give the same bytes.
enum class Simd : std::uint8_t {
    scalar,
    avx2,   ///< with BMI2
    avx512, ///< with BW, DQ, VL, VBMI and VBMI2
};

/// The best that this processor has.
Simd best_simd() noexcept;

} // namespace kharita::text
