#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include "base/log.hpp"
#include "cli/commands.hpp"
#include "extract/json_writer.hpp"
#include "publish/verify_folder.hpp"
#include "store/database.hpp"
#include "store/verify.hpp"

namespace kharita::cli {

namespace {

struct VerifyOptions {
    std::string what;
    bool json = false;
};

std::string json_of(std::vector<store::Check> const& checks, bool sound) {
    extract::JsonWriter json;
    json.begin_object().key("sound").raw(sound ? "true" : "false").key("checks").begin_array();
    for (store::Check const& check : checks) {
        json.begin_object().key("name").string(check.name).key("problems").begin_array();
        for (std::string const& problem : check.problems) {
            json.string(problem);
        }
        json.end_array().end_object();
    }
    return json.end_array().end_object().take();
}

/// A published folder as one check beside those of its database.
std::vector<store::Check> checks_of(std::string const& what) {
    if (std::filesystem::is_directory(what)) {
        return {{"published folder", publish::verify_folder(what)}};
    }
    store::Database database = store::Database::open(what, store::Access::read_only);
    return store::verify(database);
}

Exit run_verify(VerifyOptions const& options) {
    std::vector<store::Check> const checks = checks_of(options.what);
    std::size_t problems = 0;
    for (store::Check const& check : checks) {
        problems += check.problems.size();
        for (std::string const& problem : check.problems) {
            if (!options.json) {
                fmt::print("{}: {}: {}\n", options.what, check.name, problem);
            }
        }
    }
    if (options.json) {
        fmt::print("{}\n", json_of(checks, problems == 0));
    }
    if (problems > 0) {
        log_error(
            fmt::format("{}: not sound: {} problems in {} checks", options.what, problems, checks.size()));
        return Exit::failed;
    }
    log_info("{}: sound ({} checks)", options.what, checks.size());
    return Exit::done;
}

} // namespace

void add_verify(CLI::App& app, Action& action) {
    auto const options = std::make_shared<VerifyOptions>();
    CLI::App* const command =
        app.add_subcommand("verify", "prove a published folder or an event database whole");
    command->add_option("what", options->what, "the folder or the database")->required();
    command->add_flag("--json", options->json, "say what was checked and found as JSON");
    command->callback([options, &action] { action = [options] { return run_verify(*options); }; });
}

} // namespace kharita::cli
