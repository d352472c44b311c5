#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "tile/feature_columns.hpp"
#include "tile/tileset_config.hpp"

namespace kharita::tile {

/// A type as MBTiles 1.3 names it: "String", "Number", "Boolean".
std::string_view type_name(AttributeConfig::Type type) noexcept;

/// The type that a value has by itself; nothing for null.
std::optional<AttributeConfig::Type> type_of(ValueView const& value) noexcept;

/// A value as text; numbers in the shortest form that reads back the same. The value is not null.
std::string as_text(ValueView const& value);

/// A value as the type its attribute has in the whole layer; null where it cannot be.
Value converted(ValueView const& value, AttributeConfig::Type type);

} // namespace kharita::tile
