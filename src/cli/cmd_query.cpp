#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include "base/error.hpp"
#include "base/log.hpp"
#include "base/output_file.hpp"
#include "cli/commands.hpp"
#include "cli/gazetteer_commands.hpp"
#include "store/database.hpp"
#include "store/named_place.hpp"
#include "store/query.hpp"

namespace kharita::cli {

namespace {

struct QueryOptions {
    std::string database;
    std::string preset;
    std::vector<std::string> parameters; ///< NAME=VALUE
    std::string format = "table";
    std::string output = "-";
    bool force = false;
};

std::string list_of_presets() {
    std::string all = "Questions:\n";
    for (store::QueryPreset const& preset : store::query_presets()) {
        all += fmt::format("  {:<10} {}\n", preset.name, preset.meaning);
        for (store::QueryParameter const& parameter : preset.parameters) {
            all += fmt::format("             {}=  {}{}\n", parameter.name, parameter.meaning,
                               parameter.is_needed ? " (needed)" : "");
        }
    }
    return all;
}

/// The id of the admin unit that a name means: the widest, since units are called like those in them.
std::string unit_named(std::string const& name) {
    using gazetteer::FeatureClass;
    auto const gazetteer = load_gazetteer({});
    std::string code = name;
    std::ranges::transform(code, code.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c; });
    std::vector<gazetteer::PlaceIndex> units;
    std::optional<FeatureClass> widest;
    auto const consider = [&](gazetteer::PlaceIndex place) {
        FeatureClass const kind = gazetteer.feature_class_of(place);
        if (kind != FeatureClass::admin1 && kind != FeatureClass::admin2 && kind != FeatureClass::admin3) {
            return;
        }
        if (!widest || kind < *widest) {
            units.clear();
            widest = kind;
        }
        if (kind == *widest) {
            units.push_back(place);
        }
    };
    if (auto const by_id = gazetteer.find(name)) {
        consider(*by_id);
    } else if (auto const by_code = gazetteer.find(code)) {
        consider(*by_code);
    } else {
        for (gazetteer::Candidate const& candidate : gazetteer.lookup(name)) {
            if (candidate.kind != gazetteer::MatchKind::fuzzy) {
                consider(candidate.place);
            }
        }
    }
    if (units.empty()) {
        fail<InputError>(
            "area is {:?}; expected the P-code or name of a governorate, district or sub-district", name);
    }
    if (units.size() > 1) {
        std::string all;
        for (gazetteer::PlaceIndex const unit : units) {
            all += fmt::format("{}{}", all.empty() ? "" : ", ", gazetteer.place(unit).id);
        }
        fail<InputError>("{:?} is the name of several areas; ask for one by its id: {}", name, all);
    }
    return gazetteer.place(units.front()).id;
}

/// The position of a place that no report names, or only its admin unit: of the one place at a point that the
/// gazetteer has of that name. Empty where it has none; the database then says what it knows.
std::optional<std::string> position_of(std::string const& name) {
    using gazetteer::FeatureClass;
    auto const gazetteer = load_gazetteer({});
    std::vector<gazetteer::PlaceIndex> places;
    auto const consider = [&](gazetteer::PlaceIndex place) {
        FeatureClass const kind = gazetteer.feature_class_of(place);
        bool const is_area = kind == FeatureClass::country || kind == FeatureClass::admin1 ||
                             kind == FeatureClass::admin2 || kind == FeatureClass::admin3 ||
                             kind == FeatureClass::region;
        if (!is_area && std::ranges::find(places, place) == places.end()) {
            places.push_back(place);
        }
    };
    auto const by_id = gazetteer.find(name);
    if (by_id) {
        places.push_back(*by_id);
    } else {
        for (gazetteer::Candidate const& candidate : gazetteer.lookup(name)) {
            if (candidate.kind != gazetteer::MatchKind::fuzzy) {
                consider(candidate.place);
            }
        }
    }
    if (places.empty()) {
        return std::nullopt;
    }
    std::string all;
    for (gazetteer::PlaceIndex const place : places) {
        Place const& each = gazetteer.place(place);
        all += fmt::format("{}{} ({}, {}{}{})", all.empty() ? "" : ", ", each.id, each.name, each.feature,
                           each.admin3 ? ", " : "", each.admin3 ? each.admin3->name : "");
    }
    if (places.size() > 1) {
        fail<InputError>("{:?} is the name of several places; ask for one by its id: {}", name, all);
    }
    if (!by_id) {
        log_info("distances are from {}", all);
    }
    LonLat const at = gazetteer.place(places.front()).at;
    return fmt::format("{},{}", at.lon, at.lat);
}

Exit run_query(QueryOptions const& options) {
    std::map<std::string, std::string, std::less<>> parameters;
    for (std::string const& each : options.parameters) {
        std::size_t const sign = each.find('=');
        if (sign == std::string::npos || sign == 0) {
            fail<UsageError>("{:?} is no parameter; expected NAME=VALUE", each);
        }
        parameters[each.substr(0, sign)] = each.substr(sign + 1);
    }
    store::Database database = store::Database::open(options.database, store::Access::read_only);
    if (auto const area = parameters.find("area");
        area != parameters.end() && !store::knows_area(database, area->second)) {
        area->second = unit_named(area->second);
    }
    if (auto const place = parameters.find("place");
        place != parameters.end() && !store::knows_point(database, place->second)) {
        if (auto at = position_of(place->second)) {
            place->second = std::move(*at);
        }
    }
    store::QueryAnswer const answer = store::query(database, options.preset, parameters);
    std::string const text = store::formatted(answer, *store::parse_answer_format(options.format));
    if (!answer.note.empty()) {
        log_info("{}", answer.note);
    }
    write_file(options.output, text, options.force ? Overwrite::replace : Overwrite::refuse);
    return Exit::done;
}

} // namespace

void add_query(CLI::App& app, Action& action) {
    auto const options = std::make_shared<QueryOptions>();
    CLI::App* const command = app.add_subcommand("query", "ask an event database what people ask");
    command->add_option("database", options->database, "the database")->required();
    command->add_option("question", options->preset, "which question, see below")->required();
    command->add_option("parameter", options->parameters, "NAME=VALUE, see below");
    command->add_option("--format", options->format, "table, csv, json (one object a line) or geojson")
        ->check(CLI::IsMember({"table", "csv", "json", "geojson"}));
    command->add_option("-o,--output", options->output, "a file; default: standard output");
    command->add_flag("--force", options->force, "overwrite an existing file");
    command->footer(list_of_presets());
    command->callback([options, &action] { action = [options] { return run_query(*options); }; });
}

} // namespace kharita::cli
