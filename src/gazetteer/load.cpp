#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>
#include <utility>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "base/tsv.hpp"
#include "gazetteer/state.hpp"

namespace kharita::gazetteer {

namespace {

enum Column : std::size_t {
    id,
    name_ar,
    name_en,
    aliases,
    feature,
    admin,
    lon,
    lat,
    uncertainty_m,
    population,
    prominence,
    refs,
    column_count
};

/// A row with what Place has no room for.
struct Row {
    Place place;
    std::vector<std::string> names;
    std::string parent;
    std::string where;
};

std::int64_t whole_number(Tsv const& table, std::size_t row, Column column, std::int64_t most) {
    double const value = table.number_or(row, column, 0);
    if (value < 0 || value > static_cast<double>(most) || value != std::floor(value)) {
        fail<InputError>("{}: \"{}\" where a whole number from 0 to {} is expected", table.where(row),
                         table.cell(row, column), most);
    }
    return static_cast<std::int64_t>(value);
}

Row read_row(Tsv const& table, std::size_t row) {
    auto const text = [&](Column column) { return std::string{table.cell(row, column)}; };
    Row result;
    result.where = table.where(row);
    result.parent = text(admin);
    Place& place = result.place;
    place.id = text(id);
    place.name = text(name_en);
    place.name_ar = text(name_ar);
    place.feature = text(feature);
    if (place.id.empty() || place.feature.empty()) {
        fail<InputError>("{}: no id or no feature code", result.where);
    }
    place.at = rounded({table.number(row, lon), table.number(row, lat)});
    if (!is_valid(place.at)) {
        fail<InputError>("{}: {} lies at lon {}, lat {}; expected degrees within ±180 and ±90", result.where,
                         place.id, table.cell(row, lon), table.cell(row, lat));
    }
    place.uncertainty = Metres{table.number(row, uncertainty_m)};
    if (!std::isfinite(place.uncertainty.value) || place.uncertainty.value < 0) {
        fail<InputError>("{}: uncertainty_m is {}; expected metres, 0 or more", result.where,
                         table.cell(row, uncertainty_m));
    }
    place.population = whole_number(table, row, population, 2'000'000'000);
    place.prominence = static_cast<int>(whole_number(table, row, prominence, 5));
    for (std::string_view const ref : table.list(row, refs)) {
        place.refs.emplace_back(ref);
    }
    for (Column const column : {name_ar, name_en}) {
        if (!table.cell(row, column).empty()) {
            result.names.push_back(text(column));
        }
    }
    if (result.names.empty()) {
        fail<InputError>("{}: {} has neither name_ar nor name_en", result.where, place.id);
    }
    for (std::string_view const alias : table.list(row, aliases)) {
        result.names.emplace_back(alias);
    }
    return result;
}

std::vector<Row> read_rows(std::filesystem::path const& folder) {
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (auto entry = std::filesystem::directory_iterator{folder, error};
         !error && entry != std::filesystem::directory_iterator{}; entry.increment(error)) {
        if (entry->path().extension() == ".tsv") {
            files.push_back(entry->path());
        }
    }
    if (error) {
        fail<InputError>("{}: {}; expected a folder of places (*.tsv)", folder.string(), error.message());
    }
    if (files.empty()) {
        fail<InputError>("{}: no *.tsv file of places in it", folder.string());
    }
    std::ranges::sort(files);
    std::vector<Row> rows;
    for (std::filesystem::path const& file : files) {
        Tsv const table{file,
                        {"id", "name_ar", "name_en", "aliases", "feature", "admin", "lon", "lat",
                         "uncertainty_m", "population", "prominence", "refs"}};
        for (std::size_t row = 0; row < table.size(); ++row) {
            rows.push_back(read_row(table, row));
        }
    }
    return rows;
}

/// Fills country and admin units of each place from its chain of parents, itself included.
void fill_admin(std::vector<Row> const& rows, std::vector<FeatureClass> const& classes,
                std::vector<PlaceIndex> const& parents, std::vector<Place>& places) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Place& place = places[i];
        std::size_t steps = 0;
        for (auto at = static_cast<PlaceIndex>(i); at != no_place; at = parents[at]) {
            if (++steps > 16) {
                fail<InputError>("{}: the chain of admin units above {} does not end", rows[i].where,
                                 place.id);
            }
            Place const& unit = rows[at].place;
            AdminUnit const admin_unit{unit.id, unit.name.empty() ? unit.name_ar : unit.name};
            switch (classes[at]) {
            case FeatureClass::country:
                place.country = unit.id;
                break;
            case FeatureClass::admin1:
                place.admin1 = admin_unit;
                break;
            case FeatureClass::admin2:
                place.admin2 = admin_unit;
                break;
            case FeatureClass::admin3:
                place.admin3 = admin_unit;
                break;
            default:
                break;
            }
        }
    }
}

std::string hash_of(std::vector<Row> const& rows) {
    Sha256 hash;
    for (Row const& row : rows) {
        Place const& place = row.place;
        hash.field(place.id).field(place.name).field(place.name_ar).field(place.feature).field(row.parent);
        hash.field(fmt::format("{} {} {} {} {}", place.at.lon, place.at.lat, place.uncertainty.value,
                               place.population, place.prominence));
        hash.number(row.names.size());
        for (std::string const& name : row.names) {
            hash.field(name);
        }
        hash.number(place.refs.size());
        for (std::string const& ref : place.refs) {
            hash.field(ref);
        }
    }
    return hash.hex();
}

bool is_acronym(std::string_view name) noexcept {
    return name.size() >= 2 &&
           std::ranges::all_of(name, [](char c) { return (c >= 'A' && c <= 'Z') || c == '.'; });
}

std::vector<NameIndex::Name> names_of(std::vector<Row> const& rows) {
    std::vector<NameIndex::Name> names;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Row const& row = rows[i];
        for (std::string const& name : row.names) {
            NameKey key = name_key(name);
            if (key.letters.empty()) {
                fail<InputError>("{}: the name \"{}\" of {} has fewer than two letters to be found by",
                                 row.where, name, row.place.id);
            }
            bool const primary = name == row.place.name || name == row.place.name_ar;
            names.push_back({std::move(key), static_cast<PlaceIndex>(i), primary, is_acronym(name)});
        }
    }
    return names;
}

} // namespace

Gazetteer Gazetteer::load(std::filesystem::path const& folder) {
    std::vector<Row> rows = read_rows(folder);
    std::ranges::sort(rows, {}, [](Row const& row) -> std::string const& { return row.place.id; });
    auto state = std::make_unique<State>();
    for (Row const& row : rows) {
        auto const index = static_cast<PlaceIndex>(state->places.size());
        if (auto const [at, is_new] = state->by_id.emplace(row.place.id, index); !is_new) {
            fail<InputError>("{}: the id {} stands at {} already", row.where, row.place.id,
                             rows[at->second].where);
        }
        state->places.push_back(row.place);
        state->classes.push_back(gazetteer::feature_class(row.place.feature));
    }
    for (Row const& row : rows) {
        auto const parent = state->by_id.find(row.parent);
        if (!row.parent.empty() && parent == state->by_id.end()) {
            fail<InputError>("{}: the admin unit {} of {} is not in the gazetteer", row.where, row.parent,
                             row.place.id);
        }
        state->parents.push_back(row.parent.empty() ? no_place : parent->second);
    }
    for (std::size_t i = 0; i < rows.size(); ++i) { // after all ids, which come first
        for (std::string const& ref : rows[i].place.refs) {
            state->by_id.emplace(ref, static_cast<PlaceIndex>(i));
        }
    }
    fill_admin(rows, state->classes, state->parents, state->places);
    state->content_hash = hash_of(rows);
    state->index = NameIndex{names_of(rows)};
    state->spelling = SpellingIndex{state->index.names()};
    for (Row& row : rows) {
        state->names.push_back(std::move(row.names));
    }
    return Gazetteer{std::move(state)};
}

} // namespace kharita::gazetteer
