#include "gazetteer/stretch.hpp"

#include <string>

#include "gazetteer/compact_text.hpp"
#include "text/fold_kernels.hpp"
#include "text/fold_table.hpp"
#include "text/folded_text.hpp"

namespace kharita::gazetteer {

namespace {

/// Takes a name's characters one by one as a text gives them.
class PlainName {
public:
    explicit PlainName(std::string_view compact) noexcept : m_rest{compact} {}

    bool take(char32_t character) noexcept {
        if (m_rest.empty()) {
            return false;
        }
        auto const [expected, length] = decode_compact(m_rest);
        m_rest.remove_prefix(length);
        return expected == character;
    }
    bool at_end() const noexcept { return m_rest.empty(); }

private:
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
    auto const& all = words.words();
    std::size_t const front = all[stretch.begin].letters + stretch.clitics.length;
    for (std::size_t i = stretch.begin + 1; i < stretch.end; ++i) {
        std::size_t const at = all[i].letters - front;
        if (all[i].letters > front && at < 64) {
            std::uint64_t const bit = std::uint64_t{1} << at;
            boundaries.all |= all[i].divided ? bit : 0;
            boundaries.spaces |= all[i].space ? bit : 0;
        }
    }
    return boundaries;
}

bool has_article_inside(ScanWords const& words, Stretch const& stretch) noexcept {
    for (std::size_t i = stretch.begin + 1; i < stretch.end; ++i) {
        if (words.words()[i].article) {
            return true;
        }
    }
    return stretch.begins_with_article(words);
}

/// The slow way, which all rules are written for.
std::optional<MatchKind> compare_as_tokens(ScanWords const& words, Stretch const& stretch,
                                           std::string_view source, NameText const& name,
                                           HeadWords const& heads) {
    Span const span = words.folded().source_span(stretch.code, words.words()[stretch.end - 1].end);
    text::TokenizedText const text{span.of(source)};
    WordLetters const letters{text};
    WrittenName const written{text, letters, {0, text.size()}, stretch.clitics};
    return compare(written, name_key(from_compact(name.compact)), heads);
}

} // namespace

Span span_of(ScanWords const& words, Stretch const& stretch, std::string_view source) noexcept {
    Span const span = words.folded().source_span(stretch.code + stretch.clitics.proclitics(),
                                                 words.words()[stretch.end - 1].end);
    return text::without_invisible_end(source, span);
}

bool is_exact(Stretch const& stretch, std::string_view written, NameText const& name) noexcept {
    // With another article than the name's own the letters would not be those of the stretch.
    if (name.is(name_flag::odd) || stretch.clitics.lam_article ||
        name.is(name_flag::arabic_article) != stretch.clitics.article) {
        return false;
    }
    std::size_t at = 0;
    for (char const letter : name.compact) {
        auto const byte = static_cast<unsigned char>(letter);
        if (byte < 0x80) {
            if (at >= written.size() || written[at] != letter) {
                return false;
            }
            ++at;
            continue;
        }
        // Two bytes of UTF-8: U+0600 + n is 0xD8 + n / 64, 0x80 + n % 64.
        auto const lead = static_cast<char>(0xD8U | ((byte & 0x7FU) >> 6U));
        auto const continuation = static_cast<char>(0x80U | (byte & 0x3FU));
        if (letter == compact_escape || at + 2 > written.size() || written[at] != lead ||
            written[at + 1] != continuation) {
            return false;
        }
        at += 2;
    }
    return at == written.size();
}

std::optional<MatchKind> compare(ScanWords const& words, Stretch const& stretch, std::string_view written,
                                 std::string_view source, NameText const& name, HeadWords const& heads) {
    text::CliticReading const& clitics = stretch.clitics;
    std::size_t const length = words.letters(stretch.begin, stretch.end).size() - clitics.length;
    bool const latin_article = has_article_inside(words, stretch);
    if (name.is(name_flag::odd) || (name.articles != 0 && latin_article) || length >= 64) {
        return compare_as_tokens(words, stretch, source, name, heads);
    }
    PlainName plain{name.compact};
    if (clitics.lam_article) { // the article, of which the text has one lam or none
        std::size_t const from = words.folded().source(stretch.code + clitics.length);
        written.remove_prefix(from - static_cast<std::size_t>(written.data() - source.data()));
    }
    bool const same_front = !clitics.lam_article || (plain.take(U'ا') && plain.take(U'ل'));
    if (same_front && is_plain_name(written, plain)) {
        return MatchKind::exact;
    }
    if (name.is(name_flag::acronym) ||
        (length <= short_name && count_hamzas(written) > count_compact_hamzas(name.compact))) {
        return std::nullopt;
    }
    WordBoundaries const boundaries = boundaries_of(words, stretch);
    std::uint64_t const expected = gazetteer::boundaries_of(name);
    if (boundaries.all == expected) {
        bool const arabic_article = clitics.article || clitics.lam_article;
        bool const same_articles =
            (name.articles != 0) == latin_article && arabic_article == name.is(name_flag::arabic_article);
        return same_articles ? MatchKind::folded : MatchKind::article;
    }
    bool const one_division = may_be_divided(boundaries, expected, ~std::uint64_t{0});
    if (!one_division ||
        !may_be_divided(
            boundaries, expected,
            divisions(words.letters(stretch.begin, stretch.end).substr(clitics.length), expected, heads))) {
        return std::nullopt;
    }
    return MatchKind::joined;
}

} // namespace kharita::gazetteer
