#pragma once

#include <string>
#include <string_view>

#include "event/actors.hpp"
#include "event/draft.hpp"

// What the words round an actor say of its part in what its clause tells.

namespace kharita::event {

/// What an actor is in a clause, by the words before it: `free` may be its subject.
enum class Position { free, object, agent, victim, supporter };

/// What stands before an actor says what it is: «مواقع لـX» an object, «من قبل X» an agent, «عنصرين من X»
/// victims.
Position position_of(Scene const& scene, ActorMention const& actor, text::TokenRange clause);

/// The word before an actor, quotation marks and what its people are called apart: «مع مسلحي "X"».
std::string_view word_leading(Scene const& scene, ActorMention const& actor);

/// «قتل عنصران من X وأربعة من Y»: of those whom «و» adds as a bare number. Where two fight, each killed the
/// other's.
bool is_counted_too(Scene const& scene, ActorMention const& actor, text::TokenRange clause);

/// «بتهمة الانتماء لداعش», "accused of links to ISIS": an actor that people are only suspected to belong to.
bool is_suspicion(Scene const& scene, ActorMention const& actor);

/// Whether an actor is only the source of a saying: "…, residents said".
bool speaks(Scene const& scene, ActorMention const& actor);

/// «قالت إنها قتلت …», "said it killed …": whether whoever speaks did what a verb tells.
bool is_own_deed(Scene const& scene, std::size_t verb);

/// What somebody announces before what a draft tells.
enum class Announced : std::uint8_t {
    deeds, ///< «أعلن الجيش مقتل عشرة مسلحين في قصف»: what he did, unless it is told of others
    deaths, ///< «أعلنت الوزارة مقتل مدنيين بغارة»: what others suffered
    losses, ///< «أعلن الجيش مقتل جنديين في قصف»: what his own side suffered
};

/// Reads it from the dead between the actor and the end of a range. Announced::deeds where he does not speak.
Announced announced_by(Scene const& scene, ActorMention const& actor, text::TokenRange before_deed);

/// «قالت الشرطة إن مسلحين أطلقوا النار»: who tells it of others, not of itself («إنها», «إن مقاتليه»).
bool is_source_of(Scene const& scene, ActorMention const& actor, Draft const& draft);

/// A state's forces and its government.
bool is_same_state(Scene const& scene, std::string const& a, std::string const& b);

/// «عثرت X على جثة»: who finds the dead has nothing to do with their death.
bool is_finder(Scene const& scene, ActorMention const& actor);

/// «حي تحت سيطرة X», «بتهمة التعامل مع X»: who is named so is not aimed at.
bool is_bystander(Scene const& scene, Draft const& draft, ActorMention const& actor);

/// By whose word a clause tells what it tells, as written: «بحسب المرصد», «بحسب ما ذكر المرصد». Empty
/// without.
std::string source_of(Scene const& scene, text::TokenRange clause);

} // namespace kharita::event
