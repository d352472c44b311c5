#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "store/database.hpp"
#include "store/verify.hpp"

namespace kharita::store {

/// What is looked at in a database, check by check, with what is wrong.
class CheckList {
public:
    explicit CheckList(Database& database) : m_database{database} {}

    /// What problem() says from now on is of this check.
    void begin(std::string name) { m_checks.push_back({.name = std::move(name), .problems = {}}); }

    template <typename... Args>
    void problem(fmt::format_string<Args...> format, Args&&... args) {
        m_checks.back().problems.push_back(fmt::format(format, std::forward<Args>(args)...));
    }

    /// `sql` counts bad rows in its first column and may name one in its second.
    void expect_none(std::string_view sql, std::string_view what);

    std::vector<Check>& checks() noexcept { return m_checks; }

private:
    Database& m_database;
    std::vector<Check> m_checks;
};

/// What the schema means, in either kind of database: reports of events, their positions, provenance, hashes.
void check_content(Database& database, CheckList& list);

/// What is looked at on a server alone: its version, constraints, geometries, spatial indexes, styles.
void check_server(Database& database, CheckList& list);

} // namespace kharita::store
