#include "publish/corrections.hpp"

#include <optional>

#include "sqlite/connection.hpp"
#include "sqlite/statement.hpp"
#include "sqlite/transaction.hpp"
#include "store/database.hpp"

namespace kharita::publish {

std::size_t carry_corrections(std::filesystem::path const& from, store::Database& to) {
    store::Database old = store::Database::open(from, store::Access::read_only);
    sqlite::Statement read{
        old.connection(),
        "SELECT kind, target, place, field, value, author, reason, made, geom FROM correction "
        "ORDER BY id"};
    sqlite::Statement write{
        to.connection(),
        "INSERT INTO correction (kind, target, place, field, value, author, reason, made, geom) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"};
    sqlite::Transaction transaction{to.connection()};
    std::size_t count = 0;
    while (read.step()) {
        std::optional<sqlite::Blob> const point =
            read.is_null(8) ? std::nullopt : std::optional{read.blob(8)};
        write.run(read.text(0), read.text(1), read.text(2), read.text(3), read.text(4), read.text(5),
                  read.text(6), read.text(7), point);
        ++count;
    }
    if (count > 0) {
        to.touch();
    }
    transaction.commit();
    return count;
}

} // namespace kharita::publish
