#include "extract/mention_roles.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace kharita::extract {

namespace {

using gazetteer::FeatureClass;
using gazetteer::PlaceIndex;

/// Units, countries and regions: what can hold the place of an event.
bool is_wide(FeatureClass value) {
    return value == FeatureClass::country || value == FeatureClass::admin1 || value == FeatureClass::admin2 ||
           value == FeatureClass::admin3 || value == FeatureClass::region;
}

/// Settles the roles of one document.
class RoleSettler {
public:
    RoleSettler(text::TokenizedText const& text, gazetteer::Gazetteer const& gazetteer,
                event::Coding const& coding, std::vector<geoparse::Toponym>& places)
        : m_text{text},
          m_gazetteer{gazetteer},
          m_places{places},
          m_told(places.size()) {
        for (std::size_t const place : coding.told) {
            m_told[place] = true;
        }
        for (std::size_t i = 0; i < places.size(); ++i) {
            bool const happened = places[i].mention.role == Role::event;
            if (happened && places[i].place != gazetteer::no_place) {
                m_happened_at.insert(places[i].place);
            }
            if (happened || m_told[i]) {
                m_telling.insert(sentence_of(i));
            }
            if (places[i].is_told_of && is_small(i)) {
                m_also_at.insert({sentence_of(i), places[i].place});
            }
        }
    }

    void run() {
        for (std::size_t i = 0; i < m_places.size(); ++i) {
            geoparse::Toponym& toponym = m_places[i];
            Role& role = toponym.mention.role;
            if (toponym.place == gazetteer::no_place) {
                role = role == Role::other && toponym.is_told_of ? Role::event : role;
                continue;
            }
            bool const wide = is_wide(m_gazetteer.feature_class_of(toponym.place));
            if (is_scope_of_events(i, wide)) {
                role = Role::scope;
            } else if (wide && role == Role::scope && !toponym.binds && !frames_telling(i)) {
                role = Role::other;
            } else if (role == Role::other && (is_event_place(i, wide) || is_told_of(i, wide))) {
                role = Role::event;
            }
        }
        join_ends();
        join_countries();
        bind_by_borders();
    }

private:
    /// A unit or country that holds the places of what happened.
    bool is_scope_of_events(std::size_t place, bool wide) const {
        Role const role = m_places[place].mention.role;
        // «غارات في سوريا», of which the text names the towns.
        bool const country = role == Role::event &&
                             m_gazetteer.feature_class_of(m_places[place].place) == FeatureClass::country;
        bool const told = is_told_of(place, wide) || (m_places[place].is_told_of && in_headline(place));
        bool const open = wide && role == Role::other &&
                          (m_told[place] || told || located_in_telling(place) || is_side_in_headline(place));
        return ((country || open) && holds_event(place)) ||
               (wide && role == Role::other && frames_more(place));
    }

    /// «وفي ريف حماة، لقي رجل حتفه في X»: a province that holds what its own sentence tells of no coded kind.
    bool frames_more(std::size_t place) const {
        return m_places[place].is_located && !is_country(place) &&
               std::any_of(m_also_at.begin(), m_also_at.end(), [&](auto const& each) {
                   return each.first == sentence_of(place) &&
                          m_gazetteer.is_within(each.second, m_places[place].place);
               });
    }

    /// «بين X وY», «طريق X - Y»: what happened there happened at neither end alone.
    void join_ends() {
        for (std::size_t i = 1; i < m_places.size(); ++i) {
            Mention& first = m_places[i - 1].mention;
            Mention& second = m_places[i].mention;
            bool const places = is_small(i - 1) && is_small(i);
            bool const stretch = places && first.relation && second.relation &&
                                 first.relation->of.size() > 1 && first.relation->of == second.relation->of;
            if (stretch && first.role == Role::event && second.role == Role::other) {
                second.role = Role::event;
            } else if (stretch && second.role == Role::event && first.role == Role::other) {
                first.role = Role::event;
            }
        }
    }

    /// «غارات في سوريا والعراق»: of countries in one list, one that holds places of events makes scopes of
    /// all.
    void join_countries() {
        for (std::size_t i = 0; i < m_places.size(); ++i) {
            for (std::size_t j = i + 1; j < m_places.size() && m_places[j].list == m_places[i].list; ++j) {
                Role& first = m_places[i].mention.role;
                Role& second = m_places[j].mention.role;
                bool const pair = is_country(i) && is_country(j);
                if (pair && first == Role::scope && second == Role::event) {
                    second = Role::scope;
                } else if (pair && first == Role::event && second == Role::scope) {
                    first = Role::scope;
                }
            }
        }
    }

    /// «في بلدة X على الحدود مع سوريا»: the country behind the border says where X is.
    void bind_by_borders() {
        constexpr std::size_t reach = 8; // «(جنوب شرق) على الحدود مع»
        for (std::size_t i = 1; i < m_places.size(); ++i) {
            geoparse::Toponym const& before = m_places[i - 1];
            geoparse::Toponym& country = m_places[i];
            bool const near =
                country.tokens.begin - before.tokens.end <= reach && sentence_of(i) == sentence_of(i - 1);
            if (is_country(i) && country.mention.role == Role::other && near &&
                before.mention.role == Role::event && country.follows_border) {
                country.mention.role = Role::scope;
            }
        }
    }

    bool is_country(std::size_t place) const {
        return m_places[place].place != gazetteer::no_place &&
               m_gazetteer.feature_class_of(m_places[place].place) == FeatureClass::country;
    }

    bool is_small(std::size_t place) const {
        return m_places[place].place != gazetteer::no_place &&
               !is_wide(m_gazetteer.feature_class_of(m_places[place].place));
    }

    std::size_t sentence_of(std::size_t place) const {
        return m_text.sentence_of(m_places[place].tokens.begin);
    }

    /// Named in the headline as the place of an event, or where something happens in a sentence that tells of
    /// it.
    bool is_event_place(std::size_t place, bool wide) const {
        bool const known = m_happened_at.contains(m_places[place].place);
        return (known && in_headline(place)) || (!wide && located_in_telling(place) &&
                                                 ((known && m_places[place].is_introduced) || m_told[place]));
    }

    /// Something happened there that is of no kind to be coded; of a country, too little is said by that.
    bool is_told_of(std::size_t place, bool wide) const {
        auto const value = m_gazetteer.feature_class_of(m_places[place].place);
        return m_places[place].is_told_of &&
               (!wide || (value != FeatureClass::country && value != FeatureClass::region));
    }

    /// In the first line, where that is a headline: «قتلى بـX».
    bool in_headline(std::size_t place) const {
        auto const lines = m_text.paragraphs();
        return m_places[place].is_located && lines.size() > 1 &&
               lines.front().contains(m_places[place].tokens.begin);
    }

    /// «قتلى بريف X» above the names of its villages.
    bool is_side_in_headline(std::size_t place) const {
        auto const& relation = m_places[place].mention.relation;
        return relation && relation->kind == Relation::Kind::part && in_headline(place);
    }

    bool located_in_telling(std::size_t place) const {
        return m_places[place].is_located && m_telling.contains(sentence_of(place));
    }

    /// Something happened at a smaller place inside it.
    bool holds_event(std::size_t place) const {
        PlaceIndex const outer = m_places[place].place;
        return std::any_of(m_happened_at.begin(), m_happened_at.end(), [&](PlaceIndex inner) {
            return inner != outer && m_gazetteer.is_within(inner, outer);
        });
    }

    /// Something happened inside it in the same sentence.
    bool frames_telling(std::size_t place) const {
        auto const sentence = sentence_of(place);
        for (std::size_t i = 0; i < m_places.size(); ++i) {
            bool const there = i != place && (m_places[i].mention.role == Role::event || m_told[i] ||
                                              (m_places[i].is_told_of && is_small(i)));
            if (there && sentence_of(i) == sentence &&
                (m_places[i].place == gazetteer::no_place ||
                 m_gazetteer.is_within(m_places[i].place, m_places[place].place))) {
                return true;
            }
        }
        return false;
    }

    text::TokenizedText const& m_text;
    gazetteer::Gazetteer const& m_gazetteer;
    std::vector<geoparse::Toponym>& m_places;
    std::vector<bool> m_told;
    std::set<PlaceIndex> m_happened_at;
    std::set<std::size_t> m_telling;                        ///< sentences that tell of something
    std::set<std::pair<std::size_t, PlaceIndex>> m_also_at; ///< sentences, and places told of in other words
};

} // namespace

void settle_roles(text::TokenizedText const& text, gazetteer::Gazetteer const& gazetteer,
                  event::Coding const& coding, std::vector<geoparse::Toponym>& places) {
    RoleSettler{text, gazetteer, coding, places}.run();
}

} // namespace kharita::extract
