#include "store/fingerprint.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <concepts>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <variant>

#include "base/hash.hpp"
#include "model/geometry.hpp"

namespace kharita::store {

namespace {

/// Fields one after the other, each with its length or presence before it, so that no two documents give the
/// same bytes. Hashed once at the end: thousands of small updates cost ten times as much.
class Bytes {
public:
    /// Writes into `bytes`, which only grows, and appends the hash of each place that it passes to `places`.
    Bytes(std::string& bytes, std::vector<std::uint64_t>& places) : m_bytes{bytes}, m_places{places} {
        m_places.clear();
    }

    /// What was added, until the next add().
    std::string_view all_bytes() const { return std::string_view{m_bytes}.substr(0, m_end); }

    void add(std::string_view text) {
        add(static_cast<std::uint64_t>(text.size()));
        put(text);
    }
    void add(std::string const& text) { add(std::string_view{text}); }
    void add(bool value) { put(value ? "\1" : std::string_view{"\0", 1}); }
    template <std::integral Integer>
    void add(Integer value) {
        auto bits = static_cast<std::uint64_t>(value);
        if constexpr (std::endian::native == std::endian::big) {
            bits = __builtin_bswap64(bits); // the same bytes on every machine
        }
        auto const bytes = std::bit_cast<std::array<char, sizeof bits>>(bits);
        make_room(bytes.size());
        std::ranges::copy(bytes, m_bytes.data() + m_end);
        m_end += bytes.size();
    }
    void add(double value) { add(std::bit_cast<std::uint64_t>(value)); }
    template <typename Enum>
        requires std::is_enum_v<Enum>
    void add(Enum value) {
        add(static_cast<std::int64_t>(value));
    }
    void add(Date date) { add(static_cast<std::int64_t>(date.time_since_epoch().count())); }
    void add(Span span) { all(span.begin, span.end); }
    void add(LonLat at) { all(at.lon, at.lat); }
    void add(Metres length) { add(length.value); }
    void add(Degrees angle) { add(angle.value); }
    void add(Count const& count) { all(count.low, count.best, count.high); }
    void add(Toll const& toll) {
        all(toll.count, toll.civilians, toll.combatants, toll.children, toll.women);
    }
    void add(ActorRef const& actor) { all(actor.id, actor.name, actor.confidence); }
    void add(AdminUnit const& unit) { all(unit.id, unit.name); }
    void add(Alternative const& other) { all(other.place, other.confidence); }
    void add(Relation const& relation) {
        all(relation.kind, relation.distance, relation.direction, relation.of);
    }
    void add(Place const& place) {
        std::size_t const begin = m_end;
        all(place.id, place.refs, place.name, place.name_ar, place.feature, place.country, place.admin1,
            place.admin2, place.admin3, place.at, place.uncertainty, place.population, place.prominence);
        m_places.push_back(xxh3(all_bytes().substr(begin)));
    }
    void add(Point const& point) { add(point.at); }
    void add(MultiPoint const& each) { add(each.points); }
    void add(LineString const& line) { add(line.points); }
    void add(MultiLineString const& each) { add(each.lines); }
    void add(Polygon const& polygon) { all(polygon.outer, polygon.holes); }
    void add(MultiPolygon const& each) { add(each.polygons); }
    void add(Geometry const& geometry) {
        add(geometry.index());
        std::visit([this](auto const& shape) { add(shape); }, geometry);
    }
    void add(Mention const& mention) {
        all(mention.id, mention.span, mention.role, mention.place, mention.at, mention.uncertainty,
            mention.area, mention.geo_precision, mention.where_prec, mention.scope, mention.relation,
            mention.confidence, mention.why, mention.alternatives);
    }
    void add(EventGroup const& group) { all(group.id, group.killed, group.injured); }
    void add(Event const& event) {
        all(event.id, event.trigger, event.group, event.mention, event.date, event.date_end,
            event.time_precision, event.date_why, event.event_type, event.sub_event_type, event.plover,
            event.plover_mode, event.modality, event.initiator, event.target, event.weapon, event.count,
            event.killed, event.injured, event.claimed_by, event.confidence, event.why, event.control_change);
    }
    void add(Zone const& zone) {
        all(zone.id, zone.span, zone.kind, zone.status, zone.along, zone.side, zone.depth_km, zone.length_km,
            zone.declared_by, zone.name, zone.date, zone.confidence, zone.why);
    }
    /// The input's own id is left out: one report that comes under two ids would take turns with itself.
    void add(Report const& report) {
        all(report.doc_id, report.source, report.url, report.title, report.published, report.lang,
            report.text, report.extra);
    }
    template <typename Value>
    void add(std::optional<Value> const& value) {
        add(value.has_value());
        if (value) {
            add(*value);
        }
    }
    template <typename Value>
    void add(std::vector<Value> const& values) {
        add(values.size());
        for (Value const& value : values) {
            add(value);
        }
    }
    template <typename... Values>
    void all(Values const&... values) {
        (add(values), ...);
    }

private:
    void make_room(std::size_t size) {
        if (m_bytes.size() - m_end < size) {
            m_bytes.resize(2 * (m_bytes.size() + size));
        }
    }
    void put(std::string_view raw) {
        make_room(raw.size());
        std::copy_n(raw.data(), raw.size(), m_bytes.data() + m_end);
        m_end += raw.size();
    }

    std::string& m_bytes;
    std::size_t m_end = 0;
    std::vector<std::uint64_t>& m_places;
};

} // namespace

Fingerprint const& Fingerprinter::of(Document const& document) {
    Bytes bytes{m_bytes, m_last.places};
    bytes.all(document.report, document.mentions, document.groups, document.events, document.zones,
              document.gazetteer_hash);
    m_last.content = xxh3_128_hex(bytes.all_bytes());
    return m_last;
}

std::string fingerprint(Document const& document) {
    return Fingerprinter{}.of(document).content;
}

} // namespace kharita::store
