#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace kharita {

/// xxh3() of all pieces as if they were one text.
std::uint64_t xxh3_of_pieces(std::span<std::string_view const> pieces);

} // namespace kharita
