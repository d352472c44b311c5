#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "event/actors.hpp"
#include "event/draft.hpp"
#include "event/tolls.hpp"

namespace kharita::event {

/// What a sentence holds that speaks for or against its telling an assault or a protest. Each is a yes or no
/// read from the vocabulary and from drafts; schemas/event/sentence_weights.tsv says what each means and
/// weighs.
enum class Sign : std::size_t {
    bias,
    // Drafts of assaults that came to pass or failed.
    assault,
    assault_verb,
    assault_imperfect,
    assault_indefinite,
    assault_definite,
    assault_twice,
    assault_undone,
    assault_unused,
    bombing,
    bomb_blast,
    suicide,
    fighting,
    storming,
    killing,
    taking_people,
    destroying,
    beating,
    opens_with_assault,
    known_assault,
    assault_carried,
    assault_suffered,
    assault_as_time,
    assault_aside,
    assault_with_toll,
    assault_dated,
    assault_placed,
    assault_happens,
    assault_armed,
    people_attacked,
    // The dead, the injured, and who killed them.
    killed_counted,
    injured_counted,
    nobody_hurt,
    casualty_verb,
    casualty_noun,
    killed_by_somebody,
    killed_by_gun,
    outcome,
    // Who and with what.
    weapon_heavy,
    weapon_air,
    weapon_explosive,
    weapon_gun,
    armed_people,
    armed_actor,
    unknown_actor,
    civilians,
    people_counted,
    by_agent,
    // When and where.
    dated_day,
    dated_long_ago,
    place,
    place_near,
    surroundings,
    site,
    part_of_day,
    witness,
    // How it is said.
    says,
    according,
    maybe,
    habit,
    plan,
    threat,
    denial,
    negation,
    failure,
    purpose,
    comment,
    judged,
    suspected,
    parley,
    called_for,
    asks,
    short_sentence,
    long_sentence,
    // Protests.
    protest,
    protest_verb,
    protest_indefinite,
    protest_definite,
    protesters,
    protesters_act,
    protest_happens,
    dispersed,
    crowd_gathers,
    crowd,
    gathering,
    chanting,
    in_street,
    // How a protest is told; see read_protest_signs().
    protest_told,
    protest_act,
    protest_act_by_crowd,
    crowd_acts,
    protest_comes_about,
    protest_told_twice,
    opens_with_protest,
    protest_aim,
    protest_place,
    slogans,
    protest_told_with_aim,
    protest_told_with_place,
    protest_told_with_slogans,
    crowd_speaks,
    protest_by_new_crowd,
    protest_by_known_crowd,
    protest_placed,
    protest_dated,
    count_of_signs,
};

inline constexpr std::size_t sign_count = static_cast<std::size_t>(Sign::count_of_signs);
using SignSet = std::bitset<sign_count>;

/// Name of a sign as the table of weights writes it.
std::string_view name_of(Sign sign) noexcept;
/// The sign of a name; count_of_signs where none is called so.
Sign sign_named(std::string_view name) noexcept;

/// Reads the signs of sentences. What it reads of the whole text it reads once, when first asked.
class SignFinder {
public:
    /// `drafts` are those that find_drafts() gave and find_modality() judged. Both must outlive it.
    SignFinder(Scene const& scene, std::span<Draft const> drafts) : m_scene{scene}, m_drafts{drafts} {}

    /// The signs in a range of the text, a sentence as a rule.
    SignSet in(text::TokenRange range);

private:
    Scene const& m_scene;
    std::span<Draft const> m_drafts;
    std::optional<std::vector<TollMention>> m_tolls;
    std::optional<std::vector<ActorMention>> m_actors;
};

} // namespace kharita::event
