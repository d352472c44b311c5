#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "event/actor_position.hpp"
#include "event/actors.hpp"
#include "event/draft.hpp"

// What find_actors() is made of; included by its source files alone.

namespace kharita::event {

/// Whether an ACLED inter code is of people under arms, rioters or protesters who are no state's.
inline bool is_rebel(int inter) {
    return inter >= 2 && inter <= 6;
}

/// ACLED's inter code of civilians.
inline constexpr int civilian_inter = 7;

/// Finds initiators and targets of drafts among the actors named.
class Participants {
public:
    Participants(Scene const& scene, std::vector<Draft>& drafts)
        : m_scene{scene},
          m_drafts{drafts},
          m_actors{find_actor_mentions(scene)} {}

    void find(std::size_t index);
    void share_planes() const;
    void share_claims() const;
    void share_blame() const;
    void share_bombing() const;
    void share_losers() const;
    void turn_sides() const;
    void part_protesters() const;

private:
    std::vector<std::size_t> actors_in(text::TokenRange range) const;
    void share_known(Draft& draft, std::size_t index) const;
    bool can_act(Draft const& draft, ActorMention const& actor) const;
    bool flies(Draft const& draft) const;
    bool is_fighter_added(std::size_t index) const;
    void take(std::vector<ActorRef>& to, std::size_t first) const;
    std::size_t owner_unnamed_before(Draft const& draft) const;
    bool set_agent(Draft& draft) const;
    bool set_sides_of_expulsion(Draft& draft) const;
    bool is_ambushed(Draft const& draft, ActorMention const& actor) const;
    bool is_aim_of(Draft const& draft, ActorMention const& actor) const;
    bool foils(Draft const& draft, ActorMention const& actor) const;
    bool set_subject(Draft& draft) const;
    bool commands_subject(Draft const& draft, ActorMention const& actor) const;
    bool set_subject_behind(Draft& draft) const;
    bool is_accused(std::size_t index) const;
    bool is_fought(Draft const& draft, std::size_t index) const;
    std::optional<std::size_t> subject_before(Draft& draft) const;
    bool names_fighters(Draft const& draft) const;
    std::optional<std::size_t> rebels_before(Draft const& draft) const;
    bool is_answered(Draft const& draft) const;
    std::optional<std::size_t> speaker_of(Draft const& draft) const;
    void part_partners(Draft& draft) const;
    bool are_allies(std::vector<ActorRef> const& side, ActorMention const& actor) const;
    bool is_aimed_at(Draft const& draft, ActorMention const& actor) const;
    bool is_loser(Draft const& draft, ActorMention const& actor) const;
    std::vector<std::size_t> named_between(Draft const& draft) const;
    bool set_sides(Draft& draft) const;
    bool set_both_sides(Draft& draft) const;
    bool set_partner(Draft& draft) const;
    void turn_partner(Draft& draft) const;
    std::optional<std::size_t> holder_of(text::TokenRange place) const;
    void set_holder(Draft& draft) const;
    bool has_unnamed_subject(Draft const& draft) const;
    void add_counted(Draft& draft, std::size_t first, text::TokenRange clause) const;
    void set_target(Draft& draft) const;
    bool set_target_by_outcome(Draft& draft) const;
    bool set_target_by_pronoun(Draft& draft) const;
    bool set_object(Draft& draft) const;
    bool set_sufferer(Draft& draft) const;
    bool can_be_object(Draft const& draft, ActorMention const& actor) const;
    bool is_object_before(Draft const& draft, std::size_t index) const;
    bool is_same_name(std::size_t a, std::size_t b) const;
    bool set_own_loss(Draft& draft) const;
    std::optional<std::size_t> blamed_by(Word const& word) const;
    std::optional<std::size_t> claimant_of(Word const& word) const;
    std::vector<Draft*> claimed_by(Word const& word) const;
    void set_bomber(Draft& draft) const;
    void name_protesters(Draft& draft) const;
    void set_disperser(Draft& draft) const;
    void fight_by_army(Draft& draft) const;
    void type_by_owner(Draft& draft) const;
    bool has_toll_before(std::size_t token) const;
    bool is_of_place_before(Draft const& draft) const;
    bool tells_of_antecedent(Draft const& draft) const;
    bool set_antecedent(Draft& draft) const;
    bool is_of_unknown_source(Draft const& draft) const;
    void part_from_abroad(Draft& draft) const;
    void inherit(Draft& draft, std::size_t index) const;

    Scene const& m_scene;
    std::vector<Draft>& m_drafts;
    std::vector<ActorMention> m_actors;
};

} // namespace kharita::event
