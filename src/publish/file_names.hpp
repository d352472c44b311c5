#pragma once

#include <string_view>

namespace kharita::publish {

// The files of a published folder, besides one .geojson a layer and manifest_name (manifest.hpp).

inline constexpr std::string_view database_name = "events.sqlite";
inline constexpr std::string_view pmtiles_name = "layers.pmtiles";
inline constexpr std::string_view mbtiles_name = "layers.mbtiles";
inline constexpr std::string_view tilejson_name = "layers.json";
inline constexpr std::string_view style_name = "style.json";
inline constexpr std::string_view dictionary_name = "dictionary.md";
inline constexpr std::string_view project_name = "kharita.qgs"; ///< of QGIS
inline constexpr std::string_view rejects_name = "rejects.jsonl";

} // namespace kharita::publish
