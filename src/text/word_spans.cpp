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

/// Goes through the codes by 64, one step behind what it has seen.
class WordCutter {
public:
    WordCutter(std::string_view codes, Simd simd, std::uint32_t* begins, std::uint32_t* ends)
        : m_codes{codes},
          m_kernel{mask_kernel(simd)},
          m_store{position_kernel(simd)},
          m_begins{begins},
          m_ends{ends} {}

    /// How many words there are.
    std::size_t run() {
        m_next = m_kernel(m_codes.data());
        for (std::size_t at = 0; at < m_codes.size() + 1; at += 64) {
            step(at);
        }
        return m_count;
    }
    bool may_have_short_latin() const noexcept { return m_short_latin != 0; }

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
        auto const digits = [&](unsigned by) { return ahead(here.digit, m_next.digit, by); };
        std::uint64_t const thousands = digits(2) & digits(3) & ~digits(4);
        std::uint64_t found = 0;
        for (std::uint64_t left = between; left != 0; left &= left - 1) {
            std::uint64_t const bit = left & (~left + 1);
            char const code = m_codes[at + static_cast<std::size_t>(std::countr_zero(left))];
            found |= code == '.' || (code == ',' && (thousands & bit) != 0) ? bit : 0;
        }
        return found;
    }

    void emit(std::size_t at, std::uint64_t arabic, std::uint64_t arabic_before, std::uint64_t latin,
              std::uint64_t latin_before, std::uint64_t number, std::uint64_t number_before) {
        auto const changes = [](std::uint64_t kind, std::uint64_t before) {
            return kind ^ behind(kind, before);
        };
        std::uint64_t const all = arabic | latin | number;
        std::uint64_t const edges =
            changes(arabic, arabic_before) | changes(latin, latin_before) | changes(number, number_before);
        auto const first = static_cast<std::uint32_t>(at);
        m_begins += m_store(edges & all, first, m_begins);
        std::uint64_t const all_before = arabic_before | latin_before | number_before;
        std::size_t const ended = m_store(edges & behind(all, all_before), first, m_ends);
        m_ends += ended;
        m_count += ended;
        std::uint64_t const next = m_next.latin | m_next.digit; // behind Latin letters digits are of the word
        m_short_latin |=
            edges & latin & ahead(latin, next, 1) & ~(ahead(latin, next, 2) & ahead(latin, next, 3));
    }

    std::string_view m_codes;
    MaskKernel m_kernel;
    PositionKernel m_store;
    std::uint32_t* m_begins;
    std::uint32_t* m_ends;
    CodeMasks m_next;
    std::uint64_t m_arabic = 0;
    std::uint64_t m_latin = 0;
    std::uint64_t m_number = 0;
    std::size_t m_count = 0;
    std::uint64_t m_short_latin = 0; ///< not 0 if some word has two or three Latin letters
};

} // namespace

void WordSpans::cut(std::string_view codes) {
    std::size_t const room = codes.size() + padding; // never more words than codes
    if (m_begins.size() < room) {
        m_begins.resize(2 * room);
        m_ends.resize(2 * room);
    }
    m_size = 0;
    m_short_latin = false;
    if (!codes.empty()) {
        WordCutter cutter{codes, m_simd, m_begins.data(), m_ends.data()};
        m_size = cutter.run();
        m_short_latin = cutter.may_have_short_latin();
    }
}

} // namespace kharita::text
