#pragma once

#include "base/error.hpp"

namespace kharita::sqlite {

/// A row that the schema refuses: a CHECK, NOT NULL, UNIQUE or REFERENCES that does not hold. The statement
/// is undone, the transaction goes on.
class ConstraintError : public DatabaseError {
public:
    using DatabaseError::DatabaseError;
};

/// The database is held by another program longer than the busy timeout.
class BusyError : public DatabaseError {
public:
    using DatabaseError::DatabaseError;
};

} // namespace kharita::sqlite
