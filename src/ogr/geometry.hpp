#pragma once

#include <memory>
#include <string>

#include <ogr_geometry.h>

#include "model/geometry.hpp"

namespace kharita::ogr {

/// Our value for a shape of OGR, without heights and measures. Throws GeometryError with the reason where
/// there is none: a collection of several kinds, an empty shape.
Geometry from_ogr(OGRGeometry const& shape);

std::unique_ptr<OGRGeometry> to_ogr(Geometry const& geometry);

} // namespace kharita::ogr
