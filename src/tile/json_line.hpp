#pragma once

#include <cstddef>
#include <string_view>

namespace kharita::tile {

/// The line, counted from 1, on which a value begins in a JSON document: `pointer` is its path (RFC 6901,
/// names without "~" and "/"), "/layers/0/minzoom" say. Where the path leads nowhere, the line of the last
/// value on it that is there. The document must be valid JSON.
std::size_t line_of(std::string_view json, std::string_view pointer) noexcept;

} // namespace kharita::tile
