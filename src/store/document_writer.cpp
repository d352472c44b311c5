#include "store/document_writer.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/error.hpp"
#include "geo/geometry.hpp"
#include "geo/spatialite_blob.hpp"
#include "model/names.hpp"
#include "sqlite/connection.hpp"
#include "sqlite/error.hpp"
#include "store/fingerprint.hpp"

namespace kharita::store {

namespace {

std::optional<std::string> day(std::optional<Date> const& date) {
    return date ? std::optional{to_string(*date)} : std::nullopt;
}

/// Empty texts of a document that are NULL in the database, because they mean "none".
std::optional<std::string_view> or_null(std::string_view text) {
    return text.empty() ? std::nullopt : std::optional{text};
}

std::string joined(std::span<std::string const> parts) {
    return fmt::format("{}", fmt::join(parts, "; "));
}

sqlite::Blob bytes_of(std::string const& blob) {
    return std::as_bytes(std::span{blob});
}

std::optional<sqlite::Blob> blob_or_null(std::string const& blob) {
    return blob.empty() ? std::nullopt : std::optional{bytes_of(blob)};
}

std::string point_blob(LonLat at) {
    return geo::encode_spatialite(Point{rounded(at)});
}

/// A toll's seven columns, in their order.
struct TollColumns {
    std::optional<std::int64_t> low, best, high, civilians, combatants, children, women;

    explicit TollColumns(std::optional<Toll> const& toll) {
        if (toll) {
            low = toll->count.low;
            best = toll->count.best;
            high = toll->count.high;
            civilians = toll->civilians;
            combatants = toll->combatants;
            children = toll->children;
            women = toll->women;
        }
    }
};

constexpr std::string_view insert_event_sql =
    "INSERT INTO event (event_id, document, event_group, mention, place, date, date_end, time_precision, "
    "date_why, event_type, sub_event_type, plover, plover_mode, modality, initiator, target, weapon, "
    "count_low, count, count_high, killed_low, killed, killed_high, killed_civilians, killed_combatants, "
    "killed_children, killed_women, injured_low, injured, injured_high, injured_civilians, "
    "injured_combatants, injured_children, injured_women, control_change, uncertainty_m, geo_precision, "
    "claimed_by, confidence, why, geom) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
    "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

constexpr std::string_view upsert_place_sql =
    "INSERT INTO place (place_id, name, name_ar, feature, country, admin1_id, admin1, admin2_id, admin2, "
    "admin3_id, admin3, uncertainty_m, population, prominence, refs, geom) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (place_id) DO UPDATE SET name = excluded.name, name_ar = excluded.name_ar, "
    "feature = excluded.feature, country = excluded.country, admin1_id = excluded.admin1_id, "
    "admin1 = excluded.admin1, admin2_id = excluded.admin2_id, admin2 = excluded.admin2, "
    "admin3_id = excluded.admin3_id, admin3 = excluded.admin3, uncertainty_m = excluded.uncertainty_m, "
    "population = excluded.population, prominence = excluded.prominence, refs = excluded.refs, "
    "geom = excluded.geom";

std::optional<std::string_view> id_of(std::optional<AdminUnit> const& unit) {
    return unit ? std::optional<std::string_view>{unit->id} : std::nullopt;
}

std::optional<std::string_view> name_of(std::optional<AdminUnit> const& unit) {
    return unit ? std::optional<std::string_view>{unit->name} : std::nullopt;
}

} // namespace

std::int64_t actor_row(sqlite::Connection& connection, std::string_view id, std::string_view name) {
    std::string const key = id.empty() ? fmt::format("name:{}", name) : std::string{id};
    auto& select = connection.cached("SELECT id FROM actor WHERE actor_id = ?");
    if (select.bind(key).step()) {
        auto const row = select.integer(0);
        select.reset();
        return row;
    }
    connection.cached("INSERT INTO actor (actor_id, name) VALUES (?, ?)").run(key, name.empty() ? id : name);
    return connection.last_insert_id();
}

std::string names_of(std::span<ActorRef const> actors) {
    double whole = 0;
    std::vector<std::string_view> names;
    for (ActorRef const& actor : actors) {
        whole += actor.confidence;
        names.push_back(actor.name.empty() ? actor.id : actor.name);
    }
    // Candidates are alternatives, so that their probabilities add up to one at most.
    constexpr double slack = 1e-6;
    return fmt::format("{}", fmt::join(names, whole > 1 + slack ? " and " : " or "));
}

std::array<sqlite::GeometryColumn, spatial_table_count> const& spatial_columns() {
    static std::array<sqlite::GeometryColumn, spatial_table_count> const columns{{
        {"place", "geom"},
        {"mention", "geom"},
        {"mention_area", "geom"},
        {"event", "geom"},
        {"zone", "geom"},
    }};
    return columns;
}

DocumentWriter::DocumentWriter(sqlite::Connection& connection)
    : m_connection{connection},
      m_document{
          connection.prepare("INSERT INTO document (doc_id, input_id, source, url, title, published, lang, "
                             "text, whole_text, extra, "
                             "content_hash, gazetteer_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")},
      m_mention{connection.prepare(
          "INSERT INTO mention (document, mention_id, start, \"end\", surface, role, place, uncertainty_m, "
          "geo_precision, where_prec, scope, relation, relation_m, relation_deg, relation_of, confidence, "
          "why, "
          "alternatives, geom) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")},
      m_mention_area{connection.prepare("INSERT INTO mention_area (id, geom) VALUES (?, ?)")},
      m_group{connection.prepare(
          "INSERT INTO event_group (document, group_id, killed_low, killed, killed_high, killed_civilians, "
          "killed_combatants, killed_children, killed_women, injured_low, injured, injured_high, "
          "injured_civilians, injured_combatants, injured_children, injured_women) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")},
      m_event{connection.prepare(insert_event_sql)},
      m_event_actor{connection.prepare(
          "INSERT INTO event_actor (event, side, ordinal, actor, confidence) VALUES (?, ?, ?, ?, ?)")},
      m_event_report{connection.prepare(
          "INSERT INTO event_report (event, document, mention, start, \"end\", trigger, quote) "
          "VALUES (?, ?, ?, ?, ?, ?, ?)")},
      m_zone{connection.prepare("INSERT INTO zone (zone_id, document, start, \"end\", surface, quote, kind, "
                                "status, name, along, side, "
                                "depth_km, length_km, declared_by, date, confidence, why) "
                                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")},
      m_zone_actor{connection.prepare(
          "INSERT INTO zone_actor (zone, ordinal, actor, confidence) VALUES (?, ?, ?, ?)")} {}

void DocumentWriter::forget() {
    m_places.clear();
    m_actors.clear();
    for (auto& boxes : m_waiting) {
        boxes.clear();
    }
    m_has_forgotten = true;
}

void DocumentWriter::note(SpatialTable table, std::int64_t row, Extent const& extent) {
    waiting(table).push_back(sqlite::indexed_box(row, extent.west, extent.east, extent.south, extent.north));
}

std::int64_t DocumentWriter::place_row(Place const& place) {
    auto const found = m_places.find(place.id);
    if (found != m_places.end() && found->second.place == place) {
        return found->second.row;
    }
    auto& select = m_connection.cached("SELECT id FROM place WHERE place_id = ?");
    bool const known = select.bind(place.id).step();
    std::int64_t row = known ? select.integer(0) : 0;
    select.reset();
    m_connection.cached(upsert_place_sql)
        .run(place.id, place.name, place.name_ar, place.feature, place.country, id_of(place.admin1),
             name_of(place.admin1), id_of(place.admin2), name_of(place.admin2), id_of(place.admin3),
             name_of(place.admin3), place.uncertainty.value, place.population, place.prominence,
             joined(place.refs), bytes_of(point_blob(place.at)));
    if (!known) {
        row = m_connection.last_insert_id();
        m_new_places.push_back(place.id);
    } else {
        m_connection.cached("DELETE FROM idx_place_geom WHERE pkid = ?").run(row);
        stop_waiting(SpatialTable::place, row);
    }
    Extent extent;
    extent.add(rounded(place.at));
    note(SpatialTable::place, row, extent);
    m_places.insert_or_assign(place.id, KnownPlace{row, place});
    return row;
}

std::int64_t DocumentWriter::known_actor(ActorRef const& actor) {
    std::string key = actor.id.empty() ? "name:" + actor.name : actor.id;
    auto const found = m_actors.find(key);
    if (found != m_actors.end()) {
        return found->second;
    }
    std::int64_t const row = actor_row(m_connection, actor.id, actor.name);
    m_actors.emplace(std::move(key), row);
    return row;
}

void DocumentWriter::stop_waiting(SpatialTable table, std::int64_t row) {
    auto& boxes = waiting(table);
    if (table == SpatialTable::place) { // a corrected place comes again, and is not the last
        std::erase_if(boxes, [&](auto const& box) { return box.id == row; });
        return;
    }
    auto const found = std::ranges::lower_bound(boxes, row, {}, &sqlite::IndexedBox::id);
    if (found != boxes.end() && found->id == row) {
        boxes.erase(found);
    }
}

void DocumentWriter::undo(std::int64_t document) {
    remove(document);
    for (std::string const& id : m_new_places) {
        if (auto const found = m_places.find(id); found != m_places.end()) {
            m_connection.cached("DELETE FROM place WHERE id = ?").run(found->second.row);
            stop_waiting(SpatialTable::place, found->second.row);
            m_places.erase(found);
        }
    }
}

std::int64_t DocumentWriter::insert(Document const& document, std::string_view content_hash) {
    Report const& report = document.report;
    auto const published = day(report.published);
    bool const whole = report.doc_id == content_doc_id(report.source, report.url,
                                                       published.value_or(std::string{}), report.text);
    m_document.run(report.doc_id, report.id, report.source, report.url, report.title, published, report.lang,
                   report.text, whole, or_null(report.extra), content_hash, document.gazetteer_hash);
    Current current{.document = document,
                    .offsets = CodePointOffsets{report.text},
                    .row = m_connection.last_insert_id(),
                    .mentions = {},
                    .groups = {}};
    // A savepoint would undo this too, but copies every page that a document touches. What ends the run
    // (a full disk) is undone with the whole batch.
    m_new_places.clear();
    try {
        insert_findings(current);
    } catch (sqlite::ConstraintError const&) {
        undo(current.row);
        throw;
    } catch (GeometryError const&) {
        undo(current.row);
        throw;
    } catch (InputError const&) {
        undo(current.row);
        throw;
    }
    return current.row;
}

void DocumentWriter::insert_findings(Current& current) {
    Document const& document = current.document;
    for (Mention const& mention : document.mentions) {
        insert_mention(current, mention);
    }
    for (EventGroup const& group : document.groups) {
        insert_group(current, group);
    }
    for (Event const& event : document.events) {
        insert_event(current, event);
    }
    for (Zone const& zone : document.zones) {
        insert_zone(current, zone);
    }
}

void DocumentWriter::insert_mention(Current& current, Mention const& mention) {
    KnownMention known;
    known.mention = &mention;
    if (mention.place) {
        known.place = place_row(*mention.place);
    }
    if (mention.at) {
        known.geometry = point_blob(*mention.at);
    }
    std::vector<std::string> others;
    others.reserve(mention.alternatives.size());
    for (Alternative const& other : mention.alternatives) {
        others.push_back(fmt::format("{} {:.3g}", other.place, other.confidence));
    }
    auto const& relation = mention.relation;
    std::optional<std::string_view> kind;
    std::optional<double> distance;
    std::optional<double> direction;
    std::optional<std::string> of;
    if (relation) {
        kind = kharita::name_of(relation->kind);
        distance = relation->distance ? std::optional{relation->distance->value} : std::nullopt;
        direction = relation->direction ? std::optional{relation->direction->value} : std::nullopt;
        of = joined(relation->of);
    }
    std::optional<double> const uncertainty =
        mention.uncertainty ? std::optional{mention.uncertainty->value} : std::nullopt;
    m_mention.run(current.row, mention.id, current.offsets.at(mention.span.begin),
                  current.offsets.at(mention.span.end), mention.span.of(current.document.report.text),
                  kharita::name_of(mention.role), known.place, uncertainty, mention.geo_precision,
                  mention.where_prec, mention.scope, kind, distance, direction, of, mention.confidence,
                  mention.why, joined(others), blob_or_null(known.geometry));
    known.row = m_connection.last_insert_id();
    if (mention.at) {
        Extent extent;
        extent.add(rounded(*mention.at));
        note(SpatialTable::mention, known.row, extent);
    }
    if (mention.area) {
        Geometry area = geo::rounded(Geometry{geo::polygons_of(*mention.area)});
        if (m_geos.invalid_because(area)) {
            area = geo::polygons_of(m_geos.make_valid(area));
        }
        if (std::get<MultiPolygon>(area).polygons.empty()) {
            fail<InputError>("mention {}: its geometry is no polygon", mention.id);
        }
        m_mention_area.run(known.row, bytes_of(geo::encode_spatialite(area)));
        note(SpatialTable::mention_area, known.row, extent(area));
    }
    current.mentions.emplace(mention.id, std::move(known));
}

void DocumentWriter::insert_group(Current& current, EventGroup const& group) {
    TollColumns const killed{group.killed};
    TollColumns const injured{group.injured};
    m_group.run(current.row, group.id, killed.low, killed.best, killed.high, killed.civilians,
                killed.combatants, killed.children, killed.women, injured.low, injured.best, injured.high,
                injured.civilians, injured.combatants, injured.children, injured.women);
    current.groups.emplace(group.id, m_connection.last_insert_id());
}

void DocumentWriter::insert_event(Current& current, Event const& event) {
    KnownMention const nowhere;
    KnownMention const* where = &nowhere;
    if (event.mention) {
        auto const found = current.mentions.find(*event.mention);
        if (found == current.mentions.end()) {
            fail<InputError>("event {}: mention {} is not among the document's", event.id, *event.mention);
        }
        where = &found->second;
    }
    std::optional<std::int64_t> group;
    if (!event.group.empty()) {
        auto const found = current.groups.find(event.group);
        if (found == current.groups.end()) {
            fail<InputError>("event {}: group {} is not among the document's", event.id, event.group);
        }
        group = found->second;
    }
    auto const mention = event.mention ? std::optional{where->row} : std::nullopt;
    std::optional<double> const uncertainty = where->mention != nullptr && where->mention->uncertainty
                                                  ? std::optional{where->mention->uncertainty->value}
                                                  : std::nullopt;
    int const geo_precision = where->mention != nullptr ? where->mention->geo_precision : 0;
    std::optional<std::int64_t> low;
    std::optional<std::int64_t> best;
    std::optional<std::int64_t> high;
    if (event.count) {
        low = event.count->low;
        best = event.count->best;
        high = event.count->high;
    }
    TollColumns const killed{event.killed};
    TollColumns const injured{event.injured};
    m_event.run(event.id, current.row, group, mention, where->place, day(event.date), day(event.date_end),
                event.time_precision, event.date_why, event.event_type, event.sub_event_type, event.plover,
                event.plover_mode, kharita::name_of(event.modality), names_of(event.initiator),
                names_of(event.target), event.weapon, low, best, high, killed.low, killed.best, killed.high,
                killed.civilians, killed.combatants, killed.children, killed.women, injured.low, injured.best,
                injured.high, injured.civilians, injured.combatants, injured.children, injured.women,
                event.control_change, uncertainty, geo_precision, event.claimed_by, event.confidence,
                event.why, blob_or_null(where->geometry));
    std::int64_t const row = m_connection.last_insert_id();
    if (!where->geometry.empty()) {
        Extent extent;
        extent.add(rounded(*where->mention->at));
        note(SpatialTable::event, row, extent);
    }
    insert_actors(row, "initiator", event.initiator);
    insert_actors(row, "target", event.target);
    std::string_view const text = current.document.report.text;
    m_event_report.run(row, current.row, mention, current.offsets.at(event.trigger.begin),
                       current.offsets.at(event.trigger.end), event.trigger.of(text),
                       sentence_round(text, event.trigger));
}

void DocumentWriter::insert_actors(std::int64_t event, std::string_view side,
                                   std::span<ActorRef const> actors) {
    int ordinal = 0;
    for (ActorRef const& actor : actors) {
        m_event_actor.run(event, side, ++ordinal, known_actor(actor), actor.confidence);
    }
}

void DocumentWriter::insert_zone(Current& current, Zone const& zone) {
    std::string_view const text = current.document.report.text;
    m_zone.run(zone.id, current.row, current.offsets.at(zone.span.begin), current.offsets.at(zone.span.end),
               zone.span.of(text), sentence_round(text, zone.span), kharita::name_of(zone.kind),
               kharita::name_of(zone.status), zone.name, zone.along, zone.side, zone.depth_km, zone.length_km,
               names_of(zone.declared_by), day(zone.date), zone.confidence, zone.why);
    std::int64_t const row = m_connection.last_insert_id();
    int ordinal = 0;
    for (ActorRef const& actor : zone.declared_by) {
        m_zone_actor.run(row, ++ordinal, known_actor(actor), actor.confidence);
    }
}

void DocumentWriter::remove_from_index(SpatialTable table, std::string_view rows, std::int64_t document) {
    auto const& column = spatial_columns()[static_cast<std::size_t>(table)];
    std::vector<std::int64_t> gone;
    auto& select = m_connection.cached(rows);
    select.bind(document);
    while (select.step()) {
        gone.push_back(select.integer(0));
    }
    auto& erase =
        m_connection.cached("DELETE FROM " + sqlite::quoted_name(column.index()) + " WHERE pkid = ?");
    for (std::int64_t const row : gone) {
        erase.run(row);
        stop_waiting(table, row);
    }
}

void DocumentWriter::remove(std::int64_t document) {
    remove_from_index(SpatialTable::event, "SELECT id FROM event WHERE document = ?", document);
    remove_from_index(SpatialTable::zone, "SELECT id FROM zone WHERE document = ?", document);
    remove_from_index(
        SpatialTable::mention_area,
        "SELECT a.id FROM mention_area AS a JOIN mention AS m ON m.id = a.id WHERE m.document = ?", document);
    remove_from_index(SpatialTable::mention, "SELECT id FROM mention WHERE document = ?", document);
    // Children before their parents.
    for (char const* const sql :
         {"DELETE FROM zone_actor WHERE zone IN (SELECT id FROM zone WHERE document = ?)",
          "DELETE FROM zone WHERE document = ?",
          "DELETE FROM event_actor WHERE event IN (SELECT id FROM event WHERE document = ?)",
          "DELETE FROM event_version WHERE event IN (SELECT id FROM event WHERE document = ?)",
          "DELETE FROM event_report WHERE event IN (SELECT id FROM event WHERE document = ?)",
          "DELETE FROM event_report WHERE document = ?", "DELETE FROM event WHERE document = ?",
          "DELETE FROM event_group WHERE document = ?",
          "DELETE FROM mention_area WHERE id IN (SELECT id FROM mention WHERE document = ?)",
          "DELETE FROM mention WHERE document = ?", "DELETE FROM document WHERE id = ?"}) {
        m_connection.cached(sql).run(document);
    }
}

} // namespace kharita::store
