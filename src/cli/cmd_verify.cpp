#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
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

/// What was checked, and in words of what.
struct Proof {
    std::string name; ///< of the folder or the database
    std::vector<store::Check> checks;
    std::string subject; ///< "9 documents, 64 mentions, 35 events"
};

/// "1 tile", "2 tiles"
std::string counted(std::int64_t count, std::string_view noun) {
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string counted(std::size_t count, std::string_view noun) {
    return counted(static_cast<std::int64_t>(count), noun);
}

std::string in_words(store::Counts const& rows) {
    return fmt::format("{}, {}, {}", counted(rows.documents, "document"), counted(rows.mentions, "mention"),
                       counted(rows.events, "event"));
}

Proof proof_of(std::string const& what) {
    if (std::filesystem::is_directory(what)) {
        publish::FolderProof folder = publish::prove_folder(what);
        return {.name = what,
                .checks = std::move(folder.checks),
                .subject = fmt::format("{}, {}, {}", counted(folder.files, "file"), in_words(folder.rows),
                                       counted(folder.tiles, "tile"))};
    }
    store::Database database = store::Database::open(what, store::Access::read_only);
    std::vector<store::Check> checks = store::verify(database);
    bool const is_readable = checks.size() > 1; // damaged pages end the checks
    return {.name = database.name(),
            .checks = std::move(checks),
            .subject = is_readable ? in_words(database.counts()) : std::string{"a damaged file"}};
}

Exit run_verify(VerifyOptions const& options) {
    Proof const proof = proof_of(options.what);
    std::size_t problems = 0;
    for (store::Check const& check : proof.checks) {
        problems += check.problems.size();
        log_detail("{}: {}", check.name, check.is_sound() ? "sound" : "not sound");
        for (std::string const& problem : check.problems) {
            if (!options.json) {
                fmt::print("{}: {}: {}\n", proof.name, check.name, problem);
            }
        }
    }
    if (options.json) {
        fmt::print("{}\n", json_of(proof.checks, problems == 0));
    }
    std::string const checks = counted(proof.checks.size(), "check");
    if (problems > 0) {
        log_error(fmt::format("{}: not sound: {} in {} of {}", proof.name, counted(problems, "problem"),
                              checks, proof.subject));
        return Exit::failed;
    }
    log_info("{}: sound: {} of {}", proof.name, checks, proof.subject);
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
