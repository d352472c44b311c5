#include "store/events.hpp"

#include "base/tsv.hpp"
#include "model/names.hpp"
#include "store/database.hpp"

namespace kharita::store {

namespace {

std::optional<Date> date_of(std::string_view text) {
    return parse_date(text);
}

std::optional<AdminUnit> unit_of(Statement const& row, int column) {
    if (row.is_null(column)) {
        return std::nullopt;
    }
    return AdminUnit{std::string{row.text(column)}, std::string{row.text(column + 1)}};
}

constexpr std::string_view place_columns =
    "p.place_id, p.name, p.name_ar, p.feature, p.country, p.admin1_id, p.admin1, p.admin2_id, p.admin2, "
    "p.admin3_id, p.admin3, p.uncertainty_m, p.population, p.prominence, p.refs, p.geom";

/// Reads `place_columns` that begin at column `first`.
Place place_of(Statement const& row, int first) {
    Place place;
    place.id = row.text(first);
    place.name = row.text(first + 1);
    place.name_ar = row.text(first + 2);
    place.feature = row.text(first + 3);
    place.country = row.text(first + 4);
    place.admin1 = unit_of(row, first + 5);
    place.admin2 = unit_of(row, first + 7);
    place.admin3 = unit_of(row, first + 9);
    place.uncertainty = Metres{row.real(first + 11)};
    place.population = row.integer(first + 12);
    place.prominence = static_cast<int>(row.integer(first + 13));
    for (std::string_view const ref : split(row.text(first + 14), ';')) {
        if (auto const id = trimmed(ref); !id.empty()) {
            place.refs.emplace_back(id);
        }
    }
    place.at = row.point(first + 15).value_or(LonLat{});
    return place;
}

void add_actors(Database& database, std::int64_t event, Event& to) {
    Statement& rows = database.cached("SELECT x.side, a.actor_id, a.name, x.confidence FROM event_actor AS x "
                                      "JOIN actor AS a ON a.id = x.actor "
                                      "WHERE x.event = ? ORDER BY x.side, x.ordinal");
    rows.bind(event);
    while (rows.step()) {
        // A name without an id is kept under "name:…".
        std::string_view const id = rows.text(1);
        ActorRef actor{.id = id.starts_with("name:") ? std::string{} : std::string{id},
                       .name = std::string{rows.text(2)},
                       .confidence = rows.real(3)};
        (rows.text(0) == "initiator" ? to.initiator : to.target).push_back(std::move(actor));
    }
}

} // namespace

std::vector<LocatedEvent> located_events(Database& database) {
    Statement rows = database.stream(
        "SELECT e.id, e.event_id, e.date, e.date_end, e.time_precision, e.event_type, e.sub_event_type, "
        "e.plover, e.plover_mode, e.modality, e.weapon, e.claimed_by, e.confidence, e.control_change, "
        "p.place_id, e.uncertainty_m, e.geom FROM event AS e LEFT JOIN place AS p ON p.id = e.place "
        "WHERE e.same_as IS NULL ORDER BY e.date NULLS FIRST, e.event_id");
    std::vector<LocatedEvent> events;
    while (rows.step()) {
        LocatedEvent& located = events.emplace_back();
        Event& event = located.event;
        event.id = rows.text(1);
        event.date = date_of(rows.text(2));
        event.date_end = date_of(rows.text(3));
        event.time_precision = static_cast<int>(rows.integer(4));
        event.event_type = rows.text(5);
        event.sub_event_type = rows.text(6);
        event.plover = rows.text(7);
        event.plover_mode = rows.text(8);
        event.modality = parse_name<Modality>(rows.text(9)).value_or(Modality::occurred);
        event.weapon = rows.text(10);
        event.claimed_by = rows.text(11);
        event.confidence = rows.real(12);
        event.control_change = rows.text(13);
        located.place = rows.text(14);
        located.uncertainty = Metres{rows.real(15)};
        located.at = rows.point(16);
        add_actors(database, rows.integer(0), event);
    }
    return events;
}

std::vector<Zone> zones(Database& database) {
    Statement rows = database.stream(
        "SELECT id, zone_id, kind, status, name, along, side, depth_km, length_km, date, confidence, why "
        "FROM zone ORDER BY date NULLS FIRST, zone_id");
    Statement actors = database.prepare(
        "SELECT a.actor_id, a.name, x.confidence FROM zone_actor AS x JOIN actor AS a ON a.id = x.actor "
        "WHERE x.zone = ? ORDER BY x.ordinal");
    std::vector<Zone> all;
    while (rows.step()) {
        Zone zone;
        zone.id = rows.text(1);
        zone.kind = parse_name<ZoneKind>(rows.text(2)).value_or(ZoneKind::safe_zone);
        zone.status = parse_name<ZoneStatus>(rows.text(3)).value_or(ZoneStatus::proposed);
        zone.name = rows.text(4);
        zone.along = rows.text(5);
        zone.side = rows.text(6);
        zone.depth_km = rows.real_or_null(7);
        zone.length_km = rows.real_or_null(8);
        zone.date = date_of(rows.text(9));
        zone.confidence = rows.real(10);
        zone.why = rows.text(11);
        actors.bind(rows.integer(0));
        while (actors.step()) {
            std::string_view const id = actors.text(0);
            zone.declared_by.push_back({.id = id.starts_with("name:") ? std::string{} : std::string{id},
                                        .name = std::string{actors.text(1)},
                                        .confidence = actors.real(2)});
        }
        all.push_back(std::move(zone));
    }
    return all;
}

std::vector<Place> places(Database& database) {
    Statement rows =
        database.stream("SELECT " + std::string{place_columns} + " FROM place AS p ORDER BY p.place_id");
    std::vector<Place> all;
    while (rows.step()) {
        all.push_back(place_of(rows, 0));
    }
    return all;
}

} // namespace kharita::store
