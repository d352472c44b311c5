#include "gazetteer/stretch.hpp"

#include <bit>
#include <string>

#include "gazetteer/compact_text.hpp"
#include "text/fold_kernels.hpp"
#include "text/fold_table.hpp"
#include "text/folded_text.hpp"

namespace kharita::gazetteer {

namespace {

/// Takes a name's characters one by one as a text gives them; tashkeel and other marks are passed over.
class PlainName {
public:
    explicit PlainName(std::string_view compact) noexcept : m_rest{compact} { pass_marks(); }

    bool take(char32_t character) noexcept {
        if (m_rest.empty()) {
            return false;
        }
        auto const [expected, length] = decode_compact(m_rest);
        m_rest.remove_prefix(length);
        pass_marks();
        return expected == character;
    }
    bool at_end() const noexcept { return m_rest.empty(); }

private:
    void pass_marks() noexcept {
        while (!m_rest.empty() && static_cast<unsigned char>(m_rest[0]) >= 0x80) {
            auto const [character, length] = decode_compact(m_rest);
            if (!text::folded_character(character).empty()) {
                return;
            }
            m_rest.remove_prefix(length);
        }
    }

    std::string_view m_rest;
};

/// Whether plain(utf8) is the name, `utf8` beginning and ending with a letter.
bool is_plain_name(std::string_view utf8, PlainName name) noexcept {
    auto const& tables = text::fold_tables();
    bool space = false;
    while (!utf8.empty()) {
        auto const lead = static_cast<unsigned char>(utf8[0]);
        text::Utf8Character character{lead, 1};
        bool vanishes = false;
        bool blank = false;
        if (lead < 0x80) {
            blank = tables.ascii[lead] == ' ';
        } else {
            character = text::decode(utf8);
            if (character.length == 0) {
                return false; // names are UTF-8
            }
            std::string_view const folded = text::folded_character(character.character);
            vanishes = folded.empty();
            blank = folded == " ";
        }
        utf8.remove_prefix(character.length);
        space = space || blank;
        if (vanishes || blank) {
            continue;
        }
        if (space && !name.take(U' ')) {
            return false;
        }
        space = false;
        if (!name.take(character.character)) {
            return false;
        }
    }
    return name.at_end();
}

/// As count_hamzas() of a name's text.
std::size_t count_compact_hamzas(std::string_view compact) noexcept {
    std::size_t count = 0;
    while (!compact.empty()) {
        auto const [character, length] = decode_compact(compact);
        count += character >= U'آ' && character <= U'ئ' ? 1U : 0U;
        compact.remove_prefix(length);
    }
    return count;
}

WordBoundaries boundaries_of(ScanWords const& words, Stretch const& stretch) noexcept {
    WordBoundaries boundaries;
    std::size_t at = 0; // letters, those of the proclitics among them
    for (std::size_t i = stretch.begin + 1; i < stretch.end; ++i) {
        at += words[i - 1].end - words[i - 1].begin;
        if (at > stretch.clitics.length && at - stretch.clitics.length < 64) {
            std::uint64_t const bit = std::uint64_t{1} << (at - stretch.clitics.length);
            WordGap const gap = words.gap_before(i);
            boundaries.all |= gap.divided ? bit : 0;
            boundaries.spaces |= gap.space ? bit : 0;
        }
    }
    return boundaries;
}

bool has_article_inside(ScanWords const& words, Stretch const& stretch) noexcept {
    for (std::size_t i = stretch.begin + 1; i < stretch.end; ++i) {
        if (words.gap_before(i).article) {
            return true;
        }
    }
    return stretch.begins_with_article(words);
}

/// The number of letters of some written characters that have a hamza which folding takes away.
std::size_t count_written_hamzas(std::string_view written) noexcept {
    std::size_t count = 0;
    for (char const letter : written) { // آ to ئ, U+0622 .. U+0626
        auto const byte = static_cast<unsigned char>(letter);
        count += byte >= 0xA2 && byte <= 0xA6 ? 1U : 0U;
    }
    return count;
}

constexpr std::string_view written_al{"\xA7\xC4", 2}; // U+0627, U+0644

/// What of a name is in front of its letters.
std::size_t article_size(NameText const& name) noexcept {
    return name.is(name_flag::arabic_article) ? written_al.size() : 0;
}

/// Whether a name stands in the text letter by letter. `written` are the bytes of span_of().
bool is_exact(ScanWords const& words, Stretch const& stretch, std::string_view written,
              std::string_view source, NameText const& name) noexcept {
    PlainName plain{name.compact};
    if (!stretch.clitics.lam_article) {
        return is_plain_name(written, plain);
    }
    // The article, of which the text has one lam or none.
    std::size_t const from = words.folded().source(stretch.code + stretch.clitics.length);
    written.remove_prefix(from - static_cast<std::size_t>(written.data() - source.data()));
    return plain.take(U'ا') && plain.take(U'ل') && is_plain_name(written, plain);
}

} // namespace

Span span_of(ScanWords const& words, Stretch const& stretch, std::string_view source) noexcept {
    auto const& folded = words.folded();
    std::uint32_t const end = words[stretch.end - 1].end;
    Span const span = folded.source_span(stretch.code + stretch.clitics.proclitics(), end);
    // The last letter and a mark that cannot be seen take three bytes.
    return span.end - folded.source(end - 1) < 3 ? span : text::without_invisible_end(source, span);
}

StretchComparer::StretchComparer(ScanWords const& words, HeadWords const& heads)
    : m_words{words},
      m_heads{heads},
      m_folded{compact_codes()} {}

std::optional<MatchKind> StretchComparer::compare(Stretch const& stretch, std::string_view letters,
                                                  std::string_view source, NameText const& name) const {
    if (is_simple(stretch, letters, name)) {
        return compare_simple(stretch, letters, name);
    }
    if (!has_letters(name, letters)) {
        return std::nullopt;
    }
    bool const latin_article = has_article_inside(m_words, stretch);
    if (name.is(name_flag::odd) || (name.articles != 0 && latin_article) || letters.size() >= 64) {
        return compare_as_tokens(stretch, source, name);
    }
    std::string_view const written = span_of(m_words, stretch, source).of(source);
    if (is_exact(m_words, stretch, written, source, name)) {
        return MatchKind::exact;
    }
    if (name.is(name_flag::acronym) ||
        (letters.size() <= short_name && count_hamzas(written) > count_compact_hamzas(name.compact))) {
        return std::nullopt;
    }
    WordBoundaries const boundaries = boundaries_of(m_words, stretch);
    std::uint64_t const expected = gazetteer::boundaries_of(name);
    if (boundaries.all == expected) {
        bool const arabic_article = stretch.clitics.article || stretch.clitics.lam_article;
        bool const same_articles =
            (name.articles != 0) == latin_article && arabic_article == name.is(name_flag::arabic_article);
        return same_articles ? MatchKind::folded : MatchKind::article;
    }
    bool const one_division = may_be_divided(boundaries, expected, ~std::uint64_t{0});
    if (!one_division || !may_be_divided(boundaries, expected, divisions(letters, expected, m_heads))) {
        return std::nullopt;
    }
    return MatchKind::joined;
}

/// Whether it is one word and a name of one word, of few letters that take a byte each: as nearly always.
bool StretchComparer::is_simple(Stretch const& stretch, std::string_view letters,
                                NameText const& name) const noexcept {
    constexpr std::uint8_t rare =
        name_flag::odd | name_flag::articles | name_flag::divided | name_flag::escaped;
    return stretch.end == stretch.begin + 1 && (name.flags & rare) == 0 &&
           letters.size() <= LetterBlock::size &&
           name.compact.size() == letters.size() + article_size(name) &&
           name.readable_behind >= LetterBlock::size && !stretch.begins_with_article(m_words);
}

std::optional<MatchKind> StretchComparer::compare_simple(Stretch const& stretch, std::string_view letters,
                                                         NameText const& name) const noexcept {
    text::CliticReading const& clitics = stretch.clitics;
    std::string_view const written = m_words.folded().written();
    std::size_t const from = stretch.code + clitics.length;
    char const* const stored = name.compact.data() + article_size(name);
    // Only letters that are written otherwise need be folded.
    LetterBlock const differences = LetterBlock::read(written.data() + from, letters.size())
                                        .without(LetterBlock::read(stored, letters.size()));
    auto const folds_alike = [&](std::uint64_t bytes, std::size_t first) {
        for (; bytes != 0; bytes &= ~(std::uint64_t{0xFF} << (std::countr_zero(bytes) & ~7))) {
            std::size_t const i = first + static_cast<std::size_t>(std::countr_zero(bytes)) / 8;
            if (m_folded[static_cast<unsigned char>(stored[i])] != letters[i]) {
                return false;
            }
        }
        return true;
    };
    if (!folds_alike(differences.low, 0) || !folds_alike(differences.high, 8)) {
        return std::nullopt;
    }
    bool const article = clitics.article || clitics.lam_article;
    bool const same_article = article == name.is(name_flag::arabic_article);
    bool const plain_article =
        !article || clitics.lam_article || written.substr(from - written_al.size(), 2) == written_al;
    if (differences == LetterBlock{} && same_article && plain_article) {
        return MatchKind::exact;
    }
    std::size_t const front = stretch.code + (clitics.lam_article ? clitics.length : clitics.proclitics());
    bool const adds_hamza = letters.size() <= short_name &&
                            count_written_hamzas(written.substr(front, from + letters.size() - front)) >
                                count_written_hamzas(name.compact);
    if (name.is(name_flag::acronym) || adds_hamza) {
        return std::nullopt;
    }
    return same_article ? MatchKind::folded : MatchKind::article;
}

/// The slow way, which all rules are written for.
std::optional<MatchKind> StretchComparer::compare_as_tokens(Stretch const& stretch, std::string_view source,
                                                            NameText const& name) const {
    Span const span = m_words.folded().source_span(stretch.code, m_words[stretch.end - 1].end);
    text::TokenizedText const text{span.of(source)};
    WordLetters const letters{text};
    WrittenName const written{text, letters, {0, text.size()}, stretch.clitics};
    return gazetteer::compare(written, name_key(from_compact(name.compact)), m_heads);
}

} // namespace kharita::gazetteer
