#include "store/corrections.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <simdjson.h>

#include "base/csv.hpp"
#include "base/error.hpp"
#include "base/files.hpp"
#include "model/names.hpp"
#include "store/database.hpp"
#include "store/unit_of_work.hpp"

namespace kharita::store {

namespace {

enum Column : std::size_t { kind, target, place, lon, lat, field, value, author, reason, made, outcome };
constexpr std::array<std::string_view, 11> columns{"kind",  "target", "place",  "lon",  "lat",    "field",
                                                   "value", "author", "reason", "made", "outcome"};

void insert(Database& database, Correction const& correction, std::string_view said) {
    database
        .cached("INSERT INTO correction (kind, target, place, field, value, author, reason, made, outcome, "
                "geom) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .run(name_of(correction.kind), correction.target, correction.place, correction.field,
             correction.value, correction.author, correction.reason, correction.made, said,
             correction.at ? database.shape(Point{rounded(*correction.at)}) : database.no_shape());
}

bool is_utf8(std::string_view text) {
    return simdjson::validate_utf8(text.data(), text.size());
}

/// One row of the table as a correction. Throws InputError without file and line.
class RowParser {
public:
    RowParser(std::vector<std::string> const& header, std::vector<std::string> const& row)
        : m_header{header},
          m_row{row} {}

    Correction parse(std::string_view default_made) const;

private:
    void check_needs(Correction const& correction) const;

    std::string cell(Column column) const {
        auto const found = std::ranges::find(m_header, columns.at(column));
        auto const index = static_cast<std::size_t>(found - m_header.begin());
        return index < m_row.size() ? m_row[index] : std::string{};
    }
    std::string needed(Column column) const {
        std::string text = cell(column);
        if (text.empty()) {
            fail<InputError>("\"{}\" is empty", columns.at(column));
        }
        return text;
    }
    double degrees(Column column) const {
        std::string const text = needed(column);
        double number = 0;
        auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error != std::errc{} || end != text.data() + text.size()) {
            fail<InputError>(R"("{}" is "{}"; expected degrees)", columns.at(column), text);
        }
        return number;
    }

    std::vector<std::string> const& m_header;
    std::vector<std::string> const& m_row;
};

/// What a build could make nothing of is said at once.
void RowParser::check_needs(Correction const& correction) const {
    using Kind = Correction::Kind;
    if (correction.kind == Kind::force_place && correction.place.empty() && !correction.at) {
        fail<InputError>(
            R"("place" is empty, and so are "lon" and "lat"; force_place needs a place or a point)");
    }
    if (correction.kind == Kind::alias) {
        needed(place);
    }
    if (correction.kind == Kind::edit) {
        needed(field);
    }
    if (correction.kind == Kind::merge) {
        needed(value);
    }
}

Correction RowParser::parse(std::string_view default_made) const {
    if (m_row.size() > m_header.size()) {
        fail<InputError>("has {} fields; the header names {}", m_row.size(), m_header.size());
    }
    Correction correction;
    std::string const kind_name = needed(kind);
    auto const known = parse_name<Correction::Kind>(kind_name);
    if (!known) {
        fail<InputError>(
            R"("kind" is "{}"; expected alias, force_place, never_place, merge, split, edit or delete)",
            kind_name);
    }
    correction.kind = *known;
    correction.target = needed(target);
    correction.place = cell(place);
    if (!cell(lon).empty() || !cell(lat).empty()) {
        correction.at = rounded(LonLat{degrees(lon), degrees(lat)});
        if (!is_valid(*correction.at)) {
            fail<InputError>("lon {} and lat {} are no position in degrees", correction.at->lon,
                             correction.at->lat);
        }
    }
    correction.field = cell(field);
    correction.value = cell(value);
    correction.author = needed(author);
    correction.reason = needed(reason);
    correction.made = cell(made);
    if (correction.made.empty()) {
        correction.made = default_made;
    }
    if (correction.made.empty()) {
        fail<InputError>(
            R"("made" is empty; expected the day of the correction, YYYY-MM-DD (a build must give )"
            "the same on any day; kharita review --apply takes the present)");
    }
    if (!parse_date(std::string_view{correction.made}.substr(0, 10))) {
        fail<InputError>(R"("made" is "{}"; expected YYYY-MM-DD, with or without a time)", correction.made);
    }
    check_needs(correction);
    return correction;
}

} // namespace

std::vector<ReplayedCorrection> replayed_corrections(Database& database) {
    Statement row = database.prepare("SELECT kind, target, place, field, value, author, reason, made, geom, "
                                     "outcome FROM correction ORDER BY id");
    std::vector<ReplayedCorrection> all;
    while (row.step()) {
        Correction correction;
        correction.kind =
            parse_name<Correction::Kind>(row.text(0)).value_or(Correction::Kind::alias); // the schema checks
        correction.target = row.text(1);
        correction.place = row.text(2);
        correction.field = row.text(3);
        correction.value = row.text(4);
        correction.author = row.text(5);
        correction.reason = row.text(6);
        correction.made = row.text(7);
        correction.at = row.point(8);
        all.push_back({std::move(correction), std::string{row.text(9)}});
    }
    return all;
}

std::vector<Correction> corrections(Database& database) {
    std::vector<ReplayedCorrection> replayed = replayed_corrections(database);
    std::vector<Correction> all;
    all.reserve(replayed.size());
    for (ReplayedCorrection& each : replayed) {
        all.push_back(std::move(each.correction));
    }
    return all;
}

void replace_corrections(Database& database, std::span<ReplayedCorrection const> all) {
    UnitOfWork whole{database};
    database.cached("DELETE FROM correction").run();
    for (ReplayedCorrection const& each : all) {
        insert(database, each.correction, each.outcome);
    }
    database.touch();
    whole.commit();
}

void note_outcomes(Database& database, std::span<ReplayedCorrection const> of_database,
                   std::span<ReplayedCorrection const> of_files) {
    UnitOfWork whole{database};
    for (ReplayedCorrection const& each : of_database) {
        Correction const& correction = each.correction;
        database
            .cached(database.is_on_server()
                        ? "UPDATE correction SET outcome = ? WHERE kind = ? AND target = ? AND place = ? AND "
                          "field = ? AND value = ? AND author = ? AND reason = ? AND made = ? AND geom IS "
                          "NOT DISTINCT FROM ?::geometry"
                        : "UPDATE correction SET outcome = ? WHERE kind = ? AND target = ? AND place = ? AND "
                          "field = ? AND value = ? AND author = ? AND reason = ? AND made = ? AND geom IS ?")
            .run(each.outcome, name_of(correction.kind), correction.target, correction.place,
                 correction.field, correction.value, correction.author, correction.reason, correction.made,
                 correction.at ? database.shape(Point{*correction.at}) : database.no_shape());
    }
    for (ReplayedCorrection const& each : of_files) {
        insert(database, each.correction, each.outcome);
    }
    database.touch();
    whole.commit();
}

std::size_t add_corrections(Database& database, std::span<Correction const> more) {
    std::vector<Correction> known = corrections(database);
    UnitOfWork whole{database};
    std::size_t added = 0;
    for (Correction const& correction : more) {
        if (std::ranges::find(known, correction) != known.end()) {
            continue;
        }
        insert(database, correction, "");
        known.push_back(correction);
        ++added;
    }
    if (added > 0) {
        database.touch();
    }
    whole.commit();
    return added;
}

CorrectionTable read_corrections_csv(std::filesystem::path const& file, std::string_view default_made) {
    std::string const text = read_file(file);
    CsvReader reader{text};
    std::optional<std::vector<std::string>> header;
    try {
        header = reader.next();
        for (Column const column : {kind, target, author, reason}) {
            if (!header || std::ranges::find(*header, columns.at(column)) == header->end()) {
                fail<InputError>(
                    "its header names no \"{}\"; expected kind, target, place, lon, lat, field, value, "
                    "author, reason, made",
                    columns.at(column));
            }
        }
    } catch (InputError const& error) {
        fail<InputError>("{}:{}: {}", file.string(), std::max<std::size_t>(reader.line(), 1), error.what());
    }
    CorrectionTable table;
    auto const set_aside = [&](std::string const& reason) {
        std::string_view const row = is_utf8(reader.text()) ? reader.text() : ""; // else it cannot be quoted
        table.set_aside.push_back(make_reject(file.string(), reader.line(), reason, row));
    };
    for (;;) {
        std::optional<std::vector<std::string>> row;
        try {
            row = reader.next();
        } catch (InputError const& error) {
            set_aside(error.what());
            reader.skip_line();
            continue;
        }
        if (!row) {
            return table;
        }
        if (!is_utf8(reader.text())) {
            set_aside("is no UTF-8; save the table as \"CSV UTF-8\"");
            continue;
        }
        try {
            table.corrections.push_back(RowParser{*header, *row}.parse(default_made));
        } catch (InputError const& error) {
            set_aside(error.what());
        }
    }
}

std::string corrections_csv(std::span<ReplayedCorrection const> all) {
    std::string out = fmt::format("{}\n", fmt::join(columns, ","));
    for (ReplayedCorrection const& each : all) {
        Correction const& correction = each.correction;
        std::array<std::string, columns.size()> const cells{
            std::string{name_of(correction.kind)},
            correction.target,
            correction.place,
            correction.at ? fmt::format("{}", correction.at->lon) : "",
            correction.at ? fmt::format("{}", correction.at->lat) : "",
            correction.field,
            correction.value,
            correction.author,
            correction.reason,
            correction.made,
            each.outcome};
        for (std::size_t i = 0; i < cells.size(); ++i) {
            out += i == 0 ? "" : ",";
            append_csv_field(out, cells.at(i));
        }
        out += '\n';
    }
    return out;
}

} // namespace kharita::store
