#include "gazetteer/tables.hpp"

#include <algorithm>
#include <cmath>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/hash.hpp"
#include "base/tsv.hpp"

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
};

std::vector<std::string> column_names() {
    return {"id",  "name_ar", "name_en",       "aliases",    "feature",    "admin",
            "lon", "lat",     "uncertainty_m", "population", "prominence", "refs"};
}

std::uint32_t whole_number(TsvReader const& row, Column column, std::uint32_t most) {
    double const value = row.number_or(column, 0);
    if (value < 0 || value > most || value != std::floor(value)) {
        fail<InputError>("{}: \"{}\" where a whole number from 0 to {} is expected", row.where(),
                         row.cell(column), most);
    }
    return static_cast<std::uint32_t>(value);
}

} // namespace

std::vector<std::filesystem::path> list_tables(std::filesystem::path const& folder) {
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
    return files;
}

std::string hash_tables(std::vector<std::filesystem::path> const& tables) {
    Sha256 hash;
    for (std::filesystem::path const& table : tables) {
        hash.field(table.filename().string()).field(read_file(table));
    }
    return hash.hex();
}

void read_table(std::filesystem::path const& table, IndexBuilder& builder) {
    TsvReader reader{table, column_names()};
    PlaceRow row;
    row.file = reader.file();
    while (reader.next()) {
        row.line = reader.line();
        row.id = reader.cell(id);
        row.name_ar = reader.cell(name_ar);
        row.name_en = reader.cell(name_en);
        row.aliases = reader.list(aliases);
        row.feature = reader.cell(feature);
        row.parent = reader.cell(admin);
        row.at = {reader.number(lon), reader.number(lat)};
        row.uncertainty = Metres{reader.number(uncertainty_m)};
        row.population = whole_number(reader, population, 2'000'000'000);
        row.prominence = static_cast<std::uint8_t>(whole_number(reader, prominence, 5));
        row.refs = reader.list(refs);
        builder.add(row);
    }
}

std::string compile_tables(std::filesystem::path const& folder) {
    std::vector<std::filesystem::path> const tables = list_tables(folder);
    IndexBuilder builder;
    for (std::filesystem::path const& table : tables) {
        read_table(table, builder);
    }
    return builder.finish(hash_tables(tables));
}

} // namespace kharita::gazetteer
