#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kharita::geo {

/// JSON with the numbers in it that our parser refuses written so that it takes them: whole numbers beyond 64
/// bits with a decimal point, numbers beyond a double as null; so NaN and Infinity, which are no JSON but
/// which some programs write. Nothing where there is no such number.
std::optional<std::string> with_readable_numbers(std::string_view json);

} // namespace kharita::geo
