#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include "base/error.hpp"
#include "base/output_file.hpp"
#include "cli/commands.hpp"
#include "cli/gazetteer_commands.hpp"
#include "store/database.hpp"
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
    store::QueryAnswer const answer = store::query(database, options.preset, parameters);
    std::string const text = store::formatted(answer, *store::parse_answer_format(options.format));
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
