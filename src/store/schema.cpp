#include "store/schema.hpp"

#include <array>
#include <vector>

#include "sqlite/spatialite.hpp"
#include "store/db_schema.hpp"

namespace kharita::store {

namespace {

constexpr std::int32_t application_id = 0x4B485254; // "KHRT"
// UTM zones 36 to 38 north, in which people measure between the Mediterranean and the Gulf.
constexpr std::array utm_srids{32636, 32637, 32638};

std::vector<sqlite::Migration> embedded_steps() {
    std::vector<sqlite::Migration> steps;
    for (db_schema::EmbeddedFile const& file : db_schema::embedded_files()) {
        steps.push_back(
            {.version = static_cast<int>(steps.size()) + 1, .name = file.name, .sql = file.content});
    }
    return steps;
}

} // namespace

sqlite::Schema const& event_schema() {
    static std::vector<sqlite::Migration> const steps = embedded_steps();
    static sqlite::Schema const schema{
        .application_id = application_id,
        .steps = steps,
        .prepare =
            [](sqlite::Connection& connection) { sqlite::init_spatial_metadata(connection, utm_srids); },
    };
    return schema;
}

} // namespace kharita::store
