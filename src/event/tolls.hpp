#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "event/scene.hpp"
#include "model/event.hpp"

namespace kharita::event {

/// People that a text says were killed or injured, at one place of it.
struct TollMention {
    bool killed = true;       ///< else injured
    std::optional<Toll> toll; ///< empty where no number can be made of it («عدد من القتلى»)
    std::size_t token = 0;    ///< of the word that says so
    bool has_gunfire = false; ///< its clause names firearms
    bool is_update = false; ///< a later number for what was told («ارتفعت الحصيلة إلى …»)
    bool leads = false; ///< its verb is left out, and what they died of follows («وأربعة في غارة على …»)
    bool is_total =
        false; ///< all of them until then («ارتفع عدد القتلى إلى …»), others of its clause among them
};

/// All tolls of a text in order: digits, number words, duals, single people, «بينهم» as a part of the number
/// before, «دون إصابات» as none; a later toll («ارتفاع حصيلة القتلى إلى 7») reads as its number.
std::vector<TollMention> find_tolls(Scene const& scene);

} // namespace kharita::event
