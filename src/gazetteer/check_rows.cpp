#include "gazetteer/check_rows.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>
#include <set>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"
#include "base/line_reader.hpp"
#include "base/tsv.hpp"
#include "gazetteer/name_key.hpp"
#include "gazetteer/place_columns.hpp"
#include "gazetteer/tables.hpp"
#include "text/utf8.hpp"

namespace kharita::gazetteer {

namespace {

using namespace place_column;

using Cells = std::vector<std::string_view>;

std::optional<double> number_of(std::string_view text) noexcept {
    double value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    bool const whole = error == std::errc{} && end == text.data() + text.size();
    return whole && std::isfinite(value) ? std::optional{value} : std::nullopt;
}

bool is_capital(char c) noexcept {
    return c >= 'A' && c <= 'Z';
}
bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

/// GeoNames codes are two to five capitals, some with a digit or a letter behind it: PPLA3, ADM1H.
bool is_feature_code(std::string_view code) noexcept {
    return code.size() >= 2 && code.size() <= 6 && is_capital(code.front()) &&
           std::ranges::all_of(code, [](char c) { return is_capital(c) || is_digit(c); });
}

/// «C3458», «SY0501», «Q3820», or a source's name, a colon and its id.
bool is_reference(std::string_view text) noexcept {
    bool const printable =
        !text.empty() && std::ranges::all_of(text, [](char c) { return c > ' ' && c < 127; });
    std::size_t const colon = text.find(':');
    if (colon != std::string_view::npos) {
        return printable && colon > 0 && colon + 1 < text.size();
    }
    auto const digits = std::ranges::find_if(text, is_digit);
    return printable && digits != text.begin() && digits != text.end() &&
           std::all_of(text.begin(), digits, is_capital) && std::all_of(digits, text.end(), is_digit);
}

/// The code points of a text by the blocks that names are written in; false for broken UTF-8.
struct Letters {
    bool arabic = false;
    bool latin = false;
    bool marks = false; ///< tashkeel, tatweel
};

/// Arabic letters begin with the bytes D8 to DB; U+064B to U+0652 are D9 8B to D9 92, tatweel is D9 80.
Letters letters_of(std::string_view utf8) noexcept {
    Letters found;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        auto const byte = static_cast<unsigned char>(utf8[i]);
        auto const next = i + 1 < utf8.size() ? static_cast<unsigned char>(utf8[i + 1]) : 0U;
        if (byte == 0xD9 && (next == 0x80 || (next >= 0x8B && next <= 0x92))) {
            found.marks = true;
        } else if (byte >= 0xD8 && byte <= 0xDB) {
            found.arabic = true;
        }
        found.latin = found.latin || is_capital(utf8[i]) || (utf8[i] >= 'a' && utf8[i] <= 'z');
    }
    return found;
}

bool is_utf8(std::string_view text) noexcept {
    while (!text.empty()) {
        std::size_t const length = text::decode(text).length;
        if (length == 0) {
            return false;
        }
        text.remove_prefix(length);
    }
    return true;
}

/// One row under inspection.
class RowCheck {
public:
    RowCheck(CheckedRow& row, Cells const& cells, std::vector<CheckProblem>& problems)
        : m_row{row},
          m_cells{cells},
          m_problems{problems} {}

    void run() {
        m_row.id = m_cells[id];
        m_row.feature = m_cells[feature];
        m_row.parent = m_cells[admin];
        m_row.what = feature_class(m_row.feature);
        check_codes();
        check_names();
        check_references();
        check_position();
        check_numbers();
    }

private:
    void add(CheckRule rule, std::string message) {
        bool const style = rule == CheckRule::repeated_name || rule == CheckRule::wrong_script ||
                           rule == CheckRule::bad_reference || rule == CheckRule::unknown_feature;
        if (style && m_row.imported) {
            return;
        }
        add_problem(m_problems, m_row, rule, std::move(message));
    }

    void check_codes() {
        for (std::size_t column = 0; column < column_count; ++column) {
            std::string_view const cell = m_cells[column];
            if (!is_utf8(cell)) {
                add(CheckRule::malformed_row, fmt::format("{} is no UTF-8", column_names[column]));
            }
            if (!m_row.imported && (cell != trimmed(cell) || cell.find("  ") != std::string_view::npos)) {
                add(CheckRule::malformed_row,
                    fmt::format("{} \"{}\" has spare spaces", column_names[column], cell));
            }
        }
        if (m_row.id.empty() || m_row.id.find_first_of(" ;") != std::string::npos) {
            add(CheckRule::malformed_row, fmt::format("the id is \"{}\"; expected a word", m_row.id));
        }
        if (!is_feature_code(m_row.feature)) {
            add(CheckRule::unknown_feature,
                fmt::format("feature is \"{}\"; expected a GeoNames code such as PPL", m_row.feature));
        }
    }

    void check_names() {
        Letters const arabic = letters_of(m_cells[name_ar]);
        if (!m_cells[name_ar].empty() && (!arabic.arabic || arabic.marks)) {
            add(CheckRule::wrong_script,
                fmt::format("name_ar is \"{}\"; expected Arabic without tashkeel or tatweel",
                            m_cells[name_ar]));
        }
        Letters const english = letters_of(m_cells[name_en]);
        if (!m_cells[name_en].empty() && (!english.latin || english.arabic)) {
            add(CheckRule::wrong_script,
                fmt::format("name_en is \"{}\"; expected Latin letters", m_cells[name_en]));
        }
        std::set<std::string> seen;
        for (std::string_view const name : {m_cells[name_ar], m_cells[name_en]}) {
            if (!name.empty()) {
                seen.insert(add_name(name).spelled);
            }
        }
        if (m_row.names.empty()) {
            add(CheckRule::empty_name, "neither name_ar nor name_en");
        }
        for (std::string_view const alias : split(m_cells[aliases], ';')) {
            if (m_cells[aliases].empty()) {
                break;
            }
            NameKey const key = add_name(alias);
            if (!key.letters.empty() && !seen.insert(key.spelled).second) {
                add(CheckRule::repeated_name,
                    fmt::format("the alias \"{}\" says nothing new once folded", alias));
            }
        }
    }

    NameKey add_name(std::string_view name) {
        NameKey key = name_key(name);
        if (key.letters.empty()) {
            add(CheckRule::empty_name,
                fmt::format("the name \"{}\" normalises to fewer than two letters", name));
        } else {
            m_row.names.emplace_back(name);
        }
        return key;
    }

    void check_references() {
        for (std::string_view const ref : split(m_cells[refs], ';')) {
            if (m_cells[refs].empty()) {
                break;
            }
            if (m_row.imported || is_reference(ref)) {
                m_row.refs.emplace_back(ref);
            } else {
                add(CheckRule::bad_reference,
                    fmt::format("ref \"{}\"; expected a code such as C3458, or source:id", ref));
            }
        }
    }

    void check_position() {
        auto const x = number_of(m_cells[lon]);
        auto const y = number_of(m_cells[lat]);
        if (!x || !y) {
            add(CheckRule::malformed_row,
                fmt::format(R"(lon "{}", lat "{}"; expected degrees)", m_cells[lon], m_cells[lat]));
            return;
        }
        m_row.at = {*x, *y};
        m_row.has_position = is_valid(m_row.at);
        if (!m_row.has_position) {
            bool const swapped = is_valid(LonLat{*y, *x});
            add(swapped ? CheckRule::swapped_coordinates : CheckRule::out_of_range,
                fmt::format("lon {}, lat {}; expected degrees within ±180 and ±90{}", m_cells[lon],
                            m_cells[lat], swapped ? "; are lon and lat swapped?" : ""));
        }
    }

    void check_numbers() {
        if (auto const value = number_in(uncertainty_m, 1, 10'000'000)) {
            m_row.uncertainty = Metres{*value};
        }
        for (auto const& [column, most] : {std::pair{population, 2e9}, std::pair{prominence, 5.0}}) {
            if (!m_cells[column].empty()) {
                auto const value = number_in(column, 0, most);
                if (value && *value != std::floor(*value)) {
                    add(CheckRule::malformed_row, fmt::format("{} is {}; expected a whole number",
                                                              column_names[column], m_cells[column]));
                }
            }
        }
    }

    std::optional<double> number_in(Column column, double least, double most) {
        auto const value = number_of(m_cells[column]);
        if (!value) {
            add(CheckRule::malformed_row,
                fmt::format("{} is \"{}\"; expected a number", column_names[column], m_cells[column]));
        } else if (*value < least || *value > most) {
            add(CheckRule::out_of_range, fmt::format("{} is {}; expected {} to {}", column_names[column],
                                                     m_cells[column], least, most));
            return std::nullopt;
        }
        return value;
    }

    CheckedRow& m_row;
    Cells const& m_cells;
    std::vector<CheckProblem>& m_problems;
};

/// Reads blank.file; its rows are like `blank`.
void read_table(CheckedRow const& blank, std::vector<CheckedRow>& rows, std::vector<CheckProblem>& problems) {
    LineReader reader{blank.file};
    bool has_header = false;
    while (auto const line = reader.next()) {
        if (line->empty() || line->front() == '#') {
            continue;
        }
        Cells const cells = split(*line, '\t');
        CheckedRow row = blank;
        row.line = reader.line_number();
        if (!has_header) {
            has_header = true;
            if (!std::ranges::equal(cells, column_names)) {
                add_problem(problems, row, CheckRule::malformed_row,
                            fmt::format(R"(the header is "{}"; expected "{}")", fmt::join(cells, " "),
                                        fmt::join(column_names, " ")));
                return; // its columns mean something else
            }
        } else if (cells.size() != column_count) {
            row.id = cells.front();
            add_problem(problems, row, CheckRule::malformed_row,
                        fmt::format("{} columns; expected {}", cells.size(), std::size_t{column_count}));
        } else {
            RowCheck{row, cells, problems}.run();
            rows.push_back(std::move(row));
        }
    }
    if (!has_header) {
        add_problem(problems, blank, CheckRule::malformed_row, "no header");
    }
}

} // namespace

void add_problem(std::vector<CheckProblem>& problems, CheckedRow const& row, CheckRule rule,
                 std::string message) {
    problems.push_back({row.file, row.line, rule, row.id, std::move(message)});
}

std::vector<CheckedRow> read_checked_rows(std::filesystem::path const& places,
                                          std::vector<CheckProblem>& problems) {
    std::vector<CheckedRow> rows;
    for (std::filesystem::path const& file : list_tables(places)) {
        CheckedRow blank;
        blank.file = file.string();
        blank.imported = file.parent_path() != places;
        read_table(blank, rows, problems);
    }
    return rows;
}

} // namespace kharita::gazetteer
