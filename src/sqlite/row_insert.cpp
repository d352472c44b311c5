#include "sqlite/row_insert.hpp"

#include <algorithm>
#include <cassert>
#include <string>

#include <fmt/format.h>
#include <sqlite3.h>

#include "sqlite/connection.hpp"
#include "sqlite/raise.hpp"

namespace kharita::sqlite {

namespace {

// A virtual table without storage of its own: each statement that reads it is given rows by pointer, as
// SQLite's own carray() is. Source: SQLite, "The Virtual Table Mechanism" and "Pointer Passing Interfaces".
constexpr char const* module_name = "kharita_rows";
constexpr char const* pointer_type = "kharita_rows";
constexpr int most_columns = 64;

struct Cursor {
    sqlite3_vtab_cursor base{}; ///< what SQLite knows of it, at its beginning
    RowInsert::Rows const* rows = nullptr;
    std::size_t row = 0;
};

Cursor& cursor_of(sqlite3_vtab_cursor* base) noexcept {
    return *reinterpret_cast<Cursor*>(base);
}

int connect(sqlite3* database, void* /*client*/, int /*argc*/, char const* const* /*argv*/,
            sqlite3_vtab** table, char** /*error*/) noexcept {
    try {
        std::string columns;
        for (int i = 0; i < most_columns; ++i) {
            columns += fmt::format("c{}, ", i);
        }
        int const status =
            sqlite3_declare_vtab(database, fmt::format("CREATE TABLE x({}given HIDDEN)", columns).c_str());
        if (status == SQLITE_OK) {
            *table = std::make_unique<sqlite3_vtab>().release();
        }
        return status;
    } catch (...) {
        return SQLITE_NOMEM;
    }
}

int disconnect(sqlite3_vtab* table) noexcept {
    std::unique_ptr<sqlite3_vtab> const ended{table};
    return SQLITE_OK;
}

int best_index(sqlite3_vtab* /*table*/, sqlite3_index_info* info) noexcept {
    for (int i = 0; i < info->nConstraint; ++i) {
        auto const& constraint = info->aConstraint[i];
        if (constraint.iColumn == most_columns && constraint.op == SQLITE_INDEX_CONSTRAINT_EQ &&
            constraint.usable != 0) {
            info->aConstraintUsage[i].argvIndex = 1;
            info->aConstraintUsage[i].omit = 1;
            info->estimatedCost = 1;
            return SQLITE_OK;
        }
    }
    return SQLITE_CONSTRAINT; // there is nothing to read without the pointer
}

int open(sqlite3_vtab* /*table*/, sqlite3_vtab_cursor** cursor) noexcept {
    try {
        *cursor = &std::make_unique<Cursor>().release()->base;
        return SQLITE_OK;
    } catch (...) {
        return SQLITE_NOMEM;
    }
}

int close(sqlite3_vtab_cursor* cursor) noexcept {
    std::unique_ptr<Cursor> const ended{&cursor_of(cursor)};
    return SQLITE_OK;
}

int filter(sqlite3_vtab_cursor* base, int /*plan*/, char const* /*plan_name*/, int count,
           sqlite3_value** values) noexcept {
    Cursor& cursor = cursor_of(base);
    cursor.rows = count == 1
                      ? static_cast<RowInsert::Rows const*>(sqlite3_value_pointer(*values, pointer_type))
                      : nullptr;
    cursor.row = 0;
    return SQLITE_OK;
}

int next(sqlite3_vtab_cursor* base) noexcept {
    ++cursor_of(base).row;
    return SQLITE_OK;
}

int at_end(sqlite3_vtab_cursor* base) noexcept {
    Cursor const& cursor = cursor_of(base);
    return cursor.rows == nullptr || cursor.row >= cursor.rows->count ? 1 : 0;
}

/// Gives SQLite a value, which stays where it is.
void answer(sqlite3_context* context, RowInsert::Cell const& cell) noexcept {
    if (auto const* const text = std::get_if<std::string_view>(&cell)) {
        // A null pointer would give NULL; an empty view may carry one.
        sqlite3_result_text64(context, text->data() == nullptr ? "" : text->data(), text->size(),
                              SQLITE_STATIC, SQLITE_UTF8);
    } else if (auto const* const integer = std::get_if<std::int64_t>(&cell)) {
        sqlite3_result_int64(context, *integer);
    } else if (auto const* const real = std::get_if<double>(&cell)) {
        sqlite3_result_double(context, *real);
    } else if (auto const* const bytes = std::get_if<Blob>(&cell)) {
        sqlite3_result_blob64(context,
                              bytes->data() == nullptr ? static_cast<void const*>("") : bytes->data(),
                              bytes->size(), SQLITE_STATIC);
    } // a result is NULL until it is set
}

int column(sqlite3_vtab_cursor* base, sqlite3_context* context, int number) noexcept {
    Cursor const& cursor = cursor_of(base);
    auto const at = static_cast<std::size_t>(number);
    if (at >= cursor.rows->width) {
        return SQLITE_OK; // NULL
    }
    answer(context, cursor.rows->cells[cursor.row * cursor.rows->width + at]);
    return SQLITE_OK;
}

int row_id(sqlite3_vtab_cursor* base, sqlite3_int64* id) noexcept {
    *id = static_cast<sqlite3_int64>(cursor_of(base).row);
    return SQLITE_OK;
}

constexpr sqlite3_module module_of_rows() noexcept {
    sqlite3_module module{};
    module.xConnect = connect; // and no xCreate: it can only be read by its name
    module.xBestIndex = best_index;
    module.xDisconnect = disconnect;
    module.xOpen = open;
    module.xClose = close;
    module.xFilter = filter;
    module.xNext = next;
    module.xEof = at_end;
    module.xColumn = column;
    module.xRowid = row_id;
    return module;
}

constexpr sqlite3_module row_module = module_of_rows();

/// The statement; the connection knows the virtual table when it is compiled.
Statement compile(Connection& connection, std::string_view table, std::span<std::string_view const> columns) {
    auto known = connection.prepare("SELECT 1 FROM pragma_module_list WHERE name = ?");
    if (!known.bind(module_name).step()) {
        int const status =
            sqlite3_create_module_v2(connection.handle(), module_name, &row_module, nullptr, nullptr);
        if (status != SQLITE_OK) {
            raise(connection, status, module_name);
        }
    }
    std::string names;
    std::string values;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        names += fmt::format("{}{}", i == 0 ? "" : ", ", quoted_name(columns[i]));
        values += fmt::format("{}c{}", i == 0 ? "" : ", ", i);
    }
    return connection.prepare(fmt::format("INSERT OR FAIL INTO {} ({}) SELECT {} FROM {}(?)",
                                          quoted_name(table), names, values, module_name));
}

} // namespace

RowInsert::RowInsert(Connection& connection, std::string_view table,
                     std::span<std::string_view const> columns)
    : m_rows{std::make_unique<Rows>()},
      m_statement{compile(connection, table, columns)} {
    assert(!columns.empty() && columns.size() <= most_columns);
    m_rows->width = columns.size();
    m_statement.bind_pointer(m_rows.get(), pointer_type);
}

void RowInsert::end_row() {
    ++m_rows->count;
    assert(m_rows->cells.size() == m_rows->count * m_rows->width);
}

std::string_view RowInsert::keep(std::string_view text) {
    Blob const copy = keep(std::as_bytes(std::span{text}));
    return {reinterpret_cast<char const*>(copy.data()), copy.size()};
}

Blob RowInsert::keep(Blob bytes) {
    if (bytes.empty()) {
        return {};
    }
    auto* const copy = static_cast<std::byte*>(m_kept.allocate(bytes.size(), 1));
    std::ranges::copy(bytes, copy);
    return {copy, bytes.size()};
}

void RowInsert::insert() {
    if (m_rows->count == 0) {
        return;
    }
    try {
        while (m_statement.step()) {
        }
    } catch (...) {
        clear();
        throw;
    }
    clear();
}

void RowInsert::clear() noexcept {
    m_rows->cells.clear();
    m_rows->count = 0;
    m_kept.release();
}

} // namespace kharita::sqlite
