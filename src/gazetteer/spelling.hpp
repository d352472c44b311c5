#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gazetteer/index_image.hpp"
#include "gazetteer/letter_hash.hpp"
#include "gazetteer/name_table.hpp"

namespace kharita::gazetteer {

/// What of a name's letters a misspelling keeps: doubled letters once, without the endings ة ه ا اء and "ah",
/// "eh", "a", "e". At least three letters remain.
std::string spelling_skeleton(std::string_view letters);

/// Whether one string becomes the other by at most one edit: a letter more, less, another, or two neighbours
/// exchanged; never at the first letter.
bool is_within_one_edit(std::string_view a, std::string_view b) noexcept;

/// Names by their skeleton, for finding misspelt ones.
class SpellingIndex {
public:
    /// The fewest letters a name must have, its article not counted. Among shorter names nearly any two are
    /// one edit apart.
    static constexpr std::size_t least_letters = 5;

    /// `image` must outlive it. Reads nothing yet.
    explicit SpellingIndex(IndexImage const& image) noexcept;

    /// Indexes of the names closest to `letters`, in order: with the same skeleton if there are such, else
    /// within one edit of it. None that differ in the first letter: misspellings rarely touch the first
    /// radical, and words that differ there are mostly other words (حسمين and قسمين).
    std::vector<std::uint32_t> find(std::string_view letters) const;

private:
    void add(std::string_view skeleton, HashFilter const& filter, std::vector<std::uint32_t>& names) const;
    void add_edited(std::string_view skeleton, HashFilter const& filter,
                    std::vector<std::uint32_t>& names) const;

    IndexImage const* m_image;
    NameTable m_names;
    HashDirectory m_directory;
};

} // namespace kharita::gazetteer
