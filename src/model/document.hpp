#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/date.hpp"
#include "model/event.hpp"
#include "model/mention.hpp"
#include "model/zone.hpp"

namespace kharita {

/// A report as it comes in.
struct Report {
    std::string id;     ///< the input's own, if any; doc_id where it has none
    std::string doc_id; ///< 32 hexadecimal digits of SHA-256 over source, url, published and text
    std::string source;
    std::string url;
    std::string title; ///< a context; mentions and offsets are of `text` only
    std::optional<Date> published;
    std::string lang;  ///< "ar", "en"
    std::string text;  ///< valid UTF-8; of HTML, the extracted text
    std::string extra; ///< the input's other keys as one JSON object, carried through; empty where none

    friend bool operator==(Report const&, Report const&) = default;
};

/// The identity of a report: 32 hexadecimal digits of SHA-256 over source, url, day of publication
/// (YYYY-MM-DD or empty) and text, each with its length before it. Differs from Report::doc_id where the text
/// is not whole.
std::string document_id(std::string_view source, std::string_view url, std::string_view published,
                        std::string_view text);
std::string document_id(Report const& report);

/// A report and all that was found in it: one line of JSON Lines (schemas/annotation.schema.json).
struct Document {
    Report report;
    std::vector<Mention> mentions;  ///< in text order
    std::vector<EventGroup> groups; ///< in text order
    std::vector<Event> events;      ///< in text order
    std::vector<Zone> zones;        ///< in text order
    std::string gazetteer_hash;     ///< content hash of the gazetteer that resolved it

    friend bool operator==(Document const&, Document const&) = default;
};

} // namespace kharita
