#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>

#include "base/rejects.hpp"
#include "geo/vector_file.hpp"
#include "tile/layer_data.hpp"

namespace kharita::tile {

/// What is made of a layer of a vector file: the builders that get its features.
using BuildersOf = std::function<std::span<LayerBuilder* const>(std::size_t layer)>;

/// Reads a file of any format that GDAL knows: each row of a layer is a feature of all builders that the
/// layer has, with its number as id and its fields as attributes; whole numbers, real numbers and truths keep
/// their type, and a field without a value is no attribute. Rows without a shape, or with one that cannot be
/// used, are added to `rejects`. `on_progress` is called now and then with the number of rows read since the
/// last call. `name` is the file's in messages. Throws InputError when the file cannot be read on.
void read_vector_file(geo::VectorFile& file, std::string const& name, BuildersOf const& builders_of,
                      Rejects& rejects, std::function<void(std::size_t)> const& on_progress);

} // namespace kharita::tile
