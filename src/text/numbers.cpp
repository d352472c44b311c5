#include "text/numbers.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "base/error.hpp"
#include "base/tsv.hpp"

namespace kharita::text {

namespace {

using Kind = NumberWords::Kind;

constexpr std::array<std::pair<std::string_view, Kind>, 7> kind_names{{{"unit", Kind::unit},
                                                                       {"bound", Kind::bound},
                                                                       {"ten", Kind::ten},
                                                                       {"hundred", Kind::hundred},
                                                                       {"scale", Kind::scale},
                                                                       {"whole", Kind::whole},
                                                                       {"dozen", Kind::dozen}}};

constexpr std::int64_t largest = 1'000'000'000'000;

/// A word found at a token.
struct Found {
    NumberWords::Word const* word = nullptr;
    std::size_t next = 0; ///< the token after it
};

/// Reads one number, left to right.
class Reader {
public:
    Reader(TokenizedText const& text, NumberWords const& words) : m_text{text}, m_words{words} {}

    std::optional<Number> read(std::size_t at) {
        if (at >= m_text.size()) {
            return std::nullopt;
        }
        m_at = at;
        auto const group = m_text.tokens()[at].kind == Token::Kind::number ? digits() : first_words();
        if (!group || m_total > largest) {
            return std::nullopt;
        }
        return Number{m_total, {at, m_at}};
    }

private:
    // What joins a word to the one before: nothing, or «و» / "and".
    enum class Link { direct, conjunction };

    NumberWords::Word const* bare(std::size_t at) const {
        return at < m_text.size() && m_text.tokens()[at].kind == Token::Kind::word
                   ? m_words.find(m_text.codes(at))
                   : nullptr;
    }

    /// The word at the first token, with proclitics or without.
    Found first_word(std::size_t at) const {
        if (auto const* word = bare(at)) {
            return {word, at + 1};
        }
        if (m_text.tokens()[at].kind != Token::Kind::word) {
            return {};
        }
        std::string_view const codes = m_text.codes(at);
        CliticReadings readings;
        std::size_t const count = clitic_readings(codes, readings);
        for (std::size_t i = 1; i < count; ++i) {
            CliticReading const& reading = readings[i];
            if (!reading.article && !reading.lam_article) {
                if (auto const* word = m_words.find(codes.substr(reading.length))) {
                    return {word, at + 1};
                }
            }
        }
        return {};
    }

    Found linked(Link link) const {
        if (link == Link::direct) {
            bool const hyphen = m_text.codes(m_at) == "-";
            std::size_t const at = hyphen ? m_at + 1 : m_at;
            return {bare(at), at + 1};
        }
        std::string_view const codes = m_text.codes(m_at);
        constexpr char waw = code(U'و');
        if (codes == "and" || (codes.size() == 1 && codes[0] == waw)) {
            return {bare(m_at + 1), m_at + 2};
        }
        if (codes.size() > 1 && codes[0] == waw) {
            return {m_words.find(codes.substr(1)), m_at + 1};
        }
        return {};
    }

    bool take(Found const& found, Kind kind) {
        if (found.word == nullptr || found.word->kind != kind) {
            return false;
        }
        m_at = found.next;
        return true;
    }

    /// Digits, and a scale behind them.
    bool digits() {
        std::string plain;
        for (char const code : m_text.codes(m_at)) {
            if (code != ',') {
                plain.push_back(code);
            }
        }
        double value = 0;
        auto const [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), value);
        if (error != std::errc{} || end != plain.data() + plain.size() ||
            value > static_cast<double>(largest)) {
            return false;
        }
        ++m_at;
        Found const scale = linked(Link::direct);
        if (m_text.codes(m_at) != "-" && (take(scale, Kind::scale) || take(scale, Kind::dozen))) {
            value *= static_cast<double>(scale.word->value);
        }
        m_total = static_cast<std::int64_t>(value);
        return static_cast<double>(m_total) == value;
    }

    bool first_words() {
        Found const first = first_word(m_at);
        if (first.word == nullptr) {
            return false;
        }
        std::size_t const begin = m_at;
        m_at = first.next;
        if (!group(*first.word)) {
            m_at = begin;
            return false;
        }
        lower_groups();
        return true;
    }

    /// What comes below a scale: «ثلاثة آلاف | ومئتين», "two thousand | five hundred".
    void lower_groups() {
        while (m_last_scale > 1) {
            std::size_t const before = m_at;
            std::int64_t const total = m_total;
            std::int64_t const scale = m_last_scale;
            Found found = linked(Link::conjunction);
            if (found.word == nullptr && is_latin_word(m_at)) {
                found = linked(Link::direct);
            }
            if (found.word == nullptr) {
                return;
            }
            m_at = found.next;
            m_total = 0;
            if (!group(*found.word) || m_total >= scale) {
                m_at = before;
                m_total = total;
                return;
            }
            m_total += total;
        }
    }

    bool is_latin_word(std::size_t at) const { return at < m_text.size() && is_latin(m_text.codes(at)[0]); }

    /// A number below 1000 that begins with `first` (already taken), times the scale behind it, into m_total.
    bool group(NumberWords::Word const& first) {
        m_last_scale = 1;
        switch (first.kind) {
        case Kind::scale:
        case Kind::whole:
            m_total = first.value;
            m_last_scale = first.kind == Kind::whole ? first.value / 2 : first.value;
            return true;
        case Kind::dozen:
            m_total = first.value;
            return true;
        case Kind::hundred:
            m_total = first.value;
            break;
        case Kind::ten:
            m_total = first.value + unit_after_ten();
            break;
        case Kind::unit:
        case Kind::bound:
            if (!from_unit(first)) {
                return false;
            }
            break;
        }
        if (m_total >= 100 && m_total % 100 == 0) {
            m_total += below_hundred();
        }
        Found const scale = linked(Link::direct);
        if (take(scale, Kind::scale)) {
            m_total *= scale.word->value;
            m_last_scale = scale.word->value;
        } else if (take(scale, Kind::dozen)) {
            m_total *= scale.word->value;
        }
        return true;
    }

    /// «ثلاثة», «ثلاثة عشر», «ثلاثة وعشرين», «ثلاث مئة».
    bool from_unit(NumberWords::Word const& unit) {
        m_total = unit.value;
        if (unit.value < 10) {
            Found const next = linked(Link::direct);
            if (next.word != nullptr && next.word->value == 10 && !is_latin_word(m_at)) {
                m_at = next.next;
                m_total += 10;
                return true;
            }
            if (unit.kind == Kind::unit && next.word != nullptr && next.word->value == 100 &&
                take(next, Kind::hundred)) {
                m_total *= 100;
                return true;
            }
            Found const ten = linked(Link::conjunction);
            if (ten.word != nullptr && !is_latin_word(m_at) && take(ten, Kind::ten)) {
                m_total += ten.word->value;
                return true;
            }
        }
        return unit.kind == Kind::unit;
    }

    /// "twenty-one", "twenty one".
    std::int64_t unit_after_ten() {
        Found const unit = linked(Link::direct);
        bool const latin = unit.word != nullptr && is_latin_word(unit.next - 1);
        return latin && unit.word->value < 10 && take(unit, Kind::unit) ? unit.word->value : 0;
    }

    /// «مئة | وخمسة وعشرين», "hundred | and five".
    std::int64_t below_hundred() {
        std::size_t const before = m_at;
        std::int64_t const hundreds = m_total;
        Found next = linked(Link::conjunction);
        if (next.word == nullptr && is_latin_word(m_at)) {
            next = linked(Link::direct);
        }
        std::int64_t rest = 0;
        if (take(next, Kind::ten)) {
            rest = next.word->value + unit_after_ten();
        } else if (take(next, Kind::unit) || take(next, Kind::bound)) {
            rest = from_unit(*next.word) && m_total < 100 ? m_total : 0;
        }
        if (rest == 0) {
            m_at = before;
        }
        m_total = hundreds;
        return rest;
    }

    TokenizedText const& m_text;
    NumberWords const& m_words;
    std::size_t m_at = 0;
    std::int64_t m_total = 0;
    std::int64_t m_last_scale = 1;
};

} // namespace

NumberWords NumberWords::load(std::filesystem::path const& folder) {
    Tsv const table{folder / "number_words.tsv", {"form", "value", "kind"}};
    NumberWords words;
    for (std::size_t row = 0; row < table.size(); ++row) {
        double const value = table.number(row, 1);
        auto const* const kind = std::find_if(kind_names.begin(), kind_names.end(), [&](auto const& each) {
            return each.first == table.cell(row, 2);
        });
        if (kind == kind_names.end()) {
            fail<InputError>("{}: the kind is \"{}\"; see the head of the file", table.where(row),
                             table.cell(row, 2));
        }
        if (value < 1 || value > static_cast<double>(largest)) {
            fail<InputError>("{}: the value is {}; expected 1 or more", table.where(row), table.cell(row, 1));
        }
        std::string const form = fold_key(table.cell(row, 0));
        if (form.empty()) {
            fail<InputError>("{}: no form", table.where(row));
        }
        // Spellings that fold together may stand side by side.
        if (!words.m_words.contains(form)) {
            words.m_words[form] = Word{static_cast<std::int64_t>(value), kind->second};
        }
    }
    return words;
}

NumberWords::Word const* NumberWords::find(std::string_view codes) const {
    return m_words.find(codes);
}

std::optional<Number> read_number(TokenizedText const& text, std::size_t at, NumberWords const& words) {
    return Reader{text, words}.read(at);
}

} // namespace kharita::text
