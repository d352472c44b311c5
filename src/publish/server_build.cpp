#include "publish/server_build.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/log.hpp"
#include "extract/extractor.hpp"
#include "publish/build_record.hpp"
#include "publish/corrections.hpp"
#include "publish/report_loading.hpp"
#include "publish/unite.hpp"
#include "store/actors.hpp"
#include "store/corrections.hpp"
#include "store/database.hpp"
#include "store/server_documents.hpp"
#include "store/verify.hpp"

namespace kharita::publish {

namespace {

/// Proves what is about to be published.
void prove(store::Database& database) {
    std::vector<std::string> problems;
    for (store::Check const& check : store::verify(database)) {
        for (std::string const& problem : check.problems) {
            problems.push_back(fmt::format("{}: {}", check.name, problem));
        }
    }
    if (!problems.empty()) {
        fail<DatabaseError>("{}: the new build is not sound, so the last one stays: {}", database.name(),
                            fmt::join(problems, "; "));
    }
}

void check_owner(BuildOptions const& options, store::Database& database) {
    if (options.foreign_folder == Overwrite::refuse && store::holds_loaded_documents(database)) {
        fail<OutputError>(
            "{}: holds documents that no build put there; choose another database or schema, or "
            "give --force to make it hold these reports alone",
            database.name());
    }
}

void note_outcomes(store::Database& database, AnalystWork const& work, Replay const& replay) {
    std::span<store::ReplayedCorrection const> const all{replay.corrections};
    store::note_outcomes(database, all.first(work.of_database), all.subspan(work.of_database));
}

} // namespace

BuildReport build_on_server(BuildOptions const& options, std::filesystem::path const& data_dir,
                            std::function<void(Reject const&)> const& set_aside) {
    if (!options.url.empty()) {
        fail<UsageError>("--url is of a folder; a database on a server has no style and no tiles");
    }
    store::Database database = store::Database::open(options.folder, store::Access::read_write);
    check_owner(options, database);
    std::filesystem::path const vocabulary = data_dir / "gazetteer/actors.tsv";
    if (database.is_new()) { // for who loads into it, should this build fail
        database.put_actors(store::records_of(read_actors(vocabulary)));
    }
    extract::Extractor const extractor = extract::Extractor::load(data_dir, gazetteer_of(options, data_dir));
    store::ServerRebuild rebuild{database};
    AnalystWork const work = read_analyst_work(database, options.corrections);
    BuildReport report;
    report.published = database.name();
    report.manifest = manifest_before(options, data_dir, extractor.gazetteer(), work);
    std::string const fingerprint = report.manifest.fingerprint();
    if (store::built_from(database) == fingerprint) {
        report.up_to_date = true;
        report.manifest.counts = {{"rejected", static_cast<std::uint64_t>(database.counts().rejected)}};
        return report;
    }
    std::filesystem::path const gazetteer = gazetteer_of(options, data_dir);
    LoadedReports loaded =
        load_reports(database, {.inputs = options.inputs,
                                .extractor = extractor,
                                .corrections = work.corrections,
                                .gazetteer = gazetteer,
                                .jobs = options.jobs,
                                .stored = [&](Document const& each) { rebuild.keep(each.report.doc_id); },
                                .set_aside = set_aside});
    report.counts = loaded.counts;
    for (Reject const& row : work.set_aside) {
        set_aside(row);
        loaded.rejects.push_back(row);
    }
    report.rejected = loaded.rejects.size();
    report.removed = rebuild.remove_others();
    database.put_actors(store::records_of(read_actors(vocabulary)));
    database.add_rejects(loaded.rejects);
    log_detail("uniting events of several reports");
    unite_events(database, data_dir, work.corrections);
    report.united = united_counts(database);
    OverlayData const overlay_data = OverlayData::load(data_dir, gazetteer_of(options, data_dir));
    finish_database(database, options, data_dir, overlay_data, report);
    report.corrections = work.corrections.size();
    report.digitised = work.digitised.size();
    // Late: those who edit corrections meanwhile wait from here on only.
    Replay replay = replayed(database, work.corrections, loaded.outcomes);
    note_outcomes(database, work, replay);
    report.idle_corrections = std::move(replay.idle);
    prove(database);
    database.finish();
    rebuild.commit(fingerprint);
    return report;
}

} // namespace kharita::publish
