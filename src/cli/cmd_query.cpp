#include <map>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include "base/error.hpp"
#include "base/output_file.hpp"
#include "cli/commands.hpp"
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
