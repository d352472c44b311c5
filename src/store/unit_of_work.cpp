#include "store/unit_of_work.hpp"

#include "postgis/connection.hpp"
#include "sqlite/transaction.hpp"
#include "store/database.hpp"

namespace kharita::store {

UnitOfWork::UnitOfWork(Database& database) {
    if (database.is_on_server()) {
        m_on_server = std::make_unique<postgis::Transaction>(database.server(), postgis::Lock::exclusive);
    } else {
        m_in_file = std::make_unique<sqlite::Savepoint>(database.connection());
    }
}

UnitOfWork::~UnitOfWork() = default;

void UnitOfWork::commit() {
    if (m_on_server) {
        m_on_server->commit();
    } else {
        m_in_file->commit();
    }
}

} // namespace kharita::store
