#pragma once

#include <cstdint>

#include "model/feature.hpp"
#include "tile/tileset_config.hpp"
#include "tile/value_view.hpp"

namespace kharita::tile {

/// A number gathered over features (AggregateConfig); unknown while no feature says one.
struct Aggregate {
    double total = 0;
    bool known = false;
    bool whole = true; ///< all parts were integers
    AggregateKind kind = AggregateKind::sum;

    void add(Aggregate const& other) noexcept;
    /// The total as an attribute value; null while unknown. A sum of integers that has outgrown them is a
    /// double.
    Value value() const;
};

/// What a feature adds to an aggregate by the value of its attribute: its number, or one where it is what is
/// counted. To the least and the greatest, a text that begins with a day (YYYY-MM-DD) adds that day, as days
/// since 1970-01-01. All else adds nothing.
Aggregate own_aggregate(AggregateConfig const& config, ValueView const& value) noexcept;

/// How many features a feature stands for before any thinning: what its own attribute says, else 1.
std::uint32_t count_of(ValueView const& value) noexcept;

/// The rank that a value gives: its number, or its day as own_aggregate() has it; else 0.
double rank_of(ValueView const& value) noexcept;

} // namespace kharita::tile
