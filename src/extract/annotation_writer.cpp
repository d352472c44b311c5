#include "extract/annotation_json.hpp"
#include "extract/json_writer.hpp"
#include "geo/geojson.hpp"
#include "model/code_points.hpp"
#include "model/names.hpp"
#include "model/quote.hpp"

namespace kharita::extract {

namespace {

void write_admin(JsonWriter& json, std::string_view key, std::optional<AdminUnit> const& unit) {
    json.key(key);
    if (!unit) {
        json.null();
        return;
    }
    json.begin_object().key("id").string(unit->id).key("name").string(unit->name).end_object();
}

void write_place(JsonWriter& json, std::optional<Place> const& place) {
    json.key("place");
    if (!place) {
        json.null();
        return;
    }
    json.begin_object().key("id").string(place->id).key("refs").begin_array();
    for (std::string const& ref : place->refs) {
        json.string(ref);
    }
    json.end_array()
        .key("name")
        .string(place->name)
        .key("name_ar")
        .string(place->name_ar)
        .key("feature")
        .string(place->feature)
        .key("country")
        .string_or_null(place->country);
    write_admin(json, "admin1", place->admin1);
    write_admin(json, "admin2", place->admin2);
    write_admin(json, "admin3", place->admin3);
    json.key("lon").real(place->at.lon).key("lat").real(place->at.lat);
    json.key("uncertainty_m").real(place->uncertainty.value);
    json.key("population").integer(place->population).key("prominence").integer(place->prominence);
    json.end_object();
}

void write_relation(JsonWriter& json, std::optional<Relation> const& relation) {
    json.key("relation");
    if (!relation) {
        json.null();
        return;
    }
    json.begin_object().key("kind").string(name_of(relation->kind)).key("distance_m");
    relation->distance ? json.real(relation->distance->value) : json.null();
    json.key("direction_deg");
    relation->direction ? json.real(relation->direction->value) : json.null();
    json.key("of").begin_array();
    for (std::string const& id : relation->of) {
        json.string(id);
    }
    json.end_array().end_object();
}

/// Writes spans of one text; knows its code points.
class DocumentWriter {
public:
    DocumentWriter(Document const& document, TextForm form)
        : m_document{document},
          m_text{document.report.text},
          m_form{form},
          m_points{m_text} {}

    std::string write();

private:
    void span(Span at);
    void quote(Span at);
    void mention(Mention const& mention);
    void toll(std::string_view key, std::optional<Toll> const& toll);
    void actors(std::string_view key, std::vector<ActorRef> const& actors);
    void date(std::string_view key, std::optional<Date> const& date);
    void event(Event const& event);
    void event_coding(Event const& event);
    void zone(Zone const& zone);
    void extra();

    Document const& m_document;
    std::string_view m_text;
    TextForm m_form;
    CodePoints m_points;
    JsonWriter m_json;
};

void DocumentWriter::span(Span at) {
    auto const start = static_cast<std::int64_t>(m_points.at_byte(at.begin));
    auto const end = static_cast<std::int64_t>(m_points.at_byte(at.end));
    m_json.key("start").integer(start).key("end").integer(end);
}

void DocumentWriter::quote(Span at) {
    if (m_form != TextForm::quotes) {
        return;
    }
    Span const sentence = sentence_round(m_text, at);
    m_json.key("quote").begin_object();
    span(sentence);
    m_json.key("text").string(sentence.of(m_text)).end_object();
}

void DocumentWriter::mention(Mention const& mention) {
    m_json.begin_object().key("id").string(mention.id);
    span(mention.span);
    m_json.key("text").string(mention.span.of(m_text)).key("role").string(name_of(mention.role));
    write_place(m_json, mention.place);
    if (mention.at) {
        m_json.key("lon").real(mention.at->lon).key("lat").real(mention.at->lat);
    } else {
        m_json.key("lon").null().key("lat").null();
    }
    m_json.key("uncertainty_m");
    mention.uncertainty ? m_json.real(mention.uncertainty->value) : m_json.null();
    m_json.key("geometry");
    if (mention.area) {
        m_json.raw(geo::to_geojson(*mention.area));
    } else {
        m_json.null();
    }
    m_json.key("geo_precision").integer(mention.geo_precision).key("where_prec").integer(mention.where_prec);
    m_json.key("scope");
    mention.scope ? m_json.string(*mention.scope) : m_json.null();
    write_relation(m_json, mention.relation);
    m_json.key("confidence").real(mention.confidence).key("why").string(mention.why);
    m_json.key("alternatives").begin_array();
    for (Alternative const& each : mention.alternatives) {
        m_json.begin_object()
            .key("id")
            .string(each.place)
            .key("confidence")
            .real(each.confidence)
            .end_object();
    }
    m_json.end_array().end_object();
}

void DocumentWriter::toll(std::string_view key, std::optional<Toll> const& toll) {
    m_json.key(key);
    if (!toll) {
        m_json.null();
        return;
    }
    m_json.begin_object();
    m_json.key("low").integer(toll->count.low);
    m_json.key("best").integer(toll->count.best);
    m_json.key("high").integer(toll->count.high);
    auto const part = [this](std::string_view name, std::optional<std::int64_t> value) {
        if (value) {
            m_json.key(name).integer(*value);
        }
    };
    part("civilians", toll->civilians);
    part("combatants", toll->combatants);
    part("children", toll->children);
    part("women", toll->women);
    m_json.end_object();
}

void DocumentWriter::actors(std::string_view key, std::vector<ActorRef> const& actors) {
    m_json.key(key).begin_array();
    for (ActorRef const& each : actors) {
        m_json.begin_object().key("id").string_or_null(each.id).key("name").string(each.name);
        m_json.key("confidence").real(each.confidence).end_object();
    }
    m_json.end_array();
}

void DocumentWriter::date(std::string_view key, std::optional<Date> const& date) {
    m_json.key(key);
    date ? m_json.string(to_string(*date)) : m_json.null();
}

void DocumentWriter::event_coding(Event const& event) {
    m_json.key("event_type").string(event.event_type).key("sub_event_type").string(event.sub_event_type);
    m_json.key("plover").string_or_null(event.plover).key("plover_mode").string_or_null(event.plover_mode);
    m_json.key("modality").string(name_of(event.modality));
    actors("initiator", event.initiator);
    actors("target", event.target);
    m_json.key("weapon").string_or_null(event.weapon).key("count");
    if (event.count) {
        m_json.begin_object().key("low").integer(event.count->low).key("best").integer(event.count->best);
        m_json.key("high").integer(event.count->high).end_object();
    } else {
        m_json.null();
    }
}

void DocumentWriter::event(Event const& event) {
    m_json.begin_object().key("id").string(event.id);
    span(event.trigger);
    m_json.key("trigger").string(event.trigger.of(m_text)).key("group").string(event.group).key("mention");
    event.mention ? m_json.string(*event.mention) : m_json.null();
    date("event_date", event.date);
    date("date_end", event.date_end);
    m_json.key("time_precision").integer(event.time_precision).key("date_why").string(event.date_why);
    event_coding(event);
    toll("killed", event.killed);
    toll("injured", event.injured);
    m_json.key("control_change").string_or_null(event.control_change);
    m_json.key("claimed_by").string_or_null(event.claimed_by);
    m_json.key("confidence").real(event.confidence).key("why").string(event.why);
    quote(event.trigger);
    m_json.end_object();
}

void DocumentWriter::zone(Zone const& zone) {
    m_json.begin_object().key("id").string(zone.id);
    span(zone.span);
    m_json.key("text").string(zone.span.of(m_text));
    m_json.key("kind").string(name_of(zone.kind)).key("status").string(name_of(zone.status));
    m_json.key("name").string_or_null(zone.name);
    m_json.key("along").string_or_null(zone.along).key("side").string_or_null(zone.side);
    m_json.key("depth_km");
    zone.depth_km ? m_json.real(*zone.depth_km) : m_json.null();
    m_json.key("length_km");
    zone.length_km ? m_json.real(*zone.length_km) : m_json.null();
    actors("declared_by", zone.declared_by);
    date("date", zone.date);
    m_json.key("confidence").real(zone.confidence).key("why").string(zone.why);
    quote(zone.span);
    m_json.end_object();
}

void DocumentWriter::extra() {
    // A JSON object written by the reader: its members go on this object's end.
    std::string_view const members = m_document.report.extra;
    if (members.size() > 2) {
        m_json.raw(members.substr(1, members.size() - 2));
    }
}

std::string DocumentWriter::write() {
    Report const& report = m_document.report;
    m_json.begin_object().key("schema").integer(1);
    m_json.key("id").string(report.id).key("doc_id").string(report.doc_id);
    m_json.key("source").string(report.source).key("url").string(report.url);
    m_json.key("title").string(report.title);
    date("published", report.published);
    m_json.key("lang").string(report.lang);
    if (m_form == TextForm::whole) {
        m_json.key("text").string(m_text);
    }
    m_json.key("gazetteer").string_or_null(m_document.gazetteer_hash);
    m_json.key("mentions").begin_array();
    for (Mention const& each : m_document.mentions) {
        mention(each);
    }
    m_json.end_array().key("groups").begin_array();
    for (EventGroup const& each : m_document.groups) {
        m_json.begin_object().key("id").string(each.id);
        toll("killed", each.killed);
        toll("injured", each.injured);
        m_json.end_object();
    }
    m_json.end_array().key("events").begin_array();
    for (Event const& each : m_document.events) {
        event(each);
    }
    m_json.end_array().key("zones").begin_array();
    for (Zone const& each : m_document.zones) {
        zone(each);
    }
    m_json.end_array();
    extra();
    return m_json.end_object().take();
}

} // namespace

std::string to_json(Document const& document, TextForm form) {
    return DocumentWriter{document, form}.write();
}

} // namespace kharita::extract
