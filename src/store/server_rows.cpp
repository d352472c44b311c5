#include "store/server_rows.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "geo/ewkb.hpp"
#include "model/names.hpp"
#include "store/actors.hpp"
#include "store/fingerprint.hpp"

namespace kharita::store {

namespace {

using postgis::CopyRows;

constexpr std::array<std::string_view, server_table_count> table_columns{
    "stage_document (id, doc_id, input_id, source, url, title, published, lang, text, whole_text, extra, "
    "content_hash, gazetteer_hash, rows_hash)",
    "mention (id, document, mention_id, start, \"end\", surface, role, place, uncertainty_m, geo_precision, "
    "where_prec, scope, relation, relation_m, relation_deg, relation_of, confidence, why, alternatives, "
    "geom)",
    "mention_area (id, geom)",
    "event_group (id, document, group_id, killed_low, killed, killed_high, killed_civilians, "
    "killed_combatants, "
    "killed_children, killed_women, injured_low, injured, injured_high, injured_civilians, "
    "injured_combatants, "
    "injured_children, injured_women)",
    "event (id, event_id, document, event_group, mention, place, date, date_end, time_precision, date_why, "
    "event_type, sub_event_type, plover, plover_mode, modality, initiator, target, weapon, count_low, count, "
    "count_high, killed_low, killed, killed_high, killed_civilians, killed_combatants, killed_children, "
    "killed_women, injured_low, injured, injured_high, injured_civilians, injured_combatants, "
    "injured_children, "
    "injured_women, control_change, uncertainty_m, geo_precision, claimed_by, confidence, why, geom)",
    "event_actor (event, side, ordinal, actor, confidence)",
    "event_report (id, event, document, mention, start, \"end\", trigger, quote_start, quote_end)",
    "zone (id, zone_id, document, start, \"end\", surface, quote, kind, status, name, along, side, depth_km, "
    "length_km, declared_by, date, confidence, why)",
    "zone_actor (zone, ordinal, actor, confidence)"};

constexpr int column_count(ServerTable table) {
    std::string_view const columns = table_columns.at(static_cast<std::size_t>(table));
    return static_cast<int>(std::count(columns.begin(), columns.end(), ',')) + 1;
}

CopyRows& new_row(DocumentRows& rows, ServerTable table) {
    return rows.of(table).row(column_count(table));
}

std::optional<std::int64_t> day(std::optional<Date> const& date) {
    return date ? std::optional{std::int64_t{date->time_since_epoch().count()}} : std::nullopt;
}

template <typename Unit>
std::optional<double> number(std::optional<Unit> const& quantity) {
    return quantity ? std::optional{quantity->value} : std::nullopt;
}

void add_count(CopyRows& to, std::optional<Count> const& count) {
    auto const of = [&](std::int64_t Count::*member) {
        return count ? std::optional{(*count).*member} : std::nullopt;
    };
    to.integer(of(&Count::low)).integer(of(&Count::best)).integer(of(&Count::high));
}

void add_toll(CopyRows& to, std::optional<Toll> const& toll) {
    add_count(to, toll ? std::optional{toll->count} : std::nullopt);
    auto const of = [&](std::optional<std::int64_t> Toll::*member) {
        return toll ? (*toll).*member : std::nullopt;
    };
    to.integer(of(&Toll::civilians)).integer(of(&Toll::combatants));
    to.integer(of(&Toll::children)).integer(of(&Toll::women));
}

void add_point(CopyRows& to, std::optional<LonLat> const& at) {
    if (at) {
        to.geometry(geo::encode_ewkb(Point{rounded(*at)}));
    } else {
        to.null();
    }
}

/// An entry of an index takes 2,700 bytes at most.
std::string_view indexable(std::string_view what, std::string_view id) {
    constexpr std::size_t most = 2000;
    if (id.size() > most) {
        fail<InputError>("the {} of {} bytes is longer than PostgreSQL can index ({}): {}…", what, id.size(),
                         most, id.substr(0, 20));
    }
    return id;
}

} // namespace

std::string_view columns_of(ServerTable table) noexcept {
    return table_columns[static_cast<std::size_t>(table)];
}

DocumentRows ServerRows::of(Document const& document, std::string_view content_hash) {
    Current current{.document = document,
                    .form = m_forms.of(document, content_hash),
                    .rows = {},
                    .mention_rows = {},
                    .group_rows = {},
                    .mention_ids = {},
                    .group_ids = {}};
    DocumentRows& rows = current.rows;
    rows.doc_id = document.report.doc_id;
    rows.content_hash = content_hash;
    rows.events = document.events.size();
    rows.row = m_next(ServerTable::document);
    add_document(current);
    for (std::size_t i = 0; i < document.mentions.size(); ++i) {
        add_mention(current, i);
    }
    for (EventGroup const& group : document.groups) {
        add_group(current, group);
    }
    for (std::size_t i = 0; i < document.events.size(); ++i) {
        add_event(current, i);
    }
    for (std::size_t i = 0; i < document.zones.size(); ++i) {
        add_zone(current, i);
    }
    return std::move(current.rows);
}

void ServerRows::add_document(Current& current) {
    Report const& report = current.document.report;
    CopyRows& row = new_row(current.rows, ServerTable::document);
    row.integer(current.rows.row).text(report.doc_id).text(report.id).text(report.source).text(report.url);
    row.text(report.title).day(day(report.published)).text(report.lang).text(report.text);
    row.integer(current.form.whole_text ? 1 : 0);
    row.text(report.extra.empty() ? std::nullopt : std::optional<std::string_view>{report.extra});
    row.text(current.rows.content_hash).text(current.document.gazetteer_hash);
    row.integer(current.form.rows_hash);
}

void ServerRows::refer_to_place(Current& current, ServerTable table, Place const* place) {
    CopyRows& row = current.rows.of(table);
    if (place == nullptr) {
        row.null();
        return;
    }
    row.integer(0);
    current.rows.references.push_back({table, row.last_integer(), OpenReference::To::place,
                                       std::string{indexable("place's id", place->id)}});
}

void ServerRows::refer_to_actor(Current& current, ServerTable table, ActorRef const& actor) {
    std::string id = actor_key(actor);
    indexable("actor's name", id);
    CopyRows& row = current.rows.of(table);
    row.integer(0);
    current.rows.actors.push_back({id, actor.name.empty() ? actor.id : actor.name});
    current.rows.references.push_back({table, row.last_integer(), OpenReference::To::actor, std::move(id)});
}

void ServerRows::add_mention(Current& current, std::size_t position) {
    Mention const& mention = current.document.mentions[position];
    StoredForm::OfMention const& own = current.form.mentions[position];
    std::int64_t const number_of_row = m_next(ServerTable::mention);
    if (!current.mention_ids.insert(mention.id).second) {
        fail<InputError>("mention {} is there twice", mention.id);
    }
    current.mention_rows.push_back(number_of_row);
    Place const* const place = mention.place ? &*mention.place : nullptr;
    if (place != nullptr) {
        current.rows.places.push_back(*place);
    }
    CopyRows& row = new_row(current.rows, ServerTable::mention);
    row.integer(number_of_row).integer(current.rows.row).text(indexable("mention's id", mention.id));
    row.integer(current.form.offset(mention.span.begin)).integer(current.form.offset(mention.span.end));
    row.text(mention.span.of(current.document.report.text)).text(name_of(mention.role));
    refer_to_place(current, ServerTable::mention, place);
    row.real(number(mention.uncertainty)).integer(mention.geo_precision).integer(mention.where_prec);
    row.text(mention.scope);
    if (mention.relation) {
        row.text(name_of(mention.relation->kind)).real(number(mention.relation->distance));
        row.real(number(mention.relation->direction)).text(own.relation_of);
    } else {
        row.null().null().null().null();
    }
    row.real(mention.confidence).text(mention.why).text(own.alternatives);
    add_point(row, mention.at);
    if (own.area) {
        new_row(current.rows, ServerTable::mention_area)
            .integer(number_of_row)
            .geometry(geo::encode_ewkb(*own.area));
    }
}

void ServerRows::add_group(Current& current, EventGroup const& group) {
    std::int64_t const row = m_next(ServerTable::event_group);
    if (!current.group_ids.insert(group.id).second) {
        fail<InputError>("group {} is there twice", group.id);
    }
    current.group_rows.push_back(row);
    CopyRows& columns = new_row(current.rows, ServerTable::event_group);
    columns.integer(row).integer(current.rows.row).text(indexable("group's id", group.id));
    add_toll(columns, group.killed);
    add_toll(columns, group.injured);
}

void ServerRows::add_event(Current& current, std::size_t position) {
    Event const& event = current.document.events[position];
    StoredForm::OfEvent const& own = current.form.events[position];
    Mention const nowhere;
    Mention const& mention = own.mention ? current.document.mentions[*own.mention] : nowhere;
    auto const mention_row = own.mention ? std::optional{current.mention_rows[*own.mention]} : std::nullopt;
    auto const group = own.group ? std::optional{current.group_rows[*own.group]} : std::nullopt;
    std::int64_t const number_of_row = m_next(ServerTable::event);
    CopyRows& row = new_row(current.rows, ServerTable::event);
    row.integer(number_of_row).text(event.id).integer(current.rows.row).integer(group).integer(mention_row);
    refer_to_place(current, ServerTable::event, mention.place ? &*mention.place : nullptr);
    row.day(day(event.date)).day(day(event.date_end)).integer(event.time_precision).text(event.date_why);
    row.text(event.event_type).text(event.sub_event_type).text(event.plover).text(event.plover_mode);
    row.text(name_of(event.modality)).text(own.initiator).text(own.target);
    row.text(event.weapon);
    add_count(row, event.count);
    add_toll(row, event.killed);
    add_toll(row, event.injured);
    row.text(event.control_change).real(number(mention.uncertainty)).integer(mention.geo_precision);
    row.text(event.claimed_by).real(event.confidence).text(event.why);
    add_point(row, mention.at);
    add_actors(current, number_of_row, "initiator", event.initiator);
    add_actors(current, number_of_row, "target", event.target);
    std::string_view const text = current.document.report.text;
    CopyRows& report = new_row(current.rows, ServerTable::event_report);
    report.integer(m_next(ServerTable::event_report)).integer(number_of_row).integer(current.rows.row);
    report.integer(mention_row).integer(current.form.offset(event.trigger.begin));
    report.integer(current.form.offset(event.trigger.end)).text(event.trigger.of(text));
    report.integer(own.quote_start).integer(own.quote_end);
}

void ServerRows::add_actors(Current& current, std::int64_t event, std::string_view side,
                            std::span<ActorRef const> actors) {
    std::int64_t ordinal = 0;
    for (ActorRef const& actor : actors) {
        CopyRows& row = new_row(current.rows, ServerTable::event_actor);
        row.integer(event).text(side).integer(++ordinal);
        refer_to_actor(current, ServerTable::event_actor, actor);
        row.real(actor.confidence);
    }
}

void ServerRows::add_zone(Current& current, std::size_t position) {
    Zone const& zone = current.document.zones[position];
    StoredForm::OfZone const& own = current.form.zones[position];
    std::string_view const text = current.document.report.text;
    std::int64_t const number_of_row = m_next(ServerTable::zone);
    CopyRows& row = new_row(current.rows, ServerTable::zone);
    row.integer(number_of_row).text(zone.id).integer(current.rows.row);
    row.integer(current.form.offset(zone.span.begin)).integer(current.form.offset(zone.span.end));
    row.text(zone.span.of(text)).text(own.quote).text(name_of(zone.kind));
    row.text(name_of(zone.status)).text(zone.name).text(zone.along).text(zone.side).real(zone.depth_km);
    row.real(zone.length_km).text(own.declared_by).day(day(zone.date)).real(zone.confidence);
    row.text(zone.why);
    std::int64_t ordinal = 0;
    for (ActorRef const& actor : zone.declared_by) {
        CopyRows& columns = new_row(current.rows, ServerTable::zone_actor);
        columns.integer(number_of_row).integer(++ordinal);
        refer_to_actor(current, ServerTable::zone_actor, actor);
        columns.real(actor.confidence);
    }
}

} // namespace kharita::store
