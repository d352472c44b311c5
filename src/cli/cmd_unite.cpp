#include <filesystem>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include "base/data_dir.hpp"
#include "base/log.hpp"
#include "cli/commands.hpp"
#include "cli/print.hpp"
#include "publish/unite.hpp"
#include "store/corrections.hpp"
#include "store/database.hpp"
#include "store/same_events.hpp"

namespace kharita::cli {

namespace {

struct UniteOptions {
    std::filesystem::path database;
    bool list = false;
    bool undo = false;
};

Exit list(std::filesystem::path const& file) {
    auto database = store::Database::open(file, store::Access::read_only);
    std::string text = "event\tsame_as\tlikeness\twhy\n";
    for (store::MergedEvent const& merged : store::merged_events(database)) {
        text +=
            fmt::format("{}\t{}\t{:.2f}\t{}\n", merged.event, merged.same_as, merged.likeness, merged.why);
    }
    print(text);
    return Exit::done;
}

Exit run_unite(UniteOptions const& options) {
    if (options.list) {
        return list(options.database);
    }
    auto database = store::Database::open(options.database, store::Access::read_write);
    if (options.undo) {
        store::undo_same_events(database);
        log_info("{}: every event stands for itself", database.name());
    } else {
        auto const corrections = store::corrections(database);
        auto const counts = publish::unite_events(database, data_dir(), corrections);
        log_info("{}: {} events of {} happenings, {} of which several reports tell", database.name(),
                 counts.tellings, counts.happenings, counts.united);
    }
    database.finish();
    return Exit::done;
}

} // namespace

void add_unite(CLI::App& app, Action& action) {
    auto const options = std::make_shared<UniteOptions>();
    CLI::App* const command =
        app.add_subcommand("unite", "find events of several reports that are one happening");
    command->add_option("database", options->database, "the event database")->required();
    auto* const undo = command->add_flag("--undo", options->undo, "let every event stand for itself again");
    command->add_flag("--list", options->list, "only list what is united, and why")->excludes(undo);
    command->callback([options, &action] { action = [options] { return run_unite(*options); }; });
}

} // namespace kharita::cli
