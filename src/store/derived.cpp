#include "store/derived.hpp"

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/error.hpp"
#include "geo/geometry.hpp"
#include "geo/spatialite_blob.hpp"
#include "sqlite/connection.hpp"
#include "sqlite/error.hpp"
#include "sqlite/transaction.hpp"
#include "store/database.hpp"
#include "store/document_writer.hpp"

namespace kharita::store {

namespace {

/// The geometry as it is stored; `what` names it in messages.
std::string valid_blob(sqlite::Connection& connection, Geometry geometry, std::string const& what) {
    std::string blob;
    try {
        blob = geo::encode_spatialite(geo::rounded(std::move(geometry)));
    } catch (GeometryError const& error) {
        fail<DatabaseError>("{}: {}: {}", connection.name(), what, error.what());
    }
    auto& check = connection.cached("SELECT ST_IsValid(?1), ST_IsValidReason(?1)");
    check.bind(sqlite::Blob{std::as_bytes(std::span{blob})}).step();
    if (check.integer(0) != 1) {
        std::string const reason{check.text(1)};
        check.reset();
        fail<DatabaseError>("{}: {} is not valid: {}", connection.name(), what, reason);
    }
    check.reset();
    return blob;
}

std::string joined(std::span<std::string const> parts) {
    return fmt::format("{}", fmt::join(parts, "; "));
}

} // namespace

void replace_control(Database& database, Date date, std::span<ControlArea const> areas) {
    sqlite::Connection& connection = database.connection();
    sqlite::Savepoint all{connection};
    database.touch();
    std::string const day = to_string(date);
    connection.cached("DELETE FROM control WHERE date = ? AND source = 'derived'").run(day);
    for (ControlArea const& area : areas) {
        if (area.area.polygons.empty()) {
            continue; // an actor who holds nothing that day
        }
        std::string const blob =
            valid_blob(connection, area.area, fmt::format("control area of {} on {}", area.actor, day));
        connection
            .cached("INSERT INTO control (actor, date, places, confidence, source, geom) VALUES (?, ?, ?, ?, "
                    "?, ?)")
            .run(actor_row(connection, area.actor, {}), day, joined(area.places), area.confidence,
                 area.source.empty() ? "derived" : area.source, sqlite::Blob{std::as_bytes(std::span{blob})});
    }
    all.commit();
}

std::vector<ControlArea> digitised_control(Database& database) {
    sqlite::Connection& connection = database.connection();
    auto row = connection.prepare("SELECT a.actor_id, c.date, c.until, c.places, c.confidence, c.geom, c.id "
                                  "FROM control AS c JOIN actor AS a ON a.id = c.actor "
                                  "WHERE c.source = 'digitised' ORDER BY c.id");
    std::vector<ControlArea> all;
    while (row.step()) {
        sqlite::Blob const blob = row.blob(5);
        ControlArea area;
        try {
            area.area = geo::polygons_of(
                geo::decode_spatialite({reinterpret_cast<char const*>(blob.data()), blob.size()}));
        } catch (GeometryError const& error) {
            fail<DatabaseError>("{}: control area {}: {}", connection.name(), row.integer(6), error.what());
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
    sqlite::Connection& connection = database.connection();
    sqlite::Savepoint all{connection};
    database.touch();
    for (ControlArea const& area : areas) {
        std::string const blob =
            valid_blob(connection, area.area,
                       fmt::format("the area of {} drawn for {}", area.actor, to_string(area.date)));
        connection
            .cached("INSERT INTO control (actor, date, until, places, confidence, source, geom) "
                    "VALUES (?, ?, ?, ?, ?, 'digitised', ?)")
            .run(actor_row(connection, area.actor, {}), to_string(area.date),
                 area.until ? std::optional{to_string(*area.until)} : std::nullopt, joined(area.places),
                 area.confidence, sqlite::Blob{std::as_bytes(std::span{blob})});
    }
    all.commit();
}

void replace_frontlines(Database& database, Date date, std::span<Frontline const> lines) {
    sqlite::Connection& connection = database.connection();
    sqlite::Savepoint all{connection};
    database.touch();
    std::string const day = to_string(date);
    connection.cached("DELETE FROM frontline WHERE date = ?").run(day);
    for (Frontline const& line : lines) {
        std::string const blob =
            valid_blob(connection, line.line,
                       fmt::format("frontline of {} and {} on {}", line.actor_a, line.actor_b, day));
        connection
            .cached(
                "INSERT INTO frontline (actor_a, actor_b, date, evidence, last_evidence, confidence, geom) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)")
            .run(actor_row(connection, line.actor_a, {}), actor_row(connection, line.actor_b, {}), day,
                 joined(line.evidence),
                 line.last_evidence ? std::optional{to_string(*line.last_evidence)} : std::nullopt,
                 line.confidence, sqlite::Blob{std::as_bytes(std::span{blob})});
    }
    all.commit();
}

void replace_zone_areas(Database& database, std::span<ZoneArea const> areas) {
    sqlite::Connection& connection = database.connection();
    sqlite::Savepoint all{connection};
    database.touch();
    connection
        .cached("UPDATE zone SET geom = NULL, drawn_depth_km = NULL, depth_assumed = NULL, area_why = '' "
                "WHERE geom IS NOT NULL OR area_why <> ''")
        .run();
    for (ZoneArea const& area : areas) {
        if (area.area.polygons.empty()) { // only the reason why there is none
            connection.cached("UPDATE zone SET area_why = ? WHERE zone_id = ?").run(area.why, area.zone);
        } else {
            std::string const blob = valid_blob(connection, area.area, "the area of zone " + area.zone);
            connection
                .cached("UPDATE zone SET geom = ?, drawn_depth_km = ?, depth_assumed = ?, area_why = ? "
                        "WHERE zone_id = ?")
                .run(sqlite::Blob{std::as_bytes(std::span{blob})}, area.depth_km, area.depth_assumed,
                     area.why, area.zone);
        }
        if (connection.changes() == 0) {
            fail<DatabaseError>("{}: an area was derived for zone {}, which is not there", connection.name(),
                                area.zone);
        }
    }
    all.commit();
}

} // namespace kharita::store
