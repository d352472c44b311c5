#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include "base/data_dir.hpp"
#include "base/error.hpp"
#include "base/line_reader.hpp"
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
    bool all = false;    ///< look at everything
    std::string compare; ///< a file of pairs of event ids
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

/// Pairs of event ids of a file, a pair a line with a tab between; what stands behind is left out.
std::vector<std::pair<std::string, std::string>> read_pairs(std::string const& file) {
    std::vector<std::pair<std::string, std::string>> pairs;
    LineReader lines{file};
    while (auto const line = lines.next()) {
        std::string_view const text = *line;
        if (text.empty() || text.front() == '#') {
            continue;
        }
        auto const first = text.find('\t');
        if (first == std::string_view::npos) {
            fail<InputError>("{}:{}: {:?} is not two event ids with a tab between", lines.name(),
                             lines.line_number(), text);
        }
        std::string_view const second = text.substr(first + 1);
        pairs.emplace_back(text.substr(0, first), second.substr(0, second.find('\t')));
    }
    return pairs;
}

Exit compare(UniteOptions const& options) {
    auto const pairs = read_pairs(options.compare);
    auto database = store::Database::open(options.database, store::Access::read_only);
    std::string text = "event_a\tevent_b\tlikeness\twhy\tsigns\n";
    for (publish::ComparedEvents const& one : publish::compare_events(database, data_dir(), pairs)) {
        std::string signs;
        for (auto const& [name, times] : one.signs) {
            signs += fmt::format("{}{}={:.6g}", signs.empty() ? "" : " ", name, times);
        }
        text += fmt::format("{}\t{}\t{}\t{}\t{}\n", one.a, one.b,
                            one.problem.empty() ? fmt::format("{:.2f}", one.likeness) : std::string{},
                            one.problem.empty() ? one.why : one.problem, signs);
    }
    print(text);
    return Exit::done;
}

Exit run_unite(UniteOptions const& options) {
    if (options.list) {
        return list(options.database);
    }
    if (!options.compare.empty()) {
        return compare(options);
    }
    auto database = store::Database::open(options.database, store::Access::read_write);
    if (options.undo) {
        store::undo_same_events(database);
        log_info("{}: every event stands for itself", database.name());
    } else {
        auto const corrections = store::corrections(database);
        auto const counts =
            publish::unite_events(database, data_dir(), corrections,
                                  options.all ? publish::UniteScope::all : publish::UniteScope::changed);
        log_info("{}: {} events of {} happenings, {} of which several reports tell{}", database.name(),
                 counts.tellings, counts.happenings, counts.united,
                 counts.is_whole ? "" : "; of the others nothing changed since");
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
    command
        ->add_flag("--all", options->all, "look at all events, not only at those near in time to what is new")
        ->excludes(undo);
    auto* const list =
        command->add_flag("--list", options->list, "only list what is united, and why")->excludes(undo);
    command
        ->add_option("--compare", options->compare,
                     "only say what speaks for pairs of events being one: a table of event ids, two a line")
        ->excludes(undo)
        ->excludes(list);
    command->callback([options, &action] { action = [options] { return run_unite(*options); }; });
}

} // namespace kharita::cli
