#include "store/named_place.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

#include <fmt/format.h>

#include "base/error.hpp"
#include "store/database.hpp"

namespace kharita::store {

namespace {

struct Candidate {
    std::string id;
    std::string words; ///< "sy-idlib (Idlib, PPLA, Idlib)"
    LonLat at;
    bool is_id = false;
    bool is_area = false;
};

std::vector<Candidate> candidates(Database& database, std::string_view text) {
    Statement rows = database.prepare(
        "SELECT place_id, name, feature, coalesce(admin3, admin2, admin1, country), ST_X(geom), ST_Y(geom), "
        "place_id = ?1 AS is_id FROM place WHERE place_id = ?1 OR lower(name) = lower(?1) OR name_ar = ?1 "
        "ORDER BY is_id DESC, prominence DESC, place_id");
    rows.bind(text);
    std::vector<Candidate> all;
    while (rows.step()) {
        std::string_view const feature = rows.text(2);
        all.push_back(
            {.id = std::string{rows.text(0)},
             .words = fmt::format("{} ({}, {}, {})", rows.text(0), rows.text(1), feature, rows.text(3)),
             .at = {rows.real(4), rows.real(5)},
             .is_id = rows.integer(6) != 0,
             .is_area = feature.starts_with("ADM") || feature.starts_with("PCL") || feature == "RGN"});
    }
    return all;
}

std::optional<LonLat> position(std::string_view text) {
    LonLat at;
    char const* const end = text.data() + text.size();
    auto const lon = std::from_chars(text.data(), end, at.lon);
    if (lon.ec != std::errc{} || lon.ptr == end || *lon.ptr != ',') {
        return std::nullopt;
    }
    auto const lat = std::from_chars(lon.ptr + 1, end, at.lat);
    return lat.ec == std::errc{} && lat.ptr == end && is_valid(at) ? std::optional{at} : std::nullopt;
}

} // namespace

NamedPlace named_place(Database& database, std::string_view text) {
    if (auto const at = position(text)) {
        return {.at = *at, .note = {}};
    }
    std::vector<Candidate> all = candidates(database, text);
    if (all.empty()) {
        fail<InputError>("{}: no report names a place {:?}", database.name(), text);
    }
    if (all.front().is_id) {
        return {.at = all.front().at, .note = {}};
    }
    if (std::ranges::any_of(all, [](Candidate const& each) { return !each.is_area; })) {
        std::erase_if(all, [](Candidate const& each) { return each.is_area; });
    }
    if (all.size() > 1) {
        std::string words;
        for (Candidate const& each : all) {
            words += fmt::format("{}{}", words.empty() ? "" : ", ", each.words);
        }
        fail<InputError>("{:?} is the name of several places; ask for one by its id: {}", text, words);
    }
    Candidate const& found = all.front();
    return {.at = found.at,
            .note = fmt::format("distances are from {}{}", found.words,
                                found.is_area ? ", an area: from the one point that stands for it" : "")};
}

bool knows_point(Database& database, std::string_view text) {
    if (position(text)) {
        return true;
    }
    auto const all = candidates(database, text);
    return std::ranges::any_of(all, [](Candidate const& each) { return each.is_id || !each.is_area; });
}

} // namespace kharita::store
