#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "geo/ewkb.hpp"
#include "store/server_loader.hpp"

namespace kharita::store {

// What documents share on a server: places and actors, which loaders that run at once meet at.

namespace {

using postgis::CopyRows;

constexpr std::string_view place_columns =
    "id, place_id, name, name_ar, feature, country, admin1_id, admin1, admin2_id, admin2, admin3_id, admin3, "
    "uncertainty_m, population, prominence, refs, geom";
constexpr int place_column_count = 17;

// Only places that are new or not as they were are touched: a row that is held until the end of the
// transaction keeps other loaders waiting.
constexpr std::string_view upsert_places =
    "INSERT INTO place SELECT s.* FROM stage_place AS s WHERE NOT EXISTS (SELECT 1 FROM place AS p WHERE "
    "p.place_id = s.place_id AND (p.name, p.name_ar, p.feature, p.country, p.admin1_id, p.admin1, "
    "p.admin2_id, "
    "p.admin2, p.admin3_id, p.admin3, p.uncertainty_m, p.population, p.prominence, p.refs, p.geom) IS NOT "
    "DISTINCT "
    "FROM (s.name, s.name_ar, s.feature, s.country, s.admin1_id, s.admin1, s.admin2_id, s.admin2, "
    "s.admin3_id, "
    "s.admin3, s.uncertainty_m, s.population, s.prominence, s.refs, s.geom)) ORDER BY s.place_id "
    "ON CONFLICT (place_id) DO UPDATE SET name = excluded.name, name_ar = excluded.name_ar, "
    "feature = excluded.feature, country = excluded.country, admin1_id = excluded.admin1_id, "
    "admin1 = excluded.admin1, admin2_id = excluded.admin2_id, admin2 = excluded.admin2, "
    "admin3_id = excluded.admin3_id, admin3 = excluded.admin3, uncertainty_m = excluded.uncertainty_m, "
    "population = excluded.population, prominence = excluded.prominence, refs = excluded.refs, geom = "
    "excluded.geom";

std::optional<std::string_view> id_of(std::optional<AdminUnit> const& unit) {
    return unit ? std::optional<std::string_view>{unit->id} : std::nullopt;
}

std::optional<std::string_view> name_of(std::optional<AdminUnit> const& unit) {
    return unit ? std::optional<std::string_view>{unit->name} : std::nullopt;
}

void add_place(CopyRows& to, std::int64_t row, Place const& place) {
    to.row(place_column_count).integer(row).text(place.id).text(place.name).text(place.name_ar);
    to.text(place.feature).text(place.country).text(id_of(place.admin1)).text(name_of(place.admin1));
    to.text(id_of(place.admin2)).text(name_of(place.admin2)).text(id_of(place.admin3));
    to.text(name_of(place.admin3)).real(place.uncertainty.value).integer(place.population);
    to.integer(place.prominence).text(fmt::format("{}", fmt::join(place.refs, "; ")));
    to.geometry(geo::encode_ewkb(Point{rounded(place.at)}));
}

} // namespace

void ServerLoader::write_actors() {
    m_new_actors.clear();
    CopyRows rows;
    for (DocumentRows const& document : m_documents) {
        for (NamedActor const& actor : document.actors) {
            if (!m_actors.contains(actor.id) && m_new_actors.emplace(actor.id, 0).second) {
                rows.row(3).integer(next_row("actor")).text(actor.id).text(actor.name);
            }
        }
    }
    if (rows.empty()) {
        return;
    }
    m_server.copy_into("stage_actor (id, actor_id, name)", rows);
    m_server
        .cached("INSERT INTO actor (id, actor_id, name) SELECT s.id, s.actor_id, s.name FROM stage_actor AS "
                "s WHERE "
                "NOT EXISTS (SELECT 1 FROM actor AS a WHERE a.actor_id = s.actor_id) ORDER BY s.actor_id "
                "ON CONFLICT (actor_id) DO NOTHING")
        .run();
    auto& ids =
        m_server.cached("SELECT a.actor_id, a.id FROM actor AS a JOIN stage_actor AS s USING (actor_id)");
    while (ids.step()) {
        m_new_actors[std::string{ids.text(0)}] = ids.integer(1);
    }
}

void ServerLoader::write_places() {
    m_new_places.clear();
    std::vector<std::string> order; // in which the documents name them
    for (DocumentRows const& document : m_documents) {
        for (Place const& place : document.places) {
            auto const known = m_places.find(place.id);
            bool const is_new = !m_new_places.contains(place.id);
            if (is_new && known != m_places.end() && known->second.place == place) {
                continue;
            }
            if (is_new) {
                order.push_back(place.id);
            }
            m_new_places.insert_or_assign(place.id, KnownPlace{0, place}); // the last one counts
        }
    }
    if (order.empty()) {
        return;
    }
    CopyRows rows;
    for (std::string const& id : order) {
        add_place(rows, next_row("place"), m_new_places[id].place);
    }
    m_server.copy_into(fmt::format("stage_place ({})", place_columns), rows);
    m_server.cached(upsert_places).run();
    auto& ids =
        m_server.cached("SELECT p.place_id, p.id FROM place AS p JOIN stage_place AS s USING (place_id)");
    while (ids.step()) {
        m_new_places[std::string{ids.text(0)}].row = ids.integer(1);
    }
}

void ServerLoader::put_references_right() {
    auto const row_of = [](auto const& fresh, auto const& known, std::string const& id) {
        auto const found = fresh.find(id);
        return found != fresh.end() ? found->second : known.at(id);
    };
    for (DocumentRows& document : m_documents) {
        for (OpenReference const& reference : document.references) {
            std::int64_t const row = reference.to == OpenReference::To::place
                                         ? row_of(m_new_places, m_places, reference.id).row
                                         : row_of(m_new_actors, m_actors, reference.id);
            document.of(reference.table).put_right(reference.where, row);
        }
    }
}

} // namespace kharita::store
