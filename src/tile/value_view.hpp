#pragma once

#include <cstdint>
#include <string_view>
#include <variant>

#include "model/feature.hpp"

namespace kharita::tile {

/// An attribute value as it is read; text is a view of the reader's.
using ValueView = std::variant<std::monostate, bool, std::int64_t, double, std::string_view>;

inline ValueView view_of(Value const& value) {
    return std::visit([](auto const& each) { return ValueView{each}; }, value);
}

} // namespace kharita::tile
