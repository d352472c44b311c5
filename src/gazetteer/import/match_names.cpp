#include "gazetteer/import/match_names.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "base/hash.hpp"
#include "base/tsv.hpp"
#include "gazetteer/name_key.hpp"
#include "gazetteer/spelling.hpp"
#include "text/folded_text.hpp"

namespace kharita::gazetteer {

namespace {

struct Digraph {
    std::string_view letters;
    char sound = ' ';
};
// Spellings of one Arabic consonant in the romanisations in use: English, French, UNGEGN.
constexpr std::array<Digraph, 10> digraphs{{{"sch", 's'},
                                            {"sh", 's'},
                                            {"ch", 's'},
                                            {"kh", 'k'},
                                            {"gh", 'g'},
                                            {"dh", 'd'},
                                            {"th", 't'},
                                            {"dj", 'j'},
                                            {"ph", 'f'},
                                            {"tz", 'z'}}};

char single_sound(char letter) noexcept {
    switch (letter) {
    case 'q':
    case 'c':
        return 'k';
    case 'v':
        return 'f';
    case 'p':
        return 'b';
    default:
        return letter;
    }
}

bool is_vowel(char letter) noexcept {
    return std::string_view{"aeiouyw"}.find(letter) != std::string_view::npos;
}

/// Words for the kind of a place that sources put before or after its name; folded.
constexpr std::array<std::string_view, 14> kinds_before{
    "governorate of", "province of", "district of", "city of", "محافظه", "منطقه",     "ناحيه",
    "مدينه",          "بلده",        "قريه",        "حي",      "قضاء",   "muhafazat", "nahiyat"};
constexpr std::array<std::string_view, 9> kinds_after{"governorate", "province",     "district",
                                                      "subdistrict", "sub district", "nahiya",
                                                      "city",        "village",      "town"};

std::string folded_utf8(std::string_view name) {
    std::string codes = text::fold_key(name);
    std::ranges::replace(codes, '-', ' ');
    return codes;
}

/// The name without the word for its kind.
std::optional<std::string> without_kind(std::string_view name) {
    std::string const codes = folded_utf8(name);
    for (std::string_view const kind : kinds_before) {
        std::string const word = text::fold_key(kind) + " ";
        if (codes.starts_with(word)) {
            return codes.substr(word.size());
        }
    }
    for (std::string_view const kind : kinds_after) {
        if (codes.ends_with(kind) && codes.size() > kind.size() + 1 &&
            codes[codes.size() - kind.size() - 1] == ' ') {
            return codes.substr(0, codes.size() - kind.size() - 1);
        }
    }
    return std::nullopt;
}

/// What spellings of one Arabic name have in common: each word without article, doubled letters, endings.
std::string arabic_sound(std::string_view name) {
    constexpr std::array<char, 2> article{text::code(U'ا'), text::code(U'ل')};
    std::string const codes = text::fold_key(name);
    std::string sound;
    for (std::string_view word : split(codes, ' ')) {
        if (word.size() >= 4 && word.starts_with(std::string_view{article.data(), article.size()})) {
            word.remove_prefix(2);
        }
        sound += spelling_skeleton(word);
    }
    return sound;
}

MatchName match_name(std::string_view name_text, std::string_view letters) {
    MatchName name;
    name.letters = xxh3(letters);
    name.arabic = std::ranges::any_of(letters, text::is_arabic);
    std::string const sound = name.arabic ? arabic_sound(name_text) : latin_sound(letters);
    if (sound.size() >= 3) {
        name.sound = xxh3(sound) ^ (name.arabic ? 1U : 0U);
    }
    return name;
}

} // namespace

std::string latin_sound(std::string_view letters) {
    std::string sound;
    for (std::size_t i = 0; i < letters.size();) {
        std::string_view const rest = letters.substr(i);
        auto const* const pair = std::ranges::find_if(
            digraphs, [&](Digraph const& each) { return rest.starts_with(each.letters); });
        char const next = pair != digraphs.end() ? pair->sound : single_sound(rest.front());
        i += pair != digraphs.end() ? pair->letters.size() : 1;
        bool const silent = is_vowel(next) || next == 'h';
        if (silent && !sound.empty()) {
            continue;
        }
        // One sign for any vowel that a name begins with: Idlib, Edleb.
        char const kept = is_vowel(next) ? 'a' : next;
        if (sound.empty() || sound.back() != kept) {
            sound.push_back(kept);
        }
    }
    return sound.size() < 3 ? std::string{} : sound;
}

std::vector<MatchName> match_names(std::string_view name) {
    std::vector<MatchName> all;
    std::string const letters = name_key(name).letters;
    if (letters.empty()) {
        return all;
    }
    all.push_back(match_name(name, letters));
    if (auto const rest = without_kind(name)) {
        std::string const short_name = text::to_utf8(*rest);
        if (std::string const short_letters = name_key(short_name).letters; !short_letters.empty()) {
            all.push_back(match_name(short_name, short_letters));
        }
    }
    return all;
}

} // namespace kharita::gazetteer
