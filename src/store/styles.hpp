#pragma once

namespace kharita::sqlite {
class Connection;
}
namespace kharita::postgis {
class Connection;
}

namespace kharita::store {

/// Fills table layer_styles anew from schemas/styles: for each layer two rows, because QGIS's SpatiaLite
/// provider looks for a NULL schema and its OGR provider for an empty one. Call inside a transaction.
void write_styles(sqlite::Connection& connection);

/// The same on a server, one row a layer: for this database and its current schema.
void write_styles(postgis::Connection& server);

} // namespace kharita::store
