#include <cstdint>
#include <string_view>
#include <vector>

#include "sqlite/connection.hpp"
#include "store/document_writer.hpp"

namespace kharita::store {

void DocumentWriter::remove_from_index(SpatialTable table, std::string_view rows, std::int64_t document) {
    auto const& column = spatial_columns()[static_cast<std::size_t>(table)];
    std::vector<std::int64_t> gone;
    auto& select = m_connection.cached(rows);
    select.bind(document);
    while (select.step()) {
        gone.push_back(select.integer(0));
    }
    auto& erase =
        m_connection.cached("DELETE FROM " + sqlite::quoted_name(column.index()) + " WHERE pkid = ?");
    for (std::int64_t const row : gone) {
        erase.run(row);
        stop_waiting(table, row);
    }
}

void DocumentWriter::remove(std::int64_t document) {
    remove_from_index(SpatialTable::event, "SELECT id FROM event WHERE document = ?", document);
    remove_from_index(SpatialTable::zone, "SELECT id FROM zone WHERE document = ?", document);
    remove_from_index(
        SpatialTable::mention_area,
        "SELECT a.id FROM mention_area AS a JOIN mention AS m ON m.id = a.id WHERE m.document = ?", document);
    remove_from_index(SpatialTable::mention, "SELECT id FROM mention WHERE document = ?", document);
    // Children before their parents.
    for (char const* const sql :
         {"DELETE FROM zone_actor WHERE zone IN (SELECT id FROM zone WHERE document = ?)",
          "UPDATE zone SET same_as = NULL WHERE same_as IN (SELECT id FROM zone WHERE document = ?)",
          "DELETE FROM zone WHERE document = ?",
          "DELETE FROM event_actor WHERE event IN (SELECT id FROM event WHERE document = ?)",
          "DELETE FROM event_version WHERE event IN (SELECT id FROM event WHERE document = ?)",
          "DELETE FROM event_report WHERE event IN (SELECT id FROM event WHERE document = ?)",
          "DELETE FROM event WHERE document = ?", "DELETE FROM event_group WHERE document = ?",
          "DELETE FROM mention_area WHERE id IN (SELECT id FROM mention WHERE document = ?)",
          "DELETE FROM mention WHERE document = ?", "DELETE FROM document WHERE id = ?"}) {
        m_connection.cached(sql).run(document);
    }
}

} // namespace kharita::store
