#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <utility>

#include "extract/annotation_json.hpp"
#include "extract/code_points.hpp"
#include "extract/json_fields.hpp"
#include "geo/geojson.hpp"
#include "model/names.hpp"
#include "text/utf8.hpp"

namespace kharita::extract {

namespace {

constexpr std::array<std::string_view, 14> known_keys{
    "schema", "id",        "doc_id",   "source", "url",    "title", "published",
    "lang",   "gazetteer", "mentions", "groups", "events", "zones", "text"};

template <typename Enum>
Enum required_name(JsonObject& object, std::string_view key) {
    std::string const name = required_string(object, key);
    auto const value = parse_name<Enum>(name);
    if (!value) {
        fail<InputError>(R"("{}" is "{}"; expected a word of the schema)", key, name);
    }
    return *value;
}

std::vector<std::string> strings(JsonObject& owner, std::string_view key) {
    return strings_of(required_array(owner, key), key);
}

std::optional<AdminUnit> read_admin(JsonObject& place, std::string_view key) {
    auto unit = optional_object(place, key);
    if (!unit) {
        return std::nullopt;
    }
    return AdminUnit{required_string(*unit, "id"), required_string(*unit, "name")};
}

std::optional<LonLat> read_position(JsonObject& owner) {
    auto const lon = optional_number(owner, "lon");
    auto const lat = optional_number(owner, "lat");
    if (lon.has_value() != lat.has_value()) {
        fail<InputError>(R"("lon" and "lat" must both be numbers or both null)");
    }
    if (!lon) {
        return std::nullopt;
    }
    LonLat const at{*lon, *lat};
    if (!is_valid(at)) {
        fail<InputError>("lon {} and lat {} are no position in degrees", at.lon, at.lat);
    }
    return at;
}

std::optional<Place> read_place(JsonObject& mention) {
    auto json = optional_object(mention, "place");
    if (!json) {
        return std::nullopt;
    }
    Place place;
    place.id = required_string(*json, "id");
    place.refs = strings(*json, "refs");
    place.name = required_string(*json, "name");
    place.name_ar = required_string(*json, "name_ar");
    place.feature = required_string(*json, "feature");
    place.country = optional_string(*json, "country");
    place.admin1 = read_admin(*json, "admin1");
    place.admin2 = read_admin(*json, "admin2");
    place.admin3 = read_admin(*json, "admin3");
    auto const at = read_position(*json);
    if (!at) {
        fail<InputError>(R"("place" has no "lon" and "lat")");
    }
    place.at = *at;
    place.uncertainty = {required_number(*json, "uncertainty_m")};
    place.population = required_integer(*json, "population");
    place.prominence = required_integer(*json, "prominence", 0, 5);
    return place;
}

std::optional<Relation> read_relation(JsonObject& mention) {
    auto json = optional_object(mention, "relation");
    if (!json) {
        return std::nullopt;
    }
    Relation relation;
    relation.kind = required_name<Relation::Kind>(*json, "kind");
    if (auto const distance = optional_number(*json, "distance_m")) {
        relation.distance = Metres{*distance};
    }
    if (auto const direction = optional_number(*json, "direction_deg")) {
        relation.direction = Degrees{*direction};
    }
    relation.of = strings(*json, "of");
    return relation;
}

Count read_counts(JsonObject& json) {
    Count const count{required_integer(json, "low"), required_integer(json, "best"),
                      required_integer(json, "high")};
    if (count.low < 0 || count.low > count.best || count.best > count.high) {
        fail<InputError>("a count is {}, {}, {}; expected 0 <= low <= best <= high", count.low, count.best,
                         count.high);
    }
    return count;
}

std::optional<Toll> read_toll(JsonObject& owner, std::string_view key) {
    auto json = optional_object(owner, key);
    if (!json) {
        return std::nullopt;
    }
    return Toll{read_counts(*json), optional_integer(*json, "civilians"),
                optional_integer(*json, "combatants"), optional_integer(*json, "children"),
                optional_integer(*json, "women")};
}

std::vector<ActorRef> read_actors(JsonObject& owner, std::string_view key) {
    std::vector<ActorRef> actors;
    each_object(owner, key, [&](JsonObject& json) {
        actors.push_back({optional_string(json, "id"), required_string(json, "name"),
                          required_number(json, "confidence")});
    });
    return actors;
}

} // namespace

struct AnnotationReader::State {
    simdjson::dom::parser parser;
};

namespace {

/// Reads one document once its text is known.
class DocumentReader {
public:
    explicit DocumentReader(std::string_view text) : m_points{text} {}

    Span span(JsonObject& json) const {
        std::int64_t const start = required_integer(json, "start");
        std::int64_t const end = required_integer(json, "end");
        auto const size = static_cast<std::int64_t>(m_points.size());
        if (start < 0 || start > end) {
            fail<InputError>("start is {} and end {}; expected 0 <= start <= end", start, end);
        }
        if (end > size) {
            fail<InputError>("end is {}; expected at most {}, the text's length in code points", end, size);
        }
        return {m_points.to_byte(static_cast<std::size_t>(start)).value_or(0),
                m_points.to_byte(static_cast<std::size_t>(end)).value_or(0)};
    }

    Mention mention(JsonObject& json) const;
    Event event(JsonObject& json) const;
    Zone zone(JsonObject& json) const;

private:
    CodePoints m_points;
};

Mention DocumentReader::mention(JsonObject& json) const {
    Mention mention;
    mention.id = required_string(json, "id");
    mention.span = span(json);
    mention.role = required_name<Role>(json, "role");
    mention.place = read_place(json);
    mention.at = read_position(json);
    if (auto const uncertainty = optional_number(json, "uncertainty_m")) {
        mention.uncertainty = Metres{*uncertainty};
    }
    if (auto const geometry = optional_object(json, "geometry")) {
        mention.area = geo::parse_geojson_geometry(simdjson::minify(geometry->raw()));
    }
    mention.geo_precision = required_integer(json, "geo_precision", 0, 3);
    mention.where_prec = required_integer(json, "where_prec", 0, 7);
    if (std::string scope = optional_string(json, "scope"); !scope.empty()) {
        mention.scope = std::move(scope);
    }
    mention.relation = read_relation(json);
    mention.confidence = required_number(json, "confidence");
    mention.why = required_string(json, "why");
    each_object(json, "alternatives", [&](JsonObject& each) {
        mention.alternatives.push_back({required_string(each, "id"), required_number(each, "confidence")});
    });
    return mention;
}

Event DocumentReader::event(JsonObject& json) const {
    Event event;
    event.id = required_string(json, "id");
    event.trigger = span(json);
    event.group = required_string(json, "group");
    if (std::string mention = optional_string(json, "mention"); !mention.empty()) {
        event.mention = std::move(mention);
    }
    event.date = optional_date(json, "event_date");
    event.date_end = optional_date(json, "date_end");
    event.time_precision = required_integer(json, "time_precision", 0, 3);
    event.date_why = optional_string(json, "date_why");
    event.event_type = required_string(json, "event_type");
    event.sub_event_type = required_string(json, "sub_event_type");
    event.plover = optional_string(json, "plover");
    event.plover_mode = optional_string(json, "plover_mode");
    event.modality = required_name<Modality>(json, "modality");
    event.initiator = read_actors(json, "initiator");
    event.target = read_actors(json, "target");
    event.weapon = optional_string(json, "weapon");
    if (auto count = optional_object(json, "count")) {
        event.count = read_counts(*count);
    }
    event.killed = read_toll(json, "killed");
    event.injured = read_toll(json, "injured");
    event.control_change = optional_string(json, "control_change");
    event.claimed_by = optional_string(json, "claimed_by");
    event.confidence = required_number(json, "confidence");
    event.why = required_string(json, "why");
    return event;
}

Zone DocumentReader::zone(JsonObject& json) const {
    Zone zone;
    zone.id = required_string(json, "id");
    zone.span = span(json);
    zone.kind = required_name<ZoneKind>(json, "kind");
    zone.status = required_name<ZoneStatus>(json, "status");
    zone.name = optional_string(json, "name");
    zone.along = optional_string(json, "along");
    zone.side = optional_string(json, "side");
    zone.depth_km = optional_number(json, "depth_km");
    zone.length_km = optional_number(json, "length_km");
    zone.declared_by = read_actors(json, "declared_by");
    zone.date = optional_date(json, "date");
    zone.confidence = required_number(json, "confidence");
    zone.why = required_string(json, "why");
    return zone;
}

/// Lays texts down at code point offsets on a field of blanks.
class SparseText {
public:
    void put(JsonObject& json, std::string_view key) {
        std::int64_t const start = required_integer(json, "start");
        std::string const words = required_string(json, key);
        // Beyond any report's length: refused rather than filled with blanks, of which these are 64 MiB.
        constexpr std::int64_t longest = std::int64_t{1} << 24U;
        if (start < 0 || start > longest) {
            fail<InputError>("start is {}; expected an offset into the text, at most {}", start, longest);
        }
        auto at = static_cast<std::size_t>(start);
        for (std::string_view rest = words; !rest.empty(); ++at) {
            text::Utf8Character const next = text::decode(rest);
            if (at >= m_characters.size()) {
                m_characters.resize(at + 1, U' ');
            }
            m_characters[at] = next.character;
            rest.remove_prefix(std::max(next.length, std::size_t{1}));
        }
    }

    std::string take() const {
        std::string text;
        for (char32_t const each : m_characters) {
            text::append_utf8(each, text);
        }
        return text;
    }

private:
    std::u32string m_characters;
};

std::string text_from_quotes(JsonObject& json) {
    SparseText text;
    for (std::string_view const key : {"events", "zones"}) {
        each_object(json, key, [&](JsonObject& each) {
            if (auto quote = optional_object(each, "quote")) {
                text.put(*quote, "text");
            }
            text.put(each, key == "events" ? "trigger" : "text");
        });
    }
    each_object(json, "mentions", [&](JsonObject& each) { text.put(each, "text"); });
    return text.take();
}

void check_identities(Document const& document) {
    for (Event const& event : document.events) {
        auto const names = [&](auto const& each) { return each.id == event.mention; };
        if (event.mention && std::none_of(document.mentions.begin(), document.mentions.end(), names)) {
            fail<InputError>(R"(event {} is at mention "{}", which is not in "mentions")", event.id,
                             *event.mention);
        }
        auto const is_group = [&](EventGroup const& each) { return each.id == event.group; };
        if (std::none_of(document.groups.begin(), document.groups.end(), is_group)) {
            fail<InputError>(R"(event {} is of group "{}", which is not in "groups")", event.id, event.group);
        }
    }
}

Document read_document(JsonObject& json) {
    if (std::int64_t const schema = required_integer(json, "schema"); schema != 1) {
        fail<InputError>("\"schema\" is {}; this program knows 1", schema);
    }
    Document document;
    Report& report = document.report;
    report.id = required_string(json, "id");
    report.doc_id = required_string(json, "doc_id");
    report.source = optional_string(json, "source");
    report.url = optional_string(json, "url");
    report.title = optional_string(json, "title");
    report.published = optional_date(json, "published");
    report.lang = optional_string(json, "lang");
    report.text = member(json, "text") ? required_string(json, "text") : text_from_quotes(json);
    report.extra = other_members(json, known_keys);
    document.gazetteer_hash = optional_string(json, "gazetteer");

    DocumentReader const reader{report.text};
    each_object(json, "mentions",
                [&](JsonObject& each) { document.mentions.push_back(reader.mention(each)); });
    each_object(json, "groups", [&](JsonObject& each) {
        document.groups.push_back(
            {required_string(each, "id"), read_toll(each, "killed"), read_toll(each, "injured")});
    });
    each_object(json, "events", [&](JsonObject& each) { document.events.push_back(reader.event(each)); });
    each_object(json, "zones", [&](JsonObject& each) { document.zones.push_back(reader.zone(each)); });
    check_identities(document);
    return document;
}

} // namespace

AnnotationReader::AnnotationReader() : m_state{std::make_unique<State>()} {}
AnnotationReader::AnnotationReader(AnnotationReader&&) noexcept = default;
AnnotationReader& AnnotationReader::operator=(AnnotationReader&&) noexcept = default;
AnnotationReader::~AnnotationReader() = default;

Document AnnotationReader::read(std::string_view line) {
    JsonElement root;
    if (auto const error = m_state->parser.parse(line.data(), line.size()).get(root)) {
        fail<InputError>("is not JSON: {}", simdjson::error_message(error));
    }
    JsonObject object = as_object(root, "the line");
    return read_document(object);
}

Document from_json(std::string_view line) {
    return AnnotationReader{}.read(line);
}

} // namespace kharita::extract
