#pragma once

#include <array>
#include <cstddef>
#include <filesystem>

namespace kharita::geoparse {

/// What counts for or against a decision; the weights are read from schemas/geoparse/weights.tsv, which says
/// what each is.
enum class Feature : std::size_t {
    // Is a stretch of text the name of a place?
    name_bias,
    name_words,
    name_short,
    name_prominence,
    name_country,
    name_article,
    name_article_dropped,
    name_joined,
    name_rare_clitic,
    name_short_rest,
    name_pronoun,
    name_anaphor,
    name_hidden_article,
    name_kunya,
    name_lower_case,
    name_type_agrees,
    name_type_other,
    name_link_in,
    name_link_other,
    name_relative,
    name_tag,
    name_role,
    name_scope_after,
    name_in_list,
    name_list_type,
    name_between,
    name_repeated,
    name_governed,
    name_after_verb,
    name_organisation,
    name_person,
    name_after_person,
    name_threshold,
    // Which of its places does it name?
    place_exact,
    place_folded,
    place_article,
    place_joined,
    place_fuzzy,
    place_primary,
    place_type_agrees,
    place_type_likeliest,
    place_type_disagrees,
    place_type_strays,
    place_in_scope,
    place_out_of_scope,
    place_out_of_country,
    place_far_out_of_scope,
    place_near_scope,
    place_in_sector,
    place_out_of_sector,
    place_in_inherited_scope,
    place_out_of_inherited_scope,
    place_at_distance,
    place_off_distance,
    place_in_heading,
    place_out_of_heading,
    place_near_sibling,
    place_near_sentence,
    place_near_document,
    place_town_by_context,
    place_vocalised,
    place_nationality,
    place_far_in_sentence,
    place_far_in_document,
    place_alone,
    place_among_countries,
    place_same_sense,
    place_same_country,
    place_country_before,
    place_prominence,
    place_population,
    place_unknown,
    place_unknown_in_scope,
    place_unknown_before,
    place_called_after,
    place_famous,
    place_temperature,
    place_margin,
    // How sure is the answer?
    sure_name,
    sure_place,
    sure_unit,
    count_of_features,
};

/// Immutable weights of all features.
class Weights {
public:
    /// Throws InputError when a feature is missing, unknown, or named twice.
    static Weights load(std::filesystem::path const& file);

    double operator[](Feature feature) const noexcept { return m_values[static_cast<std::size_t>(feature)]; }

private:
    std::array<double, static_cast<std::size_t>(Feature::count_of_features)> m_values{};
};

} // namespace kharita::geoparse
