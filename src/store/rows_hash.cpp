#include "store/rows_hash.hpp"

#include <utility>

#include "base/hash.hpp"
#include "store/statement.hpp"

namespace kharita::store {

namespace {

void put_points(RowsHash& hash, std::vector<LonLat> const& points) {
    hash.put(points.size());
    for (LonLat const at : points) {
        hash.put(at);
    }
}

} // namespace

void RowsHash::end() {
    m_sum += xxh3(std::string_view{m_bytes}.substr(0, m_end));
}

std::uint64_t RowsHash::take() noexcept {
    return std::exchange(m_sum, 0);
}

void RowsHash::put(MultiPolygon const& areas) {
    put(areas.polygons.size());
    for (Polygon const& polygon : areas.polygons) {
        put_points(*this, polygon.outer);
        put(polygon.holes.size());
        for (auto const& hole : polygon.holes) {
            put_points(*this, hole);
        }
    }
}

void RowsHash::read(char table, Statement const& row, int first, std::string_view kinds) {
    begin(table);
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        int const column = first + static_cast<int>(i);
        switch (kinds[i]) {
        case 't':
            put(row.text_or_null(column));
            break;
        case 'i':
            put(row.integer_or_null(column));
            break;
        case 'r':
            put(row.real_or_null(column));
            break;
        case 'd':
            if (auto const day = parse_date(row.text(column))) {
                put(*day);
            } else {
                put(row.text_or_null(column));
            }
            break;
        case 'p':
            put(row.point(column));
            break;
        default:
            auto const geometry = row.geometry(column);
            auto const* const areas = geometry ? std::get_if<MultiPolygon>(&*geometry) : nullptr;
            areas != nullptr ? put(*areas) : put_null();
        }
    }
    end();
}

} // namespace kharita::store
