#include "gazetteer/clitic_skips.hpp"

#include <algorithm>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "text/folded_text.hpp"

namespace kharita::gazetteer {

namespace {

constexpr char alef = text::code(U'ا');
constexpr char lam = text::code(U'ل');

/// What matters of a letter: the first may be anything, the second no conjunction, the third only of the
/// article, the fourth only its lam. So eight bits tell of all four.
enum Class : std::uint8_t { other = 0, is_alef = 1, is_lam = 2, is_preposition = 3, is_conjunction = 4 };

Class class_of(char code) {
    switch (code) {
    case alef:
        return is_alef;
    case lam:
        return is_lam;
    case text::code(U'ب'):
    case text::code(U'ك'):
    case text::code(U'س'):
        return is_preposition;
    case text::code(U'و'):
    case text::code(U'ف'):
        return is_conjunction;
    default:
        return other;
    }
}

constexpr unsigned first_bits = 0;  // three
constexpr unsigned second_bits = 3; // two
constexpr unsigned third_bits = 5;  // two
constexpr unsigned fourth_bits = 7; // one

CliticSkips::Mask mask_of(unsigned front) noexcept {
    unsigned const first = (front >> first_bits) & 7U;
    unsigned const second = (front >> second_bits) & 3U;
    unsigned const third = (front >> third_bits) & 3U;
    bool const fourth_lam = (front >> fourth_bits) != 0;
    bool const conjunction = first == is_conjunction;
    bool const preposition = first == is_lam || first == is_preposition;
    bool const second_preposition = second == is_lam || second == is_preposition;
    bool const article_second = second == is_alef && third == is_lam;
    unsigned mask = 0;
    mask |= conjunction || preposition ? 1U : 0U;
    mask |= (first == is_alef && second == is_lam) || (first == is_lam && second == is_lam) ||
                    (conjunction && second_preposition)
                ? 2U
                : 0U;
    mask |= ((preposition || conjunction) && article_second) ||
                    (conjunction && second == is_lam && third == is_lam)
                ? 4U
                : 0U;
    mask |= conjunction && second_preposition && third == is_alef && fourth_lam ? 8U : 0U;
    return static_cast<CliticSkips::Mask>(mask);
}

#if defined(__x86_64__)

// Debian's compiler knows these instructions function by function, so the program runs on any machine.
#define KHARITA_AVX512 __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,bmi,bmi2,popcnt")))

KHARITA_AVX512 inline std::uint64_t bytes_that_are(__m512i bytes, char letter) {
    return _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(letter));
}

/// Sixteen masks, four bits each: mask_of() of the first four letters of sixteen words.
KHARITA_AVX512 inline std::uint64_t masks_of_sixteen(__m512i fronts) {
    std::uint64_t const alefs = bytes_that_are(fronts, alef);
    std::uint64_t const lams = bytes_that_are(fronts, lam);
    std::uint64_t const prepositions = lams | bytes_that_are(fronts, text::code(U'ب')) |
                                       bytes_that_are(fronts, text::code(U'ك')) |
                                       bytes_that_are(fronts, text::code(U'س'));
    std::uint64_t const conjunctions =
        bytes_that_are(fronts, text::code(U'و')) | bytes_that_are(fronts, text::code(U'ف'));
    constexpr std::uint64_t first = 0x1111'1111'1111'1111U; // letters; >> 1 for second ones, and so on
    std::uint64_t const conjunction = conjunctions & first;
    std::uint64_t const any = (conjunctions | prepositions) & first;
    std::uint64_t const second_preposition = prepositions >> 1U;
    std::uint64_t const one = any;
    std::uint64_t const two = ((alefs | lams) & (lams >> 1U) & first) | (conjunction & second_preposition);
    std::uint64_t const three =
        (any & (alefs >> 1U) & (lams >> 2U)) | (conjunction & (lams >> 1U) & (lams >> 2U));
    std::uint64_t const four = conjunction & second_preposition & (alefs >> 2U) & (lams >> 3U);
    return one | (two << 1U) | (three << 2U) | (four << 3U);
}

/// As CliticSkips::of_words().
KHARITA_AVX512 void skips_avx512(char const* codes, std::span<std::uint32_t const> begins,
                                 std::uint32_t const* ends, CliticSkips::Mask* masks) {
    for (std::size_t i = 0; i < begins.size(); i += 16) {
        std::size_t const left = begins.size() - i;
        auto const real = static_cast<__mmask16>(left >= 16 ? 0xFFFFU : (1U << left) - 1);
        __m512i const from = _mm512_maskz_loadu_epi32(real, begins.data() + i);
        __m512i const to = _mm512_maskz_loadu_epi32(real, ends + i);
        __m512i const fronts = _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), real, from, codes, 1);
        std::uint64_t const all = masks_of_sixteen(fronts);
        constexpr std::uint64_t lower = 0x0F0F'0F0F'0F0F'0F0FU;
        __m128i const spread =
            _mm_unpacklo_epi8(_mm_cvtsi64_si128(static_cast<long long>(all & lower)),
                              _mm_cvtsi64_si128(static_cast<long long>((all >> 4U) & lower)));
        __m512i const size = _mm512_min_epu32(_mm512_sub_epi32(to, from), _mm512_set1_epi32(6));
        __m128i const fitting =
            _mm_shuffle_epi8(_mm_setr_epi8(0, 0, 0, 1, 3, 7, 15, 0, 0, 0, 0, 0, 0, 0, 0, 0),
                             _mm512_maskz_cvtepi32_epi8(real, size));
        _mm_mask_storeu_epi8(masks + i, real, _mm_and_si128(spread, fitting));
    }
}

#undef KHARITA_AVX512

#endif

} // namespace

void CliticSkips::of_words(char const* codes, std::span<std::uint32_t const> begins,
                           std::uint32_t const* ends, Mask* masks) const noexcept {
#if defined(__x86_64__)
    if (m_simd == text::Simd::avx512) {
        skips_avx512(codes, begins, ends, masks);
        return;
    }
#endif
    for (std::size_t i = 0; i < begins.size(); ++i) {
        masks[i] = of(codes + begins[i], ends[i] - begins[i]);
    }
}

CliticSkips::CliticSkips(text::Simd simd) : m_simd{simd} {
    for (unsigned byte = 0; byte < 256; ++byte) {
        unsigned const letter = class_of(static_cast<char>(byte));
        m_classes[0][byte] = static_cast<std::uint8_t>(letter << first_bits);
        m_classes[1][byte] =
            static_cast<std::uint8_t>((letter <= is_preposition ? letter : 0U) << second_bits);
        m_classes[2][byte] = static_cast<std::uint8_t>((letter <= is_lam ? letter : 0U) << third_bits);
        m_classes[3][byte] = static_cast<std::uint8_t>((letter == is_lam ? 1U : 0U) << fourth_bits);
    }
    for (unsigned front = 0; front < m_masks.size(); ++front) {
        m_masks[front] = mask_of(front);
    }
    constexpr std::size_t least = 2;
    for (std::size_t size = least + 1; size < m_fitting.size(); ++size) {
        m_fitting[size] = static_cast<Mask>((1U << (size - least)) - 1);
    }
}

} // namespace kharita::gazetteer
