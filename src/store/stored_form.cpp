#include "store/stored_form.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "geo/geometry.hpp"
#include "model/names.hpp"
#include "model/quote.hpp"
#include "store/actors.hpp"

namespace kharita::store {

namespace {

std::string joined(std::span<std::string const> parts) {
    return fmt::format("{}", fmt::join(parts, "; "));
}

/// Three digits are more than a confidence is worth.
std::string in_words(std::span<Alternative const> all) {
    constexpr int digits = 3;
    std::string text;
    for (Alternative const& each : all) {
        text += text.empty() ? "" : "; ";
        text += each.place;
        text += ' ';
        std::array<char, 32> number{};
        auto const end = std::to_chars(number.data(), number.data() + number.size(), each.confidence,
                                       std::chars_format::general, digits);
        text.append(number.data(), end.ptr);
    }
    return text;
}

std::optional<std::string_view> or_null(std::string_view text) {
    return text.empty() ? std::nullopt : std::optional{text};
}

/// Where each thing of a list stands in it, by id; of equal ids the first counts.
class Positions {
public:
    template <typename Thing>
    explicit Positions(std::vector<Thing> const& all) {
        m_positions.reserve(all.size());
        for (Thing const& each : all) {
            m_positions.emplace_back(each.id, m_positions.size());
        }
        std::ranges::sort(m_positions);
    }

    std::optional<std::size_t> find(std::string_view id) const {
        auto const found = std::ranges::lower_bound(m_positions, id, {}, &Position::first);
        return found != m_positions.end() && found->first == id ? std::optional{found->second} : std::nullopt;
    }

private:
    using Position = std::pair<std::string_view, std::size_t>;
    std::vector<Position> m_positions;
};

/// Of what an event refers to; `what` is "mention" or "group".
std::size_t position_of(Event const& event, Positions const& positions, std::string_view what,
                        std::string_view id) {
    auto const found = positions.find(id);
    if (!found) {
        fail<InputError>("event {}: {} {} is not among the document's", event.id, what, id);
    }
    return *found;
}

void put_count(RowsHash& hash, std::optional<Count> const& count) {
    if (count) {
        hash.put(count->low);
        hash.put(count->best);
        hash.put(count->high);
        return;
    }
    for (int i = 0; i < 3; ++i) {
        hash.put_null();
    }
}

void put_toll(RowsHash& hash, std::optional<Toll> const& toll) {
    put_count(hash, toll ? std::optional{toll->count} : std::nullopt);
    if (toll) {
        hash.put(toll->civilians);
        hash.put(toll->combatants);
        hash.put(toll->children);
        hash.put(toll->women);
        return;
    }
    for (int i = 0; i < 4; ++i) {
        hash.put_null();
    }
}

std::optional<LonLat> stored(std::optional<LonLat> const& at) {
    return at ? std::optional{rounded(*at)} : std::nullopt;
}

template <typename Unit>
std::optional<double> number(std::optional<Unit> const& quantity) {
    return quantity ? std::optional{quantity->value} : std::nullopt;
}

void put_mention(RowsHash& hash, StoredForm const& form, Mention const& mention,
                 StoredForm::OfMention const& own, std::string_view text) {
    hash.begin('m');
    hash.put(mention.id);
    hash.put(form.offset(mention.span.begin));
    hash.put(form.offset(mention.span.end));
    hash.put(mention.span.of(text));
    hash.put(name_of(mention.role));
    hash.put(mention.place ? std::optional<std::string_view>{mention.place->id} : std::nullopt);
    hash.put(number(mention.uncertainty));
    hash.put(mention.geo_precision);
    hash.put(mention.where_prec);
    hash.put(mention.scope);
    auto const& relation = mention.relation;
    hash.put(relation ? std::optional{name_of(relation->kind)} : std::nullopt);
    hash.put(relation ? number(relation->distance) : std::nullopt);
    hash.put(relation ? number(relation->direction) : std::nullopt);
    hash.put(relation ? std::optional<std::string_view>{own.relation_of} : std::nullopt);
    hash.put(mention.confidence);
    hash.put(mention.why);
    hash.put(own.alternatives);
    hash.put(stored(mention.at));
    hash.end();
    if (own.area) {
        hash.row('s', mention.id, *own.area);
    }
}

void put_actors(RowsHash& hash, char table, std::string_view of, std::string_view side,
                std::span<ActorRef const> actors) {
    std::int64_t ordinal = 0;
    for (ActorRef const& actor : actors) {
        hash.begin(table);
        hash.put(of);
        hash.put(side);
        hash.put(++ordinal);
        hash.put(actor_key(actor));
        hash.put(actor.confidence);
        hash.end();
    }
}

void put_event(RowsHash& hash, Event const& event, Mention const* where, StoredForm::OfEvent const& own) {
    hash.begin('e');
    hash.put(event.id);
    hash.put(event.mention);
    hash.put(or_null(event.group));
    hash.put(where != nullptr && where->place ? std::optional<std::string_view>{where->place->id}
                                              : std::nullopt);
    hash.put(event.date);
    hash.put(event.date_end);
    hash.put(event.time_precision);
    hash.put(event.date_why);
    hash.put(event.event_type);
    hash.put(event.sub_event_type);
    hash.put(event.plover);
    hash.put(event.plover_mode);
    hash.put(name_of(event.modality));
    hash.put(own.initiator);
    hash.put(own.target);
    hash.put(event.weapon);
    put_count(hash, event.count);
    put_toll(hash, event.killed);
    put_toll(hash, event.injured);
    hash.put(event.control_change);
    hash.put(where != nullptr ? number(where->uncertainty) : std::nullopt);
    hash.put(where != nullptr ? where->geo_precision : 0);
    hash.put(event.claimed_by);
    hash.put(event.confidence);
    hash.put(event.why);
    hash.put(where != nullptr ? stored(where->at) : std::nullopt);
    hash.end();
}

} // namespace

std::optional<MultiPolygon> StoredForms::area_of(Mention const& mention) {
    if (!mention.area) {
        return std::nullopt;
    }
    Geometry area = geo::rounded(Geometry{geo::polygons_of(*mention.area)});
    if (m_geos.invalid_because(area)) {
        area = geo::polygons_of(m_geos.make_valid(area));
    }
    MultiPolygon polygons = geo::polygons_of(std::move(area));
    if (polygons.polygons.empty()) {
        fail<InputError>("mention {}: its geometry is no polygon", mention.id);
    }
    return polygons;
}

StoredForm StoredForms::of(Document const& document, std::string_view content_hash) {
    Report const& report = document.report;
    StoredForm form{.points = CodePoints{report.text},
                    .whole_text = report.doc_id == document_id(report),
                    .mentions = {},
                    .events = {},
                    .zones = {}};
    form.mentions.reserve(document.mentions.size());
    for (Mention const& mention : document.mentions) {
        form.mentions.push_back(
            {.area = area_of(mention),
             .relation_of = mention.relation ? joined(mention.relation->of) : std::string{},
             .alternatives = in_words(mention.alternatives)});
    }
    form.events.reserve(document.events.size());
    Positions const mentions{document.mentions};
    Positions const groups{document.groups};
    Event const* before = nullptr;
    for (Event const& event : document.events) {
        StoredForm::OfEvent own{.mention = {},
                                .group = {},
                                .initiator = names_of(event.initiator),
                                .target = names_of(event.target)};
        if (event.mention) {
            own.mention = position_of(event, mentions, "mention", *event.mention);
        }
        if (!event.group.empty()) {
            own.group = position_of(event, groups, "group", event.group);
        }
        if (before != nullptr && before->trigger == event.trigger) { // they follow each other
            own.quote_start = form.events.back().quote_start;
            own.quote_end = form.events.back().quote_end;
        } else {
            Span const quote = sentence_round(report.text, event.trigger);
            own.quote_start = form.offset(quote.begin);
            own.quote_end = form.offset(quote.end);
        }
        before = &event;
        form.events.push_back(std::move(own));
    }
    form.zones.reserve(document.zones.size());
    for (Zone const& zone : document.zones) {
        form.zones.push_back({.declared_by = names_of(zone.declared_by),
                              .quote = sentence_round(report.text, zone.span).of(report.text)});
    }
    form.rows_hash = hash_of(document, form, content_hash);
    return form;
}

std::int64_t StoredForms::hash_of(Document const& document, StoredForm const& form,
                                  std::string_view content_hash) {
    Report const& report = document.report;
    m_hash.take(); // an exception may have left something
    m_hash.row('d', report.doc_id, report.id, report.source, report.url, report.title, report.published,
               report.lang, report.text, form.whole_text, or_null(report.extra), content_hash,
               document.gazetteer_hash);
    for (std::size_t i = 0; i < document.mentions.size(); ++i) {
        put_mention(m_hash, form, document.mentions[i], form.mentions[i], report.text);
    }
    for (EventGroup const& group : document.groups) {
        m_hash.begin('g');
        m_hash.put(group.id);
        put_toll(m_hash, group.killed);
        put_toll(m_hash, group.injured);
        m_hash.end();
    }
    for (std::size_t i = 0; i < document.events.size(); ++i) {
        Event const& event = document.events[i];
        StoredForm::OfEvent const& own = form.events[i];
        Mention const* const where = own.mention ? &document.mentions[*own.mention] : nullptr;
        put_event(m_hash, event, where, own);
        put_actors(m_hash, 'a', event.id, "initiator", event.initiator);
        put_actors(m_hash, 'a', event.id, "target", event.target);
        m_hash.row('r', event.id, event.mention, form.offset(event.trigger.begin),
                   form.offset(event.trigger.end), event.trigger.of(report.text), own.quote_start,
                   own.quote_end);
    }
    for (std::size_t i = 0; i < document.zones.size(); ++i) {
        Zone const& zone = document.zones[i];
        StoredForm::OfZone const& own = form.zones[i];
        m_hash.row('z', zone.id, form.offset(zone.span.begin), form.offset(zone.span.end),
                   zone.span.of(report.text), own.quote, name_of(zone.kind), name_of(zone.status), zone.name,
                   zone.along, zone.side, zone.depth_km, zone.length_km, own.declared_by, zone.date,
                   zone.confidence, zone.why);
        put_actors(m_hash, 'b', zone.id, "", zone.declared_by);
    }
    return static_cast<std::int64_t>(m_hash.take());
}

} // namespace kharita::store
