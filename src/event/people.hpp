#pragma once

#include <cstddef>
#include <optional>

#include "event/scene.hpp"
#include "model/event.hpp"

// What find_tolls() is made of; included by event/'s source files alone.

namespace kharita::event {

/// People counted at one place of a text.
struct People {
    Count count;
    bool is_countable = true;
    std::optional<Victim> who;
    std::size_t end = 0; ///< the token after them
    bool is_far = false; ///< between number and people stands another noun
};

/// A number with its noun, an amount, or a noun that counts itself, beginning at a token.
std::optional<People> people_at(Scene const& scene, std::size_t token);

/// Whether nothing that is counted for a word may stand beyond a token.
bool stops_count(Scene const& scene, std::size_t token);

} // namespace kharita::event
