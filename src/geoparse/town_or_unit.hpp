#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "geoparse/draft.hpp"

namespace kharita::geoparse {

/// «ولاية الفرات», «محافظة X» of a lake: no river, lake or hill is a province.
bool is_no_province(TypeWord const& type, gazetteer::FeatureClass value) noexcept;

/// «قرية X», «حي X» of a governorate's capital, a province or a country: another place of that name.
bool is_too_great(Context const& context, TypeWord const& type, gazetteer::PlaceIndex place);

/// «منطقة X», «محافظة X» of a town that gives its name to its province.
bool is_province_capital(Context const& context, TypeWord const& type, gazetteer::PlaceIndex place);

/// What a type word that allows a class says of it, to be added to a reason.
std::string_view why_of_type(TypeWord const& type, gazetteer::FeatureClass value);

/// A province whose city of the same name is better known: bare, the name is the city's.
bool is_behind_its_city(Context const& context, Draft const& draft, gazetteer::Candidate const& province);

/// «سد كوكب», «حاجز العقبة»: a dam or checkpoint that shares its name with a town, which may lie anywhere.
bool is_called_after(Draft const& draft, gazetteer::FeatureClass value);

/// «محافظ X»: an office, of the province.
bool follows_office(Context const& context, Draft const& draft);

/// How the setting of a name speaks for classes where no type word does.
Sense sense_of(Context const& context, std::span<Draft const> drafts, std::size_t index);

/// «مدينة X … في X», «في X … على المدينة»: a bare name near the same one as a town's, or before «المدينة» in
/// its sentence.
bool is_town_by_context(Context const& context, std::span<Draft const> drafts, std::size_t index);

} // namespace kharita::geoparse
