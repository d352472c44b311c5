#pragma once

#include <memory>

namespace kharita::postgis {
class Transaction;
}
namespace kharita::sqlite {
class Savepoint;
}

namespace kharita::store {

class Database;

/// All or nothing, in either kind of database: what is written between construction and commit(). Without
/// commit() it is undone. On a server it waits until no other program writes, and others wait for its end.
/// One may stand inside another.
class UnitOfWork {
public:
    explicit UnitOfWork(Database& database);
    UnitOfWork(UnitOfWork const&) = delete;
    UnitOfWork& operator=(UnitOfWork const&) = delete;
    UnitOfWork(UnitOfWork&&) = delete;
    UnitOfWork& operator=(UnitOfWork&&) = delete;
    ~UnitOfWork();

    void commit();

private:
    std::unique_ptr<sqlite::Savepoint> m_in_file;
    std::unique_ptr<postgis::Transaction> m_on_server;
};

} // namespace kharita::store
