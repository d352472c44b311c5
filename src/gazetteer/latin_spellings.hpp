#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace kharita::gazetteer {

/// How words of Arabic names are written in Latin letters: «تل» as "Tell", "Tall", "Tal" or "Tel".
///
/// Reports transliterate as they like. What is common to many names is stated once, in
/// gazetteer/latin_spellings.tsv, and the compiled gazetteer has a name for each way.
class LatinSpellings {
public:
    /// Of the folder that holds places/; none where it has no such file.
    /// Throws InputError with file and line for a malformed row.
    static LatinSpellings load(std::filesystem::path const& gazetteer);

    /// The file in that folder, for hashing; it need not exist.
    static std::filesystem::path file(std::filesystem::path const& gazetteer);

    /// Other ways to write a Latin name of a place, at most `most_ways`; none of a name in other letters. A
    /// word of it counts when `name_ar` holds the Arabic word that it stands for, with or without article:
    /// the "Han" of a Chinese name is no «خان».
    std::vector<std::string> other_ways(std::string_view name_ar, std::string_view latin) const;

    static constexpr std::size_t most_ways = 15;

private:
    struct Word {
        std::string arabic;             ///< folded
        std::vector<std::string> latin; ///< as they are written
        std::vector<std::string> keys;  ///< folded, of the same order
    };

    Word const* find(std::string_view latin_key, std::string_view name_ar_key) const;

    std::vector<Word> m_words;
};

} // namespace kharita::gazetteer
