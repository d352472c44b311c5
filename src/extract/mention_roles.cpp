#include "extract/mention_roles.hpp"

#include <algorithm>
#include <set>

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
        }
    }

    void run() {
        for (std::size_t i = 0; i < m_places.size(); ++i) {
            geoparse::Toponym& toponym = m_places[i];
            if (toponym.place == gazetteer::no_place) {
                continue;
            }
            Role& role = toponym.mention.role;
            bool const wide = is_wide(m_gazetteer.feature_class_of(toponym.place));
            if (is_scope_of_events(i, wide)) {
                role = Role::scope;
            } else if (wide && role == Role::scope && !toponym.binds && !frames_telling(i)) {
                role = Role::other;
            } else if (role == Role::other && is_event_place(i, wide)) {
                role = Role::event;
            }
        }
        join_ends();
    }

private:
    /// A unit or country that holds the places of what happened.
    bool is_scope_of_events(std::size_t place, bool wide) const {
        Role const role = m_places[place].mention.role;
        // «غارات في سوريا», of which the text names the towns.
        bool const country = role == Role::event &&
                             m_gazetteer.feature_class_of(m_places[place].place) == FeatureClass::country;
        bool const open = wide && role == Role::other &&
                          (m_told[place] || located_in_telling(place) || is_side_in_headline(place));
        return (country || open) && holds_event(place);
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
        return (known && in_headline(place)) ||
               (!wide && located_in_telling(place) && (known || m_told[place]));
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
            bool const there = i != place && (m_places[i].mention.role == Role::event || m_told[i]);
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
    std::set<std::size_t> m_telling; ///< sentences that tell of something
};

} // namespace

void settle_roles(text::TokenizedText const& text, gazetteer::Gazetteer const& gazetteer,
                  event::Coding const& coding, std::vector<geoparse::Toponym>& places) {
    RoleSettler{text, gazetteer, coding, places}.run();
}

} // namespace kharita::extract
