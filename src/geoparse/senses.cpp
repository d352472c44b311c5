#include "geoparse/senses.hpp"

#include <algorithm>
#include <string_view>

#include "base/error.hpp"
#include "base/tsv.hpp"

namespace kharita::geoparse {

namespace {

constexpr auto sense_count = static_cast<std::size_t>(Sense::count_of_senses);

// In the order of the enumeration.
constexpr std::array<std::string_view, sense_count> sense_names{
    "bare", "bare_latin", "countryside",   "compass_noun", "compass_adjective",
    "near", "heading",    "of_settlement", "of_quarter"};

} // namespace

Senses Senses::load(std::filesystem::path const& file) {
    // The columns stand in the order of gazetteer::FeatureClass.
    Tsv const table{file,
                    {"setting", "country", "admin1", "admin2", "admin3", "settlement", "neighbourhood",
                     "facility", "natural", "line", "region"}};
    Senses senses;
    std::array<bool, sense_count> seen{};
    for (std::size_t row = 0; row < table.size(); ++row) {
        auto const* const found = std::find(sense_names.begin(), sense_names.end(), table.cell(row, 0));
        if (found == sense_names.end()) {
            fail<InputError>("{}: unknown setting \"{}\"", table.where(row), table.cell(row, 0));
        }
        auto const sense = static_cast<std::size_t>(found - sense_names.begin());
        seen[sense] = true;
        for (std::size_t column = 0; column < class_count; ++column) {
            senses.m_weights[sense][column] = table.number(row, column + 1);
        }
    }
    for (std::size_t sense = 0; sense < sense_count; ++sense) {
        if (!seen[sense]) {
            fail<InputError>("{}: no row for setting \"{}\"", file.string(), sense_names[sense]);
        }
    }
    return senses;
}

} // namespace kharita::geoparse
