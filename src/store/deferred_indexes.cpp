#include "store/deferred_indexes.hpp"

#include <array>
#include <string>
#include <string_view>

#include "sqlite/connection.hpp"
#include "store/database.hpp"
#include "store/schema.hpp"

namespace kharita::store {

namespace {

constexpr std::array<std::string_view, 5> unordered_indexes{"document_doc_id", "event_event_id",
                                                            "mention_place", "event_place", "event_date"};

} // namespace

void drop_deferred_indexes(Database& database) {
    sqlite::Connection& connection = database.connection();
    std::string script;
    {
        sqlite::Statement find =
            connection.prepare("SELECT sql FROM sqlite_schema WHERE type = 'index' AND name = ?");
        for (std::string_view const index : unordered_indexes) {
            if (find.bind(index).step()) {
                script += find.text(0);
                script += ";\n";
            }
        }
    }
    for (std::string_view const index : unordered_indexes) {
        connection.execute("DROP INDEX IF EXISTS " + sqlite::quoted_name(index));
    }
    database.set_metadata(dropped_indexes_key, script);
}

void make_deferred_indexes(Database& database) {
    std::string const script = database.metadata(dropped_indexes_key);
    if (script.empty()) {
        return;
    }
    sqlite::Connection& connection = database.connection();
    // SQLite sorts as much at once as the cache may hold: what stays near the processor is sorted faster, and
    // merged later.
    auto const cache = connection.integer("PRAGMA cache_size");
    connection.execute("PRAGMA cache_size = -4000");
    connection.execute(script);
    connection.execute("PRAGMA cache_size = " + std::to_string(cache));
    database.set_metadata(dropped_indexes_key, "");
}

} // namespace kharita::store
