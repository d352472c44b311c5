#include "store/schema.hpp"

#include <array>
#include <vector>

#include "sqlite/spatialite.hpp"
#include "store/db_schema.hpp"
#include "store/server_schema.hpp"

namespace kharita::store {

namespace {

constexpr std::int32_t application_id = 0x4B485254; // "KHRT"
// UTM zones 36 to 38 north, in which people measure between the Mediterranean and the Gulf.
constexpr std::array utm_srids{32636, 32637, 32638};

/// Files in their order, as the steps of a schema.
template <typename Step, typename Files>
std::vector<Step> steps_of(Files const& files) {
    std::vector<Step> steps;
    steps.reserve(files.size());
    for (auto const& file : files) {
        steps.push_back(
            {.version = static_cast<int>(steps.size()) + 1, .name = file.name, .sql = file.content});
    }
    return steps;
}

} // namespace

sqlite::Schema const& event_schema() {
    static std::vector<sqlite::Migration> const steps =
        steps_of<sqlite::Migration>(db_schema::embedded_files());
    static sqlite::Schema const schema{
        .application_id = application_id,
        .steps = steps,
        .prepare =
            [](sqlite::Connection& connection) { sqlite::init_spatial_metadata(connection, utm_srids); },
    };
    return schema;
}

std::span<postgis::Migration const> server_schema() {
    static std::vector<postgis::Migration> const steps =
        steps_of<postgis::Migration>(postgis_schema::embedded_files());
    return steps;
}

} // namespace kharita::store
