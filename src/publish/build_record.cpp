#include "publish/build_record.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/log.hpp"
#include "base/version.hpp"
#include "gazetteer/boundaries.hpp"
#include "gazetteer/gazetteer.hpp"
#include "publish/ingredients.hpp"
#include "store/database.hpp"
#include "tile/tileset.hpp"

namespace kharita::publish {

namespace {

std::string settings_of(BuildOptions const& options, AnalystWork const& work) {
    std::string const hash = hash_of(work);
    return fmt::format("date={} url={}{}{}", options.date ? to_string(*options.date) : "last", options.url,
                       hash.empty() ? "" : " corrections=", hash);
}

std::vector<std::pair<std::string, std::uint64_t>> counts_of(store::Database& database,
                                                             BuildReport const& report) {
    store::Counts const counts = database.counts();
    auto const number = [](auto value) { return static_cast<std::uint64_t>(value); };
    return {{"documents", number(counts.documents)},
            {"undated", number(report.counts.undated)},
            {"mentions", number(counts.mentions)},
            {"located", number(report.counts.resolved)},
            {"places", number(counts.places)},
            {"events", number(counts.events)},
            {"happenings", number(report.united.happenings)},
            {"zones", number(counts.zones)},
            {"control_areas", number(counts.control_areas)},
            {"frontlines", number(counts.frontlines)},
            {"rejected", number(report.rejected)}};
}

} // namespace

std::filesystem::path gazetteer_of(BuildOptions const& options, std::filesystem::path const& data_dir) {
    return options.gazetteer.empty() ? data_dir / "gazetteer" : options.gazetteer;
}

Manifest manifest_before(BuildOptions const& options, std::filesystem::path const& data_dir,
                         gazetteer::Gazetteer const& gazetteer, AnalystWork const& work) {
    return {.version = std::string{program_version},
            .date = {},
            .gazetteer = gazetteer.content_hash(),
            .vocabulary = hash_of_data(
                data_dir, gazetteer::Boundaries::files_of_gazetteer(gazetteer_of(options, data_dir))),
            .settings = settings_of(options, work),
            .inputs = record_inputs(options.inputs),
            .counts = {},
            .files = {},
            .rows = {}};
}

void finish_database(store::Database& database, BuildOptions const& options,
                     std::filesystem::path const& data_dir, OverlayData const& data, BuildReport& report) {
    log_detail("deriving control, frontlines and zones");
    std::vector<Date> days;
    if (options.date) {
        days.push_back(*options.date);
    }
    report.overlays = derive_overlays(database, data, std::move(days), options.jobs);
    Manifest& manifest = report.manifest;
    manifest.date = report.overlays.days.empty() ? "" : to_string(report.overlays.days.front().date);
    database.add_build({.gazetteer_hash = manifest.gazetteer,
                        .vocabulary_hash = manifest.vocabulary,
                        .inputs_hash = manifest.fingerprint()});
    database.set_metadata("date", manifest.date);
    database.set_metadata("attribution",
                          tile::read_tileset_config(data_dir / "schemas/tileset.json").attribution);
    manifest.counts = counts_of(database, report);
    database.finish();
}

} // namespace kharita::publish
