#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "event/people.hpp"
#include "event/tolls.hpp"

// What find_tolls() is made of; included by its source files alone.

namespace kharita::event {

/// Reads the tolls of a text, one word for the dead or hurt after the other.
class TollReader {
public:
    explicit TollReader(Scene const& scene) : m_scene{scene} {}

    std::vector<TollMention> read();

private:
    std::size_t before_aside(std::size_t end, std::size_t limit) const;
    std::optional<People> people_before(std::size_t end, std::size_t limit) const;
    void add_first_of(People& people, std::size_t begin, std::size_t limit) const;
    bool is_break(std::size_t token) const;
    std::optional<People> subject_before(std::size_t end, std::size_t limit) const;
    std::optional<People> people_met(std::size_t end, std::size_t limit) const;
    std::optional<People> met_before(Word const& word, std::size_t limit) const;
    std::optional<People> first_people(text::TokenRange range) const;
    std::size_t behind_source(std::size_t comma, std::size_t limit) const;
    std::size_t end_of_side(std::size_t end) const;
    std::size_t end_of_description(std::size_t end) const;
    std::size_t added_at(std::size_t end) const;
    void add_joined(People& people, Toll& toll) const;
    static void count_class(Toll& toll, People const& people);
    void read_subset(std::size_t token, std::size_t limit, Toll& toll) const;
    std::optional<People> people_of(Word const& word, text::TokenRange clause) const;
    std::optional<People> died_with_others(Word const& verb, std::size_t limit) const;
    bool is_said_of_one(Word const& verb, std::size_t limit) const;
    std::optional<Toll> toll_of(Word const& word, Effect effect, text::TokenRange clause);
    bool is_none(Word const& word, Effect effect, text::TokenRange clause) const;
    bool tells_total(std::size_t token, text::TokenRange clause) const;
    std::optional<People> risen_to(text::TokenRange range, text::TokenRange clause) const;
    bool is_counted_behind(Word const& word) const;
    void read_rise(Word const& update, std::vector<TollMention>& tolls);
    std::optional<People> all_before(Word const& word) const;
    std::optional<Toll> toll_of_people_noun(Word const& word, text::TokenRange clause);
    void read_elided(bool killed, bool gunfire, text::TokenRange clause, std::vector<TollMention>& tolls);

    std::optional<People> people_at(std::size_t token) const { return event::people_at(m_scene, token); }
    bool stops(std::size_t token) const { return stops_count(m_scene, token); }

    Scene const& m_scene;
    std::size_t m_used = 0; ///< tokens before it are spoken for
};

} // namespace kharita::event
