#pragma once

#include <cstdint>

namespace kharita::store {

class Database;

/// What the first load of a database on a server does without: foreign keys and indexes of the tables that
/// documents write to, but for those that keep ids unique. Held to every row one by one they cost more than
/// all else of a load; made once, when the rows are there, they cost a tenth.
///
/// They are dropped in a transaction of its own, in which metadata notes how each is made again. Loads that
/// join in write rows that fit each other, as all do; the first that ends makes everything anew, which proves
/// the rows, and if all are killed the next program that opens the database to write does
/// (recover_first_load()). Readers see a slow database meanwhile, never a wrong one, and wait for nothing.
class FirstLoad {
public:
    /// The database must outlive it.
    explicit FirstLoad(Database& database) : m_database{database} {}
    FirstLoad(FirstLoad const&) = delete;
    FirstLoad& operator=(FirstLoad const&) = delete;
    FirstLoad(FirstLoad&&) = delete;
    FirstLoad& operator=(FirstLoad&&) = delete;
    ~FirstLoad();

    /// To be called when many documents are about to be written. Does nothing unless the database holds none
    /// or another first load goes on; nor inside somebody's transaction, nor where the tables belong to
    /// another role or are being read just now.
    void begin();
    /// Makes anew what is missing. Throws DatabaseError when a row does not fit.
    void finish();

private:
    enum class Stage : std::uint8_t { before, joined, past };

    bool drop();
    void leave() noexcept;

    Database& m_database;
    Stage m_stage = Stage::before;
};

/// Whether foreign keys and indexes are missing that a first load is to make.
bool lacks_constraints(Database& database);

/// Makes anew what first loads left missing when they were killed; nothing while one goes on, or where the
/// tables belong to another role.
void recover_first_load(Database& database);

} // namespace kharita::store
