#pragma once

#include <optional>
#include <vector>

#include "event/draft.hpp"
#include "event/merge.hpp"

// What merge_tellings() is made of.

namespace kharita::event {

/// Joins the tellings of one happening, in text order, and then drops those that others take in.
class Merger {
public:
    Merger(Scene const& scene, std::vector<Draft>& drafts) : m_scene{scene}, m_drafts{drafts} {}

    std::vector<Happening> merge();

private:
    bool is_same_place(std::optional<std::size_t> a, std::optional<std::size_t> b) const;
    bool holds(Happening const& area, Happening const& other) const;
    bool is_city_of(Happening const& area, Happening const& other) const;
    bool may_be_same_day(Draft const& a, Draft const& b) const;
    bool may_be_same(Draft const& a, Draft const& b) const;
    static void give_toll(Draft const& from, Draft& to);
    /// Fills in the sides that the first telling leaves out.
    void join_sides(Draft const& again, Draft& first) const;
    bool is_told_with(Draft const& before, Draft const& behind) const;
    void join(Draft const& again, Draft& first);
    /// Whether any other telling takes a draft in; those that do know its sides where no deed of
    /// others is told between.
    template <typename TakesIn>
    bool is_taken_in(Draft const& draft, std::vector<Happening> const& all, TakesIn takes_in) {
        bool is_any = false;
        for (Happening const& other : all) {
            if (!takes_in(other)) {
                continue;
            }
            if (is_told_with(draft, m_drafts[other.draft])) {
                join_sides(draft, m_drafts[other.draft]);
            }
            is_any = true;
        }
        return is_any;
    }
    bool is_called_by_place(Draft const& draft) const;
    bool is_named_loosely(Draft const& attack, Draft const& named) const;
    bool join_loosely_named(Happening const& happening);
    void name_loose_attacks();
    void add(Happening const& happening);
    void settle_placeless(std::size_t index);
    bool may_speak_of(Draft const& draft, Draft const& antecedent) const;
    bool begins_anew(Draft const& draft) const;
    void give_headline_tolls();
    void drop_loose_headlines();
    void give_to_neighbour(std::size_t index);
    std::size_t sentence_of(Draft const& draft) const { return m_scene.clauses()[draft.clause].sentence; }
    bool sums_up(Happening const& area, std::vector<Happening> const& all) const;
    bool is_split_area(Happening const& area) const;
    void drop_areas();
    void drop_headline_areas();
    void drop_far_headlines();
    void drop_repulses();
    void drop_withdrawals_of_takeovers();
    void drop_battles_of_takeovers();

    Scene const& m_scene;
    std::vector<Draft>& m_drafts;
    std::vector<Happening> m_kept;
};

} // namespace kharita::event
