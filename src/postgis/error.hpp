#pragma once

#include <string>
#include <utility>

#include "base/error.hpp"

namespace kharita::postgis {

/// What the server refused, with its code: five characters, "23505" for a key that is there already.
///
/// Source: PostgreSQL 15 manual, appendix A, "PostgreSQL Error Codes".
class ServerError : public DatabaseError {
public:
    ServerError(std::string const& message, std::string state)
        : DatabaseError{message},
          m_state{std::move(state)} {}

    /// Empty where the connection itself failed.
    std::string const& state() const noexcept { return m_state; }
    /// A row that the schema refuses: a CHECK, NOT NULL, UNIQUE or REFERENCES that does not hold.
    bool is_constraint() const noexcept { return m_state.starts_with("23"); }

private:
    std::string m_state;
};

} // namespace kharita::postgis
