#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>

#include "base/rejects.hpp"
#include "tile/layer_data.hpp"

namespace kharita::tile {

/// Reads GeoJSON into a layer: a FeatureCollection, a Feature, a geometry, or a sequence of features, one a
/// line, plain or gzip; "-" is standard input. Sequences are read on `jobs` threads; the layer does not
/// depend on their number. Features that cannot be used are added to `rejects`, in file order. `on_progress`
/// is called now and then with the number of features read since the last call. Throws InputError naming the
/// file when it is no GeoJSON at all.
void read_features(std::filesystem::path const& file, LayerBuilder& layer, std::size_t jobs, Rejects& rejects,
                   std::function<void(std::size_t)> const& on_progress);

/// Whether GeoJSON says, as it could before RFC 7946, that its positions are not longitude and latitude on
/// WGS 84 ("crs", before its features). Then GDAL has to read it. Of a file that cannot be read or is
/// compressed: no.
bool names_other_reference(std::filesystem::path const& file);

} // namespace kharita::tile
