#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "base/data_dir.hpp"
#include "base/error.hpp"
#include "base/log.hpp"
#include "base/output_file.hpp"
#include "base/progress.hpp"
#include "base/thread_pool.hpp"
#include "cli/commands.hpp"
#include "cli/rejects_file.hpp"
#include "extract/extract_run.hpp"

namespace kharita::cli {

namespace {

struct ExtractOptions {
    std::vector<std::string> inputs;
    std::string output = "-";
    std::string rejects;   ///< empty: standard error
    std::string gazetteer; ///< empty: the program's own
    std::string source;
    std::string published;
    std::size_t jobs = default_jobs();
    bool no_text = false;
    bool force = false;
};

extract::ReportDefaults defaults_of(ExtractOptions const& options) {
    extract::ReportDefaults defaults{options.source, std::nullopt};
    if (!options.published.empty()) {
        defaults.published = parse_date(options.published);
        if (!defaults.published) {
            fail<UsageError>("--published {}: expected YYYY-MM-DD", options.published);
        }
    }
    return defaults;
}

Exit run_extract(ExtractOptions const& options) {
    extract::ReportDefaults const defaults = defaults_of(options);
    Overwrite const overwrite = options.force ? Overwrite::replace : Overwrite::refuse;
    std::filesystem::path const data = data_dir();
    extract::Extractor const extractor = extract::Extractor::load(
        data, options.gazetteer.empty() ? data / "gazetteer" : std::filesystem::path{options.gazetteer});
    OutputFile output{options.output, overwrite};
    RejectsFile rejects{options.rejects, overwrite};
    extract::TextForm const form = options.no_text ? extract::TextForm::quotes : extract::TextForm::whole;
    extract::ReportReader reader{{options.inputs.begin(), options.inputs.end()}, defaults};
    extract::ExtractCounts counts;
    {
        Progress progress{"documents", 0};
        counts = extract::annotate_all(
            reader, extractor, options.jobs,
            [&](Document const& document) {
                output.write(extract::to_json(document, form) + "\n");
                progress.add();
            },
            [&](Reject const& reject) { rejects.add(reject); });
    }
    rejects.commit();
    if (counts.documents == 0) {
        log_error("no report could be read");
        return Exit::failed;
    }
    output.commit();
    log_info(
        "{} documents ({} without a date), {} places named ({} located), {} events, {} zones; {} set aside",
        counts.documents, counts.undated, counts.mentions, counts.resolved, counts.events, counts.zones,
        counts.rejects);
    return counts.rejects > 0 ? Exit::partly : Exit::done;
}

} // namespace

void add_extract(CLI::App& app, Action& action) {
    auto const options = std::make_shared<ExtractOptions>();
    CLI::App* const command =
        app.add_subcommand("extract", "find places, events and zones in reports; annotated documents out");
    command->add_option("input", options->inputs, "files and directories; - or none is standard input");
    command->add_option("-o,--output", options->output, "write here instead of to standard output");
    command->add_option("--rejects", options->rejects,
                        "write what is set aside here as JSON Lines instead of to standard error");
    command
        ->add_option("--gazetteer", options->gazetteer,
                     "folder that holds places/, or a compiled file, instead of the program's own")
        ->type_name("DIR|FILE");
    command->add_option("--source", options->source, "source of reports that name none");
    command->add_option("--published", options->published, "day of publication of reports that state none");
    command->add_flag("--no-text", options->no_text, "leave out the text; each event quotes its sentence");
    command->add_option("-j,--jobs", options->jobs, "threads to use")->check(CLI::Range(1, 1024));
    command->add_flag("--force", options->force, "overwrite existing output files");
    command->callback([options, &action] {
        if (options->inputs.empty()) {
            options->inputs.emplace_back("-");
        }
        action = [options] { return run_extract(*options); };
    });
}

} // namespace kharita::cli
