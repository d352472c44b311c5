#include "publish/corrections.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "geo/spatialite_blob.hpp"
#include "store/corrections.hpp"
#include "store/database.hpp"
#include "store/derived.hpp"

namespace kharita::publish {

namespace {

void add_files(AnalystWork& work, std::span<std::filesystem::path const> files) {
    for (std::filesystem::path const& file : files) {
        store::CorrectionTable table = store::read_corrections_csv(file, {});
        for (Correction& correction : table.corrections) {
            if (std::ranges::find(work.corrections, correction) == work.corrections.end()) {
                work.corrections.push_back(std::move(correction));
            }
        }
        std::ranges::move(table.set_aside, std::back_inserter(work.set_aside));
    }
}

} // namespace

AnalystWork read_analyst_work(store::Database& database, std::span<std::filesystem::path const> files) {
    AnalystWork work{.corrections = store::corrections(database),
                     .of_database = 0,
                     .set_aside = {},
                     .digitised = store::digitised_control(database)};
    work.of_database = work.corrections.size();
    add_files(work, files);
    return work;
}

AnalystWork read_analyst_work(std::optional<std::filesystem::path> const& database,
                              std::span<std::filesystem::path const> files) {
    AnalystWork work;
    if (database) {
        try {
            store::Database old = store::Database::open(*database, store::Access::read_older);
            work.corrections = store::corrections(old);
            work.digitised = store::digitised_control(old);
            work.of_database = work.corrections.size();
        } catch (DatabaseError const& error) {
            fail<DatabaseError>(
                "{}; what analysts wrote in this database cannot be taken over. Repair it, or move "
                "it away and build anew",
                error.what());
        }
    }
    add_files(work, files);
    return work;
}

std::string hash_of(AnalystWork const& work) {
    if (work.corrections.empty() && work.digitised.empty() && work.set_aside.empty()) {
        return {};
    }
    Sha256 hash;
    for (Correction const& each : work.corrections) {
        hash.number(static_cast<std::uint64_t>(each.kind)).field(each.target).field(each.place);
        hash.field(each.at ? geo::encode_spatialite(Point{*each.at}) : std::string{});
        hash.field(each.field).field(each.value).field(each.author).field(each.reason).field(each.made);
    }
    for (ControlArea const& area : work.digitised) {
        hash.field(area.actor).field(to_string(area.date)).field(area.until ? to_string(*area.until) : "");
        hash.field(geo::encode_spatialite(area.area));
    }
    for (Reject const& row : work.set_aside) { // a build lists them: with others, it is another build
        hash.number(row.line).field(row.reason).field(row.text);
    }
    return hash.hex();
}

} // namespace kharita::publish
