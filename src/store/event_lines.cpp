#include "store/event_lines.hpp"

#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/error.hpp"
#include "geo/geojson.hpp"
#include "geo/spatialite_blob.hpp"
#include "model/date.hpp"
#include "sqlite/connection.hpp"
#include "store/database.hpp"
#include "store/layer_fields.hpp"

namespace kharita::store {

namespace {

// Columns before those of fields.
constexpr int geom_column = 0;
constexpr int id_column = 1;
constexpr int document_column = 2;
constexpr int place_column = 3;
constexpr int event_id_column = 4;
constexpr int first_field = 5;

/// Which table says a field, and so how often it is written anew.
enum class Teller : std::uint8_t { event, place, document, reports };

Teller teller_of(LayerField const& field) noexcept {
    if (field.tables.empty()) {
        return Teller::reports;
    }
    if (field.tables.find("p.") != std::string_view::npos) {
        return Teller::place;
    }
    return field.tables.starts_with("d.") ? Teller::document : Teller::event;
}

/// A field, and where its value stands.
struct Member {
    std::string key; ///< `,"name":`
    LayerField::Kind kind = LayerField::Kind::text;
    int column = 0;
};

/// Members that stand together and that one table says.
struct Run {
    Teller teller = Teller::event;
    std::vector<Member> members;
};

/// How the fields of events are read from tables instead of from the view: in the order of event keys, with
/// what a place or a report says written once.
struct Plan {
    std::vector<Run> runs;
    std::string events_sql; ///< of one modality
    std::string place_sql;  ///< of one place
};

Plan make_plan() {
    Plan plan{.runs = {},
              .events_sql = "SELECT e.geom, e.id, e.document, e.place, e.event_id",
              .place_sql = "SELECT "};
    int column = first_field;
    int next_of_place = 0;
    for (LayerField const& field : fields_of(Layer::events)) {
        Teller const teller = teller_of(field);
        if (plan.runs.empty() || plan.runs.back().teller != teller) {
            plan.runs.push_back({.teller = teller, .members = {}});
        }
        std::string_view const comma = plan.runs.size() == 1 && plan.runs[0].members.empty() ? "" : ",";
        plan.runs.back().members.push_back({.key = fmt::format("{}\"{}\":", comma, field.name),
                                            .kind = field.kind,
                                            .column = teller == Teller::place ? next_of_place : column});
        if (teller == Teller::place) {
            plan.place_sql += fmt::format("{}{}", next_of_place++ == 0 ? "" : ", ", field.tables);
        } else if (teller != Teller::reports) {
            plan.events_sql += fmt::format(", {}", field.tables);
            ++column;
        }
    }
    plan.events_sql +=
        " FROM event AS e JOIN document AS d ON d.id = e.document LEFT JOIN event_group AS g ON "
        "g.id = e.event_group WHERE e.modality = ? AND e.same_as IS NULL ORDER BY e.id";
    plan.place_sql += " FROM place AS p WHERE p.id = ?";
    return plan;
}

template <typename Number>
void append_number(std::string& out, Number value) {
    std::array<char, 32> digits{};
    out.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr);
}

template <typename Number>
void append_number_or_null(std::string& out, std::optional<Number> const& value) {
    if (value) {
        append_number(out, *value);
    } else {
        out += "null";
    }
}

void append_text(std::string& out, std::string_view value) {
    if (value.empty()) {
        out += "null";
    } else {
        geo::append_json_string(out, value);
    }
}

/// Appends a member of a JSON object; of no row, null.
void append_member(std::string& out, Member const& member, sqlite::Statement const* row) {
    out += member.key;
    if (row == nullptr) {
        out += "null";
        return;
    }
    switch (member.kind) {
    case LayerField::Kind::text:
        append_text(out, row->text(member.column));
        return;
    case LayerField::Kind::arabic:
        append_text(out, without_tashkeel(row->text(member.column)));
        return;
    case LayerField::Kind::whole:
        append_number_or_null(out, row->integer_or_null(member.column));
        return;
    case LayerField::Kind::real: // SQLite keeps infinities, but our CHECKs do not
        if (auto const number = row->real_or_null(member.column)) {
            append_number(out, four_decimals(*number));
        } else {
            out += "null";
        }
        return;
    case LayerField::Kind::truth:
        out += row->is_null(member.column) ? "null" : row->integer(member.column) != 0 ? "true" : "false";
        return;
    case LayerField::Kind::days:
        auto const date = parse_date(row->text(member.column));
        append_number_or_null(out, date ? std::optional{date->time_since_epoch().count()} : std::nullopt);
    }
}

void append_members(std::string& out, Run const& run, sqlite::Statement const* row) {
    for (Member const& member : run.members) {
        append_member(out, member, row);
    }
}

/// What runs of members say of places, by the place's row.
class PlaceTexts {
public:
    PlaceTexts(sqlite::Connection& connection, Run const& run, std::string const& sql)
        : m_run{run},
          m_find{connection.prepare(sql)} {
        append_members(m_nowhere, m_run, nullptr);
    }

    std::string const& of(std::optional<std::int64_t> row) {
        if (!row) {
            return m_nowhere;
        }
        auto [found, is_new] = m_texts.try_emplace(*row);
        if (is_new) {
            append_members(found->second, m_run, m_find.bind(*row).step() ? &m_find : nullptr);
            m_find.reset();
        }
        return found->second;
    }

private:
    Run const& m_run;
    sqlite::Statement m_find;
    std::unordered_map<std::int64_t, std::string> m_texts;
    std::string m_nowhere;
};

/// What a run of members says of a report; events of one stand together.
class ReportTexts {
public:
    explicit ReportTexts(Run const& run) : m_run{run} {}

    std::string const& of(sqlite::Statement const& row) {
        if (std::int64_t const now = row.integer(document_column); m_document != now) {
            m_document = now;
            m_text.clear();
            append_members(m_text, m_run, &row);
        }
        return m_text;
    }

private:
    Run const& m_run;
    std::int64_t m_document = 0;
    std::string m_text;
};

/// How many reports each event has, asked for in the order of keys.
class ReportCounts {
public:
    explicit ReportCounts(sqlite::Connection& connection)
        : m_rows{connection.prepare("SELECT DISTINCT event, document FROM event_report ORDER BY event")} {
        next();
    }

    std::int64_t of(std::int64_t event) {
        while (m_event && *m_event < event) {
            next();
        }
        std::int64_t count = 0;
        for (; m_event == event; next()) {
            ++count;
        }
        return count;
    }

private:
    void next() { m_event = m_rows.step() ? std::optional{m_rows.integer(0)} : std::nullopt; }

    sqlite::Statement m_rows;
    std::optional<std::int64_t> m_event;
};

/// Writes the properties of one event after the other.
class PropertiesWriter {
public:
    PropertiesWriter(sqlite::Connection& connection, Plan const& plan) : m_plan{plan}, m_counts{connection} {
        m_places.reserve(plan.runs.size());
        m_reports.reserve(plan.runs.size());
        for (Run const& run : plan.runs) {
            if (run.teller == Teller::place) {
                m_places.emplace_back(connection, run, plan.place_sql);
            } else if (run.teller == Teller::document) {
                m_reports.emplace_back(run);
            }
        }
    }

    void append(std::string& out, sqlite::Statement const& row) {
        auto places = m_places.begin();
        auto reports = m_reports.begin();
        for (Run const& run : m_plan.runs) {
            switch (run.teller) {
            case Teller::event:
                append_members(out, run, &row);
                break;
            case Teller::place:
                out += (places++)->of(row.integer_or_null(place_column));
                break;
            case Teller::document:
                out += (reports++)->of(row);
                break;
            case Teller::reports:
                out += run.members.front().key;
                append_number(out, m_counts.of(row.integer(id_column)));
            }
        }
    }

private:
    Plan const& m_plan;
    std::vector<PlaceTexts> m_places;
    std::vector<ReportTexts> m_reports;
    ReportCounts m_counts;
};

LonLat position_of(sqlite::Statement const& row, std::string const& database) {
    auto const blob = row.blob(geom_column);
    try {
        Geometry const geometry =
            geo::decode_spatialite({reinterpret_cast<char const*>(blob.data()), blob.size()});
        if (auto const* const point = std::get_if<Point>(&geometry)) {
            return point->at;
        }
        fail<GeometryError>("its geometry is no point");
    } catch (GeometryError const& error) {
        fail<DatabaseError>("{}: event {}: {}", database, row.text(event_id_column), error.what());
    }
}

} // namespace

WithoutPosition event_lines(Database& database, Layer layer, std::string& line,
                            std::function<void(LonLat)> const& use) {
    sqlite::Connection& connection = database.connection();
    Plan const plan = make_plan();
    PropertiesWriter properties{connection, plan};
    auto rows = connection.prepare(plan.events_sql);
    rows.bind(layer == Layer::events ? std::string_view{"occurred"} : name_of(layer));
    WithoutPosition without;
    while (rows.step()) {
        if (rows.is_null(geom_column)) {
            ++without.count;
            continue;
        }
        LonLat const at = position_of(rows, connection.name());
        line += R"({"type":"Feature",)";
        if (std::uint64_t const number = event_feature_id(rows.text(event_id_column)); number != 0) {
            line += "\"id\":";
            append_number(line, number);
            line += ',';
        }
        line += R"("geometry":{"type":"Point","coordinates":[)";
        geo::append_coordinate(line, at.lon);
        line += ',';
        geo::append_coordinate(line, at.lat);
        line += R"(]},"properties":{)";
        properties.append(line, rows);
        line += "}}";
        use(at);
    }
    return without;
}

} // namespace kharita::store
