#include <filesystem>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/log.hpp"
#include "cli/gazetteer_commands.hpp"
#include "gazetteer/check.hpp"
#include "gazetteer/index_image.hpp"

namespace kharita::cli {

namespace {

struct CheckOptions {
    std::string folder; ///< empty: as the options of all sub-commands say
    bool json = false;
};

void print_json(gazetteer::CheckReport const& report) {
    auto problems = nlohmann::ordered_json::array();
    for (gazetteer::CheckProblem const& problem : report.problems) {
        problems.push_back({{"file", problem.file},
                            {"line", problem.line},
                            {"rule", gazetteer::to_string(problem.rule)},
                            {"id", problem.id},
                            {"message", problem.message}});
    }
    nlohmann::ordered_json const all{{"sound", report.problems.empty()},
                                     {"records", report.records},
                                     {"names", report.names},
                                     {"outlines", report.outlines},
                                     {"problems", std::move(problems)}};
    fmt::print("{}\n", all.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

/// Of a compiled gazetteer there is nothing to prove but that all its blocks are whole.
Exit check_compiled(std::filesystem::path const& file, CheckOptions const& options) {
    auto const image = gazetteer::IndexImage::map(file);
    image.check_all();
    if (options.json) {
        gazetteer::CheckReport report;
        report.records = image.place_count();
        report.names = image.name_count();
        print_json(report);
    }
    log_info("{}: whole ({} records, {} names)", file.string(), image.place_count(), image.name_count());
    return Exit::done;
}

Exit run_check(std::filesystem::path const& folder, CheckOptions const& options) {
    if (gazetteer::is_index_file(folder)) {
        return check_compiled(folder, options);
    }
    gazetteer::CheckReport const report = gazetteer::check(folder);
    if (options.json) {
        print_json(report);
    } else {
        for (gazetteer::CheckProblem const& problem : report.problems) {
            fmt::print("{}\n", gazetteer::to_string(problem));
        }
    }
    if (!report.problems.empty()) {
        log_error(fmt::format("{}: not sound: {} problems in {} records", folder.string(),
                              report.problems.size(), report.records));
        return Exit::failed;
    }
    log_info("{}: sound ({} records, {} names, {} outlines)", folder.string(), report.records, report.names,
             report.outlines);
    return Exit::done;
}

} // namespace

void add_gazetteer_check(CLI::App& command, GazetteerOptions const& shared, Action& action) {
    auto const options = std::make_shared<CheckOptions>();
    CLI::App* const check =
        command.add_subcommand("check", "prove the tables sound: ids, admin units, names, positions");
    check->add_option("folder", options->folder, "folder that holds places/ (default: as --gazetteer)")
        ->type_name("DIR");
    check->add_flag("--json", options->json, "say what was checked and found as JSON");
    check->callback([options, &shared, &action] {
        action = [options, folder = options->folder.empty() ? gazetteer_folder(shared)
                                                            : std::filesystem::path{options->folder}] {
            return run_check(folder, *options);
        };
    });
}

} // namespace kharita::cli
