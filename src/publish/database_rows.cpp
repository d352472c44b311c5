#include "publish/database_rows.hpp"

#include <array>
#include <string_view>

#include <fmt/core.h>

#include "base/hash.hpp"
#include "sqlite/connection.hpp"
#include "sqlite/statement.hpp"
#include "store/database.hpp"

namespace kharita::publish {

namespace {

// In each, the first column is a row's key, or the first three are.
constexpr std::array<std::string_view, 17> own_tables{
    "metadata",      "build",        "rejected",    "document", "place",       "actor",
    "mention",       "mention_area", "event_group", "event",    "event_actor", "event_report",
    "event_version", "zone",         "zone_actor",  "control",  "frontline"};

void add_table(Sha256& hash, sqlite::Connection& connection, std::string_view table) {
    // Areas that analysts draw in a published database are theirs, as corrections are.
    std::string const all = fmt::format("SELECT * FROM {}{}", sqlite::quoted_name(table),
                                        table == "control" ? " WHERE source = 'derived'" : "");
    int const columns = sqlite::Statement{connection, all}.column_count();
    sqlite::Statement rows{connection, all + (columns < 3 ? " ORDER BY 1" : " ORDER BY 1, 2, 3")};
    hash.field(table).number(static_cast<std::uint64_t>(columns));
    while (rows.step()) {
        for (int column = 0; column < columns; ++column) {
            // A blob is its bytes, anything else its text; NULL is told apart from both.
            hash.number(rows.is_null(column) ? 0 : 1);
            sqlite::Blob const bytes = rows.blob(column);
            hash.field({reinterpret_cast<char const*>(bytes.data()), bytes.size()});
        }
    }
}

} // namespace

std::string hash_of_rows(std::filesystem::path const& database) {
    store::Database opened = store::Database::open(database, store::Access::read_only);
    Sha256 hash;
    for (std::string_view const table : own_tables) {
        add_table(hash, opened.connection(), table);
    }
    return hash.hex();
}

} // namespace kharita::publish
