#include "gazetteer/filter_kernels.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace kharita::gazetteer {

namespace {

void ask_scalar(HashFilter const& filter, FilterQuestions const& questions, FilterAnswers& answers) {
    std::size_t named = 0;
    std::size_t beginnings = 0;
    for (std::size_t i = 0; i < questions.count; ++i) {
        std::uint64_t const hash = questions.hashes[i];
        HashFilter::Word const known = filter.word(hash);
        auto const index = static_cast<std::uint32_t>(i);
        answers.named[named] = index;
        named += HashFilter::has_name(known, hash) ? 1U : 0U;
        unsigned const begins = HashFilter::has_beginning(known, hash) ? 1U : 0U;
        answers.beginnings[beginnings] = (index << 1U) | begins;
        beginnings += begins | (questions.go_on[i] != 0 ? 1U : 0U);
    }
    answers.named_count = named;
    answers.beginning_count = beginnings;
}

#if defined(__x86_64__)

// Debian's compiler knows these instructions function by function, so the program runs on any machine.
#define KHARITA_AVX512 __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,bmi,bmi2,popcnt")))

// Functions, for a lambda's hidden conversion would be compiled without AVX-512.
KHARITA_AVX512 inline __m512i bit_of(__m512i shifted) {
    return _mm512_sllv_epi64(_mm512_set1_epi64(1), _mm512_and_si512(shifted, _mm512_set1_epi64(63)));
}
/// HashFilter::bits() of eight hashes.
KHARITA_AVX512 inline __m512i bits_of(__m512i hashes) {
    __m512i const low = _mm512_or_si512(bit_of(hashes), bit_of(_mm512_srli_epi64(hashes, 6)));
    __m512i const high =
        _mm512_or_si512(bit_of(_mm512_srli_epi64(hashes, 12)), bit_of(_mm512_srli_epi64(hashes, 18)));
    return _mm512_or_si512(low, high);
}
/// Which of eight words have all bits.
KHARITA_AVX512 inline __mmask8 have(__m512i words, __m512i bits) {
    return _mm512_cmpeq_epi64_mask(_mm512_and_si512(bits, words), bits);
}

KHARITA_AVX512 void ask_avx512(HashFilter const& filter, FilterQuestions const& questions,
                               FilterAnswers& answers) {
    __m512i const words = _mm512_set1_epi64(static_cast<long long>(filter.size()));
    __m512i const factor = _mm512_set1_epi64(static_cast<long long>(letter_hash_detail::first_factor));
    __m256i index = _mm256_set_epi32(7, 6, 5, 4, 3, 2, 1, 0);
    std::size_t named = 0;
    std::size_t beginnings = 0;
    for (std::size_t i = 0; i < questions.count; i += 8) {
        __m512i const hashes = _mm512_loadu_si512(questions.hashes + i);
        __m512i const place = _mm512_srli_epi64(_mm512_mul_epu32(_mm512_srli_epi64(hashes, 32), words), 32);
        __m512i const known = _mm512_i64gather_epi64(place, filter.data(), 8);
        std::size_t const left = questions.count - i;
        auto const real = static_cast<__mmask8>(left >= 8 ? 0xFFU : (1U << left) - 1);
        __m512i const other_hashes = _mm512_srli_epi64(_mm512_mullo_epi64(hashes, factor), 32);
        auto const names = static_cast<__mmask8>(real & have(known, bits_of(hashes)));
        auto const begins = static_cast<__mmask8>(real & have(known, bits_of(other_hashes)));
        __m128i const marks = _mm_loadl_epi64(reinterpret_cast<__m128i const*>(questions.go_on + i));
        auto const marked = static_cast<__mmask8>(_mm_test_epi8_mask(marks, marks) & 0xFFU);
        auto const longer = static_cast<__mmask8>(begins | (marked & real));
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(answers.named + named),
                            _mm256_maskz_compress_epi32(names, index));
        named += static_cast<unsigned>(_mm_popcnt_u32(names));
        __m256i const twice = _mm256_add_epi32(index, index);
        __m256i const told = _mm256_mask_add_epi32(twice, begins, twice, _mm256_set1_epi32(1));
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(answers.beginnings + beginnings),
                            _mm256_maskz_compress_epi32(longer, told));
        beginnings += static_cast<unsigned>(_mm_popcnt_u32(longer));
        index = _mm256_add_epi32(index, _mm256_set1_epi32(8));
    }
    answers.named_count = named;
    answers.beginning_count = beginnings;
}

#undef KHARITA_AVX512

#endif

} // namespace

FilterKernel filter_kernel(text::Simd simd) noexcept {
#if defined(__x86_64__)
    if (simd == text::Simd::avx512) {
        return ask_avx512;
    }
#endif
    static_cast<void>(simd);
    return ask_scalar;
}

} // namespace kharita::gazetteer
