#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "model/feature.hpp"

namespace kharita::gazetteer {
class Boundaries;
class Gazetteer;
} // namespace kharita::gazetteer

namespace kharita::store {
class Database;
}

namespace kharita::publish {

/// Outlines of countries and governorates as lines, for a map without any other background: layer
/// "boundaries" with properties kind, name, name_ar.
FeatureLayer boundary_layer(gazetteer::Gazetteer const& gazetteer, gazetteer::Boundaries const& boundaries);

/// Every layer of a database that maps show, and the boundaries.
std::vector<FeatureLayer> map_layers(store::Database& database, gazetteer::Gazetteer const& gazetteer,
                                     gazetteer::Boundaries const& boundaries);

/// Where a map should open: the extent of what occurred, of control and zones; of all layers where these are
/// empty.
Extent view_of(std::vector<FeatureLayer> const& layers);

/// Writes events, places, zones, frontlines and control as RFC 7946 GeoJSON into a folder. Throws
/// OutputError.
void write_geojson_files(store::Database& database, std::filesystem::path const& folder);

} // namespace kharita::publish
