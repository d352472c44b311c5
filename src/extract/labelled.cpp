#include "extract/labelled.hpp"

#include <set>

#include "base/line_reader.hpp"
#include "extract/json_fields.hpp"

namespace kharita::extract {

namespace {

/// each_object() of an array that may be missing.
template <typename Read>
void each(JsonObject owner, std::string_view key, Read const& read) {
    if (auto const found = member(owner, key); found && !found->is_null()) {
        each_object(owner, key, [&](JsonObject& object) { read(object); });
    }
}

Range range_of(JsonObject json) {
    Range const range{required_integer(json, "start"), required_integer(json, "end")};
    if (range.start < 0 || range.end < range.start) {
        fail<InputError>("start is {} and end {}; expected 0 <= start <= end", range.start, range.end);
    }
    return range;
}

std::optional<LonLat> position_of(JsonObject json) {
    auto const lon = optional_number(json, "lon");
    auto const lat = optional_number(json, "lat");
    return lon && lat ? std::optional{LonLat{*lon, *lat}} : std::nullopt;
}

/// One string or many.
std::vector<std::string> one_or_many(JsonElement value, std::string_view key) {
    std::string_view text;
    if (value.get(text) == simdjson::SUCCESS) {
        return {std::string{text}};
    }
    simdjson::dom::array array;
    if (value.get(array) != simdjson::SUCCESS) {
        fail<InputError>("\"{}\" is {}; expected a string or an array of strings", key, kind_of(value));
    }
    return strings_of(array, key);
}

/// Nothing where the key is missing; an empty list for null.
std::optional<std::vector<std::string>> labelled_strings(JsonObject json, std::string_view key) {
    auto const found = member(json, key);
    if (!found) {
        return std::nullopt;
    }
    return found->is_null() ? std::vector<std::string>{} : one_or_many(*found, key);
}

/// «[1, 3]» in either order; nothing where it is missing or null.
std::optional<Bounds> bounds_of(JsonObject json, std::string_view key) {
    auto const found = member(json, key);
    if (!found || found->is_null()) {
        return std::nullopt;
    }
    std::optional<Bounds> bounds;
    for (JsonElement const element : required_array(json, key)) {
        std::int64_t value = 0;
        if (element.get(value) != simdjson::SUCCESS) {
            fail<InputError>("\"{}\" holds {}; expected whole numbers", key, kind_of(element));
        }
        bounds = bounds ? Bounds{std::min(bounds->first, value), std::max(bounds->second, value)}
                        : Bounds{value, value};
    }
    return bounds;
}

LabelledMention labelled_mention(JsonObject json) {
    LabelledMention mention;
    mention.range = range_of(json);
    mention.text = optional_string(json, "text");
    mention.role = optional_string(json, "role");
    mention.precision = optional_string(json, "precision");
    mention.at = position_of(json);
    mention.ref = optional_string(json, "ref");
    if (auto const sure = member(json, "sure")) {
        bool value = true;
        mention.sure = sure->get(value) != simdjson::SUCCESS || value;
    }
    return mention;
}

LabelledEvent labelled_event(JsonObject json) {
    LabelledEvent event;
    event.range = range_of(json);
    event.trigger = optional_string(json, "trigger");
    event.sub_event_type = required_string(json, "sub_event_type");
    event.modality = optional_string(json, "modality");
    event.date = optional_string(json, "date");
    if (auto const place = optional_object(json, "place")) {
        event.place = labelled_mention(*place);
    }
    event.killed = bounds_of(json, "fatalities");
    event.injured = bounds_of(json, "injured");
    event.initiator = labelled_strings(json, "initiator_id");
    event.target = labelled_strings(json, "target_id");
    if (member(json, "weapon")) {
        event.weapon = optional_string(json, "weapon");
    }
    return event;
}

ZoneLabel zone_of(JsonObject json) {
    return {range_of(json), optional_string(json, "kind"), optional_string(json, "status")};
}

LabelledDocument labelled_document(JsonObject json) {
    LabelledDocument document;
    document.id = optional_string(json, "id");
    document.text = required_string(json, "text");
    each(json, "mentions", [&](JsonObject each) { document.mentions.push_back(labelled_mention(each)); });
    each(json, "events", [&](JsonObject each) { document.events.push_back(labelled_event(each)); });
    document.has_events = member(json, "events").has_value();
    if (member(json, "zones")) {
        document.zones.emplace();
        each(json, "zones", [&](JsonObject each) { document.zones->push_back(zone_of(each)); });
    }
    return document;
}

SaidMention said_mention(JsonObject json) {
    SaidMention mention;
    mention.id = optional_string(json, "id");
    mention.range = range_of(json);
    mention.text = optional_string(json, "text");
    mention.role = optional_string(json, "role");
    mention.at = position_of(json);
    if (auto place = optional_object(json, "place")) {
        mention.place = optional_string(*place, "id");
        mention.place_name = optional_string(*place, "name");
        mention.feature = optional_string(*place, "feature");
        if (auto const refs = member(*place, "refs"); refs && !refs->is_null()) {
            mention.refs = one_or_many(*refs, "refs");
        }
    }
    mention.confidence = optional_number(json, "confidence").value_or(0);
    mention.why = optional_string(json, "why");
    each(json, "alternatives",
         [&](JsonObject each) { mention.alternatives.push_back(optional_string(each, "id")); });
    return mention;
}

std::optional<std::int64_t> best_of(JsonObject json, std::string_view key) {
    auto toll = optional_object(json, key);
    auto const best = toll ? optional_number(*toll, "best") : std::nullopt;
    return best ? std::optional{static_cast<std::int64_t>(*best)} : std::nullopt;
}

SaidEvent said_event(JsonObject json) {
    constexpr std::size_t day = 10; // a date and time is cut to its date
    SaidEvent event;
    event.range = range_of(json);
    event.trigger = optional_string(json, "trigger");
    event.sub_event_type = optional_string(json, "sub_event_type");
    event.modality = optional_string(json, "modality");
    event.date = optional_string(json, "event_date").substr(0, day);
    event.mention = optional_string(json, "mention");
    event.killed = best_of(json, "killed");
    event.injured = best_of(json, "injured");
    each(json, "initiator", [&](JsonObject each) { event.initiator.push_back(optional_string(each, "id")); });
    each(json, "target", [&](JsonObject each) { event.target.push_back(optional_string(each, "id")); });
    event.weapon = optional_string(json, "weapon");
    return event;
}

SaidDocument said_document(JsonObject json) {
    SaidDocument document;
    document.id = optional_string(json, "id");
    each(json, "mentions", [&](JsonObject each) { document.mentions.push_back(said_mention(each)); });
    each(json, "events", [&](JsonObject each) { document.events.push_back(said_event(each)); });
    each(json, "zones", [&](JsonObject each) { document.zones.push_back(zone_of(each)); });
    return document;
}

LabelledSentence labelled_sentence(JsonObject json) {
    LabelledSentence sentence{required_string(json, "id"), optional_string(json, "kind"),
                              optional_string(json, "label"), required_string(json, "text")};
    bool const is_labelled = !sentence.kind.empty() || !sentence.label.empty();
    if (is_labelled && sentence.kind != "ASSAULT" && sentence.kind != "PROTEST") {
        fail<InputError>(R"("kind" is "{}"; expected ASSAULT or PROTEST)", sentence.kind);
    }
    return sentence;
}

template <typename Document, typename Read>
std::vector<Document> read_lines(std::filesystem::path const& file, Read const& read) {
    std::vector<Document> documents;
    std::set<std::string> ids;
    simdjson::dom::parser parser;
    LineReader lines{file};
    while (auto const line = lines.next()) {
        if (line->find_first_not_of(" \t\r") == std::string_view::npos) {
            continue;
        }
        try {
            JsonElement element;
            if (auto const error = parser.parse(*line).get(element); error != simdjson::SUCCESS) {
                fail<InputError>("no JSON: {}", simdjson::error_message(error));
            }
            documents.push_back(read(as_object(element, "the line")));
            if (documents.back().id.empty() || !ids.insert(documents.back().id).second) {
                fail<InputError>(R"("id" is "{}"; expected one that no other document has)",
                                 documents.back().id);
            }
        } catch (InputError const& error) {
            fail<InputError>("{}:{}: {}", lines.name(), lines.line_number(), error.what());
        }
    }
    return documents;
}

} // namespace

std::vector<LabelledDocument> read_labelled(std::filesystem::path const& file) {
    return read_lines<LabelledDocument>(file, labelled_document);
}

std::vector<LabelledSentence> read_labelled_sentences(std::filesystem::path const& file) {
    return read_lines<LabelledSentence>(file, labelled_sentence);
}

std::vector<SaidDocument> read_said(std::filesystem::path const& file) {
    return read_lines<SaidDocument>(file, said_document);
}

SaidDocument parse_said(std::string_view line) {
    simdjson::dom::parser parser;
    JsonElement element;
    if (auto const error = parser.parse(line).get(element); error != simdjson::SUCCESS) {
        fail<InputError>("no JSON: {}", simdjson::error_message(error));
    }
    return said_document(as_object(element, "the line"));
}

} // namespace kharita::extract
