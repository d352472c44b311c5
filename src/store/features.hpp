#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "model/feature.hpp"

namespace kharita::store {

class Database;

/// The layers that go out of a database, each as features with stated properties: see layer_fields.hpp.
///
/// Properties stand in a stated order; a text that is empty and a number that is not known are null. Days
/// count from 1970-01-01. Arabic has no tashkeel. A feature's id is the low 53 bits of its id, which
/// JavaScript keeps exact, or of the SHA-256 of what names it. Events are those that occurred; planned,
/// threatened, failed, denied and historical have the same properties.
enum class Layer {
    events,
    planned,
    threatened,
    failed,
    denied,
    historical,
    places,
    mentions,
    areas, ///< where places can be that are told from others
    zones,
    frontlines,
    control
};

inline constexpr std::array all_layers{Layer::events, Layer::planned,    Layer::threatened, Layer::failed,
                                       Layer::denied, Layer::historical, Layer::places,     Layer::mentions,
                                       Layer::areas,  Layer::zones,      Layer::frontlines, Layer::control};

/// Whether a layer is one of events.
bool is_of_events(Layer layer) noexcept;

std::string_view name_of(Layer layer) noexcept;
/// The view that a layer is read from.
std::string_view view_of(Layer layer) noexcept;
std::optional<Layer> parse_layer(std::string_view name) noexcept;

/// What features() passed by because it has no position.
struct WithoutPosition {
    std::size_t count = 0;
};

/// Calls `use` for each feature of a layer in the order of the table's keys, in memory of one feature.
/// Rows without geometry are passed by and counted. Control areas and frontlines are those of all days in
/// the database.
WithoutPosition features(Database& database, Layer layer, std::function<void(Feature const&)> const& use);

/// All of a layer at once.
FeatureLayer feature_layer(Database& database, Layer layer);

/// How many features a layer will have, for progress.
std::int64_t feature_count(Database& database, Layer layer);

/// A feature's number: the low 53 bits of its event's id, which are hexadecimal digits.
std::uint64_t event_feature_id(std::string_view event_id) noexcept;

/// Without tashkeel (U+064B–U+0652, U+0670) and tatweel (U+0640): renderers give marks a place of their own.
std::string without_tashkeel(std::string_view text);

/// Importance of an event, for thinning: dead count most, then injured, how precisely the place is known, and
/// last how recent it is. It depends on the event alone, so that new events do not reshuffle old ones.
double event_rank(std::int64_t killed, std::int64_t injured, int geo_precision, std::int64_t day) noexcept;

} // namespace kharita::store
