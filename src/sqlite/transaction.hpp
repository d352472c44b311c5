#pragma once

namespace kharita::sqlite {

class Connection;

/// All or nothing: what is written between construction and commit(). Without commit() it is undone.
class Transaction {
public:
    /// Takes the write lock at once, so that a second writer is met at the start and not in the middle.
    explicit Transaction(Connection& connection);
    Transaction(Transaction const&) = delete;
    Transaction& operator=(Transaction const&) = delete;
    Transaction(Transaction&&) = delete;
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();

    /// Throws DatabaseError (disk full, lock not granted); the transaction is then undone.
    void commit();

private:
    Connection& m_connection;
    bool m_open = true;
};

/// A part of a transaction that can be undone alone. Without commit() it is.
class Savepoint {
public:
    explicit Savepoint(Connection& connection);
    Savepoint(Savepoint const&) = delete;
    Savepoint& operator=(Savepoint const&) = delete;
    Savepoint(Savepoint&&) = delete;
    Savepoint& operator=(Savepoint&&) = delete;
    ~Savepoint();

    void commit();

private:
    Connection& m_connection;
    bool m_open = true;
};

} // namespace kharita::sqlite
