#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/lon_lat.hpp"

namespace kharita::extract {

/// Code points [start, end) of a document's text, as labels and annotations write them.
struct Range {
    std::int64_t start = 0;
    std::int64_t end = 0;
    friend bool operator==(Range const&, Range const&) = default;
};

/// A mention as a person labelled it.
struct LabelledMention {
    Range range;
    std::string text;
    std::string role; ///< empty where the labels hold none
    std::string
        precision; ///< settlement, neighbourhood, facility, natural, admin3 … country; empty: not said
    std::optional<LonLat> at; ///< nothing where nobody can locate it
    std::string ref;          ///< id in a public source, or empty
    bool sure = true;         ///< false where the text does not decide
};

/// A mention as a system says it.
struct SaidMention {
    std::string id;
    Range range;
    std::string text;
    std::string role;
    std::optional<LonLat> at;
    std::string place; ///< gazetteer id
    std::string place_name;
    std::string feature;
    std::vector<std::string> refs;
    double confidence = 0;
    std::string why;
    std::vector<std::string> alternatives; ///< gazetteer ids, best first
};

/// A span of numbers from, to; both ends belong to it.
using Bounds = std::pair<std::int64_t, std::int64_t>;

struct LabelledEvent {
    Range range;
    std::string trigger;
    std::string sub_event_type;
    std::string modality;
    std::string date; ///< YYYY-MM-DD or empty
    std::optional<LabelledMention> place;
    std::optional<Bounds> killed;
    // Only where the labels hold them:
    std::optional<Bounds> injured;
    std::optional<std::vector<std::string>> initiator; ///< ids of actors
    std::optional<std::vector<std::string>> target;
    std::optional<std::string> weapon; ///< id of a weapon; empty: none
};

struct SaidEvent {
    Range range;
    std::string trigger;
    std::string sub_event_type;
    std::string modality;
    std::string date;
    std::string mention;                ///< id of the mention where it happened, or empty
    std::optional<std::int64_t> killed; ///< best
    std::optional<std::int64_t> injured;
    std::vector<std::string> initiator; ///< ids of actors
    std::vector<std::string> target;
    std::string weapon;
};

struct ZoneLabel {
    Range range;
    std::string kind;
    std::string status;
};

struct LabelledDocument {
    std::string id;
    std::string text;
    std::vector<LabelledMention> mentions;
    std::vector<LabelledEvent> events;
    bool has_events = false; ///< the labels hold events, be it none
    std::optional<std::vector<ZoneLabel>> zones;
};

struct SaidDocument {
    std::string id;
    std::vector<SaidMention> mentions;
    std::vector<SaidEvent> events;
    std::vector<ZoneLabel> zones;
};

/// A sentence that a person labelled: does it tell what `kind` says, wherever that happened?
struct LabelledSentence {
    std::string id;
    std::string kind;  ///< PLOVER event type: ASSAULT or PROTEST
    std::string label; ///< "yes", "easy no"; others ("difficult no", "ambiguous") and none are not scored
    std::string text;
};

/// Reads labelled documents, one JSON object a line:
///
///     {"id", "text", "mentions": [{"start", "end", "text", "role", "precision", "lon", "lat", "ref",
///     "sure"}],
///      "events": [{"start", "end", "trigger", "sub_event_type", "modality", "date", "place", "fatalities"}]}
///
/// with, where they are labelled, "injured", "initiator_id", "target_id" and "weapon" of an event, and
/// "zones" with "start", "end", "kind" and "status". Throws InputError naming file and line; of an id that is
/// missing or stands twice too.
std::vector<LabelledDocument> read_labelled(std::filesystem::path const& file);

/// Reads labelled sentences, one JSON object a line: {"id", "kind", "label", "text"}, the label
/// empty or left out, and then the kind too, of texts that nobody labelled. Throws InputError as above, and
/// for a kind that is neither ASSAULT nor PROTEST.
std::vector<LabelledSentence> read_labelled_sentences(std::filesystem::path const& file);

/// Reads annotated documents (schemas/annotation.schema.json), also those of other programs: of a mention
/// only "start" and "end" are needed. Throws InputError as above.
std::vector<SaidDocument> read_said(std::filesystem::path const& file);

/// One annotated document. Throws InputError.
SaidDocument parse_said(std::string_view line);

} // namespace kharita::extract
