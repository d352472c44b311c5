#pragma once

#include "event/scene.hpp"

// Nouns of happenings that name something else, or tell by the way what they only seem to name; included by
// event/'s source files alone.

namespace kharita::event {

/// «رد على الهجوم الذي استهدف … في X»: whether a relative clause behind the end of a noun tells what it names
/// with its place.
bool tells_itself(Scene const& scene, std::size_t end);

/// «مخيم احتجاج», «خيمة اعتصام»: a site that is called after what goes on there.
bool is_venue_of_protest(Scene const& scene, Word const& word);

/// «اجتماع اتفق على عقده»: a meeting that is agreed on is no agreement.
bool is_agreed_on(Scene const& scene, Word const& word);

/// «معركة "الفتح المبين"»: what a battle is called, not where one is fought.
bool is_called(Scene const& scene, Word const& word);

} // namespace kharita::event
