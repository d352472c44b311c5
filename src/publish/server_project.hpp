#pragma once

#include <string>
#include <string_view>

namespace kharita::store {
class Database;
}

namespace kharita::publish {

/// A QGIS project of a database on a server: `project`, that of a published folder (schemas/kharita.qgs),
/// with layers of QGIS's provider "postgres". It says where the server is and which schema is meant, and
/// neither user nor password: QGIS asks for them, or finds them in ~/.pgpass. Throws DatabaseError where the
/// database has no such layer, InputError for a project of another form.
std::string server_project(store::Database& database, std::string_view project);

} // namespace kharita::publish
