#include <chrono>
#include <ctime>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/chrono.h>
#include <fmt/core.h>

#include "base/error.hpp"
#include "base/log.hpp"
#include "base/output_file.hpp"
#include "base/rejects.hpp"
#include "cli/commands.hpp"
#include "cli/print.hpp"
#include "cli/rejects_file.hpp"
#include "store/corrections.hpp"
#include "store/database.hpp"
#include "store/query.hpp"

namespace kharita::cli {

namespace {

struct ReviewOptions {
    std::string database;
    std::size_t limit = 20;
    std::string format = "table";
    std::string apply;   ///< a file of corrections to add
    std::string output;  ///< where to write the corrections that are there
    std::string rejects; ///< where rows that are no corrections go; empty: standard error
    bool strict = false; ///< all rows or none
    bool force = false;
};

/// A correction is made now; it is the one thing in a database that the clock knows of.
std::string now() {
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
}

Exit apply(ReviewOptions const& options) {
    store::CorrectionTable const table = store::read_corrections_csv(options.apply, now());
    if (options.strict && !table.set_aside.empty()) {
        fail<InputError>("{}", to_string(table.set_aside.front()));
    }
    RejectsFile set_aside{options.rejects, options.force ? Overwrite::replace : Overwrite::refuse};
    store::Database database = store::Database::open(options.database, store::Access::read_write);
    std::size_t const added = store::add_corrections(database, table.corrections);
    for (Reject const& row : table.set_aside) {
        set_aside.add(row);
    }
    set_aside.commit();
    database.finish();
    log_info("{}: {} corrections added, {} there already, {} set aside; kharita build obeys them",
             database.name(), added, table.corrections.size() - added, table.set_aside.size());
    if (table.set_aside.empty()) {
        return Exit::done;
    }
    return table.corrections.empty() ? Exit::failed : Exit::partly;
}

Exit run_review(ReviewOptions const& options) {
    if (!options.apply.empty()) {
        return apply(options);
    }
    store::Database database = store::Database::open(options.database, store::Access::read_only);
    if (!options.output.empty()) {
        std::vector<store::ReplayedCorrection> const all = store::replayed_corrections(database);
        write_file(options.output, store::corrections_csv(all),
                   options.force ? Overwrite::replace : Overwrite::refuse);
        log_info("{}: {} corrections", options.output, all.size());
        return Exit::done;
    }
    store::QueryAnswer const answer =
        store::query(database, "review", {{"limit", std::to_string(options.limit)}});
    print(store::formatted(answer, *store::parse_answer_format(options.format)));
    return Exit::done;
}

} // namespace

void add_review(CLI::App& app, Action& action) {
    auto const options = std::make_shared<ReviewOptions>();
    CLI::App* const command = app.add_subcommand(
        "review", "list what would do most harm if it were wrong; add and save corrections");
    command->add_option("database", options->database, "the database")->required();
    command->add_option("--limit", options->limit, "how many to list")->check(CLI::Range(1, 1'000'000));
    command->add_option("--format", options->format, "table, csv or json")
        ->check(CLI::IsMember({"table", "csv", "json"}));
    auto* const apply = command->add_option("--apply", options->apply,
                                            "add the corrections of a table (CSV) to the database");
    command
        ->add_option("-o,--output", options->output, "save the corrections that are there as a table (CSV)")
        ->excludes(apply);
    command
        ->add_option("--rejects", options->rejects,
                     "write rows that are no corrections here as JSON Lines instead of to standard error")
        ->needs(apply);
    command->add_flag("--strict", options->strict, "add nothing where a row is no correction")->needs(apply);
    command->add_flag("--force", options->force, "overwrite an existing file");
    command->callback([options, &action] { action = [options] { return run_review(*options); }; });
}

} // namespace kharita::cli
