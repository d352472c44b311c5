#include "store/derived.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/error.hpp"
#include "geo/geometry.hpp"
#include "store/database.hpp"
#include "store/unit_of_work.hpp"

namespace kharita::store {

namespace {

/// The geometry as it is stored; `what` names it in messages.
Shape valid_shape(Database& database, Geometry geometry, std::string const& what) {
    Shape shape = database.no_shape();
    try {
        shape = database.shape(geo::rounded(std::move(geometry)));
    } catch (GeometryError const& error) {
        fail<DatabaseError>("{}: {}: {}", database.name(), what, error.what());
    }
    Statement& check = database.cached(database.is_on_server()
                                           ? "SELECT ST_IsValid(?1::geometry), ST_IsValidReason(?1::geometry)"
                                           : "SELECT ST_IsValid(?1), ST_IsValidReason(?1)");
    check.bind(shape).step();
    if (check.integer(0) != 1) {
        std::string const reason{check.text(1)};
        check.reset();
        fail<DatabaseError>("{}: {} is not valid: {}", database.name(), what, reason);
    }
    check.reset();
    return shape;
}

/// The row of an actor, made where there is none.
std::int64_t actor_row(Database& database, std::string const& id) {
    database.cached("INSERT INTO actor (actor_id, name) VALUES (?, ?) ON CONFLICT (actor_id) DO NOTHING")
        .run(id, id);
    Statement& select = database.cached("SELECT id FROM actor WHERE actor_id = ?");
    select.bind(id).step();
    std::int64_t const row = select.integer(0);
    select.reset();
    return row;
}

/// Row numbers for what is derived: after the highest that is there, so that what is derived twice has the
/// same. On a server others (people who draw) wait with their rows until the transaction ends, and what they
/// get afterwards comes after ours.
class RowNumbers {
public:
    RowNumbers(Database& database, std::string_view table) : m_database{database}, m_table{table} {
        if (database.is_on_server()) {
            database.prepare(fmt::format("LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE", table)).run();
        }
        Statement last = database.prepare(fmt::format("SELECT coalesce(max(id), 0) FROM {}", table));
        last.step();
        m_last = last.integer(0);
    }

    std::int64_t next() noexcept { return ++m_last; }

    /// A sequence is set forward only: that is not undone with a transaction, and does no harm then.
    void end() {
        if (m_database.is_on_server()) {
            m_database
                .prepare(fmt::format("SELECT setval(pg_get_serial_sequence('{0}', 'id'), greatest({1}, "
                                     "nextval(pg_get_serial_sequence('{0}', 'id'))))",
                                     m_table, m_last))
                .step();
        }
    }

private:
    Database& m_database;
    std::string_view m_table;
    std::int64_t m_last = 0;
};

std::string joined(std::span<std::string const> parts) {
    return fmt::format("{}", fmt::join(parts, "; "));
}

} // namespace

void replace_control(Database& database, Date date, std::span<ControlArea const> areas) {
    UnitOfWork all{database};
    database.touch();
    std::string const day = to_string(date);
    database.cached("DELETE FROM control WHERE date = ? AND source = 'derived'").run(day);
    RowNumbers numbers{database, "control"};
    for (ControlArea const& area : areas) {
        if (area.area.polygons.empty()) {
            continue; // an actor who holds nothing that day
        }
        Shape const shape =
            valid_shape(database, area.area, fmt::format("control area of {} on {}", area.actor, day));
        database
            .cached(
                "INSERT INTO control (id, actor, date, places, confidence, source, geom) VALUES (?, ?, ?, "
                "?, ?, ?, ?)")
            .run(numbers.next(), actor_row(database, area.actor), day, joined(area.places), area.confidence,
                 area.source.empty() ? "derived" : area.source, shape);
    }
    numbers.end();
    all.commit();
}

std::vector<ControlArea> digitised_control(Database& database) {
    Statement row =
        database.prepare("SELECT a.actor_id, c.date, c.until, c.places, c.confidence, c.geom, c.id "
                         "FROM control AS c JOIN actor AS a ON a.id = c.actor "
                         "WHERE c.source = 'digitised' ORDER BY c.id");
    std::vector<ControlArea> all;
    while (row.step()) {
        ControlArea area;
        try {
            area.area = geo::polygons_of(row.geometry(5).value());
        } catch (GeometryError const& error) {
            fail<DatabaseError>("{}: control area {}: {}", database.name(), row.integer(6), error.what());
        }
        area.actor = row.text(0);
        area.date = parse_date(row.text(1)).value_or(Date{}); // the schema checks
        area.until = parse_date(row.text(2));
        if (!row.text(3).empty()) {
            area.places.emplace_back(row.text(3));
        }
        area.confidence = row.real(4);
        area.source = "digitised";
        all.push_back(std::move(area));
    }
    return all;
}

void add_digitised_control(Database& database, std::span<ControlArea const> areas) {
    UnitOfWork all{database};
    database.touch();
    for (ControlArea const& area : areas) {
        Shape const shape =
            valid_shape(database, area.area,
                        fmt::format("the area of {} drawn for {}", area.actor, to_string(area.date)));
        database
            .cached("INSERT INTO control (actor, date, until, places, confidence, source, geom) "
                    "VALUES (?, ?, ?, ?, ?, 'digitised', ?)")
            .run(actor_row(database, area.actor), to_string(area.date),
                 area.until ? std::optional{to_string(*area.until)} : std::nullopt, joined(area.places),
                 area.confidence, shape);
    }
    all.commit();
}

void replace_frontlines(Database& database, Date date, std::span<Frontline const> lines) {
    UnitOfWork all{database};
    database.touch();
    std::string const day = to_string(date);
    database.cached("DELETE FROM frontline WHERE date = ?").run(day);
    RowNumbers numbers{database, "frontline"};
    for (Frontline const& line : lines) {
        Shape const shape =
            valid_shape(database, line.line,
                        fmt::format("frontline of {} and {} on {}", line.actor_a, line.actor_b, day));
        database
            .cached("INSERT INTO frontline (id, actor_a, actor_b, date, evidence, last_evidence, confidence, "
                    "geom) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
            .run(numbers.next(), actor_row(database, line.actor_a), actor_row(database, line.actor_b), day,
                 joined(line.evidence),
                 line.last_evidence ? std::optional{to_string(*line.last_evidence)} : std::nullopt,
                 line.confidence, shape);
    }
    numbers.end();
    all.commit();
}

void replace_zone_areas(Database& database, std::span<ZoneArea const> areas) {
    UnitOfWork all{database};
    database.touch();
    database
        .cached("UPDATE zone SET geom = NULL, drawn_depth_km = NULL, depth_assumed = NULL, area_why = '', "
                "same_as = "
                "NULL WHERE geom IS NOT NULL OR area_why <> '' OR same_as IS NOT NULL")
        .run();
    for (ZoneArea const& area : areas) {
        Statement& known = database.cached("SELECT 1 FROM zone WHERE zone_id = ?");
        if (!known.bind(area.zone).step()) {
            fail<DatabaseError>("{}: an area was derived for zone {}, which is not there", database.name(),
                                area.zone);
        }
        known.reset();
        if (area.area.polygons.empty()) { // only the reason why there is none
            database.cached("UPDATE zone SET area_why = ? WHERE zone_id = ?").run(area.why, area.zone);
        } else {
            Shape const shape = valid_shape(database, area.area, "the area of zone " + area.zone);
            database
                .cached("UPDATE zone SET geom = ?, drawn_depth_km = ?, depth_assumed = ?, area_why = ? "
                        "WHERE zone_id = ?")
                .run(shape, area.depth_km, area.depth_assumed, area.why, area.zone);
        }
        if (!area.same_as.empty()) {
            database
                .cached("UPDATE zone SET same_as = (SELECT o.id FROM zone AS o WHERE o.zone_id = ?) WHERE "
                        "zone_id = ?")
                .run(area.same_as, area.zone);
        }
    }
    all.commit();
}

} // namespace kharita::store
