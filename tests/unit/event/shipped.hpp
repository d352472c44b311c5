#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "event/event_coder.hpp"
#include "gazetteer/gazetteer.hpp"
#include "geoparse/geoparser.hpp"
#include "model/document.hpp"
#include "text/tokens.hpp"

namespace kharita::event {

/// The coder with the gazetteer and vocabulary that the project ships, loaded once.
struct Shipped {
    gazetteer::Gazetteer gazetteer =
        gazetteer::Gazetteer::load(std::filesystem::path{KHARITA_SOURCE_DIR} / "gazetteer/places");
    geoparse::Geoparser geoparser = geoparse::Geoparser::load(KHARITA_SOURCE_DIR, gazetteer);
    EventCoder coder = EventCoder::load(KHARITA_SOURCE_DIR);
};

inline Shipped const& shipped() {
    static Shipped const loaded;
    return loaded;
}

/// A text coded as if published on that day.
inline Document coded(std::string text, std::string_view published) {
    Document document;
    document.report.doc_id = "0123456789abcdef0123456789abcdef";
    document.report.text = std::move(text);
    document.report.published = parse_date(published);
    text::TokenizedText const tokens{document.report.text};
    auto places = shipped().geoparser.parse(tokens);
    Coding coding = shipped().coder.code(tokens, document.report, places);
    for (auto& place : places) {
        document.mentions.push_back(std::move(place.mention));
    }
    document.groups = std::move(coding.groups);
    document.events = std::move(coding.events);
    document.zones = std::move(coding.zones);
    return document;
}

/// The words of the place an event happened at; empty where it has none.
inline std::string place_of(Document const& document, Event const& event) {
    for (Mention const& mention : document.mentions) {
        if (mention.id == event.mention) {
            return std::string{mention.span.of(document.report.text)};
        }
    }
    return {};
}

} // namespace kharita::event
