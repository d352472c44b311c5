#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "tile/feature_columns.hpp"
#include "tile/layer_data.hpp"

namespace kharita::tile {

/// Makes a layer of its columns: features and points in their final order, values stored once. `features` are
/// those that remain, with distinct ids. The columns are empty afterwards; ids are not renumbered here, and
/// zooms not set. `jobs` is the number of threads.
LayerData finish_layer(ColumnPlan const& plan, FeatureColumns& columns, std::vector<std::uint32_t> features,
                       std::size_t jobs);

/// The same of a layer whose features are elsewhere: its keys and their types.
LargeLayer describe_large_layer(ColumnPlan const& plan, FeatureColumns& columns);

} // namespace kharita::tile
