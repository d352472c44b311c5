#include "text/fold_kernels.hpp"

#include <bit>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "text/fold_blocks.hpp"
#include "text/fold_table.hpp"
#include "text/folded_text.hpp"

namespace kharita::text {

namespace {

constexpr unsigned steps = 64;

bool is_plain_ascii(unsigned byte) noexcept {
    return byte < 0x80 && byte != '\r'; // CR and LF are one code together
}

bool is_arabic_lead(unsigned byte) noexcept {
    return (byte & 0xFCU) == 0xD8;
}

bool is_continuation(unsigned byte) noexcept {
    return (byte & 0xC0U) == 0x80;
}

/// As `written` of FoldedBlocks, of U+0600 + index.
char written_arabic(unsigned index) noexcept {
    return index < 0x7F ? static_cast<char>(0x80U | index) : FoldedBlocks::written_other;
}

FoldStep fold_scalar(char const* source, std::size_t /*readable*/, std::uint32_t at, FoldOutput const& out) {
    FoldTables const& tables = fold_tables();
    FoldStep step;
    while (step.consumed < steps) {
        auto const lead = static_cast<unsigned char>(source[step.consumed]);
        char code = 0;
        auto written = static_cast<char>(lead);
        unsigned length = 1;
        if (is_plain_ascii(lead)) {
            code = tables.ascii[lead];
        } else if (is_arabic_lead(lead) && step.consumed + 1 < steps) {
            auto const next = static_cast<unsigned char>(source[step.consumed + 1]);
            if (!is_continuation(next)) {
                break;
            }
            unsigned const index = ((lead & 3U) << 6U) | (next & 0x3FU);
            code = tables.arabic[index];
            written = written_arabic(index);
            length = 2;
        } else {
            break;
        }
        if (code != 0) {
            out.codes[step.count] = code;
            out.written[step.count] = written;
            out.source[step.count] = at + static_cast<std::uint32_t>(step.consumed);
            ++step.count;
        }
        step.consumed += length;
    }
    return step;
}

CodeMasks masks_scalar(char const* codes) {
    CodeMasks masks;
    for (unsigned i = 0; i < steps; ++i) {
        char const code = codes[i];
        std::uint64_t const bit = std::uint64_t{1} << i;
        if (is_arabic(code)) {
            masks.arabic |= bit;
        } else if (is_digit(code)) {
            masks.digit |= bit;
        } else if (is_word(code)) {
            masks.latin |= bit;
        }
    }
    return masks;
}

std::size_t positions_scalar(std::uint64_t mask, std::uint32_t at, std::uint32_t* positions) {
    std::size_t count = 0;
    for (; mask != 0; mask &= mask - 1) {
        positions[count++] = at + static_cast<std::uint32_t>(std::countr_zero(mask));
    }
    return count;
}

#if defined(__x86_64__)

// Debian's compiler knows these instructions function by function, so the program runs on any machine.
#define KHARITA_AVX512 __attribute__((target("avx512f,avx512bw,avx512vbmi,avx512vbmi2,bmi,bmi2,popcnt")))
#define KHARITA_AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt")))

/// The numbers of the mask's bits, `at` added.
KHARITA_AVX512 inline void store_positions(std::uint64_t mask, std::uint32_t at, std::uint32_t* positions) {
    __m512i const all = _mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
    for (unsigned from = 0; from < steps; from += 16) {
        auto const sixteen = static_cast<__mmask16>(mask >> from);
        __m512i const numbers = _mm512_add_epi32(all, _mm512_set1_epi32(static_cast<int>(at + from)));
        _mm512_storeu_si512(positions, _mm512_maskz_compress_epi32(sixteen, numbers));
        positions += _mm_popcnt_u32(sixteen);
    }
}

/// What 64 bytes are, a bit each.
struct ByteKinds {
    std::uint64_t high = 0;         ///< not ASCII
    std::uint64_t begins = 0;       ///< where a character begins that a step takes
    std::uint64_t pair = 0;         ///< those of two bytes
    std::uint64_t continuation = 0; ///< second bytes, of whatever
};
KHARITA_AVX512 inline ByteKinds kinds_of(__m512i here, __m512i next) {
    auto const top_two = _mm512_set1_epi8(static_cast<char>(0xC0));
    auto const continuation_top = _mm512_set1_epi8(static_cast<char>(0x80));
    ByteKinds kinds;
    kinds.high = _mm512_movepi8_mask(here);
    std::uint64_t const lead =
        _mm512_cmpeq_epi8_mask(_mm512_and_si512(here, _mm512_set1_epi8(static_cast<char>(0xFC))),
                               _mm512_set1_epi8(static_cast<char>(0xD8)));
    kinds.pair = lead & _mm512_cmpeq_epi8_mask(_mm512_and_si512(next, top_two), continuation_top);
    kinds.continuation = _mm512_cmpeq_epi8_mask(_mm512_and_si512(here, top_two), continuation_top);
    kinds.begins = kinds.pair | (~kinds.high & ~_mm512_cmpeq_epi8_mask(here, _mm512_set1_epi8('\r')));
    return kinds;
}

/// Folds the characters that begin at bytes of `begins`; how many codes.
KHARITA_AVX512 inline unsigned fold_64(__m512i here, __m512i next, std::uint64_t high, std::uint64_t begins,
                                       std::uint32_t at, FoldOutput const& out, FoldTables const& tables) {
    __m512i const index = _mm512_or_si512(
        _mm512_and_si512(_mm512_slli_epi16(here, 6), _mm512_set1_epi8(static_cast<char>(0xC0))),
        _mm512_and_si512(next, _mm512_set1_epi8(0x3F)));
    __m512i const low = _mm512_permutex2var_epi8(_mm512_loadu_si512(tables.arabic.data()), index,
                                                 _mm512_loadu_si512(tables.arabic.data() + 64));
    __m512i const upper = _mm512_permutex2var_epi8(_mm512_loadu_si512(tables.arabic.data() + 128), index,
                                                   _mm512_loadu_si512(tables.arabic.data() + 192));
    __m512i const arabic = _mm512_mask_blend_epi8(_mm512_movepi8_mask(index), low, upper);
    __m512i const latin = _mm512_permutex2var_epi8(_mm512_loadu_si512(tables.ascii.data()), here,
                                                   _mm512_loadu_si512(tables.ascii.data() + 64));
    __m512i const folded = _mm512_mask_blend_epi8(high, latin, arabic);
    std::uint64_t const kept = begins & _mm512_test_epi8_mask(folded, folded);
    // Compressed in a register: storing while compressing takes ten times as long on Zen 4.
    _mm512_storeu_si512(out.codes, _mm512_maskz_compress_epi8(kept, folded));
    __m512i const marked = _mm512_or_si512(index, _mm512_set1_epi8(static_cast<char>(0x80)));
    __mmask64 const one_byte = ~high | _mm512_cmplt_epu8_mask(index, _mm512_set1_epi8(0x7F));
    __m512i const written = _mm512_maskz_mov_epi8(one_byte, _mm512_mask_blend_epi8(high, here, marked));
    _mm512_storeu_si512(out.written, _mm512_maskz_compress_epi8(kept, written));
    store_positions(kept, at, out.source);
    return static_cast<unsigned>(_mm_popcnt_u64(kept));
}

/// All whole steps at once: where one begins does not depend on what the one before was, so the processor
/// works on several. A character may begin in one and end in the next.
KHARITA_AVX512 FoldStep fold_avx512(char const* source, std::size_t readable, std::uint32_t at,
                                    FoldOutput const& out) {
    FoldTables const& tables = fold_tables();
    FoldStep step;
    std::uint64_t half_before = 0; // 1: the first byte is the second of a character that was taken
    while (step.consumed + steps < readable) {
        __m512i const here = _mm512_loadu_si512(source + step.consumed);
        __m512i const next = _mm512_loadu_si512(source + step.consumed + 1);
        ByteKinds const kinds = kinds_of(here, next);
        std::uint64_t const good = kinds.begins | (kinds.continuation & ((kinds.pair << 1U) | half_before));
        std::uint64_t const front = good & ~(good + 1); // up to the first that is not
        step.count += fold_64(
            here, next, kinds.high, kinds.begins & front, at + static_cast<std::uint32_t>(step.consumed),
            {out.codes + step.count, out.written + step.count, out.source + step.count}, tables);
        if (front != ~std::uint64_t{0}) {
            step.consumed += static_cast<unsigned>(std::countr_one(good));
            return step;
        }
        half_before = kinds.pair >> 63U;
        step.consumed += steps;
    }
    step.consumed += half_before;
    return step;
}

KHARITA_AVX512 std::size_t positions_avx512(std::uint64_t mask, std::uint32_t at, std::uint32_t* positions) {
    alignas(64) static constexpr auto numbers = [] {
        std::array<std::uint8_t, 64> all{};
        for (std::size_t i = 0; i < all.size(); ++i) {
            all[i] = static_cast<std::uint8_t>(i);
        }
        return all;
    }();
    __m512i const found = _mm512_maskz_compress_epi8(mask, _mm512_load_si512(numbers.data()));
    alignas(64) std::array<char, 64> bytes; // NOLINT(*-member-init): written at once
    _mm512_store_si512(bytes.data(), found);
    auto const count = static_cast<std::size_t>(_mm_popcnt_u64(mask));
    __m512i const first = _mm512_set1_epi32(static_cast<int>(at));
    std::size_t from = 0;
    do { // words are rarely so short that there are more than sixteen
        __m128i const sixteen = _mm_load_si128(reinterpret_cast<__m128i const*>(bytes.data() + from));
        _mm512_storeu_si512(positions + from,
                            _mm512_add_epi32(_mm512_maskz_cvtepu8_epi32(0xFFFF, sixteen), first));
        from += 16;
    } while (from < count);
    return count;
}

KHARITA_AVX512 CodeMasks masks_avx512(char const* codes) {
    __m512i const here = _mm512_loadu_si512(codes);
    CodeMasks masks;
    masks.arabic = _mm512_movepi8_mask(here);
    masks.digit = _mm512_cmplt_epu8_mask(_mm512_sub_epi8(here, _mm512_set1_epi8('0')), _mm512_set1_epi8(10));
    masks.latin = _mm512_cmplt_epu8_mask(_mm512_sub_epi8(here, _mm512_set1_epi8('a')), _mm512_set1_epi8(26)) |
                  _mm512_cmpeq_epi8_mask(here, _mm512_set1_epi8(other_letter));
    return masks;
}

// Functions, for a lambda's hidden conversion would be compiled without AVX.
KHARITA_AVX2 inline __m256i each(int byte) {
    return _mm256_set1_epi8(static_cast<char>(byte));
}
KHARITA_AVX2 inline __m256i twice(char const* sixteen) {
    return _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<__m128i const*>(sixteen)));
}
KHARITA_AVX2 inline std::uint32_t bits_of(__m256i bytes) {
    return static_cast<std::uint32_t>(_mm256_movemask_epi8(bytes));
}

/// Bytes from `first` to `last`; as signed numbers, in which Arabic codes lie below all others.
KHARITA_AVX2 inline std::uint32_t bits_within(__m256i bytes, char first, char last) {
    return bits_of(_mm256_and_si256(_mm256_cmpgt_epi8(bytes, each(first - 1)),
                                    _mm256_cmpgt_epi8(each(last + 1), bytes)));
}

struct HalfStep {
    std::uint32_t ascii = 0;
    std::uint32_t lead = 0;
    std::uint32_t continuation = 0;
    std::uint32_t after = 0;
    std::uint32_t kept = 0;
};

/// Half a step: codes and letters are written where their characters begin. Only U+0600 .. U+067F, which
/// takes half the look-ups and holds all of Arabic.
KHARITA_AVX2 HalfStep half_avx2(char const* source, char* spread, char* written) {
    FoldTables const& tables = fold_tables();
    __m256i const here = _mm256_loadu_si256(reinterpret_cast<__m256i const*>(source));
    __m256i const next = _mm256_loadu_si256(reinterpret_cast<__m256i const*>(source + 1));
    HalfStep half;
    half.ascii = ~bits_of(here) & ~bits_of(_mm256_cmpeq_epi8(here, each('\r')));
    half.lead = bits_of(_mm256_cmpeq_epi8(_mm256_and_si256(here, each(0xFE)), each(0xD8)));
    half.continuation = bits_of(_mm256_cmpeq_epi8(_mm256_and_si256(here, each(0xC0)), each(0x80)));
    half.after = bits_of(_mm256_cmpeq_epi8(_mm256_and_si256(next, each(0xC0)), each(0x80)));

    // Look-ups of seven bits, sixteen at a time: `row` says which sixteen, `column` which of them.
    __m256i const is_high = _mm256_cmpgt_epi8(_mm256_setzero_si256(), here);
    __m256i const arabic_index = _mm256_or_si256(_mm256_and_si256(_mm256_slli_epi16(here, 6), each(0x40)),
                                                 _mm256_and_si256(next, each(0x3F)));
    __m256i const index = _mm256_blendv_epi8(here, arabic_index, is_high);
    __m256i const row = _mm256_and_si256(_mm256_srli_epi16(index, 4), each(0x07));
    __m256i const column = _mm256_and_si256(index, each(0x0F));
    __m256i folded = _mm256_setzero_si256();
    for (std::size_t i = 0; i < 8; ++i) {
        __m256i const latin = _mm256_shuffle_epi8(twice(tables.ascii.data() + 16 * i), column);
        __m256i const arabic = _mm256_shuffle_epi8(twice(tables.arabic.data() + 16 * i), column);
        __m256i const found = _mm256_blendv_epi8(latin, arabic, is_high);
        folded = _mm256_or_si256(folded,
                                 _mm256_and_si256(found, _mm256_cmpeq_epi8(row, each(static_cast<int>(i)))));
    }
    half.kept = ~bits_of(_mm256_cmpeq_epi8(folded, _mm256_setzero_si256()));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(spread), folded);
    __m256i const marked =
        _mm256_and_si256(_mm256_or_si256(index, each(0x80)), _mm256_cmpgt_epi8(each(0x7F), index));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(written), _mm256_blendv_epi8(here, marked, is_high));
    return half;
}

/// Of eight bytes those whose mask bytes are ones, moved together.
KHARITA_AVX2 inline std::uint64_t packed(char const* eight, std::uint64_t mask) {
    std::uint64_t word = 0;
    std::memcpy(&word, eight, sizeof word);
    return _pext_u64(word, mask);
}

/// Bytes that a step may take, by what they are: all up to the first that is none of these, and not a lead at
/// the very end, whose other half is beyond.
struct Taken {
    unsigned consumed = 0;
    std::uint64_t begins = 0; ///< bit i: a character begins at byte i
};
inline Taken taken_of(std::uint64_t ascii, std::uint64_t lead, std::uint64_t continuation,
                      std::uint64_t continuation_after) noexcept {
    std::uint64_t const pair = lead & continuation_after;
    std::uint64_t const good = ascii | pair | (continuation & (pair << 1U));
    Taken taken;
    taken.consumed = static_cast<unsigned>(std::countr_one(good));
    if (taken.consumed == steps && (pair >> 63U) != 0) {
        --taken.consumed;
    }
    std::uint64_t const front =
        taken.consumed == steps ? ~std::uint64_t{0} : (std::uint64_t{1} << taken.consumed) - 1;
    taken.begins = (ascii | pair) & front;
    return taken;
}

KHARITA_AVX2 FoldStep fold_avx2(char const* source, std::size_t /*readable*/, std::uint32_t at,
                                FoldOutput const& out) {
    std::array<char, 64> spread;  // NOLINT(*-member-init): written at once
    std::array<char, 64> written; // NOLINT(*-member-init)
    HalfStep const low = half_avx2(source, spread.data(), written.data());
    HalfStep const upper = half_avx2(source + 32, spread.data() + 32, written.data() + 32);
    auto const both = [](std::uint32_t first, std::uint32_t second) {
        return first | (std::uint64_t{second} << 32U);
    };
    Taken const taken = taken_of(both(low.ascii, upper.ascii), both(low.lead, upper.lead),
                                 both(low.continuation, upper.continuation), both(low.after, upper.after));
    std::uint64_t const all = taken.begins & both(low.kept, upper.kept);
    FoldStep step{taken.consumed, 0};
    // Eight by eight: pext on the bytes' numbers gives those that are kept, in order.
    for (unsigned from = 0; from < steps; from += 8) {
        std::uint64_t const kept = (all >> from) & 0xFFU;
        std::uint64_t const bytes = _pdep_u64(kept, 0x0101'0101'0101'0101U) * 0xFFU;
        std::uint64_t const codes = packed(spread.data() + from, bytes);
        std::uint64_t const letters = packed(written.data() + from, bytes);
        std::memcpy(out.codes + step.count, &codes, sizeof codes);
        std::memcpy(out.written + step.count, &letters, sizeof letters);
        __m256i const numbers = _mm256_cvtepu8_epi32(
            _mm_cvtsi64_si128(static_cast<long long>(_pext_u64(0x0706'0504'0302'0100U, bytes))));
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(out.source + step.count),
                            _mm256_add_epi32(numbers, _mm256_set1_epi32(static_cast<int>(at + from))));
        step.count += static_cast<unsigned>(_mm_popcnt_u64(kept));
    }
    return step;
}

KHARITA_AVX2 CodeMasks masks_avx2(char const* codes) {
    CodeMasks masks;
    for (unsigned at = 0; at < steps; at += 32) {
        __m256i const here = _mm256_loadu_si256(reinterpret_cast<__m256i const*>(codes + at));
        masks.arabic |= std::uint64_t{bits_of(here)} << at;
        masks.digit |= std::uint64_t{bits_within(here, '0', '9')} << at;
        std::uint32_t const others = bits_of(_mm256_cmpeq_epi8(here, each(other_letter)));
        masks.latin |= std::uint64_t{bits_within(here, 'a', 'z') | others} << at;
    }
    return masks;
}

#undef KHARITA_AVX512
#undef KHARITA_AVX2

#endif

} // namespace

FoldTables const& fold_tables() noexcept {
    static FoldTables const tables = [] {
        FoldTables made;
        auto const code = [](char32_t character) {
            std::string_view const folded = folded_character(character);
            return folded.empty() ? '\0' : folded[0];
        };
        for (std::size_t i = 0; i < made.ascii.size(); ++i) {
            made.ascii[i] = code(static_cast<char32_t>(i));
        }
        for (std::size_t i = 0; i < made.arabic.size(); ++i) {
            made.arabic[i] = code(static_cast<char32_t>(0x600 + i));
        }
        return made;
    }();
    return tables;
}

Simd best_simd() noexcept {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("avx512vbmi") &&
        __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("bmi2")) {
        return Simd::avx512;
    }
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2")) {
        return Simd::avx2;
    }
#endif
    return Simd::scalar;
}

FoldKernel fold_kernel(Simd simd) noexcept {
#if defined(__x86_64__)
    if (simd == Simd::avx512) {
        return fold_avx512;
    }
    if (simd == Simd::avx2) {
        return fold_avx2;
    }
#endif
    static_cast<void>(simd);
    return fold_scalar;
}

PositionKernel position_kernel(Simd simd) noexcept {
#if defined(__x86_64__)
    if (simd == Simd::avx512) {
        return positions_avx512;
    }
#endif
    static_cast<void>(simd);
    return positions_scalar;
}

MaskKernel mask_kernel(Simd simd) noexcept {
#if defined(__x86_64__)
    if (simd == Simd::avx512) {
        return masks_avx512;
    }
    if (simd == Simd::avx2) {
        return masks_avx2;
    }
#endif
    static_cast<void>(simd);
    return masks_scalar;
}

} // namespace kharita::text
