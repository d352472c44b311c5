#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

#include "geoparse/draft.hpp"

namespace kharita::geoparse {

/// Units, countries and regions: what holds other places.
bool is_wide(gazetteer::FeatureClass value) noexcept;

/// «البيت الأبيض»: a building that stands for a government, wherever the text is about.
bool is_seat(Place const& place) noexcept;

/// A large city or landscape needs no neighbours to be known by.
bool is_well_known(Place const& at) noexcept;

/// City, district and governorate of one name are one answer about where.
bool is_same_spot(gazetteer::Gazetteer const& gazetteer, gazetteer::PlaceIndex a, gazetteer::PlaceIndex b);

/// How a place lies to the other places of the text.
struct Nearby {
    double sibling = 0; ///< 1 at the place of a list member, falling with the distance to the nearest
    double sentence = 0;
    double document = 0;
    std::string_view nearest;     ///< name of the nearest list member
    bool same_sense = false;      ///< the text gave this place this name before
    bool among_countries = false; ///< the members of its list are countries
    /// To the nearest small place of the sentence, of the text; infinite where there is none.
    Metres to_sentence{std::numeric_limits<double>::infinity()};
    Metres to_document{std::numeric_limits<double>::infinity()};
};

/// How many drafts before and behind another can still be its neighbours: more than any report names, so that
/// what is no report (a megabyte of names) takes time in proportion to its length.
inline constexpr std::size_t neighbour_window = 256;

/// The drafts from `neighbour_window` before `index` to as many behind it, as a half open range.
struct DraftRange {
    std::size_t begin = 0;
    std::size_t end = 0;
};
constexpr DraftRange drafts_near(std::size_t index, std::size_t drafts) noexcept {
    return {index - std::min(index, neighbour_window), std::min(drafts, index + neighbour_window + 1)};
}

/// Where the places of a text lie, as the last round decided.
class NeighbourMap {
public:
    /// `context` and `drafts` must outlive it; places that change later are not seen.
    NeighbourMap(Context const& context, std::span<Draft const> drafts);

    /// Of a candidate for the draft `index`: how it lies to the drafts of drafts_near(index).
    Nearby nearby(std::size_t index, gazetteer::PlaceIndex candidate) const;

    /// The country in which most places of the text lie; where it names no place but countries and capitals,
    /// the one that it names most. Empty where it names none.
    std::string_view main_country() const;

    /// The country in which the last place before the draft `index` lies, where that stands in an earlier
    /// sentence («وفي بغداد …»); capitals and countries count behind «في» alone. Empty where nothing tells,
    /// and for a name that places of one country alone bear.
    std::string_view country_before(std::size_t index) const;

private:
    struct Entry {
        gazetteer::PlaceIndex place = gazetteer::no_place;
        LonLat at;
        std::size_t sentence = 0;
        std::string_view name; ///< as written
        bool wide = false;
    };

    Context const& m_context;
    std::span<Draft const> m_drafts;
    std::vector<Entry> m_entries; ///< one a draft
};

} // namespace kharita::geoparse
