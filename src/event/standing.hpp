#pragma once

#include <cstddef>

#include "event/scene.hpp"

// Whether the word of a trigger tells a happening at all; included by event/'s source files alone.

namespace kharita::event {

/// How a trigger's word stands to what happened.
struct Standing {
    bool is_told = true;    ///< else it only names a thing, a topic, an occasion, a state, or is negated
    bool is_aim = false;    ///< named as what somebody means to do («لعقد محادثات»)
    bool is_future = false; ///< carried by a verb in the future («ستشن غارات»)
};

/// Reads it from the words before and behind, within the clause.
Standing standing_of(Scene const& scene, Word const& trigger);

/// Whether a noun only names a happening that is stopped, feared, investigated or told already, or says on
/// what occasion something else was.
bool is_named_only(Scene const& scene, Word const& trigger, Clause const& clause);

/// «المطلوب بجرائم خطف في عام 2014 وإطلاق نار»: whether a token stands among what somebody is wanted or
/// accused for, up to the next verb. Neither a happening nor a day of the news is told there.
bool is_of_crime(Scene const& scene, std::size_t token);

/// Words between two tokens, punctuation not counted.
std::size_t words_between(Scene const& scene, std::size_t begin, std::size_t end);

} // namespace kharita::event
