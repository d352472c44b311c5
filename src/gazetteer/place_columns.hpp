#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace kharita::gazetteer::place_column {

/// The columns of a table of places (places/*.tsv, imports/*/places.tsv), in their order.
enum Column : std::size_t {
    id,            ///< one word, never changed
    name_ar,       ///< as the press writes it; may be empty
    name_en,       ///< likewise; not both
    aliases,       ///< other spellings, semicolons between
    feature,       ///< GeoNames feature code
    admin,         ///< id of the smallest admin unit that holds it
    lon,           ///< degrees, WGS 84
    lat,           ///< likewise
    uncertainty_m, ///< radius within which "in this place" can be
    population,    ///< empty where unknown
    prominence,    ///< 0 to 5: how often conflict reporting names it
    refs,          ///< ids in public sources, semicolons between
    column_count
};

inline constexpr std::array<std::string_view, column_count> column_names{
    "id",  "name_ar", "name_en",       "aliases",    "feature",    "admin",
    "lon", "lat",     "uncertainty_m", "population", "prominence", "refs"};

/// The first line of such a table, without its end.
inline std::string header() {
    std::string header;
    for (std::string_view const column : column_names) {
        header += header.empty() ? "" : "\t";
        header += column;
    }
    return header;
}

} // namespace kharita::gazetteer::place_column
