#pragma once

#include <string>
#include <string_view>

#include "store/features.hpp"

namespace kharita::sqlite {
class Connection;
}
namespace kharita::postgis {
class Connection;
}

namespace kharita::store {

/// How QGIS draws a layer.
struct LayerStyle {
    std::string qml;
    std::string_view description;
};

/// The style of a layer that goes out, whose fields are named as those of its view where the style asks for
/// them.
LayerStyle style_of(Layer layer);

/// Fills table layer_styles anew from schemas/styles: for each layer two rows, because QGIS's SpatiaLite
/// provider looks for a NULL schema and its OGR provider for an empty one. Call inside a transaction.
void write_styles(sqlite::Connection& connection);

/// The same on a server, one row a layer: for this database and its current schema.
void write_styles(postgis::Connection& server);

} // namespace kharita::store
