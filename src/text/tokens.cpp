#include "text/tokens.hpp"

#include <algorithm>
#include <utility>

namespace kharita::text {

namespace {

/// Cuts folded text into tokens.
class Cutter {
public:
    explicit Cutter(std::string_view codes) : m_codes{codes} {}

    std::vector<Token> run() {
        m_tokens.reserve(m_codes.size() / 5 + 1);
        bool space = false;
        for (std::size_t at = 0; at < m_codes.size();) {
            char const code = m_codes[at];
            if (code == ' ') {
                space = true;
                ++at;
                continue;
            }
            std::size_t end = at + 1;
            auto kind = Token::Kind::punctuation;
            if (code == '\n') {
                kind = Token::Kind::line_end;
            } else if (is_digit(code)) {
                kind = Token::Kind::number;
                end = number_end(at);
            } else if (is_word(code)) {
                kind = Token::Kind::word;
                end = word_end(at);
            }
            m_tokens.push_back(
                {kind, space, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)});
            space = false;
            at = end;
        }
        return std::move(m_tokens);
    }

private:
    bool digit_at(std::size_t at) const noexcept { return at < m_codes.size() && is_digit(m_codes[at]); }

    /// Digits, with '.' between them, and with ',' where exactly three digits follow ("1,500", not "5,6").
    std::size_t number_end(std::size_t at) const noexcept {
        for (;;) {
            while (digit_at(at)) {
                ++at;
            }
            if (at >= m_codes.size() || !digit_at(at + 1)) {
                return at;
            }
            bool const thousands =
                m_codes[at] == ',' && digit_at(at + 2) && digit_at(at + 3) && !digit_at(at + 4);
            if (m_codes[at] != '.' && !thousands) {
                return at;
            }
            ++at;
        }
    }

    /// A word that began with a letter: Latin letters carry digits with them ("M4"), Arabic ones do not, so
    /// that what the press writes together («الـ24», «10كم») comes apart.
    std::size_t word_end(std::size_t at) const noexcept {
        bool const digits = !is_arabic(m_codes[at]);
        bool const arabic = is_arabic(m_codes[at]);
        while (at < m_codes.size() && is_word(m_codes[at]) && is_arabic(m_codes[at]) == arabic &&
               (digits || !is_digit(m_codes[at]))) {
            ++at;
        }
        return at;
    }

    std::string_view m_codes;
    std::vector<Token> m_tokens;
};

/// Finds where sentences end.
class SentenceRules {
public:
    explicit SentenceRules(TokenizedText const& text) : m_text{text}, m_tokens{text.tokens()} {}

    /// The end of the sentence that begins at token `begin`.
    std::size_t end_from(std::size_t begin) const noexcept {
        for (std::size_t i = begin; i < m_tokens.size(); ++i) {
            if (ends_at(i)) {
                return with_what_follows(i + 1);
            }
            if (m_tokens[i].kind == Token::Kind::line_end && i > begin && !only_line_ends(begin, i) &&
                !goes_on_after_line(i)) {
                return with_line_ends(i + 1);
            }
        }
        return m_tokens.size();
    }

private:
    bool is_kind(std::size_t i, Token::Kind kind) const noexcept {
        return i < m_tokens.size() && m_tokens[i].kind == kind;
    }
    char sign(std::size_t i) const noexcept {
        return is_kind(i, Token::Kind::punctuation) ? m_text.codes(i)[0] : '\0';
    }

    bool only_line_ends(std::size_t begin, std::size_t end) const noexcept {
        return std::all_of(m_tokens.begin() + static_cast<std::ptrdiff_t>(begin),
                           m_tokens.begin() + static_cast<std::ptrdiff_t>(end),
                           [](Token const& token) { return token.kind == Token::Kind::line_end; });
    }

    bool is_lower_latin(std::size_t i) const noexcept {
        std::string_view const source = m_text.source_text(i);
        return is_kind(i, Token::Kind::word) && !source.empty() && source[0] >= 'a' && source[0] <= 'z';
    }

    static bool is_terminator(char sign_code) noexcept {
        return sign_code == '.' || sign_code == '!' || sign_code == '?';
    }

    /// One letter, or a capital and consonants ("St", "Lt"): what a full stop abbreviates.
    bool is_abbreviation(std::size_t i) const noexcept {
        if (!is_kind(i, Token::Kind::word)) {
            return false;
        }
        std::string_view const codes = m_text.codes(i);
        std::string_view const source = m_text.source_text(i);
        if (codes.size() == 1) {
            return true;
        }
        bool const capital = source[0] >= 'A' && source[0] <= 'Z' && source[1] >= 'a';
        return capital && codes.size() == 2 && codes.find_first_of("aeiouy") == std::string_view::npos;
    }

    /// «(...)»: words left out, which end nothing. `i` is its last dot.
    bool is_omission(std::size_t i) const noexcept {
        std::size_t first = i;
        while (first > 0 && sign(first - 1) == '.') {
            --first;
        }
        bool const in_round = first > 0 && sign(first - 1) == '(' && sign(i + 1) == ')';
        bool const in_square = first > 0 && sign(first - 1) == '[' && sign(i + 1) == ']';
        return in_round || in_square;
    }

    bool ends_at(std::size_t i) const noexcept {
        char const code = sign(i);
        if (code == '!' || code == '?') {
            return !is_terminator(sign(i + 1));
        }
        if (code != '.') {
            return false;
        }
        if (is_terminator(sign(i + 1))) {
            return false; // the last of several ends it
        }
        if (is_omission(i)) {
            return false;
        }
        bool const after_number = i >= 2 && is_kind(i - 2, Token::Kind::number);
        if (i > 0 && is_abbreviation(i - 1) && !after_number) {
            return is_kind(i + 1, Token::Kind::line_end) || i + 1 >= m_tokens.size();
        }
        std::size_t const next = i + 1;
        if (is_kind(next, Token::Kind::word) || is_kind(next, Token::Kind::number)) {
            bool const arabic = is_arabic(m_text.codes(next)[0]);
            return arabic || (m_tokens[next].space_before && !is_lower_latin(next));
        }
        return true;
    }

    bool is_closing(std::size_t i) const noexcept {
        char const code = sign(i);
        return !m_tokens[i].space_before &&
               (code == close_quote || code == '"' || code == '\'' || code == ')' || code == ']');
    }

    std::size_t with_what_follows(std::size_t at) const noexcept {
        while (at < m_tokens.size() && is_closing(at)) {
            ++at;
        }
        return with_line_ends(at);
    }

    std::size_t with_line_ends(std::size_t at) const noexcept {
        while (is_kind(at, Token::Kind::line_end)) {
            ++at;
        }
        return at;
    }

    /// Text broken into lines: the line stopped at a comma, or the next begins with a small letter.
    bool goes_on_after_line(std::size_t line_end) const noexcept {
        std::size_t const next = line_end + 1;
        return !is_kind(next, Token::Kind::line_end) && (sign(line_end - 1) == ',' || is_lower_latin(next));
    }

    TokenizedText const& m_text;
    std::span<Token const> m_tokens;
};

std::size_t index_of(std::span<TokenRange const> ranges, std::size_t token) noexcept {
    auto const after =
        std::upper_bound(ranges.begin(), ranges.end(), token,
                         [](std::size_t at, TokenRange const& range) { return at < range.begin; });
    return after == ranges.begin() ? 0 : static_cast<std::size_t>(after - ranges.begin()) - 1;
}

/// What neither shows nor changes a letter: bidi marks, joiners, the byte order mark.
bool ends_with_invisible(std::string_view bytes) noexcept {
    // U+200B .. U+200F, U+202A .. U+202E, U+2060 .. U+206F, U+FEFF, U+061C, U+00AD.
    if (bytes.size() >= 3) {
        std::string_view const lead = bytes.substr(bytes.size() - 3, 2);
        auto const last = static_cast<unsigned char>(bytes.back());
        if (lead == "\xE2\x80") {
            return (last >= 0x8B && last <= 0x8F) || (last >= 0xAA && last <= 0xAE);
        }
        if (lead == "\xE2\x81") {
            return last >= 0xA0 && last <= 0xAF;
        }
        if (lead == "\xEF\xBB") {
            return last == 0xBF;
        }
    }
    return bytes.ends_with("\xD8\x9C") || bytes.ends_with("\xC2\xAD");
}

std::size_t length_of_last(std::string_view bytes) noexcept {
    return bytes.ends_with("\xD8\x9C") || bytes.ends_with("\xC2\xAD") ? 2 : 3;
}

// Outside the functions, whose noexcept clang-tidy would doubt: code() may throw, though only while
// compiling.
constexpr char alef = code(U'ا');
constexpr char beh = code(U'ب');
constexpr char feh = code(U'ف');
constexpr char kaf = code(U'ك');
constexpr char lam = code(U'ل');
constexpr char seen = code(U'س');
constexpr char waw = code(U'و');

} // namespace

TokenizedText::TokenizedText(std::string_view source)
    : m_source{source},
      m_folded{fold(source)},
      m_tokens{Cutter{m_folded.codes}.run()} {
    SentenceRules const rules{*this};
    for (std::size_t begin = 0; begin < m_tokens.size();) {
        std::size_t const end = rules.end_from(begin);
        m_sentences.push_back({begin, end});
        begin = end;
    }
    auto const is_line_end = [&](std::size_t i) { return m_tokens[i].kind == Token::Kind::line_end; };
    std::size_t begin = 0;
    bool content = false;
    for (std::size_t i = 0; i < m_tokens.size(); ++i) {
        content = content || !is_line_end(i);
        bool const last_of_line =
            is_line_end(i) && content && (i + 1 == m_tokens.size() || !is_line_end(i + 1));
        if (last_of_line || i + 1 == m_tokens.size()) {
            m_paragraphs.push_back({begin, i + 1});
            begin = i + 1;
            content = false;
        }
    }
}

std::string_view TokenizedText::source_text(std::size_t index) const noexcept {
    if (index >= m_tokens.size()) {
        return {};
    }
    return span(index, index + 1).of(m_source);
}

Span TokenizedText::source_span(std::size_t begin, std::size_t end) const noexcept {
    return without_invisible_end(m_source, m_folded.source_span(begin, end));
}

Span without_invisible_end(std::string_view source, Span span) noexcept {
    while (ends_with_invisible(span.of(source))) {
        span.end -= length_of_last(span.of(source));
    }
    return span;
}

Span TokenizedText::span(std::size_t begin, std::size_t end) const noexcept {
    if (begin >= end || end > m_tokens.size()) {
        std::size_t const at =
            begin < m_tokens.size() ? m_folded.source[m_tokens[begin].begin] : m_source.size();
        return {at, at};
    }
    return source_span(m_tokens[begin].begin, m_tokens[end - 1].end);
}

std::size_t TokenizedText::sentence_of(std::size_t token) const noexcept {
    return index_of(m_sentences, token);
}

std::size_t TokenizedText::paragraph_of(std::size_t token) const noexcept {
    return index_of(m_paragraphs, token);
}

std::size_t clitic_readings(std::string_view word, CliticReadings& out) noexcept {
    std::size_t count = 0;
    out[count++] = {};
    if (word.empty() || !is_arabic(word[0])) {
        return count;
    }
    constexpr std::size_t least = 2;
    auto const add = [&](CliticReading const& reading) {
        if (word.size() >= reading.length + least) {
            out[count++] = reading;
        }
    };
    auto const begins = [&](std::size_t at, char first, char second) {
        return at + 1 < word.size() && word[at] == first && word[at + 1] == second;
    };
    auto const after_conjunction = [&](std::uint8_t at, bool conjunction) {
        if (conjunction) {
            add({at, true, 0, false, false});
        }
        if (begins(at, alef, lam)) {
            add({static_cast<std::uint8_t>(at + 2), conjunction, 0, true, false});
        }
        char const first = at < word.size() ? word[at] : '\0';
        if (first != beh && first != kaf && first != lam && first != seen) {
            return;
        }
        auto const next = static_cast<std::uint8_t>(at + 1);
        add({next, conjunction, first, false, false});
        if (begins(at, lam, lam)) {
            add({next, conjunction, lam, false, true});
            add({static_cast<std::uint8_t>(at + 2), conjunction, lam, true, true});
        }
        if (begins(next, alef, lam)) {
            add({static_cast<std::uint8_t>(next + 2), conjunction, first, true, false});
        }
    };
    after_conjunction(0, false);
    if (word[0] == waw || word[0] == feh) {
        after_conjunction(1, true);
    }
    // Of two as long, «للباب» as ل + لباب comes before ل + ال + لباب.
    auto const key = [](CliticReading const& reading) {
        return reading.length * 2 + (reading.lam_article ? 1 : 0);
    };
    for (std::size_t i = 1; i < count; ++i) { // few, and std::stable_sort allocates
        for (std::size_t at = i; at > 0 && key(out[at]) < key(out[at - 1]); --at) {
            std::swap(out[at], out[at - 1]);
        }
    }
    return count;
}

std::vector<CliticReading> clitic_readings(std::string_view word_codes) {
    CliticReadings readings;
    std::size_t const count = clitic_readings(word_codes, readings);
    return {readings.begin(), readings.begin() + static_cast<std::ptrdiff_t>(count)};
}

} // namespace kharita::text
