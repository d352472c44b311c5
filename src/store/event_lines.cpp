#include "store/event_lines.hpp"

#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "base/error.hpp"
#include "geo/geojson.hpp"
#include "geo/spatialite_blob.hpp"
#include "model/date.hpp"
#include "sqlite/connection.hpp"
#include "store/database.hpp"

namespace kharita::store {

namespace {

// The rows of view event_detail, in its order of keys, but for what places and the number of reports say.
constexpr std::string_view events_sql =
    "SELECT e.geom, e.id, e.document, e.place, e.event_id, e.date, e.date_end, e.event_type, "
    "e.sub_event_type, "
    "e.plover, e.modality, e.killed, e.injured, CASE WHEN e.killed IS NULL THEN g.killed END, CASE WHEN "
    "e.injured IS NULL THEN g.injured END, e.initiator, e.target, e.weapon, e.count, e.geo_precision, "
    "e.time_precision, e.uncertainty_m, e.confidence, d.source, d.url, d.published FROM event AS e JOIN "
    "document AS d ON d.id = e.document LEFT JOIN event_group AS g ON g.id = e.event_group "
    "WHERE e.modality = ? AND e.same_as IS NULL ORDER BY e.id";

enum Column : int {
    geom,
    id,
    document,
    place,
    event_id,
    date,
    date_end,
    event_type,
    sub_event_type,
    plover,
    modality,
    killed,
    injured,
    killed_shared,
    injured_shared,
    initiator,
    target,
    weapon,
    strikes,
    geo_precision,
    time_precision,
    uncertainty_m,
    confidence,
    source,
    url,
    published
};

template <typename Number>
void append_number(std::string& out, Number value) {
    std::array<char, 32> digits{};
    out.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr);
}

/// Appends members of a JSON object; `key` is `,"name":`.
void text(std::string& out, std::string_view key, std::string_view value) {
    out += key;
    if (value.empty()) {
        out += "null";
    } else {
        geo::append_json_string(out, value);
    }
}

class RowWriter {
public:
    RowWriter(sqlite::Statement const& row, std::string& out) : m_row{row}, m_out{out} {}

    void text(std::string_view key, Column column) const { store::text(m_out, key, m_row.text(column)); }
    void integer(std::string_view key, Column column) const {
        m_out += key;
        if (auto const value = m_row.integer_or_null(column)) {
            append_number(m_out, *value);
        } else {
            m_out += "null";
        }
    }
    void real(std::string_view key, Column column) const {
        m_out += key;
        if (auto const value = m_row.real_or_null(column)) { // SQLite keeps infinities, but our CHECKs do not
            append_number(m_out, *value);
        } else {
            m_out += "null";
        }
    }
    /// Days since 1970-01-01.
    void day(std::string_view key, Column column) const {
        m_out += key;
        if (auto const value = parse_date(m_row.text(column))) {
            append_number(m_out, value->time_since_epoch().count());
        } else {
            m_out += "null";
        }
    }

private:
    sqlite::Statement const& m_row;
    std::string& m_out;
};

/// What an event's members say of its place, by the place's row.
class PlaceTexts {
public:
    explicit PlaceTexts(sqlite::Connection& connection)
        : m_find{connection.prepare("SELECT name, name_ar, admin1, admin2, admin3, coalesce(admin3_id, "
                                    "admin2_id, admin1_id) FROM place WHERE id = ?")} {
        write(m_nowhere, nullptr);
    }

    std::string const& of(std::optional<std::int64_t> row) {
        if (!row) {
            return m_nowhere;
        }
        auto [found, is_new] = m_texts.try_emplace(*row);
        if (is_new) {
            write(found->second, m_find.bind(*row).step() ? &m_find : nullptr);
            m_find.reset();
        }
        return found->second;
    }

private:
    static void write(std::string& out, sqlite::Statement const* row) {
        constexpr std::array<std::string_view, 6> keys{
            ",\"place\":", ",\"place_ar\":", ",\"admin1\":", ",\"admin2\":", ",\"admin3\":", ",\"pcode\":"};
        for (std::size_t i = 0; i < keys.size(); ++i) {
            std::string_view const value =
                row == nullptr ? std::string_view{} : row->text(static_cast<int>(i));
            text(out, keys[i], i == 1 ? without_tashkeel(value) : std::string{value});
        }
    }

    sqlite::Statement m_find;
    std::unordered_map<std::int64_t, std::string> m_texts;
    std::string m_nowhere;
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

/// What the members say of a report; events of one stand together.
class ReportTexts {
public:
    std::string const& of(sqlite::Statement const& row) {
        if (std::int64_t const now = row.integer(document); m_document != now) {
            m_document = now;
            m_text.clear();
            text(m_text, ",\"source\":", row.text(source));
            text(m_text, ",\"url\":", row.text(url));
            text(m_text, ",\"published\":", row.text(published));
        }
        return m_text;
    }

private:
    std::int64_t m_document = 0;
    std::string m_text;
};

void append_properties(std::string& out, sqlite::Statement const& row, std::string const& place_text,
                       std::int64_t reports) {
    RowWriter const write{row, out};
    write.text("\"id\":", event_id);
    write.text(",\"date\":", date);
    write.text(",\"date_end\":", date_end);
    write.day(",\"day\":", date);
    write.day(",\"day_end\":", date_end);
    write.text(",\"event_type\":", event_type);
    write.text(",\"sub_event_type\":", sub_event_type);
    write.text(",\"plover\":", plover);
    write.text(",\"modality\":", modality);
    out += place_text;
    write.integer(",\"killed\":", killed);
    write.integer(",\"injured\":", injured);
    write.integer(",\"killed_shared\":", killed_shared);
    write.integer(",\"injured_shared\":", injured_shared);
    write.text(",\"initiator\":", initiator);
    write.text(",\"target\":", target);
    write.text(",\"weapon\":", weapon);
    write.integer(",\"strikes\":", strikes);
    write.integer(",\"geo_precision\":", geo_precision);
    write.integer(",\"time_precision\":", time_precision);
    write.real(",\"uncertainty_m\":", uncertainty_m);
    write.real(",\"confidence\":", confidence);
    out += ",\"reports\":";
    append_number(out, reports);
}

LonLat position_of(sqlite::Statement const& row, std::string const& database) {
    auto const blob = row.blob(geom);
    try {
        Geometry const geometry =
            geo::decode_spatialite({reinterpret_cast<char const*>(blob.data()), blob.size()});
        if (auto const* const point = std::get_if<Point>(&geometry)) {
            return point->at;
        }
        fail<GeometryError>("its geometry is no point");
    } catch (GeometryError const& error) {
        fail<DatabaseError>("{}: event {}: {}", database, row.text(event_id), error.what());
    }
}

} // namespace

bool is_of_events(Layer layer) noexcept {
    switch (layer) {
    case Layer::events:
    case Layer::planned:
    case Layer::threatened:
    case Layer::failed:
    case Layer::denied:
    case Layer::historical:
        return true;
    default:
        return false;
    }
}

WithoutPosition event_lines(Database& database, Layer layer, std::string& line,
                            std::function<void(LonLat)> const& use) {
    sqlite::Connection& connection = database.connection();
    PlaceTexts places{connection};
    ReportCounts counts{connection};
    ReportTexts reports;
    auto rows = connection.prepare(events_sql);
    rows.bind(layer == Layer::events ? std::string_view{"occurred"} : name_of(layer));
    WithoutPosition without;
    while (rows.step()) {
        if (rows.is_null(geom)) {
            ++without.count;
            continue;
        }
        LonLat const at = position_of(rows, connection.name());
        line += R"({"type":"Feature",)";
        if (std::uint64_t const number = event_feature_id(rows.text(event_id)); number != 0) {
            line += "\"id\":";
            append_number(line, number);
            line += ',';
        }
        line += R"("geometry":{"type":"Point","coordinates":[)";
        geo::append_coordinate(line, at.lon);
        line += ',';
        geo::append_coordinate(line, at.lat);
        line += R"(]},"properties":{)";
        auto const place_row = rows.integer_or_null(place);
        append_properties(line, rows, places.of(place_row), counts.of(rows.integer(id)));
        line += reports.of(rows);
        line += "}}";
        use(at);
    }
    return without;
}

} // namespace kharita::store
