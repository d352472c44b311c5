#include "gazetteer/clitic_skips.hpp"

#include <algorithm>

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

} // namespace

CliticSkips::CliticSkips() {
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
