#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "event/draft.hpp"

// What find_places() is made of, and what its kinds of places are to other parts of the search for events.

namespace kharita::event {

/// The fineness of settlements and all that is smaller.
constexpr int fineness_of_town = 4;

/// How finely a place is named, from 0 (a country) to 4 (a settlement or finer).
int fineness(geoparse::Toponym const& toponym);

/// Whether one place lies in another, which is a unit or country.
bool lies_in(geoparse::Toponym const& inner, geoparse::Toponym const& outer);

/// Finds the places of drafts, one draft after the other in text order.
class PlaceFinder {
public:
    PlaceFinder(Scene const& scene, std::vector<Draft>& drafts) : m_scene{scene}, m_drafts{drafts} {}

    void find(std::size_t index);

private:
    bool find_antecedent(Draft& draft, std::size_t index);
    void take_whole(Draft& draft) const;
    bool are_countries(std::vector<std::size_t> const& places) const;
    void prefer_places_before(Draft& draft) const;
    void name_towns_of_sites(Draft& draft) const;
    void prefer_places_of_outcome(Draft& draft, std::size_t index) const;
    bool can_be_argument(Draft const& draft, geoparse::Toponym const& toponym) const;
    std::vector<std::size_t> arguments_in(Draft const& draft, text::TokenRange range) const;
    bool is_of_suspicion(Draft const& draft, geoparse::Toponym const& toponym) const;
    bool is_home(geoparse::Toponym const& toponym) const;
    bool is_fired_from(text::TokenRange range, geoparse::Toponym const& toponym) const;
    bool is_companion(geoparse::Toponym const& toponym) const;
    bool names_pact(Draft const& draft, geoparse::Toponym const& toponym) const;
    bool is_abroad(geoparse::Toponym const& toponym) const;
    void drop_pacts(Draft const& draft, std::vector<std::size_t>& places) const;
    std::vector<std::size_t> places_told_next(Draft const& draft, std::size_t index) const;
    bool follows_at_once(std::size_t place, std::size_t next) const;
    bool is_chained(std::size_t first, std::size_t last, std::vector<std::size_t> const& all) const;
    bool leads_to_others(std::size_t coarse, std::vector<std::size_t> const& all) const;
    void drop_containers(std::vector<std::size_t>& places) const;
    void drop_behind_dash(std::vector<std::size_t>& places) const;
    void drop_elsewhere(std::vector<std::size_t>& places) const;
    bool holds(std::size_t outer, std::size_t inner) const;
    bool is_added_region(std::size_t region, std::vector<std::size_t> const& all) const;
    bool is_road_end(std::size_t place) const;
    bool are_far_apart(std::size_t a, std::size_t b) const;
    void drop_road_ends(Draft const& draft, std::vector<std::size_t>& places) const;
    void keep_finest(std::vector<std::size_t>& places) const;
    void keep_joined(std::vector<std::size_t>& places) const;
    bool is_joined(std::size_t earlier, std::size_t later) const;
    bool is_added(geoparse::Toponym const& toponym, std::size_t after) const;
    bool is_landmark(std::size_t place) const;
    bool is_bearing(geoparse::Toponym const& toponym) const;
    bool is_same(std::size_t a, std::size_t b) const;
    bool is_end_of(std::size_t stretch, std::size_t place) const;
    bool is_led_by(std::size_t place, std::string_view word) const;
    std::vector<std::size_t> places_of_circumstance(Draft const& draft) const;
    bool points_at_object(Draft const& draft) const;
    std::optional<std::size_t> place_taken_before(Draft const& draft, std::size_t index) const;
    bool has_owner(Draft const& draft) const;
    bool has_unknown_setting(Draft const& draft) const;
    bool claims(Draft const& draft) const;
    bool has_target_of_its_own(std::size_t earlier, std::size_t later) const;
    bool is_placed(std::size_t place) const;
    bool is_gapped(Word const& weapon) const;
    bool is_resumed(std::size_t earlier, std::size_t later) const;
    void add_resumed(Draft& draft, std::size_t index) const;
    std::vector<std::size_t> places_of_heading(Draft const& draft) const;
    std::vector<std::size_t> places_of_time(Draft& draft, std::size_t index) const;
    std::vector<std::size_t> scopes_in(text::TokenRange range) const;
    bool is_of_time(Draft const& draft, std::size_t place) const;
    std::size_t inmost_of(Draft const& draft, std::size_t unit, std::size_t first) const;
    bool is_seat_of_power(std::size_t place) const;
    void reach_behind_relative(Draft& draft) const;
    std::optional<std::size_t> place_before(Draft const& draft, std::size_t first, int least = 1) const;
    std::optional<std::size_t> town_around(std::size_t quarter, Draft const& draft) const;
    std::optional<std::size_t> site_meant(Draft const& draft) const;
    std::optional<std::size_t> place_meant(Draft const& draft) const;
    std::vector<std::size_t> country_before(Draft& draft, std::size_t first) const;
    std::vector<std::size_t> beside_of(Draft const& draft, std::size_t index, std::size_t place) const;
    std::vector<std::size_t> places_beside_retold(Draft const& draft, std::size_t index) const;
    std::vector<std::size_t> places_of_clash(Draft const& draft, std::size_t index) const;
    bool is_explained(Draft const& draft) const;
    std::optional<std::size_t> goal_explained(Draft const& draft) const;
    std::vector<std::size_t> all_listed_with(std::size_t place) const;
    bool is_pair_word(std::size_t token) const;
    bool is_group_word(std::size_t token) const;
    bool names_pair(Draft const& draft) const;
    bool names_known_place(Draft const& draft) const;
    std::vector<std::size_t> both_of(Draft const& draft, std::size_t place) const;
    bool is_doer(Draft const& draft, std::size_t place) const;
    std::optional<std::size_t> place_told_last(Draft const& draft) const;
    std::optional<std::size_t> most_named(text::TokenRange range, Draft const& draft) const;
    bool is_told_apart(Draft const& draft) const;
    bool is_retold(Draft const& draft, std::size_t index) const;
    bool is_known(Draft const& draft) const;
    void keep_venues(Draft& draft) const;
    bool may_speak(geoparse::Toponym const& toponym) const;
    bool is_of_saying(geoparse::Toponym const& toponym) const;
    std::vector<std::size_t> antecedent_of(Draft const& draft) const;
    text::TokenRange after_other_subjects(Draft const& draft) const;
    bool inherit_named(Draft& draft, std::size_t index, bool points_back) const;
    void inherit_antecedent(Draft& draft, bool points_back) const;
    void inherit_from_sentence(Draft& draft, std::size_t index) const;
    void inherit(Draft& draft, std::size_t index);

    TriggerClass const& type_of(Draft const& draft) const { return m_scene.lexicon().classes()[draft.type]; }

    Scene const& m_scene;
    std::vector<Draft>& m_drafts;
};

} // namespace kharita::event
