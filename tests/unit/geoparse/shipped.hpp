#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "gazetteer/gazetteer.hpp"
#include "geoparse/geoparser.hpp"
#include "text/tokens.hpp"

namespace kharita::geoparse {

/// The gazetteer and vocabulary that the project ships, loaded once.
inline gazetteer::Gazetteer const& shipped_gazetteer() {
    static auto const loaded =
        gazetteer::Gazetteer::load(std::filesystem::path{KHARITA_SOURCE_DIR} / "gazetteer/places");
    return loaded;
}

inline Geoparser const& shipped_geoparser() {
    static auto const loaded = Geoparser::load(KHARITA_SOURCE_DIR, shipped_gazetteer());
    return loaded;
}

inline std::vector<Toponym> parse(std::string const& text) {
    text::TokenizedText const tokens{text};
    return shipped_geoparser().parse(tokens);
}

} // namespace kharita::geoparse
