#pragma once

#include "event/scene.hpp"
#include "event/sentence_signs.hpp"

namespace kharita::event {

/// Adds the signs of how a range tells a protest: what a crowd did in the perfect («تجمع مئات …», «وردد
/// المتظاهرون …»), a protest that came about («اندلعت مظاهرات»), and what goes with either. What is told in a
/// relative clause, in quotation marks or as a mere possibility does not count. Reads the lists protest_act,
/// crowd_act, crowd_voice, comes_about, protest_noun, protest_aim, protest_place, slogan, crowd,
/// crowd_member, protesters and materiel of words.tsv.
void read_protest_signs(Scene const& scene, text::TokenRange range, SignSet& signs);

} // namespace kharita::event
