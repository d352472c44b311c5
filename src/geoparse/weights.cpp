#include "geoparse/weights.hpp"

#include <algorithm>
#include <string_view>

#include "base/error.hpp"
#include "base/tsv.hpp"

namespace kharita::geoparse {

namespace {

constexpr auto feature_count = static_cast<std::size_t>(Feature::count_of_features);

// In the order of the enumeration.
constexpr std::array<std::string_view, feature_count> feature_names{
    "name_bias",
    "name_words",
    "name_short",
    "name_prominence",
    "name_country",
    "name_article",
    "name_article_dropped",
    "name_joined",
    "name_rare_clitic",
    "name_short_rest",
    "name_pronoun",
    "name_anaphor",
    "name_hidden_article",
    "name_kunya",
    "name_lower_case",
    "name_type_agrees",
    "name_type_other",
    "name_link_in",
    "name_link_other",
    "name_relative",
    "name_tag",
    "name_role",
    "name_scope_after",
    "name_in_list",
    "name_list_type",
    "name_between",
    "name_repeated",
    "name_governed",
    "name_after_verb",
    "name_organisation",
    "name_person",
    "name_after_person",
    "name_threshold",
    "place_exact",
    "place_folded",
    "place_article",
    "place_joined",
    "place_fuzzy",
    "place_primary",
    "place_type_agrees",
    "place_type_likeliest",
    "place_type_disagrees",
    "place_type_strays",
    "place_in_scope",
    "place_out_of_scope",
    "place_out_of_country",
    "place_far_out_of_scope",
    "place_near_scope",
    "place_in_sector",
    "place_out_of_sector",
    "place_in_inherited_scope",
    "place_out_of_inherited_scope",
    "place_at_distance",
    "place_off_distance",
    "place_in_heading",
    "place_out_of_heading",
    "place_near_sibling",
    "place_near_sentence",
    "place_near_document",
    "place_town_by_context",
    "place_vocalised",
    "place_nationality",
    "place_far_in_sentence",
    "place_far_in_document",
    "place_alone",
    "place_among_countries",
    "place_same_sense",
    "place_same_country",
    "place_country_before",
    "place_prominence",
    "place_population",
    "place_unknown",
    "place_unknown_in_scope",
    "place_unknown_before",
    "place_called_after",
    "place_famous",
    "place_temperature",
    "place_margin",
    "sure_name",
    "sure_place",
    "sure_unit",
};

static_assert(!feature_names.back().empty());

} // namespace

Weights Weights::load(std::filesystem::path const& file) {
    Tsv const table{file, {"feature", "weight", "meaning"}};
    Weights weights;
    std::array<bool, feature_count> seen{};
    for (std::size_t row = 0; row < table.size(); ++row) {
        auto const* const found = std::find(feature_names.begin(), feature_names.end(), table.cell(row, 0));
        if (found == feature_names.end()) {
            fail<InputError>("{}: unknown feature \"{}\"", table.where(row), table.cell(row, 0));
        }
        auto const index = static_cast<std::size_t>(found - feature_names.begin());
        if (seen[index]) {
            fail<InputError>("{}: feature \"{}\" stands twice", table.where(row), *found);
        }
        seen[index] = true;
        weights.m_values[index] = table.number(row, 1);
    }
    for (std::size_t index = 0; index < feature_count; ++index) {
        if (!seen[index]) {
            fail<InputError>("{}: no weight for feature \"{}\"", file.string(), feature_names[index]);
        }
    }
    return weights;
}

} // namespace kharita::geoparse
