#include "text/word_spans.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>

#include "text/fold_kernels.hpp"

namespace kharita::text {

namespace {

/// The bits of some 64 codes moved so that bit i tells of code i + 1, i + 2 …: the lowest of the next 64 come
/// in at the top.
constexpr std::uint64_t ahead(std::uint64_t here, std::uint64_t next, unsigned by) noexcept {
    return (here >> by) | (next << (64U - by));
}

/// Bit i tells of code i - 1; the topmost of the 64 before come in at the bottom.
constexpr std::uint64_t behind(std::uint64_t here, std::uint64_t before) noexcept {
    return (here << 1U) | (before >> 63U);
}

/// All bits of runs of ones that have a bit of `starts` at their lower end.
constexpr std::uint64_t runs_from(std::uint64_t runs, std::uint64_t starts) noexcept {
    return runs & ~(runs + starts);
}

std::uint64_t bits_of(char const* codes, char wanted) noexcept {
    std::uint64_t bits = 0;
    for (unsigned i = 0; i < 64; ++i) {
        bits |= std::uint64_t{codes[i] == wanted ? 1U : 0U} << i;
    }
    return bits;
}

/// Goes through the codes by 64, one step behind what it has seen.
class WordCutter {
public:
    WordCutter(std::string_view codes, Simd simd, WordSpan* words)
        : m_codes{codes},
          m_kernel{mask_kernel(simd)},
          m_words{words} {}

    /// How many words there are.
    std::size_t run() {
        m_next = m_kernel(m_codes.data());
        for (std::size_t at = 0; at < m_codes.size() + 1; at += 64) {
            step(at);
        }
        return m_ended;
    }

private:
    void step(std::size_t at) {
        CodeMasks const here = m_next;
        m_next = at + 64 < m_codes.size() ? m_kernel(m_codes.data() + at + 64) : CodeMasks{};
        // Latin letters carry digits with them ("M4").
        std::uint64_t const carried = runs_from(here.digit, here.digit & behind(here.latin, m_latin));
        std::uint64_t const latin = here.latin | carried;
        std::uint64_t number = here.digit & ~carried;
        number |= joints(at, here, number);
        // What the press writes together («الـ24») comes apart: a word begins where the kind of code changes.
        emit(at, here.arabic, m_arabic, latin, m_latin, number, m_number);
        m_arabic = here.arabic;
        m_latin = latin;
        m_number = number;
    }

    /// '.' between digits, and ',' before exactly three of them, within numbers.
    std::uint64_t joints(std::size_t at, CodeMasks const& here, std::uint64_t number) const {
        std::uint64_t const between = behind(number, m_number) & ahead(here.digit, m_next.digit, 1) &
                                      ~(here.arabic | here.latin | here.digit);
        if (between == 0) {
            return 0;
        }
        char const* const codes = m_codes.data() + at;
        auto const digits = [&](unsigned by) { return ahead(here.digit, m_next.digit, by); };
        std::uint64_t const thousands = digits(2) & digits(3) & ~digits(4);
        return between & (bits_of(codes, '.') | (bits_of(codes, ',') & thousands));
    }

    void emit(std::size_t at, std::uint64_t arabic, std::uint64_t arabic_before, std::uint64_t latin,
              std::uint64_t latin_before, std::uint64_t number, std::uint64_t number_before) {
        auto const changes = [](std::uint64_t kind, std::uint64_t before) {
            return kind ^ behind(kind, before);
        };
        std::uint64_t const all = arabic | latin | number;
        std::uint64_t const edges =
            changes(arabic, arabic_before) | changes(latin, latin_before) | changes(number, number_before);
        auto const code = [at](std::uint64_t left) {
            return static_cast<std::uint32_t>(at + static_cast<unsigned>(std::countr_zero(left)));
        };
        // Beginnings and ends by themselves: nothing in either loop depends on the text but how often.
        for (std::uint64_t left = edges & all; left != 0; left &= left - 1) {
            m_words[m_begun++].begin = code(left);
        }
        std::uint64_t const all_before = arabic_before | latin_before | number_before;
        for (std::uint64_t left = edges & behind(all, all_before); left != 0; left &= left - 1) {
            m_words[m_ended++].end = code(left);
        }
    }

    std::string_view m_codes;
    MaskKernel m_kernel;
    WordSpan* m_words;
    CodeMasks m_next;
    std::uint64_t m_arabic = 0;
    std::uint64_t m_latin = 0;
    std::uint64_t m_number = 0;
    std::size_t m_begun = 0; ///< words of which the beginning is known
    std::size_t m_ended = 0;
};

} // namespace

std::span<WordSpan> cut_words(std::string_view codes, Simd simd, std::vector<WordSpan>& room) {
    if (codes.empty()) {
        return {};
    }
    if (room.size() < codes.size() + 1) { // never more words than codes
        room.resize(2 * codes.size());
    }
    return {room.data(), WordCutter{codes, simd, room.data()}.run()};
}

} // namespace kharita::text
