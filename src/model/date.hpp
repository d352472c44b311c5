#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace kharita {

/// A day of the proleptic Gregorian calendar, without time of day or zone.
using Date = std::chrono::sys_days;

/// Reads `YYYY-MM-DD`, optionally followed by `T…` (an ISO 8601 time, which is ignored); nothing when it is
/// no real day.
std::optional<Date> parse_date(std::string_view text) noexcept;

/// Writes `YYYY-MM-DD`.
std::string to_string(Date date);

} // namespace kharita
