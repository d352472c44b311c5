#include "gazetteer/memo_kernels.hpp"

#include <algorithm>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "gazetteer/scan_words.hpp"

namespace kharita::gazetteer {

namespace {

/// Which bits of sixteen bytes are of the first `size` letters; none for words that are too long.
constexpr auto key_masks = [] {
    std::array<LetterBlock, MemoKey::size + 2> masks{};
    for (std::size_t size = 0; size <= MemoKey::size; ++size) {
        for (std::size_t i = 0; i < size; ++i) {
            (i < 8 ? masks[size].low : masks[size].high) |= std::uint64_t{0xFF} << (8 * (i % 8));
        }
    }
    return masks;
}();

/// The highest bit of the first byte that is zero, and none below it.
constexpr std::uint64_t zero_bytes(std::uint64_t bytes) noexcept {
    return (bytes - 0x0101'0101'0101'0101U) & ~bytes & 0x8080'8080'8080'8080U;
}

// No branches in these loops, for nothing tells beforehand how long words are and which were seen lately.

void make_keys_scalar(MemoWords const& words) {
    for (std::size_t i = 0; i < words.count; ++i) {
        std::uint32_t const from = words.begins[i];
        std::uint32_t const to = words.ends[i];
        LetterBlock const& mask = key_masks[std::min<std::size_t>(to - from, MemoKey::size + 1)];
        std::uint64_t const low = load_little<std::uint64_t>(words.written + from) & mask.low;
        std::uint64_t const high = load_little<std::uint64_t>(words.written + from + 8) & mask.high;
        std::uint64_t const odd =
            zero_bytes(low | ~mask.low) | zero_bytes(high | ~mask.high) | joins_next(words.codes[to]);
        std::uint64_t const keep = odd == 0 ? ~std::uint64_t{0} : 0;
        words.keys[i] = {low & keep, static_cast<std::uint32_t>(high & keep), 0};
        words.places[i] = memo_place(words.keys[i], words.line_bits);
    }
}

std::size_t recall_scalar(MemoLine const* lines, MemoBatch const& batch) {
    std::size_t missed = 0;
    for (std::size_t i = 0; i < batch.count; ++i) {
        MemoKey const key = batch.keys[i];
        std::uint32_t state = 0;
        std::uint32_t known = 0;
        for (MemoLine::Entry const& entry : lines[batch.places[i]].entries) {
            std::uint32_t const same = ((entry.low ^ key.low) | (entry.high ^ key.high)) == 0 ? 1U : 0U;
            state |= entry.state & (0U - same);
            known |= same;
        }
        batch.states[i] = state;
        batch.missed[missed] = static_cast<std::uint32_t>(i);
        missed += known ^ 1U;
    }
    return missed;
}

std::size_t select_scalar(std::uint32_t const* states, std::size_t count, std::uint32_t bits,
                          std::uint32_t* indexes) {
    std::size_t selected = 0;
    for (std::size_t i = 0; i < count; ++i) {
        indexes[selected] = static_cast<std::uint32_t>(i);
        selected += (states[i] & bits) != 0 ? 1U : 0U;
    }
    return selected;
}

#if defined(__x86_64__)

// Debian's compiler knows these instructions function by function, so the program runs on any machine.
#define KHARITA_AVX512 __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,bmi,bmi2,popcnt")))

KHARITA_AVX512 void make_keys_avx512(MemoWords const& words) {
    // In variables of their own, for the compiler must take what is written for what they may have become.
    MemoWords const in = words;
    for (std::size_t i = 0; i < in.count; ++i) {
        std::uint32_t const from = in.begins[i];
        std::uint32_t const to = in.ends[i];
        std::uint32_t const size = to - from;
        std::uint32_t const fits = size <= MemoKey::size ? 0xFFFFU : 0U;
        auto const letters = static_cast<__mmask16>(_bzhi_u32(fits, size));
        __m128i const key = _mm_maskz_loadu_epi8(letters, in.written + from);
        __mmask16 const others = _mm_mask_testn_epi8_mask(letters, key, key);
        unsigned const odd = others | joins_next(in.codes[to]);
        auto const kept = static_cast<__mmask16>(odd == 0 ? letters : 0U);
        _mm_store_si128(reinterpret_cast<__m128i*>(in.keys + i), _mm_maskz_mov_epi8(kept, key));
    }
    // memo_place() of four keys at a time.
    __m512i const factors =
        _mm512_broadcast_i32x4(_mm_set_epi64x(static_cast<long long>(letter_hash_detail::second_factor),
                                              static_cast<long long>(letter_hash_detail::first_factor)));
    __m128i const shift = _mm_cvtsi32_si128(static_cast<int>(64U - in.line_bits));
    for (std::size_t i = 0; i < in.count; i += 4) {
        __m512i const product = _mm512_mullo_epi64(_mm512_loadu_si512(in.keys + i), factors);
        __m512i const both = _mm512_xor_si512(product, _mm512_shuffle_epi32(product, _MM_PERM_BADC));
        __m256i const place = _mm512_cvtepi64_epi32(_mm512_srl_epi64(both, shift));
        __m256i const once = _mm256_permutevar8x32_epi32(place, _mm256_set_epi32(6, 4, 2, 0, 6, 4, 2, 0));
        _mm_storeu_si128(reinterpret_cast<__m128i*>(in.places + i), _mm256_castsi256_si128(once));
    }
}

KHARITA_AVX512 std::size_t recall_avx512(MemoLine const* lines, MemoBatch const& batch) {
    std::size_t missed = 0;
    for (std::size_t i = 0; i < batch.count; ++i) {
        MemoLine const& line = lines[batch.places[i]];
        __m512i const key =
            _mm512_broadcast_i32x4(_mm_loadu_si128(reinterpret_cast<__m128i const*>(batch.keys + i)));
        unsigned const same = _mm512_cmpeq_epi32_mask(_mm512_load_si512(&line), key);
        // Three numbers are the letters, the fourth is the state.
        unsigned const found = same & (same >> 1U) & (same >> 2U) & 0x1111U;
        unsigned const known = found != 0 ? 1U : 0U;
        std::uint32_t const state = line.entries[_tzcnt_u32(found | 0x1000U) / 4].state;
        batch.states[i] = state & (0U - known);
        batch.missed[missed] = static_cast<std::uint32_t>(i);
        missed += known ^ 1U;
    }
    return missed;
}

KHARITA_AVX512 std::size_t select_avx512(std::uint32_t const* states, std::size_t count, std::uint32_t bits,
                                         std::uint32_t* indexes) {
    __m512i const wanted = _mm512_set1_epi32(static_cast<int>(bits));
    __m512i index = _mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
    std::size_t selected = 0;
    for (std::size_t i = 0; i < count; i += 16) {
        std::size_t const left = count - i;
        auto const real = static_cast<__mmask16>(left >= 16 ? 0xFFFFU : (1U << left) - 1);
        __mmask16 const has = _mm512_mask_test_epi32_mask(real, _mm512_loadu_si512(states + i), wanted);
        _mm512_storeu_si512(indexes + selected, _mm512_maskz_compress_epi32(has, index));
        selected += static_cast<unsigned>(_mm_popcnt_u32(has));
        index = _mm512_add_epi32(index, _mm512_set1_epi32(16));
    }
    return selected;
}

#undef KHARITA_AVX512

#endif

} // namespace

MemoKernels memo_kernels(text::Simd simd) noexcept {
#if defined(__x86_64__)
    if (simd == text::Simd::avx512) {
        return {make_keys_avx512, recall_avx512, select_avx512};
    }
#endif
    static_cast<void>(simd);
    return {make_keys_scalar, recall_scalar, select_scalar};
}

} // namespace kharita::gazetteer
