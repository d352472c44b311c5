#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "event/draft.hpp"

namespace kharita::event {

/// One draft at one of its places.
struct Happening {
    std::size_t draft = 0;            ///< index into the drafts
    std::optional<std::size_t> place; ///< index into Scene::places()
};

/// The happenings that a document tells, each once, in text order.
///
/// What is told again (a headline and its body, a repeated paragraph, a recapitulation) is told once, by its
/// first telling: same type, place and day. An area of which the text names the very places («ريف إدلب», then
/// the villages) gives way to them. A draft without place speaks of what was told before it: it adds nothing
/// but the toll that its antecedent lacks. Tolls move with the drafts they are moved to.
std::vector<Happening> merge_tellings(Scene const& scene, std::vector<Draft>& drafts);

} // namespace kharita::event
