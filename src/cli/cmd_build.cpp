#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/data_dir.hpp"
#include "base/error.hpp"
#include "base/log.hpp"
#include "base/thread_pool.hpp"
#include "cli/commands.hpp"
#include "publish/build.hpp"
#include "store/database.hpp"

namespace kharita::cli {

namespace {

struct BuildCommand {
    std::vector<std::string> inputs;
    std::string output;
    std::string date;
    std::string url;
    std::string gazetteer; ///< empty: the program's own
    std::vector<std::string> corrections;
    std::size_t jobs = default_jobs();
    bool force = false;
};

publish::BuildOptions options_of(BuildCommand const& command) {
    publish::BuildOptions options;
    for (std::string const& input : command.inputs) {
        if (input == "-") {
            fail<UsageError>("build reads its inputs twice, once to hash them; give files or folders, not -");
        }
        options.inputs.emplace_back(input);
    }
    options.folder = command.output;
    if (!command.date.empty()) {
        options.date = parse_date(command.date);
        if (!options.date) {
            fail<UsageError>("--date {}: expected YYYY-MM-DD", command.date);
        }
    }
    options.jobs = command.jobs;
    options.foreign_folder = command.force ? Overwrite::replace : Overwrite::refuse;
    options.url = command.url;
    options.gazetteer = command.gazetteer;
    options.corrections.assign(command.corrections.begin(), command.corrections.end());
    return options;
}

std::uint64_t count_of(publish::Manifest const& manifest, std::string_view name) {
    for (auto const& [each, count] : manifest.counts) {
        if (each == name) {
            return count;
        }
    }
    return 0;
}

void summarise(publish::BuildReport const& report, double seconds) {
    publish::Manifest const& manifest = report.manifest;
    auto const count = [&](std::string_view name) { return count_of(manifest, name); };
    if (report.united.united > 0) {
        log_info("{} events that were told by several reports, {} by one", report.united.united,
                 report.united.happenings - report.united.united);
    }
    if (report.removed > 0) {
        log_info("{} documents that the reports given do not hold any more are gone", report.removed);
    }
    log_info("{}: {} documents ({} without a date), {} places named ({} located), {} events, {} zones; "
             "{} control areas and {} frontlines of {}; {}{:.1f} s",
             report.published, count("documents"), count("undated"), count("mentions"), count("located"),
             count("events"), count("zones"), count("control_areas"), count("frontlines"),
             manifest.date.empty() ? "no day" : manifest.date,
             manifest.files.empty() ? "" : fmt::format("{} files; ", manifest.files.size() + 1), seconds);
    if (report.tiles_kept > 0) {
        log_info("{} of {} tiles are as the last build had them", report.tiles_kept, report.tiles);
    }
    if (!report.tiles_made_anew.empty()) {
        log_warning("all tiles were made anew: {}", report.tiles_made_anew);
    }
    if (report.corrections > 0) {
        log_info("{} corrections replayed, {} of them apply to nothing any more", report.corrections,
                 report.idle_corrections.size());
    }
    for (std::string const& idle : report.idle_corrections) {
        log_warning("{}", idle);
    }
    if (report.digitised > 0) {
        log_info("{} control areas drawn by hand are kept", report.digitised);
    }
}

Exit run_build(BuildCommand const& command) {
    auto const start = std::chrono::steady_clock::now();
    publish::BuildReport const report = publish::build(
        options_of(command), data_dir(), [](Reject const& reject) { log_warning("{}", to_string(reject)); });
    if (report.up_to_date) {
        log_info("{}: up to date", report.published);
    } else {
        std::chrono::duration<double> const taken = std::chrono::steady_clock::now() - start;
        summarise(report, taken.count());
    }
    if (std::uint64_t const rejected = count_of(report.manifest, "rejected"); rejected > 0) {
        log_info("{} set aside, see {}", rejected,
                 store::is_server(command.output) ? "table rejected" : "rejects.jsonl");
        return Exit::partly;
    }
    return Exit::done;
}

} // namespace

void add_build(CLI::App& app, Action& action) {
    auto const options = std::make_shared<BuildCommand>();
    CLI::App* const command =
        app.add_subcommand("build", "from reports to a published folder: database, layers, tiles");
    command->add_option("input", options->inputs, "files and folders of reports")->required();
    command
        ->add_option("-o,--output", options->output,
                     "the folder to publish in, or a database on a server (postgresql://…); "
                     "renewed in one step")
        ->required();
    command->add_option(
        "--date", options->date,
        "day of control areas and frontlines, YYYY-MM-DD (else the last that reports tell of)");
    command->add_option("--url", options->url,
                        "where the folder will be served, for style.json and layers.json (else beside them)");
    command->add_option("--corrections", options->corrections,
                        "a table (CSV) of corrections to obey, beside those made in the published database");
    command
        ->add_option("--gazetteer", options->gazetteer,
                     "folder that holds places/, or a compiled file, instead of the program's own")
        ->type_name("DIR|FILE");
    command->add_option("-j,--jobs", options->jobs, "threads to use")->check(CLI::Range(1, 1024));
    command->add_flag("--force", options->force,
                      "publish in a folder that holds files of other origin; they stay");
    command->callback([options, &action] { action = [options] { return run_build(*options); }; });
}

} // namespace kharita::cli
