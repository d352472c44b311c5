#include "gazetteer/import/geonames.hpp"

#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "base/line_reader.hpp"
#include "base/tsv.hpp"
#include "gazetteer/gazetteer.hpp"

namespace kharita::gazetteer {

namespace {

enum Column : std::size_t {
    geonameid,
    name,
    asciiname,
    alternatenames,
    latitude,
    longitude,
    feature_class_column,
    feature_code,
    country_code,
    cc2,
    admin1_code,
    admin2_code,
    admin3_code,
    admin4_code,
    population,
    column_count = 19
};

template <typename Number>
bool read_number(std::string_view cell, Number& value) noexcept {
    auto const [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    return error == std::errc{} && end == cell.data() + cell.size();
}

/// "SY.09", "SY.09.1234": the codes of the units that hold a place, outermost first.
std::vector<std::string> unit_codes(std::vector<std::string_view> const& cells) {
    std::vector<std::string> codes;
    std::string code = fmt::format("gn-adm:{}", cells[country_code]);
    for (std::size_t column = admin1_code; column <= admin4_code; ++column) {
        // "00" stands for "none" in the first level.
        if (cells[column].empty() || (column == admin1_code && cells[column] == "00")) {
            break;
        }
        code += fmt::format(".{}", cells[column]);
        codes.push_back(code);
    }
    return codes;
}

void add_alternates(SourceRecord& record, std::vector<AlternateNames::Name> const& names) {
    for (AlternateNames::Name const& each : names) {
        if (each.language == "iata" || each.language == "icao") {
            record.refs.push_back(fmt::format("{}:{}", each.language, each.text));
        } else if (each.language == "wkdt") {
            record.refs.push_back(fmt::format("wd:{}", each.text));
        } else if (each.language == "ar" && record.name_ar.empty() && is_arabic_name(each.text)) {
            record.name_ar = each.text;
        } else if (each.language == "en" && each.preferred && is_latin_name(each.text)) {
            record.aliases.push_back(std::exchange(record.name_en, each.text));
        } else {
            record.aliases.push_back(each.text);
        }
    }
}

/// The dump's column has names of all languages: those in letters that reports use.
void add_column(SourceRecord& record, std::string_view cell) {
    for (std::string_view const part : split(cell, ',')) {
        std::string text{trimmed(part)};
        if (is_arabic_name(text) || is_latin_name(text)) {
            record.aliases.push_back(std::move(text));
        }
    }
}

/// A line as a record, or why it is none.
std::optional<std::string> read_line(std::vector<std::string_view> const& cells,
                                     GeonamesOptions const& options, SourceRecord& record) {
    if (cells.size() != column_count) {
        return fmt::format("{} columns; a GeoNames dump has {}", cells.size(),
                           static_cast<std::size_t>(column_count));
    }
    std::uint32_t id = 0;
    if (!read_number(cells[geonameid], id)) {
        return fmt::format("\"{}\" is no GeoNames id", cells[geonameid]);
    }
    if (!read_number(cells[longitude], record.at.lon) || !read_number(cells[latitude], record.at.lat)) {
        return fmt::format(R"("{}", "{}" where latitude and longitude are expected)", cells[latitude],
                           cells[longitude]);
    }
    record.population = 0;
    if (!cells[population].empty() && !read_number(cells[population], record.population)) {
        return fmt::format("\"{}\" where the population is expected", cells[population]);
    }
    record.id = fmt::format("gn:{}", id);
    record.name_en = cells[name];
    record.feature = cells[feature_code];
    if (auto const country = options.country_codes.find(std::string{cells[country_code]});
        country != options.country_codes.end()) {
        record.country = country->second;
    }
    record.units = unit_codes(cells);
    if (record.feature.starts_with("ADM") && record.feature.size() == 4) {
        auto const level = static_cast<std::size_t>(record.feature[3] - '0');
        if (level == record.units.size()) { // its own code is the last
            record.codes.push_back(record.units.back());
            record.units.pop_back();
        }
    } else if (record.feature.starts_with("PCL")) {
        record.codes.push_back(std::exchange(record.country, {}));
    }
    if (options.alternates != nullptr) {
        add_alternates(record, options.alternates->find(id));
    } else {
        add_column(record, cells[alternatenames]);
    }
    return normalise(record);
}

} // namespace

void read_geonames(std::filesystem::path const& file, GeonamesOptions const& options, UseRecord const& use,
                   SetAside const& set_aside) {
    LineReader lines{file};
    while (auto const line = lines.next()) {
        if (line->empty()) {
            continue;
        }
        auto const cells = split(*line, '\t');
        if (cells.size() == column_count && !options.classes.empty() &&
            (cells[feature_class_column].size() != 1 ||
             options.classes.find(cells[feature_class_column][0]) == std::string::npos)) {
            continue;
        }
        SourceRecord record;
        if (auto const problem = read_line(cells, options, record)) {
            set_aside(make_reject(lines.name(), lines.line_number(), *problem, *line));
        } else {
            use(std::move(record));
        }
    }
}

std::unordered_map<std::string, std::string> read_country_codes(std::filesystem::path const& file) {
    Tsv const table{file, {"alpha2", "alpha3"}};
    std::unordered_map<std::string, std::string> codes;
    for (std::size_t row = 0; row < table.size(); ++row) {
        codes.emplace(table.cell(row, 0), table.cell(row, 1));
    }
    return codes;
}

} // namespace kharita::gazetteer
