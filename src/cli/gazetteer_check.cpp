#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/data_dir.hpp"
#include "base/error.hpp"
#include "base/log.hpp"
#include "cli/gazetteer_commands.hpp"
#include "gazetteer/check.hpp"
#include "gazetteer/import/table_reader.hpp"
#include "gazetteer/index_image.hpp"

namespace kharita::cli {

namespace {

struct CheckOptions {
    std::string folder;                ///< empty: as the options of all sub-commands say
    std::vector<std::string> outlines; ///< files of shapes of admin units
    bool json = false;
};

nlohmann::ordered_json to_json(std::vector<gazetteer::CheckProblem> const& problems) {
    auto all = nlohmann::ordered_json::array();
    for (gazetteer::CheckProblem const& problem : problems) {
        all.push_back({{"file", problem.file},
                       {"line", problem.line},
                       {"rule", gazetteer::to_string(problem.rule)},
                       {"id", problem.id},
                       {"message", problem.message}});
    }
    return all;
}

void print_json(gazetteer::CheckReport const& report) {
    nlohmann::ordered_json const all{{"sound", report.problems.empty()},
                                     {"records", report.records},
                                     {"names", report.names},
                                     {"outlines", report.outlines},
                                     {"problems", to_json(report.problems)},
                                     {"doubts", to_json(report.doubts)}};
    fmt::print("{}\n", all.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

/// The shapes of admin units in files that are not imported, by their P-codes.
std::vector<gazetteer::Boundary> read_outlines(std::vector<std::string> const& files) {
    std::filesystem::path const vocabulary = data_dir() / "gazetteer" / "vocabulary" / "import";
    auto const profile = gazetteer::TableProfile::load(vocabulary, "ocha");
    std::vector<gazetteer::Boundary> outlines;
    for (std::string const& file : files) {
        std::size_t const before = outlines.size();
        gazetteer::read_table(
            {file, "", {}, {}}, profile,
            [&](gazetteer::SourceRecord&& record) {
                if (!record.outline.polygons.empty()) {
                    outlines.push_back({std::move(record.id), std::move(record.outline)});
                }
            },
            [](Reject&& reject) { log_warning("{}", to_string(reject)); });
        if (outlines.size() == before) {
            fail<InputError>("{}: no shapes of admin units with P-codes in it", file);
        }
    }
    return outlines;
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
    gazetteer::CheckReport const report = gazetteer::check(folder, read_outlines(options.outlines));
    if (options.json) {
        print_json(report);
    } else {
        for (gazetteer::CheckProblem const& problem : report.problems) {
            fmt::print("{}\n", gazetteer::to_string(problem));
        }
        for (gazetteer::CheckProblem const& doubt : report.doubts) {
            fmt::print("doubtful: {}\n", gazetteer::to_string(doubt));
        }
    }
    if (!report.problems.empty()) {
        log_error(fmt::format("{}: not sound: {} problems in {} records", folder.string(),
                              report.problems.size(), report.records));
        return Exit::failed;
    }
    log_info("{}: sound ({} records, {} names, {} outlines){}", folder.string(), report.records, report.names,
             report.outlines,
             report.doubts.empty() ? "" : fmt::format("; {} imported doubtful", report.doubts.size()));
    return Exit::done;
}

} // namespace

void add_gazetteer_check(CLI::App& command, GazetteerOptions const& shared, Action& action) {
    auto const options = std::make_shared<CheckOptions>();
    CLI::App* const check =
        command.add_subcommand("check", "prove the tables sound: ids, admin units, names, positions");
    check->add_option("folder", options->folder, "folder that holds places/ (default: as --gazetteer)")
        ->type_name("DIR");
    check
        ->add_option("--outlines", options->outlines,
                     "shapes of admin units with P-codes, as OCHA has them, to hold places against")
        ->type_name("FILE")
        ->allow_extra_args(false);
    check->add_flag("--json", options->json, "say what was checked and found as JSON");
    check->callback([options, &shared, &action] {
        action = [options, folder = options->folder.empty() ? gazetteer_folder(shared)
                                                            : std::filesystem::path{options->folder}] {
            return run_check(folder, *options);
        };
    });
}

} // namespace kharita::cli
