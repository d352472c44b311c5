#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "extract/annotation_json.hpp"
#include "extract/json_fields.hpp"
#include "geo/geojson.hpp"
#include "model/code_points.hpp"
#include "model/names.hpp"
#include "text/utf8.hpp"

namespace kharita::extract {

namespace {

constexpr std::array<std::string_view, 14> known_keys{
    "schema", "id",        "doc_id",   "source", "url",    "title", "published",
    "lang",   "gazetteer", "mentions", "groups", "events", "zones", "text"};

template <typename Enum>
Enum required_name(JsonObject& object, std::string_view key) {
    std::string_view const name = required_text(object, key);
    auto const value = parse_name<Enum>(name);
    if (!value) {
        fail<InputError>(R"("{}" is "{}"; expected a word of the schema)", key, name);
    }
    return *value;
}

/// What is in an optional, made where there is nothing: a text that was there lends its memory to the next.
template <typename Thing>
Thing& made(std::optional<Thing>& thing) {
    return thing ? *thing : thing.emplace();
}

/// An empty text is none.
void read_text(std::string_view text, std::optional<std::string>& into) {
    if (text.empty()) {
        into.reset();
    } else {
        made(into) = text;
    }
}

void read_admin(JsonObject& place, std::string_view key, std::optional<AdminUnit>& into) {
    auto json = optional_object(place, key);
    if (!json) {
        into.reset();
        return;
    }
    AdminUnit& unit = made(into);
    unit.id = required_text(*json, "id");
    unit.name = required_text(*json, "name");
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

void read_place(JsonObject& mention, std::optional<Place>& into) {
    auto json = optional_object(mention, "place");
    if (!json) {
        into.reset();
        return;
    }
    Place& place = made(into);
    place.id = required_text(*json, "id");
    read_strings(required_array(*json, "refs"), "refs", place.refs);
    place.name = required_text(*json, "name");
    place.name_ar = required_text(*json, "name_ar");
    place.feature = required_text(*json, "feature");
    place.country = optional_text(*json, "country");
    read_admin(*json, "admin1", place.admin1);
    read_admin(*json, "admin2", place.admin2);
    read_admin(*json, "admin3", place.admin3);
    auto const at = read_position(*json);
    if (!at) {
        fail<InputError>(R"("place" has no "lon" and "lat")");
    }
    place.at = *at;
    place.uncertainty = {required_number(*json, "uncertainty_m")};
    place.population = required_integer(*json, "population");
    place.prominence = required_integer(*json, "prominence", 0, 5);
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
    read_strings(required_array(*json, "of"), "of", relation.of);
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

void read_actors(JsonObject& owner, std::string_view key, std::vector<ActorRef>& into) {
    read_objects(owner, key, into, [](JsonObject& json, ActorRef& actor) {
        actor.id = optional_text(json, "id");
        actor.name = required_text(json, "name");
        actor.confidence = required_number(json, "confidence");
    });
}

} // namespace

struct AnnotationReader::State {
    simdjson::dom::parser parser;
    Document document; ///< the last one, whose texts and lists the next is read into
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

    // All members are set.
    void read(JsonObject& json, Mention& mention) const;
    void read(JsonObject& json, Event& event) const;
    void read(JsonObject& json, Zone& zone) const;

private:
    CodePoints m_points;
};

void DocumentReader::read(JsonObject& json, Mention& mention) const {
    mention.id = required_text(json, "id");
    mention.span = span(json);
    mention.role = required_name<Role>(json, "role");
    read_place(json, mention.place);
    mention.at = read_position(json);
    auto const uncertainty = optional_number(json, "uncertainty_m");
    mention.uncertainty = uncertainty ? std::optional{Metres{*uncertainty}} : std::nullopt;
    mention.area.reset();
    if (auto const geometry = optional_object(json, "geometry")) {
        mention.area = geo::parse_geojson_geometry(simdjson::minify(geometry->raw()));
    }
    mention.geo_precision = required_integer(json, "geo_precision", 0, 3);
    mention.where_prec = required_integer(json, "where_prec", 0, 7);
    read_text(optional_text(json, "scope"), mention.scope);
    mention.relation = read_relation(json);
    mention.confidence = required_number(json, "confidence");
    mention.why = required_text(json, "why");
    read_objects(json, "alternatives", mention.alternatives, [](JsonObject& each, Alternative& other) {
        other.place = required_text(each, "id");
        other.confidence = required_number(each, "confidence");
    });
}

void DocumentReader::read(JsonObject& json, Event& event) const {
    event.id = required_text(json, "id");
    event.trigger = span(json);
    event.group = required_text(json, "group");
    read_text(optional_text(json, "mention"), event.mention);
    event.date = optional_date(json, "event_date");
    event.date_end = optional_date(json, "date_end");
    event.time_precision = required_integer(json, "time_precision", 0, 3);
    event.date_why = optional_text(json, "date_why");
    event.event_type = required_text(json, "event_type");
    event.sub_event_type = required_text(json, "sub_event_type");
    event.plover = optional_text(json, "plover");
    event.plover_mode = optional_text(json, "plover_mode");
    event.modality = required_name<Modality>(json, "modality");
    read_actors(json, "initiator", event.initiator);
    read_actors(json, "target", event.target);
    event.weapon = optional_text(json, "weapon");
    event.count.reset();
    if (auto count = optional_object(json, "count")) {
        event.count = read_counts(*count);
    }
    event.killed = read_toll(json, "killed");
    event.injured = read_toll(json, "injured");
    event.control_change = optional_text(json, "control_change");
    event.claimed_by = optional_text(json, "claimed_by");
    event.confidence = required_number(json, "confidence");
    event.why = required_text(json, "why");
}

void DocumentReader::read(JsonObject& json, Zone& zone) const {
    zone.id = required_text(json, "id");
    zone.span = span(json);
    zone.kind = required_name<ZoneKind>(json, "kind");
    zone.status = required_name<ZoneStatus>(json, "status");
    zone.name = optional_text(json, "name");
    zone.along = optional_text(json, "along");
    zone.side = optional_text(json, "side");
    zone.depth_km = optional_number(json, "depth_km");
    zone.length_km = optional_number(json, "length_km");
    read_actors(json, "declared_by", zone.declared_by);
    zone.date = optional_date(json, "date");
    zone.confidence = required_number(json, "confidence");
    zone.why = required_text(json, "why");
}

/// Lays texts down at code point offsets; what no text covers is blank.
class SparseText {
public:
    struct Part {
        std::size_t begin = 0;
        std::size_t end = 0;
    };

    Part put(JsonObject& json, std::string_view key) {
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
                m_characters.resize(at + 1, nothing);
            }
            m_characters[at] = next.character;
            rest.remove_prefix(std::max(next.length, std::size_t{1}));
        }
        return {.begin = static_cast<std::size_t>(start), .end = at};
    }

    /// As put(), of a sentence: what lies beside it and is covered by nothing ends the line there, so that
    /// the sentence is found again.
    void put_sentence(JsonObject& json, std::string_view key) { m_sentences.push_back(put(json, key)); }

    std::string take() {
        auto const end_line = [&](std::size_t at) {
            if (at < m_characters.size() && m_characters[at] == nothing) {
                m_characters[at] = U'\n';
            }
        };
        for (Part const& sentence : m_sentences) {
            end_line(sentence.begin - 1); // of the first there is none
            end_line(sentence.end);
        }
        std::string text;
        for (char32_t const each : m_characters) {
            text::append_utf8(each == nothing ? U' ' : each, text);
        }
        return text;
    }

private:
    static constexpr char32_t nothing = 0xFFFFFFFF; // no character

    std::u32string m_characters;
    std::vector<Part> m_sentences;
};

std::string text_from_quotes(JsonObject& json) {
    SparseText text;
    for (std::string_view const key : {"events", "zones"}) {
        each_object(json, key, [&](JsonObject& each) {
            if (auto quote = optional_object(each, "quote")) {
                text.put_sentence(*quote, "text");
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

void read_document(JsonObject& json, Document& document) {
    if (std::int64_t const schema = required_integer(json, "schema"); schema != 1) {
        fail<InputError>("\"schema\" is {}; this program knows 1", schema);
    }
    Report& report = document.report;
    report.id = required_text(json, "id");
    report.doc_id = required_text(json, "doc_id");
    report.source = optional_text(json, "source");
    report.url = optional_text(json, "url");
    report.title = optional_text(json, "title");
    report.published = optional_date(json, "published");
    report.lang = optional_text(json, "lang");
    if (member(json, "text")) {
        report.text = required_text(json, "text");
    } else {
        report.text = text_from_quotes(json);
    }
    report.extra = other_members(json, known_keys);
    document.gazetteer_hash = optional_text(json, "gazetteer");

    DocumentReader const reader{report.text};
    auto const read = [&](JsonObject& each, auto& thing) { reader.read(each, thing); };
    read_objects(json, "mentions", document.mentions, read);
    read_objects(json, "groups", document.groups, [](JsonObject& each, EventGroup& group) {
        group.id = required_text(each, "id");
        group.killed = read_toll(each, "killed");
        group.injured = read_toll(each, "injured");
    });
    read_objects(json, "events", document.events, read);
    read_objects(json, "zones", document.zones, read);
    check_identities(document);
}

} // namespace

AnnotationReader::AnnotationReader() : m_state{std::make_unique<State>()} {}
AnnotationReader::AnnotationReader(AnnotationReader&&) noexcept = default;
AnnotationReader& AnnotationReader::operator=(AnnotationReader&&) noexcept = default;
AnnotationReader::~AnnotationReader() = default;

Document const& AnnotationReader::read(std::string_view line) {
    JsonElement root;
    if (auto const error = m_state->parser.parse(line.data(), line.size()).get(root)) {
        fail<InputError>("is not JSON: {}", simdjson::error_message(error));
    }
    JsonObject object = as_object(root, "the line");
    read_document(object, m_state->document);
    return m_state->document;
}

Document from_json(std::string_view line) {
    return AnnotationReader{}.read(line);
}

} // namespace kharita::extract
