#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gazetteer/letter_hash.hpp"
#include "gazetteer/name_key.hpp"

namespace kharita::gazetteer {

/// The sections of a compiled gazetteer by which names are found (index_format.hpp), as bytes.
struct NameSections {
    std::string names;
    std::string buckets;
    std::string filter;
    std::string heads;
    std::string spellings;
    std::string spelling_buckets;
    std::string spelling_filter;
    std::uint32_t longest = 0; ///< letters of the longest name
};

/// One name on its way into the sections.
struct NameEntry {
    std::uint64_t hash = 0; ///< of its letters
    std::uint64_t boundaries = 0;
    std::string_view letters; ///< views what outlives the making of the sections
    std::uint32_t text = 0;   ///< where in the details
    std::uint32_t place = 0;
    std::uint8_t flags = 0;
};

/// Orders the entries by hash, place, primary ones first, and text; then writes them.
NameSections make_name_sections(std::vector<NameEntry>& entries);

/// A directory (letter_hash.hpp) of entries whose hashes are given in order.
template <typename Hashes>
std::string make_buckets(Hashes const& hashes) {
    unsigned const bits = buckets::bits_for(hashes.size());
    std::string directory;
    directory.reserve(buckets::size_of(bits));
    std::size_t at = 0;
    for (std::size_t bucket = 0; bucket < (std::size_t{1} << bits); ++bucket) {
        while (at < hashes.size() && buckets::index_of(hashes[at], bits) < bucket) {
            ++at;
        }
        append_little(directory, static_cast<std::uint32_t>(at));
    }
    append_little(directory, static_cast<std::uint32_t>(hashes.size()));
    return directory;
}

} // namespace kharita::gazetteer
