#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tile/layer_data.hpp"

namespace kharita::tile {

enum class Period { year, month };

/// Layers of one period of time.
struct PeriodLayers {
    std::string name; ///< "2019" or "2019-08"; "undated" of features that have no day
    std::vector<LayerData> layers;
};

/// Layers split by the year or month in which their features lie, from the earliest on; those without a day
/// come last. `attribute` holds the day, as text that begins with YYYY-MM-DD.
std::vector<PeriodLayers> split_by_period(std::vector<LayerData> layers, std::string_view attribute,
                                          Period period);

/// First and last day of a period, YYYY-MM-DD; both empty of "undated".
std::pair<std::string, std::string> days_of(std::string_view period);

} // namespace kharita::tile
