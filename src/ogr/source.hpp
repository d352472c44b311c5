#pragma once

#include <memory>

#include "geo/vector_module.hpp"

namespace kharita::ogr {

/// Opens a vector file through GDAL. Throws as geo::VectorFile does.
std::unique_ptr<geo::VectorSource> open_source(geo::VectorInput const& input);

/// Creates one. Throws OutputError.
std::unique_ptr<geo::VectorSink> create_sink(std::string const& file, geo::VectorSchema const& schema);

} // namespace kharita::ogr
