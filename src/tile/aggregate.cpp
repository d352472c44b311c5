#include "tile/aggregate.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string_view>
#include <variant>

#include "model/date.hpp"

namespace kharita::tile {

namespace {

/// The day with which a text begins.
std::optional<double> day_of(std::string_view text) noexcept {
    constexpr std::size_t length = 10; // YYYY-MM-DD
    auto const date = parse_date(text.substr(0, length));
    return date ? std::optional{static_cast<double>(date->time_since_epoch().count())} : std::nullopt;
}

} // namespace

void Aggregate::add(Aggregate const& other) noexcept {
    if (!known) {
        *this = other;
    } else if (other.known) {
        switch (kind) {
        case AggregateKind::least:
            total = std::min(total, other.total);
            break;
        case AggregateKind::most:
            total = std::max(total, other.total);
            break;
        default:
            total = std::clamp(total + other.total, std::numeric_limits<double>::lowest(),
                               std::numeric_limits<double>::max());
        }
        whole = whole && other.whole;
    }
}

Value Aggregate::value() const {
    if (!known) {
        return {};
    }
    constexpr double too_large = 0x1p63;
    if (whole && total >= -too_large && total < too_large) {
        return static_cast<std::int64_t>(total);
    }
    return total;
}

Aggregate own_aggregate(AggregateConfig const& config, ValueView const& value) noexcept {
    auto const* const text = std::get_if<std::string_view>(&value);
    if (config.kind == AggregateKind::count) {
        return text != nullptr && *text == config.equals ? Aggregate{1, true, true, config.kind}
                                                         : Aggregate{};
    }
    if (auto const* whole = std::get_if<std::int64_t>(&value)) {
        return {static_cast<double>(*whole), true, true, config.kind};
    }
    if (auto const* number = std::get_if<double>(&value); number != nullptr && std::isfinite(*number)) {
        return {*number, true, false, config.kind};
    }
    bool const takes_days = config.kind == AggregateKind::least || config.kind == AggregateKind::most;
    if (auto const day = takes_days && text != nullptr ? day_of(*text) : std::nullopt) {
        return {*day, true, true, config.kind};
    }
    return {};
}

std::uint32_t count_of(ValueView const& value) noexcept {
    auto const* whole = std::get_if<std::int64_t>(&value);
    if (whole == nullptr || *whole < 1) {
        return 1;
    }
    return static_cast<std::uint32_t>(
        std::min<std::int64_t>(*whole, std::numeric_limits<std::int32_t>::max()));
}

double rank_of(ValueView const& value) noexcept {
    return own_aggregate({AggregateKind::most, {}, {}, {}}, value).total;
}

} // namespace kharita::tile
