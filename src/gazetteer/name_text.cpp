#include "gazetteer/name_text.hpp"

#include <algorithm>

#include "gazetteer/compact_text.hpp"
#include "text/fold_table.hpp"
#include "text/folded_text.hpp"

namespace kharita::gazetteer {

namespace {

constexpr std::string_view compact_al{"\xA7\xC4", 2}; // U+0627, U+0644

/// Calls `letter(code)` for each letter of a name that is not odd and `gap(code)` for each sign between
/// letters; articles are passed over. Ends early when `letter` says false.
template <typename Letter, typename Gap>
void walk(NameText const& name, Letter const& letter, Gap const& gap) {
    auto const& codes = compact_codes();
    std::size_t const skip = name.is(name_flag::arabic_article) ? compact_al.size() : 0;
    for (std::size_t i = skip; i < name.compact.size();) {
        if (i < 64 && ((name.articles >> i) & 1U) != 0) {
            ++i;
            continue;
        }
        std::size_t length = 1;
        char code = codes[static_cast<unsigned char>(name.compact[i])];
        if (name.compact[i] == compact_escape) {
            auto const escaped = decode_compact(name.compact.substr(i));
            std::string_view const folded = text::folded_character(escaped.character);
            code = folded.size() == 1 ? folded[0] : '\0';
            length = escaped.length;
        }
        i += length;
        if (text::is_word(code)) {
            if (!letter(code)) {
                return;
            }
        } else if (code != '\0') {
            gap(code);
        }
    }
}

std::string walked_letters(NameText const& name) {
    std::string letters;
    letters.reserve(name.compact.size());
    walk(
        name,
        [&](char code) {
            letters.push_back(code);
            return true;
        },
        [](char) {});
    return letters;
}

/// Without tashkeel and whatever else vanishes when it is folded.
std::string without_marks(std::string_view utf8) {
    std::string rest;
    while (!utf8.empty()) {
        auto const [character, length] = text::decode(utf8);
        std::size_t const bytes = std::max<std::size_t>(length, 1);
        if (length == 0 || !text::folded_character(character).empty()) {
            rest += utf8.substr(0, bytes);
        }
        utf8.remove_prefix(bytes);
    }
    return rest;
}

/// Bytes of `compact` that belong to Latin articles: those whose letters the name's key leaves out.
std::uint64_t article_bytes(std::string_view compact, std::string_view utf8) {
    bool const latin = std::ranges::any_of(compact, [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == compact_escape;
    });
    if (!latin) {
        return 0;
    }
    text::TokenizedText const text{utf8};
    WordLetters const letters{text};
    std::uint64_t mask = 0;
    std::size_t at = 0;   // in compact
    std::size_t byte = 0; // in utf8
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const role = letters.role(i);
        if (role != WordLetters::Role::article && role != WordLetters::Role::loose_article) {
            continue;
        }
        Span const span = text.span(i, i + 1);
        while (at < compact.size() && byte < span.end) {
            std::size_t const length = decode_compact(compact.substr(at)).length;
            if (byte >= span.begin && at < 64) {
                mask |= ((std::uint64_t{1} << length) - 1) << at;
            }
            byte += from_compact(compact.substr(at, length)).size();
            at += length;
        }
    }
    return mask;
}

} // namespace

NameText NameText::read(ByteReader& details, std::uint8_t flags) noexcept {
    NameText name;
    std::uint64_t const head = details.varint();
    name.flags = static_cast<std::uint8_t>((flags & (0xFFU ^ name_flag::articles)) |
                                           ((head & 1U) != 0 ? name_flag::articles : 0U));
    name.compact = details.bytes(head >> 1U);
    name.readable_behind = details.left();
    if ((head & 1U) != 0) {
        name.articles = details.varint();
    }
    return name;
}

void NameText::append_to(std::string& details) const {
    bool const marked = is(name_flag::articles);
    append_varint(details, (compact.size() << 1U) | (marked ? 1U : 0U));
    details += compact;
    if (marked) {
        append_varint(details, articles);
    }
}

NameText describe_name(std::string_view compact, std::string_view utf8, NameKey const& key) {
    NameText name;
    name.compact = compact;
    name.articles = article_bytes(compact, utf8);
    name.flags = static_cast<std::uint8_t>(
        (key.acronym ? name_flag::acronym : 0U) | (name.articles != 0 ? name_flag::articles : 0U) |
        (key.arabic_article && compact.starts_with(compact_al) ? name_flag::arabic_article : 0U) |
        (key.boundaries != 0 ? name_flag::divided : 0U) |
        (compact.find(compact_escape) != std::string_view::npos ? name_flag::escaped : 0U));
    bool const as_walked = walked_letters(name) == key.letters && boundaries_of(name) == key.boundaries &&
                           key.plain == without_marks(utf8) && !key.spelled.starts_with(' ') &&
                           key.letters.size() < 64 &&
                           key.arabic_article == name.is(name_flag::arabic_article);
    if (!as_walked) {
        name.flags |= name_flag::odd;
    }
    return name;
}

bool has_letters(NameText const& name, std::string_view letters) {
    if (name.is(name_flag::odd)) {
        return name_key(from_compact(name.compact)).letters == letters;
    }
    std::size_t same = 0;
    bool equal = true;
    walk(
        name,
        [&](char code) {
            equal = same < letters.size() && letters[same] == code;
            ++same;
            return equal;
        },
        [](char) {});
    return equal && same == letters.size();
}

std::string letters_of(NameText const& name) {
    return name.is(name_flag::odd) ? name_key(from_compact(name.compact)).letters : walked_letters(name);
}

std::uint64_t boundaries_of(NameText const& name) noexcept {
    std::uint64_t boundaries = 0;
    std::size_t count = 0;
    bool gap = false;
    bool space = false;
    bool apostrophe = false;
    walk(
        name,
        [&](char) {
            if (gap && count > 0 && count < 64 && (space || !apostrophe)) {
                boundaries |= std::uint64_t{1} << count;
            }
            gap = space = apostrophe = false;
            ++count;
            return true;
        },
        [&](char code) {
            gap = true;
            space = space || code == ' ';
            apostrophe = code == '\'' || (apostrophe && code == ' ');
        });
    return boundaries;
}

} // namespace kharita::gazetteer
