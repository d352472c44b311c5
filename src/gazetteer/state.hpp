#pragma once

#include "gazetteer/gazetteer.hpp"
#include "gazetteer/index_image.hpp"
#include "gazetteer/name_table.hpp"
#include "gazetteer/place_store.hpp"
#include "gazetteer/spelling.hpp"

namespace kharita::gazetteer {

struct Gazetteer::State {
    explicit State(IndexImage opened)
        : image{std::move(opened)},
          places{image},
          names{image},
          spelling{image} {}

    IndexImage image; ///< what all others view
    PlaceStore places;
    NameTable names;
    SpellingIndex spelling;
};

} // namespace kharita::gazetteer
