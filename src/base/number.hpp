#pragma once

#include <charconv>
#include <cmath>
#include <concepts>
#include <optional>
#include <string_view>
#include <system_error>

namespace kharita {

/// The number that is the whole of `text`, in the C locale and without blanks or a plus sign; nothing where
/// it is none, lies outside the type, or is "inf" or "nan", which std::from_chars takes for numbers.
template <typename Number>
    requires std::integral<Number> || std::floating_point<Number>
std::optional<Number> parse_number(std::string_view text) noexcept {
    Number value{};
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) {
        return std::nullopt;
    }
    if constexpr (std::floating_point<Number>) {
        if (!std::isfinite(value)) {
            return std::nullopt;
        }
    }
    return value;
}

} // namespace kharita
