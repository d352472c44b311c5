#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string_view>

namespace kharita::store {

class Database;

/// Forms of the public tables of conflict events.
enum class CodedForm {
    acled,  ///< CSV with the columns of ACLED's public table; events that occurred
    ucdp,   ///< CSV with the 49 columns of UCDP GED; events that occurred and killed people
    plover, ///< one JSON object a line, as the PLOVER manual describes; also what is denied or planned, and
            ///< what happened long before
};

std::optional<CodedForm> parse_coded_form(std::string_view name) noexcept;

/// Names of a form's columns, or of its JSON members, in order.
std::span<std::string_view const> columns_of(CodedForm form) noexcept;

/// Writes the events of a database in one of the public forms, piece by piece, to `sink`; `each` is called
/// after every event. CSV is RFC 4180, with a header. Codes that we do not know (UCDP's conflict and dyad
/// numbers, for one) and what no report says are empty, never made up; ids are ours. Returns the number of
/// events written.
///
/// `ontology` is the folder of schemas/ontology, whose tables say what type of violence two sides make
/// (ucdp.tsv), what disorder a sub-event type counts under (acled.tsv) and what PLOVER calls it
/// (acled_plover.tsv). Throws InputError with file and line for a malformed one.
std::size_t write_coded(Database& database, CodedForm form, std::filesystem::path const& ontology,
                        std::function<void(std::string_view)> const& sink,
                        std::function<void()> const& each = {});

} // namespace kharita::store
