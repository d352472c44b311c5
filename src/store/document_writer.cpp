#include "store/document_writer.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "geo/geometry.hpp"
#include "geo/spatialite_blob.hpp"
#include "model/names.hpp"
#include "sqlite/connection.hpp"
#include "sqlite/error.hpp"
#include "store/actors.hpp"
#include "store/document_columns.hpp"
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

sqlite::Blob bytes_of(std::string const& blob) {
    return std::as_bytes(std::span{blob});
}

std::optional<sqlite::Blob> blob_or_null(std::optional<geo::PointBlob> const& blob) {
    return blob ? std::optional{sqlite::Blob{*blob}} : std::nullopt;
}

void add_count(sqlite::RowInsert& rows, std::optional<Count> const& count) {
    if (count) {
        rows.add_part(count->low, count->best, count->high);
    } else {
        rows.add_part(nullptr, nullptr, nullptr);
    }
}

/// A toll's seven columns, in their order.
void add_toll(sqlite::RowInsert& rows, std::optional<Toll> const& toll) {
    add_count(rows, toll ? std::optional{toll->count} : std::nullopt);
    if (toll) {
        rows.add_part(toll->civilians, toll->combatants, toll->children, toll->women);
    } else {
        rows.add_part(nullptr, nullptr, nullptr, nullptr);
    }
}

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
    std::string const key = actor_key(id, name);
    auto& select = connection.cached("SELECT id FROM actor WHERE actor_id = ?");
    if (select.bind(key).step()) {
        auto const row = select.integer(0);
        select.reset();
        return row;
    }
    connection.cached("INSERT INTO actor (actor_id, name) VALUES (?, ?)").run(key, name.empty() ? id : name);
    return connection.last_insert_id();
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
      m_document{connection.prepare(
          "INSERT INTO document (doc_id, input_id, source, url, title, published, lang, "
          "text, whole_text, extra, "
          "content_hash, gazetteer_hash, rows_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")},
      m_mention{connection, "mention", mention_columns},
      m_mention_area{connection.prepare("INSERT INTO mention_area (id, geom) VALUES (?, ?)")},
      m_group{connection, "event_group", bare_group_columns},
      m_group_with_toll{connection, "event_group", group_columns},
      m_event{connection, "event", bare_event_columns},
      m_event_with_numbers{connection, "event", event_columns},
      m_event_actor{connection, "event_actor", actor_columns},
      m_event_report{connection, "event_report", report_columns},
      m_zone{connection.prepare("INSERT INTO zone (zone_id, document, start, \"end\", surface, quote, kind, "
                                "status, name, along, side, "
                                "depth_km, length_km, declared_by, date, confidence, why) "
                                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")},
      m_zone_actor{connection.prepare(
          "INSERT INTO zone_actor (zone, ordinal, actor, confidence) VALUES (?, ?, ?, ?)")} {}

void DocumentWriter::forget() {
    m_places = {};
    m_place_hashes.clear();
    m_actors.clear();
    for (auto& boxes : m_waiting) {
        boxes.clear();
    }
    m_has_forgotten = true;
}

void DocumentWriter::note(SpatialTable table, std::int64_t row, Extent const& extent) {
    waiting(table).push_back(sqlite::indexed_box(row, extent.west, extent.east, extent.south, extent.north));
}

std::int64_t DocumentWriter::place_row(Place const& place, std::uint64_t hash) {
    if (auto const found = m_places.find(hash)) {
        if (m_place_hashes[static_cast<std::size_t>(*found)] == hash) {
            return *found;
        }
    }
    auto& select = m_connection.cached("SELECT id FROM place WHERE place_id = ?");
    bool const known = select.bind(place.id).step();
    std::int64_t row = known ? select.integer(0) : 0;
    select.reset();
    geo::PointBlob const at = geo::encode_spatialite_point(rounded(place.at));
    m_connection.cached(upsert_place_sql)
        .run(place.id, place.name, place.name_ar, place.feature, place.country, id_of(place.admin1),
             name_of(place.admin1), id_of(place.admin2), name_of(place.admin2), id_of(place.admin3),
             name_of(place.admin3), place.uncertainty.value, place.population, place.prominence,
             fmt::format("{}", fmt::join(place.refs, "; ")), sqlite::Blob{at});
    if (!known) {
        row = m_connection.last_insert_id();
        m_new_places.push_back(row);
    } else {
        m_connection.cached("DELETE FROM idx_place_geom WHERE pkid = ?").run(row);
        stop_waiting(SpatialTable::place, row);
    }
    Extent extent;
    extent.add(rounded(place.at));
    note(SpatialTable::place, row, extent);
    m_places.put(hash, row);
    if (auto const size = static_cast<std::size_t>(row) + 1; size > m_place_hashes.size()) {
        m_place_hashes.resize(size);
    }
    m_place_hashes[static_cast<std::size_t>(row)] = hash;
    return row;
}

std::int64_t DocumentWriter::known_actor(ActorRef const& actor) {
    std::string key = actor_key(actor);
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
    for (sqlite::RowInsert* const rows : {&m_mention, &m_group, &m_group_with_toll, &m_event,
                                          &m_event_with_numbers, &m_event_actor, &m_event_report}) {
        rows->clear();
    }
    remove(document);
    for (std::int64_t const row : m_new_places) {
        m_connection.cached("DELETE FROM place WHERE id = ?").run(row);
        stop_waiting(SpatialTable::place, row);
        m_place_hashes[static_cast<std::size_t>(row)] = 0;
    }
}

std::int64_t DocumentWriter::insert(Document const& document, Fingerprint const& fingerprint) {
    Report const& report = document.report;
    Current current{.document = document,
                    .fingerprint = fingerprint,
                    .form = m_forms.of(document, fingerprint.content),
                    .row = 0,
                    .mentions = {},
                    .first_mention = 0,
                    .first_group = 0};
    m_document.run(report.doc_id, report.id, report.source, report.url, report.title, day(report.published),
                   report.lang, report.text, current.form.whole_text, or_null(report.extra),
                   fingerprint.content, document.gazetteer_hash, current.form.rows_hash);
    current.row = m_connection.last_insert_id();
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
    insert_mentions(current);
    insert_groups(current);
    insert_events(current);
    for (std::size_t i = 0; i < current.document.zones.size(); ++i) {
        insert_zone(current, i);
    }
}

void DocumentWriter::insert_mentions(Current& current) {
    auto const& mentions = current.document.mentions;
    current.mentions.reserve(mentions.size());
    auto place_hash = current.fingerprint.places.begin();
    for (Mention const& mention : mentions) {
        KnownMention& known = current.mentions.emplace_back();
        if (mention.place) {
            known.place = place_row(*mention.place, *place_hash++);
        }
        if (mention.at) {
            known.geometry = geo::encode_spatialite_point(rounded(*mention.at));
        }
        add_mention(current, current.mentions.size() - 1);
    }
    Run run{.now = &m_mention};
    end(run);
    current.first_mention = run.first;
    for (std::size_t i = 0; i < mentions.size(); ++i) {
        std::int64_t const row = current.first_mention + static_cast<std::int64_t>(i);
        if (mentions[i].at) {
            Extent extent;
            extent.add(rounded(*mentions[i].at));
            note(SpatialTable::mention, row, extent);
        }
        if (auto& area = current.form.mentions[i].area) {
            insert_area(row, std::move(*area));
        }
    }
}

void DocumentWriter::add_mention(Current const& current, std::size_t position) {
    KnownMention const& known = current.mentions[position];
    StoredForm::OfMention const& own = current.form.mentions[position];
    Mention const& mention = current.document.mentions[position];
    auto const& relation = mention.relation;
    std::optional<std::string_view> kind;
    std::optional<double> distance;
    std::optional<double> direction;
    std::optional<std::string_view> of;
    if (relation) {
        kind = kharita::name_of(relation->kind);
        distance = relation->distance ? std::optional{relation->distance->value} : std::nullopt;
        direction = relation->direction ? std::optional{relation->direction->value} : std::nullopt;
        of = own.relation_of;
    }
    std::optional<double> const uncertainty =
        mention.uncertainty ? std::optional{mention.uncertainty->value} : std::nullopt;
    m_mention.add(current.row, mention.id, current.form.offset(mention.span.begin),
                  current.form.offset(mention.span.end), mention.span.of(current.document.report.text),
                  kharita::name_of(mention.role), known.place, uncertainty, mention.geo_precision,
                  mention.where_prec, mention.scope, kind, distance, direction, of, mention.confidence,
                  mention.why, own.alternatives, blob_or_null(known.geometry));
}

void DocumentWriter::insert_area(std::int64_t row, MultiPolygon area) {
    Geometry const geometry{std::move(area)};
    m_mention_area.run(row, bytes_of(geo::encode_spatialite(geometry)));
    note(SpatialTable::mention_area, row, extent(geometry));
}

void DocumentWriter::insert_groups(Current& current) {
    Run run;
    for (EventGroup const& group : current.document.groups) {
        if (!group.killed && !group.injured) {
            next_of(run, m_group).add(current.row, group.id);
            continue;
        }
        sqlite::RowInsert& rows = next_of(run, m_group_with_toll);
        rows.add_part(current.row, group.id);
        add_toll(rows, group.killed);
        add_toll(rows, group.injured);
        rows.end_row();
    }
    end(run);
    current.first_group = run.first;
}

void DocumentWriter::insert_events(Current& current) {
    auto const& events = current.document.events;
    Run run;
    for (Event const& event : events) {
        add_event(current, static_cast<std::size_t>(&event - events.data()),
                  next_of(run, event.count || event.injured ? m_event_with_numbers : m_event));
    }
    end(run);
    for (std::size_t i = 0; i < events.size(); ++i) {
        Event const& event = events[i];
        std::int64_t const row = run.first + static_cast<std::int64_t>(i);
        if (auto const mention = current.form.events[i].mention;
            mention && current.mentions[*mention].geometry) {
            Extent extent;
            extent.add(rounded(*current.document.mentions[*mention].at));
            note(SpatialTable::event, row, extent);
        }
        add_actors(row, "initiator", event.initiator);
        add_actors(row, "target", event.target);
        add_report(current, row, i);
    }
    m_event_actor.insert();
    m_event_report.insert();
}

std::optional<std::int64_t> DocumentWriter::mention_row(Current const& current, std::size_t event) {
    auto const position = current.form.events[event].mention;
    return position ? std::optional{current.first_mention + static_cast<std::int64_t>(*position)}
                    : std::nullopt;
}

void DocumentWriter::add_event(Current const& current, std::size_t position, sqlite::RowInsert& rows) {
    Event const& event = current.document.events[position];
    StoredForm::OfEvent const& own = current.form.events[position];
    std::optional<std::int64_t> group;
    if (own.group) {
        group = current.first_group + static_cast<std::int64_t>(*own.group);
    }
    std::optional<double> uncertainty;
    std::optional<std::int64_t> place;
    std::optional<sqlite::Blob> geometry;
    int geo_precision = 0;
    if (own.mention) {
        Mention const& mention = current.document.mentions[*own.mention];
        place = current.mentions[*own.mention].place;
        geometry = blob_or_null(current.mentions[*own.mention].geometry);
        geo_precision = mention.geo_precision;
        if (mention.uncertainty) {
            uncertainty = mention.uncertainty->value;
        }
    }
    auto const kept_day = [&](std::optional<Date> const& date) {
        return date ? std::optional{rows.keep(to_string(*date))} : std::nullopt;
    };
    bool const has_numbers = &rows == &m_event_with_numbers;
    rows.add_part(event.id, current.row, group, mention_row(current, position), place, kept_day(event.date),
                  kept_day(event.date_end), event.time_precision, event.date_why, event.event_type,
                  event.sub_event_type, event.plover, event.plover_mode, kharita::name_of(event.modality),
                  own.initiator, own.target, event.weapon);
    if (has_numbers) {
        add_count(rows, event.count);
    }
    add_toll(rows, event.killed);
    if (has_numbers) {
        add_toll(rows, event.injured);
    }
    rows.add_part(event.control_change, uncertainty, geo_precision, event.claimed_by, event.confidence,
                  event.why, geometry);
    rows.end_row();
}

void DocumentWriter::add_report(Current const& current, std::int64_t row, std::size_t position) {
    Span const trigger = current.document.events[position].trigger;
    StoredForm::OfEvent const& own = current.form.events[position];
    m_event_report.add(row, current.row, mention_row(current, position), current.form.offset(trigger.begin),
                       current.form.offset(trigger.end), trigger.of(current.document.report.text),
                       own.quote_start, own.quote_end);
}

void DocumentWriter::add_actors(std::int64_t event, std::string_view side, std::span<ActorRef const> actors) {
    int ordinal = 0;
    for (ActorRef const& actor : actors) {
        m_event_actor.add(event, side, ++ordinal, known_actor(actor), actor.confidence);
    }
}

sqlite::RowInsert& DocumentWriter::next_of(Run& run, sqlite::RowInsert& rows) {
    if (run.now != &rows) {
        end(run);
        run.now = &rows;
    }
    return rows;
}

void DocumentWriter::end(Run& run) {
    if (run.now == nullptr) {
        return;
    }
    auto const count = static_cast<std::int64_t>(run.now->size());
    run.now->insert();
    if (run.first == 0) {
        run.first = m_connection.last_insert_id() - count + 1; // keys count on
    }
}

void DocumentWriter::insert_zone(Current const& current, std::size_t position) {
    Zone const& zone = current.document.zones[position];
    StoredForm::OfZone const& own = current.form.zones[position];
    m_zone.run(zone.id, current.row, current.form.offset(zone.span.begin), current.form.offset(zone.span.end),
               zone.span.of(current.document.report.text), own.quote, kharita::name_of(zone.kind),
               kharita::name_of(zone.status), zone.name, zone.along, zone.side, zone.depth_km, zone.length_km,
               own.declared_by, day(zone.date), zone.confidence, zone.why);
    std::int64_t const row = m_connection.last_insert_id();
    int ordinal = 0;
    for (ActorRef const& actor : zone.declared_by) {
        m_zone_actor.run(row, ++ordinal, known_actor(actor), actor.confidence);
    }
}

} // namespace kharita::store
