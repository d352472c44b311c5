#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <CLI/CLI.hpp>

#include "base/data_dir.hpp"
#include "base/error.hpp"
#include "base/line_reader.hpp"
#include "base/log.hpp"
#include "base/output_file.hpp"
#include "base/progress.hpp"
#include "base/rejects.hpp"
#include "cli/commands.hpp"
#include "cli/rejects_file.hpp"
#include "extract/annotation_json.hpp"
#include "store/actors.hpp"
#include "store/database.hpp"
#include "store/loader.hpp"
#include "text/utf8.hpp"

namespace kharita::cli {

namespace {

struct LoadOptions {
    std::string database;
    std::string input = "-";
    std::string rejects; ///< empty: standard error
    std::size_t batch = store::Loader::default_batch;
    bool strict = false;
    bool force = false;
};

/// Reads every line into the loader; what cannot be read or stored is set aside.
Rejects load_lines(LoadOptions const& options, LineReader& lines, store::Loader& loader) {
    Rejects rejects;
    extract::AnnotationReader reader;
    Progress progress{"documents", 0};
    while (auto const line = lines.next()) {
        if (line->empty()) {
            continue;
        }
        try {
            loader.add(reader.read(*line));
        } catch (InputError const& error) {
            // A line that is no UTF-8, or holds a zero byte, cannot be quoted in a report that is text.
            bool const is_text =
                !text::first_invalid_utf8(*line) && line->find('\0') == std::string_view::npos;
            rejects.push_back(make_reject(lines.name(), lines.line_number(), error.what(),
                                          is_text ? *line : std::string_view{}));
            if (options.strict) {
                fail<InputError>("{}", to_string(rejects.back()));
            }
        }
        progress.add();
    }
    return rejects;
}

Exit run_load(LoadOptions const& options) {
    LineReader lines{options.input}; // first: without input no database is made
    RejectsFile set_aside{options.rejects, options.force ? Overwrite::replace : Overwrite::refuse};
    store::Database database = store::Database::open_or_create(options.database);
    if (std::filesystem::path const actors = data_dir() / "gazetteer/actors.tsv";
        database.is_new() && std::filesystem::exists(actors)) {
        database.put_actors(store::records_of(read_actors(actors)));
    }
    store::Loader loader{database, options.batch};
    Rejects const rejects = load_lines(options, lines, loader);
    loader.commit();
    if (!rejects.empty()) {
        database.add_rejects(rejects);
    }
    for (Reject const& reject : rejects) {
        set_aside.add(reject);
    }
    set_aside.commit();
    database.finish();
    auto const& counts = loader.counts();
    log_info("{}: {} documents added, {} replaced, {} already there; {} events; {} set aside",
             database.name(), counts.added, counts.replaced, counts.unchanged, counts.events, rejects.size());
    if (rejects.empty()) {
        return Exit::done;
    }
    return counts.added + counts.replaced + counts.unchanged == 0 ? Exit::failed : Exit::partly;
}

} // namespace

void add_load(CLI::App& app, Action& action) {
    auto const options = std::make_shared<LoadOptions>();
    CLI::App* const command =
        app.add_subcommand("load", "annotated documents into an event database, new or there already");
    command->add_option("database", options->database, "the database; made where there is none")->required();
    command->add_option("input", options->input,
                        "annotated documents as JSON Lines, plain or gzip; - or none is standard input");
    command->add_option("--rejects", options->rejects,
                        "write what is set aside here as JSON Lines instead of to standard error");
    command->add_option("--batch", options->batch, "how many documents are committed together")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command->add_flag("--strict", options->strict, "stop at the first line that cannot be stored");
    command->add_flag("--force", options->force, "overwrite an existing file of what is set aside");
    command->callback([options, &action] { action = [options] { return run_load(*options); }; });
}

} // namespace kharita::cli
