#include "postgis/statement.hpp"

#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "postgis/connection.hpp"
#include "postgis/error.hpp"

namespace kharita::postgis {

namespace {

/// `a = ? AND b = ?2` as PostgreSQL writes it: `a = $1 AND b = $2`. What stands in quotes stays.
std::string numbered(std::string_view sql) {
    std::string out;
    out.reserve(sql.size());
    int count = 0;
    char quote = '\0';
    for (std::size_t i = 0; i < sql.size(); ++i) {
        char const c = sql[i];
        if (quote != '\0') {
            quote = c == quote ? '\0' : quote;
            out += c;
        } else if (c == '\'' || c == '"') {
            quote = c;
            out += c;
        } else if (c == '?') {
            out += '$';
            bool const has_number = i + 1 < sql.size() && sql[i + 1] >= '0' && sql[i + 1] <= '9';
            if (!has_number) {
                out += std::to_string(++count);
            }
        } else {
            out += c;
        }
    }
    return out;
}

template <typename Number>
Number parsed(std::string_view text) noexcept {
    Number number{};
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

} // namespace

Statement::Statement(Connection& connection, std::string_view sql, Reading reading)
    : m_connection{&connection},
      m_sql{numbered(sql)},
      m_reading{reading} {}

Statement::Statement(Statement&&) noexcept = default;
Statement& Statement::operator=(Statement&&) noexcept = default;

Statement::~Statement() {
    reset();
}

Statement::Text Statement::text_of(double value) {
    return fmt::format("{}", value);
}

void Statement::begin() {
    m_has_begun = true;
    m_row = 0;
    if (m_reading == Reading::streamed) {
        m_transaction = std::make_unique<Transaction>(*m_connection, Lock::none);
        std::string const cursor = fmt::format("kharita_{}", static_cast<void const*>(this));
        m_connection->session().ask(fmt::format(R"(DECLARE "{}" NO SCROLL CURSOR FOR {})", cursor, m_sql),
                                    m_parameters, Plan::once);
        m_cursor = cursor;
        return;
    }
    m_result = m_connection->session().ask(m_sql, m_parameters, m_has_run ? Plan::kept : Plan::once);
    m_changes = m_result->changes();
    m_has_run = true;
}

bool Statement::fetch() {
    constexpr int rows = 2000;
    m_result =
        m_connection->session().ask(fmt::format(R"(FETCH {} FROM "{}")", rows, m_cursor), {}, Plan::once);
    m_row = 0;
    return m_result->row_count() > 0;
}

bool Statement::step() {
    try {
        if (advance()) {
            return true;
        }
    } catch (...) {
        reset(); // what failed is undone at once, so that the connection can be used on
        throw;
    }
    end();
    return false;
}

bool Statement::advance() {
    if (!m_has_begun) {
        begin();
        if (!m_cursor.empty()) {
            return fetch();
        }
    } else {
        ++m_row;
    }
    return m_row < m_result->row_count() || (!m_cursor.empty() && fetch());
}

void Statement::reset() noexcept {
    m_result.reset();
    end();
}

void Statement::end() noexcept {
    m_has_begun = false;
    m_cursor.clear();
    m_transaction.reset(); // which closes the cursor
}

std::int64_t Statement::integer(int column) const noexcept {
    std::string_view const text = this->text(column);
    return text == "t" ? 1 : parsed<std::int64_t>(text);
}

double Statement::real(int column) const noexcept {
    return parsed<double>(text(column));
}

std::optional<std::int64_t> Statement::integer_or_null(int column) const noexcept {
    return is_null(column) ? std::nullopt : std::optional{integer(column)};
}

std::optional<double> Statement::real_or_null(int column) const noexcept {
    return is_null(column) ? std::nullopt : std::optional{real(column)};
}

ValueType Statement::type(int column) const noexcept {
    return is_null(column) ? ValueType::null : m_result->column_type(column);
}

} // namespace kharita::postgis
