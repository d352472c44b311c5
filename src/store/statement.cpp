#include "store/statement.hpp"

#include "geo/ewkb.hpp"
#include "geo/spatialite_blob.hpp"

namespace kharita::store {

std::optional<Geometry> Statement::geometry(int column) const {
    if (is_null(column)) {
        return std::nullopt;
    }
    if (auto const* const file = in_file()) {
        sqlite::Blob const blob = file->blob(column);
        return geo::decode_spatialite({reinterpret_cast<char const*>(blob.data()), blob.size()});
    }
    return geo::decode_hex_ewkb(on_server().text(column));
}

std::optional<LonLat> Statement::point(int column) const {
    std::optional<Geometry> const geometry = this->geometry(column);
    auto const* const point = geometry ? std::get_if<Point>(&*geometry) : nullptr;
    return point != nullptr ? std::optional{point->at} : std::nullopt;
}

sqlite::ValueType Statement::type(int column) const noexcept {
    if (auto const* const file = in_file()) {
        return file->type(column);
    }
    switch (on_server().type(column)) {
    case postgis::ValueType::null:
        return sqlite::ValueType::null;
    case postgis::ValueType::integer:
        return sqlite::ValueType::integer;
    case postgis::ValueType::real:
        return sqlite::ValueType::real;
    case postgis::ValueType::text:
        break;
    }
    return sqlite::ValueType::text;
}

} // namespace kharita::store
