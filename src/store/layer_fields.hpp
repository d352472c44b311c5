#pragma once

#include <span>
#include <string>
#include <string_view>

#include "store/features.hpp"

namespace kharita::store {

/// A property of a layer's features.
struct LayerField {
    enum class Kind { text, whole, real, truth };
    std::string_view name;
    Kind kind = Kind::text;
    std::string_view meaning; ///< for people: what it says, its unit, its source of codes
};

/// The properties of a layer's features, in their order.
std::span<LayerField const> fields_of(Layer layer) noexcept;

/// What a layer holds, in one sentence.
std::string_view meaning_of(Layer layer) noexcept;

/// The data dictionary: every layer and each of its fields, as Markdown.
std::string data_dictionary();

/// A text as a spreadsheet may have it: with an apostrophe before what it would take for a formula.
std::string spreadsheet_text(std::string_view text);

} // namespace kharita::store
