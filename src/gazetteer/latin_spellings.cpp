#include "gazetteer/latin_spellings.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/tsv.hpp"
#include "text/folded_text.hpp"

namespace kharita::gazetteer {

namespace {

/// Whether a word stands in a folded name by itself or behind an article.
bool holds_word(std::string_view name, std::string_view word) {
    static std::string const article = text::fold_key("ال");
    return std::ranges::any_of(split(name, ' '), [&](std::string_view each) {
        return each == word || (each.starts_with(article) && each.substr(article.size()) == word);
    });
}

/// Begin and end of each word of a Latin name; hyphens divide, apostrophes do not.
std::vector<std::pair<std::size_t, std::size_t>> latin_words(std::string_view name) {
    std::vector<std::pair<std::size_t, std::size_t>> words;
    std::size_t begin = 0;
    while (begin < name.size()) {
        std::size_t const end = std::min(name.find_first_of(" -", begin), name.size());
        if (end > begin) {
            words.emplace_back(begin, end);
        }
        begin = end + 1;
    }
    return words;
}

} // namespace

std::filesystem::path LatinSpellings::file(std::filesystem::path const& gazetteer) {
    return gazetteer / "latin_spellings.tsv";
}

LatinSpellings LatinSpellings::load(std::filesystem::path const& gazetteer) {
    LatinSpellings spellings;
    if (!std::filesystem::exists(file(gazetteer))) {
        return spellings;
    }
    Tsv const table{file(gazetteer), {"arabic", "latin"}};
    spellings.m_words.reserve(table.size());
    for (std::size_t row = 0; row < table.size(); ++row) {
        Word word{.arabic = text::fold_key(table.cell(row, 0)), .latin = {}, .keys = {}};
        for (std::string_view const way : table.list(row, 1)) {
            word.latin.emplace_back(way);
            word.keys.push_back(text::fold_key(way));
        }
        if (word.arabic.empty() || word.latin.size() < 2) {
            fail<InputError>("{}: expected an Arabic word and two ways or more to write it, with ; between",
                             table.where(row));
        }
        spellings.m_words.push_back(std::move(word));
    }
    return spellings;
}

LatinSpellings::Word const* LatinSpellings::find(std::string_view latin_key,
                                                 std::string_view name_ar_key) const {
    auto const found = std::ranges::find_if(m_words, [&](Word const& word) {
        return std::ranges::find(word.keys, latin_key) != word.keys.end() &&
               holds_word(name_ar_key, word.arabic);
    });
    return found == m_words.end() ? nullptr : &*found;
}

std::vector<std::string> LatinSpellings::other_ways(std::string_view name_ar, std::string_view latin) const {
    std::vector<std::string> ways;
    if (m_words.empty() || name_ar.empty() || latin.empty()) {
        return ways;
    }
    std::string const arabic = text::fold_key(name_ar);
    std::vector<std::string> names{std::string{latin}};
    auto words = latin_words(latin);
    std::ranges::reverse(words); // from the last, so that what is put in does not move the others
    for (auto const& [begin, end] : words) {
        std::string const key = text::fold_key(latin.substr(begin, end - begin));
        Word const* const word = find(key, arabic);
        for (std::size_t i = 0, known = names.size(); word != nullptr && i < known; ++i) {
            for (std::size_t way = 0; way < word->latin.size(); ++way) {
                if (word->keys[way] != key) {
                    names.push_back(std::string{names[i]}.replace(begin, end - begin, word->latin[way]));
                }
            }
        }
    }
    names.erase(names.begin());
    names.resize(std::min(names.size(), most_ways));
    return names;
}

} // namespace kharita::gazetteer
