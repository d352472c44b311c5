#include "gazetteer/tables.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/hash.hpp"
#include "base/tsv.hpp"
#include "gazetteer/latin_spellings.hpp"
#include "gazetteer/place_columns.hpp"

namespace kharita::gazetteer {

namespace {

using namespace place_column;

std::uint32_t whole_number(TsvReader const& row, Column column, std::uint32_t most) {
    double const value = row.number_or(column, 0);
    if (value < 0 || value > most || value != std::floor(value)) {
        fail<InputError>("{}: \"{}\" where a whole number from 0 to {} is expected", row.where(),
                         row.cell(column), most);
    }
    return static_cast<std::uint32_t>(value);
}

/// Whether a folder of tables is that of a gazetteer: imports and spellings stand beside it.
bool is_whole(std::filesystem::path const& folder) {
    return folder.filename() == "places";
}

/// A place under all the ways to write its name that it does not have yet.
void add_spelled(LatinSpellings const& spellings, PlaceRow row, IndexBuilder& builder) {
    std::vector<std::string> ways = spellings.other_ways(row.name_ar, row.name_en);
    for (std::string_view const alias : row.aliases) {
        std::ranges::move(spellings.other_ways(row.name_ar, alias), std::back_inserter(ways));
    }
    for (std::string const& way : ways) {
        if (way != row.name_en && std::ranges::find(row.aliases, way) == row.aliases.end()) {
            row.aliases.push_back(way);
        }
    }
    builder.add(row);
}

/// A place with what imports say of it.
void add_united(Addition const& addition, LatinSpellings const& spellings, PlaceRow row,
                IndexBuilder& builder) {
    std::string name_ar_text{row.name_ar};
    std::string name_en_text{row.name_en};
    std::vector<std::string> names{row.aliases.begin(), row.aliases.end()};
    std::vector<std::string> ids{row.refs.begin(), row.refs.end()};
    std::int64_t people = row.population;
    apply(addition, name_ar_text, name_en_text, names, people, ids);
    row.name_ar = name_ar_text;
    row.name_en = name_en_text;
    row.aliases.assign(names.begin(), names.end());
    row.refs.assign(ids.begin(), ids.end());
    row.population = static_cast<std::uint32_t>(people);
    add_spelled(spellings, std::move(row), builder);
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
    if (is_whole(folder)) {
        std::ranges::copy(import_tables(folder.parent_path()), std::back_inserter(files));
    }
    return files;
}

std::string hash_tables(std::filesystem::path const& folder) {
    Sha256 hash;
    auto const add = [&](std::filesystem::path const& file) {
        if (std::filesystem::exists(file)) {
            hash.field(file.filename().string()).field(read_file(file));
        }
    };
    for (std::filesystem::path const& table : list_tables(folder)) {
        add(table);
        add(table.parent_path() / "additions.tsv"); // of an import
    }
    if (is_whole(folder)) {
        add(LatinSpellings::file(folder.parent_path()));
    }
    return hash.hex();
}

void read_table(std::filesystem::path const& table, Additions const& additions,
                LatinSpellings const& spellings, IndexBuilder& builder) {
    TsvReader reader{table, {column_names.begin(), column_names.end()}};
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
        if (Addition const* const addition = additions.find(row.id)) {
            add_united(*addition, spellings, row, builder);
        } else {
            add_spelled(spellings, row, builder);
        }
    }
}

std::string compile_tables(std::filesystem::path const& folder) {
    bool const whole = is_whole(folder);
    Additions const additions = whole ? Additions::load(folder.parent_path()) : Additions{};
    LatinSpellings const spellings = whole ? LatinSpellings::load(folder.parent_path()) : LatinSpellings{};
    IndexBuilder builder;
    for (std::filesystem::path const& table : list_tables(folder)) {
        read_table(table, additions, spellings, builder);
    }
    return builder.finish(hash_tables(folder));
}

} // namespace kharita::gazetteer
