#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "cli/gazetteer_commands.hpp"

namespace kharita::cli {

namespace {

using gazetteer::Candidate;
using gazetteer::FeatureClass;
using gazetteer::Gazetteer;
using gazetteer::MatchKind;
using gazetteer::PlaceIndex;

struct LookupOptions {
    GazetteerOptions const* shared = nullptr;
    std::string name;
    std::string scope;
    bool json = false;
};

constexpr std::array<std::string_view, 5> kind_names{"exact", "folded", "article", "joined", "fuzzy"};

/// "al-Latamneh < Kafr Zita < Muhradah < Hama < Syria", without the place itself.
std::string admin_chain(Gazetteer const& gazetteer, PlaceIndex index) {
    std::string chain;
    for (PlaceIndex at = gazetteer.parent(index); at != gazetteer::no_place; at = gazetteer.parent(at)) {
        Place const& unit = gazetteer.place(at);
        chain += chain.empty() ? "" : " < ";
        chain += unit.name.empty() ? unit.name_ar : unit.name;
    }
    return chain;
}

/// The places that a scope may mean. Words before the name («ريف حلب») are passed over; then the name is that
/// of an admin unit where there is one.
std::vector<PlaceIndex> scope_places(Gazetteer const& gazetteer, std::string_view scope) {
    bool shortened = false;
    for (std::string_view rest = scope;;) {
        std::vector<PlaceIndex> places;
        std::vector<PlaceIndex> units;
        if (auto const by_id = gazetteer.find(rest)) {
            return {*by_id};
        }
        for (Candidate const& candidate : gazetteer.lookup(rest)) {
            auto const what = gazetteer.feature_class_of(candidate.place);
            bool const unit = what == FeatureClass::country || what == FeatureClass::admin1 ||
                              what == FeatureClass::admin2 || what == FeatureClass::admin3;
            if (candidate.kind != MatchKind::fuzzy) {
                places.push_back(candidate.place);
                if (unit) {
                    units.push_back(candidate.place);
                }
            }
        }
        if (!places.empty()) {
            return shortened && !units.empty() ? units : places;
        }
        std::size_t const space = rest.find(' ');
        if (space == std::string_view::npos) {
            fail<InputError>("--in: no place of the gazetteer is named \"{}\"", scope);
        }
        rest.remove_prefix(space + 1);
        shortened = true;
    }
}

std::vector<Candidate> find_places(Gazetteer const& gazetteer, LookupOptions const& options) {
    std::vector<Candidate> found;
    if (auto const by_id = gazetteer.find(options.name)) {
        found.push_back({*by_id, MatchKind::exact, true});
    } else {
        found = gazetteer.lookup(options.name);
    }
    if (!options.scope.empty()) {
        auto const scope = scope_places(gazetteer, options.scope);
        std::erase_if(found, [&](Candidate const& candidate) {
            return std::ranges::none_of(
                scope, [&](PlaceIndex outer) { return gazetteer.is_within(candidate.place, outer); });
        });
    }
    return found;
}

/// How many columns of a terminal a text takes: one a character, as no name has wide or combining ones.
std::size_t width(std::string_view utf8) noexcept {
    return static_cast<std::size_t>(std::ranges::count_if(
        utf8, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }));
}

void print_table(Gazetteer const& gazetteer, std::vector<Candidate> const& found) {
    constexpr std::size_t columns = 8;
    std::vector<std::array<std::string, columns>> rows;
    rows.push_back({"id", "Arabic", "English", "feature", "lon", "lat", "match", "in"});
    for (Candidate const& candidate : found) {
        Place const& place = gazetteer.place(candidate.place);
        rows.push_back({place.id, place.name_ar, place.name, place.feature,
                        fmt::format("{:.4f}", place.at.lon), fmt::format("{:.4f}", place.at.lat),
                        std::string{kind_names[static_cast<std::size_t>(candidate.kind)]},
                        admin_chain(gazetteer, candidate.place)});
    }
    std::array<std::size_t, columns> widths{};
    for (auto const& row : rows) {
        for (std::size_t i = 0; i < columns; ++i) {
            widths[i] = std::max(widths[i], width(row[i]));
        }
    }
    for (auto const& row : rows) {
        for (std::size_t i = 0; i + 1 < columns; ++i) {
            fmt::print("{}{}", row[i], std::string(widths[i] - width(row[i]) + 2, ' '));
        }
        fmt::print("{}\n", row.back());
    }
}

nlohmann::ordered_json to_json(std::optional<AdminUnit> const& unit) {
    return unit ? nlohmann::ordered_json{{"id", unit->id}, {"name", unit->name}} : nlohmann::ordered_json{};
}

void print_json(Gazetteer const& gazetteer, std::vector<Candidate> const& found) {
    auto all = nlohmann::ordered_json::array();
    for (Candidate const& candidate : found) {
        Place const& place = gazetteer.place(candidate.place);
        auto const names = gazetteer.names(candidate.place);
        all.push_back({{"id", place.id},
                       {"refs", place.refs},
                       {"name", place.name},
                       {"name_ar", place.name_ar},
                       {"names", std::vector<std::string>{names.begin(), names.end()}},
                       {"feature", place.feature},
                       {"country", place.country},
                       {"admin1", to_json(place.admin1)},
                       {"admin2", to_json(place.admin2)},
                       {"admin3", to_json(place.admin3)},
                       {"lon", place.at.lon},
                       {"lat", place.at.lat},
                       {"uncertainty_m", place.uncertainty.value},
                       {"population", place.population},
                       {"prominence", place.prominence},
                       {"match", kind_names[static_cast<std::size_t>(candidate.kind)]}});
    }
    fmt::print("{}\n", all.dump(2));
}

Exit run_lookup(LookupOptions const& options) {
    Gazetteer const gazetteer = load_gazetteer(*options.shared);
    auto const found = find_places(gazetteer, options);
    if (found.empty()) {
        fail<InputError>("no place is named \"{}\"{}", options.name,
                         options.scope.empty() ? "" : fmt::format(" in \"{}\"", options.scope));
    }
    if (options.json) {
        print_json(gazetteer, found);
    } else {
        print_table(gazetteer, found);
    }
    return Exit::done;
}

} // namespace

void add_gazetteer_lookup(CLI::App& command, GazetteerOptions const& shared, Action& action) {
    auto const options = std::make_shared<LookupOptions>();
    options->shared = &shared;
    CLI::App* const lookup = command.add_subcommand(
        "lookup", "places of a name or id: id, names, feature, admin units, lon, lat, how the name matched");
    lookup->add_option("name", options->name, "a name in any spelling, or an id")
        ->required()
        ->type_name("NAME");
    lookup->add_option("--in", options->scope, "only within this place: «ريف حلب», Idlib, SY05")
        ->type_name("SCOPE");
    lookup->add_flag("--json", options->json, "as JSON");
    lookup->callback([options, &action] { action = [options] { return run_lookup(*options); }; });
}

} // namespace kharita::cli
