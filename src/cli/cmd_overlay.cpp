#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "base/data_dir.hpp"
#include "base/error.hpp"
#include "base/log.hpp"
#include "base/thread_pool.hpp"
#include "cli/commands.hpp"
#include "model/date.hpp"
#include "publish/derive_overlays.hpp"
#include "store/database.hpp"

namespace kharita::cli {

namespace {

struct OverlayOptions {
    std::filesystem::path database;
    std::vector<std::string> dates;
    std::filesystem::path gazetteer; ///< empty: the program's own
    std::size_t jobs = default_jobs();
};

std::vector<Date> days_of(OverlayOptions const& options) {
    std::vector<Date> days;
    for (std::string const& text : options.dates) {
        auto const day = parse_date(text);
        if (!day) {
            fail<UsageError>("--date {}: expected YYYY-MM-DD", text);
        }
        days.push_back(*day);
    }
    return days;
}

void report(publish::OverlayCounts const& counts) {
    for (auto const& [reason, times] : counts.reasons) {
        log_info("{} ({})", reason, times);
    }
    for (publish::DayCounts const& day : counts.days) {
        log_info("{}: {} control areas, {} stretches of frontline, {:.0f} km", to_string(day.date),
                 day.control_areas, day.frontlines, day.length.value / 1000);
    }
    log_info("{} zones, {} of them with an area", counts.zones, counts.zones_with_area);
}

Exit run_overlay(OverlayOptions const& options) {
    std::vector<Date> days = days_of(options);
    auto database = store::Database::open(options.database, store::Access::read_write);
    auto const data = publish::OverlayData::load(
        data_dir(), options.gazetteer.empty() ? data_dir() / "gazetteer" : options.gazetteer);
    auto const counts = publish::derive_overlays(database, data, std::move(days), options.jobs);
    database.finish();
    report(counts);
    return Exit::done;
}

} // namespace

void add_overlay(CLI::App& app, Action& action) {
    auto const options = std::make_shared<OverlayOptions>();
    CLI::App* const command =
        app.add_subcommand("overlay", "derive control areas, frontlines and zones of a database anew");
    command->add_option("database", options->database, "the event database")->required();
    command
        ->add_option("--date", options->dates,
                     "day of the control areas and frontlines, YYYY-MM-DD; may be given several times; else "
                     "the last day of which anything is known")
        ->allow_extra_args(false);
    command
        ->add_option("--gazetteer", options->gazetteer,
                     "folder that holds places/, or a compiled file, instead of the program's own")
        ->type_name("DIR|FILE");
    command->add_option("-j,--jobs", options->jobs, "threads to use")->check(CLI::Range(1, 1024));
    command->callback([options, &action] { action = [options] { return run_overlay(*options); }; });
}

} // namespace kharita::cli
