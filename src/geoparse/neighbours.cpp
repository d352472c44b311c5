#include "geoparse/neighbours.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "geoparse/plane.hpp"

namespace kharita::geoparse {

namespace {

using gazetteer::FeatureClass;
using gazetteer::no_place;
using gazetteer::PlaceIndex;

// How far neighbours of each kind usually lie: their weight falls to a third.
constexpr double reach_of_list = 20000;
constexpr double reach_of_sentence = 40000;
constexpr double reach_of_document = 60000;

/// The two nearest members of a list.
struct Siblings {
    double first = 0;
    double second = 0;
    int count = 0;
    int countries = 0;

    void add(double value) {
        second = std::max(second, std::min(first, value));
        first = std::max(first, value);
        ++count;
    }

    /// Of a list of many, one that happens to lie near a homonym proves little.
    double weight() const {
        constexpr int many = 3;
        return count < many ? first : (first + second) / 2;
    }
};

} // namespace

bool is_wide(FeatureClass value) noexcept {
    return value == FeatureClass::country || value == FeatureClass::admin1 || value == FeatureClass::admin2 ||
           value == FeatureClass::admin3 || value == FeatureClass::region;
}

bool is_seat(Place const& place) noexcept {
    return place.feature == "BLDO";
}

bool is_well_known(Place const& at) noexcept {
    constexpr int well_known = 4;
    constexpr std::int64_t large = 100000;
    constexpr double wide = 20000;
    return at.prominence >= well_known || at.population >= large || at.uncertainty.value >= wide ||
           at.feature.starts_with("PPLC") || at.feature == "PPLA" || is_seat(at);
}

bool is_same_spot(gazetteer::Gazetteer const& gazetteer, PlaceIndex a, PlaceIndex b) {
    constexpr double same_spot = 5000;
    // A city and the province of its name, even where no table says that one lies in the other.
    Place const& first = gazetteer.place(a);
    Place const& second = gazetteer.place(b);
    double const apart = distance(first.at, second.at).value;
    bool const named_alike = first.country == second.country && first.name_ar == second.name_ar &&
                             (first.feature == "ADM1") != (second.feature == "ADM1");
    if (named_alike && apart < std::max(first.uncertainty.value, second.uncertainty.value) * 1.5) {
        return true;
    }
    return a == b || gazetteer.is_within(a, b) || gazetteer.is_within(b, a) || apart < same_spot;
}

NeighbourMap::NeighbourMap(Context const& context, std::span<Draft const> drafts)
    : m_context{context},
      m_drafts{drafts} {
    m_entries.reserve(drafts.size());
    for (Draft const& draft : drafts) {
        Entry entry;
        entry.sentence = context.text.sentence_of(draft.tokens.begin);
        entry.name = draft.span.of(context.text.source());
        entry.place = draft.place;
        if (draft.place != no_place) {
            entry.at = context.gazetteer.place(draft.place).at;
            constexpr double sea = 100000;
            Place const& place = context.gazetteer.place(draft.place);
            entry.wide = is_wide(context.gazetteer.feature_class_of(draft.place)) || is_seat(place) ||
                         place.uncertainty.value > sea;
        }
        m_entries.push_back(entry);
    }
}

Nearby NeighbourMap::nearby(std::size_t index, PlaceIndex candidate) const {
    Draft const& draft = m_drafts[index];
    Entry const& self = m_entries[index];
    Place const& place = m_context.gazetteer.place(candidate);
    double const own_extent =
        is_wide(m_context.gazetteer.feature_class_of(candidate)) ? place.uncertainty.value : 0.0;
    Nearby nearby;
    Siblings siblings;
    auto const [begin, end] = drafts_near(index, m_entries.size());
    for (std::size_t i = begin; i < end; ++i) {
        Entry const& other = m_entries[i];
        if (i == index || other.place == no_place || (draft.scope == i && draft.bond == Bond::stated)) {
            continue;
        }
        // City and governorate of one name share the bonus: which of them is meant, the setting decides.
        bool const named_before = i < index && self.name == other.name;
        bool const explained = draft.apposition == i || m_drafts[i].apposition == index;
        nearby.same_sense = nearby.same_sense || ((named_before || explained) &&
                                                  is_same_spot(m_context.gazetteer, other.place, candidate));
        bool const listed = m_drafts[i].list == draft.list;
        siblings.countries +=
            listed && m_context.gazetteer.feature_class_of(other.place) == FeatureClass::country;
        if (other.place == candidate || named_before || self.name == other.name || other.wide) {
            continue;
        }
        double const gap = std::max(0.0, distance(place.at, other.at).value - own_extent);
        nearby.to_document.value = std::min(nearby.to_document.value, gap);
        if (listed) {
            double const value = std::exp(-gap / reach_of_list);
            if (value > siblings.first) {
                nearby.nearest = m_context.gazetteer.place(other.place).name;
            }
            siblings.add(value);
            nearby.to_sentence.value = std::min(nearby.to_sentence.value, gap);
        } else if (other.sentence == self.sentence) {
            nearby.sentence = std::max(nearby.sentence, std::exp(-gap / reach_of_sentence));
            nearby.to_sentence.value = std::min(nearby.to_sentence.value, gap);
        } else {
            nearby.document = std::max(nearby.document, std::exp(-gap / reach_of_document));
        }
    }
    nearby.sibling = siblings.weight();
    nearby.among_countries = siblings.countries > 0 && siblings.count == 0;
    return nearby;
}

std::string_view NeighbourMap::country_before(std::size_t index) const {
    auto const& candidates = m_drafts[index].candidates;
    bool const several = std::ranges::any_of(candidates, [&](gazetteer::Candidate const& each) {
        return m_context.gazetteer.place(each.place).country !=
               m_context.gazetteer.place(candidates.front().place).country;
    });
    std::size_t const begin = several ? drafts_near(index, m_entries.size()).begin : index;
    for (std::size_t i = index; i-- > begin;) {
        Entry const& entry = m_entries[i];
        if (entry.place == no_place || entry.name == m_entries[index].name) {
            continue;
        }
        if (entry.sentence == m_entries[index].sentence) {
            return {};
        }
        Place const& place = m_context.gazetteer.place(entry.place);
        bool const general = entry.wide || place.feature == "PPLC";
        if (!place.country.empty() && (!general || m_drafts[i].setting.link == Link::in)) {
            return place.country;
        }
    }
    return {};
}

std::string_view NeighbourMap::main_country() const {
    std::unordered_map<std::string_view, int> counts;
    int most = 0;
    std::string_view country;
    constexpr int worth_of_place = 1000; // above any number of countries named
    for (Entry const& entry : m_entries) {
        if (entry.place == no_place) {
            continue;
        }
        Place const& place = m_context.gazetteer.place(entry.place);
        if (place.country.empty()) {
            continue; // a region of several
        }
        bool const general = is_seat(place) ||
                             m_context.gazetteer.feature_class_of(entry.place) == FeatureClass::country ||
                             place.feature == "PPLC";
        int const count = counts[place.country] += general ? 1 : worth_of_place;
        if (count > most || (count == most && place.country < country)) {
            most = count;
            country = place.country;
        }
    }
    constexpr int worth_following = 2; // one country named once is none that a text is about
    return most < worth_following ? std::string_view{} : country;
}

} // namespace kharita::geoparse
